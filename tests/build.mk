# SPDX-License-Identifier: GPL-2.0
# Tests.
#
#	make check         every suite of tests/suites.list
#	make check-unit    the unit tests alone
#	make check-long    also tests/suites-long.list
#	make check-mutants each rule of the contract broken, one at a time
#
# A folder adds what its suites need to CHECK_PROGRAMS (in its own build.mk, or
# in tests/FOLDER/build.mk) and a line to tests/suites.list; what only the
# suites of tests/suites-long.list need, to CHECK_LONG_PROGRAMS.

CHECK_PROGRAMS ?=
CHECK_LONG_PROGRAMS ?=
UNIT_PROGRAMS :=
include $(wildcard tests/*/build.mk)

.PHONY: check check-unit check-long
check: all $(UNIT_PROGRAMS) $(CHECK_PROGRAMS)
	tests/check tests/suites.list

check-unit: $(UNIT_PROGRAMS)
	tests/check --only unit/ tests/suites.list

check-long: all $(UNIT_PROGRAMS) $(CHECK_PROGRAMS) $(CHECK_LONG_PROGRAMS)
	tests/check tests/suites.list tests/suites-long.list
