"""The rule by which a serial number becomes a name in a cloud."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from companion.clouds.kinds import IdShape
from companion.errors import CloudIdInvalid, CloudProfileInvalid

SERIAL, HASH = "{serial}", "{hash}"
HASH_DIGITS = 32
_MOST = 100


@dataclass(frozen=True)
class IdRule:
    """text: what every name has, with one of {serial} and {hash} in it, such as "plant-{serial}".

    {hash} is the beginning of the serial number's SHA-256, 32 hexadecimal digits: legal everywhere.
    Raises CloudProfileInvalid.
    """

    text: str = SERIAL

    def __post_init__(self) -> None:
        places = self.text.count(SERIAL) + self.text.count(HASH)
        rest = self.text.replace(SERIAL, "").replace(HASH, "")
        if places != 1 or "{" in rest or "}" in rest or len(self.text) > _MOST:
            raise CloudProfileInvalid(what="id", reason="it has {serial} or {hash} in it, once")

    def name_of(self, serial: str, shape: IdShape) -> str:
        """The name of the device of this serial number. Raises CloudIdInvalid where it can't be one."""
        digest = hashlib.sha256(serial.encode("utf-8", "surrogatepass")).hexdigest()[:HASH_DIGITS]
        name = self.text.replace(HASH, digest).replace(SERIAL, serial)
        name = name.lower() if shape.is_lower else name
        if shape.pattern.fullmatch(name) is None:
            raise CloudIdInvalid(id=name, missing=shape.words)
        return name
