// SPDX-License-Identifier: GPL-2.0
/*
 * The line; engine/wire.h has the contract, engine/wire_frame.h the frames.
 *
 * Each direction is a stream of bytes (messages one behind the other, each
 * with its size in its header), cut into numbered frames. Up to WINDOW of
 * them are under way. The receiver takes them in order only, acknowledges up to
 * the next one it expects, and asks once for a gap; then the sender goes back
 * to it. When nothing answers, one frame is sent again per period, as a probe:
 * its acknowledgement tells how much of the rest had arrived.
 *
 * An end that heard nothing for LIFE periods counts as down, but keeps its
 * place in the streams: if the other end speaks again, both go on.
 *
 * Times are those of wire_poll. Flags note what happened since the last poll,
 * which may have been long ago, so that a timer never starts in the past.
 */
#include <hyperdbg/error.h>

#include "engine/wire.h"
#include "engine/wire_frame.h"

#define WINDOW 16
/* Twice the largest message: one can be queued while another travels. A power of two. */
#define STREAM_BYTES (2 * HD_MESSAGE_MAX)
/* Periods of silence until the other end counts as gone, and until the debugger asks. */
#define LIFE	64
#define SILENCE 8
/* A line that is slower than we think is not to be filled with repetitions: each waits twice as long, to 8 times. */
#define DOUBLINGS 3

enum wire_state { WIRE_CLOSED, WIRE_OPENING, WIRE_OPEN };

/* Control frames that wait to be sent, a bit each, sent in the order of the bits. */
enum wire_due {
	DUE_RESET = 1 << 0,
	DUE_CLOSE = 1 << 1,
	DUE_SYN = 1 << 2,
	DUE_SYN_ACK = 1 << 3,
	DUE_NAK = 1 << 4,
	DUE_ACK = 1 << 5, /* these two only if no data carries the acknowledgement */
	DUE_PING = 1 << 6,
};

struct stream {
	uint64_t head, tail; /* positions, growing for ever */
	uint8_t bytes[STREAM_BYTES];
};

struct sent_frame {
	uint64_t at; /* position in the stream */
	uint16_t size;
	bool was_sent;
};

struct wire {
	enum wire_role role;
	enum wire_state state;
	uint32_t session;
	uint32_t other_session; /* that RESET or CLOSE name */
	uint32_t due;		/* enum wire_due bits */
	bool has_opened;	/* for wire_take_opened */

	uint64_t now, resend_after;
	unsigned int doublings; /* of resend_after, as long as nothing is acknowledged */
	uint64_t heard_at, input_at, spoke_at, timer_at, syn_at, nak_at;
	/* Since the last poll: */
	bool heard, has_input, spoke, timer_restarts;

	struct stream out_stream; /* tail: acknowledged */
	uint64_t framed;	  /* position up to which frames have been cut */
	uint16_t base, next;	  /* oldest unacknowledged frame, first one not cut yet */
	uint16_t cursor;	  /* the next to put on the line, base <= cursor <= next */
	bool probing;		  /* only the oldest, until an acknowledgement comes */
	struct sent_frame window[WINDOW];

	struct stream in_stream; /* tail: received by the caller */
	uint16_t expected;
	bool nak_was_sent; /* for `expected`, at nak_at */

	uint8_t out[FRAME_MAX]; /* the frame on its way, byte by byte */
	size_t out_size, out_done;
	bool out_is_data;

	struct frame_reader reader;
	uint64_t resent;
	/* The message given out last. */
	uint64_t message[HD_MESSAGE_MAX / sizeof(uint64_t)];
};

HD_STATIC_ASSERT((STREAM_BYTES & (STREAM_BYTES - 1)) == 0, "positions wrap by masking");

/* Streams. */

static size_t stream_used(const struct stream *stream)
{
	return (size_t)(stream->head - stream->tail);
}

static size_t stream_room(const struct stream *stream)
{
	return STREAM_BYTES - stream_used(stream);
}

static void stream_put(struct stream *stream, const void *from, size_t size)
{
	size_t at = (size_t)(stream->head & (STREAM_BYTES - 1));
	size_t straight = size < STREAM_BYTES - at ? size : STREAM_BYTES - at;

	if (straight)
		memcpy(stream->bytes + at, from, straight);
	if (size - straight)
		memcpy(stream->bytes, (const uint8_t *)from + straight, size - straight);
	stream->head += size;
}

static void stream_copy(const struct stream *stream, uint64_t position, void *to, size_t size)
{
	size_t at = (size_t)(position & (STREAM_BYTES - 1));
	size_t straight = size < STREAM_BYTES - at ? size : STREAM_BYTES - at;

	memcpy(to, stream->bytes + at, straight);
	if (size - straight)
		memcpy((uint8_t *)to + straight, stream->bytes, size - straight);
}

