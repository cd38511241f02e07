// SPDX-License-Identifier: GPL-2.0
#include "debugger/halt.h"

#include <inttypes.h>
#include <string.h>

#include <Zydis/Zydis.h>

#include "debugger/output.h"
#include "debugger/symbols.h"

/* Bytes that fit the middle column; longer instructions push the text to the right. */
#define CODE_COLUMN 20

/* `name` or `name+offset` for an operand's or an instruction's address; "" if there is none. */
static void name_address(struct session *session, uint64_t address, char *text, size_t size)
{
	char name[256];
	uint64_t offset;

	text[0] = 0;
	if (!symbol_name(session, address, name, sizeof(name), &offset))
		return;
	if (offset)
		snprintf(text, size, "%s+0x%" PRIx64, name, offset);
	else
		snprintf(text, size, "%s", name);
}

static ZydisMachineMode machine_mode(unsigned int bits)
{
	if (bits == 16)
		return ZYDIS_MACHINE_MODE_LEGACY_16;
	return bits == 32 ? ZYDIS_MACHINE_MODE_LEGACY_32 : ZYDIS_MACHINE_MODE_LONG_64;
}

static unsigned int disassemble(uint64_t address, const uint8_t *code, size_t size, unsigned int bits,
				char *text, size_t text_size)
{
	ZydisDecodedInstruction instruction;
	ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
	ZydisFormatter formatter;
	ZydisDecoder decoder;

	if (bits == 64)
		ZydisDecoderInit(&decoder, ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_STACK_WIDTH_64);
	else
		ZydisDecoderInit(&decoder, machine_mode(bits),
				 bits == 32 ? ZYDIS_STACK_WIDTH_32 : ZYDIS_STACK_WIDTH_16);
	if (!ZYAN_SUCCESS(ZydisDecoderDecodeFull(&decoder, code, size, &instruction, operands)))
		return 0;
	ZydisFormatterInit(&formatter, ZYDIS_FORMATTER_STYLE_INTEL);
	ZydisFormatterSetProperty(&formatter, ZYDIS_FORMATTER_PROP_HEX_UPPERCASE, ZYAN_FALSE);
	ZydisFormatterFormatInstruction(&formatter, &instruction, operands, instruction.operand_count_visible,
					text, text_size, address, NULL);
	return instruction.length;
}

unsigned int halt_print_instruction(struct session *session, uint64_t address, const uint8_t *code,
				    size_t size, unsigned int bits)
{
	char text[256] = "", hex[64] = "", name[300];
	unsigned int length = size ? disassemble(address, code, size, bits, text, sizeof(text)) : 0;
	unsigned int shown = length ? length : (unsigned int)(size < 1 ? size : 1);

	for (unsigned int i = 0; i < shown; i++)
		snprintf(hex + 3 * i, sizeof(hex) - 3 * i, "%02x ", code[i]);
	if (!length)
		snprintf(text, sizeof(text), size ? "(no instruction)" : "(not mapped)");
	name_address(session, address, name, sizeof(name));
	if (name[0])
		out_line("%s:", name);
	out_line("%016" PRIx64 " %-*s%s", address, CODE_COLUMN, hex, text);
	return length;
}

void halt_print_current(struct session *session)
{
	const struct hd_registers *registers = &session->halt.registers;
	size_t size = registers->code_size;

	if (size > sizeof(registers->code))
		size = sizeof(registers->code);
	halt_print_instruction(session, registers->value[HD_REG_RIP], registers->code, size,
			       registers->code_bits);
}

void halt_print(struct session *session)
{
	const struct hd_note_halted *halt = &session->halt;

	if (halt->reason == HD_HALT_EVENT)
		out_line("event 0x%" PRIx64 " triggered%s", halt->event,
			 halt->stage == HD_STAGE_POST ? " (post)" :
			 halt->stage == HD_STAGE_PRE  ? " (pre)" :
							"");
	else if (halt->reason == HD_HALT_BREAKPOINT)
		out_line("breakpoint 0x%" PRIx64 " hit", halt->event);
	if (halt->missing_cores)
		out_line("cores that did not come to this halt: 0n%" PRIu64, halt->missing_cores);
	halt_print_current(session);
}
