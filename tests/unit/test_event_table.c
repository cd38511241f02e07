// SPDX-License-Identifier: GPL-2.0
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/error_text.h"
#include "engine/event_index.h"
#include "engine/event_table.h"
#include "engine/pool.h"
#include "tests/unit/cmocka_includes.h"
#include "tests/unit/fake_script.h"

#define MAX_EVENTS 8
#define POOL_BYTES 4096

struct fixture {
	struct event_table *table;
	uint64_t number, detail;
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	size_t size = event_table_size(MAX_EVENTS, POOL_BYTES);
	void *memory = aligned_alloc(64, size);

	memset(memory, 0, size);
	f->table = event_table_init(memory, MAX_EVENTS, POOL_BYTES);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	free(((struct fixture *)*state)->table);
	free(*state);
	return 0;
}

static int define_for(struct fixture *f, const struct hd_event_definition *definition, const void *program,
		      uint32_t client)
{
	return event_define(f->table, definition, program, client, false, &f->number, &f->detail);
}

static int define(struct fixture *f, struct hd_event_definition definition)
{
	return define_for(f, &definition, NULL, 0);
}

/* Every kind is described, and says what it can. */
static void the_table_of_kinds(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < HD_EVENT_KINDS; i++) {
		const struct hd_event_kind_info *info = &hd_event_kinds[i];

		assert_non_null(info->name);
		assert_int_equal(info->name[0], '!');
		assert_non_null(info->parameters);
		assert_true(strlen(info->context) > 0);
		assert_true(strlen(info->help) > 0);
		assert_true(info->has_parameter || !info->needs_parameter);
		assert_true(info->has_parameter == (info->parameter_max != 0));
		assert_true(info->has_sc || !info->has_stages);
		assert_int_equal(strlen(info->parameters) > 0, info->has_parameter);
	}
	assert_true(hd_event_kinds[HD_EVENT_CPUID].available);
	assert_true(hd_event_kinds[HD_EVENT_MSR_READ].available);
	assert_true(hd_event_kinds[HD_EVENT_MSR_WRITE].available);
}

static int not_yet(enum hd_event_kind kind, int otherwise)
{
	return hd_event_kinds[kind].available ? otherwise : -HD_E_NOT_YET;
}

static void what_is_refused(void **state)
{
	struct fixture *f = *state;
	struct fake_program program = {.magic = FAKE_MAGIC};
	struct hd_event_definition d = {.kind = HD_EVENT_KINDS};
	static const uint8_t large[HD_PROGRAM_MAX_BYTES + 1];

	assert_int_equal(define(f, d), -HD_E_BAD_EVENT);
	d = (struct hd_event_definition){.kind = HD_EVENT_CPUID, .flags = 1u << 20};
	assert_int_equal(define(f, d), -HD_E_INVALID);
	d = (struct hd_event_definition){
		.kind = HD_EVENT_CPUID, .flags = HD_EVENT_HAS_CORE, .core = HD_MAX_CORES};
	assert_int_equal(define(f, d), -HD_E_BAD_CORE);
	assert_int_equal(f->detail, HD_MAX_CORES);
	d = (struct hd_event_definition){
		.kind = HD_EVENT_MSR_READ,
		.flags = HD_EVENT_HAS_PARAMETER,
		.parameter = {0x100000000},
	};
	assert_int_equal(define(f, d), -HD_E_BAD_VALUE);
	assert_int_equal(f->detail, 0x100000000);
	assert_int_equal(define(f, (struct hd_event_definition){.kind = HD_EVENT_MONITOR}),
			 not_yet(HD_EVENT_MONITOR, -HD_E_INVALID));
	d = (struct hd_event_definition){
		.kind = HD_EVENT_MONITOR,
		.flags = HD_EVENT_HAS_PARAMETER,
		.parameter = {9, 8},
		.access = 1,
	};
	assert_int_equal(define(f, d), not_yet(HD_EVENT_MONITOR, -HD_E_BAD_RANGE));
	d.parameter[1] = 9;
	d.access = 0;
	assert_int_equal(define(f, d), not_yet(HD_EVENT_MONITOR, -HD_E_INVALID));
	d = (struct hd_event_definition){
		.kind = HD_EVENT_EXCEPTION,
		.flags = HD_EVENT_HAS_PARAMETER,
		.parameter = {2},
	};
	assert_int_equal(define(f, d), not_yet(HD_EVENT_EXCEPTION, -HD_E_NMI_VECTOR));
	d.parameter[0] = 0x20;
	assert_int_equal(define(f, d), not_yet(HD_EVENT_EXCEPTION, -HD_E_BAD_VECTOR));
	d.parameter[0] = 8;
	d.flags |= HD_EVENT_SC | HD_EVENT_SC_GIVEN;
	assert_int_equal(define(f, d), -HD_E_NO_SHORT_CIRCUIT);

	d = (struct hd_event_definition){.kind = HD_EVENT_CPUID, .program_size = 3};
	assert_int_equal(define_for(f, &d, &program, 0), -HD_E_BAD_PROGRAM);
	assert_int_equal(f->detail, 7);
	d.program_size = sizeof(large);
	assert_int_equal(define_for(f, &d, large, 0), -HD_E_TOO_LARGE);
	d.program_size = POOL_BYTES;
	assert_int_equal(define_for(f, &d, large, 0), -HD_E_NO_POOL_MEMORY);
	d.program_size = sizeof(program);
	d.buffer_size = POOL_BYTES;
	assert_int_equal(define_for(f, &d, &program, 0), -HD_E_NO_POOL_MEMORY);
	program.occurrences = 1000;
	d.buffer_size = 0;
	assert_int_equal(define_for(f, &d, &program, 0), -HD_E_NO_NAME_SLOT);

	/* None of them left a trace: no number, no memory, no event. */
	program.occurrences = 0;
	d.buffer_size = 16;
	assert_int_equal(define_for(f, &d, &program, 0), 0);
	assert_int_equal(f->number, 0);
	assert_int_equal(event_count(f->table), 1);
	event_change(f->table, 0, HD_CHANGE_CLEAR, 0);
	event_reclaim(f->table, NULL, NULL);
	event_pool_usage(f->table, &f->number, &f->detail);
	assert_int_equal(f->number, f->detail);
}

