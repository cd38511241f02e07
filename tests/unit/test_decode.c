// SPDX-License-Identifier: GPL-2.0
/*
 * The instruction decoder against the cases in tests/unit/decode/, and
 * what holds for all of them. (Its tables are checked as a whole against Zydis,
 * see tests/fuzz/fuzz_decode_zydis.c.)
 *
 * A case is one line: MODE: BYTES = DESCRIPTION, where MODE is 64, 32, 16, or
 * one of them with "amd", and DESCRIPTION is what describe() makes of it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/decode_tables.h"
#include "tests/unit/cmocka_includes.h"

static const char *const kind_names[INSN_KINDS] = {
	[INSN_OTHER] = "other",
	[INSN_NOP] = "nop",
	[INSN_LEA] = "lea",
	[INSN_MOV] = "mov",
	[INSN_XCHG] = "xchg",
	[INSN_CMPXCHG] = "cmpxchg",
	[INSN_CMPXCHG16B] = "cmpxchg16b",
	[INSN_BIT_TEST] = "bit-test",
	[INSN_MOVS] = "movs",
	[INSN_CMPS] = "cmps",
	[INSN_SCAS] = "scas",
	[INSN_LODS] = "lods",
	[INSN_STOS] = "stos",
	[INSN_INS] = "ins",
	[INSN_OUTS] = "outs",
	[INSN_PUSH] = "push",
	[INSN_POP] = "pop",
	[INSN_PUSHA] = "pusha",
	[INSN_POPA] = "popa",
	[INSN_PUSHF] = "pushf",
	[INSN_POPF] = "popf",
	[INSN_ENTER] = "enter",
	[INSN_LEAVE] = "leave",
	[INSN_PUSH_SEGMENT] = "push-segment",
	[INSN_POP_SEGMENT] = "pop-segment",
	[INSN_XLAT] = "xlat",
	[INSN_CALL_NEAR] = "call",
	[INSN_CALL_FAR] = "call-far",
	[INSN_JMP_NEAR] = "jmp",
	[INSN_JMP_FAR] = "jmp-far",
	[INSN_JCC] = "jcc",
	[INSN_LOOP] = "loop",
	[INSN_RET_NEAR] = "ret",
	[INSN_RET_FAR] = "ret-far",
	[INSN_IRET] = "iret",
	[INSN_INT_N] = "int-n",
	[INSN_INT3] = "int3",
	[INSN_INT1] = "int1",
	[INSN_INTO] = "into",
	[INSN_BOUND] = "bound",
	[INSN_SYSCALL] = "syscall",
	[INSN_SYSRET] = "sysret",
	[INSN_SYSENTER] = "sysenter",
	[INSN_SYSEXIT] = "sysexit",
	[INSN_XBEGIN] = "xbegin",
	[INSN_XABORT] = "xabort",
	[INSN_XEND] = "xend",
	[INSN_UD] = "ud",
	[INSN_CLI] = "cli",
	[INSN_STI] = "sti",
	[INSN_MOV_FROM_SEGMENT] = "mov-from-segment",
	[INSN_MOV_TO_SEGMENT] = "mov-to-segment",
	[INSN_LOAD_FAR_POINTER] = "load-far-pointer",
	[INSN_SWAPGS] = "swapgs",
	[INSN_HLT] = "hlt",
	[INSN_PAUSE] = "pause",
	[INSN_CPUID] = "cpuid",
	[INSN_RDMSR] = "rdmsr",
	[INSN_WRMSR] = "wrmsr",
	[INSN_RDTSC] = "rdtsc",
	[INSN_RDTSCP] = "rdtscp",
	[INSN_RDPMC] = "rdpmc",
	[INSN_XGETBV] = "xgetbv",
	[INSN_XSETBV] = "xsetbv",
	[INSN_IN] = "in",
	[INSN_OUT] = "out",
	[INSN_MOV_FROM_CR] = "mov-from-cr",
	[INSN_MOV_TO_CR] = "mov-to-cr",
	[INSN_MOV_FROM_DR] = "mov-from-dr",
	[INSN_MOV_TO_DR] = "mov-to-dr",
	[INSN_CLTS] = "clts",
	[INSN_LMSW] = "lmsw",
	[INSN_SMSW] = "smsw",
	[INSN_LGDT] = "lgdt",
	[INSN_LIDT] = "lidt",
	[INSN_LLDT] = "lldt",
	[INSN_LTR] = "ltr",
	[INSN_SGDT] = "sgdt",
	[INSN_SIDT] = "sidt",
	[INSN_SLDT] = "sldt",
	[INSN_STR] = "str",
	[INSN_INVLPG] = "invlpg",
	[INSN_INVLPGA] = "invlpga",
	[INSN_INVPCID] = "invpcid",
	[INSN_INVD] = "invd",
	[INSN_WBINVD] = "wbinvd",
	[INSN_MONITOR] = "monitor",
	[INSN_MWAIT] = "mwait",
	[INSN_RSM] = "rsm",
	[INSN_VMCALL] = "vmcall",
	[INSN_VMMCALL] = "vmmcall",
	[INSN_VMX] = "vmx",
	[INSN_VMRUN] = "vmrun",
	[INSN_VMLOAD] = "vmload",
	[INSN_VMSAVE] = "vmsave",
	[INSN_STGI] = "stgi",
	[INSN_CLGI] = "clgi",
	[INSN_SKINIT] = "skinit",
	[INSN_ADDRESS] = "address",
	[INSN_FXSAVE] = "fxsave",
	[INSN_FXRSTOR] = "fxrstor",
	[INSN_XSAVE] = "xsave",
	[INSN_XRSTOR] = "xrstor",
	[INSN_MASKMOV] = "maskmov",
	[INSN_VECTOR_MASKMOV] = "vector-maskmov",
	[INSN_GATHER] = "gather",
	[INSN_SCATTER] = "scatter",
	[INSN_TILE] = "tile",
	[INSN_CLZERO] = "clzero",
	[INSN_MOVDIR64B] = "movdir64b",
};

/* A growing string. */
struct text {
	char bytes[512];
	size_t length;
};

