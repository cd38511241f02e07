/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A compiled script: the container and the instruction set.
 *
 * The compiler (script/) writes it, the module reads it after script_check()
 * has proved it harmless. All numbers are little-endian, every section begins
 * at a multiple of eight bytes, offsets count from the header's first byte.
 *
 * The machine: each function has up to 256 registers of 64 bits and a block of
 * local memory (arrays, structures, and variables whose address is taken).
 * Registers hold whole values: a C `int` is kept sign-extended, an `unsigned`
 * zero-extended, a `float` as its 32-bit pattern, a `double` as its 64-bit one.
 * A call's arguments are consecutive registers from A on; the callee sees them
 * as its registers 0 … and leaves its result in the caller's register A.
 */
#ifndef HYPERDBG_PROGRAM_H
#define HYPERDBG_PROGRAM_H

#include <hyperdbg/types.h>

#define HD_PROGRAM_MAGIC 0x50444248u /* "HBDP" */
#define HD_PROGRAM_VERSION 1u

/* Bounds that the checker enforces; the compiler reports them as errors. */
#define HD_PROGRAM_MAX_BYTES (1u << 20)
#define HD_PROGRAM_MAX_INSTRUCTIONS (1u << 16)
#define HD_PROGRAM_MAX_FUNCTIONS 256u
#define HD_PROGRAM_MAX_REGISTERS 256u
#define HD_PROGRAM_MAX_NAMES 256u
/* With the final NUL. */
#define HD_PROGRAM_NAME_BYTES 64u

struct hd_program_section {
	uint32_t offset;
	uint32_t count; /* of elements */
};

struct hd_program_header {
	uint32_t magic;
	uint32_t version;
	uint32_t size; /* of the whole program in bytes */
	uint32_t reserved;
	struct hd_program_section code;		/* struct hd_instruction */
	struct hd_program_section functions;	/* struct hd_program_function; 0 is the script's body */
	struct hd_program_section constants;	/* uint64_t */
	struct hd_program_section data;		/* bytes: string literals, text between conversions */
	struct hd_program_section pieces;	/* struct hd_program_piece */
	struct hd_program_section lines;	/* struct hd_program_line, by ascending instruction */
	struct hd_program_section globals;	/* struct hd_program_name */
	struct hd_program_section occurrences;	/* struct hd_program_name */
};

/* Functions cover the code without gaps, in order. */
struct hd_program_function {
	uint32_t entry; /* first instruction */
	uint32_t end;	/* one behind the last */
	uint16_t registers;
	uint16_t parameters;
	uint32_t memory; /* bytes of local memory, a multiple of eight */
};

/* From `instruction` on, code comes from this place of the source. File 0 is the script's own text; the others are included. */
struct hd_program_line {
	uint16_t instruction;
	uint16_t file;
	uint16_t line;
	uint16_t column;
};

/* Where errors travel as one number: the line, and in the upper half the file. */
static inline uint32_t hd_line(uint16_t file, uint16_t line)
{
	return (uint32_t)file << 16 | line;
}

static inline unsigned int hd_line_file(uint32_t line)
{
	return line >> 16;
}

static inline unsigned int hd_line_number(uint32_t line)
{
	return line & 0xffff;
}

/* `.name` and `#name`. The module writes `slot` when it loads the program. */
struct hd_program_name {
	char name[HD_PROGRAM_NAME_BYTES];
	uint32_t slot;
	uint32_t reserved;
};

/* What printf does with one argument, after `text`. */
enum hd_conversion {
	HD_CONVERT_NONE, /* text only */
	HD_CONVERT_SIGNED,
	HD_CONVERT_UNSIGNED,
	HD_CONVERT_HEX,
	HD_CONVERT_HEX_UPPER,
	HD_CONVERT_OCTAL,
	HD_CONVERT_CHAR,
	HD_CONVERT_POINTER,
	HD_CONVERT_STRING,
	HD_CONVERT_WIDE_STRING,
	HD_CONVERT_FLOAT, /* the argument is a double's pattern */
	HD_CONVERT_COUNT
};

enum {
	HD_PIECE_LEFT = 1,	/* - */
	HD_PIECE_PLUS = 2,	/* + */
	HD_PIECE_SPACE = 4,	/* blank */
	HD_PIECE_ALTERNATE = 8,	/* # */
	HD_PIECE_ZERO = 16,	/* 0 */
	HD_PIECE_PRECISION = 32, /* `precision` was given */
	HD_PIECE_WIDTH_ARGUMENT = 64, /* `*`: an argument before the value gives the width */
	HD_PIECE_PRECISION_ARGUMENT = 128 /* `.*` */
};

