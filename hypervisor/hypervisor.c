// SPDX-License-Identifier: GPL-2.0
/*
 * A module load: its shared state, its cores, their coming and going.
 */
#include "hypervisor/clients.h"
#include "hypervisor/halt.h"
#include "hypervisor/host_traps.h"
#include "hypervisor/hypercall.h"
#include "hypervisor/hypervisor.h"
#include "hypervisor/interception.h"
#include "hypervisor/linux/kernel.h"
#include "hypervisor/processor.h"
#include "hypervisor/script_host.h"
#include "hypervisor/svm/svm.h"

/* How long a core may take to come to a halt before it counts as lost, and until it is kicked again. */
#define PATIENCE_MS 3000
#define REKICK_MS 5

static const struct vcpu_vendor *const vendors[] = { &svm_vendor };

const struct vcpu_vendor *vendor;
struct vcpu *vcpus[HD_MAX_CORES];
uint32_t vcpu_count;
struct event_table *events;
const uint64_t *events_generation;
uint32_t events_need_pid;
struct world world;
uint64_t load_id;
uint64_t script_budget;

static void *table_memory;
static size_t table_size;
static uint32_t paging_tables;

/* A table of 4 KiB maps 2 MiB page by page: a sixteenth of the pool's size for each core. */
#define POOL_BYTES_PER_TABLE 65536

static void world_kick(void *self)
{
	uint32_t core;

	(void)self;
	for (core = 0; core < HD_MAX_CORES; core++) {
		if (vcpus[core] && vcpus[core]->active)
			__atomic_store_n(&vcpus[core]->nmi_expected, 1, __ATOMIC_RELEASE);
	}
	kernel_kick_others();
}

static void world_relax(void *self)
{
	(void)self;
	processor_pause();
}

static uint64_t world_now(void *self)
{
	(void)self;
	return processor_tsc();
}

static const struct world_ops world_ops = { .kick = world_kick, .relax = world_relax, .now = world_now };

static int choose_vendor(const char **why)
{
	unsigned int i;
	int err = -19; /* ENODEV */

	for (i = 0; i < HD_ARRAY_SIZE(vendors); i++) {
		err = vendors[i]->probe(why);
		if (!err) {
			vendor = vendors[i];
			return 0;
		}
	}
	return err;
}

int hypervisor_setup(const struct hypervisor_settings *settings, const char **why)
{
	uint64_t ms;
	int err;

	*why = "not enough memory; load it with a smaller pool_mib= or max_events=";
	err = kernel_interface_init();
	if (err) {
		*why = "the kernel lacks what the module builds on (kprobes, kallsyms)";
		return err;
	}
	err = choose_vendor(why);
	if (err)
		goto no_vendor;
	err = vendor->setup();
	if (err)
		goto no_vendor;
	table_size = event_table_size(settings->max_events, settings->pool_size);
	table_memory = kernel_large(table_size);
	if (!table_memory) {
		err = -12; /* ENOMEM */
		goto no_table;
	}
	paging_tables = (uint32_t)(settings->pool_size / POOL_BYTES_PER_TABLE);
	events = event_table_init(table_memory, settings->max_events, settings->pool_size);
	events_generation = event_generation_word(events);
	ms = kernel_tsc_per_ms();
	world_init(&world, &world_ops, NULL, ms * PATIENCE_MS, ms * REKICK_MS);
	load_id = processor_tsc();
	script_budget = SCRIPT_DEFAULT_BUDGET;
	host_traps_init();
	return 0;

no_table:
	vendor->teardown();
no_vendor:
	kernel_interface_exit();
	return err;
}

static void free_core(struct vcpu *vcpu)
{
	vendor->release(vcpu);
	paging_teardown(&vcpu->paging);
	kernel_large_free(vcpu->pipeline_memory);
	kernel_pages_free(vcpu, sizeof(*vcpu));
}

void hypervisor_teardown(void)
{
	uint32_t core;

	for (core = 0; core < HD_MAX_CORES; core++) {
		if (vcpus[core])
			free_core(vcpus[core]);
		vcpus[core] = NULL;
	}
	vcpu_count = 0;
	kernel_large_free(table_memory);
	events = NULL;
	vendor->teardown();
	kernel_interface_exit();
}

struct vcpu *hypervisor_add_core(uint32_t core)
{
	struct vcpu *vcpu = kernel_pages(sizeof(*vcpu));

	if (!vcpu)
		return NULL;
	vcpu->core = core;
	vcpu->paging.size = paging_tables;
	vcpu->pipeline_memory = kernel_large(pipeline_core_memory(event_max(events)));
	if (!vcpu->pipeline_memory || vendor->allocate(vcpu)) {
		free_core(vcpu);
		return NULL;
	}
	pipeline_core_init(&vcpu->pipeline, vcpu->pipeline_memory, events, &script_machine, vcpu, core);
	pipeline_use_registers(&vcpu->pipeline, vcpu->gpr);
	vcpus[core] = vcpu;
	return vcpu;
}

int hypervisor_enter(uint32_t core)
{
	struct vcpu *vcpu = vcpus[core];
	int err;

	/* It may have been here before, and gone offline. */
	vcpu->leaving = vcpu->step_wanted = false;
	vcpu->nmi_expected = 0;
	err = vendor->launch(vcpu);
	if (err)
		return err;
	/* Guest from here on. Its first hypercall joins the world, under the table as it is now. */
	hypercall(HYPERCALL_JOIN, 0);
	__atomic_fetch_add(&vcpu_count, 1, __ATOMIC_RELAXED);
	return 0;
}

void hypervisor_leave(uint32_t core)
{
	struct vcpu *vcpu = vcpus[core];

	if (!vcpu || !vcpu->active)
		return;
	hypercall(HYPERCALL_LEAVE, 0);
	vendor->switch_off();
	__atomic_fetch_sub(&vcpu_count, 1, __ATOMIC_RELAXED);
}
