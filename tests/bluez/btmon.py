"""The guest's btmon as a program of this machine: `python -m tests.bluez.btmon PORT --write FILE`.

This machine's kernel has no Bluetooth to watch. So btmon and the kernel that it watches are the guest's,
behind the shell on PORT, and what btmon writes there arrives in FILE here. A signal ends both.
"""

from __future__ import annotations

import signal
import socket
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

# Recorded until this side hangs up. The recording leaves through a pipe, and what btmon prints goes nowhere.
RECORD = "btmon {option} /proc/self/fd/3 3>&1 > /dev/null 2>&1 | cat & read -r _; kill $(pidof btmon)\n"


def install(folder: Path, port: int) -> None:
    """Put a `btmon` into `folder` that is the guest's."""
    program = folder / "btmon"
    program.write_text(f'#!/bin/sh\ncd "{ROOT}" && exec "{sys.executable}" -m {__name__} {port} "$@"\n')
    program.chmod(0o755)


def main(port: str, option: str, file: str) -> None:
    with socket.create_connection(("127.0.0.1", int(port))) as guest, Path(file).open("wb", 0) as recording:
        signal.signal(signal.SIGTERM, lambda *_: guest.shutdown(socket.SHUT_WR))
        guest.sendall(RECORD.format(option=option).encode())
        while part := guest.recv(65536):
            recording.write(part)


if __name__ == "__main__":
    main(*sys.argv[1:])
