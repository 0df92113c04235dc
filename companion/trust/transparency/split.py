"""Evidence against a log: two heads that it signed and that no single history has.

{1 version, 2 [1, vkey] or [2, owner key bstr65], 3 the one head, 4 the other}: checkpoints as text, or
COSE heads of an owner as byte strings
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from companion.encoding import cbor, shape
from companion.errors import LogHeadInvalid
from companion.model import Check, Text, Verdict
from companion.trust.transparency.checkpoint import Checkpoint, checkpoint_of, verify_log
from companion.trust.transparency.entries import read_head
from companion.trust.transparency.note import read_key, read_note

VERSION = 1
_BY_LOG, _BY_OWNER = 1, 2
FIRST = Text("The log signed the first head")
SECOND = Text("The log signed the second head")
TWO = Text("The two heads are consistent")


@dataclass(frozen=True)
class Evidence:
    """signer: a log's vkey, or an owner's key (point, 65 octets); the heads are as that one signs them."""

    signer: str | bytes
    first: str | bytes
    second: str | bytes


def encode(evidence: Evidence) -> bytes:
    """The file's content."""
    kind = _BY_LOG if isinstance(evidence.signer, str) else _BY_OWNER
    return cbor.encode({1: VERSION, 2: [kind, evidence.signer], 3: evidence.first, 4: evidence.second})


def decode(content: bytes) -> Evidence | None:
    """The evidence in a file; None for a file of another kind, or a damaged one."""
    try:
        fields = shape.fields(cbor.decode(content), range(1, 5))
        shape.uint(fields[1], VERSION, VERSION)
        kind, signer = shape.array(fields[2], 2)
        if kind == _BY_LOG:
            texts = [shape.text(each, cbor.MAX_SIZE) for each in (signer, fields[3], fields[4])]
            return Evidence(*texts)
        return Evidence(
            shape.octets(signer, 65), shape.octets(fields[3], 1, 9999), shape.octets(fields[4], 1, 9999)
        )
    except ValueError:
        return None


def check_evidence(evidence: Evidence) -> tuple[tuple[Check, ...], bool]:
    """Each check in words, and whether it convicts: a log that signed two trees of one size lied to somebody.

    Two trees of different sizes convict by themselves of nothing: then the log has to show that the larger
    one begins with the smaller one, which it could not when this was kept.
    """
    first, one = _read(evidence, evidence.first, "first", FIRST)
    second, other = _read(evidence, evidence.second, "second", SECOND)
    if first is None or second is None or first.origin != second.origin:
        reason = Text("The heads belong to different logs, or one is invalid")
        return (one, other, Check("two", TWO, reason, Verdict.NOT_KNOWN)), False
    if first.size == second.size and first.root != second.root:
        reason = Text(
            "The log signed two different versions of its first {size} entries", {"size": first.size}
        )
        return (one, other, Check("two", TWO, reason, Verdict.FAILED)), True
    if first == second:
        return (one, other, Check("two", TWO, Text("They are identical"), Verdict.PASSED)), False
    sizes: dict[str, str | int | float] = {"old": first.size, "new": second.size}
    reason = Text("The log, of size {new} now, did not prove that it is unchanged up to size {old}", sizes)
    return (one, other, Check("two", TWO, reason, Verdict.NOT_KNOWN)), False


def _read(evidence: Evidence, head: str | bytes, name: str, claim: Text) -> tuple[Checkpoint | None, Check]:
    read: Callable[[], Checkpoint] = lambda: _verified(evidence.signer, head)  # noqa: E731
    try:
        said = read()
    except (ValueError, LogHeadInvalid) as problem:
        why = problem.detail if isinstance(problem, LogHeadInvalid) else str(problem)
        return None, Check(name, claim, Text("Invalid: {why}", {"why": why}), Verdict.FAILED)
    facts: dict[str, str | int | float] = {"size": said.size, "root": said.root.hex()[:16]}
    words = Text("{size} entries, root {root}…", facts)
    if said.size == 1:
        words = Text("1 entry, root {root}…", facts)
    return said, Check(name, claim, words, Verdict.PASSED)


def _verified(signer: str | bytes, head: str | bytes) -> Checkpoint:
    if isinstance(signer, str):
        note = read_note(str(head))
        verify_log(note, read_key(signer))
        return checkpoint_of(note)
    assert isinstance(head, bytes), "as the file was read"
    said = read_head(head, signer)
    return Checkpoint(said.origin, said.size, said.root)
