// SPDX-License-Identifier: GPL-2.0
#include "debugger/expression.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "debugger/symbols.h"

static const char *base_folder;

const char *expression_set_folder(const char *folder)
{
	const char *before = base_folder;

	base_folder = folder;
	return before;
}

/* Beside the file being played first; *path_used is where it was found. */
static FILE *open_file(const char *path, char *path_used, size_t size)
{
	FILE *file = NULL;

	if (path[0] != '/' && base_folder) {
		snprintf(path_used, size, "%s%s", base_folder, path);
		file = fopen(path_used, "r");
	}
	if (file)
		return file;
	snprintf(path_used, size, "%s", path);
	return fopen(path, "r");
}

char *expression_read_file(const char *path, char *folder, size_t folder_size)
{
	char where[4096];
	char *text = NULL, *slash;
	size_t size = 0, room = 0, n;
	FILE *file = open_file(path, where, sizeof(where));
	int error;

	if (!file)
		return NULL;
	slash = strrchr(where, '/');
	if (folder)
		snprintf(folder, folder_size, "%.*s", slash ? (int)(slash - where) + 1 : 0, where);
	do {
		if (room - size < 4096) {
			room = 2 * room + 8192;
			text = realloc(text, room);
		}
		n = fread(text + size, 1, room - size - 1, file);
		size += n;
	} while (n);
	text[size] = 0;
	error = ferror(file) ? errno : 0;
	fclose(file);
	if (error) {
		free(text);
		errno = error;
		return NULL;
	}
	return text;
}

static char *read_file(void *self, const char *path)
{
	(void)self;
	return expression_read_file(path, NULL, 0);
}

static int find_symbol(void *self, const char *name, uint64_t *address, char *reason, size_t reason_size)
{
	return symbol_address(self, name, address, reason, reason_size);
}

void expression_options(struct session *session, struct script_compile_options *options)
{
	*options = (struct script_compile_options){
		.symbol = find_symbol,
		.read_file = read_file,
		.self = session,
	};
}

/* --- the halted debuggee as the host of an expression ------------------------ */

static int read_register(void *self, enum hd_register reg, uint64_t *value)
{
	struct session *session = self;
	struct reply reply;
	int error;

	if (!session->registers_known) {
		error = session_request(session, HD_REGISTERS_READ, NULL, 0, NULL, 0, &reply);
		if (error)
			return error;
		if (reply.size < sizeof(session->halt.registers))
			return -HD_E_INVALID;
		memcpy(&session->halt.registers, reply.payload, sizeof(session->halt.registers));
		session->registers_known = session->halted;
	}
	*value = session->halt.registers.value[reg];
	return 0;
}

static int read_pseudo(void *self, enum hd_pseudo_register reg, uint64_t *value)
{
	struct session *session = self;
	const struct hd_note_halted *halt = &session->halt;
	bool by_event = halt->reason == HD_HALT_EVENT;

	if (!session->halted)
		return -HD_E_NOT_HALTED;
	switch (reg) {
	case HD_PSEUDO_PID:
		*value = halt->registers.pid;
		return 0;
	case HD_PSEUDO_TID:
		*value = halt->registers.tid;
		return 0;
	case HD_PSEUDO_CORE:
		*value = halt->registers.core;
		return 0;
	case HD_PSEUDO_IP:
		return read_register(self, HD_REG_RIP, value);
	case HD_PSEUDO_CONTEXT:
		*value = by_event ? halt->context : 0;
		return 0;
	case HD_PSEUDO_STAGE:
	case HD_PSEUDO_EVENT_STAGE:
		*value = by_event && halt->stage == HD_STAGE_POST;
		return 0;
	case HD_PSEUDO_EVENT_ID:
		*value = by_event ? halt->event : 0;
		return 0;
	case HD_PSEUDO_EVENT_TAG:
		*value = by_event ? halt->tag : 0;
		return 0;
	default:
		return -HD_E_UNSUPPORTED;
	}
}

static int process_name(void *self, char *name, size_t size)
{
	struct session *session = self;

	snprintf(name, size, "%.*s", (int)sizeof(session->halt.registers.process),
		 session->halt.registers.process);
	return 0;
}

static int read_memory(void *self, enum script_space space, uint64_t address, void *to, size_t size)
{
	struct hd_memory memory = { .address = address,
				    .size = (uint32_t)size,
				    .physical = space == SCRIPT_PHYSICAL };
	struct reply reply;
	int error = session_request(self, HD_MEMORY_READ, &memory, sizeof(memory), NULL, 0, &reply);

	if (error)
		return error;
	if (reply.size < size)
		return -HD_E_BAD_ADDRESS;
	memcpy(to, reply.payload, size);
	return 0;
}