static void add(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void add(struct text *text, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	text->length +=
		vsnprintf(text->bytes + text->length, sizeof(text->bytes) - text->length, format, arguments);
	va_end(arguments);
	assert_true(text->length < sizeof(text->bytes));
}

static const char *register_name(unsigned int number)
{
	static const char *const names[] = {"rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8",
					    "r9",  "r10", "r11", "r12", "r13", "r14", "r15", "rip"};

	return number < HD_ARRAY_SIZE(names) ? names[number] : "?";
}

static void describe_operand(struct text *text, const struct mem_operand *operand)
{
	static const char *const access[] = {"address", "r", "w", "rw"};
	static const char *const segments[] = {"es", "cs", "ss", "ds", "fs", "gs"};
	static const char *const kinds[] = {
		"",	  " source", " destination", " push", " pop",  " al", " far-pointer",
		" table", " state",  " index",	     " tile", " line",
	};

	add(text, "; %s", access[operand->access]);
	if (operand->access)
		add(text, "%u", operand->size);
	add(text, " [%s:", segments[operand->segment]);
	if (operand->base != DECODE_NO_REGISTER)
		add(text, "%s", register_name(operand->base));
	if (operand->kind == MEM_VECTOR_INDEX)
		add(text, "+v%u*%u", operand->index, operand->scale);
	else if (operand->index != DECODE_NO_REGISTER && operand->kind != MEM_XLAT)
		add(text, "+%s*%u", register_name(operand->index), operand->scale);
	if (operand->displacement < 0)
		add(text, "-%llx", -(unsigned long long)operand->displacement);
	else if (operand->displacement)
		add(text, "+%llx", (unsigned long long)operand->displacement);
	add(text, "]%s", kinds[operand->kind]);
	if (operand->kind == MEM_VECTOR_INDEX)
		add(text, " %ux%u", operand->elements, operand->index_size);
	if (operand->bit_register != DECODE_NO_REGISTER)
		add(text, " bit %s", register_name(operand->bit_register));
	if (operand->masked)
		add(text, " %s%u", operand->masked == MEM_MASK_OPMASK ? "k" : "mask", operand->mask_register);
}

static void describe_mov(struct text *text, const struct instruction *insn)
{
	static const char *const forms[] = {"", " load", " store", " store-imm"};

	if (!insn->mov.form)
		return;
	add(text, "%s%u", forms[insn->mov.form], insn->mov.register_size);
	if (insn->mov.form == MOV_STORE_IMM)
		add(text, " %llx", (unsigned long long)insn->immediate);
	else
		add(text, " %s%s%s", register_name(insn->mov.reg), insn->mov.high_byte ? "-high" : "",
		    insn->mov.sign_extend ? " signed" : "");
}

static void describe_traits(struct text *text, const struct instruction *insn)
{
	static const char *const names[] = {"branch", "far",	"call",	 "return", "conditional",
					    "string", "shadow", "flags", "io",	   "event"};
	unsigned int i;

	for (i = 0; i < HD_ARRAY_SIZE(names); i++) {
		if (insn->traits >> i & 1)
			add(text, " %s", names[i]);
	}
}

static void describe(struct text *text, int length, const struct instruction *insn)
{
	static const char *const errors[] = {"truncated", "invalid", "too long"};
	unsigned int i;

	text->length = 0;
	if (length < 0) {
		add(text, "%s", errors[-length - 1]);
		return;
	}
	assert_int_equal(length, insn->length);
	assert_non_null(kind_names[insn->kind]);
	add(text, "%d %s", length, kind_names[insn->kind]);
	describe_traits(text, insn);
	describe_mov(text, insn);
	if (insn->repeat)
		add(text, " %s", insn->repeat == REPEAT_WHILE_EQUAL ? "rep" : "repne");
	if (insn->lock)
		add(text, " lock");
	switch (insn->kind) {
	case INSN_MOV_FROM_CR ... INSN_MOV_TO_DR:
		add(text, " %u %s", insn->reg, register_name(insn->rm));
		break;
	case INSN_POP_SEGMENT:
	case INSN_MOV_TO_SEGMENT:
		add(text, " segment %u", insn->reg);
		break;
	case INSN_LOAD_FAR_POINTER:
		add(text, " segment %u", insn->segment_loaded);
		break;
	case INSN_CALL_NEAR ... INSN_LOOP:
	case INSN_INT_N:
	case INSN_XBEGIN:
		if (insn->immediate_size)
			add(text, " %lld", (long long)insn->immediate);
		break;
	default:
		break;
	}
	for (i = 0; i < insn->operand_count; i++)
		describe_operand(text, &insn->operands[i]);
}

struct decode_case {
	enum decode_mode mode;
	uint8_t bytes[16];
	unsigned int count;
	const char *expected;
};

/* Splits a line; false for blank lines and comments. */
static bool parse_case(char *line, struct decode_case *item)
{
	char *mark = strchr(line, '='), *byte;

	line[strcspn(line, "\n")] = 0;
	if (!*line || *line == '#')
		return false;
	assert_non_null(mark);
	*mark = 0;
	item->expected = mark + 2;
	item->mode = line[0] == '6' ? DECODE_64 : line[0] == '3' ? DECODE_32 : DECODE_16;
	if (strstr(line, "amd:"))
		item->mode |= DECODE_AMD;
	item->count = 0;
	byte = strchr(line, ':');
	assert_non_null(byte);
	for (byte = strtok(byte + 1, " "); byte; byte = strtok(NULL, " ")) {
		assert_true(item->count < sizeof(item->bytes));
		item->bytes[item->count++] = strtoul(byte, NULL, 16);
	}
	return true;
}

/* Every case of the file is handed to one(), which returns how many failed. */
static void each_case(const char *path, unsigned int (*one)(const struct decode_case *item))
{
	FILE *file = fopen(path, "r");
	unsigned int cases = 0, failed = 0;
	char line[512];

	assert_non_null(file);
	while (fgets(line, sizeof(line), file)) {
		struct decode_case item;

		if (!parse_case(line, &item))
			continue;
		cases++;
		failed += one(&item);
	}
	fclose(file);
	assert_int_equal(failed, 0);
	assert_int_equal(failed, 0);
	assert_true(cases > 10);
}

/* Decodes from memory that ends where the bytes end, so that the sanitizer sees an overrun. */
static int decode_exactly(const struct decode_case *item, unsigned int count, struct instruction *insn)
{
	uint8_t *copy = malloc(count ? count : 1);
	int length;

	assert_non_null(copy);
	memcpy(copy, item->bytes, count);
	length = decode_instruction(copy, count, item->mode, insn);
	free(copy);
	return length;
}

static unsigned int check_description(const struct decode_case *item)
{
	struct instruction insn;
	struct text text;
	unsigned int i;

	describe(&text, decode_exactly(item, item->count, &insn), &insn);
	if (!strcmp(text.bytes, item->expected))
		return 0;
	print_error("mode %u:", item->mode);
	for (i = 0; i < item->count; i++)
		print_error(" %02x", item->bytes[i]);
	print_error(" = %s\n    expected %s\n", text.bytes, item->expected);
	return 1;
}

/* A beginning is truncated, and what follows does not matter. */
static unsigned int check_ends(const struct decode_case *item)
{
	struct decode_case longer = *item;
	struct instruction insn;
	unsigned int i, failed = 0;
	int length = decode_exactly(item, item->count, &insn);

	if (length < 0)
		return 0;
	for (i = 0; i < (unsigned int)length; i++)
		failed += decode_exactly(item, i, &insn) != DECODE_TRUNCATED;
	for (i = length; i < 15; i++) {
		longer.bytes[i] = 0xff;
		failed += decode_exactly(&longer, i + 1, &insn) != length;
	}
	return failed;
}

/* Prefixes that change nothing, up to the longest instruction and beyond it. */
static unsigned int check_padding(const struct decode_case *item)
{
	struct decode_case padded = {.mode = item->mode};
	struct instruction insn;
	unsigned int failed = 0, pad;
	int length = decode_exactly(item, item->count, &insn);

	if (length < 0 || item->mode & DECODE_MODE || item->count != (unsigned int)length)
		return 0;
	for (pad = 1; pad + length <= 16; pad++) {
		/* 3e: in 64-bit mode an override without effect */
		memset(padded.bytes, 0x3e, pad);
		memcpy(padded.bytes + pad, item->bytes, length);
		failed += decode_exactly(&padded, pad + length, &insn) !=
			  (pad + length <= 15 ? (int)pad + length : DECODE_TOO_LONG);
	}
	return failed;
}

static const char *const files[] = {
	"tests/unit/decode/data.txt",
	"tests/unit/decode/system.txt",
	"tests/unit/decode/vector.txt",
};

static void test_descriptions(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < HD_ARRAY_SIZE(files); i++)
		each_case(files[i], check_description);
}

