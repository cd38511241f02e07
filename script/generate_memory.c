// SPDX-License-Identifier: GPL-2.0
/*
 * Loads, stores and assignments.
 */
#include "script/generate.h"

/* Where an lvalue is, its address already computed. */
struct place {
	enum {
		PLACE_REGISTER, /* a variable's register */
		PLACE_LOCAL,	/* local memory at offset */
		PLACE_INDEXED,	/* local memory at offset + reg * scale */
		PLACE_MEMORY,	/* what reg + offset points at */
		PLACE_OTHER	/* the node says it: a global, a machine register … */
	} kind;
	unsigned int reg;
	int32_t offset;
	unsigned int scale;
	struct node *node;
};

/* Loads by size: unsigned, signed. */
static const struct {
	uint8_t size, load[2], local_load[2], indexed_load[2], scaled_load[2], store, local_store, indexed_store;
} accesses[] = {
	{1, {HD_OP_LDU8, HD_OP_LDS8}, {HD_OP_LLU8, HD_OP_LLS8}, {HD_OP_LXU8, HD_OP_LXS8}, {HD_OP_LDXU8, HD_OP_LDXS8}, HD_OP_ST8, HD_OP_SL8, HD_OP_SX_8},
	{2, {HD_OP_LDU16, HD_OP_LDS16}, {HD_OP_LLU16, HD_OP_LLS16}, {HD_OP_LXU16, HD_OP_LXS16}, {HD_OP_LDXU16, HD_OP_LDXS16}, HD_OP_ST16, HD_OP_SL16, HD_OP_SX_16},
	{4, {HD_OP_LDU32, HD_OP_LDS32}, {HD_OP_LLU32, HD_OP_LLS32}, {HD_OP_LXU32, HD_OP_LXS32}, {HD_OP_LDXU32, HD_OP_LDXS32}, HD_OP_ST32, HD_OP_SL32, HD_OP_SX_32},
	{8, {HD_OP_LD64, HD_OP_LD64}, {HD_OP_LL64, HD_OP_LL64}, {HD_OP_LX64, HD_OP_LX64}, {HD_OP_LDX64, HD_OP_LDX64}, HD_OP_ST64, HD_OP_SL64, HD_OP_SX_64},
};

static size_t access_of(const struct type *type)
{
	size_t i = 0;

	while (i < HD_ARRAY_SIZE(accesses) - 1 && accesses[i].size != type->size)
		i++;
	return i;
}

static bool loads_signed(const struct type *type)
{
	return type->kind == TYPE_INTEGER && !type->is_unsigned;
}

/* A variable's own memory, if all of the access lies in the function's. */
static bool is_local(const struct generator *g, const struct node *node, int32_t *offset)
{
	const struct node *base = node->left;
	uint64_t at;

	if (base->kind != NODE_ADDRESS || base->left->kind != NODE_VARIABLE)
		return false;
	at = base->left->symbol->offset + node->value;
	*offset = (int32_t)at;
	return at + node->type->size <= g->memory;
}

/* variable[index]: the index, and the size of an element; NULL if the address is not of that form. */
static struct node *index_of(const struct node *node, unsigned int *scale)
{
	const struct node *sum = node->left;
	struct node *index;

	if (sum->kind != NODE_BINARY || sum->op != OPERATION_ADD || sum->left->kind != NODE_ADDRESS ||
	    sum->left->left->kind != NODE_VARIABLE || sum->right->kind == NODE_NUMBER)
		return NULL;
	index = sum->right;
	*scale = 1;
	if (index->kind == NODE_BINARY && index->op == OPERATION_MULTIPLY && index->right->kind == NODE_NUMBER &&
	    index->right->value < 256 && index->type->size == 8) {
		*scale = (unsigned int)index->right->value;
		index = index->left;
	}
	return index;
}

/* a[i] of a local array. */
static bool gen_indexed(struct generator *g, struct node *node, struct place *place)
{
	struct node *index = index_of(node, &place->scale);
	uint64_t offset;

	if (!index)
		return false;
	offset = node->left->left->left->symbol->offset + node->value;
	if (offset > g->memory)
		return false;
	place->kind = PLACE_INDEXED;
	place->offset = (int32_t)offset;
	place->reg = gen(g, index, ANY);
	return true;
}

static struct place gen_place(struct generator *g, struct node *node)
{
	struct place place = {PLACE_OTHER, 0, 0, 1, node};

	if (node->kind == NODE_VARIABLE && !node->symbol->in_memory) {
		place.kind = PLACE_REGISTER;
		place.reg = (unsigned int)node->symbol->reg;
	} else if (node->kind == NODE_VARIABLE) {
		place.kind = PLACE_LOCAL;
		place.offset = (int32_t)node->symbol->offset;
	} else if (find_field(node)) {
		place.kind = PLACE_REGISTER;
		place.reg = (unsigned int)find_field(node)->reg;
	} else if (node->kind == NODE_MEMORY) {
		place.kind = PLACE_LOCAL;
		if (!is_local(g, node, &place.offset) && !gen_indexed(g, node, &place)) {
			place.kind = PLACE_MEMORY;
			place.offset = (int32_t)node->value;
			place.reg = gen(g, node->left, ANY);
		}
	}
	return place;
}

