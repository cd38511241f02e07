// SPDX-License-Identifier: GPL-2.0
/* The rules S1 to S12, each as far as the engine carries it out. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/cmocka_includes.h"
#include "tests/unit/pretend_machine.h"

static int define_error(struct machine *machine, struct hd_event_definition definition, bool local)
{
	struct fake_program program = {.magic = FAKE_MAGIC, .run = run_trace};
	uint64_t number;

	return machine_define_any(machine, &definition, &program, local, &number);
}

/* S1 */

static void s1_default_is_pre(void **state)
{
	struct machine *machine = *state;

	machine_define_trace(machine, 0);
	assert_int_equal(machine_occur(machine), PIPELINE_CARRY_OUT);
	assert_trace(machine, "0pre op");
}

static void s1_each_stage_runs_where_it_says(void **state)
{
	struct machine *machine = *state;

	machine_define_trace(machine, HD_STAGE_PRE);
	machine_define_trace(machine, HD_STAGE_POST);
	machine_define_trace(machine, HD_STAGE_ALL);
	machine_occur(machine);
	assert_trace(machine, "0pre 2pre op 1post 2post");
}

static void s1_other_stages_are_refused(void **state)
{
	struct hd_event_definition definition = {.kind = HD_EVENT_CPUID, .stage = 4};

	assert_int_equal(define_error(*state, definition, false), -HD_E_BAD_STAGE);
	definition.stage = 7;
	assert_int_equal(define_error(*state, definition, false), -HD_E_BAD_STAGE);
	assert_int_equal(machine_define_trace(*state, HD_STAGE_PRE), 0); /* a refused one takes no number */
}

/* S2 */

static void s2_in_the_order_of_numbers(void **state)
{
	struct machine *machine = *state;
	struct hd_event_definition by_pid = {
		.kind = HD_EVENT_CPUID,
		.stage = HD_STAGE_ALL,
		.flags = HD_EVENT_HAS_PID,
		.pid = 100,
	};
	struct fake_program program = {.magic = FAKE_MAGIC, .run = run_trace};

	/* Alternating restrictions, which matching finds in different places. */
	machine_define_trace(machine, HD_STAGE_ALL);
	machine_define_as(machine, by_pid, &program);
	machine_define_trace(machine, HD_STAGE_ALL);
	machine_define_as(machine, by_pid, &program);
	machine_occur(machine);
	assert_trace(machine, "0pre 1pre 2pre 3pre op 0post 1post 2post 3post");
}

static void s2_pre_never_runs_in_post(void **state)
{
	struct machine *machine = *state;

	machine_define_trace(machine, HD_STAGE_PRE);
	machine_define_trace(machine, HD_STAGE_POST);
	machine_occur(machine);
	assert_trace(machine, "0pre op 1post");
}

static void s2_nothing_defined_nothing_happens(void **state)
{
	struct machine *machine = *state;

	assert_int_equal(machine_occur(machine), PIPELINE_NONE);
	machine_define_trace(machine, HD_STAGE_PRE);
	assert_int_equal(machine_occur_as(machine,
					  &(struct event_key){.kind = HD_EVENT_MSR_READ, .parameter = LEAF},
					  PIPELINE_COMPLETED),
			 PIPELINE_NONE);
	assert_int_equal(machine_occur_as(machine,
					  &(struct event_key){.kind = HD_EVENT_CPUID, .parameter = 1},
					  PIPELINE_COMPLETED),
			 PIPELINE_NONE);
	assert_trace(machine, "op op op");
}

/* S3 */

static void define_all_stage(struct machine *machine)
{
	machine->at_halt = NULL;
	machine_define_trace(machine, HD_STAGE_ALL);
}

static void s3_defined_after_matching_does_not_join(void **state)
{
	struct machine *machine = *state;

	machine_define(machine, HD_STAGE_PRE, 0, NULL);
	machine->at_halt = define_all_stage;
	machine_occur(machine);
	assert_trace(machine, "B0pre op");
	machine_occur(machine);
	assert_trace(machine, "B0pre 1pre op 1post");
}

