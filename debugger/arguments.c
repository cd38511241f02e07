// SPDX-License-Identifier: GPL-2.0
#include "debugger/arguments.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "debugger/expression.h"
#include "debugger/output.h"
#include "debugger/session.h"

/* Longest piece of a line that an error shows. */
#define SHOWN 100

const char *arguments_skip_comment(const char *at)
{
	const char *end;

	if (at[0] != '/')
		return at;
	if (at[1] == '/')
		return at + strcspn(at, "\n");
	if (at[1] != '*')
		return at;
	end = strstr(at + 2, "*/");
	return end ? end + 2 : at + strlen(at);
}

/* A string ends at its quote or at its line's end; a character literal is skipped only if it is one. */
const char *arguments_skip_string(const char *at)
{
	if (at[0] == '\'') {
		if (at[1] == '\\' && at[2] && at[3] == '\'')
			return at + 4;
		return at[1] && at[2] == '\'' ? at + 3 : at;
	}
	if (at[0] != '"')
		return at;
	for (at++; *at && *at != '"' && *at != '\n'; at++) {
		if (*at == '\\' && at[1])
			at++;
	}
	return *at == '"' ? at + 1 : at;
}

bool arguments_at_end(struct arguments *arguments)
{
	for (;;) {
		const char *before = arguments->at;

		while (isspace((unsigned char)*arguments->at))
			arguments->at++;
		arguments->at = arguments_skip_comment(arguments->at);
		if (arguments->at == before)
			return !*before;
	}
}

bool arguments_expect_end(struct arguments *arguments)
{
	if (arguments_at_end(arguments))
		return true;
	arguments_error(arguments, arguments->at, "expected the end of the command here");
	return false;
}

size_t arguments_peek(struct arguments *arguments, const char **word)
{
	size_t length = 0;

	arguments_at_end(arguments);
	*word = arguments->at;
	while ((*word)[length] && !isspace((unsigned char)(*word)[length]) && (*word)[length] != '{')
		length++;
	return length;
}

bool arguments_take_word(struct arguments *arguments, const char *wanted)
{
	const char *word;
	size_t length = arguments_peek(arguments, &word);

	if (length != strlen(wanted) || strncmp(word, wanted, length))
		return false;
	arguments->at += length;
	arguments_at_end(arguments);
	return true;
}

bool arguments_take_any_word(struct arguments *arguments, char *to, size_t size)
{
	const char *word;
	size_t length = arguments_peek(arguments, &word);

	if (!length || length >= size)
		return false;
	memcpy(to, word, length);
	to[length] = 0;
	arguments->at += length;
	return true;
}

bool arguments_number(struct arguments *arguments, const char *what, uint64_t *value)
{
	struct script_diagnostics diagnostics = { 0 };
	size_t used = 0;

	if (arguments_at_end(arguments)) {
		arguments_error(arguments, arguments->at, "expected %s", what);
		return false;
	}
	if (!expression_evaluate(arguments->session, arguments->at, value, &used, &diagnostics)) {
		const struct script_diagnostic *item = &diagnostics.items[0];
		const char *place = arguments->at;

		for (unsigned int line = 1; line < item->line && strchr(place, '\n'); line++)
			place = strchr(place, '\n') + 1;
		if (item->column && item->column - 1 <= strlen(place))
			place += item->column - 1;
		arguments_error(arguments, place, "%s",
				item->message[0] ? item->message : "this is no number");
		return false;
	}
	arguments->at += used;
	return true;
}

/* Start of the line of `place`, its number, and the length of what is shown of it. */
static const char *line_of(const char *text, const char *place, unsigned int *number)
{
	const char *start = text;

	*number = 1;
	for (const char *c = text; c < place && *c; c++) {
		if (*c == '\n') {
			start = c + 1;
			++*number;
		}
	}
	return start;
}

static void print_located(const char *text, const char *place, const char *message)
{
	unsigned int number;
	const char *start = line_of(text, place, &number);
	unsigned int column = (unsigned int)(place - start) + 1;
	/* A long line is shown from a little before the place. */
	unsigned int from = column > SHOWN - 20 ? column - (SHOWN - 40) : 0;
	int length = (int)strcspn(start, "\n") - (int)from;
	char caret[SHOWN + 1];

	if (length > SHOWN)
		length = SHOWN;
	if (strchr(text, '\n'))
		out_error("line %u, column %u: %s", number, column, message);
	else
		out_error("column %u: %s", column, message);
	for (unsigned int i = 0; i < column - 1 - from; i++)
		caret[i] = start[from + i] == '\t' ? '\t' : ' ';
	caret[column - 1 - from] = 0;
	out_line("\t%.*s", length, start + from);
	out_line("\t%s^", caret);
}

void arguments_error_at(struct arguments *arguments, unsigned int line, unsigned int column,
			const char *message)
{
	const char *place = arguments->text;
	size_t length;

	while (--line && strchr(place, '\n'))
		place = strchr(place, '\n') + 1;
	length = strcspn(place, "\n");
	print_located(arguments->text, place + (column - 1 < length ? column - 1 : length), message);
}

void arguments_error(struct arguments *arguments, const char *place, const char *format, ...)
{
	char message[512];
	va_list list;

	va_start(list, format);
	vsnprintf(message, sizeof(message), format, list);
	va_end(list);
	print_located(arguments->text, place, message);
}

