// SPDX-License-Identifier: GPL-2.0
#include "hypervisor/cpuid.h"
#include "hypervisor/exception.h"
#include "hypervisor/hypervisor.h"
#include "hypervisor/interception.h"
#include "hypervisor/monitor.h"
#include "hypervisor/msr.h"

/* One line per event family. */
static void (*const families[])(void) = {
	cpuid_arm,
	msr_arm,
	monitor_arm,
	exception_arm,
};

void interception_set(enum intercept what, bool on)
{
	uint32_t core;

	for (core = 0; core < HD_MAX_CORES; core++) {
		if (vcpus[core] && vcpus[core]->active)
			vendor->intercept(vcpus[core], what, on);
	}
}

static bool in_use(void *self, const struct event *event)
{
	uint32_t core;

	(void)self;
	for (core = 0; core < HD_MAX_CORES; core++) {
		if (vcpus[core] && pipeline_runs(&vcpus[core]->pipeline, event))
			return true;
	}
	return false;
}

void interception_update(void)
{
	uint64_t generation = event_generation(events);
	unsigned int i;
	uint32_t core;

	event_reclaim(events, in_use, NULL);
	events_need_pid = 0;
	for (i = 0; i < HD_EVENT_KINDS; i++)
		events_need_pid |= (uint32_t)event_needs_pid(events, (enum hd_event_kind)i) << i;
	for (i = 0; i < HD_ARRAY_SIZE(families); i++)
		families[i]();
	for (core = 0; core < HD_MAX_CORES; core++) {
		if (vcpus[core])
			vcpus[core]->armed_generation = generation;
	}
}

void interception_follow(struct vcpu *vcpu)
{
	bool mine = world_stop(&world, vcpu->core);

	interception_update();
	if (mine)
		world_release(&world, vcpu->core);
}
