// SPDX-License-Identifier: GPL-2.0
/* `help`, from the table of commands and the table of event kinds. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <hyperdbg/event.h>

#include "debugger/commands.h"
#include "debugger/output.h"

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
	out_line("Example: %s%s%s script { printf(\"%%llx\\n\", $context); }", kind->name,
		 example_parameter(number), kind->has_stages ? " stage post" : "");
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
	} else {
		command_near_names(word, length, near, sizeof(near));
		arguments_error(arguments, word, "there is no command %.*s%s%s", (int)length, word,
				near[0] ? "; near it: " : "", near);
	}
}
