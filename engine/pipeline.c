// SPDX-License-Identifier: GPL-2.0
/*
 * The stage pipeline: the rules S1 to S12, once, for every event.
 *
 * A script may halt the machine for minutes (a break, pause()), and meanwhile
 * events are defined, disabled and cleared. So what survives a run is only a
 * reference by number, looked up again each time.
 */
#include "engine/pipeline.h"
#include "engine/mutant.h"

/* Matched references of one core: a full occurrence, and as many again for those nested in it. */
static unsigned int arena_size(uint32_t max_events)
{
	return 2 * max_events;
}

static size_t arena_bytes(uint32_t max_events)
{
	return (arena_size(max_events) * sizeof(struct event_ref) + 63) & ~(size_t)63;
}

/*
 * What one run of a script is given, kept from run to run: most of a request
 * never changes. One per nesting, with the run's stack behind it.
 */
struct script_frame {
	struct script_run_request request;
	uint64_t pseudo[HD_PSEUDO_COUNT];
	uint8_t scratch[SCRIPT_STACK_BYTES] __attribute__((aligned(64)));
} __attribute__((aligned(64)));

size_t pipeline_core_memory(uint32_t max_events)
{
	/* And as much as it takes to align the arena. */
	return 64 + arena_bytes(max_events) + PIPELINE_SCRIPT_DEPTH * sizeof(struct script_frame);
}

#define KNOWN(name) ((uint64_t)1 << HD_PSEUDO_##name)

static void init_frame(struct pipeline_core *core, struct script_frame *frame)
{
	frame->request.host = core->machine->script_ops;
	frame->request.self = core->self;
	frame->request.scratch = frame->scratch;
	frame->request.pseudo = frame->pseudo;
	frame->request.pseudo_known = KNOWN(CORE) | KNOWN(STAGE) | KNOWN(EVENT_STAGE) | KNOWN(CONTEXT) |
				      KNOWN(EVENT_ID) | KNOWN(EVENT_TAG) | KNOWN(BUFFER);
	frame->request.globals = event_globals(core->table);
	frame->pseudo[HD_PSEUDO_CORE] = core->core;
}

void pipeline_core_init(struct pipeline_core *core, void *memory, struct event_table *table,
			const struct pipeline_machine *machine, void *self, uint32_t number)
{
	uint32_t max_events = event_max(table);
	uint8_t *aligned = (uint8_t *)(((uintptr_t)memory + 63) & ~(uintptr_t)63);
	struct script_frame *frame;

	memset(core, 0, sizeof(*core));
	core->self = self;
	core->core = number;
	core->table = table;
	core->machine = machine;
	core->arena = (struct event_ref *)aligned;
	core->arena_size = arena_size(max_events);
	core->frames = core->free_frame = (struct script_frame *)(aligned + arena_bytes(max_events));
	core->frames_end = core->frames + PIPELINE_SCRIPT_DEPTH;
	for (frame = core->frames; frame < core->frames_end; frame++)
		init_frame(core, frame);
	pipeline_set_budget(core, SCRIPT_DEFAULT_BUDGET);
}

void pipeline_use_registers(struct pipeline_core *core, uint64_t *gpr)
{
	struct script_frame *frame;

	for (frame = core->frames; frame < core->frames_end; frame++)
		frame->request.gpr = gpr;
}

void pipeline_set_budget(struct pipeline_core *core, uint64_t budget)
{
	struct script_frame *frame;

	core->budget = budget;
	for (frame = core->frames; frame < core->frames_end; frame++)
		frame->request.budget = budget;
}

/* Scripts. */

/* The occurrence's variables are zeroed when a script first wants them: most want none. */
static uint64_t *occurrence_variables(struct occurrence *occurrence)
{
	if (!occurrence->variables_clear) {
		memset(occurrence->variables, 0, sizeof(occurrence->variables));
		occurrence->variables_clear = true;
	}
	return occurrence->variables;
}

static uint64_t stage_of(const struct pipeline_running *running)
{
	if (MUTANT(S8_STAGE_OUTSIDE) && !running)
		return 1;
	return running && running->stage == HD_STAGE_POST && !MUTANT(S8_STAGE_ALWAYS_PRE);
}

