"""Which Companion this is: the version, and the commit that a distribution was built from."""

from __future__ import annotations

import json
import platform
from functools import cache
from importlib import metadata
from importlib.resources import files

REPORTED = ("bleak", "cryptography", "PySide6")
UNKNOWN = "unknown"


@cache
def version() -> str:
    """Of the installed distribution (PEP 440); "unknown" in a tree that was not installed."""
    return installed("companion") or UNKNOWN


def installed(distribution: str) -> str | None:
    """The version of a distribution; None for one that is not there."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return None


def built_from() -> str | None:
    """The commit and its day; None in a source tree, which may have been changed since."""
    try:
        facts = json.loads(files("companion").joinpath("build_facts.json").read_text())
    except FileNotFoundError:
        return None
    return f"{facts['commit'][:12]}, {facts['date']}"


def described() -> str:
    """What `companion --version` prints: the version first, what it was built from and runs on below."""
    libraries = [f"{name} {found}" for name in REPORTED if (found := installed(name))]
    system = f"{platform.system()} {platform.machine()}"
    return "\n".join(
        (
            f"companion {version()}",
            f"Built from commit {built}" if (built := built_from()) else "Runs from a source tree",
            ", ".join((f"Python {platform.python_version()}", *libraries, system)),
        )
    )
