// SPDX-License-Identifier: GPL-2.0
/*
 * The instruction decoder against Zydis: validity, length, and for each memory
 * operand its address parts, size and direction.
 *
 * Built with -fsanitize=fuzzer it is a fuzzer: the first byte of the input
 * chooses the mode, the rest is the instruction. Built with
 * -DDECODE_ZYDIS_SWEEP it goes through all opcodes of all maps with all modrm
 * bytes and the prefixes that matter, then through 1,000,000 random byte
 * strings, and prints what differs; with the argument "quick", through fewer
 * modrm bytes and EVEX prefixes.
 *
 * Where the two may differ is data, with the reason: see differences[] and
 * zydis_stricter().
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <Zydis/Zydis.h>

#include "engine/decode.h"

enum what {
	WE_REFUSE = 1,	   /* we call it invalid, Zydis does not */
	ZYDIS_REFUSES = 2, /* the other way round: see newer[] */
	ACCESS = 4,	  /* direction */
	SIZE = 8,
	OPERANDS = 16,    /* which operands there are */
	LENGTH = 32,
};

struct difference {
	const char *mnemonic;
	unsigned int what;
	const char *reason;
};

/* By Zydis' mnemonic; a star at the end stands for any ending. */
static const struct difference differences[] = {
	{"xcrypt_*", WE_REFUSE, "VIA's own, #UD on AMD and Intel"},
	{"xsha*", WE_REFUSE, "VIA's own, #UD on AMD and Intel"},
	{"xstore", WE_REFUSE, "VIA's own, #UD on AMD and Intel"},
	{"montmul", WE_REFUSE, "VIA's own, #UD on AMD and Intel"},
	{"jkzd", WE_REFUSE, "Knights Corner only"},
	{"jknzd", WE_REFUSE, "Knights Corner only"},
	{"bnd*", ACCESS | SIZE | OPERANDS | LENGTH, "MPX is gone from processors and kernel: long NOPs"},
	{"nop", ACCESS | SIZE, "Zydis lists the ignored operand as read"},
	{"prefetch*", ACCESS | SIZE, "no access"},
	{"cldemote", ACCESS | SIZE, "a hint"},
	{"clflush*", ACCESS | SIZE, "a line is named, nothing is read"},
	{"clwb", ACCESS | SIZE, "a line is named, nothing is read"},
	{"invlpg", ACCESS | SIZE, "an address only"},
	{"ud0", ACCESS | SIZE, "raises #UD without an access"},
	{"ud1", ACCESS | SIZE, "raises #UD without an access"},
	{"vgatherpf*", ACCESS | SIZE, "prefetches"},
	{"vscatterpf*", ACCESS | SIZE, "prefetches"},
	{"clzero", OPERANDS, "Zydis leaves out the line that is written"},
	{"enqcmd*", OPERANDS, "Zydis leaves out the 64 bytes that are written"},
	{"enter", OPERANDS | SIZE, "Zydis knows no nesting level"},
	{"iret*", SIZE, "Zydis counts SS and ESP outside 64-bit mode too"},
	{"uiret", OPERANDS, "Zydis leaves out the stack"},
	{"movdir64b", OPERANDS, "Zydis takes DS for the destination; the manual says ES"},
	{"tileload*", SIZE, "Zydis gives no size"},
	{"tilestored", SIZE, "Zydis gives no size"},
};

static bool is_listed(const char *mnemonic, unsigned int what)
{
	size_t i;

	for (i = 0; i < HD_ARRAY_SIZE(differences); i++) {
		const char *name = differences[i].mnemonic;
		size_t length = strlen(name);
		bool same = name[length - 1] == '*' ? !strncmp(name, mnemonic, length - 1) :
						      !strcmp(name, mnemonic);

		if (same && (differences[i].what & what))
			return true;
	}
	return false;
}

