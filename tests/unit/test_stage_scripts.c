// SPDX-License-Identifier: GPL-2.0
/*
 * The whole way on the host: script text, compiler, checker, event table,
 * pipeline, interpreter, with a pretended CPUID, WRMSR and memory write. The
 * examples are those of the specification.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/pipeline.h"
#include "script/compile.h"
#include "tests/unit/cmocka_includes.h"

#define MAX_EVENTS 16
#define POOL_BYTES (1 << 20)
#define MEMORY	   0xffffffff81000000

struct machine {
	struct pipeline_core core;
	void *core_memory;
	struct event_table *table;
	uint64_t gpr[HD_GPR_COUNT];
	uint64_t rip;
	uint64_t memory[4]; /* at MEMORY */
	char output[1024];
	int script_error;
	uint32_t error_line;
	uint64_t halts;
};

static uint64_t machine_rip(void *self)
{
	return ((struct machine *)self)->rip;
}

static void machine_halt(void *self)
{
	((struct machine *)self)->halts++;
}

static void machine_script_error(void *self, int error, uint64_t detail, uint32_t line, uint32_t column)
{
	struct machine *machine = self;

	(void)detail;
	(void)column;
	machine->script_error = error;
	machine->error_line = line;
}

static void machine_bracket(void *self, const struct script_facts *facts)
{
	(void)self;
	(void)facts;
}

static int host_read_register(void *self, enum hd_register reg, uint64_t *value)
{
	struct machine *machine = self;

	if (reg != HD_REG_RIP)
		return -HD_E_NO_REGISTER;
	*value = machine->rip;
	return 0;
}

static int host_write_register(void *self, enum hd_register reg, uint64_t value)
{
	struct machine *machine = self;

	if (reg != HD_REG_RIP)
		return -HD_E_READ_ONLY_REGISTER;
	machine->rip = value;
	return 0;
}

static int host_read_memory(void *self, enum script_space space, uint64_t address, void *to, size_t size)
{
	struct machine *machine = self;

	if (space != SCRIPT_VIRTUAL || address < MEMORY || address + size > MEMORY + sizeof(machine->memory))
		return -HD_E_BAD_ADDRESS;
	memcpy(to, (uint8_t *)machine->memory + (address - MEMORY), size);
	return 0;
}

static void host_output(void *self, const char *text, size_t length)
{
	struct machine *machine = self;
	size_t used = strlen(machine->output);

	assert_true(used + length < sizeof(machine->output));
	memcpy(machine->output + used, text, length);
	machine->output[used + length] = 0;
}

static int host_event(void *self, enum script_event_action what, uint64_t number)
{
	static const enum hd_change changes[] = {HD_CHANGE_ENABLE, HD_CHANGE_DISABLE, HD_CHANGE_CLEAR};

	return event_change_from_script(((struct machine *)self)->table, number, changes[what]);
}

static int host_event_sc(void *self, bool on)
{
	return pipeline_event_sc(&((struct machine *)self)->core, on);
}

static int host_pause(void *self)
{
	machine_halt(self);
	return 0;
}

static const struct script_host_ops host_ops = {
	.read_register = host_read_register,
	.write_register = host_write_register,
	.read_memory = host_read_memory,
	.output = host_output,
	.event = host_event,
	.event_sc = host_event_sc,
	.pause = host_pause,
};

static const struct pipeline_machine machine_ops = {
	.rip = machine_rip,
	.halt = machine_halt,
	.script_error = machine_script_error,
	.script_begin = machine_bracket,
	.script_end = machine_bracket,
	.script_ops = &host_ops,
};

static int setup(void **state)
{
	struct machine *machine = calloc(1, sizeof(*machine));
	size_t size = event_table_size(MAX_EVENTS, POOL_BYTES);
	void *memory = aligned_alloc(64, size);

	memset(memory, 0, size);
	machine->table = event_table_init(memory, MAX_EVENTS, POOL_BYTES);
	machine->core_memory = calloc(1, pipeline_core_memory(MAX_EVENTS));
	pipeline_core_init(&machine->core, machine->core_memory, machine->table, &machine_ops, machine, 1);
	pipeline_use_registers(&machine->core, machine->gpr);
	machine->rip = 0x1000;
	*state = machine;
	return 0;
}

static int teardown(void **state)
{
	struct machine *machine = *state;

	free(machine->core_memory);
	free(machine->table);
	free(machine);
	return 0;
}

