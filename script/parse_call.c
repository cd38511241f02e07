// SPDX-License-Identifier: GPL-2.0
/*
 * Calls: functions of the script, the built-ins of the engine's table, printf,
 * and the words that look like functions but are single instructions.
 */
#include "script/compiler.h"

#include <ctype.h>
#include <string.h>

#define MAX_ARGUMENTS 32

struct node *parse_string(struct compiler *compiler)
{
	const struct token *token = advance(compiler);
	bool wide = token->kind == TOKEN_WIDE_STRING;
	struct node *node = new_node(compiler, NODE_STRING, token);
	unsigned int unit = wide ? 2 : 1;
	uint32_t end = token->length - unit;

	while (compiler->data.used % unit)
		buffer_add(&compiler->data, NULL, 1);
	node->value = compiler->data.used;
	buffer_add(&compiler->data, token->bytes, end);
	while (current(compiler)->kind == token->kind) {
		const struct token *more = advance(compiler);

		buffer_add(&compiler->data, more->bytes, more->length - unit);
	}
	buffer_add(&compiler->data, NULL, unit);
	if (compiler->data.used > HD_PROGRAM_MAX_BYTES / 2)
		fail(compiler, token, "the strings of this script are too long");
	node->count = (uint32_t)(compiler->data.used - node->value);
	node->type = pointer_to(compiler, wide ? &type_ushort : &type_char);
	return node;
}

/* (a, b, …), whose types the caller checks; the nodes are linked through next. */
static struct node *parse_arguments(struct compiler *compiler, const struct token *name, unsigned int *count)
{
	struct node *list = NULL, **end = &list;

	*count = 0;
	if (!is_next(compiler, "("))
		fail(compiler, name, "`%s` is a function; call it: %s(…)", name->text, name->text);
	compiler->at++;
	if (accept(compiler, ")"))
		return NULL;
	do {
		struct node *argument = parse_assignment(compiler);

		/* A node that is already in a list (a variable twice) must not be linked again. */
		*end = new_node(compiler, NODE_CONVERT, argument->token);
		**end = *argument;
		(*end)->next = NULL;
		end = &(*end)->next;
		if (++*count > MAX_ARGUMENTS)
			fail(compiler, argument->token, "a call has 0n%u arguments at most", MAX_ARGUMENTS);
	} while (accept(compiler, ","));
	expect(compiler, ")", "behind the arguments");
	return list;
}

/* Replaces the argument that *link holds, keeping the list. */
static void replace_argument(struct node **link, struct node *node)
{
	struct node *next = (*link)->next;

	*link = node;
	node->next = next;
}

static void wrong_count(struct compiler *compiler, const struct token *name, unsigned int wanted, unsigned int given)
{
	fail(compiler, name, "`%s` takes 0n%u argument%s, and 0n%u %s given", name->text, wanted, wanted == 1 ? "" : "s",
	     given, given == 1 ? "is" : "are");
}

struct node *parse_function_call(struct compiler *compiler, const struct token *name, struct function *function)
{
	struct node *node = new_node(compiler, NODE_CALL, name);
	struct parameter *parameter = function->parameters;

	node->function = function;
	node->type = function->result;
	node->list = parse_arguments(compiler, name, &node->count);
	if (node->count != function->parameter_count)
		wrong_count(compiler, name, function->parameter_count, node->count);
	for (struct node **link = &node->list; *link; link = &(*link)->next, parameter = parameter->next) {
		struct node *argument = convert(compiler, *link, parameter->type, "by this parameter");

		/* A struct travels as its address; the function copies it. */
		if (parameter->type->kind == TYPE_STRUCT)
			argument = address_of(compiler, argument->token, argument);
		replace_argument(link, argument);
	}
	function->called = true;
	return node;
}

/* ---- words that become single instructions ---- */

enum word_kind { WORD_LOAD, WORD_NOT, WORD_NEG, WORD_REF };

