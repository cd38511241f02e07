// SPDX-License-Identifier: GPL-2.0
#include "script/registers.h"

#include <stddef.h>
#include <string.h>

/* rax eax ax ah al, and so on for the four that have a high byte. */
#define LETTER(ID, r)                                                                     \
	{"r" r "x", HD_REG_R##ID##X, 0, 64}, {"e" r "x", HD_REG_R##ID##X, 0, 32},        \
	{r "x", HD_REG_R##ID##X, 0, 16}, {r "h", HD_REG_R##ID##X, 8, 8}, {r "l", HD_REG_R##ID##X, 0, 8}
#define POINTER(ID, r)                                                           \
	{"r" r, HD_REG_R##ID, 0, 64}, {"e" r, HD_REG_R##ID, 0, 32},              \
	{r, HD_REG_R##ID, 0, 16}, {r "l", HD_REG_R##ID, 0, 8}
/* HyperDbg has r8h (bits 8 to 15) although the processor has not; r8b is the assembler's r8l. */
#define NUMBERED(ID, r)                                                            \
	{r, HD_REG_##ID, 0, 64}, {r "d", HD_REG_##ID, 0, 32}, {r "w", HD_REG_##ID, 0, 16}, \
	{r "h", HD_REG_##ID, 8, 8}, {r "l", HD_REG_##ID, 0, 8}, {r "b", HD_REG_##ID, 0, 8}
#define WHOLE(ID, r) {r, HD_REG_##ID, 0, 64}
#define FLAG(r, bit) {r, HD_REG_RFLAGS, bit, 1}

static const struct script_register registers[] = {
	LETTER(A, "a"), LETTER(C, "c"), LETTER(D, "d"), LETTER(B, "b"),
	POINTER(SP, "sp"), POINTER(BP, "bp"), POINTER(SI, "si"), POINTER(DI, "di"),
	NUMBERED(R8, "r8"), NUMBERED(R9, "r9"), NUMBERED(R10, "r10"), NUMBERED(R11, "r11"),
	NUMBERED(R12, "r12"), NUMBERED(R13, "r13"), NUMBERED(R14, "r14"), NUMBERED(R15, "r15"),
	WHOLE(RIP, "rip"), {"eip", HD_REG_RIP, 0, 32}, {"ip", HD_REG_RIP, 0, 16},
	WHOLE(RFLAGS, "rflags"), {"eflags", HD_REG_RFLAGS, 0, 32}, {"flags", HD_REG_RFLAGS, 0, 16},
	FLAG("cf", 0), FLAG("pf", 2), FLAG("af", 4), FLAG("zf", 6), FLAG("sf", 7), FLAG("tf", 8), FLAG("if", 9),
	FLAG("df", 10), FLAG("of", 11), {"iopl", HD_REG_RFLAGS, 12, 2}, FLAG("nt", 14), FLAG("rf", 16),
	FLAG("vm", 17), FLAG("ac", 18), FLAG("vif", 19), FLAG("vip", 20), FLAG("id", 21),
	WHOLE(CS, "cs"), WHOLE(DS, "ds"), WHOLE(ES, "es"), WHOLE(FS, "fs"), WHOLE(GS, "gs"), WHOLE(SS, "ss"),
	WHOLE(LDTR, "ldtr"), WHOLE(TR, "tr"), WHOLE(GDTR, "gdtr"), WHOLE(IDTR, "idtr"),
	WHOLE(CR0, "cr0"), WHOLE(CR2, "cr2"), WHOLE(CR3, "cr3"), WHOLE(CR4, "cr4"), WHOLE(CR8, "cr8"),
	WHOLE(DR0, "dr0"), WHOLE(DR1, "dr1"), WHOLE(DR2, "dr2"), WHOLE(DR3, "dr3"), WHOLE(DR6, "dr6"),
	WHOLE(DR7, "dr7"), WHOLE(FS_BASE, "fs_base"), WHOLE(GS_BASE, "gs_base"),
	WHOLE(KERNEL_GS_BASE, "kernel_gs_base"), WHOLE(EFER, "efer"),
};

#define COUNT (sizeof(registers) / sizeof(registers[0]))

static const char *const pseudo_registers[HD_PSEUDO_COUNT] = {
#define X(id, name) [HD_PSEUDO_##id] = name,
	HD_PSEUDO_REGISTERS(X)
#undef X
};

const struct script_register *script_register_at(unsigned int n)
{
	return n < COUNT ? &registers[n] : NULL;
}

const struct script_register *script_find_register(const char *name)
{
	for (size_t i = 0; i < COUNT; i++)
		if (!strcmp(registers[i].name, name))
			return &registers[i];
	return NULL;
}

int script_find_pseudo(const char *name)
{
	for (int i = 0; i < HD_PSEUDO_COUNT; i++)
		if (!strcmp(pseudo_registers[i], name))
			return i;
	return -1;
}

/* One letter exchanged, or one missing or too many at the end. */
static bool is_near(const char *a, const char *b)
{
	size_t different = 0, i;

	for (i = 0; a[i] && b[i]; i++)
		different += a[i] != b[i];
	return different + strlen(a + i) + strlen(b + i) == 1;
}

const char *script_near_register(const char *name)
{
	for (size_t i = 0; i < COUNT; i++)
		if (is_near(registers[i].name, name))
			return registers[i].name;
	return NULL;
}
