// SPDX-License-Identifier: GPL-2.0
/*
 * The decoder's way through an instruction: prefixes, opcode, row of the
 * opcode tables, modrm operand, immediate.
 */
#include "decode_tables.h"

/*
 * The bytes are copied and followed by zeros, so that reading needs no checks:
 * whoever read beyond the limit learns it at the end, from the position.
 */
static inline void set_bytes(struct decode_state *state, const uint8_t *bytes, size_t available)
{
	if (available >= DECODE_MAX_LENGTH) {
		state->limit = DECODE_MAX_LENGTH;
		memcpy(state->bytes, bytes, 8);
		memcpy(state->bytes + DECODE_MAX_LENGTH - 8, bytes + DECODE_MAX_LENGTH - 8, 8);
		memset(state->bytes + DECODE_MAX_LENGTH, 0, sizeof(state->bytes) - DECODE_MAX_LENGTH);
	} else {
		state->limit = available;
		memset(state->bytes, 0, sizeof(state->bytes));
		memcpy(state->bytes, bytes, available);
	}
}

static inline unsigned int peek(const struct decode_state *state)
{
	return state->bytes[state->position];
}

static inline unsigned int take(struct decode_state *state)
{
	return state->bytes[state->position++];
}

/* A little-endian number of 0, 1, 2, 4 or 8 bytes, sign-extended. */
static inline int64_t take_number(struct decode_state *state, unsigned int size)
{
	const uint8_t *bytes = state->bytes + state->position;
	int64_t number;
	int32_t number_4;
	int16_t number_2;

	state->position += size;
	switch (size) {
	case 1:
		return (int8_t)bytes[0];
	case 2:
		memcpy(&number_2, bytes, 2);
		return number_2;
	case 4:
		memcpy(&number_4, bytes, 4);
		return number_4;
	case 8:
		memcpy(&number, bytes, 8);
		return number;
	default:
		return 0;
	}
}

enum prefix_class {
	NO_PREFIX,
	PREFIX_REX, /* in 64-bit mode */
	PREFIX_SEGMENT,
	PREFIX_OPERAND,
	PREFIX_ADDRESS,
	PREFIX_LOCK,
	PREFIX_REPEAT,
};

static const uint8_t prefix_classes[256] = {
	[0x26] = PREFIX_SEGMENT,  [0x2e] = PREFIX_SEGMENT, [0x36] = PREFIX_SEGMENT, [0x3e] = PREFIX_SEGMENT,
	[0x40 ... 0x4f] = PREFIX_REX,
	[0x64] = PREFIX_SEGMENT,  [0x65] = PREFIX_SEGMENT, [0x66] = PREFIX_OPERAND, [0x67] = PREFIX_ADDRESS,
	[0xf0] = PREFIX_LOCK,	  [0xf2] = PREFIX_REPEAT,  [0xf3] = PREFIX_REPEAT,
};

/* In 64-bit mode only FS and GS override, and the others do not undo them. */
static void override_segment(struct decode_state *state, unsigned int byte)
{
	if (byte >= 0x64)
		state->segment = byte & 7;
	else if (state->mode != DECODE_64)
		state->segment = byte >> 3 & 3;
}

static void note_prefix(struct decode_state *state, unsigned int byte)
{
	switch (prefix_classes[byte]) {
	case PREFIX_SEGMENT:
		override_segment(state, byte);
		break;
	case PREFIX_OPERAND:
		state->operand_66 = true;
		if (!state->rep)
			state->mandatory = P_66;
		break;
	case PREFIX_ADDRESS:
		state->address_67 = true;
		break;
	case PREFIX_LOCK:
		state->lock = true;
		break;
	default:
		state->rep = byte;
		state->mandatory = byte == 0xf3 ? P_F3 : P_F2;
		break;
	}
}

