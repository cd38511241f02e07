// SPDX-License-Identifier: GPL-2.0
/* Memory: showing and changing it, disassembling it, translating addresses. */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "debugger/commands.h"
#include "debugger/halt.h"
#include "debugger/output.h"
#include "debugger/process.h"
#include "debugger/symbols.h"

#define LINE_BYTES    16
#define DEFAULT_BYTES 0x80
#define MAX_BYTES     0x10000
#define MAX_ITEMS     256
#define INSTRUCTIONS  8 /* that `u` shows without a length */
#define LONGEST	      15 /* bytes of an instruction */

/* What the name of a command says: !dq is physical, 8 bytes wide. */
struct form {
	const char *name;
	uint8_t width;
	bool text; /* with the bytes as characters */
	bool physical;
};

static const struct form forms[] = {
	{ "db", 1, true, false },  { "dc", 4, true, false },  { "dd", 4, false, false },
	{ "dq", 8, false, false }, { "!db", 1, true, true },  { "!dc", 4, true, true },
	{ "!dd", 4, false, true }, { "!dq", 8, false, true }, { "eb", 1, false, false },
	{ "ed", 4, false, false }, { "eq", 8, false, false }, { "!eb", 1, false, true },
	{ "!ed", 4, false, true }, { "!eq", 8, false, true }, { "u", 1, false, false },
	{ "!u", 1, false, true },
};

static const struct form *form_of(const struct arguments *arguments)
{
	size_t length = command_name_length(arguments->text);

	for (size_t i = 0; i < HD_ARRAY_SIZE(forms); i++) {
		if (strlen(forms[i].name) == length && !strncmp(forms[i].name, arguments->text, length))
			return &forms[i];
	}
	return &forms[0];
}

struct place {
	uint64_t address, length;
	uint32_t pid; /* 0: the process at the halt */
	bool has_length;
};

/* `l LENGTH` and `pid N`, in any order. */
static bool take_length_and_pid(struct arguments *arguments, struct place *place)
{
	while (!arguments_at_end(arguments)) {
		if (arguments_take_word(arguments, "l")) {
			const char *at = arguments->at;

			if (!arguments_number(arguments, "a number of bytes behind `l`", &place->length))
				return false;
			place->has_length = true;
			if (!place->length || place->length > MAX_BYTES) {
				arguments_error(arguments, at, "a length is 1 to %x bytes", MAX_BYTES);
				return false;
			}
		} else if (arguments_take_word(arguments, "pid")) {
			if (!process_take(arguments, &place->pid))
				return false;
		} else {
			arguments_error(arguments, arguments->at, "expected `l LENGTH`, `pid N` or the end");
			return false;
		}
	}
	return true;
}

static bool take_address(struct arguments *arguments, uint64_t *address, uint32_t *pid)
{
	bool has_pid;

	return process_take_address(arguments, "an address", address, pid, &has_pid);
}

/* Reads as much as there is; 0: an error was printed. The bytes are good until the next request. */
static size_t read_memory(struct session *session, const struct place *place, bool physical, uint64_t size,
			  const uint8_t **bytes)
{
	struct hd_memory request = {
		.address = place->address,
		.size = (uint32_t)size,
		.physical = physical,
		.pid = place->pid,
	};
	struct reply reply;

	/* A reply has room for a little less than the largest message. */
	if (request.size > HD_MESSAGE_MAX - 64)
		request.size = HD_MESSAGE_MAX - 64;
	if (!session_ask(session, HD_MEMORY_READ, &request, sizeof(request), &reply))
		return 0;
	*bytes = reply.payload;
	return reply.size;
}

static void print_line(uint64_t address, const uint8_t *bytes, size_t size, const struct form *form)
{
	char line[128];
	size_t used = 0;

	for (size_t at = 0; at < LINE_BYTES; at += form->width) {
		uint64_t value = 0;

		if (at + form->width > size) {
			used += (size_t)snprintf(line + used, sizeof(line) - used, " %*s", 2 * form->width,
						 "");
			continue;
		}
		memcpy(&value, bytes + at, form->width);
		used += (size_t)snprintf(line + used, sizeof(line) - used, " %0*" PRIx64, 2 * form->width,
					 value);
	}
	if (form->text) {
		line[used++] = ' ';
		line[used++] = ' ';
		for (size_t at = 0; at < size; at++)
			line[used++] = isprint(bytes[at]) ? (char)bytes[at] : '.';
	}
	while (used && line[used - 1] == ' ')
		used--;
	line[used] = 0;
	out_line("%016" PRIx64 " %s", address, line);
}

