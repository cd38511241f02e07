// SPDX-License-Identifier: GPL-2.0
/*
 * The VEX opcode maps (AVX, AVX2, FMA, BMI, AMX and their kin). Columns: opcode, prefix, W, L,
 * memory or register, modrm.reg, memory size, access, immediate, kind, further properties.
 */
#include "decode_tables.h"

/* clang-format off: one instruction a line */

static const struct decode_row vex_0f[] = {
	ROW(0x10, NP, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vmovups */
	ROW(0x10, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vmovupd */
	ROW(0x10, F3, WIG, L01, M, ANY, S4, R, NOIMM, OTHER, X_NOV), /* vmovss */
	ROW(0x10, F3, WIG, L01, R, ANY, S0, NONE, NOIMM, OTHER, 0), /* vmovss */
	ROW(0x10, F2, WIG, L01, M, ANY, S8, R, NOIMM, OTHER, X_NOV), /* vmovsd */
	ROW(0x10, F2, WIG, L01, R, ANY, S0, NONE, NOIMM, OTHER, 0), /* vmovsd */
	ROW(0x11, NP, WIG, L01, MR, ANY, VL, W, NOIMM, OTHER, X_NOV), /* vmovups */
	ROW(0x11, 66, WIG, L01, MR, ANY, VL, W, NOIMM, OTHER, X_NOV), /* vmovupd */
	ROW(0x11, F3, WIG, L01, M, ANY, S4, W, NOIMM, OTHER, X_NOV), /* vmovss */
	ROW(0x11, F3, WIG, L01, R, ANY, S0, NONE, NOIMM, OTHER, 0), /* vmovss */
	ROW(0x11, F2, WIG, L01, M, ANY, S8, W, NOIMM, OTHER, X_NOV), /* vmovsd */
	ROW(0x11, F2, WIG, L01, R, ANY, S0, NONE, NOIMM, OTHER, 0), /* vmovsd */
	ROW(0x12, NP, WIG, L0, MR, ANY, S8, R, NOIMM, OTHER, 0), /* vmovlps/vmovhlps */
	ROW(0x12, 66, WIG, L0, M, ANY, S8, R, NOIMM, OTHER, 0), /* vmovlpd */
	ROW(0x12, F3, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vmovsldup */
	ROW(0x12, F2, WIG, L01, MR, ANY, DDUP, R, NOIMM, OTHER, X_NOV), /* vmovddup */
	ROW(0x13, NP, WIG, L0, M, ANY, S8, W, NOIMM, OTHER, X_NOV), /* vmovlps */
	ROW(0x13, 66, WIG, L0, M, ANY, S8, W, NOIMM, OTHER, X_NOV), /* vmovlpd */
	ROW(0x14, NP, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vunpcklps */
	ROW(0x14, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vunpcklpd */
	ROW(0x15, NP, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vunpckhps */
	ROW(0x15, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vunpckhpd */
	ROW(0x16, NP, WIG, L0, MR, ANY, S8, R, NOIMM, OTHER, 0), /* vmovhps/vmovlhps */
	ROW(0x16, 66, WIG, L0, M, ANY, S8, R, NOIMM, OTHER, 0), /* vmovhpd */
	ROW(0x16, F3, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vmovshdup */
	ROW(0x17, NP, WIG, L0, M, ANY, S8, W, NOIMM, OTHER, X_NOV), /* vmovhps */
	ROW(0x17, 66, WIG, L0, M, ANY, S8, W, NOIMM, OTHER, X_NOV), /* vmovhpd */
	ROW(0x28, NP, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vmovaps */
	ROW(0x28, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vmovapd */
	ROW(0x29, NP, WIG, L01, MR, ANY, VL, W, NOIMM, OTHER, X_NOV), /* vmovaps */
	ROW(0x29, 66, WIG, L01, MR, ANY, VL, W, NOIMM, OTHER, X_NOV), /* vmovapd */
	ROW(0x2a, F3, WIG, L01, MR, ANY, Y, R, NOIMM, OTHER, 0), /* vcvtsi2ss */
	ROW(0x2a, F2, WIG, L01, MR, ANY, Y, R, NOIMM, OTHER, 0), /* vcvtsi2sd */
	ROW(0x2b, NP, WIG, L01, M, ANY, VL, W, NOIMM, OTHER, X_NOV), /* vmovntps */
	ROW(0x2b, 66, WIG, L01, M, ANY, VL, W, NOIMM, OTHER, X_NOV), /* vmovntpd */
	ROW(0x2c, F3, WIG, L01, MR, ANY, S4, R, NOIMM, OTHER, X_NOV), /* vcvttss2si */
	ROW(0x2c, F2, WIG, L01, MR, ANY, S8, R, NOIMM, OTHER, X_NOV), /* vcvttsd2si */
	ROW(0x2d, F3, WIG, L01, MR, ANY, S4, R, NOIMM, OTHER, X_NOV), /* vcvtss2si */
	ROW(0x2d, F2, WIG, L01, MR, ANY, S8, R, NOIMM, OTHER, X_NOV), /* vcvtsd2si */
	ROW(0x2e, NP, WIG, L01, MR, ANY, S4, R, NOIMM, OTHER, X_NOV), /* vucomiss */
	ROW(0x2e, 66, WIG, L01, MR, ANY, S8, R, NOIMM, OTHER, X_NOV), /* vucomisd */
	ROW(0x2f, NP, WIG, L01, MR, ANY, S4, R, NOIMM, OTHER, X_NOV), /* vcomiss */
	ROW(0x2f, 66, WIG, L01, MR, ANY, S8, R, NOIMM, OTHER, X_NOV), /* vcomisd */
	ROW(0x41, NP, WIG, L1, R, ANY, S0, NONE, NOIMM, OTHER, 0), /* kandw/kandq */
	ROW(0x41, 66, WIG, L1, R, ANY, S0, NONE, NOIMM, OTHER, 0), /* kandb/kandd */
	ROW(0x42, NP, WIG, L1, R, ANY, S0, NONE, NOIMM, OTHER, 0), /* kandnw/kandnq */
	ROW(0x42, 66, WIG, L1, R, ANY, S0, NONE, NOIMM, OTHER, 0), /* kandnb/kandnd */
	ROW(0x44, NP, WIG, L0, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* knotw/knotq */
	ROW(0x44, 66, WIG, L0, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* knotb/knotd */
	ROW(0x45, NP, WIG, L1, R, ANY, S0, NONE, NOIMM, OTHER, 0), /* korw/korq */
	ROW(0x45, 66, WIG, L1, R, ANY, S0, NONE, NOIMM, OTHER, 0), /* korb/kord */
	ROW(0x46, NP, WIG, L1, R, ANY, S0, NONE, NOIMM, OTHER, 0), /* kxnorw/kxnorq */
	ROW(0x46, 66, WIG, L1, R, ANY, S0, NONE, NOIMM, OTHER, 0), /* kxnorb/kxnord */
	ROW(0x47, NP, WIG, L1, R, ANY, S0, NONE, NOIMM, OTHER, 0), /* kxorw/kxorq */
	ROW(0x47, 66, WIG, L1, R, ANY, S0, NONE, NOIMM, OTHER, 0), /* kxorb/kxord */
	ROW(0x4a, NP, WIG, L1, R, ANY, S0, NONE, NOIMM, OTHER, 0), /* kaddw/kaddq */
	ROW(0x4a, 66, WIG, L1, R, ANY, S0, NONE, NOIMM, OTHER, 0), /* kaddb/kaddd */
	ROW(0x4b, NP, WIG, L1, R, ANY, S0, NONE, NOIMM, OTHER, 0), /* kunpckwd/kunpckdq */
	ROW(0x4b, 66, W0, L1, R, ANY, S0, NONE, NOIMM, OTHER, 0), /* kunpckbw */
	ROW(0x50, NP, WIG, L01, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* vmovmskps */
	ROW(0x50, 66, WIG, L01, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* vmovmskpd */
	ROW(0x51, NP, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vsqrtps */
	ROW(0x51, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vsqrtpd */
	ROW(0x51, F3, WIG, L01, MR, ANY, S4, R, NOIMM, OTHER, 0), /* vsqrtss */
	ROW(0x51, F2, WIG, L01, MR, ANY, S8, R, NOIMM, OTHER, 0), /* vsqrtsd */
	ROW(0x52, NP, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vrsqrtps */
	ROW(0x52, F3, WIG, L01, MR, ANY, S4, R, NOIMM, OTHER, 0), /* vrsqrtss */
	ROW(0x53, NP, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vrcpps */
	ROW(0x53, F3, WIG, L01, MR, ANY, S4, R, NOIMM, OTHER, 0), /* vrcpss */
	ROW(0x54, NP, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vandps */
	ROW(0x54, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vandpd */
	ROW(0x55, NP, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vandnps */
	ROW(0x55, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vandnpd */
	ROW(0x56, NP, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vorps */
	ROW(0x56, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vorpd */
	ROW(0x57, NP, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vxorps */
	ROW(0x57, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vxorpd */
	ROW(0x58, NP, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vaddps */
	ROW(0x58, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vaddpd */
	ROW(0x58, F3, WIG, L01, MR, ANY, S4, R, NOIMM, OTHER, 0), /* vaddss */
	ROW(0x58, F2, WIG, L01, MR, ANY, S8, R, NOIMM, OTHER, 0), /* vaddsd */
	ROW(0x59, NP, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vmulps */
	ROW(0x59, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vmulpd */
	ROW(0x59, F3, WIG, L01, MR, ANY, S4, R, NOIMM, OTHER, 0), /* vmulss */
	ROW(0x59, F2, WIG, L01, MR, ANY, S8, R, NOIMM, OTHER, 0), /* vmulsd */
	ROW(0x5a, NP, WIG, L01, MR, ANY, VL2, R, NOIMM, OTHER, X_NOV), /* vcvtps2pd */
	ROW(0x5a, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vcvtpd2ps */
	ROW(0x5a, F3, WIG, L01, MR, ANY, S4, R, NOIMM, OTHER, 0), /* vcvtss2sd */
	ROW(0x5a, F2, WIG, L01, MR, ANY, S8, R, NOIMM, OTHER, 0), /* vcvtsd2ss */
	ROW(0x5b, NP, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vcvtdq2ps */
	ROW(0x5b, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vcvtps2dq */
	ROW(0x5b, F3, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vcvttps2dq */
	ROW(0x5c, NP, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vsubps */
	ROW(0x5c, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vsubpd */
	ROW(0x5c, F3, WIG, L01, MR, ANY, S4, R, NOIMM, OTHER, 0), /* vsubss */
	ROW(0x5c, F2, WIG, L01, MR, ANY, S8, R, NOIMM, OTHER, 0), /* vsubsd */
	ROW(0x5d, NP, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vminps */
	ROW(0x5d, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vminpd */
	ROW(0x5d, F3, WIG, L01, MR, ANY, S4, R, NOIMM, OTHER, 0), /* vminss */
	ROW(0x5d, F2, WIG, L01, MR, ANY, S8, R, NOIMM, OTHER, 0), /* vminsd */
	ROW(0x5e, NP, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vdivps */
	ROW(0x5e, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vdivpd */
	ROW(0x5e, F3, WIG, L01, MR, ANY, S4, R, NOIMM, OTHER, 0), /* vdivss */
	ROW(0x5e, F2, WIG, L01, MR, ANY, S8, R, NOIMM, OTHER, 0), /* vdivsd */
	ROW(0x5f, NP, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vmaxps */
	ROW(0x5f, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vmaxpd */
	ROW(0x5f, F3, WIG, L01, MR, ANY, S4, R, NOIMM, OTHER, 0), /* vmaxss */
	ROW(0x5f, F2, WIG, L01, MR, ANY, S8, R, NOIMM, OTHER, 0), /* vmaxsd */
	ROW(0x60, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpunpcklbw */
	ROW(0x61, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpunpcklwd */
	ROW(0x62, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpunpckldq */
	ROW(0x63, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpacksswb */
	ROW(0x64, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpcmpgtb */
	ROW(0x65, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpcmpgtw */
	ROW(0x66, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpcmpgtd */
	ROW(0x67, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpackuswb */
	ROW(0x68, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpunpckhbw */
	ROW(0x69, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpunpckhwd */
	ROW(0x6a, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpunpckhdq */
	ROW(0x6b, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpackssdw */
	ROW(0x6c, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpunpcklqdq */
	ROW(0x6d, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpunpckhqdq */
	ROW(0x6e, 66, WIG, L0, MR, ANY, Y, R, NOIMM, OTHER, X_NOV), /* vmovd/vmovq */
	ROW(0x6f, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vmovdqa */
	ROW(0x6f, F3, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vmovdqu */
	ROW(0x70, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, X_NOV), /* vpshufd */
	ROW(0x70, F3, WIG, L01, MR, ANY, VL, R, IB, OTHER, X_NOV), /* vpshufhw */
	ROW(0x70, F2, WIG, L01, MR, ANY, VL, R, IB, OTHER, X_NOV), /* vpshuflw */
	ROW(0x71, 66, WIG, L01, R, 2, S0, NONE, IB, OTHER, 0), /* vpsrlw */
	ROW(0x71, 66, WIG, L01, R, 4, S0, NONE, IB, OTHER, 0), /* vpsraw */
	ROW(0x71, 66, WIG, L01, R, 6, S0, NONE, IB, OTHER, 0), /* vpsllw */
	ROW(0x72, 66, WIG, L01, R, 2, S0, NONE, IB, OTHER, 0), /* vpsrld */
	ROW(0x72, 66, WIG, L01, R, 4, S0, NONE, IB, OTHER, 0), /* vpsrad */
	ROW(0x72, 66, WIG, L01, R, 6, S0, NONE, IB, OTHER, 0), /* vpslld */
	ROW(0x73, 66, WIG, L01, R, 2, S0, NONE, IB, OTHER, 0), /* vpsrlq */
	ROW(0x73, 66, WIG, L01, R, 3, S0, NONE, IB, OTHER, 0), /* vpsrldq */
	ROW(0x73, 66, WIG, L01, R, 6, S0, NONE, IB, OTHER, 0), /* vpsllq */
	ROW(0x73, 66, WIG, L01, R, 7, S0, NONE, IB, OTHER, 0), /* vpslldq */
	ROW(0x74, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpcmpeqb */
	ROW(0x75, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpcmpeqw */
	ROW(0x76, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpcmpeqd */
	ROW(0x77, NP, WIG, L01, MR, ANY, S0, NONE, NOIMM, OTHER, X_NOMODRM | X_NOV), /* vzeroupper */
	ROW(0x7c, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vhaddpd */
	ROW(0x7c, F2, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vhaddps */
	ROW(0x7d, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vhsubpd */
	ROW(0x7d, F2, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vhsubps */
	ROW(0x7e, 66, WIG, L0, MR, ANY, Y, W, NOIMM, OTHER, X_NOV), /* vmovd/vmovq */
	ROW(0x7e, F3, WIG, L0, MR, ANY, S8, R, NOIMM, OTHER, X_NOV), /* vmovq */
	ROW(0x7f, 66, WIG, L01, MR, ANY, VL, W, NOIMM, OTHER, X_NOV), /* vmovdqa */
	ROW(0x7f, F3, WIG, L01, MR, ANY, VL, W, NOIMM, OTHER, X_NOV), /* vmovdqu */
	ROW(0x90, NP, W0, L0, M, ANY, S2, R, NOIMM, OTHER, X_NOV), /* kmovw */
	ROW(0x90, NP, WIG, L0, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* kmovw/kmovq */
	ROW(0x90, NP, W1, L0, M, ANY, S8, R, NOIMM, OTHER, X_NOV), /* kmovq */
	ROW(0x90, 66, W0, L0, M, ANY, S1, R, NOIMM, OTHER, X_NOV), /* kmovb */
	ROW(0x90, 66, WIG, L0, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* kmovb/kmovd */
	ROW(0x90, 66, W1, L0, M, ANY, S4, R, NOIMM, OTHER, X_NOV), /* kmovd */
	ROW(0x91, NP, W0, L0, M, ANY, S2, W, NOIMM, OTHER, X_NOV), /* kmovw */
	ROW(0x91, NP, W1, L0, M, ANY, S8, W, NOIMM, OTHER, X_NOV), /* kmovq */
	ROW(0x91, 66, W0, L0, M, ANY, S1, W, NOIMM, OTHER, X_NOV), /* kmovb */
	ROW(0x91, 66, W1, L0, M, ANY, S4, W, NOIMM, OTHER, X_NOV), /* kmovd */
	ROW(0x92, NP, W0, L0, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* kmovw */
	ROW(0x92, 66, W0, L0, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* kmovb */
	ROW(0x92, F2, WIG, L0, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* kmovd/kmovq */
	ROW(0x93, NP, W0, L0, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* kmovw */
	ROW(0x93, 66, W0, L0, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* kmovb */
	ROW(0x93, F2, WIG, L0, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* kmovd/kmovq */
	ROW(0x98, NP, WIG, L0, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* kortestw/kortestq */
	ROW(0x98, 66, WIG, L0, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* kortestb/kortestd */
	ROW(0x99, NP, WIG, L0, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* ktestw/ktestq */
	ROW(0x99, 66, WIG, L0, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* ktestb/ktestd */
	ROW(0xae, NP, WIG, L0, M, 2, S4, R, NOIMM, OTHER, X_NOV), /* vldmxcsr */
	ROW(0xae, NP, WIG, L0, M, 3, S4, W, NOIMM, OTHER, X_NOV), /* vstmxcsr */
	ROW(0xc2, NP, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vcmpps */
	ROW(0xc2, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vcmppd */
	ROW(0xc2, F3, WIG, L01, MR, ANY, S4, R, IB, OTHER, 0), /* vcmpss */
	ROW(0xc2, F2, WIG, L01, MR, ANY, S8, R, IB, OTHER, 0), /* vcmpsd */
	ROW(0xc4, 66, WIG, L0, MR, ANY, S2, R, IB, OTHER, 0), /* vpinsrw */
	ROW(0xc5, 66, WIG, L0, R, ANY, S0, NONE, IB, OTHER, X_NOV), /* vpextrw */
	ROW(0xc6, NP, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vshufps */
	ROW(0xc6, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vshufpd */
	ROW(0xd0, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vaddsubpd */
	ROW(0xd0, F2, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vaddsubps */
	ROW(0xd1, 66, WIG, L01, MR, ANY, S16, R, NOIMM, OTHER, 0), /* vpsrlw */
	ROW(0xd2, 66, WIG, L01, MR, ANY, S16, R, NOIMM, OTHER, 0), /* vpsrld */
	ROW(0xd3, 66, WIG, L01, MR, ANY, S16, R, NOIMM, OTHER, 0), /* vpsrlq */
	ROW(0xd4, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpaddq */
	ROW(0xd5, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpmullw */
	ROW(0xd6, 66, WIG, L0, MR, ANY, S8, W, NOIMM, OTHER, X_NOV), /* vmovq */
	ROW(0xd7, 66, WIG, L01, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* vpmovmskb */
	ROW(0xd8, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpsubusb */
	ROW(0xd9, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpsubusw */
	ROW(0xda, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpminub */
	ROW(0xdb, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpand */
	ROW(0xdc, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpaddusb */
	ROW(0xdd, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpaddusw */
	ROW(0xde, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpmaxub */
	ROW(0xdf, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpandn */
	ROW(0xe0, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpavgb */
	ROW(0xe1, 66, WIG, L01, MR, ANY, S16, R, NOIMM, OTHER, 0), /* vpsraw */
	ROW(0xe2, 66, WIG, L01, MR, ANY, S16, R, NOIMM, OTHER, 0), /* vpsrad */
	ROW(0xe3, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpavgw */
	ROW(0xe4, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpmulhuw */
	ROW(0xe5, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpmulhw */
	ROW(0xe6, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vcvttpd2dq */
	ROW(0xe6, F3, WIG, L01, MR, ANY, VL2, R, NOIMM, OTHER, X_NOV), /* vcvtdq2pd */
	ROW(0xe6, F2, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vcvtpd2dq */
	ROW(0xe7, 66, WIG, L01, M, ANY, VL, W, NOIMM, OTHER, X_NOV), /* vmovntdq */
	ROW(0xe8, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpsubsb */
	ROW(0xe9, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpsubsw */
	ROW(0xea, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpminsw */
	ROW(0xeb, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpor */
	ROW(0xec, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpaddsb */
	ROW(0xed, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpaddsw */
	ROW(0xee, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpmaxsw */
	ROW(0xef, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpxor */
	ROW(0xf0, F2, WIG, L01, M, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vlddqu */
	ROW(0xf1, 66, WIG, L01, MR, ANY, S16, R, NOIMM, OTHER, 0), /* vpsllw */
	ROW(0xf2, 66, WIG, L01, MR, ANY, S16, R, NOIMM, OTHER, 0), /* vpslld */
	ROW(0xf3, 66, WIG, L01, MR, ANY, S16, R, NOIMM, OTHER, 0), /* vpsllq */
	ROW(0xf4, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpmuludq */
	ROW(0xf5, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpmaddwd */
	ROW(0xf6, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpsadbw */
	ROW(0xf7, 66, WIG, L0, R, ANY, S0, NONE, NOIMM, MASKMOV, X_NOV), /* vmaskmovdqu */
	ROW(0xf8, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpsubb */
	ROW(0xf9, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpsubw */
	ROW(0xfa, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpsubd */
	ROW(0xfb, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpsubq */
	ROW(0xfc, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpaddb */
	ROW(0xfd, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpaddw */
	ROW(0xfe, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpaddd */
};

static const struct decode_row vex_0f38[] = {
	ROW(0x00, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpshufb */
	ROW(0x01, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vphaddw */
	ROW(0x02, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vphaddd */
	ROW(0x03, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vphaddsw */
	ROW(0x04, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpmaddubsw */
	ROW(0x05, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vphsubw */
	ROW(0x06, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vphsubd */
	ROW(0x07, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vphsubsw */
	ROW(0x08, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpsignb */
	ROW(0x09, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpsignw */
	ROW(0x0a, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpsignd */
	ROW(0x0b, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpmulhrsw */
	ROW(0x0c, 66, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpermilps */
	ROW(0x0d, 66, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpermilpd */
	ROW(0x0e, 66, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vtestps */
	ROW(0x0f, 66, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vtestpd */
	ROW(0x13, 66, W0, L01, MR, ANY, VL2, R, NOIMM, OTHER, X_NOV), /* vcvtph2ps */
	ROW(0x16, 66, W0, L1, MR, ANY, S32, R, NOIMM, OTHER, 0), /* vpermps */
	ROW(0x17, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vptest */
	ROW(0x18, 66, W0, L01, MR, ANY, S4, R, NOIMM, OTHER, X_NOV), /* vbroadcastss */
	ROW(0x19, 66, W0, L1, MR, ANY, S8, R, NOIMM, OTHER, X_NOV), /* vbroadcastsd */
	ROW(0x1a, 66, W0, L1, M, ANY, S16, R, NOIMM, OTHER, X_NOV), /* vbroadcastf128 */
	ROW(0x1c, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vpabsb */
	ROW(0x1d, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vpabsw */
	ROW(0x1e, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vpabsd */
	ROW(0x20, 66, WIG, L01, MR, ANY, VL2, R, NOIMM, OTHER, X_NOV), /* vpmovsxbw */
	ROW(0x21, 66, WIG, L01, MR, ANY, VL4, R, NOIMM, OTHER, X_NOV), /* vpmovsxbd */
	ROW(0x22, 66, WIG, L01, MR, ANY, VL8, R, NOIMM, OTHER, X_NOV), /* vpmovsxbq */
	ROW(0x23, 66, WIG, L01, MR, ANY, VL2, R, NOIMM, OTHER, X_NOV), /* vpmovsxwd */
	ROW(0x24, 66, WIG, L01, MR, ANY, VL4, R, NOIMM, OTHER, X_NOV), /* vpmovsxwq */
	ROW(0x25, 66, WIG, L01, MR, ANY, VL2, R, NOIMM, OTHER, X_NOV), /* vpmovsxdq */
	ROW(0x28, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpmuldq */
	ROW(0x29, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpcmpeqq */
	ROW(0x2a, 66, WIG, L01, M, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vmovntdqa */
	ROW(0x2b, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpackusdw */
	ROW(0x2c, 66, W0, L01, M, ANY, VL, R, NOIMM, VECTOR_MASKMOV, 0), /* vmaskmovps */
	ROW(0x2d, 66, W0, L01, M, ANY, VL, R, NOIMM, VECTOR_MASKMOV, 0), /* vmaskmovpd */
	ROW(0x2e, 66, W0, L01, M, ANY, VL, W, NOIMM, VECTOR_MASKMOV, 0), /* vmaskmovps */
	ROW(0x2f, 66, W0, L01, M, ANY, VL, W, NOIMM, VECTOR_MASKMOV, 0), /* vmaskmovpd */
	ROW(0x30, 66, WIG, L01, MR, ANY, VL2, R, NOIMM, OTHER, X_NOV), /* vpmovzxbw */
	ROW(0x31, 66, WIG, L01, MR, ANY, VL4, R, NOIMM, OTHER, X_NOV), /* vpmovzxbd */
	ROW(0x32, 66, WIG, L01, MR, ANY, VL8, R, NOIMM, OTHER, X_NOV), /* vpmovzxbq */
	ROW(0x33, 66, WIG, L01, MR, ANY, VL2, R, NOIMM, OTHER, X_NOV), /* vpmovzxwd */
	ROW(0x34, 66, WIG, L01, MR, ANY, VL4, R, NOIMM, OTHER, X_NOV), /* vpmovzxwq */
	ROW(0x35, 66, WIG, L01, MR, ANY, VL2, R, NOIMM, OTHER, X_NOV), /* vpmovzxdq */
	ROW(0x36, 66, W0, L1, MR, ANY, S32, R, NOIMM, OTHER, 0), /* vpermd */
	ROW(0x37, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpcmpgtq */
	ROW(0x38, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpminsb */
	ROW(0x39, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpminsd */
	ROW(0x3a, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpminuw */
	ROW(0x3b, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpminud */
	ROW(0x3c, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpmaxsb */
	ROW(0x3d, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpmaxsd */
	ROW(0x3e, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpmaxuw */
	ROW(0x3f, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpmaxud */
	ROW(0x40, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpmulld */
	ROW(0x41, 66, WIG, L0, MR, ANY, S16, R, NOIMM, OTHER, X_NOV), /* vphminposuw */
	ROW(0x45, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpsrlvd/vpsrlvq */
	ROW(0x46, 66, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpsravd */
	ROW(0x47, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpsllvd/vpsllvq */
	ROW_FULL(0x49, P_NP | W_W0 | L_L0 | F_M | M_64, 0, ANY, S64, R, NOIMM, OTHER, X_NOV), /* ldtilecfg */
	ROW_FULL(0x49, P_66 | W_W0 | L_L0 | F_M | M_64, 0, ANY, S64, W, NOIMM, OTHER, X_NOV), /* sttilecfg */
	ROW_FULL(0x49, P_NP | W_W0 | L_L0 | F_R | M_64, 0, 0, S0, NONE, NOIMM, OTHER, X_NOV), /* tilerelease */
	ROW_FULL(0x49, P_F2 | W_W0 | L_L0 | F_R | M_64, ANY, 0, S0, NONE, NOIMM, OTHER, X_NOV), /* tilezero */
	ROW_FULL(0x4b, P_66 | W_W0 | L_L0 | F_M | M_64, ANY, ANY, S0, R, NOIMM, TILE, X_NOV), /* tileloaddt1 */
	ROW_FULL(0x4b, P_F3 | W_W0 | L_L0 | F_M | M_64, ANY, ANY, S0, W, NOIMM, TILE, X_NOV), /* tilestored */
	ROW_FULL(0x4b, P_F2 | W_W0 | L_L0 | F_M | M_64, ANY, ANY, S0, R, NOIMM, TILE, X_NOV), /* tileloadd */
	ROW(0x50, 66, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpdpbusd */
	ROW(0x50, NP, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpdpbuud */
	ROW(0x50, F3, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpdpbsud */
	ROW(0x50, F2, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpdpbssd */
	ROW(0x51, 66, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpdpbusds */
	ROW(0x51, NP, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpdpbuuds */
	ROW(0x51, F3, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpdpbsuds */
	ROW(0x51, F2, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpdpbssds */
	ROW(0x52, 66, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpdpwssd */
	ROW(0x53, 66, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpdpwssds */
	ROW(0x58, 66, W0, L01, MR, ANY, S4, R, NOIMM, OTHER, X_NOV), /* vpbroadcastd */
	ROW(0x59, 66, W0, L01, MR, ANY, S8, R, NOIMM, OTHER, X_NOV), /* vpbroadcastq */
	ROW(0x5a, 66, W0, L1, M, ANY, S16, R, NOIMM, OTHER, X_NOV), /* vbroadcasti128 */
	ROW_FULL(0x5c, P_F3 | W_W0 | L_L0 | F_R | M_64, ANY, ANY, S0, NONE, NOIMM, OTHER, 0), /* tdpbf16ps */
	ROW_FULL(0x5c, P_F2 | W_W0 | L_L0 | F_R | M_64, ANY, ANY, S0, NONE, NOIMM, OTHER, 0), /* tdpfp16ps */
	ROW_FULL(0x5e, P_NP | W_W0 | L_L0 | F_R | M_64, ANY, ANY, S0, NONE, NOIMM, OTHER, 0), /* tdpbuud */
	ROW_FULL(0x5e, P_66 | W_W0 | L_L0 | F_R | M_64, ANY, ANY, S0, NONE, NOIMM, OTHER, 0), /* tdpbusd */
	ROW_FULL(0x5e, P_F3 | W_W0 | L_L0 | F_R | M_64, ANY, ANY, S0, NONE, NOIMM, OTHER, 0), /* tdpbsud */
	ROW_FULL(0x5e, P_F2 | W_W0 | L_L0 | F_R | M_64, ANY, ANY, S0, NONE, NOIMM, OTHER, 0), /* tdpbssd */
	ROW_FULL(0x6c, P_NOREP | W_W0 | L_L0 | F_R | M_64, ANY, ANY, S0, NONE, NOIMM, OTHER, 0), /* tcmmrlfp16ps/tcmmimfp16ps */
	ROW(0x72, F3, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vcvtneps2bf16 */
	ROW(0x78, 66, W0, L01, MR, ANY, S1, R, NOIMM, OTHER, X_NOV), /* vpbroadcastb */
	ROW(0x79, 66, W0, L01, MR, ANY, S2, R, NOIMM, OTHER, X_NOV), /* vpbroadcastw */
	ROW(0x8c, 66, WIG, L01, M, ANY, VL, R, NOIMM, VECTOR_MASKMOV, 0), /* vpmaskmovd/vpmaskmovq */
	ROW(0x8e, 66, WIG, L01, M, ANY, VL, W, NOIMM, VECTOR_MASKMOV, 0), /* vpmaskmovd/vpmaskmovq */
	ROW(0x90, 66, WIG, L01, M, ANY, SW, R, NOIMM, GATHER, 0), /* vpgatherdd/vpgatherdq */
	ROW(0x91, 66, WIG, L01, M, ANY, SW, R, NOIMM, GATHER, X_INDEX8), /* vpgatherqd/vpgatherqq */
	ROW(0x92, 66, WIG, L01, M, ANY, SW, R, NOIMM, GATHER, 0), /* vgatherdps/vgatherdpd */
	ROW(0x93, 66, WIG, L01, M, ANY, SW, R, NOIMM, GATHER, X_INDEX8), /* vgatherqps/vgatherqpd */
	ROW(0x96, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vfmaddsub132ps/vfmaddsub132pd */
	ROW(0x97, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vfmsubadd132ps/vfmsubadd132pd */
	ROW(0x98, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vfmadd132ps/vfmadd132pd */
	ROW(0x99, 66, WIG, L01, MR, ANY, SW, R, NOIMM, OTHER, 0), /* vfmadd132ss/vfmadd132sd */
	ROW(0x9a, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vfmsub132ps/vfmsub132pd */
	ROW(0x9b, 66, WIG, L01, MR, ANY, SW, R, NOIMM, OTHER, 0), /* vfmsub132ss/vfmsub132sd */
	ROW(0x9c, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vfnmadd132ps/vfnmadd132pd */
	ROW(0x9d, 66, WIG, L01, MR, ANY, SW, R, NOIMM, OTHER, 0), /* vfnmadd132ss/vfnmadd132sd */
	ROW(0x9e, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vfnmsub132ps/vfnmsub132pd */
	ROW(0x9f, 66, WIG, L01, MR, ANY, SW, R, NOIMM, OTHER, 0), /* vfnmsub132ss/vfnmsub132sd */
	ROW(0xa6, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vfmaddsub213ps/vfmaddsub213pd */
	ROW(0xa7, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vfmsubadd213ps/vfmsubadd213pd */
	ROW(0xa8, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vfmadd213ps/vfmadd213pd */
	ROW(0xa9, 66, WIG, L01, MR, ANY, SW, R, NOIMM, OTHER, 0), /* vfmadd213ss/vfmadd213sd */
	ROW(0xaa, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vfmsub213ps/vfmsub213pd */
	ROW(0xab, 66, WIG, L01, MR, ANY, SW, R, NOIMM, OTHER, 0), /* vfmsub213ss/vfmsub213sd */
	ROW(0xac, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vfnmadd213ps/vfnmadd213pd */
	ROW(0xad, 66, WIG, L01, MR, ANY, SW, R, NOIMM, OTHER, 0), /* vfnmadd213ss/vfnmadd213sd */
	ROW(0xae, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vfnmsub213ps/vfnmsub213pd */
	ROW(0xaf, 66, WIG, L01, MR, ANY, SW, R, NOIMM, OTHER, 0), /* vfnmsub213ss/vfnmsub213sd */
	ROW(0xb0, ANY, W0, L01, M, ANY, VL, R, NOIMM, OTHER, X_NOV), /* vcvtneoph2ps/vcvtneeph2ps/vcvtneebf162ps/vcvtneobf162ps */
	ROW(0xb1, 66, W0, L01, M, ANY, S2, R, NOIMM, OTHER, X_NOV), /* vbcstnesh2ps */
	ROW(0xb1, F3, W0, L01, M, ANY, S2, R, NOIMM, OTHER, X_NOV), /* vbcstnebf162ps */
	ROW(0xb4, 66, W1, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpmadd52luq */
	ROW(0xb5, 66, W1, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpmadd52huq */
	ROW(0xb6, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vfmaddsub231ps/vfmaddsub231pd */
	ROW(0xb7, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vfmsubadd231ps/vfmsubadd231pd */
	ROW(0xb8, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vfmadd231ps/vfmadd231pd */
	ROW(0xb9, 66, WIG, L01, MR, ANY, SW, R, NOIMM, OTHER, 0), /* vfmadd231ss/vfmadd231sd */
	ROW(0xba, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vfmsub231ps/vfmsub231pd */
	ROW(0xbb, 66, WIG, L01, MR, ANY, SW, R, NOIMM, OTHER, 0), /* vfmsub231ss/vfmsub231sd */
	ROW(0xbc, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vfnmadd231ps/vfnmadd231pd */
	ROW(0xbd, 66, WIG, L01, MR, ANY, SW, R, NOIMM, OTHER, 0), /* vfnmadd231ss/vfnmadd231sd */
	ROW(0xbe, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vfnmsub231ps/vfnmsub231pd */
	ROW(0xbf, 66, WIG, L01, MR, ANY, SW, R, NOIMM, OTHER, 0), /* vfnmsub231ss/vfnmsub231sd */
	ROW(0xcb, F2, W0, L1, R, ANY, S0, NONE, NOIMM, OTHER, 0), /* vsha512rnds2 */
	ROW(0xcc, F2, W0, L1, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* vsha512msg1 */
	ROW(0xcd, F2, W0, L1, R, ANY, S0, NONE, NOIMM, OTHER, X_NOV), /* vsha512msg2 */
	ROW(0xcf, 66, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vgf2p8mulb */
	ROW(0xd2, NP, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpdpwuud */
	ROW(0xd2, 66, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpdpwusd */
	ROW(0xd2, F3, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpdpwsud */
	ROW(0xd3, NP, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpdpwuuds */
	ROW(0xd3, 66, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpdpwusds */
	ROW(0xd3, F3, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vpdpwsuds */
	ROW(0xda, NOREP, W0, L0, MR, ANY, S16, R, NOIMM, OTHER, 0), /* vsm3msg1/vsm3msg2 */
	ROW(0xda, F3, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vsm4key4 */
	ROW(0xda, F2, W0, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vsm4rnds4 */
	ROW(0xdb, 66, WIG, L0, MR, ANY, S16, R, NOIMM, OTHER, X_NOV), /* vaesimc */
	ROW(0xdc, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vaesenc */
	ROW(0xdd, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vaesenclast */
	ROW(0xde, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vaesdec */
	ROW(0xdf, 66, WIG, L01, MR, ANY, VL, R, NOIMM, OTHER, 0), /* vaesdeclast */
	ROW_FULL(0xe0, P_66 | W_WIG | L_L0 | F_M | M_64, ANY, ANY, SW, RW, NOIMM, OTHER, 0), /* cmpoxadd */
	ROW_FULL(0xe1, P_66 | W_WIG | L_L0 | F_M | M_64, ANY, ANY, SW, RW, NOIMM, OTHER, 0), /* cmpnoxadd */
	ROW_FULL(0xe2, P_66 | W_WIG | L_L0 | F_M | M_64, ANY, ANY, SW, RW, NOIMM, OTHER, 0), /* cmpbxadd */
	ROW_FULL(0xe3, P_66 | W_WIG | L_L0 | F_M | M_64, ANY, ANY, SW, RW, NOIMM, OTHER, 0), /* cmpnbxadd */
	ROW_FULL(0xe4, P_66 | W_WIG | L_L0 | F_M | M_64, ANY, ANY, SW, RW, NOIMM, OTHER, 0), /* cmpzxadd */
	ROW_FULL(0xe5, P_66 | W_WIG | L_L0 | F_M | M_64, ANY, ANY, SW, RW, NOIMM, OTHER, 0), /* cmpnzxadd */
	ROW_FULL(0xe6, P_66 | W_WIG | L_L0 | F_M | M_64, ANY, ANY, SW, RW, NOIMM, OTHER, 0), /* cmpbexadd */
	ROW_FULL(0xe7, P_66 | W_WIG | L_L0 | F_M | M_64, ANY, ANY, SW, RW, NOIMM, OTHER, 0), /* cmpnbexadd */
	ROW_FULL(0xe8, P_66 | W_WIG | L_L0 | F_M | M_64, ANY, ANY, SW, RW, NOIMM, OTHER, 0), /* cmpsxadd */
	ROW_FULL(0xe9, P_66 | W_WIG | L_L0 | F_M | M_64, ANY, ANY, SW, RW, NOIMM, OTHER, 0), /* cmpnsxadd */
	ROW_FULL(0xea, P_66 | W_WIG | L_L0 | F_M | M_64, ANY, ANY, SW, RW, NOIMM, OTHER, 0), /* cmppxadd */
	ROW_FULL(0xeb, P_66 | W_WIG | L_L0 | F_M | M_64, ANY, ANY, SW, RW, NOIMM, OTHER, 0), /* cmpnpxadd */
	ROW_FULL(0xec, P_66 | W_WIG | L_L0 | F_M | M_64, ANY, ANY, SW, RW, NOIMM, OTHER, 0), /* cmplxadd */
	ROW_FULL(0xed, P_66 | W_WIG | L_L0 | F_M | M_64, ANY, ANY, SW, RW, NOIMM, OTHER, 0), /* cmpnlxadd */
	ROW_FULL(0xee, P_66 | W_WIG | L_L0 | F_M | M_64, ANY, ANY, SW, RW, NOIMM, OTHER, 0), /* cmplexadd */
	ROW_FULL(0xef, P_66 | W_WIG | L_L0 | F_M | M_64, ANY, ANY, SW, RW, NOIMM, OTHER, 0), /* cmpnlexadd */
	ROW(0xf2, NP, WIG, L0, MR, ANY, Y, R, NOIMM, OTHER, 0), /* andn */
	ROW(0xf3, NP, WIG, L0, MR, 1, Y, R, NOIMM, OTHER, 0), /* blsr */
	ROW(0xf3, NP, WIG, L0, MR, 2, Y, R, NOIMM, OTHER, 0), /* blsmsk */
	ROW(0xf3, NP, WIG, L0, MR, 3, Y, R, NOIMM, OTHER, 0), /* blsi */
	ROW(0xf5, NP, WIG, L0, MR, ANY, Y, R, NOIMM, OTHER, 0), /* bzhi */
	ROW(0xf5, F3, WIG, L0, MR, ANY, Y, R, NOIMM, OTHER, 0), /* pext */
	ROW(0xf5, F2, WIG, L0, MR, ANY, Y, R, NOIMM, OTHER, 0), /* pdep */
	ROW(0xf6, F2, WIG, L0, MR, ANY, Y, R, NOIMM, OTHER, 0), /* mulx */
	ROW(0xf7, NP, WIG, L0, MR, ANY, Y, R, NOIMM, OTHER, 0), /* bextr */
	ROW(0xf7, 66, WIG, L0, MR, ANY, Y, R, NOIMM, OTHER, 0), /* shlx */
	ROW(0xf7, F3, WIG, L0, MR, ANY, Y, R, NOIMM, OTHER, 0), /* sarx */
	ROW(0xf7, F2, WIG, L0, MR, ANY, Y, R, NOIMM, OTHER, 0), /* shrx */
};

static const struct decode_row vex_0f3a[] = {
	ROW(0x00, 66, WIG, L1, MR, ANY, S32, R, IB, OTHER, X_NOV), /* vpermq: AMD does not ask for W */
	ROW(0x01, 66, WIG, L1, MR, ANY, S32, R, IB, OTHER, X_NOV), /* vpermpd: likewise */
	ROW(0x02, 66, W0, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vpblendd */
	ROW(0x04, 66, W0, L01, MR, ANY, VL, R, IB, OTHER, X_NOV), /* vpermilps */
	ROW(0x05, 66, W0, L01, MR, ANY, VL, R, IB, OTHER, X_NOV), /* vpermilpd */
	ROW(0x06, 66, W0, L1, MR, ANY, S32, R, IB, OTHER, 0), /* vperm2f128 */
	ROW(0x08, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, X_NOV), /* vroundps */
	ROW(0x09, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, X_NOV), /* vroundpd */
	ROW(0x0a, 66, WIG, L01, MR, ANY, S4, R, IB, OTHER, 0), /* vroundss */
	ROW(0x0b, 66, WIG, L01, MR, ANY, S8, R, IB, OTHER, 0), /* vroundsd */
	ROW(0x0c, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vblendps */
	ROW(0x0d, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vblendpd */
	ROW(0x0e, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vpblendw */
	ROW(0x0f, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vpalignr */
	ROW(0x14, 66, WIG, L0, MR, ANY, S1, W, IB, OTHER, X_NOV), /* vpextrb */
	ROW(0x15, 66, WIG, L0, MR, ANY, S2, W, IB, OTHER, X_NOV), /* vpextrw */
	ROW(0x16, 66, WIG, L0, MR, ANY, Y, W, IB, OTHER, X_NOV), /* vpextrd/vpextrq */
	ROW(0x17, 66, WIG, L0, MR, ANY, S4, W, IB, OTHER, X_NOV), /* vextractps */
	ROW(0x18, 66, W0, L1, MR, ANY, S16, R, IB, OTHER, 0), /* vinsertf128 */
	ROW(0x19, 66, W0, L1, MR, ANY, S16, W, IB, OTHER, X_NOV), /* vextractf128 */
	ROW(0x1d, 66, W0, L01, MR, ANY, VL2, W, IB, OTHER, X_NOV), /* vcvtps2ph */
	ROW(0x20, 66, WIG, L0, MR, ANY, S1, R, IB, OTHER, 0), /* vpinsrb */
	ROW(0x21, 66, WIG, L0, MR, ANY, S4, R, IB, OTHER, 0), /* vinsertps */
	ROW(0x22, 66, WIG, L0, MR, ANY, Y, R, IB, OTHER, 0), /* vpinsrd/vpinsrq */
	ROW(0x30, 66, WIG, L0, R, ANY, S0, NONE, IB, OTHER, X_NOV), /* kshiftrb/kshiftrw */
	ROW(0x31, 66, WIG, L0, R, ANY, S0, NONE, IB, OTHER, X_NOV), /* kshiftrd/kshiftrq */
	ROW(0x32, 66, WIG, L0, R, ANY, S0, NONE, IB, OTHER, X_NOV), /* kshiftlb/kshiftlw */
	ROW(0x33, 66, WIG, L0, R, ANY, S0, NONE, IB, OTHER, X_NOV), /* kshiftld/kshiftlq */
	ROW(0x38, 66, W0, L1, MR, ANY, S16, R, IB, OTHER, 0), /* vinserti128 */
	ROW(0x39, 66, W0, L1, MR, ANY, S16, W, IB, OTHER, X_NOV), /* vextracti128 */
	ROW(0x40, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vdpps */
	ROW(0x41, 66, WIG, L0, MR, ANY, S16, R, IB, OTHER, 0), /* vdppd */
	ROW(0x42, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vmpsadbw */
	ROW(0x44, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vpclmulqdq */
	ROW(0x46, 66, W0, L1, MR, ANY, S32, R, IB, OTHER, 0), /* vperm2i128 */
	ROW(0x48, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vpermil2ps */
	ROW(0x49, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vpermil2pd */
	ROW(0x4a, 66, W0, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vblendvps */
	ROW(0x4b, 66, W0, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vblendvpd */
	ROW(0x4c, 66, W0, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vpblendvb */
	ROW(0x5c, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vfmaddsubps */
	ROW(0x5d, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vfmaddsubpd */
	ROW(0x5e, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vfmsubaddps */
	ROW(0x5f, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vfmsubaddpd */
	ROW(0x60, 66, WIG, L0, MR, ANY, S16, R, IB, OTHER, X_NOV), /* vpcmpestrm */
	ROW(0x61, 66, WIG, L0, MR, ANY, S16, R, IB, OTHER, X_NOV), /* vpcmpestri */
	ROW(0x62, 66, WIG, L0, MR, ANY, S16, R, IB, OTHER, X_NOV), /* vpcmpistrm */
	ROW(0x63, 66, WIG, L0, MR, ANY, S16, R, IB, OTHER, X_NOV), /* vpcmpistri */
	ROW(0x68, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vfmaddps */
	ROW(0x69, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vfmaddpd */
	ROW(0x6a, 66, WIG, L01, MR, ANY, S4, R, IB, OTHER, 0), /* vfmaddss */
	ROW(0x6b, 66, WIG, L01, MR, ANY, S8, R, IB, OTHER, 0), /* vfmaddsd */
	ROW(0x6c, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vfmsubps */
	ROW(0x6d, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vfmsubpd */
	ROW(0x6e, 66, WIG, L01, MR, ANY, S4, R, IB, OTHER, 0), /* vfmsubss */
	ROW(0x6f, 66, WIG, L01, MR, ANY, S8, R, IB, OTHER, 0), /* vfmsubsd */
	ROW(0x78, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vfnmaddps */
	ROW(0x79, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vfnmaddpd */
	ROW(0x7a, 66, WIG, L01, MR, ANY, S4, R, IB, OTHER, 0), /* vfnmaddss */
	ROW(0x7b, 66, WIG, L01, MR, ANY, S8, R, IB, OTHER, 0), /* vfnmaddsd */
	ROW(0x7c, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vfnmsubps */
	ROW(0x7d, 66, WIG, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vfnmsubpd */
	ROW(0x7e, 66, WIG, L01, MR, ANY, S4, R, IB, OTHER, 0), /* vfnmsubss */
	ROW(0x7f, 66, WIG, L01, MR, ANY, S8, R, IB, OTHER, 0), /* vfnmsubsd */
	ROW(0xce, 66, W1, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vgf2p8affineqb */
	ROW(0xcf, 66, W1, L01, MR, ANY, VL, R, IB, OTHER, 0), /* vgf2p8affineinvqb */
	ROW(0xde, 66, W0, L0, MR, ANY, S16, R, IB, OTHER, 0), /* vsm3rnds2 */
	ROW(0xdf, 66, WIG, L0, MR, ANY, S16, R, IB, OTHER, X_NOV), /* vaeskeygenassist */
	ROW(0xf0, F2, WIG, L0, MR, ANY, Y, R, IB, OTHER, X_NOV), /* rorx */
};

const struct decode_map decode_map_vex[8] = {
	[1] = {NULL, vex_0f, HD_ARRAY_SIZE(vex_0f)},
	[2] = {NULL, vex_0f38, HD_ARRAY_SIZE(vex_0f38)},
	[3] = {NULL, vex_0f3a, HD_ARRAY_SIZE(vex_0f3a)},
};
