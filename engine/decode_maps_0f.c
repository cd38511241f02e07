// SPDX-License-Identifier: GPL-2.0
/*
 * The opcode map 0F. First the array indexed by opcode, then the rows of those
 * opcodes that modrm or a prefix splits further.
 */
#include "decode_tables.h"

/* clang-format off: one instruction a line */
static const struct decode_row direct_0f[256] = {
	[0x00] = SEE_ROWS, [0x01] = SEE_ROWS,
	OP_MODRM(0x02, ALL, MR, S2, R, NOIMM, OTHER, 0), /* lar */
	OP_MODRM(0x03, ALL, MR, S2, R, NOIMM, OTHER, 0), /* lsl */
	OP(0x05, ALL, NOIMM, SYSCALL, 0),
	OP(0x06, ALL, NOIMM, CLTS, 0),
	OP(0x07, ALL, NOIMM, SYSRET, 0),
	OP(0x08, ALL, NOIMM, INVD, 0),
	OP(0x09, ALL, NOIMM, WBINVD, 0),
	OP(0x0b, ALL, NOIMM, UD, 0),
	OP_MODRM(0x0d, ALL, MR, S0, NONE, NOIMM, ADDRESS, 0), /* prefetch */
	OP(0x0e, ALL, NOIMM, OTHER, 0), /* femms */
	[0x10] = SEE_ROWS, [0x11] = SEE_ROWS, [0x12] = SEE_ROWS, [0x13] = SEE_ROWS, [0x14] = SEE_ROWS, [0x15] = SEE_ROWS, [0x16] = SEE_ROWS, [0x17] = SEE_ROWS, [0x18] = SEE_ROWS,
	OP_MODRM(0x19, ALL, MR, S0, NONE, NOIMM, NOP, 0),
	OP_MODRM(0x1a, ALL, MR, S0, NONE, NOIMM, NOP, 0),
	OP_MODRM(0x1b, ALL, MR, S0, NONE, NOIMM, NOP, 0),
	OP_MODRM(0x1c, ALL, MR, S0, NONE, NOIMM, NOP, 0),
	OP_MODRM(0x1d, ALL, MR, S0, NONE, NOIMM, NOP, 0),
	OP_MODRM(0x1e, ALL, MR, S0, NONE, NOIMM, NOP, 0),
	OP_MODRM(0x1f, ALL, MR, S0, NONE, NOIMM, NOP, 0),
	OP_MODRM(0x20, ALL, R, S0, NONE, NOIMM, MOV_FROM_CR, X_MODREG),
	OP_MODRM(0x21, ALL, R, S0, NONE, NOIMM, MOV_FROM_DR, X_MODREG),
	OP_MODRM(0x22, ALL, R, S0, NONE, NOIMM, MOV_TO_CR, X_MODREG),
	OP_MODRM(0x23, ALL, R, S0, NONE, NOIMM, MOV_TO_DR, X_MODREG),
	[0x28] = SEE_ROWS, [0x29] = SEE_ROWS, [0x2a] = SEE_ROWS, [0x2b] = SEE_ROWS, [0x2c] = SEE_ROWS, [0x2d] = SEE_ROWS, [0x2e] = SEE_ROWS, [0x2f] = SEE_ROWS,
	OP(0x30, ALL, NOIMM, WRMSR, 0),
	OP(0x31, ALL, NOIMM, RDTSC, 0),
	OP(0x32, ALL, NOIMM, RDMSR, 0),
	OP(0x33, ALL, NOIMM, RDPMC, 0),
	OP(0x34, ALL, NOIMM, SYSENTER, 0),
	OP(0x35, ALL, NOIMM, SYSEXIT, 0),
	[0x37] = SEE_ROWS,
	OP_MODRM(0x40, ALL, MR, V, R, NOIMM, OTHER, 0), /* cmov */
	OP_MODRM(0x41, ALL, MR, V, R, NOIMM, OTHER, 0),
	OP_MODRM(0x42, ALL, MR, V, R, NOIMM, OTHER, 0),
	OP_MODRM(0x43, ALL, MR, V, R, NOIMM, OTHER, 0),
	OP_MODRM(0x44, ALL, MR, V, R, NOIMM, OTHER, 0),
	OP_MODRM(0x45, ALL, MR, V, R, NOIMM, OTHER, 0),
	OP_MODRM(0x46, ALL, MR, V, R, NOIMM, OTHER, 0),
	OP_MODRM(0x47, ALL, MR, V, R, NOIMM, OTHER, 0),
	OP_MODRM(0x48, ALL, MR, V, R, NOIMM, OTHER, 0),
	OP_MODRM(0x49, ALL, MR, V, R, NOIMM, OTHER, 0),
	OP_MODRM(0x4a, ALL, MR, V, R, NOIMM, OTHER, 0),
	OP_MODRM(0x4b, ALL, MR, V, R, NOIMM, OTHER, 0),
	OP_MODRM(0x4c, ALL, MR, V, R, NOIMM, OTHER, 0),
	OP_MODRM(0x4d, ALL, MR, V, R, NOIMM, OTHER, 0),
	OP_MODRM(0x4e, ALL, MR, V, R, NOIMM, OTHER, 0),
	OP_MODRM(0x4f, ALL, MR, V, R, NOIMM, OTHER, 0),
	[0x50 ... 0x7f] = SEE_ROWS,
	OP_16(0x80, ALL, JZ, JCC, X_F64),
	OP_MODRM(0x90, ALL, MR, S1, W, NOIMM, OTHER, 0), /* setcc */
	OP_MODRM(0x91, ALL, MR, S1, W, NOIMM, OTHER, 0),
	OP_MODRM(0x92, ALL, MR, S1, W, NOIMM, OTHER, 0),
	OP_MODRM(0x93, ALL, MR, S1, W, NOIMM, OTHER, 0),
	OP_MODRM(0x94, ALL, MR, S1, W, NOIMM, OTHER, 0),
	OP_MODRM(0x95, ALL, MR, S1, W, NOIMM, OTHER, 0),
	OP_MODRM(0x96, ALL, MR, S1, W, NOIMM, OTHER, 0),
	OP_MODRM(0x97, ALL, MR, S1, W, NOIMM, OTHER, 0),
	OP_MODRM(0x98, ALL, MR, S1, W, NOIMM, OTHER, 0),
	OP_MODRM(0x99, ALL, MR, S1, W, NOIMM, OTHER, 0),
	OP_MODRM(0x9a, ALL, MR, S1, W, NOIMM, OTHER, 0),
	OP_MODRM(0x9b, ALL, MR, S1, W, NOIMM, OTHER, 0),
	OP_MODRM(0x9c, ALL, MR, S1, W, NOIMM, OTHER, 0),
	OP_MODRM(0x9d, ALL, MR, S1, W, NOIMM, OTHER, 0),
	OP_MODRM(0x9e, ALL, MR, S1, W, NOIMM, OTHER, 0),
	OP_MODRM(0x9f, ALL, MR, S1, W, NOIMM, OTHER, 0),
	OP(0xa0, ALL, NOIMM, PUSH_SEGMENT, X_D64),
	OP(0xa1, ALL, NOIMM, POP_SEGMENT, X_D64),
	OP(0xa2, ALL, NOIMM, CPUID, 0),
	OP_MODRM(0xa3, ALL, MR, V, R, NOIMM, BIT_TEST, 0),
	OP_MODRM(0xa4, ALL, MR, V, RW, IB, OTHER, 0), /* shld */
	OP_MODRM(0xa5, ALL, MR, V, RW, NOIMM, OTHER, 0),
	OP(0xa8, ALL, NOIMM, PUSH_SEGMENT, X_D64),
	OP(0xa9, ALL, NOIMM, POP_SEGMENT, X_D64),
	OP(0xaa, ALL, NOIMM, RSM, 0),
	OP_MODRM(0xab, ALL, MR, V, RW, NOIMM, BIT_TEST, 0),
	OP_MODRM(0xac, ALL, MR, V, RW, IB, OTHER, 0), /* shrd */
	OP_MODRM(0xad, ALL, MR, V, RW, NOIMM, OTHER, 0),
	[0xae] = SEE_ROWS,
	OP_MODRM(0xaf, ALL, MR, V, R, NOIMM, OTHER, 0), /* imul */
	OP_MODRM(0xb0, ALL, MR, S1, RW, NOIMM, CMPXCHG, 0),
	OP_MODRM(0xb1, ALL, MR, V, RW, NOIMM, CMPXCHG, 0),
	OP_MODRM(0xb2, ALL, M, FAR, R, NOIMM, LOAD_FAR_POINTER, 0),
	OP_MODRM(0xb3, ALL, MR, V, RW, NOIMM, BIT_TEST, 0),
	OP_MODRM(0xb4, ALL, M, FAR, R, NOIMM, LOAD_FAR_POINTER, 0),
	OP_MODRM(0xb5, ALL, M, FAR, R, NOIMM, LOAD_FAR_POINTER, 0),
	OP_MODRM(0xb6, ALL, MR, S1, R, NOIMM, MOV, 0), /* movzx */
	OP_MODRM(0xb7, ALL, MR, S2, R, NOIMM, MOV, 0),
	[0xb8] = SEE_ROWS,
	OP_MODRM(0xb9, ALL, MR, S0, NONE, NOIMM, UD, 0),
	[0xba] = SEE_ROWS,
	OP_MODRM(0xbb, ALL, MR, V, RW, NOIMM, BIT_TEST, 0),
	OP_MODRM(0xbc, ALL, MR, V, R, NOIMM, OTHER, 0), /* bsf, tzcnt */
	OP_MODRM(0xbd, ALL, MR, V, R, NOIMM, OTHER, 0), /* bsr, lzcnt */
	OP_MODRM(0xbe, ALL, MR, S1, R, NOIMM, MOV, 0), /* movsx */
	OP_MODRM(0xbf, ALL, MR, S2, R, NOIMM, MOV, 0),
	OP_MODRM(0xc0, ALL, MR, S1, RW, NOIMM, OTHER, 0), /* xadd */
	OP_MODRM(0xc1, ALL, MR, V, RW, NOIMM, OTHER, 0),
	[0xc2 ... 0xc7] = SEE_ROWS,
	OP_8(0xc8, ALL, NOIMM, OTHER, 0), /* bswap */
	[0xd0 ... 0xfe] = SEE_ROWS,
	OP_MODRM(0xff, ALL, MR, S0, NONE, NOIMM, UD, 0),
};

