// SPDX-License-Identifier: GPL-2.0
/*
 * What one CPUID costs, by the time stamp counter. In the machine started with
 * --icount the counter counts instructions, those of the hypervisor included.
 */
#include "probe.h"

static uint64_t tsc(void)
{
	uint32_t low, high;

	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high) : : "memory");
	return (uint64_t)high << 32 | low;
}

static uint64_t time_one_cpuid(uint32_t leaf)
{
	uint64_t before = tsc();
	uint32_t eax = leaf, ecx = 0;

	__asm__ volatile("cpuid" : "+a"(eax), "+c"(ecx) : : "rbx", "rdx", "memory");
	return tsc() - before;
}

static uint64_t time_nothing(void)
{
	uint64_t before = tsc();
	uint32_t eax = 0, ecx = 0;

	__asm__ volatile("nop" : "+a"(eax), "+c"(ecx) : : "rbx", "rdx", "memory");
	return tsc() - before;
}

/*
 * Over N executions, each timed by itself on one core: the cheapest and the
 * sum, both without the cost of timing. The cheapest is one that no interrupt
 * fell into; the sum says what they cost on the whole.
 */
int probe_run_cost(int argc, char **argv)
{
	uint64_t times = probe_number(argv[0]);
	uint32_t leaf = (uint32_t)probe_number(argv[2]);
	uint64_t least = UINT64_MAX, sum = 0, timing = UINT64_MAX;

	(void)argc;
	if (!probe_same(argv[1], "cpuid"))
		probe_fail(2, "only the cost of cpuid can be measured, not of ", argv[1]);
	probe_pin(probe_core());
	for (uint64_t i = 0; i < times; i++) {
		uint64_t nothing = time_nothing();
		uint64_t one = time_one_cpuid(leaf);

		timing = nothing < timing ? nothing : timing;
		least = one < least ? one : least;
		sum += one;
	}
	probe_field("least", least - timing);
	probe_field("sum", sum - timing * times);
	probe_field("times", times);
	probe_line_end();
	return 0;
}
