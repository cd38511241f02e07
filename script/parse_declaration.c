// SPDX-License-Identifier: GPL-2.0
/*
 * Declarations, initialisers and function definitions.
 */
#include "script/compiler.h"

#include <string.h>

#define MAX_PARAMETERS 32

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
