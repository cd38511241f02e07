// SPDX-License-Identifier: GPL-2.0
/*
 * Bytecode: whatever passes the checker must stay inside its memory. The
 * mutator changes fields of instructions, so that most programs still pass.
 */
#include <stdlib.h>
#include <string.h>

#include "script/compile.h"
#include "tests/fuzz/script_fuzz_host.h"

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	script_fuzz_run(data, size);
	return 0;
}

/* Programs to begin with, when the corpus has none that passes. */
static const char *const seeds[] = {
	"x = 1; y = 2; while (x < 50) { t = x + y; x = y; y = t; x = x * 3; .g += x; print(.g); } @cl |= 3;",
	"int a[8]; for (int i = 0; i < 8; i++) { a[i] = i * i; } int *p = &a[3]; p[1] = *p; printf(\"%d %s %f\\n\", a[4], \"abc\", 1.5);",
	"int f(int n, int m) { int b[4]; b[n & 3] = m; return n > 1 ? f(n - 1, m) + b[1] : m; } print(f(5, 6));",
	"#o = @rax; @ecx = @ecx & ~(1 << 5); @zf = 1; if ($context == 40) { eq($buffer, #o); memcpy($buffer + 8, $buffer, 20); }",
	"struct s { char c; double d; struct s *n; }; struct s a; struct s b; a.c = 1; a.d = 2.5; a.n = &b; b = a; a.n->c++; print(interlocked_increment(&.k) + strlen(\"x\") + dq(&a));",
	"switch (@rcx) { case 1: print(1); break; case 1234567890: print(2); default: print(dd(@rax)); } do { x = dq_pa(100); } while (0); wrmsr(2, rdmsr(4)); event_sc(0); spinlock_lock(&.l);",
};

static size_t make_seed(uint8_t *data, size_t max, unsigned int seed)
{
	struct script_diagnostics diagnostics;
	struct script_program *program = script_compile(seeds[seed % HD_ARRAY_SIZE(seeds)], NULL, &diagnostics);
	size_t size;

	if (!program)
		abort();
	size = program->size;
	if (size <= max)
		memcpy(data, program->bytes, size);
	free(program);
	return size <= max ? size : 0;
}

static int32_t some_number(unsigned int random)
{
	static const int32_t numbers[] = {0, 1, -1, 7, 8, 31, 32, 63, 64, 255, 256, 4096, 32767, -32768, 65535, 1 << 20,
					  2147483647, -2147483647};

	return numbers[random % HD_ARRAY_SIZE(numbers)];
}

static void change_instruction(struct hd_instruction *i, unsigned int random)
{
	unsigned int value = random >> 4;

	switch (random & 7) {
	case 0:
		i->op = (uint8_t)(value % HD_OP_COUNT);
		break;
	case 1:
		i->a = (uint8_t)(value % 12);
		break;
	case 2:
		i->b = (uint8_t)(value % 12);
		break;
	case 3:
		i->c = (uint8_t)(value % 12);
		break;
	case 4:
		i->imm = some_number(value);
		break;
	case 5:
		i->imm = (int32_t)((uint32_t)i->imm + value % 9 - 4);
		break;
	case 6:
		i->imm = (int32_t)(value % 64) - 16;
		break;
	default:
		i->op = (uint8_t)(value % HD_OP_COUNT);
		i->imm = (int32_t)((value >> 8) % 16);
		i->a = i->b = i->c = (uint8_t)((value >> 12) % 8);
	}
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max, unsigned int seed)
{
	struct hd_program_header header;
	struct hd_instruction instruction;
	unsigned int rounds = 1 + seed % 5;

	srandom(seed);
	if (size < sizeof(header) || random() % 400 == 0)
		return make_seed(data, max, (unsigned int)random());
	memcpy(&header, data, sizeof(header));
	if (random() % 12 == 0 || header.code.offset > size || !header.code.count ||
	    header.code.count > (size - header.code.offset) / sizeof(instruction)) {
		size = LLVMFuzzerMutate(data, size, max);
		header.size = (uint32_t)size;
		if (size > sizeof(header))
			memcpy(data + offsetof(struct hd_program_header, size), &header.size, sizeof(header.size));
		return size;
	}
	while (rounds--) {
		uint8_t *at = data + header.code.offset + (size_t)random() % header.code.count * sizeof(instruction);

		memcpy(&instruction, at, sizeof(instruction));
		change_instruction(&instruction, (unsigned int)random());
		memcpy(at, &instruction, sizeof(instruction));
	}
	return size;
}
