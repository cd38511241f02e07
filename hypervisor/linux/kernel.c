// SPDX-License-Identifier: GPL-2.0
/*
 * The kernel, as host mode may use it: plain loads of its data, and functions
 * written to be callable from anywhere (the ones kgdb uses behind its halts).
 */
#include <linux/gfp.h>
#include <linux/ioport.h>
#include <linux/kprobes.h>
#include <linux/mm.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/timekeeping.h>
#include <linux/utsname.h>
#include <linux/version.h>
#include <linux/vmalloc.h>
#include <asm/apic.h>
#include <asm/current.h>
#include <asm/nmi.h>
#include <asm/tsc.h>

#include <hyperdbg/request.h>
#include "hypervisor/linux/kernel.h"
#include "hypervisor/linux/symbols.h"
#include "hypervisor/vcpu.h"

/* Ranges of memory that the kernel's direct map covers. */
#define MEMORY_RANGES 64
static struct {
	u64 first, last;
} memory[MEMORY_RANGES];
static unsigned int memory_ranges;

/* Functions that tell the kernel's watchdogs that time was taken from it. All store a word or two without a lock. */
static const char *const watchdog_names[] = {
	"touch_all_softlockup_watchdogs",
	"clocksource_touch_watchdog",
	"rcu_cpu_stall_reset",
	"reset_hung_task_detector",
};
static void (*watchdogs[ARRAY_SIZE(watchdog_names)])(void);
/*
 * A grace period that begins behind a halt, but before the tick that brings
 * jiffies up to date, counts as old as the halt was long. So RCU's stall
 * warnings are held until then, and its watchdog is told once more.
 */
static int *stall_suppress;
static int stall_suppress_before;
static unsigned int halts, halts_settled;
static unsigned long halt_jiffies;
static u64 text_base;

bool kernel_allows_peek;

static struct task_struct *task_of(u32 core)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 2, 0)
	return per_cpu(pcpu_hot.current_task, core);
#else
	return per_cpu(current_task, core);
#endif
}

void kernel_task_of(u32 core, struct kernel_task *task)
{
	struct task_struct *t = task_of(core);

	task->pid = t->tgid;
	task->tid = t->pid;
	task->process = (u64)t->group_leader;
	task->thread = (u64)t;
	memcpy(task->name, t->comm, sizeof(task->name));
	task->name[sizeof(task->name) - 1] = 0;
}

u32 kernel_pid_of(u32 core)
{
	return task_of(core)->tgid;
}

/* The list is made for readers that see any moment of it; the bound is for a list that is being damaged. */
#define PROCESSES_MAX 100000

u64 kernel_root_of(u32 pid)
{
	struct task_struct *t;
	unsigned int n = 0;

	for_each_process(t) {
		if ((u32)t->tgid == pid)
			return t->mm ? __pa(t->mm->pgd) : 0;
		if (++n == PROCESSES_MAX)
			break;
	}
	return 0;
}

size_t kernel_processes(struct hd_process *processes, size_t max)
{
	struct task_struct *t;
	size_t n = 0;

	for_each_process(t) {
		if (n == max)
			break;
		processes[n].pid = t->tgid;
		processes[n].reserved = 0;
		memcpy(processes[n].name, t->comm, sizeof(processes[n].name));
		processes[n].name[sizeof(processes[n].name) - 1] = 0;
		n++;
	}
	return n;
}

void *kernel_direct(u64 physical)
{
	unsigned int i;

	for (i = 0; i < memory_ranges; i++) {
		if (physical >= memory[i].first && physical <= memory[i].last)
			return __va(physical);
	}
	return NULL;
}

u64 kernel_memory_end(void)
{
	u64 end = 0;
	unsigned int i;

	for (i = 0; i < memory_ranges; i++)
		end = max(end, memory[i].last + 1);
	return end;
}

u64 kernel_physical(const void *address)
{
	return __pa(address);
}

void *kernel_address(u64 physical)
{
	return __va(physical);
}

u64 kernel_virtual_of(u64 physical)
{
	return (u64)kernel_direct(physical);
}

/* How long behind a kick; on a busy emulator a core may not run for seconds. */
#define CLAIM_MS 10000
static u64 last_kick;

/*
 * A kick's NMI can reach the kernel: on a core that is not (or no longer) a
 * guest, or when two kicks were one exit apart. Nobody else claims it then,
 * and without this the kernel would log an unknown NMI.
 */
static int claim_nmi(unsigned int type, struct pt_regs *regs)
{
	struct vcpu *vcpu = vcpus[raw_smp_processor_id()];

	if (vcpu && xchg(&vcpu->nmi_expected, 0))
		return NMI_HANDLED;
	return rdtsc() - READ_ONCE(last_kick) < kernel_tsc_per_ms() * CLAIM_MS ? NMI_HANDLED : NMI_DONE;
}

/*
 * "All but self" needs one write and no destination register, so an
 * interrupted send of the guest (two writes in xAPIC mode) is not disturbed.
 */
