# SPDX-License-Identifier: GPL-2.0
"""The emulator's process, its private folder, and the end of both."""
import ctypes
import fcntl
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time

import image

FOLDER_PREFIX = "hyperdbg-machine-"
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

# Quiet: what the kernel logs is in dmesg; warnings and worse reach the console.
# The processors' TSCs agree (the emulator has one clock), but lack the flag that
# says so; without tsc=reliable the kernel falls back to the HPET, whose 32 bits
# wrap after 43 s: a longer halt would leave the guest's clock standing still.
# panic=-1 with -no-reboot ends the emulator at once when the guest panics.
KERNEL_ARGUMENTS = (
    "console=ttyS0 quiet loglevel=5 panic=-1 tsc=reliable msr.allow_writes=on "
    "sysrq_always_enabled=1 "
    "cryptomgr.notests initcall_blacklist=crypto_kdf108_init no_timer_check rdinit=/init"
)


def die_with_parent(number):
    """Have the kernel send a signal to this process when its parent dies."""
    LIBC.prctl(PR_SET_PDEATHSIG, number)


class SignalsHeld:
    """Holds back the signals that end us while something is made that must then be undone."""

    def __enter__(self):
        self.before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING_SIGNALS)

    def __exit__(self, *_):
        signal.pthread_sigmask(signal.SIG_SETMASK, self.before)


def prepare_child(parent):
    """In the emulator's process, before it becomes one."""
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    die_with_parent(signal.SIGKILL)
    if os.getppid() != parent:  # it died before we asked
        os._exit(1)


class Folder:
    """A private temporary folder that also a killed process does not leave for long.

    Its owner holds a lock in it; whoever makes the next one removes those
    whose lock nobody holds.
    """

    def __init__(self):
        base = tempfile.gettempdir()
        if len(base) > 60:  # a unix socket's path has 108 bytes
            base = "/tmp"
        self._sweep(base)
        self.path = tempfile.mkdtemp(prefix=FOLDER_PREFIX, dir=base)
        # Locked before it has the name that others look for.
        self.lock = open(self.file("lock.new"), "w", encoding="ascii")
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        os.rename(self.file("lock.new"), self.file("lock"))

    def file(self, name):
        return os.path.join(self.path, name)

    def remove(self):
        shutil.rmtree(self.path, ignore_errors=True)
        self.lock.close()

    @staticmethod
    def _sweep(base):
        for name in os.listdir(base):
            folder = os.path.join(base, name)
            if not name.startswith(FOLDER_PREFIX):
                continue
            try:
                if os.lstat(folder).st_uid != os.getuid():
                    continue
                with open(os.path.join(folder, "lock"), "r+", encoding="ascii") as lock:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(folder, ignore_errors=True)
            except OSError:
                continue  # in use, not yet complete, or gone already


