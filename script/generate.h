/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Inside the code generator.
 *
 * Variables that need no address live in registers of their own, numbered from
 * 0; temporaries are a stack of registers above them. An expression's value is
 * left in a register of the caller's choice, or wherever it already is. A
 * destination is written by the last instruction only, so it may be one of the
 * operands.
 */
#ifndef SCRIPT_GENERATE_H
#define SCRIPT_GENERATE_H

#include "script/compiler.h"

struct patch {
	struct patch *next;
	uint32_t at;
};

/* A place in the code; bound when `position` is known. */
struct label {
	struct patch *patches;
	uint32_t position;
	bool bound;
};

struct generator {
	struct compiler *compiler;
	struct buffer code, lines, constants, functions;
	struct function *function;
	unsigned int variables; /* registers of variables */
	unsigned int temporary; /* the next free register */
	unsigned int registers; /* so many are used */
	uint32_t memory;
	uint32_t entry;
	bool dead;		/* nothing gets here: instructions are dropped */
	uint32_t last_label;	/* position of the latest label, where nothing may be fused */
	const struct token *token; /* what runtime errors name */
	struct label *break_label, *continue_label;
};

#define ANY (-1)

/* emit.c */
void emit(struct generator *g, enum hd_op op, unsigned int a, unsigned int b, unsigned int c, int32_t imm);
/* A jump whose forward form is `op`; op + 1 is the backward one. */
void emit_jump(struct generator *g, enum hd_op op, unsigned int a, unsigned int b, unsigned int c,
	       struct label *label);
struct label *new_label(struct generator *g);
void bind(struct generator *g, struct label *label);
uint32_t position(const struct generator *g);
unsigned int take_register(struct generator *g);
void emit_number(struct generator *g, unsigned int reg, uint64_t value);
static inline bool fits(uint64_t value)
{
	return (int64_t)value == (int32_t)value;
}

/* generate_expression.c */
unsigned int gen(struct generator *g, struct node *node, int destination);
void gen_discard(struct generator *g, struct node *node); /* for its effects only */
/* The address of a struct. */
unsigned int gen_address(struct generator *g, struct node *node, int destination);

/* generate_branch.c: jumps to `label` if the condition is `sense`, else goes on. */
void gen_branch(struct generator *g, struct node *node, bool sense, struct label *label);
/* The truth of a comparison or logical expression, as 0 or 1. */
unsigned int gen_truth(struct generator *g, struct node *node, int destination);

/* generate_memory.c: loads and stores */
unsigned int gen_load(struct generator *g, struct node *node, int destination);
unsigned int gen_assign(struct generator *g, struct node *node, int destination);
unsigned int gen_update(struct generator *g, struct node *node, int destination, bool wanted);
/* `@ecx = @ecx & 0xf;`, `@rax |= 1;`: an assignment whose value is not wanted, if it is one of these. */
bool gen_register_bits(struct generator *g, const struct node *node);
void gen_zero(struct generator *g, struct symbol *symbol);
void gen_parameters(struct generator *g, struct function *function);

#endif