/* What we accept and Zydis 4.0 does not, by encoding, map and opcodes. */
static const struct {
	uint8_t encoding, map, first, last;
	const char *reason;
	bool only_narrow; /* that is outside 64-bit mode */
} newer[] = {
	{ENCODING_LEGACY, 1, 0x00, 0x00, "lkgs", false},
	{ENCODING_LEGACY, 1, 0x01, 0x01, "wrmsrns, wrmsrlist, rdmsrlist, pbndkb, eretu, erets", false},
	{ENCODING_LEGACY, 1, 0x1a, 0x1b, "MPX is gone, so what it forbids is allowed: long NOPs", false},
	{ENCODING_LEGACY, 2, 0xfc, 0xfc, "aadd, aand, axor, aor", false},
	{ENCODING_VEX, 2, 0x50, 0x51, "vpdpbuud and its kin", false},
	{ENCODING_VEX, 2, 0x5c, 0x5c, "tdpfp16ps", false},
	{ENCODING_VEX, 2, 0x6c, 0x6c, "tcmmrlfp16ps, tcmmimfp16ps", false},
	{ENCODING_VEX, 2, 0x72, 0x72, "vcvtneps2bf16", false},
	{ENCODING_VEX, 2, 0xb0, 0xb1, "vcvtneoph2ps and its kin, vbcstnesh2ps, vbcstnebf162ps", false},
	{ENCODING_VEX, 2, 0xb4, 0xb5, "vpmadd52luq, vpmadd52huq", false},
	{ENCODING_VEX, 2, 0xcb, 0xcd, "SHA-512", false},
	{ENCODING_VEX, 2, 0xd2, 0xd3, "vpdpwuud and its kin", false},
	{ENCODING_VEX, 2, 0xda, 0xda, "SM3 and SM4", false},
	{ENCODING_VEX, 2, 0xe0, 0xef, "cmpccxadd", false},
	{ENCODING_VEX, 3, 0x00, 0x01, "vpermq, vpermpd: seen on an AMD processor, W does not matter", false},
	{ENCODING_VEX, 3, 0xde, 0xde, "vsm3rnds2", false},
	{ENCODING_EVEX, 1, 0x2a, 0x2a, "W is ignored, though Zydis ignores it only for some of these", true},
	{ENCODING_EVEX, 1, 0x7b, 0x7b, "likewise", true},
	{ENCODING_EVEX, 5, 0x2a, 0x2d, "likewise", true},
	{ENCODING_EVEX, 5, 0x78, 0x7b, "likewise", true},
};

/* What Zydis refuses and we let pass, with decode.h's consent. */
static bool zydis_stricter(ZyanStatus status, const struct instruction *insn)
{
	size_t i;

	/* These raise #UD when they are executed. */
	if (status == ZYDIS_STATUS_BAD_REGISTER || status == ZYDIS_STATUS_ILLEGAL_LOCK)
		return true;
	for (i = 0; i < HD_ARRAY_SIZE(newer); i++) {
		if (insn->encoding == newer[i].encoding && insn->map == newer[i].map &&
		    insn->opcode >= newer[i].first && insn->opcode <= newer[i].last &&
		    !(newer[i].only_narrow && insn->mode == DECODE_64))
			return true;
	}
	return false;
}

/* Zydis 4.0 decodes Knights Corner's instructions, among them 62 with bit 2 of the third byte clear. */
static bool is_knights_corner(const ZydisDecodedInstruction *theirs)
{
	return theirs->encoding == ZYDIS_INSTRUCTION_ENCODING_MVEX ||
	       strstr(ZydisISAExtGetString(theirs->meta.isa_ext), "KNC") ||
	       strstr(ZydisISASetGetString(theirs->meta.isa_set), "KNC");
}

/* Where Zydis' address is not the one that counts. */
static bool is_other_address(const ZydisDecodedInstruction *theirs)
{
	/* 3e before an indirect branch is "no track", but an override as well. */
	if (theirs->attributes & ZYDIS_ATTRIB_HAS_NOTRACK)
		return true;
	/*
	 * With a 32-bit address size Zydis 4.0 takes REX.B for a base register where
	 * a SIB byte says that there is none. A processor does not.
	 */
	return theirs->address_width == 32 && theirs->machine_mode == ZYDIS_MACHINE_MODE_LONG_64 &&
	       (theirs->attributes & ZYDIS_ATTRIB_HAS_SIB) && theirs->raw.modrm.mod == 0 && theirs->raw.sib.base == 5;
}

static unsigned int register_number(ZydisRegister reg)
{
	if (reg == ZYDIS_REGISTER_NONE)
		return DECODE_NO_REGISTER;
	if (reg == ZYDIS_REGISTER_RIP || reg == ZYDIS_REGISTER_EIP)
		return DECODE_RIP;
	return ZydisRegisterGetId(reg);
}

static unsigned int operand_access(const ZydisDecodedOperand *operand)
{
	unsigned int access = DECODE_NO_ACCESS;

	if (operand->mem.type == ZYDIS_MEMOP_TYPE_AGEN || operand->mem.type == ZYDIS_MEMOP_TYPE_MIB)
		return access;
	if (operand->actions & ZYDIS_OPERAND_ACTION_MASK_READ)
		access |= DECODE_READ;
	if (operand->actions & ZYDIS_OPERAND_ACTION_MASK_WRITE)
		access |= DECODE_WRITE;
	return access;
}

