"""Files that are the old or the new one, and locks that die with their holder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from companion.errors import FileNotOwn, FolderForeign, FolderShared, StorageError
from companion.files import ensure_own, exclusive, open_own, own_folder, read_own, replace_durably

links = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights and links than these")


def test_a_file_is_replaced_whole_and_belongs_to_its_user_alone(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")
    replace_durably(path, b"new")
    assert path.read_bytes() == b"new" and path.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("fails", ["fsync", "replace"])
def test_a_replacement_that_fails_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: str
) -> None:
    def broken(*_: object) -> None:
        raise OSError(5, "Input/output error")

    path = tmp_path / "file"
    path.write_bytes(b"old")
    monkeypatch.setattr(os if fails == "fsync" else Path, fails, broken)
    with pytest.raises(OSError, match="Input/output"):
        replace_durably(path, b"new")
    assert path.read_bytes() == b"old" and list(tmp_path.iterdir()) == [path]


def test_a_lock_excludes_the_same_process_too(tmp_path: Path) -> None:
    with exclusive(tmp_path / "lock", timeout=1):  # noqa: SIM117 - the inner one must fail, not the outer
        with pytest.raises(TimeoutError), exclusive(tmp_path / "lock", timeout=0.01):
            pass
    with exclusive(tmp_path / "lock", timeout=0.01):
        pass


def test_a_lock_dies_with_its_holder(tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from companion.files import exclusive\n"
        "with exclusive(Path(sys.argv[1]), timeout=1): os.kill(os.getpid(), 9)"
    )
    killed = subprocess.run([sys.executable, "-c", program, str(tmp_path / "lock")], check=False)
    assert killed.returncode == -9
    with exclusive(tmp_path / "lock", timeout=0.01):
        pass


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@links
def test_a_folder_of_ours_is_made_for_its_user_alone(tmp_path: Path) -> None:
    assert mode(own_folder(tmp_path / "below" / "data")) == 0o700


@links
@pytest.mark.parametrize("rights", [0o777, 0o770, 0o702, 0o1777])
def test_a_folder_that_others_can_write_to_is_refused_with_what_to_do(tmp_path: Path, rights: int) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(rights)
    with pytest.raises(FolderShared) as refused:
        own_folder(folder)
    assert f"chmod go-w {folder}" in refused.value.advice_text
    folder.chmod(0o755)
    assert own_folder(folder) == folder


@links
def test_a_folder_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 4711)
    if tmp_path.stat().st_uid:  # the system's own are nobody else's
        with pytest.raises(FolderForeign):
            own_folder(tmp_path)


@links
def test_with_sudo_the_folder_is_that_of_whoever_called_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "stat", lambda path: os.stat_result((0o40700, 0, 0, 1, 4711, 0, 0, 0, 0, 0)))
    monkeypatch.setattr(Path, "mkdir", lambda path, **_: None)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.delenv("SUDO_UID", raising=False)
    with pytest.raises(FolderForeign):
        own_folder(tmp_path)
    monkeypatch.setenv("SUDO_UID", "4711")
    assert own_folder(tmp_path) == tmp_path


def test_a_folder_that_can_not_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="can't be made"):
        own_folder(tmp_path / "file" / "data")


OPENINGS = {
    "open": lambda path: os.close(open_own(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)),
    "read": lambda path: read_own(10, path),
    "claim": ensure_own,
    "lock": lambda path: exclusive(path, timeout=1).__enter__(),
}


@links
@pytest.mark.parametrize("how", OPENINGS)
@pytest.mark.parametrize("kind", ["link", "dangling", "hard", "pipe", "folder"])
def test_nothing_but_a_plain_file_is_a_file_of_ours(tmp_path: Path, how: str, kind: str) -> None:
    path, other = tmp_path / "ours", tmp_path / "other"
    if kind != "dangling":
        other.write_bytes(b"other")
    match kind:
        case "hard":
            path.hardlink_to(other)
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case _:
            path.symlink_to(other)
    with pytest.raises((FileNotOwn, IsADirectoryError)):
        OPENINGS[how](path)
    assert not other.exists() if kind == "dangling" else other.read_bytes() == b"other"


@links
@pytest.mark.parametrize("how", OPENINGS)
def test_a_file_of_ours_is_for_its_user_alone_whatever_it_was(tmp_path: Path, how: str) -> None:
    path = tmp_path / "ours"
    path.write_bytes(b"old")
    path.chmod(0o644)
    OPENINGS[how](path)
    assert mode(path) == 0o600
    assert path.read_bytes() == (b"" if how == "open" else b"old")


def test_a_file_is_claimed_before_a_library_makes_it(tmp_path: Path) -> None:
    ensure_own(tmp_path / "may come", make=False)
    ensure_own(tmp_path / "comes")
    assert [path.name for path in tmp_path.iterdir()] == ["comes"]
    assert sys.platform == "win32" or mode(tmp_path / "comes") == 0o600
