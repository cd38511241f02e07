// SPDX-License-Identifier: GPL-2.0
/*
 * The decoder's way through an instruction: prefixes, opcode, row of the
 * opcode tables, modrm operand, immediate.
 */
#include "decode_tables.h"

/* The next byte, or an enum decode_error. */
static inline int peek(const struct decode_state *state)
{
	if (state->position < state->limit)
		return state->bytes[state->position];
	return state->limit == DECODE_MAX_LENGTH ? DECODE_TOO_LONG : DECODE_TRUNCATED;
}

static inline int take(struct decode_state *state)
{
	int byte = peek(state);

	if (byte >= 0)
		state->position++;
	return byte;
}

/* A little-endian number of size bytes, sign-extended. */
static int take_number(struct decode_state *state, unsigned int size, int64_t *number)
{
	uint64_t value = 0;
	unsigned int i;

	for (i = 0; i < size; i++) {
		int byte = take(state);

		if (byte < 0)
			return byte;
		value |= (uint64_t)byte << (8 * i);
	}
	if (size && size < 8 && value >> (8 * size - 1))
		value |= ~UINT64_C(0) << (8 * size);
	*number = (int64_t)value;
	return 0;
}

/* In 64-bit mode only FS and GS override, and the others do not undo them. */
static inline void override_segment(struct decode_state *state, enum decode_segment segment)
{
	if (state->mode != DECODE_64 || segment >= DECODE_FS)
		state->segment = segment;
}

/* Of each group of prefixes the last one counts; REX only just before the opcode. */
static int read_prefixes(struct decode_state *state)
{
	for (;;) {
		int byte = peek(state);

		switch (byte) {
		case 0x26:
		case 0x2e:
		case 0x36:
		case 0x3e:
			override_segment(state, (byte >> 3) & 3);
			break;
		case 0x64:
		case 0x65:
			override_segment(state, byte & 7);
			break;
		case 0x66:
			state->operand_66 = true;
			break;
		case 0x67:
			state->address_67 = true;
			break;
		case 0xf0:
			state->lock = true;
			break;
		case 0xf2:
		case 0xf3:
			state->rep = byte;
			break;
		default:
			if (state->mode != DECODE_64 || (byte & ~0x0f) != 0x40)
				return byte < 0 ? byte : 0;
			state->rex = byte;
			state->position++;
			continue;
		}
		state->rex = 0;
		state->position++;
	}
}

