// SPDX-License-Identifier: GPL-2.0
/* Events: defining them, and the `events` command. */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <hyperdbg/event.h>

#include "debugger/commands.h"
#include "debugger/event_text.h"
#include "debugger/output.h"
#include "engine/error_text.h"
#include "debugger/process.h"

/* The longest `buffer N`; the module's own bound may be lower. */
#define BUFFER_MAX 65536

struct event_parser {
	struct arguments *arguments;
	const struct hd_event_kind_info *kind;
	struct hd_event_definition definition;
	struct script_program *program;
	const char *stage_place, *sc_place;
	unsigned int seen; /* bits: options given, by their index */
};

/* An option takes its words from the cursor behind its name; false: an error was printed. */
struct event_option {
	const char *name;
	bool (*take)(struct event_parser *parser, const char *place);
};

static bool take_stage(struct event_parser *parser, const char *place)
{
	struct arguments *arguments = parser->arguments;
	const char *word;

	if (!parser->kind->has_stages) {
		char sentence[256];

		error_text(-HD_E_NO_STAGES, 0, sentence, sizeof(sentence));
		arguments_error(arguments, place, "%s", sentence);
		return false;
	}
	parser->stage_place = place;
	parser->definition.flags |= HD_EVENT_STAGE_GIVEN;
	arguments_peek(arguments, &word);
	if (arguments_take_word(arguments, "pre"))
		parser->definition.stage = HD_STAGE_PRE;
	else if (arguments_take_word(arguments, "post"))
		parser->definition.stage = HD_STAGE_POST;
	else if (arguments_take_word(arguments, "all"))
		parser->definition.stage = HD_STAGE_ALL;
	else {
		arguments_error(arguments, word, "a stage is one of pre, post and all");
		return false;
	}
	return true;
}

/* `on`/`off` or `yes`/`no`. */
static bool take_choice(struct arguments *arguments, const char *yes, const char *no, bool *value)
{
	const char *word;

	arguments_peek(arguments, &word);
	*value = arguments_take_word(arguments, yes);
	if (*value || arguments_take_word(arguments, no))
		return true;
	arguments_error(arguments, word, "expected %s or %s", yes, no);
	return false;
}

static bool take_sc(struct event_parser *parser, const char *place)
{
	bool on;

	if (!parser->kind->has_sc) {
		arguments_error(parser->arguments, place,
				parser->kind->has_stages
					? "this event cannot be short-circuited"
					: "this event cannot be short-circuited: a hook has no "
					  "operation of its own to cancel");
		return false;
	}
	if (!take_choice(parser->arguments, "on", "off", &on))
		return false;
	parser->sc_place = place;
	parser->definition.flags |= HD_EVENT_SC_GIVEN | (on ? HD_EVENT_SC : 0);
	return true;
}

static bool take_imm(struct event_parser *parser, const char *place)
{
	bool yes;

	(void)place;
	if (!take_choice(parser->arguments, "yes", "no", &yes))
		return false;
	if (yes)
		parser->definition.flags |= HD_EVENT_IMMEDIATE;
	return true;
}

static bool take_pid(struct event_parser *parser, const char *place)
{
	(void)place;
	parser->definition.flags |= HD_EVENT_HAS_PID;
	return process_take(parser->arguments, &parser->definition.pid);
}

static bool take_core(struct event_parser *parser, const char *place)
{
	struct session *session = parser->arguments->session;
	uint64_t core;

	arguments_at_end(parser->arguments);
	place = parser->arguments->at;
	if (!arguments_number(parser->arguments, "a core's number behind `core`", &core))
		return false;
	if (session->attached && core >= session->hello.cores) {
		arguments_error(parser->arguments, place,
				"there is no core %" PRIx64 "; the debuggee has cores 0 to %x", core,
				session->hello.cores - 1);
		return false;
	}
	parser->definition.core = (uint32_t)core;
	parser->definition.flags |= HD_EVENT_HAS_CORE;
	return true;
}

static bool take_buffer(struct event_parser *parser, const char *place)
{
	uint64_t size;

	arguments_at_end(parser->arguments);
	place = parser->arguments->at;
	if (!arguments_number(parser->arguments, "a number of bytes behind `buffer`", &size))
		return false;
	if (size > BUFFER_MAX) {
		arguments_error(parser->arguments, place, "a buffer has at most %x bytes", BUFFER_MAX);
		return false;
	}
	parser->definition.buffer_size = (uint32_t)size;
	return true;
}

static bool take_script(struct event_parser *parser, const char *place)
{
	struct session *session = parser->arguments->session;

	(void)place;
	parser->program =
		arguments_script(parser->arguments, session_has_line(session) ? 0 : SCRIPT_FORBID_PAUSE);
	if (!parser->program)
		return false;
	parser->definition.program_size = (uint32_t)parser->program->size;
	return true;
}

static bool refuse_later(struct event_parser *parser, const char *place)
{
	arguments_error(parser->arguments, place,
			"`asm`, `condition`, `code` and `output` are not there yet; `script { … }` is");
	return false;
}

