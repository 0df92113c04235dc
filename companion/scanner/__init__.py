"""Frames, pictures, videos and cameras to the texts of the codes in them.

The engines are heavy, so everything here is imported at its first use.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from companion.scanner.decoders import LiveDecoder, decode_bgr, read_still
    from companion.scanner.reads import Read, Scan

__all__ = ["LiveDecoder", "Read", "Scan", "decode_bgr", "read_still"]

_HOMES = {
    "LiveDecoder": "decoders",
    "decode_bgr": "decoders",
    "read_still": "decoders",
    "Read": "reads",
    "Scan": "reads",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
