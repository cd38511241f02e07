// SPDX-License-Identifier: GPL-2.0
/*
 * Statements and functions.
 */
#include "script/generate.h"

#include <stdlib.h>
#include <string.h>

/* So many variables get registers; the rest lives in memory, so that temporaries are left. */
#define MAX_VARIABLE_REGISTERS 180u

static void gen_statement(struct generator *g, struct node *node);

static void gen_list(struct generator *g, struct node *list)
{
	for (; list; list = list->next)
		gen_statement(g, list);
}

static void gen_if(struct generator *g, struct node *node)
{
	struct label *no = new_label(g), *end;

	gen_branch(g, node->left, false, no);
	gen_statement(g, node->right);
	if (!node->third) {
		bind(g, no);
		return;
	}
	end = new_label(g);
	emit_jump(g, HD_OP_JUMP, 0, 0, 0, end);
	bind(g, no);
	gen_statement(g, node->third);
	bind(g, end);
}

static bool is_plain(const struct node *node)
{
	while (node->kind == NODE_CONVERT && node->type->kind != TYPE_BOOL && node->type->kind != TYPE_FLOAT)
		node = node->left;
	return node->kind == NODE_NUMBER || (node->kind == NODE_VARIABLE && !node->symbol->in_memory);
}

/* Cheap enough to stand both before a loop and at its end. */
static bool is_simple_test(const struct node *node)
{
	if (node->kind == NODE_COMPARE)
		return is_plain(node->left) && is_plain(node->right);
	return is_plain(node);
}

static void gen_loop_body(struct generator *g, struct node *body, struct label *end, struct label *next)
{
	struct label *outer_break = g->break_label, *outer_continue = g->continue_label;

	g->break_label = end;
	g->continue_label = next;
	gen_statement(g, body);
	g->break_label = outer_break;
	g->continue_label = outer_continue;
}

/* The test stands at the loop's end: one jump per turn. */
static void gen_for(struct generator *g, struct node *node)
{
	struct label *top = new_label(g), *next = new_label(g), *test = new_label(g), *end = new_label(g);
	bool simple = !node->left || is_simple_test(node->left);

	gen_statement(g, node->init);
	if (node->left && simple)
		gen_branch(g, node->left, false, end);
	else if (node->left)
		emit_jump(g, HD_OP_JUMP, 0, 0, 0, test);
	bind(g, top);
	if (test->patches)
		g->dead = false;
	gen_loop_body(g, node->right, end, next);
	bind(g, next);
	gen_statement(g, node->third);
	if (!simple)
		bind(g, test);
	if (node->left) {
		g->token = node->left->token;
		gen_branch(g, node->left, true, top);
	} else {
		g->token = node->token;
		emit_jump(g, HD_OP_JUMP, 0, 0, 0, top);
	}
	bind(g, end);
}

static void gen_do(struct generator *g, struct node *node)
{
	struct label *top = new_label(g), *next = new_label(g), *end = new_label(g);

	bind(g, top);
	gen_loop_body(g, node->right, end, next);
	bind(g, next);
	g->token = node->left->token;
	gen_branch(g, node->left, true, top);
	bind(g, end);
}

static void gen_switch(struct generator *g, struct node *node)
{
	struct label *end = new_label(g), *otherwise = end, *outer_break = g->break_label;
	unsigned int mark = g->temporary;
	unsigned int value = gen(g, node->left, ANY), other;

	for (struct node *c = node->cases; c; c = c->cases) {
		c->label = new_label(g);
		if (c->is_default) {
			otherwise = c->label;
		} else if ((int64_t)c->value == (int16_t)c->value) {
			emit_jump(g, HD_OP_JEQI, value, c->value & 0xff, c->value >> 8 & 0xff, c->label);
		} else {
			other = take_register(g);
			emit_number(g, other, c->value);
			emit_jump(g, HD_OP_JEQ, value, other, 0, c->label);
			g->temporary = other;
		}
	}
	emit_jump(g, HD_OP_JUMP, 0, 0, 0, otherwise);
	g->temporary = mark;
	g->break_label = end;
	gen_statement(g, node->right);
	g->break_label = outer_break;
	bind(g, end);
}

static void gen_return(struct generator *g, struct node *node)
{
	unsigned int mark = g->temporary;

	if (node->left && node->left->type->kind != TYPE_VOID)
		emit(g, HD_OP_RET, gen(g, node->left, ANY), 0, 0, 0);
	else
		emit(g, HD_OP_END, 0, 0, 0, 0);
	g->temporary = mark;
}

