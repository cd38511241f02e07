// SPDX-License-Identifier: GPL-2.0
/*
 * The same work by gcc -O2. Bounds and factors are read from volatile, and
 * accumulators pass through an empty asm in each turn, or gcc would compute
 * the results at compile time.
 */
#include "bench/script_rows.h"

#include <stdatomic.h>
#include <stdio.h>

volatile uint64_t bench_n = 1000, bench_three = 3, bench_context = 1, bench_sink;
uint64_t bench_registers[16];
uint64_t bench_buffer[512];

#define HIDE(x) __asm__ volatile("" : "+r"(x))
#define HIDE_FLOAT(x) __asm__ volatile("" : "+x"(x))

static void c_empty(void)
{
	__asm__ volatile("");
}

static void c_assign(void)
{
	uint64_t x = 1;

	HIDE(x);
}

static void c_example2(void)
{
	if (bench_context == 1)
		bench_registers[1] &= ~(1ull << 5);
}

static void c_example2_not(void)
{
	if (bench_context == 2)
		bench_registers[1] &= ~(1ull << 5);
}

static void c_printf(void)
{
	static char text[200];

	bench_sink += (uint64_t)snprintf(text, sizeof(text), "thread id: %x , from (RIP): %llx modified address: %llx, previous memory: %llx",
					 (unsigned int)bench_n, 0xfffff80012345678ull, (unsigned long long)bench_n, (unsigned long long)bench_three);
}

static void c_loop(void)
{
	uint64_t sum = 0, n = bench_n, three = bench_three;

	for (uint64_t i = 0; i < n; i++) {
		sum = sum + i * three;
		HIDE(sum);
	}
	bench_sink = sum;
}

static void c_twenty(void)
{
	uint64_t x = bench_context, a = 0, b = 0, c = 0, d = 0;

	a = x + 5;
	b = a * 3;
	HIDE(b);
	if (b > 16) {
		if (a == 6) {
			c = b - a;
			d = c << 2;
		} else {
			c = b + a;
		}
	} else if (b == 3) {
		d = a | 0x10;
	} else {
		d = 7;
	}
	HIDE(d);
	if (d > c) {
		a = d - c;
		if (a & 1)
			b = a ^ 0xff;
		else
			b = a / 2;
	}
	HIDE(b);
	bench_sink = a + b + c + d;
}

static void c_fibonacci(void)
{
	uint64_t a = 0, b = 1, n = bench_n - 910;

	for (uint64_t i = 0; i < n; i++) {
		uint64_t t = a + b;

		a = b;
		b = t;
		HIDE(b);
	}
	bench_sink = a;
}

static __attribute__((noinline)) int fib(int n)
{
	int r;

	if (n < 2)
		return n;
	r = fib(n - 1) + fib(n - 2);
	HIDE(r);
	return r;
}

static void c_recursive(void)
{
	bench_sink = (uint64_t)fib((int)bench_n - 990);
}

static void c_interlocked(void)
{
	static _Atomic uint64_t cell;

	atomic_fetch_add(&cell, 1);
	atomic_fetch_sub(&cell, 1);
	bench_sink = atomic_exchange(&cell, 5);
	atomic_fetch_add(&cell, 3);
}

static void c_dq(void)
{
	uint64_t sum = 0, n = bench_n - 900;
	volatile uint64_t *at = bench_buffer;

	for (uint64_t i = 0; i < n; i++)
		sum += at[i];
	bench_sink = sum;
}

static void c_float(void)
{
	double sum = 0, x = 0.5;
	uint64_t n = bench_n - 900;

	for (uint64_t i = 0; i < n; i++) {
		sum = sum + x * 1.5;
		HIDE_FLOAT(sum);
	}
	bench_sink = (uint64_t)sum;
}

static void c_struct(void)
{
	struct {
		int x, y;
	} p = {0, 1};
	int n = (int)bench_n;

	for (int i = 0; i < n; i++) {
		p.x = p.x + p.y;
		__asm__ volatile("" : "+m"(p));
	}
	bench_sink = (uint64_t)p.x;
}

static void c_array(void)
{
	int a[100] = {0}, n = (int)bench_n - 900, sum = 0;

	for (int i = 0; i < n; i++) {
		a[i] = i;
		__asm__ volatile("" : "+m"(a));
	}
	for (int i = 0; i < n; i++) {
		sum = sum + a[i];
		HIDE(sum);
	}
	bench_sink = (uint64_t)sum;
}

