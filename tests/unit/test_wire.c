// SPDX-License-Identifier: GPL-2.0
/*
 * The line between two ends, over a simulated wire that cuts, flips, inserts
 * and repeats bytes. Whatever it does, every message arrives once, in order.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <hyperdbg/error.h>

#include "engine/wire.h"
#include "engine/wire_frame.h"
#include "tests/unit/cmocka_includes.h"

#define RESEND 50

static uint32_t random_state;

static uint32_t dice(uint32_t sides)
{
	random_state ^= random_state << 13;
	random_state ^= random_state >> 17;
	random_state ^= random_state << 5;
	return random_state % sides;
}

/* One direction of the line. */
struct pipe {
	uint8_t bytes[1 << 16];
	size_t count;
	/* One in so many bytes meets the damage; 0: none. */
	uint32_t damage;
	bool cut; /* swallows all */
};

struct end {
	struct wire *wire;
	struct pipe to;
	uint64_t sent, received; /* messages, numbered in their detail */
	uint64_t to_send;
	uint32_t largest;
	bool between_sessions; /* what it receives is checked by nobody */
};

struct line {
	struct end debugger, debuggee;
	uint64_t now;
};

static void pipe_byte(struct pipe *pipe, uint8_t byte)
{
	if (!pipe->cut && pipe->count < sizeof(pipe->bytes))
		pipe->bytes[pipe->count++] = byte;
}

static void pipe_put(struct pipe *pipe, const uint8_t *bytes, size_t size)
{
	size_t i, again;

	for (i = 0; i < size; i++) {
		if (!pipe->damage || dice(pipe->damage)) {
			pipe_byte(pipe, bytes[i]);
			continue;
		}
		switch (dice(5)) {
		case 0: /* lost */
			break;
		case 1:
			pipe_byte(pipe, bytes[i] ^ (uint8_t)(1 << dice(8)));
			break;
		case 2: /* noise */
			for (again = dice(40); again; again--)
				pipe_byte(pipe, (uint8_t)dice(256));
			break;
		case 3: /* a run is lost */
			i += dice(300);
			break;
		default: /* a run comes twice */
			again = dice(600);
			if (again > pipe->count)
				again = pipe->count;
			for (; again; again--)
				pipe_byte(pipe, pipe->bytes[pipe->count - again]);
			break;
		}
	}
}

static void pipe_deliver(struct pipe *pipe, struct wire *to, size_t size)
{
	if (size > pipe->count)
		size = pipe->count;
	wire_input(to, pipe->bytes, size);
	pipe->count -= size;
	memmove(pipe->bytes, pipe->bytes + size, pipe->count);
}

static uint32_t size_of_message(uint64_t number, uint32_t largest)
{
	/* Now and then the largest there can be. */
	return number % 97 == 96 ? HD_MESSAGE_MAX - sizeof(struct hd_message)
				 : (uint32_t)(number * 2654435761u % largest);
}

static void send_some(struct end *end)
{
	static uint8_t payload[HD_MESSAGE_MAX];
	struct hd_message message = {.type = HD_NOTE_TEXT, .detail = end->sent};
	uint32_t size = size_of_message(end->sent, end->largest);

	if (end->sent == end->to_send || !wire_is_up(end->wire) ||
	    !wire_has_room(end->wire, sizeof(message) + size))
		return;
	memset(payload, (int)(end->sent * 7), size);
	assert_int_equal(
		wire_send(end->wire, &message, payload, size / 2, payload + size / 2, size - size / 2), 0);
	end->sent++;
}

static void receive_all(struct end *end, const struct end *from)
{
	const struct hd_message *message;
	uint32_t i;

	while ((message = wire_receive(end->wire))) {
		const uint8_t *payload = (const uint8_t *)(message + 1);

		if (end->between_sessions)
			continue;
		assert_int_equal(message->detail, end->received);
		assert_int_equal(message->size, size_of_message(end->received, from->largest));
		for (i = 0; i < message->size; i++) {
			if (payload[i] != (uint8_t)(end->received * 7))
				fail_msg("byte %u of message %u is wrong", i, (unsigned int)end->received);
		}
		end->received++;
	}
}

