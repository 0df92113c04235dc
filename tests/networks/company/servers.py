"""Real RADIUS servers with the files of `companion network radius`: hostapd's own, and FreeRADIUS."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from companion.identity import IssuingCa, RevokedCertificate
from companion.networks.company.document import as_pem
from companion.networks.company.radius_files import ServerFiles, radius_files
from companion.secret import Secret
from tests.networks.company.werk import WERK, pem_of, server_chain

SECRET = Secret("between-both")
START_SECONDS = 10.0


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def write(folder: Path, ca: IssuingCa, port: int, revoked: tuple[int, ...] = ()) -> None:
    """The administrator's folder, on a port of the test."""
    key, chain = server_chain()
    now = datetime.now(UTC)
    listed = ca.revocation_list([RevokedCertificate(each, now) for each in revoked], number=1)
    server = ServerFiles(
        "".join(as_pem(der) for der in chain).encode(), Secret(pem_of(key)), as_pem(WERK.anchors[0]).encode()
    )
    files = radius_files(str(folder), as_pem(ca.direct_root).encode(), crl_pem(listed), SECRET, server)
    (folder / "freeradius").mkdir(parents=True)
    for name, content in files.items():
        octets = content.reveal() if isinstance(content, Secret) else content
        (folder / name).write_bytes(octets.replace(b"1812", str(port).encode()))


def crl_pem(der: bytes) -> bytes:
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding

    return x509.load_der_x509_crl(der).public_bytes(Encoding.PEM)


def program(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/sbin")


@contextlib.contextmanager
def running(log: Path, started: str, *command: str) -> Iterator[None]:
    """The server, once it says `started`."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + START_SECONDS
        while started not in log.read_text(errors="replace"):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{command[0]}: {log.read_text(errors='replace')[-800:]}")
            time.sleep(0.02)
        yield
    finally:
        process.terminate()
        process.wait(10)


@contextlib.contextmanager
def hostapd(folder: Path) -> Iterator[None]:
    with running(folder / "log", "AP-ENABLED", program("hostapd") or "", str(folder / "hostapd.conf")):
        yield


@contextlib.contextmanager
def freeradius(folder: Path) -> Iterator[None]:
    words = ("-f", "-l", "stdout", "-d", str(folder / "freeradius"), "-n", "radiusd")
    with running(folder / "log", "Ready to process", program("freeradius") or "", *words):
        yield
