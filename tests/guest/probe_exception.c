// SPDX-License-Identifier: GPL-2.0
/*
 * Exceptions, and what the program itself got of them:
 *
 *   signal=b address=1234 rip=401000 vector=e error=6
 *
 * address is the signal's si_addr (0 where the kernel gives none); the rest is
 * the signal frame's. The last exception ends the program with status 0.
 */
#include "probe.h"

#include <asm/unistd.h>
#include <linux/signal.h>

static void print_and_end(const struct probe_signal *signal)
{
	probe_field("signal", (uint64_t)signal->number);
	probe_field("address", signal->address);
	probe_field("rip", signal->registers[PROBE_RIP]);
	probe_field("vector", signal->registers[PROBE_VECTOR]);
	probe_field("error", signal->registers[PROBE_ERROR]);
	probe_line_end();
	probe_flush();
	probe_syscall(__NR_exit_group, 0, 0, 0, 0, 0, 0);
}

static void expect_signal(void)
{
	static const int numbers[] = {SIGILL, SIGTRAP, SIGBUS, SIGFPE, SIGSEGV};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		probe_on_signal(numbers[i], print_and_end);
}

/* An instruction that was to raise an exception was passed: somebody cancelled it. */
static int print_passed(void)
{
	probe_text("passed\n");
	return 0;
}

int probe_run_fault(int argc, char **argv)
{
	volatile uint8_t *at = (volatile uint8_t *)probe_number(argv[0]);

	(void)argc;
	expect_signal();
	(void)*at;
	return print_passed();
}

int probe_run_ud(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	expect_signal();
	__asm__ volatile("ud2");
	return print_passed();
}

int probe_run_bp(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	expect_signal();
	__asm__ volatile("int3");
	return print_passed();
}

/* HLT is the kernel's alone. */
int probe_run_gp(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	expect_signal();
	__asm__ volatile("hlt");
	return print_passed();
}

int probe_run_div(int argc, char **argv)
{
	uint32_t eax = 1, edx = 0;

	(void)argc;
	(void)argv;
	expect_signal();
	__asm__ volatile("divl %2" : "+a"(eax), "+d"(edx) : "r"(0) : "cc");
	return print_passed();
}
