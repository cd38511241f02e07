// SPDX-License-Identifier: GPL-2.0
/*
 * Values of expressions.
 */
#include "script/generate.h"

static unsigned int target(struct generator *g, int destination)
{
	return destination == ANY ? take_register(g) : (unsigned int)destination;
}

/* ---- arithmetic ---- */

/* 0, 1 or 2: the variant of an operation for this type. */
static unsigned int width_variant(const struct type *type)
{
	return type->kind != TYPE_INTEGER || type->size != 4 ? 0 : type->is_unsigned ? 2 : 1;
}

static bool divides_signed(const struct type *type)
{
	return type->kind == TYPE_INTEGER && !type->is_unsigned;
}

/* The opcode, and how far its form with a constant is. */
static enum hd_op binary_op(const struct node *node, unsigned int *constant_form)
{
	const struct type *type = node->type;
	unsigned int variant = width_variant(type);

	*constant_form = 1;
	switch (node->op) {
	case OPERATION_AND:
		return HD_OP_AND;
	case OPERATION_OR:
		return HD_OP_OR;
	case OPERATION_XOR:
		return HD_OP_XOR;
	case OPERATION_DIVIDE:
		return divides_signed(type) ? HD_OP_DIVS : HD_OP_DIVU;
	case OPERATION_MODULO:
		return divides_signed(type) ? HD_OP_MODS : HD_OP_MODU;
	case OPERATION_SHIFT_RIGHT:
		if (divides_signed(type))
			return variant ? HD_OP_SAR_32 : HD_OP_SAR;
		return variant ? HD_OP_SHR_32 : HD_OP_SHR;
	default:
		break;
	}
	*constant_form = 3;
	switch (node->op) {
	case OPERATION_SUBTRACT:
		return HD_OP_SUB + variant;
	case OPERATION_MULTIPLY:
		return HD_OP_MUL + variant;
	case OPERATION_SHIFT_LEFT:
		return HD_OP_SHL + variant;
	default:
		return HD_OP_ADD + variant;
	}
}

static bool is_power_of_two(uint64_t value, unsigned int *shift)
{
	*shift = value ? (unsigned int)__builtin_ctzll(value) : 0;
	return value && !(value & (value - 1)) && value <= INT32_MAX;
}

/* Unsigned division by a power of two. */
static bool gen_cheap_division(struct generator *g, const struct node *node, unsigned int to, unsigned int left)
{
	unsigned int shift;

	if (divides_signed(node->type) || !is_power_of_two(node->right->value, &shift))
		return false;
	if (node->op == OPERATION_DIVIDE)
		emit(g, HD_OP_SHRI, to, left, 0, (int32_t)shift);
	else
		emit(g, HD_OP_ANDI, to, left, 0, (int32_t)(node->right->value - 1));
	return true;
}

static bool is_scaled(const struct node *node)
{
	return node->kind == NODE_BINARY && node->op == OPERATION_MULTIPLY && node->right->kind == NODE_NUMBER &&
	       fits(node->right->value) && width_variant(node->type) == 0;
}

/* left + right.left * constant */
static bool gen_multiply_add(struct generator *g, struct node *node, int destination, unsigned int *to)
{
	struct node *sum = node->left, *product = node->right;
	unsigned int mark = g->temporary, b, c;

	if (node->op != OPERATION_ADD || width_variant(node->type))
		return false;
	if (!is_scaled(product)) {
		product = node->left;
		sum = node->right;
	}
	if (!is_scaled(product))
		return false;
	b = gen(g, sum, ANY);
	c = gen(g, product->left, ANY);
	g->temporary = mark;
	*to = target(g, destination);
	emit(g, HD_OP_MULADD, *to, b, c, (int32_t)product->right->value);
	return true;
}

/* The one signed quotient that leaves its 32 bits: INT_MIN / -1. */
static bool may_overflow(const struct node *node)
{
	return node->op == OPERATION_DIVIDE && width_variant(node->type) == 1 &&
	       !(node->right->kind == NODE_NUMBER && node->right->value != (uint64_t)-1);
}

static unsigned int gen_integer(struct generator *g, struct node *node, int destination)
{
	unsigned int mark = g->temporary, constant_form, left, right, to;
	enum hd_op op = binary_op(node, &constant_form);
	bool division = node->op == OPERATION_DIVIDE || node->op == OPERATION_MODULO;

	if (gen_multiply_add(g, node, destination, &to))
		return to;
	left = gen(g, node->left, ANY);
	if (node->right->kind == NODE_NUMBER && fits(node->right->value)) {
		g->temporary = mark;
		to = target(g, destination);
		g->token = node->token;
		if (!division || !gen_cheap_division(g, node, to, left))
			emit(g, op + constant_form, to, left, 0, (int32_t)node->right->value);
	} else {
		right = gen(g, node->right, ANY);
		g->temporary = mark;
		to = target(g, destination);
		g->token = node->token;
		emit(g, op, to, left, right, 0);
	}
	if (may_overflow(node))
		emit(g, HD_OP_SX32, to, to, 0, 0);
	return to;
}