static int define_error(struct machine *machine, enum hd_event_kind kind, unsigned int stage,
			const char *source, bool local)
{
	struct hd_event_definition definition = {.kind = (uint16_t)kind, .stage = (uint8_t)stage};
	struct script_diagnostics diagnostics = {0};
	struct script_program *program = script_compile(source, NULL, &diagnostics);
	uint64_t number, detail;
	int error;

	if (!program)
		fail_msg("%s", script_diagnostics_text(&diagnostics));
	definition.program_size = (uint32_t)program->size;
	error = event_define(machine->table, &definition, program->bytes, 0, local, &number, &detail);
	free(program);
	return error;
}

static void define(struct machine *machine, enum hd_event_kind kind, unsigned int stage, const char *source)
{
	assert_int_equal(define_error(machine, kind, stage, source, false), 0);
}

/* One occurrence whose operation is done by `operate`. */
static enum pipeline_verdict occur(struct machine *machine, enum hd_event_kind kind, uint64_t parameter,
				   void (*operate)(struct machine *machine))
{
	struct occurrence occurrence;
	enum pipeline_verdict verdict;

	occurrence.key = (struct event_key){.kind = kind, .core = 1, .parameter = parameter};
	verdict = pipeline_begin(&machine->core, &occurrence);
	if (verdict == PIPELINE_NONE || verdict == PIPELINE_CARRY_OUT) {
		operate(machine);
		machine->rip += 2;
	}
	if (verdict == PIPELINE_CARRY_OUT)
		pipeline_finish(&machine->core, &occurrence, PIPELINE_COMPLETED);
	return verdict;
}

#define assert_output(machine, text)                                                                         \
	do {                                                                                                 \
		assert_string_equal((machine)->output, text);                                                \
		(machine)->output[0] = 0;                                                                    \
	} while (0)

static void cpuid(struct machine *machine)
{
	machine->gpr[HD_REG_RAX] = 0xa;
	machine->gpr[HD_REG_RBX] = 0xb;
	machine->gpr[HD_REG_RCX] = 0xffffffff;
	machine->gpr[HD_REG_RDX] = 0xd;
}

static void nothing(struct machine *machine)
{
	(void)machine;
}

/* Example 2: hide a feature bit from leaf 1, behind the operation. */
static void example_2(void **state)
{
	struct machine *machine = *state;

	define(machine, HD_EVENT_CPUID, HD_STAGE_POST, "if ($context == 1) {\n@ecx = @ecx & ~(1 << 5);\n}\n");
	occur(machine, HD_EVENT_CPUID, 1, cpuid);
	assert_int_equal(machine->gpr[HD_REG_RCX], 0xffffffdf);
	occur(machine, HD_EVENT_CPUID, 2, cpuid);
	assert_int_equal(machine->gpr[HD_REG_RCX], 0xffffffff);
}

/* Example 3: change what WRMSR writes, before it. */
static void example_3(void **state)
{
	struct machine *machine = *state;

	define(machine, HD_EVENT_MSR_WRITE, HD_STAGE_PRE, "@eax = @eax | (1 << 9);");
	machine->gpr[HD_REG_RAX] = 0x47000;
	occur(machine, HD_EVENT_MSR_WRITE, 0xc0000084, nothing);
	assert_int_equal(machine->gpr[HD_REG_RAX], 0x47200);
}

static void increment(struct machine *machine)
{
	machine->memory[1]++;
}

/* The shape of Example 1: a value before and behind, told apart by $stage. */
static void example_1(void **state)
{
	struct machine *machine = *state;

	define(machine, HD_EVENT_CPUID, HD_STAGE_ALL,
	       "if ($stage == 1) {\n"
	       "curr_memory = dq($context);\n"
	       "printf(\"current memory: %llx\\n\", curr_memory);\n"
	       "} else {\n"
	       "prev_memory = dq($context);\n"
	       "printf(\"from (RIP): %llx modified address: %llx, previous memory: %llx\\n\", @rip, "
	       "$context, prev_memory);\n"
	       "}\n");
	machine->memory[1] = 0x29;
	occur(machine, HD_EVENT_CPUID, MEMORY + 8, increment);
	assert_output(machine, "from (RIP): 1000 modified address: ffffffff81000008, previous memory: 29\n"
			       "current memory: 2a\n");
}

static void stage_by_both_names(void **state)
{
	struct machine *machine = *state;

	define(machine, HD_EVENT_CPUID, HD_STAGE_ALL, "print($stage); print($event_stage); print(@rip);");
	occur(machine, HD_EVENT_CPUID, 1, nothing);
	assert_output(machine, "0\n0\n1000\n1\n1\n1002\n");
}

