"""A grant on its way to its holder, with what the holder needs to work under it, as a file or a QR code.

    "RP1G:" + base45(COSE_Sign1 by the last issuer, label "rp1 grant file", over the map below)

    {1 version, 2 owner key bstr65, 3 owner's name, 4 [+ bstr grant], 5 [+ name of each holder],
     6 bstr owner's list, 7 [* bstr DER of the holder's CA certificate and those above, no root],
     8 [+ bstr DER of the owner's trust anchors], 9 endpoint "host:port" or "",
     10 [* [name, serial, identity key bstr65, site or ""]], 11 [+ what of each grant only the log knows],
     ? 12 [+ [protocol, bstr]] by which the holder may issue for the owner's fabrics}

How a grant travels is not the specification's; the chain in it is (section 10.4). It holds no secret in
clear: what of 12 is one is sealed to the holder. The signature over the whole keeps whoever carries it from
putting another endpoint or root into it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from cryptography import x509

from companion.encoding import cbor, cose, es256, shape
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.credentials import grant_parts, grants, items, revocation_list, signed_object
from companion.protocols.rp1.credentials.grant_request import MAX_NAME
from companion.protocols.rp1.credentials.grants import Grant
from companion.protocols.rp1.credentials.revocation_list import MAX_LIST
from companion.protocols.rp1.serials import MAX_SERIAL
from companion.protocols.rp1.setup_code.grant_code import GRANT
from companion.setup_code.digits import base45

_LABEL = "rp1 grant file"
_VERSION = 1
_MOST_DEVICES = 512
_MOST_CERTIFICATES = 8
_MOST_DELIVERIES = 64
_MAX_TEXT = 255
_MAX_CLOUD = 16_384
_MAX_ORDINAL = 10_000_000
_MINUTES = 24 * 60
_DEPTH = 255


class BadBundle(signed_object.BadSigned):
    """A text that is no grant, or in which some signature does not hold."""


@dataclass(frozen=True)
class KnownDevice:
    """A device that the grant covers. identity_key: point, 65 octets; site "": none."""

    name: str
    serial: str
    identity_key: bytes
    site: str = ""


@dataclass(frozen=True)
class Remarks:
    """What of a grant no device is told. hours: first and last minute of the day, UTC; deliveries: how many
    devices, on which day (proleptic ordinal), at which site ("": any)."""

    hours: tuple[int, int] | None = None
    deliveries: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True)
class Bundle:
    """chain: encoded; names, remarks: one for each grant of it; certifiers: DER, the holder's own first

    cloud: the profile by which new devices connect, as its file has it; "" for none
    """

    owner: bytes
    owner_name: str
    chain: tuple[bytes, ...] = field(repr=False)
    names: tuple[str, ...]
    revoked: bytes = field(repr=False)
    anchors: tuple[bytes, ...] = field(repr=False)
    certifiers: tuple[bytes, ...] = field(default=(), repr=False)
    endpoint: str = ""
    devices: tuple[KnownDevice, ...] = ()
    remarks: tuple[Remarks, ...] = ()
    parts: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    cloud: str = ""

    @property
    def grants(self) -> tuple[Grant, ...]:
        """The chain, read. Raises BadBundle."""
        try:
            return grants.chain(self.chain, self.owner, _DEPTH)
        except grants.BadGrant as error:
            raise BadBundle(str(error), error.code) from error


def make(signer: cose.Signer, bundle: Bundle) -> str:
    """The text of a grant, signed by who issued the last one of its chain."""
    payload: cbor.Value = {
        1: _VERSION,
        2: bundle.owner,
        3: bundle.owner_name,
        4: list(bundle.chain),
        5: list(bundle.names),
        6: bundle.revoked,
        7: list(bundle.certifiers),
        8: list(bundle.anchors),
        9: bundle.endpoint,
        10: [[each.name, each.serial, each.identity_key, each.site] for each in bundle.devices],
        11: [_encode_remarks(each) for each in bundle.remarks],
        **grant_parts.encode(12, bundle.parts),
        **({13: bundle.cloud} if bundle.cloud else {}),
    }
    return GRANT + base45.encode(cose.sign(signer, cbor.encode(payload), _LABEL))


def parse(text: str) -> Bundle:
    """The grant in a text, with every signature verified. Raises BadBundle.

    Whether the owner is the right one is for people to say: the text names its own.
    """
    try:
        signed = base45.decode(text.strip("\r\n\t\0").removeprefix(GRANT))
    except ValueError as error:
        raise BadBundle("not a grant") from error
    with signed_object.refuse_as(BadBundle):
        bundle = _bundle(cbor.decode(cose.payload_of(signed)))
        chain = bundle.grants
        issuer = chain[-2].holder if len(chain) > 1 else bundle.owner
        cose.verify(issuer, signed, _LABEL)
        _check_list(bundle)
        _check_certifiers(bundle)
        return bundle


def _bundle(value: cbor.Value) -> Bundle:
    fields = shape.fields(value, range(1, 12), (12, 13))
    shape.uint(fields[1], _VERSION, _VERSION)
    owner = shape.octets(fields[2], es256.POINT_SIZE)
    es256.load_point(owner)
    chain = items.grant_chain(fields[4])
    count = len(chain)
    return Bundle(
        owner=owner,
        owner_name=shape.plain_text(fields[3], MAX_NAME),
        chain=chain,
        names=tuple(shape.plain_text(each, MAX_NAME) for each in shape.array(fields[5], count)),
        revoked=cose.sign1(fields[6], MAX_LIST),
        certifiers=_certificates(fields[7], 0),
        anchors=_certificates(fields[8], 1),
        endpoint=shape.plain_text(fields[9], _MAX_TEXT),
        devices=tuple(_device(each) for each in shape.array(fields[10], 0, _MOST_DEVICES)),
        remarks=tuple(_remarks(each) for each in shape.array(fields[11], count)),
        parts=grant_parts.decode(fields.get(12)),
        cloud=shape.text(fields[13], _MAX_CLOUD, 1) if 13 in fields else "",
    )


def _certificates(value: cbor.Value, least: int) -> tuple[bytes, ...]:
    return tuple(
        shape.octets(each, 1, items.MAX_CERTIFICATE) for each in shape.array(value, least, _MOST_CERTIFICATES)
    )


def _device(value: cbor.Value) -> KnownDevice:
    name, serial, key, site = shape.array(value, 4)
    point = shape.octets(key, es256.POINT_SIZE)
    es256.load_point(point)
    return KnownDevice(
        shape.plain_text(name, _MAX_TEXT),
        shape.plain_text(serial, MAX_SERIAL),
        point,
        shape.plain_text(site, _MAX_TEXT),
    )


def _encode_remarks(remarks: Remarks) -> cbor.Value:
    hours: cbor.Value = None if remarks.hours is None else list(remarks.hours)
    return [hours, [list(each) for each in remarks.deliveries]]


def _remarks(value: cbor.Value) -> Remarks:
    hours, deliveries = shape.array(value, 2)
    told = []
    for each in shape.array(deliveries, 0, _MOST_DELIVERIES):
        devices, day, site = shape.array(each, 3)
        told.append(
            (
                shape.uint(devices, 0xFFFF_FFFF, 1),
                shape.uint(day, _MAX_ORDINAL, 1),
                shape.plain_text(site, _MAX_TEXT),
            )
        )
    begin_end = None
    if hours is not None:
        begin, end = shape.array(hours, 2)
        begin_end = shape.uint(begin, _MINUTES - 1), shape.uint(end, _MINUTES - 1)
    return Remarks(begin_end, tuple(told))


def _check_list(bundle: Bundle) -> None:
    try:
        revocation_list.read(bundle.revoked, bundle.owner)
    except revocation_list.BadList as error:
        raise BadBundle("the list is not the owner's", error.code) from error


def _check_certifiers(bundle: Bundle) -> None:
    """From the holder's own certificate up to one of the owner's anchors, each is issued by the next."""
    if not bundle.certifiers:
        return
    try:
        chain = [x509.load_der_x509_certificate(each) for each in bundle.certifiers]
        roots = [x509.load_der_x509_certificate(each) for each in bundle.anchors]
        for issued, issuer in pairwise(chain):
            issued.verify_directly_issued_by(issuer)
        root = next(each for each in roots if each.subject == chain[-1].issuer)
        chain[-1].verify_directly_issued_by(root)
    except Exception as error:  # pyca raises several unrelated types for foreign bytes
        raise BadBundle("the certificates do not lead to the owner's", Abort.CHAIN) from error
