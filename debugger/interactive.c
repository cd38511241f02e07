// SPDX-License-Identifier: GPL-2.0
#include "debugger/interactive.h"

#include <ctype.h>
#include <errno.h>
#include <histedit.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include <hyperdbg/event.h>

#include "debugger/agent.h"
#include "debugger/commands.h"
#include "debugger/output.h"
#include "debugger/player.h"

#define HISTORY_SIZE 1000

static struct session *current;
static EditLine *editor;
static bool continued; /* the line being read goes on with a command */
static bool broke; /* Ctrl-C ended the line */
static pid_t group_before;
static bool echo_changed; /* ECHOCTL was taken from the terminal */

/* Whether the terminal writes "^C" for a Ctrl-C: it would stand in the middle of our lines. */
static void echo_controls(bool on)
{
	struct termios settings;

	if (tcgetattr(0, &settings))
		return;
	echo_changed = !on && (settings.c_lflag & ECHOCTL);
	settings.c_lflag = on ? settings.c_lflag | ECHOCTL : settings.c_lflag & ~(tcflag_t)ECHOCTL;
	tcsetattr(0, TCSADRAIN, &settings);
}

void interactive_take_terminal(void)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };

	if (!isatty(0))
		return;
	group_before = tcgetpgrp(0);
	/* A background process must not steal the terminal. */
	if (group_before != getpgrp()) {
		group_before = 0;
		return;
	}
	echo_controls(false);
	/* A shell has made us a group of our own already. */
	if (group_before == getpid()) {
		group_before = 0;
		return;
	}
	sigaction(SIGTTOU, &ignore, NULL);
	sigaction(SIGTSTP, &ignore, NULL);
	if (setpgid(0, 0) == 0)
		tcsetpgrp(0, getpid());
}

void interactive_give_terminal(void)
{
	if (echo_changed)
		echo_controls(true);
	if (group_before > 0)
		tcsetpgrp(0, group_before);
}

static char *prompt(EditLine *unused)
{
	static char text[40];

	(void)unused;
	if (continued) {
		strcpy(text, "> ");
	} else {
		session_prompt(current, text, sizeof(text) - 1);
		strcat(text, " ");
	}
	return text;
}

/* Takes the edited line off the screen; output goes where it stood. */
static void hide_prompt(void)
{
	fputs("\r\033[K", stdout);
}

static void draw_again(void)
{
	if (out_take_hidden()) {
		out_flush();
		el_set(editor, EL_REFRESH);
	}
}

/* Ctrl-C at the prompt: breaks in, or drops the line. Returns true if the line ends. */
static bool act_on_interrupt(void)
{
	if (!session_take_interrupt())
		return false;
	if (session_has_line(current) && current->attached && !current->halted) {
		session_break_in(current);
		draw_again();
		return false;
	}
	broke = true;
	return true;
}

static bool debuggee_is_gone(void)
{
	return (current->link && current->link->gone) || (current->agent && agent_is_gone(current->agent));
}

/* What libedit reads characters with: everything else goes on meanwhile. */
static int get_character(EditLine *unused, wchar_t *to)
{
	mbstate_t state = { 0 };
	char bytes[8];
	size_t used = 0;

	(void)unused;
	for (;;) {
		ssize_t n;
		size_t got;

		session_settle(current);
		draw_again();
		if (act_on_interrupt() || debuggee_is_gone())
			return -1;
		if (!session_turn(current, -1, 0))
			continue;
		n = read(0, bytes + used, 1);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (n <= 0)
			return n == 0 ? 0 : -1;
		memset(&state, 0, sizeof(state));
		got = mbrtowc(to, bytes, ++used, &state);
		if (got != (size_t)-2 && got != (size_t)-1)
			return 1;
		if (used == sizeof(bytes) || got == (size_t)-1) {
			*to = (unsigned char)bytes[0];
			return 1;
		}
	}
}

/* --- completion ------------------------------------------------------------- */

static const char *const event_words[] = { "stage", "pre",  "post", "all", "sc", "on",	   "off",
					   "pid",   "core", "imm",  "yes", "no", "buffer", "script" };

/* The n-th candidate for a word at the front, or behind an event's name or `help`; NULL at the end. */
static const char *candidate(size_t n, bool at_front, bool of_event)
{
	if (!at_front && of_event)
		return n < HD_ARRAY_SIZE(event_words) ? event_words[n] : NULL;
	if (n < command_count)
		return command_table[n].name;
	n -= command_count;
	return n < HD_EVENT_KINDS ? hd_event_kinds[n].name : NULL;
}

static size_t common_length(const char *a, const char *b, size_t length)
{
	size_t same = 0;

	while (same < length && a[same] && a[same] == b[same])
		same++;
	return same;
}

