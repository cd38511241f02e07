// SPDX-License-Identifier: GPL-2.0
/*
 * The interpreter. It trusts what script_check() has proved: opcodes, register
 * numbers, targets and indices are not looked at again.
 *
 * One label per opcode and a jump through a table at the end of each: the
 * processor predicts each instruction's successor by itself. What an
 * instruction needs often (registers, local memory, general registers) lives
 * in local variables; the rest in struct script_vm.
 */
#include "engine/script_float.h"
#include "engine/script_vm.h"

static uint64_t divide_signed(uint64_t left, uint64_t right)
{
	/* The processor faults on the one quotient that does not fit. */
	return right == (uint64_t)-1 ? -left : (uint64_t)((int64_t)left / (int64_t)right);
}

static uint64_t modulo_signed(uint64_t left, uint64_t right)
{
	return right == (uint64_t)-1 ? 0 : (uint64_t)((int64_t)left % (int64_t)right);
}

static void find_line(const struct script_vm *vm, const struct hd_instruction *at, struct script_outcome *outcome)
{
	const struct hd_program_header *h = vm->header;
	const struct hd_program_line *lines = (const void *)(script_program_at(vm, h->lines.offset));
	uint32_t number = (uint32_t)(at - (const struct hd_instruction *)(script_program_at(vm, h->code.offset)));

	outcome->line = 0;
	outcome->column = 0;
	for (uint32_t i = 0; i < h->lines.count && lines[i].instruction <= number; i++) {
		outcome->line = hd_line(lines[i].file, lines[i].line);
		outcome->column = lines[i].column;
	}
}

/*
 * Direct access to the two windows that scripts use most, else through the
 * host. An access of any size may begin here; those in the last seven bytes of
 * a window go the long way, whatever their size.
 */
static inline bool in_reach(const struct script_vm *vm, uint64_t address)
{
	return address - (uint64_t)(uintptr_t)vm->stack->memory < sizeof(vm->stack->memory) - 7 ||
	       address - vm->run->buffer_address < vm->buffer_room;
}

/* The cell of a global variable at this address, or NULL. */
static inline void *quick_cell(const struct script_run_request *run, uint64_t address)
{
	uint64_t offset;

	if (!run->globals)
		return NULL;
	offset = address - (uint64_t)(uintptr_t)run->globals->cells;
	return offset < run->globals->capacity * 8ull && offset % 8 == 0 ? (uint8_t *)run->globals->cells + offset : NULL;
}

/* Unaligned access as the processor does it. */
#define UNALIGNED(type) \
	struct {        \
		type v; \
	} __attribute__((packed, may_alias))
typedef UNALIGNED(uint8_t) unaligned_uint8_t;
typedef UNALIGNED(int8_t) unaligned_int8_t;
typedef UNALIGNED(uint16_t) unaligned_uint16_t;
typedef UNALIGNED(int16_t) unaligned_int16_t;
typedef UNALIGNED(uint32_t) unaligned_uint32_t;
typedef UNALIGNED(int32_t) unaligned_int32_t;
typedef UNALIGNED(uint64_t) unaligned_uint64_t;

#define AT (pc - 1)
#define A r[AT->a]
#define B r[AT->b]
#define C r[AT->c]
#define IMM ((uint64_t)(int64_t)AT->imm)
#define SMALL ((uint64_t)(int64_t)hd_instruction_small(AT))
#define S(x) ((int64_t)(x))

/* `pc` is the next instruction, so that fetching it waits for nothing; the one at hand stands before it. */
#ifdef __clang__
/* Instrumented for the fuzzers, 250 computed jumps take clang minutes: one for all. */
#define NEXT goto dispatch
#else
#define NEXT goto *jump[pc++->op]
#endif
#define FAIL(what)              \
	do {                    \
		error = what;   \
		vm.detail = 0;  \
		goto failed;  \
	} while (0)
