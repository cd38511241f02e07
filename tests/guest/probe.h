/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the parts of `probe` share. `probe` runs inside the debuggee and does
 * one thing of which the debugger watches every instruction. It has no libc:
 * libc's start-up code would execute CPUID itself.
 *
 * Numbers, read and printed, are hexadecimal; `0x` and `0n` (decimal) prefixes
 * are understood. One line per result. Status 0: done; 1: it could not be done,
 * with a line on standard error; 2: wrong usage.
 */
#ifndef PROBE_H
#define PROBE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PROBE_ALL_CORES UINT64_MAX

/* A subcommand: takes the words behind its name, returns the exit status. */
typedef int probe_run_fn(int argc, char **argv);

struct probe_command {
	const char *name;
	int min_words; /* behind the name */
	int max_words;
	probe_run_fn *run;
	const char *usage;
};

/* Ends the process with one line on standard error. */
_Noreturn void probe_fail(int status, const char *what, const char *detail);

/* --- output: collected, written by probe_flush() in one write ------------- */
void probe_text(const char *text);
/* Lower-case hexadecimal without prefix. */
void probe_hex(uint64_t value);
/* NAME=VALUE behind a blank, unless the line begins. */
void probe_field(const char *name, uint64_t value);
void probe_line_end(void);
void probe_flush(void);

/* Does the command that the words name; its exit status. */
int probe_dispatch(int argc, char **argv);

/* --- input ---------------------------------------------------------------- */
bool probe_same(const char *a, const char *b);
/* Ends the process when the word is no number. */
uint64_t probe_number(const char *word);
/* Word i as a number, or the default when there are fewer words. */
uint64_t probe_number_or(int argc, char **argv, int i, uint64_t otherwise);

/* --- system --------------------------------------------------------------- */
long probe_syscall(long number, long a, long b, long c, long d, long e, long f);
/* Binds this thread to a core; ends the process when there is no such core. */
void probe_pin(uint64_t core);
/* The core this thread runs on. */
uint64_t probe_core(void);
uint64_t probe_milliseconds(void);
void probe_sleep(uint64_t milliseconds);
/* Fresh zeroed pages that may be read, written and executed. */
void *probe_pages(size_t count);

/*
 * Runs fn(argument) on one core, or on each at once in threads of this process
 * (they share its memory), and returns when all are done.
 */
void probe_on_cores(uint64_t core, void (*fn)(void *argument), void *argument);

/* What a word names: a variable or function of `probe`, or a number. */
volatile uint8_t *probe_place(const char *word);

/* Makes the pages of the named variables and functions present and the process's own. */
void probe_make_present(void);

/* --- signals -------------------------------------------------------------- */
/* What the kernel told the program: the fields of its signal frame. */
struct probe_signal {
	int number;
	uint64_t address;    /* si_addr */
	uint64_t *registers; /* of the frame, by probe_register; changes are used */
};

enum probe_register {
	PROBE_RIP = 16,
	PROBE_FLAGS = 17,
	PROBE_ERROR = 19,
	PROBE_VECTOR = 20,
};

void probe_on_signal(int number, void (*handler)(const struct probe_signal *signal));

/* --- an eBPF program that counts getppid ----------------------------------- */
/* It lasts as long as the process. */
void probe_bpf_begin(void);
/* Ends the process when it has not counted that many. */
void probe_bpf_check(uint64_t times);

/* --- the subcommands ------------------------------------------------------ */
probe_run_fn probe_run_cpuid, probe_run_cpuid_prefixed, probe_run_cpuid_border;
probe_run_fn probe_run_cpuid_tf, probe_run_cpuid_shadow, probe_run_poll;
probe_run_fn probe_run_clock, probe_run_quiet;
probe_run_fn probe_run_cost, probe_run_rdmsr, probe_run_wrmsr;
probe_run_fn probe_run_counter, probe_run_touch, probe_run_loop;
probe_run_fn probe_run_fork, probe_run_exec, probe_run_drop, probe_run_move, probe_run_twin;
probe_run_fn probe_run_big, probe_run_out;
probe_run_fn probe_run_flags, probe_run_arithmetic, probe_run_patched;
/* What `arithmetic` works on. */
extern volatile uint64_t arithmetic_cell[];
probe_run_fn probe_run_perf, probe_run_trapped;
probe_run_fn probe_run_fault, probe_run_ud, probe_run_bp, probe_run_gp, probe_run_div;

#endif
