/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Reading a command's arguments: a cursor over the command as it was typed,
 * so that every error can show its place.
 *
 * The functions that take something print an error and return false when it
 * is not there; a handler returns at once then.
 */
#ifndef DEBUGGER_ARGUMENTS_H
#define DEBUGGER_ARGUMENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "script/compile.h"

struct session;

struct arguments {
	struct session *session;
	const char *text; /* the whole command; may have several lines */
	const char *at; /* the next character to read */
};

/* Steps over blanks, newlines and comments; whether nothing is left. */
bool arguments_at_end(struct arguments *arguments);
/* An error unless nothing is left. */
bool arguments_expect_end(struct arguments *arguments);
/* The next word (up to a blank) without taking it; its length. */
size_t arguments_peek(struct arguments *arguments, const char **word);
/* Takes the next word if it is this one. */
bool arguments_take_word(struct arguments *arguments, const char *word);
/* Takes any word into `word`; false: there is none (nothing is printed), or it is too long for `size`. */
bool arguments_take_any_word(struct arguments *arguments, char *word, size_t size);
/* A number: an expression that goes on while an operator is next. `what` names it in the error when it is
 * missing. */
bool arguments_number(struct arguments *arguments, const char *what, uint64_t *value);
/*
 * `{ … }` or `{ file:PATH }`, compiled; NULL: errors were printed. The caller frees it.
 * `forbid` as in script/compile.h.
 */
struct script_program *arguments_script(struct arguments *arguments, unsigned int forbid);
/*
 * Compiles everything from `at` to the end of the command. `before` and
 * `behind` are put around it (the statements of `print`).
 */
struct script_program *arguments_compile_rest(struct arguments *arguments, const char *before,
					      const char *behind, unsigned int forbid);

/* "err, column N: …" with the line and a caret under `place`, which points into arguments->text. */
void arguments_error(struct arguments *arguments, const char *place, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The same with a line and a column of the command, from 1. */
void arguments_error_at(struct arguments *arguments, unsigned int line, unsigned int column,
			const char *message);

/* The next character of a command's text behind a comment or string that begins at `at`; `at` itself if none
 * does. */
const char *arguments_skip_comment(const char *at);
const char *arguments_skip_string(const char *at);

#endif