struct hd_program_piece {
	uint32_t text; /* offset in data, printed first */
	uint16_t text_length;
	uint8_t conversion; /* enum hd_conversion */
	uint8_t flags;
	uint8_t bits; /* of an integer argument: 8, 16, 32, 64 */
	uint8_t width;
	uint8_t precision;
	uint8_t reserved;
};

/*
 * One instruction, eight bytes. `imm` is signed; in a compare-with-constant
 * jump B and C together are a signed 16-bit constant. Jump targets are
 * relative to the following instruction.
 */
struct hd_instruction {
	uint8_t op;
	uint8_t a, b, c;
	int32_t imm;
};

static inline int16_t hd_instruction_small(const struct hd_instruction *i)
{
	return (int16_t)(i->b | (unsigned int)i->c << 8);
}

/*
 * What an instruction's fields are, for the checker and the listing.
 *   R register; S small constant in B and C; I constant in imm; T target in imm.
 */
enum hd_format {
	HD_FORMAT_NONE,	     /* - */
	HD_FORMAT_R,	     /* A */
	HD_FORMAT_RI,	     /* A, imm */
	HD_FORMAT_RR,	     /* A, B */
	HD_FORMAT_RRI,	     /* A, B, imm */
	HD_FORMAT_RRR,	     /* A, B, C */
	HD_FORMAT_RRRI,	     /* A, B, C, imm */
	HD_FORMAT_T,	     /* forward target */
	HD_FORMAT_RT,	     /* A, forward target */
	HD_FORMAT_RRT,	     /* A, B, forward target */
	HD_FORMAT_RST,	     /* A, small, forward target */
	HD_FORMAT_LOOP_T,    /* the same four, backward: they pay the budget */
	HD_FORMAT_LOOP_RT,
	HD_FORMAT_LOOP_RRT,
	HD_FORMAT_LOOP_RST,
	HD_FORMAT_STEP_RRT,  /* A, B, C a signed step, backward target */
	HD_FORMAT_STEP_RST,  /* A, small, backward target; the step is 1 */
	HD_FORMAT_CONSTANT,  /* A, imm an index of constants */
	HD_FORMAT_DATA,	     /* A, imm an offset in data */
	HD_FORMAT_LOCAL8,    /* A, imm an offset in local memory, 1 byte wide */
	HD_FORMAT_LOCAL16,
	HD_FORMAT_LOCAL32,
	HD_FORMAT_LOCAL64,
	HD_FORMAT_LOCAL_ADDRESS, /* A, imm an offset in local memory */
	HD_FORMAT_LOCAL_ZERO,	 /* imm an offset, A+B*256+C*65536 bytes, all multiples of 8 */
	HD_FORMAT_GLOBAL,    /* A, imm an index of globals */
	HD_FORMAT_OCCURRENCE, /* A, imm an index of occurrences */
	HD_FORMAT_GPR,	     /* A, B a general register */
	HD_FORMAT_MACHINE,   /* A, B an enum hd_register */
	HD_FORMAT_PART,	     /* A, B an enum hd_register, imm = shift | width << 8 in bits */
	HD_FORMAT_PSEUDO,    /* A, imm an enum hd_pseudo_register */
	HD_FORMAT_INDEXED,   /* A, C registers, B bytes per element, imm an offset in local memory */
	HD_FORMAT_MOVE2,     /* A = B, then C = register imm */
	HD_FORMAT_ADD_MOVE2, /* A = B + C, then register imm[0] = register imm[1] and register imm[2] = A, by bytes */
	HD_FORMAT_GPR_CONSTANT, /* B a general register, changed with imm */
	HD_FORMAT_PSEUDO_ST, /* A an enum hd_pseudo_register, small, forward target */
	HD_FORMAT_CALL,	     /* A first argument, imm a function */
	HD_FORMAT_BUILTIN,   /* A first argument, B their number, imm an enum script_builtin */
	HD_FORMAT_PRINT,     /* A first argument, B their number, C pieces from piece imm on */
	HD_FORMAT_FLOAT2,    /* A = B; uses floats */
	HD_FORMAT_FLOAT3,    /* A = B op C; uses floats */
};

