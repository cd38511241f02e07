// SPDX-License-Identifier: GPL-2.0
/*
 * AMD-V: probing, a core's memory, late launch and its undoing.
 */
#include "hypervisor/host_traps.h"
#include "hypervisor/linux/kernel.h"
#include "hypervisor/processor.h"
#include "hypervisor/svm/svm.h"

#define CPUID_SVM 0x8000000a
#define VM_CR_SVMDIS (1ull << 4)
#define HOST_STACK_SIZE 65536

/* Page tables of host mode: the kernel's half, and nothing else. */
uint64_t svm_host_root;

static int svm_probe(const char **why)
{
	struct cpuid_registers r = processor_cpuid(0x80000000, 0);

	if (r.eax < CPUID_SVM || !(processor_cpuid(0x80000001, 0).ecx & 1u << 2)) {
		*why = "this processor has no AMD-V";
		return -19; /* ENODEV */
	}
	if (processor_rdmsr(MSR_VM_CR) & VM_CR_SVMDIS) {
		*why = "AMD-V is switched off in the firmware (VM_CR.SVMDIS); switch on SVM in its setup";
		return -19;
	}
	if (processor_rdmsr(MSR_EFER) & EFER_SVME) {
		*why = "AMD-V is in use by another hypervisor (KVM with a running machine?); end it and try again";
		return -16; /* EBUSY */
	}
	return 0;
}

static int svm_setup(void)
{
	svm_outer_detect();
	svm_host_root = kernel_host_root();
	if (!svm_host_root)
		return -12; /* ENOMEM */
	return svm_msr_map_setup();
}

static void svm_teardown(void)
{
	svm_msr_map_teardown();
	kernel_host_root_free(svm_host_root);
	svm_host_root = 0;
}

static void svm_release(struct vcpu *vcpu)
{
	struct svm_core *svm = svm_core_of(vcpu);

	kernel_pages_free(vcpu->host_stack, HOST_STACK_SIZE);
	vcpu->host_stack = NULL;
	if (!svm)
		return;
	kernel_pages_free(svm->vmcb, 4096);
	kernel_pages_free(svm->host, 4096);
	kernel_pages_free(svm->save_area, 4096);
	kernel_pages_free(svm, 4096);
	vcpu->vendor_state = NULL;
}

static int svm_allocate(struct vcpu *vcpu)
{
	struct svm_core *svm = kernel_pages(4096);

	vcpu->vendor_state = svm;
	if (!svm)
		return -12;
	/* The two descriptor pointers stand in the same page, behind the structure. */
	svm->gdt = (struct descriptor_pointer *)((uint8_t *)svm + 2048);
	svm->idt = svm->gdt + 1;
	svm->vmcb = kernel_pages(4096);
	svm->host = kernel_pages(4096);
	svm->save_area = kernel_pages(4096);
	vcpu->host_stack = kernel_pages(HOST_STACK_SIZE);
	if (!svm->vmcb || !svm->host || !svm->save_area || !vcpu->host_stack) {
		svm_release(vcpu);
		return -12;
	}
	if (svm_has_nested_paging() && svm_nested_allocate(vcpu, vcpu->paging.size)) {
		svm_release(vcpu);
		return -12;
	}
	vcpu->host_stack_top = (uint64_t)vcpu->host_stack + HOST_STACK_SIZE;
	vcpu->guest_state_pa = kernel_physical(svm->vmcb);
	vcpu->host_state_pa = kernel_physical(svm->host);
	return 0;
}

static void segment_from_gdt(struct vmcb_segment *segment, uint16_t selector, const struct descriptor_pointer *gdt)
{
	uint64_t low;

	*segment = (struct vmcb_segment){ .selector = selector };
	if (!(selector & ~3u))
		return; /* null: attributes 0, not present */
	low = *(const uint64_t *)(gdt->base + (selector & ~7u));
	segment->attributes = (uint16_t)((low >> 40 & 0xff) | (low >> 52 & 0xf) << 8);
	segment->limit = (uint32_t)((low & 0xffff) | (low >> 48 & 0xf) << 16);
	if (low & 1ull << 55) /* granularity: pages */
		segment->limit = segment->limit << 12 | 0xfff;
	segment->base = (low >> 16 & 0xffffff) | (low >> 56 & 0xff) << 24;
}

