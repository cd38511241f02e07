// SPDX-License-Identifier: GPL-2.0
/*
 * One instruction of the guest by the trap flag, without the guest seeing it:
 * interrupts held, all exceptions intercepted, and the flag taken back from
 * wherever the instruction may have put it.
 */
#include "hypervisor/exception.h"
#include "hypervisor/guest_memory.h"
#include "hypervisor/processor.h"
#include "hypervisor/svm/svm.h"

#define ALL_BUT_NMI (~(1u << VECTOR_NMI))
#define EXCEPTION_WORD (SVM_INTERCEPT_EXCEPTION / 32)

void svm_apply_exceptions(struct vcpu *vcpu)
{
	const struct svm_core *svm = svm_core_of(vcpu);
	bool wants_software = svm->exceptions & (1u << VECTOR_BP | 1u << VECTOR_OF);

	svm->vmcb->intercept[EXCEPTION_WORD] =
		svm->is_stepping ? ALL_BUT_NMI : svm->exceptions | (svm->debug.ours ? 1u << VECTOR_DB : 0);
	/* Some processors take INT3 and INTO for software interrupts. */
	svm_set_intercept(svm->vmcb, SVM_INTERCEPT_INTN, svm->is_stepping || wants_software);
}

void svm_intercept_exceptions(struct vcpu *vcpu, uint32_t mask)
{
	svm_core_of(vcpu)->exceptions = mask;
	svm_apply_exceptions(vcpu);
}

void svm_step_arm(struct vcpu *vcpu)
{
	struct svm_core *svm = svm_core_of(vcpu);
	struct vmcb *vmcb = svm->vmcb;

	svm->is_stepping = true;
	svm_apply_exceptions(vcpu);
	svm->saved_flags = vcpu->rflags & (RFLAGS_TF | RFLAGS_RF);
	svm->saved_dr6 = vmcb->dr6;
	vcpu->rflags |= RFLAGS_TF;
	/* Where it has touched memory already, its breakpoint has been passed. */
	if (vcpu->step.page_count)
		vcpu->rflags |= RFLAGS_RF;
	vmcb->dr6 = DR6_CLEAR;
	/* A window that a halt waits for opens behind this instruction (disarm). */
	/* The host's interrupt flag is off: none is taken, whatever the guest's says. */
	vmcb->int_ctl = SVM_V_INTR_MASKING | processor_read_cr8();
}

/* PUSHF has written our flag: the byte of the stack that holds it. */
static void clean_stack(struct vcpu *vcpu)
{
	uint64_t at = vcpu->gpr[HD_REG_RSP] + 1;
	uint8_t byte;

	if (guest_read(vcpu, at, &byte, 1) != 1)
		return;
	byte &= (uint8_t)~(RFLAGS_TF >> 8);
	guest_write(vcpu, at, &byte, 1);
}

static void restore_flags(struct vcpu *vcpu, bool has_ended)
{
	const struct svm_core *svm = svm_core_of(vcpu);
	unsigned int kind = vcpu->step.decoded ? vcpu->step.instruction.kind : INSN_OTHER;

	if (!has_ended) {
		vcpu->rflags = (vcpu->rflags & ~(RFLAGS_TF | RFLAGS_RF)) | svm->saved_flags;
		return;
	}
	/* These two have loaded a flag of the guest's own. */
	if (kind == INSN_POPF || kind == INSN_IRET)
		return;
	vcpu->rflags = (vcpu->rflags & ~RFLAGS_TF) | (svm->saved_flags & RFLAGS_TF);
	if (kind == INSN_PUSHF && !(svm->saved_flags & RFLAGS_TF))
		clean_stack(vcpu);
}

