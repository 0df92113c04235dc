"""`python -m tests.packaging [wheel] [deb] [appimage] [--from FOLDER]`: try packages in a bare Debian 12."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from tests.packaging import artefacts, bare, journey

KINDS = {"wheel": artefacts.wheel, "deb": artefacts.debian, "appimage": artefacts.appimage}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests.packaging")
    parser.add_argument("kinds", nargs="*", choices=[*KINDS, []], metavar="KIND")
    parser.add_argument("--from", dest="folder", type=Path, default=bare.ROOT / "dist", metavar="FOLDER")
    wanted = parser.parse_args(arguments)
    if os.geteuid() != 0:
        print("This makes a system of its own in a folder (debootstrap, mount), which needs root.")
        return 2
    for kind in wanted.kinds or KINDS:
        artefact = KINDS[kind](wanted.folder)
        print(f"{artefact.file.name}, {artefact.file.stat().st_size / 2**20:.0f} MiB", flush=True)
        with bare.tree() as tree:
            for what, seconds in journey.go(artefact, tree):
                print(f"  {what:<60}{seconds:>7.1f} s", flush=True)
        print("  nothing was left behind but records and keys")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