class Emulator:
    """QEMU with the embedded machine in it."""

    def __init__(self, build, options):
        self.folder = Folder()
        self.process = None
        self.options = options
        self.machine = os.path.join(build, "machine")
        self.build = build
        self.line = self.folder.file("line")
        self.agent = self.folder.file("agent")
        self.monitor = self.folder.file("monitor")
        self.console = options.keep_console or self.folder.file("console")

    def _write_initramfs(self, path):
        """The base image, and behind it what may have been built since."""
        archive = image.Archive()
        guest = os.path.join(self.build, "guest")
        for name in sorted(os.listdir(guest)) if os.path.isdir(guest) else []:
            program = os.path.join(guest, name)
            if name.endswith(".ko"):
                archive.file(program, name)
            elif os.path.isfile(program) and os.access(program, os.X_OK):
                archive.file(program, "bin/" + name)
        module = os.path.join(self.build, "hyperdbg.ko")
        if os.path.exists(module):
            archive.file(module, "hyperdbg.ko")
        debugger = os.path.join(self.build, "hyperdbg")
        if os.path.exists(debugger):
            archive.program(debugger, "bin/hyperdbg")
        for entry in self.options.file:
            source, _, target = entry.partition(":")
            archive.file(source, target or os.path.basename(source))
        for entry in self.options.program:
            source, _, target = entry.partition(":")
            archive.program(source, target or "bin/" + os.path.basename(source))
        with open(path, "wb") as out:
            for name in ["base", *self.options.images]:
                with open(os.path.join(self.machine, name + ".cpio"), "rb") as part:
                    shutil.copyfileobj(part, out)
            archive.write(out)

    def _tsc_khz(self):
        """The rate of the guest's time stamp counter (tsc_rate.c says why it must be known)."""
        if self.options.icount:
            return 1000000  # an instruction takes a nanosecond
        rate = os.path.join(self.machine, "tsc-rate")
        return int(subprocess.run([rate], capture_output=True, check=True).stdout)

    def _command(self, initramfs):
        options = self.options
        kernel = os.path.join(self.machine, "kernel", "vmlinuz" if options.kaslr else "vmlinux")
        arguments = f"{KERNEL_ARGUMENTS} tsc_early_khz={self._tsc_khz()} {options.append}"
        command = ["qemu-system-x86_64", "-nodefaults", "-display", "none", "-no-reboot"]
        command += ["-machine", "pc", "-accel", "tcg,thread=" + ("single" if options.icount else "multi")]
        command += ["-cpu", options.cpu, "-smp", str(options.smp), "-m", str(options.mem)]
        command += ["-kernel", kernel, "-initrd", initramfs, "-append", arguments]
        command += ["-serial", "file:" + self.console]
        command += ["-chardev", f"socket,id=line,path={self.line},server=on,wait=off"]
        command += ["-serial", "chardev:line"]
        command += ["-chardev", f"socket,id=agent,path={self.agent},server=on,wait=off"]
        command += ["-device", "virtio-serial-pci"]
        command += ["-device", "virtserialport,chardev=agent,name=hyperdbg.agent"]
        command += ["-monitor", f"unix:{self.monitor},server=on,wait=off"]
        if options.icount:
            command += ["-icount", "shift=0,sleep=off"]
        for extra in options.qemu:
            command += extra.split()
        return command

    def start(self):
        initramfs = self.folder.file("initramfs")
        if not os.path.exists(initramfs):
            self._write_initramfs(initramfs)
        command = self._command(initramfs)
        parent = os.getpid()
        with SignalsHeld():
            self.process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=sys.stderr,
                start_new_session=True,
                preexec_fn=lambda: prepare_child(parent),
            )

    def running(self):
        return self.process is not None and self.process.poll() is None

    def wait_for_sockets(self, deadline):
        """The sockets exist soon after the start; False when they do not."""
        while self.running() and time.monotonic() < deadline:
            if all(is_socket(path) for path in (self.line, self.agent, self.monitor)):
                return True
            time.sleep(0.01)
        return False

    def console_tail(self, lines=60):
        try:
            with open(self.console, "r", encoding="utf-8", errors="replace") as file:
                return file.read().splitlines()[-lines:]
        except OSError:
            return []

    def _ask_monitor(self, commands):
        answer = b""
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as monitor:
            monitor.settimeout(1)
            monitor.connect(self.monitor)
            for command in commands:
                monitor.sendall(command.encode() + b"\n")
            try:
                while True:
                    more = monitor.recv(1 << 16)
                    if not more:
                        break
                    answer += more
            except TimeoutError:
                pass
        return answer.decode(errors="replace")

    def why_stuck(self):
        """What the processors of a guest that does not answer are at.

        The processors' registers; and what the guest's kernel, if it still
        takes keys, prints on its console about itself (SysRq 9, l, w).
        """
        try:
            registers = self._ask_monitor(["info registers -a"])
            for key in "9lw":
                self._ask_monitor([f"sendkey alt-sysrq-{key}"])
        except OSError as error:
            return [f"its monitor does not answer: {error}"]
        wanted = ("CPU#", "RIP=", "CR3=")
        lines = [line.strip() for line in registers.splitlines()]
        return [line for line in lines if any(word in line for word in wanted)]

    def _end_process(self):
        if self.running():
            self.process.kill()
        if self.process is not None:
            self.process.wait()

    def stop(self):
        """End the guest, so that start() can begin again with the same paths."""
        self._end_process()
        for path in (self.line, self.agent, self.monitor):
            if os.path.exists(path):
                os.unlink(path)

    def end(self):
        self._end_process()
        self.folder.remove()


def is_socket(path):
    try:
        return stat.S_ISSOCK(os.stat(path).st_mode)
    except OSError:
        return False
