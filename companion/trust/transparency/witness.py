"""A witness of others' logs: what it is asked, and what it answers (c2sp.org/tlog-witness).

A witness remembers for each log the largest tree that it saw, and signs another one only if the log shows
that it begins with that. So whoever has its signature knows of no second history up to there. What it
refuses is evidence: the log signed it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from companion.errors import LogHeadInvalid
from companion.trust.transparency import merkle
from companion.trust.transparency.checkpoint import (
    Checkpoint,
    Ed25519Signer,
    checkpoint_of,
    cosign,
    verify_log,
)
from companion.trust.transparency.note import (
    Note,
    VerifierKey,
    from_base64,
    in_base64,
    number,
    read_note,
)

MAX_PATH = 63
SIZE_TYPE = "text/x.tlog.size"


@dataclass(frozen=True)
class Request:
    """old: size of the tree that the witness should have seen; path: from there to the checkpoint's."""

    old: int
    path: tuple[bytes, ...]
    note: Note
    checkpoint: Checkpoint

    def __str__(self) -> str:
        """The body of `add-checkpoint`."""
        return request_text(self.old, self.path, str(self.note))


@dataclass(frozen=True)
class Watched:
    """A log that a witness watches. note: the largest checkpoint that it cosigned, "" for none yet."""

    key: VerifierKey
    size: int = 0
    root: bytes = merkle.EMPTY
    note: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """What goes back to the log.

    watched: to be on the disk before the answer leaves; None: nothing changed
    suspect: a checkpoint that the log signed and that does not follow from the watched one
    """

    status: HTTPStatus
    body: str
    content_type: str = "text/plain; charset=utf-8"
    watched: Watched | None = None
    suspect: str = ""

    @property
    def first_line(self) -> str:
        """The signature by the first of the witness's keys."""
        return self.body.split("\n", 1)[0] + "\n"


def request_text(old: int, path: tuple[bytes, ...], checkpoint: str) -> str:
    """The body of `add-checkpoint`."""
    return "\n".join((f"old {old}", *(in_base64(each) for each in path), "", checkpoint))


def read_request(text: str) -> Request:
    """What is asked. Raises ValueError."""
    above, parted, note = text.partition("\n\n")
    first, *lines = above.split("\n")
    old = number(first.removeprefix("old ")) if first.startswith("old ") else None
    path = tuple(from_base64(line) for line in lines)
    if not parted or old is None or len(path) > MAX_PATH or any(len(each) != merkle.SIZE for each in path):
        raise ValueError("not a request for a witness")
    try:
        read = read_note(note)
        return Request(old, path, read, checkpoint_of(read))
    except LogHeadInvalid as problem:
        raise ValueError(problem.detail) from problem


def answer(
    body: str,
    logs: Mapping[str, Watched],
    key: VerifierKey,
    signer: Ed25519Signer,
    now: datetime,
    more: Sequence[tuple[VerifierKey, Ed25519Signer]] = (),
) -> Answer:
    """The answer of the witness `key` that watches these logs, by their origins. now: UTC; more: its other
    keys, each of which adds a line."""
    try:
        request = read_request(body)
    except ValueError:
        return Answer(HTTPStatus.BAD_REQUEST, "not a request for a witness\n")
    said = request.checkpoint
    watched = logs.get(said.origin)
    if watched is None:
        return Answer(HTTPStatus.NOT_FOUND, "this log is not watched here\n")
    try:
        verify_log(request.note, watched.key)
    except LogHeadInvalid:
        return Answer(HTTPStatus.FORBIDDEN, "the log did not sign it\n")
    if request.old > said.size:
        return Answer(HTTPStatus.BAD_REQUEST, "the old tree is larger than the new one\n")
    if request.old != watched.size:
        return _conflict(watched, suspect=_suspect(request, watched))
    if said.size == watched.size and said.root != watched.root:
        return _conflict(watched, suspect=_kept(request, watched))
    if not _follows(request, watched):
        words = "the path does not show that nothing was changed\n"
        return Answer(HTTPStatus.UNPROCESSABLE_ENTITY, words, suspect=_kept(request, watched))
    lines = [cosign(request.note, now, each, by) for each, by in ((key, signer), *more)]
    seen = Watched(watched.key, said.size, said.root, _kept(request, watched), now)
    return Answer(HTTPStatus.OK, "".join(f"{line}\n" for line in lines), watched=seen)


def _follows(request: Request, watched: Watched) -> bool:
    said = request.checkpoint
    if watched.size == 0:
        return not request.path and (said.size > 0 or said.root == merkle.EMPTY)
    return merkle.extends(watched.size, watched.root, said.size, said.root, request.path)


def _suspect(request: Request, watched: Watched) -> str:
    """A tree of the size that was seen, with another root, whatever it was sent with."""
    said = request.checkpoint
    return _kept(request, watched) if said.size == watched.size and said.root != watched.root else ""


def _kept(request: Request, watched: Watched) -> str:
    """The checkpoint with the log's signature alone: what else stands below it takes room."""
    ours = next(each for each in request.note.signatures if each.is_by(watched.key))
    return str(Note(request.note.text, (ours,)))


def _conflict(watched: Watched, *, suspect: str) -> Answer:
    return Answer(HTTPStatus.CONFLICT, f"{watched.size}\n", SIZE_TYPE, suspect=suspect)
