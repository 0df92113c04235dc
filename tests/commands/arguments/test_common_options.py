"""What every command takes may stand before it as well as behind it."""

from pathlib import Path

import pytest

from companion.cli import main


@pytest.mark.parametrize(
    "words",
    [
        ["--data-dir", "{here}", "trust", "--radio", "virtual"],
        ["trust", "--radio", "virtual", "--data-dir", "{here}"],
        ["--data-dir", "{there}", "trust", "--radio", "virtual", "--data-dir", "{here}"],
    ],
    ids=["before", "behind", "the nearer one counts"],
)
def test_the_data_folder_may_be_named_on_either_side(tmp_path: Path, words: list[str]) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    assert main([word.format(here=here, there=there) for word in words]) == 0
    assert any(here.rglob("*"))
    assert not there.exists()
