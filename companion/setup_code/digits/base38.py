"""Base38 (Matter Core 1.4, 5.1.3.1): octets as text of the QR code's alphanumeric mode. Strict."""

from __future__ import annotations

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-."

_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_OCTETS = {5: 3, 4: 2, 2: 1}
_CHARACTERS = {octets: characters for characters, octets in _OCTETS.items()}


def encode(data: bytes) -> str:
    """Octets to text: five characters for three octets, little endian; four for two, two for one."""
    text = []
    for start in range(0, len(data), 3):
        group = data[start : start + 3]
        number = int.from_bytes(group, "little")
        for _ in range(_CHARACTERS[len(group)]):
            number, digit = divmod(number, 38)
            text.append(ALPHABET[digit])
    return "".join(text)


def decode(text: str) -> bytes:
    """Text to octets. Raises ValueError for another alphabet, an impossible length or an overflow."""
    data = bytearray()
    for start in range(0, len(text), 5):
        group = text[start : start + 5]
        octets = _OCTETS.get(len(group))
        if octets is None:
            raise ValueError("the length is impossible for base38")
        number = 0
        for character in reversed(group):
            value = _VALUE.get(character)
            if value is None:
                raise ValueError("a character is not of the base38 alphabet")
            number = number * 38 + value
        if number >= 1 << 8 * octets:
            raise ValueError("a group of base38 is out of range")
        data += number.to_bytes(octets, "little")
    return bytes(data)