#define TRY(call)                     \
	do {                          \
		vm.budget = budget;   \
		error = call;         \
		budget = vm.budget;   \
		if (error)            \
			goto failed;  \
		NEXT;                 \
	} while (0)
/*
 * A taken jump backward pays for the instructions it goes back over.
 *
 * The next turn need not wait until the instruction at hand has been read and
 * its target computed: where a loop went last time, `turn` knows, and that it
 * goes there again is left to the processor's prediction of branches. `again`
 * keeps the compiler from seeing that both are the same.
 */
#define LOOP                                                                  \
	do {                                                                  \
		const struct hd_instruction *to = pc + AT->imm, *again = turn; \
									      \
		budget += AT->imm;                                            \
		if (budget < 0)                                               \
			FAIL(HD_E_BUDGET);                                    \
		__asm__("" : "+r"(again));                                    \
		if (__builtin_expect(to != turn, 0)) {                        \
			__asm__ volatile("");                                 \
			turn = again = to;                                    \
		}                                                             \
		pc = again;                                                   \
	} while (0)

#define OP_ARITHMETIC(NAME, expression)                                                               \
	L_##NAME : A = expression(B, C);                                                              \
	NEXT;                                                                                         \
	L_##NAME##_S32 : A = (uint64_t)(int32_t)(expression(B, C));                                   \
	NEXT;                                                                                         \
	L_##NAME##_U32 : A = (uint32_t)(expression(B, C));                                            \
	NEXT;                                                                                         \
	L_##NAME##I : A = expression(B, IMM);                                                         \
	NEXT;                                                                                         \
	L_##NAME##I_S32 : A = (uint64_t)(int32_t)(expression(B, IMM));                                \
	NEXT;                                                                                         \
	L_##NAME##I_U32 : A = (uint32_t)(expression(B, IMM));                                         \
	NEXT;
#define OP_BOTH(NAME, expression)           \
	L_##NAME : A = expression(B, C);    \
	NEXT;                               \
	L_##NAME##I : A = expression(B, IMM); \
	NEXT;
#define OP_DIVIDE(NAME, expression)         \
	L_##NAME : if (!C)                  \
		FAIL(HD_E_DIVIDE);          \
	A = expression(B, C);               \
	NEXT;                               \
	L_##NAME##I : if (!AT->imm)          \
		FAIL(HD_E_DIVIDE);          \
	A = expression(B, IMM);             \
	NEXT;
#define OP_JUMP(NAME, test)                    \
	L_J##NAME : if (test(A, B))            \
		pc += AT->imm;                  \
	NEXT;                                  \
	L_J##NAME##_LOOP : if (test(A, B))     \
		LOOP;                          \
	NEXT;                                  \
	L_J##NAME##I : if (test(A, SMALL))     \
		pc += AT->imm;                  \
	NEXT;                                  \
	L_J##NAME##I_LOOP : if (test(A, SMALL)) \
		LOOP;                          \
	NEXT;
#define OP_ADD_MOVE2(NAME, type)                                                          \
	L_##NAME : value = (uint64_t)(type)(B + C);                                       \
	A = value;                                                                        \
	r[AT->imm & 0xff] = r[AT->imm >> 8 & 0xff];                                       \
	r[AT->imm >> 16] = value;                                                         \
	NEXT;
#define OP_GPR(NAME, change)                                                              \
	L_##NAME : if (__builtin_expect(run->gpr != NULL, 1)) {                           \
		run->gpr[AT->b] = change(run->gpr[AT->b], IMM);                           \
		NEXT;                                                                     \
	}                                                                                 \
	error = script_read_register(&vm, AT->b, &loaded);                                       \
	if (error)                                                                        \
		goto failed;                                                              \
	TRY(script_write_register(&vm, AT->b, change(loaded, IMM)));
