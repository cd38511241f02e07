// SPDX-License-Identifier: GPL-2.0
/*
 * The token cursor and the statements.
 */
#include "script/compiler.h"

#include <string.h>

/* Nested deeper than this, a script is refused: the parser recurses. */
#define MAX_DEPTH 250

const struct token *current(struct compiler *compiler)
{
	const struct token *token = &compiler->tokens[compiler->at];

	if (token->kind == TOKEN_ERROR && !compiler->is_prefix)
		fail(compiler, token, "%s", token->text);
	return token;
}

const struct token *advance(struct compiler *compiler)
{
	const struct token *token = current(compiler);

	if (token->kind != TOKEN_END)
		compiler->at++;
	return token;
}

static bool token_is(const struct token *token, const char *text)
{
	return (token->kind == TOKEN_PUNCTUATION || token->kind == TOKEN_WORD) && !strcmp(token->text, text);
}

bool is_next(struct compiler *compiler, const char *text)
{
	return token_is(current(compiler), text);
}

bool accept(struct compiler *compiler, const char *text)
{
	if (!is_next(compiler, text))
		return false;
	compiler->at++;
	return true;
}

const struct token *expect(struct compiler *compiler, const char *text, const char *where)
{
	const struct token *token = current(compiler);

	if (!accept(compiler, text))
		fail(compiler, token, "expected `%s`%s%s before %s", text, *where ? " " : "", where,
		     token_name(compiler, token));
	return token;
}

void enter(struct compiler *compiler)
{
	if (++compiler->depth > MAX_DEPTH)
		fail(compiler, current(compiler), "this is nested too deeply");
}

/* The generator recurses over long chains: a + a + a … */
#define MAX_OPERATORS 1500

void count_operator(struct compiler *compiler, const struct token *token)
{
	if (++compiler->operators > MAX_OPERATORS)
		fail(compiler, token, "this statement is too long; split it");
}

void leave(struct compiler *compiler)
{
	compiler->depth--;
}

static const char *const keywords[] = {
	"if",	 "elsif",    "else",   "for",	   "while",  "do",   "break",  "continue", "return", "switch",
	"case",	 "default",  "sizeof", "typedef",  "struct", "void", "bool",   "char",	   "short",  "int",
	"long",	 "signed",   "unsigned", "float",  "double", "const", "volatile", "wchar_t", "true", "false", "null",
};

bool is_keyword(const char *word)
{
	for (size_t i = 0; i < HD_ARRAY_SIZE(keywords); i++)
		if (!strcmp(keywords[i], word))
			return true;
	return false;
}

static struct node *parse_statement(struct compiler *compiler);

/* The statements of a block up to `}` (or the end); the caller has opened the scope. */
static struct node *parse_list(struct compiler *compiler, const struct token *token, bool until_brace)
{
	struct node *block = new_node(compiler, NODE_BLOCK, token);
	struct node **end = &block->list;

	while (compiler->tokens[compiler->at].kind != TOKEN_END &&
	       !(until_brace && token_is(&compiler->tokens[compiler->at], "}"))) {
		struct node *node = parse_statement(compiler);

		if (node) {
			*end = node;
			end = &node->next;
		}
	}
	return block;
}

/* { … }, with its own scope. */
struct node *parse_block(struct compiler *compiler)
{
	const struct token *open = expect(compiler, "{", "");
	struct node *block;

	scope_open(compiler, false);
	block = parse_list(compiler, open, true);
	if (!is_next(compiler, "}"))
		fail(compiler, open, "this `{` has no `}`");
	compiler->at++;
	scope_close(compiler);
	return block;
}

/* A statement that may be skipped or repeated: a block, or a single one. */
static struct node *parse_body(struct compiler *compiler)
{
	struct node *node;

	compiler->conditional++;
	if (is_next(compiler, "{")) {
		node = parse_block(compiler);
	} else {
		scope_open(compiler, false);
		node = parse_statement(compiler);
		scope_close(compiler);
	}
	compiler->conditional--;
	return node;
}

