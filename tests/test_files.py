"""Files that are the old or the new one, and locks that die with their holder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from companion.files import exclusive, replace_durably


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
