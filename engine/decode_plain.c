// SPDX-License-Identifier: GPL-2.0
/*
 * A short way through the decoder for the instructions that access memory most:
 * those of 64-bit mode with at most a REX prefix, a memory operand, and perhaps
 * an immediate, that do nothing else of note: MOV, the arithmetic, MOVUPS. The
 * result is the same as the long way's.
 */
#include "decode_tables.h"

/* What a row must allow: no prefix, either W, memory. */
#define PLAIN_SELECT (P_NP | L_L0 | W_WIG | F_M | M_64)

static inline bool is_plain(const struct decode_row *row, unsigned int modrm)
{
	return (row->select & PLAIN_SELECT) == PLAIN_SELECT && row->flags <= I_IZ &&
	       (row->kind == INSN_OTHER || row->kind == INSN_MOV) && row->size <= SZ_V &&
	       (row->reg == REG_ANY || row->reg == (modrm >> 3 & 7));
}

/* The row, or NULL if the instruction is not plain. */
static inline const struct decode_row *plain_row(const struct decode_map *map, unsigned int opcode,
						 unsigned int modrm)
{
	const struct decode_row *row = &map->direct[opcode];
	const struct decode_row *end = map->rows + map->count;

	if (row->kind != KIND_SEE_ROWS)
		return is_plain(row, modrm) ? row : NULL;
	row = decode_first_row(map, opcode);
	for (; row && row < end && row->opcode == opcode; row++) {
		if (is_plain(row, modrm))
			return row;
	}
	return NULL;
}

/* Fills in the address; returns the length of modrm, SIB and displacement. */
static inline unsigned int plain_address(const uint8_t *modrm, unsigned int rex, struct mem_operand *operand)
{
	unsigned int mod = *modrm >> 6, base = *modrm & 7;
	const uint8_t *next = modrm + 1;
	bool has_sib = base == 4;
	int32_t displacement = 0;

	if (has_sib) {
		unsigned int index = (*next >> 3 & 7) | (rex << 2 & 8);

		operand->scale = 1 << (*next >> 6);
		if (index != DECODE_RSP)
			operand->index = index;
		base = *next++ & 7;
	}
	if (mod == 0 && base == 5) {
		if (!has_sib)
			operand->base = DECODE_RIP;
		mod = 2;
	} else {
		base |= rex << 3 & 8;
		operand->base = base;
		if ((base & ~1u) == DECODE_RSP)
			operand->segment = DECODE_SS;
	}
	if (mod == 1) {
		displacement = (int8_t)*next++;
	} else if (mod == 2) {
		memcpy(&displacement, next, 4);
		next += 4;
	}
	operand->displacement = displacement;
	return next - modrm;
}

static inline unsigned int plain_immediate(const uint8_t *bytes, unsigned int code, struct instruction *out)
{
	int32_t immediate;

	if (code == I_IB) {
		out->immediate = (int8_t)*bytes;
		out->immediate_size = 1;
		return 1;
	}
	memcpy(&immediate, bytes, 4);
	out->immediate = immediate;
	out->immediate_size = 4;
	return 4;
}

int decode_plain(const uint8_t *bytes, struct instruction *out)
{
	struct mem_operand *operand = &out->operands[0];
	const struct decode_map *map = &decode_map_1byte;
	const struct decode_row *row;
	unsigned int rex = 0, length = 0, modrm;

	if ((bytes[0] & 0xf0) == 0x40)
		rex = bytes[length++];
	if (bytes[length] == 0x0f) {
		map = &decode_map_0f;
		length++;
	}
	modrm = bytes[length + 1];
	if (modrm >= 0xc0)
		return 0;
	row = plain_row(map, bytes[length++], modrm);
	if (!row)
		return 0;
	memset(out, 0, offsetof(struct instruction, operands));
	out->kind = row->kind;
	out->map = map == &decode_map_0f;
	out->opcode = row->opcode;
	out->modrm = modrm;
	out->has_modrm = true;
	out->reg = (modrm >> 3 & 7) | (rex << 1 & 8);
	out->rm = (modrm & 7) | (rex << 3 & 8);
	out->operand_size = rex & 8 ? 8 : 4;
	out->address_size = 8;
	out->operand_count = 1;
	*operand = (struct mem_operand){
		.size = row->size == SZ_V ? out->operand_size : decode_fixed_bytes[row->size],
		.access = row->access,
		.address_size = 8,
		.segment = DECODE_DS,
		.base = DECODE_NO_REGISTER,
		.index = DECODE_NO_REGISTER,
		.scale = 1,
		.elements = 1,
		.bit_register = DECODE_NO_REGISTER,
	};
	length += plain_address(bytes + length, rex, operand);
	if (row->flags)
		length += plain_immediate(bytes + length, row->flags, out);
	out->length = length;
	if (row->kind == INSN_MOV)
		decode_mov_registers(out, rex);
	return length;
}
