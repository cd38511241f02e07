# SPDX-License-Identifier: GPL-2.0
# Programs of others that the long tests run in the embedded machine. They are
# fetched and built here; none is committed, and none is installed.
#
#	$(MACHINE)/stress.cpio      stress-ng, for `machine/start --with stress`
#	$(MACHINE)/selftests.cpio   Linux' x86 selftests, as /selftests/NAME_64 and _32

SELFTESTS := $(BUILD)/selftests

$(SELFTESTS)/stress.unpacked: tests/selftests/stress.packages machine/unpack
	@mkdir -p $(@D)
	machine/unpack $(SELFTESTS)/stress $<
	@touch $@

$(MACHINE)/stress.cpio: $(SELFTESTS)/stress.unpacked machine/image.py
	LD_LIBRARY_PATH=$(SELFTESTS)/stress/usr/lib/x86_64-linux-gnu:$(SELFTESTS)/stress/lib/x86_64-linux-gnu \
		machine/image.py $@ program=$(SELFTESTS)/stress/usr/bin/stress-ng:bin/stress-ng

$(SELFTESTS)/x86.built: tests/selftests/x86.packages tests/selftests/build machine/unpack
	@mkdir -p $(@D)
	machine/unpack $(SELFTESTS)/tree $<
	tests/selftests/build $(SELFTESTS)/tree $(SELFTESTS)/x86
	@touch $@

# All programs of 64 bits need the same libraries; those of 32 come with theirs.
$(MACHINE)/selftests.cpio: $(SELFTESTS)/x86.built tests/selftests/guest machine/image.py
	machine/image.py $@ tree=$(SELFTESTS)/x86:selftests file=tests/selftests/guest:selftests/run \
		program=$(SELFTESTS)/x86/amx_64:selftests/amx_64 \
		file=$(SELFTESTS)/tree/lib32/ld-linux.so.2:lib/ld-linux.so.2 \
		file=$(SELFTESTS)/tree/lib32/libc.so.6:lib32/libc.so.6 \
		file=$(SELFTESTS)/tree/lib32/libm.so.6:lib32/libm.so.6 \
		file=$(SELFTESTS)/tree/usr/lib32/libgcc_s.so.1:lib32/libgcc_s.so.1

CHECK_LONG_PROGRAMS += $(MACHINE)/stress.cpio $(MACHINE)/selftests.cpio
