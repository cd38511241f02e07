# SPDX-License-Identifier: GPL-2.0
"""Starts and ends the debuggee without a processor."""
import os
import subprocess
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
DEBUGGER = os.path.join(ROOT, "build", "tests", "debugger", "hyperdbg")
FAKE = os.path.join(ROOT, "build", "tests", "debugger", "fake_debuggee")


class FakeDebuggee:
    """A running fake that listens at .path; `with` ends it. An end with an error raises AssertionError."""

    def __init__(self, *words, may_fail=False):
        self.may_fail = may_fail
        self.folder = tempfile.TemporaryDirectory(prefix="hyperdbg-test-")
        self.path = os.path.join(self.folder.name, "line")
        self.process = subprocess.Popen([FAKE, self.path, *words], stdout=subprocess.PIPE)

    def __enter__(self):
        # It says when it listens.
        if self.process.stdout.readline() != b"listening\n":
            raise AssertionError("the fake debuggee did not start")
        return self

    def __exit__(self, kind, *_):
        if kind:
            self.process.kill()
        try:
            status = self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        self.process.stdout.close()
        self.folder.cleanup()
        if status and not kind and not self.may_fail:
            raise AssertionError(f"the fake debuggee ended with status {status}")
