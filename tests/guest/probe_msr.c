// SPDX-License-Identifier: GPL-2.0
/*
 * RDMSR and WRMSR through the kernel's msr driver. The driver runs the access
 * on the core whose device it is; pinned there, it happens in this process.
 */
#include "probe.h"

#include <asm/unistd.h>
#include <linux/fcntl.h>

#define EIO	  5
#define VECTOR_GP 0xd

static long open_msr(uint64_t core)
{
	char path[] = "/dev/cpu/000/msr";
	char digits[] = {(char)('0' + core / 100 % 10), (char)('0' + core / 10 % 10),
			 (char)('0' + core % 10)};
	char *to = path + sizeof("/dev/cpu/") - 1;
	const char *rest = "/msr";
	long file;

	for (int i = core > 99 ? 0 : core > 9 ? 1 : 2; i < 3; i++)
		*to++ = digits[i];
	while (*rest)
		*to++ = *rest++;
	*to = 0;
	probe_pin(core);
	file = probe_syscall(__NR_open, (long)path, O_RDWR, 0, 0, 0, 0);
	if (file < 0)
		probe_fail(1, "cannot open ", path);
	return file;
}

static int print_fault(uint64_t msr)
{
	probe_field("msr", msr);
	probe_field("fault", VECTOR_GP);
	probe_line_end();
	return 0;
}

static int read_and_print(long file, uint64_t msr)
{
	uint64_t value = 0;
	long n = probe_syscall(__NR_pread64, file, (long)&value, sizeof(value), (long)msr, 0, 0);

	if (n == -EIO)
		return print_fault(msr);
	if (n != sizeof(value))
		probe_fail(1, "the msr device cannot be read", "");
	probe_field("msr", msr);
	probe_field("value", value);
	probe_line_end();
	return 0;
}

int probe_run_rdmsr(int argc, char **argv)
{
	return read_and_print(open_msr(probe_number_or(argc, argv, 1, 0)), probe_number(argv[0]));
}

int probe_run_wrmsr(int argc, char **argv)
{
	uint64_t msr = probe_number(argv[0]);
	uint64_t value = probe_number(argv[1]);
	long file = open_msr(probe_number_or(argc, argv, 2, 0));
	long n = probe_syscall(__NR_pwrite64, file, (long)&value, sizeof(value), (long)msr, 0, 0);

	if (n == -EIO)
		return print_fault(msr);
	if (n != sizeof(value))
		probe_fail(1, "the msr device refuses writes (is msr.allow_writes on?)", "");
	return read_and_print(file, msr);
}
