/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The script compiler: source text to a program that the module accepts.
 */
#ifndef SCRIPT_COMPILE_H
#define SCRIPT_COMPILE_H

#include <stdint.h>
#include <stdio.h>

#include "engine/script.h"

/* One message. Line and column count from 1 (columns in bytes, a tab is one). */
struct script_diagnostic {
	unsigned int line;
	unsigned int column;
	char file[96]; /* "" for the text handed to script_compile, or options' `name` */
	char message[256];
	char source[160]; /* the line it is about, cut if it is long */
};

#define SCRIPT_MAX_DIAGNOSTICS 8

struct script_diagnostics {
	unsigned int count; /* those kept: at most SCRIPT_MAX_DIAGNOSTICS */
	struct script_diagnostic items[SCRIPT_MAX_DIAGNOSTICS];
};

/* What a place where scripts are used may not allow. */
enum {
	SCRIPT_FORBID_PAUSE = 1,  /* VMI mode */
	SCRIPT_FORBID_EVENT = 2,  /* event_sc, event_inject…: not in an event */
	SCRIPT_FORBID_OCCURRENCE = 4, /* `#names`: not in an event */
};

struct script_compile_options {
	const char *name; /* of the text, if it is a file's: messages name it. May be NULL */
	unsigned int forbid;
	/*
	 * The address of a symbol: `name`, or `module!name` with the module. Returns 0,
	 * or an error with a sentence in `reason` (without "err, ") or "" for the usual one. May be NULL.
	 */
	int (*symbol)(void *self, const char *name, uint64_t *address, char *reason, size_t reason_size);
	/* The contents of a file named by `#include`, NUL-terminated, from malloc; NULL if it cannot be read. May be NULL. */
	char *(*read_file)(void *self, const char *path);
	void *self;
};

/* A compiled program; release it with free(). */
struct script_program {
	size_t size;
	struct script_facts facts;
	unsigned int file_count;
	const char *file_names; /* of the text and of what it includes, one behind the other; in this block of memory */
	uint64_t bytes[];	/* size bytes, aligned as script_check wants them */
};

/* A script and what it includes are at most so many files. */
#define SCRIPT_MAX_FILES 64

/* The file that an outcome's line is in: "" if it is the text itself. `names` as in struct script_program. */
const char *script_file_name(const char *names, unsigned int count, uint32_t line);

/*
 * Compiles one or more statements. Returns NULL if there was an error; then
 * `diagnostics` holds at least one. `options` may be NULL: everything is allowed, no symbols, no files.
 */
struct script_program *script_compile(const char *source, const struct script_compile_options *options,
				      struct script_diagnostics *diagnostics);

/*
 * The messages in HyperDbg's style, a text from malloc:
 *   err, line 2, column 7: expected `;` before `}`
 *   	x = 1 }
 *   	      ^
 */
char *script_diagnostics_text(const struct script_diagnostics *diagnostics);

/* The sentence for a run that ended with an error, beginning with "err, " and naming file, line and column; from malloc. */
char *script_outcome_text(const struct script_outcome *outcome, const struct script_program *program);

/*
 * A number as commands take it: an expression that goes on while an operator
 * is next, with or without blanks; hexadecimal by default; symbols, @registers
 * and $pseudo-registers allowed. Runs with `run` (program and scratch are filled in here; NULL:
 * constants and symbols only). Returns 0 with the value and the number of bytes used,
 * or an error with one diagnostic (its column counts from `text`).
 */
int script_evaluate_expression_prefix(const char *text, const struct script_compile_options *options,
				      const struct script_run_request *run, uint64_t *value, size_t *used,
				      struct script_diagnostics *diagnostics);

/*
 * The host of `?` without a debuggee: the debugger's own process. Memory
 * outside the script's own is refused (bad_address), registers do not exist, $pid and the like are the
 * process' own. `output` receives what the script prints.
 */
struct script_local_host {
	void (*output)(void *self, const char *text, size_t length);
	void *self;
	uint64_t buffer[512]; /* what $buffer points at */
};

extern const struct script_host_ops script_local_host_ops;

/*
 * Runs a compiled program here. Globals persist between calls for the life of
 * the process. No machine waits while it runs, only the user: the budget is a
 * thousand times what it is in an event (so the default ends after about a second).
 * Returns 0 or -outcome->error.
 */
int script_run_locally(struct script_program *program, struct script_local_host *host, uint64_t budget,
		       struct script_outcome *outcome);

#endif
