// SPDX-License-Identifier: GPL-2.0
/* The start of `probe`, and the table of what it can do. */
#include "probe.h"

#include <asm/unistd.h>
#include <linux/signal.h>

static int run_held(int argc, char **argv);

static const struct probe_command commands[] = {
	{"cpuid", 1, 2, probe_run_cpuid, "LEAF [SUBLEAF]"},
	{"cpuid-prefixed", 1, 2, probe_run_cpuid_prefixed, "LEAF [SUBLEAF]"},
	{"cpuid-border", 1, 2, probe_run_cpuid_border, "LEAF [SUBLEAF]"},
	{"cpuid-tf", 1, 1, probe_run_cpuid_tf, "LEAF"},
	{"cpuid-shadow", 1, 1, probe_run_cpuid_shadow, "LEAF"},
	{"poll", 2, 3, probe_run_poll, "MS LEAF [SUBLEAF]"},
	{"clock", 1, 1, probe_run_clock, "MS"},
	{"quiet", 2, 8, probe_run_quiet, "LEAF FILE...   CPUID while the hits in the histograms stand still"},
	{"rdmsr", 1, 2, probe_run_rdmsr, "MSR [CORE]"},
	{"wrmsr", 2, 3, probe_run_wrmsr, "MSR VALUE [CORE]"},
	{"cost", 2, 3, probe_run_cost, "N cpuid LEAF | N write|increment|beside|call|getppid|counted|fault|watched"},
	{"counter", 0, 2, probe_run_counter, "[MS [TIMES]]"},
	{"loop", 2, 4, probe_run_loop, "N cpuid LEAF [CORE] | N inc|read|call|movs|across|getppid [CORE]"},
	{"touch", 2, 2, probe_run_touch, "ADDRESS|NAME r|w|x"},
	{"flags", 0, 0, probe_run_flags, ""},
	{"arithmetic", 0, 0, probe_run_arithmetic, ""},
	{"perf", 2, 3, probe_run_perf, "WATCHES TIMES [code]"},
	{"trapped", 1, 1, probe_run_trapped, "TIMES"},
	{"twin", 0, 0, probe_run_twin, ""},
	{"fork", 1, 8, probe_run_fork, "COMMAND...   the child does it, then the parent"},
	{"exec", 1, 8, probe_run_exec, "COMMAND...   in a fresh program"},
	{"drop", 1, 8, probe_run_drop, "COMMAND...   without counter's page first"},
	{"move", 1, 8, probe_run_move, "COMMAND...   with counter's page elsewhere"},
	{"big", 1, 8, probe_run_big, "COMMAND...   with 4400000 bytes at 20000000 first"},
	{"out", 3, 8, probe_run_out, "ADDRESS|NAME SIZE COMMAND...   after the kernel was asked to swap it out"},
	{"fault", 1, 1, probe_run_fault, "ADDRESS"},
	{"patched", 1, 1, probe_run_patched, "N   INT3 met in code that another core changes"},
	{"ud", 0, 0, probe_run_ud, ""},
	{"bp", 0, 0, probe_run_bp, ""},
	{"gp", 0, 0, probe_run_gp, ""},
	{"div", 0, 0, probe_run_div, ""},
	{"held", 1, 8, run_held, "COMMAND...   prints pid=, waits for SIGCONT, does COMMAND"},
};

#define COMMAND_COUNT (sizeof(commands) / sizeof(commands[0]))

static int usage(void)
{
	probe_text("usage: (numbers are hexadecimal)\n");
	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		probe_text("  probe ");
		probe_text(commands[i].name);
		probe_text(" ");
		probe_text(commands[i].usage);
		probe_text("\n");
	}
	probe_flush();
	return 2;
}

int probe_dispatch(int argc, char **argv)
{
	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		const struct probe_command *command = &commands[i];

		if (argc < 1 || !probe_same(argv[0], command->name))
			continue;
		if (argc - 1 < command->min_words || argc - 1 > command->max_words)
			break;
		return command->run(argc - 1, argv + 1);
	}
	return usage();
}

/*
 * Lets a test define events on this process before it begins: the tester waits
 * for the line, defines them, and sends SIGCONT. Blocked, a SIGCONT that comes
 * early waits for us. What `loop` and `touch` use is present by then.
 */
static int run_held(int argc, char **argv)
{
	uint64_t mask = 1ull << (SIGCONT - 1);
	long pid = probe_syscall(__NR_getpid, 0, 0, 0, 0, 0, 0);

	probe_syscall(__NR_rt_sigprocmask, SIG_BLOCK, (long)&mask, 0, sizeof(mask), 0, 0);
	probe_make_present();
	probe_field("pid", (uint64_t)pid);
	probe_line_end();
	probe_flush();
	while (probe_syscall(__NR_rt_sigtimedwait, (long)&mask, 0, 0, sizeof(mask), 0, 0) != SIGCONT)
		;
	return probe_dispatch(argc, argv);
}

/* Called by _start with the stack as the kernel laid it: argc, argv... */
_Noreturn void probe_start(long *stack);

_Noreturn void probe_start(long *stack)
{
	int status = probe_dispatch((int)stack[0] - 1, (char **)(stack + 1) + 1);

	probe_flush();
	for (;;)
		probe_syscall(__NR_exit_group, status, 0, 0, 0, 0, 0);
}

__asm__(".globl _start\n"
	"_start:\n\t"
	"xorl %ebp, %ebp\n\t"
	"movq %rsp, %rdi\n\t"
	"andq $-16, %rsp\n\t"
	"call probe_start\n\t"
	"ud2\n");
