/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Names and addresses: of the kernel and its modules (asked from the module),
 * and of user programs whose file was loaded with `.sym load`.
 */
#ifndef DEBUGGER_SYMBOLS_H
#define DEBUGGER_SYMBOLS_H

#include "debugger/session.h"

/*
 * The address of `name`, `module!name`, `vmlinux!name` or `program!name`.
 * Returns 0 or -1 with what stands behind "err, " in `reason`.
 */
int symbol_address(struct session *session, const char *name, uint64_t *address, char *reason,
		   size_t reason_size);
/* The symbol at or below an address, as `module!name`; false if there is none near. */
bool symbol_name(struct session *session, uint64_t address, char *name, size_t size, uint64_t *offset);

/*
 * Loads the symbols of a user program. A name without a slash is looked for
 * among the embedded machine's own programs first. false: `reason`.
 */
bool symbols_load(const char *path, char *reason, size_t reason_size);
/* Forgets a program's symbols (by its name), or all (NULL). false: there is no such program. */
bool symbols_unload(const char *program);
/* Calls visit with each program's name, file and number of symbols. */
void symbols_each(void (*visit)(const char *program, const char *path, size_t count));

/* The user program whose symbols were looked up since symbol_forget_program(), or NULL. */
const char *symbol_program_used(void);
void symbol_forget_program(void);

#endif
