// SPDX-License-Identifier: GPL-2.0
#include "debugger/symbols.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "debugger/arguments.h"
#include "debugger/commands.h"
#include "debugger/output.h"
#include "debugger/programs.h"
#include "engine/error_text.h"

/* HyperDbg's name of the kernel; ours is called vmlinux. */
#define WINDOWS_KERNEL "nt!"

/* Farther than this from a symbol, an address is not said to be in it. */
#define NEAR 0x10000

/* The reply to an unknown name: near names, one a line. */
static void near_names(const struct reply *reply, char *text, size_t size)
{
	size_t used = 0;

	for (size_t at = sizeof(struct hd_symbol); at < reply->size && used + 3 < size; at++) {
		char c = ((const char *)reply->payload)[at];

		if (!c)
			break;
		if (c != '\n') {
			text[used++] = c;
		} else if (at + 1 < reply->size) {
			text[used++] = ',';
			text[used++] = ' ';
		}
	}
	text[used] = 0;
}

static char program_used[64];

const char *symbol_program_used(void)
{
	return program_used[0] ? program_used : NULL;
}

void symbol_forget_program(void)
{
	program_used[0] = 0;
}

/* A symbol of a loaded user program: its name stands before the `!`. */
static int program_address(const char *name, size_t length, uint64_t *address, char *reason,
			   size_t reason_size)
{
	const struct program_symbol *symbol = program_find(name, length, name + length + 1);
	char near[256];

	if (symbol) {
		snprintf(program_used, sizeof(program_used), "%.*s", (int)length, name);
		*address = symbol->address;
		return 0;
	}
	program_near(name, length, name + length + 1, near, sizeof(near));
	snprintf(reason, reason_size, "there is no symbol %s%s%s", name, near[0] ? "; near it: " : "", near);
	return -1;
}

int symbol_address(struct session *session, const char *name, uint64_t *address, char *reason,
		   size_t reason_size)
{
	struct hd_symbol symbol;
	struct reply reply;
	const char *bang;
	char near[512];
	int error;

	if (!strncmp(name, WINDOWS_KERNEL, strlen(WINDOWS_KERNEL))) {
		snprintf(reason, reason_size, "the kernel is called vmlinux here: vmlinux!%s",
			 name + strlen(WINDOWS_KERNEL));
		return -1;
	}
	bang = strchr(name, '!');
	if (bang && program_exists(name, (size_t)(bang - name)))
		return program_address(name, (size_t)(bang - name), address, reason, reason_size);
	if (!session->attached) {
		snprintf(reason, reason_size, "there is no debuggee to ask for the symbol %s", name);
		return -1;
	}
	error = session_request(session, HD_SYMBOL_ADDRESS, name, strlen(name), NULL, 0, &reply);
	if (error) {
		error_text(error, session->reply_detail, reason, reason_size);
		return -1;
	}
	if (reply.size < sizeof(symbol)) {
		snprintf(reason, reason_size, "there is no symbol %s", name);
		return -1;
	}
	memcpy(&symbol, reply.payload, sizeof(symbol));
	if (symbol.address) {
		*address = symbol.address;
		return 0;
	}
	near_names(&reply, near, sizeof(near));
	snprintf(reason, reason_size, "there is no symbol %s%s%s", name, near[0] ? "; near it: " : "", near);
	return -1;
}

/* A user address belongs to the process at the halt, whose program may have been loaded. */
static bool user_name(struct session *session, uint64_t address, char *name, size_t size, uint64_t *offset)
{
	const char *program = session->halt.registers.process;
	size_t length = strnlen(program, sizeof(session->halt.registers.process));
	const struct program_symbol *symbol = session->halted ? program_at(program, length, address) : NULL;

	if (!symbol)
		return false;
	snprintf(name, size, "%.*s!%s", (int)length, program, symbol->name);
	*offset = address - symbol->address;
	return true;
}

bool symbol_name(struct session *session, uint64_t address, char *name, size_t size, uint64_t *offset)
{
	struct hd_symbol symbol = { .address = address };
	struct reply reply;
	size_t length;

	if (!(address >> 63))
		return user_name(session, address, name, size, offset);
	if (!session->attached)
		return false;
	if (session_request(session, HD_SYMBOL_NAME, &symbol, sizeof(symbol), NULL, 0, &reply))
		return false;
	if (reply.size <= sizeof(symbol))
		return false;
	memcpy(&symbol, reply.payload, sizeof(symbol));
	if (!symbol.address || symbol.offset > NEAR)
		return false;
	length = reply.size - sizeof(symbol);
	if (length >= size)
		length = size - 1;
	memcpy(name, (const char *)reply.payload + sizeof(symbol), length);
	name[length] = 0;
	*offset = symbol.offset;
	return name[0] != 0;
}

/* --- commands --------------------------------------------------------------- */

static void print_program(const char *program, const char *path, size_t count)
{
	out_line("%-16s 0n%zu symbols, %s", program, count, path);
}

void command_symbols(struct arguments *arguments)
{
	char path[4096], reason[512];

	if (arguments_at_end(arguments)) {
		symbols_each(print_program);
	} else if (arguments_take_word(arguments, "load")) {
		if (!arguments_take_any_word(arguments, path, sizeof(path)))
			arguments_error(arguments, arguments->at, "expected a program's file");
		else if (!symbols_load(path, reason, sizeof(reason)))
			out_error("%s", reason);
	} else if (arguments_take_word(arguments, "unload")) {
		bool one = arguments_take_any_word(arguments, path, sizeof(path));

		if (!symbols_unload(one ? path : NULL))
			out_error("no symbols of %s are loaded; `.sym` lists the programs", path);
	} else {
		arguments_error(arguments, arguments->at, "expected load FILE, unload [PROGRAM] or nothing");
	}
}

void command_lookup(struct arguments *arguments)
{
	struct session *session = arguments->session;
	char name[256], reason[700];
	const char *place = arguments->at;
	uint64_t address, offset;

	if (arguments_at_end(arguments)) {
		arguments_error(arguments, arguments->at, "expected a symbol's name, or an address");
		return;
	}
	place = arguments->at;
	if (arguments_take_any_word(arguments, name, sizeof(name)) && arguments_at_end(arguments) &&
	    !symbol_address(session, name, &address, reason, sizeof(reason))) {
		out_line("%016" PRIx64 " %s", address, name);
		return;
	}
	/* No name alone: then it is a number, whose name is wanted. */
	arguments->at = place;
	if (!strchr("0123456789@$(", *place)) {
		arguments_error(arguments, place, "%s", reason);
		return;
	}
	if (!arguments_number(arguments, "an address", &address) || !arguments_expect_end(arguments))
		return;
	if (symbol_name(session, address, name, sizeof(name), &offset))
		out_line("%016" PRIx64 " %s+0x%" PRIx64, address, name, offset);
	else
		out_error("there is no symbol near %" PRIx64, address);
}
