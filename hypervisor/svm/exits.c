// SPDX-License-Identifier: GPL-2.0
/*
 * AMD-V's exits: from the exit code to the event family or the part that
 * serves it.
 */
#include "hypervisor/cpuid.h"
#include "hypervisor/exception.h"
#include "hypervisor/exit.h"
#include "hypervisor/halt.h"
#include "hypervisor/host_traps.h"
#include "hypervisor/hypercall.h"
#include "hypervisor/instruction.h"
#include "hypervisor/msr.h"
#include "hypervisor/processor.h"
#include "hypervisor/svm/svm.h"

void svm_inject(struct vcpu *vcpu, enum injection_type type, unsigned int vector, bool has_error, uint32_t error)
{
	vmcb_of(vcpu)->event_inject = vector | (uint64_t)type << SVM_EVENT_TYPE_SHIFT | SVM_EVENT_VALID |
				      (has_error ? SVM_EVENT_HAS_ERROR | (uint64_t)error << 32 : 0);
}

static __attribute__((__noinline__, __cold__)) void skip_flags(struct vcpu *vcpu)
{
	vcpu->rflags &= ~RFLAGS_RF;
	if (vcpu->rflags & RFLAGS_TF) {
		*svm_guest_dr6(svm_core_of(vcpu)) |= DR6_BS;
		svm_inject(vcpu, INJECT_EXCEPTION, VECTOR_DB, false, 0);
	}
}

/* An emulated instruction ends as a real one: no interrupt shadow any more, and a trap under TF. */
void svm_skip(struct vcpu *vcpu, unsigned int length)
{
	struct vmcb *vmcb = vmcb_of(vcpu);

	vcpu->rip += length;
	if (!(vmcb->cs.attributes & SVM_SEGMENT_LONG))
		vcpu->rip = (uint32_t)vcpu->rip;
	vmcb->int_state &= ~SVM_INTERRUPT_SHADOW;
	if (__builtin_expect(vcpu->rflags & (RFLAGS_TF | RFLAGS_RF), 0))
		skip_flags(vcpu);
}

static void exit_msr(struct vcpu *vcpu)
{
	if (vmcb_of(vcpu)->exit_info_1)
		msr_write_exit(vcpu);
	else
		msr_read_exit(vcpu);
}

static void exit_nmi(struct vcpu *vcpu)
{
	bool kicked = __atomic_exchange_n(&vcpu->nmi_expected, 0, __ATOMIC_ACQ_REL);

	/*
	 * The intercept leaves the NMI pending: take it, or the next VMRUN exits
	 * at once. A second kick may be taken with it; so the flag goes first.
	 */
	svm_take_nmi();
	if (kicked)
		exit_kicked(vcpu);
	else
		vcpu->nmi_held = true;
}

/* Not in the middle of a step, and not in the place of another event. */
static void inject_held_nmi(struct vcpu *vcpu)
{
	struct svm_core *svm = svm_core_of(vcpu);

	if (vcpu->step.active || svm->vmcb->event_inject & SVM_EVENT_VALID ||
	    svm->vmcb->exit_int_info & SVM_EVENT_VALID)
		return;
	vcpu->nmi_held = false;
	svm_inject(vcpu, INJECT_NMI, VECTOR_NMI, false, 0);
}

static void exit_vmmcall(struct vcpu *vcpu)
{
	if (!hypercall_handle(vcpu) && !svm_outer_call(vcpu))
		exception_fault(vcpu, VECTOR_UD);
}

/* The guest's own virtualization instructions: there is no nested hypervisor here. */
static void exit_virtualization(struct vcpu *vcpu)
{
	exception_fault(vcpu, VECTOR_UD);
}