/* Of each group of prefixes the last one counts; REX only just before the opcode. */
static inline void read_prefixes(struct decode_state *state)
{
	unsigned int byte = peek(state);

	while (prefix_classes[byte] != NO_PREFIX) {
		if (prefix_classes[byte] == PREFIX_REX) {
			if (state->mode != DECODE_64)
				return;
			state->rex = byte;
		} else {
			note_prefix(state, byte);
			state->rex = 0;
		}
		state->position++;
		byte = peek(state);
	}
}

static inline void set_legacy_key(struct decode_state *state)
{
	unsigned int rex = state->rex;

	state->w = rex >> 3 & 1;
	state->r = rex << 1 & 8;
	state->x = rex << 2 & 8;
	state->b = rex << 3 & 8;
	state->key |= L_L0 | state->mandatory | W_W0 << state->w;
}

/* The byte that VEX, EVEX and XOP have in common: W vvvv L pp (in EVEX, 1 for L). */
static void set_vector_byte(struct decode_state *state, unsigned int byte)
{
	state->w = byte >> 7;
	state->v = ~byte >> 3 & 0x0f;
	state->key |= (P_NP << (byte & 3)) | (state->w ? W_W1 : W_W0);
}

static void set_vector_length(struct decode_state *state, unsigned int length)
{
	state->length = length;
	state->key |= L_L0 << length;
}

/* Outside 64-bit mode there are no registers beyond the eighth. */
static void drop_extensions(struct decode_state *state)
{
	if (state->mode == DECODE_64)
		return;
	state->r = 0;
	state->x = 0;
	state->x_high = 0;
	state->b = 0;
	state->v &= 0x17; /* bit 4 is refused later */
}

static void read_vex(struct decode_state *state, struct instruction *out, unsigned int first)
{
	unsigned int byte = take(state);

	out->map = 1;
	state->encoding = first == 0x8f ? ENCODING_XOP : ENCODING_VEX;
	state->r = ~byte >> 4 & 8;
	if (first != 0xc5) {
		state->x = ~byte >> 3 & 8;
		state->b = ~byte >> 2 & 8;
		out->map = byte & 0x1f;
		byte = take(state);
		set_vector_byte(state, byte);
	} else {
		set_vector_byte(state, byte & 0x7f);
	}
	set_vector_length(state, byte >> 2 & 1);
	drop_extensions(state);
}

/* False if a fixed bit is wrong. */
static bool read_evex(struct decode_state *state, struct instruction *out)
{
	unsigned int first = take(state);
	unsigned int second = take(state);
	unsigned int third = take(state);

	state->encoding = ENCODING_EVEX;
	out->map = first & 7;
	state->r = (~first >> 4 & 8) | (~first & 0x10);
	state->x = ~first >> 3 & 8;
	state->x_high = state->x << 1;
	state->b = ~first >> 2 & 8;
	set_vector_byte(state, second);
	state->v |= ~third << 1 & 0x10;
	state->opmask = third & 7;
	state->zeroing = third >> 7;
	state->evex_b = third >> 4 & 1;
	set_vector_length(state, third >> 5 & 3);
	drop_extensions(state);
	return !(first & 0x08) && (second & 0x04);
}

/* Whether first begins a VEX, EVEX or XOP prefix rather than LDS, LES, BOUND or POP. */
static inline bool is_vector_prefix(const struct decode_state *state, unsigned int first)
{
	if (first != 0xc4 && first != 0xc5 && first != 0x62 && first != 0x8f)
		return false;
	if (first == 0x8f)
		return (peek(state) & 0x1f) >= 8;
	return state->mode == DECODE_64 || (peek(state) & 0xc0) == 0xc0;
}