/* Sessions. */

size_t wire_size(void)
{
	return sizeof(struct wire);
}

struct wire *wire_init(void *memory, enum wire_role role, uint64_t resend_after)
{
	struct wire *wire = memory;

	wire->role = role;
	wire->resend_after = resend_after;
	return wire;
}

/* Both streams start anew. A frame that is half on the line is still completed; nobody will want it. */
static void start_session(struct wire *wire, uint32_t session, enum wire_state state)
{
	wire->session = session;
	wire->state = state;
	wire->due = 0;
	wire->has_opened = state == WIRE_OPEN;
	wire->heard = true;
	wire->spoke = true;
	wire->out_stream.head = wire->out_stream.tail = wire->framed = 0;
	wire->base = wire->next = wire->cursor = 0;
	wire->probing = false;
	wire->doublings = 0;
	wire->in_stream.head = wire->in_stream.tail = 0;
	wire->expected = 0;
	wire->nak_was_sent = false;
}

/* What has arrived can still be received; what was queued is dropped. */
static void end_session(struct wire *wire)
{
	wire->state = WIRE_CLOSED;
	wire->due &= DUE_RESET;
	wire->out_stream.tail = wire->framed = wire->out_stream.head;
	wire->base = wire->cursor = wire->next;
	wire->probing = false;
}

void wire_open(struct wire *wire, uint32_t nonce)
{
	start_session(wire, nonce, WIRE_OPENING);
	wire->due = DUE_SYN;
	wire->syn_at = wire->now;
}

static bool is_alive(const struct wire *wire)
{
	return wire->heard || wire->now - wire->heard_at < LIFE * wire->resend_after;
}

bool wire_is_up(const struct wire *wire)
{
	return wire->state == WIRE_OPEN && is_alive(wire);
}

bool wire_take_opened(struct wire *wire)
{
	bool opened = wire->has_opened;

	wire->has_opened = false;
	return opened;
}

void wire_close(struct wire *wire)
{
	bool was_open = wire->state == WIRE_OPEN;

	end_session(wire);
	wire->has_opened = false;
	if (was_open) {
		wire->other_session = wire->session;
		wire->due = DUE_CLOSE;
	}
}

/* Sending. */

bool wire_has_room(const struct wire *wire, size_t size)
{
	return size <= stream_room(&wire->out_stream);
}

int wire_send(struct wire *wire, const struct hd_message *message, const void *first, size_t first_size,
	      const void *second, size_t second_size)
{
	struct hd_message header = *message;
	size_t total;

	if (!wire_is_up(wire))
		return -HD_E_LINE_DOWN;
	if (first_size > HD_MESSAGE_MAX || second_size > HD_MESSAGE_MAX)
		return -HD_E_TOO_LARGE;
	total = sizeof(header) + first_size + second_size;
	if (total > HD_MESSAGE_MAX || !wire_has_room(wire, total))
		return -HD_E_TOO_LARGE;
	header.size = (uint32_t)(first_size + second_size);
	stream_put(&wire->out_stream, &header, sizeof(header));
	stream_put(&wire->out_stream, first, first_size);
	stream_put(&wire->out_stream, second, second_size);
	return 0;
}

bool wire_is_drained(const struct wire *wire)
{
	return !stream_used(&wire->out_stream);
}

static void put_frame(struct wire *wire, enum frame_kind kind, uint32_t session, uint16_t sequence,
		      const uint8_t *payload, uint16_t size)
{
	struct frame frame = {
		.kind = kind,
		.session = session,
		.sequence = sequence,
		.expected = wire->expected,
		.size = size,
		.payload = payload,
	};

	wire->out_size = frame_write(wire->out, &frame);
	wire->out_done = 0;
	wire->out_is_data = kind == FRAME_DATA;
}

/* Takes the lowest of these bits that is due. */
static uint32_t take_due(struct wire *wire, uint32_t which)
{
	uint32_t bit = wire->due & which;

	bit &= 0 - bit;
	wire->due &= ~bit;
	return bit;
}

static bool put_control(struct wire *wire, uint32_t which)
{
	switch (take_due(wire, which)) {
	case DUE_RESET:
		put_frame(wire, FRAME_RESET, wire->other_session, 0, NULL, 0);
		return true;
	case DUE_CLOSE:
		put_frame(wire, FRAME_CLOSE, wire->other_session, 0, NULL, 0);
		return true;
	case DUE_SYN:
		put_frame(wire, FRAME_SYN, wire->session, 0, NULL, 0);
		return true;
	case DUE_SYN_ACK:
		put_frame(wire, FRAME_SYN_ACK, wire->session, 0, NULL, 0);
		return true;
	case DUE_NAK:
		wire->due &= ~(uint32_t)DUE_ACK;
		put_frame(wire, FRAME_NAK, wire->session, 0, NULL, 0);
		return true;
	case DUE_ACK:
		put_frame(wire, FRAME_ACK, wire->session, 0, NULL, 0);
		return true;
	case DUE_PING:
		put_frame(wire, FRAME_PING, wire->session, 0, NULL, 0);
		return true;
	default:
		return false;
	}
}

