"""SUIT manifests (draft-ietf-suit-manifest-37): who may install what, with digests and signatures.

Nothing of one is executed. Deterministic CBOR is required, which the draft's examples and the known tools
write: an envelope in another encoding is malformed here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256, sha384, sha512, shake_128, shake_256
from typing import Any
from uuid import UUID

from companion.encoding import cbor
from companion.encoding.cbor import MalformedCbor
from companion.errors.firmware import FirmwareMalformed
from companion.firmware import keys as signers
from companion.firmware.image import Fact, Image, Kind, failed, not_known, passed
from companion.firmware.keys import SignerKey
from companion.model import Check, Text, Verdict

_TAG = bytes.fromhex("d86b")
_SIGN1 = 0xD2
_DEPTH = 8
_LARGEST = 64 * 1024 * 1024
_MOST_METADATA = 1024 * 1024
"""Octets of an envelope without the payloads that it may carry."""
_MOST_ITEMS = 10_000
"""Of one map or array with all that is in it."""
_MOST_SIGNATURES = 16

_AUTHENTICATION, _MANIFEST = 2, 3
_VERSION, _SEQUENCE, _COMMON, _REFERENCE = 1, 2, 3, 4
_COMPONENTS, _SHARED = 2, 4
_SEVERABLE = {16: "payload fetch", 20: "install", 23: "text"}
_OVERRIDE, _TRY_EACH = 20, 15
_VENDOR, _CLASS, _IMAGE_DIGEST, _SIZE, _URI, _DEVICE = 1, 2, 3, 14, 21, 24
_HASHES: Mapping[int, Callable[[bytes], bytes]] = {
    -16: lambda data: sha256(data).digest(),
    -18: lambda data: shake_128(data).digest(32),
    -43: lambda data: sha384(data).digest(),
    -44: lambda data: sha512(data).digest(),
    -45: lambda data: shake_256(data).digest(64),
}
"""COSE's numbers (RFC 9054)."""
_ECDSA = {-7, -9, -35, -51}
_EDDSA = {-8, -19}

_CLAIM, _DAMAGED = Text("Digest of the manifest"), Text("The manifest was changed after it was made.")
_OTHER_HASH = Text("It is by a hash that Companion does not compute.")
_ABSENT = Text("The file does not have it.")
_UNBOUND = Text("It can't be said that what it signs is in this file.")


def recognises(data: bytes) -> bool:
    """True for the tag of an envelope, or a map that begins with what authenticates it."""
    if data.startswith(_TAG):
        return True
    return len(data) > 2 and data[0] >> 5 == 5 and data[1] == _AUTHENTICATION and data[2] >> 5 == 2


def read(data: bytes, keys: Sequence[SignerKey] = ()) -> Image:
    """The envelope. Raises FirmwareMalformed."""
    try:
        return _read(data.removeprefix(_TAG), keys)
    except (MalformedCbor, KeyError, IndexError, TypeError, ValueError) as error:
        raise FirmwareMalformed(f"the envelope is not one of SUIT: {error}") from error


def _read(data: bytes, keys: Sequence[SignerKey]) -> Image:
    envelope = _map(data, _LARGEST)
    if sum(len(part) for part in envelope.values() if isinstance(part, bytes)) > _MOST_METADATA:
        raise ValueError("a manifest of more than a megabyte")
    wrapped = _octets(envelope[_MANIFEST])
    digest, *blocks = _list(_octets(envelope[_AUTHENTICATION]))
    manifest = _map(wrapped)
    if manifest[_VERSION] != 1:
        raise ValueError("a version that this Companion does not know")
    facts = [Fact("sequence", "Sequence number", str(_number(manifest[_SEQUENCE])))]
    if _REFERENCE in manifest:
        facts.append(Fact("reference", "Full manifest", str(manifest[_REFERENCE])))
    facts += _common(_map(_octets(manifest[_COMMON])))
    checks = [_digest("digest", _CLAIM, _list(_octets(digest)), cbor.encode(wrapped), _DAMAGED)]
    checks += _severed(envelope, manifest)
    is_bound = all(check.verdict is Verdict.PASSED or check.reason == _ABSENT for check in checks)
    checks += _signatures(blocks, _octets(digest), keys, is_bound=is_bound)
    return Image(Kind.SUIT, "SUIT manifest", tuple(facts), tuple(checks))


# --- what it is for --------------------------------------------------------------------------------


def _common(common: Mapping[int, Any]) -> Iterator[Fact]:
    for each in common[_COMPONENTS]:
        yield Fact("component", "Component", "/".join(_octets(part).hex() for part in each))
    if _SHARED in common:
        for parameters in _parameters(_list(_octets(common[_SHARED])), _DEPTH):
            yield from _told(parameters)


