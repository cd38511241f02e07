// SPDX-License-Identifier: GPL-2.0
/*
 * The XOP opcode maps 8, 9 and 10 (AMD's FX processors). Columns: opcode, prefix, W, L,
 * memory or register, modrm.reg, memory size, access, immediate, kind, further properties.
 */
#include "decode_tables.h"

/* clang-format off: one instruction a line */

static const struct decode_row xop_8[] = {
	ROW(0x85, NP, W0, L0, MR, ANY, S16, R, IB, OTHER, 0), /* vpmacssww */
	ROW(0x86, NP, W0, L0, MR, ANY, S16, R, IB, OTHER, 0), /* vpmacsswd */
	ROW(0x87, NP, W0, L0, MR, ANY, S16, R, IB, OTHER, 0), /* vpmacssdql */
	ROW(0x8e, NP, W0, L0, MR, ANY, S16, R, IB, OTHER, 0), /* vpmacssdd */
	ROW(0x8f, NP, W0, L0, MR, ANY, S16, R, IB, OTHER, 0), /* vpmacssdqh */
	ROW(0x95, NP, W0, L0, MR, ANY, S16, R, IB, OTHER, 0), /* vpmacsww */
	ROW(0x96, NP, W0, L0, MR, ANY, S16, R, IB, OTHER, 0), /* vpmacswd */
	ROW(0x97, NP, W0, L0, MR, ANY, S16, R, IB, OTHER, 0), /* vpmacsdql */
	ROW(0x9e, NP, W0, L0, MR, ANY, S16, R, IB, OTHER, 0), /* vpmacsdd */
	ROW(0x9f, NP, W0, L0, MR, ANY, S16, R, IB, OTHER, 0), /* vpmacsdqh */
	ROW(0xa2, NP, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vpcmov */
	ROW(0xa3, NP, WIG, L0, MR, ANY, S16, R, IB, OTHER, 0), /* vpperm */
	ROW(0xa6, NP, W0, L0, MR, ANY, S16, R, IB, OTHER, 0), /* vpmadcsswd */
	ROW(0xb6, NP, W0, L0, MR, ANY, S16, R, IB, OTHER, 0), /* vpmadcswd */
	ROW(0xc0, NP, W0, L0, MR, ANY, S16, R, IB, OTHER, X_NOV), /* vprotb */
	ROW(0xc1, NP, W0, L0, MR, ANY, S16, R, IB, OTHER, X_NOV), /* vprotw */
	ROW(0xc2, NP, W0, L0, MR, ANY, S16, R, IB, OTHER, X_NOV), /* vprotd */
	ROW(0xc3, NP, W0, L0, MR, ANY, S16, R, IB, OTHER, X_NOV), /* vprotq */
	ROW(0xcc, NP, W0, L0, MR, ANY, S16, R, IB, OTHER, 0), /* vpcomb */
	ROW(0xcd, NP, W0, L0, MR, ANY, S16, R, IB, OTHER, 0), /* vpcomw */
	ROW(0xce, NP, W0, L0, MR, ANY, S16, R, IB, OTHER, 0), /* vpcomd */
	ROW(0xcf, NP, W0, L0, MR, ANY, S16, R, IB, OTHER, 0), /* vpcomq */
	ROW(0xec, NP, W0, L0, MR, ANY, S16, R, IB, OTHER, 0), /* vpcomub */
	ROW(0xed, NP, W0, L0, MR, ANY, S16, R, IB, OTHER, 0), /* vpcomuw */
	ROW(0xee, NP, W0, L0, MR, ANY, S16, R, IB, OTHER, 0), /* vpcomud */
	ROW(0xef, NP, W0, L0, MR, ANY, S16, R, IB, OTHER, 0), /* vpcomuq */
};

static const struct decode_row xop_9[] = {
	ROW(0x01, NP, WIG, L0, MR, 1, Y, R, NOIMM, OTHER, 0), /* blcfill */
	ROW(0x01, NP, WIG, L0, MR, 2, Y, R, NOIMM, OTHER, 0), /* blsfill */
	ROW(0x01, NP, WIG, L0, MR, 3, Y, R, NOIMM, OTHER, 0), /* blcs */
	ROW(0x01, NP, WIG, L0, MR, 4, Y, R, NOIMM, OTHER, 0), /* tzmsk */
	ROW(0x01, NP, WIG, L0, MR, 5, Y, R, NOIMM, OTHER, 0), /* blcic */
	ROW(0x01, NP, WIG, L0, MR, 6, Y, R, NOIMM, OTHER, 0), /* blsic */
	ROW(0x01, NP, WIG, L0, MR, 7, Y, R, NOIMM, OTHER, 0), /* t1mskc */
	ROW(0x02, NP, WIG, L0, MR, 1, Y, R, NOIMM, OTHER, 0), /* blcmsk */
	ROW(0x02, NP, WIG, L0, MR, 6, Y, R, NOIMM, OTHER, 0), /* blci */
	ROW(0x12, NP, WIG, L0, R, 0, S0, NONE, NOIMM, OTHER, X_NOV), /* llwpcb */
	ROW(0x12, NP, WIG, L0, R, 1, S0, NONE, NOIMM, OTHER, X_NOV), /* slwpcb */
	ROW(0x80, NP, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vfrczps */
	ROW(0x81, NP, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vfrczpd */
	ROW(0x82, NP, W0, L0, MR, ANY, S4, R, NOIMM, OTHER, X_NOV), /* vfrczss */
	ROW(0x83, NP, W0, L0, MR, ANY, S8, R, NOIMM, OTHER, X_NOV), /* vfrczsd */
	ROW(0x90, NP, WIG, L0, MR, ANY, S16, R, NOIMM, OTHER, 0), /* vprotb */
	ROW(0x91, NP, WIG, L0, MR, ANY, S16, R, NOIMM, OTHER, 0), /* vprotw */
	ROW(0x92, NP, WIG, L0, MR, ANY, S16, R, NOIMM, OTHER, 0), /* vprotd */
	ROW(0x93, NP, WIG, L0, MR, ANY, S16, R, NOIMM, OTHER, 0), /* vprotq */
	ROW(0x94, NP, WIG, L0, MR, ANY, S16, R, NOIMM, OTHER, 0), /* vpshlb */
	ROW(0x95, NP, WIG, L0, MR, ANY, S16, R, NOIMM, OTHER, 0), /* vpshlw */
	ROW(0x96, NP, WIG, L0, MR, ANY, S16, R, NOIMM, OTHER, 0), /* vpshld */
	ROW(0x97, NP, WIG, L0, MR, ANY, S16, R, NOIMM, OTHER, 0), /* vpshlq */
	ROW(0x98, NP, WIG, L0, MR, ANY, S16, R, NOIMM, OTHER, 0), /* vpshab */
	ROW(0x99, NP, WIG, L0, MR, ANY, S16, R, NOIMM, OTHER, 0), /* vpshaw */
	ROW(0x9a, NP, WIG, L0, MR, ANY, S16, R, NOIMM, OTHER, 0), /* vpshad */
	ROW(0x9b, NP, WIG, L0, MR, ANY, S16, R, NOIMM, OTHER, 0), /* vpshaq */
	ROW(0xc1, NP, W0, L0, MR, ANY, S16, R, NOIMM, OTHER, X_NOV), /* vphaddbw */
	ROW(0xc2, NP, W0, L0, MR, ANY, S16, R, NOIMM, OTHER, X_NOV), /* vphaddbd */
	ROW(0xc3, NP, W0, L0, MR, ANY, S16, R, NOIMM, OTHER, X_NOV), /* vphaddbq */
	ROW(0xc6, NP, W0, L0, MR, ANY, S16, R, NOIMM, OTHER, X_NOV), /* vphaddwd */
	ROW(0xc7, NP, W0, L0, MR, ANY, S16, R, NOIMM, OTHER, X_NOV), /* vphaddwq */
	ROW(0xcb, NP, W0, L0, MR, ANY, S16, R, NOIMM, OTHER, X_NOV), /* vphadddq */
	ROW(0xd1, NP, W0, L0, MR, ANY, S16, R, NOIMM, OTHER, X_NOV), /* vphaddubw */
	ROW(0xd2, NP, W0, L0, MR, ANY, S16, R, NOIMM, OTHER, X_NOV), /* vphaddubd */
	ROW(0xd3, NP, W0, L0, MR, ANY, S16, R, NOIMM, OTHER, X_NOV), /* vphaddubq */
	ROW(0xd6, NP, W0, L0, MR, ANY, S16, R, NOIMM, OTHER, X_NOV), /* vphadduwd */
	ROW(0xd7, NP, W0, L0, MR, ANY, S16, R, NOIMM, OTHER, X_NOV), /* vphadduwq */
	ROW(0xdb, NP, W0, L0, MR, ANY, S16, R, NOIMM, OTHER, X_NOV), /* vphaddudq */
	ROW(0xe1, NP, W0, L0, MR, ANY, S16, R, NOIMM, OTHER, X_NOV), /* vphsubbw */
	ROW(0xe2, NP, W0, L0, MR, ANY, S16, R, NOIMM, OTHER, X_NOV), /* vphsubwd */
	ROW(0xe3, NP, W0, L0, MR, ANY, S16, R, NOIMM, OTHER, X_NOV), /* vphsubdq */
};

static const struct decode_row xop_10[] = {
	ROW(0x10, NP, WIG, L0, MR, ANY, Y, R, I4, OTHER, X_NOV), /* bextr */
	ROW(0x12, NP, WIG, L0, MR, 0, S4, R, I4, OTHER, 0), /* lwpins */
	ROW(0x12, NP, WIG, L0, MR, 1, S4, R, I4, OTHER, 0), /* lwpval */
};

const struct decode_map decode_map_xop[3] = {
	[0] = {NULL, xop_8, HD_ARRAY_SIZE(xop_8)},
	[1] = {NULL, xop_9, HD_ARRAY_SIZE(xop_9)},
	[2] = {NULL, xop_10, HD_ARRAY_SIZE(xop_10)},
};