void kernel_kick_others(void)
{
	const u32 icr = APIC_DEST_ALLBUT | APIC_DM_NMI;

	WRITE_ONCE(last_kick, rdtsc());

	if (x2apic_enabled()) {
		native_wrmsr(APIC_BASE_MSR + (APIC_ICR >> 4), icr, 0);
		return;
	}
	while (native_apic_mem_read(APIC_ICR) & APIC_ICR_BUSY)
		cpu_relax();
	native_apic_mem_write(APIC_ICR, icr);
}

void kernel_touch_watchdogs(void)
{
	unsigned int i;

	/* A second kick may have come while the core stood still, however long ago it was sent. */
	WRITE_ONCE(last_kick, rdtsc());
	if (halts == READ_ONCE(halts_settled) && stall_suppress)
		stall_suppress_before = *stall_suppress;
	if (stall_suppress)
		WRITE_ONCE(*stall_suppress, 1);
	halt_jiffies = jiffies;
	WRITE_ONCE(halts, halts + 1);
	for (i = 0; i < ARRAY_SIZE(watchdogs); i++) {
		if (watchdogs[i])
			watchdogs[i]();
	}
}

void kernel_settle_watchdogs(bool at_once)
{
	unsigned int seen = READ_ONCE(halts), i;

	if (seen == halts_settled || (!at_once && READ_ONCE(halt_jiffies) == jiffies))
		return;
	for (i = 0; i < ARRAY_SIZE(watchdogs); i++) {
		if (watchdogs[i])
			watchdogs[i]();
	}
	/* A halt in here begins anew: what it has counted is settled at the next turn. */
	if (stall_suppress && READ_ONCE(halts) == seen)
		WRITE_ONCE(*stall_suppress, stall_suppress_before);
	WRITE_ONCE(halts_settled, seen);
}

u64 kernel_interrupts_off(void)
{
	unsigned long flags;

	local_irq_save(flags);
	return flags;
}

void kernel_interrupts_restore(u64 flags)
{
	local_irq_restore((unsigned long)flags);
}

u32 kernel_this_core(void)
{
	/* GS is the kernel's in host mode too. */
	return raw_smp_processor_id();
}

u64 kernel_tsc_per_ms(void)
{
	return tsc_khz ? tsc_khz : 1000000;
}

u64 kernel_seconds(void)
{
	/* The NMI-safe reader: the guest may stand in the middle of an update. */
	return div_u64(ktime_get_real_fast_ns(), NSEC_PER_SEC);
}

u64 kernel_base(void)
{
	return text_base;
}

const char *kernel_release(void)
{
	return init_utsname()->release;
}

void *kernel_pages(size_t size)
{
	return (void *)__get_free_pages(GFP_KERNEL | __GFP_ZERO, get_order(size));
}

void kernel_pages_free(void *pages, size_t size)
{
	if (pages)
		free_pages((unsigned long)pages, get_order(size));
}

void *kernel_large(size_t size)
{
	return vzalloc(size);
}

void kernel_large_free(void *memory)
{
	vfree(memory);
}

u64 kernel_host_root(void)
{
	u64 *root = (u64 *)get_zeroed_page(GFP_KERNEL);
	const u64 *current_root = __va(read_cr3_pa());

	if (!root)
		return 0;
	/* The kernel fills its half of each process' root at boot and keeps it the same in all. */
	memcpy(root + PTRS_PER_PGD / 2, current_root + PTRS_PER_PGD / 2, PAGE_SIZE / 2);
	return __pa(root);
}

void kernel_host_root_free(u64 root)
{
	if (root)
		free_page((unsigned long)__va(root));
}

static int add_memory_range(unsigned long first, unsigned long pages, void *unused)
{
	if (memory_ranges == MEMORY_RANGES)
		return -ENOSPC;
	memory[memory_ranges].first = PFN_PHYS((u64)first);
	memory[memory_ranges].last = PFN_PHYS((u64)first + pages) - 1;
	memory_ranges++;
	return 0;
}

int kernel_interface_init(void)
{
	int (*walk)(unsigned long first, unsigned long pages, void *argument,
		    int (*visit)(unsigned long first, unsigned long pages, void *argument));
	unsigned int i;
	int err;

	err = symbols_init();
	if (err)
		return err;
	walk = (void *)symbols_address("walk_system_ram_range");
	if (!walk)
		return -ENOENT;
	memory_ranges = 0;
	err = walk(0, ULONG_MAX >> PAGE_SHIFT, NULL, add_memory_range);
	if (err)
		return err;
	for (i = 0; i < ARRAY_SIZE(watchdogs); i++)
		watchdogs[i] = (void (*)(void))symbols_address(watchdog_names[i]);
	stall_suppress = (int *)symbols_address("rcu_cpu_stall_suppress");
	text_base = symbols_address("_text");
	kernel_allows_peek = boot_cpu_has(X86_FEATURE_SMAP) && !boot_cpu_has(X86_FEATURE_PTI);
	return register_nmi_handler(NMI_UNKNOWN, claim_nmi, 0, "hyperdbg");
}

void kernel_interface_exit(void)
{
	unregister_nmi_handler(NMI_UNKNOWN, "hyperdbg");
}
