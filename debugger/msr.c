// SPDX-License-Identifier: GPL-2.0
/* `rdmsr` and `wrmsr`. */
#include <inttypes.h>
#include <string.h>

#include "debugger/commands.h"
#include "debugger/output.h"

static bool take_msr(struct arguments *arguments, uint64_t *msr)
{
	const char *place;

	arguments_at_end(arguments);
	place = arguments->at;
	if (!arguments_number(arguments, "an MSR's number", msr))
		return false;
	if (*msr > UINT32_MAX) {
		arguments_error(arguments, place, "an MSR's number has 32 bits");
		return false;
	}
	return true;
}

void command_rdmsr(struct arguments *arguments)
{
	struct hd_msr request = { 0 };
	struct reply reply;

	if (!take_msr(arguments, &request.msr) || !arguments_expect_end(arguments))
		return;
	if (!session_ask(arguments->session, HD_MSR_READ, &request, sizeof(request), &reply))
		return;
	if (reply.size < sizeof(request)) {
		session_print_error(-HD_E_INVALID, 0);
		return;
	}
	memcpy(&request, reply.payload, sizeof(request));
	out_line("msr %" PRIx64 " = %" PRIx64, request.msr, request.value);
}

void command_wrmsr(struct arguments *arguments)
{
	struct hd_msr request = { 0 };

	if (take_msr(arguments, &request.msr) && arguments_number(arguments, "a value", &request.value) &&
	    arguments_expect_end(arguments))
		session_ask(arguments->session, HD_MSR_WRITE, &request, sizeof(request), NULL);
}
