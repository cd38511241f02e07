// SPDX-License-Identifier: GPL-2.0
#include "debugger/session.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "debugger/agent.h"
#include "debugger/halt.h"
#include "debugger/machine.h"
#include "debugger/notes.h"
#include "debugger/output.h"
#include "engine/error_text.h"

#define DEFAULT_WAIT_LIMIT  30000
#define DEFAULT_REPLY_LIMIT 30000

/*
 * ms that HELLO may take, from the first try to a very slow debuggee. A session
 * opened with a module that was about to go is opened again behind that.
 */
#define HELLO_PATIENCE	   2000
#define MAX_HELLO_PATIENCE 32000
/* Stands in session.awaited_id while a request is still to be sent. */
#define NO_SUCH_ID UINT32_MAX

/* ms that a module which leaves is given to hear that we know. */
#define LEAVING_PATIENCE 200

/* Written by the signal's handler: wakes the poll that it meets, and is seen by the next. */
static int interrupt_pipe[2] = { -1, -1 };
static volatile sig_atomic_t interrupted;

static void on_interrupt(int number)
{
	int error = errno;

	(void)number;
	interrupted = 1;
	if (write(interrupt_pipe[1], "", 1) < 0) {
		/* The pipe is full: it wakes the poll as it is. */
	}
	errno = error;
}

void session_catch_interrupts(void)
{
	struct sigaction action = { .sa_handler = on_interrupt };

	if (pipe2(interrupt_pipe, O_CLOEXEC | O_NONBLOCK) < 0) {
		perror("hyperdbg: pipe");
		exit(1);
	}
	sigaction(SIGINT, &action, NULL);
}

bool session_interrupt_pending(void)
{
	return interrupted;
}

bool session_take_interrupt(void)
{
	bool was = interrupted;
	char bytes[64];

	interrupted = 0;
	while (read(interrupt_pipe[0], bytes, sizeof(bytes)) > 0)
		;
	return was;
}

uint64_t session_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void session_init(struct session *session)
{
	memset(session, 0, sizeof(*session));
	session->wait_limit = DEFAULT_WAIT_LIMIT;
	session->reply_limit = DEFAULT_REPLY_LIMIT;
	session->hello_patience = HELLO_PATIENCE;
}

void session_connect(struct session *session, struct link *link)
{
	session->link = link;
}

void session_disconnect(struct session *session)
{
	if (session->link)
		link_close(session->link);
	session->link = NULL;
	session->attached = session->halted = session->announce = false;
}

/* A session of the link was opened: everything known of the debuggee is old. */
static void greet(struct session *session)
{
	struct hd_hello hello = { .protocol = HD_PROTOCOL };
	struct hd_message message = { .type = HD_HELLO, .size = sizeof(hello) };

	session->link->opened = false;
	session->attached = session->halted = session->announce = false;
	session->awaited_id = 0;
	message.id = session->hello_id = ++session->next_id;
	session->reopen_at = session_now() + session->hello_patience;
	if (session->hello_patience < MAX_HELLO_PATIENCE)
		session->hello_patience *= 2;
	link_send(session->link, &message, &hello, sizeof(hello), NULL, 0);
}

static void take_hello(struct session *session, const struct hd_message *message, const void *payload)
{
	struct hd_hello hello = { 0 };

	session->hello_id = 0;
	memcpy(&hello, payload, message->size < sizeof(hello) ? message->size : sizeof(hello));
	if (message->error || message->size < sizeof(hello)) {
		session_print_error(message->error ? message->error : -HD_E_INVALID, message->detail);
		return;
	}
	if (hello.protocol != HD_PROTOCOL) {
		out_error("the module speaks version 0n%u of the protocol, this debugger 0n%u; "
			  "load the module that was built with it",
			  hello.protocol, HD_PROTOCOL);
		return;
	}
	if (session->was_attached && hello.load_id != session->hello.load_id)
		out_line("debuggee is back");
	hello.release[sizeof(hello.release) - 1] = 0;
	session->hello = hello;
	session->attached = session->was_attached = true;
	session->reopen_at = 0;
	session->hello_patience = HELLO_PATIENCE;
}

static void take_reply(struct session *session, const struct hd_message *message, const void *payload)
{
	if (message->id == session->hello_id) {
		take_hello(session, message, payload);
	} else if (message->id == session->awaited_id) {
		session->reply_size =
			message->size < sizeof(session->reply) ? message->size : sizeof(session->reply);
		memcpy(session->reply, payload, session->reply_size);
		session->reply_error = message->error;
		session->reply_detail = message->detail;
		session->reply_came = true;
	}
	/* Any other is the late answer to a request that was given up. */
}

