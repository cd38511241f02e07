// SPDX-License-Identifier: GPL-2.0
/* CPUID: plain, in its odd encodings and places, and polled. */
#include "probe.h"

#include <linux/signal.h>

#define MAX_TRAPS 16

struct leaf {
	uint32_t eax, ebx, ecx, edx;
};

static struct leaf cpuid(uint32_t leaf, uint32_t subleaf)
{
	struct leaf r;

	__asm__ volatile("cpuid"
			 : "=a"(r.eax), "=b"(r.ebx), "=c"(r.ecx), "=d"(r.edx)
			 : "a"(leaf), "c"(subleaf));
	return r;
}

static void print_leaf(const struct leaf *r)
{
	probe_field("eax", r->eax);
	probe_field("ebx", r->ebx);
	probe_field("ecx", r->ecx);
	probe_field("edx", r->edx);
	probe_line_end();
}

int probe_run_cpuid(int argc, char **argv)
{
	struct leaf r = cpuid((uint32_t)probe_number(argv[0]), (uint32_t)probe_number_or(argc, argv, 1, 0));

	print_leaf(&r);
	return 0;
}

/* --- encodings ------------------------------------------------------------ */

struct encoding {
	const char *name;
	uint8_t bytes[5];
	size_t size;
};

static const struct encoding encodings[] = {
	{"0fa2", {0x0f, 0xa2}, 2},
	{"480fa2", {0x48, 0x0f, 0xa2}, 3},
	{"f30fa2", {0xf3, 0x0f, 0xa2}, 3},
	{"66f20fa2", {0x66, 0xf2, 0x0f, 0xa2}, 4},
	{"2e67480fa2", {0x2e, 0x67, 0x48, 0x0f, 0xa2}, 5},
};

#define ENCODING_COUNT (sizeof(encodings) / sizeof(encodings[0]))

/* Runs the code at an address: an encoded CPUID and RET behind it. */
static struct leaf call_code(const void *code, uint32_t leaf, uint32_t subleaf)
{
	struct leaf r;

	__asm__ volatile("call *%[code]"
			 : "=a"(r.eax), "=b"(r.ebx), "=c"(r.ecx), "=d"(r.edx)
			 : "a"(leaf), "c"(subleaf), [code] "r"(code)
			 : "memory");
	return r;
}

static void run_encoding(const struct encoding *encoding, uint8_t *at, int argc, char **argv)
{
	struct leaf r;

	for (size_t i = 0; i < encoding->size; i++)
		((volatile uint8_t *)at)[i] = encoding->bytes[i];
	((volatile uint8_t *)at)[encoding->size] = 0xc3;
	r = call_code(at, (uint32_t)probe_number(argv[0]), (uint32_t)probe_number_or(argc, argv, 1, 0));
	probe_text("bytes=");
	probe_text(encoding->name);
	print_leaf(&r);
}

int probe_run_cpuid_prefixed(int argc, char **argv)
{
	uint8_t *page = probe_pages(1);

	for (size_t i = 1; i < ENCODING_COUNT; i++)
		run_encoding(&encodings[i], page + 0x100, argc, argv);
	return 0;
}

/* Each encoding with its last byte, then with all but its first, on the second page. */
int probe_run_cpuid_border(int argc, char **argv)
{
	for (size_t i = 0; i < ENCODING_COUNT; i++) {
		const struct encoding *encoding = &encodings[i];
		uint8_t *border = (uint8_t *)probe_pages(2) + 4096;

		run_encoding(encoding, border - encoding->size + 1, argc, argv);
		if (encoding->size > 2)
			run_encoding(encoding, border - 1, argc, argv);
	}
	return 0;
}

/* --- under the trap flag -------------------------------------------------- */

static uint64_t traps[MAX_TRAPS];
static volatile size_t trap_count;

static void on_trap(const struct probe_signal *signal)
{
	if (trap_count < MAX_TRAPS)
		traps[trap_count] = signal->registers[PROBE_RIP];
	trap_count++;
}

/*
 * The offsets, from the instruction at `from`, at which a #DB came. The code
 * sets TF, runs three instructions and clears TF again.
 */
static int print_traps(const char *from)
{
	probe_field("traps", trap_count);
	probe_text(" offsets=");
	for (size_t i = 0; i < trap_count && i < MAX_TRAPS; i++) {
		if (i)
			probe_text(",");
		probe_hex(traps[i] - (uint64_t)from);
	}
	probe_line_end();
	return 0;
}

#define PUSH_FLAGS_TWICE                                                                                     \
	"pushfq\n\t"                                                                                         \
	"pushfq\n\t"                                                                                         \
	"orq $0x100, (%%rsp)\n\t"

extern const char probe_tf_cpuid[], probe_shadow_cpuid[];

/* Without us: offset 2 behind CPUID, 3 and 4 behind the NOPs, 5 behind POPF. */
int probe_run_cpuid_tf(int argc, char **argv)
{
	uint32_t leaf = (uint32_t)probe_number(argv[0]);

	(void)argc;
	probe_on_signal(SIGTRAP, on_trap);
	__asm__ volatile("subq $128, %%rsp\n\t" /* the red zone */
			 PUSH_FLAGS_TWICE "popfq\n"
			 ".globl probe_tf_cpuid\n"
			 "probe_tf_cpuid:\n\t"
			 "cpuid\n\t"
			 "nop\n\t"
			 "nop\n\t"
			 "popfq\n\t"
			 "addq $128, %%rsp"
			 : "+a"(leaf)
			 :
			 : "rbx", "rcx", "rdx", "cc", "memory");
	return print_traps(probe_tf_cpuid);
}

/*
 * MOV SS holds the trap back for one instruction, so a processor traps behind
 * CPUID (2), the NOP (3) and POPF (4), and not between MOV SS and CPUID (0);
 * some emulators do that too. The hypervisor must change nothing about it.
 */
int probe_run_cpuid_shadow(int argc, char **argv)
{
	uint32_t leaf = (uint32_t)probe_number(argv[0]);

	(void)argc;
	probe_on_signal(SIGTRAP, on_trap);
	__asm__ volatile("subq $128, %%rsp\n\t"
			 "movl %%ss, %%edx\n\t" PUSH_FLAGS_TWICE "popfq\n\t"
			 "movl %%edx, %%ss\n"
			 ".globl probe_shadow_cpuid\n"
			 "probe_shadow_cpuid:\n\t"
			 "cpuid\n\t"
			 "nop\n\t"
			 "popfq\n\t"
			 "addq $128, %%rsp"
			 : "+a"(leaf)
			 :
			 : "rbx", "rcx", "rdx", "cc", "memory");
	return print_traps(probe_shadow_cpuid);
}

/* --- polling -------------------------------------------------------------- */

/* On the core it starts on: some leaves name the core. */
int probe_run_poll(int argc, char **argv)
{
	uint64_t end = probe_milliseconds() + probe_number(argv[0]);
	uint32_t leaf = (uint32_t)probe_number(argv[1]);
	uint32_t subleaf = (uint32_t)probe_number_or(argc, argv, 2, 0);
	uint64_t polls = 0, mismatches = 0;
	struct leaf first;

	probe_pin(probe_core());
	first = cpuid(leaf, subleaf);
	do {
		for (int i = 0; i < 64; i++) {
			struct leaf r = cpuid(leaf, subleaf);

			polls++;
			mismatches += r.eax != first.eax || r.ebx != first.ebx || r.ecx != first.ecx ||
				      r.edx != first.edx;
		}
	} while (probe_milliseconds() < end);
	probe_field("polls", polls);
	probe_field("mismatches", mismatches);
	probe_line_end();
	return 0;
}
