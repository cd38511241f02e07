// SPDX-License-Identifier: GPL-2.0
/* `help`, from the tables of commands, of event kinds and of the script language's functions. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <hyperdbg/event.h>

#include "debugger/commands.h"
#include "debugger/output.h"
#include "engine/script_builtins.h"

static void print_all(void)
{
	out_line("Commands (`help NAME` says more):");
	for (size_t i = 0; i < command_count; i++)
		out_line("  %-12s %s", command_table[i].name, command_table[i].summary);
	out_line("Events (`help NAME` says what they take; without a script { … } an event halts the "
		 "debuggee):");
	for (int i = 0; i < HD_EVENT_KINDS; i++)
		out_line("  %-12s %s%s", hd_event_kinds[i].name, hd_event_kinds[i].help,
			 hd_event_kinds[i].available ? "" : " (not there yet)");
	out_line("Numbers are hexadecimal (0x), 0n is decimal, 0y binary; an expression may stand for any "
		 "number.");
	out_line("`help scripts` shows the script language and its functions.");
}

static void print_command(const struct command *command)
{
	out_line("%s", command->syntax);
	out_line("  %s", command->summary);
	if (command->details)
		out_line("%s", command->details);
	if (command->flags & COMMAND_HALT)
		out_line("Behind a line it needs a halted debuggee.");
}

/* A parameter to show in the example. */
static const char *example_parameter(enum hd_event_kind kind)
{
	static const char *const parameters[HD_EVENT_KINDS] = {
		[HD_EVENT_CPUID] = " 1",
		[HD_EVENT_MSR_READ] = " c0000082",
		[HD_EVENT_MSR_WRITE] = " c0000082",
		[HD_EVENT_MONITOR] = " w vmlinux!jiffies_64 l 8",
		[HD_EVENT_EXCEPTION] = " e",
		[HD_EVENT_INTERRUPT] = " 20",
		[HD_EVENT_IO_IN] = " 60",
		[HD_EVENT_IO_OUT] = " 80",
		[HD_EVENT_CR_WRITE] = " 4",
		[HD_EVENT_MODE] = " u pid 1",
		[HD_EVENT_EPTHOOK] = " vmlinux!vfs_read",
		[HD_EVENT_EPTHOOK2] = " vmlinux!vfs_read",
	};

	return parameters[kind] ? parameters[kind] : "";
}

/* What has to be known of one kind beside that; lines. */
static void print_event_notes(enum hd_event_kind kind)
{
	static const char hooks[] = "Four addresses at a time have a debug register; each further one has its whole page stepped, slowly.";
	static const char *const notes[HD_EVENT_KINDS] = {
		[HD_EVENT_MONITOR] = "Short-circuited, the access does not happen and RIP goes behind the instruction: for `x` as well, where\n"
				     "HyperDbg leaves RIP at it. Of a string instruction one iteration is skipped.\n"
				     "A range with page tables in it has each translation through them stop: leave their pages out.",
		[HD_EVENT_EPTHOOK] = hooks,
		[HD_EVENT_EPTHOOK2] = hooks,
	};

	if (notes[kind])
		out_line("%s", notes[kind]);
}

static void print_event(enum hd_event_kind number)
{
	const struct hd_event_kind_info *kind = &hd_event_kinds[number];

	out_line("%s%s%s [pid N|NAME] [core N]%s%s [imm yes|no] [buffer N] [script { … }]", kind->name,
		 kind->parameters[0] ? " " : "", kind->parameters,
		 kind->has_stages ? " [stage pre|post|all]" : "", kind->has_sc ? " [sc on|off]" : "");
	out_line("  %s", kind->help);
	if (!kind->available)
		out_line("It is not there yet.");
	out_line("$context is %s.", kind->context);
	out_line(kind->has_stages ? "It has calling stages: `stage` is taken, pre unless given."
				  : "It has no calling stages: `stage` is refused.");
	out_line(kind->has_sc
			 ? "It can be short-circuited: `sc on` (stage pre), or event_sc(1) in its script."
			 : "It cannot be short-circuited: `sc` is refused.");
	out_line("Without a script it halts the debuggee each time.");
	print_event_notes(number);
	out_line("Example: %s%s%s script { printf(\"%%llx\\n\", $context); }", kind->name,
		 example_parameter(number), kind->has_stages ? " stage post" : "");
}

