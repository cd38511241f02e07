// SPDX-License-Identifier: GPL-2.0
/*
 * The one-byte opcode map. First the array indexed by opcode, then the rows of
 * those opcodes that modrm or a prefix splits further.
 */
#include "decode_tables.h"

/* clang-format off: one instruction a line */

/* ADD, OR and so on: the six forms of one operation. CMP only reads. */
#define ARITHMETIC(op, acc) \
	OP_MODRM(op, ALL, MR, S1, acc, NOIMM, OTHER, 0), \
	OP_MODRM((op) + 1, ALL, MR, V, acc, NOIMM, OTHER, 0), \
	OP_MODRM((op) + 2, ALL, MR, S1, R, NOIMM, OTHER, 0), \
	OP_MODRM((op) + 3, ALL, MR, V, R, NOIMM, OTHER, 0), \
	OP((op) + 4, ALL, IB, OTHER, 0), \
	OP((op) + 5, ALL, IZ, OTHER, 0)

/* [moffs]: the address is the immediate. */
#define MOFFS(op, sz, acc) [op] = LROW(op, ANY, ALL, MR, ANY, ANY, sz, acc, MOFFS, MOV, X_NOMODRM)

/* Strings: the size is that of one element. */
#define STRING(op, knd) \
	[op] = LROW(op, ANY, ALL, MR, ANY, ANY, S1, NONE, NOIMM, knd, X_NOMODRM), \
	[(op) + 1] = LROW((op) + 1, ANY, ALL, MR, ANY, ANY, V, NONE, NOIMM, knd, X_NOMODRM)
#define STRING_IO(op, knd) \
	[op] = LROW(op, ANY, ALL, MR, ANY, ANY, S1, NONE, NOIMM, knd, X_NOMODRM), \
	[(op) + 1] = LROW((op) + 1, ANY, ALL, MR, ANY, ANY, Z, NONE, NOIMM, knd, X_NOMODRM)

