/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Events: the definition that travels from the debugger to the module, and
 * the one table of event kinds (engine/event_kinds.c) that parser, checks,
 * help, completion and the manual are fed from.
 */
#ifndef HYPERDBG_EVENT_H
#define HYPERDBG_EVENT_H

#include <hyperdbg/types.h>

/* Append only: the numbers travel. */
enum hd_event_kind {
	HD_EVENT_CPUID,
	HD_EVENT_MSR_READ,
	HD_EVENT_MSR_WRITE,
	HD_EVENT_MONITOR,
	HD_EVENT_EXCEPTION,
	HD_EVENT_INTERRUPT,
	HD_EVENT_TSC,
	HD_EVENT_PMC,
	HD_EVENT_IO_IN,
	HD_EVENT_IO_OUT,
	HD_EVENT_DR,
	HD_EVENT_CR_WRITE,
	HD_EVENT_VMCALL,
	HD_EVENT_XSETBV,
	HD_EVENT_SYSCALL,
	HD_EVENT_SYSRET,
	HD_EVENT_MODE,
	HD_EVENT_EPTHOOK,
	HD_EVENT_EPTHOOK2,
	HD_EVENT_KINDS
};

/* Stages are bits, so that `all` is both. */
enum hd_stage {
	HD_STAGE_PRE = 1,
	HD_STAGE_POST = 2,
	HD_STAGE_ALL = HD_STAGE_PRE | HD_STAGE_POST,
};

/* hd_event_definition.flags */
enum hd_event_flags {
	HD_EVENT_HAS_PARAMETER = 1 << 0, /* parameter[0] (and [1]) restrict the event; without it, all match */
	HD_EVENT_HAS_PID = 1 << 1,
	HD_EVENT_HAS_CORE = 1 << 2,
	HD_EVENT_SC = 1 << 3, /* `sc on` */
	HD_EVENT_IMMEDIATE = 1 << 4, /* `imm yes`: deliver messages at once */
	HD_EVENT_PHYSICAL = 1 << 5, /* !monitor … pa */
	HD_EVENT_STAGE_GIVEN = 1 << 6, /* the user wrote `stage …` (hooks refuse it then) */
	HD_EVENT_SC_GIVEN = 1 << 7,
};

/* hd_event_definition.access, for !monitor */
enum hd_access { HD_ACCESS_READ = 1, HD_ACCESS_WRITE = 2, HD_ACCESS_EXECUTE = 4 };

/* An event without a script halts the machine (debugger mode only): program_size is 0 then. */
struct hd_event_definition {
	uint16_t kind; /* enum hd_event_kind */
	uint8_t stage; /* enum hd_stage */
	uint8_t access; /* enum hd_access bits */
	uint32_t flags; /* enum hd_event_flags */
	uint32_t pid;
	uint32_t core;
	uint64_t parameter[2]; /* MSR, port, leaf, vector; or first and last byte (included) */
	uint64_t cr3; /* process of a user-space range: 0 = any; filled by the module at definition */
	uint64_t tag; /* $event_tag */
	uint32_t buffer_size; /* `buffer N`, bytes */
	uint32_t program_size; /* bytes of compiled script that follow this structure */
};

/* What one kind takes; the table is indexed by enum hd_event_kind. */
struct hd_event_kind_info {
	const char *name; /* "!cpuid" */
	const char *parameters; /* "[leaf]", as help prints it */
	const char *context; /* what $context holds */
	const char *help; /* one line */
	bool has_stages;
	bool has_sc;
	bool has_parameter; /* takes a parameter at all … */
	bool needs_parameter; /* … and cannot do without */
	bool is_range; /* parameter[0..1] are first and last byte */
	bool available; /* false: refused with HD_E_NOT_YET */
	uint64_t parameter_max; /* largest parameter that makes sense */
};

extern const struct hd_event_kind_info hd_event_kinds[HD_EVENT_KINDS];

#endif
