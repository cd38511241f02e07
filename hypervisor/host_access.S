/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Accesses from host mode that may fault, and the gates they fault into.
 *
 * The kernel's exception tables do not work under our own IDT, so each
 * instruction here that may fault stands in host_fixups with the place to go
 * on at. host_traps.c looks faults up there.
 */
#include <linux/linkage.h>
#include <linux/objtool.h>
#include <asm/nospec-branch.h>

	.macro MAY_FAULT at, resume
	.pushsection .rodata.host_fixups, "a"
	.long	\at - host_access, \resume - host_access
	.popsection
	.endm

	.pushsection .rodata.host_fixups, "a"
	.balign 4
	.globl	host_fixups
host_fixups:
	.popsection

/* What the fix-ups count from. */
SYM_CODE_START(host_access)
	ENDBR
SYM_CODE_END(host_access)

/* size_t host_copy(void *to, const void *from, size_t size): bytes NOT copied. */
SYM_FUNC_START(host_copy)
	mov	%rdx, %rcx
1:	rep movsb
2:	mov	%rcx, %rax
	RET
	MAY_FAULT 1b, 2b
SYM_FUNC_END(host_copy)

/* int host_read64(const void *from, uint64_t *value): 0, or -1 if it faults. */
SYM_FUNC_START(host_read64)
1:	mov	(%rdi), %rax
	mov	%rax, (%rsi)
	xor	%eax, %eax
	RET
2:	mov	$-1, %eax
	RET
	MAY_FAULT 1b, 2b
SYM_FUNC_END(host_read64)

/*
 * int host_peek16(uint64_t cr3, uint64_t address)
 *
 * The two bytes at a guest's linear address, or -1 if the access faults: under
 * the guest's own page tables, whose kernel half is also ours. Wants SMAP (for
 * a user's address), and a kernel without page-table isolation (else the
 * guest's tables may lack our code).
 */
SYM_FUNC_START(host_peek16)
	mov	%cr3, %rdx
	mov	%rdi, %cr3
	stac
1:	movzwl	(%rsi), %eax
2:	clac
	mov	%rdx, %cr3
	RET
3:	mov	$-1, %eax
	jmp	2b
	MAY_FAULT 1b, 3b
SYM_FUNC_END(host_peek16)

/* int host_peek128(uint64_t cr3, uint64_t address, uint64_t bytes[2]): likewise the sixteen there. 0 or -1. */
SYM_FUNC_START(host_peek128)
	mov	%rdx, %r8
	mov	%cr3, %rdx
	mov	%rdi, %cr3
	stac
1:	mov	(%rsi), %rcx
2:	mov	8(%rsi), %r9
	xor	%eax, %eax
3:	clac
	mov	%rdx, %cr3
	mov	%rcx, (%r8)
	mov	%r9, 8(%r8)
	RET
4:	mov	$-1, %eax
	jmp	3b
	MAY_FAULT 1b, 4b
	MAY_FAULT 2b, 4b
SYM_FUNC_END(host_peek128)

/*
 * int host_store_at(uint64_t cr3, uint64_t address, uint64_t value, unsigned int size)
 * int host_load_at(uint64_t cr3, uint64_t address, uint64_t *value, unsigned int size)
 *
 * One access of 1, 2, 4 or 8 bytes under the guest's page tables, as for
 * host_peek16: 0, or -1 if it faults. Loads are zero-extended.
 */
SYM_FUNC_START(host_store_at)
	mov	%cr3, %r8
	mov	%rdi, %cr3
	stac
	xor	%eax, %eax
	cmp	$8, %ecx
	je	1f
	cmp	$4, %ecx
	je	2f
	cmp	$2, %ecx
	je	3f
4:	mov	%dl, (%rsi)
	jmp	6f
1:	mov	%rdx, (%rsi)
	jmp	6f
2:	mov	%edx, (%rsi)
	jmp	6f
3:	mov	%dx, (%rsi)
6:	clac
	mov	%r8, %cr3
	RET
5:	mov	$-1, %eax
	jmp	6b
	MAY_FAULT 1b, 5b
	MAY_FAULT 2b, 5b
	MAY_FAULT 3b, 5b
	MAY_FAULT 4b, 5b
SYM_FUNC_END(host_store_at)

