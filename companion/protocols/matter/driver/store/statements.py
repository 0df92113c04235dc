"""What a delegate did for the owner of a fabric: signed by the delegate, as Matter devices sign no receipts.

    {1 version, 2 grant id, 3 NOC (TLV), 4 point bstr65 by which the device was attested,
     5 [name, model, serial, firmware], 6 site or "", 7 Unix time, 8 number, 9 SHA-256 of the one before}
                                                                COSE_Sign1, label "matter node statement"

That a node is of the fabric, its certificate shows: only the delegate's key can have issued it. That a device
has that certificate, what it is called and since when are the delegate's words, until the owner calls it.

Statements under one grant are a chain: each has its number and the hash of the one before. So whoever kept
one can tell which of two came first, that one is missing between them, and that a chain was written twice.
Between two delegates nothing is signed that would say so.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from companion.encoding import cbor, cose, es256, shape
from companion.encoding.cbor import MalformedCbor
from companion.encoding.cose import CoseInvalid
from companion.errors import AccountInvalid, FabricMissing, GrantInvalid
from companion.model import Credential, DeviceIdentity
from companion.protocols.fabrics import FabricStatement
from companion.protocols.matter.certificates import chain
from companion.protocols.matter.certificates.certificate import Certificate
from companion.protocols.matter.certificates.faults import BadCertificate
from companion.protocols.matter.driver.commissioning.membership import fabric_credential
from companion.protocols.matter.driver.store import grant_parts, nodes, own_fabrics
from companion.protocols.matter.driver.store.own_fabric import OwnFabric
from companion.protocols.matter.fabric.authority import Issued

if TYPE_CHECKING:
    from companion.identity import Identity
    from companion.protocols import Context, GrantDocument, Memory

_KEPT = "statements"
_PREFIX = b"Matter statements\n"
_LABEL = "matter node statement"
_VERSION = 1
_MOST = 4096
_MAX_STATEMENT = 4096
_MAX_CERTIFICATE = 600
_MAX_TEXT = 255
_MAX_TIME = 0xFFFF_FFFF
_DRAFT = range(1, 8)
_NUMBER, _BEFORE = 8, 9
_HASH_SIZE = 32


def of_run(context: Context, device: DeviceIdentity, identity_key: bytes, noc: Certificate) -> bytes:
    """What is to be said once the device has this certificate (CBOR); b"" where it becomes ours."""
    if not context.grant_id:
        return b""
    about = (context.order.name or device.name, device.model, device.serial, device.firmware)
    payload: cbor.Value = {
        1: _VERSION,
        2: context.grant_id,
        3: noc.as_tlv(),
        4: identity_key,
        5: [(each or "")[: _MAX_TEXT // 4] for each in about],
        6: context.order.site,
        7: int(time.time()),
    }
    return cbor.encode(payload)


def keep_for_owner(context: Context, draft: bytes) -> None:
    """Where the device joined the fabric of a grant's owner, who is told of it. draft: of `of_run`"""
    if context.grant_id:
        keep(context.memory, context.grant_id, draft, context.identity.owner.sign)


def keep(memory: Memory, grant: str, draft: bytes, signer: cose.Signer) -> None:
    """The device is in the fabric: sign that, as the next in the grant's chain. On disk when this returns.

    A draft that was signed before changes nothing: a run that was killed is ended by another one.
    """
    kept, said = memory.get(_KEPT) or {}, shape.fields(cbor.decode(draft), _DRAFT)
    before = [bytes.fromhex(each) for each in _of(memory, grant)]
    if any({key: value for key, value in _read(each).items() if key in _DRAFT} == said for each in before):
        return
    number = shape.uint(_read(before[-1])[_NUMBER]) + 1 if before else 1
    last = hashlib.sha256(before[-1]).digest() if before else b""
    signed = cose.sign(signer, cbor.encode({**said, _NUMBER: number, _BEFORE: last}), _LABEL)
    memory.put(_KEPT, {**kept, grant: [each.hex() for each in (*before, signed)][-_MOST:]})


def count(memory: Memory, grant: str) -> int:
    """How many devices were set up under a grant (its id)."""
    return len({_key(_read(bytes.fromhex(each))) for each in _of(memory, grant)})


