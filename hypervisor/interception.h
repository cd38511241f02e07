/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Interception follows the event table: what no enabled event wants does not
 * exit, on any core.
 */
#ifndef HYPERVISOR_INTERCEPTION_H
#define HYPERVISOR_INTERCEPTION_H

#include "hypervisor/vcpu.h"

/* World stopped: frees cleared events and arms all cores by the table as it is. */
void interception_update(void);
/* A script changed the table in this exit: stops the world and updates. */
void interception_follow(struct vcpu *vcpu);
/* Asks for `what` on all cores. World stopped; for the event families' arm functions. */
void interception_set(enum intercept what, bool on);

#endif
