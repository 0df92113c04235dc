"""A network namespace with nothing but this computer in it, where the kernel allows one."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import struct
import subprocess
from collections.abc import Sequence

_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 0x1  # SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP of linux/if.h
_REQUEST = "16sh14x"


def command(words: Sequence[str]) -> list[str] | None:
    """The words, run in a namespace of their own; None where nobody may make one."""
    program = shutil.which("unshare")
    if program is None:
        return None
    ways = [[program, "--net"]] if os.geteuid() == 0 else [[program, "--net", "--map-root-user"]]
    for way in ways:
        if subprocess.run([*way, "true"], capture_output=True, check=False).returncode == 0:
            return [*way, *words]
    return None


def raise_loopback() -> None:
    """This computer reaches itself, as it does without any network. Raises OSError."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        asked = struct.pack(_REQUEST, b"lo", 0)
        name, flags = struct.unpack(_REQUEST, fcntl.ioctl(any_socket, _GET_FLAGS, asked))
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack(_REQUEST, name, flags | _UP))


def interfaces() -> list[str]:
    """The names of those that are here."""
    return sorted(name for _, name in socket.if_nameindex())
