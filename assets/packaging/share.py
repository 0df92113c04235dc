"""What both packages have below share/: menu entry, icons, manual pages, completion, and what is bundled."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
from pathlib import Path

from assets.packaging.environment import epoch

HERE = Path(__file__).parent / "share"
APP_ID = "internal.companion.Companion"
COMPLETIONS = {
    "bash": "bash-completion/completions/companion",
    "zsh": "zsh/vendor-completions/_companion",
    "fish": "fish/vendor_completions.d/companion.fish",
}


# Qt and its libraries name these without bringing their texts.
NAMED_LICENCES = ("LGPL-3", "GPL-3", "GPL-2")


def write(share: Path, python: Path, version: str) -> None:
    """Write all of it. python: the package's own, with Companion installed."""
    for name, folder in ((f"{APP_ID}.desktop", "applications"), (f"{APP_ID}.metainfo.xml", "metainfo")):
        (share / folder).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(HERE / name, share / folder / name)
    date = datetime.datetime.fromtimestamp(epoch(), datetime.UTC).date().isoformat()
    # -I: of the package and not of the tree that builds it; -B: nothing more is compiled into it.
    alone = [python, "-I", "-B"]
    wide = {**os.environ, "COLUMNS": "100"}
    subprocess.run([*alone, HERE / "manual.py", share / "man/man1", version, date], env=wide, check=True)
    subprocess.run([*alone, HERE / "icons.py", share], check=True)
    for shell, place in COMPLETIONS.items():
        (share / place).parent.mkdir(parents=True)
        made = subprocess.run(
            [*alone, "-m", "companion", "completion", shell], check=True, capture_output=True
        )
        (share / place).write_bytes(made.stdout)


def write_parts(folder: Path, python: Path) -> None:
    """Write what is bundled and under which licences: parts.cdx.json (CycloneDX) and licences.txt."""
    folder.mkdir(parents=True, exist_ok=True)
    scripts = Path(sys.executable).parent
    listed = [scripts / "cyclonedx-py", "environment", "--output-reproducible", "--spec-version", "1.6"]
    subprocess.run([*listed, "--output-file", folder / "parts.cdx.json", python], check=True)
    report = [scripts / "pip-licenses", f"--python={python}", "--from=mixed", "--format=plain-vertical"]
    texts = ["--with-license-file", "--no-license-path", "--with-notice-file", "--with-system"]
    made = subprocess.run([*report, *texts], check=True, capture_output=True)
    (folder / "licences.txt").write_bytes(made.stdout)
    for name in NAMED_LICENCES:
        shutil.copyfile(f"/usr/share/common-licenses/{name}", folder / f"{name}.txt")
