"""What a README names exists: a table that leads nowhere costs a newcomer more than none."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = {
    path.relative_to(ROOT).as_posix(): path
    for room in ROOT.iterdir()
    # What was installed and built beside the tree is larger than the tree.
    if room.name not in {".venv", ".git", "build", "site"}
    for path in ([room] if room.is_file() else room.rglob("*.*"))
    if path.suffix != ".pyc"
}
READMES = [
    path for name, path in sorted(FILES.items()) if path.name == "README.md" or name == "CONTRIBUTING.md"
]
RUN = re.compile(r"python -m ((?:tests|ui|companion)[\w.]*\w)")
NAMED = re.compile(r"`([\w./-]+\.(?:py|md|pml|pv|toml|txt))`")


@pytest.mark.parametrize("readme", READMES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_file_that_it_names_is_there(readme: Path) -> None:
    missing = [
        name
        for name in NAMED.findall(readme.read_text(encoding="utf-8"))
        if not any(path == name or path.endswith(f"/{name}") for path in FILES)
    ]
    assert missing == []


@pytest.mark.parametrize("readme", READMES, ids=lambda path: str(path.relative_to(ROOT)))
def test_each_module_that_it_runs_is_there(readme: Path) -> None:
    parts = [ROOT.joinpath(*name.split(".")) for name in RUN.findall(readme.read_text(encoding="utf-8"))]
    assert [path for path in parts if not path.with_suffix(".py").exists() and not path.is_dir()] == []


def test_the_moving_picture_of_the_first_page_moves_and_is_light() -> None:
    (picture,) = re.findall(r"^!\[.*\]\((.+\.webp)\)$", (ROOT / "README.md").read_text(), re.MULTILINE)
    film = (ROOT / picture).read_bytes()
    assert film[8:12] == b"WEBP" and film.count(b"ANMF") > 10
    assert len(film) < 2_000_000
