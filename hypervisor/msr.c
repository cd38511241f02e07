// SPDX-License-Identifier: GPL-2.0
/*
 * !msrread [msr], !msrwrite [msr]: $context is ECX at interception.
 */
#include "hypervisor/exception.h"
#include "hypervisor/host_traps.h"
#include "hypervisor/hypervisor.h"
#include "hypervisor/instruction.h"
#include "hypervisor/linux/kernel.h"
#include "hypervisor/msr.h"
#include "hypervisor/processor.h"

#define OPCODE_WRMSR 0x30
#define OPCODE_RDMSR 0x32

static void arm_one(void *self, const struct event *event)
{
	bool write = *(const bool *)self;

	if (event->definition.flags & HD_EVENT_HAS_PARAMETER)
		vendor->msr_map_set((uint32_t)event->definition.parameter[0], !write, write);
}

void msr_arm(void)
{
	bool write = false;

	vendor->msr_map_clear();
	vendor->msr_map_all(event_any_unrestricted(events, HD_EVENT_MSR_READ),
			    event_any_unrestricted(events, HD_EVENT_MSR_WRITE));
	event_each(events, HD_EVENT_MSR_READ, arm_one, &write);
	write = true;
	event_each(events, HD_EVENT_MSR_WRITE, arm_one, &write);
}

int msr_read(struct vcpu *vcpu, uint32_t msr, uint64_t *value)
{
	if (vendor->read_own_msr(vcpu, msr, value))
		return 0;
	if (vcpu->core != kernel_this_core())
		return -HD_E_OTHER_CORE;
	return host_rdmsr(msr, value) ? -HD_E_MSR_REFUSED : 0;
}

int msr_write(struct vcpu *vcpu, uint32_t msr, uint64_t value)
{
	int err;

	if (vendor->write_own_msr(vcpu, msr, value, &err))
		return err;
	if (vcpu->core != kernel_this_core())
		return -HD_E_OTHER_CORE;
	return host_wrmsr(msr, value) ? -HD_E_MSR_REFUSED : 0;
}

static int carry_out_read(struct vcpu *vcpu)
{
	uint64_t value;
	int err = msr_read(vcpu, vcpu_ecx(vcpu), &value);

	if (!err)
		vcpu_set_edx_eax(vcpu, value);
	return err;
}

static int carry_out_write(struct vcpu *vcpu)
{
	return msr_write(vcpu, vcpu_ecx(vcpu), vcpu_edx_eax(vcpu));
}

/* What both directions share; `carry_out` is the operation. */
static void serve(struct vcpu *vcpu, enum hd_event_kind kind, uint8_t opcode, int (*carry_out)(struct vcpu *vcpu))
{
	struct occurrence occurrence;
	unsigned int length = instruction_length(vcpu, opcode);
	enum pipeline_verdict verdict;
	int err;

	if (!length)
		return;
	occurrence.key.kind = kind;
	occurrence.key.core = vcpu->core;
	occurrence.key.parameter = vcpu_ecx(vcpu);
	if (events_need_pid & 1u << kind)
		occurrence.key.pid = kernel_pid_of(vcpu->core);
	verdict = pipeline_begin(&vcpu->pipeline, &occurrence);
	if (verdict == PIPELINE_CANCELLED)
		vendor->skip(vcpu, length);
	if (verdict == PIPELINE_CANCELLED || verdict == PIPELINE_REDIRECTED)
		return;
	err = carry_out(vcpu);
	if (err)
		exception_fault(vcpu, VECTOR_GP);
	else
		vendor->skip(vcpu, length);
	if (verdict == PIPELINE_CARRY_OUT)
		pipeline_finish(&vcpu->pipeline, &occurrence, err ? PIPELINE_FAILED : PIPELINE_COMPLETED);
}

void msr_read_exit(struct vcpu *vcpu)
{
	serve(vcpu, HD_EVENT_MSR_READ, OPCODE_RDMSR, carry_out_read);
}

void msr_write_exit(struct vcpu *vcpu)
{
	serve(vcpu, HD_EVENT_MSR_WRITE, OPCODE_WRMSR, carry_out_write);
}
