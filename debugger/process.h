/* SPDX-License-Identifier: GPL-2.0 */
/* Processes named in commands: `pid N`, `pid NAME`, and by a program's symbols. */
#ifndef DEBUGGER_PROCESS_H
#define DEBUGGER_PROCESS_H

#include "debugger/arguments.h"

/* A number, or the name of exactly one running process; false: an error was printed. */
bool process_take(struct arguments *arguments, uint32_t *pid);

/*
 * An address. If a symbol of a user program is in it, *pid is the one process
 * that runs this program (an error if there are several, or none); else
 * *has_pid is false and *pid 0.
 */
bool process_take_address(struct arguments *arguments, const char *what, uint64_t *address, uint32_t *pid,
			  bool *has_pid);

#endif
