/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The conversation between a debugger and the module.
 *
 * The same messages travel over both carriers: the serial line (packed into
 * frames, hyperdbg/wire.h) and the device node (hyperdbg/device.h). Every
 * message begins with struct hd_message. A request has an id, and gets
 * exactly one reply with the same id; notes come unasked.
 *
 * All numbers little-endian; structures have no hidden padding.
 */
#ifndef HYPERDBG_REQUEST_H
#define HYPERDBG_REQUEST_H

#include <hyperdbg/event.h>
#include <hyperdbg/registers.h>
#include <hyperdbg/types.h>

/* Bumped when a structure here changes; HELLO refuses a mismatch. */
#define HD_PROTOCOL 1

/* Largest message with its header, on every carrier. */
#define HD_MESSAGE_MAX 65536

enum hd_message_type {
	/* Requests: payload -> reply's payload. `H` needs a halt (on the line). */
	HD_HELLO = 1, /* hd_hello -> hd_hello */
	HD_EVENT_DEFINE, /* H hd_event_definition + program -> hd_event_number */
	HD_EVENT_CHANGE, /* H hd_event_change -> nothing */
	HD_EVENT_LIST, /* hd_event_number (first wanted) -> hd_event_entry[] (as many as fit; none = end) */
	HD_EVENT_SHORT_CIRCUIT, /* H hd_switch: `events sc on|off` at a break -> nothing */
	HD_GO, /* H nothing -> nothing, then the machine runs */
	HD_BREAK, /* nothing -> nothing; an HD_NOTE_HALTED follows (the reply alone if halted already) */
	HD_SCRIPT_RUN, /* H hd_script_run + program -> hd_script_result; its output comes before, as HD_NOTE_TEXT */
	HD_REGISTERS_READ, /* H nothing -> hd_registers */
	HD_REGISTER_WRITE, /* H hd_register_write -> nothing */
	HD_MSR_READ, /* H hd_msr -> hd_msr */
	HD_MSR_WRITE, /* H hd_msr -> nothing */
	HD_STATUS, /* nothing -> hd_status */
	HD_MEMORY_READ, /* H hd_memory -> bytes (fewer than asked for at the first unmapped page; error if none) */
	HD_MEMORY_WRITE, /* H hd_memory + bytes -> hd_memory with the size written */
	HD_TRANSLATE, /* H hd_translate -> hd_translate */
	HD_STEP, /* H hd_step -> nothing, then HD_NOTE_HALTED */
	HD_BREAKPOINT_SET, /* H hd_breakpoint -> hd_breakpoint (with its number) */
	HD_BREAKPOINT_CHANGE, /* H hd_event_change -> nothing */
	HD_BREAKPOINT_LIST, /* nothing -> hd_breakpoint[] */
	HD_PAGE_IN, /* H hd_page_in -> nothing; an HD_NOTE_LINE tells the outcome while the machine runs */
	HD_SYMBOL_ADDRESS, /* name -> hd_symbol (address 0 and near names, one a line, behind it, if unknown) */
	HD_SYMBOL_NAME, /* hd_symbol (address) -> hd_symbol + name (nearest at or below) */
	HD_PROCESSES, /* H nothing -> hd_process[] */
	HD_SETTING, /* hd_setting -> hd_setting */
	HD_CORE_SWITCH, /* H hd_switch (core) -> nothing: registers and memory are this core's from now on */
	HD_REQUEST_END,

	/* A request's answer: hd_message.id is the request's, error and detail say how it went. */
	HD_REPLY = 64,

	/* Notes. */
	HD_NOTE_TEXT = 96, /* hd_note_text + text: output of a script, in pieces; may end anywhere */
	HD_NOTE_LINE, /* text of one whole line the debugger prints as it is (warnings, outcomes) */
	HD_NOTE_HALTED, /* hd_note_halted */
	HD_NOTE_RUNNING, /* nothing: after HD_GO */
	HD_NOTE_SCRIPT_ERROR, /* hd_note_script_error */
	HD_NOTE_LOST, /* hd_note_lost: messages that a full ring had no room for */
	HD_NOTE_LEFT, /* nothing: the module is being unloaded */
	HD_NOTE_EVENT_OFF, /* hd_event_number in `number`, reason as text behind: the module turned it off or removed it */
	HD_NOTE_BREAKPOINT_OFF, /* likewise: the module removed a breakpoint */
};

struct hd_message {
	uint16_t type; /* enum hd_message_type */
	uint16_t flags; /* 0 */
	uint32_t id; /* requests: chosen by the debugger; notes: 0 */
	uint32_t size; /* bytes of payload behind this header */
	int32_t error; /* replies: 0 or -HD_E_… */
	uint64_t detail; /* replies: what the sentence's %llx stands for */
};

struct hd_hello {
	uint32_t protocol; /* HD_PROTOCOL */
	uint32_t cores; /* reply: cores virtualised */
	uint32_t vendor; /* reply: 1 AMD-V, 2 VT-x */
	uint32_t halted; /* reply: 1 if the machine stands; an HD_NOTE_HALTED follows */
	uint64_t load_id; /* reply: differs from load to load of the module */
	uint64_t kernel_base; /* reply: address of _text (KASLR) */
	char release[64]; /* reply: the kernel's release */
};

struct hd_event_number {
	uint64_t number;
};