static bool same_address(const ZydisDecodedOperand *theirs, const struct instruction *insn,
			 const struct mem_operand *ours)
{
	unsigned int index = register_number(theirs->mem.index);
	bool is_pop = insn->kind == INSN_POP && ours->kind == MEM_NORMAL && ours->base == DECODE_RSP;
	/* Addresses wrap, so displacements are the same if they are so in the address's bits. */
	uint64_t apart = (uint64_t)theirs->mem.disp.value - (uint64_t)ours->displacement;

	/* POP computes its address when rsp is already incremented; ours tells so. */
	if (is_pop)
		apart += ours->size;
	if (ours->address_size < 8)
		apart &= (UINT64_C(1) << (8 * ours->address_size)) - 1;

	/* Ours tells by its kind that AL is added. */
	if (ours->kind == MEM_XLAT)
		index = ours->index;
	return register_number(theirs->mem.base) == ours->base && index == ours->index &&
	       (index == DECODE_NO_REGISTER || ours->kind == MEM_XLAT || theirs->mem.scale == ours->scale) &&
	       !apart &&
	       (!ours->access || ZydisRegisterGetId(theirs->mem.segment) == ours->segment);
}

/*
 * Seen on an AMD processor: with 66, near branches in 64-bit mode read, push and
 * pop 2 bytes, and far pointers are at most 16:32.
 */
static bool amd_narrow(const struct instruction *insn, const struct mem_operand *operand, bool amd)
{
	if (!amd || insn->mode != DECODE_64)
		return false;
	if (operand->kind == MEM_FAR_POINTER)
		return operand->size == 6 && insn->operand_size == 8;
	return operand->size == 2 && (insn->kind == INSN_CALL_NEAR || insn->kind == INSN_JMP_NEAR ||
				      insn->kind == INSN_RET_NEAR);
}

/* What of the operands is not the same, or 0. */
static unsigned int compare_operands(const ZydisDecodedInstruction *theirs, const ZydisDecodedOperand *list,
				     const struct instruction *ours, bool amd)
{
	unsigned int used = 0, count = 0, found = 0, result = 0;
	unsigned int i, j;

	for (i = 0; i < theirs->operand_count; i++) {
		if (list[i].type != ZYDIS_OPERAND_TYPE_MEMORY)
			continue;
		count++;
		for (j = 0; j < ours->operand_count; j++) {
			const struct mem_operand *operand = &ours->operands[j];

			if ((used & 1u << j) || !same_address(&list[i], ours, operand))
				continue;
			used |= 1u << j;
			found++;
			if (operand->access != operand_access(&list[i]))
				result |= ACCESS;
			if (operand->size != list[i].size / 8 && !amd_narrow(ours, operand, amd) && operand_access(&list[i]))
				result |= SIZE;
			break;
		}
	}
	if (count != found || count != ours->operand_count)
		result |= OPERANDS;
	return result;
}

static ZydisDecoder decoders[6];

static const enum decode_mode modes[6] = {
	DECODE_64, DECODE_32, DECODE_16, DECODE_64 | DECODE_AMD, DECODE_32 | DECODE_AMD, DECODE_16 | DECODE_AMD,
};

static void set_up(void)
{
	static const ZydisMachineMode machine[3] = {ZYDIS_MACHINE_MODE_LONG_64, ZYDIS_MACHINE_MODE_LONG_COMPAT_32,
						    ZYDIS_MACHINE_MODE_LONG_COMPAT_16};
	static const ZydisStackWidth stack[3] = {ZYDIS_STACK_WIDTH_64, ZYDIS_STACK_WIDTH_32, ZYDIS_STACK_WIDTH_32};
	int i;

	for (i = 0; i < 6; i++) {
		ZydisDecoderInit(&decoders[i], machine[i % 3], stack[i % 3]);
		if (i >= 3)
			ZydisDecoderEnableMode(&decoders[i], ZYDIS_DECODER_MODE_AMD_BRANCHES, ZYAN_TRUE);
	}
}

struct comparison {
	unsigned int what; /* 0: the same, or listed */
	const char *mnemonic;
	int ours, theirs;
	struct instruction insn;
};

