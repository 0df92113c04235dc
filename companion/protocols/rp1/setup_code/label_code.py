"""RP1 setup codes (RP1 specification, section 5): `RP1:` and base45 of one deterministic CBOR array.

[1, disc, fp bstr16, r bstr16, [+ suites], methods (, address bstr6)]. The shape is fixed, so its CBOR is
read here item by item; anything but the shortest encoding of exactly this shape is a damaged code.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from companion.errors import CodeMalformed
from companion.model import CodeField, Finding, SetupCode, Severity, Text
from companion.secret import Secret
from companion.setup_code.digits import base45

PREFIX = "RP1:"
WITHIN_TEXT = PREFIX + r"[0-9A-Z $%*+\-./:]{60,}"
VERSION = 1
MAX_DISCRIMINATOR = 0xFFF
MIN_CHARACTERS = 60
FINGERPRINT_SIZE = SECRET_SIZE = 16

METHOD_NAMES = {
    1: "numeric comparison",
    2: "out of band",
    4: "pre-shared key",
    8: "device key",
    16: "owner",
}

_UNSIGNED, _BYTES, _ARRAY = 0, 2, 4


@dataclass(frozen=True)
class Rp1Code:
    """What an RP1 label says.

    disc: discriminator, 12 bits. fp: first 16 octets of SHA-256 of the identity key. r: setup secret,
    16 octets. suites: ascending. methods: bits of the methods that the device promises.
    address: Bluetooth address "AA:BB:CC:DD:EE:FF", a hint only.
    """

    disc: int
    fp: bytes
    r: Secret
    suites: tuple[int, ...]
    methods: int
    address: str | None = None

    @property
    def has_predictable_secret(self) -> bool:
        """True if r is all equal, ascending or descending: a commissioner must refuse it."""
        return is_predictable(self.r)


def is_predictable(secret: Secret) -> bool:
    """True if the octets never rise, never fall, or step evenly (with wrap-around).

    Chance makes a random 16-octet secret do so with a probability below 2**-40.
    """
    octets = secret.reveal()
    pairs = list(pairwise(octets))
    return (
        all(a <= b for a, b in pairs)
        or all(a >= b for a, b in pairs)
        or len({(b - a) % 256 for a, b in pairs}) == 1
    )


def is_start(data: bytes) -> bool:
    """True if octets can be the beginning of a code's CBOR, as far as a typist has come."""
    try:
        _decode(data)
    except _CutShort:
        return True
    except ValueError:
        return False
    return True


def make(code: Rp1Code) -> str:
    """The text of a label. Raises ValueError if a field is out of its range."""
    _check(code)
    items = [
        _head(_UNSIGNED, VERSION),
        _head(_UNSIGNED, code.disc),
        _head(_BYTES, FINGERPRINT_SIZE) + code.fp,
        _head(_BYTES, SECRET_SIZE) + code.r.reveal(),
        _head(_ARRAY, len(code.suites)) + b"".join(_head(_UNSIGNED, suite) for suite in code.suites),
        _head(_UNSIGNED, code.methods),
    ]
    if code.address is not None:
        items.append(_head(_BYTES, 6) + bytes.fromhex(code.address.replace(":", "")))
    return PREFIX + base45.encode(_head(_ARRAY, len(items)) + b"".join(items))


def recognise(text: str) -> SetupCode | None:
    """The code if the text starts with `RP1:`. Raises CodeMalformed if it is damaged."""
    if text.lstrip()[:4].upper() != PREFIX:
        return None
    return parse(text)


def parse(text: str) -> SetupCode:
    """An RP1 code, with its `Rp1Code` as payload. Raises CodeMalformed.

    A code of a later version has no payload and says that Companion is too old for it. White space
    around the code is forgiven, although a space is a base45 digit: the length tells them apart.
    """
    # No code has lower-case letters: whatever passed it on changed them.
    start = text.lstrip().upper()
    candidates = dict.fromkeys((start.rstrip("\r\n\t\0"), start.rstrip()))
    problem = ValueError("no RP1 prefix")
    for candidate in candidates:
        if not candidate.startswith(PREFIX):
            continue
        try:
            return _recognised(candidate, _decode(base45.decode(candidate[len(PREFIX) :])))
        except ValueError as error:
            problem = error
    raise CodeMalformed(str(problem), kind="RP1")


