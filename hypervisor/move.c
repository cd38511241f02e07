// SPDX-License-Identifier: GPL-2.0
#include "engine/arithmetic.h"
#include "hypervisor/host_traps.h"
#include "hypervisor/hypervisor.h"
#include "hypervisor/linux/kernel.h"
#include "hypervisor/monitor.h"
#include "hypervisor/move.h"
#include "hypervisor/processor.h"

#define DR7_ENABLED 0xffull
#define ROOT_ADDRESS 0x000ffffffffff000ull

struct move {
	const struct instruction *insn;
	uint64_t linear;
	unsigned int size;
	struct arithmetic arithmetic; /* if it is no MOV */
};

/* The linear address of the operand with the registers as they are now; only 64-bit mode's plain ones. */
static bool address_of(struct vcpu *vcpu, const struct mem_operand *operand, unsigned int length, uint64_t *linear)
{
	uint64_t at = (uint64_t)operand->displacement, base = 0;

	if (operand->kind != MEM_NORMAL || operand->address_size != 8)
		return false;
	if (operand->base == DECODE_RIP)
		at += vcpu->rip + length;
	else if (operand->base != DECODE_NO_REGISTER)
		at += vcpu->gpr[operand->base & 15];
	if (operand->index != DECODE_NO_REGISTER)
		at += vcpu->gpr[operand->index & 15] * operand->scale;
	if (operand->segment == DECODE_FS || operand->segment == DECODE_GS)
		vendor->read_register(vcpu, operand->segment == DECODE_FS ? HD_REG_FS_BASE : HD_REG_GS_BASE, &base);
	*linear = at + base;
	return true;
}

/* A plain move or arithmetic, aligned (so one access of the processor's), with nothing of the guest's own watching it. */
static bool is_plain(struct vcpu *vcpu, struct move *move, uint64_t physical)
{
	const struct instruction *insn = &vcpu->step.instruction;
	uint64_t dr7 = 0;

	if (insn->operand_count != 1 || insn->mode != DECODE_64 ||
	    (insn->mov.form == MOV_NONE && !arithmetic_of(insn, &move->arithmetic)))
		return false;
	move->insn = insn;
	move->size = insn->operands[0].size;
	if (!move->size || move->size > 8 || move->size & (move->size - 1) ||
	    !address_of(vcpu, &insn->operands[0], insn->length, &move->linear) ||
	    (move->linear ^ physical) & (PAGING_BYTES - 1) || move->linear & (move->size - 1))
		return false;
	vendor->read_register(vcpu, HD_REG_DR7, &dr7);
	return !(dr7 & DR7_ENABLED);
}

static bool is_same(struct vcpu *vcpu, const struct move *move)
{
	uint64_t linear;

	return address_of(vcpu, &move->insn->operands[0], move->insn->length, &linear) && linear == move->linear;
}

static uint64_t source(const struct vcpu *vcpu, const struct instruction *insn)
{
	if (insn->mov.form == MOV_STORE_IMM)
		return (uint64_t)insn->immediate;
	return vcpu->gpr[insn->mov.reg & 15] >> (insn->mov.high_byte ? 8 : 0);
}

/* As the processor writes a register: four bytes clear the upper half, fewer leave the others. */
static void write_destination(struct vcpu *vcpu, const struct instruction *insn, uint64_t value, unsigned int size)
{
	uint64_t *reg = &vcpu->gpr[insn->mov.reg & 15];
	unsigned int bits = 64 - size * 8;

	if (insn->mov.sign_extend)
		value = (uint64_t)((int64_t)(value << bits) >> bits);
	switch (insn->mov.register_size) {
	case 8:
		*reg = value;
		break;
	case 4:
		*reg = (uint32_t)value;
		break;
	case 2:
		*reg = (*reg & ~0xffffull) | (uint16_t)value;
		break;
	default:
		if (insn->mov.high_byte)
			*reg = (*reg & ~0xff00ull) | (uint64_t)(uint8_t)value << 8;
		else
			*reg = (*reg & ~0xffull) | (uint8_t)value;
		break;
	}
}

