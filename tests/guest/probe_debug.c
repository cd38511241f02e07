// SPDX-License-Identifier: GPL-2.0
/*
 * A program that is being debugged by its own kernel's means, the processor's
 * debug registers and the trap flag, whoever else uses them.
 */
#include "probe.h"

#include <asm/unistd.h>
#include <linux/hw_breakpoint.h>
#include <linux/perf_event.h>
#include <linux/signal.h>

extern volatile uint64_t counter, counter_beside; /* probe_memory.c */
extern volatile uint8_t loop_source[];
void loop_function(void), cost_function(void); /* a NOP and a RET */

/* --- perf's breakpoints --------------------------------------------------- */

static const struct watch {
	const volatile void *address;
	uint32_t type, length;
} data[] = {
	{(const volatile void *)loop_function, HW_BREAKPOINT_X, sizeof(long)},
	{&counter, HW_BREAKPOINT_W, HW_BREAKPOINT_LEN_8},
	{&counter_beside, HW_BREAKPOINT_W, HW_BREAKPOINT_LEN_8},
	{loop_source, HW_BREAKPOINT_RW, HW_BREAKPOINT_LEN_1},
}, code[] = {
	{(const volatile void *)loop_function, HW_BREAKPOINT_X, sizeof(long)},
	{(const volatile char *)loop_function + 1, HW_BREAKPOINT_X, sizeof(long)},
	{(const volatile void *)cost_function, HW_BREAKPOINT_X, sizeof(long)},
	{(const volatile char *)cost_function + 1, HW_BREAKPOINT_X, sizeof(long)},
};

#define WATCHES (sizeof(data) / sizeof(data[0]))

static long open_watch(const struct watch *watch)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_BREAKPOINT,
		.size = sizeof(attr),
		.bp_type = watch->type,
		.bp_addr = (uint64_t)watch->address,
		.bp_len = watch->length,
		.exclude_kernel = 1,
	};
	long fd = probe_syscall(__NR_perf_event_open, (long)&attr, 0, -1, -1, 0, 0);

	if (fd < 0)
		probe_fail(1, "perf_event_open", "");
	return fd;
}

/*
 * The first WATCHES of the four above (with `code`: of those that are all on
 * execution), each of which is met TIMES times: what each counted.
 */
int probe_run_perf(int argc, char **argv)
{
	uint64_t count = probe_number(argv[0]), times = probe_number(argv[1]);
	const struct watch *watches = argc > 2 ? code : data;
	long fds[WATCHES];

	if (count > WATCHES)
		probe_fail(2, "there are four debug registers, not ", argv[0]);
	probe_pin(probe_core());
	for (uint64_t i = 0; i < count; i++)
		fds[i] = open_watch(&watches[i]);
	for (uint64_t i = 0; i < times; i++) {
		loop_function();
		cost_function();
		counter = i;
		counter_beside = i;
		(void)loop_source[0];
	}
	probe_field("done", times);
	for (uint64_t i = 0; i < count; i++) {
		uint64_t value = 0;

		probe_syscall(__NR_read, fds[i], (long)&value, sizeof(value), 0, 0, 0);
		probe_field("counted", value);
	}
	probe_line_end();
	return 0;
}

/* --- the trap flag -------------------------------------------------------- */

static volatile uint64_t traps, traps_first, traps_second;

static void on_trap(const struct probe_signal *signal)
{
	uint64_t offset = signal->registers[PROBE_RIP] - (uint64_t)loop_function;

	traps++;
	traps_first += offset == 0;
	traps_second += offset == 1;
}

/*
 * Calls loop_function (a NOP and a RET) TIMES times with TF set. Traps come
 * before its first instruction, before its second and behind it; another two
 * behind PUSHFQ, ANDQ and POPFQ, which clear TF, so six for each call.
 */
int probe_run_trapped(int argc, char **argv)
{
	uint64_t times = probe_number(argv[0]);

	(void)argc;
	probe_on_signal(SIGTRAP, on_trap);
	for (uint64_t i = 0; i < times; i++)
		__asm__ volatile("subq $128, %%rsp\n\t" /* the red zone */
				 "pushfq\n\t"
				 "orq $0x100, (%%rsp)\n\t"
				 "popfq\n\t"
				 "call loop_function\n\t"
				 "pushfq\n\t"
				 "andq $~0x100, (%%rsp)\n\t"
				 "popfq\n\t"
				 "addq $128, %%rsp"
				 :
				 :
				 : "cc", "memory");
	probe_field("traps", traps);
	probe_field("first", traps_first);
	probe_field("second", traps_second);
	probe_line_end();
	return 0;
}
