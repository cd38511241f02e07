// SPDX-License-Identifier: GPL-2.0
#include "debugger/event_text.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <hyperdbg/event.h>

#include "script/compile.h"

/* Longest text that a list shows, in bytes. */
#define SHOWN 100

struct remembered {
	struct remembered *next;
	uint64_t load_id, number;
	char text[SHOWN + 8];
	unsigned int file_count;
	char *file_names; /* as in struct script_program */
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

static void remember_files(struct remembered *entry, const struct script_program *program)
{
	const char *end = program->file_names;

	for (unsigned int i = 0; i < program->file_count; i++)
		end += strlen(end) + 1;
	entry->file_names = malloc((size_t)(end - program->file_names));
	memcpy(entry->file_names, program->file_names, (size_t)(end - program->file_names));
	entry->file_count = program->file_count;
}

void event_text_remember(uint64_t load_id, uint64_t number, const char *text,
			 const struct script_program *program)
{
	struct remembered *entry = calloc(1, sizeof(*entry));

	if (program && (program->file_count > 1 || program->file_names[0]))
		remember_files(entry, program);
	entry->load_id = load_id;
	entry->number = number;
	squeeze(entry->text, sizeof(entry->text), text);
	entry->next = first;
	first = entry;
}

static const struct remembered *find(uint64_t load_id, uint64_t number)
{
	const struct remembered *known = first;

	while (known && (known->load_id != load_id || known->number != number))
		known = known->next;
	return known;
}

const char *event_text_file(uint64_t load_id, uint64_t number, uint32_t line)
{
	const struct remembered *known = find(load_id, number);

	return known ? script_file_name(known->file_names, known->file_count, line) : "";
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
	static const char *const stages[] = {"", " stage pre", " stage post", " stage all"};
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
	const struct remembered *known = find(load_id, entry->number);

	if (known)
		snprintf(text, size, "%s", known->text);
	else
		rebuild(&entry->definition, text, size);
}
