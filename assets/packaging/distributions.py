"""Wheel and source distribution, built twice and compared: `python -m assets.packaging.distributions FOLDER`.

Beside them go the list of what the packages bundle (CycloneDX, with hashes) and the sums of all files.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from assets.packaging.environment import BUNDLED, ROOT, epoch, version_of


def main(out: Path) -> int:
    """Build into an empty `out`. Returns 1 if two builds of the same commit differ."""
    out.mkdir(parents=True, exist_ok=True)
    for old in out.iterdir():
        old.unlink()
    os.environ.setdefault("SOURCE_DATE_EPOCH", str(epoch()))
    _build(out)
    with tempfile.TemporaryDirectory(prefix="companion-dist-") as folder:
        _build(Path(folder))
        same = sums(Path(folder)) == sums(out)
    (wheel,) = out.glob("*.whl")
    write_parts(out / f"companion-{version_of(wheel)}.cdx.json")
    made = sums(out)
    (out / "SHA256SUMS").write_text("".join(f"{digest}  {name}\n" for name, digest in made.items()))
    print("".join(f"{digest}  {name}\n" for name, digest in made.items()), end="")
    print("Built twice: the same bytes." if same else "Built twice: the bytes differ.")
    return 0 if same else 1


def sums(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file, by name."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def write_parts(file: Path) -> None:
    """What the packages bundle, from the list that they are installed by."""
    listing = [Path(sys.executable).parent / "cyclonedx-py", "requirements", "--output-reproducible"]
    subprocess.run([*listing, "--output-file", file, BUNDLED], check=True)


def _build(out: Path) -> None:
    # In this environment, which has what the backend requires: an isolated one would fetch it again.
    building = [sys.executable, "-m", "build", "--no-isolation", "-o", out, ROOT]
    subprocess.run(building, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
