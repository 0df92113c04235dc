"""What a btsnoop file says of a link is what we noted of it ourselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.errors import FileUnreadable
from companion.link_trace import LinkTrace, read_traces
from companion.testing.btsnoop import read_btsnoop
from tests.commands.bench import SAMPLE, WIFI
from tests.commands.conftest import Run, run

__all__ = ["run"]
HEAD = b"btsnoop\0" + (1).to_bytes(4, "big") + (1002).to_bytes(4, "big")


def steps(links: tuple[LinkTrace, ...]) -> list[list[tuple[str, str, int, str]]]:
    return [[(each.kind, each.uuid, each.octets, each.result) for each in link.operations] for link in links]


def test_a_capture_tells_the_same_as_our_own_record(run: Run, tmp_path: Path) -> None:
    wifi, capture = tmp_path / "wifi.json", tmp_path / "run.btsnoop"
    wifi.write_text(WIFI)
    words = ("--image", SAMPLE, "--radio", "virtual", "--confirm", "yes", "--wifi-file", str(wifi), "--json")
    ran = run("commission", *words, "--btsnoop", str(capture)).document
    kept = run("runs", "show", ran["run"], "--radio", "virtual", "--json").document
    counted = next(event["facts"] for event in kept["events"] if event["kind"] == "counted")
    noted = read_traces(counted["links"])
    assert steps(read_btsnoop(capture)) == steps(noted) and sum(map(len, steps(noted))) > 10

    made = tmp_path / "test_captured.py"
    to_test = ("runs", "to-test", str(capture), str(made))
    assert run(*to_test).status == 2, "a capture does not say which protocol it is"
    assert run(*to_test, "--protocol", "rp1").status == 0
    assert "virtual_device('rp1')" in made.read_text()
    of_run = ("runs", "to-test", ran["run"], str(tmp_path / "test_run.py"), "--radio", "virtual")
    assert run(*of_run, "--capture", str(capture)).status == 0
    assert f"test_run_{ran['run']}" in (tmp_path / "test_run.py").read_text()
    assert run(*of_run, "--capture", str(tmp_path / "none.btsnoop"), "--force").status != 0


@given(st.binary(max_size=400))
def test_any_other_file_is_refused_or_holds_no_link(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    file = tmp_path_factory.mktemp("snoop") / "x.btsnoop"
    file.write_bytes(content)
    with pytest.raises(FileUnreadable):
        read_btsnoop(file)
    file.write_bytes(HEAD + content)
    try:
        read_btsnoop(file)
    except FileUnreadable as error:
        assert "damaged" in error.detail
