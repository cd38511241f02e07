// SPDX-License-Identifier: GPL-2.0
/* Finding the events that match; engine/event_index.h has the idea. */
#include "engine/event_index.h"
#include "engine/mutant.h"

#define ONES(condition) ((uint64_t)0 - (uint64_t) !!(condition))

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

static uint32_t restrictions_of(const struct hd_event_definition *definition)
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

static void set_probe(struct event_probe *probe, uint32_t kind, uint32_t restrictions)
{
	probe->parameter = ONES(restrictions & EVENT_BY_PARAMETER);
	probe->who = event_who((uint32_t)ONES(restrictions & EVENT_BY_PID),
			       (uint32_t)ONES(restrictions & EVENT_BY_CORE));
	probe->salt = (uint64_t)(kind * EVENT_RESTRICTIONS + restrictions) << 48;
}

/* The probes of a kind from its counts. */
static void set_probes(struct event_index *index, uint32_t which)
{
	struct event_kind_index *kind = &index->kinds[which];
	uint32_t i;

	kind->probe_count = 0;
	kind->has_ranges = 0;
	for (i = 0; i < EVENT_RESTRICTIONS; i++) {
		if (!kind->with_restrictions[i])
			continue;
		if (event_ranges_of(which) >= 0)
			kind->has_ranges = 1;
		else
			set_probe(&kind->probe[kind->probe_count++], which, i);
	}
}

/* Where the chain begins that the event is in, or belongs in. */
static uint32_t *bucket_of(struct event_index *index, struct event *event)
{
	const struct hd_event_definition *definition = &event->definition;
	struct event_probe probe;

	set_probe(&probe, definition->kind, event->restrictions);
	event->salt = probe.salt;
	event->who = event_who(definition->pid, definition->core) & probe.who;
	event->hash =
		event_hash(&probe, definition->parameter[0], event_who(definition->pid, definition->core));
	return &index->buckets[event->hash >> index->bucket_shift];
}

void event_index_add(struct event_index *index, struct event *event)
{
	const struct hd_event_definition *definition = &event->definition;
	struct event_kind_index *kind = &index->kinds[definition->kind];
	uint32_t *link;

	event->restrictions = restrictions_of(definition);
	event->next_in_bucket = EVENT_NO_SLOT;
	kind->with_pid += !!(definition->flags & HD_EVENT_HAS_PID);
	kind->with_restrictions[event->restrictions]++;
	set_probes(index, definition->kind);
	if (event_ranges_of(definition->kind) >= 0)
		return;

	/* At the end: numbers only grow, so the chain stays in their order. */
	link = bucket_of(index, event);
	while (*link != EVENT_NO_SLOT)
		link = &index->events[*link].next_in_bucket;
	*link = event->slot;
}

void event_index_remove(struct event_index *index, struct event *event)
{
	const struct hd_event_definition *definition = &event->definition;
	struct event_kind_index *kind = &index->kinds[definition->kind];
	uint32_t *link;

	kind->with_pid -= !!(definition->flags & HD_EVENT_HAS_PID);
	kind->with_restrictions[event->restrictions]--;
	set_probes(index, definition->kind);
	if (event_ranges_of(definition->kind) >= 0)
		return;

	link = bucket_of(index, event);
	while (*link != event->slot)
		link = &index->events[*link].next_in_bucket;
	*link = event->next_in_bucket;
}

/* Heap sort by first byte, then by number: no recursion, no memory. */
static bool range_before(const struct event_index *index, const struct event_range *a,
			 const struct event_range *b)
{
	if (a->first != b->first)
		return a->first < b->first;
	return index->events[a->slot].number < index->events[b->slot].number;
}

