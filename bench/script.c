// SPDX-License-Identifier: GPL-2.0
/*
 * bench_script            the table: nanoseconds of thread CPU time, ours, C by
 *                         gcc -O2, Lua, and HyperDbg's for comparison
 * bench_script -i         with machine instructions per run, counted by callgrind
 * bench_script --once N   runs row N twice, for callgrind
 *
 * The three of a row are measured in turns, many short samples each, and what
 * is printed is the lower quartile: whatever else the machine does only adds.
 * A row that misses a bar (see bench/script_rows.h) says so. That is no failure.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <lua5.4/lauxlib.h>
#include <lua5.4/lua.h>
#include <lua5.4/lualib.h>

#include "bench/script_rows.h"
#include "script/compile.h"

#define SAMPLES 48
#define SAMPLE_NANOSECONDS 7e5

static char printed[8192];
static size_t printed_used;

static int read_pseudo(void *self, enum hd_pseudo_register reg, uint64_t *value)
{
	(void)self;
	(void)reg;
	*value = 1000;
	return 0;
}

/* As the module does: into a ring. */
static void output(void *self, const char *text, size_t length)
{
	(void)self;
	if (printed_used + length > sizeof(printed))
		printed_used = 0;
	memcpy(printed + printed_used, text, length);
	printed_used += length;
}

static const struct script_host_ops host = {.read_pseudo = read_pseudo, .output = output};

struct prepared {
	struct script_run_request request;
	struct script_program *program;
	lua_State *lua;
	void (*c)(void);
	const char *source;
};

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
	return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

/* One of the ways to do a row's work. */
struct contender {
	void (*work)(struct prepared *, unsigned long);
	unsigned long turns; /* in a sample */
	double samples[SAMPLES];
};

static double sample(const struct contender *contender, struct prepared *prepared)
{
	double start = now();

	contender->work(prepared, contender->turns);
	return now() - start;
}

/* Nanoseconds of one call each. */
static void measure(struct contender *contenders, unsigned int count, struct prepared *prepared, double *results)
{
	for (unsigned int k = 0; k < count; k++)
		for (contenders[k].turns = 1; sample(&contenders[k], prepared) < SAMPLE_NANOSECONDS;)
			contenders[k].turns *= 2;
	for (unsigned int i = 0; i < SAMPLES; i++)
		for (unsigned int k = 0; k < count; k++)
			contenders[k].samples[i] = sample(&contenders[k], prepared) / (double)contenders[k].turns;
	for (unsigned int k = 0; k < count; k++) {
		qsort(contenders[k].samples, SAMPLES, sizeof(double), by_value);
		results[k] = contenders[k].samples[SAMPLES / 4];
	}
}

static void work_script(struct prepared *p, unsigned long turns)
{
	struct script_outcome outcome;

	while (turns--)
		if (script_run(&p->request, &outcome)) {
			fprintf(stderr, "err, the script of a row failed (%d)\n", outcome.error);
			exit(2);
		}
}

static void work_c(struct prepared *p, unsigned long turns)
{
	while (turns--)
		p->c();
}

static void work_lua(struct prepared *p, unsigned long turns)
{
	while (turns--) {
		lua_pushvalue(p->lua, 1);
		lua_call(p->lua, 0, 0);
	}
}

static void work_compile(struct prepared *p, unsigned long turns)
{
	struct script_diagnostics diagnostics;

	while (turns--)
		free(script_compile(p->source, NULL, &diagnostics));
}

static void prepare_script(struct prepared *p, const char *source)
{
	static struct script_name names[16];
	static uint64_t cells[16];
	static struct script_globals globals = {names, cells, 16, 0};
	static uint64_t scratch[SCRIPT_STACK_BYTES / 8] __attribute__((aligned(16)));
	static const uint64_t pseudo[HD_PSEUDO_COUNT] = {[HD_PSEUDO_CONTEXT] = 1, [HD_PSEUDO_TID] = 1000};
	struct script_diagnostics diagnostics;

	p->source = source;
	p->program = script_compile(source, NULL, &diagnostics);
	if (!p->program) {
		fputs(script_diagnostics_text(&diagnostics), stderr);
		exit(2);
	}
	script_resolve(p->program->bytes, &globals, NULL);
	p->request = (struct script_run_request){.program = p->program->bytes,
						 .host = &host,
						 .scratch = scratch,
						 .gpr = bench_registers,
						 .pseudo_known = 1ull << HD_PSEUDO_CONTEXT | 1ull << HD_PSEUDO_TID,
						 .pseudo = pseudo,
						 .globals = &globals,
						 .buffer_address = (uint64_t)(uintptr_t)bench_buffer,
						 .buffer_size = sizeof(bench_buffer),
						 .budget = SCRIPT_DEFAULT_BUDGET};
}

