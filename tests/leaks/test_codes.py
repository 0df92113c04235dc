"""What reads, explains and prints setup codes, and what examines the computer: no run, and no leak."""

from __future__ import annotations

import csv
import json
import re

import pytest

from companion.label import qr_png
from companion.protocols import recognise
from companion.protocols.rp1.virtual import factory as rp1_factory
from tests.leaks.flow import Flow
from tests.leaks.search import leaks

CODES = {
    "rp1": rp1_factory.label(rp1_factory.sample()),
    "espressif": '{"ver":"v1","name":"P1","username":"wifiprov","pop":"reed-in-4-winds","transport":"ble"}',
    "softap": '{"ver":"v1","name":"P2","pop":"reed-in-4-winds","transport":"softap","password":"far-shore"}',
    "wifi": "WIFI:T:WPA;S:Harbour;P:seven gulls at noon;;",
    "matter": "MT:YNJV7VSC00CMVH7SR00",
    "matter typed": "26318621095",
    "homekit": "X-HM://0081YCYEP3QYT",
    "thread": "v=1&&eui=9019ec5d617d7aab&&cc=J01NU5",
    "zwave": "900132782003515253545541424344453132333435212223242500100435301537022065520001000000300578",
    "url": "https://maker.example/set-up?token=knows-too-much",
    "unknown": "something that nobody knows 4711",
}


@pytest.mark.parametrize("name", CODES)
async def test_a_code_is_explained_typed_and_pictured(flow: Flow, name: str) -> None:
    picture = flow.folder.parent / "code.png"
    qr_png(CODES[name], picture)
    for form in ((), ("--json",)):
        await flow.run("explain", CODES[name], *form, status=3 if name == "unknown" else 0)
        await flow.run("scan", str(picture), *form)
    assert CODES[name].encode() in flow.spy.heard
    assert flow.leaks() == []
    shown = await flow.run("explain", CODES[name], "--show-secrets", status=None)
    if any(not isinstance(field.value, str) for field in recognise(CODES[name]).fields):
        assert flow.leaks(), f"what was asked for is shown: {shown}"


@pytest.mark.parametrize("name", ["rp1", "espressif", "wifi", "matter", "homekit", "zwave"])
@pytest.mark.parametrize("damage", ["cut", "changed", "longer"])
async def test_a_damaged_code_is_not_quoted(flow: Flow, name: str, damage: str) -> None:
    whole = CODES[name]
    text = {"cut": whole[:-4], "changed": whole[:-6] + "??" + whole[-4:], "longer": whole + "0Z"}[damage]
    for form in ((), ("--json",)):
        await flow.run("explain", text, *form, status=None)
        await flow.run(
            "commission", "--code", text, "--radio", "virtual", "--timeout", "1", *form, status=None
        )
    middle = len(whole) // 2
    assert (
        flow.leaks(whole[middle - 4 : middle + 4].encode(), b"reed-in-4-winds", b"seven gulls at noon") == []
    )


@pytest.mark.parametrize("columns", [("serial", "fingerprint"), ("serial", "name", "username")])
async def test_a_batch_of_labels(flow: Flow, columns: tuple[str, ...]) -> None:
    """Its sheet and its list of codes hold secrets: that is what they are for. What it says holds none."""
    batch, codes = flow.folder.parent / "batch.csv", flow.folder.parent / "codes.csv"
    values = {"serial": "LS-1", "fingerprint": "ab" * 16, "name": "PROV_9", "username": "wifiprov"}
    batch.write_text(",".join(columns) + "\n" + ",".join(values[column] for column in columns) + "\n")
    sheet = flow.folder.parent / "sheet.svg"
    await flow.run("label", str(batch), "--out", str(sheet), "--codes", str(codes), "--json")
    with codes.open(newline="") as file:
        (row,) = csv.DictReader(file)
    secret = {
        "rp1": lambda code: code.payload.r.reveal(),
        "espressif": lambda code: code.payload.pop.reveal(),
    }
    code = recognise(row["text"])
    kept = secret[code.ecosystem](code)
    assert kept in flow.spy.heard
    assert leaks([kept, row["text"].encode()], {"output": flow.said.encode()}) == []


async def test_the_doctor(flow: Flow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COMPANION_PASSPHRASE", "a passphrase for this test")
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={flow.folder}/no-bus")
    for form in ((), ("--json",)):
        await flow.run("doctor", *form, status=None)
    assert len(flow.said) > 500
    assert flow.leaks(b"a passphrase for this test") == []


async def test_what_a_report_tells_of_a_person_is_cut_too(flow: Flow) -> None:
    """Names are no secrets, but a report leaves the house."""
    device = await flow.switch_on("improv")
    done = await flow.commission("--accept-risks")
    exported = await flow.run("runs", "export", done["run"], "--radio", flow.radio, "--json")
    assert json.loads(exported)["id"] == done["run"]
    assert not re.search(f"Hafen|Lamp|{re.escape(device.name)}", exported)
