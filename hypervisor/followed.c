// SPDX-License-Identifier: GPL-2.0
#include "hypervisor/clients.h"
#include "hypervisor/followed.h"
#include "hypervisor/hypervisor.h"
#include "hypervisor/interception.h"
#include "hypervisor/monitor.h"

static struct followed_page_in page_in;
static bool page_in_waits;

static bool is_followed(const struct event *event)
{
	return event->definition.cr3 && !(event->definition.flags & HD_EVENT_PHYSICAL);
}

void followed_get(struct vcpu *vcpu, struct followed_list *list)
{
	const struct event *event;
	bool mine = world_stop(&world, vcpu->core);

	list->count = 0;
	for (event = event_next(events, 0); event; event = event_next(events, event->number + 1)) {
		if (!is_followed(event) || list->count == FOLLOWED_MAX)
			continue;
		list->ranges[list->count++] = (struct followed_range){
			.number = event->number,
			.first = event->definition.parameter[0],
			.last = event->definition.parameter[1],
			.cr3 = event->definition.cr3,
			.pid = event->definition.pid,
		};
	}
	if (mine)
		world_release(&world, vcpu->core);
}

static void end_event(const struct event *event, const char *reason)
{
	struct hd_event_number number = { .number = event->number };
	struct client *client = client_of(event->client);

	if (!event_change(events, event->number, HD_CHANGE_CLEAR, 0))
		client_note(client, HD_NOTE_EVENT_OFF, &number, sizeof(number), reason, strlen(reason));
}

static void end_absent(struct vcpu *vcpu, const struct followed_change *change)
{
	const char *reason = change->emptied ? "its memory was given back or swapped out; `.pagein` can bring it back" :
					       "its process has unmapped the memory, or taken away all rights to it";
	const struct event *event, *next;
	uint64_t detail;

	for (event = event_next(events, 0); event; event = next) {
		const struct hd_event_definition *definition = &event->definition;

		next = event_next(events, event->number + 1);
		if (is_followed(event) && definition->cr3 == change->cr3 && definition->parameter[0] <= change->last &&
		    definition->parameter[1] >= change->first && monitor_check_present(vcpu, definition, &detail))
			end_event(event, reason);
	}
}

void followed_changed(struct vcpu *vcpu, const struct followed_change *change)
{
	bool mine = world_stop(&world, vcpu->core);

	if (change->settled)
		end_absent(vcpu, change);
	monitor_forget();
	interception_update();
	if (mine)
		world_release(&world, vcpu->core);
}

void followed_ended(struct vcpu *vcpu, const struct followed_end *end)
{
	bool mine = world_stop(&world, vcpu->core);
	const struct event *event = event_find(events, end->number);

	if (event) {
		end_event(event, end->reason);
		interception_update();
	}
	if (mine)
		world_release(&world, vcpu->core);
}

int followed_page_in_want(const struct followed_page_in *wanted)
{
	if (page_in_waits)
		return -HD_E_NO_EVENT_SLOT;
	page_in = *wanted;
	page_in_waits = true;
	return 0;
}

bool followed_page_in_waits(void)
{
	return __atomic_load_n(&page_in_waits, __ATOMIC_ACQUIRE);
}

bool followed_page_in_take(struct vcpu *vcpu, struct followed_page_in *wanted)
{
	bool mine = world_stop(&world, vcpu->core), has = page_in_waits;

	if (has)
		*wanted = page_in;
	page_in_waits = false;
	if (mine)
		world_release(&world, vcpu->core);
	return has;
}

void followed_page_in_done(struct vcpu *vcpu, const struct followed_page_in *done)
{
	(void)vcpu;
	client_note(client_of(done->client), HD_NOTE_LINE, done->outcome, strlen(done->outcome), NULL, 0);
}
