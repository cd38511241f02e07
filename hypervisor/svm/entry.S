/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Entering and leaving the guest on AMD-V.
 *
 * VMRUN saves and restores only RAX, RSP, RIP, RFLAGS, the control registers
 * and the segments CS, SS, DS, ES; VMLOAD and VMSAVE do FS, GS, TR, LDTR, the
 * SYSCALL and the SYSENTER registers; the other general registers are ours to
 * switch (AMD manual volume 2, 15.5).
 */
#include <linux/linkage.h>
#include <linux/objtool.h>
#include <asm/nospec-branch.h>
#include "../vcpu_offsets.h"

/*
 * int svm_enter(struct vcpu *vcpu)
 *
 * Makes the calling thread the guest: returns 0, as a guest, with everything
 * as it was. The VMCB has been filled but for RIP, RSP and RFLAGS, which go
 * through struct vcpu. Interrupts are off; host page tables, descriptor
 * tables and GIF=0 are set up by svm_become_host() on the new stack.
 *
 * Stack at the moment that the guest resumes (grows downwards):
 *	return address, RBP, RBX, R12, R13, R14, R15, RFLAGS   <- guest RSP
 * Host stack, from its top:
 *	vcpu                                                   <- host RSP
 */
SYM_FUNC_START(svm_enter)
	push	%rbp
	push	%rbx
	push	%r12
	push	%r13
	push	%r14
	push	%r15
	pushfq
	mov	%rsp, VCPU_RSP(%rdi)
	leaq	.Lguest_begins(%rip), %rax
	mov	%rax, VCPU_RIP(%rdi)
	pushfq
	popq	VCPU_RFLAGS(%rdi)

	mov	VCPU_HOST_STACK_TOP(%rdi), %rsp
	sub	$8, %rsp		/* keeps calls 16-byte aligned behind the next push */
	push	%rdi
	call	svm_become_host
	jmp	.Lenter_guest

.Lguest_begins:
	popfq
	pop	%r15
	pop	%r14
	pop	%r13
	pop	%r12
	pop	%rbx
	pop	%rbp
	xor	%eax, %eax
	RET

.Lenter_guest:
	mov	(%rsp), %rax
	mov	VCPU_RCX(%rax), %rcx
	mov	VCPU_RDX(%rax), %rdx
	mov	VCPU_RBX(%rax), %rbx
	mov	VCPU_RBP(%rax), %rbp
	mov	VCPU_RSI(%rax), %rsi
	mov	VCPU_RDI(%rax), %rdi
	mov	VCPU_R8(%rax), %r8
	mov	VCPU_R9(%rax), %r9
	mov	VCPU_R10(%rax), %r10
	mov	VCPU_R11(%rax), %r11
	mov	VCPU_R12(%rax), %r12
	mov	VCPU_R13(%rax), %r13
	mov	VCPU_R14(%rax), %r14
	mov	VCPU_R15(%rax), %r15
	mov	VCPU_GUEST_STATE_PA(%rax), %rax
	vmload	%rax
	vmrun	%rax
	vmsave	%rax
	/* RAX and RSP are the host's again: RAX the VMCB, RSP the vcpu's slot. */
	push	%rdi
	mov	8(%rsp), %rdi
	mov	%rcx, VCPU_RCX(%rdi)
	mov	%rdx, VCPU_RDX(%rdi)
	mov	%rbx, VCPU_RBX(%rdi)
	mov	%rbp, VCPU_RBP(%rdi)
	mov	%rsi, VCPU_RSI(%rdi)
	mov	%r8, VCPU_R8(%rdi)
	mov	%r9, VCPU_R9(%rdi)
	mov	%r10, VCPU_R10(%rdi)
	mov	%r11, VCPU_R11(%rdi)
	mov	%r12, VCPU_R12(%rdi)
	mov	%r13, VCPU_R13(%rdi)
	mov	%r14, VCPU_R14(%rdi)
	mov	%r15, VCPU_R15(%rdi)
	pop	VCPU_RDI(%rdi)
	/* GS and the rest as the kernel has them: the exit may have come from user mode. */
	mov	VCPU_HOST_STATE_PA(%rdi), %rax
	vmload	%rax
	call	svm_handle_exit		/* rdi = vcpu; 0: go on, else devirtualise */
	test	%eax, %eax
	jz	.Lenter_guest

	/*
	 * Devirtualise: svm_become_native() put back CR0, CR2, CR4, EFER, the
	 * descriptor tables and the debug registers. The guest's registers
	 * come last: VMLOAD, CR3, the stack, GIF, flags, and on at its RIP.
	 * The guest is in hypercall() with interrupts off: what a call may
	 * clobber need not be restored.
	 */
	mov	(%rsp), %rdi
	call	svm_become_native	/* returns the guest's CR3 */
	mov	(%rsp), %rdi
	mov	VCPU_GUEST_STATE_PA(%rdi), %rdx
	xchg	%rax, %rdx
	vmload	%rax
	mov	%rdx, %cr3
	mov	VCPU_RBX(%rdi), %rbx
	mov	VCPU_RBP(%rdi), %rbp
	mov	VCPU_R12(%rdi), %r12
	mov	VCPU_R13(%rdi), %r13
	mov	VCPU_R14(%rdi), %r14
	mov	VCPU_R15(%rdi), %r15
	mov	VCPU_RSP(%rdi), %rsp
	mov	VCPU_RIP(%rdi), %rdx
	mov	VCPU_RFLAGS(%rdi), %rcx
	stgi
	push	%rcx
	popfq
	mov	VCPU_RAX(%rdi), %rax
	ANNOTATE_RETPOLINE_SAFE
	jmp	*%rdx
	int3
SYM_FUNC_END(svm_enter)
STACK_FRAME_NON_STANDARD svm_enter

/* uint64_t svm_hypercall(function, argument): VMMCALL with HYPERCALL_MAGIC (hypercall.h). May clobber what a call may. */
SYM_FUNC_START(svm_hypercall)
	mov	%rdi, %rcx
	mov	%rsi, %rdx
	mov	$0x48594452, %eax
	vmmcall
	RET
SYM_FUNC_END(svm_hypercall)

/* Lets a pending NMI in: it is what the exit was for, or the kick's. Host IDT loaded, GIF 0 before and behind. */
SYM_FUNC_START(svm_take_nmi)
	stgi
	nop
	nop
	clgi
	RET
SYM_FUNC_END(svm_take_nmi)

	.section .note.GNU-stack, "", @progbits
