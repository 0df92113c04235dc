"""Where a command's setup code comes from: typed, a picture, the camera, or nowhere (nearby devices)."""

from __future__ import annotations

import argparse
import asyncio
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from companion.api import read_codes
from companion.commands import streams
from companion.model import SetupCode
from companion.protocols import recognise

if TYPE_CHECKING:
    from companion.scanner import Sighting


def add_code_source(parser: argparse.ArgumentParser) -> None:
    """`--code TEXT | --image FILE | --camera`; none: choose among the devices nearby."""
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--code", metavar="TEXT", help="text of the setup code; - reads standard input")
    source.add_argument("--image", type=Path, metavar="FILE", help="image of the setup code")
    source.add_argument("--camera", action="store_true", help="scan the setup code with the camera")


async def read_code(arguments: argparse.Namespace) -> SetupCode | None:
    """The recognised code, or None where none was asked for. Raises SetupCodeError leaves."""
    if arguments.code is not None:
        text = sys.stdin.readline() if arguments.code == "-" else arguments.code
        return recognise(text.strip())
    if arguments.image is not None:
        return code_in_picture(arguments.image)
    if arguments.camera:
        return await _code_before_camera()
    return None


async def _code_before_camera() -> SetupCode:
    """The code that is shown to the camera. What else it sees is said on standard error, once."""
    from companion.scanner import read_camera

    said: set[str] = set()

    def tell(sighting: Sighting) -> None:
        sentence = _sentence(sighting)
        if sentence and sentence not in said:
            said.add(sentence)
            streams.complain(sentence)

    streams.complain("Hold the setup code in front of the camera.")
    stop = threading.Event()
    try:
        return await asyncio.to_thread(read_camera, tell=tell, stop=stop)
    finally:
        # Whoever interrupts the command must not wait for the thread's two minutes.
        stop.set()


def _sentence(sighting: Sighting) -> str:
    """What a person in front of the camera should hear of what it sees; "" while there is nothing."""
    match sighting.sight.value:
        case "foreign":
            return f"{sighting.codes[0].title}. {sighting.codes[0].verdict}"
        case "damaged" if sighting.problem is not None:
            return f"{sighting.problem.title_text}. {sighting.problem.advice_text}"
        case "choose":
            return "Several codes in view. Show only one."
    return ""


def code_in_picture(path: Path) -> SetupCode:
    """The one code in a picture; among several, the one that can be commissioned.

    Raises CodeUnreadable where there is none, ImageRefused where the file is no usable picture.
    """
    codes = read_codes(path)
    return next((code for code in codes if code.commissionable), codes[0])
