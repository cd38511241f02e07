// SPDX-License-Identifier: GPL-2.0
/* Matching against the plain definition of what matches: a walk over all events. */
#include <stdlib.h>
#include <string.h>

#include "engine/event_index.h"
#include "tests/unit/cmocka_includes.h"

#define MAX_EVENTS 512

struct fixture {
	struct event_index index;
	struct event events[MAX_EVENTS];
	uint32_t order[MAX_EVENTS];
	uint32_t count;
	uint64_t next_number;
	uint32_t random;
};

static uint32_t dice(struct fixture *f, uint32_t sides)
{
	f->random ^= f->random << 13;
	f->random ^= f->random >> 17;
	f->random ^= f->random << 5;
	return f->random % sides;
}

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	uint32_t i;

	f->random = 99;
	f->index.events = f->events;
	f->index.buckets = calloc(event_index_buckets(MAX_EVENTS), sizeof(uint32_t));
	f->index.ranges = calloc(MAX_EVENTS, sizeof(struct event_range));
	f->index.latest = calloc(event_index_latest(MAX_EVENTS), sizeof(uint64_t));
	event_index_init(&f->index, MAX_EVENTS);
	for (i = 0; i < MAX_EVENTS; i++) {
		f->events[i].number = EVENT_NO_NUMBER;
		f->events[i].slot = i;
	}
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	free(f->index.buckets);
	free(f->index.ranges);
	free(f->index.latest);
	free(f);
	return 0;
}

static struct event *add(struct fixture *f, const struct hd_event_definition *definition)
{
	uint32_t slot = dice(f, MAX_EVENTS);
	struct event *event;

	assert_true(f->count < MAX_EVENTS);
	while (f->events[slot].number != EVENT_NO_NUMBER)
		slot = (slot + 1) % MAX_EVENTS;
	event = &f->events[slot];
	event->number = f->next_number++;
	event->definition = *definition;
	event->enabled = 1;
	f->order[f->count++] = slot;
	event_index_add(&f->index, event);
	return event;
}

static void remove_at(struct fixture *f, uint32_t at)
{
	struct event *event = &f->events[f->order[at]];

	event_index_remove(&f->index, event);
	event->number = EVENT_NO_NUMBER;
	memmove(&f->order[at], &f->order[at + 1], (--f->count - at) * sizeof(f->order[0]));
}

/* The definition of a match, event by event. */
static bool matches(const struct event *event, const struct event_key *key, uint64_t *context)
{
	const struct hd_event_definition *d = &event->definition;
	unsigned int i;

	if (!event->enabled || d->kind != key->kind || (d->flags & HD_EVENT_HAS_PID && d->pid != key->pid) ||
	    (d->flags & HD_EVENT_HAS_CORE && d->core != key->core))
		return false;
	if (event_ranges_of(d->kind) < 0) {
		*context = key->parameter;
		return !(d->flags & HD_EVENT_HAS_PARAMETER) || d->parameter[0] == key->parameter;
	}
	if (d->cr3 && d->cr3 != key->cr3)
		return false;
	for (i = 0; i < key->access_count; i++) {
		const struct event_access *access = &key->accesses[i];

		if (!(access->access & d->access) || access->physical != !!(d->flags & HD_EVENT_PHYSICAL) ||
		    access->last < d->parameter[0] || access->first > d->parameter[1])
			continue;
		*context = access->first > d->parameter[0] ? access->first : d->parameter[0];
		return true;
	}
	return false;
}

static unsigned int check_match(struct fixture *f, const struct event_key *key)
{
	struct event_ref found[MAX_EVENTS];
	unsigned int count, expected = 0;
	uint64_t context, hash;
	uint32_t i;

	/* The quick look may be wrong one way only, so where it says no, nothing matches. */
	count = event_index_may_match(&f->index, key, &hash) ?
			event_index_match(&f->index, key, hash, found, MAX_EVENTS) :
			0;

	for (i = 0; i < f->count; i++) {
		const struct event *event = &f->events[f->order[i]];

		if (!matches(event, key, &context))
			continue;
		assert_true(expected < count);
		assert_int_equal(found[expected].number, event->number);
		assert_ptr_equal(found[expected].event, event);
		assert_int_equal(found[expected].context, context);
		assert_int_equal(found[expected].wants_sc, 0);
		expected++;
	}
	assert_int_equal(count, expected);
	return count;
}

