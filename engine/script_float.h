/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Floating point for scripts, values as 64-bit patterns (a float in the low
 * 32 bits). The only file of the engine that is built with SSE: whoever runs a
 * script that uses floats has saved the XMM registers and MXCSR.
 */
#ifndef ENGINE_SCRIPT_FLOAT_H
#define ENGINE_SCRIPT_FLOAT_H

#include <hyperdbg/types.h>

/* `op` is an HD_OP_F… of the three-register (two-register) kind. Conversions out of range give the processor's "indefinite". */
uint64_t script_float_binary(unsigned int op, uint64_t left, uint64_t right);
uint64_t script_float_convert(unsigned int op, uint64_t value);

#endif
