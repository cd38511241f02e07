// SPDX-License-Identifier: GPL-2.0
#include "debugger/commands.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <hyperdbg/event.h>

#include "debugger/near.h"
#include "debugger/output.h"

#define NEEDS_HALT (COMMAND_MODULE | COMMAND_HALT)
#define NEEDS_LINE (COMMAND_MODULE | COMMAND_HALT | COMMAND_LINE)

const struct command command_table[] = {
	{ "?", "? STATEMENT; …", "run script statements here and now",
	  "Braces around the statements are optional. With a halted debuggee they run on its current core,\n"
	  "with its registers and memory; without a debuggee they run in the debugger itself.",
	  COMMAND_HALT, command_evaluate },
	{ "print", "print EXPRESSION", "print a value, in hexadecimal", NULL, COMMAND_HALT, command_print },
	{ "events", "events\nevents e|d|c NUMBER|all\nevents sc on|off",
	  "list events; enable, disable, clear them; short-circuit the one at this break",
	  "`events sc on` at a pre break cancels the operation that is held: `g` goes on behind it.\n"
	  "In the post stage it has been carried out already, so there `events sc` is an error.",
	  NEEDS_HALT, command_events },
	{ "g", "g", "let the debuggee run", NULL, NEEDS_LINE, command_go },
	{ "pause", "pause", "halt the debuggee (Ctrl-C does the same)", NULL, COMMAND_MODULE | COMMAND_LINE,
	  command_pause },
	{ "t", "t [COUNT]", "step one instruction (or COUNT) of the current core; the others stay halted",
	  NULL, NEEDS_LINE, command_step },
	{ "core", "core [N]", "show the current core, or make N the current one", NULL, NEEDS_LINE,
	  command_core },
	{ "r", "r\nr REGISTER\nr REGISTER = EXPRESSION", "show or change registers of the current core",
	  "A register may be a part of one (eax, al, r8d) or a flag (zf): writing it keeps the other bits.",
	  NEEDS_LINE, command_registers },
	{ "rdmsr", "rdmsr MSR", "read a model-specific register", NULL, NEEDS_HALT, command_rdmsr },
	{ "wrmsr", "wrmsr MSR VALUE", "write a model-specific register", NULL, NEEDS_HALT, command_wrmsr },
	{ "db", "db ADDRESS [l BYTES] [pid N]", "show memory: bytes, with their characters", NULL, NEEDS_HALT,
	  command_memory_show },
	{ "dc", "dc ADDRESS [l BYTES] [pid N]", "show memory: 32-bit values, with their characters", NULL,
	  NEEDS_HALT, command_memory_show },
	{ "dd", "dd ADDRESS [l BYTES] [pid N]", "show memory: 32-bit values", NULL, NEEDS_HALT,
	  command_memory_show },
	{ "dq", "dq ADDRESS [l BYTES] [pid N]", "show memory: 64-bit values", NULL, NEEDS_HALT,
	  command_memory_show },
	{ "!db", "!db ADDRESS [l BYTES]", "show physical memory: bytes", NULL, NEEDS_HALT,
	  command_memory_show },
	{ "!dc", "!dc ADDRESS [l BYTES]", "show physical memory: 32-bit values, with their characters", NULL,
	  NEEDS_HALT, command_memory_show },
	{ "!dd", "!dd ADDRESS [l BYTES]", "show physical memory: 32-bit values", NULL, NEEDS_HALT,
	  command_memory_show },
	{ "!dq", "!dq ADDRESS [l BYTES]", "show physical memory: 64-bit values", NULL, NEEDS_HALT,
	  command_memory_show },
	{ "eb", "eb ADDRESS VALUE… [pid N]", "change memory: bytes", NULL, NEEDS_HALT, command_memory_edit },
	{ "ed", "ed ADDRESS VALUE… [pid N]", "change memory: 32-bit values", NULL, NEEDS_HALT,
	  command_memory_edit },
	{ "eq", "eq ADDRESS VALUE… [pid N]", "change memory: 64-bit values", NULL, NEEDS_HALT,
	  command_memory_edit },
	{ "!eb", "!eb ADDRESS VALUE…", "change physical memory: bytes", NULL, NEEDS_HALT,
	  command_memory_edit },
	{ "!ed", "!ed ADDRESS VALUE…", "change physical memory: 32-bit values", NULL, NEEDS_HALT,
	  command_memory_edit },
	{ "!eq", "!eq ADDRESS VALUE…", "change physical memory: 64-bit values", NULL, NEEDS_HALT,
	  command_memory_edit },
	{ "u", "u [ADDRESS [l BYTES] [pid N]]", "disassemble; without an address, at RIP", NULL, NEEDS_HALT,
	  command_disassemble },
	{ "!u", "!u ADDRESS [l BYTES]", "disassemble physical memory", NULL, NEEDS_HALT,
	  command_disassemble },
	{ "!va2pa", "!va2pa ADDRESS [pid N]", "the physical address of a virtual one", NULL, NEEDS_HALT,
	  command_va2pa },
	{ "!pa2va", "!pa2va ADDRESS", "the kernel's virtual address of a physical one", NULL, NEEDS_HALT,
	  command_pa2va },
	{ ".pagein", ".pagein ADDRESS [w] [l BYTES] [pid N]",
	  "have a process bring pages in, when it next runs",
	  "w: as if it wrote there. The outcome is reported while the debuggee runs.", NEEDS_HALT,
	  command_page_in },
	{ "bp", "bp ADDRESS [pid N] [core N]", "set a breakpoint",
	  "Four addresses at a time, those of hooks included, have a debug register; each further one has its whole page stepped, slowly.", NEEDS_LINE, command_breakpoint },
	{ "bl", "bl", "list breakpoints", NULL, NEEDS_LINE, command_breakpoint_list },
	{ "bc", "bc NUMBER|all", "clear breakpoints", NULL, NEEDS_LINE, command_breakpoint_change },
	{ "bd", "bd NUMBER|all", "disable breakpoints", NULL, NEEDS_LINE, command_breakpoint_change },
	{ "be", "be NUMBER|all", "enable breakpoints", NULL, NEEDS_LINE, command_breakpoint_change },
	{ "x", "x NAME|ADDRESS", "a symbol's address, or an address' symbol",
	  "vmlinux!name (or name alone), module!name, program!name for programs that `.sym load` has read.",
	  0, command_lookup },
	{ ".sym", ".sym\n.sym load FILE\n.sym unload [PROGRAM]",
	  "list, load, forget symbols of user programs",
	  "A name without a slash is looked for among the embedded machine's own programs first.", 0,
	  command_symbols },
	{ "sleep", "sleep MILLISECONDS", "wait (host time; the number is hexadecimal as everywhere)", NULL, 0,
	  command_sleep },
	{ ".script", ".script FILE [WORD…]", "play a file of commands; $arg1 … in it stand for the words", NULL, COMMAND_RAW, command_script },
	{ ".guest", ".guest COMMAND\n.guest -w [COMMAND]",
	  "run a shell command in the embedded machine; -w waits for it",
	  "Its output comes as `guest| …`. At a halt the command is queued and starts at the next `g`.\n"
	  "`.guest -w` alone waits for all that were begun; a halt ends the waiting.",
	  COMMAND_RAW, command_guest },
	{ "status", "status", "events with their counts, exits by class, cores, memory, the line's damage",
	  NULL, COMMAND_MODULE, command_status },
	{ "settings", "settings\nsettings NAME [VALUE]", "show or change settings", NULL, 0,
	  command_settings },
	{ "help", "help [NAME]", "what there is, or more about a command, an event or a function", NULL, 0, command_help },
	{ "exit", "exit", "end the session (and the embedded machine)", NULL, 0, command_exit },
};