static struct node *parse_test(struct compiler *compiler, const char *what)
{
	struct node *test;

	expect(compiler, "(", what);
	test = condition(compiler, parse_expression(compiler));
	expect(compiler, ")", "");
	return test;
}

static struct node *parse_if(struct compiler *compiler, const struct token *token)
{
	struct node *node = new_node(compiler, NODE_IF, token);

	enter(compiler);
	node->left = parse_test(compiler, "behind if");
	node->right = parse_body(compiler);
	if (is_next(compiler, "elsif")) {
		const struct token *elsif = advance(compiler);

		compiler->conditional++;
		node->third = parse_if(compiler, elsif);
		compiler->conditional--;
	} else if (accept(compiler, "else")) {
		node->third = parse_body(compiler);
	}
	leave(compiler);
	return node;
}

static struct node *parse_loop_body(struct compiler *compiler)
{
	struct node *body;

	compiler->loop_depth++;
	compiler->break_depth++;
	body = parse_body(compiler);
	compiler->loop_depth--;
	compiler->break_depth--;
	return body;
}

static struct node *parse_while(struct compiler *compiler, const struct token *token)
{
	struct node *node = new_node(compiler, NODE_FOR, token);

	node->left = parse_test(compiler, "behind while");
	node->right = parse_loop_body(compiler);
	return node;
}

static struct node *parse_do(struct compiler *compiler, const struct token *token)
{
	struct node *node = new_node(compiler, NODE_DO, token);

	node->right = parse_loop_body(compiler);
	if (!accept(compiler, "while"))
		fail(compiler, current(compiler), "expected `while` behind the body of do, before %s",
		     token_name(compiler, current(compiler)));
	node->left = parse_test(compiler, "behind while");
	/* The semicolon may be missing at the very end of a script. */
	if (!is_next(compiler, "}") && current(compiler)->kind != TOKEN_END)
		expect(compiler, ";", "behind do … while (…)");
	return node;
}

static struct node *expression_statement(struct compiler *compiler)
{
	const struct token *token = current(compiler);
	struct node *node = new_node(compiler, NODE_EXPRESSION, token);

	node->left = parse_expression(compiler);
	return node;
}

static struct node *parse_for(struct compiler *compiler, const struct token *token)
{
	struct node *node = new_node(compiler, NODE_FOR, token);

	scope_open(compiler, false);
	expect(compiler, "(", "behind for");
	if (!accept(compiler, ";")) {
		if (is_type_next(compiler)) {
			node->init = parse_declaration(compiler);
		} else {
			node->init = expression_statement(compiler);
			expect(compiler, ";", "behind the first part of for");
		}
	}
	if (!is_next(compiler, ";"))
		node->left = condition(compiler, parse_expression(compiler));
	expect(compiler, ";", "behind the condition of for");
	compiler->conditional++;
	if (!is_next(compiler, ")"))
		node->third = expression_statement(compiler);
	compiler->conditional--;
	expect(compiler, ")", "");
	node->right = parse_loop_body(compiler);
	scope_close(compiler);
	return node;
}

static struct node *parse_switch(struct compiler *compiler, const struct token *token)
{
	struct node *node = new_node(compiler, NODE_SWITCH, token);
	struct node *outer = compiler->current_switch, **outer_next = compiler->next_case;

	node->left = parse_test(compiler, "behind switch");
	if (!is_integer(node->left->type))
		fail(compiler, node->left->token, "switch wants a whole number");
	node->left = convert(compiler, node->left, promoted(node->left->type), NULL);
	compiler->current_switch = node;
	compiler->next_case = &node->cases;
	compiler->break_depth++;
	compiler->conditional++;
	node->right = parse_block(compiler);
	compiler->conditional--;
	compiler->break_depth--;
	compiler->current_switch = outer;
	compiler->next_case = outer_next;
	return node;
}

static struct node *parse_case(struct compiler *compiler, const struct token *token, bool is_default)
{
	struct node *node = new_node(compiler, NODE_CASE, token);

