// SPDX-License-Identifier: GPL-2.0
/* Breakpoints: bp, bl, bc, bd, be. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <hyperdbg/event.h>

#include "debugger/commands.h"
#include "debugger/event_text.h"
#include "debugger/output.h"
#include "debugger/process.h"
#include "debugger/symbols.h"

void command_breakpoint(struct arguments *arguments)
{
	struct hd_breakpoint request = { .enabled = 1 };
	struct reply reply;
	uint64_t core;
	bool has_pid;

	if (!process_take_address(arguments, "an address", &request.address, &request.pid, &has_pid))
		return;
	while (!arguments_at_end(arguments)) {
		if (arguments_take_word(arguments, "pid")) {
			if (!process_take(arguments, &request.pid))
				return;
			has_pid = true;
		} else if (arguments_take_word(arguments, "core")) {
			if (!arguments_number(arguments, "a core's number", &core))
				return;
			request.core = (uint32_t)core;
			request.flags |= HD_EVENT_HAS_CORE;
		} else {
			arguments_error(arguments, arguments->at, "expected `pid N`, `core N` or the end");
			return;
		}
	}
	if (has_pid)
		request.flags |= HD_EVENT_HAS_PID;
	session_ask(arguments->session, HD_BREAKPOINT_SET, &request, sizeof(request), &reply);
}

static void print_breakpoint(struct session *session, const struct hd_breakpoint *breakpoint)
{
	char name[256] = "", limits[64] = "";
	uint64_t offset;
	size_t used = 0;

	if (breakpoint->flags & HD_EVENT_HAS_PID)
		used = (size_t)snprintf(limits, sizeof(limits), " pid %x", breakpoint->pid);
	if (breakpoint->flags & HD_EVENT_HAS_CORE)
		snprintf(limits + used, sizeof(limits) - used, " core %x", breakpoint->core);
	if (symbol_name(session, breakpoint->address, name, sizeof(name), &offset) && offset)
		snprintf(name + strlen(name), sizeof(name) - strlen(name), "+0x%" PRIx64, offset);
	out_line("%-8" PRIx64 "%-20s%016" PRIx64 "%s%s%s", breakpoint->number,
		 breakpoint->enabled ? "(enabled)" : "(disabled)", breakpoint->address, limits,
		 name[0] ? " " : "", name);
}

void command_breakpoint_list(struct arguments *arguments)
{
	struct hd_breakpoint list[256];
	struct reply reply;
	size_t size;

	if (!arguments_expect_end(arguments) ||
	    !session_ask(arguments->session, HD_BREAKPOINT_LIST, NULL, 0, &reply))
		return;
	/* Naming them asks again, which overwrites the reply. */
	size = reply.size < sizeof(list) ? reply.size : sizeof(list);
	memcpy(list, reply.payload, size);
	for (size_t i = 0; i < size / sizeof(list[0]); i++)
		print_breakpoint(arguments->session, &list[i]);
}

/* bc, bd, be: the second letter says which. */
void command_breakpoint_change(struct arguments *arguments)
{
	struct hd_event_change request = { .change = HD_CHANGE_CLEAR };

	if (arguments->text[1] == 'd')
		request.change = HD_CHANGE_DISABLE;
	else if (arguments->text[1] == 'e')
		request.change = HD_CHANGE_ENABLE;
	if (arguments_event_number(arguments, "a breakpoint's number, or `all`", &request.number) &&
	    arguments_expect_end(arguments))
		session_ask(arguments->session, HD_BREAKPOINT_CHANGE, &request, sizeof(request), NULL);
}
