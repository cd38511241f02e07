/* SPDX-License-Identifier: GPL-2.0 */
/* How events read in lists, and the list itself. */
#ifndef DEBUGGER_EVENT_TEXT_H
#define DEBUGGER_EVENT_TEXT_H

#include <hyperdbg/request.h>

#include "debugger/arguments.h"
#include "debugger/session.h"

struct script_program;

/* Keeps the text of a definition, and the names of its script's files, for this load of the module. `program` may be NULL. */
void event_text_remember(uint64_t load_id, uint64_t number, const char *text, const struct script_program *program);
/* The file that a line of the event's script is in: "" if it is what was typed, or not known here. */
const char *event_text_file(uint64_t load_id, uint64_t number, uint32_t line);
/* The definition on one line: as it was typed here, or as far as the entry tells. */
void event_text(uint64_t load_id, const struct hd_event_entry *entry, char *text, size_t size);

/* All events, in the order of their numbers. false: an error was printed. */
bool event_each_entry(struct session *session, void (*visit)(void *self, const struct hd_event_entry *entry),
		      void *self);
/* An event's (or breakpoint's) number, or `all`. */
bool arguments_event_number(struct arguments *arguments, const char *what, uint64_t *number);

#endif
