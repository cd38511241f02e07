/* SPDX-License-Identifier: GPL-2.0 */
/* The session on a terminal: line editing, history, completion. */
#ifndef DEBUGGER_INTERACTIVE_H
#define DEBUGGER_INTERACTIVE_H

#include "debugger/session.h"

/* Reads and runs commands until `exit`, the end of input, or the debuggee's end. */
void interactive_run(struct session *session);

/*
 * Makes this process the terminal's foreground group, so that a Ctrl-C reaches
 * it alone (and not make, which would end with an error); and gives it back.
 */
void interactive_take_terminal(void);
void interactive_give_terminal(void);

#endif
