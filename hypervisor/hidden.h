/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Hidden breakpoints: what `bp`, !epthook and !epthook2 stand on. Nothing in
 * memory is changed, so there is nothing to be read.
 *
 * The first addresses wanted on a core have a debug register each, as far as
 * the guest's own use leaves any: a breakpoint costs an exit when it is met,
 * and nothing else does. The page of each further one may not be executed on
 * that core, so that all instructions on it are met one by one: correct, and
 * slow. An instruction that faults, and begins again behind the fault's
 * handler, is met once by a debug register and twice on such a page.
 */
#ifndef HYPERVISOR_HIDDEN_H
#define HYPERVISOR_HIDDEN_H

#include <hyperdbg/types.h>

struct vcpu;

#define HIDDEN_REGISTERS 4

/* A core's candidates for a debug register. */
struct hidden {
	unsigned int count;
	unsigned int covered; /* the first so many have one */
	uint64_t address[HIDDEN_REGISTERS];
	uint64_t page[HIDDEN_REGISTERS]; /* guest-physical, or HIDDEN_NO_PAGE: not mapped now */
	uint8_t access[HIDDEN_REGISTERS]; /* what that page may be used for apart from the candidates */
	bool pages_watched; /* the core has watched pages apart from them */
};
#define HIDDEN_NO_PAGE UINT64_MAX

/*
 * Arms all cores by the tables of events and breakpoints. Behind the watched
 * pages of others (pages_watched: there are some), whose rights it keeps.
 * World stopped; `any` is an active core.
 */
void hidden_arm(struct vcpu *any, bool pages_watched);
/* The guest enables more or fewer debug registers of its own. On the core itself, or world stopped. */
void hidden_room_changed(struct vcpu *vcpu);
/*
 * The guest is about to execute the instruction at RIP, where something may
 * be hidden: breaks and runs what is. false: RIP was changed, it is not executed.
 */
bool hidden_meet(struct vcpu *vcpu);
/* A debug register tells of this address, on this core: a fetch from its page has nothing to add. */
static inline bool hidden_is_covered(const struct hidden *hidden, uint64_t address)
{
	unsigned int i;

	for (i = 0; i < hidden->covered; i++) {
		if (hidden->address[i] == address)
			return true;
	}
	return false;
}

#endif
