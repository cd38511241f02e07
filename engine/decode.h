/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The x86 instruction decoder: length, memory operands and class of one
 * instruction.
 *
 * It serves the exit handlers, which must know exactly which bytes an
 * intercepted instruction reads and writes, and which instructions need care
 * when they are stepped. It does not print instructions.
 *
 * Nothing here allocates, keeps state or touches memory other than its
 * arguments; every function may run at a halt and on any core.
 */
#ifndef ENGINE_DECODE_H
#define ENGINE_DECODE_H

#include <hyperdbg/types.h>

/* The longest instruction that the processor accepts. */
#define DECODE_MAX_LENGTH 15
#define DECODE_MAX_OPERANDS 4

/*
 * The code segment's mode. DECODE_AMD may be or'ed to it: an AMD processor
 * heeds the operand-size prefix of near branches in 64-bit mode (Intel ignores
 * it, so lengths differ), and ignores REX.W in far pointers.
 */
enum decode_mode {
	DECODE_64 = 0,
	DECODE_32 = 1, /* CS.L = 0, CS.D = 1 */
	DECODE_16 = 2, /* CS.L = 0, CS.D = 0 (protected mode) */
	DECODE_MODE = 3,
	DECODE_AMD = 4,
};

/* What decode_instruction() returns instead of a length. */
enum decode_error {
	DECODE_TRUNCATED = -1, /* more bytes are needed than are available */
	DECODE_INVALID = -2,   /* the processor would raise #UD */
	DECODE_TOO_LONG = -3,  /* more than 15 bytes: the processor would raise #GP */
};

/* General registers 0 (rax) to 15 (r15), and two values beside them. */
enum decode_register {
	DECODE_RAX,
	DECODE_RCX,
	DECODE_RDX,
	DECODE_RBX,
	DECODE_RSP,
	DECODE_RBP,
	DECODE_RSI,
	DECODE_RDI,
	DECODE_RIP = 16, /* as a base: the address of the next instruction */
	DECODE_NO_REGISTER = 0xff,
};

/* In the order of their encoding. */
enum decode_segment {
	DECODE_ES,
	DECODE_CS,
	DECODE_SS,
	DECODE_DS,
	DECODE_FS,
	DECODE_GS,
	DECODE_SEGMENTS,
};

enum decode_access {
	DECODE_NO_ACCESS = 0, /* an address only (LEA, NOP, prefetch, INVLPG …) */
	DECODE_READ = 1,
	DECODE_WRITE = 2,
	DECODE_READ_WRITE = 3,
};

enum mem_kind {
	MEM_NORMAL,
	MEM_STRING_SOURCE,      /* [segment:rsi] */
	MEM_STRING_DESTINATION, /* [es:rdi], also MASKMOVQ's [segment:rdi] and the target of MOVDIR64B */
	MEM_STACK_PUSH,		/* size bytes that end where rsp points */
	MEM_STACK_POP,		/* size bytes that begin where rsp points */
	MEM_XLAT,		/* [rbx + al] */
	MEM_FAR_POINTER,	/* offset and selector (and what BOUND reads) */
	MEM_DESCRIPTOR_TABLE,   /* limit and base, of SGDT SIDT LGDT LIDT */
	MEM_STATE_AREA,		/* FXSAVE and XSAVE. For XSAVE the size given is the least it can be */
				/* (legacy region and header): CPUID 0d and the component mask tell the rest */
	MEM_VECTOR_INDEX,       /* gather or scatter: one address per element, see decode_element_address() */
	MEM_TILE,		/* AMX: rows (at most 16) of at most 64 bytes, the index register apart */
	MEM_LINE,		/* the aligned 64 bytes around the address (CLZERO) */
};

/*
 * One memory operand. The linear address is decode_address()'s to compute.
 * For MEM_VECTOR_INDEX, index is a vector register and size is one element's.
 *
 * What the processor reads and writes on its own is not listed: descriptors
 * when a segment register is loaded, the gates, the TSS and the stack of an
 * event, page tables, shadow stacks.
 */
