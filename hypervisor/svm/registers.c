// SPDX-License-Identifier: GPL-2.0
/*
 * The guest's registers that live in the VMCB, in the VMLOAD state or, while
 * we are in host mode, still in the processor (DR0 … DR3, CR8).
 */
#include "hypervisor/linux/kernel.h"
#include "hypervisor/host_traps.h"
#include "hypervisor/processor.h"
#include "hypervisor/svm/svm.h"

enum place { PLACE_NONE, PLACE_SAVED16, PLACE_SAVED64, PLACE_CR8, PLACE_DEBUG, PLACE_DR7 };

#define SAVED64(field) { PLACE_SAVED64, offsetof(struct vmcb, field) }
#define SELECTOR(segment) { PLACE_SAVED16, offsetof(struct vmcb, segment.selector) }

static const struct {
	uint8_t place; /* enum place */
	uint16_t offset; /* of debug registers: the number */
} places[HD_REG_COUNT] = {
	[HD_REG_CS] = SELECTOR(cs),
	[HD_REG_DS] = SELECTOR(ds),
	[HD_REG_ES] = SELECTOR(es),
	[HD_REG_FS] = SELECTOR(fs),
	[HD_REG_GS] = SELECTOR(gs),
	[HD_REG_SS] = SELECTOR(ss),
	[HD_REG_LDTR] = SELECTOR(ldtr),
	[HD_REG_TR] = SELECTOR(tr),
	[HD_REG_GDTR] = SAVED64(gdtr.base),
	[HD_REG_IDTR] = SAVED64(idtr.base),
	[HD_REG_CR0] = SAVED64(cr0),
	[HD_REG_CR2] = SAVED64(cr2),
	[HD_REG_CR3] = SAVED64(cr3),
	[HD_REG_CR4] = SAVED64(cr4),
	[HD_REG_CR8] = { PLACE_CR8, 0 },
	[HD_REG_DR0] = { PLACE_DEBUG, 0 },
	[HD_REG_DR1] = { PLACE_DEBUG, 1 },
	[HD_REG_DR2] = { PLACE_DEBUG, 2 },
	[HD_REG_DR3] = { PLACE_DEBUG, 3 },
	[HD_REG_DR6] = { PLACE_DEBUG, 6 },
	[HD_REG_DR7] = { PLACE_DR7, 7 },
	[HD_REG_FS_BASE] = SAVED64(fs.base),
	[HD_REG_GS_BASE] = SAVED64(gs.base),
	[HD_REG_KERNEL_GS_BASE] = SAVED64(kernel_gs_base),
	[HD_REG_EFER] = SAVED64(efer),
};

/* Apart, so that reading what lies in the VMCB saves no register. */
static __attribute__((__noinline__)) uint64_t read_elsewhere(struct vcpu *vcpu, enum hd_register reg)
{
	if (places[reg].place == PLACE_DEBUG)
		return svm_debug_read(vcpu, places[reg].offset);
	return vcpu->core == kernel_this_core() ? processor_read_cr8() : vcpu->still_cr8;
}

int svm_read_register(struct vcpu *vcpu, enum hd_register reg, uint64_t *value)
{
	const uint8_t *field = (const uint8_t *)vmcb_of(vcpu) + places[reg].offset;

	switch (places[reg].place) {
	case PLACE_SAVED16:
		*value = *(const uint16_t *)field;
		return 0;
	case PLACE_SAVED64:
		*value = *(const uint64_t *)field;
		return 0;
	case PLACE_DR7:
		/* Asked for at each move that is carried out. */
		*value = svm_guest_dr7(svm_core_of(vcpu));
		return 0;
	case PLACE_CR8:
	case PLACE_DEBUG:
		*value = read_elsewhere(vcpu, reg);
		return 0;
	default:
		return -HD_E_NO_REGISTER;
	}
}

/*
 * What the processor would refuse, VMRUN takes silently or ends the guest
 * for: refused here. Segment selectors are not writable: a selector without
 * its descriptor would be a lie.
 */
