# SPDX-License-Identifier: GPL-2.0
# The script checker and interpreter; script_float.c alone uses SSE.
ENGINE_SCRIPT := engine/script_check.c engine/script_run.c engine/script_memory.c engine/script_builtins.c \
	engine/script_format.c engine/script_float.c engine/script_globals.c engine/script_machine.c
