# SPDX-License-Identifier: GPL-2.0
# Unit tests: tests/unit/test_NAME.c is build/tests/unit/test_NAME, sanitized.

UNIT := $(BUILD)/tests/unit
UNIT_LIBRARY := $(BUILD)/engine-san/libengine.a
UNIT_NAMES := $(patsubst tests/unit/test_%.c,%,$(wildcard tests/unit/test_*.c))
UNIT_PROGRAMS := $(UNIT_NAMES:%=$(UNIT)/test_%)

# What a test is linked with beside itself and the engine.
UNIT_FAKE_SCRIPT := $(UNIT)/fake_script.o
UNIT_PIPELINE := $(UNIT)/test_pipeline.o $(UNIT)/pretend_machine.o $(UNIT_FAKE_SCRIPT)

$(UNIT)/%.o: tests/unit/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_SAN) -c $< -o $@

$(UNIT)/test_pipeline: $(UNIT)/pretend_machine.o $(UNIT_FAKE_SCRIPT)
$(UNIT)/test_event_table: $(UNIT_FAKE_SCRIPT)

$(UNIT)/test_stage_scripts: $(BUILD)/script-san/libscript.a

$(UNIT)/test_%: $(UNIT)/test_%.o $(UNIT_LIBRARY)
	$(CC) $(CFLAGS_SAN) $(filter %.o %script.a,$^) $(UNIT_LIBRARY) -lcmocka -lpthread -o $@

.SECONDARY: $(UNIT_NAMES:%=$(UNIT)/test_%.o)

# The two that are about several cores run a second time under the thread
# sanitizer, which does not go together with the others.
UNIT_TSAN := $(BUILD)/tests/unit-tsan
UNIT_PROGRAMS += $(UNIT_TSAN)/test_world $(UNIT_TSAN)/test_ring

$(UNIT_TSAN)/test_%: tests/unit/test_%.c $(BUILD)/engine-tsan/libengine.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_TSAN) $< $(BUILD)/engine-tsan/libengine.a -lcmocka -lpthread -o $@
