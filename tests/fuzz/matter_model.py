"""What is fuzzed of Matter's attestation and interaction model."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from companion.protocols.matter.attestation.certificates import BadCertificate, Kind, parse
from companion.protocols.matter.attestation.declaration import cms
from companion.protocols.matter.attestation.declaration.cms import MalformedCms
from companion.protocols.matter.attestation.declaration.declaration import DECLARATION
from companion.protocols.matter.attestation.examination import Evidence, Trust, examine
from companion.protocols.matter.attestation.issuance import DeviceCredentials, Holder, issue
from companion.protocols.matter.attestation.report import Outcome
from companion.protocols.matter.attestation.trust import revocation
from companion.protocols.matter.attestation.trust.imported_json import MalformedJson
from companion.protocols.matter.attestation.trust.revocation import BadRevocationSet
from companion.protocols.matter.attestation.trust.roots import Roots, read_files
from companion.protocols.matter.attestation.trust.signers import known_signers
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.interaction.blocks import AttributeData, CommandData
from companion.protocols.matter.interaction.client import Invoke, Read, Transaction, Write
from companion.protocols.matter.interaction.messages import SubscribeRequest
from companion.protocols.matter.interaction.node import Access, Node, ServedCluster
from companion.protocols.matter.interaction.paths import AttributePath, CommandPath
from companion.protocols.matter.interaction.server import ServerExchange
from companion.protocols.matter.interaction.status import DONE, InteractionFailed, UnexpectedMessage
from companion.protocols.matter.interaction.subscription import Subscribe
from companion.protocols.matter.ledger import models
from companion.protocols.matter.ledger.hints import what_to_press
from companion.protocols.matter.ledger.links import usable
from companion.protocols.matter.tlv import MalformedTlv, array, boolean, unsigned
from companion.secret import Secret

NONCE, CHALLENGE = bytes(32), bytes(16)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def matter_attestation_certificates(data: bytes) -> None:
    for kind in Kind:
        with suppress(BadCertificate):
            certificate = parse(data, kind)
            assert certificate.key[0] == 4 and len(certificate.key_id) == 20


def matter_declarations(data: bytes) -> None:
    """The envelope, and behind it the content."""
    with suppress(MalformedCms, MalformedTlv):
        declaration = DECLARATION.decode(cms.parse(data).content)
        assert DECLARATION.decode(DECLARATION.encode(declaration)) == declaration


def matter_evidence(data: bytes) -> None:
    """Attestation elements; everything else is right, so that what comes after the signature is reached."""
    dac, pai, trust = _chain()
    shown = Evidence(dac.der, pai.der, data, dac.key.sign(data + CHALLENGE), NONCE, CHALLENGE, 0x1217, 0x42)
    assert examine(shown, trust, NOW).outcome in Outcome


def matter_trust_files(data: bytes) -> None:
    """Roots in any form, device models, and a revocation set."""
    for name in ("root.pem", "ledger.json"):
        assert len(read_files({name: data}).roots) < 1000
    with suppress(BadRevocationSet):
        revocation.parse(data)
    with suppress(MalformedJson):
        found = models.parse(data)
        assert models.of_json(models.as_json(found)) == found
        for each in found.values():
            assert usable(each.flow_url) in ("", each.flow_url)
            assert what_to_press(each.hint, each.instruction) or not each.hint & 0x7FFFFD


def matter_answers(data: bytes) -> None:
    """What a device answers: which transaction, then opcodes with their payloads, each after its length."""
    if not data:
        return
    transaction = _transactions()[data[0] % 4]
    transaction.start()
    with suppress(UnexpectedMessage, InteractionFailed):
        for opcode, payload in _messages(data[1:]):
            transaction.receive(opcode, payload)


def matter_requests(data: bytes) -> None:
    """What a controller asks our virtual device."""
    node = Node()
    many = array(None, *(unsigned(None, number) for number in range(300)))
    readers = {0: lambda access: boolean(None, True), 1: lambda access: many}
    writers = {0: lambda data, access: DONE}
    node.serve(1, ServedCluster(6, 1, readers, writers, {2: lambda fields, access: DONE}))
    exchange = ServerExchange(node, Access(1), room=200, subscribe=lambda: 1)
    for opcode, payload in _messages(data):
        answer = exchange.receive(opcode, payload, now=0.0)
        assert answer is None or len(answer[1]) <= 1200


def _messages(data: bytes) -> list[tuple[int, bytes]]:
    found = []
    while len(data) > 2:
        size = int.from_bytes(data[1:3], "big")
        found.append((data[0], data[3 : 3 + size]))
        data = data[3 + size :]
    return found


def _transactions() -> tuple[Transaction[object], ...]:
    path = AttributePath(1, 6, 0)
    return (
        Read.of(AttributePath()),
        Write(AttributeData(path, boolean(None, True)), timeout=100),
        Invoke(CommandData(CommandPath(1, 6, 2))),
        Subscribe(SubscribeRequest(True, 0, 60, (path,))),
    )


@cache
def _chain() -> tuple[Holder, Holder, Trust]:
    keys = [KeyPair.of(Secret(bytes(31) + bytes((number,)))) for number in (1, 2, 3)]
    root = issue(Kind.PAA, vendor=0x1217, key=keys[0])
    pai = issue(Kind.PAI, root, 0x1217, key=keys[1])
    dac = issue(Kind.DAC, pai, 0x1217, 0x42, key=keys[2])
    return dac, pai, Trust(Roots([parse(root.der, Kind.PAA)]), known_signers())


def framed(*messages: tuple[int, bytes]) -> bytes:
    return b"".join(bytes((opcode,)) + len(said).to_bytes(2, "big") + said for opcode, said in messages)


def seeds() -> dict[str, list[bytes]]:
    """Inputs by target, of what both ends really say."""
    from tests.protocols.matter.attestation.bench import VECTORS
    from tests.protocols.matter.interaction.test_messages import VECTORS as SAID

    dac, pai, trust = _chain()
    said = {name: bytes.fromhex(value) for name, value in SAID.items() if name != "source"}
    declarations = [bytes.fromhex(one["signed"]) for one in VECTORS["declarations"]]
    device = DeviceCredentials(dac, pai.der, declarations[0], b"firmware")
    root = next(iter(trust.roots)).der
    entry = {"type": "revocation_set", "issuer_name": "MAA=", "issuer_subject_key_id": "00"}
    return {
        "matter_attestation_certificates": [dac.der, pai.der, root],
        "matter_declarations": declarations,
        "matter_evidence": [
            device.attest(NONCE, CHALLENGE)[0],
            replace(device, firmware=None, declaration=declarations[1]).attest(NONCE, CHALLENGE)[0],
        ],
        "matter_trust_files": [root, json.dumps([entry]).encode(), b'[{"pemCert": "x"}]'],
        "matter_answers": [
            b"\x00" + framed((5, said["report"]), (5, said["reportLast"])),
            b"\x01" + framed((1, bytes.fromhex("152400001824ff0c18")), (7, said["writeResponse"])),
            b"\x02" + framed((9, said["invokeResponse"])),
            b"\x03" + framed((5, said["reportLast"]), (4, said["subscribeResponse"])),
        ],
        "matter_requests": [
            framed((2, said["read"])),
            framed((10, said["timed"]), (6, said["write"])),
            framed((8, said["invoke"])),
            framed((3, said["subscribe"]), (1, said["status"])),
        ],
    }


MODEL: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (
        matter_attestation_certificates,
        matter_declarations,
        matter_evidence,
        matter_trust_files,
        matter_answers,
        matter_requests,
    )
}
