"""Writes .ci/bundled.txt, what the packages bundle, with hashes: `python -m assets.packaging.lock`.

The versions are those of .ci/constraints.txt, which says nothing of hashes: an editable installation, as
set-up makes one, can't be checked by any.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from assets.packaging.environment import BUNDLED, EXTRAS, ROOT

HEAD = "# What the packages for Linux bundle, by hash: python -m assets.packaging.lock\n"


def main() -> None:
    """Resolve, and replace the file."""
    command = ["uv", "pip", "compile", "-q", "pyproject.toml", "-c", ".ci/constraints.txt"]
    options = ["--python-version", "3.11", "--generate-hashes", "--no-annotate", "--no-header"]
    extras = [word for extra in EXTRAS.split(",") for word in ("--extra", extra)]
    made = subprocess.run([*command, *options, *extras], cwd=ROOT, check=True, capture_output=True, text=True)
    Path(BUNDLED).write_text(HEAD + made.stdout)


if __name__ == "__main__":
    main()
