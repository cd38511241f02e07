// SPDX-License-Identifier: GPL-2.0
/* Finding the events that match; engine/event_index.h has the idea. */
#include "engine/event_index.h"
#include "engine/mutant.h"

#define ONES(condition) ((uint64_t)0 - (uint64_t)!!(condition))

int event_ranges_of(enum hd_event_kind kind)
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

uint32_t event_index_buckets(uint32_t max_events)
{
	uint32_t buckets = 64;

	/* Four per event: a full table still finds three buckets in four empty. */
	while (buckets < max_events * 4)
		buckets *= 2;
	return buckets;
}

size_t event_index_latest(uint32_t max_events)
{
	/* Each set takes two nodes per leaf, and less than two leaves per event, or one. */
	return 4 * (size_t)max_events + 2 * EVENT_RANGE_KINDS * 2;
}

void event_index_init(struct event_index *index, uint32_t max_events)
{
	uint32_t i;

	index->bucket_count = event_index_buckets(max_events);
	index->bucket_shift = (uint32_t)__builtin_clzll(index->bucket_count) + 1;
	for (i = 0; i < index->bucket_count; i++)
		index->buckets[i] = EVENT_NO_SLOT;
	event_index_rebuild_ranges(index, NULL, 0);
}

/* Spreads over the high bits, which choose the bucket. */
static inline uint64_t hash_of(uint32_t kind, uint32_t mask, uint64_t parameter, uint32_t pid, uint32_t core)
{
	uint64_t hash = (parameter + (uint64_t)(kind * EVENT_MASKS + mask) * 0x9e3779b97f4a7c15) * 0xd6e8feb86659fd93;

	hash ^= ((uint64_t)pid << 32 | core) * 0xff51afd7ed558ccd;
	hash ^= hash >> 32;
	return hash * 0xc4ceb9fe1a85ec53;
}

static uint32_t mask_of(const struct hd_event_definition *definition)
{
	uint32_t mask = 0;

	if (definition->flags & HD_EVENT_HAS_PARAMETER)
		mask |= EVENT_BY_PARAMETER;
	if (definition->flags & HD_EVENT_HAS_PID && !MUTANT(S3_PID_IGNORED))
		mask |= EVENT_BY_PID;
	if (definition->flags & HD_EVENT_HAS_CORE && !MUTANT(S3_CORE_IGNORED))
		mask |= EVENT_BY_CORE;
	return mask;
}

void event_index_add(struct event_index *index, struct event *event)
{
	const struct hd_event_definition *definition = &event->definition;
	struct event_kind_index *kind = &index->kinds[definition->kind];
	uint32_t mask = mask_of(definition), *link;

	event->next_in_bucket = EVENT_NO_SLOT;
	kind->with_pid += !!(definition->flags & HD_EVENT_HAS_PID);
	kind->with_mask[mask]++;
	kind->masks |= 1u << mask;
	if (event_ranges_of(definition->kind) >= 0)
		return;

	event->hash = hash_of(definition->kind, mask, mask & EVENT_BY_PARAMETER ? definition->parameter[0] : 0,
			      mask & EVENT_BY_PID ? definition->pid : 0, mask & EVENT_BY_CORE ? definition->core : 0);
	/* At the end: numbers only grow, so the chain stays in their order. */
	link = &index->buckets[event->hash >> index->bucket_shift];
	while (*link != EVENT_NO_SLOT)
		link = &index->events[*link].next_in_bucket;
	*link = event->slot;
}

void event_index_remove(struct event_index *index, struct event *event)
{
	const struct hd_event_definition *definition = &event->definition;
	struct event_kind_index *kind = &index->kinds[definition->kind];
	uint32_t mask = mask_of(definition), *link;

	kind->with_pid -= !!(definition->flags & HD_EVENT_HAS_PID);
	if (!--kind->with_mask[mask])
		kind->masks &= ~(1u << mask);
	if (event_ranges_of(definition->kind) >= 0)
		return;

	link = &index->buckets[event->hash >> index->bucket_shift];
	while (*link != event->slot)
		link = &index->events[*link].next_in_bucket;
	*link = event->next_in_bucket;
}

/* Heap sort by first byte, then by number: no recursion, no memory. */
static bool range_before(const struct event_index *index, const struct event_range *a, const struct event_range *b)
{
	if (a->first != b->first)
		return a->first < b->first;
	return index->events[a->slot].number < index->events[b->slot].number;
}

