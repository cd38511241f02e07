// SPDX-License-Identifier: GPL-2.0
/*
 * Linear addresses of decoded memory operands.
 */
#include "decode.h"

static uint64_t low_bytes(uint64_t value, unsigned int size)
{
	return size < 8 ? value & (((uint64_t)1 << (8 * size)) - 1) : value;
}

static int64_t sign_extend(uint64_t value, unsigned int size)
{
	unsigned int shift = 64 - 8 * size;

	return (int64_t)(value << shift) >> shift;
}

/* Adds the segment's base; outside 64-bit mode linear addresses have 32 bits. */
static uint64_t to_linear(const struct instruction *insn, const struct mem_operand *operand,
			  const struct decode_regs *regs, uint64_t offset)
{
	if (insn->mode != DECODE_64)
		return (uint32_t)(regs->segment_base[operand->segment] + offset);
	if (operand->segment >= DECODE_FS)
		return regs->segment_base[operand->segment] + offset;
	return offset;
}

static uint64_t base_value(const struct instruction *insn, const struct mem_operand *operand,
			   const struct decode_regs *regs)
{
	if (operand->base == DECODE_RIP)
		return regs->rip + insn->length;
	return operand->base < 16 ? regs->gpr[operand->base] : 0;
}

/*
 * BT and its kin with a register offset go to the unit (of the operand's size)
 * that holds the bit; the offset is signed.
 */
static uint64_t bit_displacement(const struct mem_operand *operand, const struct decode_regs *regs)
{
	int64_t bit = sign_extend(regs->gpr[operand->bit_register], operand->size);

	return (uint64_t)(bit >> 3) & ~(uint64_t)(operand->size - 1);
}

static uint64_t stack_offset(const struct instruction *insn, const struct mem_operand *operand,
			     const struct decode_regs *regs)
{
	unsigned int width = insn->mode != DECODE_64 && regs->stack_16 ? 2 : operand->address_size;
	uint64_t offset = regs->gpr[operand->base] + operand->displacement;

	if (operand->kind == MEM_STACK_PUSH)
		offset -= operand->size;
	return low_bytes(offset, width);
}

bool decode_address(const struct instruction *insn, const struct mem_operand *operand,
		    const struct decode_regs *regs, uint64_t *linear)
{
	uint64_t offset;

	if (operand->kind == MEM_STACK_PUSH || operand->kind == MEM_STACK_POP) {
		*linear = to_linear(insn, operand, regs, stack_offset(insn, operand, regs));
		return true;
	}
	offset = base_value(insn, operand, regs) + operand->displacement;
	if (operand->kind == MEM_XLAT)
		offset += (uint8_t)regs->gpr[DECODE_RAX];
	else if (operand->kind == MEM_NORMAL && operand->bit_register != DECODE_NO_REGISTER)
		offset += bit_displacement(operand, regs);
	if (operand->index < 16 && operand->kind != MEM_VECTOR_INDEX && operand->kind != MEM_TILE &&
	    operand->kind != MEM_XLAT)
		offset += regs->gpr[operand->index] * operand->scale;
	offset = low_bytes(offset, operand->address_size);
	*linear = to_linear(insn, operand, regs, offset);
	if (operand->kind == MEM_LINE)
		*linear &= ~(uint64_t)63;
	return operand->kind != MEM_VECTOR_INDEX && operand->kind != MEM_TILE;
}

uint64_t decode_element_address(const struct instruction *insn, const struct mem_operand *operand,
				const struct decode_regs *regs, int64_t index)
{
	uint64_t offset = base_value(insn, operand, regs) + operand->displacement;

	offset += (uint64_t)index * operand->scale;
	return to_linear(insn, operand, regs, low_bytes(offset, operand->address_size));
}

bool decode_is_active(const struct instruction *insn, const struct decode_regs *regs)
{
	return !insn->repeat || low_bytes(regs->gpr[DECODE_RCX], insn->address_size);
}

uint64_t decode_branch_target(const struct instruction *insn, uint64_t rip)
{
	uint64_t target = rip + insn->length + insn->immediate;

	return low_bytes(target, insn->operand_size);
}
