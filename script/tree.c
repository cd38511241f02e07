// SPDX-License-Identifier: GPL-2.0
/*
 * Building typed nodes: the language's conversions happen here, so that the
 * generator finds operands that already fit.
 */
#include "script/compiler.h"

#include <string.h>

struct node *new_node(struct compiler *compiler, enum node_kind kind, const struct token *token)
{
	struct node *node = arena_allocate(compiler, sizeof(*node));

	node->kind = kind;
	node->token = token;
	node->type = &type_void;
	return node;
}

struct node *number_node(struct compiler *compiler, const struct token *token, uint64_t value, const struct type *type)
{
	struct node *node = new_node(compiler, NODE_NUMBER, token);

	node->value = value;
	node->type = type;
	return node;
}

struct node *variable_node(struct compiler *compiler, const struct token *token, struct symbol *symbol)
{
	struct node *node = new_node(compiler, NODE_VARIABLE, token);

	node->symbol = symbol;
	node->type = symbol->type;
	return node;
}

bool is_lvalue(const struct node *node)
{
	switch (node->kind) {
	case NODE_VARIABLE:
	case NODE_GLOBAL:
	case NODE_OCCURRENCE:
	case NODE_REGISTER:
	case NODE_MEMORY:
		return true;
	default:
		return false;
	}
}

struct node *value_of(struct compiler *compiler, struct node *node)
{
	struct node *address;

	if (node->type->kind == TYPE_VOID)
		fail(compiler, node->token, "this gives no value");
	if (node->type->kind == TYPE_STRUCT)
		fail(compiler, node->token, "a whole %s cannot be used here; name one of its members",
		     type_name(compiler, node->type));
	if (node->type->kind != TYPE_ARRAY)
		return node;
	address = address_of(compiler, node->token, node);
	address->type = pointer_to(compiler, node->type->base);
	return address;
}

/* What C would warn of, and HyperDbg refuses, where no cast says that it is meant. */
static void refuse_doubtful(struct compiler *compiler, const struct node *node, const struct type *type)
{
	if (node->type->kind == TYPE_POINTER && type->kind == TYPE_INTEGER)
		fail(compiler, node->token, "a pointer becomes %s only by a cast", type_name(compiler, type));
	if (node->kind == NODE_FLOAT && type->kind == TYPE_FLOAT && type->size < node->type->size &&
	    float_is_lost(node->value))
		fail(compiler, node->token, "this number is too %s for a float", float_is_large(node->value) ? "large" : "small");
}

struct node *convert(struct compiler *compiler, struct node *node, const struct type *type, const char *what)
{
	struct node *result;

	if (type->kind == TYPE_STRUCT || node->type->kind == TYPE_STRUCT) {
		if (same_type(type, node->type))
			return node;
		fail(compiler, node->token, "%s is wanted %s, and this is %s", type_name(compiler, type),
		     what ? what : "here", type_name(compiler, node->type));
	}
	if (type->kind != TYPE_VOID)
		node = value_of(compiler, node);
	if (same_type(type, node->type))
		return node;
	if ((type->kind == TYPE_POINTER && node->type->kind == TYPE_FLOAT) ||
	    (type->kind == TYPE_FLOAT && node->type->kind == TYPE_POINTER) || type->kind == TYPE_ARRAY)
		fail(compiler, node->token, "%s cannot become %s", type_name(compiler, node->type),
		     type_name(compiler, type));
	if (what)
		refuse_doubtful(compiler, node, type);
	result = new_node(compiler, NODE_CONVERT, node->token);
	result->left = node;
	result->type = type;
	return fold(compiler, result);
}

struct node *condition(struct compiler *compiler, struct node *node)
{
	node = value_of(compiler, node);
	if (node->type->kind == TYPE_FLOAT) {
		struct node *zero = new_node(compiler, NODE_FLOAT, node->token);

		zero->type = node->type;
		return binary_node(compiler, node->token, OPERATION_NOT_EQUAL, node, zero);
	}
	return node;
}

