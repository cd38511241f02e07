// SPDX-License-Identifier: GPL-2.0
/*
 * Memory accesses one can watch. The program is not position-independent, so
 * the symbols below have the addresses that its symbol table says:
 *
 *   counter         8 bytes, on a page of its own but for
 *   counter_beside  8 bytes right behind it
 *   loop_source     64 bytes that `loop N movs` copies from
 *   loop_target     64 bytes that it copies to
 *   loop_function   what `loop N call` calls
 */
#include "probe.h"

#include <asm/unistd.h>
#include <linux/signal.h>

#define COPY_SIZE 64

/* In assembly for their order: a compiler may place variables as it likes. */
extern volatile uint64_t counter, counter_beside;
extern volatile uint8_t loop_source[COPY_SIZE], loop_target[COPY_SIZE];
void loop_function(void);

__asm__(".pushsection .data\n"
	".macro object name size align\n"
	".balign \\align\n"
	".globl \\name\n"
	".type \\name, @object\n"
	".size \\name, \\size\n"
	"\\name: .zero \\size\n"
	".endm\n"
	"object counter 8 4096\n"
	"object counter_beside 8 8\n"
	"object loop_source 64 4096\n"
	"object loop_target 64 4096\n"
	".balign 4096\n"
	".popsection\n"
	".pushsection .text\n"
	".balign 64\n"
	".globl loop_function\n"
	".type loop_function, @function\n"
	"loop_function: nop\n\t"
	"ret\n"
	".size loop_function, . - loop_function\n"
	".popsection\n");

void probe_make_present(void)
{
	counter = 0;
	loop_source[0] = 0;
	loop_target[0] = 0;
	arithmetic_cell[0] = 0;
	loop_function();
}

struct loop {
	uint64_t times;
	uint32_t leaf; /* cpuid's */
};

static void loop_cpuid(void *argument)
{
	const struct loop *loop = argument;

	for (uint64_t i = 0; i < loop->times; i++) {
		uint32_t eax = loop->leaf, ecx = 0;

		__asm__ volatile("cpuid" : "+a"(eax), "+c"(ecx) : : "rbx", "rdx");
	}
}

static void loop_inc(void *argument)
{
	const struct loop *loop = argument;

	for (uint64_t i = 0; i < loop->times; i++)
		__asm__ volatile("lock incq %0" : "+m"(counter));
}

static void loop_read(void *argument)
{
	const struct loop *loop = argument;

	for (uint64_t i = 0; i < loop->times; i++)
		(void)counter;
}

static void loop_call(void *argument)
{
	const struct loop *loop = argument;

	for (uint64_t i = 0; i < loop->times; i++)
		loop_function();
}

static void loop_getppid(void *argument)
{
	const struct loop *loop = argument;

	for (uint64_t i = 0; i < loop->times; i++)
		probe_syscall(__NR_getppid, 0, 0, 0, 0, 0, 0);
}

/* One REP MOVSB over the whole buffer each time. */
static void loop_movs(void *argument)
{
	const struct loop *loop = argument;

	for (uint64_t i = 0; i < loop->times; i++) {
		const volatile uint8_t *from = loop_source;
		volatile uint8_t *to = loop_target;
		uint64_t count = COPY_SIZE;

		__asm__ volatile("rep movsb" : "+S"(from), "+D"(to), "+c"(count) : : "memory");
	}
}

/* Eight bytes, four on each of two pages; adds nothing, so that cores do not disturb each other. */
static void loop_across(void *argument)
{
	const struct loop *loop = argument;

	for (uint64_t i = 0; i < loop->times; i++)
		__asm__ volatile("orq $0, -4(%0)" : : "r"(loop_target) : "memory", "cc");
}

static const struct loop_kind {
	const char *name;
	void (*run)(void *argument);
	int words; /* between the name and CORE */
	const volatile uint64_t *result;
} loops[] = {
	{"cpuid", loop_cpuid, 1, NULL}, {"inc", loop_inc, 0, &counter}, {"read", loop_read, 0, NULL},
	{"call", loop_call, 0, NULL},	{"movs", loop_movs, 0, NULL},
	{"across", loop_across, 0, NULL}, {"getppid", loop_getppid, 0, NULL},
};

/* N times on the core named, or N times on every core at once. */
int probe_run_loop(int argc, char **argv)
{
	struct loop loop = {.times = probe_number(argv[0])};

	for (size_t i = 0; i < sizeof(loops) / sizeof(loops[0]); i++) {
		const struct loop_kind *kind = &loops[i];

		if (!probe_same(argv[1], kind->name))
			continue;
		if (argc < 2 + kind->words || argc > 3 + kind->words)
			break;
		if (kind->words)
			loop.leaf = (uint32_t)probe_number(argv[2]);
		probe_on_cores(probe_number_or(argc, argv, 2 + kind->words, PROBE_ALL_CORES), kind->run,
			       &loop);
		probe_field("done", loop.times);
		if (kind->result)
			probe_field("value", *kind->result);
		probe_line_end();
		return 0;
	}
	probe_fail(2, "no such loop: ", argv[1]);
}

int probe_run_counter(int argc, char **argv)
{
	uint64_t pause = probe_number_or(argc, argv, 0, 100);
	uint64_t times = probe_number_or(argc, argv, 1, UINT64_MAX);
	uint64_t pid = (uint64_t)probe_syscall(__NR_getpid, 0, 0, 0, 0, 0, 0);

	for (uint64_t i = 0; i < times; i++) {
		counter++;
		probe_field("pid", pid);
		probe_field("address", (uint64_t)&counter);
		probe_field("value", counter);
		probe_line_end();
		probe_flush();
		probe_sleep(pause);
	}
	return 0;
}

/* --- touch ---------------------------------------------------------------- */

static const struct {
	const char *name;
	const volatile void *address;
} places[] = {
	{"counter", &counter},
	{"counter_beside", &counter_beside},
	{"loop_source", loop_source},
	{"loop_target", loop_target},
	{"loop_function", (const volatile void *)loop_function},
};

volatile uint8_t *probe_place(const char *word)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		if (probe_same(word, places[i].name))
			return (volatile uint8_t *)places[i].address;
	}
	return (volatile uint8_t *)probe_number(word);
}

/* One access of one byte; `x` calls the address. Writes 0xa5. */
int probe_run_touch(int argc, char **argv)
{
	volatile uint8_t *at = probe_place(argv[0]);
	char how = argv[1][0] && !argv[1][1] ? argv[1][0] : 0;

	(void)argc;
	if (how == 'r') {
		probe_field("value", *at);
	} else if (how == 'w') {
		*at = 0xa5;
		probe_field("written", 0xa5);
	} else if (how == 'x') {
		((void (*)(void))(uintptr_t)at)();
		probe_field("called", (uint64_t)at);
	} else {
		probe_fail(2, "touch takes r, w or x, not ", argv[1]);
	}
	probe_line_end();
	return 0;
}
