# SPDX-License-Identifier: GPL-2.0
# The engine: ENGINE_ALL is freestanding and also goes into the module.
#
#   build/engine/libengine.a       for the debugger
#   build/engine-san/libengine.a   with address and undefined-behaviour sanitizers
#   build/engine-tsan/libengine.a  with the thread sanitizer
#   build/engine-fuzz/libengine.a  by clang, for fuzzers

ENGINE_SRC := engine/event_kinds.c engine/event_table.c engine/event_index.c engine/pool.c engine/pipeline.c \
	engine/ring.c engine/wire.c engine/wire_frame.c engine/world.c
ENGINE_DECODE :=
ENGINE_SCRIPT :=
-include engine/decode.mk engine/script.mk
ENGINE_ALL := $(ENGINE_SRC) $(ENGINE_DECODE) $(ENGINE_SCRIPT)
# User space only.
ENGINE_USER := engine/error_text.c

CFLAGS_TSAN := $(filter-out -O2,$(CFLAGS_USER)) -O1 -fsanitize=thread -fno-omit-frame-pointer

CFLAGS_FUZZ := $(filter-out -O2 -Werror,$(CFLAGS_USER)) -O1 -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=all -fno-omit-frame-pointer

# $(1) folder in build/, $(2) variable with the flags, $(3) compiler
define engine_library
$(BUILD)/$(1)/%.o: engine/%.c
	@mkdir -p $$(@D)
	$(3) $$($(2)) -c $$< -o $$@

$(BUILD)/$(1)/libengine.a: $(patsubst engine/%.c,$(BUILD)/$(1)/%.o,$(ENGINE_ALL) $(ENGINE_USER))
	@rm -f $$@
	ar rcs $$@ $$^
endef

$(eval $(call engine_library,engine,CFLAGS_USER,$(CC)))
$(eval $(call engine_library,engine-san,CFLAGS_SAN,$(CC)))
$(eval $(call engine_library,engine-tsan,CFLAGS_TSAN,$(CC)))
$(eval $(call engine_library,engine-fuzz,CFLAGS_FUZZ,clang))
