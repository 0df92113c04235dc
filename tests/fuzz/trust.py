"""What carries trust: grants, reports, lists, proofs, journals, checkpoints and what witnesses are asked.

Each comes as somebody wrote it, and behind signatures that hold, where there is one around it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from companion.encoding import cbor, cose, es256
from companion.encoding.cbor import MalformedCbor
from companion.errors import AccountInvalid, LogHeadInvalid
from companion.identity import Identity, open_identity
from companion.protocols.discovery import receipt_reader
from companion.protocols.rp1.credentials import grant_bundle, grant_request, item_signatures, revocation_list
from companion.protocols.rp1.driver import accounts
from companion.registry.lookup import by_id
from companion.setup_code.digits import base45
from companion.trust.proof import checks, document
from companion.trust.transparency import checkpoint, entries, journal, note, proofs, split, witness
from companion.trust.transparency.checkpoint import log_key, witness_key
from tests.trust.proof.samples import commission, open_both, passes

ORIGIN, SEED = "companion.internal/log/1", bytes(range(32))
LOG, WITNESS = log_key(ORIGIN, SEED), witness_key("companion.internal/witness/1", SEED)
KEY = es256.private_key(bytes(31) + b"\x09")


def grants_and_requests(data: bytes) -> None:
    """As text, and as what the text's letters stand for."""
    for text in (data.decode("latin-1"), *(f"RP1{kind}:" + base45.encode(data) for kind in "GQR")):
        with suppress(grant_bundle.BadBundle):
            grant_bundle.parse(text)
        with suppress(grant_request.BadRequest):
            grant_request.parse(text)


def reports(data: bytes) -> None:
    for content in (data, b"RP1 accounts\n" + data):
        with suppress(AccountInvalid):
            accounts.read(content, _identity())


def owners_lists(data: bytes) -> None:
    sign, point = partial(es256.sign, KEY), es256.point(KEY)
    for signed in (data, cose.sign(sign, data, "rp1 rev")):
        with suppress(revocation_list.BadList):
            revocation_list.read(signed, point)
        reader = receipt_reader("rp1")
        assert reader is not None
        with suppress(ValueError):
            reader.ended(signed, point, ())
    with suppress(MalformedCbor):
        item_signatures.is_taken(data, (b"grant",), point, bytes(16), bytes(8))


def device_proofs(data: bytes) -> None:
    """Nothing that somebody wrote holds, for either program, unless the other says so too."""
    checked = checks.check_proof(data, receipt_reader)
    assert checked.holds == passes(data)
    with suppress(ValueError):
        assert document.encode(document.decode(data)) == data


def journals(data: bytes) -> None:
    with suppress(ValueError):
        read = journal.decode(data)
        assert journal.encode(read) == data
        with suppress(LogHeadInvalid, journal.Forked):
            journal.follow(read, None)
    split.decode(data)


def log_proofs(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    assert not proofs.tlog_proof_holds(text, b"entry", ORIGIN, SEED)
    owner = es256.point(KEY)
    assert not proofs.cose_receipt_holds(data, b"entry", owner)
    sign = partial(es256.sign, KEY)
    for label, read in (("rp1 head", entries.read_head), ("rp1 log key", proofs.read_log_key)):
        for signed in (data, cose.sign(sign, data, label)):
            with suppress(ValueError, LogHeadInvalid):
                read(signed, owner)


def checkpoints(data: bytes) -> None:
    """Heads, vkeys, cosignatures, and what a witness is asked."""
    text = data.decode("utf-8", "replace")
    with suppress(LogHeadInvalid):
        read = note.read_note(text)
        assert str(read) == text
        with suppress(LogHeadInvalid):
            checkpoint.cosigned_at(read, WITNESS)
        with suppress(LogHeadInvalid):
            checkpoint.verify_log(read, LOG)
        checkpoint.checkpoint_of(read)
    with suppress(ValueError):
        assert str(note.read_key(text)) == text
    watched = {ORIGIN: witness.Watched(LOG)}
    answer = witness.answer(text, watched, WITNESS, lambda message: bytes(64), datetime.now(UTC))
    assert answer.status != 200


@cache
def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="companion-fuzz-")


@cache
def _identity() -> Identity:
    return open_identity(Path(_folder().name), throwaway=True)


def seeds() -> dict[str, list[bytes]]:
    """What an owner, a delegate, a log and a witness write."""
    from companion.trust.grants.actions import Grants
    from companion.trust.grants.terms import GrantTerms, Places, Right
    from companion.trust.journals import export_journal
    from companion.trust.proof.export import entry_files, make_proof

    with TemporaryDirectory() as owners, TemporaryDirectory() as delegates:
        registry, identity = open_both(Path(owners))
        theirs, delegate = open_both(Path(delegates))
        request = Grants(delegate, theirs).ask("Line 2")
        terms = GrantTerms(
            frozenset({Right.ONBOARD}), Places(everywhere=True), datetime(2036, 1, 1, tzinfo=UTC)
        )
        grant = Grants(identity, registry).issue(request, terms)
        Grants(delegate, theirs).take(grant.text)
        commission(theirs, delegate, "SN-2", owner=identity.owner.public)
        device = registry.device(by_id(commission(registry, identity, "SN-1").id))
        proof = make_proof(registry, identity, device)
        files = entry_files(registry.log.proof(device.receipts[0].run), identity)
        history = export_journal(theirs, delegate, identity.owner.public)
        registry.close()
        theirs.close()
    asked = witness.request_text(0, (), proof.checkpoint)
    return {
        "grants_and_requests": [request.encode(), grant.text.encode()],
        "reports": [cbor.encode([1, []]), cbor.encode([1, [b"account"]])],
        "owners_lists": [cose.payload_of(proof.revocations), cbor.encode([b"terms", bytes(64)])],
        "device_proofs": [document.encode(proof)],
        "journals": [journal.encode(history), split.encode(split.Evidence(b"k", history.head, proof.head))],
        "log_proofs": [files["entry.tlog-proof"], files["entry-receipt.cose"], cose.payload_of(proof.head)],
        "checkpoints": [proof.checkpoint.encode(), files["log.vkey"], asked.encode(), str(WITNESS).encode()],
    }


TRUST: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (
        grants_and_requests,
        reports,
        owners_lists,
        device_proofs,
        journals,
        log_proofs,
        checkpoints,
    )
}
