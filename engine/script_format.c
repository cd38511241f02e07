// SPDX-License-Identifier: GPL-2.0
/*
 * printf's work. The compiler has already cut the format into pieces: a text
 * and one conversion each. Output is gathered here and handed to the host in
 * one go where it fits.
 */
#include "engine/script_vm.h"

struct out {
	struct script_vm *vm;
	size_t used;
	char text[256];
};

static void out_flush(struct out *out)
{
	if (out->used)
		out->vm->run->host->output(out->vm->run->self, out->text, out->used);
	out->used = 0;
}

static inline void out_char(struct out *out, char c)
{
	if (out->used == sizeof(out->text))
		out_flush(out);
	out->text[out->used++] = c;
}

static inline void out_text(struct out *out, const char *text, size_t length)
{
	if (length > sizeof(out->text) - out->used) {
		out_flush(out);
		if (length > sizeof(out->text)) {
			out->vm->run->host->output(out->vm->run->self, text, length);
			return;
		}
	}
	memcpy(out->text + out->used, text, length);
	out->used += length;
}

static void out_repeat(struct out *out, char c, unsigned int count)
{
	while (count--)
		out_char(out, c);
}

/* One conversion with its `*` arguments resolved. */
struct spec {
	unsigned int flags;
	unsigned int width;
	unsigned int precision; /* valid with HD_PIECE_PRECISION */
};

/* prefix (a sign, 0x), zeros up to the precision or the width, digits, all within the width. */
static void out_number(struct out *out, const struct spec *spec, const char *prefix, unsigned int prefix_length,
		       const char *digits, unsigned int count, unsigned int zeros)
{
	unsigned int total = prefix_length + zeros + count;
	unsigned int fill = spec->width > total ? spec->width - total : 0;

	if (fill && !(spec->flags & (HD_PIECE_LEFT | HD_PIECE_ZERO)))
		out_repeat(out, ' ', fill);
	out_text(out, prefix, prefix_length);
	if (fill && (spec->flags & (HD_PIECE_LEFT | HD_PIECE_ZERO)) == HD_PIECE_ZERO)
		out_repeat(out, '0', fill);
	out_repeat(out, '0', zeros);
	out_text(out, digits, count);
	if (fill && spec->flags & HD_PIECE_LEFT)
		out_repeat(out, ' ', fill);
}

/* Digits of `value` backwards from `end`; returns their first. */
static char *digits_before(char *end, uint64_t value, unsigned int base, bool upper)
{
	const char *set = upper ? "0123456789ABCDEF" : "0123456789abcdef";

	if (base == 10) {
		for (; value; value /= 10)
			*--end = (char)('0' + value % 10);
		return end;
	}
	for (unsigned int shift = base == 16 ? 4 : 3; value; value >>= shift)
		*--end = set[value & (base - 1)];
	return end;
}

static uint64_t truncate_to(uint64_t value, unsigned int bits, bool is_signed)
{
	unsigned int unused = 64 - bits;

	value <<= unused;
	return is_signed ? (uint64_t)((int64_t)value >> unused) : value >> unused;
}

static void out_integer(struct out *out, struct spec *spec, const struct hd_program_piece *piece, uint64_t value)
{
	char digits[24], prefix[2];
	char *end = digits + sizeof(digits);
	unsigned int base = 10, prefix_length = 0, zeros = 0, count;
	char *first;

	value = truncate_to(value, piece->bits, piece->conversion == HD_CONVERT_SIGNED);
	if (piece->conversion == HD_CONVERT_SIGNED) {
		if ((int64_t)value < 0) {
			prefix[prefix_length++] = '-';
			value = -value;
		} else if (spec->flags & (HD_PIECE_PLUS | HD_PIECE_SPACE)) {
			prefix[prefix_length++] = spec->flags & HD_PIECE_PLUS ? '+' : ' ';
		}
	} else if (piece->conversion == HD_CONVERT_OCTAL) {
		base = 8;
	} else if (piece->conversion != HD_CONVERT_UNSIGNED) {
		base = 16;
		if (spec->flags & HD_PIECE_ALTERNATE && value) {
			prefix[prefix_length++] = '0';
			prefix[prefix_length++] = piece->conversion == HD_CONVERT_HEX_UPPER ? 'X' : 'x';
		}
	}
	first = digits_before(end, value, base, piece->conversion == HD_CONVERT_HEX_UPPER);
	count = (unsigned int)(end - first);
	if (spec->flags & HD_PIECE_PRECISION) {
		spec->flags &= ~(unsigned int)HD_PIECE_ZERO;
		zeros = spec->precision > count ? spec->precision - count : 0;
	} else if (!count) {
		zeros = 1;
	}
	if (base == 8 && spec->flags & HD_PIECE_ALTERNATE && !zeros)
		zeros = 1;
	out_number(out, spec, prefix, prefix_length, first, count, zeros);
}