static void exit_exception(struct vcpu *vcpu)
{
	static const uint32_t with_error = 1u << 8 | 1u << 10 | 1u << 11 | 1u << 12 | 1u << 13 | 1u << 14 | 1u << 17;
	const struct vmcb *vmcb = vmcb_of(vcpu);
	struct exception exception = {
		.vector = (unsigned int)vmcb->exit_code - SVM_EXIT_EXCEPTION,
		.error = (uint32_t)vmcb->exit_info_1,
		.address = vmcb->exit_info_2,
	};

	if (exception.vector == VECTOR_DB && (svm_step_trap(vcpu) || svm_debug_exception(vcpu)))
		return;
	/* On processors that do not take INT3 and INTO for software interrupts. */
	if (exception.vector == VECTOR_BP || exception.vector == VECTOR_OF)
		exception.length = 1;
	exception.has_error = with_error >> exception.vector & 1;
	exception_raise(vcpu, &exception);
}

/* INT n, INT3 or INTO: while it is stepped, or because events on #BP want it. */
static void exit_software(struct vcpu *vcpu)
{
	unsigned int vector, length = instruction_software(vcpu, &vector);

	exception_software(vcpu, vector, length);
}

static void exit_window(struct vcpu *vcpu)
{
	svm_vendor.interrupt_window(vcpu, false);
	halt_at_window(vcpu);
}

static void exit_unknown(struct vcpu *vcpu)
{
	const struct vmcb *vmcb = vmcb_of(vcpu);

	exit_dead("unexpected exit", vcpu, vmcb->exit_code, vmcb->exit_info_1);
}

static void exit_shutdown(struct vcpu *vcpu)
{
	exit_dead("triple fault of the guest", vcpu, SVM_EXIT_SHUTDOWN, vmcb_of(vcpu)->cr2);
}

static const struct {
	void (*handle)(struct vcpu *vcpu);
	uint8_t class; /* enum hd_exit_class */
} exits[SVM_EXIT_CODES] = {
	[0 ... SVM_EXIT_CODES - 1] = { exit_unknown, HD_EXIT_OTHER },
	[SVM_EXIT_DR_READ ... SVM_EXIT_DR_READ + 7] = { svm_exit_debug, HD_EXIT_DR },
	[SVM_EXIT_DR_WRITE ... SVM_EXIT_DR_WRITE + 7] = { svm_exit_debug, HD_EXIT_DR },
	[SVM_EXIT_EXCEPTION ... SVM_EXIT_EXCEPTION + 31] = { exit_exception, HD_EXIT_EXCEPTION },
	[SVM_EXIT_SWINT] = { exit_software, HD_EXIT_EXCEPTION },
	[SVM_EXIT_CPUID] = { cpuid_exit, HD_EXIT_CPUID },
	[SVM_EXIT_MSR] = { exit_msr, HD_EXIT_MSR },
	[SVM_EXIT_NMI] = { exit_nmi, HD_EXIT_NMI },
	[SVM_EXIT_VINTR] = { exit_window, HD_EXIT_INTERRUPT },
	[SVM_EXIT_VMMCALL] = { exit_vmmcall, HD_EXIT_HYPERCALL },
	[SVM_EXIT_VMRUN] = { exit_virtualization, HD_EXIT_SVM },
	[SVM_EXIT_VMLOAD] = { exit_virtualization, HD_EXIT_SVM },
	[SVM_EXIT_VMSAVE] = { exit_virtualization, HD_EXIT_SVM },
	[SVM_EXIT_STGI] = { exit_virtualization, HD_EXIT_SVM },
	[SVM_EXIT_CLGI] = { exit_virtualization, HD_EXIT_SVM },
	[SVM_EXIT_SKINIT] = { exit_virtualization, HD_EXIT_SVM },
	[SVM_EXIT_INVLPGA] = { exit_virtualization, HD_EXIT_SVM },
	[SVM_EXIT_SHUTDOWN] = { exit_shutdown, HD_EXIT_OTHER },
};

/* A stepped instruction was one that exits: it has been emulated, or refused. */
static void end_emulated_step(struct vcpu *vcpu, uint64_t rip)
{
	bool injects = vmcb_of(vcpu)->event_inject & SVM_EVENT_VALID;

	if (injects || vcpu->rip != rip)
		step_end(vcpu, injects && vcpu->rip == rip ? PIPELINE_FAILED : PIPELINE_COMPLETED);
}

