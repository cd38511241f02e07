// SPDX-License-Identifier: GPL-2.0
#include "engine/decode.h"
#include "hypervisor/clients.h"
#include "hypervisor/guest_memory.h"
#include "hypervisor/halt.h"
#include "hypervisor/host_traps.h"
#include "hypervisor/hypervisor.h"
#include "hypervisor/linux/kernel.h"
#include "hypervisor/msr.h"
#include "hypervisor/processor.h"
#include "hypervisor/script_host.h"

/* microsleep() spins with interrupts off: never longer than this at a time. */
#define SLEEP_MAX_US 1000000ull

static int read_register(void *self, enum hd_register reg, uint64_t *value)
{
	struct vcpu *vcpu = self;

	if (reg < HD_GPR_COUNT)
		*value = vcpu->gpr[reg];
	else if (reg == HD_REG_RIP)
		*value = vcpu->rip;
	else if (reg == HD_REG_RFLAGS)
		*value = vcpu->rflags;
	else
		return vendor->read_register(vcpu, reg, value);
	return 0;
}

static int write_register(void *self, enum hd_register reg, uint64_t value)
{
	struct vcpu *vcpu = self;

	if (reg < HD_GPR_COUNT) {
		vcpu->gpr[reg] = value;
	} else if (reg == HD_REG_RIP) {
		if (!address_is_canonical(value))
			return -HD_E_BAD_VALUE;
		vcpu->rip = value;
		/* Of the instruction that stood there: the new one's breakpoints are to be met. */
		vcpu->rflags &= ~RFLAGS_RF;
	} else if (reg == HD_REG_RFLAGS) {
		/* Reserved bits read as fixed; VM would end a 64-bit guest. */
		vcpu->rflags = (value & 0x3d7fd5 & ~(1ull << 17)) | RFLAGS_FIXED;
	} else {
		return vendor->write_register(vcpu, reg, value);
	}
	return 0;
}

static int read_pseudo(void *self, enum hd_pseudo_register reg, uint64_t *value)
{
	struct vcpu *vcpu = self;
	struct kernel_task task;

	switch (reg) {
	case HD_PSEUDO_DATE:
	case HD_PSEUDO_TIME:
		*value = kernel_seconds();
		return 0;
	case HD_PSEUDO_CORE:
		*value = vcpu->core;
		return 0;
	case HD_PSEUDO_IP:
		*value = vcpu->rip;
		return 0;
	case HD_PSEUDO_STAGE:
	case HD_PSEUDO_EVENT_STAGE:
		*value = pipeline_stage(&vcpu->pipeline);
		return 0;
	default:
		break;
	}
	kernel_task_of(vcpu->core, &task);
	switch (reg) {
	case HD_PSEUDO_PID:
		*value = task.pid;
		return 0;
	case HD_PSEUDO_TID:
		*value = task.tid;
		return 0;
	case HD_PSEUDO_PROC:
		*value = task.process;
		return 0;
	case HD_PSEUDO_THREAD:
		*value = task.thread;
		return 0;
	default:
		return -HD_E_NO_REGISTER;
	}
}

static int process_name(void *self, char *name, size_t size)
{
	struct vcpu *vcpu = self;
	struct kernel_task task;

	kernel_task_of(vcpu->core, &task);
	if (size > sizeof(task.name))
		size = sizeof(task.name);
	memcpy(name, task.name, size);
	name[size - 1] = 0;
	return 0;
}

static int read_memory(void *self, enum script_space space, uint64_t address, void *to, size_t size)
{
	if (space == SCRIPT_PHYSICAL)
		return physical_read(address, to, size) == size ? 0 : -HD_E_BAD_PHYSICAL;
	return guest_read(self, address, to, size) == size ? 0 : -HD_E_BAD_ADDRESS;
}

static int write_memory(void *self, enum script_space space, uint64_t address, const void *from, size_t size)
{
	uint8_t probe;

	if (space == SCRIPT_PHYSICAL)
		return physical_write(address, from, size) == size ? 0 : -HD_E_BAD_PHYSICAL;
	if (guest_write(self, address, from, size) == size)
		return 0;
	return guest_read(self, address, &probe, 1) ? -HD_E_READ_ONLY_ADDRESS : -HD_E_BAD_ADDRESS;
}