static void who_am_i(void **state)
{
	struct machine *machine = *state;

	define(machine, HD_EVENT_MSR_READ, HD_STAGE_PRE, "x = 1;");
	define(machine, HD_EVENT_CPUID, HD_STAGE_PRE, "print($event_id); print($core); print($context);");
	occur(machine, HD_EVENT_CPUID, 0x40000055, nothing);
	assert_output(machine, "1\n1\n40000055\n");
}

static void event_sc_cancels_and_is_taken_back(void **state)
{
	struct machine *machine = *state;

	define(machine, HD_EVENT_CPUID, HD_STAGE_ALL, "print(1); event_sc($context);");
	assert_int_equal(occur(machine, HD_EVENT_CPUID, 1, cpuid), PIPELINE_CANCELLED);
	assert_output(machine, "1\n");
	assert_int_equal(machine->rip, 0x1000);
	/* In post it is an error, said with its line. */
	assert_int_equal(occur(machine, HD_EVENT_CPUID, 0, cpuid), PIPELINE_CARRY_OUT);
	assert_int_equal(machine->script_error, HD_E_SC_IN_POST);
	assert_int_equal(machine->error_line, 1);
}

static void a_script_redirects(void **state)
{
	struct machine *machine = *state;

	define(machine, HD_EVENT_CPUID, HD_STAGE_ALL, "@rip = @rip + 40; print(@rip);");
	assert_int_equal(occur(machine, HD_EVENT_CPUID, 1, cpuid), PIPELINE_REDIRECTED);
	assert_int_equal(machine->rip, 0x1040);
	assert_output(machine, "1040\n");
}

static void an_error_names_its_line_and_stops_only_its_script(void **state)
{
	struct machine *machine = *state;

	define(machine, HD_EVENT_CPUID, HD_STAGE_PRE, "print(1);\nx = dq(10);\nprint(2);");
	define(machine, HD_EVENT_CPUID, HD_STAGE_ALL, "print(3);");
	assert_int_equal(occur(machine, HD_EVENT_CPUID, 1, nothing), PIPELINE_CARRY_OUT);
	assert_output(machine, "1\n3\n3\n");
	assert_int_equal(machine->script_error, HD_E_BAD_ADDRESS);
	assert_int_equal(machine->error_line, 2);
}

static void a_script_without_end_ends(void **state)
{
	struct machine *machine = *state;

	pipeline_set_budget(&machine->core, 10000);
	define(machine, HD_EVENT_CPUID, HD_STAGE_PRE, "x = 0; while (1) { x = x + 1; }");
	assert_int_equal(occur(machine, HD_EVENT_CPUID, 1, nothing), PIPELINE_CARRY_OUT);
	assert_int_equal(machine->script_error, HD_E_BUDGET);
}

static void globals_are_everybodys_and_last(void **state)
{
	struct machine *machine = *state;
	unsigned int i;

	define(machine, HD_EVENT_CPUID, HD_STAGE_ALL, ".count = .count + 1;");
	for (i = 0; i < 5; i++)
		occur(machine, HD_EVENT_CPUID, 1, nothing);
	define(machine, HD_EVENT_MSR_READ, HD_STAGE_PRE, "print(.count);");
	occur(machine, HD_EVENT_MSR_READ, 1, nothing);
	assert_output(machine, "a\n");
}

static void disabling_oneself(void **state)
{
	struct machine *machine = *state;

	define(machine, HD_EVENT_CPUID, HD_STAGE_ALL, "print($stage); event_disable($event_id);");
	occur(machine, HD_EVENT_CPUID, 1, nothing);
	assert_output(machine, "0\n");
	assert_int_equal(occur(machine, HD_EVENT_CPUID, 1, nothing), PIPELINE_NONE);
}

static void pause_halts_and_is_refused_in_vmi_mode(void **state)
{
	struct machine *machine = *state;

	define(machine, HD_EVENT_CPUID, HD_STAGE_PRE, "pause(); print(1);");
	occur(machine, HD_EVENT_CPUID, 1, nothing);
	assert_int_equal(machine->halts, 1);
	assert_output(machine, "1\n");
	assert_int_equal(
		define_error(machine, HD_EVENT_CPUID, HD_STAGE_PRE, "if ($context) { pause(); }", true),
		-HD_E_PAUSE_IN_VMI);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(example_1),
		TEST(example_2),
		TEST(example_3),
		TEST(stage_by_both_names),
		TEST(who_am_i),
		TEST(event_sc_cancels_and_is_taken_back),
		TEST(a_script_redirects),
		TEST(an_error_names_its_line_and_stops_only_its_script),
		TEST(a_script_without_end_ends),
		TEST(globals_are_everybodys_and_last),
		TEST(disabling_oneself),
		TEST(pause_halts_and_is_refused_in_vmi_mode),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
