#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Write an initramfs: a cpio archive in the kernel's "newc" format.

    image.py OUT ENTRY...

Each ENTRY is one of
    dir=PATH             an empty folder
    link=PATH:TARGET     a symbolic link
    file=SOURCE:PATH     a file; keeps whether it may be executed
    program=SOURCE:PATH  a file and the shared libraries it needs (ldd's list)
    tree=SOURCE:PATH     a folder with all that is in it

Folders above an entry are made as needed. The archive depends on nothing but
the contents. Archives may be put one behind the other: the kernel unpacks all.
"""
import os
import stat
import subprocess
import sys


class Archive:
    """Entries are kept by path: a later one of the same path replaces it."""

    def __init__(self):
        self.entries = {}

    def _put(self, path, mode, data):
        path = path.strip("/")
        parent = os.path.dirname(path)
        if parent and parent not in self.entries:
            self.directory(parent)
        self.entries[path] = (mode, data)

    def directory(self, path):
        if path.strip("/") not in self.entries:
            self._put(path, stat.S_IFDIR | 0o755, b"")

    def link(self, path, target):
        self._put(path, stat.S_IFLNK | 0o777, target.encode())

    def file(self, source, path):
        with open(source, "rb") as file:
            data = file.read()
        executable = os.access(source, os.X_OK)
        self._put(path, stat.S_IFREG | (0o755 if executable else 0o644), data)

    def program(self, source, path):
        self.file(source, path)
        for library in shared_libraries(source):
            self.file(library, where_loaded(library))

    def tree(self, source, path):
        for folder, _, names in os.walk(source):
            inside = os.path.join(path, os.path.relpath(folder, source))
            self.directory(os.path.normpath(inside))
            for name in names:
                self.file(os.path.join(folder, name), os.path.normpath(os.path.join(inside, name)))

    def write(self, out):
        for number, path in enumerate(self.entries, 1):
            mode, data = self.entries[path]
            out.write(record(number, path, mode, data))
        out.write(record(0, "TRAILER!!!", 0, b""))


def record(number, path, mode, data):
    name = path.encode() + b"\0"
    fields = (number, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name), 0)
    head = b"070701" + b"".join(b"%08x" % field for field in fields) + name
    return pad(head) + pad(data)


def pad(data):
    return data + b"\0" * (-len(data) % 4)


def shared_libraries(program):
    """Paths of the libraries and the loader that a program needs; none for a static one."""
    result = subprocess.run(["ldd", program], capture_output=True, text=True, check=False)
    found = []
    for line in result.stdout.splitlines():
        words = line.split()
        if "=>" in words and "not" in words:
            raise ValueError(f"{program} needs {words[0]}, which is not installed")
        found += [word for word in words if "/" in word][-1:]
    return found


def where_loaded(library):
    """Where the guest's loader looks for a library; one that LD_LIBRARY_PATH gave may lie anywhere."""
    if library.startswith(("/lib", "/usr/lib")):
        return library
    return "/usr/lib/x86_64-linux-gnu/" + os.path.basename(library)


def add(archive, entry):
    kind, _, rest = entry.partition("=")
    first, _, second = rest.partition(":")
    if kind == "dir":
        archive.directory(first)
    elif kind in ("link", "file", "program", "tree") and second:
        getattr(archive, kind)(first, second)
    else:
        raise ValueError(f"'{entry}' is no entry of an image")


def main():
    archive = Archive()
    try:
        for entry in sys.argv[2:]:
            add(archive, entry)
        with open(sys.argv[1], "wb") as out:
            archive.write(out)
    except (OSError, ValueError) as error:
        sys.exit(f"err, {error}")


if __name__ == "__main__":
    main()
