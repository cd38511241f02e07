/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The names behind @ and $: whole registers, their parts, and flags.
 */
#ifndef SCRIPT_REGISTERS_H
#define SCRIPT_REGISTERS_H

#include <stdbool.h>
#include <stdint.h>

#include <hyperdbg/registers.h>

struct script_register {
	const char *name;
	uint8_t reg;   /* enum hd_register */
	uint8_t shift; /* of the part, in bits */
	uint8_t width; /* 64 for a whole register */
};

/* NULL if there is no register of that name (without the @). */
const struct script_register *script_find_register(const char *name);
/* For listings and completion: the n-th, or NULL behind the last. */
const struct script_register *script_register_at(unsigned int n);

/* An enum hd_pseudo_register, or -1 (name without the $). */
int script_find_pseudo(const char *name);

/* The nearest known name to a misspelt one, or NULL; for messages. */
const char *script_near_register(const char *name);

#endif
