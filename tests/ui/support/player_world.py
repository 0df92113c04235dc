"""The devices, codes and runs of `tests.ui.support.player`, and what its user said for whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from companion.claims import Channel
from companion.errors import (
    CompanionError,
    LinkLostError,
    NetworkNotFound,
    NotAuthorised,
    OutcomeUnknown,
    WrongPassphrase,
)
from companion.model import (
    Advertisement,
    DeviceSettings,
    FoundDevice,
    Network,
    SetupCode,
    Text,
)
from companion.model import WifiSecurity as Security
from companion.questions import Question
from companion.secret import Secret
from ui.engine.commands import StartRun


def _code(protocol: str, text: str) -> SetupCode:
    return SetupCode(protocol, text, Text(text), Secret(text), protocol=protocol)


def _device(protocol: str, place: int, name: str, discriminator: int | None = None) -> FoundDevice:
    said = Advertisement(f"F0:00:00:00:00:{place:02}", name, -50)
    return FoundDevice(protocol, said, name, discriminator=discriminator)


# Twins say the same of themselves, and a code leads to either of them.
LUMEN, TWIN, PLUG = _device("rp1", 1, "Lumen", 7), _device("rp1", 2, "Lumen", 7), _device("rp1", 3, "Plug", 8)
BOARD, BOARD_TWIN = _device("espressif", 4, "PROV_1"), _device("espressif", 5, "PROV_1")
LAMP, LAMP_TWIN = _device("improv", 6, "Lamp"), _device("improv", 7, "Lamp")
DEVICES = (LUMEN, TWIN, PLUG, BOARD, BOARD_TWIN, LAMP, LAMP_TWIN)
CODES = (
    (_code("rp1", "label of Lumen"), (LUMEN, TWIN)),
    (_code("rp1", "label of Plug"), (PLUG,)),
    (_code("espressif", "label of PROV_1"), (BOARD, BOARD_TWIN)),
)
# The last one is what an attacker would like best.
METHODS = {"rp1": ("oob", "nc"), "espressif": ("security-2", "security-0"), "improv": ("improv",)}
CHANNELS = dict.fromkeys(("improv", "security-0"), Channel.CLEAR) | dict.fromkeys(
    ("oob", "nc", "security-2"), Channel.SEALED
)
SEEN = (Network(b"Hafen 12", Security.WPA2, -50), Network(b"Yard", Security.OPEN, -60))
ENDS: tuple[CompanionError | None, ...] = (
    None,
    NotAuthorised(),
    LinkLostError(),
    WrongPassphrase(ssid="net"),
    NetworkNotFound(ssid="net"),
    OutcomeUnknown(),
)


@dataclass(frozen=True)
class Target:
    """For whom an answer is: a device by its address, the code that led there, and how what is sent is
    protected.
    """

    code: str | None
    address: str
    method: str = ""


class Ledger:
    """What the user said on pages, by whom the page was about. A new one is begun where answers go."""

    def __init__(self) -> None:
        self.confirmed: set[Target] = set()
        self.given: dict[Target, set[Any]] = {}

    def for_device(self, who: Target) -> set[Any]:
        """What was given for a device, however it was to travel."""
        return set().union(
            *(told for target, told in self.given.items() if replace(target, method="") == who)
        )


def typed_in(answer: DeviceSettings) -> set[Any]:
    """All that the device would learn from the user's own hand."""
    told: set[Any] = {answer.name, answer.room}
    if answer.wifi is not None:
        told |= {answer.wifi.name, answer.wifi.passphrase.reveal_text() if answer.wifi.passphrase else ""}
    return {each for each in told if each.startswith(("name-", "room-", "net-", "pass-"))}


class Run:
    """What the engine does for one start."""

    def __init__(self, start: StartRun, ledger: Ledger) -> None:
        self.start = start
        self.ledger = ledger
        self.device = start.found
        self.method = ""
        self.stage = 0
        self.pending: Question[Any] | None = None
        self.cancelled = False
        self.over = False

    def who(self, device: FoundDevice | None = None) -> Target:
        return target_of(self.start.code, device or self.device)

    @property
    def target(self) -> Target:
        return replace(self.who(), method=self.method)


def target_of(code: SetupCode | None, device: FoundDevice | None) -> Target:
    assert device is not None
    return Target(code.title if code is not None else None, device.address)