const size_t command_count = HD_ARRAY_SIZE(command_table);

/* What all event commands share. */
static const struct command event_command = { "!", "", "", NULL, NEEDS_HALT, command_event };

int command_event_kind(const char *name, size_t length)
{
	for (int i = 0; i < HD_EVENT_KINDS; i++) {
		const char *kind = hd_event_kinds[i].name;

		if (kind && strlen(kind) == length && !strncmp(kind, name, length))
			return i;
	}
	return -1;
}

const struct command *command_find(const char *name, size_t length)
{
	for (size_t i = 0; i < command_count; i++) {
		if (strlen(command_table[i].name) == length && !strncmp(command_table[i].name, name, length))
			return &command_table[i];
	}
	if (command_event_kind(name, length) >= 0)
		return &event_command;
	if ((length == 1 && *name == 'q') || (length == 4 && !strncmp(name, "quit", 4)))
		return command_find("exit", 4);
	return NULL;
}

size_t command_name_length(const char *text)
{
	size_t length = 0;

	if (*text == '?')
		return 1;
	while (text[length] && !isspace((unsigned char)text[length]) && !strchr("{(;", text[length]))
		length++;
	return length;
}

/* --- near names ------------------------------------------------------------- */

static void add_if_near(const char *name, size_t length, const char *candidate, unsigned int wanted,
			char *text, size_t size)
{
	size_t used = strlen(text);

	if (candidate && near_distance(name, length, candidate) == wanted && used + strlen(candidate) + 3 < size)
		snprintf(text + used, size - used, "%s%s", used ? ", " : "", candidate);
}

