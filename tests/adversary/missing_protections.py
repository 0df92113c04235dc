"""A device without one of the protections that hold a delegate within a grant: each is taken away alone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from companion.protocols.rp1.credentials import grants, item_signatures
from companion.protocols.rp1.credentials.grants import Grant
from companion.protocols.rp1.credentials.revocation_list import RevocationList
from companion.protocols.rp1.device.rights import Rights
from companion.protocols.rp1.device.storage.owner_record import OwnerRecord
from companion.protocols.rp1.device.transaction import owner_by_grant, ownership
from companion.protocols.rp1.device.transaction.proof_context import ProofContext

_chain, _judge = grants.chain, ownership.judge_grants


def every_scope(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Rights, "allow", lambda self, op, reached: True)
    monkeypatch.setattr(Rights, "allow_item", lambda self, kind: True)
    monkeypatch.setattr(
        "companion.protocols.rp1.device.transaction.checks.check_delegated", lambda *given: None
    )


def every_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Grant, "covers", lambda self, serial, site: True)


def every_depth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grants, "chain", lambda signed, key, depth: _chain(signed, key, 255))


def every_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Grant, "within", lambda self, parent: True)


def no_floor(monkeypatch: pytest.MonkeyPatch) -> None:
    def judge(
        signed: tuple[bytes, ...], owner: Any, record: OwnerRecord, here: ProofContext, *last: Any
    ) -> Any:
        free = replace(record, floor=0, revoked=None)
        return _judge(signed, replace(owner, grant_floor=0), free, here, *last)

    monkeypatch.setattr("companion.protocols.rp1.device.transaction.owner_terms.judge_grants", judge)


def no_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RevocationList, "names", lambda self, **of: False)


def no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owner_by_grant, "check_place", lambda *given: None)


def no_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OwnerRecord, "may_use", lambda self, cti, most: True)


def no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ProofContext, "is_in_time", lambda self, grant: True)


def any_signature(monkeypatch: pytest.MonkeyPatch) -> None:
    from companion.encoding import es256

    monkeypatch.setattr(es256, "verify", lambda *given: True)


def no_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owner_by_grant, "check_terms", lambda *given: None)


def any_last_holder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(item_signatures, "owner_signed", lambda *given: True)
