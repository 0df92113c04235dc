"""The options that say what a dataset is to have. Secrets come from files."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from companion.commands.arguments.options import passphrase_in
from companion.errors import ThreadDatasetUnusable
from companion.files import MAX_SMALL_FILE, read_named
from companion.model import Text
from companion.networks.thread.changes import Changes
from companion.networks.thread.values import FLAGS
from companion.secret import Secret

_PREFIX = re.compile(r"(?i)([0-9a-f]{1,4}(?::[0-9a-f]{1,4}){3})(?:::)?(?:/64)?")
_FLAG_NAMES = {name.replace("_", "-"): name for name in FLAGS}


def configure(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--name", help="network name, 1 to 16 bytes")
    group.add_argument("--channel", type=int, metavar="N", help="channel, 11 to 26")
    group.add_argument(
        "--channels", type=_channels, metavar="LIST", help="channels that the network may move to: 11,15-20"
    )
    group.add_argument("--pan-id", type=_hexadecimal(2), metavar="HEX", help="PAN id, 4 digits")
    group.add_argument(
        "--extended-pan-id", type=_hexadecimal(8), metavar="HEX", help="extended PAN id, 16 digits"
    )
    group.add_argument(
        "--mesh-local-prefix",
        type=_prefix,
        metavar="PREFIX",
        help="mesh-local prefix, such as fd00:1:2:3::/64",
    )
    group.add_argument(
        "--network-key-file", type=Path, metavar="F", help="file with the network key, 32 digits"
    )
    group.add_argument("--pskc-file", type=Path, metavar="F", help="file with the PSKc, 32 digits")
    group.add_argument(
        "--commissioner-passphrase-file",
        type=Path,
        metavar="F",
        help="file with a passphrase of 6 to 255 bytes, from which the PSKc is derived",
    )
    group.add_argument("--rotation", type=int, metavar="HOURS", help="hours between two network keys")
    for word, wanted in (("allow", True), ("forbid", False)):
        group.add_argument(
            f"--{word}",
            action="append",
            default=[],
            choices=sorted(_FLAG_NAMES),
            metavar="WHAT",
            help=f"{word} in the security policy: {', '.join(sorted(_FLAG_NAMES))}"
            if wanted
            else "the opposite; both can be repeated",
        )


def changes(arguments: argparse.Namespace) -> Changes:
    """What the options say. Raises FileMissing, FileUnreadable, ThreadDatasetUnusable."""
    allowed = {_FLAG_NAMES[name]: True for name in arguments.allow}
    forbidden = {_FLAG_NAMES[name]: False for name in arguments.forbid}
    passphrase = arguments.commissioner_passphrase_file
    return Changes(
        name=arguments.name,
        channel=arguments.channel,
        channels=arguments.channels,
        pan_id=int.from_bytes(arguments.pan_id, "big") if arguments.pan_id is not None else None,
        extended_pan_id=arguments.extended_pan_id,
        prefix=arguments.mesh_local_prefix,
        key=_secret(arguments.network_key_file),
        pskc=_secret(arguments.pskc_file),
        passphrase=passphrase_in(passphrase) if passphrase is not None else None,
        rotation=arguments.rotation,
        allow=allowed | forbidden,
    )


def _secret(file: Path | None) -> Secret | None:
    if file is None:
        return None
    try:
        return Secret(bytes.fromhex(read_named(MAX_SMALL_FILE, file).decode("ascii")))
    except ValueError:
        sentence = Text("The file {file} does not contain hexadecimal digits.", {"file": file.name})
        raise ThreadDatasetUnusable(missing=sentence) from None


def _hexadecimal(length: int) -> _Digits:
    return _Digits(length)


class _Digits:
    """A type for argparse: so many octets in hexadecimal digits, with or without 0x."""

    def __init__(self, length: int) -> None:
        self._length = length

    def __call__(self, text: str) -> bytes:
        try:
            octets = bytes.fromhex(text.lower().removeprefix("0x"))
        except ValueError:
            octets = b""
        if len(octets) != self._length:
            raise argparse.ArgumentTypeError(f"{text!r} is not {2 * self._length} hexadecimal digits")
        return octets


def _prefix(text: str) -> bytes:
    """Raises argparse.ArgumentTypeError."""
    match = _PREFIX.fullmatch(text)
    if match is None:
        raise argparse.ArgumentTypeError(f"{text!r} is not a prefix like fd00:1:2:3::/64")
    return b"".join(int(group, 16).to_bytes(2, "big") for group in match[1].split(":"))


def _channels(text: str) -> frozenset[int]:
    """Raises argparse.ArgumentTypeError."""
    found: set[int] = set()
    for part in text.split(","):
        match = re.fullmatch(r"([0-9]{1,2})(?:-([0-9]{1,2}))?", part.strip())
        if match is None:
            raise argparse.ArgumentTypeError(f"{text!r} is not a list like 11,15-20")
        found |= set(range(int(match[1]), int(match[2] or match[1]) + 1))
    return frozenset(found)