static int translate(void *self, uint64_t address, bool to_virtual, uint64_t *result)
{
	struct hd_translate request = { .address = address, .to_virtual = to_virtual };
	struct reply reply;
	int error = session_request(self, HD_TRANSLATE, &request, sizeof(request), NULL, 0, &reply);

	if (error)
		return error;
	if (reply.size < sizeof(request))
		return -HD_E_INVALID;
	memcpy(&request, reply.payload, sizeof(request));
	*result = request.result;
	return 0;
}

static int virtual_to_physical(void *self, uint64_t address, uint64_t *physical)
{
	return translate(self, address, false, physical);
}

static int physical_to_virtual(void *self, uint64_t address, uint64_t *virtual_address)
{
	return translate(self, address, true, virtual_address);
}

static int read_msr(void *self, uint32_t msr, uint64_t *value)
{
	struct hd_msr request = { .msr = msr };
	struct reply reply;
	int error = session_request(self, HD_MSR_READ, &request, sizeof(request), NULL, 0, &reply);

	if (error)
		return error;
	if (reply.size < sizeof(request))
		return -HD_E_INVALID;
	memcpy(&request, reply.payload, sizeof(request));
	*value = request.value;
	return 0;
}

/* A command's number is only read: what would change the debuggee is refused here. */
static int no_write_register(void *self, enum hd_register reg, uint64_t value)
{
	(void)self, (void)reg, (void)value;
	return -HD_E_UNSUPPORTED;
}

static int no_write_memory(void *self, enum script_space space, uint64_t address, const void *from,
			   size_t size)
{
	(void)self, (void)space, (void)address, (void)from, (void)size;
	return -HD_E_UNSUPPORTED;
}

static int no_atomic(void *self, enum script_atomic what, uint64_t address, unsigned int width,
		     uint64_t operand, uint64_t expected, uint64_t *old)
{
	(void)self, (void)what, (void)address, (void)width, (void)operand, (void)expected, (void)old;
	return -HD_E_UNSUPPORTED;
}

static int no_write_msr(void *self, uint32_t msr, uint64_t value)
{
	(void)self, (void)msr, (void)value;
	return -HD_E_UNSUPPORTED;
}

static uint64_t no_rdtsc(void *self)
{
	(void)self;
	return 0;
}

static int no_microsleep(void *self, uint64_t microseconds)
{
	(void)self, (void)microseconds;
	return -HD_E_UNSUPPORTED;
}

static void no_output(void *self, const char *text, size_t length)
{
	(void)self, (void)text, (void)length;
}

static int no_event(void *self, enum script_event_action what, uint64_t number)
{
	(void)self, (void)what, (void)number;
	return -HD_E_UNSUPPORTED;
}

static int no_event_sc(void *self, bool on)
{
	(void)self, (void)on;
	return -HD_E_SC_OUTSIDE;
}

static int no_event_inject(void *self, uint64_t type, uint64_t vector, bool has_error, uint64_t error)
{
	(void)self, (void)type, (void)vector, (void)has_error, (void)error;
	return -HD_E_UNSUPPORTED;
}

static int no_pause(void *self)
{
	(void)self;
	return -HD_E_UNSUPPORTED;
}

static int no_disassemble_length(void *self, uint64_t address, unsigned int bits, uint64_t *length)
{
	(void)self, (void)address, (void)bits, (void)length;
	return -HD_E_UNSUPPORTED;
}

static const struct script_host_ops debuggee_ops = {
	.read_register = read_register,
	.write_register = no_write_register,
	.read_pseudo = read_pseudo,
	.process_name = process_name,
	.read_memory = read_memory,
	.write_memory = no_write_memory,
	.atomic = no_atomic,
	.virtual_to_physical = virtual_to_physical,
	.physical_to_virtual = physical_to_virtual,
	.read_msr = read_msr,
	.write_msr = no_write_msr,
	.rdtsc = no_rdtsc,
	.microsleep = no_microsleep,
	.output = no_output,
	.event = no_event,
	.event_sc = no_event_sc,
	.event_inject = no_event_inject,
	.pause = no_pause,
	.flush = no_pause,
	.disassemble_length = no_disassemble_length,
};

bool expression_evaluate(struct session *session, const char *text, uint64_t *value, size_t *used,
			 struct script_diagnostics *diagnostics)
{
	struct script_compile_options options;
	struct script_run_request run = {
		.host = &debuggee_ops,
		.self = session,
		.budget = SCRIPT_DEFAULT_BUDGET,
	};

	expression_options(session, &options);
	options.forbid = SCRIPT_FORBID_PAUSE | SCRIPT_FORBID_EVENT | SCRIPT_FORBID_OCCURRENCE;
	return script_evaluate_expression_prefix(text, &options, session->attached ? &run : NULL, value, used,
						 diagnostics) == 0;
}
