"""What is fuzzed: every parser that sees foreign bytes, with what it may say of them.

A target takes octets and returns. Whatever it raises is a defect.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache

from companion.encoding import cbor, cose, es256
from companion.encoding.cbor import MalformedCbor
from companion.errors import CodeMalformed, CsrRefused
from companion.identity.ca import IssuingCa
from companion.identity.names import DeviceName
from companion.protocols import recognise
from companion.protocols.rp1 import aborts
from companion.protocols.rp1.aborts import SessionAborted
from companion.protocols.rp1.credentials import grants, items, revocation_list, transfer_token, vouchers
from companion.protocols.rp1.credentials.certificates import BadCertificate, check_certificates
from companion.protocols.rp1.credentials.items import ItemType, LdevidChain, TrustAnchors
from companion.protocols.rp1.device.effects import Notify
from companion.protocols.rp1.device.machine import DeviceMachine
from companion.protocols.rp1.device.product import Product
from companion.protocols.rp1.device.storage.flash import RamFlash
from companion.protocols.rp1.handshake import CommissionerTerms, attestation
from companion.protocols.rp1.handshake.attestation import Trust
from companion.protocols.rp1.methods import Method
from companion.protocols.rp1.ownership import transfer_offer
from companion.protocols.rp1.schedule import TrafficKey
from companion.protocols.rp1.session.commissioner import Commissioner
from companion.protocols.rp1.transaction import csr, receipt
from companion.protocols.rp1.transaction import state as transaction_state
from companion.protocols.rp1.wire import fragment, info, messages, operations, results
from companion.protocols.rp1.wire.record import Direction
from companion.secret import Secret
from companion.setup_code.digits import base45
from tests.fuzz.files import FILES
from tests.fuzz.firmware import FIRMWARE
from tests.fuzz.matter import MATTER
from tests.fuzz.matter_model import MODEL
from tests.fuzz.matter_sessions import SESSIONS
from tests.fuzz.mesh import MESH
from tests.fuzz.mesh_network import MESH_NETWORK
from tests.fuzz.nfc import NFC
from tests.fuzz.ownership_vouchers import OWNERSHIP_VOUCHERS
from tests.fuzz.reports import REPORTS
from tests.fuzz.sound import SOUND
from tests.fuzz.tcat import TCAT
from tests.fuzz.thread import THREAD
from tests.fuzz.trust import TRUST

KEY = TrafficKey(bytes(range(16)), bytes(range(13)))


def setup_code(data: bytes) -> None:
    with suppress(CodeMalformed):
        code = recognise(data.decode("latin-1"))
        assert code.ecosystem


def setup_code_rp1(data: bytes) -> None:
    """The octets behind the prefix, as a scanner would give them."""
    with suppress(CodeMalformed):
        recognise("RP1:" + base45.encode(data))


def device_info(data: bytes) -> None:
    with suppress(SessionAborted):
        assert info.encode(info.decode(data)) == data


def advertisement(data: bytes) -> None:
    beacon = info.decode_beacon(data)
    assert (beacon is None) == (len(data) != 9)
    info.recognise(data, bytes(16))


def fragments(data: bytes) -> None:
    """Each value is preceded by its length; no message is longer than announced."""
    assembled = fragment.Reassembler(2048)
    with suppress(SessionAborted):
        for value in values(data):
            message = assembled.feed(value)
            assert message is None or len(message) <= 2048


def deterministic_cbor(data: bytes) -> None:
    with suppress(MalformedCbor):
        assert cbor.encode(cbor.decode(data)) == data


def records(data: bytes) -> None:
    """As they come, and with a header and a tag that fit."""
    with suppress(SessionAborted):
        Direction(KEY).open(data)
    if data:
        sealed = Direction(KEY).seal(data[0], data[1:])
        with suppress(SessionAborted):
            assert Direction(KEY).open(sealed).plaintext == data[1:]


def handshake_messages(data: bytes) -> None:
    messages.is_cbor(data)
    messages.kind_of(data)
    messages.sid_of(data)
    for decode, encode in (
        (messages.decode_m1, messages.encode_m1),
        (messages.decode_m2, messages.encode_m2),
    ):
        with suppress(SessionAborted):
            assert encode(decode(data)) == data  # type: ignore[operator]  # each with its own
    with suppress(SessionAborted):
        m3 = messages.decode_m3(data)
        assert m3.opening + m3.record == data
    for method in (Method.NC, Method.OWNER | Method.KEY):
        with suppress(SessionAborted):
            messages.decode_auth_c(data, method)
        with suppress(SessionAborted):
            messages.decode_auth_d(data, identified=bool(method & Method.KEY))
    with suppress(MalformedCbor):
        aborts.decode(data)


def requests_and_replies(data: bytes) -> None:
    with suppress(MalformedCbor):
        operations.decode_args(operations.decode_envelope(data))
    with suppress(MalformedCbor):
        reply = results.decode_reply(data)
        for decode in (
            results.decode_facts,
            results.decode_transaction,
            results.decode_csr,
            results.decode_list_held,
        ):
            with suppress(MalformedCbor):
                decode(reply.result)
    with suppress(MalformedCbor):
        transaction_state.decode(data)
    with suppress(receipt.BadReceipt):
        receipt.read(data, es256.point(identity()))
    with suppress(cose.CoseInvalid):
        cose.payload_of(data)


def signed_words(data: bytes) -> None:
    """Grants, tokens, vouchers, lists and receipts behind a signature that holds."""
    sign, point = functools.partial(es256.sign, identity()), es256.point(identity())
    with suppress(grants.BadGrant):
        grants.read(cose.sign(sign, data, "rp1 grant"), point)
    with suppress(transfer_token.BadToken):
        transfer_token.read(cose.sign(sign, data, "rp1 xfer"), point)
    with suppress(vouchers.BadVoucher):
        vouchers.read(cose.sign(sign, data, "rp1 voucher"), point)
    with suppress(revocation_list.BadList):
        revocation_list.read(cose.sign(sign, data, "rp1 rev"), point)
    with suppress(receipt.BadReceipt):
        receipt.read(cose.sign(sign, data, "rp1 receipt"), point)


def offers(data: bytes) -> None:
    with suppress(transfer_offer.BadOffer):
        transfer_offer.one_time_key(transfer_offer.parse("RP1T:" + base45.encode(data)))
    with suppress(transfer_offer.BadOffer):
        transfer_offer.parse(data.decode("latin-1"))


def handed_over_items(data: bytes) -> None:
    if not data:
        return
    with suppress(MalformedCbor, BadCertificate):
        kind = ItemType(data[0] % 8 + 1)
        item = items.decode(kind, data[1:])
        if isinstance(item, LdevidChain | TrustAnchors):
            check_certificates(item)


def certificates(data: bytes) -> None:
    with suppress(BadCertificate):
        check_certificates(LdevidChain((data, data)))
    proof = messages.IdentityProof(bytes(64), chain=(data,))
    with suppress(SessionAborted):
        attestation.identify(proof, Method.KEY, b"", Trust(roots=ca().anchors))


def certificate_chains(data: bytes) -> None:
    """Behind a signature that holds, so that the chain is looked at."""
    with suppress(SessionAborted):
        leaf = attestation._load(data)
        attestation._serials(leaf)
        attestation._verify((data,), Trust(roots=ca().anchors))


def certificate_requests(data: bytes) -> None:
    with suppress(csr.BadCsr):
        csr.check(data, bytes(16))
    with suppress(CsrRefused):
        ca().issue(data, serial="RP1-0001", name=DeviceName(bytes(16), bytes(8)))


def device(data: bytes) -> None:
    """A whole device, values written to it; it answers within what a link carries, and lives."""
    machine = DeviceMachine(product(), RamFlash(), lambda: 0.0)
    machine.connected()
    machine.mtu_changed(247)
    machine.read_info()
    for value in values(data):
        for effect in machine.received(value):
            assert not isinstance(effect, Notify) or len(effect.value) <= 244
    assert machine.info.state in (info.InfoState.UNOWNED, info.InfoState.SESSION)


def commissioner(data: bytes) -> None:
    """A whole commissioner after M1, values notified to it."""
    machine = DeviceMachine(product(), RamFlash(), lambda: 0.0)
    end = Commissioner(CommissionerTerms(machine.read_info(), Method.OOB, secret=product().r), room=244)
    end.begin(0.0)
    with suppress(SessionAborted):
        for value in values(data):
            for _ in end.receive(value, 0.0):
                end.reveal(0.0)
    assert end.state.name in ("COMMITTED", "ANSWERED", "OPENED", "OVER")


def values(data: bytes) -> Iterator[bytes]:
    """GATT values, each preceded by its length."""
    while data:
        size, data = data[0], data[1:]
        yield data[:size]
        data = data[size:]


@cache
def ca() -> IssuingCa:
    return IssuingCa.create("Fuzz CA")


@cache
def identity():
    return es256.private_key(bytes(31) + b"\x07")


@cache
def product() -> Product:
    return Product("S", "M", "F", 1, identity(), Secret(bytes(range(3, 19))))


TARGETS: dict[str, Callable[[bytes], None]] = (
    {
        target.__name__: target
        for target in (
            setup_code,
            setup_code_rp1,
            device_info,
            advertisement,
            fragments,
            deterministic_cbor,
            records,
            handshake_messages,
            requests_and_replies,
            signed_words,
            offers,
            handed_over_items,
            certificates,
            certificate_chains,
            certificate_requests,
            device,
            commissioner,
        )
    }
    | MATTER
    | MODEL
    | SESSIONS
    | FILES
    | TRUST
    | OWNERSHIP_VOUCHERS
    | REPORTS
    | THREAD
    | NFC
    | FIRMWARE
    | TCAT
    | MESH
    | MESH_NETWORK
    | SOUND
)
