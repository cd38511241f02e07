/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The commands: one table that dispatch, `help` and completion are fed from.
 * Event commands (`!cpuid` …) are not in it: their table is hd_event_kinds.
 */
#ifndef DEBUGGER_COMMANDS_H
#define DEBUGGER_COMMANDS_H

#include <stdbool.h>
#include <stddef.h>

#include "debugger/arguments.h"
#include "debugger/session.h"

enum command_flags {
	COMMAND_MODULE = 1 << 0, /* needs the module: attached, local or behind a line */
	COMMAND_HALT = 1 << 1, /* behind a line it needs a halt */
	COMMAND_LINE = 1 << 2, /* has no meaning without a line (VMI mode) */
	COMMAND_RAW = 1 << 3, /* its arguments are not ours to read: no comments, no braces, one line */
};

struct command {
	const char *name;
	const char *syntax; /* with the name, as `help` prints it; several lines if there are several forms */
	const char *summary; /* one line */
	const char *details; /* what `help NAME` prints below; may be NULL */
	unsigned int flags;
	void (*run)(struct arguments *arguments);
};

extern const struct command command_table[];
extern const size_t command_count;

/* Index in hd_event_kinds of the event command with this name, or -1. */
int command_event_kind(const char *name, size_t length);
/* The command with this name, or NULL. For event commands that which serves them all. */
const struct command *command_find(const char *name, size_t length);
/* Length of the name at the front of a command's text (`?print(1)` is `?`). */
size_t command_name_length(const char *text);
/* Up to three names alike, separated by ", "; "" if none is near. */
void command_near_names(const char *name, size_t length, char *text, size_t size);

/* What stops a command from running now. */
enum command_need { COMMAND_CAN_RUN, COMMAND_NEEDS_HALT, COMMAND_NEEDS_ATTACHED };
/* What the command at the front of `text` waits for, if waiting can help. */
enum command_need command_needs(const struct session *session, const char *text);
/* Runs one command. What is wrong with it has been printed. Blank text and comments are nothing. */
void command_run(struct session *session, const char *text);

/* The handlers. */
void command_event(struct arguments *arguments); /* events.c */
void command_events(struct arguments *arguments);
void command_go(struct arguments *arguments); /* run.c */
void command_pause(struct arguments *arguments);
void command_step(struct arguments *arguments);
void command_sleep(struct arguments *arguments);
void command_core(struct arguments *arguments);
void command_exit(struct arguments *arguments);
void command_registers(struct arguments *arguments); /* registers.c */
void command_rdmsr(struct arguments *arguments); /* msr.c */
void command_wrmsr(struct arguments *arguments);
void command_evaluate(struct arguments *arguments); /* script.c */
void command_print(struct arguments *arguments);
void command_script(struct arguments *arguments);
void command_memory_show(struct arguments *arguments); /* memory.c */
void command_memory_edit(struct arguments *arguments);
void command_disassemble(struct arguments *arguments);
void command_va2pa(struct arguments *arguments);
void command_pa2va(struct arguments *arguments);
void command_page_in(struct arguments *arguments);
void command_breakpoint(struct arguments *arguments); /* breakpoints.c */
void command_breakpoint_list(struct arguments *arguments);
void command_breakpoint_change(struct arguments *arguments);
void command_symbols(struct arguments *arguments); /* symbols.c */
void command_lookup(struct arguments *arguments);
void command_guest(struct arguments *arguments); /* machine.c */
void command_status(struct arguments *arguments); /* status.c */
void command_help(struct arguments *arguments); /* help.c */
void command_settings(struct arguments *arguments); /* settings.c */

#endif
