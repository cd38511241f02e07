// SPDX-License-Identifier: GPL-2.0
/*
 * Stopping the world. The threads are cores: they run a guest (looking now and
 * then whether they are kicked), stop the world, run their guest while they own
 * it, leave and join. What only an owner may write is a plain variable, so that
 * the thread sanitizer sees every missing ordering, not just a wrong count.
 */
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/world.h"
#include "tests/unit/cmocka_includes.h"

#define CORES 8

/* In order, by one thread: the state machine itself. */

struct single {
	struct world world;
	uint64_t clock;
	unsigned int kicks;
};

static void single_kick(void *self)
{
	((struct single *)self)->kicks++;
}

static void single_relax(void *self)
{
	struct single *single = self;

	single->clock++;
}

static uint64_t single_now(void *self)
{
	return ((struct single *)self)->clock;
}

static const struct world_ops single_ops = {.kick = single_kick, .relax = single_relax, .now = single_now};

static void single_init(struct single *single, unsigned int cores)
{
	unsigned int i;

	memset(single, 0, sizeof(*single));
	world_init(&single->world, &single_ops, single, 100, 10);
	for (i = 0; i < cores; i++)
		world_join(&single->world, i);
}

static void alone(void **state)
{
	struct single single;

	(void)state;
	single_init(&single, 1);
	assert_true(world_stop(&single.world, 0));
	assert_true(world_owned(&single.world, 0));
	assert_false(world_is_wanted(&single.world, 0));
	/* Stopping twice is stopping once. */
	assert_false(world_stop(&single.world, 0));
	world_park(&single.world, 0); /* the owner's own guest exits: goes on */
	world_release(&single.world, 0);
	assert_false(world_owned(&single.world, 0));
	assert_int_equal(single.world.next_ticket, single.world.now_serving);
	assert_int_equal(single.world.wanted, 0);
	assert_int_equal(single.kicks, 0);
}

static void a_core_that_does_not_come(void **state)
{
	struct single single;

	(void)state;
	single_init(&single, 3);
	assert_true(world_stop(&single.world, 0));
	assert_int_equal(single.world.missing, 2);
	assert_int_equal(single.world.first_missing, 1);
	assert_int_equal(single.world.member[1], WORLD_MISSING);
	/* One patience for all, and kicks all along. */
	assert_in_range(single.clock, 100, 110);
	assert_in_range(single.kicks, 10, 12);
	world_release(&single.world, 0);
	assert_int_equal(single.world.member[1], WORLD_RUNNING);
	assert_int_equal(single.world.wanted, 0);
	/* The next stop waits for it again. */
	assert_true(world_stop(&single.world, 1));
	assert_int_equal(single.world.missing, 2);
	assert_int_equal(single.world.first_missing, 0);
	world_release(&single.world, 1);
}

static void absent_cores_are_not_waited_for(void **state)
{
	struct single single;

	(void)state;
	single_init(&single, 2);
	world_leave(&single.world, 1);
	assert_true(world_stop(&single.world, 0));
	assert_int_equal(single.world.missing, 0);
	assert_int_equal(single.clock, 0);
	world_release(&single.world, 0);
	/* And one that is no member itself can stop the others. */
	assert_true(world_stop(&single.world, 1));
	assert_int_equal(single.world.missing, 1);
	world_release(&single.world, 1);
	assert_int_equal(single.world.member[1], WORLD_ABSENT);
}

static void only_the_owner_releases(void **state)
{
	struct single single;

	(void)state;
	single_init(&single, 1);
	world_release(&single.world, 0);
	assert_true(world_stop(&single.world, 0));
	world_release(&single.world, 1);
	assert_true(world_owned(&single.world, 0));
	world_release(&single.world, 0);
	world_release(&single.world, 0);
	assert_int_equal(single.world.now_serving, 1);
	assert_int_equal(single.world.next_ticket, 1);
	assert_int_equal(single.world.wanted, 0);
}

/* Many threads. */

struct crowd {
	struct world world;
	unsigned int cores, rounds;
	uint32_t clock; /* atomic */
	bool lazy;	/* cores look for kicks rarely: some stops miss them */
	/* Written only by the owner, read by running members: plain on purpose. */
	uint64_t counter;
	unsigned int owner;
	/* What went wrong (atomic): assertions only work in the main thread. */
	uint32_t overlaps, ran_while_owned, not_held;
	uint64_t stops; /* atomic */
};

struct member {
	pthread_t thread;
	struct crowd *crowd;
	uint32_t core;
	uint32_t random;
};

static void crowd_kick(void *self)
{
	(void)self; /* members poll, as if the interrupt came at their next look */
}

static void crowd_relax(void *self)
{
	__atomic_fetch_add(&((struct crowd *)self)->clock, 1, __ATOMIC_RELAXED);
	sched_yield();
}

static uint64_t crowd_now(void *self)
{
	return __atomic_load_n(&((struct crowd *)self)->clock, __ATOMIC_RELAXED);
}

static const struct world_ops crowd_ops = {.kick = crowd_kick, .relax = crowd_relax, .now = crowd_now};

static uint32_t dice(struct member *member, uint32_t sides)
{
	member->random = member->random * 1664525 + 1013904223;
	return (member->random >> 16) % sides;
}

static void wrong(uint32_t *what)
{
	__atomic_fetch_add(what, 1, __ATOMIC_RELAXED);
}

