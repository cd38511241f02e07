# SPDX-License-Identifier: GPL-2.0
#
# make bench   what events cost, in instructions that the emulator counts
#
# A part that measures something else adds its target to BENCHES in a file
# bench/*.mk of its own.

BENCHES += bench-machine

include $(filter-out bench/build.mk,$(wildcard bench/*.mk))

.PHONY: bench bench-machine
bench: $(BENCHES)

bench-machine: all $(MACHINE_READY)
	bench/run