static unsigned int gen_float_binary(struct generator *g, struct node *node, int destination)
{
	static const uint8_t ops[][2] = {[OPERATION_ADD] = {HD_OP_FADD, HD_OP_FADD_F32},
					 [OPERATION_SUBTRACT] = {HD_OP_FSUB, HD_OP_FSUB_F32},
					 [OPERATION_MULTIPLY] = {HD_OP_FMUL, HD_OP_FMUL_F32},
					 [OPERATION_DIVIDE] = {HD_OP_FDIV, HD_OP_FDIV_F32}};
	unsigned int mark = g->temporary;
	unsigned int left = gen(g, node->left, ANY), right = gen(g, node->right, ANY), to;

	g->temporary = mark;
	to = target(g, destination);
	emit(g, ops[node->op][node->type->size == 4], to, left, right, 0);
	return to;
}

static unsigned int gen_negate(struct generator *g, struct node *node, int destination)
{
	unsigned int mark = g->temporary, operand = gen(g, node->left, ANY), to, sign;

	if (node->type->kind == TYPE_FLOAT) {
		sign = take_register(g);
		emit_number(g, sign, 1ull << (node->type->size * 8 - 1));
		g->temporary = mark;
		to = target(g, destination);
		emit(g, HD_OP_XOR, to, operand, sign, 0);
		return to;
	}
	g->temporary = mark;
	to = target(g, destination);
	emit(g, node->kind == NODE_NEGATE ? HD_OP_NEG : HD_OP_NOT, to, operand, 0, 0);
	if (width_variant(node->type) == 2)
		emit(g, HD_OP_ZX32, to, to, 0, 0);
	else if (width_variant(node->type) == 1 && node->kind == NODE_NEGATE)
		emit(g, HD_OP_SX32, to, to, 0, 0);
	return to;
}

/* ---- conversions ---- */

static bool converts_unsigned(const struct type *type)
{
	return type->is_unsigned && type->size == 8 && !type->machine;
}

static void convert_float(struct generator *g, const struct type *from, const struct type *type, unsigned int to,
			  unsigned int operand)
{
	if (from->kind == TYPE_FLOAT && type->kind == TYPE_FLOAT) {
		emit(g, type->size == 4 ? HD_OP_F32_FROM_F : HD_OP_F_FROM_F32, to, operand, 0, 0);
	} else if (type->kind == TYPE_FLOAT) {
		bool is_unsigned = converts_unsigned(from);

		if (type->size == 4)
			emit(g, is_unsigned ? HD_OP_F32_FROM_U : HD_OP_F32_FROM_S, to, operand, 0, 0);
		else
			emit(g, is_unsigned ? HD_OP_F_FROM_U : HD_OP_F_FROM_S, to, operand, 0, 0);
	} else {
		if (from->size == 4) {
			emit(g, HD_OP_F_FROM_F32, to, operand, 0, 0);
			operand = to;
		}
		emit(g, type->is_unsigned && type->size == 8 ? HD_OP_U_FROM_F : HD_OP_S_FROM_F, to, operand, 0, 0);
	}
}

/* The instruction that makes a register hold `type`, or 0 if it does already. */
static enum hd_op narrowing(const struct type *from, const struct type *type)
{
	static const uint8_t ops[][2] = {{0, 0}, {HD_OP_SX8, HD_OP_ZX8}, {HD_OP_SX16, HD_OP_ZX16}, {0, 0},
					 {HD_OP_SX32, HD_OP_ZX32}};

	if (type->size == 8 || (from->size < type->size && (from->is_unsigned || !type->is_unsigned)) ||
	    (from->size == type->size && from->is_unsigned == type->is_unsigned))
		return 0;
	return ops[type->size][type->is_unsigned];
}