static int do_arithmetic(struct vcpu *vcpu, const struct move *move)
{
	const struct arithmetic *what = &move->arithmetic;
	uint64_t *reg = &vcpu->gpr[what->reg];
	struct host_arithmetic state = {
		.operand = what->source == ARITHMETIC_REGISTER ? *reg : (uint64_t)move->insn->immediate,
		.rax = vcpu->gpr[HD_REG_RAX],
		.flags = (vcpu->rflags & RFLAGS_STATUS) | RFLAGS_FIXED,
	};
	unsigned int place = what->operation * 4u + (unsigned int)__builtin_ctz(move->size);
	int err = host_arithmetic_at(vcpu->cr3, move->linear, &state, place);

	if (err)
		return err;
	if (what->writes_rax)
		vcpu->gpr[HD_REG_RAX] = state.rax;
	if (what->writes_register)
		*reg = state.operand;
	vcpu->rflags = (vcpu->rflags & ~RFLAGS_STATUS) | (state.flags & RFLAGS_STATUS);
	return 0;
}

/*
 * By the guest's own page tables, with the rights that it has there and the
 * bits set in them that an access sets. 0, or -1 where that is refused.
 */
static int access_memory(struct vcpu *vcpu, const struct move *move)
{
	uint64_t value;
	int err;

	if (move->insn->mov.form == MOV_NONE)
		return do_arithmetic(vcpu, move);
	if (move->insn->mov.form != MOV_LOAD)
		return host_store_at(vcpu->cr3, move->linear, source(vcpu, move->insn), move->size);
	err = host_load_at(vcpu->cr3, move->linear, &value, move->size);
	if (!err)
		write_destination(vcpu, move->insn, value, move->size);
	return err;
}

static enum pipeline_verdict ask(struct vcpu *vcpu, struct occurrence *occurrence, const struct move *move,
				 uint64_t physical)
{
	unsigned int access = monitor_access_of(&move->insn->operands[0]);
	struct event_access *accesses = vcpu->step.accesses;
	struct event_key *key = &occurrence->key;

	accesses[0] = (struct event_access){ move->linear, move->linear + move->size - 1, access, 0 };
	accesses[1] = (struct event_access){ physical, physical + move->size - 1, access, 1 };
	key->kind = HD_EVENT_MONITOR;
	key->core = vcpu->core;
	key->cr3 = vcpu->cr3 & ROOT_ADDRESS;
	key->accesses = accesses;
	key->access_count = 2;
	if (events_need_pid & 1u << HD_EVENT_MONITOR)
		key->pid = kernel_pid_of(vcpu->core);
	return pipeline_begin(&vcpu->pipeline, occurrence);
}

/* An occurrence is open, and the move cannot be done here after all: a step carries it out. */
static void leave_to_step(struct vcpu *vcpu, uint64_t physical)
{
	vcpu->step.matched = true;
	step_open(vcpu, physical);
	step_begin(vcpu);
}

bool move_carry_out(struct vcpu *vcpu, uint64_t physical)
{
	struct step *step = &vcpu->step;
	enum pipeline_verdict verdict;
	struct move move;

	if (!kernel_allows_peek || !step_decode(vcpu) || !is_plain(vcpu, &move, physical))
		return false;
	verdict = ask(vcpu, &step->occurrence, &move, physical);
	if (verdict == PIPELINE_REDIRECTED || verdict == PIPELINE_CANCELLED) {
		if (verdict == PIPELINE_CANCELLED)
			vendor->skip(vcpu, move.insn->length);
		step->decoded = false;
		return true;
	}
	step->has_occurrence = verdict == PIPELINE_CARRY_OUT;
	/* A script may have changed the registers that the address is made of. */
	if ((verdict == PIPELINE_CARRY_OUT && !is_same(vcpu, &move)) ||
	    access_memory(vcpu, &move)) {
		leave_to_step(vcpu, physical);
		return true;
	}
	vendor->skip(vcpu, move.insn->length);
	step_end(vcpu, PIPELINE_COMPLETED);
	return true;
}