void svm_step_disarm(struct vcpu *vcpu)
{
	struct svm_core *svm = svm_core_of(vcpu);
	const struct instruction *insn = &vcpu->step.instruction;
	struct vmcb *vmcb = svm->vmcb;
	uint64_t dr6 = vmcb->dr6, cr8 = vmcb->int_ctl & 15;

	svm->is_stepping = false;
	svm_apply_exceptions(vcpu);
	svm->has_ended = vmcb->exit_code == SVM_EXIT_EXCEPTION + VECTOR_DB && dr6 & DR6_BS;
	svm->debug_status = dr6;
	if (vcpu->step.decoded && insn->kind == INSN_MOV_TO_DR && insn->reg == 6 && svm->has_ended)
		svm->saved_dr6 = dr6 & ~DR6_BS;
	vmcb->dr6 = svm->saved_dr6;
	/* Under V_INTR_MASKING the guest's CR8 was here. */
	if (cr8 != processor_read_cr8())
		processor_write_cr8(cr8);
	vmcb->int_ctl = cr8;
	if (vmcb->intercept[SVM_INTERCEPT_VINTR / 32] & 1u << SVM_INTERCEPT_VINTR % 32)
		vmcb->int_ctl |= SVM_V_IRQ | SVM_V_IGNORE_TPR;
	restore_flags(vcpu, svm->has_ended);
}

/* The trap of our own step, and with it what the guest itself wanted to be told of this instruction. */
bool svm_step_trap(struct vcpu *vcpu)
{
	struct svm_core *svm = svm_core_of(vcpu);
	struct exception exception = { .vector = VECTOR_DB };
	bool traced = svm->saved_flags & RFLAGS_TF;
	uint64_t hits = svm->debug_status & svm_debug_traps(vcpu);

	if (!vcpu->step.active || !svm->has_ended)
		return false;
	step_end(vcpu, PIPELINE_COMPLETED);
	if (traced || hits) {
		*svm_guest_dr6(svm) |= hits | (traced ? DR6_BS : 0);
		exception_raise(vcpu, &exception);
	}
	return true;
}

static void load_flat(struct vmcb_segment *segment, uint64_t selector, uint16_t attributes)
{
	*segment = (struct vmcb_segment){
		.selector = (uint16_t)selector,
		.attributes = attributes,
		.limit = 0xffffffff,
	};
}

/* Flat descriptors as SYSCALL and SYSRET load them: code and data, without a privilege level. */
#define CODE_64 0xa9b
#define CODE_32 0xc9b
#define DATA 0xc93
#define DPL_3 0x60

static bool carry_out_syscall(struct vcpu *vcpu, const struct instruction *insn)
{
	struct vmcb *vmcb = vmcb_of(vcpu);
	uint64_t selector = vmcb->star >> 32 & 0xfffc;

	if (!(vmcb->efer & EFER_SCE) || !(vmcb->efer & EFER_LMA))
		return false;
	vcpu->gpr[HD_REG_RCX] = vcpu->rip + insn->length;
	vcpu->gpr[HD_REG_R11] = vcpu->rflags & ~RFLAGS_RF;
	vcpu->rip = svm_vendor.code_bits(vcpu) == 64 ? vmcb->lstar : vmcb->cstar;
	vcpu->rflags = (vcpu->rflags & ~(vmcb->sfmask | RFLAGS_RF)) | RFLAGS_FIXED;
	load_flat(&vmcb->cs, selector, CODE_64);
	load_flat(&vmcb->ss, selector + 8, DATA);
	vmcb->cpl = 0;
	vmcb->int_state &= ~SVM_INTERRUPT_SHADOW;
	return true;
}

static bool carry_out_sysret(struct vcpu *vcpu, const struct instruction *insn)
{
	struct vmcb *vmcb = vmcb_of(vcpu);
	uint64_t selector = vmcb->star >> 48;
	bool is_64 = insn->operand_size == 8;

	if (!(vmcb->efer & EFER_SCE) || vmcb->cpl || svm_vendor.code_bits(vcpu) != 64)
		return false;
	if (is_64 && !address_is_canonical(vcpu->gpr[HD_REG_RCX]))
		return false;
	vcpu->rip = is_64 ? vcpu->gpr[HD_REG_RCX] : (uint32_t)vcpu->gpr[HD_REG_RCX];
	vcpu->rflags = (vcpu->gpr[HD_REG_R11] & 0x3c7fd7) | RFLAGS_FIXED;
	load_flat(&vmcb->cs, (selector + (is_64 ? 16 : 0)) | 3, (is_64 ? CODE_64 : CODE_32) | DPL_3);
	load_flat(&vmcb->ss, (selector + 8) | 3, DATA | DPL_3);
	vmcb->cpl = 3;
	vmcb->int_state &= ~SVM_INTERRUPT_SHADOW;
	return true;
}

