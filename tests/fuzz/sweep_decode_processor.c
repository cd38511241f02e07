// SPDX-License-Identifier: GPL-2.0
/*
 * The instruction decoder against the processor that this runs on: the size and
 * direction of memory operands by where they fault, lengths by where execution
 * goes on, validity by #UD.
 *
 * All opcodes of the legacy and VEX maps are tried with the memory operand
 * [rax]: placed just before a page without access, and one byte further, and in
 * a read-only page. Instructions that this processor lacks are counted. What is
 * privileged, transfers control or has other operands is left out.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include "engine/decode.h"

#define PAGE 4096

static uint8_t *code;
static uint8_t *writable; /* two pages, then two without access */
static uint8_t *readable; /* likewise, read-only */

/* What became of one execution. */
static struct {
	int signal;
	uintptr_t fault; /* 0: not a page fault */
	bool write;
	long length; /* bytes executed, up to the breakpoint behind */
} outcome;

static sigjmp_buf back;

static void on_signal(int number, siginfo_t *info, void *context)
{
	const greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;

	outcome.signal = number;
	outcome.fault = (uintptr_t)info->si_addr;
	outcome.write = registers[REG_ERR] & 2;
	outcome.length = registers[REG_RIP] - (greg_t)code - 1;
	siglongjmp(back, 1);
}

/* Jumps to target with rax given, rcx 1 and the others 0; never returns but by a signal. */
void enter(const uint8_t *target, uint64_t rax);

__asm__(".pushsection .text\n"
    "enter:\n"
    "	push %rbx; push %rbp; push %r12; push %r13; push %r14; push %r15\n"
    "	fninit\n"
    "	push $0x1f80\n"
    "	ldmxcsr (%rsp)\n"
    "	push %rdi\n"
    "	mov %rsi, %rax\n"
    "	mov $1, %ecx\n"
    "	xor %edx, %edx; xor %ebx, %ebx; xor %ebp, %ebp; xor %esi, %esi; xor %edi, %edi\n"
    "	xor %r8d, %r8d; xor %r9d, %r9d; xor %r10d, %r10d; xor %r11d, %r11d\n"
    "	xor %r12d, %r12d; xor %r13d, %r13d; xor %r14d, %r14d; xor %r15d, %r15d\n"
    "	ret\n"
    ".popsection\n");

static void execute(const uint8_t *bytes, unsigned int count, uintptr_t rax)
{
	memset(code, 0xcc, 64);
	memcpy(code, bytes, count);
	if (!sigsetjmp(back, 1))
		enter(code, rax);
}

