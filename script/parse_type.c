// SPDX-License-Identifier: GPL-2.0
/*
 * Types: structs, specifiers, declarators.
 */
#include "script/compiler.h"

#include <string.h>

static bool is_type_word(const struct token *token)
{
	static const char *const words[] = {"void", "bool", "char", "short", "int", "long", "signed", "unsigned", "float",
					    "double", "struct", "typedef", "const", "volatile", "wchar_t"};

	if (token->kind != TOKEN_WORD)
		return false;
	for (size_t i = 0; i < HD_ARRAY_SIZE(words); i++)
		if (!strcmp(words[i], token->text))
			return true;
	return false;
}

bool is_type_next(struct compiler *compiler)
{
	const struct token *token = current(compiler);

	return is_type_word(token) || (token->kind == TOKEN_WORD && find_symbol(compiler, SYMBOL_TYPEDEF, token->text) &&
				       !find_symbol(compiler, SYMBOL_VARIABLE, token->text));
}

/* ---- structs ---- */

void check_size(struct compiler *compiler, const struct token *token, uint64_t size)
{
	if (size > MAX_TYPE_BYTES)
		fail(compiler, token, "this is larger than 0x%x bytes", MAX_TYPE_BYTES);
}

void check_object(struct compiler *compiler, const struct token *token, const struct type *type)
{
	if (type->kind == TYPE_VOID)
		fail(compiler, token, "a variable cannot be void");
	if (type->kind == TYPE_STRUCT && !type->complete && type->name)
		refuse_broken(compiler, type->name);
	if (type->kind == TYPE_STRUCT && !type->complete)
		fail(compiler, token, "%s is not complete yet", type_name(compiler, type));
}

static void add_member(struct compiler *compiler, struct type *type, struct member ***end, const struct type *of,
		       const struct token *name)
{
	struct member *member = arena_allocate(compiler, sizeof(*member));
	uint32_t offset = (type->size + of->align - 1) / of->align * of->align;

	for (const struct member *m = type->members; m; m = m->next)
		if (!strcmp(m->name, name->text))
			fail(compiler, name, "this struct has a member `%s` already", name->text);
	member->name = name->text;
	member->type = of;
	member->offset = offset;
	check_size(compiler, name, (uint64_t)offset + of->size);
	type->size = offset + of->size;
	if (of->align > type->align)
		type->align = of->align;
	**end = member;
	*end = &member->next;
}

static void parse_members(struct compiler *compiler, struct type *type)
{
	struct member **end = &type->members;

	while (!accept(compiler, "}")) {
		const struct type *base;

		if (!is_type_next(compiler))
			fail(compiler, current(compiler), "expected a member's type before %s",
			     token_name(compiler, current(compiler)));
		base = parse_specifiers(compiler);
		do {
			const struct token *name;
			bool open_array = false;
			const struct type *of = parse_declarator(compiler, base, &name, &open_array);

			if (open_array)
				fail(compiler, name, "the size of this array is missing");
			check_object(compiler, name, of);
			add_member(compiler, type, &end, of, name);
		} while (accept(compiler, ","));
		expect(compiler, ";", "behind a member");
	}
	type->size = (type->size + type->align - 1) / type->align * type->align;
	type->complete = true;
}

/* Behind the word struct: a name, members, or both. */
static const struct type *parse_struct(struct compiler *compiler, const struct token *word)
{
	const struct token *name = current(compiler);
	struct symbol *symbol = NULL;
	struct type *type;
	bool has_body;

	if (name->kind == TOKEN_WORD && !is_type_word(name)) {
		compiler->at++;
		has_body = is_next(compiler, "{");
		symbol = has_body || is_next(compiler, ";") ? find_symbol_here(compiler, SYMBOL_STRUCT, name->text) :
							      find_symbol(compiler, SYMBOL_STRUCT, name->text);
	} else {
		name = NULL;
		has_body = is_next(compiler, "{");
		if (!has_body)
			fail(compiler, word, "struct wants a name or its members");
	}
	if (symbol && has_body && symbol->type->complete)
		fail(compiler, name, "struct %s exists already", name->text);
	if (symbol) {
		type = (struct type *)symbol->type;
	} else {
		type = arena_allocate(compiler, sizeof(*type));
		type->kind = TYPE_STRUCT;
		type->align = 1;
		type->name = name ? name->text : NULL;
		if (name)
			add_symbol(compiler, SYMBOL_STRUCT, name->text, type);
	}
	if (has_body) {
		compiler->at++;
		parse_members(compiler, type);
	}
	return type;
}

/* ---- type specifiers ---- */

struct specifiers {
	unsigned int longs, is_signed, is_unsigned;
	const struct type *base; /* void bool char short int float double */
};

static const struct type *base_type(const char *word)
{
	static const struct {
		const char *word;
		const struct type *type;
	} table[] = {{"void", &type_void},   {"bool", &type_bool},	  {"char", &type_char},
		     {"short", &type_short}, {"int", &type_int},	  {"float", &type_float},
		     {"double", &type_double}, {"wchar_t", &type_ushort}};

	for (size_t i = 0; i < HD_ARRAY_SIZE(table); i++)
		if (!strcmp(table[i].word, word))
			return table[i].type;
	return NULL;
}

