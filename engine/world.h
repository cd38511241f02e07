/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Stopping the world: one core at a time holds all others in host mode.
 *
 * A ticket decides who owns the stop; every other member is either parked
 * (it came for the kick) or waits for its own ticket. A member's state goes
 *
 *	RUNNING -> PARKED     by the member itself, when it touches nothing shared
 *	PARKED  -> HELD       by the owner, who may rely on it from then on
 *	HELD    -> PARKED     by the owner, at the release
 *	PARKED  -> RUNNING    by the member itself, when no stop is wanted
 *
 * so that no member can slip away between two stops: a step of one side is
 * always a compare-and-exchange against the other's. The owner may run its
 * guest while it holds the others (single step): owning outlasts exits, and
 * stopping twice is stopping once.
 */
#ifndef ENGINE_WORLD_H
#define ENGINE_WORLD_H

#include <hyperdbg/types.h>

enum world_member { WORLD_ABSENT, WORLD_RUNNING, WORLD_PARKED, WORLD_HELD, WORLD_MISSING };

struct world_ops {
	/* Makes every other member leave its guest soon (NMI). May be called again and again. */
	void (*kick)(void *self);
	/* One turn of a waiting loop. */
	void (*relax)(void *self);
	/* A monotonic clock and how much of it the owner waits for a member before it is missing. */
	uint64_t (*now)(void *self);
};

struct world {
	const struct world_ops *ops;
	void *self;
	uint64_t patience; /* in units of ops->now: until a core counts as missing */
	uint64_t rekick; /* likewise: until it is kicked again */
	uint32_t next_ticket, now_serving;
	uint32_t owner; /* core + 1; 0: nobody */
	uint32_t wanted; /* a stop is wanted or on */
	uint32_t missing; /* members that did not come to this stop */
	uint32_t first_missing; /* the lowest such core */
	uint8_t member[HD_MAX_CORES]; /* enum world_member, atomic */
};

void world_init(struct world *world, const struct world_ops *ops, void *self, uint64_t patience, uint64_t rekick);
/* A core enters (its guest is about to start) or leaves (its guest ends); not while it owns the stop. */
void world_join(struct world *world, uint32_t core);
void world_leave(struct world *world, uint32_t core);
/* Owns the world on return. true: this call got it (release it); false: it was owned already. */
bool world_stop(struct world *world, uint32_t core);
void world_release(struct world *world, uint32_t core);
bool world_owned(const struct world *world, uint32_t core);
/* A kicked core: stays while a stop is wanted. Returns at once if none is, or if this core owns it. */
void world_park(struct world *world, uint32_t core);
/* Whether world_park would stay: for loops in host mode that hold nothing. */
bool world_is_wanted(const struct world *world, uint32_t core);

#endif
