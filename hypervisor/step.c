// SPDX-License-Identifier: GPL-2.0
#include "hypervisor/exception.h"
#include "hypervisor/guest_memory.h"
#include "hypervisor/host_traps.h"
#include "hypervisor/linux/kernel.h"
#include "hypervisor/step.h"
#include "hypervisor/vcpu.h"

void step_open(struct vcpu *vcpu, uint64_t physical)
{
	struct step *step = &vcpu->step;
	struct step_page *page;

	physical &= ~(PAGING_BYTES - 1);
	if (step->page_count < STEP_PAGES) {
		page = &step->pages[step->page_count++];
		page->physical = physical;
		page->generation = vcpu->paging.generation;
		page->access = (uint8_t)paging_access(&vcpu->paging, physical);
	}
	paging_set_access(&vcpu->paging, physical, PAGING_ALL);
	vcpu->flush_wanted = true;
}

void step_close(struct vcpu *vcpu)
{
	struct step *step = &vcpu->step;

	while (step->page_count) {
		const struct step_page *page = &step->pages[--step->page_count];

		if (page->generation == vcpu->paging.generation)
			paging_set_access(&vcpu->paging, page->physical, page->access);
		vcpu->flush_wanted = true;
	}
}

void step_set_access(struct vcpu *vcpu, uint64_t physical, unsigned int access)
{
	struct step *step = &vcpu->step;
	unsigned int i;

	/* Opened twice, the first time counts: closing goes backwards. */
	for (i = 0; i < step->page_count; i++) {
		if (step->pages[i].physical == physical && step->pages[i].generation == vcpu->paging.generation) {
			step->pages[i].access = (uint8_t)access;
			return;
		}
	}
	paging_set_access(&vcpu->paging, physical, access);
	vcpu->flush_wanted = true;
}

/* The bytes at RIP, all that an instruction can have, in one go; false where that needs a longer way. */
static bool peek(struct vcpu *vcpu, uint64_t bytes[2])
{
	return kernel_allows_peek && !host_peek128(vcpu->cr3, vcpu->rip, bytes);
}

bool step_decode(struct vcpu *vcpu)
{
	struct step *step = &vcpu->step;
	unsigned int bits = vendor->code_bits(vcpu);
	enum decode_mode mode = bits == 64 ? DECODE_64 : bits == 32 ? DECODE_32 : DECODE_16;
	uint64_t bytes[2];
	size_t size = sizeof(bytes);

	if (step->decoded)
		return true;
	if (vendor->decodes_as_amd)
		mode |= DECODE_AMD;
	/* Accesses to one place mostly come from one instruction. */
	if (peek(vcpu, bytes)) {
		step->decoded = bytes[0] == step->bytes[0] && bytes[1] == step->bytes[1] && mode == step->mode &&
				step->instruction.length;
		if (step->decoded)
			return true;
		step->bytes[0] = bytes[0];
		step->bytes[1] = bytes[1];
		step->mode = (uint8_t)mode;
	} else {
		size = guest_fetch(vcpu, vcpu->rip, (uint8_t *)bytes, DECODE_MAX_LENGTH);
		step->mode = 0xff;
	}
	if (size > DECODE_MAX_LENGTH)
		size = DECODE_MAX_LENGTH;
	step->decoded = size && decode_instruction((const uint8_t *)bytes, size, mode, &step->instruction) > 0;
	if (!step->decoded)
		step->mode = 0xff;
	return step->decoded;
}

void step_begin(struct vcpu *vcpu)
{
	struct step *step = &vcpu->step;

	step->active = true;
	if (!step_decode(vcpu))
		return; /* the processor will say what is wrong with it */
	switch (step->instruction.kind) {
	case INSN_INT_N:
		exception_software(vcpu, (uint8_t)step->instruction.immediate, step->instruction.length);
		break;
	case INSN_INT3:
		exception_software(vcpu, VECTOR_BP, step->instruction.length);
		break;
	default:
		/* SYSCALL, SYSRET, HLT, MOV SS. */
		if (vendor->carry_out(vcpu, &step->instruction))
			step_end(vcpu, PIPELINE_COMPLETED);
		break;
	}
}

void step_end(struct vcpu *vcpu, enum pipeline_outcome outcome)
{
	struct step *step = &vcpu->step;
	bool had_occurrence = step->has_occurrence;

	step_close(vcpu);
	step->active = false;
	step->matched = false;
	step->decoded = false;
	step->has_occurrence = false;
	vcpu->step_ended = true;
	if (had_occurrence)
		pipeline_finish(&vcpu->pipeline, &step->occurrence, outcome);
}
