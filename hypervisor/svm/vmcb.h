/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The virtual machine control block of AMD-V, as in AMD's manual volume 2,
 * appendix B, and the bits of it that we use.
 */
#ifndef HYPERVISOR_SVM_VMCB_H
#define HYPERVISOR_SVM_VMCB_H

#include <hyperdbg/types.h>

/* vmcb.intercept[]: words 0 … 4; a bit number n lives in word n / 32. */
enum svm_intercept {
	SVM_INTERCEPT_CR_READ = 0, /* + CR number */
	SVM_INTERCEPT_CR_WRITE = 16,
	SVM_INTERCEPT_DR_READ = 32,
	SVM_INTERCEPT_DR_WRITE = 48,
	SVM_INTERCEPT_EXCEPTION = 64, /* + vector */
	SVM_INTERCEPT_INTR = 96,
	SVM_INTERCEPT_NMI = 97,
	SVM_INTERCEPT_VINTR = 100,
	SVM_INTERCEPT_PUSHF = 112,
	SVM_INTERCEPT_POPF = 113,
	SVM_INTERCEPT_CPUID = 114,
	SVM_INTERCEPT_IRET = 116,
	SVM_INTERCEPT_INTN = 117,
	SVM_INTERCEPT_HLT = 120,
	SVM_INTERCEPT_INVLPGA = 122,
	SVM_INTERCEPT_IOIO = 123,
	SVM_INTERCEPT_MSR = 124,
	SVM_INTERCEPT_SHUTDOWN = 127,
	SVM_INTERCEPT_VMRUN = 128,
	SVM_INTERCEPT_VMMCALL = 129,
	SVM_INTERCEPT_VMLOAD = 130,
	SVM_INTERCEPT_VMSAVE = 131,
	SVM_INTERCEPT_STGI = 132,
	SVM_INTERCEPT_CLGI = 133,
	SVM_INTERCEPT_SKINIT = 134,
	SVM_INTERCEPT_RDTSCP = 135,
	SVM_INTERCEPT_ICEBP = 136,
	SVM_INTERCEPT_WORDS = 6,
};

/* Exit codes (volume 2, appendix C). */
enum svm_exit_code {
	SVM_EXIT_CR_READ = 0x00,
	SVM_EXIT_CR_WRITE = 0x10,
	SVM_EXIT_DR_READ = 0x20,
	SVM_EXIT_DR_WRITE = 0x30,
	SVM_EXIT_EXCEPTION = 0x40,
	SVM_EXIT_INTR = 0x60,
	SVM_EXIT_NMI = 0x61,
	SVM_EXIT_SMI = 0x62,
	SVM_EXIT_INIT = 0x63,
	SVM_EXIT_VINTR = 0x64,
	SVM_EXIT_PUSHF = 0x70,
	SVM_EXIT_POPF = 0x71,
	SVM_EXIT_CPUID = 0x72,
	SVM_EXIT_IRET = 0x74,
	SVM_EXIT_SWINT = 0x75,
	SVM_EXIT_HLT = 0x78,
	SVM_EXIT_INVLPGA = 0x7a,
	SVM_EXIT_IOIO = 0x7b,
	SVM_EXIT_MSR = 0x7c,
	SVM_EXIT_SHUTDOWN = 0x7f,
	SVM_EXIT_VMRUN = 0x80,
	SVM_EXIT_VMMCALL = 0x81,
	SVM_EXIT_VMLOAD = 0x82,
	SVM_EXIT_VMSAVE = 0x83,
	SVM_EXIT_STGI = 0x84,
	SVM_EXIT_CLGI = 0x85,
	SVM_EXIT_SKINIT = 0x86,
	SVM_EXIT_ICEBP = 0x88,
	SVM_EXIT_CODES = 0x100, /* size of the exit table */
	SVM_EXIT_NPF = 0x400,
};

/* vmcb_segment.attributes: code is 64-bit, or 32-bit by default */
#define SVM_SEGMENT_LONG (1u << 9)
#define SVM_SEGMENT_DEFAULT32 (1u << 10)

struct vmcb_segment {
	uint16_t selector;
	uint16_t attributes; /* descriptor bits 40 … 47 and 52 … 55 */
	uint32_t limit;
	uint64_t base;
} __attribute__((packed));