static void s3_enabled_after_matching_does_not_join(void **state)
{
	struct machine *machine = *state;

	machine_define_script(machine, HD_STAGE_PRE, run_change, SCRIPT_EVENT_ENABLE, 1);
	machine_define_trace(machine, HD_STAGE_ALL);
	assert_int_equal(event_change(machine->table, 1, HD_CHANGE_DISABLE, 0), 0);
	machine_occur(machine);
	assert_trace(machine, "0pre op");
	machine_occur(machine);
	assert_trace(machine, "0pre 1pre op 1post");
}

static void s3_disabled_by_an_earlier_script_does_not_run(void **state)
{
	struct machine *machine = *state;

	machine_define_script(machine, HD_STAGE_PRE, run_change, SCRIPT_EVENT_DISABLE, 1);
	machine_define_trace(machine, HD_STAGE_ALL);
	machine_occur(machine);
	assert_trace(machine, "0pre op");
	machine_assert_counts(machine, 1, 1, 0, 0);
}

static void s3_disabled_by_itself_does_not_run_in_post(void **state)
{
	struct machine *machine = *state;

	machine_define_script(machine, HD_STAGE_ALL, run_change, SCRIPT_EVENT_DISABLE, 0);
	machine_occur(machine);
	assert_trace(machine, "0pre op");
	assert_int_equal(machine_occur(machine), PIPELINE_NONE);
}

static void s3_cleared_by_an_earlier_script_does_not_run(void **state)
{
	struct machine *machine = *state;

	machine_define_script(machine, HD_STAGE_PRE, run_change, SCRIPT_EVENT_CLEAR, 1);
	machine_define_trace(machine, HD_STAGE_ALL);
	machine_occur(machine);
	assert_trace(machine, "0pre op");
	assert_null(event_find(machine->table, 1));
}

static void clear_and_define_anew(struct machine *machine)
{
	machine->at_halt = NULL;
	assert_int_equal(event_change(machine->table, 1, HD_CHANGE_CLEAR, 0), 0);
	event_reclaim(machine->table, NULL, NULL);
	/* The same slot, another number. */
	assert_int_equal(machine_define_trace(machine, HD_STAGE_ALL), 2);
	assert_int_equal(event_find(machine->table, 2)->slot, 1);
}

static void s3_a_slot_used_again_is_another_event(void **state)
{
	struct machine *machine = *state;

	machine_define(machine, HD_STAGE_PRE, 0, NULL);
	machine_define_trace(machine, HD_STAGE_ALL);
	machine->at_halt = clear_and_define_anew;
	machine_occur(machine);
	assert_trace(machine, "B0pre op");
	machine_assert_counts(machine, 2, 0, 0, 0);
}

static int change_everything(const struct fake_program *program, const struct script_run_request *request)
{
	struct machine *machine = trace_script(request);

	/* What a guest or script changes between the stages changes nothing about the match. */
	if (machine->core.occurrences) {
		machine->core.occurrences->key.parameter = program->argument[0];
		machine->core.occurrences->key.pid = 7;
	}
	return 0;
}

static void s3_context_is_the_same_in_both_stages(void **state)
{
	struct machine *machine = *state;

	machine_define_script(machine, HD_STAGE_PRE, change_everything, 0x1234, 0);
	machine_define_trace(machine, HD_STAGE_ALL);
	machine_occur(machine);
	assert_int_equal(machine->seen_stage, 1);
	assert_int_equal(machine->seen_context, LEAF);
	assert_trace(machine, "0pre 1pre op 1post");
}

static void s3_pid_and_core_restrict(void **state)
{
	struct machine *machine = *state;
	struct hd_event_definition definition = {
		.kind = HD_EVENT_CPUID,
		.stage = HD_STAGE_PRE,
		.flags = HD_EVENT_HAS_PID,
		.pid = 5,
	};
	struct fake_program program = {.magic = FAKE_MAGIC, .run = run_trace};
	struct event_key key = {.kind = HD_EVENT_CPUID, .parameter = 1, .pid = 5, .core = 0};

	assert_false(event_needs_pid(machine->table, HD_EVENT_CPUID));
	machine_define_as(machine, definition, &program);
	assert_true(event_needs_pid(machine->table, HD_EVENT_CPUID));
	definition.flags = HD_EVENT_HAS_CORE;
	definition.core = 3;
	machine_define_as(machine, definition, &program);

	machine_occur_as(machine, &key, PIPELINE_COMPLETED);
	assert_trace(machine, "0pre op");
	key.pid = 6;
	machine_occur_as(machine, &key, PIPELINE_COMPLETED);
	assert_trace(machine, "op");
	key.core = 3;
	machine_occur_as(machine, &key, PIPELINE_COMPLETED);
	assert_trace(machine, "1pre op");
	key.pid = 5;
	machine_occur_as(machine, &key, PIPELINE_COMPLETED);
	assert_trace(machine, "0pre 1pre op");
}