/* Typed operands give a C int, untyped ones an untyped number. */
static const struct type *truth_type(const struct node *left, const struct node *right)
{
	bool untyped = left->type->kind == TYPE_WORD && (!right || right->type->kind == TYPE_WORD);

	return untyped ? &type_machine : &type_int;
}

static uint32_t element_size(struct compiler *compiler, const struct token *token, const struct type *pointer)
{
	if (pointer->base->kind == TYPE_STRUCT && !pointer->base->complete)
		fail(compiler, token, "%s is not complete yet", type_name(compiler, pointer->base));
	return pointer->base->size;
}

static struct node *make_binary(struct compiler *compiler, const struct token *token, enum operation op,
				struct node *left, struct node *right, const struct type *type)
{
	struct node *node = new_node(compiler, NODE_BINARY, token);

	node->op = op;
	node->left = left;
	node->right = right;
	node->type = type;
	return fold(compiler, node);
}

/* pointer ± number, number + pointer, pointer - pointer. */
static struct node *pointer_arithmetic(struct compiler *compiler, const struct token *token, enum operation op,
				       struct node *left, struct node *right)
{
	uint32_t size;

	if (op == OPERATION_ADD && right->type->kind == TYPE_POINTER) {
		struct node *swap = left;

		left = right;
		right = swap;
	}
	size = element_size(compiler, token, left->type);
	if (op == OPERATION_SUBTRACT && right->type->kind == TYPE_POINTER) {
		struct node *difference;

		if (element_size(compiler, token, right->type) != size)
			fail(compiler, token, "pointers to different types cannot be subtracted");
		difference = make_binary(compiler, token, op, left, right, &type_long);
		return size < 2 ? difference :
				  make_binary(compiler, token, OPERATION_DIVIDE, difference,
					      number_node(compiler, token, size, &type_long), &type_long);
	}
	if (!is_integer(right->type))
		fail(compiler, token, "a pointer can be moved by a whole number only, not by %s",
		     type_name(compiler, right->type));
	if (right->type->kind != TYPE_WORD)
		right = convert(compiler, right, &type_long, NULL);
	if (size != 1)
		right = make_binary(compiler, token, OPERATION_MULTIPLY, right,
				    number_node(compiler, token, size, right->type), right->type);
	return make_binary(compiler, token, op, left, right, left->type);
}

static struct node *compare_node(struct compiler *compiler, const struct token *token, enum operation op,
				 struct node *left, struct node *right)
{
	struct node *node = new_node(compiler, NODE_COMPARE, token);
	bool pointers = left->type->kind == TYPE_POINTER || right->type->kind == TYPE_POINTER;
	const struct type *type = pointers ? &type_ulong : common_type(left, right, true);

	if (pointers && (left->type->kind == TYPE_FLOAT || right->type->kind == TYPE_FLOAT))
		fail(compiler, token, "a pointer cannot be compared with a float");
	node->op = op;
	node->type = truth_type(left, right);
	node->left = convert(compiler, left, type, NULL);
	node->right = convert(compiler, right, type, NULL);
	return fold(compiler, node);
}

static struct node *shift_node(struct compiler *compiler, const struct token *token, enum operation op,
			       struct node *left, struct node *right)
{
	const struct type *type = promoted(left->type);

	/* A literal shifted by a typed count is C's int (or what it needs). */
	if (left->type->kind == TYPE_WORD && left->kind == NODE_NUMBER && left->type->machine &&
	    right->type->kind != TYPE_WORD)
		type = common_type(left, &(struct node){.kind = NODE_NUMBER, .type = &type_int}, false);
	if (type->kind == TYPE_INTEGER && right->kind == NODE_NUMBER && right->value >= type->size * 8ull)
		fail(compiler, right->token, "%s has 0n%u bits: it cannot be shifted so far", type_name(compiler, type),
		     type->size * 8);
	return make_binary(compiler, token, op, convert(compiler, left, type, NULL), right, type);
}

