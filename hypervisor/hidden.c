// SPDX-License-Identifier: GPL-2.0
#include "hypervisor/breakpoint.h"
#include "hypervisor/guest_memory.h"
#include "hypervisor/hidden.h"
#include "hypervisor/hook.h"
#include "hypervisor/hypervisor.h"
#include "hypervisor/monitor.h"
#include "hypervisor/processor.h"

#define ROOT_ADDRESS 0x000ffffffffff000ull
#define PAGE_OF(physical) ((physical) & ~(PAGING_BYTES - 1))

/* MOV SS, reg */
#define OPCODE_MOV_TO_SEGMENT 0x8e
#define MODRM_SS_FIRST 0xd0
#define MODRM_SS_LAST 0xd7

struct place {
	uint64_t address, page;
	bool in_shadow;
};

/* Behind MOV SS the processor looks at no debug register for one instruction. */
static bool is_in_shadow(struct vcpu *vcpu, uint64_t root, uint64_t address)
{
	uint8_t before[2];

	return guest_read_at(vcpu, root, address - sizeof(before), before, sizeof(before)) == sizeof(before) &&
	       before[0] == OPCODE_MOV_TO_SEGMENT && before[1] >= MODRM_SS_FIRST && before[1] <= MODRM_SS_LAST;
}

static struct place find_place(struct vcpu *vcpu, uint64_t address, uint64_t cr3)
{
	uint64_t root = cr3 ? cr3 : processor_read_cr3() & ROOT_ADDRESS;
	struct place place = { .address = address, .page = HIDDEN_NO_PAGE };
	struct guest_page page;

	if (!guest_walk(vcpu, root, address, &page))
		place.page = PAGE_OF(page.physical);
	place.in_shadow = is_in_shadow(vcpu, root, address);
	return place;
}

static void want(struct vcpu *vcpu, const struct place *place)
{
	struct hidden *hidden = &vcpu->hidden;
	unsigned int i;

	for (i = 0; i < hidden->count; i++) {
		if (hidden->address[i] == place->address)
			return;
	}
	if (hidden->count < HIDDEN_REGISTERS && !place->in_shadow) {
		hidden->address[hidden->count] = place->address;
		hidden->page[hidden->count++] = place->page;
	} else if (place->page != HIDDEN_NO_PAGE) {
		monitor_restrict(vcpu, place->page, HD_ACCESS_EXECUTE);
		hidden->pages_watched = true;
	}
}

static void want_on_cores(const struct place *place, bool has_core, uint32_t only)
{
	uint32_t core;

	for (core = 0; core < HD_MAX_CORES; core++) {
		if (vcpus[core] && vcpus[core]->paging.root && (!has_core || core == only))
			want(vcpus[core], place);
	}
}

static void want_hook(void *self, const struct event *event)
{
	const struct hd_event_definition *definition = &event->definition;
	struct place place = find_place(self, definition->parameter[0], definition->cr3);

	want_on_cores(&place, definition->flags & HD_EVENT_HAS_CORE, definition->core);
}

static void want_breakpoint(void *self, const struct hd_breakpoint *breakpoint, uint64_t cr3)
{
	struct place place = find_place(self, breakpoint->address, cr3);

	want_on_cores(&place, breakpoint->flags & HD_EVENT_HAS_CORE, breakpoint->core);
}

/* Opens the pages of the candidates that have a register, and closes those of the others. */
static void apply(struct vcpu *vcpu, unsigned int covered)
{
	struct hidden *hidden = &vcpu->hidden;
	bool watched = hidden->pages_watched;
	unsigned int i, j;

	hidden->covered = covered;
	for (i = 0; i < hidden->count; i++) {
		unsigned int access = hidden->access[i];

		if (hidden->page[i] == HIDDEN_NO_PAGE)
			continue;
		for (j = covered; j < hidden->count; j++) {
			if (hidden->page[j] == hidden->page[i])
				access &= ~(unsigned int)HD_ACCESS_EXECUTE;
		}
		step_set_access(vcpu, hidden->page[i], access);
		watched |= i >= covered;
	}
	vendor->nested_paging(vcpu, watched);
}

static void arm_core(struct vcpu *vcpu)
{
	struct hidden *hidden = &vcpu->hidden;
	unsigned int i;

	for (i = 0; i < hidden->count; i++) {
		if (hidden->page[i] == HIDDEN_NO_PAGE)
			continue;
		/* A table of its own now, so that the page can be closed when the guest takes the register. */
		monitor_restrict(vcpu, hidden->page[i], 0);
		hidden->access[i] = (uint8_t)paging_access(&vcpu->paging, hidden->page[i]);
	}
	apply(vcpu, vendor->hide_breakpoints(vcpu, hidden->address, hidden->count));
}

void hidden_arm(struct vcpu *any, bool pages_watched)
{
	uint32_t core;

	for (core = 0; core < HD_MAX_CORES; core++) {
		if (vcpus[core])
			vcpus[core]->hidden = (struct hidden){ .pages_watched = pages_watched };
	}
	event_each(events, HD_EVENT_EPTHOOK, want_hook, any);
	event_each(events, HD_EVENT_EPTHOOK2, want_hook, any);
	breakpoint_each(want_breakpoint, any);
	for (core = 0; core < HD_MAX_CORES; core++) {
		if (vcpus[core] && vcpus[core]->paging.root)
			arm_core(vcpus[core]);
	}
}

void hidden_room_changed(struct vcpu *vcpu)
{
	struct hidden *hidden = &vcpu->hidden;
	unsigned int covered;

	if (!hidden->count)
		return;
	covered = vendor->hide_breakpoints(vcpu, hidden->address, hidden->count);
	if (covered != hidden->covered)
		apply(vcpu, covered);
}

bool hidden_meet(struct vcpu *vcpu)
{
	return breakpoint_meet(vcpu) && hook_meet(vcpu);
}