static const struct {
	const char *name;
	enum word_kind kind;
	const struct type *type;
	uint8_t offset;
} words[] = {
	{"db", WORD_LOAD, &type_uchar, 0},   {"dw", WORD_LOAD, &type_ushort, 0}, {"dd", WORD_LOAD, &type_uint, 0},
	{"dq", WORD_LOAD, &type_ulong, 0},   {"poi", WORD_LOAD, &type_ulong, 0}, {"hi", WORD_LOAD, &type_ushort, 2},
	{"low", WORD_LOAD, &type_ushort, 0}, {"not", WORD_NOT, NULL, 0},	  {"neg", WORD_NEG, NULL, 0},
	{"ref", WORD_REF, NULL, 0},	      {"reference", WORD_REF, NULL, 0},
};

static struct node *parse_word_call(struct compiler *compiler, const struct token *name, size_t which)
{
	unsigned int count;
	struct node *list = parse_arguments(compiler, name, &count);

	if (count != 1)
		wrong_count(compiler, name, 1, count);
	switch (words[which].kind) {
	case WORD_NOT:
		return unary_node(compiler, name, NODE_COMPLEMENT, list);
	case WORD_NEG:
		return unary_node(compiler, name, NODE_NEGATE, list);
	case WORD_REF:
		return address_of(compiler, name, list);
	default:
		list = value_of(compiler, list);
		if (list->type->kind == TYPE_FLOAT)
			fail(compiler, list->token, "%s is not an address", type_name(compiler, list->type));
		return convert(compiler, memory_node(compiler, name, list, words[which].type, words[which].offset),
			       &type_word, NULL);
	}
}

/* ---- printf ---- */

struct format {
	struct compiler *compiler;
	const struct token *token;
	const char *at, *end;
	struct node **link; /* the next argument's */
	struct node *call;
	unsigned int used; /* arguments so far */
	struct hd_program_piece piece;
	uint32_t text_start; /* of the piece's text in data */
};

static void put_text(struct format *format, char c)
{
	buffer_add(&format->compiler->data, &c, 1);
	if (format->compiler->data.used - format->text_start > UINT16_MAX)
		fail(format->compiler, format->token, "this text is too long");
}

static void end_piece(struct format *format)
{
	struct compiler *compiler = format->compiler;

	format->piece.text = format->text_start;
	format->piece.text_length = (uint16_t)(compiler->data.used - format->text_start);
	if (!format->piece.bits)
		format->piece.bits = 64;
	buffer_add(&compiler->pieces, &format->piece, sizeof(format->piece));
	if (++format->call->count > 255)
		fail(compiler, format->token, "this format has too many conversions");
	memset(&format->piece, 0, sizeof(format->piece));
	format->text_start = (uint32_t)compiler->data.used;
}

static struct node **next_argument(struct format *format, const char *spec)
{
	struct node **link = format->link;

	if (!*link)
		fail(format->compiler, format->token, "an argument is missing: nothing is left for `%s`", spec);
	format->link = &(*link)->next;
	format->used++;
	return link;
}

/* `what` is for messages: "a whole number". */
static void take_argument(struct format *format, const char *spec, bool wants_float)
{
	struct compiler *compiler = format->compiler;
	struct node **link = next_argument(format, spec);
	struct node *argument = value_of(compiler, *link);
	bool is_float = argument->type->kind == TYPE_FLOAT;

	if (argument->kind == NODE_STRING && !strchr(spec, 's') && !strchr(spec, 'S') && !strchr(spec, 'p'))
		fail(compiler, argument->token, "`%s` prints a number, and this is a string", spec);
	if (is_float != wants_float && strchr(spec, 's'))
		fail(compiler, argument->token, "`%s` prints a string, and this is %s", spec,
		     type_name(compiler, argument->type));
	if (is_float != wants_float)
		fail(compiler, argument->token, "`%s` prints %s, and this is %s", spec,
		     wants_float ? "a float" : "a whole number", type_name(compiler, argument->type));
	argument = convert(compiler, argument, wants_float ? &type_double : &type_word, NULL);
	if (argument == *link)
		return;
	format->link = &argument->next;
	replace_argument(link, argument);
}