static void serve(struct vcpu *vcpu, uint64_t code)
{
	if (code == SVM_EXIT_NPF) {
		vcpu->exits[HD_EXIT_PAGING]++;
		svm_exit_nested(vcpu);
		return;
	}
	if (code >= SVM_EXIT_CODES)
		exit_unknown(vcpu);
	vcpu->exits[exits[code].class]++;
	exits[code].handle(vcpu);
}

/* What an exit may find from the entry before. Rare, so the common path asks once. */
static bool has_work_before(const struct vcpu *vcpu)
{
	return svm_core_of(vcpu)->is_stepping | (vcpu->step.page_count != 0) |
	       (vmcb_of(vcpu)->cs.attributes & SVM_SEGMENT_DEFAULT32);
}

/*
 * SYSENTER of the emulated machine leaves a code segment that is a 64-bit one
 * and a 32-bit one at once, as no processor's is, and its own VMRUN refuses that.
 */
static void repair_code_segment(struct vmcb *vmcb)
{
	if (vmcb->cs.attributes & SVM_SEGMENT_LONG)
		vmcb->cs.attributes &= (uint16_t)~SVM_SEGMENT_DEFAULT32;
}

static void work_before(struct vcpu *vcpu)
{
	repair_code_segment(vmcb_of(vcpu));
	if (svm_core_of(vcpu)->is_stepping)
		svm_step_disarm(vcpu);
	else
		step_close(vcpu); /* opened for a delivery, which is over or begins again */
}

/* What an entry may have to prepare beside the registers. Likewise. */
static bool has_work_behind(const struct vcpu *vcpu)
{
	return (svm_core_of(vcpu)->vmcb->exit_int_info & SVM_EVENT_VALID) | vcpu->entry_work | vcpu->step.active |
	       exit_has_epilogue(vcpu);
}

static void work_behind(struct vcpu *vcpu)
{
	struct svm_core *svm = svm_core_of(vcpu);

	svm_deliver_again(vcpu);
	exit_epilogue(vcpu);
	if (vcpu->nmi_held)
		inject_held_nmi(vcpu);
	if (vcpu->flush_wanted) {
		vcpu->flush_wanted = false;
		svm->vmcb->tlb_control = SVM_TLB_FLUSH_ALL;
		if (svm->debug.stale)
			svm_debug_load(vcpu);
	}
	if (vcpu->step.active)
		svm_step_arm(vcpu);
}

int svm_handle_exit(struct vcpu *vcpu)
{
	struct vmcb *vmcb = vmcb_of(vcpu);
	uint64_t rip = vmcb->rip;

	vcpu->gpr[HD_REG_RAX] = vmcb->rax;
	vcpu->gpr[HD_REG_RSP] = vmcb->rsp;
	vcpu->rip = rip;
	vcpu->rflags = vmcb->rflags;
	vcpu->cr3 = vmcb->cr3;
	vcpu->cr4 = vmcb->cr4;
	vcpu->next_rip = vmcb->next_rip; /* without that feature the field stays 0 */
	vmcb->event_inject = 0;
	vmcb->tlb_control = SVM_TLB_KEEP;

	if (__builtin_expect(has_work_before(vcpu), 0))
		work_before(vcpu);
	serve(vcpu, vmcb->exit_code);
	if (__builtin_expect(--vcpu->exits_to_look < 0, 0) && !vcpu->step.active &&
	    !(vmcb->exit_int_info & SVM_EVENT_VALID))
		exit_look(vcpu);
	if (__builtin_expect(has_work_behind(vcpu), 0)) {
		if (vcpu->step.active && vmcb->exit_code != SVM_EXIT_NPF)
			end_emulated_step(vcpu, rip);
		work_behind(vcpu);
	}

	vmcb->rax = vcpu->gpr[HD_REG_RAX];
	vmcb->rsp = vcpu->gpr[HD_REG_RSP];
	vmcb->rip = vcpu->rip;
	vmcb->rflags = vcpu->rflags;
	return vcpu->leaving;
}
