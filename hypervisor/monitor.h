/* SPDX-License-Identifier: GPL-2.0 */
#ifndef HYPERVISOR_MONITOR_H
#define HYPERVISOR_MONITOR_H

#include "hypervisor/vcpu.h"

/* !monitor: arms by the event table (world stopped). */
void monitor_arm(void);
/*
 * Completes a definition before it enters the table: the address space of a
 * user range. Checks that its pages are there. 0 or -HD_E_…
 */
int monitor_prepare(struct vcpu *vcpu, struct hd_event_definition *definition, uint64_t *detail);
/* Whether all pages under a range are mapped: 0, or -HD_E_BAD_ADDRESS with the first that is not. */
int monitor_check_present(struct vcpu *vcpu, const struct hd_event_definition *definition, uint64_t *detail);
/* From within it: takes rights to a page from one core. Its failure becomes monitor_error(). */
void monitor_restrict(struct vcpu *vcpu, uint64_t physical, unsigned int denied);
/* The error of the last monitor_arm: -HD_E_NO_PAGES if the pool of tables did not suffice, else 0. */
int monitor_error(void);
/* What watched pages hold may lie elsewhere now: the next monitor_arm looks again. */
void monitor_forget(void);

/* enum hd_access bits of an operand. */
unsigned int monitor_access_of(const struct mem_operand *operand);
/*
 * An access has met a watched page. Asks the events about the whole
 * instruction and runs their pre stage. true: carry it out (step.has_occurrence
 * says whether step_end owes a pipeline_finish); false: it has been cancelled
 * or redirected, RIP stands where the guest goes on.
 */
bool monitor_match(struct vcpu *vcpu, uint64_t physical, unsigned int access);

#endif
