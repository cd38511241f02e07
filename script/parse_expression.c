// SPDX-License-Identifier: GPL-2.0
/*
 * Expressions: precedence climbing over binary operators, then prefix,
 * postfix and primary ones.
 */
#include "script/compiler.h"

#include <string.h>

struct binary_operator {
	const char *text;
	unsigned int precedence; /* higher binds closer */
	enum operation op;
};

/* Precedences as in C. && and || are nodes of their own. */
#define PRECEDENCE_OR 1
#define PRECEDENCE_AND 2

static const struct binary_operator operators[] = {
	{"||", PRECEDENCE_OR, 0},
	{"&&", PRECEDENCE_AND, 0},
	{"|", 3, OPERATION_OR},
	{"^", 4, OPERATION_XOR},
	{"&", 5, OPERATION_AND},
	{"==", 6, OPERATION_EQUAL},
	{"!=", 6, OPERATION_NOT_EQUAL},
	{"<", 7, OPERATION_LESS},
	{"<=", 7, OPERATION_LESS_EQUAL},
	{">", 7, OPERATION_GREATER},
	{">=", 7, OPERATION_GREATER_EQUAL},
	{"<<", 8, OPERATION_SHIFT_LEFT},
	{">>", 8, OPERATION_SHIFT_RIGHT},
	{"+", 9, OPERATION_ADD},
	{"-", 9, OPERATION_SUBTRACT},
	{"*", 10, OPERATION_MULTIPLY},
	{"/", 10, OPERATION_DIVIDE},
	{"%", 10, OPERATION_MODULO},
};

static const struct binary_operator assignments[] = {
	{"+=", 0, OPERATION_ADD},	  {"-=", 0, OPERATION_SUBTRACT},   {"*=", 0, OPERATION_MULTIPLY},
	{"/=", 0, OPERATION_DIVIDE},	  {"%=", 0, OPERATION_MODULO},	   {"&=", 0, OPERATION_AND},
	{"|=", 0, OPERATION_OR},	  {"^=", 0, OPERATION_XOR},	   {"<<=", 0, OPERATION_SHIFT_LEFT},
	{">>=", 0, OPERATION_SHIFT_RIGHT},
};

static const struct binary_operator *find_operator(const struct binary_operator *table, size_t count,
						   const struct token *token)
{
	if (token->kind != TOKEN_PUNCTUATION)
		return NULL;
	for (size_t i = 0; i < count; i++)
		if (!strcmp(table[i].text, token->text))
			return &table[i];
	return NULL;
}

static const char *sigil_hint(const struct token *token)
{
	return script_find_register(token->text) ? "@" : script_find_pseudo(token->text) >= 0 ? "$" : NULL;
}

/* A name that nothing declares: said once, then treated as a variable. */
static struct node *unknown_name(struct compiler *compiler, const struct token *token)
{
	const char *hint = sigil_hint(token);
	struct node *node;

	if (is_next(compiler, "("))
		fail(compiler, token, "there is no function `%s`", token->text);
	if (hint)
		report(compiler, token, "`%s` has no value yet (the register is %s%s)", token->text, hint, token->text);
	else
		report(compiler, token, "`%s` has no value yet: nothing assigns it before this", token->text);
	node = variable_node(compiler, token, add_untyped(compiler, token->text));
	node->is_unknown = true;
	return node;
}

static struct node *symbol_node(struct compiler *compiler, const struct token *token)
{
	char reason[200] = "";
	uint64_t address;

	if (compiler->options->symbol &&
	    compiler->options->symbol(compiler->options->self, token->text, &address, reason, sizeof(reason)) == 0)
		return number_node(compiler, token, address, &type_word);
	if (token->kind == TOKEN_SYMBOL)
		fail(compiler, token, reason[0] ? "%s" : "there is no symbol `%s`", reason[0] ? reason : token->text);
	if (reason[0])
		fail(compiler, token, "%s", reason);
	return NULL;
}

static struct node *word_node(struct compiler *compiler, const struct token *token)
{
	struct symbol *variable = find_symbol(compiler, SYMBOL_VARIABLE, token->text);
	struct function *function = variable ? NULL : find_function(compiler, token->text);
	struct node *node;

