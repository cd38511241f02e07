/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Plain moves between a register and watched memory, and arithmetic on it,
 * carried out in the exit itself: what most accesses are, at a third of the
 * price of a step.
 */
#ifndef HYPERVISOR_MOVE_H
#define HYPERVISOR_MOVE_H

#include "hypervisor/vcpu.h"

/*
 * The instruction at RIP has met a watched page with its data, and nothing has
 * been asked about it yet. true: done, events and all; false: nothing has
 * happened, the general way is to be taken.
 */
bool move_carry_out(struct vcpu *vcpu, uint64_t physical);

#endif
