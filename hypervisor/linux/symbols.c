// SPDX-License-Identifier: GPL-2.0
/*
 * kallsyms_lookup_name() is not exported, but a kprobe on it finds it.
 */
#include <linux/errno.h>
#include <linux/kprobes.h>

#include "hypervisor/linux/symbols.h"

static unsigned long (*lookup)(const char *name);

int symbols_init(void)
{
	struct kprobe probe = { .symbol_name = "kallsyms_lookup_name" };
	int err = register_kprobe(&probe);

	if (err)
		return err;
	lookup = (unsigned long (*)(const char *))probe.addr;
	unregister_kprobe(&probe);
	return 0;
}

unsigned long symbols_address(const char *name)
{
	return lookup ? lookup(name) : 0;
}
