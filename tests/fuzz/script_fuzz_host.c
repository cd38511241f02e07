// SPDX-License-Identifier: GPL-2.0
#include "tests/fuzz/script_fuzz_host.h"

#include <stdlib.h>
#include <string.h>

#include "script/compile.h"

#define GLOBALS 32
#define OCCURRENCES 8
#define BUFFER_BYTES 256
#define BUDGET 3000

static uint64_t registers[HD_REG_COUNT];
static volatile unsigned char sink;

static int read_register(void *self, enum hd_register reg, uint64_t *value)
{
	(void)self;
	*value = registers[reg]; /* an index outside is the sanitizer's */
	return 0;
}

static int write_register(void *self, enum hd_register reg, uint64_t value)
{
	(void)self;
	registers[reg] = value;
	return reg == HD_REG_EFER ? -HD_E_READ_ONLY_REGISTER : 0;
}

static int read_pseudo(void *self, enum hd_pseudo_register reg, uint64_t *value)
{
	(void)self;
	*value = (uint64_t)reg;
	return 0;
}

static int process_name(void *self, char *name, size_t size)
{
	(void)self;
	memset(name, 'n', size - 1);
	name[size - 1] = 0;
	return 0;
}

/* Low addresses are readable: zeros and a pattern. */
static int read_memory(void *self, enum script_space space, uint64_t address, void *to, size_t size)
{
	(void)self;
	(void)space;
	if (address >= 0x10000)
		return -HD_E_BAD_ADDRESS;
	memset(to, (int)(address >> 8), size);
	return 0;
}

static int write_memory(void *self, enum script_space space, uint64_t address, const void *from, size_t size)
{
	(void)self;
	(void)space;
	for (size_t i = 0; i < size; i++)
		sink ^= ((const unsigned char *)from)[i];
	return address >= 0x10000 ? -HD_E_BAD_ADDRESS : 0;
}

static int atomic(void *self, enum script_atomic what, uint64_t address, unsigned int width, uint64_t operand,
		  uint64_t expected, uint64_t *old)
{
	(void)self;
	(void)what;
	(void)width;
	(void)operand;
	*old = expected;
	return address >= 0x10000 ? -HD_E_BAD_ADDRESS : 0;
}

static int translate(void *self, uint64_t address, uint64_t *result)
{
	(void)self;
	*result = address;
	return 0;
}

static int read_msr(void *self, uint32_t msr, uint64_t *value)
{
	(void)self;
	*value = msr;
	return msr & 1 ? -HD_E_MSR_REFUSED : 0;
}

static int write_msr(void *self, uint32_t msr, uint64_t value)
{
	(void)self;
	(void)value;
	return msr & 1 ? -HD_E_MSR_REFUSED : 0;
}

static uint64_t rdtsc(void *self)
{
	(void)self;
	return 1;
}

static int microsleep(void *self, uint64_t microseconds)
{
	(void)self;
	(void)microseconds;
	return 0;
}

static void output(void *self, const char *text, size_t length)
{
	(void)self;
	for (size_t i = 0; i < length; i++)
		sink ^= (unsigned char)text[i];
}

static int event(void *self, enum script_event_action what, uint64_t number)
{
	(void)self;
	(void)what;
	return number ? -HD_E_NO_EVENT : 0;
}

static int event_sc(void *self, bool on)
{
	(void)self;
	return on ? -HD_E_SC_IN_POST : 0;
}

static int event_inject(void *self, uint64_t type, uint64_t vector, bool has_error, uint64_t error)
{
	(void)self;
	(void)type;
	(void)vector;
	(void)has_error;
	(void)error;
	return 0;
}

static int nothing(void *self)
{
	(void)self;
	return 0;
}

static int disassemble_length(void *self, uint64_t address, unsigned int bits, uint64_t *length)
{
	(void)self;
	*length = address % 15 + bits / 64;
	return 0;
}

static const struct script_host_ops ops = {
	.read_register = read_register,
	.write_register = write_register,
	.read_pseudo = read_pseudo,
	.process_name = process_name,
	.read_memory = read_memory,
	.write_memory = write_memory,
	.atomic = atomic,
	.virtual_to_physical = translate,
	.physical_to_virtual = translate,
	.read_msr = read_msr,
	.write_msr = write_msr,
	.rdtsc = rdtsc,
	.microsleep = microsleep,
	.output = output,
	.event = event,
	.event_sc = event_sc,
	.event_inject = event_inject,
	.pause = nothing,
	.flush = nothing,
	.disassemble_length = disassemble_length,
};

static void *take(size_t size)
{
	void *memory = aligned_alloc(16, (size + 15) & ~(size_t)15);

	if (!memory)
		abort();
	memset(memory, 0x5a, size < 4096 ? size : 4096);
	return memory;
}

static void run(const void *program)
{
	struct script_name *names = calloc(GLOBALS, sizeof(*names)), *occurrence_names = calloc(OCCURRENCES, sizeof(*names));
	struct script_globals globals = {names, calloc(GLOBALS, sizeof(uint64_t)), GLOBALS, 0};
	struct script_globals occurrences = {occurrence_names, NULL, OCCURRENCES, 0};
	uint64_t *gpr = calloc(HD_GPR_COUNT, sizeof(*gpr)), *cells = calloc(OCCURRENCES, sizeof(*cells));
	void *buffer = take(BUFFER_BYTES);
	static void *scratch;
	static const uint64_t pseudo[HD_PSEUDO_COUNT] = {[HD_PSEUDO_CONTEXT] = 0x40};
	struct script_run_request request;
	struct script_outcome outcome;

	if (!scratch)
		scratch = take(SCRIPT_STACK_BYTES);
	request = (struct script_run_request){
		.program = program,
		.host = &ops,
		.scratch = scratch,
		.gpr = gpr,
		.pseudo_known = 1ull << HD_PSEUDO_CONTEXT,
		.pseudo = pseudo,
		.globals = &globals,
		.occurrence = cells,
		.occurrence_count = OCCURRENCES,
		.buffer_address = (uint64_t)(uintptr_t)buffer,
		.buffer_size = BUFFER_BYTES,
		.budget = BUDGET,
	};
	gpr[0] = (uint64_t)(uintptr_t)buffer + BUFFER_BYTES - 4; /* addresses near the ends of windows */
	gpr[1] = (uint64_t)(uintptr_t)globals.cells + GLOBALS * 8 - 4;
	gpr[2] = (uint64_t)(uintptr_t)request.scratch + SCRIPT_STACK_BYTES - 4;
	if (!script_resolve((void *)(uintptr_t)program, &globals, &occurrences)) {
		script_run(&request, &outcome);
		if (outcome.error < 0 || outcome.error >= HD_E_COUNT || outcome.instructions > BUDGET)
			abort();
	}
	free(globals.cells);
	free(names);
	free(occurrence_names);
	free(gpr);
	free(cells);
	free(buffer);
}

int script_fuzz_run(const void *program, size_t size)
{
	void *copy = aligned_alloc(8, (size + 7) & ~(size_t)7);
	int accepted;

	if (!copy)
		abort();
	memcpy(copy, program, size);
	accepted = script_check(copy, size, NULL, NULL) == 0;
	if (accepted)
		run(copy);
	free(copy);
	return accepted;
}
