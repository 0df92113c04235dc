"""What a person writes or carries here is read up to a size, and the window asks for what is taken."""

from pathlib import Path

import pytest

from companion.commands.arguments import options
from companion.commands.devices import transfer
from companion.commands.label import MOST_BATCH, read_batch
from companion.commands.trust.manufacturers import TrustStore
from companion.errors import CodeUnreadable, CompanionError, ImageRefused
from companion.files import MAX_SMALL_FILE, TooLarge, read_at_most
from companion.identity import locks


def test_a_file_is_read_up_to_its_bound_and_not_an_octet_further(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(bytes(100))
    assert read_at_most(100, file) == bytes(100)
    with pytest.raises(TooLarge):
        read_at_most(99, file)


def test_a_device_without_an_end_is_too_large_and_not_an_endless_wait() -> None:
    with pytest.raises(TooLarge):
        read_at_most(MAX_SMALL_FILE, Path("/dev/zero"))


@pytest.mark.parametrize(
    "read",
    [
        options.wifi_from_file,
        options.thread_from_file,
        lambda file: TrustStore(memory=None, names=None).add_root(file),
        transfer._public,
        read_batch,
    ],
)
def test_a_huge_file_is_refused_by_whatever_reads_it(tmp_path: Path, read: object) -> None:
    file = tmp_path / "huge"
    file.touch()
    with file.open("r+b") as opened:
        opened.truncate(MOST_BATCH + 1)
    assert callable(read)
    with pytest.raises((CompanionError, TooLarge)):
        read(file)


def test_a_huge_file_holds_no_token(tmp_path: Path) -> None:
    file = tmp_path / "huge"
    file.touch()
    with file.open("r+b") as opened:
        opened.truncate(3 << 30)
    with pytest.raises((CodeUnreadable, ImageRefused)):
        transfer.read_token(file)


def test_the_window_asks_for_as_many_characters_as_are_taken() -> None:
    from ui.pages.questions import passphrase

    assert passphrase.LEAST == locks.LEAST_CHARACTERS