static int atomic_access(void *self, enum script_atomic what, uint64_t address, unsigned int width, uint64_t operand,
			 uint64_t expected, uint64_t *old)
{
	static int (*const functions[][2])(void *at, uint64_t operand, uint64_t *old) = {
		[SCRIPT_ATOMIC_ADD] = { host_atomic_add32, host_atomic_add64 },
		[SCRIPT_ATOMIC_EXCHANGE] = { host_atomic_exchange32, host_atomic_exchange64 },
		[SCRIPT_ATOMIC_COMPARE_EXCHANGE] = { host_atomic_compare32, host_atomic_compare64 },
	};
	struct guest_page page;
	void *at;

	if (guest_translate(self, address, &page) || page.bytes < width)
		return -HD_E_BAD_ADDRESS;
	if (page.user && !page.writable)
		return -HD_E_READ_ONLY_ADDRESS;
	at = kernel_direct(page.physical);
	/* Across a page of the direct map there is no atomic access through one address. */
	if (!at || (page.physical & 4095) + width > 4096)
		return -HD_E_BAD_ADDRESS;
	*old = expected;
	if (functions[what][width == 8](at, operand, old))
		return -HD_E_READ_ONLY_ADDRESS;
	if (width == 4)
		*old = (uint32_t)*old;
	return 0;
}

static int virtual_to_physical(void *self, uint64_t address, uint64_t *physical)
{
	struct guest_page page;
	int err = guest_translate(self, address, &page);

	if (!err)
		*physical = page.physical;
	return err;
}

static int physical_to_virtual(void *self, uint64_t address, uint64_t *virtual_address)
{
	(void)self;
	*virtual_address = kernel_virtual_of(address);
	return *virtual_address ? 0 : -HD_E_BAD_PHYSICAL;
}

static int read_msr(void *self, uint32_t msr, uint64_t *value)
{
	return msr_read(self, msr, value);
}

static int write_msr(void *self, uint32_t msr, uint64_t value)
{
	return msr_write(self, msr, value);
}

static uint64_t read_tsc(void *self)
{
	(void)self;
	return processor_tsc();
}

static int microsleep(void *self, uint64_t microseconds)
{
	struct vcpu *vcpu = self;
	uint64_t end;

	if (microseconds > SLEEP_MAX_US)
		return -HD_E_SCRIPT_ARGUMENT;
	end = processor_tsc() + microseconds * kernel_tsc_per_ms() / 1000;
	while (processor_tsc() < end) {
		world_park(&world, vcpu->core);
		processor_pause();
	}
	return 0;
}

/* Whether a script of an event runs, and not a `?`, which may have been typed at a halt in the middle of one. */
static bool runs_event(const struct vcpu *vcpu)
{
	return vcpu->pipeline.running && !vcpu->evaluates;
}

/* Text of an event goes to who defined it; of a `?`, to who typed it. */
static struct client *listener(const struct vcpu *vcpu)
{
	return client_of(runs_event(vcpu) ? vcpu->pipeline.running->event->client : vcpu->evaluates_for);
}

/* Apart, so that a run without output does not pay for the room that a note takes. */
static __attribute__((__noinline__)) void send_output(struct vcpu *vcpu)
{
	struct hd_note_text note = {
		.event = runs_event(vcpu) ? vcpu->pipeline.running->ref->number : EVENT_NO_NUMBER,
		.core = vcpu->core,
		.stage = pipeline_stage(&vcpu->pipeline) ? HD_STAGE_POST : HD_STAGE_PRE,
	};

	client_note(listener(vcpu), HD_NOTE_TEXT, &note, sizeof(note), vcpu->output,
		    vcpu->output_length);
	vcpu->output_length = 0;
}

void script_host_flush(struct vcpu *vcpu)
{
	if (vcpu->output_length)
		send_output(vcpu);
}

void script_host_evaluate_for(struct vcpu *vcpu, uint32_t client, bool on)
{
	script_host_flush(vcpu);
	vcpu->evaluates_for = client;
	vcpu->evaluates = on;
}

static void output(void *self, const char *text, size_t length)
{
	struct vcpu *vcpu = self;

	while (length) {
		size_t room = VCPU_OUTPUT_SIZE - vcpu->output_length, n = length < room ? length : room;

		memcpy(vcpu->output + vcpu->output_length, text, n);
		vcpu->output_length += (uint32_t)n;
		text += n;
		length -= n;
		if (vcpu->output_length == VCPU_OUTPUT_SIZE)
			script_host_flush(vcpu);
	}
}

static int change_event(void *self, enum script_event_action what, uint64_t number)
{
	static const uint8_t changes[] = {
		[SCRIPT_EVENT_ENABLE] = HD_CHANGE_ENABLE,
		[SCRIPT_EVENT_DISABLE] = HD_CHANGE_DISABLE,
		[SCRIPT_EVENT_CLEAR] = HD_CHANGE_CLEAR,
	};

	(void)self;
	return event_change_from_script(events, number, changes[what]);
}

