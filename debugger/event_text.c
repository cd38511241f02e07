// SPDX-License-Identifier: GPL-2.0
#include "debugger/event_text.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <hyperdbg/event.h>

/* Longest text that a list shows, in bytes. */
#define SHOWN 100

struct remembered {
	struct remembered *next;
	uint64_t load_id, number;
	char text[SHOWN + 8];
};

static struct remembered *first;

/* One line: runs of blanks and newlines become one blank. */
static void squeeze(char *to, size_t size, const char *text)
{
	size_t used = 0;

	for (; *text && used + 5 < size; text++) {
		if (!isspace((unsigned char)*text))
			to[used++] = *text;
		else if (used && to[used - 1] != ' ')
			to[used++] = ' ';
	}
	to[used] = 0;
	if (*text)
		strcat(to, " …");
}

void event_text_remember(uint64_t load_id, uint64_t number, const char *text)
{
	struct remembered *entry = calloc(1, sizeof(*entry));

	entry->load_id = load_id;
	entry->number = number;
	squeeze(entry->text, sizeof(entry->text), text);
	entry->next = first;
	first = entry;
}

static void append(char *text, size_t size, const char *format, ...) __attribute__((format(printf, 3, 4)));

static void append(char *text, size_t size, const char *format, ...)
{
	size_t used = strlen(text);
	va_list list;

	va_start(list, format);
	vsnprintf(text + used, size - used, format, list);
	va_end(list);
}

static void rebuild(const struct hd_event_definition *definition, char *text, size_t size)
{
	static const char *const stages[] = { "", " stage pre", " stage post", " stage all" };
	const struct hd_event_kind_info *kind;

	text[0] = 0;
	if (definition->kind >= HD_EVENT_KINDS) {
		append(text, size, "(kind 0n%u)", definition->kind);
		return;
	}
	kind = &hd_event_kinds[definition->kind];
	append(text, size, "%s", kind->name);
	if (definition->access)
		append(text, size, " %s%s%s", definition->access & HD_ACCESS_READ ? "r" : "",
		       definition->access & HD_ACCESS_WRITE ? "w" : "",
		       definition->access & HD_ACCESS_EXECUTE ? "x" : "");
	if (definition->flags & HD_EVENT_HAS_PARAMETER)
		append(text, size, " %" PRIx64, definition->parameter[0]);
	if (kind->is_range)
		append(text, size, " %" PRIx64 "%s", definition->parameter[1],
		       definition->flags & HD_EVENT_PHYSICAL ? " pa" : "");
	if (definition->flags & HD_EVENT_HAS_PID)
		append(text, size, " pid %x", definition->pid);
	if (definition->flags & HD_EVENT_HAS_CORE)
		append(text, size, " core %x", definition->core);
	if (kind->has_stages)
		append(text, size, "%s", stages[definition->stage & HD_STAGE_ALL]);
	if (definition->flags & HD_EVENT_SC)
		append(text, size, " sc on");
	if (definition->buffer_size)
		append(text, size, " buffer %x", definition->buffer_size);
	if (definition->program_size)
		append(text, size, " script { … }");
}

void event_text(uint64_t load_id, const struct hd_event_entry *entry, char *text, size_t size)
{
	for (const struct remembered *known = first; known; known = known->next) {
		if (known->load_id == load_id && known->number == entry->number) {
			snprintf(text, size, "%s", known->text);
			return;
		}
	}
	rebuild(&entry->definition, text, size);
}