static const struct decode_row rows_0f[] = {
	LROW(0x00, ANY, ALL, MR, 0, ANY, S2, W, NOIMM, SLDT, 0),
	LROW(0x00, ANY, ALL, MR, 1, ANY, S2, W, NOIMM, STR, 0),
	LROW(0x00, ANY, ALL, MR, 2, ANY, S2, R, NOIMM, LLDT, 0),
	LROW(0x00, ANY, ALL, MR, 3, ANY, S2, R, NOIMM, LTR, 0),
	LROW(0x00, ANY, ALL, MR, 4, ANY, S2, R, NOIMM, OTHER, 0), /* verr */
	LROW(0x00, ANY, ALL, MR, 5, ANY, S2, R, NOIMM, OTHER, 0), /* verw */
	LROW(0x00, F2, 64, MR, 6, ANY, S2, R, NOIMM, OTHER, 0), /* lkgs */
	LROW(0x01, ANY, ALL, M, 0, ANY, TABLE, W, NOIMM, SGDT, 0),
	LROW(0x01, ANY, ALL, M, 1, ANY, TABLE, W, NOIMM, SIDT, 0),
	LROW(0x01, ANY, ALL, M, 2, ANY, TABLE, R, NOIMM, LGDT, 0),
	LROW(0x01, ANY, ALL, M, 3, ANY, TABLE, R, NOIMM, LIDT, 0),
	LROW(0x01, ANY, ALL, MR, 4, ANY, S2, W, NOIMM, SMSW, 0),
	LROW(0x01, F3, ALL, M, 5, ANY, S8, RW, NOIMM, OTHER, 0), /* rstorssp */
	LROW(0x01, ANY, ALL, MR, 6, ANY, S2, R, NOIMM, LMSW, 0),
	LROW(0x01, ANY, ALL, M, 7, ANY, S0, NONE, NOIMM, INVLPG, 0),
	LROW(0x01, NP, ALL, R, 0, 0, S0, NONE, NOIMM, OTHER, 0), /* enclv */
	LROW(0x01, NP, ALL, R, 0, 1, S0, NONE, NOIMM, VMCALL, 0),
	LROW(0x01, NP, ALL, R, 0, 2, S0, NONE, NOIMM, VMX, 0), /* vmlaunch */
	LROW(0x01, NP, ALL, R, 0, 3, S0, NONE, NOIMM, VMX, 0), /* vmresume */
	LROW(0x01, NP, ALL, R, 0, 4, S0, NONE, NOIMM, VMX, 0), /* vmxoff */
	LROW(0x01, NP, ALL, R, 0, 5, S0, NONE, NOIMM, OTHER, 0), /* pconfig */
	LROW(0x01, NP, ALL, R, 0, 6, S0, NONE, NOIMM, WRMSR, 0), /* wrmsrns */
	LROW(0x01, F3, 64, R, 0, 6, S0, NONE, NOIMM, WRMSR, 0), /* wrmsrlist */
	LROW(0x01, F2, 64, R, 0, 6, S0, NONE, NOIMM, RDMSR, 0), /* rdmsrlist */
	LROW(0x01, NP, 64, R, 0, 7, S0, NONE, NOIMM, OTHER, 0), /* pbndkb */
	LROW(0x01, NP, ALL, R, 1, 0, S0, NONE, NOIMM, MONITOR, 0),
	LROW(0x01, NP, ALL, R, 1, 1, S0, NONE, NOIMM, MWAIT, 0),
	LROW(0x01, NP, ALL, R, 1, 2, S0, NONE, NOIMM, OTHER, 0), /* clac */
	LROW(0x01, F3, 64, R, 1, 2, S0, NONE, NOIMM, IRET, 0), /* eretu */
	LROW(0x01, F2, 64, R, 1, 2, S0, NONE, NOIMM, IRET, 0), /* erets */
	LROW(0x01, NP, ALL, R, 1, 3, S0, NONE, NOIMM, OTHER, 0), /* stac */
	LROW(0x01, 66, ALL, R, 1, 4, S0, NONE, NOIMM, VMX, 0), /* tdcall */
	LROW(0x01, 66, ALL, R, 1, 5, S0, NONE, NOIMM, VMX, 0), /* seamret */
	LROW(0x01, 66, ALL, R, 1, 6, S0, NONE, NOIMM, VMX, 0), /* seamops */
	LROW(0x01, 66, ALL, R, 1, 7, S0, NONE, NOIMM, VMX, 0), /* seamcall */
	LROW(0x01, NP, ALL, R, 1, 7, S0, NONE, NOIMM, OTHER, 0), /* encls */
	LROW(0x01, NP, ALL, R, 2, 0, S0, NONE, NOIMM, XGETBV, 0),
	LROW(0x01, NP, ALL, R, 2, 1, S0, NONE, NOIMM, XSETBV, 0),
	LROW(0x01, NP, ALL, R, 2, 4, S0, NONE, NOIMM, VMX, 0), /* vmfunc */
	LROW(0x01, NP, ALL, R, 2, 5, S0, NONE, NOIMM, XEND, 0),
	LROW(0x01, NP, ALL, R, 2, 6, S0, NONE, NOIMM, OTHER, 0), /* xtest */
	LROW(0x01, NP, ALL, R, 2, 7, S0, NONE, NOIMM, OTHER, 0), /* enclu */
	LROW(0x01, ANY, ALL, R, 3, 0, S0, NONE, NOIMM, VMRUN, 0),
	LROW(0x01, ANY, ALL, R, 3, 1, S0, NONE, NOIMM, VMMCALL, 0),
	LROW(0x01, ANY, ALL, R, 3, 2, S0, NONE, NOIMM, VMLOAD, 0),
	LROW(0x01, ANY, ALL, R, 3, 3, S0, NONE, NOIMM, VMSAVE, 0),
	LROW(0x01, ANY, ALL, R, 3, 4, S0, NONE, NOIMM, STGI, 0),
	LROW(0x01, ANY, ALL, R, 3, 5, S0, NONE, NOIMM, CLGI, 0),
	LROW(0x01, ANY, ALL, R, 3, 6, S0, NONE, NOIMM, SKINIT, 0),
	LROW(0x01, ANY, ALL, R, 3, 7, S0, NONE, NOIMM, INVLPGA, 0),
	LROW(0x01, NP, ALL, R, 5, 0, S0, NONE, NOIMM, OTHER, 0), /* serialize */
	LROW(0x01, F3, ALL, R, 5, 0, S0, NONE, NOIMM, OTHER, 0), /* setssbsy */
	LROW(0x01, F2, ALL, R, 5, 0, S0, NONE, NOIMM, OTHER, 0), /* xsusldtrk */
	LROW(0x01, F2, ALL, R, 5, 1, S0, NONE, NOIMM, OTHER, 0), /* xresldtrk */
	LROW(0x01, F3, ALL, R, 5, 2, S0, NONE, NOIMM, OTHER, 0), /* saveprevssp */
	LROW(0x01, F3, 64, R, 5, 4, S0, NONE, NOIMM, IRET, 0), /* uiret */
	LROW(0x01, F3, 64, R, 5, 5, S0, NONE, NOIMM, OTHER, 0), /* testui */
	LROW(0x01, F3, 64, R, 5, 6, S0, NONE, NOIMM, OTHER, 0), /* clui */
	LROW(0x01, NP, ALL, R, 5, 6, S0, NONE, NOIMM, OTHER, 0), /* rdpkru */
	LROW(0x01, F3, 64, R, 5, 7, S0, NONE, NOIMM, OTHER, 0), /* stui */
	LROW(0x01, NP, ALL, R, 5, 7, S0, NONE, NOIMM, OTHER, 0), /* wrpkru */
	LROW(0x01, ANY, 64, R, 7, 0, S0, NONE, NOIMM, SWAPGS, 0),
	LROW(0x01, ANY, ALL, R, 7, 1, S0, NONE, NOIMM, RDTSCP, 0),
	LROW(0x01, NP, ALL, R, 7, 2, S0, NONE, NOIMM, MONITOR, 0), /* monitorx */
	LROW(0x01, F3, ALL, R, 7, 2, S0, NONE, NOIMM, OTHER, 0), /* mcommit */
	LROW(0x01, NP, ALL, R, 7, 3, S0, NONE, NOIMM, MWAIT, 0), /* mwaitx */
	LROW(0x01, ANY, ALL, R, 7, 4, S0, NONE, NOIMM, CLZERO, 0),
	LROW(0x01, ANY, ALL, R, 7, 5, S0, NONE, NOIMM, OTHER, 0), /* rdpru */
	LROW(0x01, NP, ALL, R, 7, 6, S0, NONE, NOIMM, OTHER, 0), /* invlpgb */
	LROW(0x01, F3, 64, R, 7, 6, S0, NONE, NOIMM, OTHER, 0), /* rmpadjust */
	LROW(0x01, F2, 64, R, 7, 6, S0, NONE, NOIMM, OTHER, 0), /* rmpupdate */
	LROW(0x01, NP, ALL, R, 7, 7, S0, NONE, NOIMM, OTHER, 0), /* tlbsync */
	LROW(0x01, F3, 64, R, 7, 7, S0, NONE, NOIMM, OTHER, 0), /* psmash */
	LROW(0x01, F2, ALL, R, 7, 7, S0, NONE, NOIMM, OTHER, 0), /* pvalidate */
	SROW(0x10, NOREP, MR, ANY, S16, R, NOIMM, OTHER), /* movups */
	SROW(0x10, F3, MR, ANY, S4, R, NOIMM, OTHER), /* movss */
	SROW(0x10, F2, MR, ANY, S8, R, NOIMM, OTHER), /* movsd */
	SROW(0x11, NOREP, MR, ANY, S16, W, NOIMM, OTHER), /* movups */
	SROW(0x11, F3, MR, ANY, S4, W, NOIMM, OTHER), /* movss */
	SROW(0x11, F2, MR, ANY, S8, W, NOIMM, OTHER), /* movsd */
	SROW(0x12, NP, MR, ANY, S8, R, NOIMM, OTHER), /* movlps/movhlps */
	SROW(0x12, 66, M, ANY, S8, R, NOIMM, OTHER), /* movlpd */
	SROW(0x12, F3, MR, ANY, S16, R, NOIMM, OTHER), /* movsldup */
	SROW(0x12, F2, MR, ANY, S8, R, NOIMM, OTHER), /* movddup */
	SROW(0x13, NOREP, M, ANY, S8, W, NOIMM, OTHER), /* movlps */
	SROW(0x14, NOREP, MR, ANY, S16, R, NOIMM, OTHER), /* unpcklps */
	SROW(0x15, NOREP, MR, ANY, S16, R, NOIMM, OTHER), /* unpckhps */
	SROW(0x16, NP, MR, ANY, S8, R, NOIMM, OTHER), /* movhps/movlhps */
	SROW(0x16, 66, M, ANY, S8, R, NOIMM, OTHER), /* movhpd */
	SROW(0x16, F3, MR, ANY, S16, R, NOIMM, OTHER), /* movshdup */
	SROW(0x17, NOREP, M, ANY, S8, W, NOIMM, OTHER), /* movhps */
	LROW(0x18, ANY, ALL, M, ANY, ANY, S0, NONE, NOIMM, ADDRESS, 0), /* prefetch and hints */
	LROW(0x18, ANY, ALL, R, ANY, ANY, S0, NONE, NOIMM, NOP, 0),
	SROW(0x28, NOREP, MR, ANY, S16, R, NOIMM, OTHER), /* movaps */
	SROW(0x29, NOREP, MR, ANY, S16, W, NOIMM, OTHER), /* movaps */
	SROW(0x2a, NOREP, MR, ANY, S8, R, NOIMM, OTHER), /* cvtpi2ps */
	SROW(0x2a, F3, MR, ANY, Y, R, NOIMM, OTHER), /* cvtsi2ss */
	SROW(0x2a, F2, MR, ANY, Y, R, NOIMM, OTHER), /* cvtsi2sd */
	SROW(0x2b, NOREP, M, ANY, S16, W, NOIMM, OTHER), /* movntps */
	SROW(0x2b, F3, M, ANY, S4, W, NOIMM, OTHER), /* movntss */
	SROW(0x2b, F2, M, ANY, S8, W, NOIMM, OTHER), /* movntsd */
	SROW(0x2c, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* cvttps2pi */
	SROW(0x2c, F3, MR, ANY, S4, R, NOIMM, OTHER), /* cvttss2si */
	SROW(0x2c, F2, MR, ANY, S8, R, NOIMM, OTHER), /* cvttsd2si */
	SROW(0x2d, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* cvtps2pi */
	SROW(0x2d, F3, MR, ANY, S4, R, NOIMM, OTHER), /* cvtss2si */
	SROW(0x2d, F2, MR, ANY, S8, R, NOIMM, OTHER), /* cvtsd2si */
	SROW(0x2e, NP, MR, ANY, S4, R, NOIMM, OTHER), /* ucomiss */
	SROW(0x2e, 66, MR, ANY, S8, R, NOIMM, OTHER), /* ucomisd */
	SROW(0x2f, NP, MR, ANY, S4, R, NOIMM, OTHER), /* comiss */
	SROW(0x2f, 66, MR, ANY, S8, R, NOIMM, OTHER), /* comisd */
	LROW(0x37, NP, ALL, MR, ANY, ANY, S0, NONE, NOIMM, OTHER, X_NOMODRM), /* getsec */
	SROW(0x50, NOREP, R, ANY, S0, NONE, NOIMM, OTHER), /* movmskps */
	SROW(0x51, NOREP, MR, ANY, S16, R, NOIMM, OTHER), /* sqrtps */
	SROW(0x51, F3, MR, ANY, S4, R, NOIMM, OTHER), /* sqrtss */
	SROW(0x51, F2, MR, ANY, S8, R, NOIMM, OTHER), /* sqrtsd */
	SROW(0x52, NP, MR, ANY, S16, R, NOIMM, OTHER), /* rsqrtps */
	SROW(0x52, F3, MR, ANY, S4, R, NOIMM, OTHER), /* rsqrtss */
	SROW(0x53, NP, MR, ANY, S16, R, NOIMM, OTHER), /* rcpps */
	SROW(0x53, F3, MR, ANY, S4, R, NOIMM, OTHER), /* rcpss */
	SROW(0x54, NOREP, MR, ANY, S16, R, NOIMM, OTHER), /* andps */
	SROW(0x55, NOREP, MR, ANY, S16, R, NOIMM, OTHER), /* andnps */
	SROW(0x56, NOREP, MR, ANY, S16, R, NOIMM, OTHER), /* orps */
	SROW(0x57, NOREP, MR, ANY, S16, R, NOIMM, OTHER), /* xorps */
	SROW(0x58, NOREP, MR, ANY, S16, R, NOIMM, OTHER), /* addps */
	SROW(0x58, F3, MR, ANY, S4, R, NOIMM, OTHER), /* addss */
	SROW(0x58, F2, MR, ANY, S8, R, NOIMM, OTHER), /* addsd */
	SROW(0x59, NOREP, MR, ANY, S16, R, NOIMM, OTHER), /* mulps */
	SROW(0x59, F3, MR, ANY, S4, R, NOIMM, OTHER), /* mulss */
	SROW(0x59, F2, MR, ANY, S8, R, NOIMM, OTHER), /* mulsd */
	SROW(0x5a, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* cvtps2pd */
	SROW(0x5a, F3, MR, ANY, S4, R, NOIMM, OTHER), /* cvtss2sd */
	SROW(0x5a, F2, MR, ANY, S8, R, NOIMM, OTHER), /* cvtsd2ss */
	SROW(0x5b, NP, MR, ANY, S16, R, NOIMM, OTHER), /* cvtdq2ps */
	SROW(0x5b, 66, MR, ANY, S16, R, NOIMM, OTHER), /* cvtps2dq */
	SROW(0x5b, F3, MR, ANY, S16, R, NOIMM, OTHER), /* cvttps2dq */
	SROW(0x5c, NOREP, MR, ANY, S16, R, NOIMM, OTHER), /* subps */
	SROW(0x5c, F3, MR, ANY, S4, R, NOIMM, OTHER), /* subss */
	SROW(0x5c, F2, MR, ANY, S8, R, NOIMM, OTHER), /* subsd */
	SROW(0x5d, NOREP, MR, ANY, S16, R, NOIMM, OTHER), /* minps */
	SROW(0x5d, F3, MR, ANY, S4, R, NOIMM, OTHER), /* minss */
	SROW(0x5d, F2, MR, ANY, S8, R, NOIMM, OTHER), /* minsd */
	SROW(0x5e, NOREP, MR, ANY, S16, R, NOIMM, OTHER), /* divps */
	SROW(0x5e, F3, MR, ANY, S4, R, NOIMM, OTHER), /* divss */
	SROW(0x5e, F2, MR, ANY, S8, R, NOIMM, OTHER), /* divsd */
	SROW(0x5f, NOREP, MR, ANY, S16, R, NOIMM, OTHER), /* maxps */
	SROW(0x5f, F3, MR, ANY, S4, R, NOIMM, OTHER), /* maxss */
	SROW(0x5f, F2, MR, ANY, S8, R, NOIMM, OTHER), /* maxsd */
	SROW(0x60, NP, MR, ANY, S4, R, NOIMM, OTHER), /* punpcklbw */
	SROW(0x60, 66, MR, ANY, S16, R, NOIMM, OTHER), /* punpcklbw */
	SROW(0x61, NP, MR, ANY, S4, R, NOIMM, OTHER), /* punpcklwd */
	SROW(0x61, 66, MR, ANY, S16, R, NOIMM, OTHER), /* punpcklwd */
	SROW(0x62, NP, MR, ANY, S4, R, NOIMM, OTHER), /* punpckldq */
	SROW(0x62, 66, MR, ANY, S16, R, NOIMM, OTHER), /* punpckldq */
	SROW(0x63, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* packsswb */
	SROW(0x64, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pcmpgtb */
	SROW(0x65, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pcmpgtw */
	SROW(0x66, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pcmpgtd */
	SROW(0x67, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* packuswb */
	SROW(0x68, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* punpckhbw */
	SROW(0x69, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* punpckhwd */
	SROW(0x6a, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* punpckhdq */
	SROW(0x6b, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* packssdw */
	SROW(0x6c, 66, MR, ANY, S16, R, NOIMM, OTHER), /* punpcklqdq */
	SROW(0x6d, 66, MR, ANY, S16, R, NOIMM, OTHER), /* punpckhqdq */
	SROW(0x6e, NOREP, MR, ANY, Y, R, NOIMM, OTHER), /* movd/movq */
	SROW(0x6f, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* movq */
	SROW(0x6f, F3, MR, ANY, S16, R, NOIMM, OTHER), /* movdqu */
	SROW(0x70, NOREP, MR, ANY, MMX, R, IB, OTHER), /* pshufw */
	SROW(0x70, F3, MR, ANY, S16, R, IB, OTHER), /* pshufhw */
	SROW(0x70, F2, MR, ANY, S16, R, IB, OTHER), /* pshuflw */
	SROW(0x71, NOREP, R, 2, S0, NONE, IB, OTHER), /* psrlw */
	SROW(0x71, NOREP, R, 4, S0, NONE, IB, OTHER), /* psraw */
	SROW(0x71, NOREP, R, 6, S0, NONE, IB, OTHER), /* psllw */
	SROW(0x72, NOREP, R, 2, S0, NONE, IB, OTHER), /* psrld */
	SROW(0x72, NOREP, R, 4, S0, NONE, IB, OTHER), /* psrad */
	SROW(0x72, NOREP, R, 6, S0, NONE, IB, OTHER), /* pslld */
	SROW(0x73, NOREP, R, 2, S0, NONE, IB, OTHER), /* psrlq */
	SROW(0x73, NOREP, R, 6, S0, NONE, IB, OTHER), /* psllq */
	SROW(0x73, 66, R, 3, S0, NONE, IB, OTHER), /* psrldq */
	SROW(0x73, 66, R, 7, S0, NONE, IB, OTHER), /* pslldq */
	SROW(0x74, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pcmpeqb */
	SROW(0x75, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pcmpeqw */
	SROW(0x76, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pcmpeqd */
	LROW(0x77, NP, ALL, MR, ANY, ANY, S0, NONE, NOIMM, OTHER, X_NOMODRM), /* emms */
	SROW(0x78, NP, MR, ANY, N, W, NOIMM, VMX), /* vmread */
	SROW(0x78, 66, R, 0, S0, NONE, IBB, OTHER), /* extrq */
	SROW(0x78, F2, R, ANY, S0, NONE, IBB, OTHER), /* insertq */
	SROW(0x79, NP, MR, ANY, N, R, NOIMM, VMX), /* vmwrite */
	SROW(0x79, 66, R, ANY, S0, NONE, NOIMM, OTHER), /* extrq */
	SROW(0x79, F2, R, ANY, S0, NONE, NOIMM, OTHER), /* insertq */
	SROW(0x7c, 66, MR, ANY, S16, R, NOIMM, OTHER), /* haddpd */
	SROW(0x7c, F2, MR, ANY, S16, R, NOIMM, OTHER), /* haddps */
	SROW(0x7d, 66, MR, ANY, S16, R, NOIMM, OTHER), /* hsubpd */
	SROW(0x7d, F2, MR, ANY, S16, R, NOIMM, OTHER), /* hsubps */
	SROW(0x7e, NOREP, MR, ANY, Y, W, NOIMM, OTHER), /* movd/movq */
	SROW(0x7e, F3, MR, ANY, S8, R, NOIMM, OTHER), /* movq */
	SROW(0x7f, NOREP, MR, ANY, MMX, W, NOIMM, OTHER), /* movq */
	SROW(0x7f, F3, MR, ANY, S16, W, NOIMM, OTHER), /* movdqu */
	LROW(0xae, NP, ALL, M, 0, ANY, S512, W, NOIMM, FXSAVE, 0),
	LROW(0xae, NP, ALL, M, 1, ANY, S512, R, NOIMM, FXRSTOR, 0),
	LROW(0xae, NP, ALL, M, 2, ANY, S4, R, NOIMM, OTHER, 0), /* ldmxcsr */
	LROW(0xae, NP, ALL, M, 3, ANY, S4, W, NOIMM, OTHER, 0), /* stmxcsr */
	LROW(0xae, NP, ALL, M, 4, ANY, S576, RW, NOIMM, XSAVE, 0),
	LROW(0xae, NP, ALL, M, 5, ANY, S576, R, NOIMM, XRSTOR, 0),
	LROW(0xae, NP, ALL, M, 6, ANY, S576, RW, NOIMM, XSAVE, 0), /* xsaveopt */
	LROW(0xae, NP, ALL, M, 7, ANY, S0, NONE, NOIMM, ADDRESS, 0), /* clflush */
	LROW(0xae, 66, ALL, M, 6, ANY, S0, NONE, NOIMM, ADDRESS, 0), /* clwb */
	LROW(0xae, 66, ALL, M, 7, ANY, S0, NONE, NOIMM, ADDRESS, 0), /* clflushopt */
	LROW(0xae, F3, ALL, MR, 4, ANY, Y, R, NOIMM, OTHER, 0), /* ptwrite */
	LROW(0xae, F3, ALL, M, 6, ANY, S8, RW, NOIMM, OTHER, 0), /* clrssbsy */
	LROW(0xae, F3, 64, R, 0, ANY, S0, NONE, NOIMM, OTHER, 0), /* rdfsbase */
	LROW(0xae, F3, 64, R, 1, ANY, S0, NONE, NOIMM, OTHER, 0), /* rdgsbase */
	LROW(0xae, F3, 64, R, 2, ANY, S0, NONE, NOIMM, OTHER, 0), /* wrfsbase */
	LROW(0xae, F3, 64, R, 3, ANY, S0, NONE, NOIMM, OTHER, 0), /* wrgsbase */
	LROW(0xae, NP, ALL, R, 5, ANY, S0, NONE, NOIMM, OTHER, 0), /* lfence */
	LROW(0xae, NP, ALL, R, 6, ANY, S0, NONE, NOIMM, OTHER, 0), /* mfence */
	LROW(0xae, NP, ALL, R, 7, ANY, S0, NONE, NOIMM, OTHER, 0), /* sfence */
	LROW(0xae, F3, ALL, R, 5, ANY, S0, NONE, NOIMM, OTHER, 0), /* incssp */
	LROW(0xae, F3, ALL, R, 6, ANY, S0, NONE, NOIMM, MONITOR, 0), /* umonitor */
	LROW(0xae, F2, ALL, R, 6, ANY, S0, NONE, NOIMM, MWAIT, 0), /* umwait */
	LROW(0xae, 66, ALL, R, 6, ANY, S0, NONE, NOIMM, MWAIT, 0), /* tpause */
	LROW(0xb8, F3, ALL, MR, ANY, ANY, V, R, NOIMM, OTHER, 0), /* popcnt */
	LROW(0xba, ANY, ALL, MR, 4, ANY, V, R, IB, BIT_TEST, 0), /* bt */
	LROW(0xba, ANY, ALL, MR, 5, ANY, V, RW, IB, BIT_TEST, 0), /* bts */
	LROW(0xba, ANY, ALL, MR, 6, ANY, V, RW, IB, BIT_TEST, 0), /* btr */
	LROW(0xba, ANY, ALL, MR, 7, ANY, V, RW, IB, BIT_TEST, 0), /* btc */
	SROW(0xc2, NOREP, MR, ANY, S16, R, IB, OTHER), /* cmpps */
	SROW(0xc2, F3, MR, ANY, S4, R, IB, OTHER), /* cmpss */
	SROW(0xc2, F2, MR, ANY, S8, R, IB, OTHER), /* cmpsd */
	LROW(0xc3, NP, ALL, M, ANY, ANY, Y, W, NOIMM, OTHER, 0), /* movnti */
	SROW(0xc4, NOREP, MR, ANY, S2, R, IB, OTHER), /* pinsrw */
	SROW(0xc5, NOREP, R, ANY, S0, NONE, IB, OTHER), /* pextrw */
	SROW(0xc6, NOREP, MR, ANY, S16, R, IB, OTHER), /* shufps */
	LROW(0xc7, ANY, ALL, M, 1, ANY, TWO_Y, RW, NOIMM, CMPXCHG16B, 0),
	LROW(0xc7, NP, ALL, M, 3, ANY, S576, R, NOIMM, XRSTOR, 0), /* xrstors */
	LROW(0xc7, NP, ALL, M, 4, ANY, S576, W, NOIMM, XSAVE, 0), /* xsavec */
	LROW(0xc7, NP, ALL, M, 5, ANY, S576, W, NOIMM, XSAVE, 0), /* xsaves */
	LROW(0xc7, NP, ALL, M, 6, ANY, S8, R, NOIMM, VMX, 0), /* vmptrld */
	LROW(0xc7, 66, ALL, M, 6, ANY, S8, R, NOIMM, VMX, 0), /* vmclear */
	LROW(0xc7, F3, ALL, M, 6, ANY, S8, R, NOIMM, VMX, 0), /* vmxon */
	LROW(0xc7, NP, ALL, M, 7, ANY, S8, W, NOIMM, VMX, 0), /* vmptrst */
	LROW(0xc7, NOREP, ALL, R, 6, ANY, S0, NONE, NOIMM, OTHER, 0), /* rdrand */
	LROW(0xc7, F3, 64, R, 6, ANY, S0, NONE, NOIMM, OTHER, 0), /* senduipi */
	LROW(0xc7, NOREP, ALL, R, 7, ANY, S0, NONE, NOIMM, OTHER, 0), /* rdseed */
	LROW(0xc7, F3, ALL, R, 7, ANY, S0, NONE, NOIMM, OTHER, 0), /* rdpid */
	SROW(0xd0, 66, MR, ANY, S16, R, NOIMM, OTHER), /* addsubpd */
	SROW(0xd0, F2, MR, ANY, S16, R, NOIMM, OTHER), /* addsubps */
	SROW(0xd1, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* psrlw */
	SROW(0xd2, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* psrld */
	SROW(0xd3, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* psrlq */
	SROW(0xd4, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* paddq */
	SROW(0xd5, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pmullw */
	SROW(0xd6, 66, MR, ANY, S8, W, NOIMM, OTHER), /* movq */
	SROW(0xd6, F3, R, ANY, S0, NONE, NOIMM, OTHER), /* movq2dq */
	SROW(0xd6, F2, R, ANY, S0, NONE, NOIMM, OTHER), /* movdq2q */
	SROW(0xd7, NOREP, R, ANY, S0, NONE, NOIMM, OTHER), /* pmovmskb */
	SROW(0xd8, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* psubusb */
	SROW(0xd9, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* psubusw */
	SROW(0xda, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pminub */
	SROW(0xdb, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pand */
	SROW(0xdc, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* paddusb */
	SROW(0xdd, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* paddusw */
	SROW(0xde, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pmaxub */
	SROW(0xdf, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pandn */
	SROW(0xe0, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pavgb */
	SROW(0xe1, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* psraw */
	SROW(0xe2, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* psrad */
	SROW(0xe3, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pavgw */
	SROW(0xe4, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pmulhuw */
	SROW(0xe5, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pmulhw */
	SROW(0xe6, 66, MR, ANY, S16, R, NOIMM, OTHER), /* cvttpd2dq */
	SROW(0xe6, F3, MR, ANY, S8, R, NOIMM, OTHER), /* cvtdq2pd */
	SROW(0xe6, F2, MR, ANY, S16, R, NOIMM, OTHER), /* cvtpd2dq */
	SROW(0xe7, NOREP, M, ANY, MMX, W, NOIMM, OTHER), /* movntq */
	SROW(0xe8, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* psubsb */
	SROW(0xe9, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* psubsw */
	SROW(0xea, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pminsw */
	SROW(0xeb, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* por */
	SROW(0xec, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* paddsb */
	SROW(0xed, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* paddsw */
	SROW(0xee, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pmaxsw */
	SROW(0xef, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pxor */
	SROW(0xf0, F2, M, ANY, S16, R, NOIMM, OTHER), /* lddqu */
	SROW(0xf1, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* psllw */
	SROW(0xf2, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pslld */
	SROW(0xf3, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* psllq */
	SROW(0xf4, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pmuludq */
	SROW(0xf5, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pmaddwd */
	SROW(0xf6, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* psadbw */
	SROW(0xf7, NP, R, ANY, S0, NONE, NOIMM, MASKMOV), /* maskmovq */
	SROW(0xf7, 66, R, ANY, S0, NONE, NOIMM, MASKMOV), /* maskmovdqu */
	SROW(0xf8, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* psubb */
	SROW(0xf9, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* psubw */
	SROW(0xfa, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* psubd */
	SROW(0xfb, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* psubq */
	SROW(0xfc, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* paddb */
	SROW(0xfd, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* paddw */
	SROW(0xfe, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* paddd */
};

const struct decode_map decode_map_0f = {direct_0f, rows_0f, HD_ARRAY_SIZE(rows_0f)};

#define SUFFIX(n) (1u << ((n) % 32))

const uint32_t decode_3dnow_suffixes[8] = {
	[0] = SUFFIX(0x0c) | SUFFIX(0x0d) | SUFFIX(0x1c) | SUFFIX(0x1d),
	[4] = SUFFIX(0x8a) | SUFFIX(0x8e) | SUFFIX(0x90) | SUFFIX(0x94) | SUFFIX(0x96) | SUFFIX(0x97) |
	      SUFFIX(0x9a) | SUFFIX(0x9e),
	[5] = SUFFIX(0xa0) | SUFFIX(0xa4) | SUFFIX(0xa6) | SUFFIX(0xa7) | SUFFIX(0xaa) | SUFFIX(0xae) | SUFFIX(0xb0) | SUFFIX(0xb4) |
	      SUFFIX(0xb6) | SUFFIX(0xb7) | SUFFIX(0xbb) | SUFFIX(0xbf),
};