static void test_ends(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < HD_ARRAY_SIZE(files); i++)
		each_case(files[i], check_ends);
}

static void test_padding(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < HD_ARRAY_SIZE(files); i++)
		each_case(files[i], check_padding);
}

static void check_map(const struct decode_map *map)
{
	unsigned int i;

	for (i = 0; i + 1 < map->count; i++)
		assert_true(map->rows[i].opcode <= map->rows[i + 1].opcode);
	for (i = 0; map->direct && i < 256; i++) {
		if (map->direct[i].select)
			assert_int_equal(map->direct[i].opcode, i);
	}
	for (i = 0; i < map->count; i++) {
		assert_true(map->rows[i].kind < INSN_KINDS);
		if (map->direct)
			assert_int_equal(map->direct[map->rows[i].opcode].kind, KIND_SEE_ROWS);
		/* All rows of an opcode agree on whether there is a modrm byte. */
		if (i && map->rows[i].opcode == map->rows[i - 1].opcode)
			assert_int_equal(map->rows[i].flags & X_NOMODRM, map->rows[i - 1].flags & X_NOMODRM);
	}
}

static void test_tables(void **state)
{
	unsigned int i;

	(void)state;
	check_map(&decode_map_1byte);
	check_map(&decode_map_0f);
	check_map(&decode_map_0f38);
	check_map(&decode_map_0f3a);
	for (i = 0; i < 8; i++) {
		check_map(&decode_map_vex[i]);
		check_map(&decode_map_evex[i]);
	}
	for (i = 0; i < 3; i++)
		check_map(&decode_map_xop[i]);
}