static const struct event_option options[] = {
	{ "stage", take_stage },   { "sc", take_sc },	       { "imm", take_imm },
	{ "pid", take_pid },	   { "core", take_core },      { "buffer", take_buffer },
	{ "script", take_script }, { "asm", refuse_later },    { "condition", refuse_later },
	{ "code", refuse_later },  { "output", refuse_later },
};

static int find_option(const char *word, size_t length)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(options); i++) {
		if (strlen(options[i].name) == length && !strncmp(options[i].name, word, length))
			return (int)i;
	}
	return -1;
}

static void unknown_option(struct event_parser *parser, const char *word, size_t length)
{
	if (isdigit((unsigned char)*word) || !length)
		arguments_error(parser->arguments, word, "%s takes no %s here; its parameters are: %s",
				parser->kind->name,
				length ? "more numbers" : "script without the word `script`",
				parser->kind->parameters[0] ? parser->kind->parameters : "none");
	else
		arguments_error(parser->arguments, word,
				"unknown option `%.*s`; options are pid, core, stage, sc, imm, buffer and "
				"script { … }",
				(int)length, word);
}

static bool take_options(struct event_parser *parser)
{
	struct arguments *arguments = parser->arguments;

	while (!arguments_at_end(arguments)) {
		const char *word;
		size_t length = arguments_peek(arguments, &word);
		int index = find_option(word, length);

		if (index < 0) {
			unknown_option(parser, word, length);
			return false;
		}
		if (parser->seen & (1u << index)) {
			arguments_error(arguments, word, "`%s` is given twice", options[index].name);
			return false;
		}
		parser->seen |= 1u << index;
		arguments->at += length;
		if (!options[index].take(parser, word))
			return false;
	}
	return true;
}

/* Letters of `!monitor`: r, w, x in any combination. */
static bool take_access(struct event_parser *parser)
{
	static const struct {
		char letter;
		uint8_t bit;
	} letters[] = { { 'r', HD_ACCESS_READ }, { 'w', HD_ACCESS_WRITE }, { 'x', HD_ACCESS_EXECUTE } };
	const char *word;
	size_t length = arguments_peek(parser->arguments, &word);
	uint8_t access = 0;

	for (size_t i = 0; i < length; i++) {
		uint8_t bit = 0;

		for (size_t k = 0; k < HD_ARRAY_SIZE(letters); k++)
			bit |= letters[k].letter == word[i] ? letters[k].bit : 0;
		if (!bit || (access & bit)) {
			access = 0;
			break;
		}
		access |= bit;
	}
	if (!access) {
		arguments_error(parser->arguments, word,
				"expected what to watch for: r, w, x or any combination of them");
		return false;
	}
	parser->definition.access = access;
	parser->arguments->at += length;
	return true;
}

/* An address whose symbol may say which process is meant. */
static bool take_address(struct event_parser *parser, const char *what, uint64_t *address)
{
	bool has_pid;

	if (!process_take_address(parser->arguments, what, address, &parser->definition.pid, &has_pid))
		return false;
	if (has_pid)
		parser->definition.flags |= HD_EVENT_HAS_PID;
	return true;
}

/* FROM TO, or FROM l LENGTH, then perhaps va or pa. */
static bool take_range(struct event_parser *parser)
{
	struct arguments *arguments = parser->arguments;
	uint64_t *range = parser->definition.parameter;
	const char *place;
	uint64_t length;

	if (!take_address(parser, "the first address of the range", &range[0]))
		return false;
	if (arguments_take_word(arguments, "l")) {
		place = arguments->at;
		if (!arguments_number(arguments, "a number of bytes behind `l`", &length))
			return false;
		if (!length || range[0] + (length - 1) < range[0]) {
			arguments_error(arguments, place,
					"a range has at least one byte, and ends below 2 to the 64th");
			return false;
		}
		range[1] = range[0] + (length - 1);
	} else {
		arguments_at_end(arguments);
		place = arguments->at;
		if (!arguments_number(arguments, "the last address of the range (or `l` and its length)",
				      &range[1]))
			return false;
		if (range[1] < range[0]) {
			arguments_error(arguments, place, "the range ends before it begins (at %" PRIx64 ")",
					range[0]);
			return false;
		}
	}
	if (arguments_take_word(arguments, "pa"))
		parser->definition.flags |= HD_EVENT_PHYSICAL;
	else
		arguments_take_word(arguments, "va");
	parser->definition.flags |= HD_EVENT_HAS_PARAMETER;
	return true;
}

static bool take_parameter(struct event_parser *parser)
{
	struct arguments *arguments = parser->arguments;
	const struct hd_event_kind_info *kind = parser->kind;
	const char *word;
	size_t length = arguments_peek(arguments, &word);

	if (kind->is_range)
		return parser->definition.kind != HD_EVENT_MONITOR || take_access(parser) ? take_range(parser)
											  : false;
	if (!kind->has_parameter || !length || find_option(word, length) >= 0) {
		if (!kind->needs_parameter)
			return true;
		arguments_error(arguments, word, "%s needs a parameter: %s", kind->name, kind->parameters);
		return false;
	}
	if (!take_address(parser, kind->parameters, &parser->definition.parameter[0]))
		return false;
	if (parser->definition.parameter[0] > kind->parameter_max) {
		arguments_error(arguments, word, "%" PRIx64 " is too large for %s; the largest is %" PRIx64,
				parser->definition.parameter[0], kind->name, kind->parameter_max);
		return false;
	}
	parser->definition.flags |= HD_EVENT_HAS_PARAMETER;
	return true;
}

