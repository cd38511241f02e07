/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One virtualised core, and the small interface behind which AMD-V and VT-x
 * differ. Event families, halting and scripts see only this header.
 *
 * "Host mode" is the time between an exit and the next entry: interrupts and
 * NMIs are held, the stack and page tables are our own, and the kernel's API
 * is out of reach but for what hypervisor/linux/kernel.h lists as safe there.
 */
#ifndef HYPERVISOR_VCPU_H
#define HYPERVISOR_VCPU_H

#include <hyperdbg/error.h>
#include <hyperdbg/request.h>
#include <hyperdbg/types.h>
#include "engine/pipeline.h"
#include "hypervisor/hidden.h"
#include "hypervisor/paging.h"
#include "hypervisor/step.h"

/* Operations that an event family can ask to be told of. */
enum intercept {
	INTERCEPT_CPUID,
};

/* Kinds of events to inject, as both vendors number them. */
enum injection_type {
	INJECT_INTERRUPT = 0,
	INJECT_NMI = 2,
	INJECT_EXCEPTION = 3,
	INJECT_SOFTWARE = 4,
};

enum exception_vector {
	VECTOR_DE = 0,
	VECTOR_DB = 1,
	VECTOR_NMI = 2,
	VECTOR_BP = 3,
	VECTOR_OF = 4,
	VECTOR_UD = 6,
	VECTOR_NM = 7,
	VECTOR_DF = 8,
	VECTOR_GP = 13,
	VECTOR_PF = 14,
	VECTOR_MC = 18,
};

/* One output buffer per core: the text of one script run travels as one message. */
#define VCPU_OUTPUT_SIZE 2048

struct vcpu {
	/* The guest's registers, in the order of encodings; entered and left by assembly. */
	uint64_t gpr[HD_GPR_COUNT];
	uint64_t rip, rflags;
	/* Used by the entry code: see the vendor's entry.S. */
	uint64_t host_stack_top;
	uint64_t guest_state_pa; /* VMCB */
	uint64_t host_state_pa; /* VMCB for VMLOAD and VMSAVE of the host's part */

	/* Of this exit: the guest's CR3 and CR4, and where the intercepted instruction ends, if the processor tells it (else 0). */
	uint64_t cr3, cr4;
	uint64_t next_rip;

	uint32_t core;
	bool active; /* its guest runs */
	bool leaving; /* devirtualise at the end of this exit */
	uint32_t nmi_expected; /* atomic: a kick's NMI is on its way */
	/* What has to be done before the next entry: together, since nearly always it is nothing. */
	union {
		struct {
			bool flush_wanted; /* the guest's translations are stale: forgotten */
			bool nmi_held; /* one of the guest's, that came in host mode or in a step: injected */
			bool step_wanted; /* `t`: one more instruction, or the halt behind the last */
			bool reserved;
		};
		uint32_t entry_work;
	};
	/* `t`: how many instructions until the next halt, and where the guest stood when that was asked for. */
	bool step_ended; /* an instruction has been carried out, or refused, by step.c since */
	uint64_t step_rip;
	uint64_t steps_left;
	uint64_t armed_generation; /* event_generation() that interception stands for */
	uint64_t exits[HD_EXIT_CLASS_COUNT];
	/* Nested paging's exits that were a walk's through the guest's page tables, and where the last one was. */
	uint64_t walk_exits, walk_address;
	int32_t exits_to_look; /* until exit_look(); below: it is due */
	/* Of line_watch(): the line's last look that this core knows of, and its own since. */
	uint64_t looked;
	uint32_t looks;
	void *vendor_state;
	void *host_stack;

	/* Registers that stay in the processor, copied when this core stands still for others to look at. */
	uint64_t still_dr[4], still_cr8;
	/* Guest-physical memory as this core may use it; without nested paging there is no root. */
	struct paging paging;
	uint64_t fault_address; /* of the last one that was only tried again, and how often */
	uint32_t fault_retries;
	struct step step;
	struct hidden hidden;
	/* Exceptions short-circuited in a row. */
	uint64_t storm_rip;
	uint32_t storm_count;

	/* XMM state of the guest while a script computes with floats; saved by the outermost run. */
	uint8_t float_area[512] __attribute__((aligned(16)));
	uint32_t float_depth;

	struct pipeline_core pipeline;
	void *pipeline_memory;
	char output[VCPU_OUTPUT_SIZE];
	uint32_t output_length;
	uint32_t evaluates_for; /* while a `?` runs: who typed it */
	bool evaluates;
};

struct vcpu_vendor {
	const char *name;
	uint32_t id; /* hd_hello.vendor */
	/* 0, or a negative errno, with a sentence in *why. */
	int (*probe)(const char **why);
	/* Memory that all cores share, and a core's own; process context. */
	int (*setup)(void);
	void (*teardown)(void);
	int (*allocate)(struct vcpu *vcpu);
	void (*release)(struct vcpu *vcpu);
	/* On the core itself, interrupts off: from here on the caller is a guest. */
	int (*launch)(struct vcpu *vcpu);
	/* Behind HYPERCALL_LEAVE, interrupts still off: switches the extension off. */
	void (*switch_off)(void);
	/* Guest side of hypercall.h. */
	uint64_t (*hypercall)(uint64_t function, uint64_t argument);

