/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Who talks to the module: the debugger behind the line, and processes that
 * hold the device open. Everything for one of them, replies and notes, goes
 * through its ring, so that it comes in the order in which it happened.
 */
#ifndef HYPERVISOR_CLIENTS_H
#define HYPERVISOR_CLIENTS_H

#include <hyperdbg/request.h>
#include <hyperdbg/types.h>
#include "engine/ring.h"

#define CLIENT_LINE 0
#define CLIENT_MAX 32

struct client {
	uint32_t number;
	bool is_local; /* VMI: holds the device open */
	struct ring *ring; /* NULL: nobody there */
};

/* Never NULL for a number below CLIENT_MAX. */
struct client *client_of(uint32_t number);
/* Makes a ring known (process context; the ring is initialised). */
void client_add(uint32_t number, bool is_local, struct ring *ring);
/* World stopped: nobody writes to its ring any more. */
void client_remove(uint32_t number);

/*
 * Host mode. Puts a message into the client's ring. When the line's ring is
 * full it is drained first; a local client's message is counted as lost.
 */
void client_send(struct client *client, const struct hd_message *message, const void *first, size_t first_size,
		 const void *second, size_t second_size);
void client_note(struct client *client, enum hd_message_type type, const void *first, size_t first_size,
		 const void *second, size_t second_size);
/* Messages lost by all clients together. */
uint64_t client_lost(void);

#endif