/* S4 */

static void s4_a_changed_rip_redirects(void **state)
{
	struct machine *machine = *state;

	machine_define_script(machine, HD_STAGE_PRE, run_set_rip, 0x2000, 0);
	machine_define_trace(machine, HD_STAGE_ALL);
	assert_int_equal(machine_occur(machine), PIPELINE_REDIRECTED);
	/* All pre events still run; the operation and post do not. */
	assert_trace(machine, "0pre 1pre");
	assert_int_equal(machine->rip, 0x2000);
	machine_assert_counts(machine, 0, 0, 1, 0);
	machine_assert_counts(machine, 1, 0, 1, 0);
}

static void set_rip_at_halt(struct machine *machine)
{
	machine->rip = 0x3000;
}

static void s4_a_rip_edited_at_a_break_redirects(void **state)
{
	struct machine *machine = *state;

	machine_define(machine, HD_STAGE_PRE, 0, NULL);
	machine->at_halt = set_rip_at_halt;
	assert_int_equal(machine_occur(machine), PIPELINE_REDIRECTED);
}

static void s4_redirecting_wins_over_cancelling(void **state)
{
	struct machine *machine = *state;

	machine_define_script(machine, HD_STAGE_PRE, run_set_rip, 0x2000, 0);
	machine_define_script(machine, HD_STAGE_PRE, run_sc, 1, 0);
	assert_int_equal(machine_occur(machine), PIPELINE_REDIRECTED);
	machine_assert_counts(machine, 0, 0, 1, 0);
}

/* S6 */

static void s6_sc_on_cancels(void **state)
{
	struct machine *machine = *state;
	struct fake_program program = {.magic = FAKE_MAGIC, .run = run_trace};

	machine_define(machine, HD_STAGE_PRE, HD_EVENT_SC | HD_EVENT_SC_GIVEN, &program);
	machine_define_trace(machine, HD_STAGE_POST);
	machine_define_trace(machine, HD_STAGE_ALL);
	assert_int_equal(machine_occur(machine), PIPELINE_CANCELLED);
	assert_trace(machine, "0pre 2pre");
	machine_assert_counts(machine, 0, 0, 1, 0);
	machine_assert_counts(machine, 1, 0, 1, 0);
	machine_assert_counts(machine, 2, 0, 1, 0);
}

static void s6_a_script_cancels_this_occurrence_only(void **state)
{
	struct machine *machine = *state;

	machine_define_script(machine, HD_STAGE_ALL, run_sc, 1, 0);
	assert_int_equal(machine_occur(machine), PIPELINE_CANCELLED);
	assert_trace(machine, "0pre");
	assert_int_equal(event_change(machine->table, 0, HD_CHANGE_CLEAR, 0), 0);
	machine_define_trace(machine, HD_STAGE_ALL);
	assert_int_equal(machine_occur(machine), PIPELINE_CARRY_OUT);
	assert_trace(machine, "1pre op 1post");
}

static void s6_any_request_wins(void **state)
{
	struct machine *machine = *state;

	/* The last event takes its own request back, which is not the first one's. */
	machine_define_script(machine, HD_STAGE_PRE, run_sc, 1, 0);
	machine_define_script(machine, HD_STAGE_PRE, run_sc, 0, 0);
	assert_int_equal(machine_occur(machine), PIPELINE_CANCELLED);
	assert_trace(machine, "0pre 1pre");
	assert_int_equal(machine->sc_error, 0);
}

static void s6_the_last_request_wins_too(void **state)
{
	struct machine *machine = *state;

	machine_define_trace(machine, HD_STAGE_PRE);
	machine_define_script(machine, HD_STAGE_PRE, run_sc, 1, 0);
	assert_int_equal(machine_occur(machine), PIPELINE_CANCELLED);
}