/* The guest runs: nobody else may own the world while it does. */
static void run_guest(struct member *member)
{
	struct crowd *crowd = member->crowd;
	unsigned int i, turns = dice(member, 20);

	for (i = 0; i < turns; i++) {
		if (!crowd->lazy && crowd->owner != 0 && crowd->owner != member->core + 1)
			wrong(&crowd->ran_while_owned);
		if (dice(member, 4) == 0)
			sched_yield();
		if (!crowd->lazy || dice(member, 50) == 0)
			world_park(&crowd->world, member->core);
	}
}

static void own_the_world(struct member *member)
{
	struct crowd *crowd = member->crowd;
	struct world *world = &crowd->world;
	uint64_t before;
	uint32_t i;

	if (!world_stop(world, member->core))
		wrong(&crowd->overlaps);
	if (crowd->owner != 0)
		wrong(&crowd->overlaps);
	crowd->owner = member->core + 1;
	before = crowd->counter;
	for (i = 0; i < crowd->cores; i++) {
		uint8_t state = __atomic_load_n(&world->member[i], __ATOMIC_SEQ_CST);

		/* PARKED: it came back (or late) into a stop that is already on; it cannot leave. */
		if (i != member->core && state == WORLD_RUNNING)
			wrong(&crowd->not_held);
	}
	if (dice(member, 3) == 0) {
		/* Stops again inside, and runs its own guest meanwhile, exits and all. */
		if (world_stop(world, member->core))
			wrong(&crowd->overlaps);
		world_park(world, member->core);
		if (!world_owned(world, member->core) || world_is_wanted(world, member->core))
			wrong(&crowd->overlaps);
		sched_yield();
	}
	if (crowd->counter != before || crowd->owner != member->core + 1)
		wrong(&crowd->overlaps);
	crowd->counter = before + 1;
	crowd->owner = 0;
	__atomic_fetch_add(&crowd->stops, 1, __ATOMIC_RELAXED);
	world_release(world, member->core);
}

static void *member_main(void *argument)
{
	struct member *member = argument;
	struct crowd *crowd = member->crowd;
	unsigned int i;

	world_join(&crowd->world, member->core);
	for (i = 0; i < crowd->rounds; i++) {
		switch (dice(member, 8)) {
		case 0:
		case 1:
			own_the_world(member);
			break;
		case 2:
			world_leave(&crowd->world, member->core);
			if (dice(member, 2))
				sched_yield();
			world_join(&crowd->world, member->core);
			break;
		default:
			run_guest(member);
			break;
		}
	}
	world_leave(&crowd->world, member->core);
	return NULL;
}

static void run_crowd(unsigned int cores, unsigned int rounds, bool lazy, uint32_t seed)
{
	struct member members[CORES];
	struct crowd *crowd = calloc(1, sizeof(*crowd));
	unsigned int i;

	crowd->cores = cores;
	crowd->rounds = rounds;
	crowd->lazy = lazy;
	world_init(&crowd->world, &crowd_ops, crowd, lazy ? 3 : 1u << 30, 2);
	for (i = 0; i < cores; i++) {
		members[i] = (struct member){.crowd = crowd, .core = i, .random = seed + i};
		assert_int_equal(pthread_create(&members[i].thread, NULL, member_main, &members[i]), 0);
	}
	for (i = 0; i < cores; i++)
		pthread_join(members[i].thread, NULL);

	assert_int_equal(crowd->overlaps, 0);
	assert_int_equal(crowd->ran_while_owned, 0);
	if (!lazy)
		assert_int_equal(crowd->not_held, 0);
	assert_int_equal(crowd->counter, crowd->stops);
	assert_int_equal(crowd->world.next_ticket, crowd->stops);
	assert_int_equal(crowd->world.now_serving, crowd->stops);
	assert_int_equal(crowd->world.wanted, 0);
	assert_int_equal(crowd->world.owner, 0);
	for (i = 0; i < HD_MAX_CORES; i++)
		assert_int_equal(crowd->world.member[i], WORLD_ABSENT);
	free(crowd);
}

/* TEST_WORLD_ROUNDS makes a long run of it. */
static unsigned int rounds(void)
{
	const char *wanted = getenv("TEST_WORLD_ROUNDS");

	return wanted ? (unsigned int)strtoul(wanted, NULL, 10) : 400;
}

static void two_cores(void **state)
{
	(void)state;
	run_crowd(2, rounds() * 4, false, 1);
}

static void four_cores(void **state)
{
	(void)state;
	run_crowd(4, rounds() * 2, false, 2);
}

static void eight_cores(void **state)
{
	(void)state;
	run_crowd(8, rounds(), false, 3);
}

/* Members that come late or not at all: owners still exclude each other, and nothing hangs. */
static void late_members(void **state)
{
	(void)state;
	run_crowd(2, rounds() * 2, true, 4);
	run_crowd(4, rounds(), true, 5);
	run_crowd(8, rounds() / 2, true, 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(alone),
		cmocka_unit_test(a_core_that_does_not_come),
		cmocka_unit_test(absent_cores_are_not_waited_for),
		cmocka_unit_test(only_the_owner_releases),
		cmocka_unit_test(two_cores),
		cmocka_unit_test(four_cores),
		cmocka_unit_test(eight_cores),
		cmocka_unit_test(late_members),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
