# SPDX-License-Identifier: GPL-2.0
# The script compiler, user space.
#
#   build/script/libscript.a      for the debugger (needs build/engine/libengine.a)
#   build/script-san/libscript.a  with address and undefined-behaviour sanitizers
#   build/script-fuzz/libscript.a by clang, for the fuzzers
#   build/hdscript                runs a script file here, for tests and trials

SCRIPT_SRC := script/arena.c script/compile.c script/diagnostics.c script/emit.c script/fold.c script/generate.c \
	script/generate_branch.c script/generate_expression.c script/generate_memory.c script/lexer.c \
	script/local_host.c script/parse.c script/parse_call.c script/parse_declaration.c \
	script/parse_expression.c script/parse_type.c script/prepare.c script/registers.c script/scope.c script/tree.c script/types.c

# $(1) folder in build/, $(2) variable with the flags, $(3) compiler
define script_library
$(BUILD)/$(1)/%.o: script/%.c
	@mkdir -p $$(@D)
	$(3) $$($(2)) -c $$< -o $$@

$(BUILD)/$(1)/libscript.a: $(patsubst script/%.c,$(BUILD)/$(1)/%.o,$(SCRIPT_SRC))
	@rm -f $$@
	ar rcs $$@ $$^
endef

$(eval $(call script_library,script,CFLAGS_USER,$(CC)))
$(eval $(call script_library,script-san,CFLAGS_SAN,$(CC)))
$(eval $(call script_library,script-fuzz,CFLAGS_FUZZ,clang))

$(BUILD)/hdscript: $(BUILD)/script/hdscript.o $(BUILD)/script/libscript.a $(BUILD)/engine/libengine.a
	$(CC) $(CFLAGS_USER) $^ -o $@

$(BUILD)/hdscript-san: $(BUILD)/script-san/hdscript.o $(BUILD)/script-san/libscript.a \
		$(BUILD)/engine-san/libengine.a
	$(CC) $(CFLAGS_SAN) $^ -o $@

all: $(BUILD)/hdscript

# Common subexpressions across the labels of the interpreter's dispatch only slow it down.
$(BUILD)/engine/script_run.o: CFLAGS_USER += -fno-gcse

# The benchmark against C and Lua (liblua5.4-dev); where C's short loops happen to begin must not decide.
$(BUILD)/bench_script: bench/script.c bench/script_rows.c bench/script_rows.h $(BUILD)/script/libscript.a \
		$(BUILD)/engine/libengine.a
	$(CC) $(CFLAGS_USER) -falign-loops=64 $(filter-out %.h,$^) -llua5.4 -o $@

.PHONY: bench bench-script
bench-script: $(BUILD)/bench_script
	$(BUILD)/bench_script -i
bench: bench-script