static void gen_statement(struct generator *g, struct node *node)
{
	if (!node)
		return;
	g->token = node->token;
	switch (node->kind) {
	case NODE_BLOCK:
		gen_list(g, node->list);
		break;
	case NODE_EXPRESSION:
		gen_discard(g, node->left);
		break;
	case NODE_IF:
		gen_if(g, node);
		break;
	case NODE_FOR:
		gen_for(g, node);
		break;
	case NODE_DO:
		gen_do(g, node);
		break;
	case NODE_SWITCH:
		gen_switch(g, node);
		break;
	case NODE_CASE:
		bind(g, node->label);
		break;
	case NODE_BREAK:
		emit_jump(g, HD_OP_JUMP, 0, 0, 0, g->break_label);
		break;
	case NODE_CONTINUE:
		emit_jump(g, HD_OP_JUMP, 0, 0, 0, g->continue_label);
		break;
	case NODE_RETURN:
		gen_return(g, node);
		break;
	case NODE_ZERO:
		gen_zero(g, node->left->symbol);
		break;
	default:
		break;
	}
}

/* An aggregate whose members can be registers needs no memory. */
static bool place_fields(struct generator *g, struct symbol *s)
{
	if (!is_aggregate(s->type) || s->is_copied || g->variables + 16 >= MAX_VARIABLE_REGISTERS)
		s->escapes = true;
	if (s->escapes)
		return false;
	for (struct field *f = s->fields; f; f = f->next)
		f->reg = (int)g->variables++;
	return true;
}

/* Constants of loops. */
static void place_hoisted(struct generator *g, struct function *function)
{
	if (g->variables + 16 >= MAX_VARIABLE_REGISTERS)
		function->hoisted = NULL;
	for (struct hoisted *h = function->hoisted; h; h = h->next)
		h->reg = (int)g->variables++;
}

/* Registers and memory for the function's variables; parameters come first. */
static void place_variables(struct generator *g, struct function *function)
{
	g->variables = function->parameter_count;
	g->memory = 0;
	for (struct symbol *s = function->locals; s; s = s->next_local) {
		uint32_t align = s->type->align < 8 ? 8 : s->type->align;

		if (place_fields(g, s))
			continue;
		if (!s->in_memory && !s->is_parameter && g->variables >= MAX_VARIABLE_REGISTERS)
			s->in_memory = true;
		if (s->in_memory) {
			g->memory = (g->memory + align - 1) / align * align;
			s->offset = g->memory;
			g->memory = (g->memory + s->type->size + 7) & ~7u;
			if (g->memory > SCRIPT_LOCAL_BYTES)
				fail(g->compiler, function->token ? function->token : g->token,
				     "the arrays and structs here take more than 0x%x bytes", SCRIPT_LOCAL_BYTES);
		} else if (!s->is_parameter) {
			s->reg = (int)g->variables++;
		}
	}
	/* Parameters stand first in the list only by their order; number them by themselves. */
	{
		int reg = 0;

		for (struct parameter *p = function->parameters; p; p = p->next)
			if (p->symbol)
				p->symbol->reg = reg++;
	}
	place_hoisted(g, function);
	g->temporary = g->variables;
	g->registers = g->variables ? g->variables : 1;
}

static void gen_hoisted(struct generator *g, const struct hoisted *h)
{
	if (h->is_pseudo)
		emit(g, HD_OP_GETPSEUDO, (unsigned int)h->reg, 0, 0, (int32_t)h->value);
	else
		emit_number(g, (unsigned int)h->reg, h->value);
}

static void gen_function(struct generator *g, struct function *function)
{
	struct hd_program_function record = {0};

	g->function = function;
	g->token = function->body->token;
	g->entry = position(g);
	g->dead = false;
	g->last_label = g->entry;
	prepare_function(g->compiler, function);
	place_variables(g, function);
	gen_parameters(g, function);
	for (const struct hoisted *h = function->hoisted; h; h = h->next)
		gen_hoisted(g, h);
	for (struct symbol *s = function->locals; s; s = s->next_local)
		if (s->zero_on_entry)
			gen_zero(g, s);
	gen_statement(g, function->body);
	if (!g->dead) {
		if (function->result->kind == TYPE_VOID || !function->name) {
			emit(g, HD_OP_END, 0, 0, 0, 0);
		} else {
			unsigned int zero = take_register(g);

			emit(g, HD_OP_LI, zero, 0, 0, 0);
			emit(g, HD_OP_RET, zero, 0, 0, 0);
		}
	}
	record.entry = g->entry;
	record.end = position(g);
	record.registers = (uint16_t)g->registers;
	record.parameters = (uint16_t)function->parameter_count;
	record.memory = g->memory;
	buffer_add(&g->functions, &record, sizeof(record));
}

