"""Deterministic CBOR (RFC 8949 section 4.2.1), strict in both directions.

What our protocols need and no more: integers, byte strings, text, arrays, maps with integer keys, false,
true and null. Anything else on the wire (tags, floats, other simple values, indefinite lengths, heads that
are not the shortest, unsorted or duplicate keys, trailing bytes) is malformed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

Value: TypeAlias = "int | bytes | str | bool | Sequence[Value] | Mapping[int, Value] | None"
"""What can be encoded. `decode` gives lists and dicts for sequences and mappings."""

MAX_SIZE = 65535
MAX_DEPTH = 8

_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _ARRAY, _MAP, _TAG, _SIMPLE = range(8)
_FALSE, _TRUE, _NULL = 20, 21, 22
_SIMPLES: Mapping[int, bool | None] = {_FALSE: False, _TRUE: True, _NULL: None}


class MalformedCbor(ValueError):
    """The bytes are not the deterministic encoding of a value that is known here."""


_OCTETS = [bytes((octet,)) for octet in range(256)]


def encode(value: Value) -> bytes:
    """The one encoding of `value`. Raises TypeError or ValueError for what has no place here."""
    encoder = _ENCODERS.get(type(value)) or _encoder_of(value)
    return encoder(value)


def decode(
    data: bytes,
    *,
    max_size: int = MAX_SIZE,
    max_depth: int = MAX_DEPTH,
    max_items: int | None = None,
    foreign_keys: bool = False,
) -> Value:
    """The value that `data` encodes, whole. Raises MalformedCbor.

    max_items: of all arrays and maps together, keys too; one octet may become an object of a hundred. None:
    as many as `data` has octets, of which each item takes one
    foreign_keys: entries of maps whose key is no integer are left out, as in results, which later devices
    extend; they have to be deterministic all the same.
    """
    value, length = _first(data, max_size, max_depth, _Budget(foreign_keys, max_items))
    if length != len(data):
        raise MalformedCbor("trailing bytes")
    return value


def decode_first(data: bytes, *, max_size: int = MAX_SIZE, max_depth: int = MAX_DEPTH) -> tuple[Value, int]:
    """The value at the head of `data` and its length in octets; more may follow. Raises MalformedCbor."""
    return _first(data, max_size, max_depth, _Budget(False, None))


class _Budget:
    """How many items are left for one value; foreign: see `decode`."""

    __slots__ = ("foreign", "items")

    def __init__(self, foreign: bool, items: int | None) -> None:
        self.foreign, self.items = foreign, items

    def take(self, count: int) -> None:
        """Before as many are made."""
        if self.items is not None:
            self.items -= count
            if self.items < 0:
                raise MalformedCbor("too many items")


def _first(data: bytes, max_size: int, max_depth: int, budget: _Budget) -> tuple[Value, int]:
    if len(data) > max_size:
        raise MalformedCbor("too long")
    return _value(data, 0, max_depth, budget)


def _head(major: int, argument: int) -> bytes:
    if argument < 24:
        return _OCTETS[major << 5 | argument]
    if argument < 256:
        return _OCTETS[major << 5 | 24] + _OCTETS[argument]
    for width, info in ((2, 25), (4, 26), (8, 27)):
        if argument < 1 << 8 * width:
            return bytes((major << 5 | info,)) + argument.to_bytes(width, "big")
    raise ValueError("integers have at most 64 bits")


def _encode_simple(value: Any) -> bytes:
    simple = _NULL if value is None else _TRUE if value else _FALSE
    return bytes((_SIMPLE << 5 | simple,))


def _encode_integer(value: Any) -> bytes:
    return _head(_UNSIGNED, value) if value >= 0 else _head(_NEGATIVE, -1 - value)


def _encode_relative_of_int(value: Any) -> bytes:
    """An enum's own arithmetic is neither needed here nor fast."""
    return _encode_integer(int(value))


def _encode_bytes(value: Any) -> bytes:
    return _head(_BYTES, len(value)) + bytes(value)


def _encode_text(value: Any) -> bytes:
    text = bytes(value.encode())
    return _head(_TEXT, len(text)) + text


def _encode_array(value: Any) -> bytes:
    return _head(_ARRAY, len(value)) + b"".join([encode(item) for item in value])


