"""A PC/SC service of our own with two virtual readers, and tags to hold to them.

pcscd takes its socket from whoever starts it, so it meets no service of the system.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import socket
import subprocess
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from companion.nfc.reader import Readers
from tests.support.until import HANGS_AFTER, wait_until

PCSCD = shutil.which("pcscd", path="/usr/sbin:/usr/local/sbin:" + os.environ.get("PATH", ""))
DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
NEEDS = "needs root, for a network of its own, and: apt install pcscd vsmartcard-vpcd"
_SOCKET = 3  # SD_LISTEN_FDS_START
_NEW_NETWORK = 0x40000000  # CLONE_NEWNET
PORT = 0x8C7B


def is_there() -> bool:
    return PCSCD is not None and DRIVER.exists() and os.geteuid() == 0


class Service:
    """pcscd, from `start` to `stop`, any number of times.

    path: of its socket, the same in one process, for libpcsclite looks for it once
    The readers are in a network of their own, for they listen to everybody.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._folder = Path(tempfile.mkdtemp(prefix="companion-nfc-"))
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        Path(self._path).unlink(missing_ok=True)
        readers = self._folder / "readers"
        device = f"DEVICENAME /dev/null:{PORT:#x}\nLIBPATH {DRIVER}\nCHANNELID {PORT:#x}\n"
        readers.write_text(f'FRIENDLYNAME "Virtual reader"\n{device}')
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(self._path)
            listening.listen(8)
            # What systemd does for it: the socket as a descriptor of a known number.
            told = f"ip link set lo up; exec {_SOCKET}<&0 </dev/null; export LISTEN_PID=$$ LISTEN_FDS=1; "
            self._process = subprocess.Popen(
                ["unshare", "--net", "/bin/sh", "-c", f"{told}exec {PCSCD} -f -c {readers}"],
                stdin=listening.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(HANGS_AFTER)
            self._process = None
        Path(self._path).unlink(missing_ok=True)

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self._folder)

    def hold(self, tag: Card, *, reader: int = 0, answers: int = -1) -> Held:
        """Hold a tag to one of the two readers. answers: pull it away after so many, -1 for never.

        The service looks every 400 ms: a tag that is exchanged in between would be the one before to it.
        """
        assert self._process is not None
        with Readers() as readers:
            wait_until(lambda: all(not each.reader.endswith(f"0{reader}") for each in readers._held(0)))
        return Held(tag, self._connect(self._process.pid, PORT + reader), answers)

    def _connect(self, process: int, port: int) -> socket.socket:
        """A connection in the network of the service, once its reader listens. It takes one tag at a time."""
        found: list[socket.socket] = []

        def enter() -> None:
            # The network is the thread's, and so is that of the sockets that it makes.
            with Path(f"/proc/{process}/ns/net").open() as network:
                ctypes.CDLL(None).setns(network.fileno(), _NEW_NETWORK)
            with suppress(OSError):
                found.append(socket.create_connection(("127.0.0.1", port)))

        def is_connected() -> bool:
            entering = threading.Thread(target=enter)
            entering.start()
            entering.join()
            return bool(found)

        wait_until(is_connected)
        return found[0]


class Card(Protocol):
    """A tag that answers as a reader brings it: data and status word."""

    @property
    def atr(self) -> bytes: ...

    def __call__(self, command: bytes) -> bytes: ...


class Held:
    """A tag at a reader; `take_away` removes it. As a context manager it is removed at the end."""

    def __init__(self, tag: Card, link: socket.socket, answers: int) -> None:
        self._tag, self._link, self._left = tag, link, answers
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def __enter__(self) -> Held:
        return self

    def __exit__(self, *_: object) -> None:
        self.take_away()

    def take_away(self) -> None:
        with suppress(OSError):
            self._link.shutdown(socket.SHUT_RDWR)
        self._thread.join(HANGS_AFTER)

    def _serve(self) -> None:
        """Messages with two octets of length; those of one octet switch power, or ask for the ATR."""
        with self._link, suppress(OSError, EOFError):
            while True:
                message = self._exactly(int.from_bytes(self._exactly(2), "big"))
                if message == b"\x04":
                    self._send(self._tag.atr)
                elif len(message) > 1:
                    if self._left == 0:
                        return
                    self._left -= 1
                    self._send(self._tag(message))

    def _send(self, answer: bytes) -> None:
        self._link.sendall(len(answer).to_bytes(2, "big") + answer)

    def _exactly(self, length: int) -> bytes:
        octets = b""
        while len(octets) < length:
            # The virtual reader sends a message in two parts, and the second one only once the first was
            # acknowledged, which systems put off by 40 ms; no real reader has that.
            self._link.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            if not (more := self._link.recv(length - len(octets))):
                raise EOFError
            octets += more
        return octets
