/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Stands in for the script interpreter, so that the event table and the
 * pipeline are tested without it: a "program" is a structure naming a C
 * function. Linking fake_script.c replaces script_check, _resolve and _run.
 */
#ifndef TESTS_UNIT_FAKE_SCRIPT_H
#define TESTS_UNIT_FAKE_SCRIPT_H

#include "engine/script.h"

#define FAKE_MAGIC 0x46414b45u

struct fake_program {
	uint32_t magic;
	bool uses_pause;
	uint32_t occurrences;
	/* Returns 0 or the hd_error that ends the script. */
	int (*run)(const struct fake_program *program, const struct script_run_request *request);
	uint64_t argument[3];
};

#endif
