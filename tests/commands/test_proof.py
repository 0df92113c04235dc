"""`companion proof`: a device that was set up is proved to whoever has the owner's key."""

from __future__ import annotations

from pathlib import Path

from tests.commands.conftest import Run
from tests.commands.runs.test_proof import VIRTUAL, commissioned


def test_a_device_is_proved_in_one_file(run: Run, tmp_path: Path) -> None:
    commissioned(run, tmp_path)
    (device,) = run("devices", *VIRTUAL, "--json").document["devices"]
    out, pem = tmp_path / "out" / "sensor.proof", tmp_path / "owner.pem"
    told = run(
        "proof", "export", device["id"], *VIRTUAL, "--out", str(out), "--also-standard", "--json"
    ).document
    assert {Path(each).name for each in told["files"]} >= {
        "sensor.proof",
        "verify_proof.py",
        "verify_signatures.py",
        "sensor-entry.tlog-proof",
        "sensor-entry-receipt.cose",
    }
    assert run("trust", "key", str(pem), *VIRTUAL).status == 0
    checked = run("proof", "verify", str(out), "--owner", str(pem), "--json")
    assert checked.status == 0 and checked.document["holds"]
    assert {each["verdict"] for each in checked.document["checks"]} == {"passed"}
    assert (checked.document["serial"], checked.document["owner_key"]) == (
        device["serial"],
        told["owner_key"],
    )
    out.write_bytes(out.read_bytes()[:-1] + b"\x00")
    refused = run("proof", "verify", str(out))
    assert refused.status == 5 and "✗" in refused.out and "is not valid" in refused.out


def test_a_device_that_signed_nothing_and_a_file_that_is_none_are_told(run: Run, tmp_path: Path) -> None:
    assert run("proof", "export", "nobody", *VIRTUAL).status == 8
    assert run("proof", "verify", str(tmp_path / "missing")).status == 2
    (tmp_path / "huge").write_bytes(bytes(1 << 20))
    refused = run("proof", "verify", str(tmp_path / "huge"))
    assert refused.status == 2 and "huge" in refused.err
