/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The decoder's opcode tables: what a row says. Private to engine/decode*.c.
 *
 * A map is an array of rows sorted by opcode; the first row whose conditions
 * (prefix, W, L, mode, memory or register form, modrm.reg, modrm.rm) hold is
 * the instruction. No row, no instruction. The two maps that nearly all
 * executed instructions come from have a directly indexed array besides.
 */
#ifndef ENGINE_DECODE_TABLES_H
#define ENGINE_DECODE_TABLES_H

#include "decode.h"

/* A row's conditions. Each is a set of bits, of which the instruction has one. */
enum row_select {
	P_NP = 1 << 0, /* no mandatory prefix */
	P_66 = 1 << 1,
	P_F3 = 1 << 2,
	P_F2 = 1 << 3,
	P_NOREP = P_NP | P_66,
	P_ANY = P_NOREP | P_F3 | P_F2,
	L_L0 = 1 << 4, /* vector length 16, 32, 64; 3 is reserved */
	L_L1 = 1 << 5,
	L_L2 = 1 << 6,
	L_L3 = 1 << 7,
	L_L01 = L_L0 | L_L1,
	L_L12 = L_L1 | L_L2,
	L_L012 = L_L01 | L_L2,
	L_LIG = L_L012 | L_L3,
	W_W0 = 1 << 8,
	W_W1 = 1 << 9,
	W_WIG = W_W0 | W_W1,
	F_M = 1 << 10, /* modrm names memory */
	F_R = 1 << 11, /* modrm names a register */
	F_MR = F_M | F_R,
	M_64 = 1 << 12, /* 64-bit mode */
	M_NO64 = 1 << 13,
	M_ALL = M_64 | M_NO64,
};

#define REG_ANY 8
#define REG_0 0
#define REG_1 1
#define REG_2 2
#define REG_3 3
#define REG_4 4
#define REG_5 5
#define REG_6 6
#define REG_7 7

/* Sizes of the modrm memory operand. */
enum row_size {
	SZ_S0,
	SZ_S1,
	SZ_S2,
	SZ_S4,
	SZ_S6,
	SZ_S8,
	SZ_S10,
	SZ_S16,
	SZ_S32,
	SZ_S48,
	SZ_S64,
	SZ_S384,
	SZ_S512,
	SZ_S576,
	SZ_FIXED, /* those below depend on the instruction's other properties */
	SZ_V = SZ_FIXED, /* operand size: 2, 4, 8 */
	SZ_Z,		 /* 2, 4, 4 */
	SZ_Y,		 /* 4, or 8 with W in 64-bit mode */
	SZ_N,		 /* 8 in 64-bit mode, else 4 */
	SZ_MMX,		 /* 8, or 16 with the prefix 66 */
	SZ_FAR,		 /* 2 + operand size */
	SZ_TWO_V,	 /* 2 * operand size */
	SZ_TWO_Y,	 /* 8 or 16 */
	SZ_TABLE,	 /* 10 in 64-bit mode, else 6 */
	SZ_FENV,	 /* 14 or 28 */
	SZ_FSAVE,	 /* 94 or 108 */
	SZ_HW,		 /* 1 or 2 by W */
	SZ_SW,		 /* 4 or 8 by W, in every mode */
	SZ_VL,		 /* vector length, a half of it, and so on */
	SZ_VL2,
	SZ_VL4,
	SZ_VL8,
	SZ_DDUP, /* 8, 32, 64 */
};

enum row_immediate {
	I_NOIMM,
	I_IB,
	I_IZ,	/* 2 or 4; decode_plain() knows those up to here */
	I_UB,	/* not sign-extended: vectors and ports */
	I_IW,	/* not sign-extended */
	I_IV,	/* 2, 4 or 8 */
	I_I4,	/* 4 */
	I_IWB,	/* ENTER: 2 and 1 */
	I_IBB,	/* EXTRQ, INSERTQ: 1 and 1 */
	I_MOFFS, /* as wide as an address; a memory operand */
	I_FAR,	/* IZ, then a selector */
	I_JB,	/* relative */
	I_JZ,
	I_SUFFIX, /* 3DNow!: the opcode proper */
};

