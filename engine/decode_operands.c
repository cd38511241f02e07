// SPDX-License-Identifier: GPL-2.0
/*
 * What instructions access beside (or instead of) what their modrm byte names,
 * and the sizes and traits of all.
 */
#include "decode_tables.h"

const uint16_t decode_traits[INSN_KINDS] = {
	[INSN_MOVS] = INSN_STRING,
	[INSN_CMPS] = INSN_STRING,
	[INSN_SCAS] = INSN_STRING,
	[INSN_LODS] = INSN_STRING,
	[INSN_STOS] = INSN_STRING,
	[INSN_INS] = INSN_STRING | INSN_IO,
	[INSN_OUTS] = INSN_STRING | INSN_IO,
	[INSN_PUSHF] = INSN_FLAGS,
	[INSN_POPF] = INSN_FLAGS,
	[INSN_CALL_NEAR] = INSN_BRANCH | INSN_CALL,
	[INSN_CALL_FAR] = INSN_BRANCH | INSN_CALL | INSN_FAR,
	[INSN_JMP_NEAR] = INSN_BRANCH,
	[INSN_JMP_FAR] = INSN_BRANCH | INSN_FAR,
	[INSN_JCC] = INSN_BRANCH | INSN_CONDITIONAL,
	[INSN_LOOP] = INSN_BRANCH | INSN_CONDITIONAL,
	[INSN_RET_NEAR] = INSN_BRANCH | INSN_RETURN,
	[INSN_RET_FAR] = INSN_BRANCH | INSN_RETURN | INSN_FAR,
	[INSN_IRET] = INSN_BRANCH | INSN_RETURN | INSN_FAR | INSN_FLAGS,
	[INSN_INT_N] = INSN_BRANCH | INSN_FAR | INSN_FLAGS | INSN_EVENT,
	[INSN_INT3] = INSN_BRANCH | INSN_FAR | INSN_FLAGS | INSN_EVENT,
	[INSN_INT1] = INSN_BRANCH | INSN_FAR | INSN_FLAGS | INSN_EVENT,
	[INSN_INTO] = INSN_BRANCH | INSN_FAR | INSN_FLAGS | INSN_EVENT | INSN_CONDITIONAL,
	[INSN_UD] = INSN_EVENT,
	[INSN_SYSCALL] = INSN_BRANCH | INSN_FAR | INSN_FLAGS,
	[INSN_SYSRET] = INSN_BRANCH | INSN_FAR | INSN_FLAGS,
	[INSN_SYSENTER] = INSN_BRANCH | INSN_FAR | INSN_FLAGS,
	[INSN_SYSEXIT] = INSN_BRANCH | INSN_FAR,
	[INSN_XBEGIN] = INSN_BRANCH | INSN_CONDITIONAL,
	[INSN_XABORT] = INSN_BRANCH | INSN_CONDITIONAL,
	[INSN_RSM] = INSN_BRANCH | INSN_FAR | INSN_FLAGS,
	[INSN_STI] = INSN_SHADOW,
	[INSN_IN] = INSN_IO,
	[INSN_OUT] = INSN_IO,
};

const uint16_t decode_fixed_bytes[SZ_FIXED] = {
	[SZ_S1] = 1,	 [SZ_S2] = 2,	  [SZ_S4] = 4,	   [SZ_S6] = 6,	  [SZ_S8] = 8,
	[SZ_S10] = 10,	 [SZ_S16] = 16,	  [SZ_S32] = 32,   [SZ_S48] = 48, [SZ_S64] = 64,
	[SZ_S384] = 384, [SZ_S512] = 512, [SZ_S576] = 576,
};

static uint16_t vector_bytes(const struct decode_state *state, unsigned int divisor)
{
	return (16 << (state->length & 3)) / divisor;
}