static unsigned int target(struct generator *g, int destination)
{
	return destination == ANY ? take_register(g) : (unsigned int)destination;
}

static void load_machine(struct generator *g, const struct script_register *reg, unsigned int to)
{
	if (reg->width < 64)
		emit(g, HD_OP_GETPART, to, reg->reg, 0, reg->shift | reg->width << 8);
	else if (reg->reg < HD_GPR_COUNT)
		emit(g, HD_OP_GETGPR, to, reg->reg, 0, 0);
	else
		emit(g, HD_OP_GETREG, to, reg->reg, 0, 0);
}

static void store_machine(struct generator *g, const struct script_register *reg, unsigned int from)
{
	if (reg->width < 64)
		emit(g, HD_OP_PUTPART, from, reg->reg, 0, reg->shift | reg->width << 8);
	else if (reg->reg < HD_GPR_COUNT)
		emit(g, HD_OP_PUTGPR, from, reg->reg, 0, 0);
	else
		emit(g, HD_OP_PUTREG, from, reg->reg, 0, 0);
}

static unsigned int load_place(struct generator *g, const struct place *place, int destination)
{
	const struct node *node = place->node;
	size_t access = access_of(node->type);
	bool is_signed = loads_signed(node->type);
	unsigned int to;

	if (place->kind == PLACE_REGISTER)
		return place->reg;
	to = target(g, destination);
	g->token = node->token;
	if (place->kind == PLACE_LOCAL)
		emit(g, accesses[access].local_load[is_signed], to, 0, 0, place->offset);
	else if (place->kind == PLACE_INDEXED)
		emit(g, accesses[access].indexed_load[is_signed], to, place->scale, place->reg, place->offset);
	else if (place->kind == PLACE_MEMORY)
		emit(g, accesses[access].load[is_signed], to, place->reg, 0, place->offset);
	else if (node->kind == NODE_GLOBAL)
		emit(g, HD_OP_GETG, to, 0, 0, (int32_t)node->value);
	else if (node->kind == NODE_OCCURRENCE)
		emit(g, HD_OP_GETO, to, 0, 0, (int32_t)node->value);
	else
		load_machine(g, node->reg, to);
	return to;
}

static void store_place(struct generator *g, const struct place *place, unsigned int from)
{
	const struct node *node = place->node;
	size_t access = access_of(node->type);

	g->token = node->token;
	if (place->kind == PLACE_REGISTER) {
		if (from != place->reg)
			emit(g, HD_OP_MOVE, place->reg, from, 0, 0);
	} else if (place->kind == PLACE_LOCAL) {
		emit(g, accesses[access].local_store, from, 0, 0, place->offset);
	} else if (place->kind == PLACE_INDEXED) {
		emit(g, accesses[access].indexed_store, from, place->scale, place->reg, place->offset);
	} else if (place->kind == PLACE_MEMORY) {
		emit(g, accesses[access].store, from, place->reg, 0, place->offset);
	} else if (node->kind == NODE_GLOBAL) {
		emit(g, HD_OP_PUTG, from, 0, 0, (int32_t)node->value);
	} else if (node->kind == NODE_OCCURRENCE) {
		emit(g, HD_OP_PUTO, from, 0, 0, (int32_t)node->value);
	} else {
		store_machine(g, node->reg, from);
	}
}

/* What base + index * constant points at: one instruction. */
static bool gen_scaled_load(struct generator *g, struct node *node, int destination, unsigned int *to)
{
	struct node *sum = node->left, *product;
	unsigned int mark = g->temporary, base, index, ignored;
	size_t access = access_of(node->type);

	if (node->kind != NODE_MEMORY || node->value || sum->kind != NODE_BINARY || sum->op != OPERATION_ADD ||
	    index_of(node, &ignored))
		return false;
	product = sum->right;
	if (product->kind != NODE_BINARY || product->op != OPERATION_MULTIPLY || product->type->size != 8 ||
	    product->right->kind != NODE_NUMBER || !fits(product->right->value))
		return false;
	base = gen(g, sum->left, ANY);
	index = gen(g, product->left, ANY);
	g->temporary = mark;
	*to = target(g, destination);
	g->token = node->token;
	emit(g, accesses[access].scaled_load[loads_signed(node->type)], *to, base, index, (int32_t)product->right->value);
	return true;
}

unsigned int gen_load(struct generator *g, struct node *node, int destination)
{
	unsigned int mark = g->temporary, to;
	struct place place;

	if (gen_scaled_load(g, node, destination, &to))
		return to;
	place = gen_place(g, node);

	g->temporary = mark;
	return load_place(g, &place, destination);
}

