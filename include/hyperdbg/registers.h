/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The registers that scripts (`@name`) and the `r` command know.
 *
 * Numbers are part of the wire format and of the bytecode: append only.
 * Parts (`@eax`, `@al`, `@zf`) are not registers of their own: the compiler
 * turns them into a register, a shift and a width.
 */
#ifndef HYPERDBG_REGISTERS_H
#define HYPERDBG_REGISTERS_H

/* The general registers come first and in the order of their encodings. */
#define HD_REGISTERS(X)                                                                                      \
	X(RAX, "rax") X(RCX, "rcx") X(RDX, "rdx") X(RBX, "rbx") X(RSP, "rsp") X(RBP, "rbp") X(RSI, "rsi")    \
	X(RDI, "rdi") X(R8, "r8") X(R9, "r9") X(R10, "r10") X(R11, "r11") X(R12, "r12") X(R13, "r13")        \
	X(R14, "r14") X(R15, "r15") X(RIP, "rip") X(RFLAGS, "rflags") X(CS, "cs") X(DS, "ds") X(ES, "es")    \
	X(FS, "fs") X(GS, "gs") X(SS, "ss") X(LDTR, "ldtr") X(TR, "tr") X(GDTR, "gdtr") X(IDTR, "idtr")      \
	X(CR0, "cr0") X(CR2, "cr2") X(CR3, "cr3") X(CR4, "cr4") X(CR8, "cr8") X(DR0, "dr0") X(DR1, "dr1")    \
	X(DR2, "dr2") X(DR3, "dr3") X(DR6, "dr6") X(DR7, "dr7") X(FS_BASE, "fs_base") X(GS_BASE, "gs_base")  \
	X(KERNEL_GS_BASE, "kernel_gs_base") X(EFER, "efer")

enum hd_register {
#define X(id, name) HD_REG_##id,
	HD_REGISTERS(X)
#undef X
	HD_REG_COUNT
};

/* Number of general registers; HD_REG_RAX … HD_REG_R15 are 0 … 15. */
#define HD_GPR_COUNT 16

/* The pseudo-registers (`$name`). Append only, as above. */
#define HD_PSEUDO_REGISTERS(X)                                                                               \
	X(PID, "pid") X(TID, "tid") X(PNAME, "pname") X(PROC, "proc") X(THREAD, "thread") X(CORE, "core")    \
	X(IP, "ip") X(CONTEXT, "context") X(BUFFER, "buffer") X(STAGE, "stage") X(EVENT_STAGE, "event_stage") \
	X(EVENT_ID, "event_id") X(EVENT_TAG, "event_tag") X(DATE, "date") X(TIME, "time") X(PEB, "peb") X(TEB, "teb")

enum hd_pseudo_register {
#define X(id, name) HD_PSEUDO_##id,
	HD_PSEUDO_REGISTERS(X)
#undef X
	HD_PSEUDO_COUNT
};

#endif
