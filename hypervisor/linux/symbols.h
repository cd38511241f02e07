/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The kernel's own symbol table. Process context only.
 */
#ifndef HYPERVISOR_LINUX_SYMBOLS_H
#define HYPERVISOR_LINUX_SYMBOLS_H

#include <hyperdbg/types.h>

/* 0, or a negative errno if the kernel has no kprobes or no kallsyms. */
int symbols_init(void);
/* Address of a symbol of the kernel or (as module:name) of a module; 0: there is none. */
unsigned long symbols_address(const char *name);

#endif