/* A row's further properties, from bit 4 on; the immediate is in bits 0 to 3. */
enum row_flags {
	X_NOMODRM = 1 << 4,
	X_MODREG = 1 << 5,  /* modrm names a register whatever its upper bits say */
	X_D64 = 1 << 6,     /* legacy: operand size is 8 in 64-bit mode, or 2 */
	X_F64 = 1 << 7,     /* legacy: near branches, see DECODE_AMD */
	X_NOV = 1 << 6,     /* vector: vvvv is unused, must be 1111 */
	X_MASK = 1 << 7,    /* EVEX: an opmask is allowed */
	X_ZERO = 1 << 8,    /* EVEX: zeroing is allowed (never into memory) */
	X_RC = 1 << 9,      /* EVEX: rounding or no-exception control is allowed with registers */
	X_ELEM = 1 << 10,   /* EVEX: displacements count elements (the broadcast size tells which) */
	X_INDEX8 = 1 << 11, /* gather and scatter: indices are 8 bytes, not 4 */
	X_BC2 = 1 << 12,    /* EVEX: a broadcast element is that many bytes, or 4 or 8 by W */
	X_BC4 = 2 << 12,
	X_BC8 = 3 << 12,
	X_BCW = 4 << 12,
	X_BCHW = 5 << 12, /* 1 or 2 by W: only with X_ELEM */
	X_BROADCAST = 7 << 12,
};

/* In a directly indexed array: look among the map's rows. */
#define KIND_SEE_ROWS 0xff

struct decode_row {
	uint8_t opcode;
	uint8_t kind;	       /* enum instruction_kind */
	uint16_t select;       /* enum row_select */
	uint8_t reg : 4;       /* modrm.reg, or REG_ANY */
	uint8_t rm : 4;	       /* modrm.rm, or REG_ANY; matters with registers only */
	uint8_t size : 6;      /* enum row_size */
	uint8_t access : 2;    /* enum decode_access */
	uint16_t flags;	       /* enum row_immediate and enum row_flags */
};

HD_STATIC_ASSERT(sizeof(struct decode_row) == 8, "a row of the opcode tables is 8 bytes");

struct decode_map {
	const struct decode_row *direct; /* 256, or NULL */
	const struct decode_row *rows;
	uint16_t count;
};

/* A directly indexed row without a modrm byte, and one with it. */
#define OP(op, mode, imm, knd, flg) \
	[op] = LROW(op, ANY, mode, MR, ANY, ANY, S0, NONE, imm, knd, X_NOMODRM | (flg))
#define OP_MODRM(op, mode, form, sz, acc, imm, knd, flg) \
	[op] = LROW(op, ANY, mode, form, ANY, ANY, sz, acc, imm, knd, flg)
/* A run of eight opcodes alike, and of sixteen. */
#define OP_8(op, mode, imm, knd, flg) \
	OP(op, mode, imm, knd, flg), OP((op) + 1, mode, imm, knd, flg), OP((op) + 2, mode, imm, knd, flg), \
	OP((op) + 3, mode, imm, knd, flg), OP((op) + 4, mode, imm, knd, flg), OP((op) + 5, mode, imm, knd, flg), \
	OP((op) + 6, mode, imm, knd, flg), OP((op) + 7, mode, imm, knd, flg)
#define OP_16(op, mode, imm, knd, flg) OP_8(op, mode, imm, knd, flg), OP_8((op) + 8, mode, imm, knd, flg)
#define SEE_ROWS {.kind = KIND_SEE_ROWS}

#define A_NONE DECODE_NO_ACCESS
#define A_R DECODE_READ
#define A_W DECODE_WRITE
#define A_RW DECODE_READ_WRITE

#define ROW_FULL(op, sel, regno, rmno, sz, acc, imm, knd, flg)                                                \
	{                                                                                                     \
		.opcode = (op), .kind = INSN_##knd, .select = (sel), .reg = REG_##regno, .rm = REG_##rmno,   \
		.size = SZ_##sz, .access = A_##acc, .flags = I_##imm | (flg)                                  \
	}

