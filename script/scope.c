// SPDX-License-Identifier: GPL-2.0
#include "script/compiler.h"

#include <string.h>

void scope_open(struct compiler *compiler, bool is_function)
{
	struct scope *scope = arena_allocate(compiler, sizeof(*scope));

	scope->outer = compiler->scope;
	scope->is_function = is_function;
	compiler->scope = scope;
}

void scope_close(struct compiler *compiler)
{
	compiler->scope = compiler->scope->outer;
}

static struct symbol *find_in(struct scope *scope, enum symbol_kind kind, const char *name)
{
	for (struct symbol *symbol = scope->symbols; symbol; symbol = symbol->next)
		if (symbol->kind == kind && !strcmp(symbol->name, name))
			return symbol;
	return NULL;
}

struct symbol *find_symbol_here(struct compiler *compiler, enum symbol_kind kind, const char *name)
{
	return find_in(compiler->scope, kind, name);
}

/* A function sees the types around it, but not the variables. */
struct symbol *find_symbol(struct compiler *compiler, enum symbol_kind kind, const char *name)
{
	for (struct scope *scope = compiler->scope; scope; scope = scope->outer) {
		struct symbol *symbol = find_in(scope, kind, name);

		if (symbol)
			return symbol;
		if (scope->is_function && kind == SYMBOL_VARIABLE)
			return NULL;
	}
	return NULL;
}

static struct symbol *add_to(struct compiler *compiler, struct scope *scope, enum symbol_kind kind, const char *name,
			     const struct type *type)
{
	struct symbol *symbol = arena_allocate(compiler, sizeof(*symbol));

	symbol->kind = kind;
	symbol->name = name;
	symbol->type = type;
	symbol->next = scope->symbols;
	scope->symbols = symbol;
	if (kind == SYMBOL_VARIABLE) {
		symbol->in_memory = is_aggregate(type);
		*compiler->function->locals_end = symbol;
		compiler->function->locals_end = &symbol->next_local;
	}
	return symbol;
}

struct symbol *add_symbol(struct compiler *compiler, enum symbol_kind kind, const char *name, const struct type *type)
{
	return add_to(compiler, compiler->scope, kind, name, type);
}

/* An untyped variable belongs to the whole function from its first assignment on. */
struct symbol *add_untyped(struct compiler *compiler, const char *name)
{
	struct scope *scope = compiler->scope;
	struct symbol *symbol;

	while (!scope->is_function)
		scope = scope->outer;
	symbol = add_to(compiler, scope, SYMBOL_VARIABLE, name, &type_word);
	symbol->zero_on_entry = compiler->conditional > 0;
	return symbol;
}

void note_broken(struct compiler *compiler, const char *name)
{
	struct broken_name *broken = arena_allocate(compiler, sizeof(*broken));

	broken->name = name;
	broken->next = compiler->broken;
	compiler->broken = broken;
}

void refuse_broken(struct compiler *compiler, const char *name)
{
	for (const struct broken_name *b = compiler->broken; b; b = b->next)
		if (!strcmp(b->name, name))
			give_up(compiler);
}

struct function *find_function(struct compiler *compiler, const char *name)
{
	for (struct function *f = compiler->functions; f; f = f->next)
		if (f->name && !strcmp(f->name, name))
			return f;
	return NULL;
}

unsigned int name_index(struct compiler *compiler, struct name_table *table, const struct token *token)
{
	unsigned int i;

	for (i = 0; i < table->count; i++)
		if (!strcmp(table->names[i], token->text))
			return i;
	if (strlen(token->text) >= HD_PROGRAM_NAME_BYTES)
		fail(compiler, token, "this name is longer than 0n%u characters", HD_PROGRAM_NAME_BYTES - 1);
	if (i == HD_PROGRAM_MAX_NAMES)
		fail(compiler, token, "a script can use 0n%u different shared variables", HD_PROGRAM_MAX_NAMES);
	table->names[table->count++] = token->text;
	return i;
}
