# SPDX-License-Identifier: GPL-2.0
"""The host's side of the agent's channel; agent.h describes what is spoken."""
import os
import select
import socket
import struct
import time
import zlib

MAGIC = 0x31544741
MAX_PAYLOAD = 8192
HEADER = struct.Struct("<IHHIII")
HELLO, RUN, KILL, LINE, EXIT = 1, 2, 3, 4, 5
LINE_CONTINUES, LINE_UNENDED = 1, 2


def encode(kind, number=0, payload=b"", flags=0):
    bare = HEADER.pack(MAGIC, kind, flags, number, len(payload), 0)
    crc = zlib.crc32(payload, zlib.crc32(bare))
    return HEADER.pack(MAGIC, kind, flags, number, len(payload), crc) + payload


class Closed(Exception):
    """The emulator ended, or closed the channel."""


class Agent:
    """One connection. Only one may exist at a time."""

    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.connect(path)
        self.data = bytearray()
        self.next_id = 1

    def close(self):
        self.socket.close()

    def _receive(self, deadline):
        """Append what comes to self.data; False when the deadline passed."""
        wait = None if deadline is None else max(0, deadline - time.monotonic())
        if not select.select([self.socket], [], [], wait)[0]:
            return False
        try:
            more = self.socket.recv(1 << 16)
        except ConnectionError:
            more = b""
        if not more:
            raise Closed
        self.data += more
        return True

    def _send(self, data):
        try:
            self.socket.sendall(data)
        except ConnectionError:
            raise Closed from None

    def hello(self, deadline):
        """Wait for the agent's answer; False when the deadline passed without it."""
        mark = os.urandom(8)
        answer = encode(HELLO, 0, mark)
        self._send(bytes(MAX_PAYLOAD + HEADER.size) + answer)
        while answer not in self.data:
            if not self._receive(deadline):
                return False
        del self.data[: self.data.index(answer) + len(answer)]
        return True

    def frame(self, deadline=None):
        """The next frame as (kind, flags, id, payload); None when the deadline passed."""
        while True:
            if len(self.data) >= HEADER.size:
                magic, kind, flags, number, length, _ = HEADER.unpack_from(self.data)
                if magic != MAGIC or length > MAX_PAYLOAD:
                    raise ValueError("the agent's channel carries something that is no frame")
                end = HEADER.size + length
                if len(self.data) >= end:
                    payload = bytes(self.data[HEADER.size : end])
                    if encode(kind, number, payload, flags) != self.data[:end]:
                        raise ValueError("a frame of the agent's has a wrong checksum")
                    del self.data[:end]
                    return kind, flags, number, payload
            if not self._receive(deadline):
                return None

    def start(self, command):
        """Start a shell command in the guest; returns its id."""
        payload = command.encode()
        if len(payload) > MAX_PAYLOAD or b"\0" in payload:
            raise ValueError(f"a guest command has at most {MAX_PAYLOAD} bytes and no NUL")
        number = self.next_id
        self.next_id += 1
        self._send(encode(RUN, number, payload))
        return number

    def kill(self, number, signal):
        self._send(encode(KILL, number, struct.pack("<I", signal)))

    def run(self, command, write, deadline=None):
        """Run a command, giving its output to write(bytes); returns its status.

        None when the deadline passed first.
        """
        number = self.start(command)
        while True:
            frame = self.frame(deadline)
            if frame is None:
                return None
            kind, flags, owner, payload = frame
            if owner != number:
                continue
            if kind == LINE:
                write(payload if flags else payload + b"\n")
            elif kind == EXIT:
                return struct.unpack("<I", payload)[0]