static void list_candidates(const char *word, size_t length, bool at_front, bool of_event)
{
	char line[512] = "";
	size_t used = 0;

	for (size_t i = 0; candidate(i, at_front, of_event); i++) {
		const char *name = candidate(i, at_front, of_event);

		if (!strncmp(name, word, length) && used + strlen(name) + 3 < sizeof(line))
			used += (size_t)snprintf(line + used, sizeof(line) - used, "%s%s", used ? "  " : "",
						 name);
	}
	out_line("%s", line);
}

static unsigned char complete(EditLine *line_editor, int unused)
{
	const LineInfo *line = el_line(line_editor);
	const char *word = line->cursor, *found = NULL;
	size_t length, common = 0, count = 0;
	bool at_front, of_event;
	char insert[64];

	(void)unused;
	while (word > line->buffer && !isspace((unsigned char)word[-1]))
		word--;
	length = (size_t)(line->cursor - word);
	at_front = word == line->buffer || !strncmp(line->buffer, "help ", 5);
	of_event = line->buffer[0] == '!';
	if (!at_front && !of_event)
		return CC_ERROR;
	for (size_t i = 0; candidate(i, at_front, of_event); i++) {
		const char *name = candidate(i, at_front, of_event);

		if (strncmp(name, word, length))
			continue;
		common = count++ ? common_length(found, name, common) : strlen(name);
		found = name;
	}
	if (!count)
		return CC_ERROR;
	if (common == length && count > 1) {
		list_candidates(word, length, at_front, of_event);
		draw_again();
		return CC_NORM;
	}
	snprintf(insert, sizeof(insert), "%.*s%s", (int)(common - length), found + length,
		 count == 1 ? " " : "");
	return el_insertstr(line_editor, insert) == 0 ? CC_REFRESH : CC_ERROR;
}

/* --- the loop --------------------------------------------------------------- */

static void history_path(char *path, size_t size)
{
	const char *home = getenv("HOME");

	snprintf(path, size, "%s/.hyperdbg_history", home && *home ? home : ".");
}

static void set_up(History *list)
{
	HistEvent event;
	char path[4096];

	setlocale(LC_CTYPE, "");
	editor = el_init("hyperdbg", stdin, stdout, stderr);
	el_set(editor, EL_PROMPT, prompt);
	el_set(editor, EL_EDITOR, "emacs");
	el_set(editor, EL_SIGNAL, 0);
	el_set(editor, EL_SETTY, "-x", "-echoctl", NULL);
	history(list, &event, H_SETSIZE, HISTORY_SIZE);
	history(list, &event, H_SETUNIQUE, 1);
	history_path(path, sizeof(path));
	history(list, &event, H_LOAD, path);
	el_set(editor, EL_HIST, history, list);
	el_set(editor, EL_ADDFN, "complete", "complete a command's words", complete);
	el_set(editor, EL_BIND, "\t", "complete", NULL);
	el_set(editor, EL_BIND, "^R", "em-inc-search-prev", NULL);
	el_source(editor, NULL);
	el_set(editor, EL_GETCFN, get_character);
}

/* One line from the terminal; NULL at the end of input. "" if Ctrl-C dropped it. */
static const char *read_line(void)
{
	const char *line;
	int length;

	broke = false;
	out_editing(hide_prompt);
	line = el_gets(editor, &length);
	out_editing(NULL);
	if (broke) {
		el_reset(editor);
		puts("^C");
		return "";
	}
	return line && length > 0 ? line : NULL;
}

/* A whole command, which may take several lines; from malloc. NULL at the end of input. */
static char *read_command(void)
{
	char *text = strdup("");

	continued = false;
	for (;;) {
		const char *line = read_line();
		const char *open;

		if (!line) {
			free(text);
			return NULL;
		}
		if (broke) {
			*text = 0;
			return text;
		}
		text = realloc(text, strlen(text) + strlen(line) + 1);
		strcat(text, line);
		if (!*player_command_start(text) || player_command_end(player_command_start(text), &open))
			return text;
		continued = true;
	}
}

void interactive_run(struct session *session)
{
	History *history_list = history_init();
	HistEvent event;
	char path[4096];
	char *command;

	current = session;
	set_up(history_list);
	while (!session->ending && (command = read_command()) != NULL) {
		if (*player_command_start(command))
			history(history_list, &event, H_ENTER, command);
		command_run(session, command);
		session_settle(session);
		free(command);
		/* A Ctrl-C while it ran: breaks in, if there is something to break into. */
		if (session_interrupt_pending() && session_has_line(session) && session->attached)
			session_break_in(session);
		session_take_interrupt();
	}
	if (debuggee_is_gone())
		out_error("the debuggee's end of the line has closed");
	else if (!session->ending)
		out_line("%s", "");
	history_path(path, sizeof(path));
	history(history_list, &event, H_SAVE, path);
	history_end(history_list);
	el_end(editor);
	out_flush();
}