/* Reads the opcode too; returns its map, or NULL. */
static const struct decode_map *read_vector_opcode(struct decode_state *state, struct instruction *out,
						   unsigned int first)
{
	const struct decode_map *map = NULL;

	if (state->operand_66 || state->rep || state->lock || state->rex)
		return NULL;
	if (first == 0x62) {
		if (read_evex(state, out))
			map = &decode_map_evex[out->map];
	} else {
		read_vex(state, out, first);
		if (first == 0x8f)
			map = out->map >= 8 && out->map <= 10 ? &decode_map_xop[out->map - 8] : NULL;
		else
			map = out->map < 8 ? &decode_map_vex[out->map] : NULL;
	}
	out->opcode = take(state);
	return map;
}

/* Reads the opcode into out->opcode; returns its map, or NULL. */
static const struct decode_map *read_opcode(struct decode_state *state, struct instruction *out)
{
	unsigned int byte = take(state);

	if (is_vector_prefix(state, byte))
		return read_vector_opcode(state, out, byte);
	set_legacy_key(state);
	out->opcode = byte;
	if (byte != 0x0f)
		return &decode_map_1byte;
	out->opcode = take(state);
	out->map = 1;
	switch (out->opcode) {
	case 0x38:
		out->map = 2;
		out->opcode = take(state);
		return &decode_map_0f38;
	case 0x3a:
		out->map = 3;
		out->opcode = take(state);
		return &decode_map_0f3a;
	case 0x0f:
		state->encoding = ENCODING_3DNOW;
		return NULL;
	default:
		return &decode_map_0f;
	}
}

const struct decode_row *decode_first_row(const struct decode_map *map, unsigned int opcode)
{
	const struct decode_row *row = map->rows;
	unsigned int count = map->count;

	/* Each round keeps the half in which the first row not below opcode is. */
	while (count > 1) {
		unsigned int half = count / 2;

		row += row[half - 1].opcode < opcode ? half : 0;
		count -= half;
	}
	return count && row->opcode == opcode ? row : NULL;
}

static inline bool row_matches(const struct decode_state *state, const struct decode_row *row)
{
	if (state->key & ~row->select)
		return false;
	if (row->reg == REG_ANY && row->rm == REG_ANY)
		return true;
	return (row->reg == REG_ANY || row->reg == (state->modrm >> 3 & 7)) &&
	       (row->rm == REG_ANY || row->rm == (state->modrm & 7));
}

static inline void read_modrm(struct decode_state *state, const struct decode_row *row)
{
	state->has_modrm = true;
	state->modrm = take(state);
	state->is_memory = state->modrm < 0xc0 && !(row->flags & X_MODREG);
	state->key |= state->is_memory ? F_M : F_R;
	/* With registers EVEX.b turns the length bits into a rounding mode. */
	if (state->evex_b && !state->is_memory)
		state->key = (state->key & ~L_LIG) | L_L2;
}

/* Finds the instruction's row, having read its modrm byte if it has one. */
static bool find_row(struct decode_state *state, const struct decode_map *map, unsigned int opcode)
{
	const struct decode_row *row, *end;

	if (map->direct && map->direct[opcode].kind != KIND_SEE_ROWS) {
		row = &map->direct[opcode];
		if (!row->select)
			return false;
		end = row + 1;
	} else {
		row = decode_first_row(map, opcode);
		if (!row)
			return false;
		end = map->rows + map->count;
	}
	if (!(row->flags & X_NOMODRM))
		read_modrm(state, row);
	for (; row < end && row->opcode == opcode; row++) {
		if (row_matches(state, row)) {
			state->row = row;
			return true;
		}
	}
	return false;
}