static void s6_an_event_takes_its_own_request_back(void **state)
{
	struct machine *machine = *state;
	struct fake_program off = {.magic = FAKE_MAGIC, .run = run_sc};

	/* event_sc(1), then event_sc(0) */
	machine_define_script(machine, HD_STAGE_PRE, run_sc, 1, 1);
	/* `sc on`, and a script that thinks better of it */
	machine_define(machine, HD_STAGE_PRE, HD_EVENT_SC, &off);
	assert_int_equal(machine_occur(machine), PIPELINE_CARRY_OUT);
	assert_trace(machine, "0pre 1pre op");
	machine_assert_counts(machine, 1, 1, 0, 0);
}

static void sc_on_at_halt(struct machine *machine)
{
	machine->sc_error = pipeline_event_sc(&machine->core, true);
}

static void sc_off_at_halt(struct machine *machine)
{
	machine->sc_error = pipeline_event_sc(&machine->core, false);
}

static void s6_at_a_break(void **state)
{
	struct machine *machine = *state;

	machine_define(machine, HD_STAGE_PRE, 0, NULL);
	machine->at_halt = sc_on_at_halt;
	assert_int_equal(machine_occur(machine), PIPELINE_CANCELLED);
	assert_int_equal(machine->sc_error, 0);
	assert_trace(machine, "B0pre");

	/* `sc on` in the definition, taken back at the break. */
	assert_int_equal(event_change(machine->table, 0, HD_CHANGE_CLEAR, 0), 0);
	machine_define(machine, HD_STAGE_PRE, HD_EVENT_SC, NULL);
	machine->at_halt = sc_off_at_halt;
	assert_int_equal(machine_occur(machine), PIPELINE_CARRY_OUT);
}

static void s6_disabled_before_its_run_asks_for_nothing(void **state)
{
	struct machine *machine = *state;
	struct fake_program program = {.magic = FAKE_MAGIC, .run = run_trace};

	machine_define_script(machine, HD_STAGE_PRE, run_change, SCRIPT_EVENT_DISABLE, 1);
	machine_define(machine, HD_STAGE_PRE, HD_EVENT_SC, &program);
	assert_int_equal(machine_occur(machine), PIPELINE_CARRY_OUT);
	assert_trace(machine, "0pre op");
}

static void s6_a_request_outlives_its_event(void **state)
{
	struct machine *machine = *state;

	machine_define_script(machine, HD_STAGE_PRE, run_sc, 1, 0);
	machine_define_script(machine, HD_STAGE_PRE, run_change, SCRIPT_EVENT_DISABLE, 0);
	assert_int_equal(machine_occur(machine), PIPELINE_CANCELLED);
}

static void s6_double_fault_and_machine_check_refuse(void **state)
{
	(void)state;
	assert_true(event_allows_sc(HD_EVENT_EXCEPTION, 14));
	assert_false(event_allows_sc(HD_EVENT_EXCEPTION, 8));
	assert_false(event_allows_sc(HD_EVENT_EXCEPTION, 18));
	/* MSR 8 is no vector. */
	assert_true(event_allows_sc(HD_EVENT_MSR_READ, 8));
	assert_false(event_allows_sc(HD_EVENT_EPTHOOK, 0));
}

/* S7 */

static void s7_sc_with_post_or_all_is_refused(void **state)
{
	struct hd_event_definition definition = {.kind = HD_EVENT_CPUID,
						 .flags = HD_EVENT_SC | HD_EVENT_SC_GIVEN};

	definition.stage = HD_STAGE_POST;
	assert_int_equal(define_error(*state, definition, false), -HD_E_SC_IN_POST);
	definition.stage = HD_STAGE_ALL;
	assert_int_equal(define_error(*state, definition, false), -HD_E_SC_IN_POST);
	/* `sc off` is what everybody has. */
	definition.flags = HD_EVENT_SC_GIVEN;
	assert_int_equal(define_error(*state, definition, false), 0);
}

