"""`python -m ui` and `companion-app`: the window."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path

# Qt aborts the process where none of these is set.
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse the command line and show the window. Returns the exit status."""
    given = _parser().parse_args(arguments)
    if sys.platform == "linux" and not any(map(os.environ.get, DISPLAYS)):
        print("No display found. Use the `companion` command instead.", file=sys.stderr)
        return 2
    radio = given.radio
    if given.virtual:
        from companion.errors import RadioSpecError
        from companion.radio.spec import as_virtual

        try:
            radio = as_virtual(radio or "os")
        except RadioSpecError as error:
            print(f"{error.title_text}: {error.detail}", file=sys.stderr)
            return error.exit_status
    # Qt makes hundreds of classes before the first paint, and collecting among them finds nothing: a
    # fifth of the start. The session collects on its own thread once it is warm (`ui.shell.garbage`).
    gc.disable()
    try:
        from ui.shell import qt

        qt.load()
        from ui.shell.app import Options, run
    except ImportError as error:
        print(f"The window needs PySide6 and its system libraries ({error}).", file=sys.stderr)
        print("Use the `companion` command instead.", file=sys.stderr)
        return 2
    status = run(
        Options(
            radio=radio,
            data_dir=given.data_dir,
            code=given.code,
            image=given.image,
            theme=given.theme,
            language=given.language,
            demo=given.demo or given.demo_exit is not None,
            demo_exit=given.demo_exit,
            exit_when_painted=given.exit_when_painted,
        )
    )
    # What is left goes with the process: a last search through it would keep the process for a while.
    gc.freeze()
    return status


class _Once(argparse.Action):
    """An option that the command line may repeat, and the window may not."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,
    ) -> None:
        if getattr(namespace, f"{self.dest}_given", False):
            parser.error(f"use {option_string} only once")
        setattr(namespace, f"{self.dest}_given", True)
        setattr(namespace, self.dest, values)


def _radio_of_environment() -> str:
    """The first of COMPANION_RADIO's; "" for the one that was chosen in the settings."""
    text = os.environ.get("COMPANION_RADIO")
    if not text:
        return ""
    # Only now: the radio's room would keep the first paint waiting.
    from companion.radio.spec import split_specs

    return split_specs(text)[0]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="companion-app", description="Commission devices in a window.")
    parser.add_argument(
        "--radio",
        action=_Once,
        default=_radio_of_environment(),
        metavar="SPEC",
        help="os (os:hci1, or os: and its address, for one adapter), virtual, or bumble:TRANSPORT, "
        "or virtual+bumble:TRANSPORT for a port of a virtual air (also COMPANION_RADIO, of "
        "which the first counts)",
    )
    parser.add_argument(
        "--virtual", action="store_true", help="the radio is a port of a virtual air, not a controller"
    )
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="folder for records and keys")
    parser.add_argument("--code", metavar="TEXT", help="start with this setup code in the field")
    parser.add_argument("--image", type=Path, metavar="FILE", help="start by reading this image")
    parser.add_argument("--theme", choices=("light", "dark"), help="instead of the system's")
    parser.add_argument("--language", metavar="CODE", help="instead of the system's, such as de")
    parser.add_argument("--demo", action="store_true", help="set up a virtual device, page by page")
    parser.add_argument(
        "--demo-exit", type=float, metavar="SECONDS", help="like --demo, and close this long after the end"
    )
    parser.add_argument(
        "--exit-when-painted", action="store_true", help="say so and end; for measuring the start"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
