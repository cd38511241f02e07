/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Deliberate faults, one rule of the stage contract broken each.
 *
 * `make check-mutants` builds the engine once per name with
 * -DHD_MUTANT=MUTANT_<name> and expects the tests to notice. For what runs in
 * the embedded machine, `make MUTANTS=y module` builds all of them into one
 * module, where engine/mutant.c says which is chosen. In every other
 * build MUTANT(name) is 0, and the compiler drops what stands behind it.
 */
#ifndef ENGINE_MUTANT_H
#define ENGINE_MUTANT_H

#define HD_MUTANTS(X)                                                                                        \
	X(S1_DEFAULT_POST) /* no stage given: post */                                                        \
	X(S1_ANY_STAGE) /* a stage that is none is taken */                                                  \
	X(S2_POST_IN_PRE) /* post events run in pre too */                                                   \
	X(S2_PRE_IN_POST) /* pre events run in post too */                                                   \
	X(S2_REVERSED) /* the highest number first */                                                        \
	X(S3_MATCH_TWICE) /* matched anew before post */                                                     \
	X(S3_CONTEXT_LATE) /* $context is 0 in post */                                                       \
	X(S3_ENABLED_AT_MATCH) /* enabled is not looked at before each run */                                \
	X(S3_CLEARED_RUNS) /* a cleared event still runs */                                                  \
	X(S3_PID_IGNORED)                                                                                    \
	X(S3_CORE_IGNORED)                                                                                   \
	X(S4_RIP_IGNORED) /* a changed RIP does not redirect */                                              \
	X(S6_LAST_WINS) /* only the last event's request counts */                                           \
	X(S6_POST_AFTER_CANCEL)                                                                              \
	X(S6_SC_ON_IGNORED) /* `sc on` in the definition has no effect */                                    \
	X(S6_TAKES_ALL_BACK) /* event_sc(0) takes back every event's request */                              \
	X(S6_NEVER_TAKEN_BACK)                                                                               \
	X(S6_DOUBLE_FAULT) /* #DF and #MC can be short-circuited */                                          \
	X(S6_DISABLED_CANCELS) /* `sc on` of an event disabled before its run cancels */                     \
	X(S7_SC_WITH_POST) /* `sc on` is taken with post and all */                                          \
	X(S7_EVENT_SC_IN_POST) /* event_sc() in post is no error */                                          \
	X(S8_STAGE_ALWAYS_PRE)                                                                               \
	X(S8_STAGE_OUTSIDE) /* $stage is 1 where no event runs */                                            \
	X(S9_NO_POST_BREAK)                                                                                  \
	X(S9_ONE_BREAK) /* only the first break event of a stage halts */                                    \
	X(S9_BREAK_IN_VMI)                                                                                   \
	X(S9_PAUSE_IN_VMI)                                                                                   \
	X(S10_POST_AFTER_FAILURE)                                                                            \
	X(S11_HOOK_TAKES_STAGE)                                                                              \
	X(S11_HOOK_TAKES_SC)                                                                                 \
	X(S12_COUNT_NOT_ATOMIC)                                                                              \
	X(S12_COUNT_PER_RUN) /* counted once per stage instead of per occurrence */                          \
	X(S12_FAILED_IS_COMPLETED)                                                                           \
	X(S12_ERROR_STOPS_OTHERS) /* a script error ends the stage for all */

#ifdef HD_MUTANT
enum hd_mutant {
	MUTANT_NONE,
#define X(name) MUTANT_##name,
	HD_MUTANTS(X)
#undef X
};
#define MUTANT(name) (HD_MUTANT == MUTANT_##name)

extern volatile struct hd_mutant_choice {
	char mark[28];
	unsigned int number; /* an enum hd_mutant */
} hd_mutant_choice;
#else
#define MUTANT(name) 0
#endif

#endif