static void turn_end(struct line *line, struct end *end, struct end *other)
{
	uint8_t bytes[256];
	size_t size;

	wire_poll(end->wire, line->now);
	if (dice(2))
		send_some(end);
	/* A UART's FIFO at a time, or a whole burst. */
	size = wire_output(end->wire, bytes, dice(3) ? 16 : sizeof(bytes));
	pipe_put(&end->to, bytes, size);
	pipe_deliver(&end->to, other->wire, dice(400));
	if (dice(3) == 0)
		receive_all(other, end);
}

static void turn(struct line *line)
{
	line->now++;
	turn_end(line, &line->debugger, &line->debuggee);
	turn_end(line, &line->debuggee, &line->debugger);
}

static bool is_done(const struct line *line)
{
	return line->debugger.sent == line->debugger.to_send &&
	       line->debuggee.sent == line->debuggee.to_send &&
	       line->debuggee.received == line->debugger.sent &&
	       line->debugger.received == line->debuggee.sent && wire_is_drained(line->debugger.wire) &&
	       wire_is_drained(line->debuggee.wire);
}

static void run_until_done(struct line *line, uint64_t at_most)
{
	uint64_t end = line->now + at_most;

	while (!is_done(line)) {
		turn(line);
		if (line->now == end)
			fail_msg("stuck: %u of %u and %u of %u messages",
				 (unsigned int)line->debuggee.received, (unsigned int)line->debugger.to_send,
				 (unsigned int)line->debugger.received, (unsigned int)line->debuggee.to_send);
	}
}

static void run_for(struct line *line, unsigned int turns)
{
	while (turns--)
		turn(line);
}

/* Forgets what is on its way, as a debugger that is started anew does. */
static void expect_anew(struct line *line)
{
	line->debugger.sent = line->debugger.received = 0;
	line->debuggee.sent = line->debuggee.received = 0;
}

static void end_init(struct end *end, enum wire_role role)
{
	end->wire = wire_init(calloc(1, wire_size()), role, RESEND);
	end->largest = 3000;
}

static int setup(void **state)
{
	struct line *line = calloc(1, sizeof(*line));

	random_state = 12345;
	end_init(&line->debugger, WIRE_DEBUGGER);
	end_init(&line->debuggee, WIRE_DEBUGGEE);
	*state = line;
	return 0;
}

static int teardown(void **state)
{
	struct line *line = *state;

	free(line->debugger.wire);
	free(line->debuggee.wire);
	free(line);
	return 0;
}

static void open_session(struct line *line, uint32_t nonce)
{
	unsigned int turns = 0;

	wire_open(line->debugger.wire, nonce);
	while (!wire_is_up(line->debugger.wire) || !wire_is_up(line->debuggee.wire)) {
		turn(line);
		assert_in_range(turns++, 0, 10000);
	}
	assert_true(wire_take_opened(line->debugger.wire));
	assert_false(wire_take_opened(line->debugger.wire));
	assert_true(wire_take_opened(line->debuggee.wire));
	assert_false(wire_take_opened(line->debuggee.wire));
}

static void a_clean_line(void **state)
{
	struct line *line = *state;

	open_session(line, 1);
	line->debugger.to_send = 300;
	line->debuggee.to_send = 500;
	run_until_done(line, 200000);
	assert_int_equal(wire_bad_frames(line->debugger.wire), 0);
	assert_int_equal(wire_bad_frames(line->debuggee.wire), 0);
	assert_int_equal(wire_resent(line->debugger.wire), 0);
	assert_int_equal(wire_resent(line->debuggee.wire), 0);
}

static void damaged_both_ways(struct line *line, uint32_t seed, uint32_t damage, uint64_t messages)
{
	random_state = seed * 7919 + 1;
	line->debugger.to.damage = line->debuggee.to.damage = damage;
	open_session(line, seed + 100);
	line->debugger.to_send = messages;
	line->debuggee.to_send = messages;
	run_until_done(line, 4000000);
}

