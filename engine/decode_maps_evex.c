// SPDX-License-Identifier: GPL-2.0
/*
 * The EVEX opcode maps (AVX-512). Columns: opcode, prefix, W, L, memory or register, modrm.reg,
 * memory size, access, immediate, kind, further properties.
 */
#include "decode_tables.h"

/* clang-format off: one instruction a line */

static const struct decode_row evex_0f[] = {
	ROW(0x10, NP, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vmovups */
	ROW(0x10, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vmovupd */
	ROW(0x10, F3, W0, L012, M, ANY, S4, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vmovss */
	ROW(0x10, F3, W0, L012, R, ANY, S0, NONE, NOIMM, OTHER, X_MASK | X_ZERO), /* vmovss */
	ROW(0x10, F2, W1, L012, M, ANY, S8, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vmovsd */
	ROW(0x10, F2, W1, L012, R, ANY, S0, NONE, NOIMM, OTHER, X_MASK | X_ZERO), /* vmovsd */
	ROW(0x11, NP, W0, L012, MR, ANY, VL, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vmovups */
	ROW(0x11, 66, W1, L012, MR, ANY, VL, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vmovupd */
	ROW(0x11, F3, W0, L012, M, ANY, S4, W, NOIMM, OTHER, X_NOV | X_MASK), /* vmovss */
	ROW(0x11, F3, W0, L012, R, ANY, S0, NONE, NOIMM, OTHER, X_MASK | X_ZERO), /* vmovss */
	ROW(0x11, F2, W1, L012, M, ANY, S8, W, NOIMM, OTHER, X_NOV | X_MASK), /* vmovsd */
	ROW(0x11, F2, W1, L012, R, ANY, S0, NONE, NOIMM, OTHER, X_MASK | X_ZERO), /* vmovsd */
	ROW(0x12, NP, W0, L0, MR, ANY, S8, R, NOIMM, OTHER, 0), /* vmovlps/vmovhlps */
	ROW(0x12, 66, W1, L0, M, ANY, S8, R, NOIMM, OTHER, 0), /* vmovlpd */
	ROW(0x12, F3, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vmovsldup */
	ROW(0x12, F2, W1, L012, MR, ANY, DDUP, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vmovddup */
	ROW(0x13, NP, W0, L0, M, ANY, S8, W, NOIMM, OTHER, X_NOV), /* vmovlps */
	ROW(0x13, 66, W1, L0, M, ANY, S8, W, NOIMM, OTHER, X_NOV), /* vmovlpd */
	ROW(0x14, NP, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC4), /* vunpcklps */
	ROW(0x14, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC8), /* vunpcklpd */
	ROW(0x15, NP, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC4), /* vunpckhps */
	ROW(0x15, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC8), /* vunpckhpd */
	ROW(0x16, NP, W0, L0, MR, ANY, S8, R, NOIMM, OTHER, 0), /* vmovhps/vmovlhps */
	ROW(0x16, 66, W1, L0, M, ANY, S8, R, NOIMM, OTHER, 0), /* vmovhpd */
	ROW(0x16, F3, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vmovshdup */
	ROW(0x17, NP, W0, L0, M, ANY, S8, W, NOIMM, OTHER, X_NOV), /* vmovhps */
	ROW(0x17, 66, W1, L0, M, ANY, S8, W, NOIMM, OTHER, X_NOV), /* vmovhpd */
	ROW(0x28, NP, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vmovaps */
	ROW(0x28, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vmovapd */
	ROW(0x29, NP, W0, L012, MR, ANY, VL, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vmovaps */
	ROW(0x29, 66, W1, L012, MR, ANY, VL, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vmovapd */
	ROW(0x2a, F3, WIG, L012, MR, ANY, Y, R, NOIMM, OTHER, X_RC), /* vcvtsi2ss */
	ROW(0x2a, F2, WIG, L012, MR, ANY, Y, R, NOIMM, OTHER, X_RC), /* vcvtsi2sd */
	ROW(0x2b, NP, W0, L012, M, ANY, VL, W, NOIMM, OTHER, X_NOV), /* vmovntps */
	ROW(0x2b, 66, W1, L012, M, ANY, VL, W, NOIMM, OTHER, X_NOV), /* vmovntpd */
	ROW(0x2c, F3, WIG, L012, MR, ANY, S4, R, NOIMM, OTHER, X_NOV | X_RC), /* vcvttss2si */
	ROW(0x2c, F2, WIG, L012, MR, ANY, S8, R, NOIMM, OTHER, X_NOV | X_RC), /* vcvttsd2si */
	ROW(0x2d, F3, WIG, L012, MR, ANY, S4, R, NOIMM, OTHER, X_NOV | X_RC), /* vcvtss2si */
	ROW(0x2d, F2, WIG, L012, MR, ANY, S8, R, NOIMM, OTHER, X_NOV | X_RC), /* vcvtsd2si */
	ROW(0x2e, NP, W0, L012, MR, ANY, S4, R, NOIMM, OTHER, X_NOV | X_RC), /* vucomiss */
	ROW(0x2e, 66, W1, L012, MR, ANY, S8, R, NOIMM, OTHER, X_NOV | X_RC), /* vucomisd */
	ROW(0x2f, NP, W0, L012, MR, ANY, S4, R, NOIMM, OTHER, X_NOV | X_RC), /* vcomiss */
	ROW(0x2f, 66, W1, L012, MR, ANY, S8, R, NOIMM, OTHER, X_NOV | X_RC), /* vcomisd */
	ROW(0x51, NP, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC4), /* vsqrtps */
	ROW(0x51, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC8), /* vsqrtpd */
	ROW(0x51, F3, W0, L012, MR, ANY, S4, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vsqrtss */
	ROW(0x51, F2, W1, L012, MR, ANY, S8, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vsqrtsd */
	ROW(0x54, NP, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC4), /* vandps */
	ROW(0x54, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC8), /* vandpd */
	ROW(0x55, NP, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC4), /* vandnps */
	ROW(0x55, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC8), /* vandnpd */
	ROW(0x56, NP, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC4), /* vorps */
	ROW(0x56, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC8), /* vorpd */
	ROW(0x57, NP, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC4), /* vxorps */
	ROW(0x57, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC8), /* vxorpd */
	ROW(0x58, NP, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC4), /* vaddps */
	ROW(0x58, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC8), /* vaddpd */
	ROW(0x58, F3, W0, L012, MR, ANY, S4, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vaddss */
	ROW(0x58, F2, W1, L012, MR, ANY, S8, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vaddsd */
	ROW(0x59, NP, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC4), /* vmulps */
	ROW(0x59, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC8), /* vmulpd */
	ROW(0x59, F3, W0, L012, MR, ANY, S4, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vmulss */
	ROW(0x59, F2, W1, L012, MR, ANY, S8, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vmulsd */
	ROW(0x5a, NP, W0, L012, MR, ANY, VL2, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC4), /* vcvtps2pd */
	ROW(0x5a, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC8), /* vcvtpd2ps */
	ROW(0x5a, F3, W0, L012, MR, ANY, S4, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vcvtss2sd */
	ROW(0x5a, F2, W1, L012, MR, ANY, S8, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vcvtsd2ss */
	ROW(0x5b, NP, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BCW), /* vcvtdq2ps/vcvtqq2ps */
	ROW(0x5b, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC4), /* vcvtps2dq */
	ROW(0x5b, F3, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC4), /* vcvttps2dq */
	ROW(0x5c, NP, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC4), /* vsubps */
	ROW(0x5c, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC8), /* vsubpd */
	ROW(0x5c, F3, W0, L012, MR, ANY, S4, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vsubss */
	ROW(0x5c, F2, W1, L012, MR, ANY, S8, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vsubsd */
	ROW(0x5d, NP, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC4), /* vminps */
	ROW(0x5d, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC8), /* vminpd */
	ROW(0x5d, F3, W0, L012, MR, ANY, S4, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vminss */
	ROW(0x5d, F2, W1, L012, MR, ANY, S8, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vminsd */
	ROW(0x5e, NP, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC4), /* vdivps */
	ROW(0x5e, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC8), /* vdivpd */
	ROW(0x5e, F3, W0, L012, MR, ANY, S4, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vdivss */
	ROW(0x5e, F2, W1, L012, MR, ANY, S8, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vdivsd */
	ROW(0x5f, NP, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC4), /* vmaxps */
	ROW(0x5f, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC8), /* vmaxpd */
	ROW(0x5f, F3, W0, L012, MR, ANY, S4, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vmaxss */
	ROW(0x5f, F2, W1, L012, MR, ANY, S8, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vmaxsd */
	ROW(0x60, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpunpcklbw */
	ROW(0x61, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpunpcklwd */
	ROW(0x62, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC4), /* vpunpckldq */
	ROW(0x63, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpacksswb */
	ROW(0x64, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK), /* vpcmpgtb */
	ROW(0x65, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK), /* vpcmpgtw */
	ROW(0x66, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_BC4), /* vpcmpgtd */
	ROW(0x67, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpackuswb */
	ROW(0x68, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpunpckhbw */
	ROW(0x69, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpunpckhwd */
	ROW(0x6a, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC4), /* vpunpckhdq */
	ROW(0x6b, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC4), /* vpackssdw */
	ROW(0x6c, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC8), /* vpunpcklqdq */
	ROW(0x6d, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC8), /* vpunpckhqdq */
	ROW(0x6e, 66, WIG, L0, MR, ANY, Y, R, NOIMM, OTHER, X_NOV), /* vmovd/vmovq */
	ROW(0x6f, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vmovdqa32/vmovdqa64 */
	ROW(0x6f, F3, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vmovdqu32/vmovdqu64 */
	ROW(0x6f, F2, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vmovdqu8/vmovdqu16 */
	ROW(0x70, 66, W0, L012, MR, ANY, VL, R, IB, OTHER, X_NOV | X_MASK | X_ZERO | X_BC4), /* vpshufd */
	ROW(0x70, F3, WIG, L012, MR, ANY, VL, R, IB, OTHER, X_NOV | X_MASK | X_ZERO), /* vpshufhw */
	ROW(0x70, F2, WIG, L012, MR, ANY, VL, R, IB, OTHER, X_NOV | X_MASK | X_ZERO), /* vpshuflw */
	ROW(0x71, 66, WIG, L012, MR, 2, VL, R, IB, OTHER, X_MASK | X_ZERO), /* vpsrlw */
	ROW(0x71, 66, WIG, L012, MR, 4, VL, R, IB, OTHER, X_MASK | X_ZERO), /* vpsraw */
	ROW(0x71, 66, WIG, L012, MR, 6, VL, R, IB, OTHER, X_MASK | X_ZERO), /* vpsllw */
	ROW(0x72, 66, WIG, L012, MR, 0, VL, R, IB, OTHER, X_MASK | X_ZERO | X_BCW), /* vprord/vprorq */
	ROW(0x72, 66, WIG, L012, MR, 1, VL, R, IB, OTHER, X_MASK | X_ZERO | X_BCW), /* vprold/vprolq */
	ROW(0x72, 66, W0, L012, MR, 2, VL, R, IB, OTHER, X_MASK | X_ZERO | X_BC4), /* vpsrld */
	ROW(0x72, 66, WIG, L012, MR, 4, VL, R, IB, OTHER, X_MASK | X_ZERO | X_BCW), /* vpsrad/vpsraq */
	ROW(0x72, 66, W0, L012, MR, 6, VL, R, IB, OTHER, X_MASK | X_ZERO | X_BC4), /* vpslld */
	ROW(0x73, 66, WIG, L012, MR, 3, VL, R, IB, OTHER, 0), /* vpsrldq */
	ROW(0x73, 66, WIG, L012, MR, 7, VL, R, IB, OTHER, 0), /* vpslldq */
	ROW(0x73, 66, W1, L012, MR, 2, VL, R, IB, OTHER, X_MASK | X_ZERO | X_BC8), /* vpsrlq */
	ROW(0x73, 66, W1, L012, MR, 6, VL, R, IB, OTHER, X_MASK | X_ZERO | X_BC8), /* vpsllq */
	ROW(0x74, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK), /* vpcmpeqb */
	ROW(0x75, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK), /* vpcmpeqw */
	ROW(0x76, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_BC4), /* vpcmpeqd */
	ROW(0x78, NP, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BCW), /* vcvttps2udq/vcvttpd2udq */
	ROW(0x78, 66, W0, L012, M, ANY, VL2, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_BC4), /* vcvttps2uqq */
	ROW(0x78, 66, WIG, L012, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC), /* vcvttps2uqq/vcvttpd2uqq */
	ROW(0x78, 66, W1, L012, M, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_BC8), /* vcvttpd2uqq */
	ROW(0x78, F3, WIG, L012, MR, ANY, S4, R, NOIMM, OTHER, X_NOV | X_RC), /* vcvttss2usi */
	ROW(0x78, F2, WIG, L012, MR, ANY, S8, R, NOIMM, OTHER, X_NOV | X_RC), /* vcvttsd2usi */
	ROW(0x79, NP, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BCW), /* vcvtps2udq/vcvtpd2udq */
	ROW(0x79, 66, W0, L012, M, ANY, VL2, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_BC4), /* vcvtps2uqq */
	ROW(0x79, 66, WIG, L012, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC), /* vcvtps2uqq/vcvtpd2uqq */
	ROW(0x79, 66, W1, L012, M, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_BC8), /* vcvtpd2uqq */
	ROW(0x79, F3, WIG, L012, MR, ANY, S4, R, NOIMM, OTHER, X_NOV | X_RC), /* vcvtss2usi */
	ROW(0x79, F2, WIG, L012, MR, ANY, S8, R, NOIMM, OTHER, X_NOV | X_RC), /* vcvtsd2usi */
	ROW(0x7a, 66, W0, L012, M, ANY, VL2, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_BC4), /* vcvttps2qq */
	ROW(0x7a, 66, WIG, L012, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC), /* vcvttps2qq/vcvttpd2qq */
	ROW(0x7a, 66, W1, L012, M, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_BC8), /* vcvttpd2qq */
	ROW(0x7a, F3, W0, L012, M, ANY, VL2, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_BC4), /* vcvtudq2pd */
	ROW(0x7a, F3, WIG, L012, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC), /* vcvtudq2pd/vcvtuqq2pd */
	ROW(0x7a, F3, W1, L012, M, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_BC8), /* vcvtuqq2pd */
	ROW(0x7a, F2, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BCW), /* vcvtudq2ps/vcvtuqq2ps */
	ROW(0x7b, 66, W0, L012, M, ANY, VL2, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_BC4), /* vcvtps2qq */
	ROW(0x7b, 66, WIG, L012, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC), /* vcvtps2qq/vcvtpd2qq */
	ROW(0x7b, 66, W1, L012, M, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_BC8), /* vcvtpd2qq */
	ROW(0x7b, F3, WIG, L012, MR, ANY, Y, R, NOIMM, OTHER, X_RC), /* vcvtusi2ss */
	ROW(0x7b, F2, WIG, L012, MR, ANY, Y, R, NOIMM, OTHER, X_RC), /* vcvtusi2sd */
	ROW(0x7e, 66, WIG, L0, MR, ANY, Y, W, NOIMM, OTHER, X_NOV), /* vmovd/vmovq */
	ROW(0x7e, F3, W1, L0, MR, ANY, S8, R, NOIMM, OTHER, X_NOV), /* vmovq */
	ROW(0x7f, 66, WIG, L012, MR, ANY, VL, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vmovdqa32/vmovdqa64 */
	ROW(0x7f, F3, WIG, L012, MR, ANY, VL, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vmovdqu32/vmovdqu64 */
	ROW(0x7f, F2, WIG, L012, MR, ANY, VL, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vmovdqu8/vmovdqu16 */
	ROW(0xc2, NP, W0, L012, MR, ANY, VL, R, IB, OTHER, X_MASK | X_RC | X_BC4), /* vcmpps */
	ROW(0xc2, 66, W1, L012, MR, ANY, VL, R, IB, OTHER, X_MASK | X_RC | X_BC8), /* vcmppd */
	ROW(0xc2, F3, W0, L012, MR, ANY, S4, R, IB, OTHER, X_MASK | X_RC), /* vcmpss */
	ROW(0xc2, F2, W1, L012, MR, ANY, S8, R, IB, OTHER, X_MASK | X_RC), /* vcmpsd */
	ROW(0xc4, 66, WIG, L0, MR, ANY, S2, R, IB, OTHER, 0), /* vpinsrw */
	ROW(0xc5, 66, WIG, L0, R, ANY, S0, NONE, IB, OTHER, X_NOV), /* vpextrw */
	ROW(0xc6, NP, W0, L012, MR, ANY, VL, R, IB, OTHER, X_MASK | X_ZERO | X_BC4), /* vshufps */
	ROW(0xc6, 66, W1, L012, MR, ANY, VL, R, IB, OTHER, X_MASK | X_ZERO | X_BC8), /* vshufpd */
	ROW(0xd1, 66, WIG, L012, MR, ANY, S16, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpsrlw */
	ROW(0xd2, 66, W0, L012, MR, ANY, S16, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpsrld */
	ROW(0xd3, 66, W1, L012, MR, ANY, S16, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpsrlq */
	ROW(0xd4, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC8), /* vpaddq */
	ROW(0xd5, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpmullw */
	ROW(0xd6, 66, W1, L0, MR, ANY, S8, W, NOIMM, OTHER, X_NOV), /* vmovq */
	ROW(0xd8, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpsubusb */
	ROW(0xd9, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpsubusw */
	ROW(0xda, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpminub */
	ROW(0xdb, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BCW), /* vpandd/vpandq */
	ROW(0xdc, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpaddusb */
	ROW(0xdd, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpaddusw */
	ROW(0xde, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpmaxub */
	ROW(0xdf, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BCW), /* vpandnd/vpandnq */
	ROW(0xe0, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpavgb */
	ROW(0xe1, 66, WIG, L012, MR, ANY, S16, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpsraw */
	ROW(0xe2, 66, WIG, L012, MR, ANY, S16, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpsrad/vpsraq */
	ROW(0xe3, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpavgw */
	ROW(0xe4, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpmulhuw */
	ROW(0xe5, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpmulhw */
	ROW(0xe6, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC8), /* vcvttpd2dq */
	ROW(0xe6, F3, W0, L012, M, ANY, VL2, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_BC4), /* vcvtdq2pd */
	ROW(0xe6, F3, WIG, L012, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC), /* vcvtdq2pd/vcvtqq2pd */
	ROW(0xe6, F3, W1, L012, M, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_BC8), /* vcvtqq2pd */
	ROW(0xe6, F2, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC8), /* vcvtpd2dq */
	ROW(0xe7, 66, W0, L012, M, ANY, VL, W, NOIMM, OTHER, X_NOV), /* vmovntdq */
	ROW(0xe8, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpsubsb */
	ROW(0xe9, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpsubsw */
	ROW(0xea, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpminsw */
	ROW(0xeb, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BCW), /* vpord/vporq */
	ROW(0xec, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpaddsb */
	ROW(0xed, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpaddsw */
	ROW(0xee, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpmaxsw */
	ROW(0xef, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BCW), /* vpxord/vpxorq */
	ROW(0xf1, 66, WIG, L012, MR, ANY, S16, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpsllw */
	ROW(0xf2, 66, W0, L012, MR, ANY, S16, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpslld */
	ROW(0xf3, 66, W1, L012, MR, ANY, S16, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpsllq */
	ROW(0xf4, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC8), /* vpmuludq */
	ROW(0xf5, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpmaddwd */
	ROW(0xf6, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpsadbw */
	ROW(0xf8, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpsubb */
	ROW(0xf9, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpsubw */
	ROW(0xfa, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC4), /* vpsubd */
	ROW(0xfb, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC8), /* vpsubq */
	ROW(0xfc, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpaddb */
	ROW(0xfd, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpaddw */
	ROW(0xfe, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC4), /* vpaddd */
};

static const struct decode_row evex_0f38[] = {
	ROW(0x00, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpshufb */
	ROW(0x04, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpmaddubsw */
	ROW(0x0b, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpmulhrsw */
	ROW(0x0c, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC4), /* vpermilps */
	ROW(0x0d, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC8), /* vpermilpd */
	ROW(0x10, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpsrlvw */
	ROW(0x10, F3, W0, L012, MR, ANY, VL2, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovuswb */
	ROW(0x11, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpsravw */
	ROW(0x11, F3, W0, L012, MR, ANY, VL4, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovusdb */
	ROW(0x12, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpsllvw */
	ROW(0x12, F3, W0, L012, MR, ANY, VL8, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovusqb */
	ROW(0x13, 66, W0, L012, MR, ANY, VL2, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC), /* vcvtph2ps */
	ROW(0x13, F3, W0, L012, MR, ANY, VL2, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovusdw */
	ROW(0x14, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BCW), /* vprorvd/vprorvq */
	ROW(0x14, F3, W0, L012, MR, ANY, VL4, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovusqw */
	ROW(0x15, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BCW), /* vprolvd/vprolvq */
	ROW(0x15, F3, W0, L012, MR, ANY, VL2, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovusqd */
	ROW(0x16, 66, WIG, L12, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BCW), /* vpermps/vpermpd */
	ROW(0x18, 66, W0, L012, MR, ANY, S4, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vbroadcastss */
	ROW(0x19, 66, WIG, L12, MR, ANY, S8, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vbroadcastf32x2/vbroadcastsd */
	ROW(0x1a, 66, WIG, L12, M, ANY, S16, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vbroadcastf32x4/vbroadcastf64x2 */
	ROW(0x1b, 66, WIG, L2, M, ANY, S32, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vbroadcastf32x8/vbroadcastf64x4 */
	ROW(0x1c, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpabsb */
	ROW(0x1d, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpabsw */
	ROW(0x1e, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_BC4), /* vpabsd */
	ROW(0x1f, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_BC8), /* vpabsq */
	ROW(0x20, 66, WIG, L012, MR, ANY, VL2, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovsxbw */
	ROW(0x20, F3, W0, L012, MR, ANY, VL2, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovswb */
	ROW(0x21, 66, WIG, L012, MR, ANY, VL4, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovsxbd */
	ROW(0x21, F3, W0, L012, MR, ANY, VL4, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovsdb */
	ROW(0x22, 66, WIG, L012, MR, ANY, VL8, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovsxbq */
	ROW(0x22, F3, W0, L012, MR, ANY, VL8, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovsqb */
	ROW(0x23, 66, WIG, L012, MR, ANY, VL2, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovsxwd */
	ROW(0x23, F3, W0, L012, MR, ANY, VL2, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovsdw */
	ROW(0x24, 66, WIG, L012, MR, ANY, VL4, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovsxwq */
	ROW(0x24, F3, W0, L012, MR, ANY, VL4, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovsqw */
	ROW(0x25, 66, W0, L012, MR, ANY, VL2, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovsxdq */
	ROW(0x25, F3, W0, L012, MR, ANY, VL2, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovsqd */
	ROW(0x26, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK), /* vptestmb/vptestmw */
	ROW(0x26, F3, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK), /* vptestnmb/vptestnmw */
	ROW(0x27, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_BCW), /* vptestmd/vptestmq */
	ROW(0x27, F3, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_BCW), /* vptestnmd/vptestnmq */
	ROW(0x28, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC8), /* vpmuldq */
	ROW(0x28, F3, WIG, L012, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* vpmovm2b/vpmovm2w */
	ROW(0x29, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_BC8), /* vpcmpeqq */
	ROW(0x29, F3, WIG, L012, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* vpmovb2m/vpmovw2m */
	ROW(0x2a, 66, W0, L012, M, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vmovntdqa */
	ROW(0x2a, F3, W1, L012, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* vpbroadcastmb2q */
	ROW(0x2b, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC4), /* vpackusdw */
	ROW(0x2c, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BCW), /* vscalefps/vscalefpd */
	ROW(0x2d, 66, WIG, L012, MR, ANY, SW, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vscalefss/vscalefsd */
	ROW(0x30, 66, WIG, L012, MR, ANY, VL2, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovzxbw */
	ROW(0x30, F3, W0, L012, MR, ANY, VL2, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovwb */
	ROW(0x31, 66, WIG, L012, MR, ANY, VL4, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovzxbd */
	ROW(0x31, F3, W0, L012, MR, ANY, VL4, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovdb */
	ROW(0x32, 66, WIG, L012, MR, ANY, VL8, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovzxbq */
	ROW(0x32, F3, W0, L012, MR, ANY, VL8, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovqb */
	ROW(0x33, 66, WIG, L012, MR, ANY, VL2, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovzxwd */
	ROW(0x33, F3, W0, L012, MR, ANY, VL2, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovdw */
	ROW(0x34, 66, WIG, L012, MR, ANY, VL4, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovzxwq */
	ROW(0x34, F3, W0, L012, MR, ANY, VL4, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovqw */
	ROW(0x35, 66, W0, L012, MR, ANY, VL2, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovzxdq */
	ROW(0x35, F3, W0, L012, MR, ANY, VL2, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpmovqd */
	ROW(0x36, 66, WIG, L12, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BCW), /* vpermd/vpermq */
	ROW(0x37, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_BC8), /* vpcmpgtq */
	ROW(0x38, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpminsb */
	ROW(0x38, F3, WIG, L012, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* vpmovm2d/vpmovm2q */
	ROW(0x39, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BCW), /* vpminsd/vpminsq */
	ROW(0x39, F3, WIG, L012, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* vpmovd2m/vpmovq2m */
	ROW(0x3a, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpminuw */
	ROW(0x3a, F3, W0, L012, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* vpbroadcastmw2d */
	ROW(0x3b, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BCW), /* vpminud/vpminuq */
	ROW(0x3c, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpmaxsb */
	ROW(0x3d, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BCW), /* vpmaxsd/vpmaxsq */
	ROW(0x3e, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpmaxuw */
	ROW(0x3f, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BCW), /* vpmaxud/vpmaxuq */
	ROW(0x40, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BCW), /* vpmulld/vpmullq */
	ROW(0x42, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BCW), /* vgetexpps/vgetexppd */
	ROW(0x43, 66, WIG, L012, MR, ANY, SW, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vgetexpss/vgetexpsd */
	ROW(0x44, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_BCW), /* vplzcntd/vplzcntq */
	ROW(0x45, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BCW), /* vpsrlvd/vpsrlvq */
	ROW(0x46, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BCW), /* vpsravd/vpsravq */
	ROW(0x47, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BCW), /* vpsllvd/vpsllvq */
	ROW(0x4c, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_BCW), /* vrcp14ps/vrcp14pd */
	ROW(0x4d, 66, WIG, L012, MR, ANY, SW, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vrcp14ss/vrcp14sd */
	ROW(0x4e, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_BCW), /* vrsqrt14ps/vrsqrt14pd */
	ROW(0x4f, 66, WIG, L012, MR, ANY, SW, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vrsqrt14ss/vrsqrt14sd */
	ROW(0x50, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC4), /* vpdpbusd */
	ROW(0x51, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC4), /* vpdpbusds */
	ROW(0x52, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC4), /* vpdpwssd */
	ROW(0x52, F3, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC4), /* vdpbf16ps */
	ROW(0x52, F2, W0, L2, M, ANY, S16, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vp4dpwssd */
	ROW(0x53, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC4), /* vpdpwssds */
	ROW(0x53, F2, W0, L2, M, ANY, S16, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vp4dpwssds */
	ROW(0x54, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpopcntb/vpopcntw */
	ROW(0x55, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_BCW), /* vpopcntd/vpopcntq */
	ROW(0x58, 66, W0, L012, MR, ANY, S4, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpbroadcastd */
	ROW(0x59, 66, WIG, L012, MR, ANY, S8, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vbroadcasti32x2/vpbroadcastq */
	ROW(0x5a, 66, WIG, L12, M, ANY, S16, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vbroadcasti32x4/vbroadcasti64x2 */
	ROW(0x5b, 66, WIG, L2, M, ANY, S32, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vbroadcasti32x8/vbroadcasti64x4 */
	ROW(0x62, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_ELEM | X_BCHW), /* vpexpandb/vpexpandw */
	ROW(0x63, 66, WIG, L012, MR, ANY, VL, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_ELEM | X_BCHW), /* vpcompressb/vpcompressw */
	ROW(0x64, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BCW), /* vpblendmd/vpblendmq */
	ROW(0x65, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BCW), /* vblendmps/vblendmpd */
	ROW(0x66, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpblendmb/vpblendmw */
	ROW(0x68, F2, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_BCW), /* vp2intersectd/vp2intersectq */
	ROW(0x70, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpshldvw */
	ROW(0x71, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BCW), /* vpshldvd/vpshldvq */
	ROW(0x72, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpshrdvw */
	ROW(0x72, F3, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_BC4), /* vcvtneps2bf16 */
	ROW(0x72, F2, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC4), /* vcvtne2ps2bf16 */
	ROW(0x73, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BCW), /* vpshrdvd/vpshrdvq */
	ROW(0x75, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpermi2b/vpermi2w */
	ROW(0x76, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BCW), /* vpermi2d/vpermi2q */
	ROW(0x77, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BCW), /* vpermi2ps/vpermi2pd */
	ROW(0x78, 66, W0, L012, MR, ANY, S1, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpbroadcastb */
	ROW(0x79, 66, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpbroadcastw */
	ROW(0x7a, 66, W0, L012, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpbroadcastb */
	ROW(0x7b, 66, W0, L012, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpbroadcastw */
	ROW(0x7c, 66, WIG, L012, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vpbroadcastd/vpbroadcastq */
	ROW(0x7d, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpermt2b/vpermt2w */
	ROW(0x7e, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BCW), /* vpermt2d/vpermt2q */
	ROW(0x7f, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BCW), /* vpermt2ps/vpermt2pd */
	ROW(0x83, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC8), /* vpmultishiftqb */
	ROW(0x88, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_ELEM | X_BCW), /* vexpandps/vexpandpd */
	ROW(0x89, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_ELEM | X_BCW), /* vpexpandd/vpexpandq */
	ROW(0x8a, 66, WIG, L012, MR, ANY, VL, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_ELEM | X_BCW), /* vcompressps/vcompresspd */
	ROW(0x8b, 66, WIG, L012, MR, ANY, VL, W, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_ELEM | X_BCW), /* vpcompressd/vpcompressq */
	ROW(0x8d, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vpermb/vpermw */
	ROW(0x8f, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK), /* vpshufbitqmb */
	ROW(0x90, 66, WIG, L012, M, ANY, SW, R, NOIMM, GATHER, X_NOV | X_MASK), /* vpgatherdd/vpgatherdq */
	ROW(0x91, 66, WIG, L012, M, ANY, SW, R, NOIMM, GATHER, X_NOV | X_MASK | X_INDEX8), /* vpgatherqd/vpgatherqq */
	ROW(0x92, 66, WIG, L012, M, ANY, SW, R, NOIMM, GATHER, X_NOV | X_MASK), /* vgatherdps/vgatherdpd */
	ROW(0x93, 66, WIG, L012, M, ANY, SW, R, NOIMM, GATHER, X_NOV | X_MASK | X_INDEX8), /* vgatherqps/vgatherqpd */
	ROW(0x96, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BCW), /* vfmaddsub132ps/vfmaddsub132pd */
	ROW(0x97, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BCW), /* vfmsubadd132ps/vfmsubadd132pd */
	ROW(0x98, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BCW), /* vfmadd132ps/vfmadd132pd */
	ROW(0x99, 66, WIG, L012, MR, ANY, SW, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfmadd132ss/vfmadd132sd */
	ROW(0x9a, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BCW), /* vfmsub132ps/vfmsub132pd */
	ROW(0x9a, F2, W0, L2, M, ANY, S16, R, NOIMM, OTHER, X_MASK | X_ZERO), /* v4fmaddps */
	ROW(0x9b, 66, WIG, L012, MR, ANY, SW, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfmsub132ss/vfmsub132sd */
	ROW(0x9b, F2, W0, L012, M, ANY, S16, R, NOIMM, OTHER, X_MASK | X_ZERO), /* v4fmaddss */
	ROW(0x9c, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BCW), /* vfnmadd132ps/vfnmadd132pd */
	ROW(0x9d, 66, WIG, L012, MR, ANY, SW, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfnmadd132ss/vfnmadd132sd */
	ROW(0x9e, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BCW), /* vfnmsub132ps/vfnmsub132pd */
	ROW(0x9f, 66, WIG, L012, MR, ANY, SW, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfnmsub132ss/vfnmsub132sd */
	ROW(0xa0, 66, WIG, L012, M, ANY, SW, W, NOIMM, SCATTER, X_NOV | X_MASK), /* vpscatterdd/vpscatterdq */
	ROW(0xa1, 66, WIG, L012, M, ANY, SW, W, NOIMM, SCATTER, X_NOV | X_MASK | X_INDEX8), /* vpscatterqd/vpscatterqq */
	ROW(0xa2, 66, WIG, L012, M, ANY, SW, W, NOIMM, SCATTER, X_NOV | X_MASK), /* vscatterdps/vscatterdpd */
	ROW(0xa3, 66, WIG, L012, M, ANY, SW, W, NOIMM, SCATTER, X_NOV | X_MASK | X_INDEX8), /* vscatterqps/vscatterqpd */
	ROW(0xa6, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BCW), /* vfmaddsub213ps/vfmaddsub213pd */
	ROW(0xa7, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BCW), /* vfmsubadd213ps/vfmsubadd213pd */
	ROW(0xa8, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BCW), /* vfmadd213ps/vfmadd213pd */
	ROW(0xa9, 66, WIG, L012, MR, ANY, SW, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfmadd213ss/vfmadd213sd */
	ROW(0xaa, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BCW), /* vfmsub213ps/vfmsub213pd */
	ROW(0xaa, F2, W0, L2, M, ANY, S16, R, NOIMM, OTHER, X_MASK | X_ZERO), /* v4fnmaddps */
	ROW(0xab, 66, WIG, L012, MR, ANY, SW, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfmsub213ss/vfmsub213sd */
	ROW(0xab, F2, W0, L012, M, ANY, S16, R, NOIMM, OTHER, X_MASK | X_ZERO), /* v4fnmaddss */
	ROW(0xac, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BCW), /* vfnmadd213ps/vfnmadd213pd */
	ROW(0xad, 66, WIG, L012, MR, ANY, SW, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfnmadd213ss/vfnmadd213sd */
	ROW(0xae, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BCW), /* vfnmsub213ps/vfnmsub213pd */
	ROW(0xaf, 66, WIG, L012, MR, ANY, SW, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfnmsub213ss/vfnmsub213sd */
	ROW(0xb4, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC8), /* vpmadd52luq */
	ROW(0xb5, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_BC8), /* vpmadd52huq */
	ROW(0xb6, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BCW), /* vfmaddsub231ps/vfmaddsub231pd */
	ROW(0xb7, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BCW), /* vfmsubadd231ps/vfmsubadd231pd */
	ROW(0xb8, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BCW), /* vfmadd231ps/vfmadd231pd */
	ROW(0xb9, 66, WIG, L012, MR, ANY, SW, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfmadd231ss/vfmadd231sd */
	ROW(0xba, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BCW), /* vfmsub231ps/vfmsub231pd */
	ROW(0xbb, 66, WIG, L012, MR, ANY, SW, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfmsub231ss/vfmsub231sd */
	ROW(0xbc, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BCW), /* vfnmadd231ps/vfnmadd231pd */
	ROW(0xbd, 66, WIG, L012, MR, ANY, SW, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfnmadd231ss/vfnmadd231sd */
	ROW(0xbe, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BCW), /* vfnmsub231ps/vfnmsub231pd */
	ROW(0xbf, 66, WIG, L012, MR, ANY, SW, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfnmsub231ss/vfnmsub231sd */
	ROW(0xc4, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_BCW), /* vpconflictd/vpconflictq */
	ROW(0xc6, 66, WIG, L2, M, 1, SW, NONE, NOIMM, GATHER, X_NOV | X_MASK), /* vgatherpf0dps/vgatherpf0dpd */
	ROW(0xc6, 66, WIG, L2, M, 2, SW, NONE, NOIMM, GATHER, X_NOV | X_MASK), /* vgatherpf1dps/vgatherpf1dpd */
	ROW(0xc6, 66, WIG, L2, M, 5, SW, NONE, NOIMM, GATHER, X_NOV | X_MASK), /* vscatterpf0dps/vscatterpf0dpd */
	ROW(0xc6, 66, WIG, L2, M, 6, SW, NONE, NOIMM, GATHER, X_NOV | X_MASK), /* vscatterpf1dps/vscatterpf1dpd */
	ROW(0xc7, 66, WIG, L2, M, 1, SW, NONE, NOIMM, GATHER, X_NOV | X_MASK | X_INDEX8), /* vgatherpf0qps/vgatherpf0qpd */
	ROW(0xc7, 66, WIG, L2, M, 2, SW, NONE, NOIMM, GATHER, X_NOV | X_MASK | X_INDEX8), /* vgatherpf1qps/vgatherpf1qpd */
	ROW(0xc7, 66, WIG, L2, M, 5, SW, NONE, NOIMM, GATHER, X_NOV | X_MASK | X_INDEX8), /* vscatterpf0qps/vscatterpf0qpd */
	ROW(0xc7, 66, WIG, L2, M, 6, SW, NONE, NOIMM, GATHER, X_NOV | X_MASK | X_INDEX8), /* vscatterpf1qps/vscatterpf1qpd */
	ROW(0xc8, 66, WIG, L2, MR, ANY, S64, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BCW), /* vexp2ps/vexp2pd */
	ROW(0xca, 66, WIG, L2, MR, ANY, S64, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BCW), /* vrcp28ps/vrcp28pd */
	ROW(0xcb, 66, WIG, L012, MR, ANY, SW, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vrcp28ss/vrcp28sd */
	ROW(0xcc, 66, WIG, L2, MR, ANY, S64, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BCW), /* vrsqrt28ps/vrsqrt28pd */
	ROW(0xcd, 66, WIG, L012, MR, ANY, SW, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vrsqrt28ss/vrsqrt28sd */
	ROW(0xcf, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vgf2p8mulb */
	ROW(0xdc, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vaesenc */
	ROW(0xdd, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vaesenclast */
	ROW(0xde, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vaesdec */
	ROW(0xdf, 66, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vaesdeclast */
};

static const struct decode_row evex_0f3a[] = {
	ROW(0x00, 66, W1, L12, MR, ANY, VL, R, IB, OTHER, X_NOV | X_MASK | X_ZERO | X_BC8), /* vpermq */
	ROW(0x01, 66, W1, L12, MR, ANY, VL, R, IB, OTHER, X_NOV | X_MASK | X_ZERO | X_BC8), /* vpermpd */
	ROW(0x03, 66, WIG, L012, MR, ANY, VL, R, IB, OTHER, X_MASK | X_ZERO | X_BCW), /* valignd/valignq */
	ROW(0x04, 66, W0, L012, MR, ANY, VL, R, IB, OTHER, X_NOV | X_MASK | X_ZERO | X_BC4), /* vpermilps */
	ROW(0x05, 66, W1, L012, MR, ANY, VL, R, IB, OTHER, X_NOV | X_MASK | X_ZERO | X_BC8), /* vpermilpd */
	ROW(0x08, NP, W0, L012, MR, ANY, VL, R, IB, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC2), /* vrndscaleph */
	ROW(0x08, 66, W0, L012, MR, ANY, VL, R, IB, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC4), /* vrndscaleps */
	ROW(0x09, 66, W1, L012, MR, ANY, VL, R, IB, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC8), /* vrndscalepd */
	ROW(0x0a, NP, W0, L012, MR, ANY, S2, R, IB, OTHER, X_MASK | X_ZERO | X_RC), /* vrndscalesh */
	ROW(0x0a, 66, W0, L012, MR, ANY, S4, R, IB, OTHER, X_MASK | X_ZERO | X_RC), /* vrndscaless */
	ROW(0x0b, 66, W1, L012, MR, ANY, S8, R, IB, OTHER, X_MASK | X_ZERO | X_RC), /* vrndscalesd */
	ROW(0x0f, 66, WIG, L012, MR, ANY, VL, R, IB, OTHER, X_MASK | X_ZERO), /* vpalignr */
	ROW(0x14, 66, WIG, L0, MR, ANY, S1, W, IB, OTHER, X_NOV), /* vpextrb */
	ROW(0x15, 66, WIG, L0, MR, ANY, S2, W, IB, OTHER, X_NOV), /* vpextrw */
	ROW(0x16, 66, WIG, L0, MR, ANY, Y, W, IB, OTHER, X_NOV), /* vpextrd/vpextrq */
	ROW(0x17, 66, WIG, L0, MR, ANY, S4, W, IB, OTHER, X_NOV), /* vextractps */
	ROW(0x18, 66, WIG, L12, MR, ANY, S16, R, IB, OTHER, X_MASK | X_ZERO), /* vinsertf32x4/vinsertf64x2 */
	ROW(0x19, 66, WIG, L12, MR, ANY, S16, W, IB, OTHER, X_NOV | X_MASK | X_ZERO), /* vextractf32x4/vextractf64x2 */
	ROW(0x1a, 66, WIG, L2, MR, ANY, S32, R, IB, OTHER, X_MASK | X_ZERO), /* vinsertf32x8/vinsertf64x4 */
	ROW(0x1b, 66, WIG, L2, MR, ANY, S32, W, IB, OTHER, X_NOV | X_MASK | X_ZERO), /* vextractf32x8/vextractf64x4 */
	ROW(0x1d, 66, W0, L012, MR, ANY, VL2, W, IB, OTHER, X_NOV | X_MASK | X_ZERO | X_RC), /* vcvtps2ph */
	ROW(0x1e, 66, WIG, L012, MR, ANY, VL, R, IB, OTHER, X_MASK | X_BCW), /* vpcmpud/vpcmpuq */
	ROW(0x1f, 66, WIG, L012, MR, ANY, VL, R, IB, OTHER, X_MASK | X_BCW), /* vpcmpd/vpcmpq */
	ROW(0x20, 66, WIG, L0, MR, ANY, S1, R, IB, OTHER, 0), /* vpinsrb */
	ROW(0x21, 66, W0, L0, MR, ANY, S4, R, IB, OTHER, 0), /* vinsertps */
	ROW(0x22, 66, WIG, L0, MR, ANY, Y, R, IB, OTHER, 0), /* vpinsrd/vpinsrq */
	ROW(0x23, 66, WIG, L12, MR, ANY, VL, R, IB, OTHER, X_MASK | X_ZERO | X_BCW), /* vshuff32x4/vshuff64x2 */
	ROW(0x25, 66, WIG, L012, MR, ANY, VL, R, IB, OTHER, X_MASK | X_ZERO | X_BCW), /* vpternlogd/vpternlogq */
	ROW(0x26, NP, W0, L012, MR, ANY, VL, R, IB, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC2), /* vgetmantph */
	ROW(0x26, 66, WIG, L012, MR, ANY, VL, R, IB, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BCW), /* vgetmantps/vgetmantpd */
	ROW(0x27, NP, W0, L012, MR, ANY, S2, R, IB, OTHER, X_MASK | X_ZERO | X_RC), /* vgetmantsh */
	ROW(0x27, 66, WIG, L012, MR, ANY, SW, R, IB, OTHER, X_MASK | X_ZERO | X_RC), /* vgetmantss/vgetmantsd */
	ROW(0x38, 66, WIG, L12, MR, ANY, S16, R, IB, OTHER, X_MASK | X_ZERO), /* vinserti32x4/vinserti64x2 */
	ROW(0x39, 66, WIG, L12, MR, ANY, S16, W, IB, OTHER, X_NOV | X_MASK | X_ZERO), /* vextracti32x4/vextracti64x2 */
	ROW(0x3a, 66, WIG, L2, MR, ANY, S32, R, IB, OTHER, X_MASK | X_ZERO), /* vinserti32x8/vinserti64x4 */
	ROW(0x3b, 66, WIG, L2, MR, ANY, S32, W, IB, OTHER, X_NOV | X_MASK | X_ZERO), /* vextracti32x8/vextracti64x4 */
	ROW(0x3e, 66, WIG, L012, MR, ANY, VL, R, IB, OTHER, X_MASK), /* vpcmpub/vpcmpuw */
	ROW(0x3f, 66, WIG, L012, MR, ANY, VL, R, IB, OTHER, X_MASK), /* vpcmpb/vpcmpw */
	ROW(0x42, 66, W0, L012, MR, ANY, VL, R, IB, OTHER, X_MASK | X_ZERO), /* vdbpsadbw */
	ROW(0x43, 66, WIG, L12, MR, ANY, VL, R, IB, OTHER, X_MASK | X_ZERO | X_BCW), /* vshufi32x4/vshufi64x2 */
	ROW(0x44, 66, WIG, L012, MR, ANY, VL, R, IB, OTHER, 0), /* vpclmulqdq */
	ROW(0x50, 66, WIG, L012, MR, ANY, VL, R, IB, OTHER, X_MASK | X_ZERO | X_RC | X_BCW), /* vrangeps/vrangepd */
	ROW(0x51, 66, WIG, L012, MR, ANY, SW, R, IB, OTHER, X_MASK | X_ZERO | X_RC), /* vrangess/vrangesd */
	ROW(0x54, 66, WIG, L012, MR, ANY, VL, R, IB, OTHER, X_MASK | X_ZERO | X_RC | X_BCW), /* vfixupimmps/vfixupimmpd */
	ROW(0x55, 66, WIG, L012, MR, ANY, SW, R, IB, OTHER, X_MASK | X_ZERO | X_RC), /* vfixupimmss/vfixupimmsd */
	ROW(0x56, NP, W0, L012, MR, ANY, VL, R, IB, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC2), /* vreduceph */
	ROW(0x56, 66, WIG, L012, MR, ANY, VL, R, IB, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BCW), /* vreduceps/vreducepd */
	ROW(0x57, NP, W0, L012, MR, ANY, S2, R, IB, OTHER, X_MASK | X_ZERO | X_RC), /* vreducesh */
	ROW(0x57, 66, WIG, L012, MR, ANY, SW, R, IB, OTHER, X_MASK | X_ZERO | X_RC), /* vreducess/vreducesd */
	ROW(0x66, NP, W0, L012, MR, ANY, VL, R, IB, OTHER, X_NOV | X_MASK | X_BC2), /* vfpclassph */
	ROW(0x66, 66, WIG, L012, MR, ANY, VL, R, IB, OTHER, X_NOV | X_MASK | X_BCW), /* vfpclassps/vfpclasspd */
	ROW(0x67, NP, W0, L012, MR, ANY, S2, R, IB, OTHER, X_NOV | X_MASK), /* vfpclasssh */
	ROW(0x67, 66, WIG, L012, MR, ANY, SW, R, IB, OTHER, X_NOV | X_MASK), /* vfpclassss/vfpclasssd */
	ROW(0x70, 66, W1, L012, MR, ANY, VL, R, IB, OTHER, X_MASK | X_ZERO), /* vpshldw */
	ROW(0x71, 66, WIG, L012, MR, ANY, VL, R, IB, OTHER, X_MASK | X_ZERO | X_BCW), /* vpshldd/vpshldq */
	ROW(0x72, 66, W1, L012, MR, ANY, VL, R, IB, OTHER, X_MASK | X_ZERO), /* vpshrdw */
	ROW(0x73, 66, WIG, L012, MR, ANY, VL, R, IB, OTHER, X_MASK | X_ZERO | X_BCW), /* vpshrdd/vpshrdq */
	ROW(0xc2, NP, W0, L012, MR, ANY, VL, R, IB, OTHER, X_MASK | X_RC | X_BC2), /* vcmpph */
	ROW(0xc2, F3, W0, L012, MR, ANY, S2, R, IB, OTHER, X_MASK | X_RC), /* vcmpsh */
	ROW(0xce, 66, W1, L012, MR, ANY, VL, R, IB, OTHER, X_MASK | X_ZERO | X_BC8), /* vgf2p8affineqb */
	ROW(0xcf, 66, W1, L012, MR, ANY, VL, R, IB, OTHER, X_MASK | X_ZERO | X_BC8), /* vgf2p8affineinvqb */
};

static const struct decode_row evex_map5[] = {
	ROW(0x10, F3, W0, L012, M, ANY, S2, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO), /* vmovsh */
	ROW(0x10, F3, W0, L012, R, ANY, S0, NONE, NOIMM, OTHER, X_MASK | X_ZERO), /* vmovsh */
	ROW(0x11, F3, W0, L012, M, ANY, S2, W, NOIMM, OTHER, X_NOV | X_MASK), /* vmovsh */
	ROW(0x11, F3, W0, L012, R, ANY, S0, NONE, NOIMM, OTHER, X_MASK | X_ZERO), /* vmovsh */
	ROW(0x1d, NP, W0, L012, MR, ANY, S4, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vcvtss2sh */
	ROW(0x1d, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC4), /* vcvtps2phx */
	ROW(0x2a, F3, WIG, L012, MR, ANY, Y, R, NOIMM, OTHER, X_RC), /* vcvtsi2sh */
	ROW(0x2c, F3, WIG, L012, MR, ANY, S2, R, NOIMM, OTHER, X_NOV | X_RC), /* vcvttsh2si */
	ROW(0x2d, F3, WIG, L012, MR, ANY, S2, R, NOIMM, OTHER, X_NOV | X_RC), /* vcvtsh2si */
	ROW(0x2e, NP, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_NOV | X_RC), /* vucomish */
	ROW(0x2f, NP, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_NOV | X_RC), /* vcomish */
	ROW(0x51, NP, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC2), /* vsqrtph */
	ROW(0x51, F3, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vsqrtsh */
	ROW(0x58, NP, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vaddph */
	ROW(0x58, F3, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vaddsh */
	ROW(0x59, NP, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vmulph */
	ROW(0x59, F3, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vmulsh */
	ROW(0x5a, NP, W0, L012, MR, ANY, VL4, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC2), /* vcvtph2pd */
	ROW(0x5a, 66, W1, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC8), /* vcvtpd2ph */
	ROW(0x5a, F3, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vcvtsh2sd */
	ROW(0x5a, F2, W1, L012, MR, ANY, S8, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vcvtsd2sh */
	ROW(0x5b, NP, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BCW), /* vcvtdq2ph/vcvtqq2ph */
	ROW(0x5b, 66, W0, L012, MR, ANY, VL2, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC2), /* vcvtph2dq */
	ROW(0x5b, F3, W0, L012, MR, ANY, VL2, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC2), /* vcvttph2dq */
	ROW(0x5c, NP, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vsubph */
	ROW(0x5c, F3, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vsubsh */
	ROW(0x5d, NP, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vminph */
	ROW(0x5d, F3, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vminsh */
	ROW(0x5e, NP, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vdivph */
	ROW(0x5e, F3, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vdivsh */
	ROW(0x5f, NP, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vmaxph */
	ROW(0x5f, F3, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vmaxsh */
	ROW(0x6e, 66, WIG, L0, MR, ANY, S2, R, NOIMM, OTHER, X_NOV), /* vmovw */
	ROW(0x78, NP, W0, L012, MR, ANY, VL2, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC2), /* vcvttph2udq */
	ROW(0x78, 66, W0, L012, MR, ANY, VL4, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC2), /* vcvttph2uqq */
	ROW(0x78, F3, WIG, L012, MR, ANY, S2, R, NOIMM, OTHER, X_NOV | X_RC), /* vcvttsh2usi */
	ROW(0x79, NP, W0, L012, MR, ANY, VL2, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC2), /* vcvtph2udq */
	ROW(0x79, 66, W0, L012, MR, ANY, VL4, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC2), /* vcvtph2uqq */
	ROW(0x79, F3, WIG, L012, MR, ANY, S2, R, NOIMM, OTHER, X_NOV | X_RC), /* vcvtsh2usi */
	ROW(0x7a, 66, W0, L012, MR, ANY, VL4, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC2), /* vcvttph2qq */
	ROW(0x7a, F2, WIG, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BCW), /* vcvtudq2ph/vcvtuqq2ph */
	ROW(0x7b, 66, W0, L012, MR, ANY, VL4, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC2), /* vcvtph2qq */
	ROW(0x7b, F3, WIG, L012, MR, ANY, Y, R, NOIMM, OTHER, X_RC), /* vcvtusi2sh */
	ROW(0x7c, NP, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC2), /* vcvttph2uw */
	ROW(0x7c, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC2), /* vcvttph2w */
	ROW(0x7d, NP, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC2), /* vcvtph2uw */
	ROW(0x7d, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC2), /* vcvtph2w */
	ROW(0x7d, F3, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC2), /* vcvtw2ph */
	ROW(0x7d, F2, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC2), /* vcvtuw2ph */
	ROW(0x7e, 66, WIG, L0, MR, ANY, S2, W, NOIMM, OTHER, X_NOV), /* vmovw */
};

static const struct decode_row evex_map6[] = {
	ROW(0x13, NP, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vcvtsh2ss */
	ROW(0x13, 66, W0, L012, MR, ANY, VL2, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC2), /* vcvtph2psx */
	ROW(0x2c, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vscalefph */
	ROW(0x2d, 66, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vscalefsh */
	ROW(0x42, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_RC | X_BC2), /* vgetexpph */
	ROW(0x43, 66, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vgetexpsh */
	ROW(0x4c, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_BC2), /* vrcpph */
	ROW(0x4d, 66, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vrcpsh */
	ROW(0x4e, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_NOV | X_MASK | X_ZERO | X_BC2), /* vrsqrtph */
	ROW(0x4f, 66, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO), /* vrsqrtsh */
	ROW(0x56, F3, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC4), /* vfmaddcph */
	ROW(0x56, F2, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC4), /* vfcmaddcph */
	ROW(0x57, F3, W0, L012, MR, ANY, S4, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfmaddcsh */
	ROW(0x57, F2, W0, L012, MR, ANY, S4, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfcmaddcsh */
	ROW(0x96, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vfmaddsub132ph */
	ROW(0x97, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vfmsubadd132ph */
	ROW(0x98, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vfmadd132ph */
	ROW(0x99, 66, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfmadd132sh */
	ROW(0x9a, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vfmsub132ph */
	ROW(0x9b, 66, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfmsub132sh */
	ROW(0x9c, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vfnmadd132ph */
	ROW(0x9d, 66, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfnmadd132sh */
	ROW(0x9e, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vfnmsub132ph */
	ROW(0x9f, 66, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfnmsub132sh */
	ROW(0xa6, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vfmaddsub213ph */
	ROW(0xa7, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vfmsubadd213ph */
	ROW(0xa8, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vfmadd213ph */
	ROW(0xa9, 66, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfmadd213sh */
	ROW(0xaa, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vfmsub213ph */
	ROW(0xab, 66, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfmsub213sh */
	ROW(0xac, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vfnmadd213ph */
	ROW(0xad, 66, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfnmadd213sh */
	ROW(0xae, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vfnmsub213ph */
	ROW(0xaf, 66, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfnmsub213sh */
	ROW(0xb6, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vfmaddsub231ph */
	ROW(0xb7, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vfmsubadd231ph */
	ROW(0xb8, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vfmadd231ph */
	ROW(0xb9, 66, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfmadd231sh */
	ROW(0xba, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vfmsub231ph */
	ROW(0xbb, 66, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfmsub231sh */
	ROW(0xbc, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vfnmadd231ph */
	ROW(0xbd, 66, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfnmadd231sh */
	ROW(0xbe, 66, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC2), /* vfnmsub231ph */
	ROW(0xbf, 66, W0, L012, MR, ANY, S2, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfnmsub231sh */
	ROW(0xd6, F3, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC4), /* vfmulcph */
	ROW(0xd6, F2, W0, L012, MR, ANY, VL, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC | X_BC4), /* vfcmulcph */
	ROW(0xd7, F3, W0, L012, MR, ANY, S4, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfmulcsh */
	ROW(0xd7, F2, W0, L012, MR, ANY, S4, R, NOIMM, OTHER, X_MASK | X_ZERO | X_RC), /* vfcmulcsh */
};

const struct decode_map decode_map_evex[8] = {
	[1] = {NULL, evex_0f, HD_ARRAY_SIZE(evex_0f)},
	[2] = {NULL, evex_0f38, HD_ARRAY_SIZE(evex_0f38)},
	[3] = {NULL, evex_0f3a, HD_ARRAY_SIZE(evex_0f3a)},
	[5] = {NULL, evex_map5, HD_ARRAY_SIZE(evex_map5)},
	[6] = {NULL, evex_map6, HD_ARRAY_SIZE(evex_map6)},
};
