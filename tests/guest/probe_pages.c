// SPDX-License-Identifier: GPL-2.0
/*
 * What may happen to a process or to its memory while somebody watches it. Each
 * does one such thing and then the COMMAND behind its name.
 */
#include "probe.h"

#include <asm/unistd.h>
#include <linux/mman.h>
#include <linux/signal.h>

#define PAGE_SIZE 4096
#define ELSEWHERE 0x10000000
#define WORDS	  16
#define BIG	  0x20000000
#define BIG_SIZE  0x4400000 /* above the 64 MiB up to which an event's memory is pinned */

extern volatile uint64_t counter;
void loop_function(void);
extern const char __executable_start[];

/* The child does COMMAND; when it has ended, the parent does it too. */
int probe_run_fork(int argc, char **argv)
{
	long child = probe_syscall(__NR_clone, SIGCHLD, 0, 0, 0, 0, 0);

	if (child < 0)
		probe_fail(1, "cannot fork", "");
	if (child)
		probe_syscall(__NR_wait4, child, 0, 0, 0, 0, 0);
	probe_text(child ? "parent" : "child");
	return probe_dispatch(argc, argv);
}

/* Becomes a fresh `probe COMMAND`. */
int probe_run_exec(int argc, char **argv)
{
	static char name[] = "probe";
	char *words[WORDS] = {name}, *environment[] = {NULL};

	for (int i = 0; i < argc && i < WORDS - 2; i++)
		words[i + 1] = argv[i];
	probe_syscall(__NR_execve, (long)"/proc/self/exe", (long)words, (long)environment, 0, 0, 0);
	probe_fail(1, "cannot execute", " /proc/self/exe");
}

/* Gives counter's page back: it is what the program's file says from then on, in another frame. */
int probe_run_drop(int argc, char **argv)
{
	if (probe_syscall(__NR_madvise, (long)&counter, PAGE_SIZE, MADV_DONTNEED, 0, 0, 0))
		probe_fail(1, "cannot give back", " counter's page");
	return probe_dispatch(argc, argv);
}

/* Counter's page moves elsewhere, where it is written to: nothing is left at its old address. */
int probe_run_move(int argc, char **argv)
{
	long at = probe_syscall(__NR_mremap, (long)&counter, PAGE_SIZE, PAGE_SIZE,
				MREMAP_MAYMOVE | MREMAP_FIXED, ELSEWHERE, 0);

	if (at != ELSEWHERE)
		probe_fail(1, "cannot move", " counter's page");
	++*(volatile uint64_t *)at;
	return probe_dispatch(argc, argv);
}

/* Much memory, all present. */
int probe_run_big(int argc, char **argv)
{
	long at = probe_syscall(__NR_mmap, BIG, BIG_SIZE, PROT_READ | PROT_WRITE,
				MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED | MAP_POPULATE, -1, 0);

	if (at != BIG)
		probe_fail(1, "cannot map", " so much");
	return probe_dispatch(argc, argv);
}

/* Whether the page tables of this process have a page there, as /proc/self/pagemap says. */
static bool is_present(uint64_t address)
{
	uint64_t entry = 0;
	long file = probe_syscall(__NR_open, (long)"/proc/self/pagemap", 0, 0, 0, 0, 0);

	if (probe_syscall(__NR_pread64, file, (long)&entry, sizeof(entry),
			  (long)(address / PAGE_SIZE * sizeof(entry)), 0, 0) != sizeof(entry))
		probe_fail(1, "cannot read", " /proc/self/pagemap");
	probe_syscall(__NR_close, file, 0, 0, 0, 0, 0);
	return entry >> 63;
}

/* The kernel swaps memory out, as it does when it is short of it; prints how many of its pages are left. */
int probe_run_out(int argc, char **argv)
{
	uint64_t at = (uint64_t)probe_place(argv[0]), size = probe_number(argv[1]), left = 0;

	if (probe_syscall(__NR_madvise, (long)at, (long)size, MADV_PAGEOUT, 0, 0, 0))
		probe_fail(1, "cannot swap out ", argv[0]);
	for (uint64_t page = at; page < at + size; page += PAGE_SIZE)
		left += is_present(page);
	probe_field("left", left);
	probe_line_end();
	return probe_dispatch(argc - 2, argv + 2);
}

/* Reads the original bytes of loop_function through another mapping of the program's file. */
int probe_run_twin(int argc, char **argv)
{
	uint64_t page = (uint64_t)loop_function & ~(uint64_t)(PAGE_SIZE - 1);
	long twin, file = probe_syscall(__NR_open, (long)"/proc/self/exe", 0, 0, 0, 0, 0);

	(void)argc;
	(void)argv;
	twin = probe_syscall(__NR_mmap, 0, PAGE_SIZE, PROT_READ, MAP_SHARED, file,
			     (long)(page - (uint64_t)__executable_start));
	if (file < 0 || (twin < 0 && twin > -PAGE_SIZE))
		probe_fail(1, "cannot map", " /proc/self/exe");
	probe_field("here", *(volatile uint8_t *)loop_function);
	probe_field("there", *(volatile uint8_t *)((uint64_t)twin + (uint64_t)loop_function - page));
	probe_line_end();
	return 0;
}
