// SPDX-License-Identifier: GPL-2.0
/*
 * Types, declarations, initialisers and function definitions.
 */
#include "script/compiler.h"

#include <string.h>

#define MAX_TYPE_BYTES 65536u
#define MAX_PARAMETERS 32

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

static const struct type *parse_specifiers(struct compiler *compiler);
static const struct type *parse_declarator(struct compiler *compiler, const struct type *type,
					   const struct token **name, bool *open_array);

/* ---- structs ---- */

static void check_size(struct compiler *compiler, const struct token *token, uint64_t size)
{
	if (size > MAX_TYPE_BYTES)
		fail(compiler, token, "this is larger than 0x%x bytes", MAX_TYPE_BYTES);
}

static void check_object(struct compiler *compiler, const struct token *token, const struct type *type)
{
	if (type->kind == TYPE_VOID)
		fail(compiler, token, "a variable cannot be void");
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
	if (s->base == &type_double && s->longs == 1 && !s->is_signed && !s->is_unsigned)
		return &type_double;
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

static const struct type *parse_specifiers(struct compiler *compiler)
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

static const struct type *parse_pointers(struct compiler *compiler, const struct type *type)
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
static const struct type *parse_dimensions(struct compiler *compiler, const struct type *type, bool *open_array)
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

static const struct type *parse_declarator(struct compiler *compiler, const struct type *type,
					   const struct token **name, bool *open_array)
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

/* ---- initialisers ---- */

/* What an initialiser assigns, in order; built before the variable exists. */
struct element {
	struct element *next;
	uint32_t offset;
	const struct type *type;
	struct node *value;
	const struct token *token;
};

struct initialiser {
	struct compiler *compiler;
	struct element *list, **end;
	uint32_t open_count; /* elements of an array without a size */
};

static void add_element(struct initialiser *init, uint32_t offset, const struct type *type, struct node *value)
{
	struct element *element = arena_allocate(init->compiler, sizeof(*element));

	element->offset = offset;
	element->type = type;
	element->value = value;
	element->token = value->token;
	*init->end = element;
	init->end = &element->next;
}

static bool is_text_for(const struct token *token, const struct type *type)
{
	return type->kind == TYPE_ARRAY && type->base->kind == TYPE_INTEGER &&
	       ((token->kind == TOKEN_STRING && type->base->size == 1) ||
		(token->kind == TOKEN_WIDE_STRING && type->base->size == 2));
}

/* char a[] = "text": element by element. */
static void init_text(struct initialiser *init, const struct type *type, uint32_t offset)
{
	struct compiler *compiler = init->compiler;
	const struct token *token = current(compiler);
	size_t start = compiler->data.used;
	struct node *text = parse_string(compiler);
	uint32_t unit = type->base->size;
	uint32_t count = text->count / unit;

	if (!type->complete)
		init->open_count = count;
	else if (count - 1 > type->count)
		fail(compiler, token, "this string is longer than the array (0x%x)", type->count);
	for (uint32_t i = 0; i < count && (!type->complete || i < type->count); i++) {
		const uint8_t *at = compiler->data.bytes + text->value + i * unit;
		uint64_t value = unit == 1 ? at[0] : at[0] | (uint64_t)at[1] << 8;

		add_element(init, offset + i * unit, type->base, number_node(compiler, token, value, &type_int));
	}
	compiler->data.used = start; /* nothing else refers to it */
}

static void init_object(struct initialiser *init, const struct type *type, uint32_t offset);

/* The elements of an array or struct, up to `}` or as many as it has. */
static void init_members(struct initialiser *init, const struct type *type, uint32_t offset, bool braces)
{
	struct compiler *compiler = init->compiler;
	const struct member *member = type->members;
	uint32_t index = 0;

	enter(compiler);
	while (!(braces && is_next(compiler, "}"))) {
		bool full = type->kind == TYPE_ARRAY ? type->complete && index == type->count : !member;

		if (full && !braces)
			break;
		if (full)
			fail(compiler, current(compiler), "there are more values than %s has elements",
			     type_name(compiler, type));
		if (type->kind == TYPE_ARRAY) {
			check_size(compiler, current(compiler), (uint64_t)(index + 1) * type->base->size);
			init_object(init, type->base, offset + index++ * type->base->size);
		} else {
			init_object(init, member->type, offset + member->offset);
			member = member->next;
		}
		/* Without braces of its own, the comma behind the last element belongs to what is outside. */
		if (!braces && (type->kind == TYPE_ARRAY ? index == type->count : !member))
			break;
		if (!accept(compiler, ","))
			break;
	}
	leave(compiler);
	if (!type->complete && type->kind == TYPE_ARRAY)
		init->open_count = index;
}

static void init_object(struct initialiser *init, const struct type *type, uint32_t offset)
{
	struct compiler *compiler = init->compiler;
	const struct token *token = current(compiler);

	if (is_text_for(token, type)) {
		init_text(init, type, offset);
	} else if (accept(compiler, "{")) {
		if (is_aggregate(type) && is_text_for(current(compiler), type))
			init_text(init, type, offset);
		else if (is_aggregate(type))
			init_members(init, type, offset, true);
		else if (!is_next(compiler, "}"))
			init_object(init, type, offset);
		accept(compiler, ",");
		expect(compiler, "}", "behind the values");
	} else if (type->kind == TYPE_ARRAY) {
		init_members(init, type, offset, false);
	} else if (type->kind == TYPE_STRUCT) {
		struct node *value;
		size_t start = compiler->at;

		value = parse_assignment(compiler);
		if (value->type->kind == TYPE_STRUCT) {
			add_element(init, offset, type, value);
		} else {
			compiler->at = start;
			init_members(init, type, offset, false);
		}
	} else {
		add_element(init, offset, type, parse_assignment(compiler));
	}
}

/* ---- variables ---- */

static struct node *statement_of(struct compiler *compiler, struct node *expression)
{
	struct node *node = new_node(compiler, NODE_EXPRESSION, expression->token);

	node->left = expression;
	return node;
}

static void append(struct node *block, struct node *node)
{
	struct node **end = &block->list;

	while (*end)
		end = &(*end)->next;
	*end = node;
}

static void check_new_name(struct compiler *compiler, const struct token *name)
{
	struct symbol *symbol = find_symbol_here(compiler, SYMBOL_VARIABLE, name->text);

	/* A typed declaration may take over an untyped variable's name. */
	if (symbol && symbol->type != &type_word)
		fail(compiler, name, "`%s` is declared already in this block", name->text);
	if (is_builtin_name(name->text))
		fail(compiler, name, "`%s` is a built-in function; choose another name", name->text);
}

static void declare_aggregate(struct compiler *compiler, struct node *block, struct symbol *symbol,
			      const struct token *name, struct element *elements)
{
	struct node *zero = new_node(compiler, NODE_ZERO, name);
	struct node **end = &zero->next;

	zero->left = variable_node(compiler, name, symbol);
	append(block, zero);
	for (; elements; elements = elements->next) {
		struct node *target = memory_node(compiler, elements->token,
						  address_of(compiler, name, variable_node(compiler, name, symbol)),
						  elements->type, elements->offset);

		if (elements->value->kind == NODE_NUMBER && elements->value->value == 0)
			continue;
		*end = statement_of(compiler, assign_node(compiler, elements->token, target, elements->value));
		end = &(*end)->next;
	}
}

static void parse_variable(struct compiler *compiler, struct node *block, const struct type *type,
			   const struct token *name, bool open_array)
{
	struct initialiser init = {.compiler = compiler, .end = &init.list};
	struct node *value = NULL;
	struct symbol *symbol;

	check_new_name(compiler, name);
	check_object(compiler, name, type);
	if (accept(compiler, "=")) {
		if (is_aggregate(type))
			init_object(&init, type, 0);
		else if (is_next(compiler, "{"))
			init_object(&init, type, 0);
		else
			value = parse_assignment(compiler);
		if (init.list && !is_aggregate(type))
			value = init.list->value;
	} else if (open_array) {
		fail(compiler, name, "the size of `%s` is missing, or the values that give it", name->text);
	}
	if (open_array) {
		if (!init.open_count)
			fail(compiler, name, "an array needs at least one element");
		check_size(compiler, name, (uint64_t)type->base->size * init.open_count);
		type = array_of(compiler, type->base, init.open_count, true);
	}
	if (value)
		value = convert(compiler, value, type, "by this variable");
	symbol = add_symbol(compiler, SYMBOL_VARIABLE, name->text, type);
	if (is_aggregate(type)) {
		declare_aggregate(compiler, block, symbol, name, init.list);
	} else if (value) {
		append(block, statement_of(compiler, assign_node(compiler, name, variable_node(compiler, name, symbol),
								 value)));
	} else {
		struct node *zero = new_node(compiler, NODE_ZERO, name);

		zero->left = variable_node(compiler, name, symbol);
		append(block, zero);
	}
}

/* ---- functions ---- */

static void parse_parameter(struct compiler *compiler, struct parameter ***end, const struct type *base,
			    const struct token **name)
{
	struct parameter *parameter = arena_allocate(compiler, sizeof(*parameter));
	bool open_array = false;
	const struct type *type = parse_pointers(compiler, base);

	*name = current(compiler);
	if ((*name)->kind == TOKEN_WORD && !is_keyword((*name)->text)) {
		compiler->at++;
		type = parse_dimensions(compiler, type, &open_array);
	} else {
		*name = NULL; /* allowed in a prototype */
	}
	if (type->kind == TYPE_ARRAY)
		type = pointer_to(compiler, type->base);
	check_object(compiler, *name ? *name : current(compiler), type);
	parameter->type = type;
	**end = parameter;
	*end = &parameter->next;
}

static void add_parameter_symbol(struct compiler *compiler, struct parameter *parameter, const struct token *name)
{
	struct symbol *symbol;

	check_new_name(compiler, name);
	symbol = add_symbol(compiler, SYMBOL_VARIABLE, name->text, parameter->type);
	symbol->is_parameter = true;
	symbol->is_copied = parameter->type->kind == TYPE_STRUCT;
	parameter->symbol = symbol;
}

static struct function *new_function(struct compiler *compiler, const struct token *name, const struct type *result)
{
	struct function *function = arena_allocate(compiler, sizeof(*function));

	if (compiler->function_count == HD_PROGRAM_MAX_FUNCTIONS)
		fail(compiler, name, "a script can have 0n%u functions", HD_PROGRAM_MAX_FUNCTIONS);
	function->name = name->text;
	function->token = name;
	function->result = result;
	function->locals_end = &function->locals;
	return function;
}

static void publish_function(struct compiler *compiler, struct function *function)
{
	function->index = compiler->function_count++;
	*compiler->functions_end = function;
	compiler->functions_end = &function->next;
}

static bool same_signature(const struct function *a, const struct function *b)
{
	const struct parameter *p = a->parameters, *q = b->parameters;

	if (a->parameter_count != b->parameter_count || !same_type(a->result, b->result))
		return false;
	for (; p; p = p->next, q = q->next)
		if (!same_type(p->type, q->type))
			return false;
	return true;
}

/* The body, with the state of the function around it put aside. */
static void parse_function_body(struct compiler *compiler, struct function *function, const struct token **names)
{
	struct function *outer = compiler->function;
	unsigned int loops = compiler->loop_depth, breaks = compiler->break_depth, conditional = compiler->conditional;
	struct node *outer_switch = compiler->current_switch;
	unsigned int i = 0;

	compiler->function = function;
	compiler->loop_depth = compiler->break_depth = compiler->conditional = 0;
	compiler->current_switch = NULL;
	scope_open(compiler, true);
	for (struct parameter *p = function->parameters; p; p = p->next, i++) {
		if (!names[i])
			fail(compiler, function->token, "a parameter of %s has no name", function->name);
		add_parameter_symbol(compiler, p, names[i]);
	}
	function->body = parse_block(compiler);
	scope_close(compiler);
	compiler->function = outer;
	compiler->loop_depth = loops;
	compiler->break_depth = breaks;
	compiler->conditional = conditional;
	compiler->current_switch = outer_switch;
}

static void parse_parameters(struct compiler *compiler, struct function *function, const struct token **names)
{
	struct parameter **end = &function->parameters;

	if (accept(compiler, ")"))
		return;
	if (is_next(compiler, "void") && !strcmp(current(compiler)[1].text ? current(compiler)[1].text : "", ")")) {
		compiler->at += 2;
		return;
	}
	do {
		if (!is_type_next(compiler))
			fail(compiler, current(compiler), "expected a parameter's type before %s",
			     token_name(compiler, current(compiler)));
		if (function->parameter_count == MAX_PARAMETERS)
			fail(compiler, current(compiler), "a function has 0n%u parameters at most", MAX_PARAMETERS);
		parse_parameter(compiler, &end, parse_specifiers(compiler), &names[function->parameter_count++]);
	} while (accept(compiler, ","));
	expect(compiler, ")", "behind the parameters");
}

static void parse_function(struct compiler *compiler, const struct type *result, const struct token *name)
{
	const struct token *names[MAX_PARAMETERS] = {NULL};
	struct function *function = new_function(compiler, name, result);
	struct function *known = find_function(compiler, name->text);

	if (is_builtin_name(name->text))
		fail(compiler, name, "`%s` is a built-in function; choose another name", name->text);
	if (result->kind == TYPE_STRUCT || result->kind == TYPE_ARRAY)
		fail(compiler, name, "a function returns a number or a pointer, not %s", type_name(compiler, result));
	parse_parameters(compiler, function, names);
	if (known && !same_signature(known, function))
		fail(compiler, name, "`%s` was declared otherwise in line 0n%u", name->text, known->token->line);
	if (known) {
		if (known->body && is_next(compiler, "{"))
			fail(compiler, name, "`%s` exists already, in line 0n%u", name->text, known->token->line);
		known->parameters = function->parameters;
		function = known;
	} else {
		publish_function(compiler, function);
	}
	if (accept(compiler, ";"))
		return;
	if (!is_next(compiler, "{"))
		fail(compiler, current(compiler), "expected `{` (the body of %s) before %s", name->text,
		     token_name(compiler, current(compiler)));
	/* Known from here on, so that it can call itself. */
	function->body = new_node(compiler, NODE_BLOCK, name);
	parse_function_body(compiler, function, names);
}

static void parse_typedef(struct compiler *compiler)
{
	const struct type *base = parse_specifiers(compiler);

	do {
		const struct token *name;
		bool open_array = false;
		const struct type *type = parse_declarator(compiler, base, &name, &open_array);

		if (open_array)
			fail(compiler, name, "the size of this array is missing");
		if (is_builtin_name(name->text))
			fail(compiler, name, "`%s` is a built-in function; choose another name", name->text);
		add_symbol(compiler, SYMBOL_TYPEDEF, name->text, type);
	} while (accept(compiler, ","));
	expect(compiler, ";", "behind typedef");
}

struct node *parse_declaration(struct compiler *compiler)
{
	const struct token *token = current(compiler);
	struct node *block = new_node(compiler, NODE_BLOCK, token);
	const struct type *base;

	if (accept(compiler, "typedef")) {
		parse_typedef(compiler);
		return NULL;
	}
	base = parse_specifiers(compiler);
	if (accept(compiler, ";"))
		return NULL; /* a struct alone */
	for (;;) {
		const struct token *name;
		bool open_array = false;
		const struct type *type = parse_declarator(compiler, base, &name, &open_array);

		if (!block->list && accept(compiler, "(")) {
			parse_function(compiler, type, name);
			return NULL;
		}
		parse_variable(compiler, block, type, name, open_array);
		if (!accept(compiler, ","))
			break;
	}
	if (!is_next(compiler, "}") && current(compiler)->kind != TOKEN_END)
		expect(compiler, ";", "behind this declaration");
	return block;
}
