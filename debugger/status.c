// SPDX-License-Identifier: GPL-2.0
/* `status`: what the module counts. */
#include <inttypes.h>
#include <string.h>

#include "debugger/commands.h"
#include "debugger/event_text.h"
#include "debugger/output.h"

static const char *const exit_names[HD_EXIT_CLASS_COUNT] = {
#define X(id, name) [HD_EXIT_##id] = name,
	HD_EXIT_CLASSES(X)
#undef X
};

static const char *vendor_name(uint32_t vendor)
{
	return vendor == 1 ? "AMD-V" : vendor == 2 ? "VT-x" : "unknown";
}

static void print_counts(void *self, const struct hd_event_entry *entry)
{
	char text[256];

	event_text(((struct session *)self)->hello.load_id, entry, text, sizeof(text));
	out_line("event %-7" PRIx64 " completed 0n%-10" PRIu64 " short-circuited 0n%-10" PRIu64
		 " failed 0n%-10" PRIu64 " %s",
		 entry->number, entry->completed, entry->short_circuited, entry->failed, text);
}

void command_status(struct arguments *arguments)
{
	struct session *session = arguments->session;
	struct hd_status status = { 0 };
	struct reply reply;

	if (!arguments_expect_end(arguments) || !session_ask(session, HD_STATUS, NULL, 0, &reply))
		return;
	memcpy(&status, reply.payload, reply.size < sizeof(status) ? reply.size : sizeof(status));
	out_line("kernel %s, %s, cores: 0n%u, %s", session->hello.release, vendor_name(status.vendor),
		 status.cores, status.halted ? "halted" : "running");
	event_each_entry(session, print_counts, session);
	for (int i = 0; i < HD_EXIT_CLASS_COUNT; i++) {
		if (status.exits[i])
			out_line("exits %-16s 0n%" PRIu64, exit_names[i], status.exits[i]);
	}
	out_line("event and script memory: 0n%" PRIu64 " KiB free of 0n%" PRIu64 " KiB",
		 status.pool_free / 1024, status.pool_size / 1024);
	out_line("messages lost: 0n%" PRIu64, status.messages_lost);
	if (session_has_line(session))
		out_line("line: damaged frames 0n%" PRIu64 " there, 0n%" PRIu64 " here; sent again 0n%" PRIu64
			 " there, 0n%" PRIu64 " here",
			 status.line_bad_frames, session->link->bad_frames, status.line_resent,
			 session->link->resent);
}
