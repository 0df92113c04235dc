"""What pages show, as plain data: ready to read, translated, free of the engine's types."""

from __future__ import annotations

from dataclasses import dataclass, field

from companion.secret import Secret
from ui import art
from ui.widgets import Level, Tone


@dataclass(frozen=True)
class NearbyView:
    """A device in range. `key` is whatever the caller wants back when the user picks it.

    maker: how it is made ready, where that is known and takes more than power
    """

    key: object
    name: str
    protocol: str
    rssi: int | None
    kind: str = "box"
    maker: MakerView | None = None


@dataclass(frozen=True)
class ReadView:
    """A code that was accepted: what it is, what comes next, and what is going on."""

    title: str
    sentence: str
    note: str = ""


@dataclass(frozen=True)
class ChannelView:
    """A secret that a device shows out of band while it is read.

    heading, lead: of the page; title, sentence: how it goes on, or what is in the way (is_trouble). share: of
    the secret that is read, 0 to 1. ring: middle and radius of its light as fractions of the picture's sides.
    level: how loud it is, 0 to 1; None: it is nothing that is heard
    """

    heading: str
    lead: str
    title: str
    sentence: str
    share: float = 0.0
    is_trouble: bool = False
    ring: tuple[float, float, float] | None = None
    level: float | None = None


@dataclass(frozen=True)
class MakerView:
    """How a manufacturer says that its device is made ready.

    host: where its page is, "" for none; address: of the page, in full; address_with_code: the same with the
    setup code in it, None where the page takes none
    """

    title: str
    sentence: str
    host: str = ""
    address: str = ""
    address_with_code: Secret | None = None


@dataclass(frozen=True)
class NoticeView:
    """A notice on a page."""

    tone: Tone
    title: str
    sentence: str
    icon: str = ""


@dataclass(frozen=True)
class FindingView:
    """One claim about how well the user is protected; `icon` "" takes the level's usual one."""

    level: Level
    claim: str
    sentence: str
    icon: str = ""


@dataclass(frozen=True)
class TaskView:
    """Something that can be done with a device that already has an owner."""

    key: str
    title: str
    hint: str
    icon: str


@dataclass(frozen=True)
class ConfirmationView:
    """The device of the code (or the chosen one) before anything is done to it.

    facts: label and value, such as ("Model", "LS-2"). verdict: the chip beside the findings' heading.
    signal: "−48 dBm, strong"; distance: "About a metre away"; notice: what should be read first.
    fabrics: names of those that it can join, () where there is no choice; fabric: the one that is preset
    """

    title: str
    lead: str
    kind: str = "box"
    scene: art.Scene = field(default_factory=art.Scene)
    rssi: int | None = None
    signal: str = ""
    distance: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    verdict: str = ""
    verdict_tone: Tone = Tone.GOOD
    findings: tuple[FindingView, ...] = ()
    notice: NoticeView | None = None
    can_identify: bool = False
    fabrics: tuple[str, ...] = ()
    fabric: int = 0


@dataclass(frozen=True)
class ComparisonView:
    """The number to compare, such as "482-913", and the device that shows it.

    beside: a virtual device, drawn with its own number beside the page
    """

    number: str
    device: str
    kind: str = "sensor"
    seconds: float = 120.0
    beside: bool = False
