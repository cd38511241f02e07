/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Halting: one core owns the world, tells the debugger, and serves its
 * requests until one lets the machine run.
 */
#ifndef HYPERVISOR_HALT_H
#define HYPERVISOR_HALT_H

#include "hypervisor/vcpu.h"

/*
 * Host mode. Halts the machine on this core and returns when the guest may go
 * on. Event number and stage are those of the running event (S9), or 0.
 */
void halt_machine(struct vcpu *vcpu, enum hd_halt_reason reason, uint64_t number);

/* Before a core waits where others may look at it: copies what only it can read. */
void halt_stand_still(struct vcpu *vcpu);

/* What the requests say. World owned, by the core that serves them. */
void halt_want(void); /* HD_BREAK */
int halt_go(struct vcpu *vcpu); /* HD_GO: 0 or -HD_E_NOT_HALTED */
int halt_step(struct vcpu *vcpu, uint64_t count); /* HD_STEP */
bool halt_is_on(void);
/* HD_CORE_SWITCH: requests look at this core from now on, until the machine runs. 0 or -HD_E_BAD_CORE. */
int halt_show_core(uint64_t core);
/* A debugger has opened a session: a machine that stands tells it once more. */
void halt_debugger_came(void);

/*
 * Behind a request in a running machine: if it was HD_BREAK, makes a core halt
 * that does something of its own, at its first instruction with interrupts
 * enabled (behind the line's interrupt handler, for example). World owned.
 */
void halt_if_wanted(struct vcpu *vcpu, bool in_thread);
void halt_at_window(struct vcpu *vcpu);
/* A kicked core: it may be the one. */
void halt_when_kicked(struct vcpu *vcpu);
/* HD_BREAK waits for its halt. */
bool halt_is_wanted(void);
/* At the end of an exit while `t` is under way: begins the next instruction, or halts. */
void halt_go_on_stepping(struct vcpu *vcpu);
/* All registers of a core that stands still. */
void halt_read_registers(struct vcpu *vcpu, struct hd_registers *registers);

#endif