/* rex 3f is for none; opcodes from 100 on are of the map 0F. */
static unsigned int check_plain(unsigned int rex, unsigned int opcode, unsigned int modrm, unsigned int sib)
{
	const uint8_t tail[] = {modrm, sib, 0x81, 0x02, 0xf3, 0x84, 0x05, 0x96, 0x17, 0xa8};
	uint8_t bytes[15];
	unsigned int count = 0;
	struct instruction shorter, longer;

	if (rex != 0x3f)
		bytes[count++] = rex;
	if (opcode >= 0x100)
		bytes[count++] = 0x0f;
	bytes[count++] = opcode;
	memcpy(bytes + count, tail, sizeof(tail));
	memset(&shorter, 0xa5, sizeof(shorter));
	memset(&longer, 0xa5, sizeof(longer));
	if (!decode_plain(bytes, &shorter))
		return 0;
	assert_int_equal(decode_general(bytes, DECODE_PLAIN_LENGTH, DECODE_64, &longer), shorter.length);
	assert_memory_equal(&shorter, &longer, sizeof(longer));
	return 1;
}

/* The short way and the long way give the same. */
static void test_plain(void **state)
{
	unsigned int rex, opcode, modrm, sib, plain = 0;

	(void)state;
	for (rex = 0x3f; rex <= 0x4f; rex++) {
		for (opcode = 0; opcode < 512; opcode++) {
			for (modrm = 0; modrm < 256; modrm++) {
				for (sib = 0; sib < 256; sib += (modrm & 7) == 4 ? 17 : 256)
					plain += check_plain(rex, opcode, modrm, sib);
			}
		}
	}
	assert_true(plain > 100000);
}

