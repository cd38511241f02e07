// SPDX-License-Identifier: GPL-2.0
#include "hypervisor/breakpoint.h"
#include "hypervisor/clients.h"
#include "hypervisor/followed.h"
#include "hypervisor/halt.h"
#include "hypervisor/hypercall.h"
#include "hypervisor/hypervisor.h"
#include "hypervisor/interception.h"
#include "hypervisor/line.h"
#include "hypervisor/linux/kernel.h"
#include "hypervisor/monitor.h"
#include "hypervisor/request.h"

uint64_t hypercall(enum hypercall_function function, uint64_t argument)
{
	/* Off, so that no restart can take the core back between the look and the call. */
	uint64_t flags = kernel_interrupts_off();
	const struct vcpu *vcpu = vcpus[kernel_this_core()];
	uint64_t result = vcpu && vcpu->active ? vendor->hypercall(function, argument) : 0;

	kernel_interrupts_restore(flags);
	return result;
}

/* A new core: in by its own ticket, so that nobody changes the table meanwhile. */
static uint64_t serve_join(struct vcpu *vcpu, uint64_t argument)
{
	(void)argument;
	world_join(&world, vcpu->core);
	/* A fresh core asks for nothing. Not to stop the world saves a kick while some cores are no guests yet. */
	if (!event_count(events) && !breakpoint_any())
		return 0;
	world_stop(&world, vcpu->core);
	/* Its pages and debug registers are those of a fresh core, whatever the others have. */
	monitor_forget();
	interception_update();
	world_release(&world, vcpu->core);
	return 0;
}

static uint64_t serve_leave(struct vcpu *vcpu, uint64_t argument)
{
	(void)argument;
	world_leave(&world, vcpu->core);
	vcpu->leaving = true;
	return 0;
}

static uint64_t serve_line(struct vcpu *vcpu, uint64_t argument)
{
	line_serve(vcpu, argument);
	return 0;
}

static uint64_t serve_request(struct vcpu *vcpu, uint64_t argument)
{
	const struct hypercall_request *call = (const struct hypercall_request *)argument;

	world_stop(&world, vcpu->core);
	request_serve(vcpu, vcpu, client_of(call->client), call->message);
	world_release(&world, vcpu->core);
	return 0;
}

static uint64_t serve_client_gone(struct vcpu *vcpu, uint64_t argument)
{
	world_stop(&world, vcpu->core);
	event_clear_client(events, (uint32_t)argument);
	interception_update();
	client_remove((uint32_t)argument);
	world_release(&world, vcpu->core);
	return 0;
}

static uint64_t serve_followed_get(struct vcpu *vcpu, uint64_t argument)
{
	followed_get(vcpu, (struct followed_list *)argument);
	return 0;
}

static uint64_t serve_followed_change(struct vcpu *vcpu, uint64_t argument)
{
	followed_changed(vcpu, (const struct followed_change *)argument);
	return 0;
}

static uint64_t serve_followed_end(struct vcpu *vcpu, uint64_t argument)
{
	followed_ended(vcpu, (const struct followed_end *)argument);
	return 0;
}

static uint64_t serve_page_in(struct vcpu *vcpu, uint64_t argument)
{
	return followed_page_in_take(vcpu, (struct followed_page_in *)argument);
}

static uint64_t serve_page_in_done(struct vcpu *vcpu, uint64_t argument)
{
	followed_page_in_done(vcpu, (const struct followed_page_in *)argument);
	return 0;
}

static uint64_t serve_goodbye(struct vcpu *vcpu, uint64_t argument)
{
	struct client *client = client_of(CLIENT_LINE);

	(void)argument;
	world_stop(&world, vcpu->core);
	event_change(events, HD_ALL_NUMBERS, HD_CHANGE_CLEAR, CLIENT_LINE);
	breakpoint_clear_all();
	interception_update();
	world_release(&world, vcpu->core);
	client_note(client, HD_NOTE_LEFT, NULL, 0, NULL, 0);
	line_drain();
	return 0;
}

bool hypercall_handle(struct vcpu *vcpu)
{
	static uint64_t (*const functions[])(struct vcpu *vcpu, uint64_t argument) = {
		[HYPERCALL_JOIN] = serve_join,
		[HYPERCALL_LEAVE] = serve_leave,
		[HYPERCALL_LINE] = serve_line,
		[HYPERCALL_REQUEST] = serve_request,
		[HYPERCALL_CLIENT_GONE] = serve_client_gone,
		[HYPERCALL_FOLLOWED_GET] = serve_followed_get,
		[HYPERCALL_FOLLOWED_CHANGE] = serve_followed_change,
		[HYPERCALL_FOLLOWED_END] = serve_followed_end,
		[HYPERCALL_FOLLOWED_PAGE_IN] = serve_page_in,
		[HYPERCALL_FOLLOWED_PAGE_IN_DONE] = serve_page_in_done,
		[HYPERCALL_GOODBYE] = serve_goodbye,
	};
	uint64_t function = vcpu->gpr[HD_REG_RCX];

	if (vcpu_eax(vcpu) != HYPERCALL_MAGIC || vendor->cpl(vcpu) || function >= HD_ARRAY_SIZE(functions))
		return false;
	/* First behind the instruction: a halt in here shows the guest where it goes on. */
	vendor->skip(vcpu, 3);
	vcpu->gpr[HD_REG_RAX] = functions[function](vcpu, vcpu->gpr[HD_REG_RDX]);
	return true;
}