static void plain_kinds(void **state)
{
	static const enum hd_event_kind kinds[] = {HD_EVENT_CPUID, HD_EVENT_MSR_READ, HD_EVENT_EXCEPTION};
	struct fixture *f = *state;
	unsigned int i, found = 0;

	for (i = 0; i < 20000; i++) {
		struct hd_event_definition definition = {
			.kind = (uint16_t)kinds[dice(f, 3)],
			.flags = dice(f, 8),
			.parameter = {dice(f, 6)},
			.pid = dice(f, 3),
			.core = dice(f, 3),
		};
		struct event_key key = {
			.kind = kinds[dice(f, 3)],
			.parameter = dice(f, 6),
			.pid = dice(f, 3),
			.core = dice(f, 3),
		};

		if (f->count < MAX_EVENTS && dice(f, 3))
			add(f, &definition);
		else if (f->count)
			remove_at(f, dice(f, f->count));
		if (f->count)
			f->events[f->order[dice(f, f->count)]].enabled = dice(f, 4) != 0;
		if (i % 4 == 0)
			found += check_match(f, &key);
	}
	assert_true(found > 10000);
	while (f->count)
		remove_at(f, 0);
	for (i = 0; i < HD_EVENT_KINDS; i++) {
		assert_int_equal(f->index.kinds[i].probe_count, 0);
		assert_int_equal(f->index.kinds[i].with_pid, 0);
	}
}

static uint64_t some_address(struct fixture *f)
{
	/* Mostly a small space, so that ranges meet; sometimes its two ends. */
	switch (dice(f, 20)) {
	case 0:
		return dice(f, 4);
	case 1:
		return UINT64_MAX - dice(f, 4);
	default:
		return 0xffffffff81000000 + dice(f, 300);
	}
}

static void some_range(struct fixture *f, uint64_t *first, uint64_t *last)
{
	uint64_t size = dice(f, 10) ? dice(f, 8) : dice(f, 200);

	*first = some_address(f);
	*last = *first + size < *first ? UINT64_MAX : *first + size;
}

static void ranges(void **state)
{
	static const enum hd_event_kind kinds[] = {HD_EVENT_MONITOR, HD_EVENT_EPTHOOK, HD_EVENT_EPTHOOK2};
	struct fixture *f = *state;
	unsigned int i, j, found = 0;

	for (i = 0; i < 6000; i++) {
		struct hd_event_definition definition = {
			.kind = (uint16_t)kinds[dice(f, 3)],
			.flags = HD_EVENT_HAS_PARAMETER | (dice(f, 4) ? 0 : HD_EVENT_HAS_PID) |
				 (dice(f, 4) ? 0 : HD_EVENT_HAS_CORE) | (dice(f, 4) ? 0 : HD_EVENT_PHYSICAL),
			.access = (uint8_t)(1 + dice(f, 7)),
			.pid = dice(f, 2),
			.core = dice(f, 2),
			.cr3 = dice(f, 2) ? 0x1000 * dice(f, 3) : 0,
		};
		struct event_access accesses[3];
		struct event_key key = {
			.kind = kinds[dice(f, 3)],
			.pid = dice(f, 2),
			.core = dice(f, 2),
			.cr3 = 0x1000 * dice(f, 3),
			.accesses = accesses,
			.access_count = dice(f, 4),
		};

		some_range(f, &definition.parameter[0], &definition.parameter[1]);
		for (j = 0; j < 3; j++) {
			some_range(f, &accesses[j].first, &accesses[j].last);
			accesses[j].access = 1 + dice(f, 7);
			accesses[j].physical = !dice(f, 4);
		}
		if (f->count < 200 && dice(f, 3))
			add(f, &definition);
		else if (f->count)
			remove_at(f, dice(f, f->count));
		event_index_rebuild_ranges(&f->index, f->order, f->count);
		found += check_match(f, &key);
	}
	assert_true(found > 10000);
}

