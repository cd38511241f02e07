// SPDX-License-Identifier: GPL-2.0
/* Whether CLOCK_MONOTONIC ever goes backwards, as seen by all cores together. */
#include "probe.h"

#include <asm/unistd.h>
#include <linux/time.h>

struct clock_watch {
	uint64_t latest; /* ns: the greatest time that any core has read */
	uint64_t end, reads, backwards, worst;
};

static uint64_t nanoseconds(void)
{
	struct {
		int64_t s, ns;
	} now = {0, 0};

	probe_syscall(__NR_clock_gettime, CLOCK_MONOTONIC, (long)&now, 0, 0, 0, 0);
	return (uint64_t)now.s * 1000000000 + (uint64_t)now.ns;
}

/* A time counts against what was known before it was read. */
static uint64_t look(struct clock_watch *watch)
{
	uint64_t before = __atomic_load_n(&watch->latest, __ATOMIC_SEQ_CST);
	uint64_t now = nanoseconds();

	if (now < before) {
		__atomic_add_fetch(&watch->backwards, 1, __ATOMIC_SEQ_CST);
		if (before - now > watch->worst)
			watch->worst = before - now;
		return now;
	}
	while (before < now && !__atomic_compare_exchange_n(&watch->latest, &before, now, false, __ATOMIC_SEQ_CST,
							    __ATOMIC_SEQ_CST))
		;
	return now;
}

static void watch_clock(void *argument)
{
	struct clock_watch *watch = argument;

	while (look(watch) < watch->end)
		__atomic_add_fetch(&watch->reads, 1, __ATOMIC_SEQ_CST);
}

int probe_run_clock(int argc, char **argv)
{
	static struct clock_watch watch;

	(void)argc;
	watch.end = nanoseconds() + probe_number(argv[0]) * 1000000;
	probe_on_cores(PROBE_ALL_CORES, watch_clock, &watch);
	probe_field("reads", watch.reads);
	probe_field("backwards", watch.backwards);
	probe_field("worst", watch.worst);
	probe_line_end();
	return 0;
}