static void numbers_grow_and_slots_come_back(void **state)
{
	struct fixture *f = *state;
	struct hd_event_definition definition = {.kind = HD_EVENT_CPUID};
	uint64_t i;

	for (i = 0; i < MAX_EVENTS; i++) {
		assert_int_equal(define(f, definition), 0);
		assert_int_equal(f->number, i);
	}
	assert_int_equal(define(f, definition), -HD_E_NO_EVENT_SLOT);
	assert_int_equal(f->detail, MAX_EVENTS);
	assert_int_equal(event_change(f->table, 3, HD_CHANGE_CLEAR, 0), 0);
	assert_int_equal(event_count(f->table), MAX_EVENTS - 1);
	/* Cleared, but not reclaimed. */
	assert_int_equal(define(f, definition), -HD_E_NO_EVENT_SLOT);
	event_reclaim(f->table, NULL, NULL);
	assert_int_equal(define(f, definition), 0);
	assert_int_equal(f->number, MAX_EVENTS);
	assert_null(event_find(f->table, 3));
	assert_int_equal(event_next(f->table, 3)->number, 4);
	assert_int_equal(event_find(f->table, MAX_EVENTS)->number, MAX_EVENTS);
	assert_null(event_next(f->table, MAX_EVENTS + 1));
	assert_int_equal(event_next(f->table, 0)->number, 0);
}

