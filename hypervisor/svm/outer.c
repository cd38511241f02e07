// SPDX-License-Identifier: GPL-2.0
/*
 * The hypervisor below us, where the "machine" is one of KVM's: its guests are
 * told to call it by VMMCALL, which now exits to us. A kernel that finds the
 * call gone would fail, so it is passed on.
 */
#include "hypervisor/processor.h"
#include "hypervisor/svm/svm.h"

#define CPUID_FEATURES 1u
#define FEATURES_ECX_HYPERVISOR (1u << 31)
/* Where a hypervisor's leaves may begin: more than one interface can be offered. */
#define CPUID_HYPERVISOR_FIRST 0x40000000u
#define CPUID_HYPERVISOR_END 0x40010000u
#define CPUID_HYPERVISOR_STEP 0x100u
#define VMMCALL_LENGTH 3
/* KVM's answer to a call from user mode. */
#define KVM_EPERM ((uint64_t)-1)

static bool is_kvm;

void svm_outer_detect(void)
{
	uint32_t leaf;

	is_kvm = false;
	if (!(processor_cpuid(CPUID_FEATURES, 0).ecx & FEATURES_ECX_HYPERVISOR))
		return;
	for (leaf = CPUID_HYPERVISOR_FIRST; leaf < CPUID_HYPERVISOR_END && !is_kvm; leaf += CPUID_HYPERVISOR_STEP) {
		struct cpuid_registers r = processor_cpuid(leaf, 0);

		/* "KVMKVMKVM" */
		is_kvm = r.ebx == 0x4b4d564b && r.ecx == 0x564b4d56 && r.edx == 0x4d;
	}
}

bool svm_outer_call(struct vcpu *vcpu)
{
	uint64_t *gpr = vcpu->gpr, result = gpr[HD_REG_RAX];

	if (!is_kvm)
		return false;
	if (svm_vendor.cpl(vcpu))
		result = KVM_EPERM;
	else
		asm volatile("vmmcall"
			     : "+a"(result)
			     : "b"(gpr[HD_REG_RBX]), "c"(gpr[HD_REG_RCX]), "d"(gpr[HD_REG_RDX]), "S"(gpr[HD_REG_RSI])
			     : "memory");
	gpr[HD_REG_RAX] = result;
	svm_skip(vcpu, VMMCALL_LENGTH);
	return true;
}
