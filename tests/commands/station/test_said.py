"""What a station says to people: for whom it works, where its page is, and what became of each code."""

from __future__ import annotations

from pathlib import Path

from tests.commands.conftest import Run


def test_each_code_has_a_line_and_none_shows_it(run: Run, tmp_path: Path) -> None:
    codes = tmp_path / "codes.csv"
    codes.write_text("code\nRPL1:DAMAGED\nhttps://example.com/hello\n")
    ran = run("station", "--codes", str(codes), "--radio", "virtual", "--status-port", "0")
    lines = ran.out.splitlines()
    assert lines[0] == "Sets up your own devices." and "http://127.0.0.1:" in lines[1]
    assert sum("put aside" in line and "(C-1" in line for line in lines) == 2
    assert lines[-1] == "Station stopped: 0 waiting, 0 running, 0 commissioned, 2 put aside."
    assert ran.status == 3 and not any(text in ran.out + ran.err for text in ("DAMAGED", "/hello"))


def test_a_list_that_is_none_says_what_is_wrong_with_it(run: Run, tmp_path: Path) -> None:
    codes = tmp_path / "codes.csv"
    codes.write_bytes("text,name\nMT:X,Gerät\n".encode("latin-1"))
    ran = run("station", "--csv", str(codes), "--radio", "virtual", "--status-port", "0")
    assert "(S-123)\n  not UTF-8: in a spreadsheet, save it as CSV UTF-8\n" in ran.out and ran.status == 2