	if (variable)
		return variable_node(compiler, token, variable);
	if (function) {
		if (!is_next(compiler, "("))
			fail(compiler, token, "`%s` is a function; call it: %s(…)", token->text, token->text);
		return parse_function_call(compiler, token, function);
	}
	node = parse_builtin_call(compiler, token);
	if (node)
		return node;
	refuse_broken(compiler, token->text);
	if (!strcmp(token->text, "true") || !strcmp(token->text, "false") || !strcmp(token->text, "null") ||
	    !strcmp(token->text, "NULL"))
		return number_node(compiler, token, token->text[0] == 't', &type_machine);
	if (is_keyword(token->text))
		fail(compiler, token, "expected a value before %s", token_name(compiler, token));
	if (token->is_hex && !is_next(compiler, "("))
		return number_node(compiler, token, token->value, &type_machine);
	node = is_next(compiler, "(") ? NULL : symbol_node(compiler, token);
	return node ? node : unknown_name(compiler, token);
}

static struct node *register_node(struct compiler *compiler, const struct token *token)
{
	const struct script_register *reg = script_find_register(token->text);
	struct node *node = new_node(compiler, NODE_REGISTER, token);

	if (!reg) {
		const char *near = script_near_register(token->text);

		if (near)
			fail(compiler, token, "there is no register @%s; is @%s meant?", token->text, near);
		fail(compiler, token, "there is no register @%s", token->text);
	}
	node->reg = reg;
	node->type = &type_machine;
	return node;
}

static struct node *pseudo_node(struct compiler *compiler, const struct token *token)
{
	int number = script_find_pseudo(token->text);
	struct node *node = new_node(compiler, NODE_PSEUDO, token);

	if (number < 0 && !strncmp(token->text, "arg", 3))
		fail(compiler, token, "$%s stands for a word behind `.script FILE`, and there is none", token->text);
	if (number < 0)
		fail(compiler, token, "there is no pseudo-register $%s", token->text);
	node->value = (uint64_t)number;
	node->type = &type_machine;
	return node;
}

static struct node *named_node(struct compiler *compiler, const struct token *token, enum node_kind kind,
			       struct name_table *table)
{
	struct node *node = new_node(compiler, kind, token);

	node->value = name_index(compiler, table, token);
	node->type = &type_word;
	return node;
}

static struct node *parse_global(struct compiler *compiler, const struct token *dot)
{
	const struct token *name = current(compiler);

	if (name->kind != TOKEN_WORD || !name->touches)
		fail(compiler, dot, "expected a value before `.` (a global variable is written .name)");
	compiler->at++;
	return named_node(compiler, name, NODE_GLOBAL, &compiler->globals);
}

static struct node *parse_primary(struct compiler *compiler)
{
	const struct token *token = current(compiler);
	struct node *node;

	switch (token->kind) {
	case TOKEN_STRING:
	case TOKEN_WIDE_STRING:
		return parse_string(compiler);
	case TOKEN_END:
		fail(compiler, token, "expected a value before the end");
	case TOKEN_ERROR:
		fail(compiler, token, "%s", token->text);
	default:
		break;
	}
	compiler->at++;
	switch (token->kind) {
	case TOKEN_NUMBER:
		return number_node(compiler, token, token->value, &type_machine);
	case TOKEN_CHARACTER:
		return number_node(compiler, token, token->value, &type_int);
	case TOKEN_FLOAT:
		node = new_node(compiler, NODE_FLOAT, token);
		node->value = token->value;
		node->type = &type_double;
		return token->is_single ? convert(compiler, node, &type_float, NULL) : node;
	case TOKEN_WORD:
		return word_node(compiler, token);
	case TOKEN_SYMBOL:
		return symbol_node(compiler, token);
	case TOKEN_REGISTER:
		return register_node(compiler, token);
	case TOKEN_PSEUDO:
		return pseudo_node(compiler, token);
	case TOKEN_OCCURRENCE:
		if (compiler->options->forbid & SCRIPT_FORBID_OCCURRENCE)
			fail(compiler, token, "a variable of the occurrence (#name) lives in an event's scripts only");
		return named_node(compiler, token, NODE_OCCURRENCE, &compiler->occurrences);
	default:
		break;
	}
	if (!strcmp(token->text, "("))
		node = parse_expression(compiler);
	else if (!strcmp(token->text, "."))
		return parse_global(compiler, token);
	else {
		compiler->at--; /* it may close something */
		fail(compiler, token, "expected a value before %s", token_name(compiler, token));
	}
	if (!is_next(compiler, ")"))
		fail(compiler, current(compiler), "expected `)` before %s (it closes the `(` in line 0n%u, column 0n%u)",
		     token_name(compiler, current(compiler)), token->line, token->column);
	compiler->at++;
	return node;
}

static struct node *step(struct compiler *compiler, const struct token *token, struct node *operand, bool is_postfix)
{
	enum operation op = token->text[0] == '+' ? OPERATION_ADD : OPERATION_SUBTRACT;