static lua_State *prepare_lua(const char *source)
{
	lua_State *lua = luaL_newstate();

	luaL_openlibs(lua);
	if (luaL_dostring(lua, "context = 1 ecx = 0xffffffff buffer = {} for i = 0, 511 do buffer[i] = i end") ||
	    luaL_loadstring(lua, source)) {
		fprintf(stderr, "err, the Lua of a row: %s\n", lua_tostring(lua, -1));
		exit(2);
	}
	return lua;
}

/* Machine instructions inside script_run, by callgrind; 0 if it is not there. */
static unsigned long count_instructions(const char *self, unsigned int row)
{
	char command[512], line[256];
	unsigned long count = 0;
	FILE *pipe;

	snprintf(command, sizeof(command),
		 "valgrind --tool=callgrind --callgrind-out-file=/dev/null --toggle-collect=script_run %s --once %u 2>&1",
		 self, row);
	pipe = popen(command, "r");
	while (pipe && fgets(line, sizeof(line), pipe)) {
		const char *found = strstr(line, "Collected : ");

		if (found)
			count = strtoul(found + 12, NULL, 10) / 2;
	}
	if (pipe)
		pclose(pipe);
	return count;
}

struct figures {
	double ours, c, lua;
};

static struct figures measure_row(const struct bench_row *row)
{
	struct contender contenders[] = {{.work = work_script}, {.work = work_c}, {.work = work_lua}};
	struct prepared p = {.c = row->c};
	double results[3] = {0};

	prepare_script(&p, row->script);
	if (row->lua)
		p.lua = prepare_lua(row->lua);
	measure(contenders, row->lua ? 3 : 2, &p, results);
	if (row->lua)
		lua_close(p.lua);
	free(p.program);
	return (struct figures){results[0], results[1], results[2]};
}

static void judge(const struct bench_row *row, const struct figures *f)
{
	if (row->is_loop && f->ours > 12 * f->c)
		printf("  more than 12 x C");
	if (row->is_integer && row->lua && f->ours > f->lua)
		printf("  slower than Lua");
	if (row->least > 0 && f->ours * row->least > row->hyperdbg)
		printf("  less than %.0f x HyperDbg", row->least);
}

static void table(const char *self, int with_instructions)
{
	struct contender compiling = {.work = work_compile};
	struct prepared p = {0};
	double compile;

	printf("%-28s %10s %10s %10s %10s %7s %7s%s\n", "ns per run", "ours", "C", "Lua", "HyperDbg", "/ C", "x HDbg",
	       with_instructions ? "  instructions" : "");
	for (unsigned int i = 0; i < bench_row_count; i++) {
		const struct bench_row *row = &bench_rows[i];
		struct figures f = measure_row(row);

		printf("%-28s %10.1f %10.1f %10.1f %10.1f %7.1f %7.1f", row->name, f.ours, f.c, f.lua, row->hyperdbg,
		       f.ours / f.c, row->hyperdbg / f.ours);
		if (with_instructions)
			printf(" %14lu", count_instructions(self, i));
		judge(row, &f);
		printf("\n");
		fflush(stdout);
	}
	prepare_script(&p, bench_rows[2].script);
	measure(&compiling, 1, &p, &compile);
	free(p.program);
	printf("%-28s %10.1f %10s %10s %10.1f %7s %7.1f", "compiling Example 2", compile, "", "", 27000.0, "",
	       27000 / compile);
	if (compile > 27000)
		printf("  slower than HyperDbg");
	printf("\n");
}

int main(int argc, char **argv)
{
	if (argc > 2 && !strcmp(argv[1], "--once")) {
		struct prepared p = {0};
		unsigned long row = strtoul(argv[2], NULL, 10);

		if (row >= bench_row_count)
			return 2;
		prepare_script(&p, bench_rows[row].script);
		work_script(&p, 2);
		return 0;
	}
	table(argv[0], argc > 1 && !strcmp(argv[1], "-i"));
	return 0;
}