static const struct decode_regs machine = {
	.gpr = {0x1111000000000080, 0x22, 0x33, 0xffff888000001000, 0xffffc90000002000, 0xffffc90000003000,
		0x600000, 0x700000, 0x800000, 0x900000, 0xa00000, 0xb00000, 0xc00000, 0xd00000, 0xe00000,
		0xf00000},
	.rip = 0xffffffff81000000,
	.segment_base = {0x10, 0x20, 0x30, 0x40, 0x7f0000000000, 0xffff888007c00000},
};

static const struct {
	enum decode_mode mode;
	uint8_t bytes[15];
	unsigned int operand;
	uint64_t linear;
} addresses[] = {
	/* mov [rbx+rcx*8+10], rax */
	{DECODE_64, {0x48, 0x89, 0x44, 0xcb, 0x10}, 0, 0xffff888000001120},
	/* mov [rbx-8], rax */
	{DECODE_64, {0x48, 0x89, 0x43, 0xf8}, 0, 0xffff888000000ff8},
	/* mov eax, [rip+100]; with the immediate of a longer one counted in */
	{DECODE_64, {0x8b, 0x05, 0x00, 0x01, 0x00, 0x00}, 0, 0xffffffff81000106},
	{DECODE_64, {0xc7, 0x05, 0x00, 0x01, 0x00, 0x00, 1, 2, 3, 4}, 0, 0xffffffff8100010a},
	{DECODE_64, {0x67, 0x8b, 0x05, 0x00, 0x01, 0x00, 0x00}, 0, 0x81000107},
	/* gs:[0], gs:[rip] wraps not at 32 bits, fs:[rax]; ds and es have no base */
	{DECODE_64, {0x65, 0x48, 0x8b, 0x04, 0x25, 0x08, 0, 0, 0}, 0, 0xffff888007c00008},
	{DECODE_64, {0x65, 0x2e, 0x48, 0x8b, 0x04, 0x25, 0x08, 0, 0, 0}, 0, 0xffff888007c00008},
	{DECODE_64, {0x64, 0x8b, 0x01}, 0, 0x7f0000000022},
	{DECODE_64, {0x36, 0x8b, 0x01}, 0, 0x22},
	/* mov eax, [ebx+ecx]: 32 bits, then the base */
	{DECODE_64, {0x67, 0x8b, 0x04, 0x0b}, 0, 0x1022},
	{DECODE_64, {0x65, 0x67, 0x8b, 0x04, 0x0b}, 0, 0xffff888007c01022},
	/* moffs */
	{DECODE_64, {0xa1, 8, 7, 6, 5, 4, 3, 2, 1}, 0, 0x0102030405060708},
	{DECODE_64, {0x67, 0xa1, 0, 0, 0, 0x90}, 0, 0x90000000},
	/* push rax, pop rax, push [rsp], pop [rsp], call, ret, leave */
	{DECODE_64, {0x50}, 0, 0xffffc90000001ff8},
	{DECODE_64, {0x66, 0x50}, 0, 0xffffc90000001ffe},
	{DECODE_64, {0x58}, 0, 0xffffc90000002000},
	{DECODE_64, {0xff, 0x34, 0x24}, 0, 0xffffc90000002000},
	{DECODE_64, {0xff, 0x34, 0x24}, 1, 0xffffc90000001ff8},
	{DECODE_64, {0x8f, 0x04, 0x24}, 0, 0xffffc90000002008},
	{DECODE_64, {0x8f, 0x04, 0x24}, 1, 0xffffc90000002000},
	{DECODE_64, {0xe8, 0, 0, 0, 0}, 0, 0xffffc90000001ff8},
	{DECODE_64, {0xc3}, 0, 0xffffc90000002000},
	{DECODE_64, {0xc9}, 0, 0xffffc90000003000},
	/* enter 10, 3: pushes four words, reads two below the frame */
	{DECODE_64, {0xc8, 0x10, 0, 3}, 0, 0xffffc90000001fe0},
	{DECODE_64, {0xc8, 0x10, 0, 3}, 1, 0xffffc90000002ff0},
	/* strings */
	{DECODE_64, {0xf3, 0xa4}, 0, 0x600000},
	{DECODE_64, {0xf3, 0xa4}, 1, 0x700000},
	{DECODE_64, {0x65, 0xa4}, 0, 0xffff888008200000},
	{DECODE_64, {0x65, 0xa4}, 1, 0x700000},
	{DECODE_32, {0xa4}, 0, 0x600040},
	{DECODE_32, {0xa4}, 1, 0x700010},
	/* xlat takes AL, clzero the whole line */
	{DECODE_64, {0xd7}, 0, 0xffff888000001080},
	{DECODE_64, {0x0f, 0x01, 0xfc}, 0, 0x1111000000000080},
	/* bt with a register: rcx = 22 bits lie in the first 8 bytes, in the second word */
	{DECODE_64, {0x48, 0x0f, 0xab, 0x0b}, 0, 0xffff888000001000},
	{DECODE_64, {0x66, 0x0f, 0xab, 0x0b}, 0, 0xffff888000001004},
	{DECODE_64, {0x0f, 0xba, 0x2b, 0x22}, 0, 0xffff888000001000},
	/* 32 and 16 bits: ss, addresses wrap in the address size, then linear ones at 32 bits */
	{DECODE_32, {0x8b, 0x43, 0x04}, 0, 0x1044},
	{DECODE_32, {0x8b, 0x45, 0x04}, 0, 0x3034},
	{DECODE_32, {0x67, 0x8b, 0x40, 0x04}, 0, 0x1044},
	{DECODE_32, {0x67, 0x8b, 0x80, 0xff, 0xff}, 0, 0x103f},
	{DECODE_32, {0x50}, 0, 0x202c},
	{DECODE_32, {0x60}, 0, 0x2010},
	{DECODE_32, {0x8b, 0x80, 0, 0, 0, 0xf0}, 0, 0xf00000c0},
	{DECODE_32, {0x64, 0xa1, 0, 0, 0, 0}, 0, 0},
	{DECODE_16, {0x8b, 0x46, 0xfe}, 0, 0x302e},
	/* maskmovq */
	{DECODE_64, {0x0f, 0xf7, 0xc1}, 0, 0x700000},
};

