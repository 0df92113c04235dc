"""`python -m ui` and `companion-app`: the window."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Parse the command line and show the window. Returns the exit status."""
    given = _parser().parse_args(arguments)
    try:
        from ui.app import Options, run
    except ImportError as error:
        print(f"The window needs PySide6 and its system libraries ({error}).", file=sys.stderr)
        print("`companion` does everything without a window.", file=sys.stderr)
        return 2
    return run(
        Options(
            radio=given.radio,
            data_dir=given.data_dir,
            code=given.code,
            image=given.image,
            theme=given.theme,
            language=given.language,
            demo=given.demo or given.demo_exit is not None,
            demo_exit=given.demo_exit,
        )
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="companion-app", description="Commission devices in a window.")
    parser.add_argument(
        "--radio",
        default=os.environ.get("COMPANION_RADIO", "os").split(",")[0].strip(),
        metavar="SPEC",
        help="os, virtual, or bumble:TRANSPORT (also COMPANION_RADIO)",
    )
    parser.add_argument("--data-dir", type=Path, metavar="DIR", help="where records and keys are kept")
    parser.add_argument("--code", metavar="TEXT", help="start with this setup code in the field")
    parser.add_argument("--image", type=Path, metavar="FILE", help="start by reading this picture")
    parser.add_argument("--theme", choices=("light", "dark"), help="instead of the system's")
    parser.add_argument("--language", metavar="CODE", help="instead of the system's, such as de")
    parser.add_argument("--demo", action="store_true", help="set up a virtual device, page by page")
    parser.add_argument(
        "--demo-exit", type=float, metavar="SECONDS", help="like --demo, and close this long after the end"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
