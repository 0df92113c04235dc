"""What is said of a firmware file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from companion.model import Check, Text, Verdict


class Kind(StrEnum):
    """The format of a file."""

    ESP_IDF = "esp-idf"
    MCUBOOT = "mcuboot"
    SUIT = "suit"


@dataclass(frozen=True)
class Fact:
    """One thing that a file says of itself. name: stable; label: English; value: from outside."""

    name: str
    label: str
    value: str


@dataclass(frozen=True)
class Image:
    """A file that was read. facts are what it says; checks are what was computed."""

    kind: Kind
    title: str
    facts: tuple[Fact, ...]
    checks: tuple[Check, ...]

    @property
    def is_sound(self) -> bool:
        """True if nothing failed; what could not be checked does not count."""
        return self.fault is None

    @property
    def fault(self) -> Check | None:
        """The first check that failed."""
        return next((check for check in self.checks if check.verdict is Verdict.FAILED), None)

    def says(self, name: str) -> str | None:
        """The value of its first fact of that name; None for none."""
        return next((fact.value for fact in self.facts if fact.name == name), None)


def passed(name: str, claim: Text, reason: Text | None = None) -> Check:
    """A check that held."""
    return Check(name, claim, reason or Text("Correct."), Verdict.PASSED)


def failed(name: str, claim: Text, reason: Text) -> Check:
    """A check that did not hold."""
    return Check(name, claim, reason, Verdict.FAILED)


def not_known(name: str, claim: Text, reason: Text) -> Check:
    """What could not be checked."""
    return Check(name, claim, reason, Verdict.NOT_KNOWN)


def text_of(octets: bytes) -> str:
    """The text before the first NUL; what is not UTF-8 is replaced."""
    return octets.partition(b"\0")[0].decode(errors="replace").strip()