/* Takes one message, if there is one. */
static bool take_message(struct session *session)
{
	const struct hd_message *message;

	if (!session->link)
		return false;
	if (session->link->opened) {
		greet(session);
		return true;
	}
	message = link_receive(session->link);
	if (!message)
		return false;
	if (message->type == HD_REPLY)
		take_reply(session, message, message + 1);
	else
		note_take(session, message, message + 1);
	return true;
}

static int earlier(int a, int b)
{
	if (a < 0)
		return b;
	return b < 0 || a < b ? a : b;
}

void session_expect_return(struct session *session)
{
	session->attached = session->halted = session->announce = false;
	session->awaited_id = session->hello_id = 0;
	session->reopen_at = session_now() + LEAVING_PATIENCE;
}

static void reopen_if_due(struct session *session)
{
	if (!session->link || !session->reopen_at || session_now() < session->reopen_at)
		return;
	session->reopen_at = 0;
	link_reopen(session->link);
}

bool session_turn(struct session *session, int timeout, int extra_fd)
{
	enum { INTERRUPT, EXTRA, LINK, AGENT, MACHINE, COUNT };
	struct pollfd set[COUNT] = {
		[INTERRUPT] = { .fd = interrupt_pipe[0], .events = POLLIN },
		[EXTRA] = { .fd = extra_fd, .events = POLLIN },
		[LINK] = { .fd = -1 },
		/* Not within a request: what the guest says needs one itself, and waits its turn behind the
		   reply. */
		[AGENT] = { .fd = session->awaited_id ? -1 : agent_fd(session->agent),
			    .events = agent_events(session->agent) },
		[MACHINE] = { .fd = machine_fd(session->machine), .events = POLLIN },
	};

	reopen_if_due(session);
	if (take_message(session))
		return false;
	if (session->link && !session->link->gone) {
		set[LINK].fd = session->link->fd;
		set[LINK].events = link_events(session->link);
		timeout = earlier(timeout, link_timeout(session->link));
	}
	out_flush();
	if (poll(set, COUNT, timeout) < 0)
		return false;
	if (set[LINK].fd >= 0)
		link_service(session->link, set[LINK].revents);
	if (set[AGENT].revents) {
		/* What the guest's command caused before it spoke is shown before its line. */
		if (set[AGENT].revents & POLLIN)
			session_catch_up(session);
		agent_service(session->agent, set[AGENT].revents);
	}
	if (set[MACHINE].revents)
		machine_service(session->machine);
	return set[EXTRA].revents != 0;
}

enum session_wait session_wait(struct session *session, bool (*done)(struct session *session), int64_t limit)
{
	uint64_t end = session_now() + (uint64_t)(limit < 0 ? 0 : limit);

	while (!done(session)) {
		uint64_t now = session_now();

		if (session_interrupt_pending())
			return SESSION_INTERRUPTED;
		if (session->link && session->link->gone && !take_message(session))
			return SESSION_GONE;
		if (limit >= 0 && now >= end)
			return SESSION_TIMEOUT;
		session_turn(session, limit < 0 ? -1 : (int)(end - now), -1);
	}
	return SESSION_CAME;
}

/* Queues a request, waiting for room. Returns its id, 0 if the line is down. */
static uint32_t send_request(struct session *session, enum hd_message_type type, const void *first,
			     size_t first_size, const void *second, size_t second_size)
{
	struct hd_message message = { .type = (uint16_t)type, .size = (uint32_t)(first_size + second_size) };
	uint64_t end = session_now() + session->reply_limit;

	for (;;) {
		int error;

		message.id = ++session->next_id;
		error = link_send(session->link, &message, first, first_size, second, second_size);
		if (!error)
			return message.id;
		if (error != -HD_E_TOO_LARGE || session->link->gone || session_now() >= end)
			return 0;
		session_turn(session, 50, -1);
	}
}