static void test_addresses(void **state)
{
	unsigned int i;

	(void)state;
	for (i = 0; i < HD_ARRAY_SIZE(addresses); i++) {
		struct instruction insn;
		uint64_t linear = 0;

		assert_true(decode_instruction(addresses[i].bytes, 15, addresses[i].mode, &insn) > 0);
		assert_true(addresses[i].operand < insn.operand_count);
		assert_true(decode_address(&insn, &insn.operands[addresses[i].operand], &machine, &linear));
		if (linear != addresses[i].linear)
			print_error("address %u\n", i);
		assert_int_equal(linear, addresses[i].linear);
	}
}

static void test_bit_strings(void **state)
{
	static const uint8_t bts[] = {0x48, 0x0f, 0xab, 0x0b}; /* bts [rbx], rcx */
	static const uint8_t narrow[] = {0x0f, 0xab, 0x0b};
	static const struct {
		int64_t bit;
		int64_t wide, narrow; /* displacements */
	} cases[] = {{0, 0, 0},	      {31, 0, 0},
		     {32, 0, 4},      {63, 0, 4},
		     {64, 8, 8},      {-1, -8, -4},
		     {-32, -8, -4},   {-33, -8, -8},
		     {-65, -16, -12}, {0x7fffffff, 0xffffff8, 0xffffffc}};
	struct decode_regs regs = machine;
	struct instruction insn;
	uint64_t linear;
	unsigned int i;

	(void)state;
	for (i = 0; i < HD_ARRAY_SIZE(cases); i++) {
		regs.gpr[DECODE_RCX] = cases[i].bit;
		assert_int_equal(decode_instruction(bts, sizeof(bts), DECODE_64, &insn), 4);
		assert_true(decode_address(&insn, &insn.operands[0], &regs, &linear));
		assert_int_equal(linear, regs.gpr[DECODE_RBX] + cases[i].wide);
		assert_int_equal(decode_instruction(narrow, sizeof(narrow), DECODE_64, &insn), 3);
		assert_true(decode_address(&insn, &insn.operands[0], &regs, &linear));
		assert_int_equal(linear, regs.gpr[DECODE_RBX] + cases[i].narrow);
	}
}

