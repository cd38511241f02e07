// SPDX-License-Identifier: GPL-2.0
/*
 * A look over a function's whole tree before its code is generated: which
 * aggregates can be taken apart into registers, and which constants of loops
 * are worth a register.
 */
#include "script/compiler.h"

#define MAX_FIELDS 16
#define MAX_HOISTED 16

/* An aggregate's member used directly: MEMORY(ADDRESS(variable)) of a scalar type. */
static struct symbol *direct_owner(const struct node *node)
{
	const struct node *base = node->left;

	if (node->kind != NODE_MEMORY || !is_scalar(node->type) || base->kind != NODE_ADDRESS ||
	    base->left->kind != NODE_VARIABLE || !is_aggregate(base->left->symbol->type))
		return NULL;
	return base->left->symbol;
}

struct field *find_field(const struct node *memory)
{
	struct symbol *owner = direct_owner(memory);

	for (struct field *f = owner && !owner->escapes ? owner->fields : NULL; f; f = f->next)
		if (f->offset == memory->value && same_type(f->type, memory->type))
			return f;
	return NULL;
}

/* Notes a use; overlapping uses of different kinds keep the aggregate in memory. */
static void note_field(struct compiler *compiler, struct symbol *owner, const struct node *node)
{
	unsigned int count = 0;
	uint64_t end = node->value + node->type->size;
	struct field *field;

	for (field = owner->fields; field; field = field->next, count++) {
		if (field->offset == node->value && same_type(field->type, node->type))
			return;
		if (field->offset < end && node->value < field->offset + field->type->size)
			owner->escapes = true;
	}
	if (count == MAX_FIELDS || end > owner->type->size)
		owner->escapes = true;
	if (owner->escapes)
		return;
	field = arena_allocate(compiler, sizeof(*field));
	field->offset = (uint32_t)node->value;
	field->type = node->type;
	field->next = owner->fields;
	owner->fields = field;
}

static void hoist(struct compiler *compiler, struct function *function, uint64_t value, bool is_pseudo)
{
	unsigned int count = 0;
	struct hoisted *h;

	for (h = function->hoisted; h; h = h->next, count++)
		if (h->value == value && h->is_pseudo == is_pseudo)
			return;
	if (count == MAX_HOISTED)
		return;
	h = arena_allocate(compiler, sizeof(*h));
	h->value = value;
	h->is_pseudo = is_pseudo;
	h->next = function->hoisted;
	function->hoisted = h;
}

static void visit(struct compiler *compiler, struct function *function, struct node *node, bool in_loop)
{
	struct symbol *owner;
	bool loop = in_loop || (node && (node->kind == NODE_FOR || node->kind == NODE_DO));

	if (!node)
		return;
	owner = direct_owner(node);
	if (owner) {
		note_field(compiler, owner, node);
		return;
	}
	if (node->kind == NODE_VARIABLE && is_aggregate(node->symbol->type))
		node->symbol->escapes = true; /* its address, or all of it */
	if (node->kind == NODE_ZERO)
		return;
	if (in_loop && (node->kind == NODE_FLOAT ||
			(node->kind == NODE_NUMBER && (int64_t)node->value != (int32_t)node->value)))
		hoist(compiler, function, node->value, false);
	if (in_loop && node->kind == NODE_PSEUDO && node->value == HD_PSEUDO_BUFFER)
		hoist(compiler, function, node->value, true); /* never changes, cannot fail */
	visit(compiler, function, node->init, in_loop);
	visit(compiler, function, node->left, loop);
	visit(compiler, function, node->right, loop);
	visit(compiler, function, node->third, loop);
	for (struct node *n = node->list; n; n = n->next)
		visit(compiler, function, n, in_loop);
}

void prepare_function(struct compiler *compiler, struct function *function)
{
	visit(compiler, function, function->body, false);
}
