"""What the user gave, and for whom: an answer is kept with its device, and only that device gets it.

`DeviceAnswers` can't be read without saying for whom, so an answer can't reach a device that it was not given
for. A `Suggestion` is what may be offered again: it fills fields in, and only its user sends it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from companion.claims import SessionFacts
from companion.model import DeviceSettings, FoundDevice, OwnedFabric, SetupCode, WifiCredentials
from companion.questions import ChooseNetwork, ConfirmDevice
from companion.secret import Secret


@dataclass(frozen=True)
class Subject:
    """A device as its run found it, with the code that led there.

    Two devices may share a name and a discriminator, so the address counts. One that changed its address
    is another subject: its user is asked once more, which costs a click and no secret.
    """

    code: SetupCode | None
    protocol: str
    address: str
    name: str
    discriminator: int | None
    ownership: str

    @classmethod
    def of(cls, code: SetupCode | None, found: FoundDevice) -> Subject:
        return cls(
            code, found.protocol, found.address, found.name, found.discriminator, found.ownership.value
        )


@dataclass(frozen=True)
class DeviceAnswers:
    """The user said that `subject` is the device, and perhaps what it shall get.

    session: over what kind of session that was going to be sent, as the page said
    doubted: the device could not use it, so it is shown again instead of being sent again
    fabric: which of several it joins, None for the usual one
    """

    subject: Subject
    fabric: OwnedFabric | None = None
    session: SessionFacts | None = None
    doubted: bool = False
    _settings: DeviceSettings | None = None

    def is_of(self, subject: Subject | None) -> bool:
        return self.subject == subject

    def settings(self, subject: Subject | None) -> DeviceSettings | None:
        """What this very device shall get; None for any other."""
        return self._settings if self.is_of(subject) else None

    def with_settings(self, settings: DeviceSettings, session: SessionFacts | None) -> DeviceAnswers:
        """With a new answer, to be sent over such a session."""
        return replace(self, session=session, doubted=False, _settings=settings)

    def doubt(self) -> DeviceAnswers:
        return replace(self, doubted=True)

    def confirmation(self, question: ConfirmDevice) -> bool | OwnedFabric | None:
        """That it is the device, and which fabric it joins; None where that one can't be chosen any more."""
        if self.fabric is None and not question.fabrics:
            return True
        wanted = self.fabric.id if self.fabric is not None else ""
        return next((each for each in question.fabrics if each.id == wanted), None)

    def answer(
        self, subject: Subject | None, question: ChooseNetwork, session: SessionFacts | None
    ) -> DeviceSettings | None:
        """The answer that was given before, where device, question and protection are the same."""
        given = self.settings(subject)
        if given is None or self.doubted or question.problem is not None or session != self.session:
            return None
        if question.needs_thread:
            return replace(given, wifi=None) if given.thread is not None else None
        if not question.needs_wifi:
            return replace(given, wifi=None)
        return given if given.wifi is not None else None


@dataclass(frozen=True)
class Suggestion:
    """Network and room for the next device. A name is one device's own, and never suggested.

    scanned: the network comes from a `WIFI:` code, not from the device before
    from_tag: it comes from an NFC tag
    thread: a Thread network's dataset that was scanned or pasted
    """

    wifi: WifiCredentials | None = None
    room: str = ""
    scanned: bool = False
    from_tag: bool = False
    thread: Secret | None = None
