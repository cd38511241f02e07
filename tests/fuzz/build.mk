# SPDX-License-Identifier: GPL-2.0
# Fuzzers: tests/fuzz/fuzz_NAME.c is build/tests/fuzz/fuzz_NAME (libFuzzer, by
# clang). Another one: its name below, libraries it needs as FUZZ_LIBS_NAME.
#
# In `make check` each makes a bounded number of runs from a fixed seed (see
# tests/suites.list); by hand, `build/tests/fuzz/fuzz_NAME FOLDER` goes on for ever.

FUZZ := $(BUILD)/tests/fuzz
FUZZ_NAMES := wire decode_zydis
FUZZ_LIBS_decode_zydis := -lZydis -lZycore
CHECK_PROGRAMS += $(FUZZ_NAMES:%=$(FUZZ)/fuzz_%)

$(FUZZ)/fuzz_%: tests/fuzz/fuzz_%.c $(BUILD)/engine-fuzz/libengine.a
	@mkdir -p $(@D)
	clang $(CFLAGS_FUZZ) -fsanitize=fuzzer $< $(BUILD)/engine-fuzz/libengine.a $(FUZZ_LIBS_$*) -o $@

# The decoder's comparison with Zydis as a sweep through all opcodes.
CHECK_PROGRAMS += $(FUZZ)/sweep_decode_zydis

$(FUZZ)/sweep_decode_zydis: tests/fuzz/fuzz_decode_zydis.c $(BUILD)/engine/libengine.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_USER) -DDECODE_ZYDIS_SWEEP $< $(BUILD)/engine/libengine.a $(FUZZ_LIBS_decode_zydis) -o $@

# The same against the processor at hand.
CHECK_PROGRAMS += $(FUZZ)/sweep_decode_processor

$(FUZZ)/sweep_decode_processor: tests/fuzz/sweep_decode_processor.c $(BUILD)/engine/libengine.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_USER) $< $(BUILD)/engine/libengine.a -o $@