struct mem_operand {
	int64_t displacement;
	uint16_t size;		/* bytes accessed; 0 with DECODE_NO_ACCESS */
	uint8_t access;		/* enum decode_access */
	uint8_t address_size;   /* 2, 4 or 8: addresses wrap at that many bytes */
	uint8_t kind;		/* enum mem_kind */
	uint8_t segment;	/* enum decode_segment; in 64-bit mode only FS and GS have a base */
	uint8_t base;		/* enum decode_register */
	uint8_t index;		/* enum decode_register */
	uint8_t scale;		/* 1, 2, 4 or 8 */
	uint8_t elements;       /* MEM_VECTOR_INDEX: how many; else 1 */
	uint8_t index_size;     /* MEM_VECTOR_INDEX: bytes of one index, 4 or 8 */
	uint8_t bit_register;   /* BT, BTS, BTR, BTC with a register offset: the register that displaces */
				/* the address; else DECODE_NO_REGISTER */
	uint8_t masked;		/* enum mem_mask: fewer bytes may be accessed than size tells */
	uint8_t mask_register;  /* number of the register that masked names */
};

/* What decides which elements of the operand are accessed. */
enum mem_mask {
	MEM_UNMASKED,
	MEM_MASK_OPMASK, /* AVX-512: bits of k1 to k7 */
	MEM_MASK_VECTOR, /* the sign bit of each element of a vector (or MMX) register */
};

/*
 * What the instruction is, as far as anyone here asks. All that do nothing but
 * compute and access the operands that they list are INSN_OTHER.
 */
enum instruction_kind {
	INSN_OTHER,
	INSN_NOP,
	INSN_LEA,
	INSN_MOV, /* described by struct instruction_mov, also MOVZX, MOVSX, MOVSXD */
	INSN_XCHG,
	INSN_CMPXCHG,
	INSN_CMPXCHG16B, /* and CMPXCHG8B */
	INSN_BIT_TEST,   /* BT, BTS, BTR, BTC */
	/* string instructions */
	INSN_MOVS,
	INSN_CMPS,
	INSN_SCAS,
	INSN_LODS,
	INSN_STOS,
	INSN_INS,
	INSN_OUTS,
	/* the stack */
	INSN_PUSH,
	INSN_POP,
	INSN_PUSHA,
	INSN_POPA,
	INSN_PUSHF,
	INSN_POPF,
	INSN_ENTER,
	INSN_LEAVE,
	INSN_PUSH_SEGMENT,
	INSN_POP_SEGMENT, /* .reg is the enum decode_segment */
	INSN_XLAT,
	/* transfers of control */
	INSN_CALL_NEAR,
	INSN_CALL_FAR,
	INSN_JMP_NEAR,
	INSN_JMP_FAR,
	INSN_JCC,
	INSN_LOOP, /* LOOP, LOOPE, LOOPNE, JCXZ, JECXZ, JRCXZ */
	INSN_RET_NEAR,
	INSN_RET_FAR,
	INSN_IRET,
	INSN_INT_N,
	INSN_INT3,
	INSN_INT1,
	INSN_INTO,
	INSN_BOUND,
	INSN_SYSCALL,
	INSN_SYSRET,
	INSN_SYSENTER,
	INSN_SYSEXIT,
	INSN_XBEGIN,
	INSN_XABORT,
	INSN_XEND,
	INSN_UD, /* UD0, UD1, UD2 */
	/* flags and segments */
	INSN_CLI,
	INSN_STI,
	INSN_MOV_FROM_SEGMENT,
	INSN_MOV_TO_SEGMENT, /* .reg is the enum decode_segment */
	INSN_LOAD_FAR_POINTER, /* LES, LDS, LSS, LFS, LGS: .reg is the general register, .segment_loaded the other */
	INSN_SWAPGS,
	/* the system */
	INSN_HLT,
	INSN_PAUSE,
	INSN_CPUID,
	INSN_RDMSR,
	INSN_WRMSR,
	INSN_RDTSC,
	INSN_RDTSCP,
	INSN_RDPMC,
	INSN_XGETBV,
	INSN_XSETBV,
	INSN_IN,
	INSN_OUT,
	INSN_MOV_FROM_CR, /* .reg is the control register, .rm the general one */
	INSN_MOV_TO_CR,
	INSN_MOV_FROM_DR, /* likewise with the debug register */
	INSN_MOV_TO_DR,
	INSN_CLTS,
	INSN_LMSW,
	INSN_SMSW,
	INSN_LGDT,
	INSN_LIDT,
	INSN_LLDT,
	INSN_LTR,
	INSN_SGDT,
	INSN_SIDT,
	INSN_SLDT,
	INSN_STR,
	INSN_INVLPG,
	INSN_INVLPGA,
	INSN_INVPCID,
	INSN_INVD,
	INSN_WBINVD, /* and WBNOINVD */
	INSN_MONITOR, /* and MONITORX, UMONITOR */
	INSN_MWAIT,   /* and MWAITX, UMWAIT, TPAUSE */
	INSN_RSM,
	INSN_VMCALL,
	INSN_VMMCALL,
	INSN_VMX, /* the other VT-x instructions */
	INSN_VMRUN,
	INSN_VMLOAD,
	INSN_VMSAVE,
	INSN_STGI,
	INSN_CLGI,
	INSN_SKINIT,
	/* those with peculiar memory operands */
	INSN_ADDRESS, /* names an address without accessing it: prefetch, CLFLUSH … */
	INSN_FXSAVE,
	INSN_FXRSTOR,
	INSN_XSAVE, /* and XSAVEOPT, XSAVEC, XSAVES */
	INSN_XRSTOR,
	INSN_MASKMOV, /* MASKMOVQ, MASKMOVDQU */
	INSN_VECTOR_MASKMOV, /* VMASKMOVPS …: elements chosen by a vector register */
	INSN_GATHER,
	INSN_SCATTER,
	INSN_TILE,
	INSN_CLZERO,
	INSN_MOVDIR64B, /* and ENQCMD, ENQCMDS */
	INSN_KINDS,
};

