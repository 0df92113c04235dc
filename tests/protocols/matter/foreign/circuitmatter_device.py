"""CircuitMatter in this process: its sockets are queues, so every datagram can be looked at, and lost."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import ModuleType

from companion.secret import Secret

ADDRESS = ("::1", 5540, 0, 0)


@dataclass
class Queues:
    """What the device takes for a socket module and its one socket."""

    AF_INET6 = SOCK_DGRAM = 0
    arriving: deque[bytes] = field(default_factory=deque)
    sent: deque[bytes] = field(default_factory=deque)

    def socket(self, *_: int) -> Queues:
        return self

    def bind(self, _: object) -> None: ...

    def setblocking(self, _: bool) -> None: ...

    def recvfrom_into(self, buffer: memoryview, _: int) -> tuple[int, object]:
        if not self.arriving:
            raise BlockingIOError
        data = self.arriving.popleft()
        buffer[: len(data)] = data
        return len(data), ADDRESS

    def sendto(self, data: bytes, _: object) -> None:
        self.sent.append(bytes(data))


class Device:
    """CircuitMatter in its factory state, and the link to it."""

    def __init__(self, package: ModuleType, folder: Path) -> None:
        self.queues = Queues()
        mdns = import_module("circuitmatter.utility.mdns").DummyMDNS()
        state = folder / "state.json"
        self.node = package.CircuitMatter(self.queues, mdns, state_filename=str(state))
        self.passcode = Secret(f"{self.node.nonvolatile['passcode']:08}")

    def answers_to(self, datagrams: list[bytes]) -> list[bytes]:
        self.queues.arriving.extend(datagrams)
        self.node.process_packets()
        answers = list(self.queues.sent)
        self.queues.sent.clear()
        return answers

    def link(self, data: bytes | None) -> bytes | None:
        """Send octets, or without any take what has arrived."""
        if data is not None:
            self.queues.arriving.append(data)
            return None
        self.node.process_packets()
        return self.queues.sent.popleft() if self.queues.sent else None


@contextmanager
def factory_new(folder: Path) -> Iterator[Device]:
    """A device of a package that was never imported before: its devices share state in their classes."""
    held = _taken_out()
    try:
        yield Device(import_module("circuitmatter"), folder)
    finally:
        _taken_out()
        sys.modules.update(held)


def _taken_out() -> dict[str, ModuleType]:
    names = [name for name in sys.modules if name.partition(".")[0] == "circuitmatter"]
    return {name: sys.modules.pop(name) for name in names}
