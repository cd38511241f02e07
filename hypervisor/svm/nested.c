// SPDX-License-Identifier: GPL-2.0
/*
 * Nested paging: its entries, switching it on and off, and its exit.
 *
 * The memory types stay the guest's own: an entry says write-back, which
 * leaves the guest's PAT and the MTRRs to decide (volume 2, 15.25.8). g_pat
 * follows the guest's PAT (registers.c).
 */
#include "hypervisor/exit.h"
#include "hypervisor/linux/kernel.h"
#include "hypervisor/memory_fault.h"
#include "hypervisor/processor.h"
#include "hypervisor/svm/svm.h"

#define NPT_PRESENT (1ull << 0)
#define NPT_WRITE (1ull << 1)
#define NPT_USER (1ull << 2)
#define NPT_ACCESSED (1ull << 5)
#define NPT_DIRTY (1ull << 6)
#define NPT_LARGE (1ull << 7)
#define NPT_MAPPED (1ull << 9) /* ours: also set in an entry that is not present because reads are watched */
#define NPT_NO_EXECUTE (1ull << 63)

/* EXITINFO1 */
#define FAULT_WRITE (1ull << 1)
#define FAULT_FETCH (1ull << 4)
#define FAULT_WALK (1ull << 33)

#define CPUID_EXTENDED_FEATURES 0x80000001u
#define FEATURE_1G_PAGES (1u << 26)
#define CPUID_SVM 0x8000000au
#define SVM_FEATURE_NESTED_PAGING (1u << 0)
#define CR4_LA57 (1ull << 12)

static uint64_t npt_leaf(uint64_t physical, unsigned int access, unsigned int level)
{
	uint64_t entry = physical | NPT_MAPPED | NPT_USER | NPT_ACCESSED | NPT_DIRTY;

	if (level)
		entry |= NPT_LARGE;
	/* There are no pages that can be written or executed but not read. */
	if (access & HD_ACCESS_READ)
		entry |= NPT_PRESENT;
	if (access & HD_ACCESS_WRITE)
		entry |= NPT_WRITE;
	if (!(access & HD_ACCESS_EXECUTE))
		entry |= NPT_NO_EXECUTE;
	return entry;
}

static uint64_t npt_table(uint64_t physical)
{
	return physical | NPT_MAPPED | NPT_PRESENT | NPT_WRITE | NPT_USER | NPT_ACCESSED;
}

static unsigned int npt_access(uint64_t leaf)
{
	if (!(leaf & NPT_PRESENT))
		return 0;
	return HD_ACCESS_READ | (leaf & NPT_WRITE ? HD_ACCESS_WRITE : 0) |
	       (leaf & NPT_NO_EXECUTE ? 0 : HD_ACCESS_EXECUTE);
}

static const struct paging_format npt_format = {
	.leaf = npt_leaf,
	.table = npt_table,
	.large = NPT_LARGE,
	.access = npt_access,
};

bool svm_has_nested_paging(void)
{
	return processor_cpuid(CPUID_SVM, 0).edx & SVM_FEATURE_NESTED_PAGING;
}

int svm_nested_allocate(struct vcpu *vcpu, uint32_t tables)
{
	bool has_1g = processor_cpuid(CPUID_EXTENDED_FEATURES, 0).edx & FEATURE_1G_PAGES;

	/* As deep as the host's own tables are. */
	return paging_setup(&vcpu->paging, &npt_format, processor_read_cr4() & CR4_LA57 ? 5 : 4, has_1g, tables);
}

void svm_nested_paging(struct vcpu *vcpu, bool on)
{
	struct vmcb *vmcb = vmcb_of(vcpu);

	vmcb->nested_ctl = on ? vmcb->nested_ctl | SVM_NESTED_PAGING : vmcb->nested_ctl & ~SVM_NESTED_PAGING;
	vmcb->nested_cr3 = on ? kernel_physical(vcpu->paging.root) : 0;
	vcpu->flush_wanted = true;
}

void svm_exit_nested(struct vcpu *vcpu)
{
	const struct vmcb *vmcb = vmcb_of(vcpu);
	unsigned int access = HD_ACCESS_READ;

	if (vmcb->exit_info_1 & FAULT_FETCH)
		access = HD_ACCESS_EXECUTE;
	else if (vmcb->exit_info_1 & FAULT_WRITE)
		access = HD_ACCESS_WRITE;
	memory_fault(vcpu, vmcb->exit_info_2, access, vmcb->exit_info_1 & FAULT_WALK);
}
