// SPDX-License-Identifier: GPL-2.0
/*
 * Constant folding: what a node with constant operands computes, exactly as
 * the interpreter would.
 */
#include "script/compiler.h"

#include "engine/script_float.h"

/* The value as a register holds it for this type. */
uint64_t normalise(uint64_t value, const struct type *type)
{
	if (type->kind == TYPE_BOOL)
		return value != 0;
	if (type->kind != TYPE_INTEGER)
		return value;
	switch (type->size) {
	case 1:
		return type->is_unsigned ? (uint8_t)value : (uint64_t)(int8_t)value;
	case 2:
		return type->is_unsigned ? (uint16_t)value : (uint64_t)(int16_t)value;
	case 4:
		return type->is_unsigned ? (uint32_t)value : (uint64_t)(int32_t)value;
	default:
		return value;
	}
}

static struct node *replace(struct node *node, enum node_kind kind, uint64_t value)
{
	node->kind = kind;
	node->value = value;
	node->left = node->right = node->third = NULL;
	return node;
}

static bool signed_division(const struct type *type)
{
	return type->kind != TYPE_WORD && !type->is_unsigned;
}

static uint64_t divide(uint64_t left, uint64_t right, bool is_signed, bool modulo)
{
	if (!is_signed)
		return modulo ? left % right : left / right;
	if (right == (uint64_t)-1)
		return modulo ? 0 : -left;
	return modulo ? (uint64_t)((int64_t)left % (int64_t)right) : (uint64_t)((int64_t)left / (int64_t)right);
}

static uint64_t integer_binary(enum operation op, uint64_t left, uint64_t right, const struct type *type)
{
	unsigned int mask = type->size == 4 ? 31 : 63;

	switch (op) {
	case OPERATION_ADD:
		return left + right;
	case OPERATION_SUBTRACT:
		return left - right;
	case OPERATION_MULTIPLY:
		return left * right;
	case OPERATION_DIVIDE:
		return divide(left, right, signed_division(type), false);
	case OPERATION_MODULO:
		return divide(left, right, signed_division(type), true);
	case OPERATION_AND:
		return left & right;
	case OPERATION_OR:
		return left | right;
	case OPERATION_XOR:
		return left ^ right;
	case OPERATION_SHIFT_LEFT:
		return left << (right & mask);
	default:
		return signed_division(type) ? (uint64_t)((int64_t)left >> (right & mask)) : left >> (right & mask);
	}
}

static uint64_t integer_compare(enum operation op, uint64_t left, uint64_t right, bool is_unsigned)
{
	int64_t a = (int64_t)left, b = (int64_t)right;

	switch (op) {
	case OPERATION_EQUAL:
		return left == right;
	case OPERATION_NOT_EQUAL:
		return left != right;
	case OPERATION_LESS:
		return is_unsigned ? left < right : a < b;
	case OPERATION_LESS_EQUAL:
		return is_unsigned ? left <= right : a <= b;
	case OPERATION_GREATER:
		return is_unsigned ? left > right : a > b;
	default:
		return is_unsigned ? left >= right : a >= b;
	}
}

static const uint8_t float_ops[] = {[OPERATION_ADD] = HD_OP_FADD,	    [OPERATION_SUBTRACT] = HD_OP_FSUB,
				    [OPERATION_MULTIPLY] = HD_OP_FMUL, [OPERATION_DIVIDE] = HD_OP_FDIV};
static const uint8_t single_ops[] = {[OPERATION_ADD] = HD_OP_FADD_F32,	   [OPERATION_SUBTRACT] = HD_OP_FSUB_F32,
				     [OPERATION_MULTIPLY] = HD_OP_FMUL_F32, [OPERATION_DIVIDE] = HD_OP_FDIV_F32};

static uint64_t as_double(const struct node *node)
{
	return node->type->size == 4 ? script_float_convert(HD_OP_F_FROM_F32, node->value) : node->value;
}

static uint64_t float_compare(enum operation op, uint64_t left, uint64_t right)
{
	switch (op) {
	case OPERATION_EQUAL:
		return script_float_binary(HD_OP_FEQ, left, right);
	case OPERATION_NOT_EQUAL:
		return script_float_binary(HD_OP_FNE, left, right);
	case OPERATION_LESS:
		return script_float_binary(HD_OP_FLT, left, right);
	case OPERATION_LESS_EQUAL:
		return script_float_binary(HD_OP_FLE, left, right);
	case OPERATION_GREATER:
		return script_float_binary(HD_OP_FLT, right, left);
	default:
		return script_float_binary(HD_OP_FLE, right, left);
	}
}

static struct node *fold_binary(struct node *node)
{
	struct node *l = node->left, *r = node->right;