/* A request's occurrence variables are none between runs. */
static void forget_occurrence(struct script_frame *frame)
{
	frame->request.occurrence = NULL;
	frame->request.occurrence_count = 0;
}

/* What few scripts ask for: the event's name and buffer, the occurrence's variables, what script_begin does. */
static __attribute__((__noinline__)) void prepare_run(struct pipeline_core *core, struct script_frame *frame,
						      const struct pipeline_running *running,
						      const struct script_facts *facts)
{
	const struct event *event = running ? running->event : NULL;

	frame->pseudo[HD_PSEUDO_EVENT_ID] = event ? event->number : 0;
	frame->pseudo[HD_PSEUDO_EVENT_TAG] = event ? event->definition.tag : 0;
	frame->pseudo[HD_PSEUDO_BUFFER] = event ? (uint64_t)(uintptr_t)event->buffer : 0;
	if (running && facts->occurrences) {
		frame->request.occurrence = occurrence_variables(running->occurrence);
		frame->request.occurrence_count = OCCURRENCE_VARIABLES;
	}
	if (facts->uses_float || facts->uses_host)
		core->machine->script_begin(core->self, facts);
}

static __attribute__((__noinline__)) void clean_up_run(struct pipeline_core *core, struct script_frame *frame,
						       const struct script_facts *facts)
{
	if (facts->uses_float || facts->uses_host)
		core->machine->script_end(core->self, facts);
	forget_occurrence(frame);
}

/* What the frame says of the event that runs, if one does. */
static inline void fill_frame(struct script_frame *frame, const struct pipeline_running *running)
{
	uint64_t *pseudo = frame->pseudo;
	uint64_t buffer = 0, buffer_size = 0, context = 0;

	if (running) {
		context = running->ref->context;
		buffer = (uint64_t)(uintptr_t)running->event->buffer;
		buffer_size = running->event->definition.buffer_size;
		if (MUTANT(S3_CONTEXT_LATE) && running->stage == HD_STAGE_POST)
			context = 0;
	}
	frame->request.buffer_address = buffer;
	frame->request.buffer_size = buffer_size;
	pseudo[HD_PSEUDO_CONTEXT] = context;
	pseudo[HD_PSEUDO_STAGE] = pseudo[HD_PSEUDO_EVENT_STAGE] = stage_of(running);
}

static __attribute__((__noinline__)) int too_deep(struct script_outcome *outcome)
{
	memset(outcome, 0, sizeof(*outcome));
	outcome->error = HD_E_STACK;
	return HD_E_STACK;
}

/* Runs a program in the name of `running`, or of no event. Returns outcome->error. */
static inline __attribute__((always_inline)) int run_program(struct pipeline_core *core,
							     const struct pipeline_running *running,
							     const void *program, const struct script_facts *facts,
							     struct script_outcome *outcome)
{
	struct script_frame *frame = core->free_frame;

	if (frame == core->frames_end)
		return too_deep(outcome);
	frame->request.program = program;
	fill_frame(frame, running);
	core->free_frame = frame + 1;
	if (__builtin_expect(!facts->is_plain, 0))
		prepare_run(core, frame, running, facts);
	script_run(&frame->request, outcome);
	if (__builtin_expect(!facts->is_plain, 0))
		clean_up_run(core, frame, facts);
	core->free_frame = frame;
	return outcome->error;
}

int pipeline_evaluate(struct pipeline_core *core, const void *program, const struct script_facts *facts,
		      struct script_outcome *outcome)
{
	return -run_program(core, core->running, program, facts, outcome);
}

/* One stage of an occurrence. */

/* Breaks, or runs the script. False: the script ended with an error. */
static inline __attribute__((always_inline)) bool run_event(struct pipeline_core *core,
							    struct occurrence *occurrence,
							    struct event_ref *ref, struct event *event,
							    enum hd_stage stage)
{
	struct pipeline_running running = {
		.event = event,
		.ref = ref,
		.occurrence = occurrence,
		.stage = stage,
		.outer = core->running,
	};
	struct script_outcome outcome;
	int error = 0;

