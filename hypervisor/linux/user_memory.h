/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Follows the memory of processes that events watch: pins its pages, so that
 * they are neither reclaimed nor moved, and tells host mode when the process
 * changes its mappings, ends or becomes another program. Process context.
 */
#ifndef HYPERVISOR_LINUX_USER_MEMORY_H
#define HYPERVISOR_LINUX_USER_MEMORY_H

/* 0 or a negative errno. The cores run. */
int user_memory_start(void);
/* Lets go of everything. The cores still run. Harmless if it was not started. */
void user_memory_stop(void);

#endif