	if (l->kind == NODE_NUMBER && r->kind == NODE_NUMBER) {
		/* A division by zero stays, for the run that gets there. */
		if ((node->op == OPERATION_DIVIDE || node->op == OPERATION_MODULO) && !r->value)
			return node;
		return replace(node, NODE_NUMBER,
			       normalise(integer_binary(node->op, l->value, r->value, node->type), node->type));
	}
	if (l->kind == NODE_FLOAT && r->kind == NODE_FLOAT)
		return replace(node, NODE_FLOAT,
			       script_float_binary(node->type->size == 4 ? single_ops[node->op] : float_ops[node->op],
						   l->value, r->value));
	return node;
}

static struct node *fold_compare(struct node *node)
{
	struct node *l = node->left, *r = node->right;

	if (l->kind == NODE_NUMBER && r->kind == NODE_NUMBER) {
		bool is_unsigned = l->type->is_unsigned && !(l->type->kind == TYPE_WORD && l->type->machine);

		return replace(node, NODE_NUMBER, integer_compare(node->op, l->value, r->value, is_unsigned));
	}
	if (l->kind == NODE_FLOAT && r->kind == NODE_FLOAT)
		return replace(node, NODE_NUMBER, float_compare(node->op, as_double(l), as_double(r)));
	return node;
}

#define INFINITE_FLOAT 0x7f800000u
#define INFINITE_DOUBLE 0x7ff0000000000000u

bool float_is_large(uint64_t pattern)
{
	return (script_float_convert(HD_OP_F32_FROM_F, pattern) & INFINITE_FLOAT) == INFINITE_FLOAT &&
	       (pattern & INFINITE_DOUBLE) != INFINITE_DOUBLE;
}

bool float_is_lost(uint64_t pattern)
{
	return float_is_large(pattern) ||
	       (pattern << 1 && !((uint32_t)script_float_convert(HD_OP_F32_FROM_F, pattern) << 1));
}

static struct node *fold_convert(struct node *node)
{
	const struct node *from = node->left;
	const struct type *type = node->type;
	uint64_t value = from->value;

	if (from->kind == NODE_FLOAT && type->kind == TYPE_FLOAT) {
		if (from->type->size != type->size)
			value = script_float_convert(type->size == 4 ? HD_OP_F32_FROM_F : HD_OP_F_FROM_F32, value);
		return replace(node, NODE_FLOAT, value);
	}
	if (from->kind == NODE_FLOAT && type->kind == TYPE_BOOL)
		return replace(node, NODE_NUMBER, float_compare(OPERATION_NOT_EQUAL, as_double(from), 0));
	if (from->kind == NODE_FLOAT && is_integer(type)) {
		bool is_unsigned = type->is_unsigned && type->size == 8;

		value = script_float_convert(is_unsigned ? HD_OP_U_FROM_F : HD_OP_S_FROM_F, as_double(from));
		return replace(node, NODE_NUMBER, normalise(value, type));
	}
	if (from->kind == NODE_NUMBER && type->kind == TYPE_FLOAT) {
		bool is_unsigned = from->type->is_unsigned && !from->type->machine;

		if (type->size == 4)
			value = script_float_convert(is_unsigned ? HD_OP_F32_FROM_U : HD_OP_F32_FROM_S, value);
		else
			value = script_float_convert(is_unsigned ? HD_OP_F_FROM_U : HD_OP_F_FROM_S, value);
		return replace(node, NODE_FLOAT, value);
	}
	if (from->kind == NODE_NUMBER && is_scalar(type))
		return replace(node, NODE_NUMBER, normalise(value, type));
	return node;
}

static struct node *fold_unary(struct node *node)
{
	const struct node *from = node->left;

	if (from->kind == NODE_FLOAT && node->kind == NODE_NEGATE)
		return replace(node, NODE_FLOAT, from->value ^ 1ull << (node->type->size * 8 - 1));
	if (from->kind != NODE_NUMBER)
		return node;
	switch (node->kind) {
	case NODE_NEGATE:
		return replace(node, NODE_NUMBER, normalise(-from->value, node->type));
	case NODE_COMPLEMENT:
		return replace(node, NODE_NUMBER, normalise(~from->value, node->type));
	default:
		return replace(node, NODE_NUMBER, !from->value);
	}
}

/* An unneeded right side disappears; a needed one stays with its effects. */
static struct node *fold_logical(struct node *node)
{
	const struct node *l = node->left, *r = node->right;

	if (l->kind == NODE_NUMBER && (l->value != 0) == (node->kind == NODE_OR))
		return replace(node, NODE_NUMBER, l->value != 0);
	if (l->kind == NODE_NUMBER && r->kind == NODE_NUMBER)
		return replace(node, NODE_NUMBER, r->value != 0);
	return node;
}

struct node *fold(struct compiler *compiler, struct node *node)
{
	(void)compiler;
	switch (node->kind) {
	case NODE_BINARY:
		return fold_binary(node);
	case NODE_COMPARE:
		return fold_compare(node);
	case NODE_CONVERT:
		return fold_convert(node);
	case NODE_NEGATE:
	case NODE_COMPLEMENT:
	case NODE_NOT:
		return fold_unary(node);
	case NODE_AND:
	case NODE_OR:
		return fold_logical(node);
	default:
		return node;
	}
}