static void take_string(struct format *format, const char *spec, bool wide)
{
	struct compiler *compiler = format->compiler;
	struct node *argument = *format->link ? value_of(compiler, *format->link) : NULL;
	const struct type *base = argument && argument->type->kind == TYPE_POINTER ? argument->type->base : NULL;

	if (base && base->kind == TYPE_INTEGER && base->size != (wide ? 2 : 1))
		fail(compiler, argument->token, "`%s` prints a %s string, and this points at %s", spec,
		     wide ? "wide" : "narrow", type_name(compiler, base));
	take_argument(format, spec, false);
}

static unsigned int take_number(struct format *format, const char *what)
{
	unsigned int value = 0;

	while (format->at < format->end && isdigit((unsigned char)*format->at)) {
		value = value * 10 + (unsigned int)(*format->at++ - '0');
		if (value > 255)
			fail(format->compiler, format->token, "a %s in a format is 255 at most", what);
	}
	return value;
}

static void take_flags(struct format *format)
{
	static const char flags[] = "-+ #0";

	for (; format->at < format->end; format->at++) {
		const char *flag = memchr(flags, *format->at, 5);

		if (!flag)
			return;
		format->piece.flags |= (uint8_t)(1u << (flag - flags));
	}
}

static void take_width(struct format *format, const char *spec)
{
	if (format->at < format->end && *format->at == '*') {
		format->at++;
		format->piece.flags |= HD_PIECE_WIDTH_ARGUMENT;
		take_argument(format, spec, false);
	} else {
		format->piece.width = (uint8_t)take_number(format, "width");
	}
	if (format->at >= format->end || *format->at != '.')
		return;
	format->at++;
	if (format->at < format->end && *format->at == '*') {
		format->at++;
		format->piece.flags |= HD_PIECE_PRECISION_ARGUMENT;
		take_argument(format, spec, false);
	} else {
		format->piece.flags |= HD_PIECE_PRECISION;
		format->piece.precision = (uint8_t)take_number(format, "precision");
	}
}

/* h hh l ll z j t w I64: the bits of an integer; `wide` for strings. */
static void take_length(struct format *format, bool *wide)
{
	static const struct {
		const char *text;
		uint8_t bits;
		bool wide;
	} lengths[] = {{"hh", 8, false}, {"h", 16, false}, {"ll", 64, false}, {"l", 64, true}, {"I64", 64, false},
		       {"z", 64, false}, {"j", 64, false}, {"t", 64, false},  {"w", 32, true}};

	format->piece.bits = 32;
	for (size_t i = 0; i < HD_ARRAY_SIZE(lengths); i++) {
		size_t length = strlen(lengths[i].text);

		if ((size_t)(format->end - format->at) < length || memcmp(format->at, lengths[i].text, length))
			continue;
		format->at += length;
		format->piece.bits = lengths[i].bits;
		*wide = lengths[i].wide;
		return;
	}
}

static const struct {
	char letter;
	uint8_t conversion;
} conversions[] = {
	{'d', HD_CONVERT_SIGNED}, {'i', HD_CONVERT_SIGNED}, {'u', HD_CONVERT_UNSIGNED},	 {'x', HD_CONVERT_HEX},
	{'X', HD_CONVERT_HEX_UPPER}, {'o', HD_CONVERT_OCTAL}, {'c', HD_CONVERT_CHAR},	 {'p', HD_CONVERT_POINTER},
	{'s', HD_CONVERT_STRING}, {'S', HD_CONVERT_WIDE_STRING}, {'f', HD_CONVERT_FLOAT}, {'F', HD_CONVERT_FLOAT},
};

static uint8_t take_conversion(struct format *format, const char *start)
{
	char letter = format->at < format->end ? *format->at : 0;
	int length = (int)(format->at - start) + (letter >= ' ');

	for (size_t i = 0; i < HD_ARRAY_SIZE(conversions); i++)
		if (conversions[i].letter == letter) {
			format->at++;
			return conversions[i].conversion;
		}
	fail(format->compiler, format->token,
	     "`%.*s` is no conversion; there are %%d %%i %%u %%x %%X %%o %%c %%p %%s %%ws %%f and %%%%", length, start);
}

