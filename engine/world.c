// SPDX-License-Identifier: GPL-2.0
/*
 * Stopping the world; engine/world.h has the states.
 *
 * Invariants, each kept by one rule:
 *
 *  - `wanted` counts the stops asked for and not yet released; it is raised
 *    before the ticket is drawn and lowered after the members are let go.
 *  - Only the owner changes other cores' states, and only PARKED -> HELD,
 *    RUNNING -> MISSING and back. There is one owner: the core whose ticket is
 *    now_serving. now_serving moves in world_release alone, by one, by the owner.
 *  - A core that waits for its turn is PARKED, so that the owner of the moment
 *    can hold it; when its turn comes the former owner has put it back to
 *    PARKED, because that happens before now_serving moves.
 *  - Whoever goes from PARKED to RUNNING or ABSENT does it by compare and
 *    exchange, and so cannot slip away from an owner that just took it.
 *
 * Sequentially consistent operations throughout: this is never hot.
 */
#include "engine/world.h"

#define LOAD(p)	    __atomic_load_n((p), __ATOMIC_SEQ_CST)
#define STORE(p, v) __atomic_store_n((p), (v), __ATOMIC_SEQ_CST)
#define ADD(p, v)   __atomic_fetch_add((p), (v), __ATOMIC_SEQ_CST)
#define SUB(p, v)   __atomic_fetch_sub((p), (v), __ATOMIC_SEQ_CST)

static bool change(struct world *world, uint32_t core, enum world_member from, enum world_member to)
{
	uint8_t expected = (uint8_t)from;

	return __atomic_compare_exchange_n(&world->member[core], &expected, (uint8_t)to, false,
					   __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
}

void world_init(struct world *world, const struct world_ops *ops, void *self, uint64_t patience,
		uint64_t rekick)
{
	memset(world, 0, sizeof(*world));
	world->ops = ops;
	world->self = self;
	world->patience = patience;
	world->rekick = rekick;
}

/* A member that came, in time or late; races with an owner that gives it up as missing, or takes that back.
 */
static void settle(struct world *world, uint32_t core)
{
	uint8_t state;

	do {
		if (change(world, core, WORLD_RUNNING, WORLD_PARKED) ||
		    change(world, core, WORLD_MISSING, WORLD_PARKED))
			return;
		state = LOAD(&world->member[core]);
	} while (state == WORLD_RUNNING || state == WORLD_MISSING);
}

/* PARKED (or HELD by an owner) until no stop is wanted, then `to`. */
static void unpark(struct world *world, uint32_t core, enum world_member to)
{
	for (;;) {
		if (!LOAD(&world->wanted) && change(world, core, WORLD_PARKED, to))
			return;
		world->ops->relax(world->self);
	}
}

void world_join(struct world *world, uint32_t core)
{
	if (LOAD(&world->member[core]) != WORLD_ABSENT)
		return;
	STORE(&world->member[core], WORLD_PARKED);
	unpark(world, core, WORLD_RUNNING);
}

void world_leave(struct world *world, uint32_t core)
{
	if (LOAD(&world->member[core]) == WORLD_ABSENT || world_owned(world, core))
		return;
	settle(world, core);
	unpark(world, core, WORLD_ABSENT);
}

bool world_owned(const struct world *world, uint32_t core)
{
	return LOAD(&world->owner) == core + 1;
}

bool world_is_wanted(const struct world *world, uint32_t core)
{
	return LOAD(&world->wanted) && !world_owned(world, core);
}

void world_park(struct world *world, uint32_t core)
{
	if (!world_is_wanted(world, core))
		return;
	settle(world, core);
	if (LOAD(&world->member[core]) != WORLD_ABSENT)
		unpark(world, core, WORLD_RUNNING);
}

/* The clock of one stop: all members share its patience. */
struct stop_clock {
	uint64_t began, kicked;
	bool has_kicked;
};

/* A member has not come yet: kicks it, waits a turn. false: the patience is over. */
static bool wait_for_member(struct world *world, struct stop_clock *clock)
{
	uint64_t now = world->ops->now(world->self);

	if (!clock->has_kicked || now - clock->kicked >= world->rekick) {
		world->ops->kick(world->self);
		clock->has_kicked = true;
		clock->kicked = now;
	}
	world->ops->relax(world->self);
	return now - clock->began <= world->patience;
}

static void hold(struct world *world, uint32_t core, struct stop_clock *clock)
{
	for (;;) {
		switch (LOAD(&world->member[core])) {
		case WORLD_RUNNING:
			if (wait_for_member(world, clock) ||
			    !change(world, core, WORLD_RUNNING, WORLD_MISSING))
				break;
			if (!world->missing++)
				world->first_missing = core;
			return;
		case WORLD_PARKED:
			if (change(world, core, WORLD_PARKED, WORLD_HELD))
				return;
			break;
		default: /* ABSENT: no member, and a stop is wanted, so it cannot become one now */
			return;
		}
	}
}

bool world_stop(struct world *world, uint32_t core)
{
	struct stop_clock clock = {0};
	uint32_t ticket, other;

	if (world_owned(world, core))
		return false;

	ADD(&world->wanted, 1);
	settle(world, core);
	ticket = ADD(&world->next_ticket, 1);
	while (LOAD(&world->now_serving) != ticket)
		world->ops->relax(world->self);

	/* The turn is ours, and with it all states but those of members that go on by themselves. */
	STORE(&world->owner, core + 1);
	change(world, core, WORLD_PARKED, WORLD_RUNNING);
	world->missing = 0;
	world->first_missing = 0;
	clock.began = world->ops->now(world->self);
	for (other = 0; other < HD_MAX_CORES; other++) {
		if (other != core)
			hold(world, other, &clock);
	}
	return true;
}

void world_release(struct world *world, uint32_t core)
{
	uint32_t other;

	if (!world_owned(world, core))
		return;
	for (other = 0; other < HD_MAX_CORES; other++) {
		/* What never came counts as running again, and the next stop waits for it anew. */
		if (other != core && !change(world, other, WORLD_HELD, WORLD_PARKED))
			change(world, other, WORLD_MISSING, WORLD_RUNNING);
	}
	STORE(&world->owner, 0);
	ADD(&world->now_serving, 1);
	SUB(&world->wanted, 1);
}