/* The sizes from SZ_FIXED on. */
static uint16_t variable_bytes(const struct decode_state *state, const struct instruction *out)
{
	bool wide = state->mode == DECODE_64;

	switch (state->row->size) {
	case SZ_V:
		return out->operand_size;
	case SZ_Z:
		return out->operand_size == 2 ? 2 : 4;
	case SZ_Y:
		return wide && state->w ? 8 : 4;
	case SZ_N:
		return wide ? 8 : 4;
	case SZ_MMX:
		return state->operand_66 ? 16 : 8;
	case SZ_FAR:
		return 2 + (out->operand_size == 8 && state->amd ? 4 : out->operand_size);
	case SZ_TWO_V:
		return 2 * out->operand_size;
	case SZ_TWO_Y:
		return wide && state->w ? 16 : 8;
	case SZ_TABLE:
		return wide ? 10 : 6;
	case SZ_FENV:
		return out->operand_size == 2 ? 14 : 28;
	case SZ_FSAVE:
		return out->operand_size == 2 ? 94 : 108;
	case SZ_HW:
		return 1 << state->w;
	case SZ_SW:
		return 4 << state->w;
	case SZ_VL:
		return vector_bytes(state, 1);
	case SZ_VL2:
		return vector_bytes(state, 2);
	case SZ_VL4:
		return vector_bytes(state, 4);
	case SZ_VL8:
		return vector_bytes(state, 8);
	case SZ_DDUP:
		return state->length ? vector_bytes(state, 1) : 8;
	default:
		return 0;
	}
}

/* The element that EVEX.b broadcasts. */
static uint16_t broadcast_bytes(const struct decode_state *state)
{
	switch (state->row->flags & X_BROADCAST) {
	case X_BC2:
		return 2;
	case X_BC4:
		return 4;
	case X_BC8:
		return 8;
	default:
		return 4 << state->w;
	}
}

uint16_t decode_operand_bytes(const struct decode_state *state, const struct instruction *out)
{
	unsigned int size = state->row->size;

	if (state->evex_b && state->is_memory)
		return broadcast_bytes(state);
	return size < SZ_FIXED ? decode_fixed_bytes[size] : variable_bytes(state, out);
}

/* Appends an operand at [segment:base], in the data segment or its override. */
static struct mem_operand *append(const struct decode_state *state, struct instruction *out,
				  enum mem_kind kind, enum decode_access access, unsigned int base,
				  unsigned int size)
{
	struct mem_operand *operand = &out->operands[out->operand_count++];

	*operand = (struct mem_operand){
		.size = size,
		.kind = kind,
		.access = access,
		.segment = state->segment != DECODE_SEGMENTS ? state->segment : DECODE_DS,
		.base = base,
		.index = DECODE_NO_REGISTER,
		.scale = 1,
		.elements = 1,
		.bit_register = DECODE_NO_REGISTER,
		.address_size = out->address_size,
	};
	return operand;
}

/* The stack is as wide as decode_regs tells; address-size prefixes do not matter. */
static struct mem_operand *append_stack(const struct decode_state *state, struct instruction *out,
					enum mem_kind kind, unsigned int base, unsigned int size)
{
	enum decode_access access = kind == MEM_STACK_PUSH ? DECODE_WRITE : DECODE_READ;
	struct mem_operand *operand = append(state, out, kind, access, base, size);

	operand->segment = DECODE_SS;
	operand->address_size = state->mode == DECODE_64 ? 8 : 4;
	return operand;
}

static void push(const struct decode_state *state, struct instruction *out, unsigned int count)
{
	append_stack(state, out, MEM_STACK_PUSH, DECODE_RSP, count * out->operand_size);
}

static void pop(const struct decode_state *state, struct instruction *out, unsigned int count)
{
	append_stack(state, out, MEM_STACK_POP, DECODE_RSP, count * out->operand_size);
}

static void string_source(const struct decode_state *state, struct instruction *out)
{
	append(state, out, MEM_STRING_SOURCE, DECODE_READ, DECODE_RSI, decode_operand_bytes(state, out));
}

static void string_destination(const struct decode_state *state, struct instruction *out,
			       enum decode_access access)
{
	append(state, out, MEM_STRING_DESTINATION, access, DECODE_RDI, decode_operand_bytes(state, out))->segment =
		DECODE_ES;
}

static void decode_string(const struct decode_state *state, struct instruction *out)
{
	if (state->rep)
		out->repeat = state->rep == 0xf3 ? REPEAT_WHILE_EQUAL : REPEAT_WHILE_NOT_EQUAL;
	switch (out->kind) {
	case INSN_MOVS:
		string_source(state, out);
		string_destination(state, out, DECODE_WRITE);
		break;
	case INSN_CMPS:
		string_source(state, out);
		string_destination(state, out, DECODE_READ);
		break;
	case INSN_SCAS:
		string_destination(state, out, DECODE_READ);
		break;
	case INSN_LODS:
	case INSN_OUTS:
		string_source(state, out);
		break;
	default: /* STOS, INS */
		string_destination(state, out, DECODE_WRITE);
		break;
	}
}

