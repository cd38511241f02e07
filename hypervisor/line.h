/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The line to the debugger: a 16550 UART, driven from host mode only, so that
 * halted and running machine use it alike. The guest's interrupt handler and
 * a thread of the module enter by HYPERCALL_LINE when there is something to do.
 */
#ifndef HYPERVISOR_LINE_H
#define HYPERVISOR_LINE_H

#include "hypervisor/vcpu.h"

/* Process context: the line's memory; port 0: there is no line, and everything below does nothing. 0 or a negative errno. */
int line_setup(uint16_t port);
void line_teardown(void);
/* Process context, guest side: bytes may come from now on (the UART's interrupt is enabled), or no more. */
void line_start(void);
void line_stop(void);
/* Guest side, for the thread that looks once a tick: messages wait, or an acknowledgement is due. Cheap. */
bool line_has_work(void);
/* Guest side: why the UART interrupted; 0: it did not. */
bool line_interrupted(void);

/* Host mode: moves bytes and messages both ways and serves requests; halts here if one asks for that. */
void line_serve(struct vcpu *vcpu, bool in_thread);
/*
 * Host mode, once in a while between two exits: if the thread has not had the
 * time to look at the line for long, since a storm of exits leaves the guest
 * none, the line is served here, and a break-in halts here.
 */
void line_watch(struct vcpu *vcpu);
/* Host mode, world owned: moves bytes, and returns the next request, or NULL behind a short wait. Valid until the next call. */
const struct hd_message *line_next_request(void);
/* Host mode: moves messages from the ring out until some are gone; false: the line takes none (counted as lost then). */
bool line_make_room(void);
/* Host mode, at the end of a halt: sends what there is; the thread's absence begins now. */
void line_go_on(void);
/* Host mode: sends what the wire takes now, without waiting for acknowledgements. */
void line_flush(void);
/* Host mode: sends all that waits, as long as the other end takes it. */
void line_drain(void);
void line_damage(uint64_t *bad_frames, uint64_t *resent);

#endif
