// SPDX-License-Identifier: GPL-2.0
/*
 * The host of `?` without a debuggee: this process. Scripts see a machine of
 * their own: registers that start at zero, @rsp in a small stack, $buffer.
 * No other memory of the process can be reached.
 */
#include "engine/decode.h"
#include "script/compile.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include <x86intrin.h>

#define MAX_GLOBALS 512
#define STACK_CELLS 1024

static struct script_global_storage {
	struct script_globals table;
	struct script_name names[MAX_GLOBALS];
	uint64_t cells[MAX_GLOBALS];
} globals;

static struct script_occurrence_storage {
	struct script_globals table;
	struct script_name names[64];
	uint64_t cells[64];
} occurrences;

static struct local_machine {
	uint64_t registers[HD_REG_COUNT];
	uint64_t stack[STACK_CELLS]; /* memory of the script */
	bool started;
} machine;

static int read_register(void *self, enum hd_register reg, uint64_t *value)
{
	(void)self;
	*value = machine.registers[reg];
	return 0;
}

static int write_register(void *self, enum hd_register reg, uint64_t value)
{
	(void)self;
	machine.registers[reg] = value;
	return 0;
}

static int read_pseudo(void *self, enum hd_pseudo_register reg, uint64_t *value)
{
	time_t now = time(NULL);
	struct tm local;

	(void)self;
	localtime_r(&now, &local);
	*value = 0;
	switch (reg) {
	case HD_PSEUDO_PID:
		*value = (uint64_t)getpid();
		break;
	case HD_PSEUDO_TID:
		*value = (uint64_t)syscall(SYS_gettid);
		break;
	case HD_PSEUDO_IP:
		*value = machine.registers[HD_REG_RIP];
		break;
	case HD_PSEUDO_DATE:
	case HD_PSEUDO_TIME:
		*value = (uint64_t)now + (uint64_t)local.tm_gmtoff;
		break;
	default:
		break;
	}
	return 0;
}

static int process_name(void *self, char *name, size_t size)
{
	(void)self;
	snprintf(name, size, "%s", program_invocation_short_name);
	return 0;
}

/* The machine's stack is memory of the script; everything else of the process is out of its reach. */
static void *own(uint64_t address, size_t size)
{
	const size_t own_size = offsetof(struct local_machine, started) - offsetof(struct local_machine, stack);
	uint64_t offset = address - (uint64_t)(uintptr_t)machine.stack;

	if (size > own_size || offset > own_size - size)
		return NULL;
	return (uint8_t *)machine.stack + offset;
}

static int read_memory(void *self, enum script_space space, uint64_t address, void *to, size_t size)
{
	const void *from = space == SCRIPT_VIRTUAL ? own(address, size) : NULL;

	(void)self;
	if (!from)
		return space == SCRIPT_VIRTUAL ? -HD_E_BAD_ADDRESS : -HD_E_BAD_PHYSICAL;
	memcpy(to, from, size);
	return 0;
}

static int write_memory(void *self, enum script_space space, uint64_t address, const void *from, size_t size)
{
	void *to = space == SCRIPT_VIRTUAL ? own(address, size) : NULL;

	(void)self;
	if (!to)
		return space == SCRIPT_VIRTUAL ? -HD_E_BAD_ADDRESS : -HD_E_BAD_PHYSICAL;
	memcpy(to, from, size);
	return 0;
}

static int atomic(void *self, enum script_atomic what, uint64_t address, unsigned int width, uint64_t operand,
		  uint64_t expected, uint64_t *old)
{
	uint64_t value = 0;
	void *cell = own(address, width);

	(void)self;
	if (!cell)
		return -HD_E_BAD_ADDRESS;
	/* One thread runs scripts here. */
	memcpy(&value, cell, width);
	*old = value;
	if (what == SCRIPT_ATOMIC_ADD)
		value += operand;
	else if (what == SCRIPT_ATOMIC_EXCHANGE || value == expected)
		value = operand;
	memcpy(cell, &value, width);
	return 0;
}

static int no_translation(void *self, uint64_t address, uint64_t *result)
{
	(void)self;
	(void)address;
	(void)result;
	return -HD_E_UNSUPPORTED;
}

static int read_msr(void *self, uint32_t msr, uint64_t *value)
{
	(void)self;
	(void)msr;
	(void)value;
	return -HD_E_MSR_REFUSED;
}

static int write_msr(void *self, uint32_t msr, uint64_t value)
{
	(void)self;
	(void)msr;
	(void)value;
	return -HD_E_MSR_REFUSED;
}

static uint64_t local_rdtsc(void *self)
{
	(void)self;
	return __rdtsc();
}

