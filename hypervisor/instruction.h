/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The intercepted instruction's length, where the processor does not tell it.
 */
#ifndef HYPERVISOR_INSTRUCTION_H
#define HYPERVISOR_INSTRUCTION_H

#include "hypervisor/host_traps.h"
#include "hypervisor/linux/kernel.h"
#include "hypervisor/vcpu.h"

/* Looks at all bytes: for prefixes, page borders, and where the processor allows no short way. */
unsigned int instruction_length_slow(struct vcpu *vcpu, uint8_t opcode);

/*
 * The INT n, INT3 or INTO at RIP that has just been executed: its vector and
 * its length. If something else is there by now, it was an INT3: that is what
 * code is changed by, and it may be gone by the time that somebody looks.
 */
unsigned int instruction_software(struct vcpu *vcpu, unsigned int *vector);

/*
 * Length in bytes of the instruction 0f `opcode` at RIP with its prefixes, 0
 * if the bytes there cannot be read or are another instruction (they were
 * changed, or unmapped, by another core).
 */
static inline unsigned int instruction_length(struct vcpu *vcpu, uint8_t opcode)
{
	if (vcpu->next_rip)
		return (unsigned int)(vcpu->next_rip - vcpu->rip);
	/* Nearly always two bytes. */
	if (kernel_allows_peek && host_peek16(vcpu->cr3, vcpu->rip) == (0x0f | opcode << 8))
		return 2;
	return instruction_length_slow(vcpu, opcode);
}

#endif
