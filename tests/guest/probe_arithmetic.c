// SPDX-License-Identifier: GPL-2.0
/*
 * Every kind of arithmetic on one word of memory, with many values: the same
 * sum, and the same number of accesses, whoever carries it out.
 */
#include "probe.h"

#define STATUS_FLAGS 0x8d5u

struct arithmetic_state {
	uint64_t operand, rax, flags;
};

typedef void arithmetic_fn(volatile uint64_t *cell, struct arithmetic_state *state);

/* What is watched; on a page of its own. */
__attribute__((aligned(4096))) volatile uint64_t arithmetic_cell[512];

/*
 * One function for each, and a table of them: address, and whether it reads
 * (1), writes (2) or both (3) the cell at RDI. The operand is in RDX.
 */
__asm__(".pushsection .data\n"
	".balign 8\n"
	"arithmetic_table:\n"
	".popsection\n"
	".macro ONE access text:vararg\n\t"
	".pushsection .text\n"
	"981:\tmovq (%rsi), %rdx\n\t"
	"movq 8(%rsi), %rax\n\t"
	"pushq 16(%rsi)\n\t"
	"popfq\n\t"
	"\\text\n\t"
	"pushfq\n\t"
	"popq 16(%rsi)\n\t"
	"movq %rdx, (%rsi)\n\t"
	"movq %rax, 8(%rsi)\n\t"
	"ret\n\t"
	".popsection\n\t"
	".pushsection .data\n\t"
	".quad 981b, \\access\n\t"
	".popsection\n"
	".endm\n"
	".macro TO_MEMORY access name lock\n\t"
	"ONE \\access \\lock \\name\\()b %dl, (%rdi)\n\t"
	"ONE \\access \\lock \\name\\()w %dx, (%rdi)\n\t"
	"ONE \\access \\lock \\name\\()l %edx, (%rdi)\n\t"
	"ONE \\access \\lock \\name\\()q %rdx, (%rdi)\n"
	".endm\n"
	".macro ON_MEMORY name lock\n\t"
	"ONE 3 \\lock \\name\\()b (%rdi)\n\t"
	"ONE 3 \\lock \\name\\()w (%rdi)\n\t"
	"ONE 3 \\lock \\name\\()l (%rdi)\n\t"
	"ONE 3 \\lock \\name\\()q (%rdi)\n"
	".endm\n"
	".macro TO_REGISTER name\n\t"
	"ONE 1 \\name\\()b (%rdi), %dl\n\t"
	"ONE 1 \\name\\()w (%rdi), %dx\n\t"
	"ONE 1 \\name\\()l (%rdi), %edx\n\t"
	"ONE 1 \\name\\()q (%rdi), %rdx\n"
	".endm\n"
	".irp name, add, or, adc, sbb, and, sub, xor\n\t"
	"TO_MEMORY 3 \\name\n\t"
	"TO_MEMORY 3 \\name lock\n\t"
	"TO_REGISTER \\name\n"
	".endr\n\t"
	"TO_MEMORY 1 cmp\n\t"
	"TO_MEMORY 1 test\n\t"
	"TO_REGISTER cmp\n\t"
	".irp name, not, neg, inc, dec\n\t"
	"ON_MEMORY \\name\n\t"
	"ON_MEMORY \\name lock\n"
	".endr\n\t"
	"TO_MEMORY 3 xchg\n\t"
	"TO_MEMORY 3 xadd\n\t"
	"TO_MEMORY 3 xadd lock\n\t"
	"TO_MEMORY 3 cmpxchg\n\t"
	"TO_MEMORY 3 cmpxchg lock\n\t"
	"ONE 3 addb $0x7f, (%rdi)\n\t"
	"ONE 3 orw $0x1234, (%rdi)\n\t"
	"ONE 3 adcl $0x12345678, (%rdi)\n\t"
	"ONE 3 sbbq $-5, (%rdi)\n\t"
	"ONE 3 xorq $-0x12345678, (%rdi)\n\t"
	"ONE 1 cmpq $3, (%rdi)\n\t"
	"ONE 1 cmpb $0x80, (%rdi)\n\t"
	"ONE 1 testb $0x81, (%rdi)\n\t"
	"ONE 1 testw $0x8001, (%rdi)\n\t"
	"ONE 1 testq $-2, (%rdi)\n\t"
	"ONE 3 addb %ah, (%rdi)\n\t"
	"ONE 1 subb (%rdi), %ah\n\t"
	".pushsection .data\n"
	"arithmetic_table_end:\n\t"
	".popsection\n");

extern const struct {
	arithmetic_fn *run;
	uint64_t access;
} arithmetic_table[], arithmetic_table_end[];

static const uint64_t values[] = {0, 1, 0x7f, 0x8000000080008080, 0x7fffffff7fff7f7f, UINT64_MAX, 0x123456789abcdef0};

#define VALUES (sizeof(values) / sizeof(values[0]))

static uint64_t mix(uint64_t hash, uint64_t value)
{
	return (hash ^ value) * 0x9e3779b97f4a7c15 + (hash >> 29);
}

int probe_run_arithmetic(int argc, char **argv)
{
	uint64_t hash = 0, reads = 0, writes = 0, count = (uint64_t)(arithmetic_table_end - arithmetic_table);

	(void)argc;
	(void)argv;
	for (uint64_t i = 0; i < count * VALUES * VALUES; i++) {
		uint64_t which = i / (VALUES * VALUES), value = values[i % VALUES];
		struct arithmetic_state state = {
			.operand = values[i / VALUES % VALUES],
			.rax = i & 1 ? value : ~value,
			.flags = i % 3 ? STATUS_FLAGS : 0x202,
		};

		arithmetic_cell[0] = value;
		arithmetic_table[which].run(arithmetic_cell, &state);
		hash = mix(mix(mix(hash, arithmetic_cell[0]), state.operand), state.rax);
		hash = mix(hash, state.flags & STATUS_FLAGS);
		writes += 1 + (arithmetic_table[which].access >> 1);
		reads += 1 + (arithmetic_table[which].access & 1);
	}
	probe_field("hash", hash);
	probe_field("reads", reads);
	probe_field("writes", writes);
	probe_line_end();
	return 0;
}
