/* SPDX-License-Identifier: GPL-2.0 */
/*
 * /dev/hyperdbg (hyperdbg/device.h). Process context.
 */
#ifndef HYPERVISOR_LINUX_DEVICE_H
#define HYPERVISOR_LINUX_DEVICE_H

/* 0 or a negative errno. The cores run. */
int device_start(void);
void device_stop(void);

#endif
