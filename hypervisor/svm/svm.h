/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of svm/ share.
 */
#ifndef HYPERVISOR_SVM_SVM_H
#define HYPERVISOR_SVM_SVM_H

#include "hypervisor/svm/vmcb.h"
#include "hypervisor/vcpu.h"

/* Physical addresses in 24 bits of a map of two bits an MSR (volume 2, 15.11). */
#define SVM_MSR_MAP_SIZE 8192

/* debug.c: what hides breakpoints in debug registers. */
struct svm_debug {
	unsigned int ours; /* a bit for each register of the processor that is one; 0: all are the guest's */
	unsigned int wanted_count;
	uint64_t wanted[HIDDEN_REGISTERS];
	bool stale; /* the processor is not as it is wanted yet: at the next entry */
	uint64_t loaded[HIDDEN_REGISTERS]; /* while any is ours: what is in the processor … */
	uint64_t dr[HIDDEN_REGISTERS], dr6, dr7; /* … and what the guest has there */
};

/* A core's part of AMD-V. */
struct svm_core {
	struct vmcb *vmcb; /* the guest */
	struct vmcb *host; /* the kernel's FS, GS, TR, LDTR, SYSCALL and SYSENTER state */
	void *save_area; /* the processor's own, VM_HSAVE_PA */
	uint64_t hsave_seen; /* what the guest believes to be in VM_HSAVE_PA */
	/* The kernel's, put back when the core is devirtualised. */
	struct descriptor_pointer *gdt, *idt;
	uint32_t exceptions; /* vectors that exit because an event wants them */
	/* step.c: while the guest carries out one instruction, and about the one that just ended. */
	bool is_stepping, has_ended;
	uint64_t saved_flags, saved_dr6;
	uint64_t debug_status; /* DR6 as the step's exit found it, nothing of before in it */
	struct svm_debug debug;
};

static inline struct svm_core *svm_core_of(const struct vcpu *vcpu)
{
	return vcpu->vendor_state;
}

static inline struct vmcb *vmcb_of(const struct vcpu *vcpu)
{
	return svm_core_of(vcpu)->vmcb;
}

/* The guest's own DR6 and DR7. */
static inline uint64_t *svm_guest_dr6(struct svm_core *svm)
{
	return svm->debug.ours ? &svm->debug.dr6 : &svm->vmcb->dr6;
}

static inline uint64_t svm_guest_dr7(const struct svm_core *svm)
{
	return svm->debug.ours ? svm->debug.dr7 : svm->vmcb->dr7;
}

/* svm.c */
extern const struct vcpu_vendor svm_vendor;
extern uint64_t svm_host_root;

/* registers.c */
int svm_read_register(struct vcpu *vcpu, enum hd_register reg, uint64_t *value);
int svm_write_register(struct vcpu *vcpu, enum hd_register reg, uint64_t value);
bool svm_read_own_msr(struct vcpu *vcpu, uint32_t msr, uint64_t *value);
bool svm_write_own_msr(struct vcpu *vcpu, uint32_t msr, uint64_t value, int *error);

/* exits.c */
void svm_inject(struct vcpu *vcpu, enum injection_type type, unsigned int vector, bool has_error, uint32_t error);
void svm_skip(struct vcpu *vcpu, unsigned int length);

/* debug.c */
void svm_debug_init(struct vcpu *vcpu);
unsigned int svm_hide_breakpoints(struct vcpu *vcpu, const uint64_t *addresses, unsigned int count);
/* On the core itself: the processor's registers become what is wanted; release: the guest's. */
void svm_debug_load(struct vcpu *vcpu);
void svm_debug_release(struct vcpu *vcpu);
/* The guest's own, by number: 0 … 3, 6, 7. 0 … 3 can be written on the core itself only. */
uint64_t svm_debug_read(struct vcpu *vcpu, unsigned int number);
void svm_debug_write(struct vcpu *vcpu, unsigned int number, uint64_t value);
void svm_exit_debug(struct vcpu *vcpu);
/* An intercepted #DB that is no step's end. true: it was a hidden breakpoint's, and is dealt with; else DR6 is the guest's. */
bool svm_debug_exception(struct vcpu *vcpu);
/* Those of the guest's registers that trap behind an access. */
unsigned int svm_debug_traps(const struct vcpu *vcpu);

/* nested.c */
bool svm_has_nested_paging(void);
int svm_nested_allocate(struct vcpu *vcpu, uint32_t tables);
void svm_nested_paging(struct vcpu *vcpu, bool on);
void svm_exit_nested(struct vcpu *vcpu);

/* step.c: around each entry and exit while vcpu->step.active. */
void svm_intercept_exceptions(struct vcpu *vcpu, uint32_t mask);
void svm_apply_exceptions(struct vcpu *vcpu);
void svm_step_arm(struct vcpu *vcpu);
void svm_step_disarm(struct vcpu *vcpu);
/* An intercepted #DB: was it the step's own? */
bool svm_step_trap(struct vcpu *vcpu);
bool svm_carry_out(struct vcpu *vcpu, const struct instruction *instruction);

/* deliver.c */
bool svm_gate_allows(struct vcpu *vcpu, unsigned int vector);
bool svm_is_delivering(const struct vcpu *vcpu);
unsigned int svm_interrupted_exception(const struct vcpu *vcpu);
void svm_forget_interrupted(struct vcpu *vcpu);
bool svm_deliver_interrupted(struct vcpu *vcpu);
bool svm_is_injecting(const struct vcpu *vcpu);
bool svm_deliver_injected(struct vcpu *vcpu);
/* An intercept that came while an event was being delivered, and nothing took its place: that delivery is done again. */
void svm_deliver_again(struct vcpu *vcpu);

/* outer.c: finds out what is below us; and passes a VMMCALL of the guest on to it, if it is one that serves them. */
void svm_outer_detect(void);
bool svm_outer_call(struct vcpu *vcpu);

/* msr_map.c */
int svm_msr_map_setup(void);
void svm_msr_map_teardown(void);
uint64_t svm_msr_map_physical(void);
void svm_msr_map_clear(void);
void svm_msr_map_set(uint32_t msr, bool read, bool write);
void svm_msr_map_all(bool read, bool write);

static inline void svm_set_intercept(struct vmcb *vmcb, unsigned int bit, bool on)
{
	uint32_t mask = 1u << bit % 32;

	if (on)
		vmcb->intercept[bit / 32] |= mask;
	else
		vmcb->intercept[bit / 32] &= ~mask;
}

/* entry.S, and what it calls. */
int svm_enter(struct vcpu *vcpu);
uint64_t svm_hypercall(uint64_t function, uint64_t argument);
void svm_take_nmi(void);
void svm_become_host(struct vcpu *vcpu);
uint64_t svm_become_native(struct vcpu *vcpu);
int svm_handle_exit(struct vcpu *vcpu);

#endif
