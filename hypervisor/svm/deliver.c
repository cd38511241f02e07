// SPDX-License-Identifier: GPL-2.0
/*
 * Delivering an event to a 64-bit guest without the processor: when that met
 * a watched page on the way (a stack, the IDT), which must stay closed for
 * everybody else (volume 2, 8.9).
 */
#include "hypervisor/guest_memory.h"
#include "hypervisor/instruction.h"
#include "hypervisor/processor.h"
#include "hypervisor/svm/svm.h"

#define GATE_PRESENT (1u << 15)
#define GATE_TYPE(attributes) ((attributes) >> 8 & 15)
#define GATE_INTERRUPT 14
#define GATE_TRAP 15
#define TSS_RSP0 4
#define TSS_IST1 36

struct gate {
	uint16_t offset_low, selector, attributes, offset_middle;
	uint32_t offset_high, reserved;
};

/* What the processor pushes, from low addresses. */
struct frame {
	uint64_t error, rip, cs, rflags, rsp, ss;
};

static bool read_gate(struct vcpu *vcpu, unsigned int vector, struct gate *gate)
{
	const struct vmcb *vmcb = vmcb_of(vcpu);

	if (!(vmcb->efer & EFER_LMA) || vector * sizeof(*gate) + sizeof(*gate) - 1 > vmcb->idtr.limit)
		return false;
	if (guest_read(vcpu, vmcb->idtr.base + vector * sizeof(*gate), gate, sizeof(*gate)) != sizeof(*gate))
		return false;
	return gate->attributes & GATE_PRESENT &&
	       (GATE_TYPE(gate->attributes) == GATE_INTERRUPT || GATE_TYPE(gate->attributes) == GATE_TRAP);
}

bool svm_gate_allows(struct vcpu *vcpu, unsigned int vector)
{
	struct gate gate;

	/* What is no gate of the usual kind is the processor's to refuse. */
	return !read_gate(vcpu, vector, &gate) || (gate.attributes >> 13 & 3) >= vmcb_of(vcpu)->cpl;
}

/* Only what a 64-bit kernel has: a code segment of 64 bits at privilege level 0, not conforming. */
static bool read_code_segment(struct vcpu *vcpu, uint16_t selector, struct vmcb_segment *segment)
{
	const struct vmcb *vmcb = vmcb_of(vcpu);
	uint64_t descriptor;

	if (selector & 7 || guest_read(vcpu, vmcb->gdtr.base + selector, &descriptor, 8) != 8)
		return false;
	*segment = (struct vmcb_segment){
		.selector = selector,
		.attributes = (uint16_t)((descriptor >> 40 & 0xff) | (descriptor >> 52 & 0xf) << 8 | 1),
		.limit = 0xffffffff,
	};
	/* Code, not conforming, DPL 0, present; L set, D clear. */
	return (segment->attributes & 0xfc) == 0x98 && (segment->attributes & 0x600) == 0x200;
}

static bool choose_stack(struct vcpu *vcpu, const struct gate *gate, uint64_t *rsp)
{
	const struct vmcb *vmcb = vmcb_of(vcpu);
	unsigned int ist = gate->attributes & 7;

	*rsp = vcpu->gpr[HD_REG_RSP];
	if (ist || vmcb->cpl)
		return guest_read(vcpu, vmcb->tr.base + (ist ? TSS_IST1 + 8 * (ist - 1) : TSS_RSP0), rsp, 8) == 8;
	return true;
}

static bool deliver(struct vcpu *vcpu, unsigned int vector, bool has_error, uint32_t error, uint64_t pushed_rip,
		    uint64_t pushed_flags)
{
	struct vmcb *vmcb = vmcb_of(vcpu);
	struct vmcb_segment cs;
	struct gate gate;
	struct frame frame = {
		.error = error,
		.rip = pushed_rip,
		.cs = vmcb->cs.selector,
		.rflags = pushed_flags,
		.rsp = vcpu->gpr[HD_REG_RSP],
		.ss = vmcb->ss.selector,
	};
	size_t size = has_error ? sizeof(frame) : sizeof(frame) - 8;
	uint64_t rsp;

	if (!read_gate(vcpu, vector, &gate) || !read_code_segment(vcpu, gate.selector, &cs) ||
	    !choose_stack(vcpu, &gate, &rsp))
		return false;
	rsp = (rsp & ~15ull) - size;
	if (guest_write(vcpu, rsp, (uint8_t *)&frame + sizeof(frame) - size, size) != size)
		return false;
	vcpu->gpr[HD_REG_RSP] = rsp;
	vcpu->rip = gate.offset_low | (uint64_t)gate.offset_middle << 16 | (uint64_t)gate.offset_high << 32;
	vcpu->rflags &= ~(RFLAGS_TF | RFLAGS_NT | RFLAGS_RF | RFLAGS_VM);
	if (GATE_TYPE(gate.attributes) == GATE_INTERRUPT)
		vcpu->rflags &= ~RFLAGS_IF;
	vmcb->cs = cs;
	if (vmcb->cpl)
		vmcb->ss = (struct vmcb_segment){ 0 };
	vmcb->cpl = 0;
	vmcb->int_state &= ~SVM_INTERRUPT_SHADOW;
	return true;
}

