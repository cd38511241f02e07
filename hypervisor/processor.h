/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Instructions of the processor, under names of our own: hypervisor/ outside
 * linux/ includes no kernel header.
 */
#ifndef HYPERVISOR_PROCESSOR_H
#define HYPERVISOR_PROCESSOR_H

#include <hyperdbg/types.h>

#define CR0_PE (1ull << 0)
#define CR0_WP (1ull << 16)
#define CR4_DE (1ull << 3)
#define CR4_PGE (1ull << 7)
#define CR4_OSXSAVE (1ull << 18)
#define CR4_PKE (1ull << 22)

#define RFLAGS_CF (1ull << 0)
#define RFLAGS_FIXED (1ull << 1)
#define RFLAGS_STATUS 0x8d5ull /* CF PF AF ZF SF OF: what arithmetic sets */
#define RFLAGS_TF (1ull << 8)
#define RFLAGS_IF (1ull << 9)
#define RFLAGS_DF (1ull << 10)
#define RFLAGS_NT (1ull << 14)
#define RFLAGS_RF (1ull << 16)
#define RFLAGS_VM (1ull << 17)

#define DR6_CLEAR 0xffff0ff0ull
#define DR6_HITS 0xfull
#define DR6_BD (1ull << 13)
#define DR6_BS (1ull << 14)
#define DR6_BT (1ull << 15)
#define DR7_FIXED (1ull << 10)
#define DR7_GD (1ull << 13)

#define EFER_SCE (1ull << 0)
#define EFER_LME (1ull << 8)
#define EFER_LMA (1ull << 10)
#define EFER_SVME (1ull << 12)

#define MSR_TSC 0x00000010u
#define MSR_SYSENTER_CS 0x00000174u
#define MSR_SYSENTER_ESP 0x00000175u
#define MSR_SYSENTER_EIP 0x00000176u
#define MSR_PAT 0x00000277u
#define MSR_EFER 0xc0000080u
#define MSR_STAR 0xc0000081u
#define MSR_LSTAR 0xc0000082u
#define MSR_CSTAR 0xc0000083u
#define MSR_SFMASK 0xc0000084u
#define MSR_FS_BASE 0xc0000100u
#define MSR_GS_BASE 0xc0000101u
#define MSR_KERNEL_GS_BASE 0xc0000102u
#define MSR_VM_CR 0xc0010114u
#define MSR_VM_HSAVE_PA 0xc0010117u

struct descriptor_pointer {
	uint16_t limit;
	uint64_t base;
} __attribute__((packed));

struct cpuid_registers {
	uint32_t eax, ebx, ecx, edx;
};

static inline struct cpuid_registers processor_cpuid(uint32_t leaf, uint32_t subleaf)
{
	struct cpuid_registers r;

	asm volatile("cpuid" : "=a"(r.eax), "=b"(r.ebx), "=c"(r.ecx), "=d"(r.edx) : "a"(leaf), "c"(subleaf));
	return r;
}

