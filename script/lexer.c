// SPDX-License-Identifier: GPL-2.0
/*
 * Text to tokens. A bad token does not stop the lexer: it becomes a
 * TOKEN_ERROR, which matters only if the parser gets there (a command's
 * number may be followed by anything).
 */
#include "script/compiler.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct lexer {
	struct compiler *compiler;
	const struct source_file *file;
	const char *at;
	const char *line_start;
	uint32_t line;
	bool blank; /* before the next token */
};

static bool is_word_start(char c)
{
	return isalpha((unsigned char)c) || c == '_';
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static struct token *add_token(struct lexer *lexer, enum token_kind kind, const char *start)
{
	struct compiler *c = lexer->compiler;
	struct token *token;

	if (c->token_count == c->token_size) {
		struct token *old = c->tokens;

		c->token_size = c->token_size ? c->token_size * 2 : 64;
		c->tokens = arena_allocate(c, c->token_size * sizeof(*old));
		if (old)
			memcpy(c->tokens, old, c->token_count * sizeof(*old));
	}
	token = &c->tokens[c->token_count++];
	memset(token, 0, sizeof(*token));
	token->kind = kind;
	token->file = lexer->file;
	token->line = lexer->line;
	token->column = (uint32_t)(start - lexer->line_start) + 1;
	token->offset = (uint32_t)(start - lexer->file->text);
	token->end = (uint32_t)(lexer->at - lexer->file->text);
	token->touches = !lexer->blank;
	lexer->blank = false;
	return token;
}

static void add_error(struct lexer *lexer, const char *start, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void add_error(struct lexer *lexer, const char *start, const char *format, ...)
{
	char text[200];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	add_token(lexer, TOKEN_ERROR, start)->text = arena_string(lexer->compiler, text, strlen(text));
}

static void newline(struct lexer *lexer)
{
	lexer->line++;
	lexer->line_start = lexer->at;
}

/* Blanks and comments. */
static void skip_blanks(struct lexer *lexer)
{
	for (;;) {
		char c = *lexer->at;

		if (c == '\n') {
			lexer->at++;
			newline(lexer);
		} else if (c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v') {
			lexer->at++;
		} else if (c == '/' && lexer->at[1] == '/') {
			lexer->at += strcspn(lexer->at, "\n");
		} else if (c == '/' && lexer->at[1] == '*') {
			const char *start = lexer->at;
			uint32_t line = lexer->line;
			const char *line_start = lexer->line_start;

			for (lexer->at += 2; *lexer->at && strncmp(lexer->at, "*/", 2); lexer->at++)
				if (*lexer->at == '\n') {
					lexer->line++;
					lexer->line_start = lexer->at + 1;
				}
			if (!*lexer->at) {
				lexer->line = line;
				lexer->line_start = line_start;
				add_error(lexer, start, "this comment has no end: `*/` is missing");
				return;
			}
			lexer->at += 2;
		} else {
			return;
		}
		lexer->blank = true;
	}
}

static int digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 99;
}

static unsigned int radix_of(char c)
{
	switch (c) {
	case 'x':
	case 'X':
		return 16;
	case 'n':
	case 'N':
		return 10;
	case 't':
	case 'T':
	case 'o':
	case 'O':
		return 8;
	case 'y':
	case 'Y':
		return 2;
	default:
		return 0;
	}
}

/* `11.` and `1.5`: decimal digits, a dot, and no name behind it. */
static bool is_float(const char *at)
{
	at += strspn(at, "0123456789");
	return *at == '.' && !is_word_start(at[1]) && at[1] != '.';
}

static void lex_float(struct lexer *lexer)
{
	const char *start = lexer->at;
	char text[400];
	size_t length = strspn(start, "0123456789");
	struct token *token;
	bool single;
	union {
		double d;
		uint64_t bits;
	} value;

	length += 1;
	length += strspn(start + length, "0123456789");
	if (start[length] == 'e' || start[length] == 'E') {
		size_t sign = start[length + 1] == '-' || start[length + 1] == '+';
		size_t digits = strspn(start + length + 1 + sign, "0123456789");

		if (digits)
			length += 1 + sign + digits;
	}
	lexer->at += length;
	single = *lexer->at == 'f' || *lexer->at == 'F';
	lexer->at += single;
	if (is_word(*lexer->at) || length >= sizeof(text)) {
		while (is_word(*lexer->at))
			lexer->at++;
		add_error(lexer, start, "this is not a number; a float is decimal digits with one dot, as 1.5");
		return;
	}
	memcpy(text, start, length);
	text[length] = 0;
	value.d = strtod(text, NULL);
	token = add_token(lexer, TOKEN_FLOAT, start);
	token->value = value.bits;
	token->is_single = single;
}

static void lex_number(struct lexer *lexer)
{
	const char *start = lexer->at;
	unsigned int radix = start[0] == '0' ? radix_of(start[1]) : 0;
	unsigned int digits = 0;
	uint64_t value = 0;
	bool overflow = false;
	char bad = 0;

	if (radix)
		lexer->at += 2;
	else if (is_float(start)) {
		lex_float(lexer);
		return;
	}
	/* `0n 19` is written in scripts that exist. */
	if (radix && !is_word(*lexer->at) && isdigit((unsigned char)lexer->at[strspn(lexer->at, " \t")]))
		lexer->at += strspn(lexer->at, " \t");
	if (!radix)
		radix = 16;
	for (; is_word(*lexer->at) || *lexer->at == '`'; lexer->at++) {
		unsigned int digit = (unsigned int)digit_value(*lexer->at);

		if (*lexer->at == '`')
			continue;
		digits++;
		if (digit >= radix) {
			if (!bad)
				bad = *lexer->at;
			continue;
		}
		overflow |= __builtin_mul_overflow(value, (uint64_t)radix, &value);
		overflow |= __builtin_add_overflow(value, (uint64_t)digit, &value);
	}
	if (bad)
		add_error(lexer, start, "`%c` is not a digit of a %s number", bad,
			  radix == 16 ? "hexadecimal" : radix == 10 ? "decimal" : radix == 8 ? "octal" : "binary");
	else if (!digits)
		add_error(lexer, start, "digits are missing behind this prefix");
	else if (overflow)
		add_error(lexer, start, "this number does not fit in 64 bits");
	else
		add_token(lexer, TOKEN_NUMBER, start)->value = value;
}

/* One character of a literal; *ok becomes false on a bad escape. */
static uint32_t lex_escape(struct lexer *lexer, bool *ok)
{
	char c = *lexer->at++;
	uint32_t value = 0;
	unsigned int digits = 0;

	switch (c) {
	case 'n':
		return '\n';
	case 't':
		return '\t';
	case 'r':
		return '\r';
	case 'a':
		return '\a';
	case 'b':
		return '\b';
	case 'f':
		return '\f';
	case 'v':
		return '\v';
	case '0':
		return 0;
	case '\\':
	case '"':
	case '\'':
	case '?':
	case '%':
		return (uint8_t)c;
	case 'x':
		for (; digits < 2 && digit_value(*lexer->at) < 16; digits++)
			value = value * 16 + (uint32_t)digit_value(*lexer->at++);
		*ok &= digits > 0;
		return value;
	default:
		*ok = false;
		if (!c)
			lexer->at--;
		return 0;
	}
}

/* The next code point of UTF-8 text; bytes that are none stand for themselves. */
static uint32_t lex_utf8(struct lexer *lexer)
{
	const uint8_t *at = (const uint8_t *)lexer->at;
	unsigned int more = at[0] >= 0xf0 ? 3 : at[0] >= 0xe0 ? 2 : at[0] >= 0xc0 ? 1 : 0;
	uint32_t value = more ? at[0] & (0x3fu >> more) : at[0];

	for (unsigned int i = 1; i <= more; i++) {
		if ((at[i] & 0xc0) != 0x80) {
			lexer->at++;
			return at[0];
		}
		value = value << 6 | (at[i] & 0x3f);
	}
	lexer->at += more + 1;
	return value;
}

static void add_unit(struct buffer *text, uint32_t c, bool wide)
{
	uint8_t unit[2] = {(uint8_t)c, (uint8_t)(c >> 8)};

	buffer_add(text, unit, wide ? 2 : 1);
}

/* From the opening quote on; the parts of "a" "b" are joined by the parser. */
static void lex_string(struct lexer *lexer, const char *start, bool wide)
{
	struct buffer text = {NULL, 0, 0};
	struct token *token;
	bool ok = true;

	for (lexer->at++; *lexer->at != '"'; ) {
		if (!*lexer->at || *lexer->at == '\n') {
			add_error(lexer, start, "this string has no end: `\"` is missing");
			free(text.bytes);
			return;
		}
		if (*lexer->at == '\\') {
			const char *escape = lexer->at++;

			add_unit(&text, lex_escape(lexer, &ok), wide);
			if (!ok) {
				add_error(lexer, escape, "unknown escape; \\n \\t \\r \\\\ \\\" \\' \\0 and \\xHH exist");
				/* go on behind the string, so that its rest is not read as code */
				while (*lexer->at && *lexer->at != '"' && *lexer->at != '\n')
					lexer->at += *lexer->at == '\\' && lexer->at[1] && lexer->at[1] != '\n' ? 2 : 1;
				lexer->at += *lexer->at == '"';
				free(text.bytes);
				return;
			}
		} else if (wide) {
			uint32_t c = lex_utf8(lexer);

			if (c > 0xffff) {
				add_unit(&text, 0xd800 + ((c - 0x10000) >> 10), true);
				c = 0xdc00 + (c & 0x3ff);
			}
			add_unit(&text, c, true);
		} else {
			add_unit(&text, (uint8_t)*lexer->at++, false);
		}
	}
	lexer->at++;
	add_unit(&text, 0, wide);
	token = add_token(lexer, wide ? TOKEN_WIDE_STRING : TOKEN_STRING, start);
	token->bytes = (const uint8_t *)arena_string(lexer->compiler, (const char *)text.bytes, text.used);
	token->length = (uint32_t)text.used;
	free(text.bytes);
}

static void lex_character(struct lexer *lexer, const char *start, bool wide)
{
	bool ok = true;
	uint32_t value = 0;

	lexer->at++;
	if (*lexer->at == '\\') {
		lexer->at++;
		value = lex_escape(lexer, &ok);
	} else if (*lexer->at && *lexer->at != '\n' && *lexer->at != '\'') {
		value = wide ? lex_utf8(lexer) : (uint8_t)*lexer->at++;
	} else {
		ok = false;
	}
	if (!ok || *lexer->at != '\'') {
		while (*lexer->at && *lexer->at != '\n' && *lexer->at != '\'')
			lexer->at++;
		lexer->at += *lexer->at == '\'';
		add_error(lexer, start, "a character literal is one character or escape between two `'`");
		return;
	}
	lexer->at++;
	add_token(lexer, TOKEN_CHARACTER, start)->value = wide ? value & 0xffff : (uint64_t)(int64_t)(int8_t)value;
}

static bool all_hex(const char *word, uint64_t *value)
{
	*value = 0;
	for (; *word; word++) {
		if (digit_value(*word) > 15 || *value >> 60)
			return false;
		*value = *value << 4 | (uint64_t)digit_value(*word);
	}
	return true;
}

/* A word of hexadecimal digits may carry the separator: fffff800`12345678. */
static bool lex_separated(struct lexer *lexer, const char *start)
{
	const char *at = start;
	uint64_t value = 0;
	bool separator = false, overflow = false;

	for (; digit_value(*at) < 16 || *at == '`'; at++) {
		if (*at == '`') {
			separator = true;
			continue;
		}
		overflow |= value >> 60 != 0;
		value = value << 4 | (uint64_t)digit_value(*at);
	}
	if (!separator || is_word(*at))
		return false;
	lexer->at = at;
	if (overflow)
		add_error(lexer, start, "this number does not fit in 64 bits");
	else
		add_token(lexer, TOKEN_NUMBER, start)->value = value;
	return true;
}

static void lex_word(struct lexer *lexer)
{
	const char *start = lexer->at;
	struct token *token;
	char *text;

	if (lex_separated(lexer, start))
		return;
	while (is_word(*lexer->at))
		lexer->at++;
	if (*lexer->at == '!' && is_word_start(lexer->at[1])) {
		lexer->at++;
		while (is_word(*lexer->at) || *lexer->at == '.')
			lexer->at++;
		text = arena_string(lexer->compiler, start, (size_t)(lexer->at - start));
		add_token(lexer, TOKEN_SYMBOL, start)->text = text;
		return;
	}
	text = arena_string(lexer->compiler, start, (size_t)(lexer->at - start));
	token = add_token(lexer, TOKEN_WORD, start);
	token->text = text;
	token->is_hex = all_hex(text, &token->value);
}

static void lex_sigil(struct lexer *lexer, enum token_kind kind, const char *what)
{
	const char *start = lexer->at++;
	char *text;

	while (is_word(*lexer->at))
		lexer->at++;
	if (lexer->at == start + 1) {
		add_error(lexer, start, "a name is missing behind `%c` (%s)", *start, what);
		return;
	}
	text = arena_string(lexer->compiler, start + 1, (size_t)(lexer->at - start - 1));
	add_token(lexer, kind, start)->text = text;
}

/* Longest first. */
static const char *const punctuation[] = {
	"<<=", ">>=", "==", "!=", "<=", ">=", "&&", "||", "<<", ">>", "+=", "-=", "*=", "/=", "%=", "&=", "|=",
	"^=",  "++",  "--", "->", "+",	"-",  "*",  "/",  "%",	"&",  "|",  "^",  "~",	"!",  "<",  ">",  "=",
	"(",   ")",   "[",  "]",  "{",	"}",  ";",  ",",  ".",	"?",  ":",
};

static void lex_punctuation(struct lexer *lexer)
{
	const char *start = lexer->at;

	for (size_t i = 0; i < HD_ARRAY_SIZE(punctuation); i++) {
		size_t length = strlen(punctuation[i]);

		if (strncmp(start, punctuation[i], length))
			continue;
		lexer->at += length;
		add_token(lexer, TOKEN_PUNCTUATION, start)->text = punctuation[i];
		return;
	}
	lexer->at++;
	while ((*lexer->at & 0xc0) == 0x80)
		lexer->at++;
	if ((unsigned char)*start < ' ' || *start == 0x7f)
		add_error(lexer, start, "a character with the code %x has no meaning here", (unsigned char)*start);
	else
		add_error(lexer, start, "`%.*s` has no meaning here", (int)(lexer->at - start), start);
}

#define MAX_INCLUDE_DEPTH 8

const struct source_file *add_file(struct compiler *compiler, const char *name, const char *text)
{
	struct source_file *file;

	if (compiler->file_count == SCRIPT_MAX_FILES)
		return NULL;
	file = arena_allocate(compiler, sizeof(*file));
	file->name = arena_string(compiler, name, strlen(name));
	file->text = arena_string(compiler, text, strlen(text));
	file->number = (uint16_t)compiler->file_count;
	compiler->files[compiler->file_count++] = file;
	return file;
}

/* #include "path": the file's tokens stand in its place. */
static void lex_include(struct lexer *lexer)
{
	struct compiler *c = lexer->compiler;
	const char *start = lexer->at;
	const char *path_start;
	const struct source_file *file;
	const char *name;
	size_t length;
	char *text;

	lexer->at += strlen("#include");
	lexer->at += strspn(lexer->at, " \t");
	path_start = lexer->at + 1;
	length = *lexer->at == '"' ? strcspn(path_start, "\"\n") : 0;
	if (!length || path_start[length] != '"') {
		add_error(lexer, start, "a file name is missing: #include \"file\"");
		return;
	}
	name = arena_string(c, path_start, length);
	lexer->at = path_start + length + 1;
	if (c->include_depth == MAX_INCLUDE_DEPTH) {
		add_error(lexer, start, "files include each other more than %d deep", MAX_INCLUDE_DEPTH);
		return;
	}
	text = c->options->read_file ? c->options->read_file(c->options->self, name) : NULL;
	if (!text) {
		add_error(lexer, start, "the file %.100s cannot be read", name);
		return;
	}
	file = add_file(c, name, text);
	free(text);
	if (!file) {
		add_error(lexer, start, "more than %d files are included", SCRIPT_MAX_FILES - 1);
		return;
	}
	c->include_depth++;
	lex(c, file);
	c->include_depth--;
	c->token_count--; /* the file's TOKEN_END */
}

/* A dot begins a float only where no value stands right before it. */
static bool dot_begins_number(const struct lexer *lexer)
{
	const struct compiler *c = lexer->compiler;
	const struct token *before = c->token_count ? &c->tokens[c->token_count - 1] : NULL;

	if (!isdigit((unsigned char)lexer->at[1]))
		return false;
	if (!before || lexer->blank || before->file != lexer->file)
		return true;
	return !(before->kind == TOKEN_WORD || (before->kind == TOKEN_PUNCTUATION && strchr(")]", before->text[0])));
}

static void lex_token(struct lexer *lexer)
{
	const char *at = lexer->at;

	if (at[0] == 'L' && at[1] == '"') {
		lexer->at++;
		lex_string(lexer, at, true);
	} else if (at[0] == 'L' && at[1] == '\'') {
		lexer->at++;
		lex_character(lexer, at, true);
	} else if (*at == '"') {
		lex_string(lexer, at, false);
	} else if (*at == '\'') {
		lex_character(lexer, at, false);
	} else if (isdigit((unsigned char)*at)) {
		lex_number(lexer);
	} else if (*at == '.' && dot_begins_number(lexer)) {
		lex_float(lexer);
	} else if (is_word_start(*at)) {
		lex_word(lexer);
	} else if (*at == '@') {
		lex_sigil(lexer, TOKEN_REGISTER, "a register");
	} else if (*at == '$') {
		lex_sigil(lexer, TOKEN_PSEUDO, "a pseudo-register");
	} else if (!strncmp(at, "#include", 8) && !is_word(at[8])) {
		lex_include(lexer);
	} else if (*at == '#') {
		lex_sigil(lexer, TOKEN_OCCURRENCE, "a variable of the occurrence");
	} else {
		lex_punctuation(lexer);
	}
}

void lex(struct compiler *compiler, const struct source_file *file)
{
	struct lexer lexer = {compiler, file, file->text, file->text, 1, true};

	for (;;) {
		skip_blanks(&lexer);
		if (!*lexer.at)
			break;
		lex_token(&lexer);
	}
	add_token(&lexer, TOKEN_END, lexer.at);
}
