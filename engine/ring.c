// SPDX-License-Identifier: GPL-2.0
/*
 * The message ring. A record is a message as it travels, padded to eight
 * bytes; it may wrap anywhere, since both sides copy.
 */
#include "engine/ring.h"

static uint64_t record_size(uint64_t message_size)
{
	return (message_size + 7) & ~(uint64_t)7;
}

static void lock(struct ring *ring)
{
	while (__atomic_exchange_n(&ring->lock, 1, __ATOMIC_ACQUIRE)) {
		while (__atomic_load_n(&ring->lock, __ATOMIC_RELAXED))
			__builtin_ia32_pause();
	}
}

static void unlock(struct ring *ring)
{
	__atomic_store_n(&ring->lock, 0, __ATOMIC_RELEASE);
}

/* How many of `size` bytes at position `at` lie before the ring's end. */
static size_t before_end(const struct ring *ring, uint64_t at, size_t size)
{
	uint64_t room = ring->size - (at & (ring->size - 1));

	return size < room ? size : (size_t)room;
}

static void copy_in(struct ring *ring, uint64_t at, const void *from, size_t size)
{
	size_t straight = before_end(ring, at, size);

	if (straight)
		memcpy(ring->bytes + (at & (ring->size - 1)), from, straight);
	if (size - straight)
		memcpy(ring->bytes, (const uint8_t *)from + straight, size - straight);
}

static void copy_out(const struct ring *ring, uint64_t at, void *to, size_t size)
{
	size_t straight = before_end(ring, at, size);

	if (straight)
		memcpy(to, ring->bytes + (at & (ring->size - 1)), straight);
	if (size - straight)
		memcpy((uint8_t *)to + straight, ring->bytes, size - straight);
}

void ring_init(struct ring *ring, void *memory, uint64_t size)
{
	memset(ring, 0, sizeof(*ring));
	ring->bytes = memory;
	ring->size = size;
}

bool ring_try(struct ring *ring, const struct hd_message *message, const void *first, size_t first_size,
	      const void *second, size_t second_size)
{
	struct hd_message header = *message;
	uint64_t total, at;
	bool fits;

	if (first_size > HD_MESSAGE_MAX || second_size > HD_MESSAGE_MAX)
		return false;
	total = sizeof(header) + first_size + second_size;
	if (total > HD_MESSAGE_MAX)
		return false;
	header.size = (uint32_t)(first_size + second_size);

	lock(ring);
	at = ring->head;
	fits = ring->size - (at - __atomic_load_n(&ring->tail, __ATOMIC_ACQUIRE)) >= record_size(total);
	if (fits) {
		copy_in(ring, at, &header, sizeof(header));
		copy_in(ring, at + sizeof(header), first, first_size);
		copy_in(ring, at + sizeof(header) + first_size, second, second_size);
		__atomic_store_n(&ring->head, at + record_size(total), __ATOMIC_RELEASE);
	}
	unlock(ring);
	return fits;
}

bool ring_put(struct ring *ring, const struct hd_message *message, const void *first, size_t first_size,
	      const void *second, size_t second_size)
{
	if (ring_try(ring, message, first, first_size, second, second_size))
		return true;
	__atomic_fetch_add(&ring->lost, 1, __ATOMIC_RELAXED);
	return false;
}

bool ring_empty(const struct ring *ring)
{
	return __atomic_load_n(&ring->head, __ATOMIC_ACQUIRE) ==
	       __atomic_load_n(&ring->tail, __ATOMIC_RELAXED);
}

size_t ring_peek(const struct ring *ring)
{
	struct hd_message header;

	if (ring_empty(ring))
		return 0;
	copy_out(ring, ring->tail, &header, sizeof(header));
	return sizeof(header) + header.size;
}

size_t ring_take(struct ring *ring, void *to, size_t max)
{
	size_t size = ring_peek(ring), copied = size < max ? size : max;

	/* Not even room for the header: the message stays. */
	if (!size || copied < sizeof(struct hd_message))
		return 0;
	copy_out(ring, ring->tail, to, copied);
	if (copied < size) {
		struct hd_message header;

		memcpy(&header, to, sizeof(header));
		header.size = (uint32_t)(copied - sizeof(header));
		memcpy(to, &header, sizeof(header));
	}
	__atomic_store_n(&ring->tail, ring->tail + record_size(size), __ATOMIC_RELEASE);
	return copied;
}