/*
 * %f: the exact decimal value, rounded half to even as glibc does. The number
 * is mantissa × 2^exponent; it is written in base 1e9, whole part and fraction in one array.
 */
#define LIMB 1000000000u
#define WHOLE_LIMBS 35u	   /* 2^1024 has 309 digits */
#define FRACTION_LIMBS 120u /* 2^-1074 has 1074 of them */

struct decimal {
	uint32_t limb[WHOLE_LIMBS + FRACTION_LIMBS]; /* most significant first; the point is behind WHOLE_LIMBS */
	unsigned int end;			     /* limbs in use */
};

static void decimal_from(struct decimal *number, uint64_t mantissa, int exponent)
{
	unsigned int start = WHOLE_LIMBS;

	memset(number, 0, sizeof(*number));
	number->end = WHOLE_LIMBS;
	for (; mantissa; mantissa /= LIMB)
		number->limb[--start] = (uint32_t)(mantissa % LIMB);
	for (; exponent > 0; exponent -= exponent < 29 ? exponent : 29) {
		uint64_t carry = 0;

		for (unsigned int i = WHOLE_LIMBS; i-- > start;) {
			carry += (uint64_t)number->limb[i] << (exponent < 29 ? exponent : 29);
			number->limb[i] = (uint32_t)(carry % LIMB);
			carry /= LIMB;
		}
		if (carry)
			number->limb[--start] = (uint32_t)carry;
	}
	/* 2^9 divides LIMB: nine halvings at a time stay exact. */
	for (; exponent < 0; exponent += exponent > -9 ? -exponent : 9) {
		unsigned int shift = exponent > -9 ? (unsigned int)-exponent : 9;
		uint32_t rest = 0;

		for (unsigned int i = start; i < number->end; i++) {
			uint32_t limb = number->limb[i];

			number->limb[i] = (limb >> shift) + rest;
			rest = (limb & ((1u << shift) - 1)) * (LIMB >> shift);
		}
		if (rest && number->end < HD_ARRAY_SIZE(number->limb))
			number->limb[number->end++] = rest;
	}
}

static const uint32_t powers_of_ten[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000, LIMB};

/* Cuts behind `precision` decimals, to nearest, ties to even. */
static void decimal_round(struct decimal *number, unsigned int precision)
{
	unsigned int at = WHOLE_LIMBS + precision / 9;
	uint32_t unit = powers_of_ten[9 - precision % 9];
	uint32_t rest, half = unit / 2;
	bool odd, beyond = false, up;

	if (precision % 9 == 0) {
		at--; /* the last kept digit is the last of the limb before */
		unit = 1;
		half = LIMB / 2;
		if (at + 1 >= number->end)
			return;
		rest = number->limb[at + 1];
		odd = number->limb[at] & 1;
		for (unsigned int i = at + 2; i < number->end; i++)
			beyond |= number->limb[i] != 0;
	} else {
		if (at >= number->end)
			return;
		rest = number->limb[at] % unit;
		odd = number->limb[at] / unit & 1;
		for (unsigned int i = at + 1; i < number->end; i++)
			beyond |= number->limb[i] != 0;
		number->limb[at] -= rest;
	}
	number->end = at + 1;
	up = rest > half || (rest == half && (beyond || odd));
	if (!up)
		return;
	number->limb[at] += unit;
	while (number->limb[at] >= LIMB && at > 0) {
		number->limb[at] -= LIMB;
		number->limb[--at]++;
	}
}

static void out_limb(char *text, uint32_t limb)
{
	for (unsigned int i = 9; i-- > 0; limb /= 10)
		text[i] = (char)('0' + limb % 10);
}

