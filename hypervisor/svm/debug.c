// SPDX-License-Identifier: GPL-2.0
/*
 * The debug registers, shared between the guest and hidden breakpoints.
 *
 * The guest comes first: what it enables in DR7 it has; ours take numbers that
 * are left. While any is ours, all accesses of the guest to debug registers
 * are answered with its own values, every #DB is looked at, and the VMCB's DR6
 * holds nothing but what happens until the next exit. VMRUN loads DR6 and DR7;
 * DR0 … DR3 stay in the processor.
 *
 * DR7 is written by host mode only, and the real one always says what the
 * VMCB's says: some emulated processors arm and disarm a breakpoint when DR7
 * is written and not by VMRUN, and what they undo is what DR7 held before.
 */
#include "hypervisor/exception.h"
#include "hypervisor/linux/kernel.h"
#include "hypervisor/processor.h"
#include "hypervisor/svm/svm.h"

#define DR7_ENABLE_GLOBAL(n) (2ull << 2 * (n))
#define DR7_ENABLE(n) (3ull << 2 * (n))
#define DR7_KIND(n) (3ull << (16 + 4 * (n))) /* 0: execution */
#define DR7_KIND_AND_LENGTH(n) (15ull << (16 + 4 * (n)))
#define DR6_WRITABLE 0xe00full
#define DR7_WRITABLE 0xffff23ffull
#define DR_FIRST_ALIAS 4 /* DR4 and DR5 are DR6 and DR7 unless CR4.DE says otherwise */
#define DR_INTERCEPTS 8

/* A bit for each register that the value enables. */
static unsigned int enabled(uint64_t dr7)
{
	unsigned int n, mask = 0;

	for (n = 0; n < HIDDEN_REGISTERS; n++)
		mask |= dr7 & DR7_ENABLE(n) ? 1u << n : 0;
	return mask;
}

/* Of these, those that trap behind an access, where one on execution is a fault. */
static unsigned int traps(uint64_t dr7)
{
	unsigned int n, mask = 0;

	for (n = 0; n < HIDDEN_REGISTERS; n++)
		mask |= dr7 & DR7_KIND(n) ? 1u << n : 0;
	return mask & enabled(dr7);
}

unsigned int svm_debug_traps(const struct vcpu *vcpu)
{
	return traps(svm_guest_dr7(svm_core_of(vcpu)));
}

static void intercept_accesses(struct vmcb *vmcb, bool on)
{
	unsigned int n;

	for (n = 0; n < DR_INTERCEPTS; n++) {
		svm_set_intercept(vmcb, SVM_INTERCEPT_DR_READ + n, on);
		svm_set_intercept(vmcb, SVM_INTERCEPT_DR_WRITE + n, on || n == 7);
	}
}

void svm_debug_init(struct vcpu *vcpu)
{
	struct svm_core *svm = svm_core_of(vcpu);

	memset(&svm->debug, 0, sizeof(svm->debug));
	svm->vmcb->dr6 = processor_read_dr6();
	svm->vmcb->dr7 = processor_read_dr7();
	intercept_accesses(svm->vmcb, false);
}

void svm_debug_load(struct vcpu *vcpu)
{
	struct svm_core *svm = svm_core_of(vcpu);
	struct svm_debug *debug = &svm->debug;
	struct vmcb *vmcb = svm->vmcb;
	unsigned int n, next = 0, ours = 0, taken;
	uint64_t dr7;

	debug->stale = false;
	if (!debug->ours) {
		debug->dr6 = vmcb->dr6;
		debug->dr7 = vmcb->dr7;
		for (n = 0; n < HIDDEN_REGISTERS; n++)
			debug->dr[n] = processor_read_dr(n);
	}
	dr7 = debug->dr7;
	taken = enabled(dr7);
	for (n = 0; n < HIDDEN_REGISTERS; n++) {
		debug->loaded[n] = debug->dr[n];
		if (next < debug->wanted_count && !(taken >> n & 1)) {
			debug->loaded[n] = debug->wanted[next++];
			ours |= 1u << n;
			dr7 = (dr7 & ~DR7_KIND_AND_LENGTH(n)) | DR7_ENABLE_GLOBAL(n);
		}
		processor_write_dr(n, debug->loaded[n]);
	}
	processor_write_dr7(dr7);
	vmcb->dr7 = dr7;
	vmcb->dr6 = ours ? DR6_CLEAR : debug->dr6;
	debug->ours = ours;
	intercept_accesses(vmcb, ours);
	svm_apply_exceptions(vcpu);
}

void svm_debug_release(struct vcpu *vcpu)
{
	svm_core_of(vcpu)->debug.wanted_count = 0;
	svm_debug_load(vcpu);
}

unsigned int svm_hide_breakpoints(struct vcpu *vcpu, const uint64_t *addresses, unsigned int count)
{
	struct svm_core *svm = svm_core_of(vcpu);
	struct svm_debug *debug = &svm->debug;
	unsigned int n, room = 0, taken = enabled(svm_guest_dr7(svm));

	if (!count && !debug->wanted_count)
		return 0;
	memcpy(debug->wanted, addresses, count * sizeof(*addresses));
	debug->wanted_count = count;
	debug->stale = true;
	vcpu->flush_wanted = true; /* for the sake of the work before the entry */
	for (n = 0; n < HIDDEN_REGISTERS; n++)
		room += !(taken >> n & 1);
	return count < room ? count : room;
}

