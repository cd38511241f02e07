/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Finding the events that match an occurrence; private to the event table and
 * the pipeline.
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
#include "engine/mutant.h"

#define EVENT_NO_SLOT UINT32_MAX

/* Which restrictions an event has, as a set. */
enum event_restriction {
	EVENT_BY_PARAMETER = 1,
	EVENT_BY_PID = 2,
	EVENT_BY_CORE = 4,
	EVENT_RESTRICTIONS = 8
};

/* A lookup to make: which bits of the key count, for one set of restrictions of one kind. */
struct event_probe {
	uint64_t parameter, who; /* masks for key.parameter, and for pid and core as event_who() packs them */
	uint64_t salt;		 /* tells kinds and restrictions apart */
};

/* Kinds that watch addresses; each has a set of linear and one of physical ranges. */
enum { EVENT_RANGES_MONITOR, EVENT_RANGES_EPTHOOK, EVENT_RANGES_EPTHOOK2, EVENT_RANGE_KINDS };

struct event_range {
	uint64_t first, last;
	uint32_t slot;
	uint32_t reserved;
};

struct event_range_set {
	struct event_range *ranges; /* by first, equal ones by number */
	uint64_t *latest;	    /* [1] is the root; the maxima of `last`, leaves from [leaves] on */
	uint32_t count;
	uint32_t leaves; /* a power of two >= count */
};

struct event_kind_index {     /* 256 bytes, so that finding one's is a shift */
	uint32_t probe_count; /* how many of probe[] there are: one per set of restrictions in use */
	uint32_t has_ranges;  /* some event of a range kind (those have no probes) */
	struct event_probe probe[EVENT_RESTRICTIONS];
	uint32_t with_restrictions[EVENT_RESTRICTIONS]; /* how many events */
	uint32_t with_pid;
	/* Atomic: scripts enable and disable on any core. */
	uint32_t enabled, enabled_unrestricted;
} __attribute__((aligned(64)));

struct event_index {
	struct event *events;
	uint32_t *buckets;     /* slot of the first event of a chain; a chain is in the order of numbers */
	uint32_t bucket_shift; /* bucket = hash >> bucket_shift */
	uint32_t bucket_count;
	struct event_kind_index kinds[HD_EVENT_KINDS];
	struct event_range_set sets[EVENT_RANGE_KINDS][2]; /* [physical] */
	struct event_range *ranges;			   /* memory that the sets share */
	uint64_t *latest;
};

/* Is it one of the kinds kept as ranges? -1: no. */
static inline int event_ranges_of(enum hd_event_kind kind)
{
	switch (kind) {
	case HD_EVENT_MONITOR:
		return EVENT_RANGES_MONITOR;
	case HD_EVENT_EPTHOOK:
		return EVENT_RANGES_EPTHOOK;
	case HD_EVENT_EPTHOOK2:
		return EVENT_RANGES_EPTHOOK2;
	default:
		return -1;
	}
}

uint32_t event_index_buckets(uint32_t max_events);
/* The arrays are the caller's: buckets, ranges[max_events], latest[event_index_latest()]. */
size_t event_index_latest(uint32_t max_events);
void event_index_init(struct event_index *index, uint32_t max_events);

/* World stopped. Does not touch the counts of enabled events. */
void event_index_add(struct event_index *index, struct event *event);
void event_index_remove(struct event_index *index, struct event *event);
/* Behind any number of adds and removes of range events; `order` are the slots in the order of numbers. */
void event_index_rebuild_ranges(struct event_index *index, const uint32_t *order, uint32_t count);

/* Process and core as one number. */
static inline uint64_t event_who(uint32_t pid, uint32_t core)
{
	return (uint64_t)pid << 32 | core;
}

/*
 * Multiplying by odd constants carries every bit into the high ones, which
 * choose the bucket; nothing more is needed against inputs that are not hostile.
 */
static inline uint64_t event_hash(const struct event_probe *probe, uint64_t parameter, uint64_t who)
{
	uint64_t sum = (parameter & probe->parameter) + (who & probe->who) * 0xd6e8feb86659fd93;

	return (sum + probe->salt) * 0x9e3779b97f4a7c15;
}

/*
 * Whether event_index_match may find something. Nearly always it would not,
 * and then this much, inline, is the whole cost of an intercepted operation's matching.
 * If it may, *hash is for event_index_match.
 */
static inline bool event_index_may_match(const struct event_index *index, const struct event_key *key,
					 uint64_t *hash)
{
	const struct event_kind_index *kind = &index->kinds[key->kind];
	const struct event_probe *probe = kind->probe;
	uint32_t left = kind->probe_count;

	*hash = 0;
	if (event_ranges_of(key->kind) >= 0)
		return kind->has_ranges;
	for (; left; left--, probe++) {
		*hash = event_hash(probe, key->parameter, event_who(key->pid, key->core));
		if (index->buckets[*hash >> index->bucket_shift] != EVENT_NO_SLOT)
			return true;
	}
	return false;
}

/*
 * Whether the matched event still has its slot (else it is gone, and counts no more), and whether it may run: it has
 * its slot, is enabled and not cleared (S3).
 */
static inline bool event_index_matched(const struct event_ref *ref)
{
	return ref->event->number == ref->number;
}

static inline bool event_index_runnable(const struct event_ref *ref)
{
	if (!event_index_matched(ref))
		return false;
	if (__atomic_load_n(&ref->event->state, __ATOMIC_ACQUIRE) == EVENT_RUNNABLE)
		return true;
	if (MUTANT(S3_CLEARED_RUNS) && __atomic_load_n(&ref->event->cleared, __ATOMIC_ACQUIRE))
		return true;
	return MUTANT(S3_ENABLED_AT_MATCH) && !__atomic_load_n(&ref->event->cleared, __ATOMIC_ACQUIRE);
}

/* struct event_table begins with its index. */
static inline struct event_index *event_table_index(struct event_table *table)
{
	return (struct event_index *)table;
}

/* Behind an event_index_may_match of the same key that was true, with its hash. */
unsigned int event_index_match(struct event_index *index, const struct event_key *key, uint64_t hash,
			       struct event_ref *refs, unsigned int max);

#endif