static bool commutes(enum operation op)
{
	return op == OPERATION_ADD || op == OPERATION_MULTIPLY || op == OPERATION_AND || op == OPERATION_OR ||
	       op == OPERATION_XOR;
}

struct node *binary_node(struct compiler *compiler, const struct token *token, enum operation op, struct node *left,
			 struct node *right)
{
	const struct type *type;

	left = value_of(compiler, left);
	right = value_of(compiler, right);
	if (op >= OPERATION_EQUAL)
		return compare_node(compiler, token, op, left, right);
	if (left->type->kind == TYPE_POINTER || right->type->kind == TYPE_POINTER) {
		if (op == OPERATION_ADD && left->type->kind != right->type->kind)
			return pointer_arithmetic(compiler, token, op, left, right);
		if (op == OPERATION_SUBTRACT && left->type->kind == TYPE_POINTER)
			return pointer_arithmetic(compiler, token, op, left, right);
		/* Masks and the like of an address: as the number it is. */
		if (left->type->kind == TYPE_POINTER)
			left = convert(compiler, left, &type_ulong, NULL);
		if (right->type->kind == TYPE_POINTER)
			right = convert(compiler, right, &type_ulong, NULL);
	}
	if (op > OPERATION_DIVIDE && (left->type->kind == TYPE_FLOAT || right->type->kind == TYPE_FLOAT))
		fail(compiler, token, "%s works on whole numbers, not on %s", token_name(compiler, token),
		     type_name(compiler, left->type->kind == TYPE_FLOAT ? left->type : right->type));
	if (op == OPERATION_SHIFT_LEFT || op == OPERATION_SHIFT_RIGHT)
		return shift_node(compiler, token, op, left, right);
	type = common_type(left, right, false);
	left = convert(compiler, left, type, NULL);
	right = convert(compiler, right, type, NULL);
	if (commutes(op) && left->kind == NODE_NUMBER && right->kind != NODE_NUMBER)
		return make_binary(compiler, token, op, right, left, type);
	return make_binary(compiler, token, op, left, right, type);
}

struct node *logical_node(struct compiler *compiler, const struct token *token, enum node_kind kind, struct node *left,
			  struct node *right)
{
	struct node *node = new_node(compiler, kind, token);

	node->type = truth_type(left, right);
	node->left = condition(compiler, left);
	node->right = condition(compiler, right);
	return fold(compiler, node);
}

struct node *unary_node(struct compiler *compiler, const struct token *token, enum node_kind kind, struct node *operand)
{
	struct node *node = new_node(compiler, kind, token);

	operand = value_of(compiler, operand);
	if (kind == NODE_NOT) {
		node->type = truth_type(operand, NULL);
		node->left = condition(compiler, operand);
		return fold(compiler, node);
	}
	if (operand->type->kind == TYPE_POINTER)
		operand = convert(compiler, operand, &type_ulong, NULL);
	if (kind == NODE_COMPLEMENT && operand->type->kind == TYPE_FLOAT)
		fail(compiler, token, "`~` works on whole numbers, not on %s", type_name(compiler, operand->type));
	node->type = promoted(operand->type);
	node->left = convert(compiler, operand, node->type, NULL);
	return fold(compiler, node);
}

struct node *conditional_node(struct compiler *compiler, const struct token *token, struct node *test,
			      struct node *yes, struct node *no)
{
	struct node *node = new_node(compiler, NODE_CONDITIONAL, token);