int svm_write_register(struct vcpu *vcpu, enum hd_register reg, uint64_t value)
{
	struct vmcb *vmcb = vmcb_of(vcpu);

	if ((reg == HD_REG_CR8 || (reg >= HD_REG_DR0 && reg <= HD_REG_DR3)) && vcpu->core != kernel_this_core())
		return -HD_E_OTHER_CORE;
	switch (reg) {
	case HD_REG_CR2:
		vmcb->cr2 = value;
		return 0;
	case HD_REG_CR3:
		if (value >> 52)
			return -HD_E_BAD_VALUE;
		vmcb->cr3 = vcpu->cr3 = value;
		vmcb->tlb_control = SVM_TLB_FLUSH_ALL;
		return 0;
	case HD_REG_DR6:
	case HD_REG_DR7:
		if (value >> 32)
			return -HD_E_BAD_VALUE;
		svm_debug_write(vcpu, places[reg].offset, value);
		return 0;
	case HD_REG_FS_BASE:
	case HD_REG_GS_BASE:
	case HD_REG_KERNEL_GS_BASE:
		if (!address_is_canonical(value))
			return -HD_E_BAD_VALUE;
		*(uint64_t *)((uint8_t *)vmcb + places[reg].offset) = value;
		return 0;
	case HD_REG_CR8:
		if (value > 15)
			return -HD_E_BAD_VALUE;
		processor_write_cr8(value);
		return 0;
	case HD_REG_DR0:
	case HD_REG_DR1:
	case HD_REG_DR2:
	case HD_REG_DR3:
		svm_debug_write(vcpu, places[reg].offset, value);
		return 0;
	default:
		return -HD_E_READ_ONLY_REGISTER;
	}
}

/* MSRs that VMRUN, VMLOAD and VMSAVE switch: the guest's value is in the VMCB. */
static uint64_t *own_msr(struct vmcb *vmcb, uint32_t msr, bool *is_address)
{
	*is_address = false;
	switch (msr) {
	case MSR_EFER:
		return &vmcb->efer;
	case MSR_STAR:
		return &vmcb->star;
	case MSR_SFMASK:
		return &vmcb->sfmask;
	case MSR_SYSENTER_CS:
		return &vmcb->sysenter_cs;
	}
	*is_address = true;
	switch (msr) {
	case MSR_LSTAR:
		return &vmcb->lstar;
	case MSR_CSTAR:
		return &vmcb->cstar;
	case MSR_FS_BASE:
		return &vmcb->fs.base;
	case MSR_GS_BASE:
		return &vmcb->gs.base;
	case MSR_KERNEL_GS_BASE:
		return &vmcb->kernel_gs_base;
	case MSR_SYSENTER_ESP:
		return &vmcb->sysenter_esp;
	case MSR_SYSENTER_EIP:
		return &vmcb->sysenter_eip;
	}
	return NULL;
}

bool svm_read_own_msr(struct vcpu *vcpu, uint32_t msr, uint64_t *value)
{
	bool is_address;
	const uint64_t *field;

	if (msr == MSR_VM_HSAVE_PA) {
		*value = svm_core_of(vcpu)->hsave_seen;
		return true;
	}
	field = own_msr(vmcb_of(vcpu), msr, &is_address);
	if (!field)
		return false;
	*value = *field;
	return true;
}

/* SCE, LME, LMA, NXE, SVME, LMSLE, FFXSR, TCE, MCOMMIT, INTWB, UAIE, AIBRSE */
#define EFER_KNOWN 0x0036fd01ull

static int write_efer(struct vcpu *vcpu, uint64_t value)
{
	struct vmcb *vmcb = vmcb_of(vcpu);

	if (value & ~EFER_KNOWN)
		return -HD_E_MSR_REFUSED;
	/* LME cannot change under paging; LMA is the processor's. SVME must stay: clearing it has no effect. */
	if ((value ^ vmcb->efer) & EFER_LME && vmcb->cr0 >> 31)
		return -HD_E_MSR_REFUSED;
	vmcb->efer = (value & ~EFER_LMA) | (vmcb->efer & EFER_LMA) | EFER_SVME;
	return 0;
}

/* The guest's PAT is the real one without nested paging, and g_pat with it: both always say the same. */
static int write_pat(struct vcpu *vcpu, uint64_t value)
{
	if (host_wrmsr(MSR_PAT, value))
		return -HD_E_MSR_REFUSED;
	vmcb_of(vcpu)->g_pat = value;
	return 0;
}

bool svm_write_own_msr(struct vcpu *vcpu, uint32_t msr, uint64_t value, int *error)
{
	bool is_address;
	uint64_t *field;

	*error = 0;
	if (msr == MSR_VM_HSAVE_PA) {
		if (value & 0xfff)
			*error = -HD_E_MSR_REFUSED;
		else
			svm_core_of(vcpu)->hsave_seen = value;
		return true;
	}
	if (msr == MSR_VM_CR)
		return true; /* SVMDIS and the rest are locked as long as we run */
	if (msr == MSR_EFER) {
		*error = write_efer(vcpu, value);
		return true;
	}
	if (msr == MSR_PAT) {
		*error = write_pat(vcpu, value);
		return true;
	}
	field = own_msr(vmcb_of(vcpu), msr, &is_address);
	if (!field)
		return false;
	if (is_address && !address_is_canonical(value))
		*error = -HD_E_MSR_REFUSED;
	else if (msr == MSR_SFMASK)
		*field = (uint32_t)value;
	else
		*field = value;
	return true;
}