/* The vector maps, and those parts of the legacy maps that select by prefix. */
#define ROW(op, pfx, w, l, form, regno, sz, acc, imm, knd, flg)                                               \
	ROW_FULL(op, P_##pfx | W_##w | L_##l | F_##form | M_ALL, regno, ANY, sz, acc, imm, knd, flg)

/* Legacy SSE. */
#define SROW(op, pfx, form, regno, sz, acc, imm, knd) \
	ROW_FULL(op, P_##pfx | W_WIG | L_LIG | F_##form | M_ALL, regno, ANY, sz, acc, imm, knd, 0)

/* The legacy maps: no conditions on W and L. */
#define LROW(op, pfx, mode, form, regno, rmno, sz, acc, imm, knd, flg)                                        \
	ROW_FULL(op, P_##pfx | W_WIG | L_LIG | F_##form | M_##mode, regno, rmno, sz, acc, imm, knd, flg)

extern const struct decode_map decode_map_1byte;
extern const struct decode_map decode_map_0f;
extern const struct decode_map decode_map_0f38;
extern const struct decode_map decode_map_0f3a;
extern const struct decode_map decode_map_vex[8];    /* by map number; unused ones are empty */
extern const struct decode_map decode_map_evex[8];
extern const struct decode_map decode_map_xop[3]; /* from map 8 on */

/* Bit n of word n / 32: byte n is a 3DNow! operation. */
extern const uint32_t decode_3dnow_suffixes[8];

/* What decode.c has gathered of one instruction. */
struct decode_state {
	/*
	 * A copy, followed by zeros. The most that can be read: 15 prefixes, an EVEX
	 * prefix of 4, opcode, modrm, SIB, a displacement of 4 and an immediate of 8.
	 */
	uint8_t bytes[40];
	const struct decode_row *row;
	unsigned int position;
	unsigned int limit; /* how many of the bytes were given */
	unsigned int key;   /* the one bit of each condition in enum row_select */
	uint8_t mode;
	bool amd;
	/* prefixes */
	bool operand_66;
	bool address_67;
	uint8_t rep; /* 0, 0xf2 or 0xf3, the last one */
	uint8_t mandatory; /* of P_NP, P_66, P_F3, P_F2 */
	bool lock;
	uint8_t segment; /* override, or DECODE_SEGMENTS */
	uint8_t rex;
	uint8_t encoding;
	/* from REX, VEX, EVEX, XOP, not inverted */
	uint8_t w;
	uint8_t r; /* bits 3 and 4 of modrm.reg */
	uint8_t x;
	uint8_t b;
	uint8_t x_high; /* EVEX: bit 4 of a register in modrm.rm */
	uint8_t v;
	uint8_t length; /* 0, 1, 2, 3: 16, 32, 64 bytes */
	uint8_t opmask;
	bool zeroing;
	bool evex_b;
	/* the modrm byte */
	bool has_modrm;
	uint8_t modrm;
	bool is_memory;
	uint16_t size; /* of the modrm memory operand */
};

/* The first of the map's sorted rows for the opcode, or NULL. */
const struct decode_row *decode_first_row(const struct decode_map *map, unsigned int opcode);

/*
 * The two ways that decode_instruction() can take. The plain one is for 64-bit
 * mode, may look at DECODE_PLAIN_LENGTH bytes, and returns 0 for the
 * instructions that it leaves to the other.
 */
#define DECODE_PLAIN_LENGTH 13 /* REX, 0F, opcode, modrm, SIB, displacement, immediate */
int decode_plain(const uint8_t *bytes, struct instruction *out);
int decode_general(const uint8_t *bytes, size_t available, enum decode_mode mode, struct instruction *out);

/*
 * decode_operands.c. Completes the modrm operand, which stands first in
 * out->operands if there is one, appends what the instruction accesses
 * beside it, and fills out->mov. For all kinds but INSN_OTHER.
 */
void decode_special(const struct decode_state *state, struct instruction *out);
/* Marks the modrm operand as governed by an AVX-512 opmask. */
void decode_mask(const struct decode_state *state, struct instruction *out);
/* Fills out->mov for an INSN_MOV whose memory operand is there; rex: there was such a prefix. */
void decode_mov_registers(struct instruction *out, bool rex);
/* Bytes that a row's modrm operand has, and those of the sizes that depend on nothing. */
extern const uint16_t decode_fixed_bytes[SZ_FIXED];
uint16_t decode_operand_bytes(const struct decode_state *state, const struct instruction *out);

/* The traits of each kind. */
extern const uint16_t decode_traits[INSN_KINDS];

#endif
