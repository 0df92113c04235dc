"""What a virtual device keeps: its fabrics, its networks, and what people set. One value, so that a fail-safe
can put back all of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from companion.files import read_own, replace_durably
from companion.protocols.matter.crypto.keys import KeyPair
from companion.protocols.matter.fabric.access import ENTRY, AccessEntry
from companion.protocols.matter.fabric.credentials import NodeCredentials
from companion.protocols.matter.tlv import Several, decode, encode
from companion.secret import Secret

MOST_FABRICS = 5
MAX_FILE = 1 << 20
_ACL = Several(ENTRY, 64)


@dataclass(frozen=True)
class Member:
    """A fabric that the device belongs to. index: here, 1 to 254; vendor: of its administrator."""

    index: int
    credentials: NodeCredentials
    vendor: int
    label: str = ""
    acl: tuple[AccessEntry, ...] = ()


@dataclass(frozen=True)
class Stored:
    """A network that it was given. id: SSID, or extended PAN id; credentials: passphrase or dataset."""

    id: bytes
    credentials: Secret


@dataclass(frozen=True)
class Settings:
    """connected: id of the network that it uses; label, location: what people call it, and its country."""

    members: tuple[Member, ...] = ()
    networks: tuple[Stored, ...] = ()
    connected: bytes | None = None
    label: str = ""
    location: str = "XX"
    regulatory: int = 0
    on: bool = field(default=False, compare=False)

    def member(self, index: int) -> Member | None:
        return next((each for each in self.members if each.index == index), None)

    def with_member(self, member: Member) -> Settings:
        """With a new member, or a changed one in its place."""
        others = tuple(each for each in self.members if each.index != member.index)
        return replace(self, members=tuple(sorted((*others, member), key=lambda each: each.index)))

    def without_member(self, index: int) -> Settings:
        """Without one; the device forgets all when it was the last."""
        left = tuple(each for each in self.members if each.index != index)
        return replace(self, members=left) if left else Settings()

    @property
    def free_index(self) -> int | None:
        """Of the next fabric, None where there is no place."""
        taken = {each.index for each in self.members}
        if len(taken) >= MOST_FABRICS:
            return None
        return next(index for index in range(1, MOST_FABRICS + 1) if index not in taken)


def load(file: Path) -> Settings:
    """What a file keeps, or nothing where there is none. Raises OSError and ValueError."""
    if not file.exists():
        return Settings()
    kept = json.loads(read_own(MAX_FILE, file))
    try:
        return Settings(
            members=tuple(_member(each) for each in kept["members"]),
            networks=tuple(
                Stored(bytes.fromhex(each["id"]), Secret(bytes.fromhex(each["credentials"])))
                for each in kept["networks"]
            ),
            connected=_octets(kept["connected"]),
            label=str(kept["label"]),
            location=str(kept["location"]),
            regulatory=int(kept["regulatory"]),
            on=bool(kept["on"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError("not the settings of a virtual Matter device") from error


def save(settings: Settings, file: Path) -> None:
    """Keep them. Raises OSError."""
    kept = {
        "members": [_kept(each) for each in settings.members],
        "networks": [
            {"id": each.id.hex(), "credentials": each.credentials.reveal().hex()}
            for each in settings.networks
        ],
        "connected": None if settings.connected is None else settings.connected.hex(),
        "label": settings.label,
        "location": settings.location,
        "regulatory": settings.regulatory,
        "on": settings.on,
    }
    replace_durably(file, json.dumps(kept, indent=2).encode())


def _kept(member: Member) -> dict[str, Any]:
    held = member.credentials
    return {
        "index": member.index,
        "vendor": member.vendor,
        "label": member.label,
        "acl": encode(_ACL.write(None, member.acl)).hex(),
        "root": held.root.hex(),
        "icac": None if held.icac is None else held.icac.hex(),
        "noc": held.noc.hex(),
        "key": held.key.scalar.reveal().hex(),
        "ipk": held.ipk.reveal().hex(),
    }


def _member(kept: dict[str, Any]) -> Member:
    credentials = NodeCredentials(
        bytes.fromhex(kept["root"]),
        _octets(kept["icac"]),
        bytes.fromhex(kept["noc"]),
        KeyPair.of(Secret(bytes.fromhex(kept["key"]))),
        Secret(bytes.fromhex(kept["ipk"])),
    )
    acl = _ACL.read(decode(bytes.fromhex(kept["acl"])))
    return Member(int(kept["index"]), credentials, int(kept["vendor"]), str(kept["label"]), acl)


def _octets(text: str | None) -> bytes | None:
    return None if text is None else bytes.fromhex(text)