static void a_damaged_line(void **state)
{
	struct line *line;
	void *one;
	uint32_t seed;

	(void)state;
	for (seed = 1; seed <= 12; seed++) {
		setup(&one);
		line = one;
		/* From one in 300 (every frame is hit twice) to one in 6000 bytes. */
		damaged_both_ways(line, seed, seed % 3 == 0 ? 300 : seed % 3 * 3000,
				  seed % 3 == 0 ? 30 : 120);
		assert_true(wire_bad_frames(line->debuggee.wire) > 0);
		assert_true(wire_resent(line->debuggee.wire) > 0);
		teardown(&one);
	}
}

static void small_messages_on_a_damaged_line(void **state)
{
	struct line *line = *state;

	line->debugger.largest = line->debuggee.largest = 20;
	damaged_both_ways(line, 77, 2000, 96);
}

static void a_cut_is_survived(void **state)
{
	struct line *line = *state;

	open_session(line, 5);
	line->debugger.to_send = line->debuggee.to_send = 90;
	run_for(line, 50);
	/* Shorter than what counts as gone … */
	line->debugger.to.cut = line->debuggee.to.cut = true;
	run_for(line, RESEND * 20);
	line->debugger.to.cut = line->debuggee.to.cut = false;
	run_for(line, 50);
	assert_true(wire_is_up(line->debugger.wire));
	/* … and longer: down, but nothing is lost when it comes back. */
	line->debugger.to.cut = line->debuggee.to.cut = true;
	run_for(line, RESEND * 100);
	assert_false(wire_is_up(line->debugger.wire));
	assert_false(wire_is_up(line->debuggee.wire));
	assert_int_equal(wire_send(line->debuggee.wire, &(struct hd_message){0}, NULL, 0, NULL, 0),
			 -HD_E_LINE_DOWN);
	line->debugger.to.cut = line->debuggee.to.cut = false;
	run_until_done(line, 200000);
	assert_false(wire_take_opened(line->debuggee.wire));
}

static void an_idle_line_stays_up(void **state)
{
	struct line *line = *state;

	open_session(line, 5);
	run_for(line, RESEND * 500);
	assert_true(wire_is_up(line->debugger.wire));
	assert_true(wire_is_up(line->debuggee.wire));
	assert_int_equal(wire_resent(line->debuggee.wire), 0);
}

static void a_new_debugger_starts_anew(void **state)
{
	struct line *line = *state;
	unsigned int session;

	line->debugger.to.damage = line->debuggee.to.damage = 4000;
	open_session(line, 1);
	line->debugger.to_send = line->debuggee.to_send = 1000000;
	for (session = 2; session < 10; session++) {
		run_for(line, 30 + dice(2000));
		/* The old one is gone without a word; what it had sent is still on the line. */
		free(line->debugger.wire);
		end_init(&line->debugger, WIRE_DEBUGGER);
		expect_anew(line);
		line->debugger.to_send = line->debuggee.to_send = 0;
		wire_open(line->debugger.wire, session);
		/* The debuggee's messages of the old session end with it; until it hears of that, it takes more of them. */
		line->debuggee.between_sessions = true;
		while (!wire_is_up(line->debugger.wire))
			turn(line);
		line->debuggee.between_sessions = false;
		assert_true(wire_take_opened(line->debuggee.wire));
		assert_true(wire_is_drained(line->debuggee.wire));
		expect_anew(line);
		line->debugger.to_send = line->debuggee.to_send = 1000000;
	}
	line->debugger.to_send = line->debugger.sent;
	line->debuggee.to_send = line->debuggee.sent;
	run_until_done(line, 400000);
}

static void a_new_debuggee_makes_the_debugger_notice(void **state)
{
	struct line *line = *state;

	open_session(line, 1);
	line->debugger.to_send = line->debuggee.to_send = 5;
	run_until_done(line, 10000);
	/* The module was loaded anew; it knows no session. */
	free(line->debuggee.wire);
	end_init(&line->debuggee, WIRE_DEBUGGEE);
	run_for(line, RESEND * 20);
	assert_false(wire_is_up(line->debugger.wire));
	assert_false(wire_is_up(line->debuggee.wire));
	expect_anew(line);
	open_session(line, 2);
	run_until_done(line, 10000);
}

