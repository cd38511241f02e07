/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a running script can reach outside its own memory.
 *
 * The interpreter knows nothing of guests: whoever runs a program hands it
 * this table. The module fills it with the intercepted core, the debugger
 * with its own process (`?` without a debuggee), tests with arrays.
 *
 * All functions return 0 or a negative hd_error; they never sleep, never
 * allocate, and never fault. A failure ends the script with that error at the
 * statement's line and column. `self` is script_host.self.
 */
#ifndef ENGINE_SCRIPT_HOST_H
#define ENGINE_SCRIPT_HOST_H

#include <hyperdbg/error.h>
#include <hyperdbg/registers.h>
#include <hyperdbg/types.h>

enum script_space { SCRIPT_VIRTUAL, SCRIPT_PHYSICAL };

enum script_event_action { SCRIPT_EVENT_ENABLE, SCRIPT_EVENT_DISABLE, SCRIPT_EVENT_CLEAR };

enum script_atomic { SCRIPT_ATOMIC_ADD, SCRIPT_ATOMIC_EXCHANGE, SCRIPT_ATOMIC_COMPARE_EXCHANGE };

struct script_host_ops {
	/* Whole registers, 64 bits; parts are the interpreter's work. */
	int (*read_register)(void *self, enum hd_register reg, uint64_t *value);
	int (*write_register)(void *self, enum hd_register reg, uint64_t value);
	/*
	 * Integers, except HD_PSEUDO_PNAME, which goes through process_name. For HD_PSEUDO_DATE and HD_PSEUDO_TIME
	 * the seconds since 1970 by the host's clock: the script sees texts.
	 */
	int (*read_pseudo)(void *self, enum hd_pseudo_register reg, uint64_t *value);
	/* At most `size` bytes with the final NUL. */
	int (*process_name)(void *self, char *name, size_t size);
	/* All or nothing within a page; a failure names HD_E_BAD_ADDRESS. */
	int (*read_memory)(void *self, enum script_space space, uint64_t address, void *to, size_t size);
	int (*write_memory)(void *self, enum script_space space, uint64_t address, const void *from, size_t size);
	/* Atomic against all cores; width 4 or 8 bytes; *old is the value before. `expected` is for COMPARE_EXCHANGE. */
	int (*atomic)(void *self, enum script_atomic what, uint64_t address, unsigned int width, uint64_t operand,
		      uint64_t expected, uint64_t *old);
	int (*virtual_to_physical)(void *self, uint64_t address, uint64_t *physical);
	int (*physical_to_virtual)(void *self, uint64_t address, uint64_t *virtual_address);
	int (*read_msr)(void *self, uint32_t msr, uint64_t *value);
	int (*write_msr)(void *self, uint32_t msr, uint64_t value);
	uint64_t (*rdtsc)(void *self);
	/* Waits by spinning; the host bounds it. */
	int (*microsleep)(void *self, uint64_t microseconds);
	/* Text of print and printf, in pieces; never fails (a full ring counts or drains). */
	void (*output)(void *self, const char *text, size_t length);
	int (*event)(void *self, enum script_event_action what, uint64_t number);
	int (*event_sc)(void *self, bool on);
	int (*event_inject)(void *self, uint64_t type, uint64_t vector, bool has_error, uint64_t error);
	/* Halts at this statement (debugger mode) and returns after `g`. */
	int (*pause)(void *self);
	int (*flush)(void *self);
	/* Length in bytes of the instruction at `address`; bits is 64 or 32. */
	int (*disassemble_length)(void *self, uint64_t address, unsigned int bits, uint64_t *length);
};

#endif
