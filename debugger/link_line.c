// SPDX-License-Identifier: GPL-2.0
/* The link over a unix socket or a serial device, through engine/wire. */
#include "debugger/link.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <hyperdbg/error.h>

#include "engine/wire.h"

/* Milliseconds without an acknowledgement until a frame is sent again. An emulated machine can be slow. */
#define RESEND_AFTER 250
/* How often the wire's timers are looked at. */
#define POLL_INTERVAL 50

struct line {
	struct link link;
	struct wire *wire;
	uint8_t waiting[4096]; /* bytes of wire_output() that the descriptor has not taken */
	size_t waiting_from, waiting_to;
};

static uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static struct line *line_of(struct link *link)
{
	return (struct line *)link;
}

static void note_state(struct line *line)
{
	line->link.up = wire_is_up(line->wire);
	if (wire_take_opened(line->wire))
		line->link.opened = true;
	line->link.bad_frames = wire_bad_frames(line->wire);
	line->link.resent = wire_resent(line->wire);
	line->link.progress = wire_progress(line->wire);
}

/* Puts as many bytes out as the descriptor takes. */
static void pump_out(struct line *line)
{
	for (;;) {
		ssize_t n;

		if (line->waiting_from == line->waiting_to) {
			line->waiting_from = 0;
			line->waiting_to = wire_output(line->wire, line->waiting, sizeof(line->waiting));
			if (!line->waiting_to)
				return;
		}
		n = send(line->link.fd, line->waiting + line->waiting_from,
			 line->waiting_to - line->waiting_from, MSG_NOSIGNAL);
		if (n < 0 && errno == ENOTSOCK)
			n = write(line->link.fd, line->waiting + line->waiting_from,
				  line->waiting_to - line->waiting_from);
		if (n < 0) {
			if (errno != EAGAIN && errno != EINTR)
				line->link.gone = true;
			return;
		}
		line->waiting_from += (size_t)n;
	}
}

static void pump_in(struct line *line)
{
	uint8_t bytes[4096];
	ssize_t n = read(line->link.fd, bytes, sizeof(bytes));

	if (n > 0)
		wire_input(line->wire, bytes, (size_t)n);
	else if (n == 0 || (errno != EAGAIN && errno != EINTR))
		line->link.gone = true;
}

static short line_events(struct link *link)
{
	struct line *line = line_of(link);

	return line->waiting_from != line->waiting_to ? POLLIN | POLLOUT : POLLIN;
}

static int line_timeout(struct link *link)
{
	(void)link;
	return POLL_INTERVAL;
}

static void line_service(struct link *link, short revents)
{
	struct line *line = line_of(link);

	if (revents & (POLLIN | POLLHUP | POLLERR))
		pump_in(line);
	wire_poll(line->wire, now_ms());
	pump_out(line);
	note_state(line);
}

static int line_send(struct link *link, const struct hd_message *message, const void *first,
		     size_t first_size, const void *second, size_t second_size)
{
	struct line *line = line_of(link);
	int error;

	if (!wire_is_up(line->wire))
		return -HD_E_LINE_DOWN;
	if (!wire_has_room(line->wire, sizeof(*message) + first_size + second_size))
		return -HD_E_TOO_LARGE;
	error = wire_send(line->wire, message, first, first_size, second, second_size);
	wire_poll(line->wire, now_ms());
	pump_out(line);
	return error;
}

static const struct hd_message *line_receive(struct link *link)
{
	const struct hd_message *message = wire_receive(line_of(link)->wire);

	/* Taking a message makes room, which the other end may wait to hear of. */
	if (message)
		pump_out(line_of(link));
	return message;
}

static void line_reopen(struct link *link)
{
	struct line *line = line_of(link);
	uint32_t nonce;

	if (getrandom(&nonce, sizeof(nonce), 0) != sizeof(nonce))
		nonce = (uint32_t)now_ms();
	wire_open(line->wire, nonce);
	wire_poll(line->wire, now_ms());
	pump_out(line);
	note_state(line);
}

static void line_close(struct link *link)
{
	struct line *line = line_of(link);

	close(link->fd);
	free(line->wire);
	free(line);
}

static const struct link_ops line_ops = {
	.events = line_events,
	.timeout = line_timeout,
	.service = line_service,
	.send = line_send,
	.receive = line_receive,
	.reopen = line_reopen,
	.close = line_close,
};

static int open_socket(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd;

	if (strlen(path) >= sizeof(address.sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	memcpy(address.sun_path, path, strlen(path) + 1);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0) {
		int error = errno;

		close(fd);
		errno = error;
		fd = -1;
	}
	return fd;
}

static int open_serial(const char *path)
{
	struct termios settings;
	int fd = open(path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return -1;
	if (tcgetattr(fd, &settings) == 0) {
		cfmakeraw(&settings);
		settings.c_cflag |= CLOCAL | CREAD;
		settings.c_cflag &= ~(tcflag_t)CRTSCTS;
		cfsetspeed(&settings, B115200);
		tcsetattr(fd, TCSANOW, &settings);
	}
	return fd;
}

struct link *link_open_line(const char *path, char *reason, size_t reason_size)
{
	struct stat status;
	struct line *line;
	int fd = -1;

	if (stat(path, &status) == 0)
		fd = S_ISSOCK(status.st_mode) ? open_socket(path) : open_serial(path);
	if (fd < 0) {
		snprintf(reason, reason_size, "the line %s cannot be opened: %s", path, strerror(errno));
		return NULL;
	}
	fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
	line = calloc(1, sizeof(*line));
	line->link = (struct link){ .ops = &line_ops, .fd = fd };
	line->wire = wire_init(calloc(1, wire_size()), WIRE_DEBUGGER, RESEND_AFTER);
	line_reopen(&line->link);
	return &line->link;
}
