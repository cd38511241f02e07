// SPDX-License-Identifier: GPL-2.0
#include <stdio.h>
#include <stdlib.h>

#include "tests/unit/cmocka_includes.h"
#include "tests/unit/pretend_machine.h"

void machine_note(struct machine *machine, const char *what)
{
	size_t used = strlen(machine->trace);

	snprintf(machine->trace + used, sizeof(machine->trace) - used, "%s%s", used ? " " : "", what);
}

static const char *stage_name(enum hd_stage stage)
{
	return stage == HD_STAGE_POST ? "post" : "pre";
}

/* The machine that the pipeline sees. */

static uint64_t machine_rip(void *self)
{
	return ((struct machine *)self)->rip;
}

static void machine_halt(void *self)
{
	struct machine *machine = self;
	char text[32];

	snprintf(text, sizeof(text), "B%u%s", (unsigned int)machine->core.running->event->number,
		 stage_name(machine->core.running->stage));
	machine_note(machine, text);
	if (machine->at_halt)
		machine->at_halt(machine);
}

static void machine_script_error(void *self, int error, uint64_t detail, uint32_t line, uint32_t column)
{
	struct machine *machine = self;

	machine->script_error = error;
	machine->error_detail = detail;
	machine->error_line = line;
	machine->error_column = column;
}

static void machine_script_begin(void *self, const struct script_facts *facts)
{
	((struct machine *)self)->brackets += facts != NULL;
}

static void machine_script_end(void *self, const struct script_facts *facts)
{
	((struct machine *)self)->brackets -= facts != NULL;
}

static int host_event(void *self, enum script_event_action what, uint64_t number)
{
	static const enum hd_change changes[] = {
		[SCRIPT_EVENT_ENABLE] = HD_CHANGE_ENABLE,
		[SCRIPT_EVENT_DISABLE] = HD_CHANGE_DISABLE,
		[SCRIPT_EVENT_CLEAR] = HD_CHANGE_CLEAR,
	};

	return event_change_from_script(((struct machine *)self)->table, number, changes[what]);
}

static int host_event_sc(void *self, bool on)
{
	return pipeline_event_sc(&((struct machine *)self)->core, on);
}

static int host_write_register(void *self, enum hd_register reg, uint64_t value)
{
	assert_int_equal(reg, HD_REG_RIP);
	((struct machine *)self)->rip = value;
	return 0;
}

static const struct script_host_ops host_ops = {
	.write_register = host_write_register,
	.event = host_event,
	.event_sc = host_event_sc,
};

static const struct pipeline_machine machine_ops = {
	.rip = machine_rip,
	.halt = machine_halt,
	.script_error = machine_script_error,
	.script_begin = machine_script_begin,
	.script_end = machine_script_end,
	.script_ops = &host_ops,
};

/* Scripts. Each traces itself first. */

struct machine *trace_script(const struct script_run_request *request)
{
	struct machine *machine = request->self;
	char text[32];

	assert_true(request->pseudo_known & 1u << HD_PSEUDO_STAGE);
	assert_true(request->pseudo_known & 1u << HD_PSEUDO_CONTEXT);
	assert_int_equal(request->pseudo[HD_PSEUDO_EVENT_STAGE], request->pseudo[HD_PSEUDO_STAGE]);
	assert_int_equal(machine->brackets, 1); /* all fake programs say uses_host */
	machine->seen_stage = request->pseudo[HD_PSEUDO_STAGE];
	machine->seen_context = request->pseudo[HD_PSEUDO_CONTEXT];
	/* Which stage really runs, not what $stage claims. */
	snprintf(text, sizeof(text), "%u%s", (unsigned int)request->pseudo[HD_PSEUDO_EVENT_ID],
		 stage_name(machine->core.running->stage));
	machine_note(machine, text);
	return machine;
}

int run_trace(const struct fake_program *program, const struct script_run_request *request)
{
	(void)program;
	trace_script(request);
	return 0;
}

/* event_sc(argument[0]), and if argument[1] is set, event_sc(argument[1] - 1) behind it. */
int run_sc(const struct fake_program *program, const struct script_run_request *request)
{
	struct machine *machine = trace_script(request);

	machine->sc_error = request->host->event_sc(request->self, program->argument[0]);
	if (!machine->sc_error && program->argument[1])
		machine->sc_error = request->host->event_sc(request->self, program->argument[1] - 1);
	return -machine->sc_error;
}

/* enum script_event_action argument[0] on event argument[1] */
int run_change(const struct fake_program *program, const struct script_run_request *request)
{
	trace_script(request);
	return -request->host->event(request->self, program->argument[0], program->argument[1]);
}