#define TWENTY                                                                                               \
	"x = $context; a1_ = 0; b_ = 0; c_ = 0; d_ = 0;\n"                                                  \
	"a1_ = x + 5;\nb_ = a1_ * 3;\nif (b_ > 10) {\n\tif (a1_ == 6) {\n\t\tc_ = b_ - a1_;\n\t\td_ = c_ << 2;\n" \
	"\t} else {\n\t\tc_ = b_ + a1_;\n\t}\n} elsif (b_ == 3) {\n\td_ = a1_ | 10;\n} else {\n\td_ = 7;\n}\n" \
	"if (d_ > c_) {\n\ta1_ = d_ - c_;\n\tif (a1_ & 1) {\n\t\tb_ = a1_ ^ ff;\n\t} else {\n\t\tb_ = a1_ / 2;\n\t}\n}\n" \
	".result = a1_ + b_ + c_ + d_;\n"

const struct bench_row bench_rows[] = {
	{"empty script", "// nothing", "", c_empty, 25.7, 5, 0, 1},
	{"x = 1;", "x = 1;", "x = 1", c_assign, 43.6, 5, 0, 1},
	{"Example 2, taken", "if ($context == 1) { @ecx = @ecx & ~(1 << 5); }",
	 "if context == 1 then ecx = ecx & ~(1 << 5) end", c_example2, 102, 5, 0, 1},
	{"Example 2, not taken", "if ($context == 2) { @ecx = @ecx & ~(1 << 5); }",
	 "if context == 2 then ecx = ecx & ~(1 << 5) end", c_example2_not, 0, 0, 0, 1},
	{"printf of 4 values",
	 "printf(\"thread id: %x , from (RIP): %llx modified address: %llx, previous memory: %llx\", $tid, @rdx, $context, 3);",
	 "sink = string.format(\"thread id: %x , from (RIP): %x modified address: %x, previous memory: %x\", 1000, 0x12345678, 1, 3)",
	 c_printf, 290, 5, 0, 1},
	{"loop of 0n1000", "sum = 0; for (i = 0; i < 0n1000; i++) { sum = sum + i * 3; }",
	 "local sum = 0 for i = 0, 999 do sum = sum + i * 3 end", c_loop, 98406, 12, 1, 1},
	{"20 lines", TWENTY,
	 "local x, a, b, c, d = context, 0, 0, 0, 0 a = x + 5 b = a * 3 if b > 16 then if a == 6 then c = b - a d = c << 2 else c = b + a end "
	 "elseif b == 3 then d = a | 16 else d = 7 end if d > c then a = d - c if a & 1 ~= 0 then b = a ~ 255 else b = a // 2 end end result = a + b + c + d",
	 c_twenty, 532, 5, 0, 1},
	{"fibonacci loop, 0n90", "a_ = 0; b_ = 1; for (i = 0; i < 0n90; i++) { t = a_ + b_; a_ = b_; b_ = t; }",
	 "local a, b = 0, 1 for i = 1, 90 do local t = a + b a = b b = t end", c_fibonacci, 7679, 12, 1, 1},
	{"recursive fibonacci, 0n10",
	 "int fib(int n) { if (n < 2) { return n; } return fib(n - 1) + fib(n - 2); } x = fib(0n10);",
	 "local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end x = fib(10)", c_recursive,
	 21797, 12, 1, 1},
	{"4 interlocked operations",
	 "interlocked_increment(&.v); interlocked_decrement(&.v); interlocked_exchange(&.v, 5); interlocked_exchange_add(&.v, 3);",
	 NULL, c_interlocked, 132, 5, 0, 1},
	{"100 x dq($buffer + i * 8)", "sum = 0; for (i = 0; i < 0n100; i++) { sum = sum + dq($buffer + i * 8); }",
	 "local sum = 0 for i = 0, 99 do sum = sum + buffer[i] end", c_dq, 11052, 12, 1, 1},
	{"float loop, 0n100", "double sum = 0.0; double x = 0.5; for (i = 0; i < 0n100; i++) { sum = sum + x * 1.5; }",
	 "local sum, x = 0.0, 0.5 for i = 0, 99 do sum = sum + x * 1.5 end", c_float, 9095, 12, 1, 0},
	{"struct loop, 0n1000",
	 "struct point { int x; int y; }; struct point p = {0, 1}; for (int i = 0; i < 0n1000; i++) { p.x = p.x + p.y; }",
	 "local p = {x = 0, y = 1} for i = 0, 999 do p.x = p.x + p.y end", c_struct, 0, 0, 1, 1},
	{"array: fill and sum 0n100",
	 "int list[0n100]; int sum = 0; for (int i = 0; i < 0n100; i++) { list[i] = i; }"
	 "for (int i = 0; i < 0n100; i++) { sum = sum + list[i]; }",
	 "local a, sum = {}, 0 for i = 1, 100 do a[i] = i end for i = 1, 100 do sum = sum + a[i] end", c_array, 0, 0, 1, 1},
};

const unsigned int bench_row_count = sizeof(bench_rows) / sizeof(bench_rows[0]);