/* False if VEX, EVEX or XOP is combined with what it may not be. */
static bool check_vector(struct decode_state *state)
{
	const struct decode_row *row = state->row;
	bool indexed = row->kind == INSN_GATHER || row->kind == INSN_SCATTER;

	if ((row->flags & X_NOV) && (state->v & (indexed ? 0x0f : 0x1f)))
		return false;
	if (state->encoding != ENCODING_EVEX)
		return true;
	if (state->mode != DECODE_64 && (state->v & 0x10))
		return false;
	if (state->evex_b) {
		unsigned int allowed = state->is_memory ? X_BROADCAST : X_RC;

		if (!(row->flags & allowed) || (state->is_memory && (row->flags & X_ELEM)))
			return false;
		if (!state->is_memory)
			state->length = 2;
	}
	if (state->opmask && !(row->flags & X_MASK))
		return false;
	if (indexed && !state->opmask)
		return false;
	return !state->zeroing || ((row->flags & X_ZERO) && state->opmask &&
				   !(state->is_memory && (row->access & DECODE_WRITE)));
}

static void set_sizes(struct decode_state *state, struct instruction *out)
{
	unsigned int flags = state->encoding == ENCODING_LEGACY ? state->row->flags : 0;

	if (state->mode == DECODE_64) {
		out->address_size = state->address_67 ? 4 : 8;
		if (state->w)
			out->operand_size = 8;
		else if (flags & X_F64)
			out->operand_size = state->operand_66 && state->amd ? 2 : 8;
		else if (state->operand_66)
			out->operand_size = 2;
		else
			out->operand_size = flags & X_D64 ? 8 : 4;
	} else {
		bool wide = state->mode == DECODE_32;

		out->address_size = wide != state->address_67 ? 4 : 2;
		out->operand_size = wide != state->operand_66 ? 4 : 2;
	}
	out->vector_size = state->encoding == ENCODING_LEGACY ? 0 : 16 << (state->length & 3);
}

/* By how much an 8-bit displacement is multiplied. */
static unsigned int displacement_unit(const struct decode_state *state)
{
	unsigned int broadcast = state->row->flags & X_BROADCAST;

	if (state->encoding != ENCODING_EVEX)
		return 1;
	if (!state->evex_b && !(state->row->flags & X_ELEM))
		return state->size;
	if (broadcast == X_BC2)
		return 2;
	if (broadcast == X_BC4)
		return 4;
	if (broadcast == X_BC8)
		return 8;
	return (broadcast == X_BCW ? 4 : 1) << state->w;
}

static inline void read_displacement(struct decode_state *state, struct mem_operand *operand, unsigned int size)
{
	operand->displacement = take_number(state, size);
	if (size == 1 && state->encoding == ENCODING_EVEX)
		operand->displacement *= displacement_unit(state);
}

static void read_address_16(struct decode_state *state, struct mem_operand *operand)
{
	static const uint8_t base[8] = {DECODE_RBX, DECODE_RBX, DECODE_RBP, DECODE_RBP,
					DECODE_RSI, DECODE_RDI, DECODE_RBP, DECODE_RBX};
	static const uint8_t index[8] = {DECODE_RSI,	     DECODE_RDI,	 DECODE_RSI,
					 DECODE_RDI,	     DECODE_NO_REGISTER, DECODE_NO_REGISTER,
					 DECODE_NO_REGISTER, DECODE_NO_REGISTER};
	unsigned int mod = state->modrm >> 6;
	unsigned int rm = state->modrm & 7;

	if (mod == 0 && rm == 6) {
		mod = 2;
	} else {
		operand->base = base[rm];
		operand->index = index[rm];
	}
	if (operand->base == DECODE_RBP)
		operand->segment = DECODE_SS;
	read_displacement(state, operand, mod);
}

/* Returns the base as it stands in the SIB byte. */
static unsigned int read_sib(struct decode_state *state, struct mem_operand *operand, bool vector_index)
{
	unsigned int sib = take(state);
	unsigned int index = (sib >> 3 & 7) | state->x;

	operand->scale = 1 << (sib >> 6);
	if (vector_index)
		operand->index = index | (state->encoding == ENCODING_EVEX ? state->v & 0x10 : 0);
	else if (index != DECODE_RSP)
		operand->index = index;
	return sib & 7;
}

