// SPDX-License-Identifier: GPL-2.0
#include "script/compiler.h"

#include <string.h>

#define INTEGER(bytes, unsign) \
	{.kind = TYPE_INTEGER, .size = bytes, .align = bytes, .is_unsigned = unsign, .complete = true}

const struct type type_void = {.kind = TYPE_VOID, .size = 1, .align = 1, .complete = true};
const struct type type_bool = {.kind = TYPE_BOOL, .size = 1, .align = 1, .is_unsigned = true, .complete = true};
const struct type type_char = INTEGER(1, false), type_uchar = INTEGER(1, true);
const struct type type_short = INTEGER(2, false), type_ushort = INTEGER(2, true);
const struct type type_int = INTEGER(4, false), type_uint = INTEGER(4, true);
const struct type type_long = INTEGER(8, false), type_ulong = INTEGER(8, true);
const struct type type_float = {.kind = TYPE_FLOAT, .size = 4, .align = 4, .complete = true};
const struct type type_double = {.kind = TYPE_FLOAT, .size = 8, .align = 8, .complete = true};
const struct type type_word = {.kind = TYPE_WORD, .size = 8, .align = 8, .is_unsigned = true, .complete = true};
const struct type type_machine = {
	.kind = TYPE_WORD, .size = 8, .align = 8, .is_unsigned = true, .machine = true, .complete = true};

const struct type *pointer_to(struct compiler *compiler, const struct type *base)
{
	struct type *type = arena_allocate(compiler, sizeof(*type));

	*type = (struct type){
		.kind = TYPE_POINTER, .size = 8, .align = 8, .is_unsigned = true, .complete = true, .base = base};
	return type;
}

const struct type *array_of(struct compiler *compiler, const struct type *base, uint32_t count, bool complete)
{
	struct type *type = arena_allocate(compiler, sizeof(*type));

	*type = (struct type){.kind = TYPE_ARRAY,
			      .size = base->size * count,
			      .align = base->align,
			      .complete = complete,
			      .base = base,
			      .count = count};
	return type;
}

static const char *integer_name(const struct type *type)
{
	switch (type->size) {
	case 1:
		return type->is_unsigned ? "unsigned char" : "char";
	case 2:
		return type->is_unsigned ? "unsigned short" : "short";
	case 4:
		return type->is_unsigned ? "unsigned int" : "int";
	default:
		return type->is_unsigned ? "unsigned long" : "long";
	}
}

/* For messages. */
const char *type_name(struct compiler *compiler, const struct type *type)
{
	char text[160];

	switch (type->kind) {
	case TYPE_VOID:
		return "void";
	case TYPE_BOOL:
		return "bool";
	case TYPE_INTEGER:
		return integer_name(type);
	case TYPE_FLOAT:
		return type->size == 4 ? "float" : "double";
	case TYPE_WORD:
		return "a number";
	case TYPE_POINTER:
		snprintf(text, sizeof(text), "%s *", type_name(compiler, type->base));
		break;
	case TYPE_ARRAY:
		snprintf(text, sizeof(text), "%s[%x]", type_name(compiler, type->base), type->count);
		break;
	case TYPE_STRUCT:
		snprintf(text, sizeof(text), "struct %s", type->name ? type->name : "");
		break;
	}
	return arena_string(compiler, text, strlen(text));
}

bool same_type(const struct type *a, const struct type *b)
{
	while (a != b && a->kind == b->kind && (a->kind == TYPE_POINTER || a->kind == TYPE_ARRAY)) {
		if (a->kind == TYPE_ARRAY && a->count != b->count)
			return false;
		a = a->base;
		b = b->base;
	}
	if (a->kind == TYPE_STRUCT || b->kind == TYPE_STRUCT)
		return a == b;
	return a->kind == b->kind && a->size == b->size && a->is_unsigned == b->is_unsigned &&
	       a->machine == b->machine;
}

const struct type *promoted(const struct type *type)
{
	if (type->kind == TYPE_BOOL || (type->kind == TYPE_INTEGER && type->size < 4))
		return &type_int;
	return type;
}

/* What C would make of an untyped operand that meets a typed one. */
static const struct type *as_c_type(const struct node *node, bool comparing)
{
	int64_t value = (int64_t)node->value;

	if (node->type->kind != TYPE_WORD)
		return promoted(node->type);
	if (!node->type->machine)
		return &type_ulong;
	if (node->kind != NODE_NUMBER)
		return comparing ? &type_long : &type_ulong;
	if (value >= INT32_MIN && value <= INT32_MAX)
		return &type_int;
	return value >= 0 && value <= UINT32_MAX ? &type_uint : &type_long;
}

const struct type *common_type(const struct node *left, const struct node *right, bool comparing)
{
	const struct type *a = left->type, *b = right->type;

	if (a->kind == TYPE_FLOAT || b->kind == TYPE_FLOAT) {
		if ((a->kind == TYPE_FLOAT && a->size == 8) || (b->kind == TYPE_FLOAT && b->size == 8))
			return &type_double;
		return &type_float;
	}
	if (a->kind == TYPE_WORD && b->kind == TYPE_WORD)
		return a->machine && b->machine ? &type_machine : &type_word;
	a = as_c_type(left, comparing);
	b = as_c_type(right, comparing);
	if (a->size != b->size)
		return a->size > b->size ? a : b;
	return a->is_unsigned ? a : b;
}