#define PROCESSOR_REGISTER(name)                                                                             \
	static inline uint64_t processor_read_##name(void)                                                   \
	{                                                                                                    \
		uint64_t value;                                                                              \
		asm volatile("mov %%" #name ", %0" : "=r"(value) : : "memory");                              \
		return value;                                                                                \
	}                                                                                                    \
	static inline void processor_write_##name(uint64_t value)                                            \
	{                                                                                                    \
		asm volatile("mov %0, %%" #name : : "r"(value) : "memory");                                  \
	}
PROCESSOR_REGISTER(cr0)
PROCESSOR_REGISTER(cr2)
PROCESSOR_REGISTER(cr3)
PROCESSOR_REGISTER(cr4)
PROCESSOR_REGISTER(cr8)
PROCESSOR_REGISTER(dr0)
PROCESSOR_REGISTER(dr1)
PROCESSOR_REGISTER(dr2)
PROCESSOR_REGISTER(dr3)
PROCESSOR_REGISTER(dr6)
PROCESSOR_REGISTER(dr7)
#undef PROCESSOR_REGISTER

/* DR0 … DR3 */
static inline uint64_t processor_read_dr(unsigned int number)
{
	switch (number) {
	case 0:
		return processor_read_dr0();
	case 1:
		return processor_read_dr1();
	case 2:
		return processor_read_dr2();
	default:
		return processor_read_dr3();
	}
}

static inline void processor_write_dr(unsigned int number, uint64_t value)
{
	switch (number) {
	case 0:
		processor_write_dr0(value);
		break;
	case 1:
		processor_write_dr1(value);
		break;
	case 2:
		processor_write_dr2(value);
		break;
	default:
		processor_write_dr3(value);
		break;
	}
}

#define PROCESSOR_SELECTOR(name, insn)                                                                       \
	static inline uint16_t processor_##name(void)                                                        \
	{                                                                                                    \
		uint16_t value;                                                                              \
		asm volatile(insn " %0" : "=rm"(value));                                                     \
		return value;                                                                                \
	}
PROCESSOR_SELECTOR(cs, "mov %%cs,")
PROCESSOR_SELECTOR(ss, "mov %%ss,")
PROCESSOR_SELECTOR(ds, "mov %%ds,")
PROCESSOR_SELECTOR(es, "mov %%es,")
#undef PROCESSOR_SELECTOR

static inline void processor_load_idt(const struct descriptor_pointer *pointer)
{
	asm volatile("lidt %0" : : "m"(*pointer) : "memory");
}

static inline void processor_load_gdt(const struct descriptor_pointer *pointer)
{
	asm volatile("lgdt %0" : : "m"(*pointer) : "memory");
}

static inline void processor_store_idt(struct descriptor_pointer *pointer)
{
	asm volatile("sidt %0" : "=m"(*pointer));
}

static inline void processor_store_gdt(struct descriptor_pointer *pointer)
{
	asm volatile("sgdt %0" : "=m"(*pointer));
}

/*
 * A turn of a wait in host mode: some microseconds. PAUSE stands behind a spin
 * of plain instructions because an emulator takes a lock for each PAUSE (and
 * each IN): cores that do nothing else keep it from feeding the line.
 */
static inline void processor_pause(void)
{
	unsigned int i;

	for (i = 0; i < 8192; i++)
		asm volatile("" : : : "memory");
	asm volatile("pause" : : : "memory");
}

static inline void processor_halt(void)
{
	asm volatile("cli; hlt" : : : "memory");
}

static inline uint64_t processor_tsc(void)
{
	uint32_t low, high;

	asm volatile("rdtsc" : "=a"(low), "=d"(high) : : "memory");
	return (uint64_t)high << 32 | low;
}

static inline uint8_t processor_in8(uint16_t port)
{
	uint8_t value;

	asm volatile("inb %1, %0" : "=a"(value) : "Nd"(port) : "memory");
	return value;
}

static inline void processor_out8(uint16_t port, uint8_t value)
{
	asm volatile("outb %0, %1" : : "a"(value), "Nd"(port) : "memory");
}

/* Only for MSRs that are known to be there; others through host_rdmsr. */
static inline uint64_t processor_rdmsr(uint32_t msr)
{
	uint32_t low, high;

	asm volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(msr) : "memory");
	return (uint64_t)high << 32 | low;
}

static inline void processor_wrmsr(uint32_t msr, uint64_t value)
{
	asm volatile("wrmsr" : : "c"(msr), "a"((uint32_t)value), "d"((uint32_t)(value >> 32)) : "memory");
}

static inline bool address_is_canonical(uint64_t address)
{
	/* 57-bit addresses where CR4.LA57 is set. */
	unsigned int bits = processor_read_cr4() & (1ull << 12) ? 57 : 48;

	return (uint64_t)((int64_t)(address << (64 - bits)) >> (64 - bits)) == address;
}

#endif
