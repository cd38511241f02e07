# SPDX-License-Identifier: GPL-2.0
# Tests of the command line against a debuggee without a processor.

CHECK_PROGRAMS += $(BUILD)/tests/debugger/fake_debuggee

$(BUILD)/tests/debugger/fake_debuggee: tests/debugger/fake_debuggee.c $(BUILD)/engine-san/libengine.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_SAN) $< $(BUILD)/engine-san/libengine.a -o $@