static void set_legacy_key(struct decode_state *state)
{
	state->w = state->rex >> 3 & 1;
	state->r = state->rex << 1 & 8;
	state->x = state->rex << 2 & 8;
	state->b = state->rex << 3 & 8;
	if (state->rep)
		state->key |= state->rep == 0xf3 ? P_F3 : P_F2;
	else
		state->key |= state->operand_66 ? P_66 : P_NP;
	state->key |= state->w ? W_W1 : W_W0;
	state->key |= L_L0;
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

static int read_vex(struct decode_state *state, struct instruction *out, unsigned int first)
{
	int byte = take(state);

	out->map = 1;
	state->encoding = first == 0x8f ? ENCODING_XOP : ENCODING_VEX;
	if (byte < 0)
		return byte;
	state->r = ~byte >> 4 & 8;
	if (first != 0xc5) {
		state->x = ~byte >> 3 & 8;
		state->b = ~byte >> 2 & 8;
		out->map = byte & 0x1f;
		byte = take(state);
		if (byte < 0)
			return byte;
		set_vector_byte(state, byte);
	} else {
		set_vector_byte(state, byte & 0x7f);
	}
	set_vector_length(state, byte >> 2 & 1);
	drop_extensions(state);
	return 0;
}

static int read_evex(struct decode_state *state, struct instruction *out)
{
	unsigned int payload[3];
	unsigned int i;

	state->encoding = ENCODING_EVEX;
	for (i = 0; i < 3; i++) {
		int byte = take(state);

		if (byte < 0)
			return byte;
		payload[i] = byte;
	}
	if ((payload[0] & 0x08) || !(payload[1] & 0x04))
		return DECODE_INVALID;
	out->map = payload[0] & 7;
	state->r = (~payload[0] >> 4 & 8) | (~payload[0] & 0x10);
	state->x = ~payload[0] >> 3 & 8;
	state->x_high = state->x << 1;
	state->b = ~payload[0] >> 2 & 8;
	set_vector_byte(state, payload[1]);
	state->v |= ~payload[2] << 1 & 0x10;
	state->opmask = payload[2] & 7;
	state->zeroing = payload[2] >> 7;
	state->evex_b = payload[2] >> 4 & 1;
	set_vector_length(state, payload[2] >> 5 & 3);
	drop_extensions(state);
	return 0;
}

/*
 * Whether first begins a VEX, EVEX or XOP prefix rather than LDS, LES, BOUND
 * or POP; or an enum decode_error.
 */
static int is_vector_prefix(const struct decode_state *state, unsigned int first)
{
	int next;

	if (first != 0xc4 && first != 0xc5 && first != 0x62 && first != 0x8f)
		return 0;
	next = peek(state);
	if (next < 0)
		return next;
	if (first == 0x8f)
		return (next & 0x1f) >= 8;
	return state->mode == DECODE_64 || (next & 0xc0) == 0xc0;
}

/* Returns the opcode, with its map in *map (NULL for none such), or an enum decode_error. */
static int read_vector_opcode(struct decode_state *state, struct instruction *out, unsigned int first,
			      const struct decode_map **map)
{
	int err;

	if (state->operand_66 || state->rep || state->lock || state->rex)
		return DECODE_INVALID;
	err = first == 0x62 ? read_evex(state, out) : read_vex(state, out, first);
	if (err)
		return err;
	if (state->encoding == ENCODING_XOP)
		*map = out->map <= 10 ? &decode_map_xop[out->map - 8] : NULL;
	else if (state->encoding == ENCODING_EVEX)
		*map = &decode_map_evex[out->map];
	else
		*map = out->map < 8 ? &decode_map_vex[out->map] : NULL;
	return take(state);
}

static int read_opcode(struct decode_state *state, struct instruction *out, const struct decode_map **map)
{
	int byte = take(state);
	int vector;

	if (byte < 0)
		return byte;
	vector = is_vector_prefix(state, byte);
	if (vector < 0)
		return vector;
	if (vector)
		return read_vector_opcode(state, out, byte, map);
	set_legacy_key(state);
	*map = &decode_map_1byte;
	if (byte != 0x0f)
		return byte;
	byte = take(state);
	out->map = 1;
	*map = &decode_map_0f;
	if (byte == 0x38) {
		out->map = 2;
		*map = &decode_map_0f38;
		return take(state);
	}
	if (byte == 0x3a) {
		out->map = 3;
		*map = &decode_map_0f3a;
		return take(state);
	}
	if (byte == 0x0f)
		state->encoding = ENCODING_3DNOW;
	return byte;
}

/* The first of the map's rows for the opcode, or NULL. */
static const struct decode_row *first_row(const struct decode_map *map, unsigned int opcode)
{
	unsigned int low = 0, high = map->count;

	if (map->direct && map->direct[opcode].kind != KIND_SEE_ROWS)
		return &map->direct[opcode];
	while (low < high) {
		unsigned int middle = (low + high) / 2;

		if (map->rows[middle].opcode < opcode)
			low = middle + 1;
		else
			high = middle;
	}
	return low < map->count && map->rows[low].opcode == opcode ? &map->rows[low] : NULL;
}

static inline bool row_matches(const struct decode_state *state, const struct decode_row *row)
{
	return (row->select & state->key) == state->key &&
	       (row->reg == REG_ANY || row->reg == (state->modrm >> 3 & 7)) &&
	       (row->rm == REG_ANY || row->rm == (state->modrm & 7));
}

/* Finds the instruction's row, having looked at its modrm byte if it has one. */
static int find_row(struct decode_state *state, struct instruction *out, const struct decode_map *map,
		    unsigned int opcode)
{
	const struct decode_row *row = first_row(map, opcode);
	const struct decode_row *end;
	bool direct = map->direct && row == &map->direct[opcode];

	if (!row || (direct && !row->select))
		return DECODE_INVALID;
	out->has_modrm = !(row->flags & X_NOMODRM);
	if (out->has_modrm) {
		int modrm = take(state);

		if (modrm < 0)
			return modrm;
		state->modrm = modrm;
		state->is_memory = modrm < 0xc0 && !(row->flags & X_MODREG);
		state->key |= state->is_memory ? F_M : F_R;
		/* With registers EVEX.b turns the length bits into a rounding mode. */
		if (state->evex_b && !state->is_memory)
			state->key = (state->key & ~L_LIG) | L_L2;
	}
	end = direct ? row + 1 : map->rows + map->count;
	for (; row < end && row->opcode == opcode; row++) {
		if (row_matches(state, row)) {
			state->row = row;
			return 0;
		}
	}
	return DECODE_INVALID;
}

/* What VEX, EVEX and XOP may not be combined with. */
static int check_vector(struct decode_state *state)
{
	const struct decode_row *row = state->row;
	bool indexed = row->kind == INSN_GATHER || row->kind == INSN_SCATTER;

	if ((row->flags & X_NOV) && (state->v & (indexed ? 0x0f : 0x1f)))
		return DECODE_INVALID;
	if (state->encoding != ENCODING_EVEX)
		return 0;
	if (state->mode != DECODE_64 && (state->v & 0x10))
		return DECODE_INVALID;
	if (state->evex_b) {
		unsigned int allowed = state->is_memory ? X_BROADCAST : X_RC;

		if (!(row->flags & allowed) || (state->is_memory && (row->flags & X_ELEM)))
			return DECODE_INVALID;
		if (!state->is_memory)
			state->length = 2;
	}
	if (state->opmask && !(row->flags & X_MASK))
		return DECODE_INVALID;
	if (indexed && !state->opmask)
		return DECODE_INVALID;
	if (state->zeroing && (!(row->flags & X_ZERO) || !state->opmask ||
			       (state->is_memory && (row->access & DECODE_WRITE))))
		return DECODE_INVALID;
	return 0;
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

static int read_displacement(struct decode_state *state, struct mem_operand *operand, unsigned int size)
{
	int err = take_number(state, size, &operand->displacement);

	if (!err && size == 1)
		operand->displacement *= displacement_unit(state);
	return err;
}

static int read_address_16(struct decode_state *state, struct mem_operand *operand)
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
	return read_displacement(state, operand, mod);
}

static int read_address(struct decode_state *state, struct mem_operand *operand, bool vector_index)
{
	unsigned int mod = state->modrm >> 6;
	unsigned int rm = state->modrm & 7;
	unsigned int size = mod == 2 ? 4 : mod;

	if (rm == 4) {
		int sib = take(state);

		if (sib < 0)
			return sib;
		rm = sib & 7;
		operand->scale = 1 << (sib >> 6);
		operand->index = (sib >> 3 & 7) | state->x;
		if (vector_index)
			operand->index |= state->encoding == ENCODING_EVEX ? state->v & 0x10 : 0;
		else if (operand->index == DECODE_RSP)
			operand->index = DECODE_NO_REGISTER;
		if (mod == 0 && rm == 5)
			size = 4;
		else
			operand->base = rm | state->b;
	} else if (mod == 0 && rm == 5) {
		size = 4;
		if (state->mode == DECODE_64)
			operand->base = DECODE_RIP;
	} else {
		operand->base = rm | state->b;
	}
	if (operand->base == DECODE_RSP || operand->base == DECODE_RBP)
		operand->segment = DECODE_SS;
	return read_displacement(state, operand, size);
}

static int read_modrm_operand(struct decode_state *state, struct instruction *out)
{
	const struct decode_row *row = state->row;
	struct mem_operand *operand = &out->operands[0];
	bool indexed = row->kind == INSN_GATHER || row->kind == INSN_SCATTER;
	bool needs_sib = indexed || row->kind == INSN_TILE;
	int err;

	out->operand_count = 1;
	state->size = decode_operand_bytes(state, out);
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
	if (needs_sib && ((state->modrm & 7) != 4 || out->address_size == 2))
		return DECODE_INVALID;
	if (out->address_size == 2)
		err = read_address_16(state, operand);
	else
		err = read_address(state, operand, indexed);
	if (state->segment != DECODE_SEGMENTS)
		operand->segment = state->segment;
	return err;
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

static int read_immediate(struct decode_state *state, struct instruction *out)
{
	unsigned int code = state->row->flags & 0x0f;
	unsigned int second = code == I_IWB || code == I_IBB ? 1 : code == I_FAR ? 2 : 0;
	int64_t number = 0;
	int err;

	if (code == I_NOIMM)
		return 0;
	out->immediate_size = immediate_bytes(out, code);
	err = take_number(state, out->immediate_size, &out->immediate);
	if (code == I_UB)
		out->immediate &= 0xff;
	else if (code == I_IW || code == I_IWB)
		out->immediate &= 0xffff;
	if (err || !second)
		return err;
	err = take_number(state, second, &number);
	out->selector = (uint16_t)number;
	if (second == 1)
		out->selector &= 0xff;
	return err;
}

/* All 3DNow! operations read 8 bytes; the opcode stands where an immediate would. */
static const struct decode_row row_3dnow =
	LROW(0x0f, ANY, ALL, MR, ANY, ANY, S8, R, SUFFIX, OTHER, 0);

static int read_3dnow(struct decode_state *state, struct instruction *out)
{
	int modrm = take(state);

	if (modrm < 0)
		return modrm;
	out->has_modrm = true;
	state->modrm = modrm;
	state->is_memory = modrm < 0xc0;
	state->row = &row_3dnow;
	return 0;
}

/* The registers that modrm or the opcode names, and limits on some of them. */
static int set_registers(struct decode_state *state, struct instruction *out)
{
	out->modrm = state->modrm;
	out->reg = (state->modrm >> 3 & 7) | state->r;
	out->rm = (state->modrm & 7) | state->b | (state->is_memory ? 0 : state->x_high);
	out->vvvv = state->v;
	if (!out->has_modrm)
		out->reg = (out->opcode & 7) | state->b;
	switch (out->kind) {
	case INSN_PUSH_SEGMENT:
	case INSN_POP_SEGMENT:
		out->reg = out->opcode >> 3 & 7;
		return 0;
	case INSN_MOV_FROM_SEGMENT:
	case INSN_MOV_TO_SEGMENT:
		out->reg &= 7;
		if (out->reg > DECODE_GS || (out->kind == INSN_MOV_TO_SEGMENT && out->reg == DECODE_CS))
			return DECODE_INVALID;
		return 0;
	case INSN_MOV_FROM_CR:
	case INSN_MOV_TO_CR:
		/* AMD: LOCK reaches CR8 where there is no REX. */
		if (state->lock && state->amd)
			out->reg |= 8;
		return out->reg > 8 || !(0x11d >> out->reg & 1) ? DECODE_INVALID : 0;
	case INSN_MOV_FROM_DR:
	case INSN_MOV_TO_DR:
		return out->reg > 7 ? DECODE_INVALID : 0;
	default:
		return 0;
	}
}

static void clear_instruction(struct instruction *out)
{
	/* The operands are written whole when they are used. */
	memset(out, 0, offsetof(struct instruction, operands));
}

/* From the row on: what follows the opcode. */
static int read_rest(struct decode_state *state, struct instruction *out)
{
	int err;

	if (state->encoding != ENCODING_LEGACY && state->encoding != ENCODING_3DNOW) {
		err = check_vector(state);
		if (err)
			return err;
	}
	out->kind = state->row->kind;
	out->traits = decode_traits[out->kind];
	set_sizes(state, out);
	err = set_registers(state, out);
	if (err)
		return err;
	if (state->is_memory) {
		err = read_modrm_operand(state, out);
		if (err)
			return err;
	}
	err = read_immediate(state, out);
	if (err)
		return err;
	if (state->encoding == ENCODING_3DNOW &&
	    !(decode_3dnow_suffixes[(uint8_t)out->immediate / 32] >> (out->immediate & 31) & 1))
		return DECODE_INVALID;
	return 0;
}

int decode_instruction(const uint8_t *bytes, size_t available, enum decode_mode mode, struct instruction *out)
{
	struct decode_state state = {
		.bytes = bytes,
		.limit = available < DECODE_MAX_LENGTH ? available : DECODE_MAX_LENGTH,
		.mode = mode & DECODE_MODE,
		.amd = mode & DECODE_AMD,
		.segment = DECODE_SEGMENTS,
		.encoding = ENCODING_LEGACY,
		.key = (mode & DECODE_MODE) == DECODE_64 ? M_64 : M_NO64,
	};
	const struct decode_map *map = NULL;
	int err, opcode;

	clear_instruction(out);
	err = read_prefixes(&state);
	if (err)
		return err;
	opcode = read_opcode(&state, out, &map);
	if (opcode < 0)
		return opcode;
	out->opcode = opcode;
	if (state.encoding == ENCODING_3DNOW)
		err = read_3dnow(&state, out);
	else
		err = map ? find_row(&state, out, map, opcode) : DECODE_INVALID;
	if (!err)
		err = read_rest(&state, out);
	if (err)
		return err;
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
