"""The wire between an app and a device, in the hands of somebody who sees and changes every message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from companion.protocols.rp1.device import effects
from companion.protocols.rp1.device.effects import Effect
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.protocols.rp1.wire import fragment
from companion.virtual.gatt import Central
from tests.protocols.rp1.support.driver_bench import ListeningBench

UP, DOWN = "to the device", "to the app"
ROOM = 244

Hand = Callable[[str, int, bytes], list[bytes]]
"""What becomes of a message: (direction, its number from 1 in that direction, message) -> what goes on."""


def relay(way: str, number: int, message: bytes) -> list[bytes]:
    return [message]


@dataclass
class Wire:
    """GATT values in, whole messages through `hand`, GATT values out."""

    hand: Hand = relay
    seen: list[tuple[str, bytes]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Another link."""
        self._assembled = {UP: fragment.Reassembler(), DOWN: fragment.Reassembler()}
        self._count = {UP: 0, DOWN: 0}

    def values(self, way: str, value: bytes) -> list[bytes]:
        """What goes on for this value: nothing before a message is whole."""
        message = self._assembled[way].feed(value)
        if message is None:
            return []
        self.seen.append((way, message))
        self._count[way] += 1
        changed = self.hand(way, self._count[way], message)
        return [piece.data for one in changed for piece in fragment.split(one, ROOM)]


@dataclass
class TappedBench(ListeningBench):
    """A device on a bench behind such a wire. shown: what INFO is made to say."""

    wire: Wire = field(default_factory=Wire)
    info: Callable[[bytes], bytes] = lambda value: value

    def boot(self) -> None:
        super().boot()
        read = self.machine.read_info
        self.machine.read_info = lambda: self.info(read())  # type: ignore[method-assign]  # on the air

    def write(self, value: bytes) -> None:
        for changed in self.wire.values(UP, value):
            super().write(changed)

    def do(self, done: list[Effect]) -> None:
        passed: list[Effect] = []
        for effect in done:
            if isinstance(effect, effects.Notify):
                passed += [effects.Notify(value) for value in self.wire.values(DOWN, effect.value)]
            else:
                passed.append(effect)
        super().do(passed)

    def disconnect(self) -> None:
        super().disconnect()
        self.wire.reset()


class TappedDevice(VirtualRp1):
    """A device on the virtual air behind such a wire."""

    wire: Wire

    def on_connected(self, central: Central) -> None:
        self.wire.reset()
        super().on_connected(central)

    def _on_write(self, central: Central, value: bytes) -> None:
        for changed in self.wire.values(UP, value):
            super()._on_write(central, changed)

    def notify(self, uuid: str, value: bytes) -> None:
        for changed in self.wire.values(DOWN, value):
            super().notify(uuid, changed)


# --- hands -------------------------------------------------------------------------------------------


def at(way: str, number: int, change: Callable[[bytes], list[bytes]]) -> Hand:
    """Change one message, relay the others."""
    return lambda where, count, message: change(message) if (where, count) == (way, number) else [message]


def flipped(message: bytes) -> list[bytes]:
    """One bit in the last octet."""
    return [message[:-1] + bytes([message[-1] ^ 1])]


def twice(message: bytes) -> list[bytes]:
    return [message, message]


def dropped(message: bytes) -> list[bytes]:
    return []
