"""Base45 (RFC 9285): octets as text of the QR code's alphanumeric mode. Strict: no ignored characters."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"

_VALUE = {character: value for value, character in enumerate(ALPHABET)}


def encode(data: bytes) -> str:
    """Octets to text: three characters for two octets, two for a last single one (section 4)."""
    text = []
    for start in range(0, len(data), 2):
        pair = data[start : start + 2]
        number = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            number, digit = divmod(number, 45)
            text.append(ALPHABET[digit])
    return "".join(text)


def decode(text: str) -> bytes:
    """Text to octets. Raises ValueError for another alphabet, an impossible length or an overflow."""
    if len(text) % 3 == 1:
        raise ValueError("the length is impossible for base45")
    data = bytearray()
    for start in range(0, len(text), 3):
        group = text[start : start + 3]
        number = 0
        for character in reversed(group):
            value = _VALUE.get(character)
            if value is None:
                raise ValueError("a character is not of the base45 alphabet")
            number = number * 45 + value
        octets = len(group) - 1
        if number >= 1 << 8 * octets:
            raise ValueError("a group of base45 is out of range")
        data += number.to_bytes(octets, "big")
    return bytes(data)
