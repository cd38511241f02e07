// SPDX-License-Identifier: GPL-2.0
/*
 * The world's owner is halted, all others are held (engine/world.c). Several
 * cores that break together wait for the ownership by their tickets, and so
 * are reported one per `g` (S9).
 */
#include "hypervisor/clients.h"
#include "hypervisor/guest_memory.h"
#include "hypervisor/halt.h"
#include "hypervisor/host_traps.h"
#include "hypervisor/hypervisor.h"
#include "hypervisor/interception.h"
#include "hypervisor/line.h"
#include "hypervisor/linux/kernel.h"
#include "hypervisor/processor.h"
#include "hypervisor/request.h"
#include "hypervisor/script_host.h"

/* Ticks for which the lowest core is asked to halt, before any other may, and then the line's thread does it. */
#define HALT_ASKS 100

/* Changed by the world's owner only. */
static struct {
	bool on; /* the owner is in halt_machine */
	bool released; /* a request let it run */
	bool wanted; /* HD_BREAK came while it ran */
	unsigned int asked; /* how often the line's thread has asked other cores for that halt */
	struct vcpu *shown; /* the core that requests look at: the owner, or one that it holds */
	bool tell_again; /* a debugger has come to a halted machine */
} halt;

void halt_read_registers(struct vcpu *vcpu, struct hd_registers *registers)
{
	struct kernel_task task;
	unsigned int reg;

	memset(registers, 0, sizeof(*registers));
	for (reg = 0; reg < HD_REG_COUNT; reg++)
		script_host_ops.read_register(vcpu, (enum hd_register)reg, &registers->value[reg]);
	kernel_task_of(vcpu->core, &task);
	registers->core = vcpu->core;
	registers->pid = task.pid;
	registers->tid = task.tid;
	memcpy(registers->process, task.name, sizeof(registers->process));
	registers->code_size = (uint32_t)guest_fetch(vcpu, vcpu->rip, registers->code, sizeof(registers->code));
	registers->code_bits = vendor->code_bits(vcpu);
}

static void tell_halted(struct vcpu *vcpu, enum hd_halt_reason reason, uint64_t number)
{
	const struct pipeline_running *running = vcpu->pipeline.running;
	struct hd_note_halted note = { .event = number, .reason = reason };

	if (reason == HD_HALT_EVENT && running && running->event) {
		note.event = running->ref->number;
		note.stage = hd_event_kinds[running->event->definition.kind].has_stages ? running->stage : 0;
		note.context = running->ref->context;
		note.tag = running->event->definition.tag;
	}
	note.missing_cores = world.missing;
	halt_read_registers(vcpu, &note.registers);
	client_note(client_of(CLIENT_LINE), HD_NOTE_HALTED, &note, sizeof(note), NULL, 0);
}

/*
 * An event that was disabled or cleared at another core's halt, while its own
 * break waited here for that one's end, does not break any more (S3).
 */
static bool is_moot(const struct vcpu *vcpu)
{
	const struct pipeline_running *running = vcpu->pipeline.running;

	/* A script's pause() is that script's: it goes on, so it also halts. */
	if (!running || pipeline_runs_script(&vcpu->pipeline))
		return false;
	return running->event->number != running->ref->number ||
	       !__atomic_load_n(&running->event->enabled, __ATOMIC_ACQUIRE);
}

void halt_machine(struct vcpu *vcpu, enum hd_halt_reason reason, uint64_t number)
{
	const struct hd_message *message;

	script_host_flush(vcpu);
	halt_stand_still(vcpu);
	world_stop(&world, vcpu->core);
	if (reason == HD_HALT_EVENT && is_moot(vcpu)) {
		world_release(&world, vcpu->core);
		return;
	}
	host_flush_tlb();
	halt.shown = vcpu;
	vcpu->step_wanted = false;
	halt.on = true;
	halt.released = false;
	halt.wanted = false;
	halt.asked = 0;
	halt.tell_again = false;
	tell_halted(vcpu, reason, number);
	while (!halt.released) {
		message = line_next_request();
		if (message)
			request_serve(vcpu, halt.shown, client_of(CLIENT_LINE), message);
		if (halt.tell_again) {
			halt.tell_again = false;
			tell_halted(vcpu, reason, number);
		}
	}
	halt.on = false;
	line_go_on();
	kernel_touch_watchdogs();
	if (!vcpu->step_wanted)
		world_release(&world, vcpu->core);
}

