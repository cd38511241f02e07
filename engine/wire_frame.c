// SPDX-License-Identifier: GPL-2.0
/* Frames on the line; engine/wire_frame.h has the format. */
#include "engine/wire_frame.h"

#define MARK_0 0xd5
#define MARK_1 0x2a

/* CRC-32 (reflected, 0xedb88320), four bits a step: small, and fast enough for a serial line. */
static uint32_t crc32(uint32_t crc, const uint8_t *bytes, size_t size)
{
	static const uint32_t table[16] = {
		0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
		0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
		0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
	};

	crc = ~crc;
	while (size--) {
		crc ^= *bytes++;
		crc = crc >> 4 ^ table[crc & 15];
		crc = crc >> 4 ^ table[crc & 15];
	}
	return ~crc;
}

static void put16(uint8_t *to, uint16_t value)
{
	to[0] = (uint8_t)value;
	to[1] = (uint8_t)(value >> 8);
}

static void put32(uint8_t *to, uint32_t value)
{
	put16(to, (uint16_t)value);
	put16(to + 2, (uint16_t)(value >> 16));
}

static uint16_t get16(const uint8_t *from)
{
	return (uint16_t)(from[0] | from[1] << 8);
}

static uint32_t get32(const uint8_t *from)
{
	return get16(from) | (uint32_t)get16(from + 2) << 16;
}

static uint32_t header_crc(const uint8_t *header)
{
	return crc32(0, header + 2, 12);
}

size_t frame_write(uint8_t *to, const struct frame *frame)
{
	uint32_t crc;

	to[0] = MARK_0;
	to[1] = MARK_1;
	to[2] = (uint8_t)frame->kind;
	to[3] = 0;
	put32(to + 4, frame->session);
	put16(to + 8, frame->sequence);
	put16(to + 10, frame->expected);
	put16(to + 12, frame->size);
	crc = header_crc(to);
	put32(to + 14, crc);
	if (!frame->size)
		return FRAME_HEADER;
	memcpy(to + FRAME_HEADER, frame->payload, frame->size);
	put32(to + FRAME_HEADER + frame->size, crc32(crc, frame->payload, frame->size));
	return FRAME_HEADER + (size_t)frame->size + 4;
}

enum verdict { VERDICT_MORE, VERDICT_NO_FRAME, VERDICT_DAMAGED, VERDICT_WHOLE };

/* What the held bytes are; *want is how many a verdict needs at least. */
static enum verdict examine(const struct frame_reader *reader, size_t *want)
{
	const uint8_t *bytes = reader->bytes;
	size_t size;

	if (reader->count >= 1 && bytes[0] != MARK_0)
		return VERDICT_NO_FRAME;
	if (reader->count >= 2 && bytes[1] != MARK_1)
		return VERDICT_NO_FRAME;
	*want = reader->count < 2 ? reader->count + 1 : FRAME_HEADER;
	if (reader->count < FRAME_HEADER)
		return VERDICT_MORE;
	size = get16(bytes + 12);
	if (get32(bytes + 14) != header_crc(bytes) || bytes[2] < FRAME_SYN || bytes[2] >= FRAME_KIND_END ||
	    size > FRAME_PAYLOAD)
		return VERDICT_DAMAGED;
	if (!size)
		return VERDICT_WHOLE;
	*want = FRAME_HEADER + size + 4;
	if (reader->count < *want)
		return VERDICT_MORE;
	if (crc32(header_crc(bytes), bytes + FRAME_HEADER, size) != get32(bytes + FRAME_HEADER + size))
		return VERDICT_DAMAGED;
	return VERDICT_WHOLE;
}

static void drop(struct frame_reader *reader, size_t size)
{
	reader->count -= size;
	reader->want = 0;
	memmove(reader->bytes, reader->bytes + size, reader->count);
}

/* Goes on at the next byte that may begin a frame. */
static void resynchronise(struct frame_reader *reader)
{
	size_t at = 1;

	while (at < reader->count && reader->bytes[at] != MARK_0)
		at++;
	drop(reader, at);
}

bool frame_is_partial(const struct frame_reader *reader)
{
	return reader->count > reader->taken;
}

void frame_give_up(struct frame_reader *reader)
{
	drop(reader, reader->taken);
	reader->taken = 0;
	if (!reader->count)
		return;
	reader->bad++;
	reader->in_garbage = true;
	resynchronise(reader);
}

/* Takes what a verdict still needs, or all there is. false: that is not enough. */
static bool fill(struct frame_reader *reader, const uint8_t **bytes, size_t *size)
{
	size_t more = reader->want - reader->count;

	if (more > *size)
		more = *size;
	if (!more)
		return false;
	memcpy(reader->bytes + reader->count, *bytes, more);
	reader->count += more;
	*bytes += more;
	*size -= more;
	return true;
}

bool frame_read(struct frame_reader *reader, const uint8_t **bytes, size_t *size, struct frame *frame)
{
	enum verdict verdict;

	drop(reader, reader->taken);
	reader->taken = 0;
	for (;;) {
		/* A line delivers byte by byte: the header is not looked at again for each. */
		verdict = reader->count < reader->want ? VERDICT_MORE : examine(reader, &reader->want);
		if (verdict == VERDICT_WHOLE)
			break;
		if (verdict == VERDICT_MORE) {
			if (!fill(reader, bytes, size))
				return false;
			continue;
		}
		reader->bad += verdict == VERDICT_DAMAGED || !reader->in_garbage;
		reader->in_garbage = true;
		resynchronise(reader);
	}

	reader->in_garbage = false;
	reader->taken = reader->want;
	frame->kind = reader->bytes[2];
	frame->session = get32(reader->bytes + 4);
	frame->sequence = get16(reader->bytes + 8);
	frame->expected = get16(reader->bytes + 10);
	frame->size = get16(reader->bytes + 12);
	frame->payload = reader->bytes + FRAME_HEADER;
	return true;
}
