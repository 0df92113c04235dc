"""Readers for tags, over PC/SC: which there are, which tag is held to one, and what it is asked.

Alone imports pyscard, at its first use: it is an extra, and needs the system's service. Everything blocks, at
most for `POLL_SECONDS`, so it is called in a thread.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from types import ModuleType
from typing import Any, TypeVar

from companion.errors import (
    NfcUnavailable,
    ReaderMissing,
    ReaderServiceMissing,
    SeveralTags,
    TagError,
    TagLost,
    TagUnsupported,
)
from companion.nfc import apdu
from companion.nfc.apdu import Answer, Exchange, Transmit

POLL_SECONDS = 0.25
# A service that is not there is asked again after this long.
RETRY_SECONDS = 2.0
# Of all readers together: more are somebody's test farm.
MOST_READERS = 16
# By this name PC/SC reports readers that come and go (PC/SC part 6).
_POLL = round(POLL_SECONDS * 1000)
_HOT_PLUG = "\\\\?PnP?\\Notification"
Result = TypeVar("Result")


class ReaderState(Enum):
    """Whether tags can be read. READY: a reader waits for one."""

    NO_LIBRARY = "no-library"
    NO_SERVICE = "no-service"
    NO_READER = "no-reader"
    READY = "ready"
    SEVERAL_TAGS = "several-tags"


@dataclass(frozen=True)
class Tag:
    """A tag that is held to a reader. atr: what the reader says of it; turn: differs from tag to tag."""

    reader: str
    atr: bytes
    turn: int


@dataclass(frozen=True)
class Connection:
    """To one tag. transmit: raises TagLost; close: lets others at it.

    It is not reset then: a reader whose tag was taken away meanwhile may find no other one after that.
    """

    transmit: Transmit
    close: Callable[[], object]


class Readers:
    """All readers of this computer, while the context is open.

    `with Readers() as readers: for tag in readers.tags(stop): message = readers.do(tag, read(tag.atr))`
    """

    def __init__(self) -> None:
        self._scard: ModuleType | None = None
        self._context: Any = None
        self.state = ReaderState.NO_READER
        self.names: tuple[str, ...] = ()
        # What was reported last: the state of each reader, and the tags.
        self._states: dict[str, int] = {}
        self._tags: frozenset[Tag] = frozenset()

    def __enter__(self) -> Readers:
        return self

    def __exit__(self, *_: object) -> None:
        self._release()

    def refresh(self) -> ReaderState:
        """Look which readers there are, and whether several have a tag. Raises nothing."""
        try:
            held = self._held(0)
        except NfcUnavailable:
            self.state = ReaderState.NO_LIBRARY
        except ReaderServiceMissing:
            self.state = ReaderState.NO_SERVICE
        else:
            self.state = self._state_of(held)
        return self.state

    def check(self) -> None:
        """Raise NfcUnavailable, ReaderServiceMissing, ReaderMissing or SeveralTags where that is so."""
        _raise(self.refresh())

    def tags(
        self,
        stop: Callable[[], bool],
        *,
        on_state: Callable[[ReaderState], None] | None = None,
    ) -> Iterator[Tag]:
        """Each tag that is held to a reader, once, until `stop`. Readers and the service may come and go.

        on_state: gets the state whenever it is another one
        While several tags are held none of them is yielded. Raises nothing.
        """
        told: ReaderState | None = None
        seen: frozenset[Tag] = frozenset()
        while not stop():
            held: frozenset[Tag] = frozenset()
            try:
                held = self._held(_POLL)
                self.state = self._state_of(held)
            except NfcUnavailable:
                self.state = ReaderState.NO_LIBRARY
            except ReaderServiceMissing:
                self.state = ReaderState.NO_SERVICE
            if self.state is not told and on_state is not None:
                on_state(self.state)
            told = self.state
            if told in (ReaderState.NO_LIBRARY, ReaderState.NO_SERVICE):
                _pause(stop)
            elif len(held) == 1 and held != seen and len(seen) < 2:
                yield from held
            seen = held

    def next_tag(self, stop: Callable[[], bool], *, seconds: float) -> Tag:
        """The next tag. Raises NfcUnavailable, ReaderServiceMissing, ReaderMissing and SeveralTags as soon as
        that is so, and TagLost where none comes in time or it was given up.
        """
        deadline = time.monotonic() + seconds
        self.check()

        def is_over() -> bool:
            _raise(self.state)
            return stop() or time.monotonic() > deadline

        for tag in self.tags(is_over):
            return tag
        raise TagLost("no tag was held to the reader")

    def wait_until_gone(self, tag: Tag, stop: Callable[[], bool]) -> None:
        """Until the tag is taken away, the reader is, or `stop`."""
        with suppress(TagError):
            while not stop() and tag in self._held(_POLL):
                pass

    def do(self, tag: Tag, exchange: Exchange[Result]) -> Result:
        """Do an exchange with a tag. Raises what it raises, and TagLost where the tag is taken away."""
        with self._connected(tag) as transmit:
            return apdu.run(exchange, transmit)

    def connect(self, tag: Tag) -> Connection:
        """For many exchanges, between which nobody else gets at the tag. Raises TagLost, TagUnsupported.

        No transaction is begun: Windows resets a tag that is silent in one for five seconds.
        """
        scard, _ = self._open()
        card, transmit = self._card(tag, scard.SCARD_SHARE_EXCLUSIVE)
        return Connection(transmit, lambda: scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD))

    # --- inside ------------------------------------------------------------------------------------

    def _state_of(self, held: frozenset[Tag]) -> ReaderState:
        if not self.names:
            return ReaderState.NO_READER
        return ReaderState.SEVERAL_TAGS if len(held) > 1 else ReaderState.READY

    def _held(self, milliseconds: int) -> frozenset[Tag]:
        """The tags that are held now, after a wait for a change since the last call.

        Raises NfcUnavailable, ReaderServiceMissing.
        """
        scard, context = self._open()
        self.names = self._list()
        wanted = [(name, self._states.get(name, scard.SCARD_STATE_UNAWARE)) for name in self.names]
        watched = [*wanted, (_HOT_PLUG, 0)] if _can_watch() else wanted
        if not watched:
            time.sleep(milliseconds / 1000)
            return frozenset()
        status, states = scard.SCardGetStatusChange(context, milliseconds, watched)
        if status == scard.SCARD_S_SUCCESS:
            seen = [each for each in states if each[0] != _HOT_PLUG]
            self._states = {name: state & ~scard.SCARD_STATE_CHANGED for name, state, _ in seen}
            self._tags = frozenset(
                Tag(name, bytes(atr), state >> 16)
                for name, state, atr in seen
                if state & scard.SCARD_STATE_PRESENT and atr
            )
        elif status != scard.SCARD_E_TIMEOUT:
            self._failed(status)
        return frozenset(tag for tag in self._tags if tag.reader in self.names)

    def _list(self) -> tuple[str, ...]:
        scard, context = self._open()
        status, names = scard.SCardListReaders(context, [])
        if status == scard.SCARD_E_NO_READERS_AVAILABLE:
            return ()
        if status != scard.SCARD_S_SUCCESS:
            self._failed(status)
            return ()
        return tuple(names[:MOST_READERS])

    def _open(self) -> tuple[ModuleType, Any]:
        if self._scard is None:
            try:
                from smartcard import scard
            except ImportError as absent:
                raise NfcUnavailable(type(absent).__name__) from None
            self._scard = scard
        if self._context is None:
            status, context = self._scard.SCardEstablishContext(self._scard.SCARD_SCOPE_USER)
            if status != self._scard.SCARD_S_SUCCESS:
                self._failed(status)
            else:
                self._context = context
        return self._scard, self._context

    def _failed(self, status: int) -> None:
        """Begin anew at the next call. Raises ReaderServiceMissing where there is no service."""
        self._release()
        # On Windows the service ends with the last reader, and so does not mean that it is missing.
        if sys.platform != "win32":
            raise ReaderServiceMissing(f"{status & 0xFFFFFFFF:08x}")
        self.names = ()

    def _release(self) -> None:
        if self._scard is not None and self._context is not None:
            self._scard.SCardReleaseContext(self._context)
        self._context = None
        self._states, self._tags = {}, frozenset()

    @contextmanager
    def _connected(self, tag: Tag) -> Iterator[Transmit]:
        scard, _ = self._open()
        card, transmit = self._card(tag, scard.SCARD_SHARE_SHARED)
        try:
            # Nobody else may change the tag between two commands; it ends with the connection.
            scard.SCardBeginTransaction(card)
            yield transmit
        finally:
            scard.SCardEndTransaction(card, scard.SCARD_LEAVE_CARD)
            scard.SCardDisconnect(card, scard.SCARD_LEAVE_CARD)

    def _card(self, tag: Tag, share: int) -> tuple[Any, Transmit]:
        scard, context = self._open()
        protocols = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
        status, card, protocol = scard.SCardConnect(context, tag.reader, share, protocols)
        if status == scard.SCARD_E_SHARING_VIOLATION:
            raise TagUnsupported("another program uses the tag")
        if status != scard.SCARD_S_SUCCESS:
            raise TagLost(f"{status & 0xFFFFFFFF:08x}")

        def transmit(command: bytes) -> Answer:
            status, answer = scard.SCardTransmit(card, protocol, list(command))
            if status != scard.SCARD_S_SUCCESS or len(answer) < 2:
                raise TagLost(f"{status & 0xFFFFFFFF:08x}")
            return Answer(bytes(answer[:-2]), answer[-2] << 8 | answer[-1])

        return card, transmit


_FAILURES: dict[ReaderState, type[TagError]] = {
    ReaderState.NO_LIBRARY: NfcUnavailable,
    ReaderState.NO_SERVICE: ReaderServiceMissing,
    ReaderState.NO_READER: ReaderMissing,
    ReaderState.SEVERAL_TAGS: SeveralTags,
}


def _raise(state: ReaderState) -> None:
    if state in _FAILURES:
        raise _FAILURES[state]()


def _can_watch() -> bool:
    """macOS knows no such name; there a reader that comes is found by the next poll."""
    return sys.platform != "darwin"


def _pause(stop: Callable[[], bool]) -> None:
    end = time.monotonic() + RETRY_SECONDS
    while not stop() and time.monotonic() < end:
        time.sleep(POLL_SECONDS)
