// SPDX-License-Identifier: GPL-2.0
/* Words in, lines out. */
#include "probe.h"

#include <asm/unistd.h>

static char output[4096];
static size_t output_size;

static void write_all(int file, const char *text, size_t size)
{
	while (size) {
		long n = probe_syscall(__NR_write, file, (long)text, (long)size, 0, 0, 0);

		if (n <= 0)
			return;
		text += n;
		size -= (size_t)n;
	}
}

void probe_flush(void)
{
	write_all(1, output, output_size);
	output_size = 0;
}

static void put(char c)
{
	if (output_size == sizeof(output))
		probe_flush();
	output[output_size++] = c;
}

void probe_text(const char *text)
{
	while (*text)
		put(*text++);
}

void probe_hex(uint64_t value)
{
	int shift = 60;

	while (shift > 0 && !(value >> shift))
		shift -= 4;
	for (; shift >= 0; shift -= 4)
		put("0123456789abcdef"[(value >> shift) & 0xf]);
}

void probe_field(const char *name, uint64_t value)
{
	if (output_size && output[output_size - 1] != '\n')
		put(' ');
	probe_text(name);
	put('=');
	probe_hex(value);
}

void probe_line_end(void)
{
	put('\n');
}

_Noreturn void probe_fail(int status, const char *what, const char *detail)
{
	probe_flush();
	probe_text("err, ");
	probe_text(what);
	probe_text(detail);
	probe_text("\n");
	write_all(2, output, output_size);
	for (;;)
		probe_syscall(__NR_exit_group, status, 0, 0, 0, 0, 0);
}

bool probe_same(const char *a, const char *b)
{
	while (*a && *a == *b) {
		a++;
		b++;
	}
	return *a == *b;
}

static int digit_of(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 16;
}

uint64_t probe_number(const char *word)
{
	const char *digit = word;
	uint64_t value = 0;
	int base = 16;

	if (digit[0] == '0' && (digit[1] == 'n' || digit[1] == 'x')) {
		base = digit[1] == 'n' ? 10 : 16;
		digit += 2;
	}
	if (!*digit)
		probe_fail(2, "no number: ", word);
	for (; *digit; digit++) {
		if (digit_of(*digit) >= base)
			probe_fail(2, "no number: ", word);
		value = value * (uint64_t)base + (uint64_t)digit_of(*digit);
	}
	return value;
}

uint64_t probe_number_or(int argc, char **argv, int i, uint64_t otherwise)
{
	return i < argc ? probe_number(argv[i]) : otherwise;
}
