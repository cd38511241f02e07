// SPDX-License-Identifier: GPL-2.0
/*
 * hdscript [--check] FILE | -e TEXT: runs (--check: only compiles) a script in this process, as `?` does without
 * a debuggee. For tests and for trying things; the debugger is what users have.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "script/compile.h"

static char *read_file(void *self, const char *path)
{
	FILE *file = fopen(path, "rb");
	char *text = NULL;
	size_t size = 0, used;

	(void)self;
	if (!file)
		return NULL;
	do {
		char *larger = realloc(text, size + 65537);

		if (!larger)
			break;
		text = larger;
		used = fread(text + size, 1, 65536, file);
		size += used;
		text[size] = 0;
	} while (used);
	fclose(file);
	return text;
}

static void output(void *self, const char *text, size_t length)
{
	fwrite(text, 1, length, self);
}

/* A played file's `? { … }` is taken as the script in it. */
static char *unwrap(char *text)
{
	char *start = text + strspn(text, " \t\r\n");

	return *start == '?' ? start + 1 : text;
}

int main(int argc, char **argv)
{
	static struct script_local_host host = {.output = output};
	const struct script_compile_options options = {.read_file = read_file};
	struct script_diagnostics diagnostics;
	struct script_outcome outcome;
	struct script_program *program;
	char *source, *message;
	int check = argc > 1 && !strcmp(argv[1], "--check");

	argv += check;
	argc -= check;

	if (argc < 2) {
		fprintf(stderr, "hdscript [--check] FILE | -e TEXT\n");
		return 2;
	}
	host.self = stdout;
	source = argc > 2 && !strcmp(argv[1], "-e") ? strdup(argv[2]) : read_file(NULL, argv[1]);
	if (!source) {
		fprintf(stderr, "err, the file %s cannot be read\n", argv[1]);
		return 2;
	}
	program = script_compile(unwrap(source), &options, &diagnostics);
	if (!program) {
		message = script_diagnostics_text(&diagnostics);
		fputs(message, stdout);
		free(message);
		free(source);
		return 1;
	}
	if (check) {
		free(program);
		free(source);
		return 0;
	}
	if (script_run_locally(program, &host, SCRIPT_DEFAULT_BUDGET / 1000, &outcome)) {
		fflush(stdout);
		message = script_outcome_text(&outcome, program);
		fputs(message, stdout);
		free(message);
	}
	free(program);
	free(source);
	return outcome.error != 0;
}