static void sift_down(const struct event_index *index, struct event_range *ranges, uint32_t at,
		      uint32_t count)
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
static void build_set(struct event_index *index, int which, bool physical, const uint32_t *order,
		      uint32_t count, struct event_range *ranges, uint64_t *latest)
{
	struct event_range_set *set = &index->sets[which][physical];
	uint32_t i;

	set->ranges = ranges;
	set->latest = latest;
	set->count = 0;
	for (i = 0; i < count; i++) {
		const struct event *event = &index->events[order[i]];
		const struct hd_event_definition *definition = &event->definition;

		if (event_ranges_of(definition->kind) != which ||
		    !!(definition->flags & HD_EVENT_PHYSICAL) != physical)
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

static inline void set_ref(struct event_ref *ref, struct event *event, uint64_t context)
{
	ref->number = event->number;
	ref->context = context;
	ref->event = event;
	ref->wants_sc = 0; /* asked for when the event runs: one disabled before that asks for nothing */
}

/* The events of one probe that match. */
struct chain {
	const struct event_probe *probe;
	uint64_t hash;
	struct event *next;
};

/* Whether an event of the bucket is enabled and is what the probe looks for; `who` is the key's. */
static inline bool is_match(const struct event *event, const struct event_probe *probe, uint64_t hash,
			    uint64_t who)
{
	/* The hash can be undone, so it stands for the sum; a sum of three can be met in more than one way,
	 * so two of them (kind and restrictions, process and core) are compared, and then so is the third. */
	return event->hash == hash && event->salt == probe->salt && event->who == (who & probe->who) &&
	       is_enabled(event);
}

/* The first match from `slot` on; NULL if there is none. */
static inline struct event *next_match(const struct event_index *index, const struct event_key *key,
				       const struct event_probe *probe, uint64_t hash, uint32_t slot)
{
	uint64_t who = event_who(key->pid, key->core);

	for (; slot != EVENT_NO_SLOT; slot = index->events[slot].next_in_bucket) {
		if (is_match(&index->events[slot], probe, hash, who))
			return &index->events[slot];
	}
	return NULL;
}

/* One probe's events: already in order. */
static inline unsigned int follow(const struct event_index *index, const struct event_key *key,
				  const struct event_probe *probe, uint64_t hash, struct event_ref *refs,
				  unsigned int max)
{
	uint32_t slot = index->buckets[hash >> index->bucket_shift];
	uint64_t who = event_who(key->pid, key->core);
	unsigned int found = 0;

	while (slot != EVENT_NO_SLOT) {
		struct event *event = &index->events[slot];

		if (is_match(event, probe, hash, who)) {
			if (found == max)
				break;
			set_ref(&refs[found++], event, key->parameter);
		}
		slot = event->next_in_bucket;
	}
	return found;
}

/* Merges the chains by number: each of them is in order already. */
static unsigned int merge(const struct event_index *index, const struct event_key *key, struct chain *chains,
			  unsigned int chain_count, struct event_ref *refs, unsigned int max)
{
	unsigned int found = 0, i;

	while (chain_count && found < max) {
		struct chain *lowest = chains;

		for (i = 1; i < chain_count; i++) {
			if (chains[i].next->number < lowest->next->number)
				lowest = &chains[i];
		}
		set_ref(&refs[found++], lowest->next, key->parameter);
		lowest->next =
			next_match(index, key, lowest->probe, lowest->hash, lowest->next->next_in_bucket);
		if (!lowest->next)
			*lowest = chains[--chain_count];
	}
	return found;
}

static __attribute__((__noinline__)) unsigned int match_merged(const struct event_index *index,
							       const struct event_key *key,
							       struct event_ref *refs, unsigned int max)
{
	const struct event_kind_index *kind = &index->kinds[key->kind];
	struct chain chains[EVENT_RESTRICTIONS];
	unsigned int chain_count = 0, i;

	for (i = 0; i < kind->probe_count; i++) {
		const struct event_probe *probe = &kind->probe[i];
		uint64_t hash = event_hash(probe, key->parameter, event_who(key->pid, key->core));
		struct event *event =
			next_match(index, key, probe, hash, index->buckets[hash >> index->bucket_shift]);

		if (event)
			chains[chain_count++] = (struct chain){probe, hash, event};
	}
	return merge(index, key, chains, chain_count, refs, max);
}

/* Keeps refs in the order of numbers; an event that is there already keeps the $context of its first access.
 */
static unsigned int insert_ref(struct event_ref *refs, unsigned int found, unsigned int max,
			       struct event *event, uint64_t context)
{
	unsigned int at = found;

	while (at && refs[at - 1].number > event->number)
		at--;
	if (found == max || (at && refs[at - 1].number == event->number))
		return found;
	if (__builtin_expect(at < found, 0))
		memmove(&refs[at + 1], &refs[at], (found - at) * sizeof(*refs));
	set_ref(&refs[at], event, context);
	return found + 1;
}

static bool range_event_matches(const struct event *event, const struct event_key *key,
				const struct event_access *access)
{
	const struct hd_event_definition *definition = &event->definition;
	uint32_t restrictions = event->restrictions;

	return is_enabled(event) && definition->access & access->access &&
	       (!(restrictions & EVENT_BY_PID) || definition->pid == key->pid) &&
	       (!(restrictions & EVENT_BY_CORE) || definition->core == key->core) &&
	       (!definition->cr3 || definition->cr3 == key->cr3);
}

/*
 * All of the set that overlap one access. The walk goes from left to right
 * through the tree without a stack: down to the left while a subtree reaches
 * far enough, else up until a right sibling remains.
 */
static unsigned int match_access(const struct event_index *index, const struct event_range_set *set,
				 const struct event_key *key, const struct event_access *access,
				 struct event_ref *refs, unsigned int found, unsigned int max)
{
	uint32_t node = 1;

	while (node) {
		if (set->latest[node] >= access->first) {
			const struct event_range *range;
			struct event *event;

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
						   range->first > access->first ? range->first
										: access->first);
		}
		while (node & 1)
			node /= 2;
		if (node)
			node++;
	}
	return found;
}

static __attribute__((__noinline__)) unsigned int match_ranges(const struct event_index *index,
							       const struct event_key *key,
							       struct event_ref *refs, unsigned int max)
{
	const struct event_range_set *sets = index->sets[event_ranges_of(key->kind)];
	unsigned int found = 0, i;

	for (i = 0; i < key->access_count; i++) {
		const struct event_access *access = &key->accesses[i];
		const struct event_range_set *set = &sets[!!access->physical];

		if (set->count)
			found = match_access(index, set, key, access, refs, found, max);
	}
	return found;
}

unsigned int event_index_match(struct event_index *index, const struct event_key *key, uint64_t hash,
			       struct event_ref *refs, unsigned int max)
{
	const struct event_kind_index *kind = &index->kinds[key->kind];

	if (event_ranges_of(key->kind) >= 0)
		return match_ranges(index, key, refs, max);
	/* The usual case, without the bookkeeping of a merge. */
	if (kind->probe_count == 1)
		return follow(index, key, kind->probe, hash, refs, max);
	return match_merged(index, key, refs, max);
}
