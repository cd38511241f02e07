// SPDX-License-Identifier: GPL-2.0
#include "debugger/agent.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "debugger/output.h"
#include "machine/agent.h"

struct guest_command {
	struct guest_command *next;
	uint32_t id;
	bool queued; /* text is still to be sent */
	bool quiet;
	bool ended;
	bool in_line; /* its last line continues */
	int status;
	char *text;
};

struct agent {
	int fd;
	bool gone;
	bool greeted; /* our HELLO came back */
	uint64_t nonce;
	uint32_t last_id;
	struct guest_command *commands; /* oldest first */
	uint8_t *out; /* bytes to send */
	size_t out_size, out_capacity;
	size_t in_size;
	uint8_t in[sizeof(struct agent_header) + AGENT_MAX_PAYLOAD];
};

static void put(struct agent *agent, const void *bytes, size_t size)
{
	if (agent->out_size + size > agent->out_capacity) {
		agent->out_capacity = 2 * (agent->out_size + size);
		agent->out = realloc(agent->out, agent->out_capacity);
		if (!agent->out)
			abort();
	}
	if (bytes)
		memcpy(agent->out + agent->out_size, bytes, size);
	else
		memset(agent->out + agent->out_size, 0, size);
	agent->out_size += size;
}

static void flush(struct agent *agent)
{
	while (agent->out_size) {
		ssize_t n = send(agent->fd, agent->out, agent->out_size, MSG_NOSIGNAL);

		if (n < 0) {
			if (errno != EAGAIN && errno != EINTR)
				agent->gone = true;
			return;
		}
		agent->out_size -= (size_t)n;
		memmove(agent->out, agent->out + n, agent->out_size);
	}
}

static void send_frame(struct agent *agent, enum agent_type type, uint32_t id, const void *payload,
		       size_t length)
{
	struct agent_header header = {
		.magic = AGENT_MAGIC,
		.type = (uint16_t)type,
		.id = id,
		.length = (uint32_t)length,
	};

	header.crc = agent_crc(agent_crc(0, &header, sizeof(header)), payload, length);
	put(agent, &header, sizeof(header));
	put(agent, payload, length);
	flush(agent);
}

struct agent *agent_open(const char *path, char *reason, size_t reason_size)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	struct agent *agent;
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
	if (fd < 0 || connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0) {
		snprintf(reason, reason_size, "the guest's agent cannot be reached at %s: %s", path,
			 strerror(errno));
		if (fd >= 0)
			close(fd);
		return NULL;
	}
	fcntl(fd, F_SETFL, O_NONBLOCK);
	agent = calloc(1, sizeof(*agent));
	agent->fd = fd;
	if (getrandom(&agent->nonce, sizeof(agent->nonce), 0) != sizeof(agent->nonce))
		agent->nonce = (uint64_t)getpid();
	put(agent, NULL, AGENT_FLUSH_BYTES);
	send_frame(agent, AGENT_HELLO, 0, &agent->nonce, sizeof(agent->nonce));
	return agent;
}

void agent_close(struct agent *agent)
{
	struct guest_command *next;

	if (!agent)
		return;
	for (struct guest_command *command = agent->commands; command; command = next) {
		next = command->next;
		free(command->text);
		free(command);
	}
	close(agent->fd);
	free(agent->out);
	free(agent);
}

int agent_fd(const struct agent *agent)
{
	return agent && !agent->gone ? agent->fd : -1;
}

short agent_events(const struct agent *agent)
{
	return agent && agent->out_size ? POLLIN | POLLOUT : POLLIN;
}

static struct guest_command *find(struct agent *agent, uint32_t id)
{
	struct guest_command *command = agent->commands;

	while (command && command->id != id)
		command = command->next;
	return command;
}

static void take_line(struct guest_command *command, unsigned int flags, const uint8_t *payload,
		      size_t length)
{
	bool continues = flags & AGENT_LINE_CONTINUES;

	if (command->quiet) {
		fprintf(stderr, "%.*s%s", (int)length, (const char *)payload, continues ? "" : "\n");
		return;
	}
	if (!command->in_line)
		out_line("guest| %.*s", (int)length, (const char *)payload);
	else if (length)
		out_line("guest|+%.*s", (int)length, (const char *)payload);
	command->in_line = continues;
}