	/* From here on: host mode. Registers that do not live in struct vcpu. */
	int (*read_register)(struct vcpu *vcpu, enum hd_register reg, uint64_t *value);
	int (*write_register)(struct vcpu *vcpu, enum hd_register reg, uint64_t value);
	unsigned int (*cpl)(struct vcpu *vcpu);
	/* 64, 32 or 16: how the code at RIP is decoded. */
	unsigned int (*code_bits)(struct vcpu *vcpu);
	/* Goes on behind an emulated instruction: RIP, the end of an interrupt shadow, #DB under TF. */
	void (*skip)(struct vcpu *vcpu, unsigned int length);
	void (*inject)(struct vcpu *vcpu, enum injection_type type, unsigned int vector, bool has_error,
		       uint32_t error);
	/* MSRs whose guest value the hardware keeps in the control block. false: not such a one. */
	bool (*read_own_msr)(struct vcpu *vcpu, uint32_t msr, uint64_t *value);
	bool (*write_own_msr)(struct vcpu *vcpu, uint32_t msr, uint64_t value, int *error);
	void (*intercept)(struct vcpu *vcpu, enum intercept what, bool on);
	/* Which vectors exit (never VECTOR_NMI's). */
	void (*intercept_exceptions)(struct vcpu *vcpu, uint32_t mask);
	/*
	 * From the next entry on, hidden_meet() is called before the guest executes the instruction at one
	 * of these linear addresses (at most HIDDEN_REGISTERS), in whatever address space. Returns for how
	 * many of them, from the first on, the guest's own use of its debug registers, of which it notices
	 * nothing, leaves room; calls hidden_room_changed() when that changes. World stopped, or on the core.
	 */
	unsigned int (*hide_breakpoints)(struct vcpu *vcpu, const uint64_t *addresses, unsigned int count);
	/* Puts the guest under vcpu->paging, or off it again. */
	void (*nested_paging)(struct vcpu *vcpu, bool on);
	/* This exit came while the processor was delivering an event … */
	bool (*is_delivering)(const struct vcpu *vcpu);
	/* … which was the exception of that vector (else: 256) … */
	unsigned int (*interrupted_exception)(const struct vcpu *vcpu);
	/* … is not to be delivered again … */
	void (*forget_interrupted)(struct vcpu *vcpu);
	/* … or is delivered by us: the guest stands at its handler. false: it has to be the processor. */
	bool (*deliver_interrupted)(struct vcpu *vcpu);
	/* An injection waits for the next entry; likewise delivered by us. */
	bool (*is_injecting)(const struct vcpu *vcpu);
	bool (*deliver_injected)(struct vcpu *vcpu);
	/* Whether INT n is allowed here by the gate's privilege level. */
	bool (*gate_allows)(struct vcpu *vcpu, unsigned int vector);
	/* Carries out an instruction that cannot be stepped, if this is one: the guest stands behind it. */
	bool (*carry_out)(struct vcpu *vcpu, const struct instruction *instruction);
	bool decodes_as_amd; /* DECODE_AMD */
	/* Calls halt_at_window() as soon as the guest is at an instruction with interrupts enabled. */
	void (*interrupt_window)(struct vcpu *vcpu, bool on);
	/* The MSR map is shared by all cores: world stopped. clear: back to what we need ourselves. */
	void (*msr_map_clear)(void);
	void (*msr_map_set)(uint32_t msr, bool read, bool write);
	void (*msr_map_all)(bool read, bool write);
};

/* Chosen at load. */
extern const struct vcpu_vendor *vendor;

/* All cores, by number; NULL where there is none. */
extern struct vcpu *vcpus[HD_MAX_CORES];
extern uint32_t vcpu_count;

static inline uint32_t vcpu_eax(const struct vcpu *vcpu)
{
	return (uint32_t)vcpu->gpr[HD_REG_RAX];
}

static inline uint32_t vcpu_ecx(const struct vcpu *vcpu)
{
	return (uint32_t)vcpu->gpr[HD_REG_RCX];
}

/* EDX:EAX, as RDMSR, WRMSR and RDTSC use it. */
static inline uint64_t vcpu_edx_eax(const struct vcpu *vcpu)
{
	return vcpu->gpr[HD_REG_RDX] << 32 | (uint32_t)vcpu->gpr[HD_REG_RAX];
}

static inline void vcpu_set_edx_eax(struct vcpu *vcpu, uint64_t value)
{
	vcpu->gpr[HD_REG_RAX] = (uint32_t)value;
	vcpu->gpr[HD_REG_RDX] = value >> 32;
}

#endif