SYM_FUNC_START(host_load_at)
	mov	%cr3, %r8
	mov	%rdi, %cr3
	stac
	xor	%eax, %eax
	cmp	$8, %ecx
	je	1f
	cmp	$4, %ecx
	je	2f
	cmp	$2, %ecx
	je	3f
4:	movzbl	(%rsi), %ecx
	jmp	6f
1:	mov	(%rsi), %rcx
	jmp	6f
2:	mov	(%rsi), %ecx
	jmp	6f
3:	movzwl	(%rsi), %ecx
6:	clac
	mov	%r8, %cr3
	mov	%rcx, (%rdx)
	RET
5:	mov	$-1, %eax
	jmp	6b
	MAY_FAULT 1b, 5b
	MAY_FAULT 2b, 5b
	MAY_FAULT 3b, 5b
	MAY_FAULT 4b, 5b
SYM_FUNC_END(host_load_at)

/* int host_rdmsr(uint32_t msr, uint64_t *value): 0, or -1 if it was refused (#GP). */
SYM_FUNC_START(host_rdmsr)
	mov	%edi, %ecx
1:	rdmsr
	shl	$32, %rdx
	or	%rdx, %rax
	mov	%rax, (%rsi)
	xor	%eax, %eax
	RET
2:	mov	$-1, %eax
	RET
	MAY_FAULT 1b, 2b
SYM_FUNC_END(host_rdmsr)

/* int host_wrmsr(uint32_t msr, uint64_t value): 0, or -1 if it was refused (#GP). */
SYM_FUNC_START(host_wrmsr)
	mov	%edi, %ecx
	mov	%esi, %eax
	mov	%rsi, %rdx
	shr	$32, %rdx
1:	wrmsr
	xor	%eax, %eax
	RET
2:	mov	$-1, %eax
	RET
	MAY_FAULT 1b, 2b
SYM_FUNC_END(host_wrmsr)

/*
 * int host_atomic_add32/64, _exchange32/64(void *at, uint64_t operand, uint64_t *old)
 * int host_atomic_compare32/64(void *at, uint64_t operand, uint64_t *old): *old is the expected value on entry.
 * 0, or -1 if the access faults.
 */
	.macro ATOMIC name, insn, reg, old
SYM_FUNC_START(\name)
	.ifnb \old
	mov	(%rdx), %rax
	.endif
1:	\insn	\reg, (%rdi)
	.ifnb \old
	mov	%rax, %rsi
	.endif
	mov	%rsi, (%rdx)
	xor	%eax, %eax
	RET
2:	mov	$-1, %eax
	RET
	MAY_FAULT 1b, 2b
SYM_FUNC_END(\name)
	.endm

	ATOMIC host_atomic_add32, "lock xadd", %esi
	ATOMIC host_atomic_add64, "lock xadd", %rsi
	ATOMIC host_atomic_exchange32, xchg, %esi
	ATOMIC host_atomic_exchange64, xchg, %rsi
	ATOMIC host_atomic_compare32, "lock cmpxchg", %esi, old
	ATOMIC host_atomic_compare64, "lock cmpxchg", %rsi, old

/*
 * The arithmetic of engine/arithmetic.h on the guest's memory: each operation
 * and size has a place of its own, where the processor does the real thing.
 *
 * Those that write memory lock it: the instruction here stands for one of the
 * guest's that did not begin before and has ended behind, whatever other cores
 * do, with a LOCK prefix or not.
 */
#define PLACE_SIZE 16
#define PLACES (24 * 4)

	/* The guest's flags are on the stack; STAC changes AC alone, and stands behind what would clear it. */
	.macro PLACE text:vararg
	.balign PLACE_SIZE, 0xcc
	popfq
	stac
991:	\text
	jmp	.Ldone
	MAY_FAULT 991b, .Lfault
	.endm

	.macro TO_MEMORY name, lock
	PLACE	\lock \name\()b	%dl, (%rsi)
	PLACE	\lock \name\()w	%dx, (%rsi)
	PLACE	\lock \name\()l	%edx, (%rsi)
	PLACE	\lock \name\()q	%rdx, (%rsi)
	.endm

	.macro ON_MEMORY name
	PLACE	lock \name\()b	(%rsi)
	PLACE	lock \name\()w	(%rsi)
	PLACE	lock \name\()l	(%rsi)
	PLACE	lock \name\()q	(%rsi)
	.endm

	.macro TO_REGISTER name
	PLACE	\name\()b	(%rsi), %dl
	PLACE	\name\()w	(%rsi), %dx
	PLACE	\name\()l	(%rsi), %edx
	PLACE	\name\()q	(%rsi), %rdx
	.endm

