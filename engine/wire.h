/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The line: messages over a byte stream that may cut, garble or insert bytes.
 *
 * Both ends run the same state machine: frames with a start mark, kind,
 * session, sequence number, length and CRC-32; acknowledged, sent again on
 * request and on a timer; resynchronising on the next frame that is whole.
 * Nothing is lost, nothing comes twice, order is kept, within a session. The
 * debugger opens a session (SYN); an end that sees a new SYN forgets the old
 * session. The end that did not open one sends nothing until it is opened.
 *
 * No I/O here: bytes are pushed in and pulled out, time is handed in, so it
 * runs in host mode, in the debugger, and in tests alike. Not locked: the
 * caller serialises.
 */
#ifndef ENGINE_WIRE_H
#define ENGINE_WIRE_H

#include <hyperdbg/request.h>
#include <hyperdbg/types.h>

enum wire_role { WIRE_DEBUGGER, WIRE_DEBUGGEE };

struct wire; /* engine/wire.c */

/* Bytes of zeroed memory one end takes (it holds messages in both directions). */
size_t wire_size(void);
/* resend_after: in the unit of `now` below, how long to wait for an acknowledgement. */
struct wire *wire_init(void *memory, enum wire_role role, uint64_t resend_after);

/* Debugger: opens a new session; until wire_is_up() a SYN is repeated by wire_poll. `nonce` differs from session to session. */
void wire_open(struct wire *wire, uint32_t nonce);
/* An open session that answers. False again behind wire_close, or when the debuggee saw no life for a while (wire_poll decides). */
bool wire_is_up(const struct wire *wire);
/* True once behind each newly opened session (both roles). */
bool wire_take_opened(struct wire *wire);
void wire_close(struct wire *wire);

/* Room for a message of this size (with header)? Queues it: 0, -HD_E_LINE_DOWN, -HD_E_TOO_LARGE if there is no room now. */
bool wire_has_room(const struct wire *wire, size_t size);
int wire_send(struct wire *wire, const struct hd_message *message, const void *first, size_t first_size,
	      const void *second, size_t second_size);
/* All that was sent is acknowledged. */
bool wire_is_drained(const struct wire *wire);

/* Bytes that came from the other end. */
void wire_input(struct wire *wire, const uint8_t *bytes, size_t size);
/* Bytes to put on the line now, at most max; 0: nothing to send at the moment. */
size_t wire_output(struct wire *wire, uint8_t *bytes, size_t max);
/* Timers. Call now and then, and before wire_output. */
void wire_poll(struct wire *wire, uint64_t now);

/* The next whole message in order (header and payload behind it), or NULL; valid until the next wire_receive or wire_input. */
const struct hd_message *wire_receive(struct wire *wire);

/* Bytes that got through in the present session, both ways: a slow line moves, a dead one does not. */
uint64_t wire_progress(const struct wire *wire);
uint64_t wire_bad_frames(const struct wire *wire);
uint64_t wire_resent(const struct wire *wire);

#endif
