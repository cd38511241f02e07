// SPDX-License-Identifier: GPL-2.0
#include <hyperdbg/program.h>

#include "engine/script_float.h"

union pattern {
	uint64_t bits;
	uint32_t bits32;
	double d;
	float f;
};

static inline double as_double(uint64_t bits)
{
	return (union pattern){.bits = bits}.d;
}

static inline float as_float(uint64_t bits)
{
	return (union pattern){.bits = bits}.f;
}

static inline uint64_t from_double(double value)
{
	return (union pattern){.d = value}.bits;
}

static inline uint64_t from_float(float value)
{
	return (union pattern){.f = value}.bits32;
}

#define X(name, type, expression)                                  \
	uint64_t script_float_##name(uint64_t left, uint64_t right) \
	{                                                           \
		type x = as_##type(left), y = as_##type(right);     \
		return from_##type(expression);                     \
	}
SCRIPT_FLOAT_BINARY(X)
#undef X
#define X(name, expression)                                          \
	uint64_t script_float_##name(uint64_t left, uint64_t right)  \
	{                                                            \
		double x = as_double(left), y = as_double(right);    \
		return expression;                                   \
	}
SCRIPT_FLOAT_COMPARE(X)
#undef X

uint64_t script_float_binary(unsigned int op, uint64_t left, uint64_t right)
{
	switch (op) {
#define X(name, ...)         \
	case HD_OP_##name:   \
		return script_float_##name(left, right);
		SCRIPT_FLOAT_BINARY(X)
		SCRIPT_FLOAT_COMPARE(X)
#undef X
	default:
		return 0;
	}
}

/* What cvttsd2si gives for what does not fit; C leaves it open. */
#define INDEFINITE 0x8000000000000000ull

static uint64_t to_signed(double value)
{
	if (!(value >= -9223372036854775808.0 && value < 9223372036854775808.0))
		return INDEFINITE;
	return (uint64_t)(int64_t)value;
}

static uint64_t to_unsigned(double value)
{
	if (value >= 9223372036854775808.0 && value < 18446744073709551616.0)
		return (uint64_t)(int64_t)(value - 9223372036854775808.0) ^ INDEFINITE;
	return to_signed(value);
}

/* A float that does not fit becomes an infinity, as the processor rounds it. */
static float narrow(double value)
{
	return (float)value;
}

uint64_t script_float_convert(unsigned int op, uint64_t value)
{
	switch (op) {
	case HD_OP_F_FROM_S:
		return from_double((double)(int64_t)value);
	case HD_OP_F_FROM_U:
		return from_double((double)value);
	case HD_OP_S_FROM_F:
		return to_signed(as_double(value));
	case HD_OP_U_FROM_F:
		return to_unsigned(as_double(value));
	case HD_OP_F_FROM_F32:
		return from_double(as_float(value));
	case HD_OP_F32_FROM_F:
		return from_float(narrow(as_double(value)));
	case HD_OP_F32_FROM_S:
		return from_float((float)(int64_t)value);
	case HD_OP_F32_FROM_U:
		return from_float((float)value);
	default:
		return 0;
	}
}
