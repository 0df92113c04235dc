"""A report with entries that do not hold: each is judged alone, and nothing of a bad one is recorded."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from companion.cli import main
from companion.encoding import cbor, cose, es256
from companion.protocols import EntryFlaw, InvalidEntry, Order, OwnershipOperation
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.credentials import item_signatures, items
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.driver.delegation import bundle_of
from companion.protocols.rp1.transaction import account as accounts
from companion.protocols.rp1.transaction import receipt as receipts
from companion.protocols.rp1.transaction.account import Account
from companion.registry import Registry
from companion.trust.grants.accounts import BroughtHome, bring_home
from companion.trust.grants.terms import Right
from companion.trust.grants.words import invalid_entry
from tests.protocols.rp1.support.bench import PRODUCT
from tests.protocols.rp1.support.delegation import WORK, terms
from tests.protocols.rp1.transaction.test_receipt import RECEIPT, by
from tests.trust.grants.test_accounts import PREFIX, Home


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    made = Home(tmp_path)
    yield made
    made.registry.close()


def _entries(report: bytes) -> list[bytes]:
    _, entries = cbor.decode(report.removeprefix(PREFIX))  # type: ignore[misc]
    return list(entries)  # type: ignore[arg-type]


def _report(*entries: bytes) -> bytes:
    return PREFIX + cbor.encode([1, list(entries)])


def _count(registry: Registry) -> tuple[int, int]:
    devices = registry.devices()
    return len(devices), sum(len(registry.device(each.id).receipts) for each in devices)


async def test_a_wrong_entry_keeps_no_good_one_from_home(home: Home) -> None:
    await home.work()
    home.worker.order = Order(wifi=WORK)
    await home.worker.operate(OwnershipOperation.REPROVISION)
    onboarded, changed = _entries(home.report)
    kept = accounts.decode(changed)
    other = home.play.give(home.play.owner, home.worker, terms(Right.NETWORKS))
    wrong = accounts.encode(replace(kept, chain=bundle_of(other.text).chain))
    told = bring_home(home.grants, _report(wrong, onboarded, b"x"))
    first, good, last = told
    assert isinstance(good, BroughtHome) and good.refused is None
    assert isinstance(first, InvalidEntry) and isinstance(last, InvalidEntry)
    assert (first.number, first.flaw, first.serial) == (1, EntryFlaw.GRANTS, PRODUCT.serial)
    assert (last.number, last.flaw, last.name) == (3, EntryFlaw.SHAPE, "")
    assert PRODUCT.serial in invalid_entry(first) and invalid_entry(last) == "Entry 3: it can't be read."
    assert _count(home.registry) == (1, 1), "nothing of the others"
    (again,) = bring_home(home.grants, _report(changed))
    assert isinstance(again, BroughtHome) and again.refused is None and not again.known


def _made_up(owner: bytes, given: dict[int, bytes], chain: tuple[bytes, ...] = (), **said: Any) -> Account:
    """Of a device that a delegate made up, with all that such a device can sign."""
    key = es256.generate()
    digests = {kind: crypto.sha256(each) for kind, each in given.items()}
    facts = {
        "manifest": items.manifest(digests),
        "owner_sha256": crypto.sha256(owner),
        "grants_sha256": item_signatures.grants_digest(chain) if chain else None,
        **said,
    }
    signed = receipts.sign(by(key), replace(RECEIPT, **facts))
    final = receipts.acknowledge(by(key), RECEIPT.tx, crypto.sha256(signed))
    return Account(signed, final, es256.point(key), digests, given, chain, model="Lamp")


def test_what_a_made_up_device_signs_is_named_and_leaves_nothing(home: Home) -> None:
    owner, stranger = home.grants.identity.owner, home.worker.identity.owner
    granted = bundle_of(home.play.give(home.play.owner, home.worker, terms(Right.NETWORKS)).text).chain
    by_stranger = bundle_of(home.play.give(home.worker, home.play.owner, terms(Right.NETWORKS)).text).chain
    unsigned = cose.sign(by(es256.generate()), b"", "rp1 receipt")
    junk = items.encode(items.LdevidChain((b"no certificate",)))
    wrong = [
        (EntryFlaw.OWNER, _made_up(stranger.public, {}, granted)),
        (EntryFlaw.GRANTS, _made_up(owner.public, {}, by_stranger)),
        (EntryFlaw.GRANTS, _made_up(owner.public, {})),
        (EntryFlaw.ITEMS, _made_up(owner.public, {}, granted, manifest=bytes(32))),
        (EntryFlaw.ITEMS, _made_up(owner.public, {ItemType.OWNER: b"x"}, granted)),
        (EntryFlaw.ITEMS, _made_up(owner.public, {ItemType.LDEVID: junk}, granted)),
        (EntryFlaw.ITEMS, _made_up(owner.public, {}, granted, time=2**62)),
        (EntryFlaw.RECEIPT, replace(_made_up(owner.public, {}, granted), receipt=unsigned)),
    ]
    told = bring_home(home.grants, _report(*(accounts.encode(each) for _, each in wrong)))
    assert [each.flaw for each in told if isinstance(each, InvalidEntry)] == [flaw for flaw, _ in wrong]
    assert invalid_entry(replace(told[-1], number=2)).startswith("Entry 2, Lamp: ")  # type: ignore[type-var]
    assert _count(home.registry) == (0, 0)
    assert home.registry.runs() == []


async def test_the_command_names_what_is_not_valid_and_takes_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    home = Home(tmp_path)
    await home.work()
    file, folder = tmp_path / "report", str(tmp_path / "owner")
    file.write_bytes(_report(b"x", *_entries(home.report)))
    home.registry.close()

    def bring(*more: str) -> str:
        arguments = ("--radio", "virtual", "--data-dir", folder, *more)
        assert main(["grant", "bring-home", str(file), *arguments]) == 5
        return capsys.readouterr().out

    said = await asyncio.to_thread(bring)
    assert "New entries: 1, already known: 0." in said and "! Entry 1: it can't be read." in said
    document = json.loads(await asyncio.to_thread(bring, "--json"))
    assert [each["known"] for each in document["brought_home"]] == [True]
    assert [(each["number"], each["reason"]) for each in document["invalid"]] == [(1, "shape")]
