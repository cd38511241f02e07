// SPDX-License-Identifier: GPL-2.0
/*
 * Binding the names that scripts share to their cells.
 */
#include "engine/script.h"

static bool same_name(const char *a, const char *b)
{
	for (unsigned int i = 0; i < HD_PROGRAM_NAME_BYTES; i++) {
		if (a[i] != b[i])
			return false;
		if (!a[i])
			break;
	}
	return true;
}

/* The slot of `name`, added if it is new; capacity if there is no room. */
static uint32_t slot_of(struct script_globals *table, const char *name)
{
	uint32_t slot;

	for (slot = 0; slot < table->count; slot++)
		if (same_name(table->names[slot].name, name))
			return slot;
	if (slot < table->capacity) {
		memcpy(table->names[slot].name, name, HD_PROGRAM_NAME_BYTES);
		table->count++;
	}
	return slot;
}

static int resolve(uint8_t *program, const struct hd_program_section *section, struct script_globals *table)
{
	struct hd_program_name *names = (void *)(program + section->offset);

	for (uint32_t i = 0; i < section->count; i++) {
		uint32_t slot = table ? slot_of(table, names[i].name) : 0;

		if (!table || slot >= table->capacity)
			return -HD_E_NO_NAME_SLOT;
		names[i].slot = slot;
	}
	return 0;
}

int script_resolve(void *program, struct script_globals *globals, struct script_globals *occurrences)
{
	const struct hd_program_header *header = program;
	int error = resolve(program, &header->globals, globals);

	return error ? error : resolve(program, &header->occurrences, occurrences);
}
