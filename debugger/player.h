/* SPDX-License-Identifier: GPL-2.0 */
/* Files of commands, played one command after the other. */
#ifndef DEBUGGER_PLAYER_H
#define DEBUGGER_PLAYER_H

#include <stdio.h>

#include "debugger/session.h"

/*
 * Plays the file words[0]; an error was printed if it cannot be read. Relative paths in it begin at its folder.
 * `$arg0`, `$arg1` … in its text stand for the words.
 */
void player_play_file(struct session *session, const char *const *words, unsigned int count);
/* Plays text that came from `name`. */
void player_play_text(struct session *session, const char *text, const char *name);
/* Plays a stream as its lines arrive. */
void player_play_stream(struct session *session, FILE *stream, const char *name);
/* Runs one command as a played one (it waits for the halt it needs); echoed behind the prompt or not. */
void player_run(struct session *session, const char *command, bool echo);

/*
 * The end of the command that begins at `text`: behind its last character, at
 * the newline or the end that closes it. NULL: it is not whole yet; then
 * *open is the brace that waits (or the comment). An empty command ends where it begins.
 */
const char *player_command_end(const char *text, const char **open);
/* Steps over blanks, newlines and comments to where a command begins. */
const char *player_command_start(const char *text);

#endif