static void s7_event_sc_in_post_is_an_error(void **state)
{
	struct machine *machine = *state;

	machine_define_script(machine, HD_STAGE_POST, run_sc, 1, 0);
	machine_define_trace(machine, HD_STAGE_POST);
	assert_int_equal(machine_occur(machine), PIPELINE_CARRY_OUT);
	/* It changes nothing: what comes behind runs. */
	assert_trace(machine, "op 0post 1post");
	assert_int_equal(machine->script_error, HD_E_SC_IN_POST);
	assert_int_equal(machine->error_line, 3);
	assert_int_equal(machine->error_column, 5);
	machine_assert_counts(machine, 0, 1, 0, 0);
}

static void s7_events_sc_at_a_post_break_is_an_error(void **state)
{
	struct machine *machine = *state;

	machine_define(machine, HD_STAGE_POST, 0, NULL);
	machine->at_halt = sc_on_at_halt;
	machine_occur(machine);
	assert_int_equal(machine->sc_error, -HD_E_SC_IN_POST);
	/* And where no event is. */
	assert_int_equal(pipeline_event_sc(&machine->core, true), -HD_E_SC_OUTSIDE);
}

/* S8 */

static void note_stage_at_halt(struct machine *machine)
{
	machine_note(machine, pipeline_stage(&machine->core) ? "$1" : "$0");
}

static void s8_stage(void **state)
{
	struct machine *machine = *state;

	assert_int_equal(pipeline_stage(&machine->core), 0);
	machine_define(machine, HD_STAGE_ALL, 0, NULL);
	machine->at_halt = note_stage_at_halt;
	machine_occur(machine);
	assert_trace(machine, "B0pre $0 op B0post $1");
	assert_int_equal(pipeline_stage(&machine->core), 0);
}

static void s8_stage_in_scripts(void **state)
{
	struct machine *machine = *state;

	machine_define_trace(machine, HD_STAGE_PRE);
	machine_occur(machine);
	assert_int_equal(machine->seen_stage, 0);
	machine_define_trace(machine, HD_STAGE_POST);
	machine_occur(machine);
	assert_int_equal(machine->seen_stage, 1);
}

static int evaluate_stage(const struct fake_program *program, const struct script_run_request *request)
{
	struct machine *machine = request->self;

	(void)program;
	machine->seen_stage = request->pseudo[HD_PSEUDO_STAGE];
	machine->seen_context = request->pseudo[HD_PSEUDO_CONTEXT];
	return 0;
}

static void evaluate_at_halt(struct machine *machine)
{
	struct fake_program program = {.magic = FAKE_MAGIC, .run = evaluate_stage};
	struct script_outcome outcome;
	struct script_facts facts;
	uint64_t detail;

	assert_int_equal(event_prepare_program(machine->table, &program, sizeof(program), &facts, &detail),
			 0);
	assert_int_equal(pipeline_evaluate(&machine->core, &program, &facts, &outcome), 0);
}

static void s8_stage_and_context_at_a_halt(void **state)
{
	struct machine *machine = *state;

	machine->seen_stage = machine->seen_context = 99;
	evaluate_at_halt(machine);
	assert_int_equal(machine->seen_stage, 0);
	assert_int_equal(machine->seen_context, 0);
	machine_define(machine, HD_STAGE_POST, 0, NULL);
	machine->at_halt = evaluate_at_halt;
	machine_occur(machine);
	assert_int_equal(machine->seen_stage, 1);
	assert_int_equal(machine->seen_context, LEAF);
}

/* S9 */

static void s9_breaks(void **state)
{
	struct machine *machine = *state;

	machine_define(machine, HD_STAGE_PRE, 0, NULL);
	machine_define(machine, HD_STAGE_POST, 0, NULL);
	machine_define(machine, HD_STAGE_ALL, 0, NULL);
	machine_occur(machine);
	assert_trace(machine, "B0pre B2pre op B1post B2post");
}

