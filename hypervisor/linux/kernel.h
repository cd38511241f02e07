/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the rest of hypervisor/ may ask of the kernel. linux/ is the only
 * place that includes the kernel's headers.
 *
 * Every function here may be called in host mode, unless it says "process
 * context": it takes no lock, allocates nothing, does not sleep or print.
 */
#ifndef HYPERVISOR_LINUX_KERNEL_H
#define HYPERVISOR_LINUX_KERNEL_H

#include <hyperdbg/types.h>

#define KERNEL_TASK_NAME 16

struct kernel_task {
	uint32_t pid; /* of the process */
	uint32_t tid; /* of the thread */
	uint64_t process; /* address of the leader's task_struct */
	uint64_t thread; /* address of the task_struct */
	char name[KERNEL_TASK_NAME];
};

/* What runs on a core whose guest stands still (this one, or a held one). */
void kernel_task_of(uint32_t core, struct kernel_task *task);
/* Only the number of its process: for matching. */
uint32_t kernel_pid_of(uint32_t core);

/* Physical address of a process' page-table root, 0 if there is no such process (or it has no memory). World stopped. */
uint64_t kernel_root_of(uint32_t pid);
/* All processes, at most `max`; how many. World stopped. */
struct hd_process;
size_t kernel_processes(struct hd_process *processes, size_t max);

/* host_peek16() can be used: the processor has SMAP, and processes' page tables hold the whole kernel. */
extern bool kernel_allows_peek;

/* The direct map's address of a physical one, or NULL if that is not memory; valid up to the end of its page. */
void *kernel_direct(uint64_t physical);
/* The physical address of memory in the direct map (kernel_pages, page tables). */
uint64_t kernel_physical(const void *address);
/* The reverse, of what kernel_physical() told: nothing is checked. */
void *kernel_address(uint64_t physical);
/* 0 if the physical address is not memory. */
uint64_t kernel_virtual_of(uint64_t physical);

/* The first address behind the highest memory. */
uint64_t kernel_memory_end(void);

/* Non-maskable interrupt to all other cores. */
void kernel_kick_others(void);
/* Behind a halt: the kernel's watchdogs must not take it for a lockup. */
void kernel_touch_watchdogs(void);
/*
 * In process context, every now and then: the rest of that, once the kernel's
 * clock has caught up with the halt (`at_once`: it need not have).
 */
void kernel_settle_watchdogs(bool at_once);
/* Ticks of the time-stamp counter in a millisecond; not 0. */
uint64_t kernel_tsc_per_ms(void);
/* Seconds since 1970, UTC. */
uint64_t kernel_seconds(void);
/* Address of the kernel's first byte, and its release. */
uint64_t kernel_base(void);
const char *kernel_release(void);

/* Process context: whole pages, zeroed, in the direct map; NULL if there are none. */
void *kernel_pages(size_t size);
void kernel_pages_free(void *pages, size_t size);
/* Process context: zeroed memory of any size, page-aligned, reachable in host mode; NULL if there is none. */
void *kernel_large(size_t size);
void kernel_large_free(void *memory);
/* Process context: page-table root with the kernel's half, for host mode. Its physical address, or 0. */
uint64_t kernel_host_root(void);
void kernel_host_root_free(uint64_t root);
/* Process context: resolves what the functions above need. 0 or a negative errno. */
int kernel_interface_init(void);
void kernel_interface_exit(void);
/* Guest side: interrupts of this core off, and as they were. */
uint64_t kernel_interrupts_off(void);
void kernel_interrupts_restore(uint64_t flags);
/* Number of the core that executes this. */
uint32_t kernel_this_core(void);

#endif
