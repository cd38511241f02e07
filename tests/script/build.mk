# SPDX-License-Identifier: GPL-2.0
# The script language's tests: cases, the comparison with gcc, and two fuzzers
# (tests/fuzz/fuzz_script_*.c with tests/fuzz/script_fuzz_host.c).

SCRIPT_FUZZ_SRC := $(SCRIPT_SRC) $(ENGINE_SCRIPT) tests/fuzz/script_fuzz_host.c
SCRIPT_FUZZ_FLAGS := -std=c11 -D_GNU_SOURCE -O1 -g -Wall -Wextra -Iinclude -I. -fsanitize=fuzzer,address,undefined \
	-fno-sanitize-recover=all

$(BUILD)/tests/fuzz-script/fuzz_%: tests/fuzz/fuzz_%.c $(SCRIPT_FUZZ_SRC) $(wildcard script/*.h engine/script*.h)
	@mkdir -p $(@D)
	clang $(SCRIPT_FUZZ_FLAGS) $(filter %.c,$^) -o $@

CHECK_PROGRAMS += $(BUILD)/hdscript $(BUILD)/hdscript-san $(BUILD)/tests/fuzz-script/fuzz_script_source $(BUILD)/tests/fuzz-script/fuzz_script_program

$(BUILD)/tests/script/test_script: tests/script/test_script.c $(BUILD)/script-san/libscript.a \
		$(BUILD)/engine-san/libengine.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_SAN) $^ -o $@

CHECK_PROGRAMS += $(BUILD)/tests/script/test_script