struct vmcb {
	uint32_t intercept[SVM_INTERCEPT_WORDS];
	uint8_t reserved_018[0x03c - 0x018];
	uint16_t pause_threshold;
	uint16_t pause_count;
	uint64_t iopm_base;
	uint64_t msrpm_base;
	uint64_t tsc_offset;
	uint32_t asid;
	uint8_t tlb_control;
	uint8_t reserved_05d[3];
	uint64_t int_ctl;
	uint64_t int_state;
	uint64_t exit_code;
	uint64_t exit_info_1;
	uint64_t exit_info_2;
	uint64_t exit_int_info;
	uint64_t nested_ctl;
	uint8_t reserved_098[0x0a8 - 0x098];
	uint64_t event_inject;
	uint64_t nested_cr3;
	uint64_t virt_ext;
	uint32_t clean;
	uint32_t reserved_0c4;
	uint64_t next_rip;
	uint8_t fetched_bytes;
	uint8_t instruction[15];
	uint8_t reserved_0e0[0x400 - 0x0e0];

	/* The state save area. */
	struct vmcb_segment es, cs, ss, ds, fs, gs, gdtr, ldtr, idtr, tr;
	uint8_t reserved_4a0[0x4cb - 0x4a0];
	uint8_t cpl;
	uint32_t reserved_4cc;
	uint64_t efer;
	uint8_t reserved_4d8[0x548 - 0x4d8];
	uint64_t cr4;
	uint64_t cr3;
	uint64_t cr0;
	uint64_t dr7;
	uint64_t dr6;
	uint64_t rflags;
	uint64_t rip;
	uint8_t reserved_580[0x5d8 - 0x580];
	uint64_t rsp;
	uint8_t reserved_5e0[0x5f8 - 0x5e0];
	uint64_t rax;
	uint64_t star;
	uint64_t lstar;
	uint64_t cstar;
	uint64_t sfmask;
	uint64_t kernel_gs_base;
	uint64_t sysenter_cs;
	uint64_t sysenter_esp;
	uint64_t sysenter_eip;
	uint64_t cr2;
	uint8_t reserved_648[0x668 - 0x648];
	uint64_t g_pat;
	uint64_t debugctl;
	uint8_t reserved_678[0x1000 - 0x678];
} __attribute__((packed, aligned(4096)));

HD_STATIC_ASSERT(sizeof(struct vmcb) == 4096, "a VMCB is one page");
HD_STATIC_ASSERT(offsetof(struct vmcb, int_ctl) == 0x60, "VMCB layout");
HD_STATIC_ASSERT(offsetof(struct vmcb, exit_code) == 0x70, "VMCB layout");
HD_STATIC_ASSERT(offsetof(struct vmcb, event_inject) == 0xa8, "VMCB layout");
HD_STATIC_ASSERT(offsetof(struct vmcb, next_rip) == 0xc8, "VMCB layout");
HD_STATIC_ASSERT(offsetof(struct vmcb, es) == 0x400, "VMCB layout");
HD_STATIC_ASSERT(offsetof(struct vmcb, cr4) == 0x548, "VMCB layout");
HD_STATIC_ASSERT(offsetof(struct vmcb, rsp) == 0x5d8, "VMCB layout");
HD_STATIC_ASSERT(offsetof(struct vmcb, cr2) == 0x640, "VMCB layout");
HD_STATIC_ASSERT(offsetof(struct vmcb, g_pat) == 0x668, "VMCB layout");

/* int_ctl */
#define SVM_V_IRQ (1ull << 8)
#define SVM_V_IGNORE_TPR (1ull << 20)
#define SVM_V_INTR_MASKING (1ull << 24)
/* int_state */
#define SVM_INTERRUPT_SHADOW (1ull << 0)
/* tlb_control */
#define SVM_TLB_KEEP 0
#define SVM_TLB_FLUSH_ALL 1
/* nested_ctl */
#define SVM_NESTED_PAGING (1ull << 0)
/* event_inject and exit_int_info: vector, type, error code valid, valid, error code above */
#define SVM_EVENT_TYPE_SHIFT 8
#define SVM_EVENT_HAS_ERROR (1ull << 11)
#define SVM_EVENT_VALID (1ull << 31)

#endif
