/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The message ring: whole messages (struct hd_message and payload) from the
 * exit handlers to one client.
 *
 * Producers hold the ring's spin lock (ring_put takes it; it is only ever
 * taken in host mode, where nothing interrupts its holder). One consumer takes
 * messages without the lock. One ring per client rather than per core keeps
 * the messages of all cores in the order in which they happened.
 */
#ifndef ENGINE_RING_H
#define ENGINE_RING_H

#include <hyperdbg/request.h>
#include <hyperdbg/types.h>

struct ring {
	uint8_t *bytes;
	uint64_t size; /* a power of two */
	uint64_t head; /* producers', grows for ever */
	uint64_t tail; /* the consumer's */
	uint64_t lost; /* messages that found no room, atomic */
	uint32_t lock;
};

/* memory must be `size` bytes, a power of two, at least 2 * HD_MESSAGE_MAX. */
void ring_init(struct ring *ring, void *memory, uint64_t size);
/* Payload in two parts (fixed structure, then text or array); either may be empty. false and counted: no room. */
bool ring_put(struct ring *ring, const struct hd_message *message, const void *first, size_t first_size,
	      const void *second, size_t second_size);
/* As ring_put, but a message without room is not counted as lost: the caller makes room and tries again. */
bool ring_try(struct ring *ring, const struct hd_message *message, const void *first, size_t first_size,
	      const void *second, size_t second_size);
/* Copies the oldest message out (at most max bytes); returns its size with header, 0 if the ring is empty. Consumer only. */
size_t ring_take(struct ring *ring, void *to, size_t max);
/* Size of the oldest message, 0 if empty. Consumer only. */
size_t ring_peek(const struct ring *ring);
bool ring_empty(const struct ring *ring);

#endif
