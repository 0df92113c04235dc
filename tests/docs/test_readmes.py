"""What a README names exists: a table that leads nowhere costs a newcomer more than none."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READMES = sorted(
    path
    for path in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("*/**/README.md"))
    if not {".venv", "build", "site"} & set(path.relative_to(ROOT).parts)
)
RUN = re.compile(r"python -m ((?:tests|ui|companion)[\w.]*\w)")
NAMED = re.compile(r"`([\w./-]+\.(?:py|md|pml|pv|toml|txt))`")


@pytest.mark.parametrize("readme", READMES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_file_that_it_names_is_there(readme: Path) -> None:
    known = {path.relative_to(ROOT).as_posix() for room in ROOT.iterdir() for path in files(room)}
    missing = [
        name
        for name in NAMED.findall(readme.read_text(encoding="utf-8"))
        if not any(path == name or path.endswith(f"/{name}") for path in known)
    ]
    assert missing == []


@pytest.mark.parametrize("readme", READMES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_module_that_it_runs_is_there(readme: Path) -> None:
    parts = [ROOT.joinpath(*name.split(".")) for name in RUN.findall(readme.read_text(encoding="utf-8"))]
    assert [path for path in parts if not path.with_suffix(".py").exists() and not path.is_dir()] == []


def files(room: Path) -> list[Path]:
    if room.name in {".venv", ".git", "build"}:
        return []
    return [room] if room.is_file() else [path for path in room.rglob("*.*") if path.is_file()]
