// SPDX-License-Identifier: GPL-2.0
/*
 * The proof that a program cannot leave its bounds. The interpreter trusts
 * what this has seen and nothing else: every index an instruction carries is
 * tested here, so that running needs to test only what depends on values
 * (addresses, the depth of calls, the budget).
 */
#include "engine/script.h"
#include "engine/script_builtins.h"
#include "engine/script_vm.h"

static const uint8_t formats[HD_OP_COUNT] = {
#define X(name, format) [HD_OP_##name] = HD_FORMAT_##format,
	HD_OPS(X)
#undef X
};

struct check {
	const uint8_t *program;
	const struct hd_program_header *header;
	const struct hd_instruction *code;
	const struct hd_program_function *functions;
	const struct hd_program_piece *pieces;
	const struct hd_program_function *function; /* the one at hand */
	struct script_facts facts;
};

static bool section_fits(const struct hd_program_header *header, const struct hd_program_section *section,
			 size_t element, uint32_t most)
{
	return section->offset % 8 == 0 && section->count <= most && section->offset <= header->size &&
	       section->count * (uint64_t)element <= header->size - section->offset;
}

static bool sections_fit(const struct hd_program_header *h)
{
	return section_fits(h, &h->code, sizeof(struct hd_instruction), HD_PROGRAM_MAX_INSTRUCTIONS) &&
	       section_fits(h, &h->functions, sizeof(struct hd_program_function), HD_PROGRAM_MAX_FUNCTIONS) &&
	       section_fits(h, &h->constants, sizeof(uint64_t), HD_PROGRAM_MAX_BYTES / 8) &&
	       section_fits(h, &h->data, 1, HD_PROGRAM_MAX_BYTES) &&
	       section_fits(h, &h->pieces, sizeof(struct hd_program_piece), HD_PROGRAM_MAX_BYTES / 16) &&
	       section_fits(h, &h->lines, sizeof(struct hd_program_line), HD_PROGRAM_MAX_INSTRUCTIONS) &&
	       section_fits(h, &h->globals, sizeof(struct hd_program_name), HD_PROGRAM_MAX_NAMES) &&
	       section_fits(h, &h->occurrences, sizeof(struct hd_program_name), HD_PROGRAM_MAX_NAMES);
}

/*
 * script_resolve() writes into the name tables after the check: nothing that
 * was proved may lie under them. Names must end, and not be empty.
 */
static bool names_fit(const struct check *check, const struct hd_program_section *section)
{
	const struct hd_program_header *h = check->header;
	const struct hd_program_section *others[] = {&h->code, &h->functions, &h->constants, &h->data, &h->pieces,
						     &h->lines, section == &h->globals ? &h->occurrences : &h->globals};
	static const uint8_t sizes[] = {8, sizeof(struct hd_program_function), 8, 1, sizeof(struct hd_program_piece), 8,
					sizeof(struct hd_program_name)};
	const struct hd_program_name *names = (const void *)(check->program + section->offset);
	uint64_t end = section->offset + section->count * (uint64_t)sizeof(*names);

	for (uint32_t i = 0; i < section->count; i++)
		if (!names[i].name[0] || names[i].name[HD_PROGRAM_NAME_BYTES - 1])
			return false;
	if (section->count && section->offset < sizeof(*h))
		return false;
	for (unsigned int i = 0; section->count && i < HD_ARRAY_SIZE(others); i++)
		if (others[i]->count && others[i]->offset < end &&
		    section->offset < others[i]->offset + others[i]->count * (uint64_t)sizes[i])
			return false;
	return true;
}

/* Instructions that never go on to the next one. */
static bool ends_flow(uint8_t op)
{
	return op == HD_OP_RET || op == HD_OP_END || op == HD_OP_JUMP || op == HD_OP_JUMP_LOOP;
}

static bool functions_fit(const struct check *check)
{
	uint32_t at = 0;

	if (!check->header->functions.count)
		return false;
	for (uint32_t i = 0; i < check->header->functions.count; i++) {
		const struct hd_program_function *f = &check->functions[i];

		if (f->entry != at || f->end <= f->entry || f->end > check->header->code.count ||
		    !f->registers || f->registers > HD_PROGRAM_MAX_REGISTERS || f->parameters > f->registers ||
		    f->memory % 8 || f->memory > SCRIPT_LOCAL_BYTES || !ends_flow(check->code[f->end - 1].op))
			return false;
		at = f->end;
	}
	return at == check->header->code.count && check->functions[0].parameters == 0;
}

static bool pieces_fit(const struct check *check)
{
	uint32_t data = check->header->data.count;

	for (uint32_t i = 0; i < check->header->pieces.count; i++) {
		const struct hd_program_piece *p = &check->pieces[i];

		if (p->text > data || p->text_length > data - p->text || p->conversion >= HD_CONVERT_COUNT ||
		    !p->bits || p->bits > 64)
			return false;
	}
	return true;
}

static bool is_register(const struct check *check, unsigned int number)
{
	return number < check->function->registers;
}