/* What the compiler knows by itself, beside the table of built-in functions. */
static const struct {
	const char *name, *call, *help;
} words[] = {
	{"printf", "printf(\"text\", values)",
	 "prints: %d %i %u %x %X %o %c %p %s %ws %ls %f %%, 64 bits with ll"},
	{"db", "db(address)", "reads 1 byte"},
	{"dw", "dw(address)", "reads 2 bytes"},
	{"dd", "dd(address)", "reads 4 bytes"},
	{"dq", "dq(address)", "reads 8 bytes"},
	{"poi", "poi(address)", "reads 8 bytes"},
	{"hi", "hi(address)", "reads the high 2 of 4 bytes"},
	{"low", "low(address)", "reads the low 2 of 4 bytes"},
	{"not", "not(number)", "~number"},
	{"neg", "neg(number)", "-number"},
	{"ref", "ref(variable)", "&variable"},
	{"sizeof", "sizeof(type or value)", "size in bytes"},
};

static const char *argument_name(char letter)
{
	static const struct {
		char letter;
		const char *name;
	} names[] = {
		{'i', "number"}, {'a', "address"},   {'s', "string"},	 {'w', "wide string"},
		{'e', "bytes"},	 {'l', "&variable"}, {'r', "&variable"},
	};

	for (size_t i = 0; i < HD_ARRAY_SIZE(names); i++)
		if (names[i].letter == letter)
			return names[i].name;
	return "?";
}

static void print_function(const struct script_builtin_entry *entry)
{
	char call[128];
	size_t used = (size_t)snprintf(call, sizeof(call), "%s(", entry->name);

	for (const char *letter = entry->arguments; *letter; letter++)
		used += (size_t)snprintf(call + used, sizeof(call) - used, "%s%s",
					 letter == entry->arguments ? "" : ", ", argument_name(*letter));
	out_line("  %-46s %s", strcat(call, ")"), entry->help);
}

/* The functions of that name, or all (NULL). false: there is none. */
static bool print_functions(const char *name, size_t length)
{
	bool found = false;

	for (size_t i = 0; i < HD_ARRAY_SIZE(words); i++) {
		if (name && (strlen(words[i].name) != length || strncmp(words[i].name, name, length)))
			continue;
		out_line("  %-46s %s", words[i].call, words[i].help);
		found = true;
	}
	for (int i = 0; i < SCRIPT_BUILTIN_COUNT; i++) {
		const struct script_builtin_entry *entry = &script_builtin_table[i];

		if (name && (strlen(entry->name) != length || strncmp(entry->name, name, length)))
			continue;
		print_function(entry);
		found = true;
	}
	return found;
}

static void print_scripts(void)
{
	out_line("A script is C-like: `? STATEMENT; …` runs one here and now, `script { … }` at an event.");
	out_line("  numbers    hexadecimal: 10, face, 0x10; 0n10 decimal, 0t10 octal, 0y10 binary; 1.5 has a "
		 "dot");
	out_line(
		"  names      x (untyped, 64 bits), int x, .x of all events and cores, #x of one occurrence");
	out_line("  machine    @rax, @eax, @al, @zf, @cr2 …; $context $stage $pid $tid $pname $proc $thread "
		 "$core $ip "
		 "$buffer");
	out_line("             $event_stage $event_id $event_tag $date $time; vmlinux!name is an address");
	out_line("  types      bool char short int long, signed, unsigned, float, double, pointers, arrays, "
		 "struct, "
		 "typedef");
	out_line("  statements if/elsif/else, for, while, do, switch, break, continue, return, functions, "
		 "#include "
		 "\"file\"");
	out_line("Functions (`help NAME` shows one):");
	print_functions(NULL, 0);
}

void command_help(struct arguments *arguments)
{
	const struct command *command;
	const char *word;
	size_t length;
	char near[160];
	int kind;

	if (arguments_at_end(arguments)) {
		print_all();
		return;
	}
	length = arguments_peek(arguments, &word);
	kind = command_event_kind(word, length);
	command = command_find(word, length);
	if (kind >= 0) {
		print_event((enum hd_event_kind)kind);
	} else if (command) {
		print_command(command);
		print_functions(word, length);
	} else if ((length == 7 && !strncmp(word, "scripts", 7)) ||
		   (length == 6 && !strncmp(word, "script", 6))) {
		print_scripts();
	} else if (!print_functions(word, length)) {
		command_near_names(word, length, near, sizeof(near));
		arguments_error(arguments, word, "there is no command %.*s%s%s", (int)length, word,
				near[0] ? "; near it: " : "", near);
	}
}