/* Traits, or'ed in instruction.traits. */
#define INSN_BRANCH	 0x0001 /* may continue elsewhere than behind itself, without a fault */
#define INSN_FAR	 0x0002 /* loads CS, or enters or leaves the kernel */
#define INSN_CALL	 0x0004
#define INSN_RETURN	 0x0008
#define INSN_CONDITIONAL 0x0010 /* a branch that may not be taken */
#define INSN_STRING	 0x0020
#define INSN_SHADOW	 0x0040 /* holds interrupts (and debug traps) behind it: STI, MOV SS, POP SS */
#define INSN_FLAGS	 0x0080 /* stores or loads the trap flag: PUSHF, POPF, IRET, SYSCALL, SYSRET, INT n … */
#define INSN_IO		 0x0100
#define INSN_EVENT	 0x0200 /* delivers an event itself: INT n, INT3, INTO, INT1, UD … */

enum instruction_encoding {
	ENCODING_LEGACY,
	ENCODING_VEX,
	ENCODING_EVEX,
	ENCODING_XOP,
	ENCODING_3DNOW,
};

enum repeat_prefix {
	REPEAT_NONE,
	REPEAT_WHILE_EQUAL,     /* f3 */
	REPEAT_WHILE_NOT_EQUAL, /* f2: the same as f3 but for CMPS and SCAS */
};

/*
 * A plain move between memory and a register, or from an immediate, precise
 * enough to be carried out without stepping it. A load of 4 bytes into a
 * register clears its upper half; shorter ones keep the other bits.
 */
enum mov_form {
	MOV_NONE,       /* another instruction, or no memory operand */
	MOV_LOAD,       /* register = memory, extended to register_size */
	MOV_STORE,      /* memory = register */
	MOV_STORE_IMM,  /* memory = instruction.immediate */
};

