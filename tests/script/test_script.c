// SPDX-License-Identifier: GPL-2.0
/*
 * What the cases cannot show: the checker's refusals, names shared between
 * programs, runs that nest, registers through the host, numbers in commands.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "script/compile.h"

static unsigned int failures;
static char printed[4096];
static uint64_t registers[HD_REG_COUNT];
static const struct script_run_request *nested; /* what pause() runs */
static uint64_t seconds; /* of the host's clock */

#define EXPECT(condition)                                                        \
	do {                                                                     \
		if (!(condition)) {                                              \
			printf("  %s:%d: %s\n", __func__, __LINE__, #condition); \
			failures++;                                              \
		}                                                                \
	} while (0)

/* ---- a host ---- */

static int read_register(void *self, enum hd_register reg, uint64_t *value)
{
	(void)self;
	*value = registers[reg];
	return reg == HD_REG_DR7 ? -HD_E_NO_REGISTER : 0;
}

static int write_register(void *self, enum hd_register reg, uint64_t value)
{
	(void)self;
	registers[reg] = value;
	return reg == HD_REG_EFER ? -HD_E_BAD_VALUE : 0;
}

static int read_pseudo(void *self, enum hd_pseudo_register reg, uint64_t *value)
{
	(void)self;
	*value = reg == HD_PSEUDO_DATE || reg == HD_PSEUDO_TIME ? seconds : 0x1000 + (uint64_t)reg;
	return 0;
}

static int read_memory(void *self, enum script_space space, uint64_t address, void *to, size_t size)
{
	(void)self;
	if (address >= 0x100000)
		return space == SCRIPT_VIRTUAL ? -HD_E_BAD_ADDRESS : -HD_E_BAD_PHYSICAL;
	memset(to, space == SCRIPT_VIRTUAL ? 0x11 : 0x22, size);
	return 0;
}

static void output(void *self, const char *text, size_t length)
{
	(void)self;
	strncat(printed, text, length);
}

static int pause_nested(void *self)
{
	struct script_outcome outcome;

	(void)self;
	return nested ? script_run(nested, &outcome) : 0;
}

static int event_sc(void *self, bool on)
{
	(void)self;
	(void)on;
	return -HD_E_SC_IN_POST;
}

static const struct script_host_ops host = {
	.read_register = read_register,
	.write_register = write_register,
	.read_pseudo = read_pseudo,
	.read_memory = read_memory,
	.output = output,
	.pause = pause_nested,
	.event_sc = event_sc,
};

static struct script_name global_names[4], occurrence_names[4];
static uint64_t global_cells[4], occurrence_cells[4];
static struct script_globals globals = {global_names, global_cells, 4, 0};
static struct script_globals occurrences = {occurrence_names, NULL, 4, 0};
static uint64_t scratch[2][SCRIPT_STACK_BYTES / 8] __attribute__((aligned(16)));

static struct script_program *compile(const char *source)
{
	struct script_diagnostics diagnostics;
	struct script_program *program = script_compile(source, NULL, &diagnostics);

	if (!program) {
		printf("  does not compile: %s: %s\n", source, diagnostics.items[0].message);
		exit(1);
	}
	return program;
}

static struct script_run_request request_for(const struct script_program *program, unsigned int stack)
{
	return (struct script_run_request){.program = program->bytes,
					   .host = &host,
					   .scratch = scratch[stack],
					   .globals = &globals,
					   .occurrence = occurrence_cells,
					   .occurrence_count = 4,
					   .budget = 10000};
}

static struct script_outcome run(const char *source)
{
	struct script_program *program = compile(source);
	struct script_run_request request = request_for(program, 0);
	struct script_outcome outcome;

	printed[0] = 0;
	EXPECT(script_resolve(program->bytes, &globals, &occurrences) == 0);
	script_run(&request, &outcome);
	free(program);
	return outcome;
}

/* ---- the tests ---- */

static void test_host_registers(void)
{
	registers[HD_REG_RCX] = 0x1122334455667788;
	registers[HD_REG_RFLAGS] = 2;
	EXPECT(run("@cl = ff; @r8 = @rcx; @zf = 1; return @ecx;").value == 0x556677ff);
	EXPECT(registers[HD_REG_RCX] == 0x11223344556677ff && registers[HD_REG_R8] == registers[HD_REG_RCX]);
	EXPECT(registers[HD_REG_RFLAGS] == 0x42);
	EXPECT(run("@ecx = @ecx & ~1; @rcx |= 8000000; @ch ^= 10;").error == 0);
	EXPECT(registers[HD_REG_RCX] == 0x112233445d6667fe);
	EXPECT(run("if ($tid == 1234) { return 1; } if ($tid != -1) { return 2; }").value == 2);
	EXPECT(run("x = @dr7;").error == HD_E_NO_REGISTER);
	EXPECT(run("\n @efer = 5;").line == 2);
	EXPECT(run("@efer = 5;").error == HD_E_BAD_VALUE);
	EXPECT(run("return $tid;").value == 0x1000 + HD_PSEUDO_TID);
}

static void test_clock(void)
{
	static const struct {
		uint64_t seconds;
		const char *text;
	} times[] = {
		{0, "1970-01-01 00:00:00"},	      {951782399, "2000-02-28 23:59:59"},
		{951868799, "2000-02-29 23:59:59"},   {951868800, "2000-03-01 00:00:00"},
		{1795648496, "2026-11-25 23:14:56"},  {4107542399, "2100-02-28 23:59:59"},
		{4107542400, "2100-03-01 00:00:00"},  {253402300799, "9999-12-31 23:59:59"},
		{12622780800, "2370-01-01 00:00:00"},
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(times); i++) {
		seconds = times[i].seconds;
		EXPECT(run("printf(\"%s %s\", $date, $time);").error == 0);
		EXPECT(!strcmp(printed, times[i].text));
	}
	seconds = UINT64_MAX;
	EXPECT(run("return strlen($date) + strlen($time);").value == 18);
}

static void test_gpr_in_place(void)
{
	struct script_program *program = compile("@rbx = @rcx + $context; @ah = 5;");
	struct script_run_request request = request_for(program, 0);
	uint64_t gpr[HD_GPR_COUNT] = {[1] = 40}, pseudo[HD_PSEUDO_COUNT] = {[HD_PSEUDO_CONTEXT] = 2};
	struct script_outcome outcome;

	request.gpr = gpr;
	request.pseudo = pseudo;
	request.pseudo_known = 1ull << HD_PSEUDO_CONTEXT;
	EXPECT(script_run(&request, &outcome) == 0);
	EXPECT(gpr[HD_REG_RBX] == 42 && gpr[HD_REG_RAX] == 0x500);
	free(program);
}

static void test_memory_through_host(void)
{
	EXPECT(run("return dd(1000);").value == 0x11111111);
	EXPECT(run("return dq_pa(1000) + db_pa(10);").value == 0x2222222222222222 + 0x22);
	EXPECT(run("return dq_pa(100000);").error == HD_E_BAD_PHYSICAL);
	EXPECT(run("return dq(100000);").detail == 0x100000);
	EXPECT(run("event_sc(1);").error == HD_E_SC_IN_POST);
}

static void test_shared_names(void)
{
	memset(occurrence_cells, 0, sizeof(occurrence_cells));
	EXPECT(run(".one = 5; #old = 7;").error == 0);
	EXPECT(run(".two = 1; .one += 1; return .one * 10 + #old;").value == 0x67);
	EXPECT(globals.count == 2 && occurrences.count == 1);
	{
		struct script_program *program = compile(".a1 = 1; .a2 = 1; .a3 = 1;");

		EXPECT(script_resolve(program->bytes, &globals, &occurrences) == -HD_E_NO_NAME_SLOT);
		EXPECT(script_resolve(program->bytes, NULL, &occurrences) == -HD_E_NO_NAME_SLOT);
		free(program);
	}
	{
		/* Without an occurrence they read 0, and nothing is written. */
		struct script_program *program = compile("#old = 9; return #old;");
		struct script_run_request request = request_for(program, 0);
		struct script_outcome outcome;

		script_resolve(program->bytes, &globals, &occurrences);
		request.occurrence = NULL;
		EXPECT(script_run(&request, &outcome) == 0 && outcome.value == 0 && occurrence_cells[0] == 7);
		free(program);
	}
}

/* What an earlier run left in the stack is nobody's value. */
static void test_runs_begin_with_zeros(void)
{
	EXPECT(run("x = 5; y = 6; z = 7; int list[8] = {1, 2, 3, 4, 5, 6, 7, 8}; return list[7] + x + y + z;").value == 0x1a);
	EXPECT(run("if ($tid == 0) { x = 1; y = 1; z = 1; } int list[8]; return list[7] + list[0] + x + y + z;").value == 0);
}

static void test_nested_run(void)
{
	struct script_program *inner = compile("x = 9; y = 8; int a[4] = {1, 2, 3, 4}; print(x + y + a[3]);");
	struct script_run_request request = request_for(inner, 1);

	nested = &request;
	EXPECT(run("x = 1; int a[2] = {3, 4}; pause(); print(x + a[1]);").error == 0);
	EXPECT(!strcmp(printed, "15\n5\n"));
	nested = NULL;
	free(inner);
}

static void test_budget(void)
{
	struct script_program *program = compile("int down(int n) { return n ? down(n - 1) : 0; }\nwhile (1) { down(0n20); }");
	struct script_run_request request = request_for(program, 0);
	struct script_outcome outcome;

	EXPECT(program->facts.functions == 2 && !program->facts.uses_pause);
	EXPECT(script_run(&request, &outcome) == -HD_E_BUDGET);
	EXPECT(outcome.instructions == 10000 && outcome.line > 0);
	free(program);
	EXPECT(run("for (i = 0; i < 0n100; i++) { }").instructions < 1000);
	EXPECT(run("memcpy(&.one, 1000, 0xfffffff);").error == HD_E_BUDGET);
}

static void test_facts(void)
{
	struct script_program *program = compile("pause(); double d1 = 1.5; event_sc(0); .g = d1 + @rax; event_inject(3, d);");

	EXPECT(program->facts.uses_pause && program->facts.uses_sc && program->facts.uses_inject);
	EXPECT(program->facts.uses_float && program->facts.globals == 1 && program->facts.occurrences == 0);
	free(program);
	program = compile("if ($event_id == 1) { x = $stage; }");
	EXPECT(program->facts.pseudos == (1ull << HD_PSEUDO_EVENT_ID | 1ull << HD_PSEUDO_STAGE));
	free(program);
	program = compile("x = (int)(2.5 * 2.0);");
	EXPECT(!program->facts.uses_float); /* folded */
	free(program);
}

static void test_forbidden(void)
{
	const struct script_compile_options options = {.forbid = SCRIPT_FORBID_PAUSE | SCRIPT_FORBID_EVENT |
								 SCRIPT_FORBID_OCCURRENCE};
	struct script_diagnostics diagnostics;

	EXPECT(!script_compile("pause(); event_sc(1); print(#x);", &options, &diagnostics));
	EXPECT(diagnostics.count == 3 && strstr(diagnostics.items[0].message, "VMI mode"));
}

/* Every single change of one instruction's field is either refused or harmless to run; some must be refused. */
static void test_checker(void)
{
	struct script_program *program = compile("int a[2]; i = 5; while (i) { i--; a[1] = i; .g = i; @rax = i; print(dq(&a)); } printf(\"%d\", i);");
	const struct hd_program_header *h = (const void *)program->bytes;
	struct hd_instruction *code = (void *)((uint8_t *)program->bytes + h->code.offset);
	const struct hd_program_function *f = (const void *)((uint8_t *)program->bytes + h->functions.offset);
	struct script_facts facts;
	uint64_t where;
	unsigned int refused = 0;

	for (uint32_t i = 0; i < h->code.count; i++) {
		struct hd_instruction kept = code[i];

		code[i].op = 255;
		EXPECT(script_check(program->bytes, program->size, &facts, &where));
		EXPECT(where == i || i == h->code.count - 1);
		code[i] = kept;
		code[i].a = 255;
		refused += script_check(program->bytes, program->size, NULL, NULL) != 0;
		code[i] = kept;
		code[i].imm = 0x7fffff00;
		refused += script_check(program->bytes, program->size, NULL, NULL) != 0;
		code[i] = kept;
	}
	EXPECT(refused > h->code.count);
	code[f->end - 1].op = HD_OP_LI; /* falls off its end */
	code[f->end - 1].a = 0;
	EXPECT(script_check(program->bytes, program->size, NULL, NULL) == -HD_E_BAD_PROGRAM);
	EXPECT(script_check(program->bytes, program->size - 8, NULL, NULL) == -HD_E_BAD_PROGRAM);
	EXPECT(script_check((uint8_t *)program->bytes + 1, program->size - 1, NULL, NULL) == -HD_E_BAD_PROGRAM);
	free(program);
}

static int symbol(void *self, const char *name, uint64_t *address, char *reason, size_t size)
{
	(void)self;
	*address = 0xffffffff81000000;
	snprintf(reason, size, "no symbol %s here", name);
	return strcmp(name, "vmlinux!jiffies_64") && strcmp(name, "kernel_thing") ? -1 : 0;
}

static void test_expression_prefix(void)
{
	static const struct {
		const char *text;
		uint64_t value;
		size_t used;
	} cases[] = {
		{"10", 0x10, 2},
		{"7ff71f118210 + 4 stage all", 0x7ff71f118214, 16},
		{"0n10 l 8", 10, 4},
		{"face pid 4", 0xface, 4},
		{"(1 << 4) | 3, 5", 0x13, 12},
		{"10 -1 'x", 0xf, 5},
		{"vmlinux!jiffies_64+8 script { \"", 0xffffffff81000008, 20},
		{"kernel_thing 1", 0xffffffff81000000, 12},
		{"@rcx + $tid*2 core 1", 0x100 + 2 * (0x1000 + HD_PSEUDO_TID), 13},
		{"fffff800`12345678", 0xfffff80012345678, 17},
		{"1 ? 2 : 3 x", 2, 9},
	};
	const struct script_compile_options options = {.symbol = symbol};
	const struct script_run_request run_request = {.host = &host, .budget = 1000};
	struct script_diagnostics diagnostics;
	uint64_t value;
	size_t used;

	registers[HD_REG_RCX] = 0x100;
	for (size_t i = 0; i < HD_ARRAY_SIZE(cases); i++) {
		int error = script_evaluate_expression_prefix(cases[i].text, &options, &run_request, &value, &used, &diagnostics);

		EXPECT(error == 0 && value == cases[i].value && used == cases[i].used);
		if (error || value != cases[i].value || used != cases[i].used)
			printf("    %s: %d %llx %zu\n", cases[i].text, error, (unsigned long long)value, used);
	}
	EXPECT(script_evaluate_expression_prefix("10 + zzz", &options, NULL, &value, &used, &diagnostics));
	EXPECT(diagnostics.count == 1 && diagnostics.items[0].column == 6 && strstr(diagnostics.items[0].message, "zzz"));
	EXPECT(script_evaluate_expression_prefix("@rax", &options, NULL, &value, &used, &diagnostics));
	EXPECT(script_evaluate_expression_prefix("", &options, NULL, &value, &used, &diagnostics));
	EXPECT(script_evaluate_expression_prefix("1 / 0", &options, &run_request, &value, &used, &diagnostics));
	EXPECT(strstr(diagnostics.items[0].message, "division by zero"));
}

static void test_diagnostics_text(void)
{
	struct script_diagnostics diagnostics;
	char *text;

	EXPECT(!script_compile("x = 1;\n\ty = ;", NULL, &diagnostics));
	text = script_diagnostics_text(&diagnostics);
	EXPECT(!strcmp(text, "err, line 0n2, column 0n6: expected a value before `;`\n\t\ty = ;\n\t\t    ^\n"));
	free(text);
}

static const struct {
	const char *name;
	void (*test)(void);
} tests[] = {
	{"host-registers", test_host_registers},
	{"gpr-in-place", test_gpr_in_place},
	{"memory-through-host", test_memory_through_host},
	{"shared-names", test_shared_names},
	{"clock", test_clock},
	{"runs-begin-with-zeros", test_runs_begin_with_zeros},
	{"nested-run", test_nested_run},
	{"budget", test_budget},
	{"facts", test_facts},
	{"forbidden", test_forbidden},
	{"checker", test_checker},
	{"expression-prefix", test_expression_prefix},
	{"diagnostics-text", test_diagnostics_text},
};

int main(void)
{
	unsigned int before, failed = 0;

	for (size_t i = 0; i < HD_ARRAY_SIZE(tests); i++) {
		before = failures;
		tests[i].test();
		printf("%s %s\n", failures == before ? "ok" : "FAILED", tests[i].name);
		failed += failures != before;
	}
	return failed != 0;
}
