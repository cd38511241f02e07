// SPDX-License-Identifier: GPL-2.0
/*
 * Code that would show the trap flag of somebody who steps through it.
 *
 *   flags_function   PUSHF, POPF, MOV SS, SYSCALL (getppid), PUSHF
 */
#include "probe.h"

#include <asm/unistd.h>

#define TRAP_FLAG 0x100

struct flags {
	uint64_t before, behind, parent;
};

void flags_function(struct flags *result);

__asm__(".pushsection .text\n"
	".balign 64\n"
	".globl flags_function\n"
	".type flags_function, @function\n"
	"flags_function: pushfq\n\t"
	"popq (%rdi)\n\t"
	"pushq (%rdi)\n\t"
	"popfq\n\t"
	"movl %ss, %ecx\n\t"
	"movl %ecx, %ss\n\t"
	"nop\n\t"
	"movl $110, %eax\n\t" /* getppid */
	"syscall\n\t"
	"movq %rax, 16(%rdi)\n\t"
	"pushfq\n\t"
	"popq 8(%rdi)\n\t"
	"ret\n"
	".size flags_function, . - flags_function\n"
	".popsection\n");

/* The trap flag as PUSHF saw it, 0 if nobody lets it show. */
int probe_run_flags(int argc, char **argv)
{
	struct flags result;
	uint64_t parent = (uint64_t)probe_syscall(__NR_getppid, 0, 0, 0, 0, 0, 0);

	(void)argc;
	(void)argv;
	flags_function(&result);
	probe_field("before", result.before & TRAP_FLAG);
	probe_field("behind", result.behind & TRAP_FLAG);
	probe_field("parent-wrong", result.parent != parent);
	probe_line_end();
	return 0;
}