uint64_t svm_debug_read(struct vcpu *vcpu, unsigned int number)
{
	struct svm_core *svm = svm_core_of(vcpu);

	if (number == 6)
		return *svm_guest_dr6(svm);
	if (number == 7)
		return svm_guest_dr7(svm);
	if (svm->debug.ours)
		return svm->debug.dr[number];
	return vcpu->core == kernel_this_core() ? processor_read_dr(number) : vcpu->still_dr[number];
}

static void write_dr7(struct vcpu *vcpu, uint64_t value)
{
	struct svm_core *svm = svm_core_of(vcpu);
	struct svm_debug *debug = &svm->debug;
	bool is_here = vcpu->core == kernel_this_core();

	if (debug->ours)
		debug->dr7 = value;
	else
		svm->vmcb->dr7 = value;
	if (!debug->wanted_count && !debug->ours && is_here) {
		processor_write_dr7(value);
		return;
	}
	debug->stale = true;
	vcpu->flush_wanted = true;
	hidden_room_changed(vcpu);
	if (is_here)
		svm_debug_load(vcpu);
}

void svm_debug_write(struct vcpu *vcpu, unsigned int number, uint64_t value)
{
	struct svm_core *svm = svm_core_of(vcpu);
	struct svm_debug *debug = &svm->debug;

	if (number == 6) {
		*svm_guest_dr6(svm) = (value & DR6_WRITABLE) | DR6_CLEAR;
	} else if (number == 7) {
		write_dr7(vcpu, (value & DR7_WRITABLE) | DR7_FIXED);
	} else {
		debug->dr[number] = value;
		if (!(debug->ours >> number & 1))
			processor_write_dr(number, value);
	}
}

/* #DB clears DR7.GD, or its handler could not look at the debug registers. */
static void allow_accesses(struct svm_core *svm)
{
	svm->debug.dr7 &= ~DR7_GD;
	svm->vmcb->dr7 &= ~DR7_GD;
}

static void carry_out(struct vcpu *vcpu, const struct instruction *insn, unsigned int number)
{
	uint64_t *gpr = &vcpu->gpr[insn->rm & 15];

	if (insn->kind == INSN_MOV_FROM_DR) {
		*gpr = svm_debug_read(vcpu, number);
	} else if (number >= 6 && *gpr >> 32) {
		exception_fault(vcpu, VECTOR_GP);
		return;
	} else {
		svm_debug_write(vcpu, number, *gpr);
	}
	svm_skip(vcpu, insn->length);
}

/* An access of the guest to a debug register. */
void svm_exit_debug(struct vcpu *vcpu)
{
	static const struct exception detected = { .vector = VECTOR_DB };
	struct svm_core *svm = svm_core_of(vcpu);
	struct instruction *insn = &vcpu->step.instruction;
	unsigned int number;
	bool decoded;

	decoded = step_decode(vcpu);
	vcpu->step.decoded = vcpu->step.active && decoded;
	/* Another core is changing the code: the instruction begins again. */
	if (!decoded || (insn->kind != INSN_MOV_FROM_DR && insn->kind != INSN_MOV_TO_DR))
		return;
	number = insn->reg & 7;
	if (number == DR_FIRST_ALIAS || number == DR_FIRST_ALIAS + 1) {
		if (vcpu->cr4 & CR4_DE) {
			exception_fault(vcpu, VECTOR_UD);
			return;
		}
		number += 2;
	}
	if (svm_guest_dr7(svm) & DR7_GD) {
		*svm_guest_dr6(svm) |= DR6_BD;
		allow_accesses(svm);
		exception_raise(vcpu, &detected);
		return;
	}
	carry_out(vcpu, insn, number);
}

/* A hidden breakpoint is met. Behind it the instruction is executed, once, without its breakpoints. */
static void meet(struct vcpu *vcpu, bool is_guests_too)
{
	if (!hidden_meet(vcpu)) {
		if (vcpu->step.active)
			step_end(vcpu, PIPELINE_COMPLETED);
	} else if (!is_guests_too) {
		vcpu->rflags |= RFLAGS_RF;
	}
}

/*
 * A breakpoint on execution is a fault: with a trap of the instruction before
 * (a step, an access) it comes again when that trap's handler returns, and
 * what a trap says of it is of no account.
 */
bool svm_debug_exception(struct vcpu *vcpu)
{
	struct svm_core *svm = svm_core_of(vcpu);
	struct svm_debug *debug = &svm->debug;
	uint64_t dr6 = vcpu->step.active ? svm->debug_status : svm->vmcb->dr6, dr7 = svm_guest_dr7(svm);
	uint64_t causes = dr6 & (DR6_BS | DR6_BD | DR6_BT), rip = vcpu->rip;
	unsigned int n, hits = dr6 & DR6_HITS, theirs = hits & ~debug->ours;
	bool is_trap = causes || theirs & traps(dr7), is_mine = false;

	if (!debug->ours && !vcpu->step.active)
		return false; /* all is where it belongs */
	if (debug->ours && !vcpu->step.active)
		svm->vmcb->dr6 = DR6_CLEAR;
	for (n = 0; n < HIDDEN_REGISTERS; n++)
		is_mine |= hits & debug->ours & 1u << n && debug->loaded[n] == rip;
	if (is_mine && !is_trap)
		meet(vcpu, theirs & enabled(dr7));
	if (hits & debug->ours && ((!causes && !(theirs & enabled(dr7))) || vcpu->rip != rip))
		return true;
	/* INT1 says nothing there. */
	if (theirs || causes)
		*svm_guest_dr6(svm) = (*svm_guest_dr6(svm) & ~DR6_HITS) | theirs | causes;
	allow_accesses(svm);
	return false;
}