static void s9_vmi_mode_refuses_what_halts(void **state)
{
	struct machine *machine = *state;
	struct hd_event_definition definition = {.kind = HD_EVENT_CPUID};
	struct fake_program program = {.magic = FAKE_MAGIC, .run = run_trace};
	uint64_t number;

	assert_int_equal(machine_define_any(machine, &definition, NULL, true, &number), -HD_E_BREAK_IN_VMI);
	assert_int_equal(machine_define_any(machine, &definition, &program, true, &number), 0);
	program.uses_pause = true;
	assert_int_equal(machine_define_any(machine, &definition, &program, true, &number),
			 -HD_E_PAUSE_IN_VMI);
	assert_int_equal(machine_define_any(machine, &definition, &program, false, &number), 0);
	assert_int_equal(machine_define_any(machine, &definition, NULL, false, &number), 0);
	assert_int_equal(number, 2);
}

static bool runs(void *self, const struct event *event)
{
	return pipeline_runs(&((struct machine *)self)->core, event);
}

static void clear_while_running(struct machine *machine)
{
	assert_int_equal(event_change(machine->table, 0, HD_CHANGE_CLEAR, 0), 0);
	assert_true(runs(machine, machine->core.running->event));
	event_reclaim(machine->table, runs, machine);
	/* Still there, as long as this core is inside it. */
	assert_int_equal(machine->core.running->event->number, 0);
}

static void s9_an_event_cleared_at_its_own_break(void **state)
{
	struct machine *machine = *state;

	machine_define(machine, HD_STAGE_ALL, 0, NULL);
	machine->at_halt = clear_while_running;
	machine_occur(machine);
	assert_trace(machine, "B0pre op");
	event_reclaim(machine->table, runs, machine);
	assert_int_equal(event_count(machine->table), 0);
}

/* S10 */

static void s10_no_post_behind_a_failure(void **state)
{
	struct machine *machine = *state;
	struct event_key key = {.kind = HD_EVENT_CPUID, .parameter = LEAF};

	machine_define_trace(machine, HD_STAGE_ALL);
	machine_define_trace(machine, HD_STAGE_POST);
	machine_occur_as(machine, &key, PIPELINE_FAILED);
	assert_trace(machine, "0pre fault");
	machine_assert_counts(machine, 0, 0, 0, 1);
	machine_assert_counts(machine, 1, 0, 0, 1);
}

/* S11 */

static void s11_hooks_have_no_stages_and_no_sc(void **state)
{
	static const enum hd_event_kind hooks[] = {HD_EVENT_EPTHOOK, HD_EVENT_EPTHOOK2, HD_EVENT_MODE};
	unsigned int i;

	for (i = 0; i < HD_ARRAY_SIZE(hooks); i++) {
		struct hd_event_definition definition = {
			.kind = (uint16_t)hooks[i],
			.flags = HD_EVENT_HAS_PARAMETER,
			.parameter = {3, 3},
		};
		int without = hd_event_kinds[hooks[i]].available ? 0 : -HD_E_NOT_YET;

		assert_int_equal(define_error(*state, definition, false), without);
		definition.flags |= HD_EVENT_STAGE_GIVEN;
		for (definition.stage = HD_STAGE_PRE; definition.stage <= HD_STAGE_ALL; definition.stage++)
			assert_int_equal(define_error(*state, definition, false), -HD_E_NO_STAGES);
		definition.stage = 0;
		definition.flags = HD_EVENT_HAS_PARAMETER | HD_EVENT_SC | HD_EVENT_SC_GIVEN;
		assert_int_equal(define_error(*state, definition, false),
				 hooks[i] == HD_EVENT_MODE ? without : -HD_E_NO_SHORT_CIRCUIT);
	}
}

/* S12 */

static void s12_counts_by_ending(void **state)
{
	struct machine *machine = *state;
	struct event_key key = {.kind = HD_EVENT_CPUID, .parameter = LEAF};
	unsigned int i;

	machine_define_trace(machine, HD_STAGE_ALL);
	machine_define_trace(machine, HD_STAGE_PRE);
	for (i = 0; i < 5; i++)
		machine_occur(machine);
	machine_occur_as(machine, &key, PIPELINE_FAILED);
	machine_define_script(machine, HD_STAGE_PRE, run_sc, 1, 0);
	for (i = 0; i < 3; i++)
		machine_occur(machine);
	machine_assert_counts(machine, 0, 5, 3, 1);
	machine_assert_counts(machine, 1, 5, 3, 1);
	machine_assert_counts(machine, 2, 0, 3, 0);
}

