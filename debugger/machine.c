// SPDX-License-Identifier: GPL-2.0
#include "debugger/machine.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "debugger/agent.h"
#include "debugger/arguments.h"
#include "debugger/commands.h"
#include "debugger/output.h"
#include "debugger/session.h"

/* The module's line is the machine's second serial port (machine/start). */
#define LOAD_COMMAND "insmod /hyperdbg.ko line=0x2f8,3"
/* ms. Booting has its own limit in machine/start. */
#define LOAD_LIMIT 60000
#define END_LIMIT  15000

struct machine {
	pid_t pid;
	int from; /* its standard output */
	int to; /* its standard input: it ends when this closes */
	bool gone;
	bool ready;
	char line[PATH_MAX], agent[PATH_MAX];
	char text[PATH_MAX + 64]; /* the line of its output that is not whole yet */
	size_t text_size;
};

int machine_fd(const struct machine *machine)
{
	return machine && !machine->gone ? machine->from : -1;
}

bool machine_is_gone(const struct machine *machine)
{
	return machine->gone;
}

static void take_line(struct machine *machine, const char *line)
{
	if (!strncmp(line, "line=", 5))
		snprintf(machine->line, sizeof(machine->line), "%s", line + 5);
	else if (!strncmp(line, "agent=", 6))
		snprintf(machine->agent, sizeof(machine->agent), "%s", line + 6);
	else if (!strcmp(line, "ready"))
		machine->ready = true;
}

void machine_service(struct machine *machine)
{
	ssize_t n = read(machine->from, machine->text + machine->text_size,
			 sizeof(machine->text) - 1 - machine->text_size);
	char *end;

	if (n <= 0) {
		machine->gone = n == 0 || (errno != EINTR && errno != EAGAIN);
		return;
	}
	machine->text_size += (size_t)n;
	machine->text[machine->text_size] = 0;
	while ((end = strchr(machine->text, '\n')) != NULL) {
		*end = 0;
		take_line(machine, machine->text);
		machine->text_size -= (size_t)(end + 1 - machine->text);
		memmove(machine->text, end + 1, machine->text_size + 1);
	}
	if (machine->text_size == sizeof(machine->text) - 1)
		machine->text_size = 0;
}

