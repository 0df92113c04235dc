"""`companion trust`: makers whose devices are genuine, factory keys, and the owner's public key."""

from __future__ import annotations

import argparse
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from companion.commands.arguments.options import (
    add_json,
    add_radio,
    is_virtual,
    passphrase_source,
    registry_folder,
)
from companion.commands.terminal import streams
from companion.errors import StorageError, TrustUnusable
from companion.files import HAND_MADE, read_at_most, replace_durably
from companion.identity import FILES, checked_url, crl, open_identity, owner_domain
from companion.identity.public import public_pem
from companion.protocols import Memory
from companion.registry import Registry, open_registry

PROTOCOL = "rp1"
MAKERS = "makers"
DESCRIPTION = """\
Manage what Companion trusts.

actions:
  list            list trusted manufacturers (default)
  add FILE        trust a manufacturer: FILE is its root certificate, PEM or DER
  remove PRINT    stop trusting a manufacturer; PRINT is the beginning of its fingerprint in the list
  psk ID FILE     store a device's factory key: ID in hexadecimal, FILE with 32 to 64 hexadecimal digits
  key FILE        export your public owner key, for another owner's `devices transfer --to`
  ca FILE         export your CA certificate (PEM) for services that authorise by its first line's dNSName
  broker FILE     the same for a broker that checks only the common name: it rejects delegates' devices
  crl [FILE]      write the certificate revocation list (PEM) for a broker; without FILE, to its last path.
                  It is valid for 7 days; `list` and `companion doctor` warn from day 4 on
  crl-url URL     add this http address of the list to new certificates; URL “none” removes it
"""
_ARGUMENTS = {
    "list": (0,),
    "add": (1,),
    "remove": (1,),
    "psk": (2,),
    "key": (1,),
    "ca": (1,),
    "broker": (1,),
    "crl": (0, 1),
    "crl-url": (1,),
}
_NO_URL = "none"
_OTHER_KEY = (
    "companion: this is the owner key of your real devices. Virtual devices have another one: "
    "add --radio virtual to write that"
)
_PSK_ID = re.compile(r"(?:[0-9a-f]{2}){1,32}")
_PSK = re.compile(r"(?:[0-9a-fA-F]{2}){16,32}")


def configure(parser: argparse.ArgumentParser) -> None:
    """`trust [list | add FILE | remove PRINT | psk ID FILE | ... | crl [FILE] | crl-url URL]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    add_radio(parser)
    add_json(parser)
    parser.add_argument("action", nargs="?", choices=tuple(_ARGUMENTS), default="list", metavar="ACTION")
    parser.add_argument("words", nargs="*", metavar="ARGUMENT")
    parser.add_argument(
        "--passphrase-file", type=Path, metavar="F", help="file with the passphrase of Companion's key file"
    )


def run(arguments: argparse.Namespace) -> int:
    """Do it, in the data folder of the radio asked for."""
    words: list[str] = arguments.words
    if len(words) not in _ARGUMENTS[arguments.action]:
        return _usage(
            "usage: trust list | add FILE | remove PRINT | psk ID FILE | key FILE | ca FILE | broker "
            "FILE | crl [FILE] | crl-url URL"
        )
    if arguments.action == "crl-url" and (wrong := _wrong_url(words[0])):
        return _usage(wrong)
    folder = registry_folder(arguments)
    identity = open_identity(
        folder, throwaway=is_virtual(arguments), ask_passphrase=passphrase_source(arguments)
    )
    registry = open_registry(folder)
    try:
        memory = registry.memory(PROTOCOL, identity.vault)
        if arguments.action == "key":
            _write(Path(words[0]), public_pem(identity.owner.public))
            if not is_virtual(arguments) and (folder / FILES["virtual"]).exists():
                streams.complain(_OTHER_KEY)
        elif arguments.action == "ca":
            _write(Path(words[0]), authority(identity.ca.anchors[0], identity.owner.public))
        elif arguments.action == "broker":
            _write(Path(words[0]), authority(identity.ca.direct_root, identity.owner.public))
        elif arguments.action == "crl":
            if crl.publish(folder, identity.ca, registry, Path(words[0]) if words else None) is None:
                return _usage("trust crl needs a FILE the first time")
        elif arguments.action == "crl-url":
            identity.publish_at(None if words[0] == _NO_URL else words[0])
        else:
            _ACTIONS[arguments.action](memory, words)
        listed = _Listed(makers(memory), _publication(folder, registry), identity.ca.distribution_point)
        _tell(listed, as_json=arguments.json, quiet=arguments.action != "list")
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


@dataclass(frozen=True)
class _Listed:
    """What `list` shows. published: the list of revoked certificates that was written last, and how it is."""

    makers: list[x509.Certificate]
    published: tuple[crl.Publication, crl.Standing] | None
    distribution_point: str | None


def _publication(folder: Path, registry: Registry) -> tuple[crl.Publication, crl.Standing] | None:
    last = crl.published(folder)
    if last is None:
        return None
    return last, last.standing(datetime.now(UTC), crl.latest(registry.revocations()))


def _usage(wrong: str) -> int:
    streams.complain(f"companion: {wrong}")
    return 2


def _wrong_url(url: str) -> str:
    """What is wrong with an address for the list; "" for nothing."""
    try:
        if url != _NO_URL:
            checked_url(url)
    except ValueError as error:
        return str(error)
    return ""


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
        raise TrustUnusable(f"{len(fitting)} manufacturers match")
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
        return read_at_most(HAND_MADE, file)
    except OSError as error:
        raise TrustUnusable(f"{file.name}: {type(error).__name__}") from error


def _write(file: Path, content: bytes) -> None:
    try:
        replace_durably(file, content)
    except OSError as error:
        raise StorageError(f"{file.name}: {type(error).__name__}") from error


def _tell(listed: _Listed, *, as_json: bool, quiet: bool) -> None:
    if as_json:
        made = [
            {"name": root.subject.rfc4514_string(), "fingerprint": fingerprint(root)}
            for root in listed.makers
        ]
        published = listed.published
        document = {
            "makers": made,
            "revocation_list": published[0].as_json(published[1]) if published else None,
            "distribution_point": listed.distribution_point,
        }
        streams.document(document)
        return
    if quiet:
        streams.say("Done.")
        return
    for root in listed.makers:
        streams.say(f"{fingerprint(root)[:16]}  {root.subject.rfc4514_string()}")
    if not listed.makers:
        streams.say("No trusted manufacturers. Add one with `companion trust add FILE`.")
    if listed.published is not None:
        for line in told_of(*listed.published):
            streams.say(line)
    if listed.distribution_point is not None:
        streams.say(f"Revocation list address in new certificates: {listed.distribution_point}")


_WARNINGS = {
    crl.Standing.AGING: "! It expires soon; brokers then reject every device.",
    crl.Standing.INCOMPLETE: "! It lacks a certificate revoked since; brokers still accept it.",
    crl.Standing.MISSING: "! The file is missing.",
    crl.Standing.EXPIRED: "! It has expired; brokers that use it reject every device.",
}


def told_of(published: crl.Publication, standing: crl.Standing) -> list[str]:
    """Lines on the list that was written last, with a warning and what to do where it is due."""
    told = (
        f"Revocation list: {published.file}, {published.entries} entries, "
        f"valid until {published.until:%Y-%m-%d %H:%M} UTC."
    )
    if standing is crl.Standing.FRESH:
        return [told]
    advice = "Renew it with `companion trust crl`, then install it on the broker."
    return [told, f"{_WARNINGS[standing]} {advice}"]
