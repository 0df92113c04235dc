"""Frames, pictures, videos and cameras to the texts of the codes in them.

The engines are heavy, so everything here is imported at its first use.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from companion.scanner.bits import grey_of_bits, greys_of_clear_bits, luma_of_bits
    from companion.scanner.camera import camera_frames, read_camera
    from companion.scanner.codes import Codes, codes_in_file, is_ready
    from companion.scanner.decoders import LiveDecoder, decode_bgr, read_still
    from companion.scanner.files.loader import texts_in_file
    from companion.scanner.files.pictures import read_file, read_frame, read_picture
    from companion.scanner.light import read_light, read_light_video, write_light_video
    from companion.scanner.reads import Read, Scan
    from companion.scanner.stability import FrameReader, ScanResult, ScanState, Stability

__all__ = [
    "Codes",
    "FrameReader",
    "LiveDecoder",
    "Read",
    "Scan",
    "ScanResult",
    "ScanState",
    "Stability",
    "camera_frames",
    "codes_in_file",
    "decode_bgr",
    "grey_of_bits",
    "greys_of_clear_bits",
    "is_ready",
    "luma_of_bits",
    "read_camera",
    "read_file",
    "read_frame",
    "read_light",
    "read_light_video",
    "read_picture",
    "read_still",
    "texts_in_file",
    "write_light_video",
]

_HOMES = {
    "Codes": "codes",
    "FrameReader": "stability",
    "LiveDecoder": "decoders",
    "Read": "reads",
    "Scan": "reads",
    "ScanState": "stability",
    "ScanResult": "stability",
    "Stability": "stability",
    "camera_frames": "camera",
    "codes_in_file": "codes",
    "decode_bgr": "decoders",
    "grey_of_bits": "bits",
    "greys_of_clear_bits": "bits",
    "is_ready": "codes",
    "luma_of_bits": "bits",
    "read_camera": "camera",
    "read_file": "files.pictures",
    "read_frame": "files.pictures",
    "read_light": "light",
    "read_light_video": "light",
    "read_picture": "files.pictures",
    "read_still": "decoders",
    "texts_in_file": "files.loader",
    "write_light_video": "light",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
