// SPDX-License-Identifier: GPL-2.0
/* `settings`: the debugger's own, and the module's. */
#include "debugger/settings.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#include "debugger/commands.h"
#include "debugger/output.h"

static uint64_t local_budget = SCRIPT_DEFAULT_BUDGET;

uint64_t setting_budget(void)
{
	return local_budget;
}

struct setting {
	const char *name, *help;
	size_t offset; /* in struct session, if `in_session` */
	bool in_session;
	enum hd_setting_id id; /* the module's, if not */
};

static const struct setting settings[] = {
	{ "wait", "milliseconds that a command of a played file waits for a halt",
	  offsetof(struct session, wait_limit), true, 0 },
	{ "reply", "milliseconds that a request waits for the debuggee's reply",
	  offsetof(struct session, reply_limit), true, 0 },
	{ "budget", "instructions that a script may execute in one run", 0, false, HD_SETTING_BUDGET },
};

/* Reads, or writes if `set`; false: an error was printed. */
static bool exchange(struct session *session, const struct setting *setting, bool set, uint64_t *value)
{
	struct hd_setting request = { .setting = (uint32_t)setting->id, .set = set, .value = *value };
	uint64_t *own = setting->in_session ? (uint64_t *)((char *)session + setting->offset) : &local_budget;
	struct reply reply;

	if (set)
		*own = *value;
	*value = *own;
	if (setting->in_session || !session->attached)
		return true;
	if (!session_ask(session, HD_SETTING, &request, sizeof(request), &reply))
		return false;
	if (reply.size >= sizeof(request)) {
		memcpy(&request, reply.payload, sizeof(request));
		*value = request.value;
	}
	return true;
}

static void show(struct session *session, const struct setting *setting)
{
	uint64_t value = 0;

	if (exchange(session, setting, false, &value))
		out_line("%-8s %-10" PRIx64 " %s", setting->name, value, setting->help);
}

void command_settings(struct arguments *arguments)
{
	const char *place = arguments->at;
	char name[32];
	uint64_t value;

	if (arguments_at_end(arguments)) {
		for (size_t i = 0; i < HD_ARRAY_SIZE(settings); i++)
			show(arguments->session, &settings[i]);
		return;
	}
	place = arguments->at;
	if (!arguments_take_any_word(arguments, name, sizeof(name)))
		name[0] = 0;
	for (size_t i = 0; i < HD_ARRAY_SIZE(settings); i++) {
		if (strcmp(settings[i].name, name))
			continue;
		if (arguments_at_end(arguments)) {
			show(arguments->session, &settings[i]);
			return;
		}
		place = arguments->at;
		if (!arguments_number(arguments, "a value", &value) || !arguments_expect_end(arguments))
			return;
		if (value > INT64_MAX)
			arguments_error(arguments, place, "a setting is at most 7fffffffffffffff");
		else
			exchange(arguments->session, &settings[i], true, &value);
		return;
	}
	arguments_error(arguments, place, "there is no such setting; `settings` lists them");
}