/* The conversion as written, for messages. */
static const char *spec_text(struct format *format, const char *start)
{
	const char *end = start + 1;

	while (end < format->end && !memchr("diuxXocpsSfF", *end, 12) && end - start < 16)
		end++;
	return arena_string(format->compiler, start, (size_t)(end - start) + (end < format->end));
}

static void take_conversion_spec(struct format *format)
{
	const char *start = format->at - 1, *spec = spec_text(format, start);
	bool wide = false;

	take_flags(format);
	take_width(format, spec);
	take_length(format, &wide);
	format->piece.conversion = take_conversion(format, start);
	if (format->piece.conversion == HD_CONVERT_STRING && wide)
		format->piece.conversion = HD_CONVERT_WIDE_STRING;
	switch (format->piece.conversion) {
	case HD_CONVERT_STRING:
	case HD_CONVERT_WIDE_STRING:
		take_string(format, spec, format->piece.conversion == HD_CONVERT_WIDE_STRING);
		break;
	case HD_CONVERT_POINTER:
		/* As HyperDbg's kernel prints it: all sixteen digits. */
		format->piece.bits = 64;
		format->piece.precision = 16;
		format->piece.flags |= HD_PIECE_PRECISION;
		format->piece.conversion = HD_CONVERT_HEX_UPPER;
		take_argument(format, spec, false);
		break;
	default:
		take_argument(format, spec, format->piece.conversion == HD_CONVERT_FLOAT);
	}
	end_piece(format);
}

static struct node *parse_printf(struct compiler *compiler, const struct token *name)
{
	struct node *node = new_node(compiler, NODE_PRINT, name);
	struct format format = {.compiler = compiler, .call = node};
	struct node *text;
	unsigned int count;

	if (is_next(compiler, "(") && name[2].kind == TOKEN_WIDE_STRING)
		fail(compiler, &name[2], "a format is a narrow string: \"…\" without L");
	if (!is_next(compiler, "(") || (name[2].kind != TOKEN_STRING && name[2].kind != TOKEN_ERROR))
		fail(compiler, name, "`printf` wants its format first, a string: printf(\"…\", …)");
	node->list = parse_arguments(compiler, name, &count);
	text = node->list;
	if (text->kind != NODE_STRING)
		fail(compiler, text->token, "the format of `printf` must be a string and nothing else");
	node->list = text->next;
	format.token = text->token;
	format.link = &node->list;
	/* The literal is in data already; pieces are cut from a copy, as %% shortens it. */
	format.at = arena_string(compiler, (const char *)compiler->data.bytes + text->value, text->count);
	format.end = format.at + text->count - 1;
	format.text_start = (uint32_t)compiler->data.used;
	node->value = compiler->pieces.used / sizeof(struct hd_program_piece);
	while (format.at < format.end) {
		char c = *format.at++;

		if (c == '%' && format.at < format.end && *format.at == '%') {
			format.at++;
			put_text(&format, '%');
		} else if (c == '%') {
			take_conversion_spec(&format);
		} else {
			put_text(&format, c);
		}
	}
	if (compiler->data.used > format.text_start)
		end_piece(&format);
	if (*format.link)
		fail(compiler, (*format.link)->token, "the format has no conversion for this argument");
	return node;
}

/* ---- built-ins ---- */

/* HyperDbg's functions that have nothing to act on here. */
static const struct {
	const char *name, *reason;
} absent[] = {
	{"lbr_save", "last-branch records"},
	{"lbr_restore", "last-branch records"},
	{"lbr_restore_by_filter", "last-branch records"},
	{"lbr_print", "last-branch records"},
	{"lbr_dump", "last-branch records"},
	{"lbr_check", "last-branch records"},
	{"event_trace_step", "stepping from a script"},
	{"event_trace_step_in", "stepping from a script"},
	{"event_trace_step_out", "stepping from a script"},
	{"event_trace_instrumentation_step", "stepping from a script"},
	{"event_trace_instrumentation_step_in", "stepping from a script"},
};