/* Cuts another frame off the stream, if the window has room. */
static bool cut_frame(struct wire *wire)
{
	struct sent_frame *frame = &wire->window[wire->next % WINDOW];
	uint64_t left = wire->out_stream.head - wire->framed;

	if (!left || (uint16_t)(wire->next - wire->base) == WINDOW)
		return false;
	frame->at = wire->framed;
	frame->size = left < FRAME_PAYLOAD ? (uint16_t)left : FRAME_PAYLOAD;
	frame->was_sent = false;
	wire->framed += frame->size;
	wire->next++;
	return true;
}

static bool put_data(struct wire *wire)
{
	struct sent_frame *frame;
	uint8_t payload[FRAME_PAYLOAD];

	/* An end that may be gone gets answers only. */
	if (!wire_is_up(wire) || (wire->probing && wire->cursor != wire->base))
		return false;
	if (wire->cursor == wire->next && !cut_frame(wire))
		return false;
	frame = &wire->window[wire->cursor % WINDOW];
	stream_copy(&wire->out_stream, frame->at, payload, frame->size);
	put_frame(wire, FRAME_DATA, wire->session, wire->cursor, payload, frame->size);
	wire->resent += frame->was_sent;
	frame->was_sent = true;
	wire->cursor++;
	wire->due &= ~(uint32_t)DUE_ACK;
	return true;
}

size_t wire_output(struct wire *wire, uint8_t *bytes, size_t max)
{
	size_t done = 0, part;

	while (done < max) {
		if (wire->out_done == wire->out_size &&
		    !put_control(wire, DUE_RESET | DUE_CLOSE | DUE_SYN | DUE_SYN_ACK | DUE_NAK) &&
		    !put_data(wire) && !put_control(wire, DUE_ACK | DUE_PING))
			break;
		part = wire->out_size - wire->out_done;
		if (part > max - done)
			part = max - done;
		memcpy(bytes + done, wire->out + wire->out_done, part);
		wire->out_done += part;
		done += part;
		wire->spoke = true;
		/* The wait for an answer begins when the last byte is out. */
		if (wire->out_is_data && wire->out_done == wire->out_size)
			wire->timer_restarts = true;
	}
	return done;
}

/* Receiving. */

static void take_acknowledgement(struct wire *wire, uint16_t expected)
{
	uint16_t acknowledged = (uint16_t)(expected - wire->base);
	uint16_t before_cursor = (uint16_t)(wire->cursor - wire->base);

	/* An old one, or nonsense. */
	if (!acknowledged || acknowledged > (uint16_t)(wire->next - wire->base))
		return;
	wire->base = expected;
	if (before_cursor < acknowledged)
		wire->cursor = expected;
	wire->out_stream.tail =
		wire->base == wire->next ? wire->framed : wire->window[wire->base % WINDOW].at;
	wire->probing = false;
	wire->doublings = 0;
	wire->timer_restarts = true;
}

static void take_data(struct wire *wire, const struct frame *frame)
{
	uint16_t ahead = (uint16_t)(frame->sequence - wire->expected);

	if (!ahead) {
		/* No room: unacknowledged, so it comes again when the caller has received something. */
		if (frame->size > stream_room(&wire->in_stream))
			return;
		stream_put(&wire->in_stream, frame->payload, frame->size);
		wire->expected++;
		wire->nak_was_sent = false;
		wire->due |= DUE_ACK;
	} else if (ahead < WINDOW) {
		/* A gap: asked for once, and again only after a period. */
		if (wire->nak_was_sent && wire->now - wire->nak_at < wire->resend_after)
			return;
		wire->due |= DUE_NAK;
		wire->nak_was_sent = true;
		wire->nak_at = wire->now;
	} else {
		/* Had it already: the acknowledgement was lost. */
		wire->due |= DUE_ACK;
	}
}

static void take_session_frame(struct wire *wire, const struct frame *frame)
{
	switch (frame->kind) {
	case FRAME_DATA:
		take_acknowledgement(wire, frame->expected);
		take_data(wire, frame);
		break;
	case FRAME_ACK:
		take_acknowledgement(wire, frame->expected);
		break;
	case FRAME_NAK:
		take_acknowledgement(wire, frame->expected);
		if (frame->expected == wire->base) {
			wire->cursor = wire->base;
			wire->probing = false;
		}
		break;
	case FRAME_PING:
		take_acknowledgement(wire, frame->expected);
		wire->due |= DUE_ACK;
		break;
	case FRAME_CLOSE:
	case FRAME_RESET:
		end_session(wire);
		break;
	default:
		break;
	}
}

