/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Everything that the user reads on standard output goes through here.
 *
 * Lines begin on a fresh line; text of scripts comes in pieces that may end
 * anywhere, and pieces of two sources never share a line. Nothing here fails:
 * a standard output that is gone ends the program by SIGPIPE.
 */
#ifndef DEBUGGER_OUTPUT_H
#define DEBUGGER_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whose text it is: `event` UINT64_MAX is `?`, and the other two are 0 then. */
struct out_source {
	uint64_t event;
	uint32_t core;
	uint32_t guest; /* a guest command's number, if it is one's */
};

/* One whole line (or several, with newlines between them), without the last newline. */
void out_line(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* The same with "err, " before it; the session's exit status will be 1. */
void out_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* A piece of text; ends nothing. */
void out_text(const struct out_source *source, const char *text, size_t length);
/* A command of a played file behind the prompt. */
void out_command(const char *prompt, const char *command);
/* To standard error: what a user waits for. */
void out_progress(const char *format, ...) __attribute__((format(printf, 1, 2)));
void out_flush(void);

/* Whether out_error was called since the program began, and since out_take_failed was last called. */
bool out_failed(void);
bool out_take_failed(void);

/*
 * While a line is edited: `hide` takes the prompt off the screen. It is called
 * once, before the first output; out_take_hidden says that it was, and that
 * the prompt must be drawn again (on the fresh line where the output has left
 * the cursor). NULL: no line is edited.
 */
void out_editing(void (*hide)(void));
bool out_take_hidden(void);

#endif
