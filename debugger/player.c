// SPDX-License-Identifier: GPL-2.0
#include "debugger/player.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "debugger/arguments.h"
#include "debugger/commands.h"
#include "debugger/expression.h"
#include "debugger/output.h"

const char *player_command_start(const char *text)
{
	for (;;) {
		const char *before = text;

		while (isspace((unsigned char)*text) || *text == ';')
			text++;
		text = arguments_skip_comment(text);
		/* HyperDbg's files of commands have such comments too. */
		if (*text == '#')
			text += strcspn(text, "\n");
		if (text == before)
			return text;
	}
}

const char *player_command_end(const char *text, const char **open)
{
	const struct command *command = command_find(text, command_name_length(text));
	unsigned int depth = 0;
	const char *c = text;

	*open = NULL;
	if (command && (command->flags & COMMAND_RAW))
		return text + strcspn(text, "\n");
	while (*c && (*c != '\n' || depth)) {
		const char *behind = arguments_skip_comment(c);

		if (behind != c && !*behind && !strncmp(c, "/*", 2) &&
		    (behind - c < 4 || strncmp(behind - 2, "*/", 2))) {
			*open = c;
			return NULL;
		}
		if (behind == c)
			behind = arguments_skip_string(c);
		if (behind != c) {
			c = behind;
			continue;
		}
		if (*c == '{' && !depth++)
			*open = c;
		depth -= *c == '}' && depth;
		c++;
	}
	return depth ? NULL : c;
}

/* --- one command ------------------------------------------------------------ */

static void echo_command(struct session *session, const char *command)
{
	char prompt[32];

	session_prompt(session, prompt, sizeof(prompt));
	out_command(prompt, command);
}

/*
 * Waits for what the command needs. false: it did not come; the command was
 * echoed, the error printed, and the debuggee broken into.
 */
static bool await_need(struct session *session, const char *command, bool echo)
{
	enum command_need need = command_needs(session, command);
	enum session_wait how;

	if (need == COMMAND_CAN_RUN)
		return true;
	how = session_wait(session,
			   need == COMMAND_NEEDS_HALT ? session_is_settled_halt : session_is_attached,
			   (int64_t)session->wait_limit);
	if (how == SESSION_CAME)
		return true;
	if (echo)
		echo_command(session, command);
	if (how == SESSION_GONE) {
		out_error("the line to the debuggee has closed");
		session->ending = true;
	} else if (!session->attached) {
		out_error("the debuggee has left, or does not answer; its module must be loaded again");
	} else if (how == SESSION_INTERRUPTED) {
		out_error("interrupted while waiting for a halt");
		session_break_in(session);
	} else {
		out_error("no halt came within 0n%llu ms (`settings wait`), and this command needs one; "
			  "breaking in",
			  (unsigned long long)session->wait_limit);
		session_break_in(session);
	}
	return false;
}

void player_run(struct session *session, const char *command, bool echo)
{
	/* What happened up to here is shown before the command. */
	if (!session->halted)
		session_catch_up(session);
	session_settle(session);
	if (!await_need(session, command, echo))
		return;
	if (echo)
		echo_command(session, command);
	command_run(session, command);
	session_settle(session);
	/* A Ctrl-C meanwhile that nobody took breaks in. */
	if (session_take_interrupt() && session_has_line(session) && session->attached)
		session_break_in(session);
	out_flush();
}

/* --- text and files --------------------------------------------------------- */

static unsigned int line_number(const char *text, const char *place)
{
	unsigned int line = 1;

	for (; text < place; text++)
		line += *text == '\n';
	return line;
}

static void run_piece(struct session *session, const char *from, const char *to)
{
	char *command = strndup(from, (size_t)(to - from));
	size_t length = strlen(command);

	/* Files from other systems end their lines in two characters. */
	while (length && isspace((unsigned char)command[length - 1]))
		command[--length] = 0;
	player_run(session, command, true);
	free(command);
}

static void print_unclosed(const char *name, unsigned int line, const char *open)
{
	out_error(
		"%s, line %u: the %s opened there is never closed, so the commands behind it were not played",
		name, line, *open == '{' ? "brace" : "comment");
}

void player_play_text(struct session *session, const char *text, const char *name)
{
	const char *at = text;

	while (*(at = player_command_start(at)) && !session->ending) {
		const char *open;
		const char *end = player_command_end(at, &open);

		if (!end) {
			print_unclosed(name, line_number(text, open), open);
			return;
		}
		run_piece(session, at, end);
		at = end;
	}
}

/* The text with each `$argN` that was given replaced, wherever it stands; from malloc. */
static char *with_words(const char *text, const char *const *words, unsigned int count)
{
	char *result = NULL;
	size_t size;
	FILE *to = open_memstream(&result, &size);

	while (*text) {
		size_t plain = strcspn(text, "$");
		char *behind;
		unsigned long n;

		fwrite(text, 1, plain, to);
		text += plain;
		if (!*text)
			break;
		n = strncmp(text, "$arg", 4) || !isdigit((unsigned char)text[4])
			    ? count
			    : strtoul(text + 4, &behind, 10);
		if (n < count) {
			fputs(words[n], to);
			text = behind;
		} else {
			fputc(*text++, to);
		}
	}
	fclose(to);
	return result;
}

void player_play_file(struct session *session, const char *const *words, unsigned int count)
{
	char folder[4096];
	char *text = expression_read_file(words[0], folder, sizeof(folder));
	const char *before;
	char *filled;

	if (!text) {
		out_error("the file %s cannot be read: %s", words[0], strerror(errno));
		return;
	}
	filled = with_words(text, words, count);
	before = expression_set_folder(folder);
	player_play_text(session, filled, words[0]);
	expression_set_folder(before);
	free(filled);
	free(text);
}

/* Lines are read one at a time, so that a command runs as soon as it is whole. */
void player_play_stream(struct session *session, FILE *stream, const char *name)
{
	char *text = NULL, *line = NULL;
	size_t size = 0, room = 0;
	unsigned int first = 1, last = 0;
	const char *open = NULL;
	ssize_t n;

	while (!session->ending && (n = getline(&line, &room, stream)) > 0) {
		const char *start, *end;

		last++;
		text = realloc(text, size + (size_t)n + 1);
		memcpy(text + size, line, (size_t)n + 1);
		size += (size_t)n;
		start = player_command_start(text);
		end = *start ? player_command_end(start, &open) : NULL;
		if (*start && end)
			run_piece(session, start, end);
		if (*start && !end)
			continue;
		/* A comment that goes on has no start yet: keep its text. */
		if (!*start && strstr(text, "/*") && !strstr(text, "*/")) {
			open = strstr(text, "/*");
			continue;
		}
		size = 0;
		first = last + 1;
		open = NULL;
	}
	if (size && open && !session->ending)
		print_unclosed(name, first + line_number(text, open) - 1, open);
	free(text);
	free(line);
}
