/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Carrying out exactly one instruction of the guest, with pages opened for
 * this core alone.
 *
 *	step_open()	a page that the instruction may use until it has ended
 *	step_begin()	the guest goes on for one instruction, or is at once behind
 *			one that must not be run under a trap flag
 *	step_end()	by the vendor's exit handler: it has ended
 *
 * While `active` is set the vendor's part holds interrupts and intercepts all
 * exceptions; the guest's registers are its own again at every exit.
 */
#ifndef HYPERVISOR_STEP_H
#define HYPERVISOR_STEP_H

#include <hyperdbg/types.h>
#include "engine/decode.h"
#include "engine/pipeline.h"

struct vcpu;

/* Pages that one instruction can touch: its own two, its operands', and the walks to them. */
#define STEP_PAGES 64
/* One for the fetch, and for each operand a linear and two physical ones; doubled for the fetch's physical one. */
#define STEP_ACCESSES (2 + 3 * DECODE_MAX_OPERANDS + 1)

struct step_page {
	uint64_t physical;
	uint32_t generation; /* of the paging: a page armed anew meanwhile is not ours to close */
	uint8_t access; /* what it was restricted to */
};

struct step {
	bool active;
	bool matched; /* events have been asked about this instruction */
	bool has_occurrence; /* … and some matched: `occurrence` is open */
	bool decoded;
	unsigned int page_count;
	struct step_page pages[STEP_PAGES];
	struct occurrence occurrence;
	struct event_access accesses[STEP_ACCESSES];
	struct instruction instruction; /* if decoded; else the last one */
	uint64_t bytes[2]; /* of that one, and its mode; mode 0xff: unknown */
	uint8_t mode;
};

/* Opens the page around a guest-physical address on this core. */
void step_open(struct vcpu *vcpu, uint64_t physical);
/* What a page may be used for from now on, or, if it is open, as soon as it is closed. */
void step_set_access(struct vcpu *vcpu, uint64_t physical, unsigned int access);
/* Closes what was opened. */
void step_close(struct vcpu *vcpu);
/* Fetches and decodes the instruction at RIP into step.instruction: false if that cannot be done. */
bool step_decode(struct vcpu *vcpu);
void step_begin(struct vcpu *vcpu);
void step_end(struct vcpu *vcpu, enum pipeline_outcome outcome);

#endif