	return update_node(compiler, token, op, operand, number_node(compiler, token, 1, &type_machine), is_postfix);
}

static struct node *parse_index(struct compiler *compiler, const struct token *token, struct node *node)
{
	struct node *index;

	node = value_of(compiler, node);
	if (node->type->kind != TYPE_POINTER)
		fail(compiler, token, "only an array or a pointer has elements, and this is %s",
		     type_name(compiler, node->type));
	index = parse_expression(compiler);
	expect(compiler, "]", "");
	return dereference(compiler, token, binary_node(compiler, token, OPERATION_ADD, node, index));
}

static const struct token *member_name(struct compiler *compiler)
{
	const struct token *name = current(compiler);

	if (name->kind != TOKEN_WORD)
		fail(compiler, name, "expected a member's name before %s", token_name(compiler, name));
	compiler->at++;
	return name;
}

static struct node *parse_postfix(struct compiler *compiler)
{
	struct node *node = parse_primary(compiler);

	for (;;) {
		const struct token *token = current(compiler);

		count_operator(compiler, token);
		if (accept(compiler, "["))
			node = parse_index(compiler, token, node);
		else if (accept(compiler, "."))
			node = member_node(compiler, token, node, member_name(compiler));
		else if (accept(compiler, "->"))
			node = member_node(compiler, token, dereference(compiler, token, node), member_name(compiler));
		else if (accept(compiler, "++") || accept(compiler, "--"))
			node = step(compiler, token, node, true);
		else
			return node;
	}
}

static struct node *parse_unary(struct compiler *compiler);

static struct node *parse_sizeof(struct compiler *compiler, const struct token *token)
{
	const struct type *type;

	if (is_next(compiler, "(")) {
		size_t start = compiler->at++;

		if (is_type_next(compiler)) {
			type = parse_type_name(compiler);
			expect(compiler, ")", "");
			goto known;
		}
		compiler->at = start;
	}
	type = parse_unary(compiler)->type;
known:
	if (type->kind == TYPE_VOID || (type->kind == TYPE_STRUCT && !type->complete))
		fail(compiler, token, "%s has no size", type_name(compiler, type));
	return number_node(compiler, token, type->size, &type_ulong);
}

/* ( type ) operand, or NULL with the cursor unmoved. */
static struct node *parse_cast(struct compiler *compiler)
{
	const struct token *open = current(compiler);
	const struct type *type;

	compiler->at++;
	if (!is_type_next(compiler)) {
		compiler->at--;
		return NULL;
	}
	type = parse_type_name(compiler);
	expect(compiler, ")", "behind the type");
	{
		struct node *operand = parse_unary(compiler);
		struct node *node;

		if (!is_scalar(type) && type->kind != TYPE_VOID)
			fail(compiler, open, "nothing can be cast to %s", type_name(compiler, type));
		node = convert(compiler, operand, type, NULL);
		if (node == operand && is_lvalue(node)) { /* (int)x is a value even if x is an int */
			node = new_node(compiler, NODE_CONVERT, open);
			node->left = operand;
			node->type = type;
		}
		return node;
	}
}

static struct node *parse_unary_plain(struct compiler *compiler)
{
	const struct token *token = current(compiler);
	struct node *operand;

	if (is_next(compiler, "(")) {
		struct node *cast = parse_cast(compiler);

		return cast ? cast : parse_postfix(compiler);
	}
	if (accept(compiler, "-"))
		return unary_node(compiler, token, NODE_NEGATE, parse_unary(compiler));
	if (accept(compiler, "~"))
		return unary_node(compiler, token, NODE_COMPLEMENT, parse_unary(compiler));
	if (accept(compiler, "!"))
		return unary_node(compiler, token, NODE_NOT, parse_unary(compiler));
	if (accept(compiler, "+")) {
		operand = value_of(compiler, parse_unary(compiler));
		return convert(compiler, operand, promoted(operand->type), NULL);
	}
	if (accept(compiler, "*"))
		return dereference(compiler, token, parse_unary(compiler));
	if (accept(compiler, "&"))
		return address_of(compiler, token, parse_unary(compiler));
	if (accept(compiler, "++") || accept(compiler, "--"))
		return step(compiler, token, parse_unary(compiler), false);
	if (accept(compiler, "sizeof"))
		return parse_sizeof(compiler, token);
	return parse_postfix(compiler);
}

static struct node *parse_unary(struct compiler *compiler)
{
	struct node *node;

	enter(compiler);
	node = parse_unary_plain(compiler);
	leave(compiler);
	return node;
}

