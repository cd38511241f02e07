/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Events on a process' memory, as linux/user_memory.c follows them: what the
 * two tell each other by hypercalls. Host mode, called with the world running.
 */
#ifndef HYPERVISOR_FOLLOWED_H
#define HYPERVISOR_FOLLOWED_H

#include "hypervisor/vcpu.h"

#define FOLLOWED_MAX 256
#define FOLLOWED_TEXT 128

struct followed_range {
	uint64_t number; /* of the event */
	uint64_t first, last;
	uint64_t cr3;
	uint32_t pid;
	uint32_t reserved;
};

struct followed_list {
	uint32_t count;
	struct followed_range ranges[FOLLOWED_MAX];
};

/*
 * Pages of an address space have changed. settled: no change is under way, what is not there now is gone.
 * emptied: the mapping is as it was, its pages have gone.
 */
struct followed_change {
	uint64_t cr3;
	uint64_t first, last;
	bool settled;
	bool emptied;
};

/* An event that has lost its ground: removed, and its client told why. */
struct followed_end {
	uint64_t number;
	char reason[FOLLOWED_TEXT];
};

/* `.pagein` for the thread to carry out, and what became of it. */
struct followed_page_in {
	uint32_t client;
	uint32_t pid;
	uint64_t address, size;
	uint32_t write;
	char outcome[FOLLOWED_TEXT];
};

void followed_get(struct vcpu *vcpu, struct followed_list *list);
void followed_changed(struct vcpu *vcpu, const struct followed_change *change);
void followed_ended(struct vcpu *vcpu, const struct followed_end *end);
/* World stopped, from a request: 0, or -HD_E_NO_EVENT_SLOT while another waits. */
int followed_page_in_want(const struct followed_page_in *wanted);
bool followed_page_in_waits(void);
/* false: there is none. */
bool followed_page_in_take(struct vcpu *vcpu, struct followed_page_in *wanted);
void followed_page_in_done(struct vcpu *vcpu, const struct followed_page_in *done);

#endif
