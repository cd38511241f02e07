// SPDX-License-Identifier: GPL-2.0
/*
 * Source text: the compiler must survive it, and what it compiles must pass
 * the checker and run. An input that begins with a blank is a command's number instead.
 */
#include <stdlib.h>
#include <string.h>

#include "script/compile.h"
#include "tests/fuzz/script_fuzz_host.h"

static int symbol(void *self, const char *name, uint64_t *address, char *reason, size_t size)
{
	(void)self;
	snprintf(reason, size, "no symbol %.20s", name);
	*address = 0xffffffff81000000ull;
	return name[0] == 'z' ? -1 : 0;
}

static char *read_file(void *self, const char *path)
{
	(void)self;
	return path[0] == 'i' ? strdup("#include \"i\"\nx = 1;") : NULL;
}

static void use_text(char *text)
{
	if (!text)
		abort();
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct script_diagnostics diagnostics;
	const struct script_compile_options options = {.symbol = symbol, .read_file = read_file};
	struct script_program *program;
	uint64_t value;
	size_t used;
	char *source;

	if (size > 8192)
		return 0;
	source = malloc(size + 1);
	if (!source)
		return 0;
	memcpy(source, data, size);
	source[size] = 0;
	if (source[0] == ' ') {
		if (script_evaluate_expression_prefix(source, &options, NULL, &value, &used, &diagnostics))
			use_text(script_diagnostics_text(&diagnostics));
		else if (used > strlen(source))
			abort();
	} else {
		program = script_compile(source, &options, &diagnostics);
		if (!program) {
			if (!diagnostics.count || !strcmp(diagnostics.items[0].message, "this script is too large for the module"))
				abort(); /* an error without a message; a program that the checker refuses */
			use_text(script_diagnostics_text(&diagnostics));
		} else if (!script_fuzz_run(program->bytes, program->size)) {
			abort();
		}
		free(program);
	}
	free(source);
	return 0;
}
