/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The state of one module load that all cores share.
 */
#ifndef HYPERVISOR_HYPERVISOR_H
#define HYPERVISOR_HYPERVISOR_H

#include <hyperdbg/types.h>
#include "engine/event_table.h"
#include "engine/world.h"

extern struct event_table *events;
extern struct world world;
/* event_generation() of that table, in place. */
extern const uint64_t *events_generation;
/* A bit per kind: event_needs_pid(), as of the last interception_update(). */
extern uint32_t events_need_pid;
HD_STATIC_ASSERT(HD_EVENT_KINDS <= 32, "a bit per kind");
/* Differs from load to load. */
extern uint64_t load_id;
/* Instructions a script may execute per run (`settings budget`). */
extern uint64_t script_budget;

/* Settings of a load; see linux/main.c's parameters. */
struct hypervisor_settings {
	uint32_t max_events;
	size_t pool_size;
};

/*
 * Process context. hypervisor_setup chooses the vendor and builds all shared
 * state: 0 or a negative errno with a sentence in *why.
 */
int hypervisor_setup(const struct hypervisor_settings *settings, const char **why);
void hypervisor_teardown(void);
/* Memory of one core; NULL if there is none. */
struct vcpu *hypervisor_add_core(uint32_t core);
/* On the core itself, interrupts off: its kernel becomes a guest, or is one no more. */
int hypervisor_enter(uint32_t core);
void hypervisor_leave(uint32_t core);

#endif
