// SPDX-License-Identifier: GPL-2.0
/*
 * A moment in which two counters can be compared: one of the kernel's, which is
 * read from files, and one of an event's, which a script on CPUID LEAF reads.
 */
#include "probe.h"

#include <asm/unistd.h>
#include <linux/mman.h>

#define TEXT_SIZE  8192
#define TRIES	   1000
#define MOST_CORES 64

/* The sum of the numbers behind `Hits: ` in histograms of /sys/kernel/tracing. */
static uint64_t hits_in(const char *name)
{
	static const char word[] = "Hits: ";
	static char text[TEXT_SIZE + 1];
	uint64_t hits = 0;
	long size = 0, more, file = probe_syscall(__NR_open, (long)name, 0, 0, 0, 0, 0);

	if (file < 0)
		probe_fail(1, "cannot open ", name);
	while (size < TEXT_SIZE) {
		more = probe_syscall(__NR_read, file, (long)text + size, TEXT_SIZE - size, 0, 0, 0);
		if (more <= 0)
			break;
		size += more;
	}
	probe_syscall(__NR_close, file, 0, 0, 0, 0, 0);
	text[size] = 0;
	for (const char *at = text; *at; at++) {
		size_t i = 0;
		uint64_t number = 0;

		while (word[i] && at[i] == word[i])
			i++;
		if (word[i])
			continue;
		for (at += i; *at >= '0' && *at <= '9'; at++)
			number = number * 10 + (uint64_t)(*at - '0');
		hits += number;
		at--;
	}
	return hits;
}

static uint64_t hits_in_all(int count, char **names)
{
	uint64_t hits = 0;

	for (int i = 0; i < count; i++)
		hits += hits_in(names[i]);
	return hits;
}

/* Runs a moment on each core: what stood there with interrupts held, as a fault's entry does, is through. */
static void visit_cores(void)
{
	for (uint64_t core = 0; core < MOST_CORES; core++) {
		uint64_t mask = 1ull << core;

		probe_syscall(__NR_sched_setaffinity, 0, sizeof(mask), (long)&mask, 0, 0, 0);
	}
}

/*
 * Executes CPUID LEAF at a moment when the hits of the files do not change, and
 * prints how many there were. What counts an exception before its handler has
 * begun, and what counts it in there, then agree: a core that stood between
 * the two would have raised the hits before the second reading.
 */
int probe_run_quiet(int argc, char **argv)
{
	uint32_t leaf = (uint32_t)probe_number(argv[0]);

	/* No page of ours is missing later on. */
	if (probe_syscall(__NR_mlockall, MCL_CURRENT | MCL_FUTURE, 0, 0, 0, 0, 0))
		probe_fail(1, "mlockall", "");
	for (int i = 0; i < TRIES; i++) {
		uint64_t hits = hits_in_all(argc - 1, argv + 1);
		uint32_t eax = leaf, ecx = 0;

		__asm__ volatile("cpuid" : "+a"(eax), "+c"(ecx) : : "rbx", "rdx", "memory");
		visit_cores();
		if (hits_in_all(argc - 1, argv + 1) == hits) {
			probe_field("hits", hits);
			probe_line_end();
			return 0;
		}
		probe_sleep(10);
	}
	probe_fail(1, "it was never quiet", "");
}
