// SPDX-License-Identifier: GPL-2.0
#include "hypervisor/exit.h"
#include "hypervisor/halt.h"
#include "hypervisor/host_traps.h"
#include "hypervisor/hypervisor.h"
#include "hypervisor/interception.h"
#include "hypervisor/line.h"
#include "hypervisor/processor.h"

void exit_kicked(struct vcpu *vcpu)
{
	halt_stand_still(vcpu);
	world_park(&world, vcpu->core);
	host_flush_tlb();
	halt_when_kicked(vcpu);
}

void exit_epilogue(struct vcpu *vcpu)
{
	if (vcpu->armed_generation != event_generation(events))
		interception_follow(vcpu);
	if (vcpu->step_wanted)
		halt_go_on_stepping(vcpu);
}

void exit_look(struct vcpu *vcpu)
{
	vcpu->exits_to_look = EXITS_BETWEEN_LOOKS;
	line_watch(vcpu);
}

void exit_dead(const char *what, struct vcpu *vcpu, uint64_t code, uint64_t detail)
{
	host_report("\r\nhyperdbg: ");
	host_report(what);
	host_report_number(", core ", vcpu->core);
	host_report_number(" code ", code);
	host_report_number(" detail ", detail);
	host_report_number(" rip ", vcpu->rip);
	host_report_number(" rsp ", vcpu->gpr[HD_REG_RSP]);
	host_report("\r\nhyperdbg: this core stops here\r\n");
	for (;;)
		processor_halt();
}
