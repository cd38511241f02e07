// SPDX-License-Identifier: GPL-2.0
#include "hypervisor/breakpoint.h"
#include "hypervisor/clients.h"
#include "hypervisor/guest_memory.h"
#include "hypervisor/halt.h"
#include "hypervisor/hook.h"
#include "hypervisor/hypervisor.h"
#include "hypervisor/linux/kernel.h"

#define ROOT_ADDRESS 0x000ffffffffff000ull

static struct {
	struct hd_breakpoint breakpoint;
	uint64_t cr3; /* of a process' address; 0: the kernel's */
	bool used;
} breakpoints[BREAKPOINTS_MAX];
static uint64_t next_number, generation;
static uint32_t enabled_count; /* atomic for readers: exits of all cores */

static void count(void)
{
	uint32_t n = 0;
	unsigned int i;

	for (i = 0; i < BREAKPOINTS_MAX; i++)
		n += breakpoints[i].used && breakpoints[i].breakpoint.enabled;
	__atomic_store_n(&enabled_count, n, __ATOMIC_RELEASE);
	generation++;
}

/* A process' address belongs to the process named, or to the one that is current. */
static int find_root(struct vcpu *vcpu, struct hd_breakpoint *breakpoint, uint64_t *cr3, uint64_t *detail)
{
	*cr3 = 0;
	if (breakpoint->address >> 63)
		return 0;
	if (!(breakpoint->flags & HD_EVENT_HAS_PID)) {
		breakpoint->pid = kernel_pid_of(vcpu->core);
		breakpoint->flags |= HD_EVENT_HAS_PID;
	}
	*cr3 = kernel_root_of(breakpoint->pid);
	*detail = breakpoint->pid;
	return *cr3 ? 0 : -HD_E_BAD_PID;
}

int breakpoint_set(struct vcpu *vcpu, struct hd_breakpoint *breakpoint, uint64_t *detail)
{
	struct guest_page page;
	uint64_t cr3, root = 0;
	unsigned int i;
	int err;

	if (!vcpu->paging.root)
		return -HD_E_NO_PAGING;
	if (breakpoint->flags & ~(uint32_t)(HD_EVENT_HAS_PID | HD_EVENT_HAS_CORE))
		return -HD_E_INVALID;
	*detail = breakpoint->core;
	if (breakpoint->flags & HD_EVENT_HAS_CORE && (breakpoint->core >= HD_MAX_CORES || !vcpus[breakpoint->core]))
		return -HD_E_BAD_CORE;
	err = find_root(vcpu, breakpoint, &cr3, detail);
	if (err)
		return err;
	*detail = breakpoint->address;
	root = cr3;
	if (!root)
		vendor->read_register(vcpu, HD_REG_CR3, &root);
	if (guest_walk(vcpu, root & ROOT_ADDRESS, breakpoint->address, &page))
		return -HD_E_BAD_ADDRESS;
	err = hook_check_boundary(vcpu, breakpoint->address);
	if (err)
		return err;
	for (i = 0; i < BREAKPOINTS_MAX && breakpoints[i].used; i++)
		;
	*detail = BREAKPOINTS_MAX;
	if (i == BREAKPOINTS_MAX)
		return -HD_E_NO_EVENT_SLOT;
	breakpoint->number = next_number++;
	breakpoint->enabled = 1;
	breakpoints[i].breakpoint = *breakpoint;
	breakpoints[i].cr3 = cr3;
	breakpoints[i].used = true;
	count();
	return 0;
}

int breakpoint_change(uint64_t number, uint32_t change)
{
	bool found = number == HD_ALL_NUMBERS;
	unsigned int i;

	if (change > HD_CHANGE_CLEAR)
		return -HD_E_INVALID;
	for (i = 0; i < BREAKPOINTS_MAX; i++) {
		if (!breakpoints[i].used || (number != HD_ALL_NUMBERS && breakpoints[i].breakpoint.number != number))
			continue;
		found = true;
		breakpoints[i].breakpoint.enabled = change == HD_CHANGE_ENABLE;
		breakpoints[i].used = change != HD_CHANGE_CLEAR;
	}
	count();
	return found ? 0 : -HD_E_NO_BREAKPOINT;
}