	test = condition(compiler, test);
	if (yes->type->kind != TYPE_VOID || no->type->kind != TYPE_VOID) {
		yes = value_of(compiler, yes);
		no = value_of(compiler, no);
		if (yes->type->kind == TYPE_POINTER)
			node->type = yes->type;
		else if (no->type->kind == TYPE_POINTER)
			node->type = no->type;
		else
			node->type = common_type(yes, no, false);
		yes = convert(compiler, yes, node->type, NULL);
		no = convert(compiler, no, node->type, NULL);
	}
	if (test->kind == NODE_NUMBER)
		return test->value ? yes : no;
	node->left = test;
	node->right = yes;
	node->third = no;
	return node;
}

static void check_assignable(struct compiler *compiler, const struct token *token, const struct node *left)
{
	if (left->kind == NODE_PSEUDO)
		fail(compiler, left->token, "%s can be read only", token_name(compiler, left->token));
	if (!is_lvalue(left))
		fail(compiler, token, "what is left of %s cannot be assigned; a variable, a register, a member or an element can",
		     token_name(compiler, token));
	if (left->type->kind == TYPE_ARRAY)
		fail(compiler, token, "a whole array cannot be assigned; assign its elements");
}

/* The same expression, without effects that count twice. */
static bool same_tree(const struct node *a, const struct node *b)
{
	if (a == b)
		return true;
	if (!a || !b || a->kind != b->kind || a->value != b->value || a->symbol != b->symbol || a->op != b->op ||
	    !same_type(a->type, b->type))
		return false;
	switch (a->kind) {
	case NODE_NUMBER:
	case NODE_VARIABLE:
	case NODE_GLOBAL:
	case NODE_PSEUDO:
		return true;
	case NODE_MEMORY:
	case NODE_ADDRESS:
	case NODE_CONVERT:
	case NODE_NEGATE:
	case NODE_COMPLEMENT:
		return same_tree(a->left, b->left);
	case NODE_BINARY:
		return same_tree(a->left, b->left) && same_tree(a->right, b->right);
	default:
		return false;
	}
}

static struct node **behind_conversions(struct node **slot)
{
	while ((*slot)->kind == NODE_CONVERT && is_scalar((*slot)->type))
		slot = &(*slot)->left;
	return slot;
}

/* a[i] = a[i] + x is a[i] += x: the address is computed once. NULL if it is something else. */
static struct node *assign_as_update(struct compiler *compiler, const struct token *token, struct node *left,
				     struct node *right)
{
	struct node **slot = behind_conversions(&right);
	struct node *node, *old;

	if (left->kind != NODE_MEMORY || left->left->kind == NODE_ADDRESS || (*slot)->kind != NODE_BINARY)
		return NULL;
	slot = behind_conversions(&(*slot)->left);
	if (!same_tree(left, *slot))
		return NULL;
	node = new_node(compiler, NODE_UPDATE, token);
	old = new_node(compiler, NODE_OLD, token);
	old->type = left->type;
	*slot = old;
	node->left = left;
	node->init = old;
	node->third = right;
	node->type = left->type;
	return node;
}

struct node *assign_node(struct compiler *compiler, const struct token *token, struct node *left, struct node *right)
{
	struct node *node, *update;

	check_assignable(compiler, token, left);
	right = convert(compiler, right, left->type, "here");
	update = assign_as_update(compiler, token, left, right);
	if (update)
		return update;
	node = new_node(compiler, NODE_ASSIGN, token);
	node->left = left;
	node->right = right;
	node->type = left->type;
	return node;
}

struct node *update_node(struct compiler *compiler, const struct token *token, enum operation op, struct node *left,
			 struct node *right, bool is_postfix)
{
	struct node *node = new_node(compiler, NODE_UPDATE, token);
	struct node *old = new_node(compiler, NODE_OLD, token);

	check_assignable(compiler, token, left);
	if (left->type->kind == TYPE_STRUCT)
		value_of(compiler, left);
	old->type = left->type;
	node->left = left;
	node->init = old;
	node->third = convert(compiler, binary_node(compiler, token, op, old, right), left->type, NULL);
	node->is_postfix = is_postfix;
	node->type = left->type;
	return node;
}

