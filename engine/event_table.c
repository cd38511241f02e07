// SPDX-License-Identifier: GPL-2.0
/* The event table; engine/event_table.h has the contract, engine/event_index.c the matching. */
#include "engine/event_table.h"
#include "engine/event_index.h"
#include "engine/mutant.h"
#include "engine/pipeline.h"
#include "engine/pool.h"

/* Names of `.globals` that all scripts of one load can have. */
#define GLOBAL_NAMES 512

#define VECTOR_NMI 2
#define VECTOR_DF  8
#define VECTOR_MC  18

#define KNOWN_FLAGS                                                                                          \
	(HD_EVENT_HAS_PARAMETER | HD_EVENT_HAS_PID | HD_EVENT_HAS_CORE | HD_EVENT_SC | HD_EVENT_IMMEDIATE |  \
	 HD_EVENT_PHYSICAL | HD_EVENT_STAGE_GIVEN | HD_EVENT_SC_GIVEN)

struct event_table {
	struct event_index index; /* first: event_table_index() */
	uint64_t generation;	  /* atomic */
	uint64_t next_number;
	uint32_t max_events;
	uint32_t count;	      /* slots in use, cleared ones that wait included */
	uint32_t *order;      /* [count] slots in the order of their events' numbers */
	struct event *events; /* [max_events] */
	struct pool pool;
	struct script_globals globals, occurrences;
	struct script_name global_names[GLOBAL_NAMES], occurrence_names[OCCURRENCE_VARIABLES];
	uint64_t global_cells[GLOBAL_NAMES];
};

/* Where the parts lie behind the table itself; all sizes are multiples of 64. */
struct layout {
	size_t events, order, buckets, ranges, latest, pool, total;
};

static size_t rounded(size_t size)
{
	return (size + 63) & ~(size_t)63;
}

static struct layout layout_of(uint32_t max_events, size_t pool_size)
{
	struct layout layout;

	layout.events = rounded(sizeof(struct event_table));
	layout.order = layout.events + rounded(max_events * sizeof(struct event));
	layout.buckets = layout.order + rounded(max_events * sizeof(uint32_t));
	layout.ranges = layout.buckets + rounded(event_index_buckets(max_events) * sizeof(uint32_t));
	layout.latest = layout.ranges + rounded(max_events * sizeof(struct event_range));
	layout.pool = layout.latest + rounded(event_index_latest(max_events) * sizeof(uint64_t));
	layout.total = layout.pool + rounded(pool_size);
	return layout;
}

size_t event_table_size(uint32_t max_events, size_t pool_size)
{
	return layout_of(max_events, pool_size).total;
}

struct event_table *event_table_init(void *memory, uint32_t max_events, size_t pool_size)
{
	struct layout layout = layout_of(max_events, pool_size);
	struct event_table *table = memory;
	uint8_t *bytes = memory;
	uint32_t i;

	table->max_events = max_events;
	table->events = (struct event *)(bytes + layout.events);
	table->order = (uint32_t *)(bytes + layout.order);
	table->index.events = table->events;
	table->index.buckets = (uint32_t *)(bytes + layout.buckets);
	table->index.ranges = (struct event_range *)(bytes + layout.ranges);
	table->index.latest = (uint64_t *)(bytes + layout.latest);
	event_index_init(&table->index, max_events);
	pool_init(&table->pool, bytes + layout.pool, pool_size);
	for (i = 0; i < max_events; i++) {
		table->events[i].number = EVENT_NO_NUMBER;
		table->events[i].slot = i;
	}
	table->globals.names = table->global_names;
	table->globals.cells = table->global_cells;
	table->globals.capacity = GLOBAL_NAMES;
	/* The cells of `#names` are each occurrence's own. */
	table->occurrences.names = table->occurrence_names;
	table->occurrences.capacity = OCCURRENCE_VARIABLES;
	return table;
}

/*
 * What is enabled. One word per event is the truth; the counts per kind follow
 * whoever flips it, so that event_any is one load.
 */

static void count_enabled(struct event_table *table, const struct event *event, uint32_t difference)
{
	struct event_kind_index *kind = &table->index.kinds[event->definition.kind];

	__atomic_fetch_add(&kind->enabled, difference, __ATOMIC_SEQ_CST);
	if (!(event->definition.flags & HD_EVENT_HAS_PARAMETER))
		__atomic_fetch_add(&kind->enabled_unrestricted, difference, __ATOMIC_SEQ_CST);
	__atomic_fetch_add(&table->generation, 1, __ATOMIC_SEQ_CST);
}