static const struct decode_row direct_1byte[256] = {
	ARITHMETIC(0x00, RW), /* add */
	OP(0x06, NO64, NOIMM, PUSH_SEGMENT, 0),
	OP(0x07, NO64, NOIMM, POP_SEGMENT, 0),
	ARITHMETIC(0x08, RW), /* or */
	OP(0x0e, NO64, NOIMM, PUSH_SEGMENT, 0),
	ARITHMETIC(0x10, RW), /* adc */
	OP(0x16, NO64, NOIMM, PUSH_SEGMENT, 0),
	OP(0x17, NO64, NOIMM, POP_SEGMENT, 0),
	ARITHMETIC(0x18, RW), /* sbb */
	OP(0x1e, NO64, NOIMM, PUSH_SEGMENT, 0),
	OP(0x1f, NO64, NOIMM, POP_SEGMENT, 0),
	ARITHMETIC(0x20, RW), /* and */
	OP(0x27, NO64, NOIMM, OTHER, 0), /* daa */
	ARITHMETIC(0x28, RW), /* sub */
	OP(0x2f, NO64, NOIMM, OTHER, 0), /* das */
	ARITHMETIC(0x30, RW), /* xor */
	OP(0x37, NO64, NOIMM, OTHER, 0), /* aaa */
	ARITHMETIC(0x38, R), /* cmp */
	OP(0x3f, NO64, NOIMM, OTHER, 0), /* aas */
	OP_16(0x40, NO64, NOIMM, OTHER, 0), /* inc, dec */
	OP_8(0x50, ALL, NOIMM, PUSH, X_D64),
	OP_8(0x58, ALL, NOIMM, POP, X_D64),
	OP(0x60, NO64, NOIMM, PUSHA, 0),
	OP(0x61, NO64, NOIMM, POPA, 0),
	OP_MODRM(0x62, NO64, M, TWO_V, R, NOIMM, BOUND, 0),
	[0x63] = SEE_ROWS,
	OP(0x68, ALL, IZ, PUSH, X_D64),
	OP_MODRM(0x69, ALL, MR, V, R, IZ, OTHER, 0), /* imul */
	OP(0x6a, ALL, IB, PUSH, X_D64),
	OP_MODRM(0x6b, ALL, MR, V, R, IB, OTHER, 0), /* imul */
	STRING_IO(0x6c, INS),
	STRING_IO(0x6e, OUTS),
	OP_16(0x70, ALL, JB, JCC, X_F64),
	[0x80] = SEE_ROWS, [0x81] = SEE_ROWS, [0x82] = SEE_ROWS, [0x83] = SEE_ROWS,
	OP_MODRM(0x84, ALL, MR, S1, R, NOIMM, OTHER, 0), /* test */
	OP_MODRM(0x85, ALL, MR, V, R, NOIMM, OTHER, 0),
	OP_MODRM(0x86, ALL, MR, S1, RW, NOIMM, XCHG, 0),
	OP_MODRM(0x87, ALL, MR, V, RW, NOIMM, XCHG, 0),
	OP_MODRM(0x88, ALL, MR, S1, W, NOIMM, MOV, 0),
	OP_MODRM(0x89, ALL, MR, V, W, NOIMM, MOV, 0),
	OP_MODRM(0x8a, ALL, MR, S1, R, NOIMM, MOV, 0),
	OP_MODRM(0x8b, ALL, MR, V, R, NOIMM, MOV, 0),
	OP_MODRM(0x8c, ALL, MR, S2, W, NOIMM, MOV_FROM_SEGMENT, 0),
	OP_MODRM(0x8d, ALL, M, S0, NONE, NOIMM, LEA, 0),
	OP_MODRM(0x8e, ALL, MR, S2, R, NOIMM, MOV_TO_SEGMENT, 0),
	[0x8f] = SEE_ROWS,
	[0x90] = SEE_ROWS,
	OP(0x91, ALL, NOIMM, XCHG, 0), OP(0x92, ALL, NOIMM, XCHG, 0), OP(0x93, ALL, NOIMM, XCHG, 0),
	OP(0x94, ALL, NOIMM, XCHG, 0), OP(0x95, ALL, NOIMM, XCHG, 0), OP(0x96, ALL, NOIMM, XCHG, 0),
	OP(0x97, ALL, NOIMM, XCHG, 0),
	OP(0x98, ALL, NOIMM, OTHER, 0), /* cbw */
	OP(0x99, ALL, NOIMM, OTHER, 0), /* cwd */
	OP(0x9a, NO64, FAR, CALL_FAR, 0),
	OP(0x9b, ALL, NOIMM, OTHER, 0), /* fwait */
	OP(0x9c, ALL, NOIMM, PUSHF, X_D64),
	OP(0x9d, ALL, NOIMM, POPF, X_D64),
	OP(0x9e, ALL, NOIMM, OTHER, 0), /* sahf */
	OP(0x9f, ALL, NOIMM, OTHER, 0), /* lahf */
	MOFFS(0xa0, S1, R), MOFFS(0xa1, V, R), MOFFS(0xa2, S1, W), MOFFS(0xa3, V, W),
	STRING(0xa4, MOVS),
	STRING(0xa6, CMPS),
	OP(0xa8, ALL, IB, OTHER, 0), /* test */
	OP(0xa9, ALL, IZ, OTHER, 0),
	STRING(0xaa, STOS),
	STRING(0xac, LODS),
	STRING(0xae, SCAS),
	OP_8(0xb0, ALL, IB, OTHER, 0), /* mov register, immediate */
	OP_8(0xb8, ALL, IV, OTHER, 0),
	OP_MODRM(0xc0, ALL, MR, S1, RW, IB, OTHER, 0), /* shifts and rotations */
	OP_MODRM(0xc1, ALL, MR, V, RW, IB, OTHER, 0),
	OP(0xc2, ALL, IW, RET_NEAR, X_F64),
	OP(0xc3, ALL, NOIMM, RET_NEAR, X_F64),
	OP_MODRM(0xc4, NO64, M, FAR, R, NOIMM, LOAD_FAR_POINTER, 0),
	OP_MODRM(0xc5, NO64, M, FAR, R, NOIMM, LOAD_FAR_POINTER, 0),
	[0xc6] = SEE_ROWS, [0xc7] = SEE_ROWS,
	OP(0xc8, ALL, IWB, ENTER, X_D64),
	OP(0xc9, ALL, NOIMM, LEAVE, X_D64),
	OP(0xca, ALL, IW, RET_FAR, 0),
	OP(0xcb, ALL, NOIMM, RET_FAR, 0),
	OP(0xcc, ALL, NOIMM, INT3, 0),
	OP(0xcd, ALL, UB, INT_N, 0),
	OP(0xce, NO64, NOIMM, INTO, 0),
	OP(0xcf, ALL, NOIMM, IRET, 0),
	OP_MODRM(0xd0, ALL, MR, S1, RW, NOIMM, OTHER, 0), /* shifts and rotations */
	OP_MODRM(0xd1, ALL, MR, V, RW, NOIMM, OTHER, 0),
	OP_MODRM(0xd2, ALL, MR, S1, RW, NOIMM, OTHER, 0),
	OP_MODRM(0xd3, ALL, MR, V, RW, NOIMM, OTHER, 0),
	OP(0xd4, NO64, IB, OTHER, 0), /* aam */
	OP(0xd5, NO64, IB, OTHER, 0), /* aad */
	OP(0xd6, NO64, NOIMM, OTHER, 0), /* salc */
	OP(0xd7, ALL, NOIMM, XLAT, 0),
	OP_MODRM(0xd8, ALL, MR, S4, R, NOIMM, OTHER, 0), /* x87, as the seven others in the rows */
	[0xd9] = SEE_ROWS, [0xda] = SEE_ROWS, [0xdb] = SEE_ROWS,
	OP_MODRM(0xdc, ALL, MR, S8, R, NOIMM, OTHER, 0),
	[0xdd] = SEE_ROWS, [0xde] = SEE_ROWS, [0xdf] = SEE_ROWS,
	OP(0xe0, ALL, JB, LOOP, X_F64), OP(0xe1, ALL, JB, LOOP, X_F64),
	OP(0xe2, ALL, JB, LOOP, X_F64), OP(0xe3, ALL, JB, LOOP, X_F64),
	OP(0xe4, ALL, UB, IN, 0), OP(0xe5, ALL, UB, IN, 0),
	OP(0xe6, ALL, UB, OUT, 0), OP(0xe7, ALL, UB, OUT, 0),
	OP(0xe8, ALL, JZ, CALL_NEAR, X_F64),
	OP(0xe9, ALL, JZ, JMP_NEAR, X_F64),
	OP(0xea, NO64, FAR, JMP_FAR, 0),
	OP(0xeb, ALL, JB, JMP_NEAR, X_F64),
	OP(0xec, ALL, NOIMM, IN, 0), OP(0xed, ALL, NOIMM, IN, 0),
	OP(0xee, ALL, NOIMM, OUT, 0), OP(0xef, ALL, NOIMM, OUT, 0),
	OP(0xf1, ALL, NOIMM, INT1, 0),
	OP(0xf4, ALL, NOIMM, HLT, 0),
	OP(0xf5, ALL, NOIMM, OTHER, 0), /* cmc */
	[0xf6] = SEE_ROWS, [0xf7] = SEE_ROWS,
	OP(0xf8, ALL, NOIMM, OTHER, 0), /* clc */
	OP(0xf9, ALL, NOIMM, OTHER, 0), /* stc */
	OP(0xfa, ALL, NOIMM, CLI, 0),
	OP(0xfb, ALL, NOIMM, STI, 0),
	OP(0xfc, ALL, NOIMM, OTHER, 0), /* cld */
	OP(0xfd, ALL, NOIMM, OTHER, 0), /* std */
	[0xfe] = SEE_ROWS, [0xff] = SEE_ROWS,
};