static void closing(void **state)
{
	struct line *line = *state;

	open_session(line, 1);
	line->debugger.to_send = 3;
	run_until_done(line, 10000);
	wire_close(line->debuggee.wire);
	assert_false(wire_is_up(line->debuggee.wire));
	run_for(line, 100);
	assert_false(wire_is_up(line->debugger.wire));
	expect_anew(line);
	line->debugger.to_send = 0;
	open_session(line, 2);
	wire_close(line->debugger.wire);
	run_for(line, 100);
	assert_false(wire_is_up(line->debuggee.wire));
}

static void before_a_session_the_debuggee_is_silent(void **state)
{
	struct line *line = *state;
	uint8_t byte;

	assert_int_equal(wire_send(line->debuggee.wire, &(struct hd_message){0}, NULL, 0, NULL, 0),
			 -HD_E_LINE_DOWN);
	run_for(line, 1000);
	assert_int_equal(wire_output(line->debuggee.wire, &byte, 1), 0);
	/* Garbage is no reason to speak either. */
	wire_input(line->debuggee.wire, (const uint8_t *)"\xd5\x2a login: \xd5", 12);
	run_for(line, 1000);
	assert_int_equal(wire_output(line->debuggee.wire, &byte, 1), 0);
	assert_in_range(wire_bad_frames(line->debuggee.wire), 1, 3);
}

static size_t put_frame(uint8_t *to, enum frame_kind kind, uint32_t session, uint16_t sequence,
			const void *payload, uint16_t size)
{
	struct frame frame = {
		.kind = kind, .session = session, .sequence = sequence, .payload = payload, .size = size};

	return frame_write(to, &frame);
}

/* The debuggee with session 9, fed by hand. */
static void open_by_hand(struct line *line, uint32_t session)
{
	uint8_t frame[FRAME_MAX];

	wire_input(line->debuggee.wire, frame, put_frame(frame, FRAME_SYN, session, 0, NULL, 0));
	assert_true(wire_is_up(line->debuggee.wire));
}

static void a_repeated_syn_changes_nothing(void **state)
{
	struct line *line = *state;
	struct hd_message message = {.type = HD_STATUS, .size = 0};
	uint8_t frame[FRAME_MAX];

	open_by_hand(line, 9);
	assert_true(wire_take_opened(line->debuggee.wire));
	wire_input(line->debuggee.wire, frame, put_frame(frame, FRAME_DATA, 9, 0, &message, sizeof(message)));
	assert_non_null(wire_receive(line->debuggee.wire));
	open_by_hand(line, 9);
	assert_false(wire_take_opened(line->debuggee.wire));
	/* Frame 0 again is still a duplicate; other sessions' frames are nobody's. */
	wire_input(line->debuggee.wire, frame, put_frame(frame, FRAME_DATA, 9, 0, &message, sizeof(message)));
	wire_input(line->debuggee.wire, frame, put_frame(frame, FRAME_DATA, 8, 1, &message, sizeof(message)));
	wire_input(line->debuggee.wire, frame, put_frame(frame, FRAME_CLOSE, 8, 1, NULL, 0));
	assert_null(wire_receive(line->debuggee.wire));
	wire_input(line->debuggee.wire, frame, put_frame(frame, FRAME_DATA, 9, 1, &message, sizeof(message)));
	assert_non_null(wire_receive(line->debuggee.wire));
	assert_null(wire_receive(line->debuggee.wire));
	assert_true(wire_is_up(line->debuggee.wire));
}

