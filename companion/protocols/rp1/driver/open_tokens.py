"""What sessions tell of the transfer tokens that are out, and the owner's list on its way to devices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from companion.events import TokenEnd, TokenEnded, TokenOffered
from companion.model import OfferedToken
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.ownership.owners_list import Entries
from companion.protocols.rp1.store.owner_store import OutstandingToken

if TYPE_CHECKING:
    from companion.protocols import Context
    from companion.protocols.rp1.store.commissioner_store import CommissionerStore


class Tokens:
    """The tokens of one device. What is heard is told, which writes it, before it is forgotten here: after a
    kill in between it is heard and told again."""

    def __init__(self, context: Context, store: CommissionerStore) -> None:
        self._context = context
        self._store = store

    def agreed(self, identity_key: bytes, entries: Entries) -> None:
        """The device goes by this list."""
        for fp, token in self._still_ours(identity_key):
            if token.id in entries.grants and not token.ended:
                self._context.reporter.report(TokenEnded(token.id.hex(), TokenEnd.CANCELLED))
                self._store.owners.keep_token(fp, replace(token, ended=True))

    def heard(self, identity_key: bytes, epoch: int) -> None:
        """The device proved its epoch in its owner's, our own, session."""
        owners, owner = self._store.owners, self._context.identity.owner
        for _, token in self._still_ours(identity_key):
            if token.epoch <= epoch:
                if not token.ended:
                    self._context.reporter.report(TokenEnded(token.id.hex(), TokenEnd.OUTDATED))
                owners.outlive(token, owner.public)
                owners.forget_token(token)

    def gone(self, identity_key: bytes) -> None:
        """The device refuses our owner key. Nobody proves that, so it only counts while a token is out."""
        for fp, token in self._of(identity_key):
            if not token.ended:
                self._context.reporter.report(TokenEnded(token.id.hex(), TokenEnd.USED))
                self._store.owners.keep_token(fp, replace(token, used=True))
                self._store.part_with(identity_key)

    def _still_ours(self, identity_key: bytes) -> Iterator[tuple[bytes, OutstandingToken]]:
        """The device took our owner key: a token that was thought used is out again."""
        for fp, token in self._of(identity_key):
            kept = token
            if token.used:
                kept = replace(token, used=False)
                self._context.reporter.report(TokenOffered("", as_offered(token)))
                self._store.owners.keep_token(fp, kept)
            yield fp, kept

    def _of(self, identity_key: bytes) -> tuple[tuple[bytes, OutstandingToken], ...]:
        fp = crypto.fingerprint(identity_key)
        return tuple((fp, token) for token in self._store.owners.tokens(fp))


def as_offered(token: OutstandingToken) -> OfferedToken:
    """The token as the registry knows it."""
    until = datetime.fromtimestamp(token.expires, UTC)
    return OfferedToken(token.id.hex(), token.epoch, until, token.bearer, token.wipe)