static void set_up(void)
{
	static const int signals[] = {SIGSEGV, SIGILL, SIGTRAP, SIGFPE, SIGBUS};
	static uint8_t stack[1 << 16];
	stack_t alternate = {.ss_sp = stack, .ss_size = sizeof(stack)};
	struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
	size_t i;

	code = mmap(NULL, PAGE, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	/* 32 bits, for the address-size prefix. */
	writable = mmap(NULL, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	if (code == MAP_FAILED || writable == MAP_FAILED)
		exit(1);
	readable = writable + 4 * PAGE;
	mprotect(writable + 2 * PAGE, 2 * PAGE, PROT_NONE);
	mprotect(readable, 2 * PAGE, PROT_READ);
	mprotect(readable + 2 * PAGE, 2 * PAGE, PROT_NONE);
	sigaltstack(&alternate, NULL);
	for (i = 0; i < HD_ARRAY_SIZE(signals); i++)
		sigaction(signals[i], &action, NULL);
}

static unsigned long tried, lacking, refused, differing;

static void report(const uint8_t *bytes, unsigned int count, const char *what)
{
	unsigned int i;

	differing++;
	printf("%s:", what);
	for (i = 0; i < count; i++)
		printf(" %02x", bytes[i]);
	printf("\n");
}

/* Which instructions tell something when they are executed here. */
static bool is_suitable(const struct instruction *insn)
{
	const struct mem_operand *operand = &insn->operands[0];

	if (insn->operand_count != 1 || operand->base != DECODE_RAX || operand->index != DECODE_NO_REGISTER)
		return false;
	if (insn->traits & (INSN_BRANCH | INSN_FAR | INSN_IO | INSN_STRING))
		return false;
	/* One byte more or less can be told from sizes that are fixed and not masked. */
	if (operand->masked || operand->segment >= DECODE_FS)
		return false;
	/* These two are not 0. */
	if (operand->bit_register == DECODE_RAX || operand->bit_register == DECODE_RSP)
		return false;
	switch (insn->kind) {
	case INSN_MOV_TO_SEGMENT: /* would change what this program runs with */
	case INSN_LOAD_FAR_POINTER:
	case INSN_XSAVE: /* sizes depend on what is enabled */
	case INSN_XRSTOR:
	case INSN_FXRSTOR:
	case INSN_ADDRESS: /* CLFLUSH faults without accessing */
	case INSN_CLZERO:
	case INSN_SGDT: /* the kernel may carry these out itself (UMIP) */
	case INSN_SIDT:
	case INSN_SLDT:
	case INSN_STR:
	case INSN_SMSW:
		return false;
	default:
		return true;
	}
}

static bool faulted_at(const uint8_t *page)
{
	return outcome.signal == SIGSEGV && (outcome.fault & ~(uintptr_t)(PAGE - 1)) == (uintptr_t)page;
}

static void check_valid(const uint8_t *bytes, const struct instruction *insn)
{
	const struct mem_operand *operand = &insn->operands[0];
	uintptr_t end = (uintptr_t)writable + 2 * PAGE, last = (uintptr_t)readable + 2 * PAGE;
	bool misaligned;

	memset(writable, 0, 2 * PAGE);
	execute(bytes, insn->length, end - operand->size);
	if (outcome.signal == SIGILL) {
		lacking++;
		return;
	}
	tried++;
	if (outcome.signal == SIGSEGV && outcome.fault)
		report(bytes, insn->length, "accesses more than its size");
	if (outcome.signal == SIGTRAP && outcome.length != insn->length)
		report(bytes, insn->length, "is of another length");
	if (!operand->access) {
		execute(bytes, insn->length, end + 64);
		if (outcome.signal == SIGSEGV && outcome.fault)
			report(bytes, insn->length, "accesses memory");
		return;
	}
	execute(bytes, insn->length, end - operand->size + 1);
	/* Aligned operands raise #GP instead, without an address. */
	misaligned = outcome.signal == SIGSEGV && !outcome.fault;
	if (!misaligned && !faulted_at(writable + 2 * PAGE))
		report(bytes, insn->length, "accesses less than its size");
	execute(bytes, insn->length, last - operand->size);
	if ((outcome.signal == SIGSEGV && outcome.fault && outcome.write) != !!(operand->access & DECODE_WRITE))
		report(bytes, insn->length, operand->access & DECODE_WRITE ? "does not write" : "writes");
}

static void check(const uint8_t *bytes)
{
	struct instruction insn;
	int length = decode_instruction(bytes, DECODE_MAX_LENGTH, DECODE_64 | DECODE_AMD, &insn);

	if (length > 0) {
		if (is_suitable(&insn))
			check_valid(bytes, &insn);
		return;
	}
	/* VMCALL with a prefix: below a hypervisor it may be carried out. */
	if (length != DECODE_INVALID || (bytes[1] == 0x0f && bytes[2] == 0x01) || (bytes[2] == 0x0f && bytes[3] == 0x01))
		return;
	refused++;
	execute(bytes, DECODE_MAX_LENGTH, (uintptr_t)writable + PAGE);
	if (outcome.signal != SIGILL)
		report(bytes, 8, "is valid");
}

static void sweep_legacy(void)
{
	static const uint8_t prefixes[][2] = {{0},    {0x66},	    {0xf3},	  {0xf2},
					      {0x48}, {0x66, 0x48}, {0xf3, 0x48}, {0xf2, 0x48}};
	static const uint8_t escapes[][2] = {{0}, {0x0f}, {0x0f, 0x38}, {0x0f, 0x3a}};
	unsigned int i, j, k, opcode, modrm;

	for (i = 0; i < HD_ARRAY_SIZE(prefixes); i++) {
		for (j = 0; j < HD_ARRAY_SIZE(escapes); j++) {
			uint8_t bytes[16] = {0};
			unsigned int position = 0;

			for (k = 0; k < 2 && prefixes[i][k]; k++)
				bytes[position++] = prefixes[i][k];
			for (k = 0; k < 2 && escapes[j][k]; k++)
				bytes[position++] = escapes[j][k];
			for (opcode = 0; opcode < 256; opcode++) {
				bytes[position] = opcode;
				for (modrm = 0; modrm < 256; modrm += modrm < 0xc0 ? 8 : 1) {
					bytes[position + 1] = modrm;
					check(bytes);
				}
			}
		}
	}
}

static void sweep_vex(void)
{
	unsigned int map, second, opcode, modrm;

	for (map = 1; map < 4; map++) {
		for (second = 0; second < 32; second++) {
			uint8_t bytes[16] = {0xc4, 0xe0 | map,
					     (second & 8) << 4 | (second & 0x10 ? 0x78 : 0x70) | (second & 7)};

			for (opcode = 0; opcode < 256; opcode++) {
				bytes[3] = opcode;
				for (modrm = 0; modrm < 256; modrm += modrm < 0xc0 ? 8 : 1) {
					bytes[4] = modrm;
					check(bytes);
				}
			}
		}
	}
}

int main(void)
{
	set_up();
	sweep_legacy();
	sweep_vex();
	printf("%s decode_processor: %lu operands tried, %lu invalid encodings refused, %lu instructions lacking, "
	       "%lu differ\n",
	       differing ? "FAILED" : "ok", tried, refused, lacking, differing);
	return differing ? 1 : 0;
}
