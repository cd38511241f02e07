# SPDX-License-Identifier: GPL-2.0
#
# make            build the debugger (build/hyperdbg) and the module (build/hyperdbg.ko)
# make run        boot the embedded machine and debug it; SCRIPT=FILE plays a file
# make check      all tests (N passed, N failed)
# make check-long make check-mutants make bench
#
# Each folder's build.mk says what the folder adds; all output goes to build/.

BUILD := build
# All cores, unless -j says otherwise.
ifeq ($(filter -j%,$(MAKEFLAGS)),)
MAKEFLAGS += -j$(shell nproc)
endif
CC := gcc
CFLAGS_USER := -std=c11 -D_GNU_SOURCE -O2 -g -Wall -Wextra -Werror -Iinclude -I. -MMD -MP
CFLAGS_SAN := $(filter-out -O2,$(CFLAGS_USER)) -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer

.PHONY: all
all:

# engine first: its object lists are used by the others.
include $(wildcard engine/build.mk) $(wildcard script/build.mk)
include $(filter-out engine/build.mk script/build.mk,$(wildcard */build.mk))

.PHONY: clean
clean:
	rm -rf $(BUILD)

-include $(shell find $(BUILD) -name '*.d' -type f -not -path '*/module/*' 2>/dev/null)
