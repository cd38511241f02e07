// SPDX-License-Identifier: GPL-2.0
#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

#include "engine/ring.h"
#include "tests/unit/cmocka_includes.h"

#define SIZE (2 * HD_MESSAGE_MAX)

struct fixture {
	struct ring ring;
	uint8_t memory[SIZE];
	uint8_t taken[HD_MESSAGE_MAX];
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	ring_init(&f->ring, f->memory, SIZE);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	free(*state);
	return 0;
}

static void a_message_goes_through(void **state)
{
	struct fixture *f = *state;
	struct hd_message message = {.type = HD_NOTE_TEXT, .id = 9, .error = -3, .detail = 5};
	const struct hd_message *out = (const struct hd_message *)f->taken;

	assert_true(ring_empty(&f->ring));
	assert_int_equal(ring_peek(&f->ring), 0);
	assert_int_equal(ring_take(&f->ring, f->taken, sizeof(f->taken)), 0);

	assert_true(ring_put(&f->ring, &message, "abc", 3, "defg", 4));
	assert_true(ring_put(&f->ring, &message, NULL, 0, NULL, 0));
	assert_false(ring_empty(&f->ring));
	assert_int_equal(ring_peek(&f->ring), sizeof(message) + 7);
	assert_int_equal(ring_take(&f->ring, f->taken, sizeof(f->taken)), sizeof(message) + 7);
	assert_int_equal(out->type, HD_NOTE_TEXT);
	assert_int_equal(out->id, 9);
	assert_int_equal(out->size, 7);
	assert_int_equal(out->error, -3);
	assert_memory_equal(out + 1, "abcdefg", 7);
	assert_int_equal(ring_take(&f->ring, f->taken, sizeof(f->taken)), sizeof(message));
	assert_int_equal(out->size, 0);
	assert_true(ring_empty(&f->ring));
}

static void a_full_ring_counts(void **state)
{
	struct fixture *f = *state;
	static uint8_t large[HD_MESSAGE_MAX];
	struct hd_message message = {.type = HD_NOTE_TEXT};

	/* Two of the largest fit exactly, not a byte more. */
	assert_false(ring_try(&f->ring, &message, large, sizeof(large), NULL, 0));
	assert_int_equal(f->ring.lost, 0);
	assert_true(ring_put(&f->ring, &message, large, sizeof(large) - sizeof(message), NULL, 0));
	assert_true(ring_put(&f->ring, &message, large, sizeof(large) - sizeof(message), NULL, 0));
	assert_false(ring_try(&f->ring, &message, NULL, 0, NULL, 0));
	assert_int_equal(f->ring.lost, 0);
	assert_false(ring_put(&f->ring, &message, NULL, 0, NULL, 0));
	assert_int_equal(f->ring.lost, 1);
	assert_int_equal(ring_take(&f->ring, f->taken, sizeof(f->taken)), HD_MESSAGE_MAX);
	assert_true(ring_put(&f->ring, &message, NULL, 0, NULL, 0));
}

static void a_small_buffer_gets_a_whole_message_of_its_size(void **state)
{
	struct fixture *f = *state;
	struct hd_message message = {.type = HD_NOTE_TEXT}, out;

	assert_true(ring_put(&f->ring, &message, "0123456789", 10, NULL, 0));
	assert_true(ring_put(&f->ring, &message, "next", 4, NULL, 0));
	assert_int_equal(ring_take(&f->ring, f->taken, 10), 0); /* not even a header */
	assert_int_equal(ring_take(&f->ring, f->taken, sizeof(message) + 3), sizeof(message) + 3);
	memcpy(&out, f->taken, sizeof(out));
	assert_int_equal(out.size, 3);
	assert_int_equal(ring_take(&f->ring, f->taken, sizeof(f->taken)), sizeof(message) + 4);
}

static void it_wraps_anywhere(void **state)
{
	struct fixture *f = *state;
	const struct hd_message *out = (const struct hd_message *)f->taken;
	uint8_t payload[999];
	unsigned int i, size;
	size_t taken;

	for (i = 0; i < 20000; i++) {
		struct hd_message message = {.id = i};

		size = i * 37 % sizeof(payload);
		memset(payload, (int)i, size);
		assert_true(ring_put(&f->ring, &message, payload, size / 3, payload, size - size / 3));
		if (i % 2 == 0 && i < 200)
			continue; /* some stay behind */
		taken = ring_take(&f->ring, f->taken, sizeof(f->taken));
		assert_int_equal(taken, sizeof(message) + out->size);
		size = out->id * 37 % sizeof(payload);
		assert_int_equal(out->size, size);
		memset(payload, (int)out->id, size);
		assert_memory_equal(out + 1, payload, size);
	}
}

#define PRODUCERS 3
#define MESSAGES  4000

static void *produce(void *argument)
{
	struct fixture *f = *(struct fixture **)argument;
	static uint32_t producers;
	uint32_t self = __atomic_fetch_add(&producers, 1, __ATOMIC_RELAXED), i;
	uint8_t payload[600];

	for (i = 0; i < MESSAGES; i++) {
		struct hd_message message = {.id = self, .detail = i};

		memset(payload, (int)(self + i), sizeof(payload));
		while (!ring_try(&f->ring, &message, payload, i % sizeof(payload), payload, 5))
			sched_yield();
	}
	return NULL;
}

static void many_producers_one_consumer(void **state)
{
	struct fixture *f = *state;
	const struct hd_message *out = (const struct hd_message *)f->taken;
	uint64_t next[PRODUCERS] = {0};
	pthread_t threads[PRODUCERS];
	uint32_t i, j, left = PRODUCERS * MESSAGES;

	for (i = 0; i < PRODUCERS; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, produce, &f), 0);
	while (left) {
		if (!ring_take(&f->ring, f->taken, sizeof(f->taken))) {
			sched_yield();
			continue;
		}
		left--;
		assert_in_range(out->id, 0, PRODUCERS - 1);
		assert_int_equal(out->detail, next[out->id]++);
		assert_int_equal(out->size, out->detail % 600 + 5);
		for (j = 0; j < out->size; j++) {
			if (((const uint8_t *)(out + 1))[j] != (uint8_t)(out->id + out->detail))
				fail_msg("message %u of producer %u is damaged", (unsigned int)out->detail,
					 out->id);
		}
	}
	for (i = 0; i < PRODUCERS; i++)
		pthread_join(threads[i], NULL);
	assert_true(ring_empty(&f->ring));
	assert_int_equal(f->ring.lost, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_message_goes_through),
		TEST(a_full_ring_counts),
		TEST(a_small_buffer_gets_a_whole_message_of_its_size),
		TEST(it_wraps_anywhere),
		TEST(many_producers_one_consumer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