struct instruction_mov {
	uint8_t form;		/* enum mov_form */
	uint8_t reg;		/* 0 to 15 */
	bool high_byte;		/* bits 8 to 15 of that register: AH, CH, DH, BH */
	bool sign_extend;	/* else zero-extend, from operands[0].size to register_size */
	uint8_t register_size;  /* bytes of the register that are meant: 1, 2, 4, 8 */
};

struct instruction {
	int64_t immediate;	/* sign-extended but for ports, vectors, RET and ENTER; for a near branch the */
				/* distance from the next instruction */
	uint32_t traits;	/* INSN_BRANCH … */
	uint16_t selector;	/* of a far pointer in the instruction; ENTER's nesting level */
	uint8_t length;
	uint8_t kind;		/* enum instruction_kind */
	uint8_t mode;		/* enum decode_mode, without DECODE_AMD */
	uint8_t encoding;       /* enum instruction_encoding */
	uint8_t map;		/* 0 one byte, 1 0F, 2 0F38, 3 0F3A, and VEX, EVEX, XOP map numbers */
	uint8_t opcode;
	uint8_t modrm;		/* valid if has_modrm */
	bool has_modrm;
	uint8_t reg;		/* modrm.reg, or the register in the opcode, with its extension bits */
	uint8_t rm;		/* modrm.rm likewise; a register if modrm is at least c0 */
	uint8_t vvvv;		/* VEX, EVEX, XOP: the further register */
	uint8_t segment_loaded; /* enum decode_segment, for INSN_LOAD_FAR_POINTER */
	uint8_t operand_size;   /* 2, 4 or 8 */
	uint8_t address_size;   /* 2, 4 or 8 */
	uint8_t vector_size;    /* VEX, EVEX, XOP: 16, 32 or 64 */
	uint8_t immediate_size; /* bytes in the encoding, 0 to 8 */
	uint8_t repeat;		/* enum repeat_prefix, of string instructions only */
	bool lock;
	struct instruction_mov mov;
	uint8_t operand_count;
	struct mem_operand operands[DECODE_MAX_OPERANDS];
};

/*
 * Decodes the instruction at bytes, of which available may be read (a caller
 * that has DECODE_MAX_LENGTH never sees DECODE_TRUNCATED).
 *
 * Returns its length, or an enum decode_error, in which case *out holds
 * nothing of use. Not everything that the processor refuses is refused here:
 * unsuitable register numbers and LOCK prefixes pass, as do instructions of
 * extensions that this processor lacks.
 */
int decode_instruction(const uint8_t *bytes, size_t available, enum decode_mode mode, struct instruction *out);

/* The registers from which addresses are computed, before the instruction. */
struct decode_regs {
	uint64_t gpr[16];
	uint64_t rip; /* of the instruction itself */
	uint64_t segment_base[DECODE_SEGMENTS];
	bool stack_16; /* SS.B = 0, only heeded outside 64-bit mode */
};

/*
 * Stores the linear address of the operand's first byte. False, with *linear
 * at the base address, for those whose addresses depend on more than regs:
 * MEM_VECTOR_INDEX and MEM_TILE. The address may be non-canonical: the
 * processor would then fault.
 *
 * For a string instruction it is the next iteration's; the direction flag
 * does not matter.
 */
bool decode_address(const struct instruction *insn, const struct mem_operand *operand,
		    const struct decode_regs *regs, uint64_t *linear);

/*
 * The address of one element of a MEM_VECTOR_INDEX operand, given the value of
 * its index (sign-extended to 64 bits by the caller).
 */
uint64_t decode_element_address(const struct instruction *insn, const struct mem_operand *operand,
				const struct decode_regs *regs, int64_t index);

/*
 * False for a string instruction with a repeat prefix and a count of 0: it
 * accesses nothing. True for all others.
 */
bool decode_is_active(const struct instruction *insn, const struct decode_regs *regs);

/* The target of a near branch with a relative immediate. */
uint64_t decode_branch_target(const struct instruction *insn, uint64_t rip);

#endif
