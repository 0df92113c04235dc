"""PKCS#11 URIs: by which names a token and its keys are found (RFC 7512)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, unquote

SCHEME = "pkcs11:"
MOST = 1024
# RFC 7512, 2.3: what need not be escaped in an attribute of the path.
_SAFE = "-._~:[]@!$'()*+,=&"
_KNOWN = ("token", "serial", "manufacturer", "model", "object")
_SECRETS = ("pin-value", "pin-source")


@dataclass(frozen=True)
class KeyUri:
    """Which token, and which key on it. Empty attributes match anything.

    object: the key's label; module: the file of the PKCS#11 module, "" to look through all of this computer's
    """

    token: str = ""
    serial: str = ""
    manufacturer: str = ""
    model: str = ""
    object: str = ""
    module: str = ""

    @classmethod
    def parse(cls, text: str) -> KeyUri:
        """The URI in `text`. Raises ValueError, whose text holds no PIN: one in a URI is refused, because
        command lines are seen by everybody on a computer."""
        if not text.startswith(SCHEME) or len(text) > MOST or not text.isascii():
            raise ValueError("a PKCS#11 URI begins with “pkcs11:” and is ASCII")
        path, _, query = text[len(SCHEME) :].partition("?")
        attributes = _attributes(path, ";")
        asked = _attributes(query, "&")
        if any(name in asked or name in attributes for name in _SECRETS):
            raise ValueError("a PIN does not belong into a URI; Companion asks for it")
        unknown = sorted(
            name for name in attributes if name not in _KNOWN and name not in ("type", "slot-id", "id")
        )
        if unknown:
            raise ValueError(f"“{unknown[0]}” is no attribute by which a key is found here")
        if attributes.get("type", "private") != "private":
            raise ValueError("the URI is not of a private key")
        found = {name: attributes[name] for name in _KNOWN if name in attributes}
        return cls(**found, module=asked.get("module-path", ""))

    def __str__(self) -> str:
        path = ";".join(
            f"{name}={quote(getattr(self, name), safe=_SAFE)}" for name in _KNOWN if getattr(self, name)
        )
        query = f"?module-path={quote(self.module, safe=_SAFE + '/')}" if self.module else ""
        return f"{SCHEME}{path}{query}"


def _attributes(text: str, separator: str) -> dict[str, str]:
    """Raises ValueError for one that is there twice, or has no value."""
    found: dict[str, str] = {}
    for part in filter(None, text.split(separator)):
        name, equals, value = part.partition("=")
        if not equals or name in found:
            raise ValueError("an attribute of the URI has no value, or two")
        found[name] = unquote(value, errors="strict")
    return found
