// SPDX-License-Identifier: GPL-2.0
/*
 * Comparisons and conditions.
 */
#include "script/generate.h"

/* In the order of enum operation from OPERATION_EQUAL on: unsigned, signed. */
static const struct {
	uint8_t value[2], jump[2];
} compare_ops[] = {
	{{HD_OP_EQ, HD_OP_EQ}, {HD_OP_JEQ, HD_OP_JEQ}},	    {{HD_OP_NE, HD_OP_NE}, {HD_OP_JNE, HD_OP_JNE}},
	{{HD_OP_LTU, HD_OP_LTS}, {HD_OP_JLTU, HD_OP_JLTS}}, {{HD_OP_LEU, HD_OP_LES}, {HD_OP_JLEU, HD_OP_JLES}},
	{{HD_OP_GTU, HD_OP_GTS}, {HD_OP_JGTU, HD_OP_JGTS}}, {{HD_OP_GEU, HD_OP_GES}, {HD_OP_JGEU, HD_OP_JGES}},
};

static enum operation inverse(enum operation op)
{
	static const enum operation table[] = {OPERATION_NOT_EQUAL, OPERATION_EQUAL,	 OPERATION_GREATER_EQUAL,
					       OPERATION_GREATER,   OPERATION_LESS_EQUAL, OPERATION_LESS};

	return table[op - OPERATION_EQUAL];
}

/* With the operands exchanged. */
static enum operation mirrored(enum operation op)
{
	static const enum operation table[] = {OPERATION_EQUAL,	  OPERATION_NOT_EQUAL,	   OPERATION_GREATER,
					       OPERATION_GREATER_EQUAL, OPERATION_LESS, OPERATION_LESS_EQUAL};

	return table[op - OPERATION_EQUAL];
}

static bool compares_signed(const struct node *node)
{
	const struct type *type = node->left->type;

	return type->kind == TYPE_WORD ? type->machine : !type->is_unsigned;
}

/* A float operand as a double. */
static unsigned int gen_double(struct generator *g, struct node *node)
{
	unsigned int reg = gen(g, node, ANY);

	if (node->type->size == 4) {
		unsigned int wide = take_register(g);

		emit(g, HD_OP_F_FROM_F32, wide, reg, 0, 0);
		return wide;
	}
	return reg;
}

static unsigned int gen_float_compare(struct generator *g, struct node *node, int destination)
{
	static const uint8_t ops[] = {HD_OP_FEQ, HD_OP_FNE, HD_OP_FLT, HD_OP_FLE, HD_OP_FLT, HD_OP_FLE};
	bool swap = node->op == OPERATION_GREATER || node->op == OPERATION_GREATER_EQUAL;
	unsigned int mark = g->temporary;
	unsigned int left = gen_double(g, node->left), right = gen_double(g, node->right), to;

	g->temporary = mark;
	to = destination == ANY ? take_register(g) : (unsigned int)destination;
	emit(g, ops[node->op - OPERATION_EQUAL], to, swap ? right : left, swap ? left : right, 0);
	return to;
}

/* The operands with a constant on the right. */
static enum operation order_operands(struct node *node, struct node **left, struct node **right)
{
	*left = node->left;
	*right = node->right;
	if ((*left)->kind != NODE_NUMBER || (*right)->kind == NODE_NUMBER)
		return node->op;
	*left = node->right;
	*right = node->left;
	return mirrored(node->op);
}

static unsigned int gen_compare(struct generator *g, struct node *node, int destination)
{
	struct node *l, *r;
	enum operation op = order_operands(node, &l, &r);
	unsigned int mark = g->temporary, left, right = 0, to;
	enum hd_op code = compare_ops[op - OPERATION_EQUAL].value[compares_signed(node)];
	bool constant = r->kind == NODE_NUMBER && fits(r->value);

	left = gen(g, l, ANY);
	if (!constant)
		right = gen(g, r, ANY);
	g->temporary = mark;
	to = destination == ANY ? take_register(g) : (unsigned int)destination;
	g->token = node->token;
	if (constant)
		emit(g, code + 1, to, left, 0, (int32_t)r->value);
	else
		emit(g, code, to, left, right, 0);
	return to;
}

