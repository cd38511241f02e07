// SPDX-License-Identifier: GPL-2.0
/*
 * Which mutant a module made with MUTANTS=y has. The number stands behind its
 * mark in the module's file, where tests/mutants/run changes it: one build
 * serves for all.
 */
#include "engine/mutant.h"

volatile struct hd_mutant_choice hd_mutant_choice = {
	.mark = "chosen mutant of the engine",
	.number = MUTANT_NONE,
};
