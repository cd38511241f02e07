/* SPDX-License-Identifier: GPL-2.0 */
/*
 * /dev/hyperdbg: how a debugger talks to the module on the machine it runs on.
 *
 * write() takes one whole message (struct hd_message and its payload), a
 * request; its reply, and notes, are read() one whole message a call. The
 * events a file defined end when it is closed. poll() says readable. The
 * node is 0600; opening wants CAP_SYS_ADMIN and CAP_SYS_RAWIO.
 *
 * The same hypercalls carry both: a VMMCALL/VMCALL of the module itself,
 * told from a guest's by its magic in RAX and a CPL of 0.
 */
#ifndef HYPERDBG_DEVICE_H
#define HYPERDBG_DEVICE_H

#define HD_DEVICE_NAME "hyperdbg"
#define HD_DEVICE_PATH "/dev/hyperdbg"

#endif
