/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Inside the interpreter: one run's state, shared by its files.
 */
#ifndef ENGINE_SCRIPT_VM_H
#define ENGINE_SCRIPT_VM_H

#include "engine/script.h"

#define SCRIPT_FRAMES 256u
#define SCRIPT_REGISTERS 2048u

struct script_frame {
	const struct hd_instruction *next;
	uint64_t *registers;
	uint8_t *memory;
};

/*
 * What SCRIPT_STACK_BYTES holds. Only `memory` has addresses that a script can
 * use; frames and registers are out of its reach.
 */
struct script_stack {
	struct script_frame frames[SCRIPT_FRAMES];
	uint64_t registers[SCRIPT_REGISTERS];
	uint8_t memory[SCRIPT_STACK_BYTES - SCRIPT_FRAMES * sizeof(struct script_frame) -
		       SCRIPT_REGISTERS * sizeof(uint64_t)];
};

/* What calls can use; behind it is room for the texts of $pname, $date and $time. */
#define SCRIPT_NAME_BYTES 32u
#define SCRIPT_DATE_BYTES 16u
#define SCRIPT_MEMORY_BYTES (sizeof(((struct script_stack *)0)->memory) - SCRIPT_NAME_BYTES - 2 * SCRIPT_DATE_BYTES)

HD_STATIC_ASSERT(SCRIPT_LOCAL_BYTES <= SCRIPT_MEMORY_BYTES, "the largest function fits");
HD_STATIC_ASSERT(sizeof(struct script_stack) == SCRIPT_STACK_BYTES, "the stack fills its memory");

struct script_vm {
	const struct script_run_request *run;
	struct script_stack *stack;
	const struct hd_program_header *header; /* of the program */
	uint64_t buffer_room; /* so many first bytes of $buffer have seven more behind them; 0 until it is used */
	int64_t budget;
	uint64_t detail; /* set by whatever returns an error */
};

/* The bytes `offset` into the program. */
static inline const uint8_t *script_program_at(const struct script_vm *vm, uint32_t offset)
{
	return (const uint8_t *)vm->header + offset;
}

/*
 * Functions below return 0 or a positive hd_error, with vm->detail set. They
 * take an address as scripts see it: of the script's own memory, or the host's.
 */

/* size is 1, 2, 4 or 8; the value arrives zero-extended. */
int script_load(struct script_vm *vm, uint64_t address, unsigned int size, uint64_t *value);
int script_store(struct script_vm *vm, uint64_t address, unsigned int size, uint64_t value);
int script_read_bytes(struct script_vm *vm, uint64_t address, void *to, size_t size);
int script_write_bytes(struct script_vm *vm, uint64_t address, const void *from, size_t size);
/* Overlap is allowed; pays the budget by size. */
int script_copy(struct script_vm *vm, uint64_t to, uint64_t from, uint64_t size);
int script_atomic(struct script_vm *vm, enum script_atomic what, uint64_t address, unsigned int width,
		  uint64_t operand, uint64_t expected, uint64_t *old);
/*
 * `size` writable (or, unless `write`, readable) bytes of the script's own
 * memory at `address`, or NULL if they are not its own.
 */
void *script_own_memory(struct script_vm *vm, uint64_t address, uint64_t size, bool write);

/* Whole registers of the machine; a part of one (its width << 8 | its lowest bit); a pseudo-register. */
int script_read_register(struct script_vm *vm, unsigned int reg, uint64_t *value);
int script_write_register(struct script_vm *vm, unsigned int reg, uint64_t value);
int script_write_part(struct script_vm *vm, unsigned int reg, unsigned int part, uint64_t value);
int script_read_pseudo(struct script_vm *vm, unsigned int number, uint64_t *value);

/* `whole` with the part's bits replaced; part is its width << 8 | its lowest bit. */
static inline uint64_t script_with_part(uint64_t whole, unsigned int part, uint64_t value)
{
	uint64_t mask = ((1ull << (part >> 8)) - 1) << (part & 0xff);

	return (whole & ~mask) | (value << (part & 0xff) & mask);
}

/* Calls a built-in function: arguments in and result out through `arguments`. */
int script_call_builtin(struct script_vm *vm, unsigned int builtin, uint64_t *arguments, unsigned int width);

/* printf: `count` pieces from `first` on, with their arguments. */
int script_print(struct script_vm *vm, unsigned int first, unsigned int count, const uint64_t *arguments);
/* Arguments that a piece takes. */
unsigned int script_piece_arguments(const struct hd_program_piece *piece);

/* Turns a host's result into an error of the script. */
static inline int script_host_error(struct script_vm *vm, int result, uint64_t detail)
{
	if (result == 0)
		return 0;
	vm->detail = detail;
	return result < 0 ? -result : result;
}

static inline int script_pay(struct script_vm *vm, uint64_t cost)
{
	if (cost > (uint64_t)vm->budget) {
		vm->budget = -1;
		vm->detail = 0;
		return HD_E_BUDGET;
	}
	vm->budget -= (int64_t)cost;
	return 0;
}

#endif
