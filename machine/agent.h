/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The channel between the host and the agent inside the embedded machine.
 *
 * The agent runs shell commands for `.guest`. It lives on a virtio-serial port
 * of its own, so it works whether or not our module is loaded, and it never
 * touches the debugger's serial line. On the host the channel is the unix
 * stream socket that machine/start names in its line `agent=PATH`; one client
 * at a time.
 *
 * Both directions carry frames: a header, then `length` bytes of payload.
 * Numbers are little-endian. The bytes of a frame may be anything.
 *
 *   host to guest
 *     HELLO  payload: 8 bytes of the client's choice. Must come first, behind
 *            AGENT_FLUSH_BYTES zero bytes (they end whatever frame an earlier
 *            client left half sent). Commands of an earlier client go on, but
 *            nothing more is sent of them.
 *     RUN    id, payload: a command for /bin/sh -c, no NUL. It starts at once,
 *            beside those that already run, with /dev/null as its input.
 *     KILL   id, payload: 4 bytes, a signal number. Goes to the command's whole
 *            process group. An id that does not run is ignored.
 *   guest to host
 *     HELLO  the 8 bytes sent back. Everything before it belongs to an earlier
 *            client; the client drops it, byte by byte if need be, until it has
 *            found the frame with its own 8 bytes.
 *     LINE   id, payload: one line of output, without its newline, standard
 *            output and standard error in the order in which they were written.
 *     EXIT   id, payload: 4 bytes, the exit status (0x80 + signal number when
 *            a signal ended it). Comes behind all that the command wrote.
 *            Processes that the command left behind may still send LINEs.
 *
 * The host chooses the ids; an id may be used again after its EXIT. While the
 * client does not read, the commands wait in their writes: no output is lost.
 * While the debuggee is halted the agent stands still like everything else
 * there; a RUN is carried out when it goes on.
 */
#ifndef MACHINE_AGENT_H
#define MACHINE_AGENT_H

#include <stddef.h>
#include <stdint.h>

#define AGENT_MAGIC 0x31544741u /* "AGT1" */
/* Longest payload; a longer command is refused by not being a frame. */
#define AGENT_MAX_PAYLOAD 8192u
/* Longest line sent in one frame; a longer one is continued in the next. */
#define AGENT_MAX_LINE	  4096u
#define AGENT_FLUSH_BYTES (AGENT_MAX_PAYLOAD + sizeof(struct agent_header))
/* The name of the virtio-serial port inside the guest. */
#define AGENT_PORT_NAME "hyperdbg.agent"

enum agent_type {
	AGENT_HELLO = 1,
	AGENT_RUN = 2,
	AGENT_KILL = 3,
	AGENT_LINE = 4,
	AGENT_EXIT = 5,
};

/* LINE: the line was longer than AGENT_MAX_LINE and goes on in the next LINE of this id. */
#define AGENT_LINE_CONTINUES 1u
/* LINE: the output ended here without a newline. */
#define AGENT_LINE_UNENDED 2u

struct agent_header {
	uint32_t magic;	 /* AGENT_MAGIC */
	uint16_t type;	 /* enum agent_type */
	uint16_t flags;	 /* AGENT_LINE_*, else 0 */
	uint32_t id;	 /* the command's, 0 for HELLO */
	uint32_t length; /* of the payload, AGENT_MAX_PAYLOAD at most */
	uint32_t crc;	 /* agent_crc() of the header with crc 0, then of the payload */
};

/* The usual CRC-32 (zlib's), started with 0 and continued with the last result. */
static inline uint32_t agent_crc(uint32_t crc, const void *data, size_t size)
{
	const uint8_t *byte = data;

	crc = ~crc;
	while (size--) {
		crc ^= *byte++;
		for (int bit = 0; bit < 8; bit++)
			crc = (crc >> 1) ^ (0xedb88320u & -(crc & 1));
	}
	return ~crc;
}

#endif