static unsigned int gen_to_bool(struct generator *g, struct node *node, int destination)
{
	unsigned int mark = g->temporary, operand, to, zero;

	if (node->left->kind == NODE_COMPARE || node->left->kind == NODE_NOT || node->left->kind == NODE_AND ||
	    node->left->kind == NODE_OR)
		return gen_truth(g, node->left, destination);
	operand = gen(g, node->left, ANY);
	if (node->left->type->kind == TYPE_FLOAT) {
		if (node->left->type->size == 4) {
			to = take_register(g);
			emit(g, HD_OP_F_FROM_F32, to, operand, 0, 0);
			operand = to;
		}
		zero = take_register(g);
		emit(g, HD_OP_LI, zero, 0, 0, 0);
		g->temporary = mark;
		to = target(g, destination);
		emit(g, HD_OP_FNE, to, operand, zero, 0);
		return to;
	}
	g->temporary = mark;
	to = target(g, destination);
	emit(g, HD_OP_NEI, to, operand, 0, 0);
	return to;
}

static unsigned int gen_convert(struct generator *g, struct node *node, int destination)
{
	const struct type *from = node->left->type, *type = node->type;
	unsigned int mark = g->temporary, operand, to;
	enum hd_op op;

	if (type->kind == TYPE_VOID) {
		gen_discard(g, node->left);
		return 0;
	}
	if (type->kind == TYPE_BOOL && from->kind != TYPE_BOOL)
		return gen_to_bool(g, node, destination);
	if (from->kind == TYPE_FLOAT || type->kind == TYPE_FLOAT) {
		if (from->kind == type->kind && from->size == type->size)
			return gen(g, node->left, destination);
		operand = gen(g, node->left, ANY);
		g->temporary = mark;
		to = target(g, destination);
		convert_float(g, from, type, to, operand);
		if (is_integer(type) && type->size < 8)
			emit(g, narrowing(&type_long, type), to, to, 0, 0);
		return to;
	}
	op = narrowing(from, type);
	if (!op)
		return gen(g, node->left, destination);
	operand = gen(g, node->left, ANY);
	g->temporary = mark;
	to = target(g, destination);
	emit(g, op, to, operand, 0, 0);
	return to;
}

/* ---- calls ---- */

/* Evaluates the arguments into consecutive registers; returns the first. */
static unsigned int gen_arguments(struct generator *g, struct node *list)
{
	unsigned int first = g->temporary;

	for (unsigned int reg = first; list; list = list->next, reg++) {
		g->temporary = reg;
		take_register(g); /* so that it counts; what it holds is written last */
		g->temporary = reg;
		gen(g, list, (int)reg);
		g->temporary = reg + 1;
	}
	return first;
}

/* The interlocked functions on 8 bytes that are an instruction of their own. */
static bool gen_atomic(struct generator *g, const struct node *node, unsigned int first)
{
	int32_t step = node->value == SCRIPT_BUILTIN_INTERLOCKED_DECREMENT ? -1 : 1;
	if (node->kind != NODE_BUILTIN || node->width != 8)
		return false;
	switch (node->value) {
	case SCRIPT_BUILTIN_INTERLOCKED_INCREMENT:
	case SCRIPT_BUILTIN_INTERLOCKED_DECREMENT:
		emit(g, HD_OP_ATOMIC_STEP, first, 0, 0, step);
		return true;
	case SCRIPT_BUILTIN_INTERLOCKED_EXCHANGE_ADD:
		emit(g, HD_OP_ATOMIC_ADD, first, first + 1, 0, 0);
		return true;
	case SCRIPT_BUILTIN_INTERLOCKED_EXCHANGE:
		emit(g, HD_OP_ATOMIC_EXCHANGE, first, first + 1, 0, 0);
		return true;
	default:
		return false;
	}
}

static unsigned int gen_call(struct generator *g, struct node *node)
{
	unsigned int first = gen_arguments(g, node->list);

	g->temporary = first;
	take_register(g); /* the result's */
	g->token = node->token;
	if (gen_atomic(g, node, first))
		return first;
	switch (node->kind) {
	case NODE_CALL:
		emit(g, HD_OP_CALL, first, 0, 0, (int32_t)node->function->index);
		break;
	case NODE_BUILTIN:
		emit(g, HD_OP_BUILTIN, first, node->count, node->width, (int32_t)node->value);
		break;
	default: {
		unsigned int arguments = 0;

		for (const struct node *a = node->list; a; a = a->next)
			arguments++;
		emit(g, HD_OP_PRINT, first, arguments, node->count, (int32_t)node->value);
	}
	}
	return first;
}

static unsigned int gen_choice(struct generator *g, struct node *node, int destination)
{
	struct label *no = new_label(g), *end = new_label(g);
	unsigned int mark = g->temporary, to = 0;
	bool is_void = node->type->kind == TYPE_VOID;

	gen_branch(g, node->left, false, no);
	g->temporary = mark;
	if (!is_void)
		to = target(g, destination);
	if (is_void)
		gen_discard(g, node->right);
	else
		gen(g, node->right, (int)to);
	emit_jump(g, HD_OP_JUMP, 0, 0, 0, end);
	bind(g, no);
	if (is_void)
		gen_discard(g, node->third);
	else
		gen(g, node->third, (int)to);
	bind(g, end);
	return to;
}

