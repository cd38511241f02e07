// SPDX-License-Identifier: GPL-2.0
/*
 * Host mode's IDT. NMIs end kicks and return at once; #GP and #PF at an
 * instruction of host_access.S go on at its fix-up, #DB at once; anything else is a bug of
 * ours, which is reported over the console port before the core stops.
 */
#include <hyperdbg/types.h>
#include "hypervisor/host_traps.h"
#include "hypervisor/processor.h"
#include "hypervisor/vcpu.h"
#include "hypervisor/vcpu_offsets.h"

#define HOST_GATES 256
#define HOST_GATE_SIZE 16
#define CONSOLE_PORT 0x3f8

HD_STATIC_ASSERT(offsetof(struct vcpu, gpr) == VCPU_RAX, "vcpu_offsets.h");
HD_STATIC_ASSERT(HD_REG_RDI * 8 == VCPU_RDI && HD_REG_R15 * 8 == VCPU_R15, "vcpu_offsets.h");
HD_STATIC_ASSERT(offsetof(struct vcpu, rip) == VCPU_RIP, "vcpu_offsets.h");
HD_STATIC_ASSERT(offsetof(struct vcpu, rflags) == VCPU_RFLAGS, "vcpu_offsets.h");
HD_STATIC_ASSERT(offsetof(struct vcpu, host_stack_top) == VCPU_HOST_STACK_TOP, "vcpu_offsets.h");
HD_STATIC_ASSERT(offsetof(struct vcpu, guest_state_pa) == VCPU_GUEST_STATE_PA, "vcpu_offsets.h");
HD_STATIC_ASSERT(offsetof(struct vcpu, host_state_pa) == VCPU_HOST_STATE_PA, "vcpu_offsets.h");

/* What the gates push: see host_access.S. */
struct host_frame {
	uint64_t r11, r10, r9, r8, rdi, rsi, rdx, rcx, rax;
	uint64_t vector, error;
	uint64_t rip, cs, rflags, rsp, ss;
};

struct idt_gate {
	uint16_t offset_low, selector;
	uint8_t ist, type;
	uint16_t offset_middle;
	uint32_t offset_high, reserved;
};

/* Where an access may fault and where it goes on then, from host_access on. */
extern const struct {
	int32_t at, resume;
} host_fixups[], host_fixups_end[];
extern const uint8_t host_access[], host_gates[], host_gate_nmi[];
void host_trap(struct host_frame *frame);

static struct idt_gate host_idt[HOST_GATES];

static void set_gate(unsigned int vector, const void *handler)
{
	uint64_t offset = (uint64_t)handler;

	host_idt[vector] = (struct idt_gate){
		.offset_low = (uint16_t)offset,
		.selector = processor_cs(),
		.type = 0x8e, /* present, interrupt gate */
		.offset_middle = (uint16_t)(offset >> 16),
		.offset_high = (uint32_t)(offset >> 32),
	};
}

void host_traps_init(void)
{
	unsigned int vector;

	/* External interrupts are off in host mode: a vector above 31 cannot come, and has no gate. */
	for (vector = 0; vector < 32; vector++)
		set_gate(vector, host_gates + vector * HOST_GATE_SIZE);
	set_gate(VECTOR_NMI, host_gate_nmi);
}

void host_traps_load(void)
{
	struct descriptor_pointer idt = { .limit = sizeof(host_idt) - 1, .base = (uint64_t)host_idt };

	processor_load_idt(&idt);
}

void host_flush_tlb(void)
{
	uint64_t cr4 = processor_read_cr4();

	/* Toggling PGE drops global translations too. */
	processor_write_cr4(cr4 ^ CR4_PGE);
	processor_write_cr4(cr4);
}

void host_report(const char *text)
{
	for (; *text; text++) {
		unsigned int patience = 100000;

		while (!(processor_in8(CONSOLE_PORT + 5) & 0x20) && --patience)
			processor_pause();
		processor_out8(CONSOLE_PORT, (uint8_t)*text);
	}
}

void host_report_number(const char *name, uint64_t value)
{
	char digits[17];
	int i;

	for (i = 15; i >= 0; i--, value >>= 4)
		digits[i] = "0123456789abcdef"[value & 15];
	digits[16] = 0;
	host_report(name);
	host_report(digits);
}

void host_trap(struct host_frame *frame)
{
	int64_t offset = (int64_t)(frame->rip - (uint64_t)host_access);
	size_t i;

	/*
	 * On some emulated processors the guest's breakpoints and ours stay armed here.
	 * What host mode touches is nobody's business.
	 */
	if (frame->vector == VECTOR_DB) {
		frame->rflags |= RFLAGS_RF;
		return;
	}
	for (i = 0; &host_fixups[i] < host_fixups_end; i++) {
		if (host_fixups[i].at == offset && (frame->vector == VECTOR_GP || frame->vector == VECTOR_PF)) {
			frame->rip = (uint64_t)host_access + (uint64_t)(int64_t)host_fixups[i].resume;
			return;
		}
	}
	host_report_number("\r\nhyperdbg: exception in host mode, vector ", frame->vector);
	host_report_number(" error ", frame->error);
	host_report_number("\r\nrip ", frame->rip);
	host_report_number(" rsp ", frame->rsp);
	host_report_number(" cr2 ", processor_read_cr2());
	host_report_number(" return ", *(uint64_t *)frame->rsp);
	host_report_number(" host_trap ", (uint64_t)host_trap);
	host_report("\r\nhyperdbg: this core stops here\r\n");
	for (;;)
		processor_halt();
}