static void set_enabled(struct event_table *table, struct event *event, uint32_t on)
{
	uint32_t was = __atomic_exchange_n(&event->enabled, on, __ATOMIC_SEQ_CST);

	if (was != on)
		count_enabled(table, event, on - was);
}

static bool is_cleared(const struct event *event)
{
	return __atomic_load_n(&event->cleared, __ATOMIC_SEQ_CST);
}

/* Any core. An enable that meets a clear on another core takes itself back: cleared is final. */
static int change_event(struct event_table *table, struct event *event, uint32_t change)
{
	switch (change) {
	case HD_CHANGE_ENABLE:
		if (!is_cleared(event))
			set_enabled(table, event, 1);
		if (!is_cleared(event))
			return 0;
		set_enabled(table, event, 0);
		return -HD_E_NO_EVENT;
	case HD_CHANGE_DISABLE:
		if (is_cleared(event))
			return -HD_E_NO_EVENT;
		set_enabled(table, event, 0);
		return 0;
	case HD_CHANGE_CLEAR:
		if (__atomic_exchange_n(&event->cleared, 1, __ATOMIC_SEQ_CST))
			return -HD_E_NO_EVENT;
		set_enabled(table, event, 0);
		return 0;
	default:
		return -HD_E_INVALID;
	}
}

/* Definitions. */

bool event_allows_sc(enum hd_event_kind kind, uint64_t parameter)
{
	if (!hd_event_kinds[kind].has_sc)
		return false;
	if (MUTANT(S6_DOUBLE_FAULT))
		return true;
	return kind != HD_EVENT_EXCEPTION || (parameter != VECTOR_DF && parameter != VECTOR_MC);
}

/* Stage and short-circuit: S1, S6, S7, S11. Fills in what was not given. */
static int check_stage(struct hd_event_definition *definition, const struct hd_event_kind_info *info)
{
	bool sc = definition->flags & HD_EVENT_SC;

	if (!info->has_stages && definition->flags & HD_EVENT_STAGE_GIVEN && !MUTANT(S11_HOOK_TAKES_STAGE))
		return -HD_E_NO_STAGES;
	if (!info->has_sc && definition->flags & (HD_EVENT_SC | HD_EVENT_SC_GIVEN) &&
	    !MUTANT(S11_HOOK_TAKES_SC))
		return -HD_E_NO_SHORT_CIRCUIT;
	if (!definition->stage || !info->has_stages)
		definition->stage = MUTANT(S1_DEFAULT_POST) ? HD_STAGE_POST : HD_STAGE_PRE;
	if (definition->stage & ~HD_STAGE_ALL && !MUTANT(S1_ANY_STAGE))
		return -HD_E_BAD_STAGE;
	if (sc && definition->stage != HD_STAGE_PRE && !MUTANT(S7_SC_WITH_POST))
		return -HD_E_SC_IN_POST;
	if (sc && definition->flags & HD_EVENT_HAS_PARAMETER &&
	    !event_allows_sc(definition->kind, definition->parameter[0]) && info->has_sc)
		return -HD_E_NO_SHORT_CIRCUIT;
	return 0;
}

static int check_parameter(struct hd_event_definition *definition, const struct hd_event_kind_info *info,
			   uint64_t *detail)
{
	bool given = definition->flags & HD_EVENT_HAS_PARAMETER;
	bool is_vector = definition->kind == HD_EVENT_EXCEPTION || definition->kind == HD_EVENT_INTERRUPT;

	if ((info->needs_parameter && !given) || (!info->has_parameter && given))
		return -HD_E_INVALID;
	if (!given)
		return 0;

	*detail = definition->parameter[0];
	if (is_vector && definition->parameter[0] == VECTOR_NMI)
		return -HD_E_NMI_VECTOR;
	if (definition->parameter[0] > info->parameter_max)
		return is_vector ? -HD_E_BAD_VECTOR : -HD_E_BAD_VALUE;
	if (info->is_range) {
		*detail = definition->parameter[1];
		if (definition->parameter[1] < definition->parameter[0])
			return -HD_E_BAD_RANGE;
		if (!definition->access ||
		    definition->access & ~(HD_ACCESS_READ | HD_ACCESS_WRITE | HD_ACCESS_EXECUTE))
			return -HD_E_INVALID;
	} else if (event_ranges_of(definition->kind) >= 0) {
		/* A hook watches one instruction's first byte. */
		definition->parameter[1] = definition->parameter[0];
		definition->access = HD_ACCESS_EXECUTE;
	}
	return 0;
}

