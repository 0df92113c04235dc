"""Where a command's setup code comes from: typed, a picture, the camera, or nowhere (nearby devices)."""

from __future__ import annotations

import argparse
import asyncio
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from companion.commands.terminal import streams
from companion.commands.terminal.prompts import TerminalPrompts
from companion.errors import SeveralCodes, TagEmpty
from companion.model import SetupCode
from companion.protocols import recognise
from companion.runs.answers import Answers
from companion.setup_code import MAX_LENGTH
from companion.setup_code.comparison import distinguish

if TYPE_CHECKING:
    from companion.nfc.bluetooth import TaggedDevice
    from companion.nfc.content import TagContent
    from companion.scanner import ScanResult

TAG_SECONDS = 120.0


def add_code_source(parser: argparse.ArgumentParser) -> None:
    """`CODE | --code TEXT | --image FILE | --camera`; none: choose among the devices nearby.

    `--from nfc`, which `read_source` knows, is one of `add_channel`.
    """
    source = parser.add_mutually_exclusive_group()
    source.add_argument("typed", nargs="?", metavar="CODE", help="text of the setup code, as with --code")
    source.add_argument("--code", metavar="TEXT", help="text of the setup code; - reads standard input")
    source.add_argument("--image", type=Path, metavar="FILE", help="image of the setup code")
    source.add_argument("--camera", action="store_true", help="scan the setup code with the camera")


def has_code(arguments: argparse.Namespace) -> bool:
    """Whether a setup code comes from one of `add_code_source`."""
    given = (arguments.code, arguments.typed, arguments.image)
    return bool(arguments.camera) or any(each is not None for each in given)


async def read_source(arguments: argparse.Namespace) -> tuple[SetupCode | None, TaggedDevice | None]:
    """With `--from nfc` the tag's code and device, else as `read_code`. Raises SetupCodeError leaves."""
    if arguments.channel == "nfc" and not has_code(arguments):
        return await _tagged(interactive=sys.stdin.isatty())
    return await read_code(arguments), None


async def read_code(arguments: argparse.Namespace) -> SetupCode | None:
    """The recognised code, or None where none was asked for. Raises SetupCodeError leaves."""
    if (given := arguments.code if arguments.code is not None else arguments.typed) is not None:
        return recognise(typed_code(given))
    if arguments.image is not None:
        return await code_in_picture(arguments.image, interactive=sys.stdin.isatty())
    if arguments.camera:
        return await _code_from_camera()
    return None


def typed_code(argument: str) -> str:
    """The text of an argument, where "-" stands for standard input: a line, or a JSON object over several.

    What follows is left for the command's questions.
    """
    if argument != "-":
        return argument.strip()
    text = sys.stdin.readline()
    while text.lstrip().startswith("{") and text.count("{") > text.count("}") and len(text) <= MAX_LENGTH:
        line = sys.stdin.readline()
        if not line:
            break
        text += line
    return text.strip()


async def _code_from_camera() -> SetupCode:
    """The code that is shown to the camera. What else it sees is said on standard error, once."""
    from companion.scanner import read_camera

    shown: set[str] = set()

    def report(sighting: ScanResult) -> None:
        sentence = _sentence(sighting)
        if sentence and sentence not in shown:
            shown.add(sentence)
            streams.print_error(sentence)

    streams.print_error("Hold the setup code in front of the camera.")
    stop = threading.Event()
    try:
        return await asyncio.to_thread(read_camera, on_result=report, stop=stop)
    finally:
        # Whoever interrupts the command must not wait for the thread's two minutes.
        stop.set()


async def _tagged(*, interactive: bool) -> tuple[SetupCode | None, TaggedDevice | None]:
    """The code on the tag that is held to a reader, of several the one that is chosen, and the device that
    the tag names.

    Raises TagError leaves, CodeMalformed, and SeveralCodes where nobody can choose.
    """
    content = await next_tag()
    if not content.found.usable():
        if content.device is None:
            raise TagEmpty()
        return None, content.device
    code = await one_of(content.codes, "Several codes on the tag. Which one?", interactive=interactive)
    return code, content.device


async def next_tag() -> TagContent:
    """What the next tag says that is held to a reader. Raises TagError leaves."""
    from companion.nfc import content, tag
    from companion.nfc.reader import Readers

    stop = threading.Event()

    def wait() -> TagContent:
        with Readers() as readers:
            held = readers.next_tag(stop.is_set, seconds=TAG_SECONDS)
            return content.read(readers.do(held, tag.read(held.atr)))

    streams.print_error("Hold the tag to the NFC reader.")
    try:
        return await asyncio.to_thread(wait)
    finally:
        stop.set()


async def one_of(codes: Sequence[SetupCode], question: str, *, interactive: bool) -> SetupCode:
    """The code that is meant. Raises SeveralCodes where nobody can be asked."""
    if len(codes) < 2:
        return codes[0]
    labels = [f"{code.title}, {fact}" for code, fact in zip(codes, distinguish(codes), strict=True)]
    if not interactive:
        raise SeveralCodes(candidates="; ".join(labels))
    return codes[await TerminalPrompts(sys.stderr, Answers()).pick(question, labels)]


def _sentence(sighting: ScanResult) -> str:
    """What a person in front of the camera should hear of what it sees; "" while there is nothing."""
    match sighting.state.value:
        case "foreign":
            return f"{sighting.codes[0].title}. {sighting.codes[0].verdict}"
        case "damaged" if sighting.problem is not None:
            return f"{sighting.problem.title_text}. {sighting.problem.advice_text}"
        case "choose":
            return "Several codes in view. Show only one."
    return ""


async def code_in_picture(path: Path, *, interactive: bool = False) -> SetupCode:
    """The one code in a picture that can be commissioned, else the first of another kind.

    interactive: somebody is at the terminal and chooses among several
    Raises CodeUnreadable where there is none, CodeMalformed where all are damaged, SeveralCodes where nobody
    can choose, and ImageRefused where the file is no usable picture.
    """
    from companion.scanner import codes_in_file

    found = codes_in_file(path)
    usable, ready = found.usable(), found.ready
    return await one_of(
        ready or usable[:1], "Several codes in the image. Which one?", interactive=interactive
    )