void command_near_names(const char *name, size_t length, char *text, size_t size)
{
	unsigned int limit = length < 4 ? 1 : 2;

	text[0] = 0;
	for (unsigned int wanted = 1; wanted <= limit && !text[0]; wanted++) {
		for (size_t i = 0; i < command_count; i++)
			add_if_near(name, length, command_table[i].name, wanted, text, size);
		for (int i = 0; i < HD_EVENT_KINDS; i++)
			add_if_near(name, length, hd_event_kinds[i].name, wanted, text, size);
	}
}

/* --- running ---------------------------------------------------------------- */

/* Blanks comments outside of braces, in place: inside them they are the compiler's. */
static void blank_comments(char *text)
{
	unsigned int depth = 0;

	for (char *c = text; *c;) {
		const char *behind = arguments_skip_comment(c);
		bool comment = behind != c;

		if (!comment)
			behind = arguments_skip_string(c);
		if (behind == c) {
			depth += *c == '{';
			depth -= *c == '}' && depth;
			c++;
			continue;
		}
		for (; c < behind; c++) {
			if (comment && !depth && *c != '\n')
				*c = ' ';
		}
	}
}

/* The command with comments blanked and no blanks at its end, from malloc. */
static char *clean(const char *text)
{
	const char *start = text + strspn(text, " \t\r\n");
	const struct command *command = command_find(start, command_name_length(start));
	char *copy = strdup(text);
	size_t length;

	if (!command || !(command->flags & COMMAND_RAW))
		blank_comments(copy);
	length = strlen(copy);
	while (length && isspace((unsigned char)copy[length - 1]))
		copy[--length] = 0;
	return copy;
}

enum command_need command_needs(const struct session *session, const char *text)
{
	const char *start = text + strspn(text, " \t\r\n");
	const struct command *command = command_find(start, command_name_length(start));

	if (!command || !session_has_line(session))
		return COMMAND_CAN_RUN;
	if ((command->flags & COMMAND_HALT) && !(session->attached && session->halted))
		return COMMAND_NEEDS_HALT;
	if ((command->flags & COMMAND_MODULE) && !session->attached)
		return COMMAND_NEEDS_ATTACHED;
	return COMMAND_CAN_RUN;
}

/* Prints why it cannot run. */
static bool refuse(const struct session *session, const struct command *command, const char *text)
{
	enum command_need need = command_needs(session, text);

	if ((command->flags & COMMAND_LINE) && session->link && session->link->local) {
		out_error("`%s` needs a debuggee behind a line: this is VMI mode, on the machine we run on, "
			  "which is not halted",
			  command->name);
		return true;
	}
	if ((command->flags & COMMAND_MODULE) && !session->link) {
		out_error("there is no debuggee: the module is not loaded here (no /dev/hyperdbg), and no "
			  "line was named; "
			  "`hyperdbg --machine` starts one");
		return true;
	}
	if (need == COMMAND_NEEDS_ATTACHED || (need == COMMAND_NEEDS_HALT && !session->attached)) {
		out_error("the debuggee has left, or does not answer; its module must be loaded again");
		return true;
	}
	if (need == COMMAND_NEEDS_HALT) {
		session_print_error(-HD_E_NOT_HALTED, 0);
		return true;
	}
	return false;
}

static void unknown(struct arguments *arguments, size_t length)
{
	char near[160];

	command_near_names(arguments->at, length, near, sizeof(near));
	if (near[0])
		out_error("unknown command `%.*s`; near it: %s", (int)length, arguments->at, near);
	else
		out_error("unknown command `%.*s`; `help` lists the commands", (int)length, arguments->at);
}

void command_run(struct session *session, const char *text)
{
	char *copy = clean(text);
	struct arguments arguments = { .session = session, .text = copy, .at = copy };
	const struct command *command;
	size_t length;

	arguments.at += strspn(copy, " \t\r\n");
	/* Errors count columns from the command's first character. */
	arguments.text = arguments.at;
	length = command_name_length(arguments.at);
	if (!*arguments.at || *arguments.at == ';') {
		free(copy);
		return;
	}
	command = command_find(arguments.at, length);
	if (!command) {
		unknown(&arguments, length);
	} else if (!refuse(session, command, arguments.at)) {
		if (command != &event_command) {
			arguments.at += length;
			arguments.at += strspn(arguments.at, " \t\r\n");
		}
		command->run(&arguments);
	}
	free(copy);
}
