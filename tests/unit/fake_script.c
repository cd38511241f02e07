// SPDX-License-Identifier: GPL-2.0
#include "tests/unit/fake_script.h"

int script_check(const void *program, size_t size, struct script_facts *facts, uint64_t *where)
{
	const struct fake_program *fake = program;

	if (size != sizeof(*fake) || fake->magic != FAKE_MAGIC) {
		*where = 7;
		return -HD_E_BAD_PROGRAM;
	}
	memset(facts, 0, sizeof(*facts));
	facts->uses_pause = fake->uses_pause;
	facts->occurrences = fake->occurrences;
	facts->uses_host = true;
	facts->pseudos = ~(uint64_t)0;
	return 0;
}

int script_resolve(void *program, struct script_globals *globals, struct script_globals *occurrences)
{
	const struct fake_program *fake = program;

	return globals && fake->occurrences <= occurrences->capacity ? 0 : -HD_E_NO_NAME_SLOT;
}

int script_run(const struct script_run_request *run, struct script_outcome *outcome)
{
	const struct fake_program *fake = run->program;

	memset(outcome, 0, sizeof(*outcome));
	outcome->error = fake->run(fake, run);
	if (outcome->error) {
		outcome->line = 3;
		outcome->column = 5;
		outcome->detail = 0x77;
	}
	return -outcome->error;
}
