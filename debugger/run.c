// SPDX-License-Identifier: GPL-2.0
/* Running, halting, stepping, waiting. */
#include <string.h>

#include "debugger/commands.h"
#include "debugger/halt.h"
#include "debugger/output.h"

void command_go(struct arguments *arguments)
{
	if (arguments_expect_end(arguments))
		session_go(arguments->session);
}

void command_pause(struct arguments *arguments)
{
	if (arguments_expect_end(arguments))
		session_break_in(arguments->session);
}

static bool has_halted_again(struct session *session)
{
	return session->announce || !session->attached;
}

void command_step(struct arguments *arguments)
{
	struct session *session = arguments->session;
	struct hd_step step = { .count = 1 };

	if (!arguments_at_end(arguments) &&
	    !arguments_number(arguments, "a number of instructions", &step.count))
		return;
	if (!arguments_expect_end(arguments))
		return;
	if (!step.count)
		return;
	if (!session_ask(session, HD_STEP, &step, sizeof(step), NULL))
		return;
	switch (session_wait(session, has_halted_again, (int64_t)session->reply_limit)) {
	case SESSION_CAME:
		session_settle(session);
		break;
	case SESSION_INTERRUPTED:
		session_break_in(session);
		break;
	default:
		out_error("the step does not end; `pause` breaks in");
		session->halted = false;
	}
}

static bool never(struct session *session)
{
	session_settle(session);
	return false;
}

void command_sleep(struct arguments *arguments)
{
	uint64_t milliseconds;

	if (!arguments_number(arguments, "a number of milliseconds", &milliseconds) ||
	    !arguments_expect_end(arguments))
		return;
	if (milliseconds > INT32_MAX) {
		out_error("that is too long: %x milliseconds at most", INT32_MAX);
		return;
	}
	if (session_wait(arguments->session, never, (int64_t)milliseconds) == SESSION_GONE)
		out_error("the line to the debuggee has closed");
}

void command_core(struct arguments *arguments)
{
	struct session *session = arguments->session;
	struct hd_switch request;

	if (arguments_at_end(arguments)) {
		out_line("core %x of %x", session->halt.registers.core, session->hello.cores);
		return;
	}
	if (!arguments_number(arguments, "a core's number", &request.on) || !arguments_expect_end(arguments))
		return;
	if (!session_ask(session, HD_CORE_SWITCH, &request, sizeof(request), NULL))
		return;
	session->registers_known = false;
	if (session_registers(session))
		halt_print_current(session);
}

void command_exit(struct arguments *arguments)
{
	if (arguments_expect_end(arguments))
		arguments->session->ending = true;
}
