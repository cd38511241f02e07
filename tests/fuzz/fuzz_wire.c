// SPDX-License-Identifier: GPL-2.0
/*
 * The line against any bytes: the input is a list of operations on both ends
 * (raw bytes, frames with a right CRC but senseless fields, time, sending,
 * receiving). It must never crash, never give out a message larger than there
 * are, and after all that a new session must still work.
 */
#include <stdlib.h>
#include <string.h>

#include "engine/wire.h"
#include "engine/wire_frame.h"

struct input {
	const uint8_t *bytes;
	size_t size;
};

static uint8_t take(struct input *input)
{
	if (!input->size)
		return 0;
	input->size--;
	return *input->bytes++;
}

static size_t take_bytes(struct input *input, uint8_t *to, size_t max)
{
	size_t size = take(input) | (size_t)take(input) << 8;

	if (size > max)
		size = max;
	if (size > input->size)
		size = input->size;
	memcpy(to, input->bytes, size);
	input->bytes += size;
	input->size -= size;
	return size;
}

static void receive(struct wire *wire)
{
	const struct hd_message *message;

	while ((message = wire_receive(wire))) {
		if (message->size > HD_MESSAGE_MAX - sizeof(*message))
			abort();
	}
}

static void input_frame(struct wire *wire, struct input *input)
{
	uint8_t payload[FRAME_PAYLOAD], bytes[FRAME_MAX];
	struct frame frame = {.payload = payload};

	frame.kind = take(input) % (FRAME_KIND_END + 1);
	frame.session = take(input) % 4;
	frame.sequence = take(input) % 40;
	frame.expected = take(input) % 40;
	frame.size = (uint16_t)take_bytes(input, payload, sizeof(payload));
	wire_input(wire, bytes, frame_write(bytes, &frame));
}

static void operate(struct wire *wire, struct wire *other, struct input *input, uint64_t *now)
{
	uint8_t bytes[1024];
	size_t size;

	switch (take(input) % 9) {
	case 0:
		size = take_bytes(input, bytes, sizeof(bytes));
		wire_input(wire, bytes, size);
		break;
	case 1:
		input_frame(wire, input);
		break;
	case 2:
		*now += take(input);
		wire_poll(wire, *now);
		break;
	case 3:
		wire_output(wire, bytes, take(input));
		break;
	case 4: /* to the other end */
		size = wire_output(wire, bytes, take(input));
		wire_input(other, bytes, size);
		break;
	case 5:
		receive(wire);
		break;
	case 6:
		size = take_bytes(input, bytes, sizeof(bytes));
		wire_send(wire, &(struct hd_message){.type = 1}, bytes, size / 2, bytes + size / 2,
			  size - size / 2);
		break;
	case 7:
		wire_close(wire);
		break;
	default:
		wire_take_opened(wire);
		break;
	}
}

/* A new session, whatever state both are in: opens, and carries one message each way. */
static void must_still_work(struct wire *debugger, struct wire *debuggee, uint64_t now)
{
	uint8_t bytes[256];
	unsigned int turns, got = 0;
	bool sent = false;

	wire_open(debugger, 0xabcdef);
	receive(debugger);
	for (turns = 0; turns < 4000 && got != 3; turns++) {
		wire_poll(debugger, ++now);
		wire_poll(debuggee, now);
		if (!sent && wire_is_up(debugger) && wire_is_up(debuggee)) {
			receive(debuggee);
			receive(debugger);
			sent = !wire_send(debugger, &(struct hd_message){.id = 1}, "abc", 3, NULL, 0) &&
			       !wire_send(debuggee, &(struct hd_message){.id = 2}, "abc", 3, NULL, 0);
			if (!sent)
				abort();
		}
		wire_input(debuggee, bytes, wire_output(debugger, bytes, sizeof(bytes)));
		wire_input(debugger, bytes, wire_output(debuggee, bytes, sizeof(bytes)));
		if (!sent)
			continue;
		if (wire_receive(debuggee))
			got |= 1;
		if (wire_receive(debugger))
			got |= 2;
	}
	if (got != 3)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct wire *ends[2];
	struct input input = {data, size};
	uint64_t now = 0;
	unsigned int i;

	for (i = 0; i < 2; i++) {
		if (!ends[i])
			ends[i] = malloc(wire_size());
		memset((void *)ends[i], 0, wire_size());
		wire_init(ends[i], i ? WIRE_DEBUGGEE : WIRE_DEBUGGER, 20);
	}
	wire_open(ends[0], 1);
	while (input.size) {
		i = take(&input) & 1;
		operate(ends[i], ends[!i], &input, &now);
	}
	must_still_work(ends[0], ends[1], now);
	return 0;
}