static bool target_fits(const struct check *check, uint32_t at, int32_t imm, bool backward)
{
	int64_t target = (int64_t)at + 1 + imm;

	return target >= check->function->entry && target < check->function->end &&
	       (backward ? target <= at : target > at);
}

static bool local_fits(const struct check *check, const struct hd_instruction *i, uint32_t width)
{
	return i->imm >= 0 && (uint32_t)i->imm <= check->function->memory &&
	       width <= check->function->memory - (uint32_t)i->imm;
}

static bool pair_fits(const struct check *check, const struct hd_instruction *i)
{
	return i->imm >= 0 && is_register(check, (unsigned int)i->imm);
}

static bool add_move2_fits(const struct check *check, const struct hd_instruction *i)
{
	uint32_t three = (uint32_t)i->imm;

	return is_register(check, three & 0xff) && is_register(check, three >> 8 & 0xff) &&
	       is_register(check, three >> 16 & 0xff) && three >> 24 == 0;
}

static bool zero_fits(const struct check *check, const struct hd_instruction *i)
{
	uint32_t bytes = i->a | (uint32_t)i->b << 8 | (uint32_t)i->c << 16;

	return bytes % 8 == 0 && i->imm % 8 == 0 && local_fits(check, i, bytes);
}

static bool part_fits(const struct hd_instruction *i)
{
	unsigned int shift = i->imm & 0xff, width = i->imm >> 8 & 0xff;

	return i->b < HD_REG_COUNT && i->imm >> 16 == 0 && width >= 1 && width < 64 && shift + width <= 64;
}

static bool call_fits(const struct check *check, const struct hd_instruction *i)
{
	if (i->imm < 0 || (uint32_t)i->imm >= check->header->functions.count || i->imm == 0)
		return false;
	return i->a + (check->functions[i->imm].parameters ? check->functions[i->imm].parameters : 1u) <=
	       check->function->registers;
}

static unsigned int arity(const struct script_builtin_entry *entry)
{
	unsigned int count = 0;

	while (entry->arguments[count])
		count++;
	return count;
}

static bool builtin_fits(struct check *check, const struct hd_instruction *i)
{
	const struct script_builtin_entry *entry;
	unsigned int count;

	if (i->imm < 0 || i->imm >= SCRIPT_BUILTIN_COUNT)
		return false;
	entry = &script_builtin_table[i->imm];
	count = arity(entry);
	check->facts.uses_host = true;
	check->facts.uses_pause |= entry->facts == SCRIPT_USES_PAUSE;
	check->facts.uses_sc |= entry->facts == SCRIPT_USES_SC;
	check->facts.uses_inject |= entry->facts == SCRIPT_USES_INJECT;
	return i->b == count && i->a + (count ? count : 1) <= check->function->registers &&
	       (i->c == 4 || i->c == 8);
}

static bool print_fits(struct check *check, const struct hd_instruction *i)
{
	uint32_t pieces = check->header->pieces.count;
	unsigned int arguments = 0;

	if (i->imm < 0 || (uint32_t)i->imm > pieces || i->c > pieces - (uint32_t)i->imm)
		return false;
	check->facts.uses_host = true;
	for (unsigned int p = 0; p < i->c; p++)
		arguments += script_piece_arguments(&check->pieces[i->imm + (int)p]);
	return arguments == i->b && i->a + arguments <= check->function->registers;
}

static bool pseudo_fits(struct check *check, uint32_t number)
{
	check->facts.pseudos |= (uint64_t)1 << (number & 63);
	return number < HD_PSEUDO_COUNT;
}

static bool index_fits(int32_t imm, uint32_t count)
{
	return imm >= 0 && (uint32_t)imm < count;
}