static void s12_one_script_error_stops_no_other(void **state)
{
	struct machine *machine = *state;

	machine_define_script(machine, HD_STAGE_ALL, run_fail, HD_E_DIVIDE, 0);
	machine_define_trace(machine, HD_STAGE_ALL);
	assert_int_equal(machine_occur(machine), PIPELINE_CARRY_OUT);
	assert_trace(machine, "0pre 1pre op 0post 1post");
	assert_int_equal(machine->script_error, HD_E_DIVIDE);
	assert_int_equal(machine->error_detail, 0x77);
}

static void s12_occurrences_nest(void **state)
{
	struct machine *machine = *state;
	struct occurrence outer, inner;

	machine_define_trace(machine, HD_STAGE_ALL);
	outer.key = inner.key = (struct event_key){.kind = HD_EVENT_CPUID, .parameter = LEAF};
	assert_int_equal(pipeline_begin(&machine->core, &outer), PIPELINE_CARRY_OUT);
	assert_int_equal(pipeline_begin(&machine->core, &inner), PIPELINE_CARRY_OUT);
	assert_ptr_equal(machine->core.occurrences, &inner);
	assert_ptr_equal(inner.outer, &outer);
	assert_ptr_not_equal(inner.refs, outer.refs);
	pipeline_finish(&machine->core, &inner, PIPELINE_COMPLETED);
	pipeline_finish(&machine->core, &outer, PIPELINE_FAILED);
	assert_trace(machine, "0pre 0pre 0post");
	assert_int_equal(machine->core.arena_used, 0);
	machine_assert_counts(machine, 0, 1, 0, 1);
}

#define LOOPS 20000

static int run_nothing(const struct fake_program *program, const struct script_run_request *request)
{
	(void)program;
	(void)request;
	return 0;
}

static void *loop_on_core(void *argument)
{
	struct machine *machine = argument;
	struct occurrence occurrence;
	unsigned int i;

	for (i = 0; i < LOOPS; i++) {
		occurrence.key = (struct event_key){
			.kind = HD_EVENT_CPUID,
			.core = machine->core.core,
			.parameter = LEAF,
		};
		if (pipeline_begin(&machine->core, &occurrence) == PIPELINE_CARRY_OUT)
			pipeline_finish(&machine->core, &occurrence,
					i % 4 ? PIPELINE_COMPLETED : PIPELINE_FAILED);
	}
	return NULL;
}

static void s12_two_cores_lose_no_count(void **state)
{
	struct machine *machine = *state, other;
	pthread_t thread;

	machine_init(&other, machine->table, 1);
	machine_define_script(machine, HD_STAGE_ALL, run_nothing, 0, 0);
	assert_int_equal(pthread_create(&thread, NULL, loop_on_core, &other), 0);
	loop_on_core(machine);
	pthread_join(thread, NULL);
	free(other.core_memory);
	machine_assert_counts(machine, 0, 2 * LOOPS / 4 * 3, 0, 2 * LOOPS / 4);
}

/* What scripts are given. */

static int count_in_variable(const struct fake_program *program, const struct script_run_request *request)
{
	(void)program;
	trace_script(request);
	assert_int_equal(request->occurrence_count, OCCURRENCE_VARIABLES);
	assert_int_equal(request->occurrence[3], 0);
	/* Seen by the later runs of the same occurrence, not by the next occurrence. */
	assert_in_range(request->occurrence[5]++, 0, 2);
	((struct machine *)request->self)->seen_context = request->occurrence[5];
	return 0;
}

static void occurrence_variables_last_one_occurrence(void **state)
{
	struct machine *machine = *state;
	struct fake_program program = {.magic = FAKE_MAGIC, .run = count_in_variable, .occurrences = 1};

	machine_define_trace(machine, HD_STAGE_PRE);
	machine_define(machine, HD_STAGE_ALL, 0, &program);
	machine_define(machine, HD_STAGE_POST, 0, &program);
	machine_occur(machine);
	machine_occur(machine);
	assert_int_equal(machine->seen_context, 3);
	assert_trace(machine, "0pre 1pre op 1post 2post 0pre 1pre op 1post 2post");
}