void halt_want(void)
{
	halt.wanted = true;
}

int halt_go(struct vcpu *vcpu)
{
	if (!halt.on)
		return -HD_E_NOT_HALTED;
	halt.released = true;
	vcpu->step_wanted = false;
	client_note(client_of(CLIENT_LINE), HD_NOTE_RUNNING, NULL, 0, NULL, 0);
	return 0;
}

int halt_step(struct vcpu *vcpu, uint64_t count)
{
	if (!halt.on)
		return -HD_E_NOT_HALTED;
	halt.released = true;
	vcpu->step_wanted = true;
	vcpu->step_ended = false;
	vcpu->step_rip = vcpu->rip;
	vcpu->steps_left = count ? count : 1;
	return 0;
}

int halt_show_core(uint64_t core)
{
	if (core >= HD_MAX_CORES || !vcpus[core] || world.member[core] == WORLD_MISSING ||
	    world.member[core] == WORLD_ABSENT)
		return -HD_E_BAD_CORE;
	halt.shown = vcpus[core];
	return 0;
}

void halt_stand_still(struct vcpu *vcpu)
{
	unsigned int i;

	for (i = 0; i < HD_ARRAY_SIZE(vcpu->still_dr); i++)
		vendor->read_register(vcpu, (enum hd_register)(HD_REG_DR0 + i), &vcpu->still_dr[i]);
	vcpu->still_cr8 = processor_read_cr8();
}

bool halt_is_on(void)
{
	return halt.on;
}

void halt_debugger_came(void)
{
	if (halt.on)
		halt.tell_again = true;
}

/* The lowest core takes a break-in, so that the prompt names the same one each time; any core if that one does not come. */
static bool is_chosen(const struct vcpu *vcpu)
{
	uint32_t core = 0;

	while (core < vcpu->core && !(vcpus[core] && vcpus[core]->active))
		core++;
	return core == vcpu->core || halt.asked > HALT_ASKS;
}

void halt_if_wanted(struct vcpu *vcpu, bool in_thread)
{
	if (!halt.wanted)
		return;
	halt.asked++;
	/* In the line's thread this core has nothing to show; it is another one, unless there is none. */
	if (is_chosen(vcpu) && (!in_thread || vcpu_count == 1 || halt.asked > 2 * HALT_ASKS))
		vendor->interrupt_window(vcpu, true);
	else
		world.ops->kick(world.self);
}

void halt_when_kicked(struct vcpu *vcpu)
{
	if (halt_is_wanted() && is_chosen(vcpu))
		vendor->interrupt_window(vcpu, true);
}

bool halt_is_wanted(void)
{
	return __atomic_load_n(&halt.wanted, __ATOMIC_RELAXED);
}

void halt_at_window(struct vcpu *vcpu)
{
	world_stop(&world, vcpu->core);
	/* Meanwhile another core may have halted for an event: the debugger has its halt, and has let go again. */
	if (halt.wanted)
		halt_machine(vcpu, HD_HALT_BREAK_IN, 0);
	if (world_owned(&world, vcpu->core) && !vcpu->step_wanted)
		world_release(&world, vcpu->core);
}

/*
 * The operation at which the machine stood may have been one that this exit
 * carries out; otherwise the guest runs for one instruction, the other cores
 * held all the while.
 */
void halt_go_on_stepping(struct vcpu *vcpu)
{
	while (vcpu->step_wanted && !vcpu->step.active) {
		bool injects = vendor->is_injecting(vcpu);
		/* Interrupts are held, so nobody else sees that the user has had enough. */
		const struct hd_message *message = line_next_request();

		if (message)
			request_serve(vcpu, vcpu, client_of(CLIENT_LINE), message);
		if (halt.wanted) {
			halt_machine(vcpu, HD_HALT_BREAK_IN, 0);
			continue;
		}
		if (!vcpu->step_ended && vcpu->rip == vcpu->step_rip && !injects) {
			step_begin(vcpu);
			continue;
		}
		/* A fault ends an instruction too; the next is its handler's first. */
		if (injects)
			vendor->deliver_injected(vcpu);
		vcpu->step_ended = false;
		vcpu->step_rip = vcpu->rip;
		if (!--vcpu->steps_left)
			halt_machine(vcpu, HD_HALT_STEP, 0);
		else if (vendor->is_injecting(vcpu))
			break; /* left to the processor: on from its next exit */
	}
}
