"""Improv over the air and on a cable: what is sent in clear is in clear nowhere else."""

from __future__ import annotations

import json

import pytest

from tests.commands.test_cable import board_on_a_cable
from tests.leaks.flow import Flow


@pytest.mark.parametrize(
    ("faults", "passphrase", "outcome"),
    [
        ((), "jade turtle under ice", "failed"),
        (("drop-after-send",), None, "commissioned"),
        (("bad-checksum",), None, "failed"),
        (("empty-values",), None, "failed"),
    ],
    ids=str,
)
async def test_a_run_that_meets_trouble(
    flow: Flow, faults: tuple[str, ...], passphrase: str | None, outcome: str
) -> None:
    await flow.switch_on("improv", faults=faults)
    words = ("--accept-risks", "--timeout", "5")
    done = await flow.commission(*words, passphrase=passphrase, status=None)
    assert done["outcome"] == outcome, done["error"]
    assert flow.leaks() == []


@pytest.mark.parametrize("passphrase", ["correct horse", "wrong horse"])
async def test_a_board_on_a_cable(flow: Flow, passphrase: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPANION_PASSPHRASE", "a passphrase for this test")
    file = flow.folder.parent / "workshop.json"
    file.write_text(json.dumps({"ssid": "Workshop", "passphrase": passphrase}))
    with board_on_a_cable() as (port, _):
        told = await flow.run(
            "cable", port, "--wifi-file", str(file), "--accept-risks", "--json", status=None
        )
    assert json.loads(told)["outcome"] == ("commissioned" if passphrase == "correct horse" else "failed")
    await flow.ask_afterwards()
    assert {passphrase.encode(), b"a passphrase for this test"} <= flow.spy.heard
    assert flow.leaks() == []