static void say_ended(uint64_t number)
{
	static const char reason[] = "its process has ended, or has become another program";
	struct hd_event_number note = { .number = number };

	client_note(client_of(CLIENT_LINE), HD_NOTE_BREAKPOINT_OFF, &note, sizeof(note), reason, sizeof(reason) - 1);
}

void breakpoint_drop_ended(void)
{
	bool any = false;
	unsigned int i;

	for (i = 0; i < BREAKPOINTS_MAX; i++) {
		if (!breakpoints[i].used || !breakpoints[i].cr3 ||
		    kernel_root_of(breakpoints[i].breakpoint.pid) == breakpoints[i].cr3)
			continue;
		breakpoints[i].used = false;
		say_ended(breakpoints[i].breakpoint.number);
		any = true;
	}
	if (any)
		count();
}

void breakpoint_clear_all(void)
{
	breakpoint_change(HD_ALL_NUMBERS, HD_CHANGE_CLEAR);
}

/* In the order of their numbers. */
size_t breakpoint_list(struct hd_breakpoint *list, size_t max)
{
	uint64_t from = 0;
	size_t n;

	for (n = 0; n < max; n++) {
		const struct hd_breakpoint *next = NULL;
		unsigned int i;

		for (i = 0; i < BREAKPOINTS_MAX; i++) {
			if (breakpoints[i].used && breakpoints[i].breakpoint.number >= from &&
			    (!next || breakpoints[i].breakpoint.number < next->number))
				next = &breakpoints[i].breakpoint;
		}
		if (!next)
			break;
		list[n] = *next;
		from = next->number + 1;
	}
	return n;
}

void breakpoint_each(void (*visit)(void *self, const struct hd_breakpoint *breakpoint, uint64_t cr3), void *self)
{
	unsigned int i;

	for (i = 0; i < BREAKPOINTS_MAX; i++) {
		if (breakpoints[i].used && breakpoints[i].breakpoint.enabled)
			visit(self, &breakpoints[i].breakpoint, breakpoints[i].cr3);
	}
}

uint64_t breakpoint_generation(void)
{
	return generation;
}

bool breakpoint_any(void)
{
	return __atomic_load_n(&enabled_count, __ATOMIC_ACQUIRE);
}

/* Changed while the world is stopped only, so no core is in here then. */
static bool stands_here(struct vcpu *vcpu, unsigned int i)
{
	const struct hd_breakpoint *breakpoint = &breakpoints[i].breakpoint;
	uint64_t cr3 = 0;

	if (!breakpoints[i].used || !breakpoint->enabled || breakpoint->address != vcpu->rip)
		return false;
	if (breakpoint->flags & HD_EVENT_HAS_CORE && breakpoint->core != vcpu->core)
		return false;
	vendor->read_register(vcpu, HD_REG_CR3, &cr3);
	if (breakpoints[i].cr3 && breakpoints[i].cr3 != (cr3 & ROOT_ADDRESS))
		return false;
	return !(breakpoint->flags & HD_EVENT_HAS_PID) || breakpoint->pid == kernel_pid_of(vcpu->core);
}

bool breakpoint_meet(struct vcpu *vcpu)
{
	uint64_t rip = vcpu->rip;
	unsigned int i;

	if (!__atomic_load_n(&enabled_count, __ATOMIC_ACQUIRE))
		return true;
	for (i = 0; i < BREAKPOINTS_MAX; i++) {
		if (stands_here(vcpu, i)) {
			/* One halt for all that stand here. */
			halt_machine(vcpu, HD_HALT_BREAKPOINT, breakpoints[i].breakpoint.number);
			break;
		}
	}
	return vcpu->rip == rip;
}