int session_request(struct session *session, enum hd_message_type type, const void *first, size_t first_size,
		    const void *second, size_t second_size, struct reply *reply)
{
	uint64_t end, progress;
	uint32_t id;

	if (sizeof(struct hd_message) + first_size + second_size > HD_MESSAGE_MAX)
		return -HD_E_TOO_LARGE;
	if (!session->link || !session->attached)
		return session_has_line(session) ? -HD_E_LINE_DOWN : -HD_E_NO_MODULE;
	/* While it waits for room, as while it waits for the reply, the guest's channel rests (session_turn). */
	session->awaited_id = NO_SUCH_ID;
	id = send_request(session, type, first, first_size, second, second_size);
	session->reply_came = false;
	if (!id) {
		session->awaited_id = 0;
		return -HD_E_LINE_DOWN;
	}
	session->awaited_id = id;
	end = session_now() + session->reply_limit;
	progress = session->link->progress;
	while (!session->reply_came) {
		uint64_t now = session_now();

		/* The limit is for silence: a long script over a slow line takes its time. */
		if (session->link->progress != progress) {
			progress = session->link->progress;
			end = now + session->reply_limit;
		}

		/* The module has left, or another session was opened: what was asked is forgotten. */
		if (session->awaited_id != id || session->link->gone || !session->attached) {
			session->awaited_id = 0;
			return -HD_E_LINE_DOWN;
		}
		if (now >= end) {
			session->awaited_id = 0;
			session->attached = false;
			link_reopen(session->link);
			return -HD_E_LINE_DOWN;
		}
		session_turn(session, (int)(end - now), -1);
	}
	session->awaited_id = 0;
	if (reply)
		*reply = (struct reply){ session->reply, session->reply_size, session->reply_detail };
	return session->reply_error;
}

bool session_ask(struct session *session, enum hd_message_type type, const void *payload, size_t size,
		 struct reply *reply)
{
	int error;

	session->reply_detail = 0;
	error = session_request(session, type, payload, size, NULL, 0, reply);
	if (error)
		session_print_error(error, error == -HD_E_TOO_LARGE ? size : session->reply_detail);
	return !error;
}

void session_print_error(int error, uint64_t detail)
{
	char text[512];

	error_text(error, detail, text, sizeof(text));
	out_error("%s", text);
}

bool session_is_attached(struct session *session)
{
	return session->attached;
}

bool session_is_halted(struct session *session)
{
	return session->attached && session->halted;
}

bool session_is_settled_halt(struct session *session)
{
	session_settle(session);
	return session_is_halted(session);
}

void session_settle(struct session *session)
{
	if (!session->announce || !session->attached)
		return;
	session->announce = false;
	halt_print(session);
}

static void print_wait(enum session_wait how)
{
	if (how == SESSION_TIMEOUT)
		out_error("the debuggee does not halt");
	else if (how == SESSION_GONE)
		out_error("the line to the debuggee has closed");
	else if (how == SESSION_INTERRUPTED)
		out_error("interrupted while waiting for the halt");
}

bool session_break_in(struct session *session)
{
	enum session_wait how;

	if (!session->halted) {
		/* A Ctrl-C that led here has been answered with this. */
		session_take_interrupt();
		if (!session_ask(session, HD_BREAK, NULL, 0, NULL))
			return false;
		how = session_wait(session, session_is_halted, (int64_t)session->reply_limit);
		if (how != SESSION_CAME) {
			print_wait(how);
			return false;
		}
	}
	session_settle(session);
	return true;
}

bool session_go(struct session *session)
{
	if (!session_ask(session, HD_GO, NULL, 0, NULL))
		return false;
	session->halted = session->registers_known = false;
	out_line("debuggee is running...");
	agent_start_queued(session->agent);
	return true;
}

void session_catch_up(struct session *session)
{
	struct hd_setting setting = { .setting = HD_SETTING_BUDGET };

	/* Messages keep their order: behind the reply to any new request, nothing older is left. */
	if (session->attached && !session->link->gone)
		session_request(session, HD_SETTING, &setting, sizeof(setting), NULL, 0, NULL);
}

const struct hd_registers *session_registers(struct session *session)
{
	struct reply reply;

	if (!session->registers_known) {
		if (!session_ask(session, HD_REGISTERS_READ, NULL, 0, &reply))
			return NULL;
		if (reply.size < sizeof(session->halt.registers)) {
			session_print_error(-HD_E_INVALID, 0);
			return NULL;
		}
		memcpy(&session->halt.registers, reply.payload, sizeof(session->halt.registers));
		session->registers_known = session->halted;
	}
	return &session->halt.registers;
}

void session_prompt(const struct session *session, char *text, size_t size)
{
	if (!session_has_line(session))
		snprintf(text, size, "HyperDbg>");
	else if (session->attached && session->halted)
		snprintf(text, size, "%x: kHyperDbg>", session->halt.registers.core);
	else
		snprintf(text, size, "kHyperDbg>");
}