static int short_circuit(void *self, bool on)
{
	struct vcpu *vcpu = self;

	return pipeline_event_sc(&vcpu->pipeline, on);
}

static int inject(void *self, uint64_t type, uint64_t vector, bool has_error, uint64_t error)
{
	struct vcpu *vcpu = self;

	if (vector > 255 || (type != INJECT_INTERRUPT && type != INJECT_NMI && type != INJECT_EXCEPTION))
		return -HD_E_SCRIPT_ARGUMENT;
	if (type == INJECT_EXCEPTION && (vector > 31 || vector == VECTOR_NMI))
		return -HD_E_BAD_VECTOR;
	vendor->inject(vcpu, (enum injection_type)type, (unsigned int)vector, has_error, (uint32_t)error);
	return 0;
}

static int pause_script(void *self)
{
	struct vcpu *vcpu = self;

	/* `pause();` typed at a halt: it stands already. */
	if (halt_is_on())
		return 0;
	halt_machine(vcpu, HD_HALT_EVENT, 0);
	return 0;
}

static int flush(void *self)
{
	script_host_flush(self);
	return 0;
}

static int disassemble_length(void *self, uint64_t address, unsigned int bits, uint64_t *length)
{
	uint8_t bytes[15];
	size_t size = guest_read(self, address, bytes, sizeof(bytes));
	struct instruction instruction;
	int n;

	if (!size)
		return -HD_E_BAD_ADDRESS;
	n = decode_instruction(bytes, size, bits == 32 ? DECODE_32 : DECODE_64, &instruction);
	*length = n > 0 ? (uint64_t)n : 0;
	return n > 0 ? 0 : -HD_E_SCRIPT_ARGUMENT;
}

const struct script_host_ops script_host_ops = {
	.read_register = read_register,
	.write_register = write_register,
	.read_pseudo = read_pseudo,
	.process_name = process_name,
	.read_memory = read_memory,
	.write_memory = write_memory,
	.atomic = atomic_access,
	.virtual_to_physical = virtual_to_physical,
	.physical_to_virtual = physical_to_virtual,
	.read_msr = read_msr,
	.write_msr = write_msr,
	.rdtsc = read_tsc,
	.microsleep = microsleep,
	.output = output,
	.event = change_event,
	.event_sc = short_circuit,
	.event_inject = inject,
	.pause = pause_script,
	.flush = flush,
	.disassemble_length = disassemble_length,
};

static uint64_t machine_rip(void *self)
{
	return ((struct vcpu *)self)->rip;
}

static void machine_halt(void *self)
{
	halt_machine(self, HD_HALT_EVENT, 0);
}

static void machine_script_error(void *self, int error, uint64_t detail, uint32_t line, uint32_t column)
{
	struct vcpu *vcpu = self;
	const struct pipeline_running *running = vcpu->pipeline.running;
	struct hd_note_script_error note = {
		.event = running && running->event ? running->ref->number : EVENT_NO_NUMBER,
		.detail = detail,
		.error = -error,
		.line = line,
		.column = column,
		.stage = running ? running->stage : 0,
	};

	script_host_flush(vcpu);
	client_note(listener(vcpu), HD_NOTE_SCRIPT_ERROR, &note, sizeof(note), NULL, 0);
}

/* The guest's XMM registers and MXCSR are live: scripts that compute with floats get their own. */
static void float_save(struct vcpu *vcpu)
{
	static const uint32_t default_mxcsr = 0x1f80;

	if (!vcpu->float_depth++)
		asm volatile("fxsave64 %0; ldmxcsr %1" : "=m"(vcpu->float_area) : "m"(default_mxcsr));
}

static void float_restore(struct vcpu *vcpu)
{
	if (!--vcpu->float_depth)
		asm volatile("fxrstor64 %0" : : "m"(vcpu->float_area));
}

static void machine_script_begin(void *self, const struct script_facts *facts)
{
	if (facts->uses_float)
		float_save(self);
}

static void machine_script_end(void *self, const struct script_facts *facts)
{
	struct vcpu *vcpu = self;

	script_host_flush(vcpu);
	if (facts->uses_float)
		float_restore(vcpu);
}

const struct pipeline_machine script_machine = {
	.rip = machine_rip,
	.halt = machine_halt,
	.script_error = machine_script_error,
	.script_begin = machine_script_begin,
	.script_end = machine_script_end,
	.script_ops = &script_host_ops,
};
