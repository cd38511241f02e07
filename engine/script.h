/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Compiled scripts: proving one harmless, binding its names, running it.
 *
 *   script_check()    once, when a program arrives (trusts no byte of it)
 *   script_resolve()  once, gives `.globals` and `#occurrence` variables places
 *   script_run()      any number of times, on any core, from host mode
 *
 * A run never sleeps, never allocates, touches only the memory it is given and
 * what script_host_ops reaches, and ends: loops and calls pay a budget.
 */
#ifndef ENGINE_SCRIPT_H
#define ENGINE_SCRIPT_H

#include <hyperdbg/error.h>
#include <hyperdbg/program.h>
#include <hyperdbg/types.h>

#include "engine/script_host.h"

/* Default of the setting `budget`, in instructions. */
#define SCRIPT_DEFAULT_BUDGET 1000000u

/* What one run needs as scratch memory, aligned to 16 bytes; its contents on entry do not matter. */
#define SCRIPT_STACK_BYTES (64u * 1024u)

/* The most local memory (arrays, structures) that one function of a script may have. */
#define SCRIPT_LOCAL_BYTES (40u * 1024u)

/* The pseudo-registers that say which event runs and where its buffer is. */
#define SCRIPT_WHICH_EVENT \
	((uint64_t)1 << HD_PSEUDO_EVENT_ID | (uint64_t)1 << HD_PSEUDO_EVENT_TAG | (uint64_t)1 << HD_PSEUDO_BUFFER)

/* What a checked program does, for whoever must prepare for it or refuse it. */
struct script_facts {
	bool uses_pause;
	bool uses_sc;	  /* event_sc */
	bool uses_inject; /* event_inject, event_inject_error_code */
	bool uses_float;  /* save the XMM registers and MXCSR around the run */
	bool uses_host;	  /* prints, or calls what is not arithmetic: its output is to be flushed behind the run */
	uint64_t pseudos; /* bit n: reads pseudo-register n */
	bool is_plain;	  /* none of it wants anything prepared: not uses_float, uses_host, occurrences, SCRIPT_WHICH_EVENT */
	uint32_t functions;
	uint32_t instructions;
	uint32_t globals;
	uint32_t occurrences;
	uint32_t body_memory; /* bytes of local memory of the outermost function */
};

/*
 * Proves that running `program` cannot leave its bounds. `program` must be
 * aligned to eight bytes and must not change afterwards (copy it first).
 * Returns 0, or -HD_E_BAD_PROGRAM with the offending instruction (or section
 * offset) in *where. `facts` and `where` may be NULL.
 */
int script_check(const void *program, size_t size, struct script_facts *facts, uint64_t *where);

/*
 * A bounded table of names, each with a 64-bit cell: one for `.globals`,
 * which all events, cores and clients of a module share until it is unloaded,
 * and one for the `#names` (where `cells` is NULL: their cells are per core).
 * The owner provides both arrays, zeroed.
 */
struct script_name {
	char name[HD_PROGRAM_NAME_BYTES];
};

struct script_globals {
	struct script_name *names;
	uint64_t *cells; /* capacity cells, or NULL */
	uint32_t capacity;
	uint32_t count;
};

/*
 * Binds a checked program's names: finds or adds each in `globals` and
 * `occurrences` and writes the slots into the program (a NULL table refuses
 * programs that need it). Not reentrant: the caller serialises definitions.
 * Running scripts on other cores is not disturbed. Returns 0 or -HD_E_NO_NAME_SLOT.
 */
int script_resolve(void *program, struct script_globals *globals, struct script_globals *occurrences);

/* All that one run needs. Nothing in it is written but through its pointers. */
struct script_run_request {
	const void *program; /* checked and resolved */
	const struct script_host_ops *host;
	void *self; /* handed to host's functions */
	/* SCRIPT_STACK_BYTES, 16-aligned. A run nested in another (`?` while a script pauses) takes its own. */
	void *scratch;
	/*
	 * The general registers in HD_REG_ order, read and written in place, or NULL:
	 * then they go through read_register and write_register as all others.
	 */
	uint64_t *gpr;
	/* Pseudo-registers whose values are known: bit n of the mask says that pseudo[n] holds. The rest go through read_pseudo. */
	uint64_t pseudo_known;
	const uint64_t *pseudo;
	const struct script_globals *globals;
	/* The occurrence's variables, one cell per slot; zeroed when the occurrence begins. NULL: they read 0 and writes are lost. */
	uint64_t *occurrence;
	uint32_t occurrence_count;
	/* What `$buffer` points at: accessed directly, not through the host. Size 0: none. */
	uint64_t buffer_address;
	uint64_t buffer_size;
	uint64_t budget; /* below 1 << 63 */
};

/* How a run ended. line (an hd_line) and column count from 1 and are 0 if the program does not say. */
struct script_outcome {
	int error; /* 0, or the hd_error (positive) that ended it */
	uint32_t line;
	uint32_t column;
	uint64_t detail; /* of the error */
	uint64_t value;	 /* of the outermost `return`, or of the last expression statement where the compiler kept it */
	uint64_t instructions; /* paid from the budget: a bound on what ran */
};

/* Runs to the end. Returns 0 or -outcome->error. */
int script_run(const struct script_run_request *run, struct script_outcome *outcome);

#endif
