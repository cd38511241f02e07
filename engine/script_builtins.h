/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The built-in functions of the script language, one table for the compiler,
 * the checker and `help`.
 *
 *   X(identifier, name, arguments, result, facts, help)
 *
 * arguments: one letter each
 *   i  a number or an address          a  an address
 *   s  an address or a string "…"      w  an address or a wide string L"…"
 *   e  either kind of string           l  the address of a variable that is 4 or 8 bytes wide
 *   r  a cell's address (like l, always 4 bytes wide)
 * result: v nothing, u an untyped number, i a C int
 * facts: what script_check notes about a program that calls it (SCRIPT_USES_…)
 *
 * The numbers are part of the bytecode: append only.
 */
#ifndef ENGINE_SCRIPT_BUILTINS_H
#define ENGINE_SCRIPT_BUILTINS_H

enum { SCRIPT_USES_NOTHING = 0, SCRIPT_USES_PAUSE = 1, SCRIPT_USES_SC = 2, SCRIPT_USES_INJECT = 4 };

#define SCRIPT_BUILTINS(X)                                                                                   \
	X(PRINT, "print", "i", 'v', NOTHING, "prints a number in hexadecimal and a newline")                 \
	X(DB_PA, "db_pa", "i", 'u', NOTHING, "reads 1 byte at a physical address")                           \
	X(DW_PA, "dw_pa", "i", 'u', NOTHING, "reads 2 bytes at a physical address")                          \
	X(DD_PA, "dd_pa", "i", 'u', NOTHING, "reads 4 bytes at a physical address")                          \
	X(DQ_PA, "dq_pa", "i", 'u', NOTHING, "reads 8 bytes at a physical address")                          \
	X(POI_PA, "poi_pa", "i", 'u', NOTHING, "reads 8 bytes at a physical address")                        \
	X(HI_PA, "hi_pa", "i", 'u', NOTHING, "reads the high 2 of the 4 bytes at a physical address")        \
	X(LOW_PA, "low_pa", "i", 'u', NOTHING, "reads the low 2 of the 4 bytes at a physical address")       \
	X(EB, "eb", "ai", 'u', NOTHING, "writes 1 byte at an address; 1, or 0 if it cannot be written")      \
	X(ED, "ed", "ai", 'u', NOTHING, "writes 4 bytes at an address; 1, or 0 if they cannot be written")   \
	X(EQ, "eq", "ai", 'u', NOTHING, "writes 8 bytes at an address; 1, or 0 if they cannot be written")   \
	X(EB_PA, "eb_pa", "ii", 'u', NOTHING, "writes 1 byte at a physical address; 1 or 0")                 \
	X(ED_PA, "ed_pa", "ii", 'u', NOTHING, "writes 4 bytes at a physical address; 1 or 0")                \
	X(EQ_PA, "eq_pa", "ii", 'u', NOTHING, "writes 8 bytes at a physical address; 1 or 0")                \
	X(MEMCPY, "memcpy", "aei", 'v', NOTHING, "copies: destination, source, bytes")                       \
	X(MEMCPY_PA, "memcpy_pa", "iii", 'v', NOTHING, "copies between physical addresses: destination, source, bytes") \
	X(MEMCMP, "memcmp", "eei", 'i', NOTHING, "compares bytes: below, at or above 0")                     \
	X(STRLEN, "strlen", "s", 'u', NOTHING, "length of a string in bytes")                                \
	X(WCSLEN, "wcslen", "w", 'u', NOTHING, "length of a wide string in 16-bit units")                    \
	X(STRCMP, "strcmp", "ss", 'i', NOTHING, "compares two strings: below, at or above 0")                \
	X(STRNCMP, "strncmp", "ssi", 'i', NOTHING, "compares at most so many characters of two strings")     \
	X(WCSCMP, "wcscmp", "ww", 'i', NOTHING, "compares two wide strings: below, at or above 0")           \
	X(WCSNCMP, "wcsncmp", "wwi", 'i', NOTHING, "compares at most so many units of two wide strings")     \
	X(CHECK_ADDRESS, "check_address", "a", 'u', NOTHING, "1 if the address can be read, else 0")         \
	X(VIRTUAL_TO_PHYSICAL, "virtual_to_physical", "a", 'u', NOTHING, "the physical address behind an address, 0 if there is none") \
	X(PHYSICAL_TO_VIRTUAL, "physical_to_virtual", "i", 'u', NOTHING, "a kernel address of a physical address, 0 if there is none") \
	X(RDMSR, "rdmsr", "i", 'u', NOTHING, "reads an MSR")                                                 \
	X(WRMSR, "wrmsr", "ii", 'v', NOTHING, "writes an MSR: number, value")                                \
	X(RDTSC, "rdtsc", "", 'u', NOTHING, "the processor's time-stamp counter")                            \
	X(RDTSCP, "rdtscp", "", 'u', NOTHING, "the processor's time-stamp counter, read in order")           \
	X(MICROSLEEP, "microsleep", "i", 'v', NOTHING, "waits so many microseconds, spinning")               \
	X(INTERLOCKED_EXCHANGE, "interlocked_exchange", "li", 'u', NOTHING, "atomic: address, new value; gives the old value") \
	X(INTERLOCKED_EXCHANGE_ADD, "interlocked_exchange_add", "li", 'u', NOTHING, "atomic: address, what to add; gives the old value") \
	X(INTERLOCKED_INCREMENT, "interlocked_increment", "l", 'u', NOTHING, "atomic: adds 1; gives the new value") \
	X(INTERLOCKED_DECREMENT, "interlocked_decrement", "l", 'u', NOTHING, "atomic: subtracts 1; gives the new value") \
	X(INTERLOCKED_COMPARE_EXCHANGE, "interlocked_compare_exchange", "lii", 'u', NOTHING, "atomic: address, new, expected; gives the old value") \
	X(SPINLOCK_LOCK, "spinlock_lock", "r", 'v', NOTHING, "takes a lock (a variable that is 0 when free)") \
	X(SPINLOCK_LOCK_CUSTOM_WAIT, "spinlock_lock_custom_wait", "ri", 'v', NOTHING, "takes a lock, with the longest pause between two tries") \
	X(SPINLOCK_UNLOCK, "spinlock_unlock", "r", 'v', NOTHING, "releases a lock")                          \
	X(EVENT_ENABLE, "event_enable", "i", 'u', NOTHING, "enables an event; 0 if there is none of that number") \
	X(EVENT_DISABLE, "event_disable", "i", 'u', NOTHING, "disables an event; 0 if there is none of that number") \
	X(EVENT_CLEAR, "event_clear", "i", 'u', NOTHING, "removes an event; 0 if there is none of that number") \
	X(EVENT_SC, "event_sc", "i", 'v', SC, "1: short-circuits this event's operation (pre only); 0 takes that back") \
	X(EVENT_INJECT, "event_inject", "ii", 'v', INJECT, "injects an event: type, vector")                 \
	X(EVENT_INJECT_ERROR_CODE, "event_inject_error_code", "iii", 'v', INJECT, "injects an event: type, vector, error code") \
	X(PAUSE, "pause", "", 'v', PAUSE, "halts at this statement until `g`; nothing where nothing runs")   \
	X(FLUSH, "flush", "", 'v', NOTHING, "delivers all messages at once")                                 \
	X(DISASSEMBLE_LEN, "disassemble_len", "a", 'u', NOTHING, "length of the 64-bit instruction at an address") \
	X(DISASSEMBLE_LEN32, "disassemble_len32", "a", 'u', NOTHING, "length of the 32-bit instruction at an address")

/* Other names that HyperDbg has, or had, for the same functions. */
#define SCRIPT_BUILTIN_ALIASES(X)                                                                            \
	X("disassemble_len64", DISASSEMBLE_LEN)                                                              \
	X("formats", PRINT)                                                                                  \
	X("enable_event", EVENT_ENABLE)                                                                      \
	X("disable_event", EVENT_DISABLE)                                                                    \
	X("clear_event", EVENT_CLEAR)

enum script_builtin {
#define X(id, name, arguments, result, facts, help) SCRIPT_BUILTIN_##id,
	SCRIPT_BUILTINS(X)
#undef X
	SCRIPT_BUILTIN_COUNT
};

struct script_builtin_entry {
	const char *name;
	const char *arguments;
	char result;
	unsigned char facts;
	const char *help;
};

extern const struct script_builtin_entry script_builtin_table[SCRIPT_BUILTIN_COUNT];

#endif
