#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Unpack the ELF kernel out of a bzImage: vmlinux.py VMLINUZ VMLINUX.

QEMU starts an ELF kernel that carries a PVH note directly. That skips the
kernel's own decompressor, which takes longer on an emulated processor than
the rest of the boot.
"""
import lzma
import shutil
import struct
import subprocess
import sys
import zlib

XZ = b"\xfd7zXZ\x00"
GZIP = b"\x1f\x8b\x08"
ZSTD = b"\x28\xb5\x2f\xfd"


def payload(image):
    """The compressed kernel inside a bzImage (the x86 boot protocol, 2.08 or newer)."""
    if image[0x202:0x206] != b"HdrS":
        raise ValueError("not a bzImage")
    setup_sectors = image[0x1F1] or 4
    offset, length = struct.unpack_from("<II", image, 0x248)
    start = (setup_sectors + 1) * 512 + offset
    return image[start : start + length]


def unpack(data):
    if data.startswith(XZ):
        return lzma.LZMADecompressor().decompress(data)
    if data.startswith(GZIP):
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data)
    if data.startswith(ZSTD):
        # Debian's from 6.12 on; Python knows it from 3.14 on only.
        if not shutil.which("zstd"):
            raise ValueError("the kernel is compressed by zstd; install the package of that name")
        # What follows the frame is the kernel's size, which zstd complains of.
        return subprocess.run(["zstd", "-dcq"], input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
    raise ValueError("the kernel is compressed in an unknown format")


def main():
    source, target = sys.argv[1:]
    try:
        with open(source, "rb") as file:
            kernel = unpack(payload(file.read()))
        if not kernel.startswith(b"\x7fELF"):
            raise ValueError("what was unpacked is no ELF file")
    except ValueError as error:
        sys.exit(f"err, {source}: {error}")
    with open(target, "wb") as file:
        file.write(kernel)


if __name__ == "__main__":
    main()
