"""What is given on the command line reaches the driver, or is refused before a run begins."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.errors import FileMissing
from companion.protocols.matter import command_line


def test_files_are_named_by_their_whole_path_and_an_address_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "roots.pem"
    file.touch()
    given = {"paa": (str(file),), "revocations": (str(file),), "node-address": ("[fe80::1%eth0]:5540",)}
    extra = command_line.read(given)
    assert extra[command_line.ROOTS] == extra[command_line.REVOCATIONS] == str(file.resolve())
    assert command_line.parse_address(extra[command_line.ADDRESS]) == ("fe80::1%eth0", 5540)
    assert command_line.read({}) == {}


@pytest.mark.parametrize(
    ("flag", "text"),
    [
        ("node-address", "5540"),
        ("node-address", "host:0"),
        ("node-address", "host:x"),
    ],
)
def test_what_cannot_be_used_is_said(flag: str, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        command_line.read({flag: (text,)})


def test_a_file_that_is_not_there_is_named() -> None:
    with pytest.raises(FileMissing) as missing:
        command_line.read({"paa": ("/no/such/file",)})
    assert missing.value.facts["file"] == "/no/such/file"