static const struct type *unsigned_of(const struct type *type)
{
	return type == &type_char ? &type_uchar : type == &type_short ? &type_ushort : &type_uint;
}

static const struct type *finish_specifiers(struct compiler *compiler, const struct token *token,
					    const struct specifiers *s)
{
	bool sized = s->longs || s->is_signed || s->is_unsigned;

	if (!s->base && !sized)
		fail(compiler, token, "expected a type before %s", token_name(compiler, current(compiler)));
	if (s->base == &type_double && s->longs)
		fail(compiler, token, "there is no `long double` here; `double` has 64 bits");
	if (sized && s->base && (s->base->kind != TYPE_INTEGER || s->base == &type_ushort))
		fail(compiler, token, "these words make no type together");
	if (s->longs > 2 || (s->longs && s->base && s->base != &type_int) || (s->is_signed && s->is_unsigned))
		fail(compiler, token, "these words make no type together");
	if (s->longs)
		return s->is_unsigned ? &type_ulong : &type_long;
	if (s->is_unsigned)
		return s->base ? unsigned_of(s->base) : &type_uint;
	return s->base ? s->base : &type_int;
}

static bool add_specifier(struct compiler *compiler, struct specifiers *s, const struct token *token)
{
	const struct type *base;

	if (token->kind != TOKEN_WORD)
		return false;
	if (!strcmp(token->text, "long")) {
		s->longs++;
	} else if (!strcmp(token->text, "signed")) {
		s->is_signed++;
	} else if (!strcmp(token->text, "unsigned")) {
		s->is_unsigned++;
	} else if (strcmp(token->text, "const") && strcmp(token->text, "volatile")) {
		base = base_type(token->text);
		if (!base)
			return false;
		/* `short int` */
		if (s->base && !(s->base == &type_short && base == &type_int))
			fail(compiler, token, "these words make no type together");
		if (!s->base)
			s->base = base;
	}
	compiler->at++;
	return true;
}

const struct type *parse_specifiers(struct compiler *compiler)
{
	const struct token *token = current(compiler);
	struct specifiers s = {0, 0, 0, NULL};

	while (accept(compiler, "const") || accept(compiler, "volatile"))
		token = current(compiler);
	if (accept(compiler, "struct"))
		return parse_struct(compiler, token);
	if (token->kind == TOKEN_WORD && !is_type_word(token)) {
		struct symbol *symbol = find_symbol(compiler, SYMBOL_TYPEDEF, token->text);

		if (symbol) {
			compiler->at++;
			return symbol->type;
		}
	}
	while (add_specifier(compiler, &s, current(compiler)))
		;
	return finish_specifiers(compiler, token, &s);
}

const struct type *parse_pointers(struct compiler *compiler, const struct type *type)
{
	while (accept(compiler, "*")) {
		type = pointer_to(compiler, type);
		while (accept(compiler, "const") || accept(compiler, "volatile"))
			;
	}
	return type;
}

const struct type *parse_type_name(struct compiler *compiler)
{
	const struct type *type = parse_specifiers(compiler);

	/* In a declaration the stars belong to each declarator; here there is only one. */
	return compiler->tokens[compiler->at].kind == TOKEN_PUNCTUATION && is_next(compiler, "*") ?
		       parse_pointers(compiler, type) :
		       type;
}

/* [n][m]…; the first may be empty where *open_array asks for that. */
const struct type *parse_dimensions(struct compiler *compiler, const struct type *type, bool *open_array)
{
	const struct token *open = current(compiler);
	uint64_t count = 0;
	bool is_open = false;

	if (!accept(compiler, "["))
		return type;
	enter(compiler);
	if (accept(compiler, "]")) {
		is_open = true;
	} else {
		count = parse_constant(compiler, "the size of an array");
		expect(compiler, "]", "");
		if (!count || count > MAX_TYPE_BYTES)
			fail(compiler, open, "an array has from 1 to 0x%x elements", MAX_TYPE_BYTES);
	}
	{
		bool inner = false;

		type = parse_dimensions(compiler, type, &inner);
		if (inner)
			fail(compiler, open, "only the first size of an array may be left out");
	}
	check_object(compiler, open, type);
	check_size(compiler, open, (uint64_t)type->size * count);
	leave(compiler);
	*open_array = is_open;
	return array_of(compiler, type, (uint32_t)count, !is_open);
}

const struct type *parse_declarator(struct compiler *compiler, const struct type *type, const struct token **name,
				    bool *open_array)
{
	type = parse_pointers(compiler, type);
	*name = current(compiler);
	if (is_next(compiler, "("))
		fail(compiler, *name, "function pointers are not there");
	if ((*name)->kind != TOKEN_WORD)
		fail(compiler, *name, "expected a name before %s", token_name(compiler, *name));
	if (is_keyword((*name)->text))
		fail(compiler, *name, "%s is a word of the language; choose another name", token_name(compiler, *name));
	compiler->at++;
	return parse_dimensions(compiler, type, open_array);
}
