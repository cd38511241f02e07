// SPDX-License-Identifier: GPL-2.0
/* hyperdbg: the command line. Options, and which debuggee there is. */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "debugger/interactive.h"
#include "debugger/machine.h"
#include "debugger/output.h"
#include "debugger/player.h"
#include "debugger/session.h"

#define MAX_STEPS 256

/* What -e and -f ask for, in their order. */
struct step {
	bool is_file;
	const char *text;
};

struct options {
	bool machine;
	const char *line; /* PATH */
	const char *command; /* -c */
	struct machine_options machine_options;
	struct step steps[MAX_STEPS];
	size_t step_count;
};

static const char usage_text[] =
	"usage: hyperdbg [--machine [--smp N] [--mem MIB] | --line PATH] [-e COMMAND]... [-f FILE]... [-c "
	"COMMAND]\n"
	"\n"
	"Without --machine or --line it debugs the machine it runs on, if the module is loaded (VMI mode).\n"
	"\n"
	"  --machine        boot the embedded machine and debug it\n"
	"  --smp N          its number of processors\n"
	"  --mem MIB        its memory\n"
	"  --start-arg ARG  one more argument for machine/start\n"
	"  --line PATH      debug what is behind a unix socket or a serial device\n"
	"  -e COMMAND       run a command; may be given again\n"
	"  -f FILE          play a file of commands\n"
	"  -c COMMAND       (VMI mode) run a shell command and end when it ends; events print meanwhile\n"
	"  -h               this text\n"
	"\n"
	"Without -e, -f and -c it reads commands from the terminal, or plays its standard input.\n"
	"The exit status is 1 if a command failed, 2 for wrong usage.\n";

static void add_step(struct options *options, bool is_file, const char *text)
{
	if (options->step_count == MAX_STEPS) {
		fprintf(stderr, "hyperdbg: more than %d -e and -f\n", MAX_STEPS);
		exit(2);
	}
	options->steps[options->step_count++] = (struct step){ is_file, text };
}

static void add_machine_argument(struct options *options, const char *argument)
{
	size_t count = 0;

	while (options->machine_options.extra[count])
		count++;
	if (count + 1 == HD_ARRAY_SIZE(options->machine_options.extra)) {
		fprintf(stderr, "hyperdbg: too many --start-arg\n");
		exit(2);
	}
	options->machine_options.extra[count] = argument;
}

static void parse_options(int argc, char **argv, struct options *options)
{
	static const struct option long_options[] = {
		{ "machine", no_argument, NULL, 'm' },
		{ "line", required_argument, NULL, 'l' },
		{ "smp", required_argument, NULL, 's' },
		{ "mem", required_argument, NULL, 'M' },
		{ "start-arg", required_argument, NULL, 'a' },
		{ "help", no_argument, NULL, 'h' },
		{ 0 },
	};
	int option;

	while ((option = getopt_long(argc, argv, "e:f:c:h", long_options, NULL)) != -1) {
		switch (option) {
		case 'm':
			options->machine = true;
			break;
		case 'l':
			options->line = optarg;
			break;
		case 's':
			options->machine_options.smp = optarg;
			break;
		case 'M':
			options->machine_options.mem = optarg;
			break;
		case 'a':
			add_machine_argument(options, optarg);
			break;
		case 'e':
			add_step(options, false, optarg);
			break;
		case 'f':
			add_step(options, true, optarg);
			break;
		case 'c':
			options->command = optarg;
			break;
		case 'h':
			fputs(usage_text, stdout);
			exit(0);
		default:
			fputs("hyperdbg: try `hyperdbg -h`\n", stderr);
			exit(2);
		}
	}
	if (optind < argc || (options->machine && options->line)) {
		fputs(optind < argc ? "hyperdbg: unexpected argument; try `hyperdbg -h`\n"
				    : "hyperdbg: --machine and --line exclude each other\n",
		      stderr);
		exit(2);
	}
}

/* --- which debuggee --------------------------------------------------------- */

static bool connect_line(struct session *session, const char *path)
{
	char reason[512];
	struct link *link = link_open_line(path, reason, sizeof(reason));

	if (!link) {
		out_error("%s", reason);
		return false;
	}
	session_connect(session, link);
	if (session_wait(session, session_is_attached, (int64_t)session->reply_limit) != SESSION_CAME) {
		out_error("nothing answers on the line %s", path);
		return false;
	}
	return session_break_in(session);
}

/* Without a module the session goes on: `?`, `help` and files of scripts need none. */
static bool connect_device(struct session *session)
{
	char reason[512];
	struct link *link = link_open_device(reason, sizeof(reason));

	if (!link)
		return true;
	session_connect(session, link);
	if (session_wait(session, session_is_attached, (int64_t)session->reply_limit) == SESSION_CAME)
		return true;
	out_error("the module does not answer through its device");
	session_disconnect(session);
	return false;
}

static bool connect_debuggee(struct session *session, const struct options *options)
{
	if (options->machine)
		return machine_start(session, &options->machine_options);
	if (options->line)
		return connect_line(session, options->line);
	return connect_device(session);
}

/* --- running ---------------------------------------------------------------- */

static pid_t child;

static bool child_has_ended(struct session *session)
{
	int status;

	session_settle(session);
	if (!child || waitpid(child, &status, WNOHANG) != child)
		return !child;
	child = 0;
	return true;
}

static void run_child(struct session *session, const char *command)
{
	out_flush();
	child = fork();
	if (child == 0) {
		execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	if (child < 0) {
		out_error("the command cannot be started: %s", strerror(errno));
		child = 0;
		return;
	}
	/* Its end is looked for often enough, and at once when a message comes. */
	while (!child_has_ended(session) && !session_take_interrupt())
		session_turn(session, 20, -1);
	if (child > 0) {
		kill(child, SIGTERM);
		waitpid(child, NULL, 0);
	}
	session_catch_up(session);
	session_settle(session);
}

static void run_steps(struct session *session, const struct options *options)
{
	for (size_t i = 0; i < options->step_count && !session->ending; i++) {
		if (options->steps[i].is_file)
			player_play_file(session, &options->steps[i].text, 1);
		else
			player_run(session, options->steps[i].text, false);
	}
}

static void run(struct session *session, const struct options *options)
{
	run_steps(session, options);
	if (session->ending)
		return;
	if (options->command)
		run_child(session, options->command);
	else if (options->step_count)
		return;
	else if (isatty(0) && isatty(1))
		interactive_run(session);
	else
		player_play_stream(session, stdin, "standard input");
}

/* What stands must not stand for ever: nobody is left to say `g`. */
static void leave(struct session *session)
{
	session_catch_up(session);
	session_settle(session);
	if (session->machine) {
		out_flush();
		machine_end(session);
	} else if (session_has_line(session) && session_is_halted(session)) {
		session_request(session, HD_GO, NULL, 0, NULL, 0, NULL);
		session_turn(session, 50, -1);
	}
	session_disconnect(session);
}

int main(int argc, char **argv)
{
	static struct options options;
	static struct session session;
	bool interactive;

	parse_options(argc, argv, &options);
	interactive = isatty(0) && isatty(1) && !options.step_count && !options.command;
	session_init(&session);
	session_catch_interrupts();
	interactive_take_terminal();
	if (connect_debuggee(&session, &options))
		run(&session, &options);
	leave(&session);
	out_flush();
	interactive_give_terminal();
	/* At a terminal a refused command was seen; it is not the session's failure. */
	return out_failed() && !interactive ? 1 : 0;
}
