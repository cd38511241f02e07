// SPDX-License-Identifier: GPL-2.0
/*
 * The agent inside the embedded machine: runs shell commands for the host.
 * agent.h says what it speaks.
 *
 *   agent PORT      PORT: the virtio-serial port's device
 *
 * One thread, one poll loop. It waits in its writes while the host does not
 * read; that holds back the commands instead of losing their output.
 */
#include "agent.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#define MAX_COMMANDS 64
/* How often the port is looked at while no client is connected. */
#define RECONNECT_MS 50

struct command {
	bool used; /* output is open or the exit is still to come */
	pid_t pid; /* also its process group; 0 once waited for */
	uint32_t id;
	bool orphan;   /* an earlier client's: goes on, but nobody hears of it */
	int output;    /* read end of the pipe, -1 when closed */
	bool in_line;  /* the last frame ended within a line */
	size_t filled; /* bytes waiting in line[] for their newline */
	char line[AGENT_MAX_LINE];
};

static struct command commands[MAX_COMMANDS];
static int port = -1;

static uint8_t received[sizeof(struct agent_header) + AGENT_MAX_PAYLOAD];
static size_t received_size;

static void die(const char *what)
{
	perror(what);
	exit(1);
}

/* Waits until the port takes more, however long the host does not read. */
static void wait_writable(void)
{
	struct pollfd set = {.fd = port, .events = POLLOUT};

	/* Without a client poll reports a hang-up at once, again and again. */
	if (poll(&set, 1, -1) > 0 && (set.revents & POLLHUP))
		usleep(RECONNECT_MS * 1000);
}

static void write_all(const void *data, size_t size)
{
	const char *from = data;

	while (size) {
		ssize_t n = write(port, from, size);

		if (n > 0) {
			from += n;
			size -= (size_t)n;
		} else if (n == 0 || errno == EAGAIN) {
			wait_writable();
		} else if (errno != EINTR) {
			die("agent: write");
		}
	}
}

/* Frames gather here until the next poll, or until there is no room for one more. */
static uint8_t outgoing[4 * (sizeof(struct agent_header) + AGENT_MAX_PAYLOAD)];
static size_t outgoing_size;

static void flush_frames(void)
{
	write_all(outgoing, outgoing_size);
	outgoing_size = 0;
}

static void send_frame(enum agent_type type, unsigned int flags, uint32_t id, const void *payload,
		       size_t length)
{
	struct agent_header header = {
		.magic = AGENT_MAGIC,
		.type = (uint16_t)type,
		.flags = (uint16_t)flags,
		.id = id,
		.length = (uint32_t)length,
	};

	header.crc = agent_crc(agent_crc(0, &header, sizeof(header)), payload, length);
	if (sizeof(outgoing) - outgoing_size < sizeof(header) + length)
		flush_frames();
	memcpy(outgoing + outgoing_size, &header, sizeof(header));
	memcpy(outgoing + outgoing_size + sizeof(header), payload, length);
	outgoing_size += sizeof(header) + length;
}

static void send_line(struct command *command, unsigned int flags)
{
	if (!command->orphan)
		send_frame(AGENT_LINE, flags, command->id, command->line, command->filled);
	command->in_line = flags & AGENT_LINE_CONTINUES;
	command->filled = 0;
}

static void take_output(struct command *command, const char *data, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (data[i] == '\n') {
			send_line(command, 0);
			continue;
		}
		if (command->filled == sizeof(command->line))
			send_line(command, AGENT_LINE_CONTINUES);
		command->line[command->filled++] = data[i];
	}
}

/* Takes one read's worth. Returns false when nothing more will come. */
static bool read_output(struct command *command)
{
	char data[16384];
	ssize_t n = read(command->output, data, sizeof(data));

	if (n > 0)
		take_output(command, data, (size_t)n);
	return n > 0 || (n < 0 && (errno == EINTR || errno == EAGAIN));
}

