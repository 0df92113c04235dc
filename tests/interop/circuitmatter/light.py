"""`python -m tests.interop.circuitmatter.light FOLDER`: a light by CircuitMatter that waits on loopback.

The first line on standard output is its QR code, "MT:...". Every change of the light is a line "on" or "off".
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from circuitmatter import CircuitMatter  # type: ignore[import-untyped]  # has no types
from circuitmatter.device_types.lighting import on_off  # type: ignore[import-untyped]

from companion.lan import Lan, Service

VENDOR, PRODUCT = 0xFFF4, 0x1234
PAUSE = 0.002


class Loopback:
    """What it takes for the socket module: any port of loopback instead of the one that it wants."""

    AF_INET6, SOCK_DGRAM = socket.AF_INET6, socket.SOCK_DGRAM

    def __init__(self) -> None:
        self._socket = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        self._socket.bind(("::1", 0))
        self.port: int = self._socket.getsockname()[1]

    def socket(self, *_: int) -> Loopback:
        return self

    def bind(self, _: object) -> None: ...

    def __getattr__(self, name: str) -> Any:
        return getattr(self._socket, name)


class Announcements:
    """What it announces, for `Lan` to publish."""

    def __init__(self, port: int) -> None:
        self.wanted: list[Service] = []
        self._port = port

    def advertise_service(
        self,
        service_type: str,
        protocol: str,
        _: int,
        txt_records: Mapping[str, str] | None = None,
        subtypes: object = (),
        instance_name: str = "",
    ) -> None:
        texts = {key: value.encode() for key, value in (txt_records or {}).items()}
        kind = f"{service_type}.{protocol}"
        self.wanted.append(Service(kind, instance_name, self._port, ("::1",), "0000000000000001", texts))


class Lamp(on_off.OnOffLight):  # type: ignore[misc]  # CircuitMatter has no types
    """Says when it is switched."""

    def on(self) -> None:
        print("on", file=sys.__stdout__, flush=True)

    def off(self) -> None:
        print("off", file=sys.__stdout__, flush=True)


async def main(folder: Path) -> None:
    sockets = Loopback()
    announcements = Announcements(sockets.port)
    lan = Lan.loopback()
    with contextlib.redirect_stdout(io.StringIO()) as said:  # its QR code as a picture, among others
        device = CircuitMatter(sockets, announcements, state_filename=str(folder / "state.json"))
        device.add_device(Lamp("lamp"))
    print(next(word for word in said.getvalue().split() if word.startswith("MT:")), flush=True)
    while True:
        for service in announcements.wanted:
            await lan.publish(service)
        announcements.wanted.clear()
        with contextlib.redirect_stdout(sys.stderr):
            device.process_packets()
        await asyncio.sleep(PAUSE)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
