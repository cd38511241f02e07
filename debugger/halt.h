/* SPDX-License-Identifier: GPL-2.0 */
/* What the user sees of a halt, and of instructions. */
#ifndef DEBUGGER_HALT_H
#define DEBUGGER_HALT_H

#include "debugger/session.h"

/* The reason, the cores that did not come, the instruction at RIP. */
void halt_print(struct session *session);

/*
 * One disassembled instruction as a line: address, bytes, text. Returns its
 * length; 0 with a line that says so if the bytes are no instruction.
 */
unsigned int halt_print_instruction(struct session *session, uint64_t address, const uint8_t *code,
				    size_t size, unsigned int bits);
/* The instruction that the halted core stands at. */
void halt_print_current(struct session *session);

#endif
