// SPDX-License-Identifier: GPL-2.0
#include "hypervisor/clients.h"
#include "hypervisor/line.h"

static struct client clients[CLIENT_MAX];

struct client *client_of(uint32_t number)
{
	return &clients[number < CLIENT_MAX ? number : CLIENT_LINE];
}

void client_add(uint32_t number, bool is_local, struct ring *ring)
{
	clients[number].number = number;
	clients[number].is_local = is_local;
	__atomic_store_n(&clients[number].ring, ring, __ATOMIC_RELEASE);
}

void client_remove(uint32_t number)
{
	__atomic_store_n(&clients[number].ring, NULL, __ATOMIC_RELEASE);
}

void client_send(struct client *client, const struct hd_message *message, const void *first, size_t first_size,
		 const void *second, size_t second_size)
{
	struct ring *ring = __atomic_load_n(&client->ring, __ATOMIC_ACQUIRE);

	if (!ring)
		return;
	while (!client->is_local) {
		if (ring_try(ring, message, first, first_size, second, second_size))
			return;
		if (!line_make_room())
			break;
	}
	ring_put(ring, message, first, first_size, second, second_size);
}

void client_note(struct client *client, enum hd_message_type type, const void *first, size_t first_size,
		 const void *second, size_t second_size)
{
	struct hd_message message = { .type = (uint16_t)type, .size = (uint32_t)(first_size + second_size) };

	client_send(client, &message, first, first_size, second, second_size);
}

uint64_t client_lost(void)
{
	uint64_t lost = 0;
	unsigned int i;

	for (i = 0; i < CLIENT_MAX; i++) {
		if (clients[i].ring)
			lost += __atomic_load_n(&clients[i].ring->lost, __ATOMIC_RELAXED);
	}
	return lost;
}
