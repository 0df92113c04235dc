"""How vouchers are uploaded to the owner services that there are. Sans IO.

go-fdo-server: docs/user-guide/quick-start.md; pri-fidoiot: the API guide of FDO's Java reference, with HTTP
Digest (RFC 7616); fdo-rs: docs/specs/ov_management_api.md, whose server reads at most 32 KiB.
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import md5, sha256

from companion.secret import Secret
from companion.vouchers.voucher import as_pem

_PAIR = re.compile(r'([a-z]+)\s*=\s*(?:"([^"\\]*)"|([^\s",]+))', re.ASCII | re.IGNORECASE)
_MAX_CHALLENGE = 2048
_PLAIN = re.compile(r"[\x20\x21\x23-\x5b\x5d-\x7e]*", re.ASCII)


class ServerKind(StrEnum):
    """An owner service, by the name of its project."""

    GO_FDO = "go-fdo-server"
    PRI = "pri-fidoiot"
    RUST = "fdo-rs"


@dataclass(frozen=True)
class _Interface:
    path: str
    content_type: str
    most: int
    headers: tuple[tuple[str, str], ...] = ()


_LARGE = 1 << 25
INTERFACES = {
    ServerKind.GO_FDO: _Interface("/api/v1/owner/vouchers", "application/x-pem-file", _LARGE),
    ServerKind.PRI: _Interface("/api/v1/owner/vouchers", "text/plain", _LARGE),
    ServerKind.RUST: _Interface(
        "/management/v1/ownership_voucher",
        "application/x-pem-file",
        32 * 1024,
        (("X-Number-Of-Vouchers", "1"),),
    ),
}


@dataclass(frozen=True)
class Upload:
    """A POST. headers: without those of the log-in"""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Login:
    """By user and password, or by a token alone, where `user` is empty."""

    user: str
    secret: Secret = field(repr=False)


def upload_of(kind: ServerKind, content: bytes) -> Upload:
    """The request that uploads one voucher (CBOR). Raises ValueError if such a server can't take it."""
    interface, body = INTERFACES[kind], as_pem(content)
    if len(body) > interface.most:
        raise ValueError(f"{kind} takes at most {interface.most} octets, and this voucher has {len(body)}")
    return Upload(interface.path, {"Content-Type": interface.content_type, **dict(interface.headers)}, body)


def authorization(login: Login, challenge: str, method: str, path: str, nonce: str) -> str | None:
    """The Authorization for a challenge (WWW-Authenticate); None if it asks for what we have not.

    nonce: fresh random hexadecimal digits. challenge "": before any, which only a token answers.
    """
    scheme, _, parameters = challenge[:_MAX_CHALLENGE].strip().partition(" ")
    if not login.user:
        return f"Bearer {login.secret.reveal_text()}" if scheme.lower() in ("", "bearer") else None
    if scheme.lower() == "basic":
        return "Basic " + base64.b64encode(login.user.encode() + b":" + login.secret.reveal()).decode()
    if scheme.lower() != "digest":
        return None
    said = {name.lower(): quoted or bare for name, quoted, bare in _PAIR.findall(parameters)}
    return _digest(login, said, method, path, nonce)


def _digest(login: Login, said: dict[str, str], method: str, path: str, nonce: str) -> str | None:
    """RFC 7616, section 3.4, with `auth` as the quality of protection."""
    algorithm = said.get("algorithm", "MD5")
    digests = {"md5": md5, "sha-256": sha256}
    chosen = digests.get(algorithm.lower())
    offered = {each.strip() for each in said.get("qop", "").split(",")}
    usable = all(_PLAIN.fullmatch(said.get(name, "")) for name in ("realm", "nonce", "opaque"))
    if chosen is None or "auth" not in offered or "nonce" not in said or not usable:
        return None
    if not _PLAIN.fullmatch(login.user):
        return None

    def hashed(*parts: bytes) -> str:
        return chosen(b":".join(parts)).hexdigest()

    realm, server_nonce = said.get("realm", ""), said["nonce"]
    secret = hashed(login.user.encode(), realm.encode(), login.secret.reveal())
    request = hashed(method.encode(), path.encode())
    count = "00000001"
    response = hashed(*(each.encode() for each in (secret, server_nonce, count, nonce, "auth", request)))
    opaque = f', opaque="{said["opaque"]}"' if "opaque" in said else ""
    return (
        f'Digest username="{login.user}", realm="{realm}", nonce="{server_nonce}", uri="{path}", '
        f'algorithm={algorithm}, qop=auth, nc={count}, cnonce="{nonce}", response="{response}"{opaque}'
    )
