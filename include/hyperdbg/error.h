/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The errors that travel between the parts, and the sentence a user reads.
 *
 * Functions return 0 or one of these as a negative number (-HD_E_…). A reply
 * carries the number and one 64-bit detail (an address, an event number …);
 * the debugger puts the detail where the sentence says %llx. Append only.
 */
#ifndef HYPERDBG_ERROR_H
#define HYPERDBG_ERROR_H

#define HD_ERRORS(X)                                                                                         \
	X(INVALID, "the request is malformed (the debugger and the module do not fit together)")             \
	X(UNSUPPORTED, "that is not supported on this processor")                                            \
	X(NOT_YET, "that is not there yet")                                                                  \
	X(TOO_LARGE, "that is too large (%llx bytes)")                                                       \
	X(NO_EVENT, "there is no event 0x%llx; `events` lists them")                                         \
	X(NO_EVENT_SLOT, "no room for another event (0n%llu are defined); clear some, or load the module with a larger max_events=") \
	X(NO_POOL_MEMORY, "the module's memory for events and scripts is used up; clear some events, or load it with a larger pool_mib=") \
	X(BAD_EVENT, "the event's kind is unknown to the module")                                            \
	X(BAD_STAGE, "a stage is one of pre, post and all")                                                  \
	X(NO_STAGES, "this event has no calling stages: a hook runs at one place only, so `stage` has no meaning here") \
	X(NO_SHORT_CIRCUIT, "this event cannot be short-circuited")                                          \
	X(SC_IN_POST, "short-circuiting is not possible in the post stage: the operation has already been carried out there; use `stage pre`") \
	X(SC_OUTSIDE, "there is no event to short-circuit here")                                             \
	X(BREAK_IN_VMI, "an event without a script breaks, and that needs a debugger behind a line: this is VMI mode, where the machine would halt itself; give it a script { … }") \
	X(PAUSE_IN_VMI, "pause() halts the machine, and that needs a debugger behind a line: this is VMI mode") \
	X(NOT_HALTED, "that needs a halted debuggee; `pause` (or Ctrl-C) halts it")                          \
	X(HALTED, "the debuggee is halted; `g` lets it run")                                                 \
	X(NO_REGISTER, "that register cannot be used here")                                                  \
	X(READ_ONLY_REGISTER, "that register cannot be written")                                             \
	X(BAD_VALUE, "the processor would refuse the value %llx there")                                      \
	X(MSR_REFUSED, "the processor refused access to MSR %llx (#GP)")                                     \
	X(BAD_ADDRESS, "the address %llx is not mapped; `.pagein` can bring a process' page in")             \
	X(READ_ONLY_ADDRESS, "the page at %llx cannot be written")                                           \
	X(BAD_PHYSICAL, "the physical address %llx is not memory")                                           \
	X(BAD_PROGRAM, "the module refused the compiled script (at instruction %llx)")                       \
	X(BAD_CORE, "there is no core %llx")                                                                 \
	X(BAD_PID, "there is no process 0x%llx with memory of its own; name one by `pid`")                 \
	X(BAD_RANGE, "the range ends before it begins (at %llx)")                                            \
	X(BAD_VECTOR, "vector %llx cannot be used here")                                                     \
	X(NMI_VECTOR, "vector 2 is the non-maskable interrupt, which the debugger itself halts cores with: it cannot be watched") \
	X(MID_INSTRUCTION, "%llx is in the middle of an instruction")                                        \
	X(ONE_DEBUGGER, "another debugger is attached")                                                      \
	X(NO_MODULE, "the module is not loaded (no /dev/hyperdbg)")                                          \
	X(LINE_DOWN, "the line to the debuggee is down")                                                     \
	X(DIVIDE, "division by zero")                                                                        \
	X(BUDGET, "the script ran longer than its budget of instructions; `settings budget` raises it")      \
	X(STACK, "the script's calls nest too deeply")                                                       \
	X(SCRIPT_ARGUMENT, "an argument of that function has no valid value (%llx)")                         \
	X(NO_BREAKPOINT, "there is no breakpoint %llx; `bl` lists them")                                     \
	X(NO_PAGING, "nested paging is not available on this processor")                                     \
	X(CORE_LOST, "core %llx does not answer; it is left out of this halt")                               \
	X(NO_PAGES, "the pool of page-table pages is empty; load the module with a larger pool_mib=")                     \
	X(NO_NAME_SLOT, "no room for another script variable that events share (0n%llu exist)") \
	X(NOT_IN_VMI, "that needs a debugger behind a line: this is VMI mode, where the machine cannot be halted") \
	X(OTHER_CORE, "that can be done only on the core that halted; `core N` goes back to it")

enum hd_error {
	HD_E_OK,
#define X(id, sentence) HD_E_##id,
	HD_ERRORS(X)
#undef X
	HD_E_COUNT
};

#endif
