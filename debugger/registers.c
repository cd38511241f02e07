// SPDX-License-Identifier: GPL-2.0
/* `r`: showing and changing registers. */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "debugger/commands.h"
#include "debugger/expression.h"
#include "debugger/halt.h"
#include "debugger/output.h"

static const char *const names[HD_REG_COUNT] = {
#define X(id, name) [HD_REG_##id] = name,
	HD_REGISTERS(X)
#undef X
};

/* The layout of `r`: registers of a line, and how many digits they are shown with. */
struct row {
	unsigned int digits;
	enum hd_register first[4];
	unsigned int count;
};

static const struct row rows[] = {
	{ 16, { HD_REG_RAX, HD_REG_RBX, HD_REG_RCX }, 3 },
	{ 16, { HD_REG_RDX, HD_REG_RSI, HD_REG_RDI }, 3 },
	{ 16, { HD_REG_RIP, HD_REG_RSP, HD_REG_RBP }, 3 },
	{ 16, { HD_REG_R8, HD_REG_R9, HD_REG_R10 }, 3 },
	{ 16, { HD_REG_R11, HD_REG_R12, HD_REG_R13 }, 3 },
	{ 16, { HD_REG_R14, HD_REG_R15, HD_REG_RFLAGS }, 3 },
	{ 4, { HD_REG_CS, HD_REG_SS, HD_REG_DS, HD_REG_ES }, 4 },
	{ 4, { HD_REG_FS, HD_REG_GS, HD_REG_TR, HD_REG_LDTR }, 4 },
	{ 16, { HD_REG_FS_BASE, HD_REG_GS_BASE, HD_REG_KERNEL_GS_BASE }, 3 },
	{ 16, { HD_REG_GDTR, HD_REG_IDTR, HD_REG_EFER }, 3 },
	{ 16, { HD_REG_CR0, HD_REG_CR2, HD_REG_CR3 }, 3 },
	{ 16, { HD_REG_CR4, HD_REG_CR8 }, 2 },
	{ 16, { HD_REG_DR0, HD_REG_DR1, HD_REG_DR2 }, 3 },
	{ 16, { HD_REG_DR3, HD_REG_DR6, HD_REG_DR7 }, 3 },
};

static void print_row(const struct row *row, const struct hd_registers *registers)
{
	char line[256];
	size_t used = 0;

	for (unsigned int i = 0; i < row->count; i++) {
		enum hd_register reg = row->first[i];

		used += (size_t)snprintf(line + used, sizeof(line) - used, "%s%s=%0*" PRIx64, i ? " " : "",
					 names[reg], (int)row->digits, registers->value[reg]);
	}
	out_line("%s", line);
}

static void print_all(struct session *session)
{
	const struct hd_registers *registers = session_registers(session);

	if (!registers)
		return;
	for (size_t i = 0; i < HD_ARRAY_SIZE(rows); i++)
		print_row(&rows[i], registers);
	out_line("core %x, pid %x, tid %x, process %.*s", registers->core, registers->pid, registers->tid,
		 (int)sizeof(registers->process), registers->process);
	halt_print_current(session);
}

static int find(const char *name)
{
	for (int i = 0; i < HD_REG_COUNT; i++) {
		if (!strcmp(names[i], name))
			return i;
	}
	return -1;
}

/* Parts and flags are the compiler's to know. */
static void print_part(struct arguments *arguments, const char *place, const char *name)
{
	struct script_diagnostics diagnostics = { 0 };
	char text[40];
	uint64_t value;
	size_t used;

	snprintf(text, sizeof(text), "@%s", name);
	if (!expression_evaluate(arguments->session, text, &value, &used, &diagnostics))
		arguments_error(arguments, place, "there is no register %s", name);
	else
		out_line("%s=%" PRIx64, name, value);
}

static void print_whole(struct session *session, enum hd_register reg)
{
	const struct hd_registers *registers = session_registers(session);

	if (registers)
		out_line("%s=%016" PRIx64, names[reg], registers->value[reg]);
}

/* `@part = EXPRESSION;` as a script: it knows how to keep the other bits. */
static void write_part(struct arguments *arguments, const char *place, const char *name,
		       const char *expression)
{
	struct session *session = arguments->session;
	struct script_diagnostics diagnostics = { 0 };
	struct script_compile_options options;
	struct hd_script_run run = { 0 };
	struct script_program *program;
	char text[4096];
	int error;

	expression_options(session, &options);
	options.forbid = SCRIPT_FORBID_PAUSE | SCRIPT_FORBID_EVENT | SCRIPT_FORBID_OCCURRENCE;
	snprintf(text, sizeof(text), "@%s = %s;", name, expression);
	program = script_compile(text, &options, &diagnostics);
	if (!program) {
		/* Columns behind "@name = " are the expression's. */
		const struct script_diagnostic *item = &diagnostics.items[0];
		size_t front = strlen(name) + 4;

		if (item->line == 1 && item->column > front && item->column - front - 1 <= strlen(expression))
			place = expression + (item->column - front - 1);
		arguments_error(arguments, place, "%s", item->message);
		return;
	}
	run.program_size = (uint32_t)program->size;
	session->reply_detail = 0;
	error = session_request(session, HD_SCRIPT_RUN, &run, sizeof(run), program->bytes, program->size,
				NULL);
	if (error)
		session_print_error(error, session->reply_detail);
	free(program);
}

static void write_whole(struct arguments *arguments, enum hd_register reg)
{
	struct hd_register_write request = { .reg = (uint32_t)reg };

	if (arguments_number(arguments, "a value", &request.value) && arguments_expect_end(arguments))
		session_ask(arguments->session, HD_REGISTER_WRITE, &request, sizeof(request), NULL);
}

void command_registers(struct arguments *arguments)
{
	const char *place = arguments->at;
	char name[32];
	size_t length = 0;
	int reg;

	if (arguments_at_end(arguments)) {
		print_all(arguments->session);
		return;
	}
	place = arguments->at;
	if (*arguments->at == '@')
		arguments->at++;
	while ((isalnum((unsigned char)*arguments->at) || *arguments->at == '_') && length < sizeof(name) - 1)
		name[length++] = (char)tolower((unsigned char)*arguments->at++);
	name[length] = 0;
	if (!length) {
		arguments_error(arguments, place, "expected a register's name");
		return;
	}
	reg = find(name);
	if (arguments_at_end(arguments)) {
		if (reg >= 0)
			print_whole(arguments->session, (enum hd_register)reg);
		else
			print_part(arguments, place, name);
		return;
	}
	if (*arguments->at != '=') {
		arguments_error(arguments, arguments->at,
				"expected `=` and a value, or the end of the command");
		return;
	}
	arguments->at++;
	if (arguments_at_end(arguments)) {
		arguments_error(arguments, arguments->at, "expected a value");
		return;
	}
	if (reg >= 0)
		write_whole(arguments, (enum hd_register)reg);
	else
		write_part(arguments, place, name, arguments->at);
	arguments->session->registers_known = false;
}
