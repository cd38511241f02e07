// SPDX-License-Identifier: GPL-2.0
/* The kernel's services, without libc: cores, threads, time, pages, signals. */
#include "probe.h"

#include <asm/unistd.h>
#include <linux/futex.h>
#include <linux/mman.h>
#include <linux/sched.h>
#include <linux/time.h>

#define MAX_CORES   256
#define STACK_PAGES 16
#define SA_SIGINFO  4ul
#define SA_RESTORER 0x04000000ul

long probe_syscall(long number, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long result = number;

	__asm__ volatile("syscall"
			 : "+a"(result)
			 : "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}

void probe_pin(uint64_t core)
{
	uint64_t mask[MAX_CORES / 64] = {0};

	if (core < MAX_CORES)
		mask[core / 64] = 1ull << (core % 64);
	if (probe_syscall(__NR_sched_setaffinity, 0, sizeof(mask), (long)mask, 0, 0, 0) < 0)
		probe_fail(1, "there is no such core", "");
}

uint64_t probe_core(void)
{
	unsigned int core = 0;

	probe_syscall(__NR_getcpu, (long)&core, 0, 0, 0, 0, 0);
	return core;
}

uint64_t probe_milliseconds(void)
{
	struct {
		int64_t s, ns;
	} now = {0, 0};

	probe_syscall(__NR_clock_gettime, CLOCK_MONOTONIC, (long)&now, 0, 0, 0, 0);
	return (uint64_t)(now.s * 1000 + now.ns / 1000000);
}

void probe_sleep(uint64_t milliseconds)
{
	struct {
		int64_t s, ns;
	} time = {
		.s = (int64_t)(milliseconds / 1000),
		.ns = (int64_t)(milliseconds % 1000 * 1000000),
	};

	/* A signal that stops and continues us ends the call early: the rest is left in time. */
	while (probe_syscall(__NR_nanosleep, (long)&time, (long)&time, 0, 0, 0, 0) == -4)
		;
}

void *probe_pages(size_t count)
{
	long at = probe_syscall(__NR_mmap, 0, (long)(count * 4096), PROT_READ | PROT_WRITE | PROT_EXEC,
				MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at < 0 && at > -4096)
		probe_fail(1, "no memory", "");
	return (void *)at;
}

/* --- threads -------------------------------------------------------------- */

struct thread {
	uint32_t id; /* cleared by the kernel when the thread has ended */
	uint64_t core;
	void (*fn)(void *argument);
	void *argument;
};

static struct thread threads[MAX_CORES];
/* Threads that are on their core; all begin when it reaches threads_wanted. */
static uint32_t threads_ready;
static uint32_t threads_wanted;

void probe_thread_main(struct thread *thread);

void probe_thread_main(struct thread *thread)
{
	probe_pin(thread->core);
	__atomic_add_fetch(&threads_ready, 1, __ATOMIC_SEQ_CST);
	while (__atomic_load_n(&threads_ready, __ATOMIC_SEQ_CST) < threads_wanted)
		probe_syscall(__NR_sched_yield, 0, 0, 0, 0, 0, 0);
	thread->fn(thread->argument);
}

static void start_thread(struct thread *thread)
{
	char *stack = (char *)probe_pages(STACK_PAGES) + STACK_PAGES * 4096;
	long flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM |
		     CLONE_CHILD_CLEARTID;
	long result = __NR_clone;
	register uint32_t *cleared __asm__("r10") = &thread->id;

	/* The new thread shares everything but the stack, so it must not return from here. */
	__asm__ volatile("syscall\n\t"
			 "testq %%rax, %%rax\n\t"
			 "jnz 1f\n\t"
			 "xorl %%ebp, %%ebp\n\t"
			 "movq %[thread], %%rdi\n\t"
			 "call probe_thread_main\n\t"
			 "movl %[exit], %%eax\n\t"
			 "xorl %%edi, %%edi\n\t"
			 "syscall\n\t"
			 "ud2\n"
			 "1:"
			 : "+a"(result)
			 : "D"(flags), "S"(stack), "d"(0),
			   "r"(cleared), [thread] "b"(thread), [exit] "i"(__NR_exit)
			 : "rcx", "r11", "memory");
	if (result < 0)
		probe_fail(1, "no thread", "");
}

static void wait_for_thread(struct thread *thread)
{
	uint32_t id;

	while ((id = __atomic_load_n(&thread->id, __ATOMIC_SEQ_CST)) != 0)
		probe_syscall(__NR_futex, (long)&thread->id, FUTEX_WAIT, id, 0, 0, 0);
}

void probe_on_cores(uint64_t core, void (*fn)(void *argument), void *argument)
{
	uint64_t mask[MAX_CORES / 64] = {0};

	if (core != PROBE_ALL_CORES) {
		probe_pin(core);
		fn(argument);
		return;
	}
	probe_syscall(__NR_sched_getaffinity, 0, sizeof(mask), (long)mask, 0, 0, 0);
	for (uint64_t i = 0; i < MAX_CORES; i++) {
		if (mask[i / 64] >> (i % 64) & 1) {
			threads[threads_wanted++] =
				(struct thread){.id = 1, .core = i, .fn = fn, .argument = argument};
		}
	}
	for (uint32_t i = 0; i < threads_wanted; i++)
		start_thread(&threads[i]);
	for (uint32_t i = 0; i < threads_wanted; i++)
		wait_for_thread(&threads[i]);
}

/* --- signals -------------------------------------------------------------- */

/* As the kernel takes it; libc's is laid out otherwise. */
struct kernel_sigaction {
	void (*handler)(int number, const void *info, void *context);
	unsigned long flags;
	void (*restorer)(void);
	unsigned long mask;
};

static void (*user_handler)(const struct probe_signal *signal);

void probe_signal_return(void);
__asm__(".globl probe_signal_return\n"
	"probe_signal_return:\n\t"
	"movl $15, %eax\n\t" /* rt_sigreturn */
	"syscall\n");

static void on_signal(int number, const void *info, void *context)
{
	/* si_addr lies behind three ints and a hole; the registers behind uc_flags, uc_link, uc_stack. */
	struct probe_signal signal = {
		.number = number,
		.address = ((const uint64_t *)info)[2],
		.registers = (uint64_t *)context + 5,
	};

	user_handler(&signal);
}

void probe_on_signal(int number, void (*handler)(const struct probe_signal *signal))
{
	struct kernel_sigaction action = {
		.handler = on_signal,
		.flags = SA_SIGINFO | SA_RESTORER,
		.restorer = probe_signal_return,
	};

	user_handler = handler;
	probe_syscall(__NR_rt_sigaction, number, (long)&action, 0, sizeof(action.mask), 0, 0);
}
