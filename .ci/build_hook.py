"""What Hatchling adds to a distribution: compiled translations, and the commit that it was built from.

The same commit makes the same bytes, so the only time in it is the commit's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FACTS = "companion/build_facts.json"


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """`version` is "standard" for a distribution that leaves the tree, "editable" for one that stays."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Raises CalledProcessError where a translation can't be compiled."""
        if version == "editable":
            return
        self._made = tempfile.TemporaryDirectory(prefix="companion-build-")
        made = Path(self._made.name)
        included = build_data["force_include"]
        if facts := _facts_of_commit(Path(self.root)):
            (made / "build_facts.json").write_text(json.dumps(facts) + "\n")
            included[str(made / "build_facts.json")] = FACTS
        if self.target_name == "wheel":
            for source in sorted(Path(self.root, "ui", "i18n").glob("*.ts")):
                compiled = made / f"{source.stem}.qm"
                subprocess.run([_lrelease(), "-silent", source, "-qm", compiled], check=True)
                included[str(compiled)] = f"ui/i18n/{compiled.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove what was made for the distribution."""
        if version != "editable":
            self._made.cleanup()


def _facts_of_commit(root: Path) -> dict[str, str] | None:
    """The commit of the tree and its day; None outside a repository, where a source distribution has them."""
    if not (root / ".git").exists():
        return None
    asked = ("git", "-C", str(root), "show", "-s", "--format=%H %cs", "HEAD")
    try:
        shown = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
    except (OSError, subprocess.CalledProcessError):
        return None
    return dict(zip(("commit", "date"), shown, strict=True))


def _lrelease() -> str:
    """Qt's compiler of translations: of the build's own environment, wherever its scripts are."""
    name = "pyside6-lrelease.exe" if os.name == "nt" else "pyside6-lrelease"
    scripts = [Path(sysconfig.get_path("scripts")), Path(sys.executable).parent]
    places = [*scripts, *(Path(each) for each in os.environ.get("PATH", "").split(os.pathsep))]
    found = next((place / name for place in places if (place / name).is_file()), None)
    if found is None:
        raise FileNotFoundError(f"{name} of PySide6-Essentials is needed to compile the translations")
    return str(found)
