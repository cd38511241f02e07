/* SPDX-License-Identifier: GPL-2.0 */
/* Error numbers (hyperdbg/error.h) as the sentences a user reads. User space only. */
#ifndef ENGINE_ERROR_TEXT_H
#define ENGINE_ERROR_TEXT_H

#include <hyperdbg/error.h>
#include <hyperdbg/types.h>

/* The sentence as it stands in the table, with its %llx or %llu. `error` may be negative or positive. */
const char *error_sentence(int error);
/* The sentence with the detail in its place; returns `text`. Without `err, ` and without a final stop. */
const char *error_text(int error, uint64_t detail, char *text, size_t size);

#endif