static void fill_intercepts(struct vmcb *vmcb)
{
	static const uint8_t always[] = {
		SVM_INTERCEPT_NMI, SVM_INTERCEPT_MSR, SVM_INTERCEPT_SHUTDOWN, SVM_INTERCEPT_VMRUN,
		SVM_INTERCEPT_VMMCALL, SVM_INTERCEPT_VMLOAD, SVM_INTERCEPT_VMSAVE, SVM_INTERCEPT_STGI,
		SVM_INTERCEPT_CLGI, SVM_INTERCEPT_SKINIT, SVM_INTERCEPT_INVLPGA,
	};
	unsigned int i;

	for (i = 0; i < HD_ARRAY_SIZE(always); i++)
		svm_set_intercept(vmcb, always[i], true);
}

/* The calling core's present state becomes the guest's. RIP, RSP, RFLAGS and the VMLOAD state are filled in entry. */
static void capture_guest(struct vcpu *vcpu)
{
	struct svm_core *svm = svm_core_of(vcpu);
	struct vmcb *vmcb = svm->vmcb;

	memset(vmcb, 0, sizeof(*vmcb));
	fill_intercepts(vmcb);
	vmcb->msrpm_base = svm_msr_map_physical();
	vmcb->asid = 1;
	svm->exceptions = 0;
	svm->is_stepping = false;
	vcpu->entry_work = 0;
	vmcb->tlb_control = SVM_TLB_FLUSH_ALL;

	processor_store_gdt(svm->gdt);
	processor_store_idt(svm->idt);
	vmcb->gdtr.base = svm->gdt->base;
	vmcb->gdtr.limit = svm->gdt->limit;
	vmcb->idtr.base = svm->idt->base;
	vmcb->idtr.limit = svm->idt->limit;
	segment_from_gdt(&vmcb->cs, processor_cs(), svm->gdt);
	segment_from_gdt(&vmcb->ss, processor_ss(), svm->gdt);
	segment_from_gdt(&vmcb->ds, processor_ds(), svm->gdt);
	segment_from_gdt(&vmcb->es, processor_es(), svm->gdt);
	vmcb->efer = processor_rdmsr(MSR_EFER);
	vmcb->cr0 = processor_read_cr0();
	vmcb->cr2 = processor_read_cr2();
	vmcb->cr3 = processor_read_cr3();
	vmcb->cr4 = processor_read_cr4();
	svm_debug_init(vcpu);
	vmcb->g_pat = processor_rdmsr(MSR_PAT);
	vmcb->int_ctl = processor_read_cr8();
}

static int svm_launch(struct vcpu *vcpu)
{
	struct svm_core *svm = svm_core_of(vcpu);
	const char *why;
	int err = svm_probe(&why);

	if (err)
		return err;
	processor_wrmsr(MSR_EFER, processor_rdmsr(MSR_EFER) | EFER_SVME);
	processor_wrmsr(MSR_VM_HSAVE_PA, kernel_physical(svm->save_area));
	svm->hsave_seen = 0;
	capture_guest(vcpu);
	asm volatile("vmsave %0" : : "a"(vcpu->guest_state_pa) : "memory");
	asm volatile("vmsave %0" : : "a"(vcpu->host_state_pa) : "memory");
	return svm_enter(vcpu);
}

/* From entry.S, on the host stack: what VMRUN's host save area will hold from the first entry on. */
void svm_become_host(struct vcpu *vcpu)
{
	asm volatile("clgi" : : : "memory");
	processor_write_cr3(svm_host_root);
	host_traps_load();
	host_flush_tlb();
	vmcb_of(vcpu)->rsp = vcpu->gpr[HD_REG_RSP];
	vmcb_of(vcpu)->rip = vcpu->rip;
	vmcb_of(vcpu)->rflags = vcpu->rflags;
	vcpu->active = true;
}