/*
 * ENTER pushes rbp, then for a nesting level n the n - 1 words below the old
 * frame and the new frame's address.
 */
static void decode_enter(const struct decode_state *state, struct instruction *out)
{
	unsigned int level = out->selector & 31;
	unsigned int size = out->operand_size;

	push(state, out, level + 1);
	if (level > 1) {
		struct mem_operand *frame =
			append_stack(state, out, MEM_STACK_POP, DECODE_RBP, (level - 1) * size);

		frame->displacement = -(int64_t)((level - 1) * size);
	}
}

static void decode_stack(const struct decode_state *state, struct instruction *out)
{
	switch (out->kind) {
	case INSN_PUSH:
	case INSN_PUSH_SEGMENT:
	case INSN_PUSHF:
	case INSN_CALL_NEAR:
		push(state, out, 1);
		break;
	case INSN_CALL_FAR:
		push(state, out, 2);
		break;
	case INSN_PUSHA:
		push(state, out, 8);
		break;
	case INSN_POP:
		/* POP [rsp + n] computes its address with rsp already incremented. */
		if (out->operand_count && out->operands[0].base == DECODE_RSP)
			out->operands[0].displacement += out->operand_size;
		pop(state, out, 1);
		break;
	case INSN_POP_SEGMENT:
		if (out->reg == DECODE_SS)
			out->traits |= INSN_SHADOW;
		pop(state, out, 1);
		break;
	case INSN_POPF:
	case INSN_RET_NEAR:
		pop(state, out, 1);
		break;
	case INSN_POPA:
		pop(state, out, 8);
		break;
	case INSN_RET_FAR:
		pop(state, out, 2);
		break;
	case INSN_LEAVE:
		append_stack(state, out, MEM_STACK_POP, DECODE_RBP, out->operand_size);
		break;
	default:
		decode_enter(state, out);
		break;
	}
}

/* In 64-bit mode IRET always pops SS and RSP; of the others only UIRET is known. */
static void decode_iret(const struct decode_state *state, struct instruction *out)
{
	if (out->map == 0)
		pop(state, out, state->mode == DECODE_64 ? 5 : 3);
	else if (state->key & P_F3 && out->modrm == 0xec)
		append_stack(state, out, MEM_STACK_POP, DECODE_RSP, 24);
}

static void decode_vector_index(const struct decode_state *state, struct instruction *out)
{
	struct mem_operand *operand = &out->operands[0];
	unsigned int index_size = state->row->flags & X_INDEX8 ? 8 : 4;
	unsigned int widest = state->size > index_size ? state->size : index_size;

	operand->kind = MEM_VECTOR_INDEX;
	operand->index_size = index_size;
	operand->elements = out->vector_size / widest;
	if (state->encoding == ENCODING_EVEX) {
		decode_mask(state, out);
	} else {
		operand->masked = MEM_MASK_VECTOR;
		operand->mask_register = out->vvvv;
	}
}

void decode_mask(const struct decode_state *state, struct instruction *out)
{
	if (!out->operand_count)
		return;
	out->operands[0].masked = MEM_MASK_OPMASK;
	out->operands[0].mask_register = state->opmask;
}

void decode_mov_registers(struct instruction *out, bool rex)
{
	bool byte_register = out->map == 0 && !(out->opcode & 1) && out->opcode != 0xc6;
	struct instruction_mov *mov = &out->mov;

	mov->reg = out->reg;
	mov->register_size = out->operand_size;
	if (out->operands[0].access == DECODE_READ) {
		mov->form = MOV_LOAD;
		mov->sign_extend = out->map ? out->opcode >= 0xbe : out->opcode == 0x63;
	} else if (out->opcode >= 0xc6) {
		mov->form = MOV_STORE_IMM;
		mov->register_size = out->operands[0].size;
	} else {
		mov->form = MOV_STORE;
	}
	if (!byte_register)
		return;
	mov->register_size = 1;
	if (!rex && mov->reg >= 4) {
		mov->reg -= 4;
		mov->high_byte = true;
	}
}