static void out_finite(struct out *out, struct spec *spec, const char *prefix, unsigned int prefix_length,
		       uint64_t mantissa, int exponent)
{
	struct decimal number;
	char digits[WHOLE_LIMBS * 9 + 1];
	unsigned int precision = spec->flags & HD_PIECE_PRECISION ? spec->precision : 6;
	unsigned int first = 0, point = precision || spec->flags & HD_PIECE_ALTERNATE ? 1 : 0, total, fill;

	decimal_from(&number, mantissa, exponent);
	decimal_round(&number, precision);
	for (unsigned int i = 0; i < WHOLE_LIMBS; i++)
		out_limb(digits + i * 9, number.limb[i]);
	while (first < WHOLE_LIMBS * 9 - 1 && digits[first] == '0')
		first++;
	total = prefix_length + WHOLE_LIMBS * 9 - first + point + precision;
	fill = spec->width > total ? spec->width - total : 0;
	if (!(spec->flags & (HD_PIECE_LEFT | HD_PIECE_ZERO)))
		out_repeat(out, ' ', fill);
	out_text(out, prefix, prefix_length);
	if ((spec->flags & (HD_PIECE_LEFT | HD_PIECE_ZERO)) == HD_PIECE_ZERO)
		out_repeat(out, '0', fill);
	out_text(out, digits + first, WHOLE_LIMBS * 9 - first);
	if (point)
		out_char(out, '.');
	for (unsigned int i = 0; i < precision; i++) {
		unsigned int at = WHOLE_LIMBS + i / 9;

		if (i % 9 == 0)
			out_limb(digits, at < number.end ? number.limb[at] : 0);
		out_char(out, digits[i % 9]);
	}
	if (spec->flags & HD_PIECE_LEFT)
		out_repeat(out, ' ', fill);
}

static void out_float(struct out *out, struct spec *spec, uint64_t bits)
{
	uint64_t mantissa = bits & 0xfffffffffffffull;
	unsigned int exponent = bits >> 52 & 0x7ff;
	char prefix[1];
	unsigned int prefix_length = 0;

	if (bits >> 63)
		prefix[prefix_length++] = '-';
	else if (spec->flags & (HD_PIECE_PLUS | HD_PIECE_SPACE))
		prefix[prefix_length++] = spec->flags & HD_PIECE_PLUS ? '+' : ' ';
	if (exponent == 0x7ff) {
		spec->flags &= ~(unsigned int)HD_PIECE_ZERO;
		out_number(out, spec, prefix, prefix_length, mantissa ? "nan" : "inf", 3, 0);
		return;
	}
	if (exponent)
		mantissa |= 1ull << 52;
	out_finite(out, spec, prefix, prefix_length, mantissa, (int)(exponent ? exponent : 1) - 1075);
}

/* A code point of the basic plane; halves of pairs become U+FFFD. */
static void out_utf8(struct out *out, uint32_t c)
{
	if (c >= 0xd800 && c < 0xe000)
		c = 0xfffd;
	if (c < 0x80) {
		out_char(out, (char)c);
	} else if (c < 0x800) {
		out_char(out, (char)(0xc0 | c >> 6));
		out_char(out, (char)(0x80 | (c & 0x3f)));
	} else {
		out_char(out, (char)(0xe0 | c >> 12));
		out_char(out, (char)(0x80 | (c >> 6 & 0x3f)));
		out_char(out, (char)(0x80 | (c & 0x3f)));
	}
}

/* The longest string that one conversion prints. */
#define MAX_PRINTED 4096u

/* Counts units up to the NUL or `limit`; then the caller prints so many. */
static int string_units(struct script_vm *vm, uint64_t address, unsigned int size, unsigned int limit,
			unsigned int *count)
{
	uint64_t value;

	for (*count = 0; *count < limit; (*count)++) {
		int error = script_pay(vm, 1);

		if (!error)
			error = script_load(vm, address + *count * size, size, &value);
		if (error)
			return error;
		if (!value)
			break;
	}
	return 0;
}

static int out_string(struct out *out, const struct spec *spec, uint64_t address, unsigned int size)
{
	unsigned int limit = MAX_PRINTED, count, fill;
	uint64_t value;
	int error;

	if (spec->flags & HD_PIECE_PRECISION && spec->precision < limit)
		limit = spec->precision;
	error = string_units(out->vm, address, size, limit, &count);
	if (error)
		return error;
	fill = spec->width > count ? spec->width - count : 0;
	if (!(spec->flags & HD_PIECE_LEFT))
		out_repeat(out, ' ', fill);
	for (unsigned int i = 0; i < count; i++) {
		error = script_load(out->vm, address + i * size, size, &value);
		if (error)
			return error;
		if (size == 1)
			out_char(out, (char)value);
		else
			out_utf8(out, (uint32_t)value);
	}
	if (spec->flags & HD_PIECE_LEFT)
		out_repeat(out, ' ', fill);
	return 0;
}

