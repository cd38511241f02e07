/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Which plain arithmetic on memory an instruction is: what may be carried out
 * by executing the same operation again, in another place, on the registers
 * and flags that it was given.
 */
#ifndef ENGINE_ARITHMETIC_H
#define ENGINE_ARITHMETIC_H

#include "engine/decode.h"

/* In this order the places that execute them lie (hypervisor/host_access.S). */
enum arithmetic_operation {
	ARITHMETIC_ADD, /* memory += operand: in the order of their opcodes */
	ARITHMETIC_OR,
	ARITHMETIC_ADC,
	ARITHMETIC_SBB,
	ARITHMETIC_AND,
	ARITHMETIC_SUB,
	ARITHMETIC_XOR,
	ARITHMETIC_CMP,
	ARITHMETIC_TEST,
	ARITHMETIC_NOT,
	ARITHMETIC_NEG,
	ARITHMETIC_INC,
	ARITHMETIC_DEC,
	ARITHMETIC_XCHG,
	ARITHMETIC_XADD,
	ARITHMETIC_CMPXCHG,
	ARITHMETIC_ADD_TO, /* register += memory: likewise */
	ARITHMETIC_OR_TO,
	ARITHMETIC_ADC_TO,
	ARITHMETIC_SBB_TO,
	ARITHMETIC_AND_TO,
	ARITHMETIC_SUB_TO,
	ARITHMETIC_XOR_TO,
	ARITHMETIC_CMP_TO,
	ARITHMETIC_OPERATIONS,
};

/* Where the operand that is not in memory comes from. */
enum arithmetic_source { ARITHMETIC_NO_OPERAND, ARITHMETIC_REGISTER, ARITHMETIC_IMMEDIATE };

struct arithmetic {
	uint8_t operation; /* enum arithmetic_operation */
	uint8_t source; /* enum arithmetic_source */
	uint8_t reg; /* for ARITHMETIC_REGISTER, its low bytes: 0 to 15 */
	bool writes_register; /* it gets a result, too */
	bool writes_rax; /* CMPXCHG's comparison */
};

/*
 * True, and *out filled, for one of those above with one memory operand of 1,
 * 2, 4 or 8 bytes in 64-bit mode. Bytes of AH, CH, DH and BH are not among them
 * (nor, since a decoded instruction does not tell them apart, of SPL to DIL).
 */
bool arithmetic_of(const struct instruction *insn, struct arithmetic *out);

#endif