/* machine/start beside the build folder that this program is in, or where it was installed. */
static bool find_start(char *path, size_t size)
{
	char own[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", own, sizeof(own) - 1);
	char *slash;

	if (n < 0)
		return false;
	own[n] = 0;
	slash = strrchr(own, '/');
	*slash = 0;
	snprintf(path, size, "%.3800s/../machine/start", own);
	if (access(path, X_OK) == 0)
		return true;
	snprintf(path, size, "%.3800s/../lib/hyperdbg/machine/start", own);
	return access(path, X_OK) == 0;
}

static void build_arguments(const char *path, const struct machine_options *options, const char **argv,
			    size_t max)
{
	size_t count = 0;

	argv[count++] = path;
	if (options->smp) {
		argv[count++] = "--smp";
		argv[count++] = options->smp;
	}
	if (options->mem) {
		argv[count++] = "--mem";
		argv[count++] = options->mem;
	}
	for (size_t i = 0; options->extra[i] && count < max - 1; i++)
		argv[count++] = options->extra[i];
	argv[count] = NULL;
}

static struct machine *spawn(const struct machine_options *options)
{
	char path[PATH_MAX];
	const char *argv[32];
	struct machine *machine;
	int out[2], in[2];

	if (!find_start(path, sizeof(path))) {
		out_error("the embedded machine is not where this program expects it (machine/start); build "
			  "it with `make`");
		return NULL;
	}
	build_arguments(path, options, argv, HD_ARRAY_SIZE(argv));
	if (pipe2(out, O_CLOEXEC) < 0 || pipe2(in, O_CLOEXEC) < 0) {
		out_error("no pipe for the embedded machine: %s", strerror(errno));
		return NULL;
	}
	machine = calloc(1, sizeof(*machine));
	machine->pid = fork();
	if (machine->pid == 0) {
		dup2(in[0], 0);
		dup2(out[1], 1);
		execv(path, (char *const *)argv);
		fprintf(stderr, "hyperdbg: %s: %s\n", path, strerror(errno));
		_exit(127);
	}
	close(in[0]);
	close(out[1]);
	machine->from = out[0];
	machine->to = in[1];
	return machine;
}

static bool is_ready(struct session *session)
{
	return session->machine->ready || session->machine->gone;
}

static uint32_t load_id;

static bool is_loaded(struct session *session)
{
	int status;

	return session->machine->gone || agent_has_ended(session->agent, load_id, &status);
}

/* Runs the load command; its output, if any, goes to standard error. */
static bool load_module(struct session *session)
{
	int status = -1;

	load_id = agent_run(session->agent, LOAD_COMMAND, false, true);
	if (session_wait(session, is_loaded, LOAD_LIMIT) != SESSION_CAME) {
		out_error("the module did not load in time in the embedded machine");
		return false;
	}
	if (!agent_has_ended(session->agent, load_id, &status) || status != 0) {
		out_error("the module could not be loaded in the embedded machine (%s: status 0n%d)",
			  LOAD_COMMAND, status);
		agent_run(session->agent, "dmesg | tail -n 5", false, true);
		load_id = session->agent ? agent_run(session->agent, "true", false, true) : 0;
		session_wait(session, is_loaded, 2000);
		return false;
	}
	return true;
}

static bool attach(struct session *session)
{
	char reason[512];
	struct link *link = link_open_line(session->machine->line, reason, sizeof(reason));

	if (!link) {
		out_error("%s", reason);
		return false;
	}
	session_connect(session, link);
	if (session_wait(session, session_is_attached, (int64_t)session->reply_limit) != SESSION_CAME) {
		out_error("the module in the embedded machine does not answer on its line");
		return false;
	}
	return session_break_in(session);
}

static bool bring_up(struct session *session)
{
	char reason[512];

	if (session_wait(session, is_ready, -1) != SESSION_CAME || !session->machine->ready) {
		out_error("the embedded machine did not start");
		return false;
	}
	session->agent = agent_open(session->machine->agent, reason, sizeof(reason));
	if (!session->agent) {
		out_error("%s", reason);
		return false;
	}
	return load_module(session) && attach(session);
}

bool machine_start(struct session *session, const struct machine_options *options)
{
	session->machine = spawn(options);
	if (!session->machine)
		return false;
	if (bring_up(session))
		return true;
	machine_end(session);
	return false;
}

/* It ends by itself when its input closes; if it does not, it is made to. */
static void await_end(pid_t pid)
{
	static const int signals[] = { 0, SIGTERM, SIGKILL };

	for (size_t i = 0; i < HD_ARRAY_SIZE(signals); i++) {
		uint64_t end = session_now() + END_LIMIT;

		if (signals[i])
			kill(pid, signals[i]);
		while (session_now() < end) {
			pid_t ended = waitpid(pid, NULL, WNOHANG);

			if (ended == pid || (ended < 0 && errno == ECHILD))
				return;
			usleep(10000);
		}
	}
}

void machine_end(struct session *session)
{
	struct machine *machine = session->machine;

	if (!machine)
		return;
	session_disconnect(session);
	agent_close(session->agent);
	session->agent = NULL;
	close(machine->to);
	await_end(machine->pid);
	close(machine->from);
	free(machine);
	session->machine = NULL;
}

/* --- the command ------------------------------------------------------------ */

static uint32_t waited_id;

static bool waited_has_ended(struct session *session)
{
	int status;

	if (session_is_settled_halt(session))
		return true;
	return waited_id ? agent_has_ended(session->agent, waited_id, &status)
			 : agent_all_ended(session->agent);
}

/* Waits for the command waited_id, or for all (0). */
static void wait_for_guest(struct session *session)
{
	enum session_wait how = session_wait(session, waited_has_ended, -1);

	if (how == SESSION_GONE || session->machine->gone)
		out_error("the embedded machine has ended");
	else if (!session->halted)
		/* What its events said came another way, and perhaps later. */
		session_catch_up(session);
}

void command_guest(struct arguments *arguments)
{
	struct session *session = arguments->session;
	bool wait = arguments_take_word(arguments, "-w");

	if (!session->agent || agent_is_gone(session->agent)) {
		out_error(
			"there is no embedded machine here; `hyperdbg --machine` (or `make run`) starts one");
		return;
	}
	if (!wait && arguments_at_end(arguments)) {
		arguments_error(arguments, arguments->at, "expected a shell command to run in the guest");
		return;
	}
	if (wait && session->halted) {
		out_error("the debuggee is halted, so the command would never end: let it run with `g` "
			  "first, or leave out -w");
		return;
	}
	waited_id = 0;
	if (!arguments_at_end(arguments)) {
		waited_id = agent_run(session->agent, arguments->at, session->halted, false);
		if (!waited_id) {
			out_error("that command is too long for the guest's agent");
			return;
		}
	}
	if (wait)
		wait_for_guest(session);
}