static void test_elements(void **state)
{
	/* vpgatherdd xmm0, [rbx+xmm2*4+10], xmm1 */
	static const uint8_t gather[] = {0xc4, 0xe2, 0x71, 0x90, 0x44, 0x93, 0x10};
	struct instruction insn;
	uint64_t linear;

	(void)state;
	assert_int_equal(decode_instruction(gather, sizeof(gather), DECODE_64, &insn), 7);
	assert_false(decode_address(&insn, &insn.operands[0], &machine, &linear));
	assert_int_equal(linear, 0xffff888000001010);
	assert_int_equal(decode_element_address(&insn, &insn.operands[0], &machine, 3), 0xffff88800000101c);
	assert_int_equal(decode_element_address(&insn, &insn.operands[0], &machine, -1), 0xffff88800000100c);
}

static void test_stack_of_16_bits(void **state)
{
	static const uint8_t push[] = {0x50};
	struct decode_regs regs = machine;
	struct instruction insn;
	uint64_t linear;

	(void)state;
	regs.stack_16 = true;
	regs.gpr[DECODE_RSP] = 0x12340002;
	assert_int_equal(decode_instruction(push, 1, DECODE_32, &insn), 1);
	assert_true(decode_address(&insn, &insn.operands[0], &regs, &linear));
	assert_int_equal(linear, 0xfffe + 0x30);
}

