/* SPDX-License-Identifier: GPL-2.0 */
/* The channel to the agent inside the embedded machine (machine/agent.h), for `.guest`. */
#ifndef DEBUGGER_AGENT_H
#define DEBUGGER_AGENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct agent;

/* Connects to the unix socket; NULL: `reason` holds what stands behind "err, ". */
struct agent *agent_open(const char *path, char *reason, size_t reason_size);
void agent_close(struct agent *agent);

/* For the event loop. agent may be NULL: the descriptor is -1 then. */
int agent_fd(const struct agent *agent);
short agent_events(const struct agent *agent);
void agent_service(struct agent *agent, short revents);

/*
 * Runs a shell command in the guest; its lines come out as `guest| …` (or on
 * standard error if `quiet`). Returns its number, or 0 if the command is too
 * long. `queued`: it is not sent before agent_start_queued().
 */
uint32_t agent_run(struct agent *agent, const char *command, bool queued, bool quiet);
/* agent may be NULL. */
void agent_start_queued(struct agent *agent);
/* Whether a command has ended; *status is its exit status then, or -1 if the channel was lost. */
bool agent_has_ended(struct agent *agent, uint32_t id, int *status);
/* Whether every command that was given has ended (or the channel was lost). */
bool agent_all_ended(const struct agent *agent);
/* Sends a signal to a command's process group. */
void agent_kill(struct agent *agent, uint32_t id, int number);
/* The guest's end has closed. */
bool agent_is_gone(const struct agent *agent);

#endif