	if (!compiler->current_switch)
		fail(compiler, token, "%s outside of switch", token_name(compiler, token));
	node->is_default = is_default;
	if (!is_default)
		node->value = normalise(parse_constant(compiler, "a case"), compiler->current_switch->left->type);
	expect(compiler, ":", is_default ? "behind default" : "behind the value of a case");
	for (const struct node *c = compiler->current_switch->cases; c; c = c->cases)
		if (c->is_default == is_default && c->value == node->value)
			fail(compiler, token, "this case exists already, in line 0n%u", c->token->line);
	*compiler->next_case = node;
	compiler->next_case = &node->cases;
	return node;
}

static struct node *parse_return(struct compiler *compiler, const struct token *token)
{
	struct node *node = new_node(compiler, NODE_RETURN, token);
	const struct type *result = compiler->function->result;

	if (!is_next(compiler, ";")) {
		node->left = parse_expression(compiler);
		if (result->kind == TYPE_VOID)
			fail(compiler, node->left->token, "%s is void: it returns no value", compiler->function->name);
		node->left = convert(compiler, node->left, result, "here");
	} else if (result->kind != TYPE_VOID && compiler->function->name) {
		fail(compiler, token, "%s returns %s: a value is missing", compiler->function->name,
		     type_name(compiler, result));
	}
	expect(compiler, ";", "behind return");
	return node;
}

static struct node *parse_leave(struct compiler *compiler, const struct token *token, enum node_kind kind)
{
	if (!(kind == NODE_BREAK ? compiler->break_depth : compiler->loop_depth))
		fail(compiler, token, "%s outside of a loop%s", token_name(compiler, token),
		     kind == NODE_BREAK ? " or switch" : "");
	expect(compiler, ";", kind == NODE_BREAK ? "behind break" : "behind continue");
	return new_node(compiler, kind, token);
}

/* The statements that begin with a keyword; NULL if this is none of them. */
static struct node *parse_keyword(struct compiler *compiler)
{
	const struct token *token = current(compiler);

	if (accept(compiler, "if"))
		return parse_if(compiler, token);
	if (accept(compiler, "while"))
		return parse_while(compiler, token);
	if (accept(compiler, "do"))
		return parse_do(compiler, token);
	if (accept(compiler, "for"))
		return parse_for(compiler, token);
	if (accept(compiler, "switch"))
		return parse_switch(compiler, token);
	if (accept(compiler, "case"))
		return parse_case(compiler, token, false);
	if (accept(compiler, "default"))
		return parse_case(compiler, token, true);
	if (accept(compiler, "return"))
		return parse_return(compiler, token);
	if (accept(compiler, "break"))
		return parse_leave(compiler, token, NODE_BREAK);
	if (accept(compiler, "continue"))
		return parse_leave(compiler, token, NODE_CONTINUE);
	if (is_next(compiler, "else") || is_next(compiler, "elsif"))
		fail(compiler, token, "%s without an if before it", token_name(compiler, token));
	return NULL;
}

static struct node *parse_plain_statement(struct compiler *compiler)
{
	struct node *node;

	enter(compiler);
	compiler->operators = 0;
	if (is_next(compiler, "{")) {
		node = parse_block(compiler);
	} else if (accept(compiler, ";")) {
		node = NULL;
	} else if (is_type_next(compiler)) {
		node = parse_declaration(compiler);
	} else {
		node = parse_keyword(compiler);
		if (!node) {
			node = expression_statement(compiler);
			/* `? print(1)` and the last statement of a block need no semicolon. */
			if (!is_next(compiler, "}") && current(compiler)->kind != TOKEN_END)
				expect(compiler, ";", "");
		}
	}
	leave(compiler);
	return node;
}

/*
 * Behind a statement with an error: to the end of it, so that what follows is
 * read as the statements it is. Blocks that belong to it are skipped whole.
 */