/* Formats whose registers are tested; what remains is theirs alone. */
static bool rest_fits(struct check *check, uint32_t at, enum hd_format format)
{
	const struct hd_instruction *i = &check->code[at];

	switch (format) {
	case HD_FORMAT_T:
	case HD_FORMAT_RT:
	case HD_FORMAT_RRT:
	case HD_FORMAT_RST:
		return target_fits(check, at, i->imm, false);
	case HD_FORMAT_LOOP_T:
	case HD_FORMAT_LOOP_RT:
	case HD_FORMAT_LOOP_RRT:
	case HD_FORMAT_LOOP_RST:
	case HD_FORMAT_STEP_RRT:
	case HD_FORMAT_STEP_RST:
		return target_fits(check, at, i->imm, true);
	case HD_FORMAT_CONSTANT:
		return index_fits(i->imm, check->header->constants.count);
	case HD_FORMAT_DATA:
		return index_fits(i->imm, check->header->data.count);
	case HD_FORMAT_LOCAL8:
		return local_fits(check, i, 1);
	case HD_FORMAT_LOCAL16:
		return local_fits(check, i, 2);
	case HD_FORMAT_LOCAL32:
		return local_fits(check, i, 4);
	case HD_FORMAT_LOCAL64:
		return local_fits(check, i, 8);
	case HD_FORMAT_LOCAL_ADDRESS:
		return local_fits(check, i, 0);
	case HD_FORMAT_LOCAL_ZERO:
		return zero_fits(check, i);
	case HD_FORMAT_GLOBAL:
		return index_fits(i->imm, check->header->globals.count);
	case HD_FORMAT_OCCURRENCE:
		return index_fits(i->imm, check->header->occurrences.count);
	case HD_FORMAT_GPR:
		return i->b < HD_GPR_COUNT;
	case HD_FORMAT_MACHINE:
		return i->b < HD_REG_COUNT;
	case HD_FORMAT_PART:
		return part_fits(i);
	case HD_FORMAT_PSEUDO:
		return pseudo_fits(check, (uint32_t)i->imm);
	case HD_FORMAT_INDEXED:
		return is_register(check, i->c) && i->b && local_fits(check, i, 0);
	case HD_FORMAT_MOVE2:
		return pair_fits(check, i);
	case HD_FORMAT_ADD_MOVE2:
		return add_move2_fits(check, i);
	case HD_FORMAT_GPR_CONSTANT:
		return i->b < HD_GPR_COUNT;
	case HD_FORMAT_PSEUDO_ST:
		return pseudo_fits(check, i->a) && target_fits(check, at, i->imm, false);
	case HD_FORMAT_CALL:
		return call_fits(check, i);
	case HD_FORMAT_BUILTIN:
		return builtin_fits(check, i);
	case HD_FORMAT_PRINT:
		return print_fits(check, i);
	case HD_FORMAT_FLOAT2:
	case HD_FORMAT_FLOAT3:
		check->facts.uses_float = true;
		return true;
	default:
		return true;
	}
}

/* How many of A, B and C are registers. */
static unsigned int register_fields(enum hd_format format)
{
	switch (format) {
	case HD_FORMAT_NONE:
	case HD_FORMAT_T:
	case HD_FORMAT_LOOP_T:
	case HD_FORMAT_LOCAL_ZERO:
	case HD_FORMAT_GPR_CONSTANT:
	case HD_FORMAT_PSEUDO_ST:
	case HD_FORMAT_CALL:
	case HD_FORMAT_BUILTIN:
	case HD_FORMAT_PRINT:
		return 0;
	case HD_FORMAT_RR:
	case HD_FORMAT_RRI:
	case HD_FORMAT_RRT:
	case HD_FORMAT_LOOP_RRT:
	case HD_FORMAT_STEP_RRT:
	case HD_FORMAT_FLOAT2:
		return 2;
	case HD_FORMAT_RRR:
	case HD_FORMAT_RRRI:
	case HD_FORMAT_MOVE2:
	case HD_FORMAT_ADD_MOVE2:
	case HD_FORMAT_FLOAT3:
		return 3;
	default:
		return 1;
	}
}

static bool instruction_fits(struct check *check, uint32_t at)
{
	const struct hd_instruction *i = &check->code[at];
	unsigned int fields;

	if (i->op >= HD_OP_COUNT)
		return false;
	fields = register_fields(formats[i->op]);
	if ((fields > 0 && !is_register(check, i->a)) || (fields > 1 && !is_register(check, i->b)) ||
	    (fields > 2 && !is_register(check, i->c)))
		return false;
	return rest_fits(check, at, formats[i->op]);
}

static int check_code(struct check *check, uint64_t *where)
{
	for (uint32_t f = 0; f < check->header->functions.count; f++) {
		check->function = &check->functions[f];
		for (uint32_t at = check->function->entry; at < check->function->end; at++) {
			*where = at;
			if (!instruction_fits(check, at))
				return -HD_E_BAD_PROGRAM;
		}
	}
	return 0;
}

int script_check(const void *program, size_t size, struct script_facts *facts, uint64_t *where)
{
	const struct hd_program_header *header = program;
	struct check check = {.program = program, .header = header};
	uint64_t place = 0;
	int error;

	if (!where)
		where = &place;
	*where = 0;
	if ((uintptr_t)program % 8 || size < sizeof(*header) || header->magic != HD_PROGRAM_MAGIC ||
	    header->version != HD_PROGRAM_VERSION || header->size != size || size > HD_PROGRAM_MAX_BYTES ||
	    !sections_fit(header))
		return -HD_E_BAD_PROGRAM;
	check.code = (const void *)(check.program + header->code.offset);
	check.functions = (const void *)(check.program + header->functions.offset);
	check.pieces = (const void *)(check.program + header->pieces.offset);
	if (!names_fit(&check, &header->globals) || !names_fit(&check, &header->occurrences) ||
	    !functions_fit(&check) || !pieces_fit(&check))
		return -HD_E_BAD_PROGRAM;
	error = check_code(&check, where);
	if (error)
		return error;
	check.facts.functions = header->functions.count;
	check.facts.instructions = header->code.count;
	check.facts.globals = header->globals.count;
	check.facts.occurrences = header->occurrences.count;
	check.facts.is_plain = !check.facts.uses_float && !check.facts.uses_host && !check.facts.occurrences &&
			       !(check.facts.pseudos & SCRIPT_WHICH_EVENT);
	check.facts.body_memory = check.functions[0].memory;
	if (facts)
		*facts = check.facts;
	return 0;
}