int run_set_rip(const struct fake_program *program, const struct script_run_request *request)
{
	trace_script(request);
	return request->host->write_register(request->self, HD_REG_RIP, program->argument[0]);
}

int run_fail(const struct fake_program *program, const struct script_run_request *request)
{
	trace_script(request);
	return (int)program->argument[0];
}

/* Definitions. */

int machine_define_any(struct machine *machine, const struct hd_event_definition *definition,
		       const struct fake_program *program, bool local, uint64_t *number)
{
	struct hd_event_definition full = *definition;
	uint64_t detail;

	full.program_size = program ? sizeof(*program) : 0;
	return event_define(machine->table, &full, program, 0, local, number, &detail);
}

uint64_t machine_define_as(struct machine *machine, struct hd_event_definition definition,
			   const struct fake_program *program)
{
	uint64_t number;

	assert_int_equal(machine_define_any(machine, &definition, program, false, &number), 0);
	return number;
}

/* !cpuid LEAF with stage and flags. */
uint64_t machine_define(struct machine *machine, unsigned int stage, uint32_t flags,
			const struct fake_program *program)
{
	struct hd_event_definition definition = {
		.kind = HD_EVENT_CPUID,
		.stage = (uint8_t)stage,
		.flags = flags | HD_EVENT_HAS_PARAMETER,
		.parameter = {LEAF},
	};

	return machine_define_as(machine, definition, program);
}

uint64_t machine_define_script(struct machine *machine, unsigned int stage,
			       int (*run)(const struct fake_program *, const struct script_run_request *),
			       uint64_t a, uint64_t b)
{
	struct fake_program program = {.magic = FAKE_MAGIC, .run = run, .argument = {a, b}};

	return machine_define(machine, stage, 0, &program);
}

uint64_t machine_define_trace(struct machine *machine, unsigned int stage)
{
	return machine_define_script(machine, stage, run_trace, 0, 0);
}

/* Occurrences. */

enum pipeline_verdict machine_occur_as(struct machine *machine, const struct event_key *key,
				       enum pipeline_outcome outcome)
{
	struct occurrence occurrence;
	enum pipeline_verdict verdict;

	memset(&occurrence, 0xa5, sizeof(occurrence));
	occurrence.key = *key;
	verdict = pipeline_begin(&machine->core, &occurrence);
	if (verdict == PIPELINE_NONE || verdict == PIPELINE_CARRY_OUT)
		machine_note(machine, outcome == PIPELINE_COMPLETED ? "op" : "fault");
	if (verdict == PIPELINE_CARRY_OUT)
		pipeline_finish(&machine->core, &occurrence, outcome);
	/* Nothing stays open, whatever happened. */
	assert_null(machine->core.occurrences);
	assert_null(machine->core.running);
	assert_int_equal(machine->core.arena_used, 0);
	assert_false(pipeline_runs_script(&machine->core));
	return verdict;
}

enum pipeline_verdict machine_occur(struct machine *machine)
{
	struct event_key key = {
		.kind = HD_EVENT_CPUID, .core = machine->core.core, .parameter = LEAF, .pid = 100};

	return machine_occur_as(machine, &key, PIPELINE_COMPLETED);
}

void machine_assert_counts(struct machine *machine, uint64_t number, uint64_t completed,
			   uint64_t short_circuited, uint64_t failed)
{
	const struct event *event = event_find(machine->table, number);

	assert_non_null(event);
	assert_int_equal(event->completed, completed);
	assert_int_equal(event->short_circuited, short_circuited);
	assert_int_equal(event->failed, failed);
}

void machine_init(struct machine *machine, struct event_table *table, uint32_t number)
{
	memset(machine, 0, sizeof(*machine));
	machine->table = table;
	machine->rip = 0x1000;
	machine->core_memory = calloc(1, pipeline_core_memory(MAX_EVENTS));
	pipeline_core_init(&machine->core, machine->core_memory, table, &machine_ops, machine, number);
}

int machine_setup(void **state)
{
	struct machine *machine = malloc(sizeof(*machine));
	size_t size = event_table_size(MAX_EVENTS, POOL_BYTES);
	void *memory = aligned_alloc(64, size);

	memset(memory, 0, size);
	machine_init(machine, event_table_init(memory, MAX_EVENTS, POOL_BYTES), 0);
	*state = machine;
	return 0;
}

int machine_teardown(void **state)
{
	struct machine *machine = *state;

	free(machine->table);
	free(machine->core_memory);
	free(machine);
	return 0;
}