static unsigned int gen_copy(struct generator *g, struct node *node)
{
	unsigned int mark = g->temporary;
	unsigned int to = gen_address(g, node->left, ANY);
	unsigned int from = gen_address(g, node->right, ANY);

	g->temporary = mark;
	g->token = node->token;
	emit(g, HD_OP_COPY, to, from, 0, (int32_t)node->type->size);
	return 0;
}

unsigned int gen_assign(struct generator *g, struct node *node, int destination)
{
	unsigned int mark = g->temporary, value;
	struct place place;

	if (node->type->kind == TYPE_STRUCT)
		return gen_copy(g, node);
	place = gen_place(g, node->left);
	if (place.kind == PLACE_REGISTER) {
		gen(g, node->right, (int)place.reg);
		return place.reg;
	}
	value = gen(g, node->right, ANY);
	store_place(g, &place, value);
	/* A value that is wanted is kept; in a temporary it may sit above registers that are free now. */
	g->temporary = mark;
	if (destination != ANY || value < mark)
		return value;
	if (value != take_register(g))
		emit(g, HD_OP_MOVE, mark, value, 0, 0);
	return mark;
}

bool gen_register_bits(struct generator *g, const struct node *node)
{
	const struct node *value = node->kind == NODE_ASSIGN ? node->right : node->third;
	const struct script_register *reg = node->left->reg;
	uint64_t part, constant;
	enum hd_op op;

	if (node->left->kind != NODE_REGISTER || reg->reg >= HD_GPR_COUNT || value->kind != NODE_BINARY ||
	    value->right->kind != NODE_NUMBER)
		return false;
	if (node->kind == NODE_ASSIGN ? value->left->kind != NODE_REGISTER || value->left->reg != reg :
					value->left->kind != NODE_OLD)
		return false;
	if (value->op != OPERATION_AND && value->op != OPERATION_OR && value->op != OPERATION_XOR)
		return false;
	op = value->op == OPERATION_AND ? HD_OP_GPR_ANDI : value->op == OPERATION_OR ? HD_OP_GPR_ORI : HD_OP_GPR_XORI;
	part = (reg->width < 64 ? (1ull << reg->width) - 1 : ~0ull) << reg->shift;
	constant = value->right->value << reg->shift & part;
	if (op == HD_OP_GPR_ANDI)
		constant |= ~part;
	if (!fits(constant))
		return false;
	g->token = node->token;
	emit(g, op, 0, reg->reg, 0, (int32_t)constant);
	return true;
}

unsigned int gen_update(struct generator *g, struct node *node, int destination, bool wanted)
{
	struct place place;
	unsigned int mark = g->temporary, old, new, result;

	/* The old value of x++ is kept first, where what follows does not reach it. */
	result = wanted ? take_register(g) : 0;
	place = gen_place(g, node->left);
	old = load_place(g, &place, ANY);
	node->init->reg_number = (int)old;
	if (wanted && node->is_postfix)
		emit(g, HD_OP_MOVE, result, old, 0, 0);
	new = gen(g, node->third, place.kind == PLACE_REGISTER ? (int)place.reg : ANY);
	g->token = node->token;
	store_place(g, &place, new);
	if (wanted && !node->is_postfix)
		emit(g, HD_OP_MOVE, result, new, 0, 0);
	(void)destination;
	g->temporary = wanted ? mark + 1 : mark;
	return result;
}

void gen_zero(struct generator *g, struct symbol *symbol)
{
	uint32_t size = (symbol->type->size + 7) & ~7u;

	if (is_aggregate(symbol->type) && !symbol->escapes) {
		for (const struct field *f = symbol->fields; f; f = f->next)
			emit(g, HD_OP_LI, (unsigned int)f->reg, 0, 0, 0);
		return;
	}
	if (!symbol->in_memory)
		emit(g, HD_OP_LI, (unsigned int)symbol->reg, 0, 0, 0);
	else
		emit(g, HD_OP_ZERO, size & 0xff, size >> 8 & 0xff, size >> 16, (int32_t)symbol->offset);
}

void gen_parameters(struct generator *g, struct function *function)
{
	unsigned int reg = 0;

	for (struct parameter *p = function->parameters; p; p = p->next, reg++) {
		struct symbol *symbol = p->symbol;

		if (symbol->is_copied) {
			unsigned int to = take_register(g);

			emit(g, HD_OP_LOCAL, to, 0, 0, (int32_t)symbol->offset);
			emit(g, HD_OP_COPY, to, reg, 0, (int32_t)symbol->type->size);
			g->temporary--;
		} else if (symbol->in_memory) {
			emit(g, accesses[access_of(symbol->type)].local_store, reg, 0, 0, (int32_t)symbol->offset);
		}
	}
}