/* Takes what is in the pipe now; what a child left behind writes meanwhile can wait. */
static void drain_output(struct command *command)
{
	int size = 0;

	ioctl(command->output, FIONREAD, &size);
	while (size > 0) {
		char data[4096];
		size_t wanted = (size_t)size < sizeof(data) ? (size_t)size : sizeof(data);
		ssize_t n = read(command->output, data, wanted);

		if (n <= 0)
			break;
		take_output(command, data, (size_t)n);
		size -= (int)n;
	}
}

static void flush_line(struct command *command)
{
	if (command->filled || command->in_line)
		send_line(command, AGENT_LINE_UNENDED);
}

static void close_output(struct command *command)
{
	close(command->output);
	command->output = -1;
	flush_line(command);
}

static void forget_if_done(struct command *command)
{
	if (!command->pid && command->output < 0)
		command->used = false;
}

static void send_exit(struct command *command, int status)
{
	uint32_t code =
		WIFSIGNALED(status) ? 0x80u + (uint32_t)WTERMSIG(status) : (uint32_t)WEXITSTATUS(status);

	/* What it wrote comes first, even if a child of it keeps the pipe open. */
	if (command->output >= 0) {
		drain_output(command);
		flush_line(command);
	}
	if (!command->orphan)
		send_frame(AGENT_EXIT, 0, command->id, &code, sizeof(code));
	command->pid = 0;
	forget_if_done(command);
}

static struct command *free_command(void)
{
	for (size_t i = 0; i < MAX_COMMANDS; i++) {
		if (!commands[i].used)
			return &commands[i];
	}
	return NULL;
}

/* In the child: never returns. */
static void exec_shell(const char *text, int output)
{
	sigset_t none;
	int null = open("/dev/null", O_RDONLY);

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	/* A group of its own for KILL; no session, whose leader would take a terminal that it opens. */
	setpgid(0, 0);
	dup2(null, 0);
	dup2(output, 1);
	dup2(output, 2);
	execl("/bin/sh", "sh", "-c", text, (char *)NULL);
	_exit(127);
}

static void refuse(uint32_t id, const char *why)
{
	uint32_t code = 126;

	send_frame(AGENT_LINE, 0, id, why, strlen(why));
	send_frame(AGENT_EXIT, 0, id, &code, sizeof(code));
}

static void run(uint32_t id, const char *text)
{
	struct command *command = free_command();
	int ends[2];
	pid_t pid;

	if (!command) {
		refuse(id, "agent: too many commands run at once");
		return;
	}
	if (pipe2(ends, O_CLOEXEC) < 0) {
		refuse(id, "agent: no pipe for the command");
		return;
	}
	pid = fork();
	if (pid == 0)
		exec_shell(text, ends[1]);
	close(ends[1]);
	if (pid > 0)
		setpgid(pid, pid); /* here too: a KILL may come before the child has run */
	if (pid < 0) {
		close(ends[0]);
		refuse(id, "agent: no process for the command");
		return;
	}
	fcntl(ends[0], F_SETFL, O_NONBLOCK);
	*command = (struct command){.used = true, .pid = pid, .id = id, .output = ends[0]};
}

static void send_signal(uint32_t id, int number)
{
	for (size_t i = 0; i < MAX_COMMANDS; i++) {
		if (commands[i].used && commands[i].pid && !commands[i].orphan && commands[i].id == id)
			kill(-commands[i].pid, number);
	}
}

static void handle_frame(const struct agent_header *header, const uint8_t *payload)
{
	char text[AGENT_MAX_PAYLOAD + 1];
	uint32_t number;

	switch (header->type) {
	case AGENT_HELLO:
		/* Its ids are its own: what an earlier client began must not answer to them. */
		for (size_t i = 0; i < MAX_COMMANDS; i++)
			commands[i].orphan = true;
		send_frame(AGENT_HELLO, 0, 0, payload, header->length);
		break;
	case AGENT_RUN:
		memcpy(text, payload, header->length);
		text[header->length] = 0;
		run(header->id, text);
		break;
	case AGENT_KILL:
		if (header->length == sizeof(number)) {
			memcpy(&number, payload, sizeof(number));
			send_signal(header->id, (int)number);
		}
		break;
	default:
		break;
	}
}

