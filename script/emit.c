// SPDX-License-Identifier: GPL-2.0
/*
 * Instructions, labels, registers.
 */
#include "script/generate.h"

#include <string.h>

#define MAX_REGISTER 250u

uint32_t position(const struct generator *g)
{
	return (uint32_t)(g->code.used / sizeof(struct hd_instruction));
}

unsigned int take_register(struct generator *g)
{
	if (g->temporary >= MAX_REGISTER)
		fail(g->compiler, g->token, "this expression needs too many registers; split it");
	if (++g->temporary > g->registers)
		g->registers = g->temporary;
	return g->temporary - 1;
}

static void note_line(struct generator *g)
{
	struct hd_program_line line = {.instruction = (uint16_t)position(g)};
	const struct hd_program_line *last =
		g->lines.used ? (const void *)(g->lines.bytes + g->lines.used - sizeof(line)) : NULL;

	if (!g->token)
		return;
	line.file = g->token->file->number;
	line.line = (uint16_t)(g->token->line > UINT16_MAX ? UINT16_MAX : g->token->line);
	line.column = (uint16_t)(g->token->column > UINT16_MAX ? UINT16_MAX : g->token->column);
	if (!last || last->line != line.line || last->column != line.column || last->file != line.file)
		buffer_add(&g->lines, &line, sizeof(line));
}

/* `t = p + q`, a move, and a move of t: one instruction in the place of the addition. */
static bool fuse_add(struct generator *g, unsigned int a, unsigned int b)
{
	struct hd_instruction *move = (void *)(g->code.bytes + g->code.used - sizeof(*move)), *add = move - 1;

	if (position(g) - g->entry < 2 || g->last_label == position(g) - 1 || add->a != b || move->a == b ||
	    add->op < HD_OP_ADD || add->op > HD_OP_ADD_U32)
		return false;
	add->op = (uint8_t)(HD_OP_ADD_MOVE2 + (add->op - HD_OP_ADD));
	add->imm = (int32_t)(move->a | (unsigned int)move->b << 8 | a << 16);
	g->code.used -= sizeof(*move);
	return true;
}

/* Two moves in a row: one instruction. */
static bool fuse_moves(struct generator *g, unsigned int a, unsigned int b)
{
	struct hd_instruction *last = (void *)(g->code.bytes + g->code.used - sizeof(*last));

	if (position(g) == g->entry || g->last_label == position(g) || last->op != HD_OP_MOVE)
		return false;
	if (fuse_add(g, a, b))
		return true;
	last->op = HD_OP_MOVE2;
	last->c = (uint8_t)a;
	last->imm = (int32_t)b;
	return true;
}

void emit(struct generator *g, enum hd_op op, unsigned int a, unsigned int b, unsigned int c, int32_t imm)
{
	struct hd_instruction instruction = {(uint8_t)op, (uint8_t)a, (uint8_t)b, (uint8_t)c, imm};

	if (g->dead)
		return;
	if (op == HD_OP_MOVE && fuse_moves(g, a, b))
		return;
	if (position(g) >= HD_PROGRAM_MAX_INSTRUCTIONS - 2)
		fail(g->compiler, g->token, "the script is too long");
	note_line(g);
	buffer_add(&g->code, &instruction, sizeof(instruction));
	if (op == HD_OP_RET || op == HD_OP_END || op == HD_OP_JUMP || op == HD_OP_JUMP_LOOP)
		g->dead = true;
}

struct label *new_label(struct generator *g)
{
	return arena_allocate(g->compiler, sizeof(struct label));
}

void bind(struct generator *g, struct label *label)
{
	struct hd_instruction *code = (void *)g->code.bytes;

	label->bound = true;
	label->position = position(g);
	g->last_label = label->position;
	for (const struct patch *p = label->patches; p; p = p->next) {
		code[p->at].imm = (int32_t)(label->position - p->at - 1);
		g->dead = false;
	}
}

/* `i = i + n` right before the backward test of i: one instruction. */
static bool fuse_step(struct generator *g, enum hd_op op, unsigned int a, unsigned int b, unsigned int c,
		      uint32_t target)
{
	static const struct {
		uint8_t jump, step;
		bool constant;
	} table[] = {
		{HD_OP_JLTU_LOOP, HD_OP_STEP_LTU, false},  {HD_OP_JLTS_LOOP, HD_OP_STEP_LTS, false},
		{HD_OP_JLEU_LOOP, HD_OP_STEP_LEU, false},  {HD_OP_JLES_LOOP, HD_OP_STEP_LES, false},
		{HD_OP_JLTUI_LOOP, HD_OP_STEP_LTUI, true}, {HD_OP_JLTSI_LOOP, HD_OP_STEP_LTSI, true},
		{HD_OP_JLEUI_LOOP, HD_OP_STEP_LEUI, true}, {HD_OP_JLESI_LOOP, HD_OP_STEP_LESI, true},
	};
	struct hd_instruction *last;

	if (g->dead || position(g) == g->entry || g->last_label == position(g) || target == position(g))
		return false;
	last = (void *)(g->code.bytes + g->code.used - sizeof(*last));
	if ((last->op != HD_OP_ADDI && last->op != HD_OP_ADDI_S32) || last->a != a || last->b != a)
		return false;
	for (size_t i = 0; i < HD_ARRAY_SIZE(table); i++) {
		if (table[i].jump != op)
			continue;
		if (table[i].constant ? last->imm != 1 : last->imm < -128 || last->imm > 127 || b == a)
			return false;
		last->op = table[i].step;
		last->b = (uint8_t)b;
		last->c = table[i].constant ? (uint8_t)c : (uint8_t)(int8_t)last->imm;
		last->imm = (int32_t)(target - position(g));
		return true;
	}
	return false;
}

void emit_jump(struct generator *g, enum hd_op op, unsigned int a, unsigned int b, unsigned int c,
	       struct label *label)
{
	if (g->dead)
		return;
	if (label->bound) {
		op = (enum hd_op)(op + 1);
		if (!fuse_step(g, op, a, b, c, label->position))
			emit(g, op, a, b, c, (int32_t)(label->position - position(g) - 1));
		return;
	}
	{
		struct patch *patch = arena_allocate(g->compiler, sizeof(*patch));

		patch->at = position(g);
		patch->next = label->patches;
		label->patches = patch;
	}
	emit(g, op, a, b, c, 0);
}

void emit_number(struct generator *g, unsigned int reg, uint64_t value)
{
	uint64_t *constants = (void *)g->constants.bytes;
	size_t count = g->constants.used / sizeof(value), i;

	if (fits(value)) {
		emit(g, HD_OP_LI, reg, 0, 0, (int32_t)value);
		return;
	}
	for (i = 0; i < count && constants[i] != value; i++)
		;
	if (i == count)
		buffer_add(&g->constants, &value, sizeof(value));
	emit(g, HD_OP_LK, reg, 0, 0, (int32_t)i);
}
