"""`companion support`: what it holds is said before it is written."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from companion.reports.bundle import NAME
from tests.commands.conftest import Run


def test_the_command_lists_before_it_writes_and_asks(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    refused = run("support", "bundle")
    assert refused.status == 2 and "--yes" in refused.err
    assert refused.out.startswith("CONTENTS.txt") and not (tmp_path / NAME).exists()
    assert run("support", "--yes", "--out", str(tmp_path / "none" / "x.zip")).status == 2
    document = json.loads(run("support", "--yes", "--json").out)
    with zipfile.ZipFile(tmp_path / NAME) as archive:
        assert archive.namelist() == [part["name"] for part in document["parts"]]
        assert archive.testzip() is None
