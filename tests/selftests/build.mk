# SPDX-License-Identifier: GPL-2.0
# Programs of others that the long tests run in the embedded machine. They are
# fetched and built here; none is committed, and none is installed.
#
#	$(MACHINE)/stress.cpio   stress-ng, for `machine/start --with stress`

SELFTESTS := $(BUILD)/selftests

$(SELFTESTS)/stress.unpacked: tests/selftests/stress.packages machine/unpack
	@mkdir -p $(@D)
	machine/unpack $(SELFTESTS)/stress $<
	@touch $@

$(MACHINE)/stress.cpio: $(SELFTESTS)/stress.unpacked machine/image.py
	LD_LIBRARY_PATH=$(SELFTESTS)/stress/usr/lib/x86_64-linux-gnu:$(SELFTESTS)/stress/lib/x86_64-linux-gnu \
		machine/image.py $@ program=$(SELFTESTS)/stress/usr/bin/stress-ng:bin/stress-ng

CHECK_LONG_PROGRAMS += $(MACHINE)/stress.cpio