unsigned int gen_address(struct generator *g, struct node *node, int destination)
{
	unsigned int mark = g->temporary, base, to;
	int32_t offset = 0;

	switch (node->kind) {
	case NODE_VARIABLE:
		to = target(g, destination);
		emit(g, HD_OP_LOCAL, to, 0, 0, (int32_t)node->symbol->offset);
		return to;
	case NODE_GLOBAL:
		to = target(g, destination);
		emit(g, HD_OP_ADDRG, to, 0, 0, (int32_t)node->value);
		return to;
	case NODE_MEMORY:
		offset = (int32_t)node->value;
		if (!offset)
			return gen(g, node->left, destination);
		base = gen(g, node->left, ANY);
		g->temporary = mark;
		to = target(g, destination);
		emit(g, HD_OP_ADDI, to, base, 0, offset);
		return to;
	case NODE_ASSIGN:
		gen(g, node, ANY);
		return gen_address(g, node->left, destination);
	default:
		fail(g->compiler, node->token, "a whole %s cannot be used here", type_name(g->compiler, node->type));
	}
}

static unsigned int gen_plain(struct generator *g, struct node *node, int destination)
{
	unsigned int to;

	switch (node->kind) {
	case NODE_NUMBER:
	case NODE_FLOAT:
		for (const struct hoisted *h = g->function->hoisted; h && destination == ANY; h = h->next)
			if (!h->is_pseudo && h->value == node->value)
				return (unsigned int)h->reg;
		to = target(g, destination);
		emit_number(g, to, node->value);
		return to;
	case NODE_STRING:
		to = target(g, destination);
		emit(g, HD_OP_DATA, to, 0, 0, (int32_t)node->value);
		return to;
	case NODE_PSEUDO:
		for (const struct hoisted *h = g->function->hoisted; h && destination == ANY; h = h->next)
			if (h->is_pseudo && h->value == node->value)
				return (unsigned int)h->reg;
		to = target(g, destination);
		emit(g, HD_OP_GETPSEUDO, to, 0, 0, (int32_t)node->value);
		return to;
	case NODE_VARIABLE:
	case NODE_GLOBAL:
	case NODE_OCCURRENCE:
	case NODE_REGISTER:
	case NODE_MEMORY:
		return gen_load(g, node, destination);
	case NODE_OLD:
		return (unsigned int)node->reg_number;
	case NODE_ADDRESS:
		return gen_address(g, node->left, destination);
	case NODE_BINARY:
		return node->type->kind == TYPE_FLOAT ? gen_float_binary(g, node, destination) :
							gen_integer(g, node, destination);
	case NODE_NEGATE:
	case NODE_COMPLEMENT:
		return gen_negate(g, node, destination);
	case NODE_COMPARE:
	case NODE_AND:
	case NODE_OR:
	case NODE_NOT:
		return gen_truth(g, node, destination);
	case NODE_CONVERT:
		return gen_convert(g, node, destination);
	case NODE_CONDITIONAL:
		return gen_choice(g, node, destination);
	case NODE_COMMA:
		gen_discard(g, node->left);
		return gen(g, node->right, destination);
	case NODE_ASSIGN:
		return gen_assign(g, node, destination);
	case NODE_UPDATE:
		return gen_update(g, node, destination, true);
	default:
		return gen_call(g, node);
	}
}

unsigned int gen(struct generator *g, struct node *node, int destination)
{
	unsigned int reg = gen_plain(g, node, destination);

	if (destination == ANY || reg == (unsigned int)destination)
		return reg;
	emit(g, HD_OP_MOVE, (unsigned int)destination, reg, 0, 0);
	return (unsigned int)destination;
}

void gen_discard(struct generator *g, struct node *node)
{
	unsigned int mark = g->temporary;

	if ((node->kind == NODE_UPDATE || node->kind == NODE_ASSIGN) && gen_register_bits(g, node))
		return;
	if (node->kind == NODE_UPDATE)
		gen_update(g, node, ANY, false);
	else if (node->kind == NODE_COMMA) {
		gen_discard(g, node->left);
		gen_discard(g, node->right);
	} else if (node->type->kind == TYPE_STRUCT && node->kind != NODE_ASSIGN)
		gen_address(g, node, ANY);
	else if (node->type->kind != TYPE_ARRAY)
		gen(g, node, ANY);
	g->temporary = mark;
}