/* A script that waits longer than a second is cut: nothing could interrupt it. */
static int microsleep(void *self, uint64_t microseconds)
{
	struct timespec time;

	(void)self;
	if (microseconds > 1000000)
		microseconds = 1000000;
	time.tv_sec = (time_t)(microseconds / 1000000);
	time.tv_nsec = (long)(microseconds % 1000000) * 1000;
	nanosleep(&time, NULL);
	return 0;
}

static void output(void *self, const char *text, size_t length)
{
	struct script_local_host *host = self;

	host->output(host->self, text, length);
}

static int event(void *self, enum script_event_action what, uint64_t number)
{
	(void)self;
	(void)what;
	(void)number;
	return -HD_E_NO_EVENT;
}

static int event_sc(void *self, bool on)
{
	(void)self;
	(void)on;
	return -HD_E_SC_OUTSIDE;
}

static int event_inject(void *self, uint64_t type, uint64_t vector, bool has_error, uint64_t error)
{
	(void)self;
	(void)type;
	(void)vector;
	(void)has_error;
	(void)error;
	return -HD_E_UNSUPPORTED;
}

/* There is no machine to halt, and nothing to flush. */
static int nothing(void *self)
{
	(void)self;
	return 0;
}

static int disassemble_length(void *self, uint64_t address, unsigned int bits, uint64_t *length)
{
	size_t size = DECODE_MAX_LENGTH;
	struct instruction instruction;
	const uint8_t *code = NULL;
	int decoded;

	(void)self;
	while (size && !(code = own(address, size)))
		size--;
	if (!code)
		return -HD_E_BAD_ADDRESS;
	decoded = decode_instruction(code, size, bits == 32 ? DECODE_32 : DECODE_64, &instruction);
	*length = decoded > 0 ? (uint64_t)decoded : 0;
	return decoded > 0 ? 0 : -HD_E_SCRIPT_ARGUMENT;
}

const struct script_host_ops script_local_host_ops = {
	.read_register = read_register,
	.write_register = write_register,
	.read_pseudo = read_pseudo,
	.process_name = process_name,
	.read_memory = read_memory,
	.write_memory = write_memory,
	.atomic = atomic,
	.virtual_to_physical = no_translation,
	.physical_to_virtual = no_translation,
	.read_msr = read_msr,
	.write_msr = write_msr,
	.rdtsc = local_rdtsc,
	.microsleep = microsleep,
	.output = output,
	.event = event,
	.event_sc = event_sc,
	.event_inject = event_inject,
	.pause = nothing,
	.flush = nothing,
	.disassemble_length = disassemble_length,
};

static void start_machine(void)
{
	globals.table = (struct script_globals){globals.names, globals.cells, MAX_GLOBALS, 0};
	occurrences.table = (struct script_globals){occurrences.names, occurrences.cells, 64, 0};
	machine.registers[HD_REG_RSP] = (uint64_t)(uintptr_t)(machine.stack + STACK_CELLS / 2);
	machine.registers[HD_REG_RFLAGS] = 2;
	machine.started = true;
}

int script_run_locally(struct script_program *program, struct script_local_host *host, uint64_t budget,
		       struct script_outcome *outcome)
{
	static uint64_t scratch[SCRIPT_STACK_BYTES / sizeof(uint64_t)] __attribute__((aligned(16)));
	static const uint64_t known[HD_PSEUDO_COUNT];
	struct script_run_request request = {
		.program = program->bytes,
		.host = &script_local_host_ops,
		.self = host,
		.scratch = scratch,
		.gpr = machine.registers,
		/* Nothing but a debuggee has these: they read 0. */
		.pseudo_known = 1ull << HD_PSEUDO_CONTEXT | 1ull << HD_PSEUDO_STAGE | 1ull << HD_PSEUDO_EVENT_STAGE |
				1ull << HD_PSEUDO_CORE,
		.pseudo = known,
		.globals = &globals.table,
		.occurrence = occurrences.cells,
		.occurrence_count = 64,
		.buffer_address = (uint64_t)(uintptr_t)host->buffer,
		.buffer_size = sizeof(host->buffer),
		.budget = budget > INT64_MAX / 1000 ? INT64_MAX : budget * 1000,
	};
	int error;

	if (!machine.started)
		start_machine();
	memset(occurrences.cells, 0, sizeof(occurrences.cells));
	error = script_resolve(program->bytes, &globals.table, &occurrences.table);
	if (error) {
		*outcome = (struct script_outcome){.error = -error, .detail = globals.table.count};
		return error;
	}
	return script_run(&request, outcome);
}