static void sift_down(const struct event_index *index, struct event_range *ranges, uint32_t at, uint32_t count)
{
	struct event_range moved = ranges[at];
	uint32_t child;

	while ((child = 2 * at + 1) < count) {
		if (child + 1 < count && range_before(index, &ranges[child], &ranges[child + 1]))
			child++;
		if (!range_before(index, &moved, &ranges[child]))
			break;
		ranges[at] = ranges[child];
		at = child;
	}
	ranges[at] = moved;
}

static void sort_ranges(const struct event_index *index, struct event_range *ranges, uint32_t count)
{
	struct event_range last;
	uint32_t i;

	for (i = count / 2; i-- > 0;)
		sift_down(index, ranges, i, count);
	for (i = count; i-- > 1;) {
		last = ranges[i];
		ranges[i] = ranges[0];
		ranges[0] = last;
		sift_down(index, ranges, 0, i);
	}
}

static void build_maxima(struct event_range_set *set)
{
	uint32_t i;

	for (i = 0; i < set->leaves; i++)
		set->latest[set->leaves + i] = i < set->count ? set->ranges[i].last : 0;
	for (i = set->leaves; i-- > 1;) {
		uint64_t left = set->latest[2 * i], right = set->latest[2 * i + 1];

		set->latest[i] = left > right ? left : right;
	}
}

/* Gathers one set's events at `ranges` and `latest`. */
static void build_set(struct event_index *index, int which, bool physical, const uint32_t *order, uint32_t count,
		      struct event_range *ranges, uint64_t *latest)
{
	struct event_range_set *set = &index->sets[which][physical];
	uint32_t i;

	set->ranges = ranges;
	set->latest = latest;
	set->count = 0;
	for (i = 0; i < count; i++) {
		const struct event *event = &index->events[order[i]];
		const struct hd_event_definition *definition = &event->definition;

		if (event_ranges_of(definition->kind) != which || !!(definition->flags & HD_EVENT_PHYSICAL) != physical)
			continue;
		ranges[set->count++] = (struct event_range){
			.first = definition->parameter[0],
			.last = definition->parameter[1],
			.slot = event->slot,
		};
	}
	set->leaves = 1;
	while (set->leaves < set->count)
		set->leaves *= 2;
	sort_ranges(index, ranges, set->count);
	build_maxima(set);
}

void event_index_rebuild_ranges(struct event_index *index, const uint32_t *order, uint32_t count)
{
	struct event_range *ranges = index->ranges;
	uint64_t *latest = index->latest;
	int which, physical;

	for (which = 0; which < EVENT_RANGE_KINDS; which++) {
		for (physical = 0; physical < 2; physical++) {
			const struct event_range_set *set = &index->sets[which][physical];

			build_set(index, which, physical, order, count, ranges, latest);
			ranges += set->count;
			latest += 2 * (size_t)set->leaves;
		}
	}
}

static inline bool is_enabled(const struct event *event)
{
	return __atomic_load_n(&event->enabled, __ATOMIC_RELAXED);
}

/* One combination of restrictions that may have matching events. */
struct candidates {
	uint64_t hash;
	uint64_t parameter;
	uint32_t mask, pid, core;
	uint32_t slot; /* of the next one */
};

/* The first event from `slot` on in the chain that is enabled and has exactly these restrictions. */
static inline uint32_t next_match(const struct event_index *index, const struct candidates *c, uint32_t kind,
				  uint32_t slot)
{
	while (slot != EVENT_NO_SLOT) {
		const struct event *event = &index->events[slot];
		const struct hd_event_definition *definition = &event->definition;

		if (event->hash == c->hash && definition->kind == kind && mask_of(definition) == c->mask &&
		    (!(c->mask & EVENT_BY_PARAMETER) || definition->parameter[0] == c->parameter) &&
		    (!(c->mask & EVENT_BY_PID) || definition->pid == c->pid) &&
		    (!(c->mask & EVENT_BY_CORE) || definition->core == c->core) && is_enabled(event))
			break;
		slot = event->next_in_bucket;
	}
	return slot;
}

static inline void set_ref(struct event_ref *ref, const struct event *event, uint64_t context)
{
	ref->number = event->number;
	ref->context = context;
	ref->slot = event->slot;
	ref->wants_sc = 0; /* asked for when the event runs: one disabled before that asks for nothing */
}