unsigned int script_piece_arguments(const struct hd_program_piece *piece)
{
	if (piece->conversion == HD_CONVERT_NONE)
		return 0;
	return 1u + !!(piece->flags & HD_PIECE_WIDTH_ARGUMENT) + !!(piece->flags & HD_PIECE_PRECISION_ARGUMENT);
}

/* A width or precision from an argument; more than a line's worth is cut. */
#define MAX_WIDTH 1024

static const uint64_t *spec_from(struct spec *spec, const struct hd_program_piece *piece, const uint64_t *arguments)
{
	spec->flags = piece->flags;
	spec->width = piece->width;
	spec->precision = piece->precision;
	if (piece->flags & HD_PIECE_WIDTH_ARGUMENT) {
		int32_t width = (int32_t)*arguments++;

		if (width < 0)
			spec->flags |= HD_PIECE_LEFT;
		if (width < -MAX_WIDTH || width > MAX_WIDTH)
			width = MAX_WIDTH;
		spec->width = (unsigned int)(width < 0 ? -width : width);
	}
	if (piece->flags & HD_PIECE_PRECISION_ARGUMENT) {
		int32_t precision = (int32_t)*arguments++;

		if (precision >= 0)
			spec->flags |= HD_PIECE_PRECISION;
		else
			spec->flags &= ~(unsigned int)HD_PIECE_PRECISION;
		spec->precision = precision > MAX_WIDTH ? MAX_WIDTH : (unsigned int)precision;
	}
	return arguments;
}

/* A number without flags, width or precision, the usual case: straight into the buffer. */
static void out_plain(struct out *out, unsigned int conversion, unsigned int bits, uint64_t value)
{
	char digits[24], *first;
	unsigned int count;

	if (sizeof(out->text) - out->used < 24)
		out_flush(out);
	value = truncate_to(value, bits, conversion == HD_CONVERT_SIGNED);
	if (conversion == HD_CONVERT_HEX) {
		count = value ? (67 - (unsigned int)__builtin_clzll(value)) / 4 : 1;
		for (unsigned int at = out->used + count; at-- > out->used; value >>= 4)
			out->text[at] = "0123456789abcdef"[value & 15];
		out->used += count;
		return;
	}
	if (conversion == HD_CONVERT_SIGNED && (int64_t)value < 0) {
		out->text[out->used++] = '-';
		value = -value;
	}
	first = digits_before(digits + sizeof(digits), value, 10, false);
	if (!value)
		*--first = '0';
	while (first < digits + sizeof(digits))
		out->text[out->used++] = *first++;
}

static bool is_plain(const struct hd_program_piece *piece)
{
	return !piece->flags && !piece->width &&
	       (piece->conversion == HD_CONVERT_HEX || piece->conversion == HD_CONVERT_SIGNED ||
		piece->conversion == HD_CONVERT_UNSIGNED);
}

static int out_piece(struct out *out, const struct hd_program_piece *piece, const uint64_t **arguments)
{
	struct spec spec;
	uint64_t value;
	char c;

	*arguments = spec_from(&spec, piece, *arguments);
	value = *(*arguments)++;
	switch (piece->conversion) {
	case HD_CONVERT_CHAR:
		c = (char)value;
		spec.flags &= ~(unsigned int)HD_PIECE_ZERO;
		out_number(out, &spec, "", 0, &c, 1, 0);
		return 0;
	case HD_CONVERT_STRING:
		return out_string(out, &spec, value, 1);
	case HD_CONVERT_WIDE_STRING:
		return out_string(out, &spec, value, 2);
	case HD_CONVERT_FLOAT:
		out_float(out, &spec, value);
		return 0;
	default:
		out_integer(out, &spec, piece, value);
		return 0;
	}
}

int script_print(struct script_vm *vm, unsigned int first, unsigned int count, const uint64_t *arguments)
{
	const struct hd_program_piece *piece =
		(const struct hd_program_piece *)(script_program_at(vm, vm->header->pieces.offset)) + first;
	const char *data = (const char *)script_program_at(vm, vm->header->data.offset);
	struct out out;
	int error = 0;

	out.vm = vm;
	out.used = 0;
	for (; count && !error; count--, piece++) {
		out_text(&out, data + piece->text, piece->text_length);
		if (is_plain(piece))
			out_plain(&out, piece->conversion, piece->bits, *arguments++);
		else if (piece->conversion != HD_CONVERT_NONE)
			error = out_piece(&out, piece, &arguments);
	}
	out_flush(&out);
	return error;
}
