/* SPDX-License-Identifier: GPL-2.0 */
/*
 * bp, bl, bc, bd, be: breakpoints that the guest cannot see. hidden.c arms
 * them together with !epthook and !epthook2.
 */
#ifndef HYPERVISOR_BREAKPOINT_H
#define HYPERVISOR_BREAKPOINT_H

#include "hypervisor/vcpu.h"

#define BREAKPOINTS_MAX 256

/* By requests, world stopped. Fills the number in. 0 or -HD_E_…; *detail is the sentence's number. */
int breakpoint_set(struct vcpu *vcpu, struct hd_breakpoint *breakpoint, uint64_t *detail);
int breakpoint_change(uint64_t number, uint32_t change);
size_t breakpoint_list(struct hd_breakpoint *list, size_t max);
/* Nobody is there to be told any more: all are removed. */
void breakpoint_clear_all(void);

/* Removes, and says so, those whose process has ended or become another program. World stopped. */
void breakpoint_drop_ended(void);

/* For arming: the enabled ones, and a number that changes with them. World stopped. */
void breakpoint_each(void (*visit)(void *self, const struct hd_breakpoint *breakpoint, uint64_t cr3), void *self);
uint64_t breakpoint_generation(void);
bool breakpoint_any(void);

/* The guest is about to execute the instruction at RIP. Halts where one stands. false: RIP was changed meanwhile. */
bool breakpoint_meet(struct vcpu *vcpu);

#endif
