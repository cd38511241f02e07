/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How messages travel to the module: over a line (a unix socket or a serial
 * device, link_line.c) or through its device node (link_device.c).
 *
 * Nothing here waits: the event loop polls link_fd() for link_events(), calls
 * link_service() when they come or link_timeout() is over, and takes messages.
 */
#ifndef DEBUGGER_LINK_H
#define DEBUGGER_LINK_H

#include <hyperdbg/request.h>

struct link;

struct link_ops {
	/* See the functions below, which call these. */
	short (*events)(struct link *link);
	int (*timeout)(struct link *link);
	void (*service)(struct link *link, short revents);
	int (*send)(struct link *link, const struct hd_message *message, const void *first, size_t first_size,
		    const void *second, size_t second_size);
	const struct hd_message *(*receive)(struct link *link);
	void (*reopen)(struct link *link);
	void (*close)(struct link *link);
};

struct link {
	const struct link_ops *ops;
	int fd;
	bool local; /* the device: the debuggee is the machine we run on */
	bool up; /* a session is open */
	bool opened; /* a session was opened and nobody has taken note of it */
	bool gone; /* the other end has closed: it will never come back */
	uint64_t bad_frames, resent; /* our end's repaired damage */
	uint64_t progress; /* changes as long as something gets through */
};

/* NULL: `reason` holds what stands behind "err, ". Paths of unix sockets and of serial devices. */
struct link *link_open_line(const char *path, char *reason, size_t reason_size);
struct link *link_open_device(char *reason, size_t reason_size);

static inline short link_events(struct link *link)
{
	return link->ops->events(link);
}

/* Milliseconds until link_service() is due without an event; -1: never. */
static inline int link_timeout(struct link *link)
{
	return link->ops->timeout(link);
}

static inline void link_service(struct link *link, short revents)
{
	link->ops->service(link, revents);
}

/* 0, -HD_E_LINE_DOWN, or -HD_E_TOO_LARGE: no room now, try again behind link_service(). */
static inline int link_send(struct link *link, const struct hd_message *message, const void *first,
			    size_t first_size, const void *second, size_t second_size)
{
	return link->ops->send(link, message, first, first_size, second, second_size);
}

/* The next message with its payload behind it, or NULL; valid until the next call of any of these functions.
 */
static inline const struct hd_message *link_receive(struct link *link)
{
	return link->ops->receive(link);
}

/* Forgets the session and opens a new one as soon as the other end answers. */
static inline void link_reopen(struct link *link)
{
	link->ops->reopen(link);
}

static inline void link_close(struct link *link)
{
	link->ops->close(link);
}

#endif
