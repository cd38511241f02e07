/* SPDX-License-Identifier: GPL-2.0 */
/* Processes named in commands: `pid N`, `pid NAME`. */
#ifndef DEBUGGER_PROCESS_H
#define DEBUGGER_PROCESS_H

#include "debugger/arguments.h"

/* A number, or the name of exactly one running process; false: an error was printed. */
bool process_take(struct arguments *arguments, uint32_t *pid);

#endif
