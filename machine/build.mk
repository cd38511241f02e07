# SPDX-License-Identifier: GPL-2.0
#
# The module (build/hyperdbg.ko) and the embedded machine.
#
# For other folders:
#   $(KERNEL_READY)   Debian's kernel and headers are unpacked
#   $(MACHINE_READY)  what machine/start needs beside build/hyperdbg.ko and
#                     build/hyperdbg, which it puts in as they are at its start
#   KDIR              headers to build the module against; for a real host:
#                     make KDIR=/lib/modules/$(uname -r)/build module

MACHINE := $(BUILD)/machine
KERNEL := $(MACHINE)/kernel
KERNEL_READY := $(KERNEL)/release

# --- packages ---------------------------------------------------------------
# make brings included makefiles up to date before anything else, so whatever
# is built can count on the packages.
ifeq ($(filter clean,$(MAKECMDGOALS)),)
-include $(BUILD)/packages.mk
endif

$(BUILD)/packages.mk: machine/packages machine/install
	@mkdir -p $(@D)
	@machine/install
	@echo '# The packages of machine/packages were seen.' >$@

# --- kernel -----------------------------------------------------------------
$(KERNEL_READY): machine/kernel machine/vmlinux.py
	@mkdir -p $(MACHINE)
	machine/kernel $(KERNEL)
	@touch $@

# --- module -----------------------------------------------------------------
# Kbuild writes beside its sources, so it gets a tree of links of its own.
MODULE_TREE := $(BUILD)/module
MODULE_FOLDERS := engine hypervisor include
MODULE_SOURCES := $(shell find $(MODULE_FOLDERS) -name '*.[chS]' -o -name Kbuild -o -name '*.lds')

ifeq ($(origin KDIR),undefined)
KDIR := $(KERNEL)/headers
MODULE_NEEDS := $(KERNEL_READY)
endif

.PHONY: module
module: $(BUILD)/hyperdbg.ko
ifneq ($(wildcard hypervisor/Kbuild),)
all: module
endif

# The list changes when a file comes or goes, or the whole tree is moved; the links follow it.
$(MODULE_TREE)/sources: FORCE
	@mkdir -p $(@D)
	@echo '$(CURDIR) $(KDIR) $(sort $(MODULE_SOURCES))' | cmp -s - $@ || \
		echo '$(CURDIR) $(KDIR) $(sort $(MODULE_SOURCES))' >$@

$(MODULE_TREE)/Kbuild: $(MODULE_TREE)/sources machine/module.kbuild
	@find $(MODULE_TREE) -type l -delete
	@cp -rs $(addprefix $(CURDIR)/,$(MODULE_FOLDERS)) $(MODULE_TREE)/
	@cp machine/module.kbuild $@

$(BUILD)/hyperdbg.ko: $(MODULE_TREE)/Kbuild $(MODULE_SOURCES) $(MODULE_NEEDS)
	@$(MAKE) -s --no-print-directory -C $(KDIR) M=$(CURDIR)/$(MODULE_TREE) \
		CONFIG_DEBUG_INFO_BTF_MODULES= HYPERDBG_MUTANTS=$(MUTANTS) modules
	@cp $(MODULE_TREE)/hyperdbg.ko $@

.PHONY: FORCE
FORCE:

# --- the guest's programs ---------------------------------------------------
GUEST := $(BUILD)/guest
GUEST_PROGRAMS := $(GUEST)/probe $(GUEST)/kvm-cpuid $(GUEST)/probe_kernel.ko

# No libc, whose start-up code executes CPUID; at fixed addresses, so that its
# symbols can be named before it runs; its inline assembly pushes, so no red zone.
PROBE_CFLAGS := -std=gnu11 -O2 -Wall -Wextra -Werror -ffreestanding -fno-stack-protector \
	-fno-pic -fcf-protection=none -fno-asynchronous-unwind-tables \
	-fno-tree-loop-distribute-patterns -mno-red-zone
PROBE_LDFLAGS := -static -nostdlib -no-pie -Wl,-z,noexecstack -Wl,--build-id=none
PROBE_SOURCES := $(wildcard tests/guest/probe*.c)

$(GUEST)/probe: $(PROBE_SOURCES) tests/guest/probe.h machine/build.mk
	@mkdir -p $(@D)
	$(CC) $(PROBE_CFLAGS) $(PROBE_LDFLAGS) -o $@ $(PROBE_SOURCES)

$(GUEST)/kvm-cpuid: tests/guest/kvm_cpuid.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -static -s -o $@ $<

# Always for the embedded machine's kernel, whatever KDIR is.
$(GUEST)/probe_kernel.ko: tests/guest/kernel/probe_kernel.c tests/guest/kernel/Kbuild $(KERNEL_READY)
	@mkdir -p $(@D) $(BUILD)/probe_kernel
	@cp tests/guest/kernel/probe_kernel.c tests/guest/kernel/Kbuild $(BUILD)/probe_kernel/
	@$(MAKE) -s --no-print-directory -C $(KERNEL)/headers M=$(CURDIR)/$(BUILD)/probe_kernel \
		CONFIG_DEBUG_INFO_BTF_MODULES= modules
	@cp $(BUILD)/probe_kernel/probe_kernel.ko $@

# --- the embedded machine ---------------------------------------------------
$(MACHINE)/agent: machine/agent.c machine/agent.h
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -static -s -o $@ $<

$(MACHINE)/tsc-rate: machine/tsc_rate.c
	@mkdir -p $(@D)
	$(CC) -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -o $@ $<

# busybox's own list says which names it answers to.
$(MACHINE)/base.cpio: machine/init machine/image.py $(MACHINE)/agent $(KERNEL_READY)
	machine/image.py $@ dir=proc dir=sys dir=dev dir=tmp dir=run dir=root dir=lib64 \
		file=machine/init:init file=$(MACHINE)/agent:bin/agent file=/bin/busybox:bin/busybox \
		tree=$(KERNEL)/modules/lib/modules:lib/modules \
		$$(/bin/busybox --list-full | grep -v busybox | sed 's|.*|link=&:/bin/busybox|')

MACHINE_READY := $(MACHINE)/base.cpio $(MACHINE)/tsc-rate $(GUEST_PROGRAMS)

CHECK_PROGRAMS += $(MACHINE_READY)

.PHONY: machine
machine: $(MACHINE_READY) module
