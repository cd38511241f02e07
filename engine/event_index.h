/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Finding the events that match an occurrence; private to the event table.
 *
 * Plain kinds (parameter, pid, core: each restricted or not) are looked up by
 * hash, once for each combination of restrictions in use, so an event that
 * does not match costs nothing. Range kinds are kept sorted by first byte, with
 * a tree of maxima of their last bytes above: an overlap search takes
 * logarithmic time and what it finds.
 */
#ifndef ENGINE_EVENT_INDEX_H
#define ENGINE_EVENT_INDEX_H

#include "engine/event_table.h"

#define EVENT_NO_SLOT UINT32_MAX

/* Which restrictions an event has; the combination is the "mask" of its hash bucket. */
enum event_restriction { EVENT_BY_PARAMETER = 1, EVENT_BY_PID = 2, EVENT_BY_CORE = 4, EVENT_MASKS = 8 };

/* Kinds that watch addresses; each has a set of linear and one of physical ranges. */
enum { EVENT_RANGES_MONITOR, EVENT_RANGES_EPTHOOK, EVENT_RANGES_EPTHOOK2, EVENT_RANGE_KINDS };

struct event_range {
	uint64_t first, last;
	uint32_t slot;
	uint32_t reserved;
};

struct event_range_set {
	struct event_range *ranges; /* by first, equal ones by number */
	uint64_t *latest; /* [1] is the root; the maxima of `last`, leaves from [leaves] on */
	uint32_t count;
	uint32_t leaves; /* a power of two >= count */
};

struct event_kind_index {
	uint32_t masks; /* bit m: some indexed event has the restrictions m */
	uint32_t with_mask[EVENT_MASKS]; /* how many */
	uint32_t with_pid;
	/* Atomic: scripts enable and disable on any core. */
	uint32_t enabled, enabled_unrestricted;
};

struct event_index {
	struct event *events;
	uint32_t *buckets; /* slot of the first event of a chain; a chain is in the order of numbers */
	uint32_t bucket_shift; /* bucket = hash >> bucket_shift */
	uint32_t bucket_count;
	struct event_kind_index kinds[HD_EVENT_KINDS];
	struct event_range_set sets[EVENT_RANGE_KINDS][2]; /* [physical] */
	struct event_range *ranges; /* memory that the sets share */
	uint64_t *latest;
};

/* Is it one of the kinds kept as ranges? -1: no. */
int event_ranges_of(enum hd_event_kind kind);

uint32_t event_index_buckets(uint32_t max_events);
/* The arrays are the caller's: buckets, ranges[max_events], latest[event_index_latest()]. */
size_t event_index_latest(uint32_t max_events);
void event_index_init(struct event_index *index, uint32_t max_events);

/* World stopped. Does not touch the counts of enabled events. */
void event_index_add(struct event_index *index, struct event *event);
void event_index_remove(struct event_index *index, struct event *event);
/* Behind any number of adds and removes of range events; `order` are the slots in the order of numbers. */
void event_index_rebuild_ranges(struct event_index *index, const uint32_t *order, uint32_t count);

unsigned int event_index_match(struct event_index *index, const struct event_key *key, struct event_ref *refs,
			       unsigned int max);

#endif
