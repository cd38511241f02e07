// SPDX-License-Identifier: GPL-2.0
/*
 * Loading and unloading: every core becomes a guest, and is one no more. CPU
 * hotplug does it core by core, so that cores that come and go later are
 * served by the same two functions.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt
#include <linux/cpuhotplug.h>
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/reboot.h>
#include <linux/security.h>
#include <linux/suspend.h>

#include "hypervisor/hypercall.h"
#include "hypervisor/hypervisor.h"
#include "hypervisor/line.h"
#include "hypervisor/linux/device.h"
#include "hypervisor/linux/line_thread.h"
#include "hypervisor/linux/symbol_table.h"
#include "hypervisor/linux/user_memory.h"

static unsigned int max_events = 4096;
module_param(max_events, uint, 0444);
MODULE_PARM_DESC(max_events, "events that can be defined at a time");

static unsigned int pool_mib = 16;
module_param(pool_mib, uint, 0444);
MODULE_PARM_DESC(pool_mib, "memory for scripts and buffers, in MiB");

static unsigned int line[2];
static int line_values;
module_param_array(line, uint, &line_values, 0444);
MODULE_PARM_DESC(line, "the debugger's serial port: I/O port and interrupt, e.g. line=0x2f8,3");

static bool symbols = true;
module_param(symbols, bool, 0444);
MODULE_PARM_DESC(symbols, "copy the names of the kernel and its modules (symbols=0: do not)");

static int hotplug_state;

/* On the core itself, in its hotplug thread. */
static int core_online(unsigned int core)
{
	unsigned long flags;
	int err;

	if (!vcpus[core] && !hypervisor_add_core(core))
		return -ENOMEM;
	local_irq_save(flags);
	err = hypervisor_enter(core);
	local_irq_restore(flags);
	return err;
}

static int core_offline(unsigned int core)
{
	unsigned long flags;

	local_irq_save(flags);
	hypervisor_leave(core);
	local_irq_restore(flags);
	return 0;
}

static void leave_here(void *unused)
{
	hypervisor_leave(smp_processor_id());
}

/* A restart or kexec takes the cores as they are: bare. */
static int on_reboot(struct notifier_block *block, unsigned long action, void *unused)
{
	on_each_cpu(leave_here, NULL, 1);
	return NOTIFY_DONE;
}

static struct notifier_block reboot_block = { .notifier_call = on_reboot };

/* The processor's state for us does not survive a suspend. */
static int on_suspend(struct notifier_block *block, unsigned long action, void *unused)
{
	if (action != PM_SUSPEND_PREPARE && action != PM_HIBERNATION_PREPARE)
		return NOTIFY_OK;
	pr_warn("the machine cannot be suspended while the module is loaded\n");
	return NOTIFY_BAD;
}

static struct notifier_block suspend_block = { .notifier_call = on_suspend };

static int start_line(void)
{
	int err;

	if (line_values && line_values != 2) {
		pr_err("line= wants an I/O port and an interrupt, e.g. line=0x2f8,3\n");
		return -EINVAL;
	}
	err = line_setup(line[0]);
	if (err || !line_values)
		return err;
	err = line_thread_start(line[1]);
	if (err)
		line_teardown();
	return err;
}

static int __init hyperdbg_init(void)
{
	struct hypervisor_settings settings = {
		.max_events = max_events,
		.pool_size = (size_t)pool_mib << 20,
	};
	const char *why;
	int err;

	if (!max_events || max_events > 65536 || !pool_mib || pool_mib > 1024) {
		pr_err("max_events= is 1 to 65536, pool_mib= is 1 to 1024\n");
		return -EINVAL;
	}
	if (security_locked_down(LOCKDOWN_KPROBES)) {
		pr_err("the kernel is locked down, and the module would get around that\n");
		return -EPERM;
	}
	if (num_possible_cpus() > HD_MAX_CORES) {
		pr_err("more than %d cores\n", HD_MAX_CORES);
		return -E2BIG;
	}
	err = hypervisor_setup(&settings, &why);
	if (err) {
		pr_err("%s\n", why);
		return err;
	}
	/* Without names one can still debug. */
	if (symbols && symbol_table_start())
		pr_warn("the kernel's names are not available\n");
	hotplug_state = cpuhp_setup_state(CPUHP_AP_ONLINE_DYN, "hyperdbg:online", core_online, core_offline);
	if (hotplug_state < 0) {
		err = hotplug_state;
		pr_err("a core could not be virtualised (%d)\n", err);
		goto teardown;
	}
	err = start_line();
	if (err)
		goto leave;
	err = device_start();
	if (err)
		goto stop_line;
	err = user_memory_start();
	if (err)
		goto stop_device;
	register_reboot_notifier(&reboot_block);
	register_pm_notifier(&suspend_block);
	return 0;

stop_device:
	device_stop();
stop_line:
	line_thread_stop();
	line_teardown();
leave:
	cpuhp_remove_state(hotplug_state);
teardown:
	symbol_table_stop();
	hypervisor_teardown();
	return err;
}

static void __exit hyperdbg_exit(void)
{
	unregister_pm_notifier(&suspend_block);
	unregister_reboot_notifier(&reboot_block);
	device_stop();
	user_memory_stop();
	line_thread_stop();
	cpuhp_remove_state(hotplug_state);
	line_teardown();
	symbol_table_stop();
	hypervisor_teardown();
}

module_init(hyperdbg_init);
module_exit(hyperdbg_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("HyperDbg for Linux: a debugger below the running kernel");
MODULE_VERSION("0.1");