/* The descriptor of a selector, from the table that it names; false where that has none. */
static bool read_descriptor(struct vcpu *vcpu, unsigned int selector, uint64_t *descriptor)
{
	const struct vmcb *vmcb = vmcb_of(vcpu);
	const struct vmcb_segment *table = selector & 4 ? &vmcb->ldtr : &vmcb->gdtr;

	return (selector | 7) <= table->limit &&
	       guest_read(vcpu, table->base + (selector & ~7u), descriptor, sizeof(*descriptor)) == sizeof(*descriptor);
}

/* Bits of a descriptor's type, as in vmcb_segment.attributes. */
#define SEGMENT_ACCESSED 0x01u
#define SEGMENT_WRITABLE 0x02u
#define SEGMENT_CODE 0x08u
#define SEGMENT_APPLICATION 0x10u
#define SEGMENT_PRESENT 0x80u
#define SEGMENT_PAGES 0x800u

/*
 * MOV SS holds back the trap behind it, so a step would take two instructions
 * for one. Only what the processor would surely do is done here: the rest, all
 * that faults, is the processor's.
 */
static bool carry_out_mov_ss(struct vcpu *vcpu, const struct instruction *insn)
{
	struct vmcb *vmcb = vmcb_of(vcpu);
	unsigned int selector = (uint16_t)vcpu->gpr[insn->rm & 15];
	unsigned int wanted = SEGMENT_ACCESSED | SEGMENT_WRITABLE | SEGMENT_APPLICATION | SEGMENT_PRESENT, attributes;
	struct vmcb_segment loaded = { .selector = (uint16_t)selector };
	uint64_t descriptor;

	if (insn->reg != DECODE_SS || insn->operand_count || !(vmcb->cr0 & CR0_PE) || vcpu->rflags & RFLAGS_VM ||
	    (selector & 3) != vmcb->cpl)
		return false;
	if (selector & ~3u) {
		if (!read_descriptor(vcpu, selector, &descriptor))
			return false;
		attributes = (descriptor >> 40 & 0xff) | (descriptor >> 44 & 0xf00);
		if ((attributes & (wanted | SEGMENT_CODE)) != wanted || (attributes >> 5 & 3) != vmcb->cpl)
			return false;
		loaded.attributes = (uint16_t)attributes;
		loaded.limit = (descriptor & 0xffff) | (descriptor >> 32 & 0xf0000);
		if (attributes & SEGMENT_PAGES)
			loaded.limit = loaded.limit << 12 | 0xfff;
		loaded.base = (descriptor >> 16 & 0xffffff) | (descriptor >> 32 & 0xff000000);
	} else if (vmcb->cpl == 3 || svm_vendor.code_bits(vcpu) != 64) {
		return false;
	}
	vmcb->ss = loaded;
	vcpu->rip += insn->length;
	if (svm_vendor.code_bits(vcpu) != 64)
		vcpu->rip = (uint32_t)vcpu->rip;
	vmcb->int_state |= SVM_INTERRUPT_SHADOW;
	return true;
}

bool svm_carry_out(struct vcpu *vcpu, const struct instruction *insn)
{
	switch (insn->kind) {
	case INSN_SYSCALL:
		return carry_out_syscall(vcpu, insn);
	case INSN_SYSRET:
		return carry_out_sysret(vcpu, insn);
	case INSN_MOV_TO_SEGMENT:
		return carry_out_mov_ss(vcpu, insn);
	case INSN_HLT:
		/* With interrupts held it would never end; ended at once it is as if one had come. */
		if (vmcb_of(vcpu)->cpl)
			return false;
		svm_skip(vcpu, insn->length);
		return true;
	default:
		return false;
	}
}