static int find_builtin(const char *name)
{
	for (int i = 0; i < SCRIPT_BUILTIN_COUNT; i++)
		if (!strcmp(script_builtin_table[i].name, name))
			return i;
#define X(alias, id)                  \
	if (!strcmp(alias, name))     \
		return SCRIPT_BUILTIN_##id;
	SCRIPT_BUILTIN_ALIASES(X)
#undef X
	return -1;
}

static int find_word(const char *name)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(words); i++)
		if (!strcmp(words[i].name, name))
			return (int)i;
	return -1;
}

bool is_builtin_name(const char *name)
{
	return find_builtin(name) >= 0 || find_word(name) >= 0 || !strcmp(name, "printf");
}

/* The width of what the argument points at: 4 or 8. */
static uint8_t cell_width(struct compiler *compiler, const struct node *argument)
{
	const struct type *type = argument->type;

	if (type->kind != TYPE_POINTER || type->base->kind == TYPE_VOID)
		return 8;
	if (type->base->kind == TYPE_FLOAT || (type->base->size != 4 && type->base->size != 8))
		fail(compiler, argument->token, "this function works on 4 or 8 bytes, and this points at %s",
		     type_name(compiler, type->base));
	return (uint8_t)type->base->size;
}

static void check_argument(struct compiler *compiler, struct node *call, struct node **link, char kind)
{
	struct node *argument = value_of(compiler, *link);
	bool wide;

	if (argument->type->kind == TYPE_FLOAT)
		fail(compiler, argument->token, "a whole number or an address is wanted here, not %s",
		     type_name(compiler, argument->type));
	if (argument->kind == NODE_STRING) {
		wide = argument->type->base->size == 2;
		if (kind != 's' && kind != 'w' && kind != 'e')
			fail(compiler, argument->token, "a number is wanted here, not a string");
		if (kind != 'e' && wide != (kind == 'w'))
			fail(compiler, argument->token, "a %s string is wanted here", wide ? "narrow" : "wide");
	}
	if (kind == 'l')
		call->width = cell_width(compiler, argument);
	argument = convert(compiler, argument, &type_word, NULL);
	if (argument != *link)
		replace_argument(link, argument);
}

static void check_allowed(struct compiler *compiler, const struct token *name, unsigned int facts)
{
	if (facts == SCRIPT_USES_PAUSE && compiler->options->forbid & SCRIPT_FORBID_PAUSE)
		fail(compiler, name, "pause() halts the machine, and that needs a debugger behind a line: this is VMI mode");
	if ((facts == SCRIPT_USES_SC || facts == SCRIPT_USES_INJECT) && compiler->options->forbid & SCRIPT_FORBID_EVENT)
		fail(compiler, name, "`%s` belongs in an event's script", name->text);
}

static struct node *parse_table_call(struct compiler *compiler, const struct token *name, int builtin)
{
	const struct script_builtin_entry *entry = &script_builtin_table[builtin];
	struct node *node = new_node(compiler, NODE_BUILTIN, name);
	struct node **link = &node->list;

	check_allowed(compiler, name, entry->facts);
	node->value = (uint64_t)builtin;
	node->width = 8;
	node->list = parse_arguments(compiler, name, &node->count);
	if (node->count != strlen(entry->arguments))
		wrong_count(compiler, name, (unsigned int)strlen(entry->arguments), node->count);
	for (unsigned int i = 0; i < node->count; i++, link = &(*link)->next)
		check_argument(compiler, node, link, entry->arguments[i]);
	node->type = entry->result == 'v' ? &type_void : entry->result == 'i' ? &type_int : &type_word;
	return node;
}

struct node *parse_builtin_call(struct compiler *compiler, const struct token *name)
{
	int builtin = find_builtin(name->text);
	int word = find_word(name->text);

	if (!strcmp(name->text, "printf"))
		return parse_printf(compiler, name);
	if (word >= 0)
		return parse_word_call(compiler, name, (size_t)word);
	if (builtin >= 0)
		return parse_table_call(compiler, name, builtin);
	for (size_t i = 0; i < HD_ARRAY_SIZE(absent); i++)
		if (!strcmp(absent[i].name, name->text))
			fail(compiler, name, "`%s` is not there: this debugger has no %s", name->text, absent[i].reason);
	return NULL;
}
