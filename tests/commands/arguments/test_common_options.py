"""What every command takes may stand before it as well as behind it."""

from pathlib import Path

import pytest

from companion.cli import main
from tests.support.many_records import fill, name_of


@pytest.mark.parametrize(
    "words",
    [
        ["--data-dir", "{here}", "devices"],
        ["devices", "--data-dir", "{here}"],
        ["--data-dir", "{there}", "devices", "--data-dir", "{here}"],
    ],
    ids=["before", "behind", "the nearer one counts"],
)
def test_the_data_folder_may_be_named_on_either_side(
    tmp_path: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    fill(here, 1)
    assert main([word.format(here=here, there=there) for word in words]) == 0
    assert name_of(0) in capsys.readouterr().out
    assert not there.exists()
