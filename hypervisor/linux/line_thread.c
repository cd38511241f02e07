// SPDX-License-Identifier: GPL-2.0
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt
#include <linux/err.h>
#include <linux/interrupt.h>
#include <linux/kthread.h>
#include <linux/module.h>

#include "hypervisor/hypercall.h"
#include "hypervisor/line.h"
#include "hypervisor/linux/kernel.h"
#include "hypervisor/linux/line_thread.h"

static struct task_struct *thread;
static unsigned int interrupt_number;

static irqreturn_t on_interrupt(int irq, void *unused)
{
	irqreturn_t result = IRQ_NONE;

	/* Edge-triggered on ISA: until the UART has no reason left, or the next edge never comes. */
	while (line_interrupted()) {
		hypercall(HYPERCALL_LINE, 0);
		result = IRQ_HANDLED;
	}
	return result;
}

/* Messages of exit handlers wait at most a tick; so do timers of the line. */
static int drain(void *unused)
{
	while (!kthread_should_stop()) {
		if (line_has_work())
			hypercall(HYPERCALL_LINE, 1);
		kernel_settle_watchdogs(false);
		schedule_timeout_interruptible(1);
	}
	kernel_settle_watchdogs(true);
	return 0;
}

int line_thread_start(unsigned int interrupt)
{
	int err = request_irq(interrupt, on_interrupt, 0, "hyperdbg", &thread);

	if (err) {
		pr_err("interrupt %u of the line is taken (%d); is the port open elsewhere?\n", interrupt, err);
		return err;
	}
	interrupt_number = interrupt;
	line_start();
	thread = kthread_create(drain, NULL, "hyperdbg-line");
	if (IS_ERR(thread)) {
		err = PTR_ERR(thread);
		thread = NULL;
		line_stop();
		free_irq(interrupt, &thread);
		return err;
	}
	/* Away from the core that shows itself at a break-in (halt.c). */
	kthread_bind(thread, cpumask_last(cpu_online_mask));
	wake_up_process(thread);
	return 0;
}

void line_thread_stop(void)
{
	if (!thread)
		return;
	kthread_stop(thread);
	thread = NULL;
	preempt_disable();
	hypercall(HYPERCALL_GOODBYE, 0);
	preempt_enable();
	line_stop();
	free_irq(interrupt_number, &thread);
}
