// SPDX-License-Identifier: GPL-2.0
/*
 * Prints the rate of this machine's time stamp counter in kHz.
 *
 * The emulator gives the guest the host's counter. The guest's kernel measures
 * its rate while it boots, within milliseconds and on an emulated timer: on a
 * busy host it was seen to be wrong by a factor of six, and the guest's time
 * with it. So it is measured here and told to the guest.
 */
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <x86intrin.h>

#define SPAN_NS	 50000000
#define NS_PER_S 1000000000

struct moment {
	int64_t ns;
	uint64_t tsc;
};

static int64_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC_RAW, &time);
	return time.tv_sec * (int64_t)NS_PER_S + time.tv_nsec;
}

/* Both clocks at one moment: the tries in which least time passed between the readings count. */
static struct moment read_both(void)
{
	struct moment best = {0};
	int64_t least = INT64_MAX;

	for (int i = 0; i < 100; i++) {
		int64_t before = now();
		uint64_t tsc = __rdtsc();
		int64_t took = now() - before;

		if (took < least) {
			least = took;
			best = (struct moment){.ns = before + took / 2, .tsc = tsc};
		}
	}
	return best;
}

int main(void)
{
	const struct timespec span = {.tv_nsec = SPAN_NS};
	struct moment first = read_both();
	struct moment last;

	nanosleep(&span, NULL);
	last = read_both();
	printf("%llu\n",
	       (unsigned long long)((double)(last.tsc - first.tsc) * 1e6 / (double)(last.ns - first.ns)));
	return 0;
}