/* One modrm.reg of a group. */
#define GROUP(op, mode, regno, form, sz, acc, imm, knd, flg) \
	LROW(op, ANY, mode, form, regno, ANY, sz, acc, imm, knd, flg)
/* An x87 operation on registers: for all, or for one of them. */
#define FPU(op, regno) LROW(op, ANY, ALL, R, regno, ANY, S0, NONE, NOIMM, OTHER, 0)
#define FPU_ONE(op, regno, rmno) LROW(op, ANY, ALL, R, regno, rmno, S0, NONE, NOIMM, OTHER, 0)
#define FPU_MEM(op, regno, sz, acc) LROW(op, ANY, ALL, M, regno, ANY, sz, acc, NOIMM, OTHER, 0)

static const struct decode_row rows_1byte[] = {
	GROUP(0x63, 64, ANY, MR, S4, R, NOIMM, MOV, 0), /* movsxd: 4 bytes even with 66, on AMD */
	GROUP(0x63, NO64, ANY, MR, S2, RW, NOIMM, OTHER, 0), /* arpl */
	GROUP(0x80, ALL, 7, MR, S1, R, IB, OTHER, 0), /* cmp */
	GROUP(0x80, ALL, ANY, MR, S1, RW, IB, OTHER, 0),
	GROUP(0x81, ALL, 7, MR, V, R, IZ, OTHER, 0),
	GROUP(0x81, ALL, ANY, MR, V, RW, IZ, OTHER, 0),
	GROUP(0x82, NO64, 7, MR, S1, R, IB, OTHER, 0),
	GROUP(0x82, NO64, ANY, MR, S1, RW, IB, OTHER, 0),
	GROUP(0x83, ALL, 7, MR, V, R, IB, OTHER, 0),
	GROUP(0x83, ALL, ANY, MR, V, RW, IB, OTHER, 0),
	GROUP(0x8f, ALL, 0, MR, V, W, NOIMM, POP, X_D64),
	LROW(0x90, F3, ALL, MR, ANY, ANY, S0, NONE, NOIMM, PAUSE, X_NOMODRM),
	LROW(0x90, ANY, ALL, MR, ANY, ANY, S0, NONE, NOIMM, NOP, X_NOMODRM),
	GROUP(0xc6, ALL, 0, MR, S1, W, IB, MOV, 0),
	LROW(0xc6, ANY, ALL, R, 7, 0, S0, NONE, IB, XABORT, 0),
	GROUP(0xc7, ALL, 0, MR, V, W, IZ, MOV, 0),
	LROW(0xc7, ANY, ALL, R, 7, 0, S0, NONE, JZ, XBEGIN, 0),
	FPU_MEM(0xd9, 0, S4, R), /* fld */
	FPU_MEM(0xd9, 2, S4, W), /* fst */
	FPU_MEM(0xd9, 3, S4, W), /* fstp */
	FPU_MEM(0xd9, 4, FENV, R), /* fldenv */
	FPU_MEM(0xd9, 5, S2, R), /* fldcw */
	FPU_MEM(0xd9, 6, FENV, W), /* fnstenv */
	FPU_MEM(0xd9, 7, S2, W), /* fnstcw */
	FPU(0xd9, 0), FPU(0xd9, 1), FPU_ONE(0xd9, 2, 0), FPU(0xd9, 3),
	FPU_ONE(0xd9, 4, 0), FPU_ONE(0xd9, 4, 1), FPU_ONE(0xd9, 4, 4), FPU_ONE(0xd9, 4, 5),
	FPU_ONE(0xd9, 5, 0), FPU_ONE(0xd9, 5, 1), FPU_ONE(0xd9, 5, 2), FPU_ONE(0xd9, 5, 3),
	FPU_ONE(0xd9, 5, 4), FPU_ONE(0xd9, 5, 5), FPU_ONE(0xd9, 5, 6),
	FPU(0xd9, 6), FPU(0xd9, 7),
	FPU_MEM(0xda, ANY, S4, R), /* fiadd and so on */
	FPU(0xda, 0), FPU(0xda, 1), FPU(0xda, 2), FPU(0xda, 3), FPU_ONE(0xda, 5, 1),
	FPU_MEM(0xdb, 0, S4, R), /* fild */
	FPU_MEM(0xdb, 1, S4, W), /* fisttp */
	FPU_MEM(0xdb, 2, S4, W), /* fist */
	FPU_MEM(0xdb, 3, S4, W), /* fistp */
	FPU_MEM(0xdb, 5, S10, R), /* fld */
	FPU_MEM(0xdb, 7, S10, W), /* fstp */
	FPU(0xdb, 0), FPU(0xdb, 1), FPU(0xdb, 2), FPU(0xdb, 3),
	FPU_ONE(0xdb, 4, 0), FPU_ONE(0xdb, 4, 1), FPU_ONE(0xdb, 4, 2), FPU_ONE(0xdb, 4, 3),
	FPU_ONE(0xdb, 4, 4), FPU(0xdb, 5), FPU(0xdb, 6),
	FPU_MEM(0xdd, 0, S8, R), /* fld */
	FPU_MEM(0xdd, 1, S8, W), /* fisttp */
	FPU_MEM(0xdd, 2, S8, W), /* fst */
	FPU_MEM(0xdd, 3, S8, W), /* fstp */
	FPU_MEM(0xdd, 4, FSAVE, R), /* frstor */
	FPU_MEM(0xdd, 6, FSAVE, W), /* fnsave */
	FPU_MEM(0xdd, 7, S2, W), /* fnstsw */
	FPU(0xdd, 0), FPU(0xdd, 1), FPU(0xdd, 2), FPU(0xdd, 3), FPU(0xdd, 4), FPU(0xdd, 5),
	FPU_MEM(0xde, ANY, S2, R), /* fiadd and so on */
	FPU(0xde, 0), FPU(0xde, 1), FPU(0xde, 2), FPU_ONE(0xde, 3, 1),
	FPU(0xde, 4), FPU(0xde, 5), FPU(0xde, 6), FPU(0xde, 7),
	FPU_MEM(0xdf, 0, S2, R), /* fild */
	FPU_MEM(0xdf, 1, S2, W), /* fisttp */
	FPU_MEM(0xdf, 2, S2, W), /* fist */
	FPU_MEM(0xdf, 3, S2, W), /* fistp */
	FPU_MEM(0xdf, 4, S10, R), /* fbld */
	FPU_MEM(0xdf, 5, S8, R), /* fild */
	FPU_MEM(0xdf, 6, S10, W), /* fbstp */
	FPU_MEM(0xdf, 7, S8, W), /* fistp */
	FPU(0xdf, 0), FPU(0xdf, 1), FPU(0xdf, 2), FPU(0xdf, 3), FPU_ONE(0xdf, 4, 0),
	FPU(0xdf, 5), FPU(0xdf, 6),
	GROUP(0xf6, ALL, 0, MR, S1, R, IB, OTHER, 0), /* test */
	GROUP(0xf6, ALL, 1, MR, S1, R, IB, OTHER, 0),
	GROUP(0xf6, ALL, 2, MR, S1, RW, NOIMM, OTHER, 0), /* not */
	GROUP(0xf6, ALL, 3, MR, S1, RW, NOIMM, OTHER, 0), /* neg */
	GROUP(0xf6, ALL, ANY, MR, S1, R, NOIMM, OTHER, 0), /* mul imul div idiv */
	GROUP(0xf7, ALL, 0, MR, V, R, IZ, OTHER, 0),
	GROUP(0xf7, ALL, 1, MR, V, R, IZ, OTHER, 0),
	GROUP(0xf7, ALL, 2, MR, V, RW, NOIMM, OTHER, 0),
	GROUP(0xf7, ALL, 3, MR, V, RW, NOIMM, OTHER, 0),
	GROUP(0xf7, ALL, ANY, MR, V, R, NOIMM, OTHER, 0),
	GROUP(0xfe, ALL, 0, MR, S1, RW, NOIMM, OTHER, 0), /* inc */
	GROUP(0xfe, ALL, 1, MR, S1, RW, NOIMM, OTHER, 0), /* dec */
	GROUP(0xff, ALL, 0, MR, V, RW, NOIMM, OTHER, 0),
	GROUP(0xff, ALL, 1, MR, V, RW, NOIMM, OTHER, 0),
	GROUP(0xff, ALL, 2, MR, V, R, NOIMM, CALL_NEAR, X_F64),
	GROUP(0xff, ALL, 3, M, FAR, R, NOIMM, CALL_FAR, 0),
	GROUP(0xff, ALL, 4, MR, V, R, NOIMM, JMP_NEAR, X_F64),
	GROUP(0xff, ALL, 5, M, FAR, R, NOIMM, JMP_FAR, 0),
	GROUP(0xff, ALL, 6, MR, V, R, NOIMM, PUSH, X_D64),
};

const struct decode_map decode_map_1byte = {direct_1byte, rows_1byte, HD_ARRAY_SIZE(rows_1byte)};