/* From entry.S: the counterpart, when the core is devirtualised. Returns the guest's CR3. */
uint64_t svm_become_native(struct vcpu *vcpu)
{
	struct svm_core *svm = svm_core_of(vcpu);
	struct vmcb *vmcb = svm->vmcb;

	vcpu->active = false;
	svm_debug_release(vcpu);
	processor_write_cr4(vmcb->cr4);
	processor_write_cr0(vmcb->cr0);
	processor_write_cr2(vmcb->cr2);
	svm->gdt->base = vmcb->gdtr.base;
	svm->gdt->limit = (uint16_t)vmcb->gdtr.limit;
	svm->idt->base = vmcb->idtr.base;
	svm->idt->limit = (uint16_t)vmcb->idtr.limit;
	processor_load_gdt(svm->gdt);
	processor_load_idt(svm->idt);
	processor_write_dr6(vmcb->dr6);
	/* EFER.SVME goes last, by the guest's own code behind HYPERCALL_LEAVE: VMLOAD and STGI still need it. */
	processor_wrmsr(MSR_EFER, vmcb->efer | EFER_SVME);
	return vmcb->cr3;
}

static void svm_switch_off(void)
{
	processor_wrmsr(MSR_VM_HSAVE_PA, 0);
	processor_wrmsr(MSR_EFER, processor_rdmsr(MSR_EFER) & ~EFER_SVME);
}

static unsigned int svm_cpl(struct vcpu *vcpu)
{
	return vmcb_of(vcpu)->cpl;
}

static unsigned int svm_code_bits(struct vcpu *vcpu)
{
	const struct vmcb *vmcb = vmcb_of(vcpu);

	if (vmcb->efer & EFER_LMA && vmcb->cs.attributes & SVM_SEGMENT_LONG)
		return 64;
	return vmcb->cs.attributes & SVM_SEGMENT_DEFAULT32 ? 32 : 16;
}

static void svm_intercept(struct vcpu *vcpu, enum intercept what, bool on)
{
	static const uint8_t bits[] = {
		[INTERCEPT_CPUID] = SVM_INTERCEPT_CPUID,
	};

	svm_set_intercept(vmcb_of(vcpu), bits[what], on);
}

/* A virtual interrupt that is intercepted before it is taken (volume 2, 15.21.4). */
static void svm_interrupt_window(struct vcpu *vcpu, bool on)
{
	struct vmcb *vmcb = vmcb_of(vcpu);

	svm_set_intercept(vmcb, SVM_INTERCEPT_VINTR, on);
	if (on)
		vmcb->int_ctl |= SVM_V_IRQ | SVM_V_IGNORE_TPR;
	else
		vmcb->int_ctl &= ~(SVM_V_IRQ | SVM_V_IGNORE_TPR);
}

const struct vcpu_vendor svm_vendor = {
	.name = "AMD-V",
	.id = 1,
	.probe = svm_probe,
	.setup = svm_setup,
	.teardown = svm_teardown,
	.allocate = svm_allocate,
	.release = svm_release,
	.launch = svm_launch,
	.switch_off = svm_switch_off,
	.hypercall = svm_hypercall,
	.read_register = svm_read_register,
	.write_register = svm_write_register,
	.cpl = svm_cpl,
	.code_bits = svm_code_bits,
	.skip = svm_skip,
	.inject = svm_inject,
	.read_own_msr = svm_read_own_msr,
	.write_own_msr = svm_write_own_msr,
	.intercept = svm_intercept,
	.intercept_exceptions = svm_intercept_exceptions,
	.hide_breakpoints = svm_hide_breakpoints,
	.nested_paging = svm_nested_paging,
	.is_delivering = svm_is_delivering,
	.interrupted_exception = svm_interrupted_exception,
	.forget_interrupted = svm_forget_interrupted,
	.deliver_interrupted = svm_deliver_interrupted,
	.is_injecting = svm_is_injecting,
	.deliver_injected = svm_deliver_injected,
	.gate_allows = svm_gate_allows,
	.carry_out = svm_carry_out,
	.decodes_as_amd = true,
	.interrupt_window = svm_interrupt_window,
	.msr_map_clear = svm_msr_map_clear,
	.msr_map_set = svm_msr_map_set,
	.msr_map_all = svm_msr_map_all,
};