static bool frame_is_valid(const struct agent_header *header, const uint8_t *payload)
{
	struct agent_header bare = *header;

	bare.crc = 0;
	return header->crc == agent_crc(agent_crc(0, &bare, sizeof(bare)), payload, header->length);
}

/*
 * Takes one step through received[]: a frame, or one byte that begins none.
 * Returns the bytes used, 0 when more must come first.
 */
static size_t parse_step(void)
{
	const uint8_t *payload = received + sizeof(struct agent_header);
	struct agent_header header;

	if (received_size < sizeof(header))
		return 0;
	memcpy(&header, received, sizeof(header));
	if (header.magic != AGENT_MAGIC || header.length > AGENT_MAX_PAYLOAD)
		return 1;
	if (received_size < sizeof(header) + header.length)
		return 0;
	if (!frame_is_valid(&header, payload))
		return 1;
	handle_frame(&header, payload);
	return sizeof(header) + header.length;
}

static void parse(void)
{
	size_t start = 0;
	size_t used;

	/* The steps look at the front of received[], so move what is left there. */
	while ((used = parse_step()) != 0) {
		start = used;
		/* Zeros between frames are many; skip them in one go. */
		while (start < received_size && received[start] != (AGENT_MAGIC & 0xff))
			start++;
		received_size -= start;
		memmove(received, received + start, received_size);
	}
}

/* Returns false when no client is connected. */
static bool read_port(void)
{
	ssize_t n = read(port, received + received_size, sizeof(received) - received_size);

	if (n > 0) {
		received_size += (size_t)n;
		parse();
	} else if (n < 0 && errno != EINTR && errno != EAGAIN) {
		die("agent: read");
	}
	return n != 0;
}

static void reap(void)
{
	pid_t pid;
	int status;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		for (size_t i = 0; i < MAX_COMMANDS; i++) {
			if (commands[i].used && commands[i].pid == pid)
				send_exit(&commands[i], status);
		}
	}
}

/* Fills the poll set with the open outputs; owner[] says whose each is. */
static nfds_t watch_outputs(struct pollfd *set, struct command **owner, nfds_t count)
{
	for (size_t i = 0; i < MAX_COMMANDS; i++) {
		if (!commands[i].used || commands[i].output < 0)
			continue;
		owner[count] = &commands[i];
		set[count++] = (struct pollfd){.fd = commands[i].output, .events = POLLIN};
	}
	return count;
}

static void serve(int signals)
{
	struct pollfd set[MAX_COMMANDS + 2];
	struct command *owner[MAX_COMMANDS + 2];
	struct signalfd_siginfo info;
	bool connected = true;

	for (;;) {
		nfds_t count;

		set[0] = (struct pollfd){.fd = signals, .events = POLLIN};
		/* Without a client the port always polls as hung up: look at it now and then. */
		set[1] = (struct pollfd){.fd = connected ? port : -1, .events = POLLIN};
		count = watch_outputs(set, owner, 2);
		flush_frames();
		if (poll(set, count, connected ? -1 : RECONNECT_MS) < 0 && errno != EINTR)
			die("agent: poll");
		if (!connected || set[1].revents)
			connected = read_port();
		for (nfds_t i = 2; i < count; i++) {
			if (set[i].revents && !read_output(owner[i])) {
				close_output(owner[i]);
				forget_if_done(owner[i]);
			}
		}
		if (set[0].revents && read(signals, &info, sizeof(info)) == sizeof(info))
			reap();
	}
}

int main(int argc, char **argv)
{
	sigset_t child;

	if (argc != 2) {
		fprintf(stderr, "usage: agent PORT\n");
		return 2;
	}
	port = open(argv[1], O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (port < 0)
		die(argv[1]);
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	sigprocmask(SIG_BLOCK, &child, NULL);
	serve(signalfd(-1, &child, SFD_CLOEXEC));
}
