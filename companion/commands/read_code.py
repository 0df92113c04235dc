"""Where a command's setup code comes from: typed, a picture, the camera, or nowhere (nearby devices)."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from companion.errors import CodeUnreadable
from companion.model import SetupCode
from companion.setup_code import recognise


def add_code_source(parser: argparse.ArgumentParser) -> None:
    """`--code TEXT | --image FILE | --camera`; none: choose among the devices nearby."""
    source = parser.add_mutually_exclusive_group()
    source.add_argument(
        "--code", metavar="TEXT", help="the setup code's text; - reads it from standard input"
    )
    source.add_argument("--image", type=Path, metavar="FILE", help="a picture of the setup code")
    source.add_argument("--camera", action="store_true", help="show the code to the camera")


async def read_code(arguments: argparse.Namespace) -> SetupCode | None:
    """The recognised code, or None where none was asked for. Raises SetupCodeError leaves."""
    if arguments.code is not None:
        text = sys.stdin.readline() if arguments.code == "-" else arguments.code
        return recognise(text.strip())
    if arguments.image is not None:
        return code_in_picture(arguments.image)
    if arguments.camera:
        from companion.scanner import read_camera

        return await asyncio.to_thread(read_camera)
    return None


def code_in_picture(path: Path) -> SetupCode:
    """The one code in a picture; among several, the one that can be commissioned.

    Raises CodeUnreadable where there is none, ImageRefused where the file is no usable picture.
    """
    from companion.scanner import read_file

    codes = [recognise(read.text) for read in read_file(path)]
    if not codes:
        raise CodeUnreadable(path.name)
    return next((code for code in codes if code.commissionable), codes[0])
