// SPDX-License-Identifier: GPL-2.0
/*
 * AMD-V's exits: from the exit code to the event family or the part that
 * serves it.
 */
#include "hypervisor/cpuid.h"
#include "hypervisor/exit.h"
#include "hypervisor/halt.h"
#include "hypervisor/host_traps.h"
#include "hypervisor/hypercall.h"
#include "hypervisor/msr.h"
#include "hypervisor/processor.h"
#include "hypervisor/svm/svm.h"

void svm_inject(struct vcpu *vcpu, enum injection_type type, unsigned int vector, bool has_error, uint32_t error)
{
	vmcb_of(vcpu)->event_inject = vector | (uint64_t)type << SVM_EVENT_TYPE_SHIFT | SVM_EVENT_VALID |
				      (has_error ? SVM_EVENT_HAS_ERROR | (uint64_t)error << 32 : 0);
}

/* An emulated instruction ends as a real one: no interrupt shadow any more, and a trap under TF. */
void svm_skip(struct vcpu *vcpu, unsigned int length)
{
	struct vmcb *vmcb = vmcb_of(vcpu);

	vcpu->rip += length;
	if (svm_vendor.code_bits(vcpu) != 64)
		vcpu->rip = (uint32_t)vcpu->rip;
	vmcb->int_state &= ~SVM_INTERRUPT_SHADOW;
	if (vcpu->rflags & RFLAGS_TF) {
		vmcb->dr6 |= DR6_BS;
		svm_inject(vcpu, INJECT_EXCEPTION, VECTOR_DB, false, 0);
	}
}

static void exit_cpuid(struct vcpu *vcpu)
{
	cpuid_exit(vcpu);
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
		svm_inject(vcpu, INJECT_NMI, VECTOR_NMI, false, 0);
}

static void exit_vmmcall(struct vcpu *vcpu)
{
	if (!hypercall_handle(vcpu))
		svm_inject(vcpu, INJECT_EXCEPTION, VECTOR_UD, false, 0);
}

/* The guest's own virtualization instructions: there is no nested hypervisor here. */
static void exit_virtualization(struct vcpu *vcpu)
{
	svm_inject(vcpu, INJECT_EXCEPTION, VECTOR_UD, false, 0);
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
	[SVM_EXIT_CPUID] = { exit_cpuid, HD_EXIT_CPUID },
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

/*
 * An intercept that came while another event was being delivered: that
 * delivery is done again (volume 2, 15.7.2 and 15.20).
 */
static void deliver_again(struct vmcb *vmcb)
{
	if (vmcb->exit_int_info & SVM_EVENT_VALID && !(vmcb->event_inject & SVM_EVENT_VALID))
		vmcb->event_inject = vmcb->exit_int_info;
}

int svm_handle_exit(struct vcpu *vcpu)
{
	struct vmcb *vmcb = vmcb_of(vcpu);
	uint64_t code = vmcb->exit_code;

	vcpu->gpr[HD_REG_RAX] = vmcb->rax;
	vcpu->gpr[HD_REG_RSP] = vmcb->rsp;
	vcpu->rip = vmcb->rip;
	vcpu->rflags = vmcb->rflags;
	vmcb->event_inject = 0;
	vmcb->tlb_control = SVM_TLB_KEEP;

	if (code < SVM_EXIT_CODES && exits[code].handle) {
		vcpu->exits[exits[code].class]++;
		exits[code].handle(vcpu);
	} else {
		exit_unknown(vcpu);
	}
	deliver_again(vmcb);
	exit_epilogue(vcpu);

	vmcb->rax = vcpu->gpr[HD_REG_RAX];
	vmcb->rsp = vcpu->gpr[HD_REG_RSP];
	vmcb->rip = vcpu->rip;
	vmcb->rflags = vcpu->rflags;
	return vcpu->leaving;
}