static void skip_statement(struct compiler *compiler, size_t start)
{
	unsigned int depth = 0;
	bool moved = false;

	/* An error inside braces that belong to the statement (an initialiser, a struct). */
	for (size_t i = start; i < compiler->at; i++) {
		if (token_is(&compiler->tokens[i], "{"))
			depth++;
		else if (token_is(&compiler->tokens[i], "}") && depth)
			depth--;
	}
	for (;; compiler->at++, moved = true) {
		const struct token *token = &compiler->tokens[compiler->at];

		if (token->kind == TOKEN_END)
			return;
		if (token_is(token, "{")) {
			depth++;
		} else if (token_is(token, "}")) {
			if (!depth) {
				/* A stray one ends nothing; it must be passed. */
				compiler->at += compiler->at == start && !moved;
				return;
			}
			if (--depth == 0) {
				const struct token *after = token + 1;

				if (!token_is(after, "else") && !token_is(after, "elsif") && !token_is(after, ";")) {
					compiler->at++;
					return;
				}
			}
		} else if (token_is(token, ";") && !depth) {
			compiler->at++;
			return;
		}
	}
}

/* What a failed statement may have left changed, beside tokens, functions and diagnostics. */
struct place {
	size_t at;
	jmp_buf *recover;
	unsigned int depth, loop_depth, break_depth, conditional;
	struct scope *scope;
	struct function *function;
	struct node *current_switch, **next_case;
};

static void remember(struct place *place, const struct compiler *compiler)
{
	*place = (struct place){.at = compiler->at,
				.recover = compiler->recover,
				.depth = compiler->depth,
				.loop_depth = compiler->loop_depth,
				.break_depth = compiler->break_depth,
				.conditional = compiler->conditional,
				.scope = compiler->scope,
				.function = compiler->function,
				.current_switch = compiler->current_switch,
				.next_case = compiler->next_case};
}

static void restore(struct compiler *compiler, const struct place *place)
{
	compiler->recover = place->recover;
	compiler->depth = place->depth;
	compiler->loop_depth = place->loop_depth;
	compiler->break_depth = place->break_depth;
	compiler->conditional = place->conditional;
	compiler->scope = place->scope;
	compiler->function = place->function;
	compiler->current_switch = place->current_switch;
	compiler->next_case = place->next_case;
}

/* The names that a failed statement would have declared or assigned first. */
static void note_names(struct compiler *compiler, size_t start)
{
	bool declares = compiler->tokens[start].kind == TOKEN_WORD && is_keyword(compiler->tokens[start].text);

	for (size_t i = start; i < compiler->at; i++) {
		const struct token *token = &compiler->tokens[i];
		bool named = token_is(token + 1, "=");

		if (declares)
			named |= token_is(token + 1, "[") || token_is(token + 1, "(") || token_is(token + 1, "{") ||
				 token_is(token + 1, ";") || token_is(token + 1, ",");
		if (named && token->kind == TOKEN_WORD && !is_keyword(token->text) && !is_builtin_name(token->text) &&
		    !find_symbol(compiler, SYMBOL_VARIABLE, token->text) && !find_function(compiler, token->text))
			note_broken(compiler, token->text);
	}
}

static struct node *parse_statement(struct compiler *compiler)
{
	struct place place; /* not changed between setjmp and longjmp */
	struct node *node;
	jmp_buf here;

	remember(&place, compiler);
	compiler->recover = &here;
	if (setjmp(here)) {
		restore(compiler, &place);
		if (compiler->diagnostics->count == SCRIPT_MAX_DIAGNOSTICS)
			give_up(compiler); /* to the outermost statement, and out of it */
		skip_statement(compiler, place.at);
		note_names(compiler, place.at);
		return NULL;
	}
	node = parse_plain_statement(compiler);
	compiler->recover = place.recover;
	return node;
}

void parse_program(struct compiler *compiler)
{
	struct function *body = compiler->function;
	const struct token *first = &compiler->tokens[0];

	body->body = parse_list(compiler, first, false);
}