/* What only the whole definition shows. */
static bool check(struct event_parser *parser)
{
	char sentence[256];

	if ((parser->definition.flags & HD_EVENT_SC) && (parser->definition.stage & HD_STAGE_POST)) {
		error_text(-HD_E_SC_IN_POST, 0, sentence, sizeof(sentence));
		arguments_error(parser->arguments, parser->sc_place, "%s", sentence);
		return false;
	}
	if (!parser->kind->available) {
		out_error("%s is not there yet", parser->kind->name);
		return false;
	}
	if (!parser->program && !session_has_line(parser->arguments->session)) {
		session_print_error(-HD_E_BREAK_IN_VMI, 0);
		return false;
	}
	return true;
}

static void define(struct event_parser *parser)
{
	struct session *session = parser->arguments->session;
	struct hd_event_number number = { 0 };
	struct reply reply;
	int error;

	session->reply_detail = 0;
	error = session_request(session, HD_EVENT_DEFINE, &parser->definition, sizeof(parser->definition),
				parser->program ? parser->program->bytes : NULL,
				parser->definition.program_size, &reply);
	if (error) {
		session_print_error(error, error == -HD_E_TOO_LARGE ? parser->definition.program_size
								    : session->reply_detail);
		return;
	}
	if (reply.size >= sizeof(number)) {
		memcpy(&number, reply.payload, sizeof(number));
		event_text_remember(session->hello.load_id, number.number, parser->arguments->text,
				    parser->program);
	}
}

void command_event(struct arguments *arguments)
{
	size_t length = command_name_length(arguments->at);
	int kind = command_event_kind(arguments->at, length);
	struct event_parser parser = {
		.arguments = arguments,
		.kind = &hd_event_kinds[kind],
		.definition = { .kind = (uint16_t)kind }, /* no stage: the module knows what it is then (S1) */
	};

	arguments->at += length;
	if (take_parameter(&parser) && take_options(&parser) && check(&parser))
		define(&parser);
	free(parser.program);
}

/* --- events ----------------------------------------------------------------- */

static void print_entry(void *self, const struct hd_event_entry *entry)
{
	char text[256];

	event_text(((struct session *)self)->hello.load_id, entry, text, sizeof(text));
	out_line("%-8" PRIx64 "%-20s%s", entry->number, entry->enabled ? "(enabled)" : "(disabled)", text);
}

bool event_each_entry(struct session *session, void (*visit)(void *self, const struct hd_event_entry *entry),
		      void *self)
{
	struct hd_event_number from = { 0 };
	struct reply reply;

	for (;;) {
		struct hd_event_entry *entries;
		size_t count;

		if (!session_ask(session, HD_EVENT_LIST, &from, sizeof(from), &reply))
			return false;
		count = reply.size / sizeof(*entries);
		if (!count)
			return true;
		/* A visitor may ask again, which overwrites the reply. */
		entries = malloc(count * sizeof(*entries));
		memcpy(entries, reply.payload, count * sizeof(*entries));
		for (size_t i = 0; i < count; i++)
			visit(self, &entries[i]);
		from.number = entries[count - 1].number + 1;
		free(entries);
	}
}

bool arguments_event_number(struct arguments *arguments, const char *what, uint64_t *number)
{
	if (arguments_take_word(arguments, "all")) {
		*number = HD_ALL_NUMBERS;
		return true;
	}
	return arguments_number(arguments, what, number);
}

static void change(struct arguments *arguments, enum hd_change what)
{
	struct hd_event_change request = { .change = (uint32_t)what };

	if (!arguments_event_number(arguments, "an event's number, or `all`", &request.number) ||
	    !arguments_expect_end(arguments))
		return;
	session_ask(arguments->session, HD_EVENT_CHANGE, &request, sizeof(request), NULL);
}

static void short_circuit(struct arguments *arguments)
{
	struct hd_switch request;
	bool on;

	if (!take_choice(arguments, "on", "off", &on) || !arguments_expect_end(arguments))
		return;
	request.on = on;
	session_ask(arguments->session, HD_EVENT_SHORT_CIRCUIT, &request, sizeof(request), NULL);
}

void command_events(struct arguments *arguments)
{
	if (arguments_at_end(arguments))
		event_each_entry(arguments->session, print_entry, arguments->session);
	else if (arguments_take_word(arguments, "e"))
		change(arguments, HD_CHANGE_ENABLE);
	else if (arguments_take_word(arguments, "d"))
		change(arguments, HD_CHANGE_DISABLE);
	else if (arguments_take_word(arguments, "c"))
		change(arguments, HD_CHANGE_CLEAR);
	else if (arguments_take_word(arguments, "sc"))
		short_circuit(arguments);
	else
		arguments_error(arguments, arguments->at,
				"expected e, d or c and an event's number, or sc on|off");
}