/* --- scripts ---------------------------------------------------------------- */

/* A line of a file, and a caret under the column. */
static void print_source(const struct script_diagnostic *item)
{
	char caret[sizeof(item->source) + 1];
	unsigned int column = item->column ? item->column - 1 : 0;

	if (!item->source[0] || column > strlen(item->source))
		return;
	for (unsigned int i = 0; i < column; i++)
		caret[i] = item->source[i] == '\t' ? '\t' : ' ';
	caret[column] = 0;
	out_line("\t%s", item->source);
	out_line("\t%s^", caret);
}

/*
 * Prints what the compiler found. `source` is what it was given; `shown` has
 * the same lines and columns, and is what the user wrote.
 */
static void print_diagnostics(const struct script_diagnostics *diagnostics, const char *shown)
{
	for (unsigned int i = 0; i < diagnostics->count && i < SCRIPT_MAX_DIAGNOSTICS; i++) {
		const struct script_diagnostic *item = &diagnostics->items[i];
		const char *place = shown;

		for (unsigned int line = 1; line < item->line && strchr(place, '\n'); line++)
			place = strchr(place, '\n') + 1;
		if (item->file[0]) {
			out_error("%s, line %u, column %u: %s", item->file, item->line, item->column,
				  item->message);
			print_source(item);
			continue;
		}
		if (item->column > 1) {
			size_t length = strcspn(place, "\n");

			place += item->column - 1 < length ? item->column - 1 : length;
		}
		print_located(shown, place, item->message);
	}
}

/* `name`: the file that the source is, or NULL. */
static struct script_program *compile(struct session *session, const char *name, const char *source,
				      const char *shown, unsigned int forbid)
{
	struct script_diagnostics diagnostics = { 0 };
	struct script_compile_options options;
	struct script_program *program;

	expression_options(session, &options);
	options.name = name;
	options.forbid = forbid;
	program = script_compile(source, &options, &diagnostics);
	if (!program)
		print_diagnostics(&diagnostics, shown);
	return program;
}

/* A copy of the command in which all before `from` is blank, so that places are those of the command. */
static char *blanked(const struct arguments *arguments, const char *from, const char *to, const char *behind)
{
	size_t before = (size_t)(from - arguments->text), length = (size_t)(to - from);
	char *copy = malloc(before + length + strlen(behind) + 1);

	for (size_t i = 0; i < before; i++)
		copy[i] = isspace((unsigned char)arguments->text[i]) ? arguments->text[i] : ' ';
	memcpy(copy + before, from, length);
	strcpy(copy + before + length, behind);
	return copy;
}

struct script_program *arguments_compile_rest(struct arguments *arguments, const char *before,
					      const char *behind, unsigned int forbid)
{
	char *source = blanked(arguments, arguments->at, arguments->at + strlen(arguments->at), behind);
	size_t room = strlen(before);
	struct script_program *program;

	/* What comes before takes the place of blanks; the command's own name is long enough for it. */
	memcpy(source + (arguments->at - arguments->text) - room, before, room);
	program = compile(arguments->session, NULL, source, arguments->text, forbid);
	free(source);
	return program;
}

/* The brace that closes the one at `open`, or NULL. */
static const char *closing_brace(const char *open)
{
	unsigned int depth = 0;

	for (const char *c = open; *c;) {
		const char *behind = arguments_skip_comment(c);

		if (behind == c)
			behind = arguments_skip_string(c);
		if (behind != c) {
			c = behind;
			continue;
		}
		depth += *c == '{';
		if (*c == '}' && --depth == 0)
			return c;
		c++;
	}
	return NULL;
}

static struct script_program *compile_file(struct arguments *arguments, const char *from, const char *to,
					   unsigned int forbid)
{
	struct script_program *program;
	char path[4096];
	char *text;

	while (isspace((unsigned char)*from))
		from++;
	while (to > from && isspace((unsigned char)to[-1]))
		to--;
	snprintf(path, sizeof(path), "%.*s", (int)(to - from), from);
	text = expression_read_file(path, NULL, 0);
	if (!text) {
		arguments_error(arguments, from, "the script file %s cannot be read: %s", path,
				strerror(errno));
		return NULL;
	}
	program = compile(arguments->session, path, text, text, forbid);
	free(text);
	return program;
}

struct script_program *arguments_script(struct arguments *arguments, unsigned int forbid)
{
	const char *open, *close, *inside;
	struct script_program *program;
	char *source;

	if (arguments_at_end(arguments) || *arguments->at != '{') {
		arguments_error(arguments, arguments->at, "expected `{` and a script");
		return NULL;
	}
	open = arguments->at;
	close = closing_brace(open);
	if (!close) {
		arguments_error(arguments, open, "this brace is never closed");
		return NULL;
	}
	arguments->at = close + 1;
	inside = open + 1 + strspn(open + 1, " \t\r\n");
	if (!strncmp(inside, "file:", 5))
		return compile_file(arguments, inside + 5, close, forbid);
	source = blanked(arguments, open + 1, close, "");
	program = compile(arguments->session, NULL, source, arguments->text, forbid);
	free(source);
	return program;
}
