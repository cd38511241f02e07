/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The stage pipeline: the one place that carries out the rules S1 to S12.
 *
 * An event family decodes an intercepted operation, and then:
 *
 *	pipeline_begin()   match once (S3), run pre and all by number (S2, S4)
 *	… carry the operation out, unless cancelled (S6) …
 *	pipeline_finish()  run post and all (S5), or none if it failed (S10)
 *
 * Everything an occurrence holds between the two lives in struct occurrence,
 * which belongs to the intercepting core (S12). Occurrences nest on one core
 * (an exception raised inside a stepped instruction), as a stack.
 */
#ifndef ENGINE_PIPELINE_H
#define ENGINE_PIPELINE_H

#include <hyperdbg/request.h>
#include <hyperdbg/types.h>
#include "engine/event_index.h"
#include "engine/script_host.h"

enum pipeline_verdict {
	PIPELINE_NONE, /* nothing matched: carry out, and do not call pipeline_finish */
	PIPELINE_CARRY_OUT,
	PIPELINE_CANCELLED, /* short-circuited: no effect, the guest goes on behind it; finished already */
	PIPELINE_REDIRECTED, /* a pre event changed RIP (S4): no effect, the guest goes on there; finished already */
};

enum pipeline_outcome { PIPELINE_COMPLETED, PIPELINE_FAILED };

/* Occurrence variables (`#name`) of one occurrence. */
#define OCCURRENCE_VARIABLES 32

struct occurrence {
	struct event_key key;
	struct event_ref *refs; /* in the core's arena */
	unsigned int count;
	struct occurrence *outer; /* the one this nests in, or NULL */
	uint64_t variables[OCCURRENCE_VARIABLES];
	bool variables_clear; /* variables are zeroed on first use only */
	bool has_post; /* some matched event may run in post */
};

struct pipeline_core;

/* What the pipeline asks of the machine it runs in. `self` is pipeline_core.self. */
struct pipeline_machine {
	uint64_t (*rip)(void *self);
	/* Halts all cores, tells the debugger, returns after `g` (S9). Reads core->running for event, stage, context. */
	void (*halt)(void *self);
	/* A script of core->running stopped with an error: deliver it (HD_NOTE_SCRIPT_ERROR). */
	void (*script_error)(void *self, int error, uint64_t detail, uint32_t line, uint32_t column);
	/*
	 * Around a script run whose `facts` say uses_float or uses_host: saves floating-point state if it computes
	 * with it, flushes its output behind it.
	 */
	void (*script_begin)(void *self, const struct script_facts *facts);
	void (*script_end)(void *self, const struct script_facts *facts);
	const struct script_host_ops *script_ops;
};

/* The event that a core is running right now; NULL event: none. */
struct pipeline_running {
	struct event *event;
	struct event_ref *ref;
	struct occurrence *occurrence;
	enum hd_stage stage;
	struct pipeline_running *outer;
};

struct pipeline_core {
	void *self; /* handed to the machine's and the script host's functions */
	uint32_t core;
	struct event_table *table;
	const struct pipeline_machine *machine;
	struct pipeline_running *running; /* innermost, or NULL */
	struct occurrence *occurrences; /* innermost open one, or NULL */
	/* Memory of the core, given at init: references of matched events (a stack), script stacks (one per nesting). */
	struct event_ref *arena;
	unsigned int arena_size, arena_used;
	struct script_frame *frames, *free_frame, *frames_end; /* all, the next run's, and behind the last */
	uint64_t budget; /* instructions a script may execute per run; to be read only */
};

/* Script runs that can nest on one core: events inside events' operations, `?` at a pause(). */
#define PIPELINE_SCRIPT_DEPTH 4

/* Bytes of zeroed memory one core's pipeline wants. */
size_t pipeline_core_memory(uint32_t max_events);
void pipeline_core_init(struct pipeline_core *core, void *memory, struct event_table *table,
			const struct pipeline_machine *machine, void *self, uint32_t number);

/* @rax … @r15 for scripts are these words, in the order of encodings, instead of the script host's functions. */
void pipeline_use_registers(struct pipeline_core *core, uint64_t *gpr);
/* Instructions that a script may execute per run. */
void pipeline_set_budget(struct pipeline_core *core, uint64_t budget);

/* false: pipeline_begin would say PIPELINE_NONE. Nearly always so, and then an event family need not make an occurrence. */
static inline bool pipeline_may_match(const struct pipeline_core *core, const struct event_key *key, uint64_t *hash)
{
	return event_index_may_match(event_table_index(core->table), key, hash);
}

/* pipeline_begin where pipeline_may_match has said yes for this key; `hash` is from there. */
enum pipeline_verdict pipeline_begin_likely(struct pipeline_core *core, struct occurrence *occurrence, uint64_t hash);

/* The caller fills occurrence->key; the rest is the pipeline's. occurrence must live until pipeline_finish. */
static inline enum pipeline_verdict pipeline_begin(struct pipeline_core *core, struct occurrence *occurrence)
{
	uint64_t hash;

	return pipeline_may_match(core, &occurrence->key, &hash) ? pipeline_begin_likely(core, occurrence, hash) :
								   PIPELINE_NONE;
}

/* Only after PIPELINE_CARRY_OUT. */
void pipeline_finish(struct pipeline_core *core, struct occurrence *occurrence, enum pipeline_outcome outcome);

/* event_sc(on) of the running script, or `events sc` at its break: -HD_E_SC_IN_POST, -HD_E_SC_OUTSIDE, -HD_E_NO_SHORT_CIRCUIT (S6, S7). */
int pipeline_event_sc(struct pipeline_core *core, bool on);
/* $stage: 1 in post, else 0 (S8). */
uint64_t pipeline_stage(const struct pipeline_core *core);
/*
 * Runs a program that belongs to no event (`?` at a halt), with the running
 * event's $context and stage if the halt is one of an event. `program` was
 * checked. Returns the script's error; *outcome is filled.
 */
int pipeline_evaluate(struct pipeline_core *core, const void *program, const struct script_facts *facts,
		      struct script_outcome *outcome);
/* Whether a script, an event's or a `?`, runs (or has paused) on this core. */
static inline bool pipeline_runs_script(const struct pipeline_core *core)
{
	return core->free_frame != core->frames;
}

/* Whether this core is inside a script of the event: event_reclaim's question. */
bool pipeline_runs(const struct pipeline_core *core, const struct event *event);

#endif