static int check_definition(struct hd_event_definition *definition, uint64_t *detail)
{
	const struct hd_event_kind_info *info;
	int error;

	if (definition->kind >= HD_EVENT_KINDS)
		return -HD_E_BAD_EVENT;
	info = &hd_event_kinds[definition->kind];
	if (definition->flags & ~(uint32_t)KNOWN_FLAGS)
		return -HD_E_INVALID;
	/* First what is wrong for ever, then what is not there yet. */
	error = check_stage(definition, info);
	if (error)
		return error;
	if (!info->available)
		return -HD_E_NOT_YET;
	if (definition->flags & HD_EVENT_HAS_CORE && definition->core >= HD_MAX_CORES) {
		*detail = definition->core;
		return -HD_E_BAD_CORE;
	}
	return check_parameter(definition, info, detail);
}

int event_prepare_program(struct event_table *table, void *program, size_t size, struct script_facts *facts,
			  uint64_t *detail)
{
	int error = script_check(program, size, facts, detail);

	if (error)
		return error;
	*detail = GLOBAL_NAMES;
	return script_resolve(program, &table->globals, &table->occurrences);
}

/* Copies the program, then checks the copy. */
static int take_program(struct event_table *table, struct event *event, const void *program,
			bool local_client, uint64_t *detail)
{
	uint32_t size = event->definition.program_size;
	void *copy;
	int error;

	event->program = NULL;
	memset(&event->facts, 0, sizeof(event->facts));
	if (!size)
		return local_client && !MUTANT(S9_BREAK_IN_VMI) ? -HD_E_BREAK_IN_VMI : 0;
	*detail = size;
	if (size > HD_PROGRAM_MAX_BYTES)
		return -HD_E_TOO_LARGE;
	copy = pool_take(&table->pool, size);
	if (!copy)
		return -HD_E_NO_POOL_MEMORY;
	memcpy(copy, program, size);
	error = event_prepare_program(table, copy, size, &event->facts, detail);
	if (!error && local_client && event->facts.uses_pause && !MUTANT(S9_PAUSE_IN_VMI))
		error = -HD_E_PAUSE_IN_VMI;
	if (error)
		pool_give(&table->pool, copy);
	else
		event->program = copy;
	return error;
}

static void free_slot(struct event_table *table, struct event *event)
{
	pool_give(&table->pool, (void *)(uintptr_t)event->program);
	pool_give(&table->pool, event->buffer);
	event->program = NULL;
	event->buffer = NULL;
	event->number = EVENT_NO_NUMBER;
}

static struct event *free_event(struct event_table *table)
{
	uint32_t i;

	for (i = 0; i < table->max_events; i++) {
		if (table->events[i].number == EVENT_NO_NUMBER)
			return &table->events[i];
	}
	return NULL;
}

int event_define(struct event_table *table, const struct hd_event_definition *definition, const void *program,
		 uint32_t client, bool local_client, uint64_t *number, uint64_t *detail)
{
	struct hd_event_definition checked = *definition;
	struct event *event;
	int error;

	*detail = 0;
	error = check_definition(&checked, detail);
	if (error)
		return error;
	event = free_event(table);
	if (!event) {
		*detail = table->count;
		return -HD_E_NO_EVENT_SLOT;
	}

	event->definition = checked;
	event->client = client;
	event->buffer = NULL;
	event->cleared = 0;
	event->enabled = 0;
	event->completed = event->short_circuited = event->failed = 0;
	error = take_program(table, event, program, local_client, detail);
	if (!error && checked.buffer_size) {
		event->buffer = pool_take(&table->pool, checked.buffer_size);
		if (!event->buffer)
			error = -HD_E_NO_POOL_MEMORY;
	}
	if (error) {
		free_slot(table, event);
		return error;
	}

	event->number = table->next_number++;
	table->order[table->count++] = event->slot;
	event_index_add(&table->index, event);
	if (event_ranges_of(checked.kind) >= 0)
		event_index_rebuild_ranges(&table->index, table->order, table->count);
	set_enabled(table, event, 1);
	*number = event->number;
	return 0;
}

/* Changes. */

