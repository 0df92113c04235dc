"""No owner anywhere near: a station works under a grant, and a second one under a grant of the first.

What comes home is proved to others, and in the journals it is under the owner's grants.
"""

from __future__ import annotations

import hashlib
import time
from dataclasses import fields, replace
from typing import Any

from companion.protocols.discovery import receipt_reader
from companion.trust.proof import export
from companion.trust.proof.checks import check_proof
from companion.trust.proof.document import DeviceProof, decode, encode
from tests.station.line import Line, owner_of, states
from tests.support.until import until
from tests.trust.proof.samples import checks, passes


async def test_devices_of_a_station_and_of_its_own_delegate_belong_to_the_owner(line: Line) -> None:
    endpoint = await line.endpoint("anna")
    rights = ("--right", "onboard", "--right", "networks", "--endpoint", endpoint)
    first = await line.give("anna", "hall", *rights, "--depth", "1", "--site", "hall-2")
    second = await line.give("hall", "jig", *rights, "--under", first, "--devices", "2")
    devices = await line.power_on(3)
    codes = line.codes("hall.csv", devices[:1]), line.codes("jig.csv", devices[1:])

    told = await line.station("--csv", codes[0], app="hall")
    assert told[0]["owner"] and told[0]["grant"] == first and told[0]["site"] == "hall-2"
    assert states(told) == ["waiting", "running", "commissioned"]
    told = await line.station("--csv", codes[1], "--at-once", "2", "--radio", line.radio, app="jig")
    assert states(told).count("commissioned") == 2 and told[-1]["counts"]["commissioned"] == 2

    anna = line.owner_key("anna")
    assert [owner_of(device) for device in devices] == [anna] * 3
    home = [
        *await line.bring_home(first, "hall", "anna"),
        *await line.bring_home(second, "jig", "anna"),
    ]
    assert [(each["refused"], each["onboarded"], each["site"]) for each in home] == [
        (None, True, "hall-2")
    ] * 3
    (listed,) = await line.run("devices", app="anna")
    assert {each["serial"] for each in listed["devices"]} == {device.label.serial for device in devices}
    assert {each["state"] for each in listed["devices"]} == {"commissioned"}

    (merged,) = await home_journal(line, "jig", "anna")
    serials = {device.label.serial for device in devices[1:]}
    assert set(merged["onboarded"]) == serials and not (merged["uncovered"] or merged["late"])
    (alerts,) = await line.run("alerts", app="anna")
    assert alerts["alerts"] == [] and alerts["watched"]["runs"] == 3, (
        "each device once, by report or by journal"
    )
    line.forget_entry("hall")
    # Heads and receipts have whole seconds: only what is older than a head must be in its log.
    now = int(time.time())
    await until(lambda: int(time.time()) > now)
    await home_journal(line, "hall", "anna")
    (alerts,) = await line.run("alerts", app="anna")
    (missing,) = alerts["alerts"]
    assert missing["rule"] == "not-logged" and devices[0].label.serial in missing["sentence"]
    owners, labels, requests = zip(*line.marks("jig"), strict=True)
    assert set(owners) == {hashlib.sha256(anna).hexdigest()}
    assert len(set(labels)) == len(set(requests)) == 2 and None not in (*labels, *requests)

    proof = await prove(line, devices[2].label.serial)
    assert len(proof.grants) == 2 and proof.taking and len(proof.chain) == 3
    assert {name for name, verdict in verdicts(proof).items() if verdict != "passed"} == {"owner"}
    await line.run("grant", "revoke", first, "--yes", app="anna")
    after = await prove(line, devices[2].label.serial)
    assert verdicts(after)["revoked"] == "remark" and passes(encode(after))
    assert verdicts(replace(after, revocations=b""))["revoked"] == "not-known"
    for each in fields(DeviceProof):
        for changed in wrong(after, each.name):
            assert not passes(encode(changed)), each.name
            failed = {name for name, verdict in verdicts(changed).items() if verdict == "failed"}
            assert failed & NAMED_BY[each.name], (each.name, failed)


NAMED_BY = {
    "protocol": {"form"},
    "owner": {"grants", "receipt-owner", "head"},
    "identity_key": {"receipt"},
    "grants": {"grants", "receipt-owner"},
    "root": {"certificate"},
    "chain": {"certificate", "certificate-name"},
    "entry": {"receipt"},
    "index": {"entry"},
    "path": {"entry"},
    "head": {"head"},
    "log_key": {"checkpoint"},
    "checkpoint": {"form", "checkpoint"},
    "witnesses": {"form", "witness-1"},
    "taking": {"receipt-owner"},
    "revocations": {"revoked"},
}
"""Which check says that a field of the proof is wrong."""


def wrong(proof: DeviceProof, name: str) -> list[DeviceProof]:
    """The proof with one bit of a field changed; in a list, of each item, and without one of them."""
    value: Any = getattr(proof, name)
    if not isinstance(value, tuple):
        return [replace(proof, **{name: flipped(value)})]
    places = range(len(value))
    changed = [(*value[:place], flipped(value[place]), *value[place + 1 :]) for place in places]
    fewer = [(*value[:place], *value[place + 1 :]) for place in places]
    return [replace(proof, **{name: each}) for each in (*changed, *fewer)]


def flipped(value: Any) -> Any:
    match value:
        case int():
            return value ^ 1
        case str():
            return flipped(value.encode()).decode()
        case bytes():
            middle = len(value) // 2
            return value[:middle] + bytes((value[middle] ^ 1,)) + value[middle + 1 :]


def verdicts(proof: DeviceProof) -> dict[str, str]:
    checked = check_proof(encode(proof), receipt_reader)
    return {each.name: each.verdict.value for each in checked.checks}


async def prove(line: Line, serial: str) -> DeviceProof:
    """Exported, and checked by both programs."""
    out = line.folder / f"{serial}.proof"
    await line.run("proof", "export", serial, "--out", str(out), app="anna")
    (checked,) = await line.run("proof", "verify", str(out), app="nobody")
    assert checked["holds"] and checked["serial"] == serial
    for name, content in export.verifiers().items():
        assert out.with_name(name).read_bytes() == content
    content = out.read_bytes()
    assert checks(content)
    return decode(content)


async def home_journal(line: Line, holder: str, owner: str) -> list[dict[str, Any]]:
    """What the owner reads in the holder's log."""
    journal = str(line.folder / f"{holder}.journal")
    await line.run("log", "export", journal, app=holder)
    return await line.run("log", "merge", journal, app=owner)
