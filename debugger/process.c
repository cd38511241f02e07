// SPDX-License-Identifier: GPL-2.0
#include "debugger/process.h"

#include <ctype.h>
#include <string.h>

#include "debugger/session.h"

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

static bool find_by_name(struct arguments *arguments, const char *word, size_t length, uint32_t *pid)
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
		arguments_error(arguments, word, "0n%u processes are called %.*s; give the pid's number", found,
				(int)length, word);
	else
		arguments_error(arguments, word, "no running process is called %.*s", (int)length, word);
	return false;
}

bool process_take(struct arguments *arguments, uint32_t *pid)
{
	const char *word;
	size_t length = arguments_peek(arguments, &word);
	uint64_t value;

	if (is_name(word, length)) {
		if (!find_by_name(arguments, word, length, pid))
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
