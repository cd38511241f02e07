#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Stands between the debugger and the machine's line, and damages what passes.

The scenario runner puts it where the debugger expects machine/start: it starts
that with the same arguments, and tells the debugger of a socket of its own
instead of the machine's line. GARBLE in the environment says what to do:

    seed=N flip=BYTES drop=BYTES insert=BYTES cut=BYTES

About once in so many bytes one byte is changed, up to 300 bytes are lost, up to 40
bytes of garbage come in between, or the line is cut: for two seconds nothing passes,
and all is lost. Where, depends on the seed alone. `log=FILE`
writes what passes, for the search of an error.
"""
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

KINDS = ("flip", "drop", "insert", "cut")
DROP_MOST = 300
INSERT_MOST = 40
CUT_SECONDS = 2


def read_settings(text):
    settings = {}
    for word in text.split():
        key, _, value = word.partition("=")
        if key not in KINDS + ("seed", "log"):
            sys.exit(f"garble: no such setting: {key}")
        settings[key] = value if key == "log" else int(value)
    return settings


class Damage:
    """One direction: the places of its damage lie in the stream, whatever the reads' sizes."""

    def __init__(self, settings, direction):
        self.random = random.Random(settings.get("seed", 0) * 2 + direction)
        self.every = {kind: settings[kind] for kind in KINDS if settings.get(kind)}
        self.position = 0
        self.losing = 0  # so many bytes more are lost
        self.cut_until = 0.0  # the clock's time
        self.due = {kind: self._distance(kind) for kind in self.every}

    def _distance(self, kind):
        return self.random.randrange(1, 2 * self.every[kind])

    def _byte(self, byte):
        """What becomes of one byte."""
        result = bytes([byte])
        for kind, at in self.due.items():
            if at != self.position:
                continue
            self.due[kind] = self.position + self._distance(kind)
            if kind == "flip":
                result = bytes([byte ^ self.random.randrange(1, 256)])
            elif kind == "drop":
                self.losing = self.random.randrange(1, DROP_MOST)
            elif kind == "cut":
                self.cut_until = time.monotonic() + CUT_SECONDS
            else:
                result += self.random.randbytes(self.random.randrange(1, INSERT_MOST))
        self.position += 1
        if self.losing:
            self.losing -= 1
            return b""
        return result

    def pass_on(self, data):
        if not self.every:
            return data
        if time.monotonic() < self.cut_until:
            return b""
        return b"".join(self._byte(byte) for byte in data)


def pump(source, target, damage, log, name):
    while True:
        try:
            data = source.recv(4096)
        except OSError:
            data = b""
        if not data:
            break
        if log:
            log.write(f"{time.monotonic():.3f} {name} {data.hex()}\n")
            log.flush()
        try:
            target.sendall(damage.pass_on(data))
        except OSError:
            break
    try:
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def serve(listener, line, settings):
    log = open(settings["log"], "w", encoding="ascii") if "log" in settings else None
    debugger, _ = listener.accept()
    machine = socket.socket(socket.AF_UNIX)
    machine.connect(line)
    for source, target, direction, name in ((debugger, machine, 0, ">"), (machine, debugger, 1, "<")):
        threading.Thread(
            target=pump, args=(source, target, Damage(settings, direction), log, name), daemon=True
        ).start()


def main():
    settings = read_settings(os.environ.get("GARBLE", ""))
    here = os.path.dirname(os.path.realpath(__file__))
    top = os.path.dirname(os.path.dirname(here))
    folder = tempfile.mkdtemp(prefix="hyperdbg-garble-")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(os.path.join(folder, "line"))
    listener.listen(1)
    # It ends when its standard input does, which is ours.
    start = subprocess.Popen(
        [os.path.join(top, "machine", "start"), "--build", os.path.join(top, "build")] + sys.argv[1:],
        stdout=subprocess.PIPE,
        text=True,
    )
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _: start.send_signal(number))
    try:
        for text in start.stdout:
            if text.startswith("line="):
                threading.Thread(
                    target=serve, args=(listener, text[5:].rstrip("\n"), settings), daemon=True
                ).start()
                text = f"line={os.path.join(folder, 'line')}\n"
            sys.stdout.write(text)
            sys.stdout.flush()
        return start.wait()
    except BrokenPipeError:
        return 1
    finally:
        start.wait()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