def export(memory: Memory, grant: str) -> bytes | None:
    """All under a grant (its id), for the owner; None for nothing."""
    kept = [bytes.fromhex(each) for each in _of(memory, grant)]
    return _PREFIX + cbor.encode([_VERSION, kept]) if kept else None


def read(content: bytes) -> Sequence[tuple[str, bytes]] | None:
    """Each with the grant that it names, nothing verified, "" for one that can't be read; None for another
    file. Raises AccountInvalid."""
    if not content.startswith(_PREFIX):
        return None
    try:
        version, entries = shape.array(cbor.decode(content.removeprefix(_PREFIX)), 2)
        shape.uint(version, _VERSION, _VERSION)
        return [_named(each) for each in shape.array(entries, 0, _MOST)]
    except MalformedCbor as error:
        raise AccountInvalid(str(error)) from error


def _named(entry: cbor.Value) -> tuple[str, bytes]:
    try:
        signed = shape.octets(entry, 1, _MAX_STATEMENT)
        return shape.text(_read(signed)[2], _MAX_TEXT), signed
    except (MalformedCbor, CoseInvalid):
        return "", b""


def check(signed: bytes, document: GrantDocument, part: bytes | None, identity: Identity) -> FabricStatement:
    """By the holder of our grant, about a device that the grant's certificate let into our fabric.

    part: of that grant. Raises AccountInvalid.
    """
    own = document.own
    if part is None:
        raise AccountInvalid("the grant has no Matter certificate")
    try:
        fields = _fields(cose.verify(own.holder, signed, _LABEL))
        noc, icac = (
            Certificate.of_tlv(shape.octets(fields[3], 1, _MAX_CERTIFICATE)),
            grant_parts.icac_of(part),
        )
        named = grant_parts.fabric_of(part).id
        fabric = own_fabrics.find(own_fabrics.known(identity.vault), named)
        member = chain.check_chain(noc, icac, fabric.authority.root)
        name, model, serial, firmware = (
            shape.plain_text(each, _MAX_TEXT) for each in shape.array(fields[5], 4)
        )
        key = _key(fields)
        site, at = shape.plain_text(fields[6], _MAX_TEXT), shape.uint(fields[7], _MAX_TIME)
        number = shape.uint(fields[_NUMBER])
        before = shape.octets(fields[_BEFORE], _HASH_SIZE if number > 1 else 0)
    except (MalformedCbor, CoseInvalid, BadCertificate, FabricMissing, GrantInvalid) as error:
        raise AccountInvalid(str(error)) from error
    # Our own devices' certificates are no secret: a delegate may not bring one home as its own work. And a
    # device with a tag would administer the others.
    if noc.authority_key != icac.subject_key or member.cats or fields[2] != own.id:
        raise AccountInvalid("not a certificate that the grant allows for a device")
    return FabricStatement(
        DeviceIdentity(nodes.node_name(member.node), name, model or None, serial or None, firmware or None),
        key,
        (_credential(fabric, member.node, Issued(noc, icac), number),),
        grant=own.id,
        holder=own.holder,
        certificate=hashlib.sha256(noc.as_der()).hexdigest(),
        at=datetime.fromtimestamp(at, UTC),
        site=site,
        number=number,
        digest=hashlib.sha256(signed).digest(),
        before=before,
    )


def _credential(fabric: OwnFabric, node: int, issued: Issued, number: int) -> Credential:
    credential = fabric_credential(fabric, node, issued)
    return replace(credential, details={**credential.details, "statement": str(number)})


def _of(memory: Memory, grant: str) -> list[str]:
    return list((memory.get(_KEPT) or {}).get(grant, ()))


def _read(signed: bytes) -> dict[int, cbor.Value]:
    return _fields(cose.payload_of(signed))


def _fields(payload: bytes) -> dict[int, cbor.Value]:
    fields = shape.fields(cbor.decode(payload), range(1, 10))
    shape.uint(fields[1], _VERSION, _VERSION)
    return fields


def _key(fields: dict[int, cbor.Value]) -> bytes:
    return shape.octets(fields[4], es256.POINT_SIZE)
