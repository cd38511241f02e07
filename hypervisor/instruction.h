/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The intercepted instruction's length, where the processor does not tell it.
 */
#ifndef HYPERVISOR_INSTRUCTION_H
#define HYPERVISOR_INSTRUCTION_H

#include "hypervisor/vcpu.h"

/*
 * Length in bytes of the instruction 0f `opcode` at RIP with its prefixes, 0
 * if the bytes there cannot be read or are another instruction (they were
 * changed, or unmapped, by another core).
 */
unsigned int instruction_length(struct vcpu *vcpu, uint8_t opcode);

#endif
