/* SPDX-License-Identifier: GPL-2.0 */
/* Names that may have been meant. */
#ifndef DEBUGGER_NEAR_H
#define DEBUGGER_NEAR_H

#include <stddef.h>

/* Edits (a character more, less, other) between a word and a candidate; 31 for words longer than 31. */
unsigned int near_distance(const char *word, size_t length, const char *candidate);

#endif
