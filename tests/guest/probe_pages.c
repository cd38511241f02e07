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
#define WORDS 16

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
