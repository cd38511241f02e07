// SPDX-License-Identifier: GPL-2.0
/*
 * !exception [vector]: $context is the vector. The operation is queueing it:
 * in pre CR2 is still the older one, in post it is what the handler will read.
 */
#include "hypervisor/clients.h"
#include "hypervisor/exception.h"
#include "hypervisor/hypervisor.h"
#include "hypervisor/instruction.h"
#include "hypervisor/linux/kernel.h"
#include "hypervisor/processor.h"

#define NO_NMI (~(1u << VECTOR_NMI))
/* Faults short-circuited in a row without an instruction between: the event goes off. */
#define STORM 1000

static void arm_one(void *self, const struct event *event)
{
	uint32_t *mask = self;

	if (event->definition.flags & HD_EVENT_HAS_PARAMETER)
		*mask |= 1u << (event->definition.parameter[0] & 31);
}

void exception_arm(void)
{
	uint32_t mask = event_any_unrestricted(events, HD_EVENT_EXCEPTION) ? UINT32_MAX : 0, core;

	event_each(events, HD_EVENT_EXCEPTION, arm_one, &mask);
	for (core = 0; core < HD_MAX_CORES; core++) {
		if (vcpus[core] && vcpus[core]->active)
			vendor->intercept_exceptions(vcpus[core], mask & NO_NMI);
	}
}

/* Table 8-7 of AMD's manual, volume 2: which two make a double fault. */
enum exception_class { CLASS_BENIGN, CLASS_CONTRIBUTORY, CLASS_PAGE_FAULT };

static enum exception_class class_of(unsigned int vector)
{
	switch (vector) {
	case VECTOR_DE:
	case 10:
	case 11:
	case 12:
	case VECTOR_GP:
		return CLASS_CONTRIBUTORY;
	case VECTOR_PF:
		return CLASS_PAGE_FAULT;
	default:
		return CLASS_BENIGN;
	}
}

/* An exception while another is being delivered: one of the two, or a double fault. */
static void combine(struct vcpu *vcpu, struct exception *exception)
{
	unsigned int first = vendor->interrupted_exception(vcpu);
	enum exception_class was, is = class_of(exception->vector);

	if (first > 31)
		return;
	was = class_of(first);
	if (first == VECTOR_DF || (was == CLASS_CONTRIBUTORY && is == CLASS_CONTRIBUTORY) ||
	    (was == CLASS_PAGE_FAULT && is != CLASS_BENIGN)) {
		exception->vector = VECTOR_DF;
		exception->has_error = true;
		exception->error = 0;
	}
}

/* A trap lies behind its instruction, S6's "behind it"; so does a skipped #UD. Anything else stays where it is. */
static void pass(struct vcpu *vcpu, const struct exception *exception)
{
	unsigned int vector;

	if (exception->vector == VECTOR_BP || exception->vector == VECTOR_OF) {
		vendor->skip(vcpu, instruction_software(vcpu, &vector));
	} else if (exception->vector == VECTOR_UD) {
		vcpu->step.decoded = false;
		vendor->skip(vcpu, step_decode(vcpu) ? vcpu->step.instruction.length : 2);
	}
	vcpu->step.decoded = false;
}

static void turn_off(void *self, const struct event *event)
{
	static const char reason[] = "0n1000 exceptions in a row were short-circuited at one instruction, which can never go on";
	const struct exception *exception = self;
	struct hd_event_number number = { .number = event->number };
	bool is_its = !(event->definition.flags & HD_EVENT_HAS_PARAMETER) ||
		      event->definition.parameter[0] == exception->vector;

	if (is_its && !event_change_from_script(events, event->number, HD_CHANGE_DISABLE))
		client_note(client_of(event->client), HD_NOTE_EVENT_OFF, &number, sizeof(number), reason,
			    sizeof(reason) - 1);
}

/* The same fault at the same instruction comes again at once if nothing was done about its cause. */
static void count_storm(struct vcpu *vcpu, struct exception *exception)
{
	if (vcpu->storm_rip != vcpu->rip)
		vcpu->storm_count = 0;
	vcpu->storm_rip = vcpu->rip;
	if (++vcpu->storm_count < STORM)
		return;
	vcpu->storm_count = 0;
	event_each(events, HD_EVENT_EXCEPTION, turn_off, exception);
}

static void queue(struct vcpu *vcpu, const struct exception *exception)
{
	if (exception->vector == VECTOR_PF)
		vendor->write_register(vcpu, HD_REG_CR2, exception->address);
	vendor->inject(vcpu, INJECT_EXCEPTION, exception->vector, exception->has_error, exception->error);
}

/* The handler returns to the next instruction, whose breakpoints are to be met. */
static void go_behind(struct vcpu *vcpu, unsigned int length)
{
	vcpu->rip += length;
	vcpu->rflags &= ~RFLAGS_RF;
}

void exception_raise(struct vcpu *vcpu, const struct exception *raised)
{
	struct occurrence occurrence;
	struct exception exception = *raised;
	enum pipeline_verdict verdict = PIPELINE_NONE;

	if (vcpu->step.active)
		step_end(vcpu, PIPELINE_FAILED);
	combine(vcpu, &exception);
	vendor->forget_interrupted(vcpu);
	if (event_any(events, HD_EVENT_EXCEPTION)) {
		occurrence.key = (struct event_key){
			.kind = HD_EVENT_EXCEPTION,
			.core = vcpu->core,
			.parameter = exception.vector,
		};
		if (event_needs_pid(events, HD_EVENT_EXCEPTION))
			occurrence.key.pid = kernel_pid_of(vcpu->core);
		verdict = pipeline_begin(&vcpu->pipeline, &occurrence);
	}
	if (verdict == PIPELINE_CANCELLED) {
		count_storm(vcpu, &exception);
		pass(vcpu, &exception);
	}
	if (verdict == PIPELINE_CANCELLED || verdict == PIPELINE_REDIRECTED)
		return;
	vcpu->storm_count = 0;
	queue(vcpu, &exception);
	if (verdict == PIPELINE_CARRY_OUT)
		pipeline_finish(&vcpu->pipeline, &occurrence, PIPELINE_COMPLETED);
	/* INT3 and INTO: the handler returns behind them. */
	if (exception.length)
		go_behind(vcpu, exception.length);
}

void exception_fault(struct vcpu *vcpu, unsigned int vector)
{
	struct exception exception = { .vector = vector, .has_error = vector == VECTOR_GP };

	exception_raise(vcpu, &exception);
}

void exception_software(struct vcpu *vcpu, unsigned int vector, unsigned int length)
{
	struct exception refused = { .vector = VECTOR_GP, .has_error = true, .error = vector << 3 | 2 };
	struct exception exception = { .vector = vector, .length = length };

	if (!vendor->gate_allows(vcpu, vector)) {
		exception_raise(vcpu, &refused);
		return;
	}
	if (length == 1) {
		/* INT3 or INTO: exceptions to the debugger, software interrupts to the processor. */
		exception_raise(vcpu, &exception);
		return;
	}
	if (vcpu->step.active)
		step_end(vcpu, PIPELINE_COMPLETED);
	go_behind(vcpu, length);
	vendor->inject(vcpu, INJECT_SOFTWARE, vector, false, 0);
}
