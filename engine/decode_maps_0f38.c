// SPDX-License-Identifier: GPL-2.0
/*
 * The legacy opcode maps 0F 38 and 0F 3A. Columns: opcode, prefix, memory or
 * register, modrm.reg, memory size, access, immediate, kind.
 */
#include "decode_tables.h"

/* clang-format off: one instruction a line */
static const struct decode_row rows_0f38[] = {
	SROW(0x00, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pshufb */
	SROW(0x01, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* phaddw */
	SROW(0x02, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* phaddd */
	SROW(0x03, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* phaddsw */
	SROW(0x04, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pmaddubsw */
	SROW(0x05, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* phsubw */
	SROW(0x06, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* phsubd */
	SROW(0x07, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* phsubsw */
	SROW(0x08, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* psignb */
	SROW(0x09, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* psignw */
	SROW(0x0a, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* psignd */
	SROW(0x0b, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pmulhrsw */
	SROW(0x10, 66, MR, ANY, S16, R, NOIMM, OTHER), /* pblendvb */
	SROW(0x14, 66, MR, ANY, S16, R, NOIMM, OTHER), /* blendvps */
	SROW(0x15, 66, MR, ANY, S16, R, NOIMM, OTHER), /* blendvpd */
	SROW(0x17, 66, MR, ANY, S16, R, NOIMM, OTHER), /* ptest */
	SROW(0x1c, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pabsb */
	SROW(0x1d, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pabsw */
	SROW(0x1e, NOREP, MR, ANY, MMX, R, NOIMM, OTHER), /* pabsd */
	SROW(0x20, 66, MR, ANY, S8, R, NOIMM, OTHER), /* pmovsxbw */
	SROW(0x21, 66, MR, ANY, S4, R, NOIMM, OTHER), /* pmovsxbd */
	SROW(0x22, 66, MR, ANY, S2, R, NOIMM, OTHER), /* pmovsxbq */
	SROW(0x23, 66, MR, ANY, S8, R, NOIMM, OTHER), /* pmovsxwd */
	SROW(0x24, 66, MR, ANY, S4, R, NOIMM, OTHER), /* pmovsxwq */
	SROW(0x25, 66, MR, ANY, S8, R, NOIMM, OTHER), /* pmovsxdq */
	SROW(0x28, 66, MR, ANY, S16, R, NOIMM, OTHER), /* pmuldq */
	SROW(0x29, 66, MR, ANY, S16, R, NOIMM, OTHER), /* pcmpeqq */
	SROW(0x2a, 66, M, ANY, S16, R, NOIMM, OTHER), /* movntdqa */
	SROW(0x2b, 66, MR, ANY, S16, R, NOIMM, OTHER), /* packusdw */
	SROW(0x30, 66, MR, ANY, S8, R, NOIMM, OTHER), /* pmovzxbw */
	SROW(0x31, 66, MR, ANY, S4, R, NOIMM, OTHER), /* pmovzxbd */
	SROW(0x32, 66, MR, ANY, S2, R, NOIMM, OTHER), /* pmovzxbq */
	SROW(0x33, 66, MR, ANY, S8, R, NOIMM, OTHER), /* pmovzxwd */
	SROW(0x34, 66, MR, ANY, S4, R, NOIMM, OTHER), /* pmovzxwq */
	SROW(0x35, 66, MR, ANY, S8, R, NOIMM, OTHER), /* pmovzxdq */
	SROW(0x37, 66, MR, ANY, S16, R, NOIMM, OTHER), /* pcmpgtq */
	SROW(0x38, 66, MR, ANY, S16, R, NOIMM, OTHER), /* pminsb */
	SROW(0x39, 66, MR, ANY, S16, R, NOIMM, OTHER), /* pminsd */
	SROW(0x3a, 66, MR, ANY, S16, R, NOIMM, OTHER), /* pminuw */
	SROW(0x3b, 66, MR, ANY, S16, R, NOIMM, OTHER), /* pminud */
	SROW(0x3c, 66, MR, ANY, S16, R, NOIMM, OTHER), /* pmaxsb */
	SROW(0x3d, 66, MR, ANY, S16, R, NOIMM, OTHER), /* pmaxsd */
	SROW(0x3e, 66, MR, ANY, S16, R, NOIMM, OTHER), /* pmaxuw */
	SROW(0x3f, 66, MR, ANY, S16, R, NOIMM, OTHER), /* pmaxud */
	SROW(0x40, 66, MR, ANY, S16, R, NOIMM, OTHER), /* pmulld */
	SROW(0x41, 66, MR, ANY, S16, R, NOIMM, OTHER), /* phminposuw */
	SROW(0x80, 66, M, ANY, S16, R, NOIMM, VMX), /* invept */
	SROW(0x81, 66, M, ANY, S16, R, NOIMM, VMX), /* invvpid */
	SROW(0x82, 66, M, ANY, S16, R, NOIMM, INVPCID), /* invpcid */
	SROW(0xc8, NP, MR, ANY, S16, R, NOIMM, OTHER), /* sha1nexte */
	SROW(0xc9, NP, MR, ANY, S16, R, NOIMM, OTHER), /* sha1msg1 */
	SROW(0xca, NP, MR, ANY, S16, R, NOIMM, OTHER), /* sha1msg2 */
	SROW(0xcb, NP, MR, ANY, S16, R, NOIMM, OTHER), /* sha256rnds2 */
	SROW(0xcc, NP, MR, ANY, S16, R, NOIMM, OTHER), /* sha256msg1 */
	SROW(0xcd, NP, MR, ANY, S16, R, NOIMM, OTHER), /* sha256msg2 */
	SROW(0xcf, 66, MR, ANY, S16, R, NOIMM, OTHER), /* gf2p8mulb */
	SROW(0xd8, F3, M, 0, S48, R, NOIMM, OTHER), /* aesencwide128kl */
	SROW(0xd8, F3, M, 1, S48, R, NOIMM, OTHER), /* aesdecwide128kl */
	SROW(0xd8, F3, M, 2, S64, R, NOIMM, OTHER), /* aesencwide256kl */
	SROW(0xd8, F3, M, 3, S64, R, NOIMM, OTHER), /* aesdecwide256kl */
	SROW(0xdb, 66, MR, ANY, S16, R, NOIMM, OTHER), /* aesimc */
	SROW(0xdc, 66, MR, ANY, S16, R, NOIMM, OTHER), /* aesenc */
	SROW(0xdc, F3, MR, ANY, S48, R, NOIMM, OTHER), /* aesenc128kl/loadiwkey */
	SROW(0xdd, 66, MR, ANY, S16, R, NOIMM, OTHER), /* aesenclast */
	SROW(0xdd, F3, M, ANY, S48, R, NOIMM, OTHER), /* aesdec128kl */
	SROW(0xde, 66, MR, ANY, S16, R, NOIMM, OTHER), /* aesdec */
	SROW(0xde, F3, M, ANY, S64, R, NOIMM, OTHER), /* aesenc256kl */
	SROW(0xdf, 66, MR, ANY, S16, R, NOIMM, OTHER), /* aesdeclast */
	SROW(0xdf, F3, M, ANY, S64, R, NOIMM, OTHER), /* aesdec256kl */
	SROW(0xf0, NOREP, M, ANY, V, R, NOIMM, OTHER), /* movbe */
	SROW(0xf0, F2, MR, ANY, S1, R, NOIMM, OTHER), /* crc32 */
	SROW(0xf1, NOREP, M, ANY, V, W, NOIMM, OTHER), /* movbe */
	SROW(0xf1, F2, MR, ANY, V, R, NOIMM, OTHER), /* crc32 */
	SROW(0xf5, 66, M, ANY, Y, W, NOIMM, OTHER), /* wruss */
	SROW(0xf6, NP, M, ANY, Y, W, NOIMM, OTHER), /* wrss */
	SROW(0xf6, 66, MR, ANY, Y, R, NOIMM, OTHER), /* adcx */
	SROW(0xf6, F3, MR, ANY, Y, R, NOIMM, OTHER), /* adox */
	SROW(0xf8, 66, M, ANY, S64, R, NOIMM, MOVDIR64B), /* movdir64b */
	SROW(0xf8, F3, M, ANY, S64, R, NOIMM, MOVDIR64B), /* enqcmds */
	SROW(0xf8, F2, M, ANY, S64, R, NOIMM, MOVDIR64B), /* enqcmd */
	SROW(0xf9, NP, M, ANY, Y, W, NOIMM, OTHER), /* movdiri */
	SROW(0xfa, F3, R, ANY, S0, NONE, NOIMM, OTHER), /* encodekey128 */
	SROW(0xfb, F3, R, ANY, S0, NONE, NOIMM, OTHER), /* encodekey256 */
	SROW(0xfc, ANY, M, ANY, Y, RW, NOIMM, OTHER), /* aadd/aand/axor/aor */
};

static const struct decode_row rows_0f3a[] = {
	SROW(0x08, 66, MR, ANY, S16, R, IB, OTHER), /* roundps */
	SROW(0x09, 66, MR, ANY, S16, R, IB, OTHER), /* roundpd */
	SROW(0x0a, 66, MR, ANY, S4, R, IB, OTHER), /* roundss */
	SROW(0x0b, 66, MR, ANY, S8, R, IB, OTHER), /* roundsd */
	SROW(0x0c, 66, MR, ANY, S16, R, IB, OTHER), /* blendps */
	SROW(0x0d, 66, MR, ANY, S16, R, IB, OTHER), /* blendpd */
	SROW(0x0e, 66, MR, ANY, S16, R, IB, OTHER), /* pblendw */
	SROW(0x0f, NOREP, MR, ANY, MMX, R, IB, OTHER), /* palignr */
	SROW(0x14, 66, MR, ANY, S1, W, IB, OTHER), /* pextrb */
	SROW(0x15, 66, MR, ANY, S2, W, IB, OTHER), /* pextrw */
	SROW(0x16, 66, MR, ANY, Y, W, IB, OTHER), /* pextrd/pextrq */
	SROW(0x17, 66, MR, ANY, S4, W, IB, OTHER), /* extractps */
	SROW(0x20, 66, MR, ANY, S1, R, IB, OTHER), /* pinsrb */
	SROW(0x21, 66, MR, ANY, S4, R, IB, OTHER), /* insertps */
	SROW(0x22, 66, MR, ANY, Y, R, IB, OTHER), /* pinsrd/pinsrq */
	SROW(0x40, 66, MR, ANY, S16, R, IB, OTHER), /* dpps */
	SROW(0x41, 66, MR, ANY, S16, R, IB, OTHER), /* dppd */
	SROW(0x42, 66, MR, ANY, S16, R, IB, OTHER), /* mpsadbw */
	SROW(0x44, 66, MR, ANY, S16, R, IB, OTHER), /* pclmulqdq */
	SROW(0x60, 66, MR, ANY, S16, R, IB, OTHER), /* pcmpestrm */
	SROW(0x61, 66, MR, ANY, S16, R, IB, OTHER), /* pcmpestri */
	SROW(0x62, 66, MR, ANY, S16, R, IB, OTHER), /* pcmpistrm */
	SROW(0x63, 66, MR, ANY, S16, R, IB, OTHER), /* pcmpistri */
	SROW(0xcc, NP, MR, ANY, S16, R, IB, OTHER), /* sha1rnds4 */
	SROW(0xce, 66, MR, ANY, S16, R, IB, OTHER), /* gf2p8affineqb */
	SROW(0xcf, 66, MR, ANY, S16, R, IB, OTHER), /* gf2p8affineinvqb */
	SROW(0xdf, 66, MR, ANY, S16, R, IB, OTHER), /* aeskeygenassist */
	LROW(0xf0, F3, ALL, R, 0, 0, S0, NONE, IB, OTHER, 0), /* hreset */
};

const struct decode_map decode_map_0f38 = {NULL, rows_0f38, HD_ARRAY_SIZE(rows_0f38)};
const struct decode_map decode_map_0f3a = {NULL, rows_0f3a, HD_ARRAY_SIZE(rows_0f3a)};
