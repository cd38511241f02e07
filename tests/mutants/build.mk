# SPDX-License-Identifier: GPL-2.0
# Each rule of the contract broken, one at a time (engine/mutant.h): the unit
# tests must notice, and the scenarios for memory and exceptions.

MUTANTS_KO := $(BUILD)/mutants/hyperdbg.ko

# In the make below this BUILD is that one's own, and the target its module.
ifndef MUTANTS
$(MUTANTS_KO): $(BUILD)/hyperdbg.ko
	@MAKEFLAGS= $(MAKE) --no-print-directory BUILD=$(BUILD)/mutants KERNEL=$(KERNEL) MUTANTS=y module
	@touch $@
endif

.PHONY: check-mutants
check-mutants: all $(MACHINE_READY) $(MUTANTS_KO)
	tests/mutants/unit $(BUILD)
	tests/mutants/run -j 2

CHECK_LONG_PROGRAMS += $(MUTANTS_KO)
