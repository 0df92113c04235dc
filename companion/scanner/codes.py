"""What the texts of a picture or a frame are. A damaged or foreign code hides no good one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from companion.errors import CodeMalformed
from companion.model import SetupCode
from companion.protocols import recognise
from companion.scanner.files.loader import Draw, texts_in_file
from companion.scanner.reads import Read


@dataclass(frozen=True)
class Codes:
    """Every code that was recognised, and why the others were not, each in order of appearance."""

    codes: tuple[SetupCode, ...] = ()
    damaged: tuple[CodeMalformed, ...] = ()

    @property
    def ready(self) -> tuple[SetupCode, ...]:
        """Those that Companion commissions, each once."""
        ready = [code for code in self.codes if code.commissionable]
        return tuple({code.text: code for code in ready}.values())

    def usable(self) -> tuple[SetupCode, ...]:
        """The codes. Raises the first CodeMalformed where there is none."""
        if not self.codes and self.damaged:
            raise self.damaged[0]
        return self.codes


def recognised(text: str) -> SetupCode | CodeMalformed:
    """What a text is, or why it is none."""
    try:
        return recognise(text)
    except CodeMalformed as damaged:
        return damaged


def is_ready(read: Read) -> bool:
    """True if Companion commissions the code that was read: the search for another may end."""
    said = recognised(read.text)
    return isinstance(said, SetupCode) and said.commissionable


def codes_of(texts: Iterable[str]) -> Codes:
    """All of these texts recognised. Never raises."""
    said = [recognised(text) for text in texts]
    return Codes(
        tuple(each for each in said if isinstance(each, SetupCode)),
        tuple(each for each in said if isinstance(each, CodeMalformed)),
    )


def codes_in_file(path: Path, *, draw: Draw | None = None) -> Codes:
    """The codes in a file. Raises ImageRefused and CodeUnreadable like `texts_in_file`."""
    return codes_of(texts_in_file(path, draw=draw, enough=is_ready))
