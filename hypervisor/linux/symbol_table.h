/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A copy of the names of the kernel and its modules, for lookups at a halt,
 * where the kernel's own tables are out of reach.
 */
#ifndef HYPERVISOR_LINUX_SYMBOL_TABLE_H
#define HYPERVISOR_LINUX_SYMBOL_TABLE_H

#include <hyperdbg/types.h>

/* Process context. 0 or a negative errno. It follows modules that come and go. */
int symbol_table_start(void);
void symbol_table_stop(void);

/* Host mode, world stopped. `name`, `vmlinux!name` or `module!name`; 0: there is none. */
uint64_t symbol_table_address(const char *name, size_t length);
/* Names like that one, one a line; bytes written. */
size_t symbol_table_near(const char *name, size_t length, char *to, size_t size);
/* The nearest at or below an address, with its module's name; bytes written, 0: there is none. */
size_t symbol_table_name(uint64_t address, uint64_t *offset, char *to, size_t size);
/* Where the function begins that an address lies in; 0: unknown. */
uint64_t symbol_table_begin(uint64_t address);

#endif
