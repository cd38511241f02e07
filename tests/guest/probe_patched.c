// SPDX-License-Identifier: GPL-2.0
/*
 * Code that another core changes while it is executed, as kernels do it: INT3
 * in place of an instruction's first byte, and the byte again. Whoever looks at
 * the code behind an INT3 may find the instruction there; the program's INT3
 * was one byte all the same.
 */
#include "probe.h"

#include <asm/unistd.h>
#include <linux/signal.h>

#define INT3 0xcc
#define NOP_FIRST 0x0f
#define NOP_LENGTH 5
/* Surely enough to meet them. */
#define EXECUTIONS 1000000000

static volatile uint8_t *site;
static volatile uint32_t executors, is_over;
static uint64_t times, traps, wrong;

/* Behind the INT3, which took the place of the NOP: so the program goes on behind that. */
static void on_trap(const struct probe_signal *signal)
{
	__atomic_fetch_add(&traps, 1, __ATOMIC_RELAXED);
	if (signal->registers[PROBE_RIP] != (uint64_t)site + 1)
		__atomic_fetch_add(&wrong, 1, __ATOMIC_RELAXED);
	signal->registers[PROBE_RIP] = (uint64_t)site + NOP_LENGTH;
}

static void change_code(void)
{
	while (!is_over) {
		*site = INT3;
		for (volatile int i = 0; i < 100; i++)
			;
		*site = NOP_FIRST;
		for (volatile int i = 0; i < 100; i++)
			;
	}
}

static void execute_or_change(void *unused)
{
	(void)unused;
	if (!probe_core()) {
		change_code();
		return;
	}
	__atomic_fetch_add(&executors, 1, __ATOMIC_RELAXED);
	for (uint64_t i = 0; i < EXECUTIONS && __atomic_load_n(&traps, __ATOMIC_RELAXED) < times; i++)
		((void (*)(void))(uint64_t)site)();
	if (!__atomic_sub_fetch(&executors, 1, __ATOMIC_ACQ_REL))
		is_over = 1;
}

/* Core 0 changes the code; the others execute it until they have met N INT3. */
int probe_run_patched(int argc, char **argv)
{
	static const uint8_t code[] = {NOP_FIRST, 0x1f, 0x44, 0x00, 0x00, 0xc3};

	(void)argc;
	times = probe_number(argv[0]);
	site = probe_pages(1);
	for (size_t i = 0; i < sizeof(code); i++)
		site[i] = code[i];
	probe_on_signal(SIGTRAP, on_trap);
	probe_on_cores(PROBE_ALL_CORES, execute_or_change, NULL);
	probe_field("trapped", traps >= times);
	probe_field("wrong", wrong);
	probe_line_end();
	return 0;
}
