"""Writes the first inputs of each target from what both ends really say: `python -m tests.fuzz.seeds`."""

from __future__ import annotations

import hashlib

from companion.encoding import cose, es256
from companion.protocols.rp1.credentials import grants, items, revocation_list, transfer_token, vouchers
from companion.protocols.rp1.credentials.grants import Grant, Scope
from companion.protocols.rp1.credentials.revocation_list import RevocationList
from companion.protocols.rp1.credentials.transfer_token import TransferToken
from companion.protocols.rp1.ownership import transfer_offer
from companion.protocols.rp1.transaction import csr, receipt
from companion.protocols.rp1.transaction import plan as transaction_plan
from companion.protocols.rp1.transaction.receipt import Receipt
from companion.protocols.rp1.wire import fragment, operations, results
from companion.protocols.rp1.wire.operations import Commit, Csr, Final, Op, Stage, Verify
from companion.protocols.rp1.wire.results import Reply
from companion.setup_code.digits import base45
from tests.fuzz import (
    files,
    firmware,
    matter,
    matter_model,
    matter_sessions,
    mesh,
    mesh_network,
    nfc,
    ownership_vouchers,
    reports,
    sound,
    tcat,
    thread,
    trust,
)
from tests.fuzz.__main__ import CORPUS
from tests.identity.requests import NAME
from tests.protocols.rp1.support.bench import CA, NOW, OWNER, PLAN, PRODUCT, TX, WIFI, DeviceBench
from tests.protocols.rp1.support.driver_bench import label
from tests.protocols.rp1.support.handshake_pair import LEGAL, Pair


def seeds() -> dict[str, list[bytes]]:
    """Inputs by target."""
    device = DeviceBench()
    info_value = device.connect()
    code = label(device).text.reveal().decode()
    pairs = [Pair(method, mode).begin().reveal() for method, mode in LEGAL]
    handshakes = [message for pair in pairs for message in (pair.m1, pair.m2, pair.m3)]
    request = csr.make(es256.generate(), PRODUCT.serial, bytes(16))
    chain = CA.issue(request, serial=PRODUCT.serial, name=NAME).chain
    wanted = {
        **transaction_plan.certificate_items(PLAN, chain),
        **transaction_plan.owner_items(PLAN, PRODUCT.fp, TX, 1),
        items.ItemType.WIFI: items.encode(WIFI),
    }
    args = (
        None,
        Csr(),
        Stage(1, 0, b"x", 1, bytes(32)),
        Verify(bytes(32), 5),
        Commit(bytes(32)),
        Final(bytes(32)),
    )
    ops = (Op.FACTS, Op.CSR, Op.STAGE, Op.VERIFY, Op.COMMIT, Op.FINAL)
    asked = [operations.encode_request(op, 1, TX, arg) for op, arg in zip(ops, args, strict=True)]
    replies = [results.encode_reply(Reply(op, 1, TX, 0, {1: 0})) for op in ops]
    bearer = transfer_offer.make(
        OWNER.sign, PRODUCT.serial, PRODUCT.point, "Lamp", epoch=2, expires=NOW, new_owner=None, wipe=True
    )
    return {
        "setup_code": [
            code.encode(),
            b"MT:Y.K9042C00KA0648G00",
            b"X-HM://0023ISYWYABCD",
            b'{"ver":"v1","name":"PROV_1"}',
        ],
        "setup_code_rp1": [base45.decode(code[4:])],
        "device_info": [info_value],
        "advertisement": [device.machine.service_data],
        "fragments": [b"\x05\xc0\x00\x02ab", b"\x04\x80\x00\x02a\x02\x41b"],
        "deterministic_cbor": [*handshakes[:3], *asked, *wanted.values()],
        "records": [b"\x10" + one for one in asked],
        "handshake_messages": handshakes,
        "requests_and_replies": [*asked, *replies],
        "handed_over_items": [bytes([kind - 1]) + data for kind, data in wanted.items()],
        "signed_words": words(),
        "offers": [base45.decode(bearer[5:])],
        "certificates": [*chain, *CA.anchors],
        "certificate_chains": [*chain, *CA.anchors],
        "certificate_requests": [request],
        "device": [written(handshakes[0]), written(handshakes[0]) + written(handshakes[2])],
        "commissioner": [written(handshakes[1])],
    }


def words() -> list[bytes]:
    """The payloads of a grant, a token, a voucher, a list and a receipt."""
    grant = Grant(PRODUCT.point, Scope.WIFI, NOW, 1, bytes(8), ("x",), not_before=1, max_uses=2)
    token = TransferToken(PRODUCT.serial, bytes(32), 2, NOW, True)
    signed = (
        grants.sign(OWNER.sign, grant),
        transfer_token.sign(OWNER.sign, token),
        vouchers.sign(OWNER.sign, vouchers.Voucher(PRODUCT.serial, bytes(32), nonce=bytes(16))),
        revocation_list.sign(OWNER.sign, RevocationList(1, frozenset({bytes(8)}), frozenset(), NOW, 7)),
        receipt.sign(OWNER.sign, Receipt(TX, bytes(32), bytes(32), 1, PRODUCT.serial, bytes(32), time=NOW)),
    )
    return [cose.payload_of(one) for one in signed]


def written(message: bytes) -> bytes:
    """The GATT values of a message, each preceded by its length."""
    pieces = [piece.data for piece in fragment.split(message, 244)]
    return b"".join(bytes([len(piece)]) + piece for piece in pieces)


def main() -> None:
    said = (
        seeds()
        | matter.seeds()
        | matter_model.seeds()
        | matter_sessions.seeds()
        | files.seeds()
        | thread.seeds()
        | ownership_vouchers.seeds()
        | nfc.seeds()
        | firmware.seeds()
        | tcat.seeds()
        | mesh.seeds()
        | mesh_network.seeds()
        | trust.seeds()
        | reports.seeds()
        | sound.seeds()
    )
    for target, inputs in said.items():
        folder = CORPUS / target
        folder.mkdir(parents=True, exist_ok=True)
        for data in inputs:
            (folder / hashlib.sha256(data).hexdigest()[:12]).write_bytes(data)


if __name__ == "__main__":
    main()
