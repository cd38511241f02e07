// SPDX-License-Identifier: GPL-2.0
/*
 * A script's memory: its own (local memory, $buffer, globals, string
 * literals), reached directly, and everything else, through the host.
 */
#include "engine/script_vm.h"

static void *inside(uint64_t address, uint64_t size, const void *window, uint64_t window_size)
{
	uint64_t offset = address - (uint64_t)(uintptr_t)window;

	if (size > window_size || offset > window_size - size)
		return NULL;
	return (uint8_t *)(uintptr_t)window + offset;
}

void *script_own_memory(struct script_vm *vm, uint64_t address, uint64_t size, bool write)
{
	const struct script_run_request *run = vm->run;
	void *own = inside(address, size, vm->stack->memory, sizeof(vm->stack->memory));

	if (own)
		return own;
	/* From the first access on, the interpreter reaches the buffer by itself. */
	vm->buffer_room = run->buffer_size > 7 ? run->buffer_size - 7 : 0;
	if (run->buffer_size)
		own = inside(address, size, (const void *)(uintptr_t)run->buffer_address, run->buffer_size);
	if (!own && run->globals && run->globals->cells)
		own = inside(address, size, run->globals->cells, run->globals->capacity * sizeof(uint64_t));
	if (!own && !write)
		own = inside(address, size, script_program_at(vm, vm->header->data.offset), vm->header->data.count);
	return own;
}

int script_read_bytes(struct script_vm *vm, uint64_t address, void *to, size_t size)
{
	const void *own = script_own_memory(vm, address, size, false);

	if (own) {
		memcpy(to, own, size);
		return 0;
	}
	return script_host_error(vm, vm->run->host->read_memory(vm->run->self, SCRIPT_VIRTUAL, address, to, size),
				 address);
}

int script_write_bytes(struct script_vm *vm, uint64_t address, const void *from, size_t size)
{
	void *own = script_own_memory(vm, address, size, true);

	if (own) {
		memcpy(own, from, size);
		return 0;
	}
	return script_host_error(
		vm, vm->run->host->write_memory(vm->run->self, SCRIPT_VIRTUAL, address, from, size), address);
}

int script_load(struct script_vm *vm, uint64_t address, unsigned int size, uint64_t *value)
{
	*value = 0;
	return script_read_bytes(vm, address, value, size);
}

int script_store(struct script_vm *vm, uint64_t address, unsigned int size, uint64_t value)
{
	return script_write_bytes(vm, address, &value, size);
}

/* One piece of a copy, small enough for the stack and within a page on both sides. */
#define COPY_PIECE 256u
#define PAGE 4096u

static uint64_t piece_size(uint64_t to, uint64_t from, uint64_t left, bool backward)
{
	uint64_t to_page = backward ? (to + left - 1) % PAGE + 1 : PAGE - to % PAGE;
	uint64_t from_page = backward ? (from + left - 1) % PAGE + 1 : PAGE - from % PAGE;
	uint64_t size = left < COPY_PIECE ? left : COPY_PIECE;

	if (size > to_page)
		size = to_page;
	return size > from_page ? from_page : size;
}

int script_copy(struct script_vm *vm, uint64_t to, uint64_t from, uint64_t size)
{
	uint8_t piece[COPY_PIECE];
	bool backward = to - from < size;
	int error = script_pay(vm, size / 8);

	if (error)
		return error;
	while (size) {
		uint64_t part = piece_size(to, from, size, backward);
		uint64_t at = backward ? size - part : 0;

		error = script_read_bytes(vm, from + at, piece, part);
		if (!error)
			error = script_write_bytes(vm, to + at, piece, part);
		if (error)
			return error;
		size -= part;
		if (!backward) {
			to += part;
			from += part;
		}
	}
	return 0;
}

static uint64_t atomic32(enum script_atomic what, uint32_t *cell, uint32_t operand, uint32_t expected)
{
	switch (what) {
	case SCRIPT_ATOMIC_ADD:
		return __atomic_fetch_add(cell, operand, __ATOMIC_SEQ_CST);
	case SCRIPT_ATOMIC_EXCHANGE:
		return __atomic_exchange_n(cell, operand, __ATOMIC_SEQ_CST);
	case SCRIPT_ATOMIC_COMPARE_EXCHANGE:
		__atomic_compare_exchange_n(cell, &expected, operand, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
		return expected;
	}
	return 0;
}

static uint64_t atomic64(enum script_atomic what, uint64_t *cell, uint64_t operand, uint64_t expected)
{
	switch (what) {
	case SCRIPT_ATOMIC_ADD:
		return __atomic_fetch_add(cell, operand, __ATOMIC_SEQ_CST);
	case SCRIPT_ATOMIC_EXCHANGE:
		return __atomic_exchange_n(cell, operand, __ATOMIC_SEQ_CST);
	case SCRIPT_ATOMIC_COMPARE_EXCHANGE:
		__atomic_compare_exchange_n(cell, &expected, operand, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
		return expected;
	}
	return 0;
}

int script_atomic(struct script_vm *vm, enum script_atomic what, uint64_t address, unsigned int width,
		  uint64_t operand, uint64_t expected, uint64_t *old)
{
	const struct script_globals *globals = vm->run->globals;
	void *own = globals && globals->cells ? inside(address, width, globals->cells, globals->capacity * 8ull) : NULL;

	/* Across a cache line an atomic access locks the bus, or faults: refuse it. */
	if (address & (width - 1)) {
		vm->detail = address;
		return HD_E_SCRIPT_ARGUMENT;
	}
	if (!own)
		own = script_own_memory(vm, address, width, true);
	if (own) {
		*old = width == 4 ? atomic32(what, own, (uint32_t)operand, (uint32_t)expected) :
				    atomic64(what, own, operand, expected);
		return 0;
	}
	return script_host_error(
		vm, vm->run->host->atomic(vm->run->self, what, address, width, operand, expected, old), address);
}
