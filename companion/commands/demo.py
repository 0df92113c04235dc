"""`companion demo`: the main job on a virtual device, from a picture of its code to the proof."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from functools import partial
from importlib.resources import as_file
from pathlib import Path

from companion.api import commission
from companion.commands.arguments.code_source import code_in_picture
from companion.commands.arguments.options import add_json
from companion.commands.terminal import interrupts, streams
from companion.commands.terminal.runner import run_on_terminal
from companion.files import unwritable
from companion.outcome import Outcome, Result
from companion.protocols import Order, demo_label
from companion.runs.answers import Answers
from companion.services import open_services

WINDOW_STAYS_SECONDS = 30


def configure(parser: argparse.ArgumentParser) -> None:
    """`demo [--json] [--window auto] [--save-label FILE]`."""
    add_json(parser, lines=True)
    parser.add_argument(
        "--save-label",
        type=Path,
        metavar="FILE",
        help="also save the picture of the label (PNG), to go on with",
    )
    parser.add_argument(
        "--window",
        choices=("auto", "no"),
        default="no",
        help="auto: use the app's window if a display is available",
    )


def run(arguments: argparse.Namespace) -> int:
    """Commission the sample device on the virtual radio. Everything is real but the radio waves."""
    if arguments.save_label is not None:
        _save(arguments.save_label)
    if arguments.window == "auto" and has_display():
        window = [sys.executable, "-m", "ui", "--demo", "--demo-exit", str(WINDOW_STAYS_SECONDS)]
        os.execv(sys.executable, window)
    if arguments.data_dir is not None:
        return interrupts.run(_run(arguments, arguments.data_dir))
    with tempfile.TemporaryDirectory(prefix="companion-demo-") as folder:
        return interrupts.run(_run(arguments, Path(folder)))


def _save(file: Path) -> None:
    try:
        file.write_bytes(demo_label().read_bytes())
    except OSError as error:
        raise unwritable(file, error) from error


def has_display() -> bool:
    """True if a window can be shown: always on macOS and Windows, by the environment elsewhere."""
    if sys.platform in ("darwin", "win32"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


async def _run(arguments: argparse.Namespace, folder: Path) -> int:
    from companion.virtual.access_points import HAFEN
    from companion.virtual.world import default_world

    began = time.monotonic()
    with as_file(demo_label()) as picture:
        code = await code_in_picture(picture)
    async with open_services(
        ["virtual"], data_dir=folder, world=default_world(), registry="local"
    ) as services:
        order = Order(wifi=HAFEN, name="Lumen Sensor", room="Hallway")
        outcome = await run_on_terminal(
            partial(commission, services, code, order=order, timeout=10),
            Answers(wifi=HAFEN, numbers_match=True),
            interactive=False,
            as_json=arguments.json,
            as_lines=arguments.json_lines,
        )
    if not (arguments.json or arguments.json_lines):
        streams.print_line(_summary(outcome, time.monotonic() - began))
    return outcome.exit_status


def _summary(outcome: Outcome, seconds: float) -> str:
    if outcome.result is not Result.COMMISSIONED:
        return f"The demo failed after {seconds:.1f} s."
    return f"From image to proof in {seconds:.1f} s, {outcome.link.operations} GATT operations."
