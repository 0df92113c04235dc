"""What attestation is held against: roots and revocations that the user imported, kept for later runs."""

from __future__ import annotations

from base64 import b64decode, b64encode
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import TrustUnusable
from companion.files import read_named, unreadable
from companion.protocols.contract import TrustLists
from companion.protocols.matter.attestation.examination import Trust
from companion.protocols.matter.attestation.trust import imported_json, revocation
from companion.protocols.matter.attestation.trust.imported_json import is_json
from companion.protocols.matter.attestation.trust.revocation import BadRevocationSet
from companion.protocols.matter.attestation.trust.roots import (
    Imported,
    longest,
    published_test_roots,
    read_files,
)
from companion.protocols.matter.attestation.trust.signers import known_signers
from companion.protocols.matter.command_line import REVOCATIONS as REVOCATIONS_OPTION
from companion.protocols.matter.command_line import ROOTS as ROOTS_OPTION
from companion.protocols.matter.driver.store import product_models

if TYPE_CHECKING:
    from companion.protocols import Context, Memory

ROOTS, REVOCATIONS = "attestation/roots", "attestation/revocations"
MOST_FILES = 2048
MOST_OCTETS = 64 * 1024 * 1024
"""Of all files of a folder together."""
_SPACE_BEFORE = 64
_NO_ROOT = "no root of a manufacturer in it"


def trusted(memory: Memory) -> Trust:
    """What is imported, the Alliance's own signers, and the test roots, which are told apart."""
    kept = memory.get(ROOTS) or {}
    imported = read_files({name: b64decode(content) for name, content in kept.items()}).roots
    revoked = memory.get(REVOCATIONS)
    return Trust(
        roots=imported | published_test_roots(),
        signers=known_signers(),
        revocation=None if revoked is None else revocation.parse(b64decode(revoked)),
    )


def trusted_in(context: Context) -> Trust:
    """The same, after what the order brings was imported.

    Raises FileMissing, FileUnreadable, TrustUnusable.
    """
    order, memory = context.order.extra, context.memory
    try:
        if ROOTS_OPTION in order:
            import_roots(memory, Path(order[ROOTS_OPTION]))
        if REVOCATIONS_OPTION in order:
            import_revocations(memory, Path(order[REVOCATIONS_OPTION]))
    except ValueError as error:
        raise TrustUnusable(str(error)) from error
    return trusted(memory)


def import_lists(memory: Memory, path: Path) -> TrustLists:
    """Keep device models, roots or revocations, whichever a path has. Raises as the three."""
    if is_json(path.name) and (models := product_models.read(path)):
        return TrustLists(models=product_models.keep(memory, models))
    if _is_list(path):
        return TrustLists(issuers=import_revocations(memory, path))
    return TrustLists(roots=len(import_roots(memory, path).roots))


def import_roots(memory: Memory, path: Path) -> Imported:
    """Keep the roots of a file (PEM, DER, JSON of the ledger) or a folder of such, beside those of before.

    Raises FileMissing, FileUnreadable, and ValueError where there is too much, or no root in any; then all
    stays.
    """
    contents = _contents(path)
    imported = read_files(contents)
    if not imported.roots:
        raise ValueError("; ".join(f"{name}: {why}" for name, why in imported.refused.items()) or _NO_ROOT)
    good = {name: content for name, content in contents.items() if name not in imported.refused}
    kept = dict(memory.get(ROOTS) or {})
    kept.update({name: b64encode(content).decode() for name, content in good.items()})
    memory.put(ROOTS, kept)
    return imported


def import_revocations(memory: Memory, path: Path) -> int:
    """Keep a revocation set (JSON) in place of the one before; how many issuers it covers.

    Raises FileMissing, FileUnreadable, ValueError.
    """
    content = read_named(imported_json.MAX_SIZE, path)
    try:
        known = revocation.parse(content)
    except BadRevocationSet as error:
        raise ValueError(f"{path.name}: {error}") from error
    memory.put(REVOCATIONS, b64encode(content).decode())
    return len(known)


def _is_list(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(_SPACE_BEFORE).lstrip()[:1] == b"["
    except OSError:
        return False


def _contents(path: Path) -> dict[str, bytes]:
    """By name. Raises FileMissing, FileUnreadable, ValueError for a folder that holds too much."""
    try:
        if not path.is_dir():
            return {path.name: _beginning(path)}
        files = sorted(each for each in path.iterdir() if each.is_file() and not each.name.startswith("."))
        if len(files) > MOST_FILES:
            raise ValueError(f"{path.name} holds more than {MOST_FILES} files")
        contents: dict[str, bytes] = {}
        left = MOST_OCTETS
        for each in files:
            contents[each.name] = _beginning(each)
            left -= len(contents[each.name])
            if left < 0:
                raise ValueError(f"{path.name} holds more than {MOST_OCTETS >> 20} MB")
    except OSError as error:
        raise unreadable(path, error) from error
    return contents


def _beginning(path: Path) -> bytes:
    """A file, or so much of one that is too long that `read_files` refuses it for that. Raises OSError."""
    with path.open("rb") as file:
        return file.read(longest(path.name) + 1)