static void compare(const uint8_t *bytes, size_t available, unsigned int mode, struct comparison *result)
{
	ZydisDecodedOperand operands[ZYDIS_MAX_OPERAND_COUNT];
	ZydisDecodedInstruction theirs;
	ZyanStatus status = ZydisDecoderDecodeFull(&decoders[mode], bytes, available, &theirs, operands);
	int ours = decode_instruction(bytes, available, modes[mode], &result->insn);

	result->ours = ours;
	result->what = 0;
	result->mnemonic = "";
	if (!ZYAN_SUCCESS(status)) {
		result->theirs = -(int)ZYAN_STATUS_CODE(status);
		if (ours > 0 && !zydis_stricter(status, &result->insn))
			result->what = ZYDIS_REFUSES;
		return;
	}
	result->theirs = theirs.length;
	result->mnemonic = ZydisMnemonicGetString(theirs.mnemonic);
	if (is_knights_corner(&theirs))
		return;
	if (ours < 0)
		result->what = WE_REFUSE;
	else if (ours != theirs.length)
		result->what = LENGTH;
	else if (!is_other_address(&theirs))
		result->what = compare_operands(&theirs, operands, &result->insn, modes[mode] & DECODE_AMD);
	if (result->what && is_listed(result->mnemonic, result->what))
		result->what = 0;
}

static void print_comparison(const uint8_t *bytes, size_t available, unsigned int mode,
			     const struct comparison *result)
{
	const struct instruction *insn = &result->insn;
	unsigned int i;

	printf("%d%s what %x %s: length %d, Zydis %d:", mode % 3 == 0 ? 64 : mode % 3 == 1 ? 32 : 16,
	       mode >= 3 ? " AMD" : "", result->what, result->mnemonic, result->ours, result->theirs);
	for (i = 0; i < available && i < DECODE_MAX_LENGTH; i++)
		printf(" %02x", bytes[i]);
	printf("\n");
	for (i = 0; result->ours > 0 && i < insn->operand_count; i++) {
		const struct mem_operand *operand = &insn->operands[i];

		printf("    ours: size %u access %u segment %u base %d index %d*%d displacement %lld\n", operand->size,
		       operand->access, operand->segment, (int8_t)operand->base, (int8_t)operand->index, operand->scale,
		       (long long)operand->displacement);
	}
}

#ifdef DECODE_ZYDIS_SWEEP
static unsigned long compared, differing;
static bool quick;

/* At most three of a kind are printed. */
static bool worth_printing(const struct comparison *result)
{
	static struct {
		char name[40];
		unsigned int count;
	} seen[4096];
	char name[40];
	unsigned int i;

	snprintf(name, sizeof(name), "%x %s%x %x", result->what, result->mnemonic,
		 *result->mnemonic ? 0 : result->insn.encoding * 256 + result->insn.map,
		 *result->mnemonic ? 0 : result->insn.opcode);
	for (i = 0; i < HD_ARRAY_SIZE(seen) - 1 && seen[i].count; i++) {
		if (!strcmp(seen[i].name, name))
			break;
	}
	strcpy(seen[i].name, name);
	return seen[i].count++ < 3;
}

static void check(const uint8_t *bytes, size_t available, unsigned int mode)
{
	struct comparison result;

	compare(bytes, available, mode, &result);
	compared++;
	if (!result.what)
		return;
	differing++;
	if (worth_printing(&result))
		print_comparison(bytes, available, mode, &result);
}

/* The bytes behind an opcode: every modrm, some SIB bytes, recognisable displacements and immediates. */
static void sweep_modrm(uint8_t *bytes, unsigned int position, unsigned int mode)
{
	static const uint8_t sibs[] = {0x00, 0x25, 0x2c, 0x64, 0xa5, 0xed, 0xf4};
	static const uint8_t tail[] = {0x90, 0x81, 0x72, 0x63, 0x54, 0x45, 0x36, 0x27, 0x18, 0x09, 0x1a, 0x2b};
	unsigned int modrm, i;

	memcpy(bytes + position + 2, tail, sizeof(tail));
	for (modrm = 0; modrm < 256; modrm++) {
		bool has_sib = modrm < 0xc0 && (modrm & 7) == 4;

		/* rm 1, 4 and 5 stand for all. */
		if (quick && (mode != 0 || position >= 5) && (0xcd >> (modrm & 7) & 1))
			continue;
		bytes[position] = modrm;
		for (i = 0; i < (has_sib ? HD_ARRAY_SIZE(sibs) : 1); i++) {
			bytes[position + 1] = has_sib ? sibs[i] : 0x8f;
			check(bytes, DECODE_MAX_LENGTH, mode);
		}
	}
}

