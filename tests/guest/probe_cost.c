// SPDX-License-Identifier: GPL-2.0
/*
 * What one instruction costs, by the time stamp counter. In the machine started
 * with --icount the counter counts instructions, those of the hypervisor included.
 *
 *   cpuid LEAF  CPUID
 *   write       a write of 8 bytes to `counter`
 *   increment   LOCK INC of `counter`
 *   beside      a write of 8 bytes to `counter_beside`, on the same page
 *   call        a call of `cost_function` (a NOP and a RET on a page of their own)
 *   getppid     the system call
 *   counted     the same while an eBPF program on a kprobe of it counts
 *   fault       the first write to a page that the kernel must provide
 *   watched     `write` while perf's hardware watchpoint counts them
 */
#include "probe.h"

#include <asm/unistd.h>
#include <linux/hw_breakpoint.h>
#include <linux/mman.h>
#include <linux/perf_event.h>

extern volatile uint64_t counter; /* probe_memory.c */

#define PAGE 4096

/* Named for the inline assembly; and to be watched from outside. */
uint8_t cost_page[PAGE] __attribute__((aligned(PAGE)));

__asm__(".pushsection .text\n"
	".balign 4096\n"
	".globl cost_function\n"
	".type cost_function, @function\n"
	"cost_function: nop\n\t"
	"ret\n"
	".size cost_function, . - cost_function\n"
	".balign 4096\n"
	".popsection\n");

static uint64_t tsc(void)
{
	uint32_t low, high;

	__asm__ volatile("rdtsc" : "=a"(low), "=d"(high) : : "memory");
	return (uint64_t)high << 32 | low;
}

/* All alike but for the instruction, so that the difference is the instruction's own cost. */
#define TIMED(name, instruction)                                                                             \
	static uint64_t name(uint32_t number)                                                                \
	{                                                                                                    \
		uint64_t before = tsc();                                                                     \
		uint32_t eax = number, ecx = 0;                                                              \
                                                                                                             \
		__asm__ volatile(instruction                                                                 \
				 : "+a"(eax), "+c"(ecx)                                                      \
				 :                                                                           \
				 : "rbx", "rdx", "r11", "memory", "cc");                                     \
		return tsc() - before;                                                                       \
	}

TIMED(time_nothing, "nop")
TIMED(time_cpuid, "cpuid")
TIMED(time_write, "movq $1, counter")
TIMED(time_increment, "lock incq counter")
TIMED(time_beside, "movq $1, counter_beside")
TIMED(time_call, "call cost_function")
TIMED(time_syscall, "syscall")
TIMED(time_fault, "movb $1, cost_page")

static void give_page_back(void)
{
	if (probe_syscall(__NR_madvise, (long)cost_page, PAGE, MADV_DONTNEED, 0, 0, 0))
		probe_fail(1, "madvise", "");
}

/* Counts in the kernel and does nothing else: the least that a watchpoint costs. It lasts as long as the
 * process. */
static void watch_counter(void)
{
	static struct perf_event_attr attr = {
		.type = PERF_TYPE_BREAKPOINT,
		.size = sizeof(attr),
		.bp_type = HW_BREAKPOINT_W,
		.bp_len = HW_BREAKPOINT_LEN_8,
	};

	attr.bp_addr = (uint64_t)&counter;
	if (probe_syscall(__NR_perf_event_open, (long)&attr, 0, -1, -1, 0, 0) < 0)
		probe_fail(1, "perf_event_open", "");
}

static const struct cost_kind {
	const char *name;
	uint64_t (*time_one)(uint32_t number);
	void (*before_all)(void);
	void (*before_each)(void);
	void (*after_all)(uint64_t times);
	uint32_t number; /* in EAX, unless a word behind the name gives it */
	bool takes_number;
} kinds[] = {
	{.name = "cpuid", .time_one = time_cpuid, .takes_number = true},
	{.name = "write", .time_one = time_write},
	{.name = "increment", .time_one = time_increment},
	{.name = "beside", .time_one = time_beside},
	{.name = "call", .time_one = time_call},
	{.name = "getppid", .time_one = time_syscall, .number = __NR_getppid},
	{.name = "counted",
	 .time_one = time_syscall,
	 .number = __NR_getppid,
	 .before_all = probe_bpf_begin,
	 .after_all = probe_bpf_check},
	{.name = "fault", .time_one = time_fault, .before_each = give_page_back},
	{.name = "watched", .time_one = time_write, .before_all = watch_counter},
};

static const struct cost_kind *find_kind(int argc, char **argv)
{
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (probe_same(argv[1], kinds[i].name) && argc == (kinds[i].takes_number ? 3 : 2))
			return &kinds[i];
	}
	probe_fail(2, "the cost of this cannot be measured: ", argv[1]);
}

/*
 * Over N executions, each timed by itself on one core: the cheapest and the
 * sum, both without the cost of timing. The cheapest is one that no interrupt
 * fell into; the sum says what they cost on the whole.
 */
int probe_run_cost(int argc, char **argv)
{
	uint64_t times = probe_number(argv[0]);
	const struct cost_kind *kind = find_kind(argc, argv);
	uint32_t number = kind->takes_number ? (uint32_t)probe_number(argv[2]) : kind->number;
	uint64_t least = UINT64_MAX, sum = 0, timing = UINT64_MAX;

	probe_pin(probe_core());
	if (kind->before_all)
		kind->before_all();
	for (uint64_t i = 0; i < times; i++) {
		uint64_t nothing, one;

		if (kind->before_each)
			kind->before_each();
		nothing = time_nothing(0);
		one = kind->time_one(number);
		timing = nothing < timing ? nothing : timing;
		least = one < least ? one : least;
		sum += one;
	}
	if (kind->after_all)
		kind->after_all(times);
	probe_field("least", least - timing);
	probe_field("sum", sum - timing * times);
	probe_field("times", times);
	probe_line_end();
	return 0;
}
