// SPDX-License-Identifier: GPL-2.0
#include "engine/arithmetic.h"

#define MAP_1BYTE 0
#define MAP_0F 1
#define FIRST_WITHOUT_LOW_BYTE DECODE_RSP /* numbers 4 to 7, one byte wide, may be AH to BH */

static bool with_register(struct arithmetic *out, unsigned int operation, const struct instruction *insn, bool writes)
{
	out->operation = (uint8_t)operation;
	out->source = ARITHMETIC_REGISTER;
	out->reg = insn->reg & 15;
	out->writes_register = writes;
	return insn->operands[0].size > 1 || out->reg < FIRST_WITHOUT_LOW_BYTE || out->reg > DECODE_RDI;
}

static bool with(struct arithmetic *out, unsigned int operation, enum arithmetic_source source)
{
	out->operation = (uint8_t)operation;
	out->source = source;
	return true;
}

/* The groups whose operation is modrm.reg (volume 3, A.2, opcode extensions). */
static bool of_group(const struct instruction *insn, struct arithmetic *out)
{
	unsigned int which = insn->modrm >> 3 & 7;

	switch (insn->opcode) {
	case 0x80:
	case 0x81:
	case 0x83:
		return with(out, ARITHMETIC_ADD + which, ARITHMETIC_IMMEDIATE);
	case 0xf6:
	case 0xf7:
		if (which < 2)
			return with(out, ARITHMETIC_TEST, ARITHMETIC_IMMEDIATE);
		return which < 4 && with(out, ARITHMETIC_NOT + which - 2, ARITHMETIC_NO_OPERAND);
	case 0xfe:
	case 0xff:
		return which < 2 && with(out, ARITHMETIC_INC + which, ARITHMETIC_NO_OPERAND);
	default:
		return false;
	}
}

static bool of_1byte(const struct instruction *insn, struct arithmetic *out)
{
	unsigned int opcode = insn->opcode;

	/* 00 … 3b: rows of eight, of which the first four have a modrm: to memory and to a register, byte and word. */
	if (opcode < 0x40)
		return (opcode & 7) < 4 &&
		       with_register(out, (opcode & 2 ? ARITHMETIC_ADD_TO : ARITHMETIC_ADD) + (opcode >> 3), insn,
				     opcode & 2 && opcode >> 3 != 7);
	switch (opcode) {
	case 0x84:
	case 0x85:
		return with_register(out, ARITHMETIC_TEST, insn, false);
	case 0x86:
	case 0x87:
		return with_register(out, ARITHMETIC_XCHG, insn, true);
	default:
		return of_group(insn, out);
	}
}

static bool of_0f(const struct instruction *insn, struct arithmetic *out)
{
	switch (insn->opcode) {
	case 0xb0:
	case 0xb1:
		out->writes_rax = true;
		return with_register(out, ARITHMETIC_CMPXCHG, insn, false);
	case 0xc0:
	case 0xc1:
		return with_register(out, ARITHMETIC_XADD, insn, true);
	default:
		return false;
	}
}

bool arithmetic_of(const struct instruction *insn, struct arithmetic *out)
{
	unsigned int size = insn->operands[0].size;

	if (insn->operand_count != 1 || insn->encoding != ENCODING_LEGACY || insn->mode != DECODE_64 || !insn->has_modrm ||
	    !size || size > 8 || size & (size - 1))
		return false;
	*out = (struct arithmetic){.operation = ARITHMETIC_OPERATIONS};
	return insn->map == MAP_1BYTE ? of_1byte(insn, out) : insn->map == MAP_0F && of_0f(insn, out);
}