	core->running = &running;
	if (event->program)
		error = run_program(core, &running, event->program, &event->facts, &outcome);
	else if (!MUTANT(S9_NO_POST_BREAK) || stage != HD_STAGE_POST)
		core->machine->halt(core->self);
	if (error)
		core->machine->script_error(core->self, error, outcome.detail, outcome.line, outcome.column);
	core->running = running.outer;
	return !error;
}

static bool runs_in(const struct event *event, enum hd_stage stage)
{
	if (MUTANT(S2_POST_IN_PRE) && stage == HD_STAGE_PRE)
		return true;
	if (MUTANT(S2_PRE_IN_POST) && stage == HD_STAGE_POST)
		return true;
	return event->definition.stage & stage;
}

/* By number (S2); the table is asked before each run, since any script may have changed it (S3). */
static inline __attribute__((always_inline)) void
run_stage(struct pipeline_core *core, struct occurrence *occurrence, enum hd_stage stage)
{
	unsigned int i;
	bool has_halted = false;

	for (i = 0; i < occurrence->count; i++) {
		struct event_ref *ref =
			&occurrence->refs[MUTANT(S2_REVERSED) ? occurrence->count - 1 - i : i];
		struct event *event = ref->event;

		if (MUTANT(S6_DISABLED_CANCELS) && stage == HD_STAGE_PRE) {
			const struct event *defined = event_find(core->table, ref->number);

			ref->wants_sc = defined && defined->definition.flags & HD_EVENT_SC;
		}
		if (!event_index_runnable(ref) || !runs_in(event, stage))
			continue;
		if (MUTANT(S9_ONE_BREAK) && !event->program && has_halted)
			continue;
		has_halted |= !event->program;
		/* `sc on` is the event's own first word; its script, or the user at its break, may take it
		 * back. */
		if (stage == HD_STAGE_PRE && event->definition.flags & HD_EVENT_SC &&
		    !MUTANT(S6_SC_ON_IGNORED))
			ref->wants_sc = event_allows_sc(event->definition.kind, ref->context);
		if (!run_event(core, occurrence, ref, event, stage) && MUTANT(S12_ERROR_STOPS_OTHERS))
			break;
	}
}

static void count(uint64_t *counter)
{
	if (MUTANT(S12_COUNT_NOT_ATOMIC)) {
		volatile uint64_t *plain = counter;
		uint64_t before = *plain;
		unsigned int i;

		for (i = 0; i < 100; i++)
			__builtin_ia32_pause();
		*plain = before + 1;
		return;
	}
	__atomic_fetch_add(counter, 1, __ATOMIC_RELAXED);
}

/* S12: for every event that matched and is still defined. */
static inline __attribute__((always_inline)) void count_ending(const struct occurrence *occurrence,
							       enum event_ending ending)
{
	const struct event_ref *ref = occurrence->refs, *end = ref + occurrence->count;

	if (MUTANT(S12_FAILED_IS_COMPLETED) && ending == EVENT_FAILED)
		ending = EVENT_COMPLETED;
	for (; ref < end; ref++) {
		if (!event_index_matched(ref))
			continue;
		count(&ref->event->endings[ending]);
		if (MUTANT(S12_COUNT_PER_RUN) && ending == EVENT_COMPLETED &&
		    ref->event->definition.stage == HD_STAGE_ALL)
			count(&ref->event->completed);
	}
}

/* S6: any request that stands cancels. */
static bool is_cancelled(const struct occurrence *occurrence)
{
	unsigned int i;

	if (MUTANT(S6_LAST_WINS))
		return occurrence->refs[occurrence->count - 1].wants_sc;
	for (i = 0; i < occurrence->count; i++) {
		if (occurrence->refs[i].wants_sc)
			return true;
	}
	return false;
}

static void close_occurrence(struct pipeline_core *core, struct occurrence *occurrence)
{
	core->occurrences = occurrence->outer;
	core->arena_used -= occurrence->count;
}

/* The stages in which some matched event may run: disabled now, it may be enabled again before post. */
static unsigned int stages_wanted(const struct event_ref *refs, unsigned int count)
{
	unsigned int stages = refs->event->definition.stage, i;

	for (i = 1; i < count; i++)
		stages |= refs[i].event->definition.stage;
	if (MUTANT(S2_POST_IN_PRE))
		stages |= HD_STAGE_PRE;
	return stages;
}