/* All events there can be, in one set and in all sets: the shared memory is enough. */
static void full_of_ranges(void **state)
{
	struct fixture *f = *state;
	struct event_access access = {.first = 50, .last = 50, .access = HD_ACCESS_READ};
	struct event_key key = {.kind = HD_EVENT_MONITOR, .accesses = &access, .access_count = 1};
	unsigned int i;

	for (i = 0; i < MAX_EVENTS; i++) {
		struct hd_event_definition definition = {
			.kind = HD_EVENT_MONITOR,
			.parameter = {i % 100, 100},
			.access = HD_ACCESS_READ,
		};

		add(f, &definition);
		event_index_rebuild_ranges(&f->index, f->order, f->count);
	}
	assert_true(check_match(f, &key) > 200);
	for (i = 0; i < MAX_EVENTS; i++) {
		f->events[i].definition.kind =
			i % 3 ? i % 3 == 1 ? HD_EVENT_EPTHOOK : HD_EVENT_EPTHOOK2 : HD_EVENT_MONITOR;
		f->events[i].definition.flags = i / 3 % 2 ? HD_EVENT_PHYSICAL : 0;
	}
	event_index_rebuild_ranges(&f->index, f->order, f->count);
	assert_true(check_match(f, &key) > 20);
}

static void never_more_than_fit(void **state)
{
	struct fixture *f = *state;
	struct hd_event_definition definition = {.kind = HD_EVENT_CPUID};
	struct event_key key = {.kind = HD_EVENT_CPUID};
	struct event_ref refs[3] = {[2] = {.number = 77}};
	uint64_t hash;
	unsigned int i;

	for (i = 0; i < 10; i++)
		add(f, &definition);
	assert_true(event_index_may_match(&f->index, &key, &hash));
	assert_int_equal(event_index_match(&f->index, &key, hash, refs, 2), 2);
	assert_int_equal(refs[0].number, 0);
	assert_int_equal(refs[1].number, 1);
	assert_int_equal(refs[2].number, 77);
}

/*
 * Events on the same leaf that ask for another process or core are not even
 * looked at: the chain that a lookup walks is as good as empty.
 */
static void others_cost_nothing(void **state)
{
	struct fixture *f = *state;
	struct hd_event_definition definition = {
		.kind = HD_EVENT_CPUID,
		.flags = HD_EVENT_HAS_PARAMETER | HD_EVENT_HAS_PID,
		.parameter = {1},
	};
	uint32_t i, slot, longest = 0, length;

	for (i = 0; i < MAX_EVENTS; i++) {
		definition.pid = 1000 + i;
		definition.parameter[0] = i % 2 ? 1 : i;
		add(f, &definition);
	}
	for (i = 0; i < f->index.bucket_count; i++) {
		length = 0;
		for (slot = f->index.buckets[i]; slot != EVENT_NO_SLOT; slot = f->events[slot].next_in_bucket)
			length++;
		longest = length > longest ? length : longest;
	}
	/* 512 events in 2048 chains. */
	assert_in_range(longest, 1, 5);
	assert_int_equal(
		check_match(f, &(struct event_key){.kind = HD_EVENT_CPUID, .parameter = 1, .pid = 7}), 0);
	assert_int_equal(
		check_match(f, &(struct event_key){.kind = HD_EVENT_CPUID, .parameter = 1, .pid = 1001}), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(plain_kinds),	   TEST(ranges), TEST(full_of_ranges), TEST(never_more_than_fit),
		TEST(others_cost_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
