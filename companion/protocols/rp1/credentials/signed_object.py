"""What RP1 signs as COSE (section 10): a reader's error, and the abort code of each defect."""

from __future__ import annotations

from types import TracebackType

from companion.encoding import cbor, cose, es256
from companion.protocols.rp1.aborts import Abort


class BadSigned(ValueError):
    """A signed object that its reader does not take.

    code: MALFORMED (4) where it is none or its payload has another shape, an unknown key included;
          NOT_AUTHENTIC (9) for the rest
    """

    def __init__(self, why: str, code: Abort = Abort.NOT_AUTHENTIC) -> None:
        super().__init__(why)
        self.code = code


class refuse_as:
    """What a reader of signed payloads raises inside: `bad`, with the code of the defect."""

    def __init__(self, bad: type[BadSigned]) -> None:
        self._bad = bad

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(
        self, _: type[BaseException] | None, error: BaseException | None, __: TracebackType | None
    ) -> None:
        if isinstance(error, cose.CoseMalformed | cbor.MalformedCbor):
            raise self._bad(str(error), Abort.MALFORMED) from error
        if isinstance(error, cose.CoseInvalid | es256.BadPoint):
            raise self._bad(str(error)) from error
