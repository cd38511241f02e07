# SPDX-License-Identifier: GPL-2.0
#
# The debugger, build/hyperdbg, and `make run`.
#
#   make run                 interactive on a terminal, else plays the tour
#   make run SCRIPT=FILE     plays FILE; with -s the transcript alone is on stdout
#   make run SMP=4 MEM=4096  another embedded machine

DEBUGGER_SRC := $(wildcard debugger/*.c)
DEBUGGER_OBJ := $(DEBUGGER_SRC:%.c=$(BUILD)/%.o)
DEBUGGER_LIBS := -ledit -lZydis -ldw -lelf

$(BUILD)/debugger/%.o: debugger/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_USER) -c $< -o $@

$(BUILD)/hyperdbg: $(DEBUGGER_OBJ) $(BUILD)/script/libscript.a $(BUILD)/engine/libengine.a
	$(CC) -o $@ $^ $(DEBUGGER_LIBS)

.PHONY: debugger
debugger: $(BUILD)/hyperdbg
all: debugger

.PHONY: run
run: debugger module machine
	@set -- --machine $(if $(SMP),--smp $(SMP)) $(if $(MEM),--mem $(MEM)); \
	if [ -n "$(SCRIPT)" ]; then set -- "$$@" -f "$(SCRIPT)"; \
	elif ! [ -t 0 ] || ! [ -t 1 ]; then set -- "$$@" -f examples/calling-stages.ds; fi; \
	exec $(BUILD)/hyperdbg "$$@"