static void read_address(struct decode_state *state, struct mem_operand *operand, bool vector_index)
{
	unsigned int mod = state->modrm >> 6;
	unsigned int base = state->modrm & 7;
	bool has_sib = base == 4;

	if (has_sib)
		base = read_sib(state, operand, vector_index);
	if (mod == 0 && base == 5) {
		if (!has_sib && state->mode == DECODE_64)
			operand->base = DECODE_RIP;
		operand->displacement = take_number(state, 4);
		return;
	}
	base |= state->b;
	operand->base = base;
	if (base == DECODE_RSP || base == DECODE_RBP)
		operand->segment = DECODE_SS;
	if (mod)
		read_displacement(state, operand, mod == 2 ? 4 : 1);
}

/* False if the operand cannot be what the instruction needs. */
static bool read_modrm_operand(struct decode_state *state, struct instruction *out)
{
	const struct decode_row *row = state->row;
	struct mem_operand *operand = &out->operands[0];
	bool indexed = row->kind == INSN_GATHER || row->kind == INSN_SCATTER;

	out->operand_count = 1;
	state->size = row->size == SZ_V ? out->operand_size : decode_operand_bytes(state, out);
	*operand = (struct mem_operand){
		.size = row->access ? state->size : 0,
		.kind = MEM_NORMAL,
		.access = row->access,
		.segment = DECODE_DS,
		.base = DECODE_NO_REGISTER,
		.index = DECODE_NO_REGISTER,
		.scale = 1,
		.elements = 1,
		.bit_register = DECODE_NO_REGISTER,
		.address_size = out->address_size,
	};
	if ((indexed || row->kind == INSN_TILE) && ((state->modrm & 7) != 4 || out->address_size == 2))
		return false;
	if (out->address_size == 2)
		read_address_16(state, operand);
	else
		read_address(state, operand, indexed);
	if (state->segment != DECODE_SEGMENTS)
		operand->segment = state->segment;
	return true;
}

static unsigned int immediate_bytes(const struct instruction *out, unsigned int code)
{
	switch (code) {
	case I_IB:
	case I_UB:
	case I_JB:
	case I_SUFFIX:
		return 1;
	case I_IW:
	case I_IWB:
		return 2;
	case I_IZ:
	case I_JZ:
	case I_FAR:
		return out->operand_size == 2 ? 2 : 4;
	case I_IV:
		return out->operand_size;
	case I_I4:
		return 4;
	case I_IBB:
		return 1;
	case I_MOFFS:
		return out->address_size;
	default:
		return 0;
	}
}

static void read_immediate(struct decode_state *state, struct instruction *out, unsigned int code)
{
	out->immediate_size = immediate_bytes(out, code);
	out->immediate = take_number(state, out->immediate_size);
	switch (code) {
	case I_UB:
		out->immediate &= 0xff;
		break;
	case I_IW:
		out->immediate &= 0xffff;
		break;
	case I_IWB:
		out->immediate &= 0xffff;
		out->selector = take(state);
		break;
	case I_IBB:
		out->selector = take(state);
		break;
	case I_FAR:
		out->selector = (uint16_t)take_number(state, 2);
		break;
	default:
		break;
	}
}

/* All 3DNow! operations read 8 bytes; the opcode stands where an immediate would. */
static const struct decode_row row_3dnow =
	LROW(0x0f, ANY, ALL, MR, ANY, ANY, S8, R, SUFFIX, OTHER, 0);

static bool is_3dnow(unsigned int suffix)
{
	return decode_3dnow_suffixes[suffix / 32] >> (suffix & 31) & 1;
}