/* Merges the chains by number: each of them is in order already. */
static unsigned int collect(const struct event_index *index, const struct event_key *key, struct candidates *chains,
			    unsigned int chain_count, struct event_ref *refs, unsigned int max)
{
	unsigned int found = 0, i, lowest;

	while (chain_count && found < max) {
		const struct event *event;

		lowest = 0;
		for (i = 1; i < chain_count; i++) {
			if (index->events[chains[i].slot].number < index->events[chains[lowest].slot].number)
				lowest = i;
		}
		event = &index->events[chains[lowest].slot];
		set_ref(&refs[found++], event, key->parameter);
		chains[lowest].slot = next_match(index, &chains[lowest], key->kind, event->next_in_bucket);
		if (chains[lowest].slot == EVENT_NO_SLOT)
			chains[lowest] = chains[--chain_count];
	}
	return found;
}

static unsigned int match_plain(const struct event_index *index, const struct event_key *key, struct event_ref *refs,
				unsigned int max)
{
	struct candidates chains[EVENT_MASKS];
	unsigned int chain_count = 0;
	uint32_t masks = index->kinds[key->kind].masks;

	for (; masks; masks &= masks - 1) {
		uint32_t mask = (uint32_t)__builtin_ctz(masks), slot;
		uint64_t hash = hash_of(key->kind, mask, key->parameter & ONES(mask & EVENT_BY_PARAMETER),
					key->pid & (uint32_t)ONES(mask & EVENT_BY_PID),
					key->core & (uint32_t)ONES(mask & EVENT_BY_CORE));

		slot = index->buckets[hash >> index->bucket_shift];
		if (__builtin_expect(slot == EVENT_NO_SLOT, 1))
			continue;
		chains[chain_count] = (struct candidates){
			.hash = hash, .parameter = key->parameter, .mask = mask, .pid = key->pid, .core = key->core,
		};
		chains[chain_count].slot = next_match(index, &chains[chain_count], key->kind, slot);
		chain_count += chains[chain_count].slot != EVENT_NO_SLOT;
	}
	if (!chain_count)
		return 0;
	return collect(index, key, chains, chain_count, refs, max);
}

/* Keeps refs in the order of numbers; an event that is there already keeps the $context of its first access. */
static unsigned int insert_ref(struct event_ref *refs, unsigned int found, unsigned int max, const struct event *event,
			       uint64_t context)
{
	unsigned int at = found;

	while (at && refs[at - 1].number > event->number)
		at--;
	if (found == max || (at && refs[at - 1].number == event->number))
		return found;
	memmove(&refs[at + 1], &refs[at], (found - at) * sizeof(*refs));
	set_ref(&refs[at], event, context);
	return found + 1;
}

static bool range_event_matches(const struct event *event, const struct event_key *key,
				const struct event_access *access)
{
	const struct hd_event_definition *definition = &event->definition;
	uint32_t mask = mask_of(definition);

	return is_enabled(event) && definition->access & access->access &&
	       (!(mask & EVENT_BY_PID) || definition->pid == key->pid) &&
	       (!(mask & EVENT_BY_CORE) || definition->core == key->core) &&
	       (!definition->cr3 || definition->cr3 == key->cr3);
}

/*
 * All of the set that overlap one access. The walk goes from left to right
 * through the tree without a stack: down to the left while a subtree reaches
 * far enough, else up until a right sibling remains.
 */
static unsigned int match_access(const struct event_index *index, const struct event_range_set *set,
				 const struct event_key *key, const struct event_access *access, struct event_ref *refs,
				 unsigned int found, unsigned int max)
{
	uint32_t node = 1;

	while (node) {
		if (set->latest[node] >= access->first) {
			const struct event_range *range;
			const struct event *event;

			if (node < set->leaves) {
				node *= 2;
				continue;
			}
			/* Sorted by first byte: from here on all begin behind the access. */
			if (node - set->leaves >= set->count)
				break;
			range = &set->ranges[node - set->leaves];
			if (range->first > access->last)
				break;
			event = &index->events[range->slot];
			if (range_event_matches(event, key, access))
				found = insert_ref(refs, found, max, event,
						   range->first > access->first ? range->first : access->first);
		}
		while (node & 1)
			node /= 2;
		if (node)
			node++;
	}
	return found;
}

unsigned int event_index_match(struct event_index *index, const struct event_key *key, struct event_ref *refs,
			       unsigned int max)
{
	int which = event_ranges_of(key->kind);
	unsigned int found = 0, i;

	if (which < 0)
		return match_plain(index, key, refs, max);
	for (i = 0; i < key->access_count; i++) {
		const struct event_access *access = &key->accesses[i];
		const struct event_range_set *set = &index->sets[which][!!access->physical];

		if (set->count)
			found = match_access(index, set, key, access, refs, found, max);
	}
	return found;
}