static struct node *parse_binary(struct compiler *compiler, unsigned int least)
{
	struct node *left = parse_unary(compiler);

	for (;;) {
		const struct token *token = current(compiler);
		const struct binary_operator *found = find_operator(operators, HD_ARRAY_SIZE(operators), token);
		struct node *right;

		if (!found || found->precedence < least)
			return left;
		compiler->at++;
		count_operator(compiler, token);
		enter(compiler);
		compiler->conditional += found->precedence <= PRECEDENCE_AND;
		right = parse_binary(compiler, found->precedence + 1);
		compiler->conditional -= found->precedence <= PRECEDENCE_AND;
		leave(compiler);
		if (found->precedence <= PRECEDENCE_AND)
			left = logical_node(compiler, token, found->precedence == PRECEDENCE_AND ? NODE_AND : NODE_OR,
					    left, right);
		else
			left = binary_node(compiler, token, found->op, left, right);
	}
}

static struct node *parse_choice(struct compiler *compiler, struct node *test, const struct token *token)
{
	struct node *yes, *no;

	enter(compiler);
	compiler->conditional++;
	yes = parse_expression(compiler);
	expect(compiler, ":", "between the two values of `?`");
	no = parse_conditional(compiler);
	compiler->conditional--;
	leave(compiler);
	return conditional_node(compiler, token, test, yes, no);
}

struct node *parse_conditional(struct compiler *compiler)
{
	struct node *node = parse_binary(compiler, PRECEDENCE_OR);
	const struct token *token = current(compiler);

	return accept(compiler, "?") ? parse_choice(compiler, node, token) : node;
}

/*
 * name = value, where the name is not declared: the assignment makes it an
 * untyped variable of the function. NULL if this is something else.
 */
static struct node *parse_first_assignment(struct compiler *compiler)
{
	const struct token *name = current(compiler);
	const struct token *equals = name + 1;
	struct symbol *symbol;
	struct node *value;

	if (name->kind != TOKEN_WORD || equals->kind != TOKEN_PUNCTUATION || strcmp(equals->text, "=") ||
	    find_symbol(compiler, SYMBOL_VARIABLE, name->text))
		return NULL;
	if (is_keyword(name->text))
		fail(compiler, name, "%s is a word of the language and cannot be assigned", token_name(compiler, name));
	if (is_builtin_name(name->text))
		fail(compiler, name, "`%s` is a built-in function and cannot be assigned", name->text);
	if (find_function(compiler, name->text))
		fail(compiler, name, "`%s` is a function and cannot be assigned", name->text);
	if (name->is_hex)
		fail(compiler, name, "`%s` is a number here (hexadecimal); declare it with a type to use it as a name: int %s = …",
		     name->text, name->text);
	compiler->at += 2;
	value = parse_assignment(compiler);
	symbol = find_symbol(compiler, SYMBOL_VARIABLE, name->text);
	if (!symbol)
		symbol = add_untyped(compiler, name->text);
	return assign_node(compiler, equals, variable_node(compiler, name, symbol), value);
}

static struct node *parse_assignment_plain(struct compiler *compiler)
{
	struct node *node = parse_first_assignment(compiler);
	const struct binary_operator *found;
	const struct token *token;

	if (node)
		return node;
	node = parse_conditional(compiler);
	token = current(compiler);
	if (accept(compiler, "="))
		return assign_node(compiler, token, node, parse_assignment(compiler));
	found = find_operator(assignments, HD_ARRAY_SIZE(assignments), token);
	if (!found)
		return node;
	compiler->at++;
	return update_node(compiler, token, found->op, node, parse_assignment(compiler), false);
}

struct node *parse_assignment(struct compiler *compiler)
{
	struct node *node;

	enter(compiler);
	node = parse_assignment_plain(compiler);
	leave(compiler);
	return node;
}

struct node *parse_expression(struct compiler *compiler)
{
	struct node *node = parse_assignment(compiler);

	while (is_next(compiler, ",")) {
		struct node *comma = new_node(compiler, NODE_COMMA, advance(compiler));

		count_operator(compiler, comma->token);
		comma->left = node;
		comma->right = parse_assignment(compiler);
		comma->type = comma->right->type;
		node = comma;
	}
	return node;
}

uint64_t parse_constant(struct compiler *compiler, const char *what)
{
	struct node *node = parse_conditional(compiler);

	if (node->is_unknown)
		give_up(compiler);
	if (node->kind != NODE_NUMBER)
		fail(compiler, node->token, "%s must be a constant whole number", what);
	return node->value;
}
