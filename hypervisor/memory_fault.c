// SPDX-License-Identifier: GPL-2.0
#include "hypervisor/exit.h"
#include "hypervisor/hidden.h"
#include "hypervisor/memory_fault.h"
#include "hypervisor/monitor.h"
#include "hypervisor/move.h"

/* The same access refused again and again although the page allows it: our tables are damaged. */
#define RETRIES_MAX 100000

static bool may_retry(struct vcpu *vcpu, uint64_t physical)
{
	if (vcpu->fault_address != physical) {
		vcpu->fault_address = physical;
		vcpu->fault_retries = 0;
	}
	return ++vcpu->fault_retries < RETRIES_MAX;
}

void memory_fault(struct vcpu *vcpu, uint64_t physical, unsigned int access, bool is_walk)
{
	struct step *step = &vcpu->step;
	int allowed = paging_access(&vcpu->paging, physical);

	if (allowed < 0 || (unsigned int)allowed & access) {
		/* Untouched until now; or opened by another core's change of the events, and our TLB is behind. */
		if ((allowed < 0 && paging_fill(&vcpu->paging, physical)) || !may_retry(vcpu, physical))
			exit_dead("memory that cannot be mapped", vcpu, physical, access);
		vcpu->flush_wanted = true;
		return;
	}
	vcpu->fault_retries = 0;
	if (is_walk) {
		vcpu->walk_exits++;
		vcpu->walk_address = physical;
	}
	if (vendor->is_delivering(vcpu)) {
		/* Not an instruction's access but the delivery's of an event: done without the processor … */
		if (vendor->deliver_interrupted(vcpu))
			return;
		/* … or, if that event is peculiar, again by it; the page is closed at the next exit. */
		step_open(vcpu, physical);
		return;
	}
	if (!is_walk && !step->active && access != HD_ACCESS_EXECUTE && move_carry_out(vcpu, physical))
		return;
	if (!is_walk && !step->matched) {
		step->matched = true;
		if ((access == HD_ACCESS_EXECUTE && !hidden_is_covered(&vcpu->hidden, vcpu->rip) &&
		     !hidden_meet(vcpu)) ||
		    !monitor_match(vcpu, physical, access)) {
			step_end(vcpu, PIPELINE_COMPLETED);
			return;
		}
	}
	step_open(vcpu, physical);
	if (!step->active)
		step_begin(vcpu);
}
