# SPDX-License-Identifier: GPL-2.0
# Tests of the command line against a debuggee without a processor.

CHECK_PROGRAMS += $(BUILD)/tests/debugger/fake_debuggee $(BUILD)/tests/debugger/toy

$(BUILD)/tests/debugger/fake_debuggee: tests/debugger/fake_debuggee.c $(BUILD)/engine-san/libengine.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_SAN) $< $(BUILD)/engine-san/libengine.a -o $@

# At the addresses that the fake debuggee has.
$(BUILD)/tests/debugger/toy: tests/debugger/toy.S
	@mkdir -p $(@D)
	$(CC) -nostdlib -static -no-pie -Wl,--build-id=none -Wl,-Ttext=0x401000 -Wl,-Tdata=0x10000 -o $@ $<

# The debugger itself with the sanitizers: what the cases run.
DEBUGGER_SAN := $(BUILD)/tests/debugger/hyperdbg
CHECK_PROGRAMS += $(DEBUGGER_SAN)

$(BUILD)/debugger-san/%.o: debugger/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_SAN) -c $< -o $@

$(DEBUGGER_SAN): $(patsubst debugger/%.c,$(BUILD)/debugger-san/%.o,$(wildcard debugger/*.c)) \
		$(BUILD)/script-san/libscript.a $(BUILD)/engine-san/libengine.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_SAN) -o $@ $^ $(DEBUGGER_LIBS)
