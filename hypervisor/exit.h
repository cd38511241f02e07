/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What both vendors' exit handlers do around the event families.
 */
#ifndef HYPERVISOR_EXIT_H
#define HYPERVISOR_EXIT_H

#include "hypervisor/hypervisor.h"
#include "hypervisor/vcpu.h"

/* A kick's NMI came: this core is parked as long as that is wanted. */
void exit_kicked(struct vcpu *vcpu);
/* Whether exit_epilogue() has anything to do, beside vcpu->entry_work. */
static inline bool exit_has_epilogue(const struct vcpu *vcpu)
{
	return vcpu->armed_generation != __atomic_load_n(events_generation, __ATOMIC_ACQUIRE);
}
/* Behind every exit: interception follows the event table, and a `t` halts. */
void exit_epilogue(struct vcpu *vcpu);
/* Exits between two looks at what a storm of them would starve. */
#define EXITS_BETWEEN_LOOKS 64
/* At one of EXITS_BETWEEN_LOOKS exits, with nothing under way. */
void exit_look(struct vcpu *vcpu);
/* The guest cannot go on. Reports on the console port and stops this core; does not return. */
void exit_dead(const char *what, struct vcpu *vcpu, uint64_t code, uint64_t detail);

#endif