bool svm_is_delivering(const struct vcpu *vcpu)
{
	return vmcb_of(vcpu)->exit_int_info & SVM_EVENT_VALID;
}

unsigned int svm_interrupted_exception(const struct vcpu *vcpu)
{
	uint64_t event = vmcb_of(vcpu)->exit_int_info;
	unsigned int vector = event & 0xff;

	if (!(event & SVM_EVENT_VALID) || (event >> SVM_EVENT_TYPE_SHIFT & 7) != INJECT_EXCEPTION || vector > 31 ||
	    vector == VECTOR_NMI)
		return 256;
	return vector;
}

void svm_forget_interrupted(struct vcpu *vcpu)
{
	vmcb_of(vcpu)->exit_int_info = 0;
}

/* Length of the INT n, INT3 or INTO whose delivery was interrupted. */
static unsigned int software_length(struct vcpu *vcpu, unsigned int vector)
{
	unsigned int found, length = instruction_software(vcpu, &found);

	if (found == vector)
		return length;
	return vector == VECTOR_BP || vector == VECTOR_OF ? 1 : 2;
}

/*
 * The interrupted event as it is to be injected: some processors report
 * external interrupts and NMIs as exceptions, and all of them RIP at a
 * software interrupt, whose handler returns behind it.
 */
static uint64_t interrupted(struct vcpu *vcpu, unsigned int *behind)
{
	uint64_t event = vmcb_of(vcpu)->exit_int_info, type = event >> SVM_EVENT_TYPE_SHIFT & 7;
	unsigned int vector = event & 0xff;

	*behind = 0;
	if (type == INJECT_EXCEPTION && (vector > 31 || vector == VECTOR_NMI)) {
		type = vector > 31 ? INJECT_INTERRUPT : INJECT_NMI;
		event &= ~((7ull << SVM_EVENT_TYPE_SHIFT) | SVM_EVENT_HAS_ERROR);
		event |= type << SVM_EVENT_TYPE_SHIFT;
	}
	if (type == INJECT_SOFTWARE || (type == INJECT_EXCEPTION && (vector == VECTOR_BP || vector == VECTOR_OF)))
		*behind = software_length(vcpu, vector);
	return event;
}

static bool has_error_code(unsigned int vector)
{
	return vector < 32 && 1u << vector & (1u << 8 | 1u << 10 | 1u << 11 | 1u << 12 | 1u << 13 | 1u << 14 | 1u << 17);
}

/* An event as it is to be injected, its handler returning to `pushed_rip`. */
static bool deliver_event(struct vcpu *vcpu, uint64_t event, uint64_t pushed_rip)
{
	unsigned int type = event >> SVM_EVENT_TYPE_SHIFT & 7, vector = event & 0xff;
	uint64_t flags = vcpu->rflags;

	/* An NMI also blocks further ones until IRET, which only the processor can do. */
	if (type == INJECT_NMI)
		return false;
	/* A fault's frame says that its instruction's breakpoint has been passed. */
	if (type == INJECT_EXCEPTION && vector != VECTOR_DB && vector != VECTOR_BP && vector != VECTOR_OF)
		flags |= RFLAGS_RF;
	return deliver(vcpu, vector, type == INJECT_EXCEPTION && has_error_code(vector), (uint32_t)(event >> 32),
		       pushed_rip, flags);
}

bool svm_deliver_interrupted(struct vcpu *vcpu)
{
	unsigned int behind;
	uint64_t event = interrupted(vcpu, &behind);

	if (behind)
		vcpu->rflags &= ~RFLAGS_RF; /* the next instruction's breakpoints are to be met */
	if (!deliver_event(vcpu, event, vcpu->rip + behind))
		return false;
	svm_forget_interrupted(vcpu);
	return true;
}

bool svm_is_injecting(const struct vcpu *vcpu)
{
	return vmcb_of(vcpu)->event_inject & SVM_EVENT_VALID;
}

bool svm_deliver_injected(struct vcpu *vcpu)
{
	if (!deliver_event(vcpu, vmcb_of(vcpu)->event_inject, vcpu->rip))
		return false;
	vmcb_of(vcpu)->event_inject = 0;
	return true;
}

void svm_deliver_again(struct vcpu *vcpu)
{
	struct vmcb *vmcb = vmcb_of(vcpu);
	unsigned int behind;

	if (!(vmcb->exit_int_info & SVM_EVENT_VALID) || vmcb->event_inject & SVM_EVENT_VALID)
		return;
	vmcb->event_inject = interrupted(vcpu, &behind);
	vcpu->rip += behind;
	if (behind)
		vcpu->rflags &= ~RFLAGS_RF;
}