def _parameters(commands: Sequence[Any], depth: int) -> Iterator[Mapping[int, Any]]:
    """What is set in a sequence of commands, also where one of several is tried. Nothing is run."""
    if not depth:
        raise ValueError("too many sequences in each other")
    for command, argument in zip(commands[::2], commands[1::2], strict=True):
        if command == _OVERRIDE:
            yield argument
        elif command == _TRY_EACH:
            for inner in argument:
                if inner is not None:
                    yield from _parameters(_list(_octets(inner)), depth - 1)


def _told(parameters: Mapping[int, Any]) -> Iterator[Fact]:
    for number, name, label in (
        (_VENDOR, "vendor", "Vendor"),
        (_CLASS, "class", "Device class"),
        (_DEVICE, "device", "Device"),
    ):
        if number in parameters:
            yield Fact(name, label, _identifier(_octets(parameters[number])))
    if _IMAGE_DIGEST in parameters:
        _, digest, *_ = _list(_octets(parameters[_IMAGE_DIGEST]))
        yield Fact("image_digest", "Image (digest)", _octets(digest).hex())
    if _SIZE in parameters:
        yield Fact("size", "Image size", f"{_number(parameters[_SIZE])} bytes")
    if _URI in parameters:
        yield Fact("uri", "Image from", str(parameters[_URI]))


def _identifier(octets: bytes) -> str:
    return str(UUID(bytes=octets)) if len(octets) == 16 else octets.hex()


# --- what holds ------------------------------------------------------------------------------------


def _digest(name: str, claim: Text, said: Sequence[Any], content: bytes, wrong: Text) -> Check:
    """content: with the head of the byte string that it travels in (5.2)."""
    algorithm, value, *_ = said
    made = _HASHES.get(_number(algorithm))
    if made is None:
        return not_known(name, claim, _OTHER_HASH)
    return passed(name, claim) if made(content) == _octets(value) else failed(name, claim, wrong)


def _severed(envelope: Mapping[int, Any], manifest: Mapping[int, Any]) -> Iterator[Check]:
    """Members of which the manifest has the digest alone."""
    for number, word in _SEVERABLE.items():
        said = manifest.get(number)
        if not isinstance(said, list):
            continue
        claim = Text("Severed part: {part}", {"part": word})
        if number not in envelope:
            yield not_known(f"severed-{number}", claim, _ABSENT)
            continue
        wrong = Text("It is not the one that the manifest names.")
        content = cbor.encode(_octets(envelope[number]))
        yield _digest(f"severed-{number}", claim, said, content, wrong)


def _signatures(
    blocks: Sequence[Any], digest: bytes, keys: Sequence[SignerKey], *, is_bound: bool
) -> Iterator[Check]:
    """is_bound: the digest, which alone is signed, was found to be the manifest's, with all its parts."""
    if not blocks:
        yield signers.unsigned(keys)
    if len(blocks) > _MOST_SIGNATURES:
        raise ValueError("too many signatures")
    for number, block in enumerate(map(_octets, blocks), 1):
        name = f"signature-{number}"
        if not block or block[0] != _SIGN1:
            yield not_known(name, signers.SIGNER, Text("It is of a kind that Companion does not check."))
            continue
        protected, _, _, signature = _list(block[1:])
        verifies = partial(_made_by, _octets(protected), _octets(signature), digest)
        check = signers.examined(name, keys, verifies)
        yield (
            check
            if is_bound or check.verdict is not Verdict.PASSED
            else not_known(name, signers.SIGNER, _UNBOUND)
        )


def _made_by(protected: bytes, signature: bytes, digest: bytes, key: SignerKey) -> bool:
    """COSE_Sign1 with a detached payload: the digest's octets (RFC 9052, 4.4)."""
    algorithm = _map(protected).get(1)
    signed = cbor.encode(["Signature1", protected, b"", digest])
    if algorithm in _ECDSA:
        return key.is_ec and signers.holds(key, signers.raw_to_der(signature), signed)
    return algorithm in _EDDSA and key.is_ed25519 and signers.holds(key, signature, signed)


# --- values ----------------------------------------------------------------------------------------


def _map(data: bytes, most: int = _MOST_METADATA) -> Mapping[int, Any]:
    value = _decoded(data, most)
    if not isinstance(value, dict):
        raise MalformedCbor("no map")
    return value


def _list(data: bytes) -> Sequence[Any]:
    value = _decoded(data, _MOST_METADATA)
    if not isinstance(value, list):
        raise MalformedCbor("no array")
    return value


def _decoded(data: bytes, most: int) -> cbor.Value:
    return cbor.decode(data, max_size=most, max_depth=_DEPTH, max_items=_MOST_ITEMS, foreign_keys=True)


def _octets(value: object) -> bytes:
    if not isinstance(value, bytes):
        raise MalformedCbor("no byte string")
    return value


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise MalformedCbor("no number")
    return value
