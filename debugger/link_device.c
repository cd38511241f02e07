// SPDX-License-Identifier: GPL-2.0
/* The link through /dev/hyperdbg: whole messages by read() and write(). */
#include "debugger/link.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include <hyperdbg/device.h>
#include <hyperdbg/error.h>

struct device {
	struct link link;
	_Alignas(struct hd_message) uint8_t message[HD_MESSAGE_MAX];
};

static short device_events(struct link *link)
{
	(void)link;
	return POLLIN;
}

static int device_timeout(struct link *link)
{
	(void)link;
	return -1;
}

static void device_service(struct link *link, short revents)
{
	if ((revents & (POLLHUP | POLLERR)) && !(revents & POLLIN))
		link->gone = true;
}

static int device_send(struct link *link, const struct hd_message *message, const void *first,
		       size_t first_size, const void *second, size_t second_size)
{
	struct iovec parts[] = {
		{ .iov_base = (void *)message, .iov_len = sizeof(*message) },
		{ .iov_base = (void *)first, .iov_len = first_size },
		{ .iov_base = (void *)second, .iov_len = second_size },
	};
	uint8_t whole[HD_MESSAGE_MAX];
	size_t size = 0;

	/* One write() is one message; writev() would be several calls of a driver without write_iter. */
	for (size_t i = 0; i < HD_ARRAY_SIZE(parts); i++) {
		if (parts[i].iov_len > sizeof(whole) - size)
			return -HD_E_TOO_LARGE;
		if (parts[i].iov_len)
			memcpy(whole + size, parts[i].iov_base, parts[i].iov_len);
		size += parts[i].iov_len;
	}
	while (write(link->fd, whole, size) < 0) {
		if (errno == EAGAIN)
			return -HD_E_TOO_LARGE;
		if (errno != EINTR)
			return -HD_E_LINE_DOWN;
	}
	return 0;
}

static const struct hd_message *device_receive(struct link *link)
{
	struct device *device = (struct device *)link;
	ssize_t n = read(link->fd, device->message, sizeof(device->message));
	const struct hd_message *message = (const struct hd_message *)device->message;

	if (n < 0 && errno != EAGAIN && errno != EINTR)
		link->gone = true;
	if (n < (ssize_t)sizeof(*message) || message->size > (size_t)n - sizeof(*message))
		return NULL;
	return message;
}

static void device_reopen(struct link *link)
{
	(void)link; /* there is one session, as long as the node is open */
}

static void device_close(struct link *link)
{
	close(link->fd);
	free(link);
}

static const struct link_ops device_ops = {
	.events = device_events,
	.timeout = device_timeout,
	.service = device_service,
	.send = device_send,
	.receive = device_receive,
	.reopen = device_reopen,
	.close = device_close,
};

struct link *link_open_device(char *reason, size_t reason_size)
{
	struct device *device;
	int fd = open(HD_DEVICE_PATH, O_RDWR | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0) {
		if (errno == ENOENT || errno == ENXIO || errno == ENODEV)
			snprintf(reason, reason_size, "the module is not loaded (no %s)", HD_DEVICE_PATH);
		else if (errno == EACCES || errno == EPERM)
			snprintf(reason, reason_size, "%s needs root: %s", HD_DEVICE_PATH, strerror(errno));
		else
			snprintf(reason, reason_size, "%s cannot be opened: %s", HD_DEVICE_PATH,
				 strerror(errno));
		return NULL;
	}
	device = calloc(1, sizeof(*device));
	device->link =
		(struct link){ .ops = &device_ops, .fd = fd, .local = true, .up = true, .opened = true };
	return &device->link;
}