#define OP_JUMP_PSEUDO(NAME, test)                                                        \
	L_##NAME : if (__builtin_expect(run->pseudo_known >> AT->a & 1, 1)) {             \
		value = run->pseudo[AT->a];                                               \
	} else {                                                                          \
		error = script_read_pseudo(&vm, AT->a, &loaded);                                 \
		if (error)                                                                \
			goto failed;                                                      \
		value = loaded;                                                           \
	}                                                                                 \
	if (test(value, SMALL))                                                           \
		pc += AT->imm;                                                            \
	NEXT;
#define OP_COMPARE(NAME, test) OP_BOTH(NAME, test) OP_JUMP(NAME, test)
#define OP_STEP(NAME, test)                                        \
	L_STEP_##NAME : A += (uint64_t)(int64_t)(int8_t)AT->c;      \
	if (test(A, B))                                            \
		LOOP;                                              \
	NEXT;                                                      \
	L_STEP_##NAME##I : A += 1;                                 \
	if (test(A, SMALL))                                        \
		LOOP;                                              \
	NEXT;
#define LOAD(type, size)                                                     \
	if (__builtin_expect(in_reach(&vm, value), 1)) {                     \
		A = (uint64_t)(int64_t)((const unaligned_##type *)(uintptr_t)value)->v; \
		NEXT;                                                        \
	}                                                                    \
	error = script_load(&vm, value, size, &loaded);                      \
	if (error)                                                           \
		goto failed;                                                 \
	A = (uint64_t)(int64_t)(type)loaded;                                 \
	NEXT;
#define OP_LOAD(NAME, LOCAL, type, size)                                                     \
	L_##NAME : value = B + IMM;                                                          \
	LOAD(type, size)                                                                     \
	L_##LOCAL : A = (uint64_t)(int64_t)((const unaligned_##type *)(memory + AT->imm))->v; \
	NEXT;
#define OP_LOAD_SCALED(NAME, type, size)    \
	L_##NAME : value = B + C * IMM;     \
	LOAD(type, size)
#define OP_STORE(NAME, LOCAL, type, size)                               \
	L_##NAME : value = B + IMM;                                     \
	if (__builtin_expect(in_reach(&vm, value), 1)) {                \
		((unaligned_##type *)(uintptr_t)value)->v = (type)A;               \
		NEXT;                                                   \
	}                                                               \
	TRY(script_store(&vm, value, size, A));                         \
	L_##LOCAL : ((unaligned_##type *)(memory + AT->imm))->v = (type)A; \
	NEXT;

/* Local memory with an index: inside the script's memory, or as any other address. */
#define INDEX ((uint64_t)(uintptr_t)memory + IMM + C * AT->b)
#define IN_LOCAL_MEMORY                                                                                     \
	__builtin_expect(value - (uint64_t)(uintptr_t)vm.stack->memory < sizeof(vm.stack->memory) - 7, 1)
#define OP_LOAD_INDEXED(NAME, type, size)                                    \
	L_##NAME : value = INDEX;                                            \
	if (IN_LOCAL_MEMORY) {                                               \
		A = (uint64_t)(int64_t)((const unaligned_##type *)(uintptr_t)value)->v; \
		NEXT;                                                        \
	}                                                                    \
	error = script_load(&vm, value, size, &loaded);                      \
	if (error)                                                           \
		goto failed;                                                 \
	A = (uint64_t)(int64_t)(type)loaded;                                 \
	NEXT;
#define OP_STORE_INDEXED(NAME, type, size)                \
	L_##NAME : value = INDEX;                         \
	if (IN_LOCAL_MEMORY) {                            \
		((unaligned_##type *)(uintptr_t)value)->v = (type)A; \
		NEXT;                                     \
	}                                                 \
	TRY(script_store(&vm, value, size, A));

#define ADD(x, y) ((x) + (y))
#define SUB(x, y) ((x) - (y))
#define MUL(x, y) ((x) * (y))
#define SHL(x, y) ((x) << ((y) & 63))
#define AND(x, y) ((x) & (y))
#define OR(x, y) ((x) | (y))
#define XOR(x, y) ((x) ^ (y))
#define SHR(x, y) ((x) >> ((y) & 63))
#define SAR(x, y) ((uint64_t)(S(x) >> ((y) & 63)))
#define SHR_32(x, y) ((x) >> ((y) & 31))
#define SAR_32(x, y) ((uint64_t)(S(x) >> ((y) & 31)))
#define DIVU(x, y) ((x) / (y))
#define MODU(x, y) ((x) % (y))
#define EQ(x, y) ((x) == (y))
#define NE(x, y) ((x) != (y))
#define LTU(x, y) ((x) < (y))
#define LEU(x, y) ((x) <= (y))
#define LTS(x, y) (S(x) < S(y))
#define LES(x, y) (S(x) <= S(y))
#define GTU(x, y) ((x) > (y))
#define GEU(x, y) ((x) >= (y))
#define GTS(x, y) (S(x) > S(y))
#define GES(x, y) (S(x) >= S(y))

static int interpret(const struct script_run_request *run, struct script_outcome *outcome)
{
	static const void *const labels[] = {
#define X(name, format) &&L_##name,
		HD_OPS(X)
#undef X
	};
	const void *const *jump = labels;
	struct script_vm vm;
	const struct hd_program_function *function;
	const struct hd_instruction *code, *pc, *turn = NULL;
	struct script_frame *frame;
	uint64_t *r;
	uint8_t *memory, *memory_end;
	void *own;
	uint64_t value, loaded;
	int64_t budget = (int64_t)run->budget;
	int error = 0;

#ifdef __PIC__
	/* Where an address takes an instruction to make, one in a register is better than one at each dispatch. */
	__asm__("" : "+r"(jump));
#endif
	vm.run = run;
	vm.stack = run->scratch;
	vm.header = run->program;
	vm.buffer_room = 0;
	code = (const void *)(script_program_at(&vm, vm.header->code.offset));
	frame = vm.stack->frames;
	r = vm.stack->registers;
	memory = vm.stack->memory;
	memory_end = memory;
	pc = code;
	NEXT;

#ifdef __clang__
dispatch:
	goto *jump[pc++->op];
#endif
L_LI:
	A = IMM;
	NEXT;
L_LK:
	A = ((const uint64_t *)(script_program_at(&vm, vm.header->constants.offset)))[AT->imm];
	NEXT;
L_MOVE:
	A = B;
	NEXT;
L_MOVE2:
	A = B;
	C = r[AT->imm];
	NEXT;
L_DATA:
	A = (uint64_t)(uintptr_t)(script_program_at(&vm, vm.header->data.offset) + AT->imm);
	NEXT;
	OP_ARITHMETIC(ADD, ADD)
	OP_ARITHMETIC(SUB, SUB)
	OP_ARITHMETIC(MUL, MUL)
L_SHL:
	A = SHL(B, C);
	NEXT;
L_SHL_S32:
	A = (uint64_t)(int32_t)((uint32_t)B << (C & 31));
	NEXT;
L_SHL_U32:
	A = (uint32_t)B << (C & 31);
	NEXT;
L_SHLI:
	A = SHL(B, IMM);
	NEXT;
L_SHLI_S32:
	A = (uint64_t)(int32_t)((uint32_t)B << (AT->imm & 31));
	NEXT;
L_SHLI_U32:
	A = (uint32_t)B << (AT->imm & 31);
	NEXT;
	OP_BOTH(AND, AND)
	OP_BOTH(OR, OR)
	OP_BOTH(XOR, XOR)
	OP_BOTH(SHR, SHR)
	OP_BOTH(SAR, SAR)
	OP_BOTH(SHR_32, SHR_32)
	OP_BOTH(SAR_32, SAR_32)
	OP_DIVIDE(DIVU, DIVU)
	OP_DIVIDE(MODU, MODU)
	OP_DIVIDE(DIVS, divide_signed)
	OP_DIVIDE(MODS, modulo_signed)
L_NEG:
	A = -B;
	NEXT;
L_NOT:
	A = ~B;
	NEXT;
L_SX8:
	A = (uint64_t)(int8_t)B;
	NEXT;
L_SX16:
	A = (uint64_t)(int16_t)B;
	NEXT;
L_SX32:
	A = (uint64_t)(int32_t)B;
	NEXT;
L_ZX8:
	A = (uint8_t)B;
	NEXT;
L_ZX16:
	A = (uint16_t)B;
	NEXT;
L_ZX32:
	A = (uint32_t)B;
	NEXT;
L_JUMP:
	pc += AT->imm;
	NEXT;
L_JUMP_LOOP:
	LOOP;
	NEXT;
L_JZ:
	if (!A)
		pc += AT->imm;
	NEXT;
L_JZ_LOOP:
	if (!A)
		LOOP;
	NEXT;
L_JNZ:
	if (A)
		pc += AT->imm;
	NEXT;
L_JNZ_LOOP:
	if (A)
		LOOP;
	NEXT;
	OP_COMPARE(EQ, EQ)
	OP_COMPARE(NE, NE)
	OP_COMPARE(LTU, LTU)
	OP_COMPARE(LEU, LEU)
	OP_COMPARE(LTS, LTS)
	OP_COMPARE(LES, LES)
	OP_COMPARE(GTU, GTU)
	OP_COMPARE(GEU, GEU)
	OP_COMPARE(GTS, GTS)
	OP_COMPARE(GES, GES)
	OP_STEP(LTU, LTU)
	OP_STEP(LTS, LTS)
	OP_STEP(LEU, LEU)
	OP_STEP(LES, LES)
	OP_ADD_MOVE2(ADD_MOVE2, uint64_t)
	OP_ADD_MOVE2(ADD_MOVE2_S32, int32_t)
	OP_ADD_MOVE2(ADD_MOVE2_U32, uint32_t)
	OP_GPR(GPR_ANDI, AND)
	OP_GPR(GPR_ORI, OR)
	OP_GPR(GPR_XORI, XOR)
	OP_JUMP_PSEUDO(JPSEUDO_EQI, EQ)
	OP_JUMP_PSEUDO(JPSEUDO_NEI, NE)
L_MULADD:
	A = B + C * IMM;
	NEXT;
	OP_LOAD(LDU8, LLU8, uint8_t, 1)
	OP_LOAD(LDS8, LLS8, int8_t, 1)
	OP_LOAD(LDU16, LLU16, uint16_t, 2)
	OP_LOAD(LDS16, LLS16, int16_t, 2)
	OP_LOAD(LDU32, LLU32, uint32_t, 4)
	OP_LOAD(LDS32, LLS32, int32_t, 4)
	OP_LOAD(LD64, LL64, uint64_t, 8)
	OP_LOAD_SCALED(LDXU8, uint8_t, 1)
	OP_LOAD_SCALED(LDXS8, int8_t, 1)
	OP_LOAD_SCALED(LDXU16, uint16_t, 2)
	OP_LOAD_SCALED(LDXS16, int16_t, 2)
	OP_LOAD_SCALED(LDXU32, uint32_t, 4)
	OP_LOAD_SCALED(LDXS32, int32_t, 4)
	OP_LOAD_SCALED(LDX64, uint64_t, 8)
	OP_STORE(ST8, SL8, uint8_t, 1)
	OP_STORE(ST16, SL16, uint16_t, 2)
	OP_STORE(ST32, SL32, uint32_t, 4)
	OP_STORE(ST64, SL64, uint64_t, 8)
	OP_LOAD_INDEXED(LXU8, uint8_t, 1)
	OP_LOAD_INDEXED(LXS8, int8_t, 1)
	OP_LOAD_INDEXED(LXU16, uint16_t, 2)
	OP_LOAD_INDEXED(LXS16, int16_t, 2)
	OP_LOAD_INDEXED(LXU32, uint32_t, 4)
	OP_LOAD_INDEXED(LXS32, int32_t, 4)
	OP_LOAD_INDEXED(LX64, uint64_t, 8)
	OP_STORE_INDEXED(SX_8, uint8_t, 1)
	OP_STORE_INDEXED(SX_16, uint16_t, 2)
	OP_STORE_INDEXED(SX_32, uint32_t, 4)
	OP_STORE_INDEXED(SX_64, uint64_t, 8)
L_LOCAL:
	A = (uint64_t)(uintptr_t)(memory + AT->imm);
	NEXT;
L_ZERO:
	value = AT->a | (uint64_t)AT->b << 8 | (uint64_t)AT->c << 16;
	memset(memory + AT->imm, 0, value);
	budget -= (int64_t)(value / 8);
	NEXT;
L_COPY:
	TRY(script_copy(&vm, A, B, AT->imm < 0 ? 0 : (uint64_t)AT->imm));
L_ATOMIC_STEP:
	own = quick_cell(run, A);
	if (own) {
		A = __atomic_fetch_add((uint64_t *)own, IMM, __ATOMIC_SEQ_CST) + IMM;
		NEXT;
	}
	error = script_atomic(&vm, SCRIPT_ATOMIC_ADD, A, 8, IMM, 0, &loaded);
	if (error)
		goto failed;
	A = loaded + IMM;
	NEXT;
L_ATOMIC_ADD:
	own = quick_cell(run, A);
	if (own) {
		A = __atomic_fetch_add((uint64_t *)own, B, __ATOMIC_SEQ_CST);
		NEXT;
	}
	error = script_atomic(&vm, SCRIPT_ATOMIC_ADD, A, 8, B, 0, &loaded);
	if (error)
		goto failed;
	A = loaded;
	NEXT;
L_ATOMIC_EXCHANGE:
	own = quick_cell(run, A);
	if (own) {
		A = __atomic_exchange_n((uint64_t *)own, B, __ATOMIC_SEQ_CST);
		NEXT;
	}
	error = script_atomic(&vm, SCRIPT_ATOMIC_EXCHANGE, A, 8, B, 0, &loaded);
	if (error)
		goto failed;
	A = loaded;
	NEXT;
L_GETG:
	A = run->globals->cells[((const struct hd_program_name *)(script_program_at(&vm, vm.header->globals.offset)))[AT->imm].slot];
	NEXT;
L_PUTG:
	run->globals->cells[((const struct hd_program_name *)(script_program_at(&vm, vm.header->globals.offset)))[AT->imm].slot] = A;
	NEXT;
L_ADDRG:
	A = (uint64_t)(uintptr_t)&run->globals->cells
		    [((const struct hd_program_name *)(script_program_at(&vm, vm.header->globals.offset)))[AT->imm].slot];
	NEXT;
L_GETO:
	value = ((const struct hd_program_name *)(script_program_at(&vm, vm.header->occurrences.offset)))[AT->imm].slot;
	A = run->occurrence && value < run->occurrence_count ? run->occurrence[value] : 0;
	NEXT;
L_PUTO:
	value = ((const struct hd_program_name *)(script_program_at(&vm, vm.header->occurrences.offset)))[AT->imm].slot;
	if (run->occurrence && value < run->occurrence_count)
		run->occurrence[value] = A;
	NEXT;
L_GETGPR:
	if (__builtin_expect(run->gpr != NULL, 1)) {
		A = run->gpr[AT->b];
		NEXT;
	}
	TRY(script_read_register(&vm, AT->b, &A));
L_PUTGPR:
	if (__builtin_expect(run->gpr != NULL, 1)) {
		run->gpr[AT->b] = A;
		NEXT;
	}
	TRY(script_write_register(&vm, AT->b, A));
L_GETREG:
	TRY(script_read_register(&vm, AT->b, &A));
L_PUTREG:
	TRY(script_write_register(&vm, AT->b, A));
L_GETPART:
	if (__builtin_expect(AT->b < HD_GPR_COUNT && run->gpr, 1)) {
		value = run->gpr[AT->b];
	} else {
		error = script_read_register(&vm, AT->b, &loaded);
		if (error)
			goto failed;
		value = loaded;
	}
	A = value >> (AT->imm & 0xff) & ((1ull << (AT->imm >> 8)) - 1);
	NEXT;
L_PUTPART:
	if (AT->b < HD_GPR_COUNT && run->gpr) {
		run->gpr[AT->b] = script_with_part(run->gpr[AT->b], (unsigned int)AT->imm, A);
		NEXT;
	}
	TRY(script_write_part(&vm, AT->b, (unsigned int)AT->imm, A));
L_GETPSEUDO:
	if (run->pseudo_known >> AT->imm & 1) {
		A = run->pseudo[AT->imm];
		NEXT;
	}
	TRY(script_read_pseudo(&vm, (unsigned int)AT->imm, &A));
L_CALL:
	function = (const struct hd_program_function *)(script_program_at(&vm, vm.header->functions.offset)) + AT->imm;
	if (frame == vm.stack->frames) /* the body's own, which most scripts never need */
		memory_end = memory + (function - AT->imm)->memory;
	if (frame == vm.stack->frames + SCRIPT_FRAMES ||
	    r + AT->a + function->registers > vm.stack->registers + SCRIPT_REGISTERS ||
	    function->memory > (uint64_t)(vm.stack->memory + SCRIPT_MEMORY_BYTES - memory_end))
		FAIL(HD_E_STACK);
	budget -= function->end - function->entry;
	if (budget < 0)
		FAIL(HD_E_BUDGET);
	frame->next = pc;
	frame->registers = r;
	frame->memory = memory;
	frame++;
	r += AT->a;
	memory = memory_end;
	memory_end += function->memory;
	pc = code + function->entry;
	NEXT;
L_RET:
	value = A;
	if (frame == vm.stack->frames)
		goto finished;
	r[0] = value;
	frame--;
	pc = frame->next;
	r = frame->registers;
	memory_end = memory;
	memory = frame->memory;
	NEXT;
L_END:
	if (frame == vm.stack->frames) {
		value = 0;
		goto finished;
	}
	frame--;
	pc = frame->next;
	r = frame->registers;
	memory_end = memory;
	memory = frame->memory;
	NEXT;
L_BUILTIN:
	TRY(script_call_builtin(&vm, (unsigned int)AT->imm, &A, AT->c));
L_PRINT:
	TRY(script_print(&vm, (unsigned int)AT->imm, AT->c, &A));
#define X(name, ...)                             \
	L_##name : A = script_float_##name(B, C); \
	NEXT;
	SCRIPT_FLOAT_BINARY(X)
	SCRIPT_FLOAT_COMPARE(X)
#undef X
L_F_FROM_S:
L_F_FROM_U:
L_S_FROM_F:
L_U_FROM_F:
L_F_FROM_F32:
L_F32_FROM_F:
L_F32_FROM_S:
L_F32_FROM_U:
	A = script_float_convert(AT->op, B);
	NEXT;

failed:
	outcome->error = error;
	outcome->detail = vm.detail;
	outcome->value = 0;
	find_line(&vm, AT, outcome);
	outcome->instructions = run->budget - (uint64_t)(budget < 0 ? 0 : budget);
	return -error;
finished:
	outcome->error = 0;
	outcome->line = 0;
	outcome->column = 0;
	outcome->detail = 0;
	outcome->value = value;
	outcome->instructions = run->budget - (uint64_t)(budget < 0 ? 0 : budget);
	return 0;
}

int script_run(const struct script_run_request *run, struct script_outcome *outcome)
{
	const struct hd_program_header *header = run->program;
	const struct hd_instruction *first = (const void *)((const uint8_t *)header + header->code.offset);

	/* A script that only marks a place (comments, an event counted by its statistics) costs next to nothing. */
	if (first->op == HD_OP_END) {
		*outcome = (struct script_outcome){0};
		return 0;
	}
	return interpret(run, outcome);
}