static void handle_frame(struct agent *agent, const struct agent_header *header, const uint8_t *payload)
{
	struct guest_command *command = find(agent, header->id);
	uint32_t status;

	if (header->type == AGENT_HELLO) {
		agent->greeted = agent->greeted || (header->length == sizeof(agent->nonce) &&
						    !memcmp(payload, &agent->nonce, sizeof(agent->nonce)));
		return;
	}
	/* What comes before our own HELLO belongs to an earlier client. */
	if (!agent->greeted || !command)
		return;
	if (header->type == AGENT_LINE) {
		take_line(command, header->flags, payload, header->length);
	} else if (header->type == AGENT_EXIT && header->length == sizeof(status)) {
		memcpy(&status, payload, sizeof(status));
		command->status = (int)status;
		command->ended = true;
	}
}

/* One step through the received bytes; returns how many it used, 0: more must come. */
static size_t parse_step(struct agent *agent, const uint8_t *bytes, size_t size)
{
	const uint8_t *payload = bytes + sizeof(struct agent_header);
	struct agent_header header, bare;

	if (size < sizeof(header))
		return 0;
	memcpy(&header, bytes, sizeof(header));
	if (header.magic != AGENT_MAGIC || header.length > AGENT_MAX_PAYLOAD)
		return 1;
	if (size < sizeof(header) + header.length)
		return 0;
	bare = header;
	bare.crc = 0;
	if (header.crc != agent_crc(agent_crc(0, &bare, sizeof(bare)), payload, header.length))
		return 1;
	handle_frame(agent, &header, payload);
	return sizeof(header) + header.length;
}

void agent_service(struct agent *agent, short revents)
{
	size_t used = 0, step;
	ssize_t n;

	if (revents & POLLOUT)
		flush(agent);
	if (!(revents & (POLLIN | POLLHUP | POLLERR)))
		return;
	n = read(agent->fd, agent->in + agent->in_size, sizeof(agent->in) - agent->in_size);
	if (n <= 0) {
		agent->gone = agent->gone || n == 0 || (errno != EAGAIN && errno != EINTR);
		return;
	}
	agent->in_size += (size_t)n;
	while ((step = parse_step(agent, agent->in + used, agent->in_size - used)) != 0)
		used += step;
	agent->in_size -= used;
	memmove(agent->in, agent->in + used, agent->in_size);
}

static void start(struct agent *agent, struct guest_command *command)
{
	command->queued = false;
	send_frame(agent, AGENT_RUN, command->id, command->text, strlen(command->text));
}

uint32_t agent_run(struct agent *agent, const char *text, bool queued, bool quiet)
{
	struct guest_command **end = &agent->commands;
	struct guest_command *command;

	if (strlen(text) > AGENT_MAX_PAYLOAD)
		return 0;
	command = calloc(1, sizeof(*command));
	command->id = ++agent->last_id;
	command->queued = queued;
	command->quiet = quiet;
	command->text = strdup(text);
	while (*end)
		end = &(*end)->next;
	*end = command;
	if (!queued)
		start(agent, command);
	return command->id;
}

void agent_start_queued(struct agent *agent)
{
	for (struct guest_command *command = agent ? agent->commands : NULL; command;
	     command = command->next) {
		if (command->queued)
			start(agent, command);
	}
}

bool agent_has_ended(struct agent *agent, uint32_t id, int *status)
{
	struct guest_command *command = find(agent, id);

	*status = -1;
	if (!command || agent->gone)
		return true;
	*status = command->status;
	return command->ended;
}

bool agent_all_ended(const struct agent *agent)
{
	const struct guest_command *command = agent->commands;

	while (command && command->ended)
		command = command->next;
	return !command || agent->gone;
}

void agent_kill(struct agent *agent, uint32_t id, int number)
{
	uint32_t signal_number = (uint32_t)number;

	send_frame(agent, AGENT_KILL, id, &signal_number, sizeof(signal_number));
}

bool agent_is_gone(const struct agent *agent)
{
	return agent->gone;
}