unsigned int gen_truth(struct generator *g, struct node *node, int destination)
{
	struct label *no, *end;
	unsigned int to;

	if (node->kind == NODE_COMPARE)
		return node->left->type->kind == TYPE_FLOAT ? gen_float_compare(g, node, destination) :
							      gen_compare(g, node, destination);
	if (node->kind == NODE_NOT && node->left->kind != NODE_AND && node->left->kind != NODE_OR) {
		unsigned int mark = g->temporary, operand = gen(g, node->left, ANY);

		g->temporary = mark;
		to = destination == ANY ? take_register(g) : (unsigned int)destination;
		emit(g, HD_OP_EQI, to, operand, 0, 0);
		return to;
	}
	no = new_label(g);
	end = new_label(g);
	gen_branch(g, node, false, no);
	to = destination == ANY ? take_register(g) : (unsigned int)destination;
	emit(g, HD_OP_LI, to, 0, 0, 1);
	emit_jump(g, HD_OP_JUMP, 0, 0, 0, end);
	bind(g, no);
	emit(g, HD_OP_LI, to, 0, 0, 0);
	bind(g, end);
	return to;
}

static bool is_small(const struct node *node)
{
	return node->kind == NODE_NUMBER && (int64_t)node->value == (int16_t)node->value;
}

/* `if ($context == 1)` and its like: one instruction. */
static bool branch_pseudo(struct generator *g, const struct node *node, enum operation op, const struct node *left,
			  const struct node *right, struct label *label)
{
	if (left->kind != NODE_PSEUDO || left->value == HD_PSEUDO_BUFFER || !is_small(right) || label->bound ||
	    (op != OPERATION_EQUAL && op != OPERATION_NOT_EQUAL))
		return false;
	g->token = node->token;
	emit_jump(g, op == OPERATION_EQUAL ? HD_OP_JPSEUDO_EQI : HD_OP_JPSEUDO_NEI, (unsigned int)left->value,
		  right->value & 0xff, right->value >> 8 & 0xff, label);
	return true;
}

static void branch_compare(struct generator *g, struct node *node, bool sense, struct label *label)
{
	struct node *l, *r;
	enum operation op = order_operands(node, &l, &r);
	unsigned int mark = g->temporary, left, right;
	enum hd_op code;

	if (!sense)
		op = inverse(op);
	code = compare_ops[op - OPERATION_EQUAL].jump[compares_signed(node)];
	if (branch_pseudo(g, node, op, l, r, label))
		return;
	left = gen(g, l, ANY);
	if (is_small(r)) {
		g->temporary = mark;
		g->token = node->token;
		emit_jump(g, code + 2, left, r->value & 0xff, r->value >> 8 & 0xff, label);
		return;
	}
	right = gen(g, r, ANY);
	g->temporary = mark;
	g->token = node->token;
	emit_jump(g, code, left, right, 0, label);
}

/* left && right (or ||), where jumping needs one side or both. */
static void branch_logical(struct generator *g, struct node *node, bool sense, struct label *label)
{
	bool either = (node->kind == NODE_OR) == sense;

	if (either) {
		gen_branch(g, node->left, sense, label);
		gen_branch(g, node->right, sense, label);
	} else {
		struct label *skip = new_label(g);

		gen_branch(g, node->left, !sense, skip);
		gen_branch(g, node->right, sense, label);
		bind(g, skip);
	}
}

void gen_branch(struct generator *g, struct node *node, bool sense, struct label *label)
{
	unsigned int mark = g->temporary, reg;

	switch (node->kind) {
	case NODE_NUMBER:
		if ((node->value != 0) == sense)
			emit_jump(g, HD_OP_JUMP, 0, 0, 0, label);
		return;
	case NODE_NOT:
		gen_branch(g, node->left, !sense, label);
		return;
	case NODE_AND:
	case NODE_OR:
		branch_logical(g, node, sense, label);
		return;
	case NODE_COMPARE:
		if (node->left->type->kind != TYPE_FLOAT) {
			branch_compare(g, node, sense, label);
			return;
		}
		break;
	default:
		break;
	}
	reg = gen(g, node, ANY);
	g->temporary = mark;
	g->token = node->token;
	emit_jump(g, sense ? HD_OP_JNZ : HD_OP_JZ, reg, 0, 0, label);
}
