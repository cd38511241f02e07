// SPDX-License-Identifier: GPL-2.0
/*
 * One open file is one local client: a ring for what comes to it, requests by
 * hypercall. Host mode cannot wake a sleeper, so a reader looks each tick.
 */
#include <linux/bitmap.h>
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/poll.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

#include <hyperdbg/device.h>
#include <hyperdbg/request.h>
#include "hypervisor/clients.h"
#include "hypervisor/hypercall.h"
#include "hypervisor/linux/device.h"

#define RING_SIZE (256u << 10)

struct session {
	u32 client;
	struct mutex lock; /* one reader of the ring, one writer of the buffer */
	struct ring ring;
	void *ring_memory;
	u8 *buffer; /* a message on its way in or out */
	wait_queue_head_t wait;
	struct timer_list timer; /* wakes pollers */
};

static DECLARE_BITMAP(client_numbers, CLIENT_MAX);
static DEFINE_MUTEX(numbers_lock);

static int take_number(u32 *number)
{
	unsigned long n;

	mutex_lock(&numbers_lock);
	n = find_next_zero_bit(client_numbers, CLIENT_MAX, CLIENT_LINE + 1);
	if (n < CLIENT_MAX)
		set_bit(n, client_numbers);
	mutex_unlock(&numbers_lock);
	*number = n;
	return n < CLIENT_MAX ? 0 : -EMFILE;
}

static void give_number(u32 number)
{
	mutex_lock(&numbers_lock);
	clear_bit(number, client_numbers);
	mutex_unlock(&numbers_lock);
}

static void free_session(struct session *session)
{
	vfree(session->ring_memory);
	kfree(session->buffer);
	kfree(session);
}

static void look_again(struct timer_list *timer)
{
	struct session *session = from_timer(session, timer, timer);

	if (!ring_empty(&session->ring))
		wake_up_interruptible(&session->wait);
	else if (waitqueue_active(&session->wait))
		mod_timer(&session->timer, jiffies + 1);
}

static int device_open(struct inode *inode, struct file *file)
{
	struct session *session;
	int err;

	if (!capable(CAP_SYS_ADMIN) || !capable(CAP_SYS_RAWIO))
		return -EPERM;
	session = kzalloc(sizeof(*session), GFP_KERNEL);
	if (!session)
		return -ENOMEM;
	session->ring_memory = vzalloc(RING_SIZE);
	session->buffer = kmalloc(HD_MESSAGE_MAX, GFP_KERNEL);
	err = session->ring_memory && session->buffer ? take_number(&session->client) : -ENOMEM;
	if (err) {
		free_session(session);
		return err;
	}
	mutex_init(&session->lock);
	init_waitqueue_head(&session->wait);
	timer_setup(&session->timer, look_again, 0);
	ring_init(&session->ring, session->ring_memory, RING_SIZE);
	client_add(session->client, true, &session->ring);
	file->private_data = session;
	return nonseekable_open(inode, file);
}

static int device_release(struct inode *inode, struct file *file)
{
	struct session *session = file->private_data;

	hypercall(HYPERCALL_CLIENT_GONE, session->client);
	del_timer_sync(&session->timer);
	give_number(session->client);
	free_session(session);
	return 0;
}

static ssize_t device_write(struct file *file, const char __user *from, size_t size, loff_t *offset)
{
	struct session *session = file->private_data;
	const struct hd_message *message = (const struct hd_message *)session->buffer;
	struct hypercall_request call = { .client = session->client, .message = message };
	ssize_t result = size;

	if (size < sizeof(*message) || size > HD_MESSAGE_MAX)
		return -EINVAL;
	mutex_lock(&session->lock);
	if (copy_from_user(session->buffer, from, size))
		result = -EFAULT;
	else if (message->size != size - sizeof(*message))
		result = -EINVAL;
	else
		hypercall(HYPERCALL_REQUEST, (u64)&call);
	mutex_unlock(&session->lock);
	return result;
}

static ssize_t device_read(struct file *file, char __user *to, size_t size, loff_t *offset)
{
	struct session *session = file->private_data;
	ssize_t result;

	while (ring_empty(&session->ring)) {
		if (file->f_flags & O_NONBLOCK)
			return -EAGAIN;
		schedule_timeout_interruptible(1);
		if (signal_pending(current))
			return -ERESTARTSYS;
	}
	mutex_lock(&session->lock);
	if (ring_peek(&session->ring) > size) {
		result = -EMSGSIZE;
	} else {
		result = ring_take(&session->ring, session->buffer, HD_MESSAGE_MAX);
		if (copy_to_user(to, session->buffer, result))
			result = -EFAULT;
	}
	mutex_unlock(&session->lock);
	return result;
}

static __poll_t device_poll(struct file *file, poll_table *table)
{
	struct session *session = file->private_data;

	poll_wait(file, &session->wait, table);
	if (!ring_empty(&session->ring))
		return EPOLLIN | EPOLLRDNORM | EPOLLOUT;
	mod_timer(&session->timer, jiffies + 1);
	return EPOLLOUT;
}

static const struct file_operations device_operations = {
	.owner = THIS_MODULE,
	.open = device_open,
	.release = device_release,
	.write = device_write,
	.read = device_read,
	.poll = device_poll,
};

static struct miscdevice device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = HD_DEVICE_NAME,
	.fops = &device_operations,
	.mode = 0600,
};

int device_start(void)
{
	return misc_register(&device);
}

void device_stop(void)
{
	misc_deregister(&device);
}
