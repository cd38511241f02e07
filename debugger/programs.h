/* SPDX-License-Identifier: GPL-2.0 */
/* Symbols of user programs that `.sym load` has read (debugger/symbols.h loads and lists them). */
#ifndef DEBUGGER_PROGRAMS_H
#define DEBUGGER_PROGRAMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct program_symbol {
	uint64_t address, size;
	char *name;
};

/* Names of programs are given with their length: they stand before a `!`. */
bool program_exists(const char *program, size_t length);
const struct program_symbol *program_find(const char *program, size_t length, const char *name);
/* Names alike, with ", " between them. */
void program_near(const char *program, size_t length, const char *name, char *text, size_t size);
/* The symbol that an address lies in, or NULL. */
const struct program_symbol *program_at(const char *program, size_t length, uint64_t address);

#endif
