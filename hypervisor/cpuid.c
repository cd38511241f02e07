// SPDX-License-Identifier: GPL-2.0
/*
 * !cpuid [leaf]: $context is EAX at interception.
 */
#include "hypervisor/cpuid.h"
#include "hypervisor/hypervisor.h"
#include "hypervisor/instruction.h"
#include "hypervisor/interception.h"
#include "hypervisor/linux/kernel.h"
#include "hypervisor/processor.h"

#define LEAF_FEATURES 1
#define LEAF_EXTENDED_FEATURES 7
#define FEATURES_ECX_OSXSAVE (1u << 27)
#define EXTENDED_ECX_OSPKE (1u << 4)

void cpuid_arm(void)
{
	interception_set(INTERCEPT_CPUID, event_any(events, HD_EVENT_CPUID));
}

/* Two bits of CPUID's ECX mirror CR4: the guest's, where host mode's would be seen. */
static inline uint32_t mirror_cr4(const struct vcpu *vcpu, uint32_t leaf, uint32_t subleaf, uint32_t ecx)
{
	if (leaf == LEAF_FEATURES)
		return (ecx & ~FEATURES_ECX_OSXSAVE) | (vcpu->cr4 & CR4_OSXSAVE ? FEATURES_ECX_OSXSAVE : 0);
	if (leaf == LEAF_EXTENDED_FEATURES && !subleaf)
		return (ecx & ~EXTENDED_ECX_OSPKE) | (vcpu->cr4 & CR4_PKE ? EXTENDED_ECX_OSPKE : 0);
	return ecx;
}

static inline void carry_out(struct vcpu *vcpu, unsigned int length)
{
	uint32_t leaf = vcpu_eax(vcpu), subleaf = vcpu_ecx(vcpu);
	struct cpuid_registers r = processor_cpuid(leaf, subleaf);

	if (leaf <= LEAF_EXTENDED_FEATURES)
		r.ecx = mirror_cr4(vcpu, leaf, subleaf, r.ecx);
	vcpu->gpr[HD_REG_RAX] = r.eax;
	vcpu->gpr[HD_REG_RBX] = r.ebx;
	vcpu->gpr[HD_REG_RCX] = r.ecx;
	vcpu->gpr[HD_REG_RDX] = r.edx;
	vendor->skip(vcpu, length);
}

/* Field by field: the rest of the key is for ranges, and clearing it costs as much as the lookup. */
static inline void make_key(const struct vcpu *vcpu, struct event_key *key)
{
	key->kind = HD_EVENT_CPUID;
	key->core = vcpu->core;
	key->parameter = vcpu_eax(vcpu);
	if (events_need_pid & 1u << HD_EVENT_CPUID)
		key->pid = kernel_pid_of(vcpu->core);
}

/* Apart: an occurrence's room on the stack would cost also those that match nothing. */
static __attribute__((__noinline__)) void with_events(struct vcpu *vcpu, unsigned int length, uint64_t hash)
{
	struct occurrence occurrence;
	enum pipeline_verdict verdict;

	make_key(vcpu, &occurrence.key);
	verdict = pipeline_begin_likely(&vcpu->pipeline, &occurrence, hash);
	if (verdict == PIPELINE_CANCELLED || verdict == PIPELINE_REDIRECTED) {
		if (verdict == PIPELINE_CANCELLED)
			vendor->skip(vcpu, length);
		return;
	}
	carry_out(vcpu, length);
	if (verdict == PIPELINE_CARRY_OUT)
		pipeline_finish(&vcpu->pipeline, &occurrence, PIPELINE_COMPLETED);
}

void cpuid_exit(struct vcpu *vcpu)
{
	unsigned int length = instruction_length(vcpu, 0xa2);
	struct event_key key;
	uint64_t hash;

	if (!length)
		return; /* the bytes are gone: the guest meets its own fault when it goes on */
	make_key(vcpu, &key);
	if (__builtin_expect(pipeline_may_match(&vcpu->pipeline, &key, &hash), 0))
		with_events(vcpu, length, hash);
	else
		carry_out(vcpu, length);
}
