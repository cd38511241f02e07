/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Scripts on an intercepted core: what engine/script_host.h and
 * engine/pipeline.h ask for. `self` is the struct vcpu.
 */
#ifndef HYPERVISOR_SCRIPT_HOST_H
#define HYPERVISOR_SCRIPT_HOST_H

#include "hypervisor/vcpu.h"

extern const struct script_host_ops script_host_ops;
extern const struct pipeline_machine script_machine;

/* Sends the text that the running script has printed so far. */
void script_host_flush(struct vcpu *vcpu);
/* From now on, until `on` is false, this client's `?` runs, and what is printed is for it (world owned). */
void script_host_evaluate_for(struct vcpu *vcpu, uint32_t client, bool on);

#endif