static int use_buffer(const struct fake_program *program, const struct script_run_request *request)
{
	uint64_t *buffer = (uint64_t *)(uintptr_t)request->buffer_address;

	(void)program;
	assert_int_equal(request->buffer_size, 64);
	assert_int_equal(request->pseudo[HD_PSEUDO_BUFFER], request->buffer_address);
	assert_int_equal(request->pseudo[HD_PSEUDO_EVENT_TAG], 0xabc);
	assert_int_equal(buffer[7]++, ((struct machine *)request->self)->seen_context++);
	return 0;
}

static void buffer_and_tag(void **state)
{
	struct machine *machine = *state;
	struct hd_event_definition definition = {.kind = HD_EVENT_CPUID, .buffer_size = 64, .tag = 0xabc};
	struct fake_program program = {.magic = FAKE_MAGIC, .run = use_buffer};

	machine_define_as(machine, definition, &program);
	machine_occur(machine);
	machine_occur(machine);
	assert_int_equal(machine->seen_context, 2);
}

static int occur_again(const struct fake_program *program, const struct script_run_request *request)
{
	struct machine *machine = request->self;
	struct occurrence inner;

	(void)program;
	inner.key = (struct event_key){.kind = HD_EVENT_CPUID, .parameter = LEAF};
	if (pipeline_begin(&machine->core, &inner) == PIPELINE_CARRY_OUT)
		pipeline_finish(&machine->core, &inner, PIPELINE_COMPLETED);
	return 0;
}

static void scripts_nest_to_a_bound(void **state)
{
	struct machine *machine = *state;

	machine_define_script(machine, HD_STAGE_PRE, occur_again, 0, 0);
	machine_occur(machine);
	assert_int_equal(machine->script_error, HD_E_STACK);
	machine_assert_counts(machine, 0, PIPELINE_SCRIPT_DEPTH + 1, 0, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, machine_setup, machine_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(s1_default_is_pre),
		TEST(s1_each_stage_runs_where_it_says),
		TEST(s1_other_stages_are_refused),
		TEST(s2_in_the_order_of_numbers),
		TEST(s2_pre_never_runs_in_post),
		TEST(s2_nothing_defined_nothing_happens),
		TEST(s3_defined_after_matching_does_not_join),
		TEST(s3_enabled_after_matching_does_not_join),
		TEST(s3_disabled_by_an_earlier_script_does_not_run),
		TEST(s3_disabled_by_itself_does_not_run_in_post),
		TEST(s3_cleared_by_an_earlier_script_does_not_run),
		TEST(s3_a_slot_used_again_is_another_event),
		TEST(s3_context_is_the_same_in_both_stages),
		TEST(s3_pid_and_core_restrict),
		TEST(s4_a_changed_rip_redirects),
		TEST(s4_a_rip_edited_at_a_break_redirects),
		TEST(s4_redirecting_wins_over_cancelling),
		TEST(s6_sc_on_cancels),
		TEST(s6_a_script_cancels_this_occurrence_only),
		TEST(s6_any_request_wins),
		TEST(s6_the_last_request_wins_too),
		TEST(s6_an_event_takes_its_own_request_back),
		TEST(s6_at_a_break),
		TEST(s6_disabled_before_its_run_asks_for_nothing),
		TEST(s6_a_request_outlives_its_event),
		TEST(s6_double_fault_and_machine_check_refuse),
		TEST(s7_sc_with_post_or_all_is_refused),
		TEST(s7_event_sc_in_post_is_an_error),
		TEST(s7_events_sc_at_a_post_break_is_an_error),
		TEST(s8_stage),
		TEST(s8_stage_in_scripts),
		TEST(s8_stage_and_context_at_a_halt),
		TEST(s9_breaks),
		TEST(s9_vmi_mode_refuses_what_halts),
		TEST(s9_an_event_cleared_at_its_own_break),
		TEST(s10_no_post_behind_a_failure),
		TEST(s11_hooks_have_no_stages_and_no_sc),
		TEST(s12_counts_by_ending),
		TEST(s12_one_script_error_stops_no_other),
		TEST(s12_occurrences_nest),
		TEST(s12_two_cores_lose_no_count),
		TEST(occurrence_variables_last_one_occurrence),
		TEST(buffer_and_tag),
		TEST(scripts_nest_to_a_bound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
