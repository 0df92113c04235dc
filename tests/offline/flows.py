"""Flows of the command line that need no network, one after the other in this process; what came of each.

python -m tests.offline flows FOLDER
"""

from __future__ import annotations

import contextlib
import io
import json
import os
from pathlib import Path
from typing import Any

from companion.cli import main as companion
from companion.protocols import installed
from companion.protocols.rp1.virtual.peripheral import VirtualRp1

SCENARIO = """\
name = "Unplugged"
[run]
runs = {count}
at-a-time = {count}
accept-risks = true
{devices}
"""
DEVICE = """
[[device]]
name = "{protocol}"
protocol = "{protocol}"
button = "match"
"""


def run_all(folder: Path) -> dict[str, Any]:
    """By name: what each flow said, as its document."""
    os.chdir(folder)
    protocols = [name for name, each in installed().protocols.items() if each.virtual is not None]
    devices = "".join(DEVICE.format(protocol=each) for each in protocols)
    Path("unplugged.toml").write_text(SCENARIO.format(count=len(protocols), devices=devices))
    Path("batch.csv").write_text(f"serial,text\nOFF-0001,{VirtualRp1().setup_code}\n")
    found: dict[str, Any] = {"protocols": protocols, "demo": said("demo", "--data-dir", "data", "--json")}
    found["lab"] = said("lab", "run", "unplugged.toml", "--json")
    there = ("--radio", "virtual", "--data-dir", "data", "--json")
    found["devices"] = said("devices", *there)
    device = found["devices"]["devices"][0]["id"]
    found["proof"] = said("proof", "export", device, "--out", "device.proof", *there)
    found["verify"] = said("proof", "verify", "device.proof", "--json")
    found["labels"] = said("label", "batch.csv", "--out", "labels.pdf", "--json")
    found["cloud"] = said("cloud", "new", "hall", "--kind", "mqtt", "--endpoint", "broker.lan:8883", *there)
    found["broker"] = said("cloud", "broker", "mosquitto", "broker", "--host", "broker.lan", *there)
    return found


def said(*words: str) -> Any:
    """A command's document, or what it said where it failed."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = companion(list(words))
    try:
        return json.loads(out.getvalue())
    except ValueError:
        return {"status": status, "out": out.getvalue(), "err": err.getvalue()}