/* Arithmetic in its three widths: 64 bits, and 32 bits kept sign- or zero-extended. */
#define HD_OPS_WIDTHS(X, NAME, format) X(NAME, format) X(NAME##_S32, format) X(NAME##_U32, format)
#define HD_OPS_ARITHMETIC(X, NAME) HD_OPS_WIDTHS(X, NAME, RRR) HD_OPS_WIDTHS(X, NAME##I, RRI)
#define HD_OPS_BOTH(X, NAME) X(NAME, RRR) X(NAME##I, RRI)
#define HD_OPS_JUMP(X, NAME) X(J##NAME, RRT) X(J##NAME##_LOOP, LOOP_RRT) X(J##NAME##I, RST) X(J##NAME##I_LOOP, LOOP_RST)

#define HD_OPS(X)                                                                                            \
	/* A = imm; A = constants[imm]; A = B; A = address of data */                                        \
	X(LI, RI) X(LK, CONSTANT) X(MOVE, RR) X(DATA, DATA)                                                  \
	HD_OPS_ARITHMETIC(X, ADD) HD_OPS_ARITHMETIC(X, SUB) HD_OPS_ARITHMETIC(X, MUL)                        \
	HD_OPS_ARITHMETIC(X, SHL)                                                                            \
	HD_OPS_BOTH(X, AND) HD_OPS_BOTH(X, OR) HD_OPS_BOTH(X, XOR)                                           \
	/* 64-bit shifts right (counts modulo 64) and with counts modulo 32 */                               \
	HD_OPS_BOTH(X, SHR) HD_OPS_BOTH(X, SAR) HD_OPS_BOTH(X, SHR_32) HD_OPS_BOTH(X, SAR_32)                \
	/* a zero divisor ends the script */                                                                 \
	HD_OPS_BOTH(X, DIVU) HD_OPS_BOTH(X, MODU) HD_OPS_BOTH(X, DIVS) HD_OPS_BOTH(X, MODS)                  \
	X(NEG, RR) X(NOT, RR)                                                                                \
	X(SX8, RR) X(SX16, RR) X(SX32, RR) X(ZX8, RR) X(ZX16, RR) X(ZX32, RR)                                \
	/* A = B compared with C: 0 or 1 */                                                                  \
	HD_OPS_BOTH(X, EQ) HD_OPS_BOTH(X, NE) HD_OPS_BOTH(X, LTU) HD_OPS_BOTH(X, LEU) HD_OPS_BOTH(X, LTS)    \
	HD_OPS_BOTH(X, LES) HD_OPS_BOTH(X, GTU) HD_OPS_BOTH(X, GEU) HD_OPS_BOTH(X, GTS) HD_OPS_BOTH(X, GES)  \
	X(JUMP, T) X(JUMP_LOOP, LOOP_T) X(JZ, RT) X(JZ_LOOP, LOOP_RT) X(JNZ, RT) X(JNZ_LOOP, LOOP_RT)        \
	HD_OPS_JUMP(X, EQ) HD_OPS_JUMP(X, NE) HD_OPS_JUMP(X, LTU) HD_OPS_JUMP(X, LEU) HD_OPS_JUMP(X, LTS)    \
	HD_OPS_JUMP(X, LES) HD_OPS_JUMP(X, GTU) HD_OPS_JUMP(X, GEU) HD_OPS_JUMP(X, GTS) HD_OPS_JUMP(X, GES)  \
	/* A += C (or 1), then the jump: the end of a counting loop */                                       \
	X(MOVE2, MOVE2)                                                                                      \
	X(STEP_LTU, STEP_RRT) X(STEP_LTS, STEP_RRT) X(STEP_LEU, STEP_RRT) X(STEP_LES, STEP_RRT)              \
	X(STEP_LTUI, STEP_RST) X(STEP_LTSI, STEP_RST) X(STEP_LEUI, STEP_RST) X(STEP_LESI, STEP_RST)          \
	/* A = B + C * imm */                                                                                \
	X(MULADD, RRRI)                                                                                      \
	/* A = memory at B + imm; memory at B + imm = A */                                                   \
	X(LDU8, RRI) X(LDS8, RRI) X(LDU16, RRI) X(LDS16, RRI) X(LDU32, RRI) X(LDS32, RRI) X(LD64, RRI)       \
	X(ST8, RRI) X(ST16, RRI) X(ST32, RRI) X(ST64, RRI)                                                   \
	/* A = memory at B + C * imm */                                                                      \
	X(LDXU8, RRRI) X(LDXS8, RRRI) X(LDXU16, RRRI) X(LDXS16, RRRI) X(LDXU32, RRRI) X(LDXS32, RRRI)        \
	X(LDX64, RRRI)                                                                                       \
	/* the same in local memory, at a fixed offset */                                                    \
	X(LLU8, LOCAL8) X(LLS8, LOCAL8) X(LLU16, LOCAL16) X(LLS16, LOCAL16) X(LLU32, LOCAL32)                \
	X(LLS32, LOCAL32) X(LL64, LOCAL64)                                                                   \
	X(SL8, LOCAL8) X(SL16, LOCAL16) X(SL32, LOCAL32) X(SL64, LOCAL64)                                    \
	/* the same at local memory + imm + C * B */                                                         \
	X(LXU8, INDEXED) X(LXS8, INDEXED) X(LXU16, INDEXED) X(LXS16, INDEXED) X(LXU32, INDEXED)              \
	X(LXS32, INDEXED) X(LX64, INDEXED)                                                                   \
	X(SX_8, INDEXED) X(SX_16, INDEXED) X(SX_32, INDEXED) X(SX_64, INDEXED)                               \
	X(LOCAL, LOCAL_ADDRESS) X(ZERO, LOCAL_ZERO)                                                          \
	/* copies imm bytes from B to A */                                                                   \
	X(COPY, RRI)                                                                                         \
	/* 8 bytes at address A: add imm, and A = the new value; add B, or exchange with B, and A = the old one */ \
	X(ATOMIC_STEP, RI) X(ATOMIC_ADD, RR) X(ATOMIC_EXCHANGE, RR)                                          \
	X(GETG, GLOBAL) X(PUTG, GLOBAL) X(ADDRG, GLOBAL)                                                     \
	X(GETO, OCCURRENCE) X(PUTO, OCCURRENCE)                                                              \
	X(GETGPR, GPR) X(PUTGPR, GPR) X(GETREG, MACHINE) X(PUTREG, MACHINE) X(GETPART, PART) X(PUTPART, PART) \
	X(GETPSEUDO, PSEUDO)                                                                                 \
	X(CALL, CALL) X(RET, R) X(END, NONE) X(BUILTIN, BUILTIN) X(PRINT, PRINT)                             \
	X(FADD, FLOAT3) X(FSUB, FLOAT3) X(FMUL, FLOAT3) X(FDIV, FLOAT3)                                      \
	X(FEQ, FLOAT3) X(FNE, FLOAT3) X(FLT, FLOAT3) X(FLE, FLOAT3)                                          \
	X(FADD_F32, FLOAT3) X(FSUB_F32, FLOAT3) X(FMUL_F32, FLOAT3) X(FDIV_F32, FLOAT3)                      \
	/* conversions: signed and unsigned 64-bit, double, float */                                         \
	X(F_FROM_S, FLOAT2) X(F_FROM_U, FLOAT2) X(S_FROM_F, FLOAT2) X(U_FROM_F, FLOAT2)                      \
	X(F_FROM_F32, FLOAT2) X(F32_FROM_F, FLOAT2) X(F32_FROM_S, FLOAT2) X(F32_FROM_U, FLOAT2)  \
	/* what scripts of events do most, in one step: `t = a + b; a = b; b = t`, `@ecx = @ecx & 1`, `if ($context == 1)` */ \
	HD_OPS_WIDTHS(X, ADD_MOVE2, ADD_MOVE2)                                                               \
	X(GPR_ANDI, GPR_CONSTANT) X(GPR_ORI, GPR_CONSTANT) X(GPR_XORI, GPR_CONSTANT)                         \
	X(JPSEUDO_EQI, PSEUDO_ST) X(JPSEUDO_NEI, PSEUDO_ST)

enum hd_op {
#define X(name, format) HD_OP_##name,
	HD_OPS(X)
#undef X
	HD_OP_COUNT
};

HD_STATIC_ASSERT(sizeof(struct hd_instruction) == 8, "instructions are eight bytes");
HD_STATIC_ASSERT(HD_OP_COUNT <= 256, "opcodes fit a byte");
HD_STATIC_ASSERT(HD_PROGRAM_MAX_INSTRUCTIONS - 1 <= 0xffff, "an instruction's number fits a line's record");
HD_STATIC_ASSERT(sizeof(struct hd_program_header) % 8 == 0, "sections are aligned");

#endif