struct node *address_of(struct compiler *compiler, const struct token *token, struct node *node)
{
	struct node *address = new_node(compiler, NODE_ADDRESS, token);

	address->type = pointer_to(compiler, node->type);
	address->left = node;
	switch (node->kind) {
	case NODE_VARIABLE:
		node->symbol->in_memory = true;
		return address;
	case NODE_GLOBAL:
		return address;
	case NODE_MEMORY:
		if (!node->value) {
			address = new_node(compiler, NODE_CONVERT, token);
			address->left = node->left;
			address->type = pointer_to(compiler, node->type);
			return address;
		}
		return make_binary(compiler, token, OPERATION_ADD, node->left,
				   number_node(compiler, token, node->value, &type_long),
				   pointer_to(compiler, node->type));
	case NODE_OCCURRENCE:
		fail(compiler, token, "a variable of the occurrence (#name) has no address");
	case NODE_REGISTER:
	case NODE_PSEUDO:
		fail(compiler, token, "a register has no address");
	default:
		fail(compiler, token, "only a variable, a member or an element has an address");
	}
}

/* Constants in the address become the displacement of the access. */
struct node *memory_node(struct compiler *compiler, const struct token *token, struct node *pointer,
			 const struct type *type, uint64_t offset)
{
	struct node *node = new_node(compiler, NODE_MEMORY, token);

	while (pointer->kind == NODE_CONVERT && pointer->type->kind == TYPE_POINTER &&
	       pointer->left->type->kind == TYPE_POINTER)
		pointer = pointer->left;
	if (pointer->kind == NODE_BINARY && pointer->op == OPERATION_ADD && pointer->type->kind == TYPE_POINTER &&
	    pointer->right->kind == NODE_NUMBER &&
	    (int64_t)(offset + pointer->right->value) == (int32_t)(offset + pointer->right->value) &&
	    pointer->right->value < 0x40000000) {
		offset += pointer->right->value;
		pointer = pointer->left;
	}
	node->left = pointer;
	node->value = offset;
	node->type = type;
	return node;
}

struct node *dereference(struct compiler *compiler, const struct token *token, struct node *node)
{
	node = value_of(compiler, node);
	if (node->type->kind == TYPE_FLOAT)
		fail(compiler, token, "%s is not an address", type_name(compiler, node->type));
	if (node->type->kind != TYPE_POINTER)
		return memory_node(compiler, token, node, &type_word, 0);
	if (node->type->base->kind == TYPE_VOID)
		fail(compiler, token, "what a void * points at has no type; cast the pointer first");
	if (!node->type->base->complete && node->type->base->kind == TYPE_STRUCT)
		fail(compiler, token, "%s is not complete yet", type_name(compiler, node->type->base));
	if (node->kind == NODE_ADDRESS && node->left->kind == NODE_VARIABLE &&
	    same_type(node->left->type, node->type->base))
		return node->left;
	return memory_node(compiler, token, node, node->type->base, 0);
}

struct node *member_node(struct compiler *compiler, const struct token *token, struct node *aggregate,
			 const struct token *name)
{
	const struct type *type = aggregate->type;

	if (type->kind != TYPE_STRUCT)
		fail(compiler, token, "only a struct has members, and this is %s%s", type_name(compiler, type),
		     type->kind == TYPE_POINTER ? "; use -> behind a pointer" : "");
	for (const struct member *m = type->members; m; m = m->next) {
		if (strcmp(m->name, name->text))
			continue;
		if (aggregate->kind == NODE_MEMORY)
			return memory_node(compiler, token, aggregate->left, m->type, aggregate->value + m->offset);
		return memory_node(compiler, token, address_of(compiler, token, aggregate), m->type, m->offset);
	}
	fail(compiler, name, "%s has no member `%s`", type_name(compiler, type), name->text);
}