static void changes(void **state)
{
	struct fixture *f = *state;
	uint64_t generation;

	assert_false(event_any(f->table, HD_EVENT_CPUID));
	assert_int_equal(define(f, (struct hd_event_definition){.kind = HD_EVENT_CPUID}), 0);
	assert_int_equal(define(f, (struct hd_event_definition){.kind = HD_EVENT_CPUID,
								.parameter = {5},
								.flags = HD_EVENT_HAS_PARAMETER}),
			 0);
	assert_true(event_any(f->table, HD_EVENT_CPUID));
	assert_true(event_any_unrestricted(f->table, HD_EVENT_CPUID));
	assert_false(event_any(f->table, HD_EVENT_MSR_READ));

	generation = event_generation(f->table);
	assert_int_equal(event_change(f->table, 0, HD_CHANGE_DISABLE, 0), 0);
	assert_true(event_generation(f->table) != generation);
	assert_true(event_any(f->table, HD_EVENT_CPUID));
	assert_false(event_any_unrestricted(f->table, HD_EVENT_CPUID));
	generation = event_generation(f->table);
	/* Once more changes nothing. */
	assert_int_equal(event_change(f->table, 0, HD_CHANGE_DISABLE, 0), 0);
	assert_int_equal(event_generation(f->table), generation);
	assert_int_equal(event_change(f->table, HD_ALL_NUMBERS, HD_CHANGE_DISABLE, 0), 0);
	assert_false(event_any(f->table, HD_EVENT_CPUID));
	assert_int_equal(event_change(f->table, HD_ALL_NUMBERS, HD_CHANGE_ENABLE, 0), 0);
	assert_true(event_any_unrestricted(f->table, HD_EVENT_CPUID));

	assert_int_equal(event_change(f->table, 7, HD_CHANGE_ENABLE, 0), -HD_E_NO_EVENT);
	assert_int_equal(event_change(f->table, 0, 3, 0), -HD_E_INVALID);
	assert_int_equal(event_change_from_script(f->table, 1, HD_CHANGE_CLEAR), 0);
	assert_int_equal(event_change_from_script(f->table, 1, HD_CHANGE_ENABLE), -HD_E_NO_EVENT);
	assert_int_equal(event_change(f->table, 1, HD_CHANGE_CLEAR, 0), -HD_E_NO_EVENT);
	assert_int_equal(event_change(f->table, HD_ALL_NUMBERS, HD_CHANGE_CLEAR, 0), 0);
	assert_false(event_any(f->table, HD_EVENT_CPUID));
	assert_int_equal(event_count(f->table), 0);
	assert_int_equal(event_change(f->table, HD_ALL_NUMBERS, HD_CHANGE_ENABLE, 0), 0);
	assert_false(event_any(f->table, HD_EVENT_CPUID));
}

static void clients_have_their_own(void **state)
{
	struct fixture *f = *state;
	struct hd_event_definition definition = {.kind = HD_EVENT_CPUID};

	assert_int_equal(define_for(f, &definition, NULL, 0), 0);
	assert_int_equal(define_for(f, &definition, NULL, 1), 0);
	assert_int_equal(define_for(f, &definition, NULL, 2), 0);
	assert_int_equal(event_change(f->table, 2, HD_CHANGE_DISABLE, 1), -HD_E_NO_EVENT);
	assert_int_equal(event_change(f->table, 1, HD_CHANGE_DISABLE, 1), 0);
	/* The line's debugger may change all. */
	assert_int_equal(event_change(f->table, 2, HD_CHANGE_DISABLE, 0), 0);
	assert_int_equal(event_change(f->table, HD_ALL_NUMBERS, HD_CHANGE_CLEAR, 1), 0);
	assert_int_equal(event_count(f->table), 2);
	event_clear_client(f->table, 2);
	assert_int_equal(event_count(f->table), 1);
	assert_int_equal(event_next(f->table, 0)->number, 0);
}

static bool is_number_one(void *self, const struct event *event)
{
	(void)self;
	return event->number == 1;
}

static void reclaiming_spares_what_is_in_use(void **state)
{
	struct fixture *f = *state;
	struct event_ref refs[MAX_EVENTS];
	struct event_key key = {.kind = HD_EVENT_CPUID};
	unsigned int i;

	for (i = 0; i < 3; i++)
		assert_int_equal(define(f, (struct hd_event_definition){.kind = HD_EVENT_CPUID}), 0);
	assert_int_equal(event_match(f->table, &key, refs, MAX_EVENTS), 3);
	assert_int_equal(event_change(f->table, HD_ALL_NUMBERS, HD_CHANGE_CLEAR, 0), 0);
	assert_false(event_index_runnable(&refs[1]));
	assert_true(event_index_matched(&refs[1]));
	event_reclaim(f->table, is_number_one, NULL);
	assert_false(event_index_matched(&refs[0]));
	assert_true(event_index_matched(&refs[1]));
	event_reclaim(f->table, NULL, NULL);
	assert_false(event_index_matched(&refs[1]));
	assert_int_equal(event_match(f->table, &key, refs, MAX_EVENTS), 0);
}

static void visit(void *self, const struct event *event)
{
	uint64_t *sum = self;

	*sum = *sum * 16 + event->number;
}

static void each_enabled_one(void **state)
{
	struct fixture *f = *state;
	uint64_t sum = 0;
	unsigned int i;

	for (i = 0; i < 6; i++) {
		struct hd_event_definition definition = {.kind = i % 2 ? HD_EVENT_CPUID : HD_EVENT_MSR_READ};

		assert_int_equal(define(f, definition), 0);
	}
	event_change(f->table, 3, HD_CHANGE_DISABLE, 0);
	event_each(f->table, HD_EVENT_CPUID, visit, &sum);
	assert_int_equal(sum, 0x15);
}