/*
 * int host_arithmetic_at(uint64_t cr3, uint64_t address, struct host_arithmetic *state, unsigned int place)
 *
 * place: operation * 4 + log2(size). 0 and *state as the instruction leaves it,
 * or -1 if the access faults. As for host_peek16 under the guest's page
 * tables.
 *
 * Stack: return address, then the guest's flags until the place pops them.
 */
SYM_FUNC_START(host_arithmetic_at)
	mov	%rdx, %r10
	shl	$4, %ecx
	lea	.Lplaces(%rip), %r9
	add	%rcx, %r9
	mov	(%r10), %rdx		/* operand */
	mov	8(%r10), %rax
	mov	%cr3, %r8
	mov	%rdi, %cr3
	push	16(%r10)		/* flags */
	JMP_NOSPEC r9

.Ldone:
	pushfq
	clac
	mov	%r8, %cr3
	pop	16(%r10)
	mov	%rdx, (%r10)
	mov	%rax, 8(%r10)
	xor	%eax, %eax
	RET
.Lfault:
	clac
	mov	%r8, %cr3
	mov	$-1, %eax
	RET

	.balign PLACE_SIZE
.Lplaces:
	TO_MEMORY add, lock
	TO_MEMORY or, lock
	TO_MEMORY adc, lock
	TO_MEMORY sbb, lock
	TO_MEMORY and, lock
	TO_MEMORY sub, lock
	TO_MEMORY xor, lock
	TO_MEMORY cmp
	TO_MEMORY test
	ON_MEMORY not
	ON_MEMORY neg
	ON_MEMORY inc
	ON_MEMORY dec
	TO_MEMORY xchg
	TO_MEMORY xadd, lock
	TO_MEMORY cmpxchg, lock
	TO_REGISTER add
	TO_REGISTER or
	TO_REGISTER adc
	TO_REGISTER sbb
	TO_REGISTER and
	TO_REGISTER sub
	TO_REGISTER xor
	TO_REGISTER cmp
	/* Refused by the assembler if a place took more than its bytes. */
	.org	.Lplaces + PLACES * PLACE_SIZE, 0xcc
SYM_FUNC_END(host_arithmetic_at)
STACK_FRAME_NON_STANDARD host_arithmetic_at

	.pushsection .rodata.host_fixups, "a"
	.globl	host_fixups_end
host_fixups_end:
	.popsection

/* The gate of the NMIs that a halted or exiting core consumes (GIF opened for a moment). */
SYM_CODE_START(host_gate_nmi)
	ENDBR
	iretq
SYM_CODE_END(host_gate_nmi)

/*
 * Gates 0 … 31 (16 bytes each), all into host_trap().
 * Stack for host_trap, from low addresses (struct host_frame):
 *	R11 R10 R9 R8 RDI RSI RDX RCX RAX | vector | error code | RIP CS RFLAGS RSP SS
 */
	.balign 16
SYM_CODE_START(host_gates)
vector = 0
	.rept 32
	.balign 16
	ENDBR
	.if vector != 8 && vector != 10 && vector != 11 && vector != 12 && vector != 13 && vector != 14 && vector != 17 && vector != 21 && vector != 29 && vector != 30
	push	$0
	.endif
	push	$vector
	jmp	.Lhost_trap
	vector = vector + 1
	.endr
.Lhost_trap:
	push	%rax
	push	%rcx
	push	%rdx
	push	%rsi
	push	%rdi
	push	%r8
	push	%r9
	push	%r10
	push	%r11
	cld
	mov	%rsp, %rdi
	call	host_trap
	pop	%r11
	pop	%r10
	pop	%r9
	pop	%r8
	pop	%rdi
	pop	%rsi
	pop	%rdx
	pop	%rcx
	pop	%rax
	add	$16, %rsp
	iretq
SYM_CODE_END(host_gates)

	.section .note.GNU-stack, "", @progbits
