/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A debugger's requests (hyperdbg/request.h), served in host mode with the
 * world owned by this core: nothing else moves, so no handler locks.
 */
#ifndef HYPERVISOR_REQUEST_H
#define HYPERVISOR_REQUEST_H

#include <hyperdbg/request.h>
#include "hypervisor/clients.h"
#include "hypervisor/vcpu.h"

/*
 * `vcpu` is this core, which owns the world; `shown` is the core whose registers and memory are looked at.
 * Serves one whole message and puts the reply into the client's ring. The message may come from a stranger: nothing in it is
 * trusted.
 */
void request_serve(struct vcpu *vcpu, struct vcpu *shown, struct client *client,
		   const struct hd_message *message);

#endif
