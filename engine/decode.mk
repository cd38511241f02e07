# SPDX-License-Identifier: GPL-2.0
# The instruction decoder.
ENGINE_DECODE := engine/arithmetic.c engine/decode.c engine/decode_plain.c engine/decode_operands.c engine/decode_address.c \
	engine/decode_maps_1byte.c engine/decode_maps_0f.c engine/decode_maps_0f38.c \
	engine/decode_maps_vex.c engine/decode_maps_evex.c engine/decode_maps_xop.c
