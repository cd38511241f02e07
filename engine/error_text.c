// SPDX-License-Identifier: GPL-2.0
/*
 * Error numbers as sentences; user space only (the module sends numbers).
 */
#include <stdio.h>

#include "engine/error_text.h"

static const char *const sentences[HD_E_COUNT] = {[HD_E_OK] = "no error",
#define X(id, sentence) [HD_E_##id] = sentence,
						  HD_ERRORS(X)
#undef X
};

const char *error_sentence(int error)
{
	int number = error < 0 ? -error : error;

	return number < HD_E_COUNT ? sentences[number] : "an error that this debugger does not know";
}

/* The sentences are formats of our own, with at most one conversion, of 64 bits. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-extra-args"
const char *error_text(int error, uint64_t detail, char *text, size_t size)
{
	snprintf(text, size, error_sentence(error), (unsigned long long)detail);
	return text;
}
#pragma GCC diagnostic pop
