// SPDX-License-Identifier: GPL-2.0
#include "hypervisor/guest_memory.h"
#include "hypervisor/instruction.h"

static bool is_prefix(uint8_t byte, unsigned int bits)
{
	switch (byte) {
	case 0x26:
	case 0x2e:
	case 0x36:
	case 0x3e:
	case 0x64:
	case 0x65:
	case 0x66:
	case 0x67:
	case 0xf0:
	case 0xf2:
	case 0xf3:
		return true;
	default:
		return bits == 64 && (byte & 0xf0) == 0x40; /* REX */
	}
}

unsigned int instruction_length_slow(struct vcpu *vcpu, uint8_t opcode)
{
	unsigned int bits = vendor->code_bits(vcpu), i = 0;
	uint8_t bytes[15];
	size_t size = guest_fetch(vcpu, vcpu->rip, bytes, sizeof(bytes));

	/* Code outside of what we take for memory (firmware's): it did execute, so it is there. */
	if (!size)
		return 2;
	while (i < size && is_prefix(bytes[i], bits))
		i++;
	if (i + 1 >= size || bytes[i] != 0x0f || bytes[i + 1] != opcode)
		return 0;
	return i + 2;
}

unsigned int instruction_software(struct vcpu *vcpu, unsigned int *vector)
{
	const struct instruction *insn = &vcpu->step.instruction;
	bool was_decoded = vcpu->step.decoded, is_there;
	unsigned int length = 1;

	vcpu->step.decoded = false;
	is_there = step_decode(vcpu);
	/* What is known of an instruction that is being stepped is of that one. */
	vcpu->step.decoded = was_decoded && is_there;
	*vector = VECTOR_BP;
	if (is_there && insn->kind == INSN_INT_N)
		*vector = (uint8_t)insn->immediate;
	else if (is_there && insn->kind == INSN_INTO)
		*vector = VECTOR_OF;
	if (is_there && (insn->kind == INSN_INT_N || insn->kind == INSN_INTO || insn->kind == INSN_INT3))
		length = insn->length;
	return length;
}