int event_change(struct event_table *table, uint64_t number, uint32_t change, uint32_t client)
{
	struct event *event;
	uint32_t i;

	if (change > HD_CHANGE_CLEAR)
		return -HD_E_INVALID;
	if (number != HD_ALL_NUMBERS) {
		event = event_find(table, number);
		if (!event || (client && event->client != client))
			return -HD_E_NO_EVENT;
		return change_event(table, event, change);
	}
	for (i = 0; i < table->count; i++) {
		event = &table->events[table->order[i]];
		if (!client || event->client == client)
			change_event(table, event, change);
	}
	return 0;
}

int event_change_from_script(struct event_table *table, uint64_t number, uint32_t change)
{
	struct event *event = event_find(table, number);

	return event ? change_event(table, event, change) : -HD_E_NO_EVENT;
}

void event_clear_client(struct event_table *table, uint32_t client)
{
	uint32_t i;

	for (i = 0; i < table->count; i++) {
		struct event *event = &table->events[table->order[i]];

		if (event->client == client)
			change_event(table, event, HD_CHANGE_CLEAR);
	}
}

void event_reclaim(struct event_table *table, bool (*in_use)(void *self, const struct event *event),
		   void *self)
{
	uint32_t i, kept = 0;
	bool ranges_changed = false;

	for (i = 0; i < table->count; i++) {
		struct event *event = &table->events[table->order[i]];

		if (!is_cleared(event) || (in_use && in_use(self, event))) {
			table->order[kept++] = event->slot;
			continue;
		}
		event_index_remove(&table->index, event);
		ranges_changed |= event_ranges_of(event->definition.kind) >= 0;
		free_slot(table, event);
	}
	table->count = kept;
	if (ranges_changed)
		event_index_rebuild_ranges(&table->index, table->order, table->count);
}

/* Looking up. */

/* Index in `order` of the first event with at least this number. */
static uint32_t order_of(const struct event_table *table, uint64_t number)
{
	uint32_t low = 0, high = table->count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (table->events[table->order[middle]].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct event *event_next(struct event_table *table, uint64_t number)
{
	uint32_t i;

	for (i = order_of(table, number); i < table->count; i++) {
		struct event *event = &table->events[table->order[i]];

		if (!is_cleared(event))
			return event;
	}
	return NULL;
}

struct event *event_find(struct event_table *table, uint64_t number)
{
	struct event *event = event_next(table, number);

	return event && event->number == number ? event : NULL;
}

bool event_any(const struct event_table *table, enum hd_event_kind kind)
{
	return __atomic_load_n(&table->index.kinds[kind].enabled, __ATOMIC_RELAXED);
}

bool event_any_unrestricted(const struct event_table *table, enum hd_event_kind kind)
{
	return __atomic_load_n(&table->index.kinds[kind].enabled_unrestricted, __ATOMIC_RELAXED);
}

bool event_needs_pid(const struct event_table *table, enum hd_event_kind kind)
{
	return table->index.kinds[kind].with_pid;
}

void event_each(struct event_table *table, enum hd_event_kind kind,
		void (*visit)(void *self, const struct event *event), void *self)
{
	uint32_t i;

	for (i = 0; i < table->count; i++) {
		const struct event *event = &table->events[table->order[i]];

		if (event->definition.kind == kind && __atomic_load_n(&event->enabled, __ATOMIC_ACQUIRE))
			visit(self, event);
	}
}

uint64_t event_generation(const struct event_table *table)
{
	return __atomic_load_n(&table->generation, __ATOMIC_ACQUIRE);
}

const uint64_t *event_generation_word(const struct event_table *table)
{
	return &table->generation;
}

unsigned int event_match(struct event_table *table, const struct event_key *key, struct event_ref *refs,
			 unsigned int max)
{
	uint64_t hash;

	return event_index_may_match(&table->index, key, &hash) ?
		       event_index_match(&table->index, key, hash, refs, max) :
		       0;
}

uint32_t event_count(const struct event_table *table)
{
	uint32_t i, count = 0;

	for (i = 0; i < table->count; i++)
		count += !is_cleared(&table->events[table->order[i]]);
	return count;
}

void event_pool_usage(const struct event_table *table, uint64_t *free_bytes, uint64_t *size)
{
	*free_bytes = table->pool.free;
	*size = table->pool.size;
}

uint32_t event_max(const struct event_table *table)
{
	return table->max_events;
}

struct script_globals *event_globals(struct event_table *table)
{
	return &table->globals;
}
