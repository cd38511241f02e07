/* SPDX-License-Identifier: GPL-2.0 */
#ifndef HYPERVISOR_MSR_H
#define HYPERVISOR_MSR_H

#include "hypervisor/vcpu.h"

/* !msrread, !msrwrite: arm by the event table (world stopped), serve the exits. */
void msr_arm(void);
void msr_read_exit(struct vcpu *vcpu);
void msr_write_exit(struct vcpu *vcpu);

/* The guest's MSR as the guest would see it: 0 or -HD_E_MSR_REFUSED. Also for scripts and `rdmsr`, `wrmsr`. */
int msr_read(struct vcpu *vcpu, uint32_t msr, uint64_t *value);
int msr_write(struct vcpu *vcpu, uint32_t msr, uint64_t value);

#endif