static void sweep_legacy(unsigned int mode)
{
	static const uint8_t prefixes[][3] = {
		{0}, {0x66}, {0xf3}, {0xf2}, {0x66, 0xf3}, {0xf2, 0x66}, {0x67}, {0x66, 0x67}, {0x64}, {0x2e}, {0xf0},
		{0x48}, {0x66, 0x48}, {0xf3, 0x48}, {0xf2, 0x47}, {0x45}, {0x67, 0x4f}, {0x40}, {0x48, 0x66}, {0x36, 0x65},
	};
	static const uint8_t escapes[][2] = {{0}, {0x0f}, {0x0f, 0x38}, {0x0f, 0x3a}};
	unsigned int i, j, opcode;

	for (i = 0; i < HD_ARRAY_SIZE(prefixes); i++) {
		for (j = 0; j < HD_ARRAY_SIZE(escapes); j++) {
			uint8_t bytes[32] = {0};
			unsigned int position = 0, k;

			for (k = 0; prefixes[i][k]; k++)
				bytes[position++] = prefixes[i][k];
			for (k = 0; k < 2 && escapes[j][k]; k++)
				bytes[position++] = escapes[j][k];
			for (opcode = 0; opcode < 256; opcode++) {
				bytes[position] = opcode;
				sweep_modrm(bytes, position + 1, mode);
			}
		}
	}
	for (opcode = 0; opcode < 256; opcode++) { /* 3DNow! */
		uint8_t bytes[32] = {0x0f, 0x0f, 0x44, 0x8d, 0x12};

		bytes[5] = opcode;
		check(bytes, DECODE_MAX_LENGTH, mode);
	}
}

/* pp, W, L and a used and an unused vvvv. */
static void sweep_vex(unsigned int mode, uint8_t first)
{
	unsigned int map, second, opcode;

	for (map = first == 0x8f ? 8 : 0; map < (first == 0x8f ? 12 : 5); map++) {
		for (second = 0; second < 32; second++) {
			uint8_t bytes[32] = {first, (second & 0x10 ? 0xe0 : 0xc0) | map,
					     (second & 8) << 4 | (second & 0x10 ? 0x78 : 0x58) | (second & 7)};

			for (opcode = 0; opcode < 256; opcode++) {
				bytes[3] = opcode;
				sweep_modrm(bytes, 4, mode);
			}
		}
	}
}

static void sweep_evex(unsigned int mode)
{
	/* z L'L b V' aaa */
	static const uint8_t thirds[] = {0x08, 0x49, 0x58, 0x41, 0xaa, 0x68, 0x28, 0x48, 0x18, 0x09, 0x8a, 0xcb, 0x5f, 0x00};
	unsigned int map, second, third, opcode;

	for (map = 0; map < 8; map++) {
		for (second = 0; second < 16; second++) {
			for (third = 0; third < (quick ? 6 : HD_ARRAY_SIZE(thirds)); third++) {
				uint8_t bytes[32] = {0x62, 0xf0 | map,
						     (second & 8) << 4 | (second & 4 ? 0x78 : 0x48) | 4 | (second & 3),
						     thirds[third]};

				for (opcode = 0; opcode < 256; opcode++) {
					bytes[4] = opcode;
					sweep_modrm(bytes, 5, mode);
				}
			}
		}
	}
}

static uint64_t next_random(void)
{
	static uint64_t state = 0x9e3779b97f4a7c15;

	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state;
}

static void random_bytes(unsigned long count)
{
	unsigned long i;

	for (i = 0; i < count; i++) {
		uint64_t words[2] = {next_random(), next_random()};
		uint64_t choice = next_random();
		uint8_t bytes[16];

		memcpy(bytes, words, sizeof(bytes));
		/* Half of them begin like vector instructions. */
		if (choice & 0x100)
			bytes[0] = (const uint8_t[]){0x62, 0xc4, 0xc5, 0x8f}[choice >> 9 & 3];
		check(bytes, 1 + (choice >> 16) % 15, (choice & 0xff) % 6);
	}
}

int main(int argc, char **argv)
{
	unsigned int mode;

	quick = argc > 1 && !strcmp(argv[1], "quick");
	set_up();
	for (mode = 0; mode < 6; mode++) {
		sweep_legacy(mode);
		if (mode >= 3 || (quick && mode == 2))
			continue;
		sweep_vex(mode, 0xc4);
		sweep_vex(mode, 0x8f);
		sweep_evex(mode);
	}
	random_bytes(1000000);
	printf("%s decode_zydis: %lu instructions compared, %lu differ\n", differing ? "FAILED" : "ok", compared,
	       differing);
	return differing ? 1 : 0;
}
#else
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bool ready;
	struct comparison result;

	if (!ready) {
		set_up();
		ready = true;
	}
	if (size < 2)
		return 0;
	compare(data + 1, size - 1, data[0] % 6, &result);
	if (!result.what)
		return 0;
	print_comparison(data + 1, size - 1, data[0] % 6, &result);
	fflush(stdout);
	abort();
}
#endif
