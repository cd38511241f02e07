/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The rows of the script benchmark: the script, the same work in Lua and in C,
 * and what HyperDbg v0.23's evaluator took on a machine like ours (0: unknown).
 */
#ifndef BENCH_SCRIPT_ROWS_H
#define BENCH_SCRIPT_ROWS_H

#include <stdint.h>

struct bench_row {
	const char *name;
	const char *script;
	const char *lua; /* the body of a function; NULL: no counterpart */
	void (*c)(void); /* NULL: no counterpart */
	double hyperdbg; /* nanoseconds */
	double least;	 /* so many times faster than that it must be */
	int is_loop;	 /* at most 12 times C; integer loops faster than Lua */
	int is_integer;
};

extern const struct bench_row bench_rows[];
extern const unsigned int bench_row_count;

/* What the C versions work on. */
extern volatile uint64_t bench_n, bench_three, bench_context, bench_sink;
extern uint64_t bench_registers[16];
extern uint64_t bench_buffer[512];

#endif