static size_t add_section(struct buffer *program, struct hd_program_section *section, const struct buffer *content,
			  size_t element)
{
	static const uint8_t padding[8];

	section->offset = (uint32_t)program->used;
	section->count = (uint32_t)(content->used / element);
	if (content->used)
		buffer_add(program, content->bytes, content->used);
	if (program->used % 8)
		buffer_add(program, padding, 8 - program->used % 8);
	return program->used;
}

static void add_names(struct buffer *program, struct hd_program_section *section, const struct name_table *table)
{
	struct buffer names = {NULL, 0, 0};

	for (unsigned int i = 0; i < table->count; i++) {
		struct hd_program_name name = {.slot = i};

		memcpy(name.name, table->names[i], strlen(table->names[i]));
		buffer_add(&names, &name, sizeof(name));
	}
	add_section(program, section, &names, sizeof(struct hd_program_name));
	free(names.bytes);
}

/* All sections behind a header, in memory that script_check accepts. */
static struct script_program *link_program(struct generator *g)
{
	struct hd_program_header header = {.magic = HD_PROGRAM_MAGIC, .version = HD_PROGRAM_VERSION};
	struct buffer bytes = {NULL, 0, 0};
	struct script_program *program;

	buffer_add(&bytes, &header, sizeof(header));
	add_section(&bytes, &header.code, &g->code, sizeof(struct hd_instruction));
	add_section(&bytes, &header.functions, &g->functions, sizeof(struct hd_program_function));
	add_section(&bytes, &header.constants, &g->constants, sizeof(uint64_t));
	add_section(&bytes, &header.data, &g->compiler->data, 1);
	add_section(&bytes, &header.pieces, &g->compiler->pieces, sizeof(struct hd_program_piece));
	add_section(&bytes, &header.lines, &g->lines, sizeof(struct hd_program_line));
	add_names(&bytes, &header.globals, &g->compiler->globals);
	add_names(&bytes, &header.occurrences, &g->compiler->occurrences);
	header.size = (uint32_t)bytes.used;
	memcpy(bytes.bytes, &header, sizeof(header));
	for (unsigned int i = 0; i < g->compiler->file_count; i++)
		buffer_add(&bytes, g->compiler->files[i]->name, strlen(g->compiler->files[i]->name) + 1);
	program = malloc(sizeof(*program) + bytes.used);
	if (program) {
		memcpy(program->bytes, bytes.bytes, bytes.used);
		program->size = header.size;
		program->file_count = g->compiler->file_count;
		program->file_names = (const char *)program->bytes + header.size;
	}
	free(bytes.bytes);
	return program;
}

/* Only functions that something calls are kept. */
static void number_functions(struct compiler *compiler)
{
	struct function **link = &compiler->functions;
	unsigned int index = 0;

	while (*link) {
		struct function *function = *link;

		if (index && !function->called) {
			*link = function->next;
			continue;
		}
		if (!function->body)
			fail(compiler, function->token, "`%s` is declared and called, but it has no body",
			     function->name);
		function->index = index++;
		link = &function->next;
	}
}

struct script_program *generate_program(struct compiler *compiler)
{
	struct generator g = {.compiler = compiler};
	struct generator *volatile generator = &g;
	struct script_program *volatile program = NULL;
	jmp_buf here;

	compiler->recover = &here;
	if (!setjmp(here)) {
		number_functions(compiler);
		for (struct function *f = compiler->functions; f; f = f->next)
			gen_function(generator, f);
		program = link_program(generator);
	}
	free(generator->code.bytes);
	free(generator->lines.bytes);
	free(generator->constants.bytes);
	free(generator->functions.bytes);
	if (program && script_check(program->bytes, program->size, &program->facts, NULL)) {
		report(compiler, NULL, "this script is too large for the module"); /* or the compiler is wrong */
		free(program);
		return NULL;
	}
	return program;
}
