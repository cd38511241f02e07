/* SPDX-License-Identifier: GPL-2.0 */
#ifndef HYPERVISOR_EXCEPTION_H
#define HYPERVISOR_EXCEPTION_H

#include "hypervisor/vcpu.h"

/* !exception: arms by the event table (world stopped). */
void exception_arm(void);

/*
 * An exception of the guest's instruction at RIP, intercepted or raised by us
 * for an operation that failed: an occurrence, then delivered. Ends a step
 * that the instruction was under. `address` is the new CR2 of a #PF.
 */
struct exception {
	unsigned int vector;
	bool has_error;
	uint32_t error;
	unsigned int length; /* INT3 and INTO: how far behind RIP the handler returns; else 0 */
	uint64_t address;
};
void exception_raise(struct vcpu *vcpu, const struct exception *exception);
/* #GP(0), #UD of an emulated operation. */
void exception_fault(struct vcpu *vcpu, unsigned int vector);

/* INT n, INT3 or INTO at RIP, `length` bytes long: checks the gate's privilege, then delivers (the one-byte ones as occurrences). */
void exception_software(struct vcpu *vcpu, unsigned int vector, unsigned int length);

#endif
