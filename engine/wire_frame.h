/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Frames on the line, and finding them again in a damaged stream; private to
 * the wire.
 *
 *	0  start mark, two bytes     8  sequence number (data)
 *	2  kind                     10  next sequence number expected by the sender
 *	3  0                        12  bytes of payload
 *	4  session                  14  CRC-32 of bytes 2 to 13
 *	18 payload, and if there is any, its CRC-32 (begun with the header's)
 *
 * The header has its own CRC, so that a garbled length is never waited for.
 */
#ifndef ENGINE_WIRE_FRAME_H
#define ENGINE_WIRE_FRAME_H

#include <hyperdbg/types.h>

#define FRAME_HEADER  18
#define FRAME_PAYLOAD 512
#define FRAME_MAX     (FRAME_HEADER + FRAME_PAYLOAD + 4)

enum frame_kind {
	FRAME_SYN = 1, /* debugger: session opens */
	FRAME_SYN_ACK,
	FRAME_DATA,
	FRAME_ACK,
	FRAME_NAK,  /* a gap was seen: send again from the expected one on */
	FRAME_PING, /* wants an ACK */
	FRAME_CLOSE,
	FRAME_RESET, /* "I know no such session" */
	FRAME_KIND_END
};

struct frame {
	enum frame_kind kind;
	uint32_t session;
	uint16_t sequence, expected;
	uint16_t size;
	const uint8_t *payload;
};

/* Writes at most FRAME_MAX bytes; returns how many. */
size_t frame_write(uint8_t *to, const struct frame *frame);

struct frame_reader {
	uint8_t bytes[FRAME_MAX];
	size_t count; /* bytes held, beginning where a frame may begin */
	size_t taken; /* of them, those of the frame returned last */
	size_t want;  /* with fewer bytes than this, there is nothing new to say about them */
	uint64_t bad; /* damaged frames, and runs of bytes that belong to none */
	bool in_garbage;
};

/*
 * Reads on from *bytes (moves both) until a whole frame is there: true, with
 * its payload valid until the next call. false: all was read.
 */
bool frame_read(struct frame_reader *reader, const uint8_t **bytes, size_t *size, struct frame *frame);
/* Part of a frame is held. */
bool frame_is_partial(const struct frame_reader *reader);
/* The rest of it will not come: looks for another beginning in what is held. Call frame_read behind it. */
void frame_give_up(struct frame_reader *reader);

#endif
