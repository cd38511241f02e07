/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A pretended machine around the pipeline. What happened on it is a text:
 * `0pre 1pre op 1post`, with `B2pre` for a halt of event 2 and `fault` for a
 * failed operation.
 */
#ifndef TESTS_UNIT_PRETEND_MACHINE_H
#define TESTS_UNIT_PRETEND_MACHINE_H

#include "engine/pipeline.h"
#include "tests/unit/fake_script.h"

#define MAX_EVENTS 64
#define POOL_BYTES 65536
#define LEAF	   0x40000055

/* One core of a pretended machine. */
struct machine {
	struct pipeline_core core;
	void *core_memory;
	struct event_table *table;
	uint64_t rip;
	char trace[512];
	/* What the user does at a halt. */
	void (*at_halt)(struct machine *machine);
	int sc_error; /* what event_sc gave last */
	int script_error;
	uint64_t error_detail;
	uint32_t error_line, error_column;
	uint64_t seen_stage, seen_context; /* of the last script */
	unsigned int brackets;		   /* script_begin minus script_end */
};

void machine_init(struct machine *machine, struct event_table *table, uint32_t number);
/* cmocka's fixture: *state is a machine of core 0 with a table of its own. */
int machine_setup(void **state);
int machine_teardown(void **state);
void machine_note(struct machine *machine, const char *what);

/* Scripts, all of which note themselves first. */
typedef int script_function(const struct fake_program *program, const struct script_run_request *request);
struct machine *trace_script(const struct script_run_request *request);
script_function run_trace;
/* event_sc(argument[0]), then, if argument[1] is set, event_sc(argument[1] - 1). */
script_function run_sc;
/* enum script_event_action argument[0] to the event argument[1] */
script_function run_change;
script_function run_set_rip;
/* Ends with the error argument[0]. */
script_function run_fail;

/* Definitions; all but the first fail the test if they are refused. */
int machine_define_any(struct machine *machine, const struct hd_event_definition *definition,
		       const struct fake_program *program, bool local, uint64_t *number);
uint64_t machine_define_as(struct machine *machine, struct hd_event_definition definition,
			   const struct fake_program *program);
/* !cpuid LEAF */
uint64_t machine_define(struct machine *machine, unsigned int stage, uint32_t flags,
			const struct fake_program *program);
uint64_t machine_define_script(struct machine *machine, unsigned int stage, script_function *run, uint64_t a,
			       uint64_t b);
uint64_t machine_define_trace(struct machine *machine, unsigned int stage);

enum pipeline_verdict machine_occur_as(struct machine *machine, const struct event_key *key,
				       enum pipeline_outcome outcome);
/* CPUID of LEAF, completed, in process 100. */
enum pipeline_verdict machine_occur(struct machine *machine);

void machine_assert_counts(struct machine *machine, uint64_t number, uint64_t completed,
			   uint64_t short_circuited, uint64_t failed);

/* Compares, and begins a new trace. */
#define assert_trace(machine, text)                                                                          \
	do {                                                                                                 \
		assert_string_equal((machine)->trace, text);                                                 \
		(machine)->trace[0] = 0;                                                                     \
	} while (0)

#endif