def _recognised(text: str, code: Rp1Code | int) -> SetupCode:
    if isinstance(code, int):
        return SetupCode(
            ecosystem="rp1",
            title="RP1 setup code of a newer version",
            verdict=Text(
                "This label uses RP1 version {version}, which this version of Companion does not "
                "support. Update Companion.",
                {"version": code},
            ),
            text=Secret(text),
            fields=(CodeField("version", "Version", str(code)),),
        )
    return SetupCode(
        ecosystem="rp1",
        title="RP1 device",
        verdict=Text("Companion can set up this device over Bluetooth."),
        text=Secret(text),
        protocol="rp1",
        payload=code,
        fields=_fields(code),
        findings=_findings(code),
    )


def _fields(code: Rp1Code) -> tuple[CodeField, ...]:
    methods = ", ".join(name for bit, name in METHOD_NAMES.items() if code.methods & bit)
    fields = [
        CodeField("discriminator", "Discriminator", str(code.disc)),
        CodeField("fingerprint", "Fingerprint of the device's key", code.fp.hex()),
        CodeField("secret", "Setup secret", Secret(code.r.reveal().hex())),
        CodeField("suites", "Cipher suites", ", ".join(map(str, code.suites))),
        CodeField("methods", "Methods", methods or "none"),
    ]
    if code.address is not None:
        fields.append(CodeField("address", "Bluetooth address (a hint)", code.address))
    return tuple(fields)


def _findings(code: Rp1Code) -> tuple[Finding, ...]:
    if not code.has_predictable_secret:
        return ()
    return (
        Finding(
            claim=Text("Setup secret"),
            sentence=Text("The secret on this label is predictable, so anyone could guess it."),
            severity=Severity.WARNING,
        ),
    )


def _check(code: Rp1Code) -> None:
    """Raise ValueError unless every field is in its range."""
    if not 0 <= code.disc <= MAX_DISCRIMINATOR:
        raise ValueError("the discriminator has 12 bits")
    if len(code.fp) != FINGERPRINT_SIZE or len(code.r) != SECRET_SIZE:
        raise ValueError("fingerprint and secret have 16 octets")
    if not 1 <= len(code.suites) < 24 or list(code.suites) != sorted(set(code.suites)):
        raise ValueError("suites are ascending and not empty")
    if not all(1 <= suite <= 0xFF for suite in code.suites) or not 1 <= code.methods <= 0xFF:
        raise ValueError("suites and methods are single octets above 0")
    if code.address is not None and len(bytes.fromhex(code.address.replace(":", ""))) != 6:
        raise ValueError("an address has 6 octets")


def _decode(data: bytes) -> Rp1Code | int:
    """The code, or the number of a version above 1. Raises ValueError."""
    reader = _Reader(data)
    length = reader.head(_ARRAY)
    version = reader.head(_UNSIGNED)
    if version > VERSION:
        return version
    if version < VERSION or length not in (6, 7):
        raise ValueError("not the shape of an RP1 code")
    code = Rp1Code(
        disc=reader.head(_UNSIGNED),
        fp=reader.octets(),
        r=Secret(reader.octets()),
        suites=tuple(reader.head(_UNSIGNED) for _ in range(reader.head(_ARRAY))),
        methods=reader.head(_UNSIGNED),
        address=reader.octets().hex(":").upper() if length == 7 else None,
    )
    reader.end()
    _check(code)
    return code


def _head(major: int, number: int) -> bytes:
    """The shortest initial octets of a CBOR item (RFC 8949 section 3), numbers up to 65535."""
    if number < 24:
        return bytes([major << 5 | number])
    if number <= 0xFF:
        return bytes([major << 5 | 24, number])
    return bytes([major << 5 | 25]) + number.to_bytes(2, "big")


class _CutShort(ValueError):
    """The octets end inside an item."""


class _Reader:
    """Takes CBOR items off the front of octets; every method raises ValueError at a wrong one."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def head(self, major: int) -> int:
        """The number in the next item's head, which must be of this major type and shortest."""
        initial = self._take(1)[0]
        number = initial & 0x1F
        if number in (24, 25):
            number = int.from_bytes(self._take(number - 23), "big")
        elif number > 25:
            raise ValueError("a number in the code is out of range")
        if _head(major, number)[0] != initial:
            raise ValueError("not the shape of an RP1 code")
        return number

    def octets(self) -> bytes:
        return self._take(self.head(_BYTES))

    def end(self) -> None:
        if self._at != len(self._data):
            raise ValueError("octets follow the code")

    def _take(self, count: int) -> bytes:
        taken = self._data[self._at : self._at + count]
        if len(taken) != count:
            raise _CutShort("the code is cut short")
        self._at += count
        return taken