static void test_branch_targets(void **state)
{
	static const struct {
		enum decode_mode mode;
		uint8_t bytes[8];
		uint64_t target;
	} cases[] = {
		{DECODE_64, {0xeb, 0xfe}, 0xffffffff81000000},
		{DECODE_64, {0xe8, 0xfb, 0xff, 0xff, 0x00}, 0xffffffff82000000},
		{DECODE_64, {0x0f, 0x84, 0x00, 0x00, 0x00, 0x80}, 0xffffffff01000006},
		{DECODE_64 | DECODE_AMD, {0x66, 0xe9, 0x10, 0x00}, 0x14},
		{DECODE_32, {0x75, 0x10}, 0x81000012},
	};
	struct instruction insn;
	unsigned int i;

	(void)state;
	for (i = 0; i < HD_ARRAY_SIZE(cases); i++) {
		assert_true(decode_instruction(cases[i].bytes, 8, cases[i].mode, &insn) > 0);
		assert_int_equal(decode_branch_target(&insn, machine.rip), cases[i].target);
	}
}

static void test_counts(void **state)
{
	static const uint8_t plain[] = {0xa4}, repeated[] = {0xf3, 0xa4}, narrow[] = {0x67, 0xf3, 0xa4};
	struct decode_regs regs = machine;
	struct instruction insn;

	(void)state;
	regs.gpr[DECODE_RCX] = 0;
	assert_int_equal(decode_instruction(plain, 1, DECODE_64, &insn), 1);
	assert_true(decode_is_active(&insn, &regs));
	assert_int_equal(decode_instruction(repeated, 2, DECODE_64, &insn), 2);
	assert_false(decode_is_active(&insn, &regs));
	regs.gpr[DECODE_RCX] = 0x100000000;
	assert_true(decode_is_active(&insn, &regs));
	assert_int_equal(decode_instruction(narrow, 3, DECODE_64, &insn), 3);
	assert_false(decode_is_active(&insn, &regs));
}

/* Any bytes: no overrun, no operand without meaning. */
static void test_random(void **state)
{
	struct decode_case item = {.mode = DECODE_64};
	uint64_t random = 0x9e3779b97f4a7c15;
	unsigned int i, j;

	(void)state;
	for (i = 0; i < 300000; i++) {
		struct instruction insn;
		uint64_t linear;
		int length;

		for (j = 0; j < 2; j++) {
			random ^= random << 13;
			random ^= random >> 7;
			random ^= random << 17;
			memcpy(item.bytes + 8 * j, &random, 8);
		}
		item.mode = random % 6 < 3 ? random % 3 : random % 3 + DECODE_AMD;
		length = decode_exactly(&item, 1 + i % 15, &insn);
		if (length < 0)
			continue;
		assert_true(length <= 1 + (int)(i % 15));
		assert_true(insn.kind < INSN_KINDS && insn.operand_count <= DECODE_MAX_OPERANDS);
		for (j = 0; j < insn.operand_count; j++) {
			const struct mem_operand *operand = &insn.operands[j];

			assert_true(operand->segment < DECODE_SEGMENTS &&
				    operand->access <= DECODE_READ_WRITE);
			assert_true(!operand->access == !operand->size);
			decode_address(&insn, operand, &machine, &linear);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_descriptions),
		cmocka_unit_test(test_ends),
		cmocka_unit_test(test_padding),
		cmocka_unit_test(test_tables),
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_bit_strings),
		cmocka_unit_test(test_elements),
		cmocka_unit_test(test_stack_of_16_bits),
		cmocka_unit_test(test_branch_targets),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