/* HD_EVENT_CHANGE, HD_BREAKPOINT_CHANGE: */
enum hd_change { HD_CHANGE_ENABLE, HD_CHANGE_DISABLE, HD_CHANGE_CLEAR };
#define HD_ALL_NUMBERS UINT64_MAX

struct hd_event_change {
	uint64_t number; /* or HD_ALL_NUMBERS */
	uint32_t change; /* enum hd_change */
	uint32_t reserved;
};

struct hd_event_entry {
	uint64_t number;
	uint64_t completed, short_circuited, failed; /* occurrences (S12) */
	uint32_t enabled;
	uint32_t client; /* 0: the line's debugger; else a process with the device open */
	struct hd_event_definition definition; /* program_size 0: it breaks */
};

struct hd_switch {
	uint64_t on; /* 0 or 1; a core's number for HD_CORE_SWITCH */
};

struct hd_script_run {
	uint32_t program_size;
	uint32_t reserved;
};

struct hd_script_result {
	uint64_t value; /* what the last expression statement gave, or what the script returned */
	uint32_t line, column; /* where it stopped, if the reply says an error */
	uint64_t instructions;
};

struct hd_registers {
	uint64_t value[HD_REG_COUNT];
	uint32_t core;
	uint32_t pid, tid;
	uint32_t reserved;
	char process[16];
	uint8_t code[16]; /* bytes at RIP */
	uint32_t code_size; /* how many of them could be read */
	uint32_t code_bits; /* 64, 32 or 16 */
};

struct hd_register_write {
	uint32_t reg; /* enum hd_register */
	uint32_t reserved;
	uint64_t value;
};

struct hd_msr {
	uint64_t msr;
	uint64_t value;
};

/* Exit classes that `status` counts. */
#define HD_EXIT_CLASSES(X)                                                                                   \
	X(CPUID, "cpuid") X(MSR, "msr") X(HYPERCALL, "hypercall") X(NMI, "nmi") X(SVM, "vm instruction")     \
	X(EXCEPTION, "exception") X(PAGING, "nested paging") X(STEP, "step") X(INTERRUPT, "interrupt")       \
	X(IO, "io") X(CR, "cr") X(DR, "dr") X(TSC, "tsc") X(OTHER, "other")

enum hd_exit_class {
#define X(id, name) HD_EXIT_##id,
	HD_EXIT_CLASSES(X)
#undef X
	HD_EXIT_CLASS_COUNT
};

struct hd_status {
	uint32_t cores;
	uint32_t vendor;
	uint32_t halted;
	uint32_t events; /* defined */
	uint64_t pool_free, pool_size; /* bytes of event and script memory */
	uint64_t messages_lost;
	uint64_t line_bad_frames, line_resent; /* the line's damage, repaired */
	uint64_t exits[HD_EXIT_CLASS_COUNT]; /* summed over the cores */
};

/* HD_MEMORY_READ, _WRITE */
struct hd_memory {
	uint64_t address;
	uint32_t size;
	uint32_t physical; /* 1: a physical address */
	uint32_t pid; /* 0: the halted core's address space */
	uint32_t reserved;
};

struct hd_translate {
	uint64_t address; /* in: virtual (or physical, if to_virtual) */
	uint64_t result;
	uint32_t to_virtual;
	uint32_t pid;
};

struct hd_step {
	uint64_t count;
};

struct hd_breakpoint {
	uint64_t number;
	uint64_t address;
	uint32_t pid, core; /* with the flags below */
	uint32_t flags; /* HD_EVENT_HAS_PID, HD_EVENT_HAS_CORE */
	uint32_t enabled;
};

struct hd_page_in {
	uint64_t address;
	uint64_t size;
	uint32_t pid; /* 0: the process at the halt */
	uint32_t write; /* 1: fault in for writing */
};

struct hd_symbol {
	uint64_t address;
	uint64_t offset;
};

struct hd_process {
	uint32_t pid;
	uint32_t reserved;
	char name[16];
};

/* HD_SETTING: value is read if `set` is 0. */
enum hd_setting_id { HD_SETTING_BUDGET, HD_SETTING_COUNT };
struct hd_setting {
	uint32_t setting;
	uint32_t set;
	uint64_t value;
};

struct hd_note_text {
	uint64_t event; /* UINT64_MAX: of HD_SCRIPT_RUN */
	uint32_t core;
	uint32_t stage; /* enum hd_stage */
};

enum hd_halt_reason {
	HD_HALT_EVENT, /* an event without script, or a script's pause() */
	HD_HALT_BREAK_IN, /* Ctrl-C, `pause`, or a debugger that came */
	HD_HALT_BREAKPOINT,
	HD_HALT_STEP,
};

struct hd_note_halted {
	uint64_t event; /* event or breakpoint number */
	uint32_t reason; /* enum hd_halt_reason */
	uint32_t stage; /* enum hd_stage for HD_HALT_EVENT of an event that has stages, else 0 */
	uint64_t context;
	uint64_t tag;
	struct hd_registers registers;
	uint64_t missing_cores; /* number of cores that did not come */
};

struct hd_note_script_error {
	uint64_t event; /* UINT64_MAX: of HD_SCRIPT_RUN */
	uint64_t detail;
	int32_t error;
	uint32_t line, column;
	uint32_t stage;
};

struct hd_note_lost {
	uint64_t count; /* since the module was loaded */
};

#endif
