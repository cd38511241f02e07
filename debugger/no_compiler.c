// SPDX-License-Identifier: GPL-2.0
/* Stands in for script/ while it is not there: plain numbers only. Not built once it is. */
#include <stdlib.h>
#include <string.h>

#include "script/compile.h"

const struct script_host_ops script_local_host_ops;

static void refuse(struct script_diagnostics *diagnostics)
{
	diagnostics->count = 1;
	diagnostics->items[0].line = diagnostics->items[0].column = 1;
	strcpy(diagnostics->items[0].message, "the script compiler is not there yet");
}

struct script_program *script_compile(const char *source, const struct script_compile_options *options,
				      struct script_diagnostics *diagnostics)
{
	(void)source, (void)options;
	refuse(diagnostics);
	return NULL;
}

char *script_outcome_text(const struct script_outcome *outcome)
{
	(void)outcome;
	return strdup("err, the script stopped");
}

int script_evaluate_expression_prefix(const char *text, const struct script_compile_options *options,
				      const struct script_run_request *run, uint64_t *value, size_t *used,
				      struct script_diagnostics *diagnostics)
{
	char *end;

	(void)options, (void)run;
	*value = strtoull(text, &end, 16);
	*used = (size_t)(end - text);
	if (end == text)
		refuse(diagnostics);
	return end == text;
}

int script_run_locally(struct script_program *program, struct script_local_host *host, uint64_t budget,
		       struct script_outcome *outcome)
{
	(void)program, (void)host, (void)budget;
	outcome->error = HD_E_NOT_YET;
	return -HD_E_NOT_YET;
}
