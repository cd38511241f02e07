/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An access that the page tables of guest-physical memory did not allow: the
 * place where watched pages, and those beside a watched range, are sorted out.
 */
#ifndef HYPERVISOR_MEMORY_FAULT_H
#define HYPERVISOR_MEMORY_FAULT_H

#include "hypervisor/vcpu.h"

/* access is one enum hd_access; is_walk: the processor's own, on its way through the guest's page tables. */
void memory_fault(struct vcpu *vcpu, uint64_t physical, unsigned int access, bool is_walk);

#endif
