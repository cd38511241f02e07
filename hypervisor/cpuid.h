/* SPDX-License-Identifier: GPL-2.0 */
#ifndef HYPERVISOR_CPUID_H
#define HYPERVISOR_CPUID_H

#include "hypervisor/vcpu.h"

/* !cpuid: arms by the event table (world stopped), serves the exit. */
void cpuid_arm(void);
void cpuid_exit(struct vcpu *vcpu);

#endif
