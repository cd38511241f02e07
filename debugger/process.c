// SPDX-License-Identifier: GPL-2.0
#include "debugger/process.h"

#include <ctype.h>
#include <string.h>

#include "debugger/session.h"
#include "debugger/symbols.h"

/* A word that begins with a letter and is not all hexadecimal digits. */
static bool is_name(const char *word, size_t length)
{
	if (!length || !isalpha((unsigned char)*word))
		return false;
	for (size_t i = 0; i < length; i++) {
		if (!isxdigit((unsigned char)word[i]))
			return true;
	}
	return false;
}

static bool find_by_name(struct arguments *arguments, const char *place, const char *word, size_t length,
			 uint32_t *pid)
{
	struct hd_process process;
	struct reply reply;
	unsigned int found = 0;

	if (!session_ask(arguments->session, HD_PROCESSES, NULL, 0, &reply))
		return false;
	for (size_t at = 0; at + sizeof(process) <= reply.size; at += sizeof(process)) {
		memcpy(&process, (const char *)reply.payload + at, sizeof(process));
		/* The kernel keeps 15 characters of a name. */
		if (strnlen(process.name, sizeof(process.name)) == (length < 15 ? length : 15) &&
		    !strncmp(process.name, word, length < 15 ? length : 15)) {
			*pid = process.pid;
			found++;
		}
	}
	if (found == 1)
		return true;
	if (found)
		arguments_error(arguments, place,
				"0n%u processes are called %.*s; give the number of one with `pid`", found,
				(int)length, word);
	else
		arguments_error(arguments, place, "no running process is called %.*s", (int)length, word);
	return false;
}

bool process_take(struct arguments *arguments, uint32_t *pid)
{
	const char *word;
	size_t length = arguments_peek(arguments, &word);
	uint64_t value;

	if (is_name(word, length)) {
		if (!find_by_name(arguments, word, word, length, pid))
			return false;
		arguments->at += length;
		return true;
	}
	if (!arguments_number(arguments, "a process' number or name", &value))
		return false;
	if (value > UINT32_MAX) {
		arguments_error(arguments, word, "there is no such process");
		return false;
	}
	*pid = (uint32_t)value;
	return true;
}

/* Whether `pid` is said further on: then no process need be looked for. */
static bool pid_follows(const char *text)
{
	for (const char *found = strstr(text, "pid"); found; found = strstr(found + 3, "pid")) {
		if (memchr(text, '{', (size_t)(found - text)))
			return false;
		if (isspace((unsigned char)found[-1]) && isspace((unsigned char)found[3]))
			return true;
	}
	return false;
}

bool process_take_address(struct arguments *arguments, const char *what, uint64_t *address, uint32_t *pid,
			  bool *has_pid)
{
	struct session *session = arguments->session;
	const char *place, *program;

	*pid = 0;
	*has_pid = false;
	arguments_at_end(arguments);
	place = arguments->at;
	symbol_forget_program();
	if (!arguments_number(arguments, what, address))
		return false;
	program = symbol_program_used();
	if (!program || pid_follows(arguments->at))
		return true;
	/* The process at the halt may be one of several that run the program: it is the one that is meant. */
	if (session->halted && !strncmp(session->halt.registers.process, program, 15)) {
		*pid = session->halt.registers.pid;
		*has_pid = true;
		return true;
	}
	*has_pid = find_by_name(arguments, place, program, strlen(program), pid);
	return *has_pid;
}
