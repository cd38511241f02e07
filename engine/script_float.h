/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Floating point for scripts, values as 64-bit patterns (a float in the low
 * 32 bits). The only file of the engine that is built with SSE: whoever runs a
 * script that uses floats has saved the XMM registers and MXCSR.
 */
#ifndef ENGINE_SCRIPT_FLOAT_H
#define ENGINE_SCRIPT_FLOAT_H

#include <hyperdbg/types.h>

/* One function per operation: name, type, result. */
#define SCRIPT_FLOAT_BINARY(X)                                                                               \
	X(FADD, double, x + y) X(FSUB, double, x - y) X(FMUL, double, x * y) X(FDIV, double, x / y)          \
	X(FADD_F32, float, x + y) X(FSUB_F32, float, x - y) X(FMUL_F32, float, x * y) X(FDIV_F32, float, x / y)
#define SCRIPT_FLOAT_COMPARE(X) X(FEQ, x == y) X(FNE, x != y) X(FLT, x < y) X(FLE, x <= y)

#define X(name, type, expression) uint64_t script_float_##name(uint64_t left, uint64_t right);
SCRIPT_FLOAT_BINARY(X)
#undef X
#define X(name, expression) uint64_t script_float_##name(uint64_t left, uint64_t right);
SCRIPT_FLOAT_COMPARE(X)
#undef X

/* The same by opcode, for constant folding. Conversions out of range give the processor's "indefinite". */
uint64_t script_float_binary(unsigned int op, uint64_t left, uint64_t right);
uint64_t script_float_convert(unsigned int op, uint64_t value);

#endif
