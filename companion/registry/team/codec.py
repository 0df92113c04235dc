"""Frozen dataclasses as JSON and back, by their annotations: what waits in the journal.

Octets, instants, enumerations and tuples come back as what they were, and nothing is made but the types that
are asked for.
"""

from __future__ import annotations

import base64
import dataclasses
import types
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_KIND = "is"
"""Beside a dataclass's fields: its name, by which it is told from others that may stand in its place."""


def encode(value: Any) -> Any:
    """As JSON. Raises TypeError for what has no form there."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = {each.name: encode(getattr(value, each.name)) for each in dataclasses.fields(value)}
        return {_KIND: type(value).__name__, **parts}
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(name): encode(each) for name, each in value.items()}
    if isinstance(value, tuple | list):
        return [encode(each) for each in value]
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(type(value).__name__)


def decode(kind: type[T], value: Any) -> T:
    """What `encode` made of a `kind`. Raises ValueError, KeyError, TypeError for anything else."""
    made: T = _decode(kind, value)
    return made


def _decode(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _optional(kind, value)
    if origin is tuple:
        return tuple(_decode(get_args(kind)[0], each) for each in value)
    if origin is not None:  # a mapping
        return {name: _decode(get_args(kind)[1], each) for name, each in value.items()}
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{each.name: _decode(hints[each.name], value[each.name]) for each in _fields(kind)})
    if kind is bytes:
        return base64.b64decode(value, validate=True)
    if kind is datetime:
        return datetime.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if kind is float:
        return float(value)
    if kind is Any or isinstance(value, kind):
        return value
    raise TypeError(f"{type(value).__name__} for {kind}")


def _optional(kind: Any, value: Any) -> Any:
    """The value of `X | None`, or of one of several dataclasses."""
    if value is None:
        return None
    kinds = [each for each in get_args(kind) if each is not type(None)]
    if len(kinds) > 1:
        kinds = [each for each in kinds if each.__name__ == value[_KIND]]
    (inner,) = kinds
    return _decode(inner, value)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _fields(kind: Any) -> tuple[dataclasses.Field[Any], ...]:
    return dataclasses.fields(kind)
