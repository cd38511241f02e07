// SPDX-License-Identifier: GPL-2.0
#include "script/compile.h"

#include <stdlib.h>
#include <string.h>

#include "script/compiler.h"

static const struct script_compile_options no_options;

static void begin(struct compiler *compiler, const struct script_compile_options *options,
		  struct script_diagnostics *diagnostics)
{
	memset(compiler, 0, sizeof(*compiler));
	compiler->options = options ? options : &no_options;
	compiler->diagnostics = diagnostics;
	diagnostics->count = 0;
	compiler->functions_end = &compiler->functions;
}

/* The script's body is function 0: it has no name, and may return a value. */
static void begin_body(struct compiler *compiler)
{
	struct function *body = arena_allocate(compiler, sizeof(*body));

	body->result = &type_word;
	body->locals_end = &body->locals;
	*compiler->functions_end = body;
	compiler->functions_end = &body->next;
	compiler->function = body;
	compiler->function_count = 1;
	scope_open(compiler, true);
}

static void lex_source(struct compiler *compiler, const char *source)
{
	const char *name = compiler->options->name;

	lex(compiler, add_file(compiler, name ? name : "", source));
}

struct script_program *script_compile(const char *source, const struct script_compile_options *options,
				      struct script_diagnostics *diagnostics)
{
	struct compiler compiler;
	struct script_program *volatile program = NULL;
	jmp_buf here;

	begin(&compiler, options, diagnostics);
	compiler.recover = &here;
	if (!setjmp(here)) {
		lex_source(&compiler, source);
		begin_body(&compiler);
		parse_program(&compiler);
		if (!diagnostics->count)
			program = generate_program(&compiler);
	}
	arena_release(&compiler);
	return program;
}

/* return expression; */
static struct script_program *compile_value(struct compiler *compiler, struct node *expression)
{
	struct node *node = new_node(compiler, NODE_RETURN, expression->token);

	node->left = convert(compiler, expression, &type_word, NULL);
	compiler->function->body = node;
	return generate_program(compiler);
}

/* The value of what was compiled, on the caller's machine. */
static int run_value(struct script_program *program, const struct script_run_request *run, uint64_t *value,
		     struct script_diagnostics *diagnostics)
{
	struct script_run_request request = *run;
	struct script_outcome outcome;
	char *text;
	int error;

	request.program = program->bytes;
	request.scratch = aligned_alloc(16, SCRIPT_STACK_BYTES);
	if (!request.budget)
		request.budget = SCRIPT_DEFAULT_BUDGET;
	if (!request.scratch)
		return -HD_E_NO_POOL_MEMORY;
	error = script_run(&request, &outcome);
	free(request.scratch);
	*value = outcome.value;
	if (!error)
		return 0;
	outcome.line = 0;
	text = script_outcome_text(&outcome, program);
	diagnostics->count = 1;
	memset(diagnostics->items, 0, sizeof(diagnostics->items[0]));
	if (text)
		snprintf(diagnostics->items[0].message, sizeof(diagnostics->items[0].message), "%.*s",
			 (int)strcspn(text, "\n") - 5, text + 5);
	free(text);
	return error;
}

static int evaluate(struct compiler *compiler, struct node *node, const struct script_run_request *run, uint64_t *value)
{
	struct script_program *program;
	int error;

	if (node->kind == NODE_NUMBER) {
		*value = node->value;
		return 0;
	}
	if (!run)
		fail(compiler, node->token, "a number is wanted here whose value is known now");
	if (compiler->globals.count || compiler->occurrences.count)
		fail(compiler, node->token, "script variables have no place in a command's number");
	program = compile_value(compiler, node);
	if (!program)
		return -HD_E_INVALID;
	error = run_value(program, run, value, compiler->diagnostics);
	free(program);
	return error;
}

int script_evaluate_expression_prefix(const char *text, const struct script_compile_options *options,
				      const struct script_run_request *run, uint64_t *value, size_t *used,
				      struct script_diagnostics *diagnostics)
{
	struct compiler compiler;
	volatile int error = -HD_E_INVALID;
	jmp_buf here;

	*value = 0;
	*used = 0;
	begin(&compiler, options, diagnostics);
	compiler.recover = &here;
	if (!setjmp(here)) {
		struct node *node;

		compiler.is_prefix = true;
		lex_source(&compiler, text);
		begin_body(&compiler);
		node = parse_conditional(&compiler);
		*used = compiler.at ? compiler.tokens[compiler.at - 1].end : 0;
		if (!diagnostics->count)
			error = evaluate(&compiler, node, run, value);
	}
	arena_release(&compiler);
	return error;
}