/* The registers that modrm or the opcode names; false if there is none such. */
static bool set_registers(struct decode_state *state, struct instruction *out)
{
	if (state->has_modrm) {
		out->has_modrm = true;
		out->modrm = state->modrm;
		out->reg = (state->modrm >> 3 & 7) | state->r;
		out->rm = (state->modrm & 7) | state->b | (state->is_memory ? 0 : state->x_high);
		out->vvvv = state->v;
	} else {
		out->reg = (out->opcode & 7) | state->b;
	}
	switch (out->kind) {
	case INSN_PUSH_SEGMENT:
	case INSN_POP_SEGMENT:
		out->reg = out->opcode >> 3 & 7;
		return true;
	case INSN_MOV_FROM_SEGMENT:
	case INSN_MOV_TO_SEGMENT:
		out->reg &= 7;
		return out->reg <= DECODE_GS && !(out->kind == INSN_MOV_TO_SEGMENT && out->reg == DECODE_CS);
	case INSN_MOV_FROM_CR:
	case INSN_MOV_TO_CR:
		/* AMD: LOCK reaches CR8 where there is no REX. */
		if (state->lock && state->amd)
			out->reg |= 8;
		return out->reg <= 8 && (0x11d >> out->reg & 1);
	case INSN_MOV_FROM_DR:
	case INSN_MOV_TO_DR:
		return out->reg <= 7;
	default:
		return true;
	}
}

/* From the row on: what follows the opcode. */
static bool read_rest(struct decode_state *state, struct instruction *out)
{
	const struct decode_row *row = state->row;
	unsigned int immediate = row->flags & 0x0f;

	if (state->encoding != ENCODING_LEGACY && state->encoding != ENCODING_3DNOW && !check_vector(state))
		return false;
	out->kind = row->kind;
	out->traits = decode_traits[row->kind];
	set_sizes(state, out);
	if (!set_registers(state, out))
		return false;
	if (state->is_memory && !read_modrm_operand(state, out))
		return false;
	if (immediate != I_NOIMM)
		read_immediate(state, out, immediate);
	return state->encoding != ENCODING_3DNOW || is_3dnow((uint8_t)out->immediate);
}

/* Everything but the operands beside modrm's. */
static bool read_instruction(struct decode_state *state, struct instruction *out)
{
	const struct decode_map *map;

	read_prefixes(state);
	map = read_opcode(state, out);
	if (state->encoding == ENCODING_3DNOW) {
		state->row = &row_3dnow;
		read_modrm(state, state->row);
	} else if (!map || !find_row(state, map, out->opcode)) {
		return false;
	}
	return read_rest(state, out);
}

int decode_general(const uint8_t *bytes, size_t available, enum decode_mode mode, struct instruction *out)
{
	struct decode_state state;
	bool valid;

	/* By parts, each small enough to become a few stores. */
	memset(&state.mode, 0, sizeof(state) - offsetof(struct decode_state, mode));
	state.row = NULL;
	state.position = 0;
	state.mandatory = P_NP;
	state.segment = DECODE_SEGMENTS;
	set_bytes(&state, bytes, available);
	state.mode = mode & DECODE_MODE;
	state.amd = mode & DECODE_AMD;
	state.key = state.mode == DECODE_64 ? M_64 : M_NO64;
	/* The operands are written whole when they are used. */
	memset(out, 0, offsetof(struct instruction, operands));
	valid = read_instruction(&state, out);
	if (state.position > state.limit)
		return state.limit == DECODE_MAX_LENGTH ? DECODE_TOO_LONG : DECODE_TRUNCATED;
	if (!valid)
		return DECODE_INVALID;
	out->length = state.position;
	out->mode = state.mode;
	out->encoding = state.encoding;
	out->lock = state.lock;
	if (out->kind != INSN_OTHER)
		decode_special(&state, out);
	else if (state.opmask)
		decode_mask(&state, out);
	return out->length;
}

int decode_instruction(const uint8_t *bytes, size_t available, enum decode_mode mode, struct instruction *out)
{
	if (available >= DECODE_PLAIN_LENGTH && (mode & DECODE_MODE) == DECODE_64) {
		int length = decode_plain(bytes, out);

		if (length)
			return length;
	}
	return decode_general(bytes, available, mode, out);
}
