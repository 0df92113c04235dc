"""What is fuzzed of Matter's certificates, PASE and CASE, and the inputs to begin with."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import cache

from companion.protocols.matter.case import messages, proofs
from companion.protocols.matter.case.initiator import CaseInitiator
from companion.protocols.matter.case.responder import CaseResponder
from companion.protocols.matter.certificates import chain
from companion.protocols.matter.certificates.authority import Validity
from companion.protocols.matter.certificates.certificate import Certificate
from companion.protocols.matter.certificates.faults import BadCertificate
from companion.protocols.matter.certificates.requests import make_request, requested_key
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.crypto.spake2plus import Passcode, Pbkdf, Verifier
from companion.protocols.matter.establishment.checks import read
from companion.protocols.matter.establishment.outcome import EstablishmentFailed, Outgoing
from companion.protocols.matter.fabric.authority import FabricAuthority
from companion.protocols.matter.fabric.credentials import NodeCredentials
from companion.protocols.matter.pase.commissioner import PaseCommissioner
from companion.protocols.matter.pase.device import PaseDevice
from companion.secret import Secret

PBKDF = Pbkdf(1000, bytes(16))


def matter_certificates(data: bytes) -> None:
    """In both encodings; what is read is written again, and judged."""
    with suppress(BadCertificate):
        certificate = Certificate.of_tlv(data)
        assert Certificate.of_tlv(certificate.as_tlv()) == certificate
        chain.check_root(certificate)
    with suppress(BadCertificate):
        certificate = Certificate.of_der(data)
        assert certificate.as_der() == data
        assert Certificate.of_tlv(certificate.as_tlv()) == certificate
        chain.check_chain(certificate, None, certificate, 0)


def matter_certificate_requests(data: bytes) -> None:
    with suppress(BadCertificate):
        assert len(requested_key(data)) == 65


def matter_pase(data: bytes) -> None:
    """A right handshake up to one message, which is the input after its first octet."""
    here = PaseCommissioner(Secret("34567890"), 1)
    there = PaseDevice(verifier(), PBKDF, 2)
    _talk(here, there, data)


def matter_case(data: bytes) -> None:
    here = CaseInitiator(controller(), 200, 1)
    there = CaseResponder([light()], 2)
    _talk(here, there, data)


def matter_proofs(data: bytes) -> None:
    """What a Sigma2 and a Sigma3 hold once they are open."""
    for shape in (messages.PROOF2, messages.PROOF3):
        with suppress(EstablishmentFailed):
            proofs.check(controller(), read(shape, data), light().key.public, bytes(65), None)


def _talk(here: PaseCommissioner | CaseInitiator, there: PaseDevice | CaseResponder, data: bytes) -> None:
    """A right handshake in which the first octet chooses a message, and the others are its payload."""
    if not data:
        return
    message: Outgoing | None = here.begin()
    said = 0
    with suppress(EstablishmentFailed):
        while message is not None:
            payload = data[1:] if said == data[0] % 5 else message.payload
            message = (there, here)[said % 2].receive(message.opcode, payload)
            said += 1
    if here.established is not None and there.established is not None:
        assert here.established.ends.own == there.established.ends.peer == 1


@cache
def verifier() -> Verifier:
    return Passcode.of(34567890, PBKDF).verifier()


@cache
def home() -> FabricAuthority:
    return FabricAuthority.found(KeyPair.of(Secret(bytes(31) + b"\x01")), Validity(1), 7)


@cache
def controller() -> NodeCredentials:
    return home().admit(KeyPair.of(Secret(bytes(31) + b"\x02")), 100, Validity(1))


@cache
def light() -> NodeCredentials:
    return home().admit(KeyPair.of(Secret(bytes(31) + b"\x03")), 200, Validity(1))


def seeds() -> dict[str, list[bytes]]:
    """Inputs by target, from what both ends really say."""
    pase = _said(PaseCommissioner(Secret("34567890"), 1), PaseDevice(verifier(), PBKDF, 2))
    case = _said(CaseInitiator(controller(), 200, 1), CaseResponder([light()], 2))
    own, noc = light(), Certificate.of_tlv(light().noc)
    signed = proofs.prove(own, own.key.public, bytes(65), bytes(16))
    return {
        "matter_certificates": [own.noc, own.root, noc.as_der()],
        "matter_certificate_requests": [make_request(own.key)],
        "matter_pase": [bytes([at]) + payload for at, payload in enumerate(pase)],
        "matter_case": [bytes([at]) + payload for at, payload in enumerate(case)],
        "matter_proofs": [messages.PROOF2.encode(signed)],
    }


def _said(here: PaseCommissioner | CaseInitiator, there: PaseDevice | CaseResponder) -> list[bytes]:
    """The payloads of a right handshake."""
    payloads = []
    message: Outgoing | None = here.begin()
    while message is not None:
        payloads.append(message.payload)
        message = (there, here)[(len(payloads) - 1) % 2].receive(message.opcode, message.payload)
    return payloads


SESSIONS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (
        matter_certificates,
        matter_certificate_requests,
        matter_pase,
        matter_case,
        matter_proofs,
    )
}