/* Two cores flip the same events: the counts per kind end where the events are. */
static void *flip(void *argument)
{
	struct fixture *f = argument;
	unsigned int i;

	for (i = 0; i < 50000; i++)
		event_change_from_script(f->table, i % 4, i % 3 ? HD_CHANGE_ENABLE : HD_CHANGE_DISABLE);
	event_change_from_script(f->table, 1, HD_CHANGE_CLEAR);
	for (i = 0; i < 1000; i++)
		event_change_from_script(f->table, 1, HD_CHANGE_ENABLE);
	return NULL;
}

static void flipping_on_two_cores(void **state)
{
	struct fixture *f = *state;
	pthread_t thread;
	unsigned int i;

	for (i = 0; i < 4; i++)
		assert_int_equal(define(f, (struct hd_event_definition){.kind = HD_EVENT_CPUID}), 0);
	assert_int_equal(pthread_create(&thread, NULL, flip, f), 0);
	flip(f);
	pthread_join(thread, NULL);
	for (i = 0; i < 4; i++)
		event_change_from_script(f->table, i, HD_CHANGE_DISABLE);
	assert_false(event_any(f->table, HD_EVENT_CPUID));
	event_change_from_script(f->table, 0, HD_CHANGE_ENABLE);
	assert_true(event_any(f->table, HD_EVENT_CPUID));
	event_change_from_script(f->table, 0, HD_CHANGE_DISABLE);
	assert_false(event_any(f->table, HD_EVENT_CPUID));
}

static void the_pool(void **state)
{
	static uint8_t memory[8192] __attribute__((aligned(POOL_ALIGNMENT)));
	struct {
		uint8_t *bytes;
		size_t size;
	} taken[40] = {0};
	struct pool pool;
	uint32_t random = 7, i, j, k;

	(void)state;
	pool_init(&pool, memory, sizeof(memory));
	assert_null(pool_take(&pool, 0));
	assert_null(pool_take(&pool, sizeof(memory)));
	assert_null(pool_take(&pool, SIZE_MAX));
	pool_give(&pool, NULL);
	for (i = 0; i < 20000; i++) {
		random = random * 1664525 + 1013904223;
		j = (random >> 8) % HD_ARRAY_SIZE(taken);
		if (taken[j].bytes) {
			for (k = 0; k < taken[j].size; k++) {
				if (taken[j].bytes[k] != (uint8_t)j)
					fail_msg("block %u was overwritten", j);
			}
			pool_give(&pool, taken[j].bytes);
			taken[j].bytes = NULL;
			continue;
		}
		taken[j].size = 1 + (random >> 16) % 600;
		taken[j].bytes = pool_take(&pool, taken[j].size);
		if (!taken[j].bytes)
			continue;
		assert_int_equal((uintptr_t)taken[j].bytes % POOL_ALIGNMENT, 0);
		for (k = 0; k < taken[j].size; k++) {
			if (taken[j].bytes[k])
				fail_msg("a block is not zeroed");
		}
		memset(taken[j].bytes, (int)j, taken[j].size);
	}
	for (j = 0; j < HD_ARRAY_SIZE(taken); j++)
		pool_give(&pool, taken[j].bytes);
	/* All joined to one block again. */
	assert_int_equal(pool.free, pool.size);
	assert_non_null(pool_take(&pool, sizeof(memory) - POOL_ALIGNMENT));
	assert_int_equal(pool.free, 0);
}

static void sentences(void **state)
{
	char text[256];
	int error;

	(void)state;
	assert_string_equal(error_text(-HD_E_NO_EVENT, 0x2a, text, sizeof(text)),
			    "there is no event 0x2a; `events` lists them");
	for (error = 0; error < HD_E_COUNT; error++)
		assert_true(strlen(error_text(error, 1, text, sizeof(text))) > 0);
	assert_true(strlen(error_text(HD_E_COUNT, 1, text, sizeof(text))) > 0);
	assert_true(strlen(error_text(-99999, 1, text, sizeof(text))) > 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_table_of_kinds),
		TEST(what_is_refused),
		TEST(numbers_grow_and_slots_come_back),
		TEST(changes),
		TEST(clients_have_their_own),
		TEST(reclaiming_spares_what_is_in_use),
		TEST(each_enabled_one),
		TEST(flipping_on_two_cores),
		TEST(the_pool),
		TEST(sentences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
