/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How the module's own code, running as a guest, enters host mode.
 *
 * VMMCALL (VMCALL) at CPL 0 with HYPERCALL_MAGIC in RAX, a function in RCX and
 * one argument in RDX; the result comes in RAX.
 */
#ifndef HYPERVISOR_HYPERCALL_H
#define HYPERVISOR_HYPERCALL_H

#include <hyperdbg/types.h>
#include "hypervisor/vcpu.h"

#define HYPERCALL_MAGIC 0x48594452 /* also in the vendors' entry.S */

enum hypercall_function {
	HYPERCALL_JOIN, /* a core whose guest has just begun */
	HYPERCALL_LEAVE, /* devirtualise this core; interrupts off */
	HYPERCALL_LINE, /* serve the line: bytes have come, or messages wait; 1: the line's thread calls */
	HYPERCALL_REQUEST, /* struct hypercall_request */
	HYPERCALL_CLIENT_GONE, /* client number: its events end, its ring is not touched any more */
	/* linux/user_memory.c to followed.c; arguments are the structures of followed.h. */
	HYPERCALL_FOLLOWED_GET,
	HYPERCALL_FOLLOWED_CHANGE,
	HYPERCALL_FOLLOWED_END,
	HYPERCALL_FOLLOWED_PAGE_IN, /* 1: there is one */
	HYPERCALL_FOLLOWED_PAGE_IN_DONE,
	HYPERCALL_GOODBYE, /* the module is being unloaded: all events end, the debugger is told */
};

struct hypercall_request {
	uint32_t client;
	const struct hd_message *message; /* whole, checked for size, in kernel memory */
};

/* Guest side: enters host mode on this core, with interrupts off. 0 if the core is not (or no more) a guest. */
uint64_t hypercall(enum hypercall_function function, uint64_t argument);

/* Host side: called by the vendor's exit handler. false: not one of ours, the guest gets #UD. */
bool hypercall_handle(struct vcpu *vcpu);

#endif
