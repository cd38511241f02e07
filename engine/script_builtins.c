// SPDX-License-Identifier: GPL-2.0
/*
 * The built-in functions that are more than one instruction.
 */
#include "engine/decode.h"
#include "engine/script_builtins.h"
#include "engine/script_vm.h"

const struct script_builtin_entry script_builtin_table[SCRIPT_BUILTIN_COUNT] = {
#define X(id, name, arguments, result, facts, help)                                                          \
	[SCRIPT_BUILTIN_##id] = {name, arguments, result, SCRIPT_USES_##facts, help},
	SCRIPT_BUILTINS(X)
#undef X
};

/* A string longer than this ends the script: it is hardly one. */
#define MAX_STRING 65536u

/* Which built-in of a family runs, with its arguments; the result goes to arguments[0]. */
struct call {
	struct script_vm *vm;
	const struct script_host_ops *host;
	void *self;
	uint64_t *arguments;
	unsigned int width;
};

static int read_physical(struct call *call, unsigned int size, unsigned int offset)
{
	uint64_t value = 0;
	uint64_t address = call->arguments[0] + offset;
	int error = script_host_error(
		call->vm, call->host->read_memory(call->self, SCRIPT_PHYSICAL, address, &value, size), address);

	call->arguments[0] = value;
	return error;
}

static int write_physical(struct call *call, unsigned int size)
{
	uint64_t value = call->arguments[1];

	call->arguments[0] = call->host->write_memory(call->self, SCRIPT_PHYSICAL, call->arguments[0], &value,
						      size) == 0;
	return 0;
}

static int write_virtual(struct call *call, unsigned int size)
{
	call->arguments[0] = script_store(call->vm, call->arguments[0], size, call->arguments[1]) == 0;
	return 0;
}

static int copy_physical(struct call *call)
{
	uint64_t to = call->arguments[0], from = call->arguments[1], size = call->arguments[2];
	uint8_t piece[256];
	int error = script_pay(call->vm, size / 8);

	while (!error && size) {
		uint64_t part = size < sizeof(piece) ? size : sizeof(piece);

		if (part > 4096 - to % 4096)
			part = 4096 - to % 4096;
		if (part > 4096 - from % 4096)
			part = 4096 - from % 4096;
		error = script_host_error(
			call->vm, call->host->read_memory(call->self, SCRIPT_PHYSICAL, from, piece, part), from);
		if (!error)
			error = script_host_error(
				call->vm, call->host->write_memory(call->self, SCRIPT_PHYSICAL, to, piece, part), to);
		to += part;
		from += part;
		size -= part;
	}
	return error;
}

static int print_number(struct call *call)
{
	char text[20];
	unsigned int at = sizeof(text);
	uint64_t value = call->arguments[0];

	text[--at] = '\n';
	do {
		text[--at] = "0123456789abcdef"[value & 15];
		value >>= 4;
	} while (value);
	call->host->output(call->self, text + at, sizeof(text) - at);
	return 0;
}

/* One unit (1 or 2 bytes) of a string. */
static int unit(struct call *call, uint64_t address, unsigned int size, uint64_t *value)
{
	int error = script_pay(call->vm, 1);

	return error ? error : script_load(call->vm, address, size, value);
}

static int string_length(struct call *call, unsigned int size)
{
	uint64_t address = call->arguments[0];
	uint64_t length, value;

	for (length = 0; length < MAX_STRING; length++) {
		int error = unit(call, address + length * size, size, &value);

		if (error)
			return error;
		if (!value)
			break;
	}
	call->arguments[0] = length;
	return 0;
}

/* Compares up to `limit` units, of strings (which end at 0) or of memory. */
static int compare(struct call *call, unsigned int size, uint64_t limit, bool strings)
{
	uint64_t left = call->arguments[0], right = call->arguments[1];
	uint64_t a = 0, b = 0;

	call->arguments[0] = 0;
	for (; limit; limit--) {
		int error = unit(call, left, size, &a);

		if (!error)
			error = unit(call, right, size, &b);
		if (error)
			return error;
		if (a != b) {
			call->arguments[0] = a < b ? (uint64_t)-1 : 1;
			break;
		}
		if (strings && !a)
			break;
		left += size;
		right += size;
	}
	return 0;
}

static int check_address(struct call *call)
{
	uint64_t value;

	call->arguments[0] = script_load(call->vm, call->arguments[0], 1, &value) == 0;
	return 0;
}

static int translate(struct call *call, int (*how)(void *, uint64_t, uint64_t *))
{
	uint64_t result = 0;

	if (how(call->self, call->arguments[0], &result))
		result = 0;
	call->arguments[0] = result;
	return 0;
}

static int msr(struct call *call, bool write)
{
	uint64_t number = call->arguments[0];

	if (number >> 32) {
		call->vm->detail = number;
		return HD_E_SCRIPT_ARGUMENT;
	}
	return script_host_error(call->vm,
				 write ? call->host->write_msr(call->self, (uint32_t)number, call->arguments[1]) :
					 call->host->read_msr(call->self, (uint32_t)number, call->arguments),
				 number);
}

/* `adjust` turns the old value into the result: increment and decrement give the new one. */
static int atomic(struct call *call, enum script_atomic what, uint64_t operand, uint64_t expected, int adjust)
{
	uint64_t old = 0;
	int error = script_atomic(call->vm, what, call->arguments[0], call->width, operand, expected, &old);

	if (error)
		return error;
	old += (uint64_t)(int64_t)adjust;
	call->arguments[0] = call->width == 4 ? (uint32_t)old : old;
	return 0;
}

/* `longest`: pauses between two tries double up to so many; every one is paid. */
static int spinlock_lock(struct call *call, uint64_t longest)
{
	uint64_t wait = 1, old = 1;

	for (;;) {
		int error = script_atomic(call->vm, SCRIPT_ATOMIC_EXCHANGE, call->arguments[0], 4, 1, 0, &old);

		if (!error && old)
			error = script_pay(call->vm, wait);
		if (error || !old)
			return error;
		for (uint64_t i = 0; i < wait; i++)
			__builtin_ia32_pause();
		wait = wait * 2 < longest ? wait * 2 : wait;
	}
}

static int event_action(struct call *call, enum script_event_action what)
{
	int result = call->host->event(call->self, what, call->arguments[0]);
	uint64_t number = call->arguments[0];

	call->arguments[0] = result == 0;
	return result == -HD_E_NO_EVENT ? 0 : script_host_error(call->vm, result, number);
}

static int inject(struct call *call, bool has_error)
{
	const uint64_t *a = call->arguments;

	return script_host_error(
		call->vm, call->host->event_inject(call->self, a[0], a[1], has_error, has_error ? a[2] : 0), a[1]);
}

/* Code in the script's own memory ($buffer, an array, a string) is decoded here; the host knows the rest. */
static int disassemble_length(struct call *call, unsigned int bits)
{
	uint64_t address = call->arguments[0];
	size_t size = DECODE_MAX_LENGTH;
	struct instruction instruction;
	const uint8_t *own = NULL;
	int length;

	while (size && !(own = script_own_memory(call->vm, address, size, false)))
		size--;
	if (own) {
		length = decode_instruction(own, size, bits == 32 ? DECODE_32 : DECODE_64, &instruction);
		call->arguments[0] = length > 0 ? (uint64_t)length : 0;
		return script_host_error(call->vm, length > 0 ? 0 : -HD_E_SCRIPT_ARGUMENT, address);
	}
	return script_host_error(
		call->vm, call->host->disassemble_length(call->self, address, bits, call->arguments), address);
}

static int call_memory(struct call *call, unsigned int builtin)
{
	uint64_t *a = call->arguments;

	switch (builtin) {
	case SCRIPT_BUILTIN_DB_PA:
		return read_physical(call, 1, 0);
	case SCRIPT_BUILTIN_DW_PA:
	case SCRIPT_BUILTIN_LOW_PA:
		return read_physical(call, 2, 0);
	case SCRIPT_BUILTIN_HI_PA:
		return read_physical(call, 2, 2);
	case SCRIPT_BUILTIN_DD_PA:
		return read_physical(call, 4, 0);
	case SCRIPT_BUILTIN_DQ_PA:
	case SCRIPT_BUILTIN_POI_PA:
		return read_physical(call, 8, 0);
	case SCRIPT_BUILTIN_EB:
		return write_virtual(call, 1);
	case SCRIPT_BUILTIN_ED:
		return write_virtual(call, 4);
	case SCRIPT_BUILTIN_EQ:
		return write_virtual(call, 8);
	case SCRIPT_BUILTIN_EB_PA:
		return write_physical(call, 1);
	case SCRIPT_BUILTIN_ED_PA:
		return write_physical(call, 4);
	case SCRIPT_BUILTIN_EQ_PA:
		return write_physical(call, 8);
	case SCRIPT_BUILTIN_MEMCPY:
		return script_copy(call->vm, a[0], a[1], a[2]);
	case SCRIPT_BUILTIN_MEMCPY_PA:
		return copy_physical(call);
	case SCRIPT_BUILTIN_MEMCMP:
		return compare(call, 1, a[2], false);
	case SCRIPT_BUILTIN_STRLEN:
		return string_length(call, 1);
	case SCRIPT_BUILTIN_WCSLEN:
		return string_length(call, 2);
	case SCRIPT_BUILTIN_STRCMP:
		return compare(call, 1, MAX_STRING, true);
	case SCRIPT_BUILTIN_STRNCMP:
		return compare(call, 1, a[2], true);
	case SCRIPT_BUILTIN_WCSCMP:
		return compare(call, 2, MAX_STRING, true);
	case SCRIPT_BUILTIN_WCSNCMP:
		return compare(call, 2, a[2], true);
	case SCRIPT_BUILTIN_CHECK_ADDRESS:
		return check_address(call);
	case SCRIPT_BUILTIN_VIRTUAL_TO_PHYSICAL:
		return translate(call, call->host->virtual_to_physical);
	case SCRIPT_BUILTIN_PHYSICAL_TO_VIRTUAL:
		return translate(call, call->host->physical_to_virtual);
	default:
		return HD_E_INVALID;
	}
}

static int call_machine(struct call *call, unsigned int builtin)
{
	uint64_t *a = call->arguments;

	switch (builtin) {
	case SCRIPT_BUILTIN_RDMSR:
		return msr(call, false);
	case SCRIPT_BUILTIN_WRMSR:
		return msr(call, true);
	case SCRIPT_BUILTIN_RDTSC:
	case SCRIPT_BUILTIN_RDTSCP:
		a[0] = call->host->rdtsc(call->self);
		return 0;
	case SCRIPT_BUILTIN_MICROSLEEP:
		return script_host_error(call->vm, call->host->microsleep(call->self, a[0]), a[0]);
	case SCRIPT_BUILTIN_EVENT_ENABLE:
		return event_action(call, SCRIPT_EVENT_ENABLE);
	case SCRIPT_BUILTIN_EVENT_DISABLE:
		return event_action(call, SCRIPT_EVENT_DISABLE);
	case SCRIPT_BUILTIN_EVENT_CLEAR:
		return event_action(call, SCRIPT_EVENT_CLEAR);
	case SCRIPT_BUILTIN_EVENT_SC:
		return script_host_error(call->vm, call->host->event_sc(call->self, a[0] != 0), 0);
	case SCRIPT_BUILTIN_EVENT_INJECT:
		return inject(call, false);
	case SCRIPT_BUILTIN_EVENT_INJECT_ERROR_CODE:
		return inject(call, true);
	case SCRIPT_BUILTIN_PAUSE:
		return script_host_error(call->vm, call->host->pause(call->self), 0);
	case SCRIPT_BUILTIN_FLUSH:
		return script_host_error(call->vm, call->host->flush(call->self), 0);
	case SCRIPT_BUILTIN_DISASSEMBLE_LEN:
		return disassemble_length(call, 64);
	case SCRIPT_BUILTIN_DISASSEMBLE_LEN32:
		return disassemble_length(call, 32);
	default:
		return call_memory(call, builtin);
	}
}

int script_call_builtin(struct script_vm *vm, unsigned int builtin, uint64_t *arguments, unsigned int width)
{
	struct call call = {vm, vm->run->host, vm->run->self, arguments, width};

	switch (builtin) {
	case SCRIPT_BUILTIN_PRINT:
		return print_number(&call);
	case SCRIPT_BUILTIN_INTERLOCKED_EXCHANGE:
		return atomic(&call, SCRIPT_ATOMIC_EXCHANGE, arguments[1], 0, 0);
	case SCRIPT_BUILTIN_INTERLOCKED_EXCHANGE_ADD:
		return atomic(&call, SCRIPT_ATOMIC_ADD, arguments[1], 0, 0);
	case SCRIPT_BUILTIN_INTERLOCKED_INCREMENT:
		return atomic(&call, SCRIPT_ATOMIC_ADD, 1, 0, 1);
	case SCRIPT_BUILTIN_INTERLOCKED_DECREMENT:
		return atomic(&call, SCRIPT_ATOMIC_ADD, (uint64_t)-1, 0, -1);
	case SCRIPT_BUILTIN_INTERLOCKED_COMPARE_EXCHANGE:
		return atomic(&call, SCRIPT_ATOMIC_COMPARE_EXCHANGE, arguments[1], arguments[2], 0);
	case SCRIPT_BUILTIN_SPINLOCK_LOCK:
		return spinlock_lock(&call, 64);
	case SCRIPT_BUILTIN_SPINLOCK_LOCK_CUSTOM_WAIT:
		return spinlock_lock(&call, arguments[1]);
	case SCRIPT_BUILTIN_SPINLOCK_UNLOCK:
		return script_store(vm, arguments[0], 4, 0);
	default:
		return call_machine(&call, builtin);
	}
}