static void half_a_frame_blocks_nothing(void **state)
{
	struct line *line = *state;
	struct hd_message messages[10] = {
		{.type = HD_STATUS, .size = sizeof(messages) - sizeof(messages[0])}};
	struct hd_message message = {.type = HD_STATUS};
	uint8_t frame[FRAME_MAX];
	size_t size;

	open_by_hand(line, 9);
	/* A good header, then the line goes dead in the middle of its payload, and a whole small frame
	 * follows. */
	size = put_frame(frame, FRAME_DATA, 9, 0, messages, sizeof(messages));
	wire_input(line->debuggee.wire, frame, size - 200);
	size = put_frame(frame, FRAME_DATA, 9, 0, &message, sizeof(message));
	wire_input(line->debuggee.wire, frame, size);
	assert_null(wire_receive(line->debuggee.wire));
	/* The wait has an end, though nothing more comes. */
	wire_poll(line->debuggee.wire, 1000);
	wire_poll(line->debuggee.wire, 1000 + RESEND);
	assert_non_null(wire_receive(line->debuggee.wire));

	/* A mark with a senseless length is not waited for at all. */
	wire_input(line->debuggee.wire, (const uint8_t *)"\xd5\x2a\x03\0\0\0\0\0\0\0\0\0\xff\x01\0\0\0\0",
		   18);
	size = put_frame(frame, FRAME_DATA, 9, 1, &message, sizeof(message));
	wire_input(line->debuggee.wire, frame, size);
	assert_non_null(wire_receive(line->debuggee.wire));
}

static void an_impossible_message_ends_the_session(void **state)
{
	struct line *line = *state;
	struct hd_message message = {.type = HD_STATUS, .size = HD_MESSAGE_MAX};
	uint8_t frame[FRAME_MAX];

	open_by_hand(line, 9);
	wire_input(line->debuggee.wire, frame, put_frame(frame, FRAME_DATA, 9, 0, &message, sizeof(message)));
	assert_null(wire_receive(line->debuggee.wire));
	assert_false(wire_is_up(line->debuggee.wire));
}

static void room(void **state)
{
	struct line *line = *state;
	static uint8_t payload[HD_MESSAGE_MAX];
	struct hd_message message = {.type = HD_NOTE_TEXT};
	uint32_t largest = HD_MESSAGE_MAX - sizeof(message);

	open_by_hand(line, 9);
	assert_int_equal(wire_send(line->debuggee.wire, &message, payload, largest, payload, 1),
			 -HD_E_TOO_LARGE);
	assert_true(wire_has_room(line->debuggee.wire, HD_MESSAGE_MAX));
	assert_int_equal(wire_send(line->debuggee.wire, &message, payload, largest, NULL, 0), 0);
	assert_int_equal(wire_send(line->debuggee.wire, &message, NULL, 0, payload, largest), 0);
	assert_false(wire_has_room(line->debuggee.wire, sizeof(message)));
	assert_int_equal(wire_send(line->debuggee.wire, &message, NULL, 0, NULL, 0), -HD_E_TOO_LARGE);
	assert_false(wire_is_drained(line->debuggee.wire));
}

/* A receiver that does not receive: the sender stops, and goes on later. */
static void a_slow_receiver_loses_nothing(void **state)
{
	struct line *line = *state;
	uint8_t bytes[256];
	unsigned int i;

	line->debuggee.largest = 3000;
	open_session(line, 3);
	line->debuggee.to_send = 400;
	for (i = 0; i < 20000; i++) {
		line->now++;
		wire_poll(line->debuggee.wire, line->now);
		wire_poll(line->debugger.wire, line->now);
		send_some(&line->debuggee);
		pipe_put(&line->debuggee.to, bytes, wire_output(line->debuggee.wire, bytes, sizeof(bytes)));
		pipe_put(&line->debugger.to, bytes, wire_output(line->debugger.wire, bytes, sizeof(bytes)));
		pipe_deliver(&line->debuggee.to, line->debugger.wire, 1000);
		pipe_deliver(&line->debugger.to, line->debuggee.wire, 1000);
	}
	assert_true(line->debuggee.sent < 400);
	run_until_done(line, 400000);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_clean_line),
		TEST(a_damaged_line),
		TEST(small_messages_on_a_damaged_line),
		TEST(a_cut_is_survived),
		TEST(an_idle_line_stays_up),
		TEST(a_new_debugger_starts_anew),
		TEST(a_new_debuggee_makes_the_debugger_notice),
		TEST(closing),
		TEST(before_a_session_the_debuggee_is_silent),
		TEST(a_repeated_syn_changes_nothing),
		TEST(half_a_frame_blocks_nothing),
		TEST(an_impossible_message_ends_the_session),
		TEST(room),
		TEST(a_slow_receiver_loses_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