static void take_syn(struct wire *wire, uint32_t nonce)
{
	if (wire->role != WIRE_DEBUGGEE)
		return;
	/* The present session's SYN again: its answer was lost. */
	if (wire->state != WIRE_OPEN || wire->session != nonce)
		start_session(wire, nonce, WIRE_OPEN);
	wire->due |= DUE_SYN_ACK;
	wire->heard = true;
}

static void take_frame(struct wire *wire, const struct frame *frame)
{
	bool is_end = frame->kind == FRAME_CLOSE || frame->kind == FRAME_RESET;

	if (frame->kind == FRAME_SYN) {
		take_syn(wire, frame->session);
		return;
	}
	if (wire->state == WIRE_CLOSED && wire->role == WIRE_DEBUGGEE && !is_end) {
		/* A debugger of an earlier load of the module: it should open anew. */
		wire->other_session = frame->session;
		wire->due |= DUE_RESET;
		return;
	}
	if (wire->state == WIRE_CLOSED || frame->session != wire->session)
		return;
	if (wire->state == WIRE_OPENING) {
		/* Anything of the new session says that it is open, even if the SYN-ACK itself was lost. */
		if (is_end)
			return;
		wire->state = WIRE_OPEN;
		wire->has_opened = true;
		wire->due &= ~(uint32_t)DUE_SYN;
	}
	wire->heard = true;
	take_session_frame(wire, frame);
}

void wire_input(struct wire *wire, const uint8_t *bytes, size_t size)
{
	struct frame frame;

	wire->has_input |= size > 0;
	while (frame_read(&wire->reader, &bytes, &size, &frame))
		take_frame(wire, &frame);
}

const struct hd_message *wire_receive(struct wire *wire)
{
	struct stream *stream = &wire->in_stream;
	struct hd_message header;

	if (stream_used(stream) < sizeof(header))
		return NULL;
	stream_copy(stream, stream->tail, &header, sizeof(header));
	if (header.size > HD_MESSAGE_MAX - sizeof(header)) {
		/* No sender of ours writes that, so the place of the next message is unknown: end it here. */
		stream->tail = stream->head;
		if (wire->state == WIRE_OPEN) {
			wire->other_session = wire->session;
			end_session(wire);
			wire->due |= DUE_RESET;
		}
		return NULL;
	}
	if (stream_used(stream) < sizeof(header) + header.size)
		return NULL;
	stream_copy(stream, stream->tail, wire->message, sizeof(header) + header.size);
	stream->tail += sizeof(header) + header.size;
	return (const struct hd_message *)wire->message;
}

/* Timers. */

static void note_times(struct wire *wire)
{
	if (wire->heard)
		wire->heard_at = wire->now;
	if (wire->has_input)
		wire->input_at = wire->now;
	if (wire->spoke)
		wire->spoke_at = wire->now;
	if (wire->timer_restarts)
		wire->timer_at = wire->now;
	wire->heard = wire->has_input = wire->spoke = wire->timer_restarts = false;
}

/* Frames are out, none waits to be sent, and no answer came. */
static bool waits_for_acknowledgement(const struct wire *wire)
{
	return wire->base != wire->next && wire->out_done == wire->out_size &&
	       (wire->cursor == wire->next || (wire->probing && wire->cursor != wire->base));
}

void wire_poll(struct wire *wire, uint64_t now)
{
	wire->now = now;
	note_times(wire);
	if (frame_is_partial(&wire->reader) && now - wire->input_at >= wire->resend_after) {
		frame_give_up(&wire->reader);
		wire_input(wire, NULL, 0);
		wire->input_at = now;
	}
	if (wire->state == WIRE_OPENING && now - wire->syn_at >= wire->resend_after) {
		wire->due |= DUE_SYN;
		wire->syn_at = now;
	}
	if (wire->state != WIRE_OPEN)
		return;
	if (waits_for_acknowledgement(wire) && now - wire->timer_at >= wire->resend_after << wire->doublings) {
		wire->cursor = wire->base;
		wire->probing = true;
		wire->doublings += wire->doublings < DOUBLINGS;
	}
	if (wire->role == WIRE_DEBUGGER && now - wire->spoke_at >= SILENCE * wire->resend_after) {
		wire->due |= DUE_PING;
		wire->spoke_at = now;
	}
}

uint64_t wire_progress(const struct wire *wire)
{
	return wire->out_stream.tail + wire->in_stream.head;
}

uint64_t wire_bad_frames(const struct wire *wire)
{
	return wire->reader.bad;
}

uint64_t wire_resent(const struct wire *wire)
{
	return wire->resent;
}
