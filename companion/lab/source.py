"""How a run learns its device's secret: from its label, or over a channel that is drawn, played or written.

What a virtual device shows goes through the same readers as what a camera, a microphone or an NFC reader
brings; only the light, the air and the coil are left out.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from companion.model import ShownBy
from companion.protocols import installed

if TYPE_CHECKING:
    from companion.model import SetupCode
    from companion.secret import Secret

CHIP_SECONDS = 0.04
"""As fast as a camera of 30 frames a second holds: a loop is 13 seconds of frames."""

_RATE = 16_000
_FRAME = (160, 120)


class Source(StrEnum):
    """Where a device's secret comes from, by its name in the file."""

    LABEL = "label"
    """The setup code on its label, where it has one."""

    LIGHT = "light"
    """A fresh secret that its LED blinks."""

    SOUND = "sound"
    """A fresh secret that it chirps."""

    NFC = "nfc"
    """Its setup code, on a tag."""


SHOWN: dict[Source, ShownBy] = {Source.LIGHT: ShownBy.LIGHT, Source.SOUND: ShownBy.SOUND}
"""Those by which a device shows a fresh secret."""


def is_possible_source(protocol: str, source: Source) -> bool:
    """Whether virtual devices of a protocol have it."""
    declaration = installed().protocols.get(protocol)
    if declaration is None or source is Source.LABEL:
        return source is Source.LABEL
    return bool(declaration.recognisers) if source is Source.NFC else declaration.shows_secrets


def read_shown(source: Source, secret: Secret) -> Secret:
    """The secret, read from what the device blinks or chirps. Blocks. Raises LightUnread and SoundUnread."""
    if source is Source.LIGHT:
        from companion.light.frame import Beacon
        from companion.scanner.light import drawn_light, read_light_frames

        return read_light_frames(drawn_light(Beacon(secret, CHIP_SECONDS), size=_FRAME))
    from companion.sound.recording import looped, read_samples

    return read_samples([looped(secret, 2, _RATE)], _RATE)


def read_tag(code: SetupCode) -> SetupCode:
    """The code, written to a tag and read from it. Raises TagError leaves and CodeMalformed."""
    from companion.nfc import apdu, content, tag
    from companion.nfc.virtual_tag import VirtualTag

    card = VirtualTag()
    apdu.run(tag.write(card.atr, content.message_of(code)), card.answer)
    found = content.read(apdu.run(tag.read(card.atr), card.answer))
    found.check()
    return found.codes[0]