/* Pre, and what follows from it. Apart: an occurrence with post events only does not pay for it. */
static __attribute__((__noinline__)) enum pipeline_verdict run_pre(struct pipeline_core *core,
								    struct occurrence *occurrence)
{
	uint64_t rip = core->machine->rip(core->self);
	bool redirected;

	run_stage(core, occurrence, HD_STAGE_PRE);

	redirected = core->machine->rip(core->self) != rip && !MUTANT(S4_RIP_IGNORED);
	if (!redirected && !is_cancelled(occurrence))
		return PIPELINE_CARRY_OUT;

	/* S6: no post stage, for none that matched. */
	if (MUTANT(S6_POST_AFTER_CANCEL))
		run_stage(core, occurrence, HD_STAGE_POST);
	count_ending(occurrence, EVENT_SHORT_CIRCUITED);
	close_occurrence(core, occurrence);
	return redirected ? PIPELINE_REDIRECTED : PIPELINE_CANCELLED;
}

enum pipeline_verdict pipeline_begin_likely(struct pipeline_core *core, struct occurrence *occurrence, uint64_t hash)
{
	unsigned int used = core->arena_used, count, stages;
	struct event_ref *refs = core->arena + used;

	count = event_index_match(event_table_index(core->table), &occurrence->key, hash, refs,
				  core->arena_size - used);
	if (!count)
		return PIPELINE_NONE;
	occurrence->refs = refs;
	occurrence->count = count;
	occurrence->variables_clear = false;
	occurrence->outer = core->occurrences;
	core->occurrences = occurrence;
	core->arena_used = used + count;

	stages = stages_wanted(refs, count);
	occurrence->has_post = stages & HD_STAGE_POST;
	return stages & HD_STAGE_PRE ? run_pre(core, occurrence) : PIPELINE_CARRY_OUT;
}

void pipeline_finish(struct pipeline_core *core, struct occurrence *occurrence, enum pipeline_outcome outcome)
{
	if (MUTANT(S3_MATCH_TWICE)) {
		core->arena_used -= occurrence->count;
		occurrence->count = event_match(core->table, &occurrence->key, occurrence->refs,
						core->arena_size - core->arena_used);
		core->arena_used += occurrence->count;
	}
	/* Counted before post runs: at a break there, `status` shows an operation that has been carried out.
	 */
	count_ending(occurrence, outcome == PIPELINE_COMPLETED ? EVENT_COMPLETED : EVENT_FAILED);
	if ((occurrence->has_post && outcome == PIPELINE_COMPLETED) || MUTANT(S10_POST_AFTER_FAILURE) ||
	    MUTANT(S2_PRE_IN_POST))
		run_stage(core, occurrence, HD_STAGE_POST);
	close_occurrence(core, occurrence);
}

/* What scripts and the debugger ask. */

int pipeline_event_sc(struct pipeline_core *core, bool on)
{
	struct pipeline_running *running = core->running;
	unsigned int i;

	if (!running)
		return -HD_E_SC_OUTSIDE;
	if (!event_allows_sc(running->event->definition.kind, running->ref->context))
		return -HD_E_NO_SHORT_CIRCUIT;
	if (running->stage == HD_STAGE_POST)
		return MUTANT(S7_EVENT_SC_IN_POST) ? 0 : -HD_E_SC_IN_POST;
	if (!on && MUTANT(S6_NEVER_TAKEN_BACK))
		return 0;
	if (!on && MUTANT(S6_TAKES_ALL_BACK)) {
		for (i = 0; i < running->occurrence->count; i++)
			running->occurrence->refs[i].wants_sc = 0;
	}
	running->ref->wants_sc = on;
	return 0;
}

uint64_t pipeline_stage(const struct pipeline_core *core)
{
	return stage_of(core->running);
}

bool pipeline_runs(const struct pipeline_core *core, const struct event *event)
{
	const struct pipeline_running *running;

	for (running = core->running; running; running = running->outer) {
		if (running->event == event)
			return true;
	}
	return false;
}