static void decode_mov(const struct decode_state *state, struct instruction *out)
{
	if (state->row->flags & X_NOMODRM) {
		struct mem_operand *operand =
			append(state, out, MEM_NORMAL, state->row->access, DECODE_NO_REGISTER,
			       decode_operand_bytes(state, out));

		operand->displacement = out->immediate;
		if (out->address_size < 8)
			operand->displacement &= ((int64_t)1 << (8 * out->address_size)) - 1;
		out->reg = DECODE_RAX;
	} else if (!state->is_memory) {
		return;
	}
	decode_mov_registers(out, state->rex);
}

static void decode_far(const struct decode_state *state, struct instruction *out)
{
	static const uint8_t segment[8] = {[2] = DECODE_SS, [4] = DECODE_FS, [5] = DECODE_GS};

	if (out->operand_count)
		out->operands[0].kind = MEM_FAR_POINTER;
	if (out->kind == INSN_CALL_FAR)
		decode_stack(state, out);
	else if (out->kind == INSN_LOAD_FAR_POINTER && out->map == 0)
		out->segment_loaded = out->opcode == 0xc4 ? DECODE_ES : DECODE_DS;
	else if (out->kind == INSN_LOAD_FAR_POINTER)
		out->segment_loaded = segment[out->opcode & 7];
}

/* The masks and lines of MASKMOV, CLZERO, MOVDIR64B and AMX, and what else is singular. */
static void decode_peculiar(const struct decode_state *state, struct instruction *out)
{
	struct mem_operand *operand;

	switch (out->kind) {
	case INSN_MASKMOV:
		operand = append(state, out, MEM_STRING_DESTINATION, DECODE_WRITE, DECODE_RDI,
				 state->key & P_66 ? 16 : 8);
		operand->masked = MEM_MASK_VECTOR;
		operand->mask_register = out->rm;
		break;
	case INSN_VECTOR_MASKMOV:
		out->operands[0].masked = MEM_MASK_VECTOR;
		out->operands[0].mask_register = out->vvvv;
		break;
	case INSN_TILE:
		out->operands[0].kind = MEM_TILE;
		out->operands[0].size = 16 * 64;
		break;
	case INSN_CLZERO:
		append(state, out, MEM_LINE, DECODE_WRITE, DECODE_RAX, 64);
		break;
	case INSN_MOVDIR64B:
		append(state, out, MEM_STRING_DESTINATION, DECODE_WRITE, out->reg, 64)->segment = DECODE_ES;
		break;
	case INSN_XLAT:
		append(state, out, MEM_XLAT, DECODE_READ, DECODE_RBX, 1)->index = DECODE_RAX;
		break;
	case INSN_BIT_TEST:
		if (out->operand_count && !out->immediate_size)
			out->operands[0].bit_register = out->reg;
		break;
	case INSN_MOV_TO_SEGMENT:
		if (out->reg == DECODE_SS)
			out->traits |= INSN_SHADOW;
		break;
	case INSN_NOP:
	case INSN_PAUSE:
		/* 41 90 exchanges r8 with rax. */
		if (out->map == 0 && state->b)
			out->kind = INSN_XCHG;
		break;
	default:
		break;
	}
}

void decode_special(const struct decode_state *state, struct instruction *out)
{
	switch (out->kind) {
	case INSN_MOV:
		decode_mov(state, out);
		break;
	case INSN_MOVS ... INSN_OUTS:
		decode_string(state, out);
		break;
	case INSN_PUSH ... INSN_POP_SEGMENT:
	case INSN_CALL_NEAR:
	case INSN_RET_NEAR:
	case INSN_RET_FAR:
		decode_stack(state, out);
		break;
	case INSN_IRET:
		decode_iret(state, out);
		break;
	case INSN_CALL_FAR:
	case INSN_JMP_FAR:
	case INSN_LOAD_FAR_POINTER:
	case INSN_BOUND:
		decode_far(state, out);
		break;
	case INSN_LGDT:
	case INSN_LIDT:
	case INSN_SGDT:
	case INSN_SIDT:
		out->operands[0].kind = MEM_DESCRIPTOR_TABLE;
		break;
	case INSN_FXSAVE ... INSN_XRSTOR:
		out->operands[0].kind = MEM_STATE_AREA;
		break;
	case INSN_GATHER:
	case INSN_SCATTER:
		decode_vector_index(state, out);
		break;
	default:
		decode_peculiar(state, out);
		break;
	}
}
