/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The event table: definitions, their programs, and matching.
 *
 * Who may do what, when:
 *  - event_define, event_change by a request, event_reclaim: only while the
 *    world is stopped (no other core reads the table then);
 *  - event_match and the pipeline: any core, any time, without a lock;
 *  - a script's enable, disable, clear (event_change_from_script): any core,
 *    any time. They flip one word; memory is given back by event_reclaim.
 *
 * A reference held across a stop (struct event_ref) points at the slot and names
 * the event's number; numbers are never used twice, so a reference to a cleared
 * event, or to a slot used again, is recognised.
 */
#ifndef ENGINE_EVENT_TABLE_H
#define ENGINE_EVENT_TABLE_H

#include <hyperdbg/error.h>
#include <hyperdbg/event.h>
#include <hyperdbg/request.h>
#include <hyperdbg/types.h>
#include "engine/script.h"

#define EVENT_NO_NUMBER UINT64_MAX
/* Enabled and not cleared, as struct event's `state` reads on this (little-endian) processor. */
#define EVENT_RUNNABLE 1

/* How an occurrence ends, for every event that matched it and is still defined then. */
enum event_ending { EVENT_COMPLETED, EVENT_SHORT_CIRCUITED, EVENT_FAILED };

struct event {
	uint64_t number; /* EVENT_NO_NUMBER: the slot is free */
	union {
		struct {
			uint32_t enabled; /* atomic; a cleared event is never enabled again */
			uint32_t cleared; /* atomic; waits for event_reclaim */
		};
		uint64_t state; /* both at once, atomic: EVENT_RUNNABLE or not */
	};
	uint32_t client; /* who gets its messages; 0: the line's debugger */
	uint32_t slot; /* own index */
	struct hd_event_definition definition;
	const void *program; /* in the pool; NULL: the event breaks */
	struct script_facts facts; /* what script_check found in it */
	void *buffer; /* `buffer N`, in the pool, or NULL */
	/* Occurrences by their end (S12, enum event_ending), added to atomically. */
	union {
		struct {
			uint64_t completed, short_circuited, failed;
		};
		uint64_t endings[3];
	};
	/* Index of this table: private. */
	uint32_t next_in_bucket;
	uint32_t restrictions;
	uint64_t hash, salt, who; /* process and core under the mask of its restrictions */
};

struct event_ref { /* 32 bytes, so that finding one is a shift */
	uint64_t number;
	uint64_t context; /* $context of this event for this occurrence */
	struct event *event; /* the slot it was in at matching: look at `number` first */
	uint32_t wants_sc; /* this event's own request to short-circuit (S6) */
	uint32_t reserved;
};

/* One access of the intercepted instruction, for range events. */
struct event_access {
	uint64_t first, last; /* bytes, both included */
	uint32_t access; /* enum hd_access bits */
	uint32_t physical; /* 1: these are guest-physical addresses, else linear ones */
};

/* What is matched: filled by the event family at interception. */
struct event_key {
	enum hd_event_kind kind;
	uint32_t core;
	uint32_t pid; /* read it only if event_needs_pid() */
	uint64_t cr3;
	uint64_t parameter; /* kinds with a plain parameter */
	/*
	 * Range kinds (!monitor, and hooks: their first byte, HD_ACCESS_EXECUTE): in the order in which the
	 * instruction makes them, linear and physical ones; $context is from the first that hits an event.
	 */
	const struct event_access *accesses;
	unsigned int access_count;
};

struct event_table; /* engine/event_table.c; one per module load, or per test */

/* Bytes of memory that a table for max_events with a pool of pool_size bytes (programs, buffers) takes. */
size_t event_table_size(uint32_t max_events, size_t pool_size);
/* Builds a table in memory of that size, zeroed, 64-byte aligned. Never fails. */
struct event_table *event_table_init(void *memory, uint32_t max_events, size_t pool_size);

/*
 * Checks the definition against hd_event_kinds (S1, S7, S11, ranges), checks
 * the program (script_check), copies both, gives a number. `local_client`
 * (VMI): refuses what would halt. The number of a refused one is not used.
 * Returns 0 or -HD_E_…; *detail is the sentence's number.
 */
int event_define(struct event_table *table, const struct hd_event_definition *definition, const void *program,
		 uint32_t client, bool local_client, uint64_t *number, uint64_t *detail);

/* By a request, with the world stopped. number may be HD_ALL_NUMBERS (then of this client, or of all if the client is 0). */
int event_change(struct event_table *table, uint64_t number, uint32_t change, uint32_t client);
/* By a script, on any core. */
int event_change_from_script(struct event_table *table, uint64_t number, uint32_t change);
/* A client has gone: clears what it defined. World stopped. */
void event_clear_client(struct event_table *table, uint32_t client);
/* Frees cleared events, but not those that `in_use` says yes to (a core is still inside their script). World stopped. */
void event_reclaim(struct event_table *table, bool (*in_use)(void *self, const struct event *event), void *self);

/* By number; NULL if there is none or it is cleared. World stopped, or only its counts and enabled are read. */
struct event *event_find(struct event_table *table, uint64_t number);
/* The first event with number >= `number`, in order of numbers, NULL at the end; for lists. Cleared ones are left out. */
struct event *event_next(struct event_table *table, uint64_t number);
/* Whether any enabled event of the kind exists, and one without parameter. Cheap: for interception and exits. */
bool event_any(const struct event_table *table, enum hd_event_kind kind);
bool event_any_unrestricted(const struct event_table *table, enum hd_event_kind kind);
/* Whether matching this kind looks at key.pid. */
bool event_needs_pid(const struct event_table *table, enum hd_event_kind kind);
/* Calls `visit` for each enabled event of a kind (interception: which MSRs, which pages). World stopped. */
void event_each(struct event_table *table, enum hd_event_kind kind,
		void (*visit)(void *self, const struct event *event), void *self);
/* Changes with every change of what is enabled: tells whether interception is stale. Atomic. */
uint64_t event_generation(const struct event_table *table);
/* Where it stands, for exit handlers that look at it behind each exit. */
const uint64_t *event_generation_word(const struct event_table *table);

/*
 * All enabled events that match, in the order of their numbers, into refs.
 * Returns how many; at most `max`, which the caller sizes so that all fit
 * (max_events). Constant time in the number of events that do not match.
 */
unsigned int event_match(struct event_table *table, const struct event_key *key, struct event_ref *refs,
			 unsigned int max);

/* For `status`. */
uint32_t event_count(const struct event_table *table);
void event_pool_usage(const struct event_table *table, uint64_t *free_bytes, uint64_t *size);
uint32_t event_max(const struct event_table *table);
/* Shared variables of all scripts (`.name`); live as long as the table. */
struct script_globals *event_globals(struct event_table *table);
/*
 * Checks a program that belongs to no event (`?`, for pipeline_evaluate) and
 * binds its names to the table's variables. Aligned to eight bytes, the
 * caller's, written to. World stopped. As event_define, 0 or -HD_E_…
 */
int event_prepare_program(struct event_table *table, void *program, size_t size, struct script_facts *facts,
			  uint64_t *detail);
/* Whether an occurrence of this kind can be short-circuited at all (S6: not hooks, not #DF and #MC). */
bool event_allows_sc(enum hd_event_kind kind, uint64_t parameter);

#endif
