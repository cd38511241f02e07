# SPDX-License-Identifier: GPL-2.0
# Scenarios: commands played in an embedded machine, and what they print.
#
#	make check-scenarios                 all but the long ones
#	make check-scenarios SCENARIO=s06*   those whose names match

SCENARIO ?= *

.PHONY: check-scenarios
check-scenarios: all $(MACHINE_READY)
	tests/scenarios/run -k '$(SCENARIO)'

CHECK_PROGRAMS += $(MACHINE_READY)
