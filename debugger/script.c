// SPDX-License-Identifier: GPL-2.0
/* `?`, `print`, `.script`: statements run here and now, and files of commands. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "debugger/commands.h"
#include "debugger/output.h"
#include "debugger/player.h"
#include "debugger/settings.h"
#include "engine/error_text.h"
#include "script/compile.h"

/* `.script` in a file that plays itself would never end. */
#define MAX_NESTING 16

/* A file of commands and what it is given, `$arg0` to `$arg31`. */
#define MAX_WORDS 32

static void print_text(void *self, const char *text, size_t length)
{
	const struct out_source source = { .event = UINT64_MAX };

	(void)self;
	out_text(&source, text, length);
}

/* How the run ended: columns are those of the command, or of the file it names. */
static void print_outcome(struct arguments *arguments, const struct script_program *program,
			  const struct script_outcome *outcome)
{
	const char *file = script_file_name(program->file_names, program->file_count, outcome->line);
	char sentence[512];

	error_text(outcome->error, outcome->detail, sentence, sizeof(sentence));
	if (outcome->line && *file)
		out_error("%s, line %u, column %u: %s", file, hd_line_number(outcome->line), outcome->column,
			  sentence);
	else if (outcome->line)
		arguments_error_at(arguments, hd_line_number(outcome->line),
				   outcome->column ? outcome->column : 1, sentence);
	else
		out_error("%s", sentence);
}

static void run_here(struct arguments *arguments, struct script_program *program)
{
	static struct script_local_host host = { .output = print_text };
	struct script_outcome outcome = { 0 };

	if (script_run_locally(program, &host, setting_budget(), &outcome))
		print_outcome(arguments, program, &outcome);
}

static void run_there(struct arguments *arguments, const struct script_program *program)
{
	struct session *session = arguments->session;
	struct hd_script_run run = { .program_size = (uint32_t)program->size };
	struct script_outcome outcome = { 0 };
	struct hd_script_result result;
	struct reply reply = { 0 };
	int error;

	session->reply_detail = 0;
	error = session_request(session, HD_SCRIPT_RUN, &run, sizeof(run), program->bytes, program->size,
				&reply);
	session->registers_known = false;
	if (!error)
		return;
	outcome.error = -error;
	outcome.detail = error == -HD_E_TOO_LARGE ? program->size : session->reply_detail;
	if (reply.size >= sizeof(result)) {
		memcpy(&result, reply.payload, sizeof(result));
		outcome.line = result.line;
		outcome.column = result.column;
	}
	print_outcome(arguments, program, &outcome);
}

static void run_program(struct arguments *arguments, struct script_program *program)
{
	if (arguments->session->link)
		run_there(arguments, program);
	else
		run_here(arguments, program);
}

/*
 * What may not stand in `?`: events' own things are allowed at a break, where
 * the module decides. Without a debuggee nothing runs that pause() could halt,
 * and it does nothing, as at a halt.
 */
static unsigned int forbidden(const struct session *session)
{
	return session->link && !session_has_line(session) ? SCRIPT_FORBID_PAUSE : 0;
}

void command_evaluate(struct arguments *arguments)
{
	struct script_program *program;

	if (arguments_at_end(arguments)) {
		arguments_error(arguments, arguments->at,
				"expected statements, for instance `? print($stage);`");
		return;
	}
	if (*arguments->at == '{')
		program = arguments_script(arguments, forbidden(arguments->session));
	else
		program = arguments_compile_rest(arguments, "", "", forbidden(arguments->session));
	if (program)
		run_program(arguments, program);
	free(program);
}

void command_print(struct arguments *arguments)
{
	struct script_program *program;
	char *text, *end;

	if (arguments_at_end(arguments)) {
		arguments_error(arguments, arguments->at, "expected an expression");
		return;
	}
	/* A semicolon at the end does no harm, as in HyperDbg's own examples. */
	text = strdup(arguments->text);
	end = text + strlen(text);
	while (end > text && (isspace((unsigned char)end[-1]) || end[-1] == ';'))
		*--end = 0;
	arguments->at = text + (arguments->at - arguments->text);
	arguments->text = text;
	if (*arguments->at == '(')
		program = arguments_compile_rest(arguments, "print", ";", forbidden(arguments->session));
	else
		program = arguments_compile_rest(arguments, "print(", ");", forbidden(arguments->session));
	if (program)
		run_program(arguments, program);
	free(program);
	free(text);
}

/*
 * Takes the text apart at blanks (not inside quotes, which are dropped). A
 * path with blanks needs none if nothing else follows. Returns the number of words.
 */
static unsigned int take_words(char *text, const char **words)
{
	unsigned int count = 0;

	if (*text != '"' && access(text, R_OK) == 0) {
		words[0] = text;
		return 1;
	}
	while (count < MAX_WORDS && *(text += strspn(text, " \t"))) {
		bool quoted = *text == '"';

		text += quoted;
		words[count++] = text;
		text += strcspn(text, quoted ? "\"" : " \t");
		if (*text)
			*text++ = 0;
	}
	return count;
}

void command_script(struct arguments *arguments)
{
	static unsigned int nesting;
	const char *words[MAX_WORDS];
	char path[4096];
	unsigned int count;

	snprintf(path, sizeof(path), "%s", arguments->at);
	count = take_words(path, words);
	if (!count) {
		arguments_error(arguments, arguments->at, "expected the name of a file of commands");
		return;
	}
	if (nesting == MAX_NESTING) {
		out_error("files of commands play each other too deeply");
		return;
	}
	nesting++;
	player_play_file(arguments->session, words, count);
	nesting--;
}
