# SPDX-License-Identifier: GPL-2.0
# The script language's tests: cases, the comparison with gcc, and two fuzzers
# (tests/fuzz/fuzz_script_*.c with tests/fuzz/script_fuzz_host.c).

$(BUILD)/tests/fuzz-script/fuzz_%: tests/fuzz/fuzz_%.c tests/fuzz/script_fuzz_host.c tests/fuzz/script_fuzz_host.h \
		$(BUILD)/script-fuzz/libscript.a $(BUILD)/engine-fuzz/libengine.a
	@mkdir -p $(@D)
	clang $(CFLAGS_FUZZ) -fsanitize=fuzzer $(filter %.c %.a,$^) -o $@

CHECK_PROGRAMS += $(BUILD)/hdscript $(BUILD)/hdscript-san $(BUILD)/tests/fuzz-script/fuzz_script_source $(BUILD)/tests/fuzz-script/fuzz_script_program

$(BUILD)/tests/script/test_script: tests/script/test_script.c $(BUILD)/script-san/libscript.a \
		$(BUILD)/engine-san/libengine.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_SAN) $^ -o $@

CHECK_PROGRAMS += $(BUILD)/tests/script/test_script
