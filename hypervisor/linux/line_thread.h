/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The guest's side of the line: the UART's interrupt, and a thread that drains
 * messages nobody else sends. Process context.
 */
#ifndef HYPERVISOR_LINUX_LINE_THREAD_H
#define HYPERVISOR_LINUX_LINE_THREAD_H

/* 0 or a negative errno, with a line in the kernel's log. The line is set up, the cores run. */
int line_thread_start(unsigned int interrupt);
/* Tells the debugger that the module leaves. Harmless if it was not started. */
void line_thread_stop(void);

#endif
