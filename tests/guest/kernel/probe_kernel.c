// SPDX-License-Identifier: GPL-2.0
/*
 * The kernel's side of `probe`: what a user program cannot do. One loads it in
 * the debuggee, writes a command to its parameter `run` and reads the answer:
 *
 *   cd /sys/module/probe_kernel/parameters
 *   echo "sti 40000055" >run && cat result
 *
 *   sti LEAF    STI with an interrupt pending, then CPUID and NOPs; answers
 *               `offset=N`: where, counted from CPUID, the interrupt came. STI
 *               holds it back for one instruction, so a processor answers 2.
 *   movss LEAF  STI, MOV SS, then the same. MOV SS behind STI need not hold it
 *               back again: 0 or 2.
 *   inc N       increments probe_kernel_counter; answers its value
 *   call N      calls probe_kernel_function; answers `done=N`
 *   dr N        answers DR0 … DR3, DR6 and DR7 of this core; N is not 0: with N, N + 1,
 *               N + 2 and N + 3 written to the first four meanwhile
 *
 * Numbers are hexadecimal.
 */
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/preempt.h>
#include <asm/apic.h>
#include <asm/debugreg.h>
#include <asm/irq_regs.h>
#include <asm/irq_vectors.h>

/* Named, to be watched and hooked from outside. */
u64 probe_kernel_counter;
void probe_kernel_function(void);

static char result[160] = "none";
static DEFINE_MUTEX(run_lock);

noinline void probe_kernel_function(void)
{
	asm volatile("nop" ::: "memory");
}

/* --- where an interrupt comes --------------------------------------------- */

#define PENDING_US 200
/* The host may have its processors elsewhere: the timer of an emulated one fires later then. */
#define PENDING_TRIES 10000
/* CPUID and the four NOPs behind it. */
#define CODE_SIZE 6

extern const char probe_kernel_sti_cpuid[], probe_kernel_movss_cpuid[];

static unsigned long interrupted_at;

/* In the timer's interrupt: what it interrupted is in the interrupt's frame. */
static enum hrtimer_restart on_timer(struct hrtimer *timer)
{
	interrupted_at = get_irq_regs()->ip;
	return HRTIMER_NORESTART;
}

static void cpuid_behind_sti(u32 leaf)
{
	asm volatile("sti\n"
		     "probe_kernel_sti_cpuid:\n\t"
		     "cpuid\n\t"
		     "nop\n\tnop\n\tnop\n\tnop"
		     : "+a"(leaf)
		     :
		     : "rbx", "rcx", "rdx", "memory");
}

static void cpuid_behind_mov_ss(u32 leaf)
{
	asm volatile("movl %%ss, %%edx\n\t"
		     "sti\n\t"
		     "movl %%edx, %%ss\n"
		     "probe_kernel_movss_cpuid:\n\t"
		     "cpuid\n\t"
		     "nop\n\tnop\n\tnop\n\tnop"
		     : "+a"(leaf)
		     :
		     : "rbx", "rcx", "rdx", "memory");
}

/* Whether the timer's interrupt waits for interrupts to be enabled. */
static bool is_pending(void)
{
	return apic_read(APIC_IRR + LOCAL_TIMER_VECTOR / 32 * 0x10) & 1u << LOCAL_TIMER_VECTOR % 32;
}

static void interrupt_once(void (*run)(u32 leaf), u32 leaf)
{
	struct hrtimer timer;
	int tries = PENDING_TRIES;

	hrtimer_init_on_stack(&timer, CLOCK_MONOTONIC, HRTIMER_MODE_REL_PINNED_HARD);
	timer.function = on_timer;
	interrupted_at = 0;
	local_irq_disable();
	hrtimer_start(&timer, ns_to_ktime(PENDING_US * NSEC_PER_USEC), HRTIMER_MODE_REL_PINNED_HARD);
	do
		udelay(4 * PENDING_US);
	while (!is_pending() && --tries);
	run(leaf);
	hrtimer_cancel(&timer);
	destroy_hrtimer_on_stack(&timer);
}

/*
 * Another device's interrupt may be the one that comes there, and ours then
 * comes behind it, somewhere in the kernel: such a try is repeated.
 */
static void with_pending_interrupt(void (*run)(u32 leaf), u32 leaf, const char *origin)
{
	unsigned long offset;
	int tries = 100;

	do {
		interrupt_once(run, leaf);
		offset = interrupted_at - (unsigned long)origin;
	} while (offset > CODE_SIZE && --tries);
	snprintf(result, sizeof(result), "offset=%lx", offset);
}

static void run_sti(u64 leaf)
{
	with_pending_interrupt(cpuid_behind_sti, leaf, probe_kernel_sti_cpuid);
}

static void run_movss(u64 leaf)
{
	with_pending_interrupt(cpuid_behind_mov_ss, leaf, probe_kernel_movss_cpuid);
}

/* --- what can be watched ---------------------------------------------------- */

static void run_inc(u64 times)
{
	for (u64 i = 0; i < times; i++)
		asm volatile("incq %0" : "+m"(probe_kernel_counter));
	snprintf(result, sizeof(result), "value=%llx", probe_kernel_counter);
}

static void run_call(u64 times)
{
	for (u64 i = 0; i < times; i++)
		probe_kernel_function();
	snprintf(result, sizeof(result), "done=%llx", times);
}

/* --- what belongs to the processor ------------------------------------------ */

static unsigned long read_dr(int number)
{
	unsigned long value = 0;

	get_debugreg(value, number);
	return value;
}

static void write_dr(int number, unsigned long value)
{
	set_debugreg(value, number);
}

static void run_dr(u64 number)
{
	unsigned long before[4], dr[4];
	unsigned long flags;
	int i;

	local_irq_save(flags);
	for (i = 0; i < 4; i++) {
		before[i] = read_dr(i);
		if (number)
			write_dr(i, number + i);
		dr[i] = read_dr(i);
	}
	snprintf(result, sizeof(result), "dr0=%lx dr1=%lx dr2=%lx dr3=%lx dr6=%lx dr7=%lx", dr[0], dr[1], dr[2],
		 dr[3], read_dr(6), read_dr(7));
	for (i = 0; i < 4; i++)
		write_dr(i, before[i]);
	local_irq_restore(flags);
}

static const struct {
	const char *name;
	void (*run)(u64 number);
} commands[] = {
	{"sti", run_sti},
	{"movss", run_movss},
	{"inc", run_inc},
	{"call", run_call},
	{"dr", run_dr},
};

static int set_run(const char *text, const struct kernel_param *parameter)
{
	char name[8];
	u64 number;

	if (sscanf(text, "%7s %llx", name, &number) != 2)
		return -EINVAL;
	for (size_t i = 0; i < ARRAY_SIZE(commands); i++) {
		if (strcmp(name, commands[i].name))
			continue;
		mutex_lock(&run_lock);
		commands[i].run(number);
		mutex_unlock(&run_lock);
		return 0;
	}
	return -EINVAL;
}

static const struct kernel_param_ops run_ops = {.set = set_run};

module_param_cb(run, &run_ops, NULL, 0200);
module_param_string(result, result, sizeof(result), 0400);

MODULE_DESCRIPTION("What the tests of HyperDbg for Linux do inside the debuggee's kernel");
MODULE_LICENSE("GPL");
