/* SPDX-License-Identifier: GPL-2.0 */
/* The embedded machine as a child of the debugger (machine/start). */
#ifndef DEBUGGER_MACHINE_H
#define DEBUGGER_MACHINE_H

#include <stdbool.h>
#include <stddef.h>

struct machine;
struct session;

struct machine_options {
	const char *smp, *mem; /* NULL: machine/start's own default */
	const char *extra[16]; /* more arguments for machine/start, NULL-terminated */
};

/*
 * Boots the machine, loads the module in it and connects the session: agent,
 * line, a first halt. Says on standard error what it waits for. false: an
 * error was printed, and nothing is left behind.
 */
bool machine_start(struct session *session, const struct machine_options *options);
/* Ends it and waits for its end. session->machine may be NULL. */
void machine_end(struct session *session);

/* For the event loop. machine may be NULL: the descriptor is -1 then. */
int machine_fd(const struct machine *machine);
void machine_service(struct machine *machine);
bool machine_is_gone(const struct machine *machine);

#endif
