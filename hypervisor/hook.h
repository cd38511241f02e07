/* SPDX-License-Identifier: GPL-2.0 */
#ifndef HYPERVISOR_HOOK_H
#define HYPERVISOR_HOOK_H

#include "hypervisor/vcpu.h"

/*
 * !epthook, !epthook2: the guest is about to execute the instruction at RIP.
 * Runs what is hooked there; false: RIP was changed, the instruction is not run.
 * (hidden.c arms them.)
 */
bool hook_meet(struct vcpu *vcpu);

/*
 * Whether an instruction begins at a kernel address, counted from the
 * beginning of its function: 0, or -HD_E_MID_INSTRUCTION. 0 too where that
 * cannot be known.
 */
int hook_check_boundary(struct vcpu *vcpu, uint64_t address);

#endif
