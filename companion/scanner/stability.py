"""From the reads of single frames to one code that is acted on. No threads and no clock: it counts frames.

```
LOOKING ──read──► AGREEING ──read again──► ACCEPTED, once; LOOKING while the same code stays in view
                     │ ▲
   another ready code in view             a code that Companion does not commission: FOREIGN
                     ▼ │ gone             a damaged code: DAMAGED. The camera goes on in both.
                   CHOOSE
```
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum

from companion.errors import CodeMalformed
from companion.model import SetupCode
from companion.scanner.codes import recognised
from companion.scanner.decoders import LiveDecoder
from companion.scanner.reads import Frame, Quad, Read
from companion.secret import Secret

# A code is believed after this many frames that agree on it...
AGREEING_FRAMES = 2
# ...among this many, which is also how long a code counts as still in view.
MEMORY_FRAMES = 10


class ScanState(Enum):
    """What the frames so far amount to."""

    LOOKING = "looking"
    AGREEING = "agreeing"
    ACCEPTED = "accepted"
    CHOOSE = "choose"
    FOREIGN = "foreign"
    DAMAGED = "damaged"


@dataclass(frozen=True)
class ScanResult:
    """The verdict on the newest frame.

    codes: the accepted code (ACCEPTED), the codes to choose from (CHOOSE), the foreign codes (FOREIGN).
    problem: why a code is not taken (DAMAGED). reads and unread: of this frame, for the viewfinder.
    """

    state: ScanState
    codes: tuple[SetupCode, ...] = ()
    problem: CodeMalformed | None = None
    reads: tuple[Read, ...] = ()
    unread: tuple[Quad, ...] = field(default=(), repr=False)

    @property
    def code(self) -> SetupCode | None:
        """The accepted code, or None."""
        return self.codes[0] if self.state is ScanState.ACCEPTED else None


class Stability:
    """Takes the reads of one frame after the other."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget everything: the next code fires, even if it is the same as before."""
        self._said: dict[str, SetupCode | CodeMalformed] = {}
        self._frames: deque[frozenset[str]] = deque(maxlen=MEMORY_FRAMES)
        self._taken: set[Secret] = set()

    def take(self, code: SetupCode) -> None:
        """The user chose this code: it neither asks nor fires again."""
        self._taken.add(code.text)

    def see(self, reads: Iterable[Read]) -> ScanResult:
        """The verdict after one more frame with these reads."""
        reads = tuple(reads)
        self._frames.append(frozenset(read.text for read in reads))
        in_view = frozenset().union(*self._frames)
        self._said = {text: self._said.get(text) or recognised(text) for text in in_view}
        return replace(self._verdict(), reads=reads)

    def _verdict(self) -> ScanResult:
        now = self._frames[-1]
        ready = [text for text, code in self._codes() if code.commissionable and code.text not in self._taken]
        agreed = [text for text in ready if self._is_agreed(text)]
        if len(now.intersection(ready)) > 1 or len(agreed) > 1:
            return ScanResult(ScanState.CHOOSE, tuple(code for text, code in self._codes() if text in ready))
        if len(ready) == 1 and agreed and now.issuperset(agreed):
            codes = tuple(code for text, code in self._codes() if text in agreed)
            self._taken.update(code.text for code in codes)
            return ScanResult(ScanState.ACCEPTED, codes)
        if now.intersection(ready):
            return ScanResult(ScanState.AGREEING)
        return self._aside()

    def _aside(self) -> ScanResult:
        """What else is in view and worth a sentence."""
        foreign = [code for text, code in self._codes() if not code.commissionable and self._is_agreed(text)]
        if foreign:
            return ScanResult(ScanState.FOREIGN, tuple(foreign))
        for text, said in self._said.items():
            if isinstance(said, CodeMalformed) and self._is_agreed(text):
                return ScanResult(ScanState.DAMAGED, problem=said)
        return ScanResult(ScanState.LOOKING)

    def _codes(self) -> list[tuple[str, SetupCode]]:
        return [(text, said) for text, said in self._said.items() if isinstance(said, SetupCode)]

    def _count(self, text: str) -> int:
        return sum(text in frame for frame in self._frames)

    def _is_agreed(self, text: str) -> bool:
        return self._count(text) >= AGREEING_FRAMES


class FrameReader:
    """Frames in, verdicts out: a LiveDecoder and a Stability. Call it from one worker thread."""

    def __init__(self) -> None:
        self._decoder = LiveDecoder()
        self._stability = Stability()

    def see(self, frame: Frame) -> ScanResult:
        """The verdict after one more frame (grey, BGR or BGRA uint8). Raises ValueError for others."""
        scan = self._decoder.look(frame)
        return replace(self._stability.see(scan.reads), unread=scan.unread)

    def take(self, code: SetupCode) -> None:
        """The user chose this code: it neither asks nor fires again."""
        self._stability.take(code)

    def reset(self) -> None:
        """For a camera that was opened anew: the next code fires, even if it is the same as before."""
        self._decoder.reset()
        self._stability.reset()
