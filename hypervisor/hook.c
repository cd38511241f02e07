// SPDX-License-Identifier: GPL-2.0
/*
 * !epthook and !epthook2: $context is the hooked address. Both are hidden
 * breakpoints (hidden.c). Page tables of guest-physical memory on AMD-V know
 * no page that is executed but not read, which is what a detour without exits
 * needs.
 */
#include "hypervisor/guest_memory.h"
#include "hypervisor/hook.h"
#include "hypervisor/hypervisor.h"
#include "hypervisor/linux/kernel.h"
#include "hypervisor/linux/symbol_table.h"

#define ROOT_ADDRESS 0x000ffffffffff000ull

/* Functions are shorter. */
#define FUNCTION_MAX 65536

int hook_check_boundary(struct vcpu *vcpu, uint64_t address)
{
	uint64_t at = address >> 63 ? symbol_table_begin(address) : 0;
	uint8_t bytes[DECODE_MAX_LENGTH];
	struct instruction instruction;
	struct guest_page page;
	int length;

	if (!at || address - at > FUNCTION_MAX || guest_translate(vcpu, at, &page) || !page.executable)
		return 0;
	while (at < address) {
		size_t size = guest_read(vcpu, at, bytes, sizeof(bytes));

		length = decode_instruction(bytes, size, DECODE_64, &instruction);
		if (length <= 0)
			return 0;
		at += (uint64_t)length;
	}
	return at == address ? 0 : -HD_E_MID_INSTRUCTION;
}

static bool meet(struct vcpu *vcpu, enum hd_event_kind kind)
{
	struct occurrence occurrence;
	struct event_access access = { .first = vcpu->rip, .last = vcpu->rip, .access = HD_ACCESS_EXECUTE };
	uint64_t cr3 = 0;

	if (!event_any(events, kind))
		return true;
	vendor->read_register(vcpu, HD_REG_CR3, &cr3);
	occurrence.key = (struct event_key){
		.kind = kind,
		.core = vcpu->core,
		.cr3 = cr3 & ROOT_ADDRESS,
		.accesses = &access,
		.access_count = 1,
	};
	if (event_needs_pid(events, kind))
		occurrence.key.pid = kernel_pid_of(vcpu->core);
	switch (pipeline_begin(&vcpu->pipeline, &occurrence)) {
	case PIPELINE_NONE:
		return true;
	case PIPELINE_CARRY_OUT:
		pipeline_finish(&vcpu->pipeline, &occurrence, PIPELINE_COMPLETED);
		return true;
	default:
		return false;
	}
}

bool hook_meet(struct vcpu *vcpu)
{
	return meet(vcpu, HD_EVENT_EPTHOOK) && meet(vcpu, HD_EVENT_EPTHOOK2);
}
