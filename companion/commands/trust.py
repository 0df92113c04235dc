"""`companion trust`: makers whose devices are genuine, factory keys, and the owner's public key."""

from __future__ import annotations

import argparse
import hashlib
import re
import time
from collections.abc import Callable
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from companion.commands import streams
from companion.commands.options import (
    add_json,
    add_radio,
    is_virtual,
    passphrase_source,
    registry_folder,
)
from companion.errors import StorageError, TrustUnusable
from companion.files import replace_durably
from companion.identity import IssuingCa, Revoked, open_identity, owner_domain
from companion.identity.public import public_pem
from companion.protocols import Memory
from companion.registry import Registry, open_registry

PROTOCOL = "rp1"
MAKERS = "makers"
DESCRIPTION = """\
Say whom and what to trust.

actions:
  list            the makers that are trusted (default)
  add FILE        trust a maker: his root certificate, PEM or DER
  remove PRINT    trust him no more; PRINT is the beginning of the fingerprint in the list
  psk ID FILE     keep a device's factory key: ID in hexadecimal, FILE with 32 to 64 hexadecimal digits
  key FILE        write your owner key's public half, for `devices transfer --to` of somebody else
  ca FILE         write your CA's certificate (PEM) for services that authorise by the dNSName it begins with
  broker FILE     the same for a broker that reads the common name alone: it then refuses delegates' devices
  crl FILE        write the list of revoked certificates (PEM) for a broker; it is good for 7 days
"""
_ARGUMENTS = {"list": 0, "add": 1, "remove": 1, "psk": 2, "key": 1, "ca": 1, "broker": 1, "crl": 1}
_PSK_ID = re.compile(r"(?:[0-9a-f]{2}){1,32}")
_PSK = re.compile(r"(?:[0-9a-fA-F]{2}){16,32}")


def configure(parser: argparse.ArgumentParser) -> None:
    """`trust [list | add FILE | remove PRINT | psk ID FILE | key | ca | broker | crl FILE]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    add_radio(parser)
    add_json(parser)
    parser.add_argument("action", nargs="?", choices=tuple(_ARGUMENTS), default="list", metavar="ACTION")
    parser.add_argument("words", nargs="*", metavar="ARGUMENT")
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="F", help="passphrase of Companion's key file"
    )


def run(arguments: argparse.Namespace) -> int:
    """Do it, in the data folder of the radio asked for."""
    words: list[str] = arguments.words
    if len(words) != _ARGUMENTS[arguments.action]:
        streams.complain(
            "companion: trust takes list, add FILE, remove PRINT, psk ID FILE, or one of key, ca, broker and "
            "crl with FILE"
        )
        return 2
    folder = registry_folder(arguments)
    identity = open_identity(
        folder, throwaway=is_virtual(arguments), ask_passphrase=passphrase_source(arguments)
    )
    registry = open_registry(folder)
    try:
        memory = registry.memory(PROTOCOL, identity.vault)
        if arguments.action == "key":
            _write(Path(words[0]), public_pem(identity.owner.public))
        elif arguments.action == "ca":
            _write(Path(words[0]), authority(identity.ca.anchors[0], identity.owner.public))
        elif arguments.action == "broker":
            _write(Path(words[0]), authority(identity.ca.direct_root, identity.owner.public))
        elif arguments.action == "crl":
            _write(Path(words[0]), revocation_list(identity.ca, registry))
        else:
            _ACTIONS[arguments.action](memory, words)
        _tell(makers(memory), as_json=arguments.json, quiet=arguments.action != "list")
    finally:
        registry.close()
    return 0


def makers(memory: Memory) -> list[x509.Certificate]:
    """The pinned roots."""
    return [x509.load_der_x509_certificate(bytes.fromhex(der)) for der in memory.get(MAKERS) or ()]


def authority(root: bytes, owner_key: bytes) -> bytes:
    """A root (DER) as PEM, under a line that says by which names to authorise. PEM readers skip it."""
    told = f"# Devices: one dNSName <fingerprint>.<site>.{owner_domain(owner_key)}\n"
    return told.encode() + x509.load_der_x509_certificate(root).public_bytes(Encoding.PEM)


def revocation_list(ca: IssuingCa, registry: Registry) -> bytes:
    """The CA's list of what the registry has as revoked (RFC 5280, section 5), as PEM."""
    revoked = [Revoked(int(each.serial_number, 16), each.revoked) for each in registry.revocations()]
    # Unix seconds rise from list to list, on whichever computer they are made.
    der = ca.revocation_list(revoked, number=int(time.time()))
    return x509.load_der_x509_crl(der).public_bytes(Encoding.PEM)


def _add(memory: Memory, words: list[str]) -> None:
    content = _read(Path(words[0]))
    try:
        pem = content.lstrip().startswith(b"-----")
        root = x509.load_pem_x509_certificate(content) if pem else x509.load_der_x509_certificate(content)
        root.verify_directly_issued_by(root)
        is_ca = root.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except Exception as error:  # pyca raises several unrelated types for foreign certificates
        raise TrustUnusable(f"{Path(words[0]).name}: {type(error).__name__}") from error
    if not is_ca:
        raise TrustUnusable(f"{Path(words[0]).name}: not a CA")
    der = root.public_bytes(Encoding.DER).hex()
    kept = memory.get(MAKERS) or []
    if der not in kept:
        memory.put(MAKERS, [*kept, der])


def _remove(memory: Memory, words: list[str]) -> None:
    wanted = words[0].lower()
    fitting = [root for root in makers(memory) if fingerprint(root).startswith(wanted)]
    if len(fitting) != 1:
        raise TrustUnusable(f"{len(fitting)} makers fit")
    der = fitting[0].public_bytes(Encoding.DER).hex()
    memory.put(MAKERS, [one for one in memory.get(MAKERS) or () if one != der] or None)


def _keep_psk(memory: Memory, words: list[str]) -> None:
    name, text = words[0].lower(), _read(Path(words[1])).strip().decode("ascii", "replace")
    if not _PSK_ID.fullmatch(name) or not _PSK.fullmatch(text):
        raise TrustUnusable("a factory key has 16 to 32 octets, its ID 1 to 32, both in hexadecimal")
    memory.put_secret(f"psk/{name}", bytes.fromhex(text))


_ACTIONS: dict[str, Callable[[Memory, list[str]], None]] = {
    "list": lambda memory, words: None,
    "add": _add,
    "remove": _remove,
    "psk": _keep_psk,
}


def fingerprint(root: x509.Certificate) -> str:
    """SHA-256 of the certificate, in hexadecimal."""
    return hashlib.sha256(root.public_bytes(Encoding.DER)).hexdigest()


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise TrustUnusable(f"{file.name}: {type(error).__name__}") from error


def _write(file: Path, content: bytes) -> None:
    try:
        replace_durably(file, content)
    except OSError as error:
        raise StorageError(f"{file.name}: {type(error).__name__}") from error


def _tell(pinned: list[x509.Certificate], *, as_json: bool, quiet: bool) -> None:
    if as_json:
        listed = [
            {"name": root.subject.rfc4514_string(), "fingerprint": fingerprint(root)} for root in pinned
        ]
        streams.document({"makers": listed})
        return
    if quiet:
        streams.say("Done.")
        return
    for root in pinned:
        streams.say(f"{fingerprint(root)[:16]}  {root.subject.rfc4514_string()}")
    if not pinned:
        streams.say("No makers yet. `companion trust add FILE` trusts one.")
