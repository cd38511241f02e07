// SPDX-License-Identifier: GPL-2.0
#include "debugger/notes.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "debugger/event_text.h"
#include "debugger/output.h"
#include "engine/error_text.h"
#include "script/compile.h"

static const char *stage_name(uint32_t stage)
{
	return stage == HD_STAGE_POST ? "post" : "pre";
}

static void take_text(struct session *session, const void *payload, size_t size)
{
	const struct hd_note_text *note = payload;
	struct out_source source = { .event = note->event, .core = note->core };

	(void)session;
	out_text(&source, (const char *)payload + sizeof(*note), size - sizeof(*note));
}

static void take_line(struct session *session, const void *payload, size_t size)
{
	(void)session;
	while (size && ((const char *)payload)[size - 1] == '\n')
		size--;
	out_line("%.*s", (int)size, (const char *)payload);
}

static void take_halted(struct session *session, const void *payload, size_t size)
{
	(void)size;
	memcpy(&session->halt, payload, sizeof(session->halt));
	session->halted = session->registers_known = session->announce = true;
}

static void take_running(struct session *session, const void *payload, size_t size)
{
	(void)payload;
	(void)size;
	/* `.guest` commands that wait for it are started by whoever said `g`, behind its own line. */
	session->halted = session->registers_known = session->announce = false;
}

static void take_script_error(struct session *session, const void *payload, size_t size)
{
	const struct hd_note_script_error *note = payload;
	const char *file = event_text_file(session->hello.load_id, note->event, note->line);
	char sentence[512];

	(void)size;
	error_text(note->error, note->detail, sentence, sizeof(sentence));
	if (note->event == UINT64_MAX)
		out_error("line %u, column %u: %s", hd_line_number(note->line), note->column, sentence);
	else
		out_error("event 0x%" PRIx64 " (%s), %s%sline %u, column %u: %s", note->event,
			  stage_name(note->stage), file, *file ? ", " : "", hd_line_number(note->line),
			  note->column, sentence);
}

static void take_lost(struct session *session, const void *payload, size_t size)
{
	const struct hd_note_lost *note = payload;

	(void)session;
	(void)size;
	out_line("messages lost for want of room, since the module was loaded: 0n%" PRIu64, note->count);
}

static void take_left(struct session *session, const void *payload, size_t size)
{
	(void)payload;
	(void)size;
	out_line("debuggee left");
	session_expect_return(session);
}

static void take_event_off(struct session *session, const void *payload, size_t size)
{
	const struct hd_event_number *note = payload;

	(void)session;
	out_line("event 0x%" PRIx64 ": %.*s", note->number, (int)(size - sizeof(*note)),
		 (const char *)(note + 1));
}

static void take_breakpoint_off(struct session *session, const void *payload, size_t size)
{
	const struct hd_event_number *note = payload;

	(void)session;
	out_line("breakpoint 0x%" PRIx64 ": %.*s", note->number, (int)(size - sizeof(*note)),
		 (const char *)(note + 1));
}

struct note_kind {
	void (*take)(struct session *session, const void *payload, size_t size);
	size_t least; /* bytes of payload */
};

static const struct note_kind kinds[] = {
	[HD_NOTE_TEXT - HD_NOTE_TEXT] = { take_text, sizeof(struct hd_note_text) },
	[HD_NOTE_LINE - HD_NOTE_TEXT] = { take_line, 0 },
	[HD_NOTE_HALTED - HD_NOTE_TEXT] = { take_halted, sizeof(struct hd_note_halted) },
	[HD_NOTE_RUNNING - HD_NOTE_TEXT] = { take_running, 0 },
	[HD_NOTE_SCRIPT_ERROR - HD_NOTE_TEXT] = { take_script_error, sizeof(struct hd_note_script_error) },
	[HD_NOTE_LOST - HD_NOTE_TEXT] = { take_lost, sizeof(struct hd_note_lost) },
	[HD_NOTE_LEFT - HD_NOTE_TEXT] = { take_left, 0 },
	[HD_NOTE_EVENT_OFF - HD_NOTE_TEXT] = { take_event_off, sizeof(struct hd_event_number) },
	[HD_NOTE_BREAKPOINT_OFF - HD_NOTE_TEXT] = { take_breakpoint_off, sizeof(struct hd_event_number) },
};

void note_take(struct session *session, const struct hd_message *message, const void *payload)
{
	unsigned int kind = (unsigned int)message->type - HD_NOTE_TEXT;

	if (kind >= HD_ARRAY_SIZE(kinds) || message->size < kinds[kind].least)
		out_error("the debuggee sent a message that this debugger does not understand (type 0n%u, "
			  "0n%u bytes)",
			  message->type, message->size);
	else
		kinds[kind].take(session, payload, message->size);
}