void command_memory_show(struct arguments *arguments)
{
	const struct form *form = form_of(arguments);
	struct place place = { .length = DEFAULT_BYTES };
	const uint8_t *bytes;
	size_t size, wanted;

	if (!take_address(arguments, &place.address, &place.pid) || !take_length_and_pid(arguments, &place))
		return;
	wanted = (place.length + form->width - 1) / form->width * form->width;
	size = read_memory(arguments->session, &place, form->physical, wanted, &bytes);
	if (!size)
		return;
	for (size_t at = 0; at < size; at += LINE_BYTES)
		print_line(place.address + at, bytes + at, size - at < LINE_BYTES ? size - at : LINE_BYTES,
			   form);
	if (size < wanted && wanted <= HD_MESSAGE_MAX - 64)
		session_print_error(form->physical ? -HD_E_BAD_PHYSICAL : -HD_E_BAD_ADDRESS,
				    place.address + size);
}

void command_memory_edit(struct arguments *arguments)
{
	const struct form *form = form_of(arguments);
	uint8_t bytes[8 * MAX_ITEMS];
	struct place place = { 0 };
	struct hd_memory request;
	size_t count = 0;
	int error;

	if (!take_address(arguments, &place.address, &place.pid))
		return;
	do {
		const char *at = arguments->at;
		uint64_t value;

		if (arguments_take_word(arguments, "pid")) {
			if (!process_take(arguments, &place.pid) || !arguments_expect_end(arguments))
				return;
			break;
		}
		if (!arguments_number(arguments, "a value to write", &value))
			return;
		if (form->width < 8 && value >> (8 * form->width)) {
			arguments_error(arguments, at, "%" PRIx64 " does not fit in %u byte%s", value,
					form->width, form->width == 1 ? "" : "s");
			return;
		}
		if (count == MAX_ITEMS) {
			arguments_error(arguments, at, "more than %x values at once", MAX_ITEMS);
			return;
		}
		memcpy(bytes + form->width * count++, &value, form->width);
	} while (!arguments_at_end(arguments));
	request = (struct hd_memory){
		.address = place.address,
		.size = (uint32_t)(form->width * count),
		.physical = form->physical,
		.pid = place.pid,
	};
	arguments->session->reply_detail = 0;
	error = session_request(arguments->session, HD_MEMORY_WRITE, &request, sizeof(request), bytes,
				request.size, NULL);
	if (error)
		session_print_error(error, arguments->session->reply_detail);
}

void command_disassemble(struct arguments *arguments)
{
	struct session *session = arguments->session;
	const struct form *form = form_of(arguments);
	struct place place = { .length = INSTRUCTIONS * LONGEST };
	unsigned int shown = 0;
	uint8_t code[MAX_BYTES + LONGEST];
	const uint8_t *bytes;
	size_t size;

	if (arguments_at_end(arguments)) {
		if (session_has_line(session) && !session_registers(session))
			return;
		place.address = session->halt.registers.value[HD_REG_RIP];
	} else if (!take_address(arguments, &place.address, &place.pid) ||
		   !take_length_and_pid(arguments, &place)) {
		return;
	}
	/* What begins within the length is shown whole. */
	size = read_memory(session, &place, form->physical, place.length + LONGEST, &bytes);
	if (!size)
		return;
	/* Printing asks for symbols, which overwrites the reply. */
	memcpy(code, bytes, size);
	for (size_t at = 0; at < size && at < place.length && (place.has_length || shown < INSTRUCTIONS);
	     shown++) {
		unsigned int length =
			halt_print_instruction(session, place.address + at, code + at, size - at,
					       session->halted ? session->halt.registers.code_bits : 64);

		at += length ? length : 1;
	}
}

static void translate(struct arguments *arguments, bool to_virtual)
{
	struct hd_translate request = { .to_virtual = to_virtual };
	struct place place = { 0 };
	struct reply reply;

	if (!take_address(arguments, &request.address, &place.pid) || !take_length_and_pid(arguments, &place))
		return;
	request.pid = place.pid;
	if (!session_ask(arguments->session, HD_TRANSLATE, &request, sizeof(request), &reply))
		return;
	if (reply.size < sizeof(request)) {
		session_print_error(-HD_E_INVALID, 0);
		return;
	}
	memcpy(&request, reply.payload, sizeof(request));
	out_line("%" PRIx64, request.result);
}

void command_va2pa(struct arguments *arguments)
{
	translate(arguments, false);
}

void command_pa2va(struct arguments *arguments)
{
	translate(arguments, true);
}

void command_page_in(struct arguments *arguments)
{
	struct hd_page_in request = { .size = 1 };
	struct place place = { .length = 1 };
	bool write = false;

	if (!take_address(arguments, &place.address, &place.pid))
		return;
	if (arguments_take_word(arguments, "w"))
		write = true;
	if (!take_length_and_pid(arguments, &place))
		return;
	request.address = place.address;
	request.size = place.length;
	request.pid = place.pid;
	request.write = write;
	session_ask(arguments->session, HD_PAGE_IN, &request, sizeof(request), NULL);
}