def _encode_map(value: Any) -> bytes:
    pairs = sorted((_encode_key(key), encode(item)) for key, item in value.items())
    return _head(_MAP, len(pairs)) + b"".join(key + item for key, item in pairs)


def _encode_key(key: object) -> bytes:
    if isinstance(key, bool) or not isinstance(key, int):
        raise TypeError("map keys are integers")
    return _encode_integer(key)


_ENCODERS: Mapping[type, Callable[[Any], bytes]] = {
    type(None): _encode_simple,
    bool: _encode_simple,
    int: _encode_integer,
    bytes: _encode_bytes,
    str: _encode_text,
    list: _encode_array,
    tuple: _encode_array,
    dict: _encode_map,
}


def _encoder_of(value: object) -> Callable[[Any], bytes]:
    """For relatives of the usual types, such as IntEnum and mappingproxy."""
    if isinstance(value, int):
        return _encode_relative_of_int
    if isinstance(value, Mapping):
        return _encode_map
    if isinstance(value, Sequence):
        return _encode_array
    raise TypeError(f"{type(value).__name__} has no place in our CBOR")


def _value(data: bytes, at: int, depth: int, budget: _Budget) -> tuple[Value, int]:
    """The value that starts at `at`, and where it ends. depth: how many levels it may have."""
    major, argument, at = _read_head(data, at)
    if major == _UNSIGNED:
        return argument, at
    if major == _BYTES:
        end = _end(data, at, argument)
        return data[at:end], end
    if major == _ARRAY and depth:
        return _array(data, at, argument, depth - 1, budget)
    if major == _MAP and depth:
        return _map(data, at, argument, depth - 1, budget)
    if major == _TEXT:
        end = _end(data, at, argument)
        return _text(data[at:end]), end
    if major == _NEGATIVE:
        return -1 - argument, at
    if major == _SIMPLE:
        return _simple(argument), at
    raise MalformedCbor("a tag" if major == _TAG else "nested too deeply")


def _array(data: bytes, at: int, length: int, depth: int, budget: _Budget) -> tuple[list[Value], int]:
    made: list[Value] = []
    budget.take(length)
    for _ in range(length):
        item, at = _value(data, at, depth, budget)
        made.append(item)
    return made, at


def _map(data: bytes, at: int, pairs: int, depth: int, budget: _Budget) -> tuple[dict[int, Value], int]:
    made: dict[int, Value] = {}
    budget.take(2 * pairs)
    last = b""
    for _ in range(pairs):
        start = at
        major, argument, at = _read_head(data, at)
        is_known = major in (_UNSIGNED, _NEGATIVE)
        if not is_known:
            if not budget.foreign:
                raise MalformedCbor("a map key that is not an integer")
            _, at = _value(data, start, depth, budget)
        key = data[start:at]
        if key <= last:
            raise MalformedCbor("map keys out of order or twice")
        last = key
        value, at = _value(data, at, depth, budget)
        if is_known:
            made[argument if major == _UNSIGNED else -1 - argument] = value
    return made, at


def _read_head(data: bytes, at: int) -> tuple[int, int, int]:
    """Major type, argument, and where the head ends."""
    if at >= len(data):
        raise MalformedCbor("cut off")
    initial = data[at]
    major, info = initial >> 5, initial & 31
    at += 1
    if info < 24:
        return major, info, at
    if info > 27:
        raise MalformedCbor("an indefinite or reserved length")
    if major == _SIMPLE:
        raise MalformedCbor("a float or a long simple value")
    width = 1 << info - 24
    end = _end(data, at, width)
    argument = int.from_bytes(data[at:end], "big")
    if argument < 24 or (width > 1 and argument < 1 << 4 * width):
        raise MalformedCbor("not the shortest form")
    return major, argument, end


def _end(data: bytes, at: int, count: int) -> int:
    end = at + count
    if end > len(data):
        raise MalformedCbor("cut off")
    return end


def _text(octets: bytes) -> str:
    try:
        return octets.decode()
    except UnicodeDecodeError as error:
        raise MalformedCbor("text that is not UTF-8") from error


def _simple(number: int) -> bool | None:
    if number not in _SIMPLES:
        raise MalformedCbor("a simple value other than false, true and null")
    return _SIMPLES[number]
