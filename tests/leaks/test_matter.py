"""Matter: passcodes, session keys, root and identity protection keys, passphrases, codes that are shared."""

from __future__ import annotations

import json

import pytest

from companion.protocols.matter.virtual.peripheral import VirtualMatter
from tests.leaks.flow import Flow


async def switched_on(flow: Flow, *faults: str, **own: tuple[str, ...]) -> VirtualMatter:
    """Not the sample: all tests of this computer share its loopback network."""
    device = await flow.switch_on("matter", faults=faults, state=flow.folder.parent / "device", own=own)
    assert isinstance(device, VirtualMatter)
    return device


@pytest.mark.parametrize(
    ("passphrase", "faults", "outcome"),
    [
        (None, (), "commissioned"),
        ("jade turtle under ice", (), "failed"),
        (None, ("wrong-passcode",), "failed"),
        (None, ("bad-cd",), "commissioned"),
        (None, ("drop-at-message=20",), "commissioned"),
        (None, ("silent-connect",), "commissioned"),
        (None, ("table-full",), "failed"),
        (None, ("busy",), "failed"),
        (None, ("unreachable",), "failed"),
    ],
    ids=str,
)
async def test_a_run_whatever_it_meets(
    flow: Flow,
    passphrase: str | None,
    faults: tuple[str, ...],
    outcome: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    driver = "companion.protocols.matter.driver"
    monkeypatch.setattr(f"{driver}.session.commissionee.FAIL_SAFE_SECONDS", 5)
    monkeypatch.setattr(f"{driver}.session.commissionee.LEAST_LEFT", 1.0)
    monkeypatch.setattr(f"{driver}.commissioning.session_setup.SILENT_SECONDS", 1.0)
    monkeypatch.setattr(f"{driver}.commissioning.session_setup.BUSY_SECONDS", 6.0)
    monkeypatch.setattr(f"{driver}.commissioning.commissioning.CALL_SECONDS", 2.0)
    device = await switched_on(flow, *faults)
    words = ("--code", device.setup_code, "--accept-risks", "--timeout", "20")
    done = await flow.commission(*words, passphrase=passphrase, status=None)
    assert done["outcome"] == outcome, done["error"]
    assert device.label.passcode.reveal() in flow.spy.heard
    assert flow.leaks(device.setup_code.encode(), device.label.onboarding.digits.encode()) == []


async def test_everything_that_its_owner_does_afterwards(flow: Flow) -> None:
    device = await switched_on(flow)
    await flow.commission("--code", device.setup_code, "--accept-risks")
    for words in (
        ("status", "Lamp"),
        ("controllers", "Lamp"),
        ("identify", "Lamp"),
        ("switch", "Lamp", "on"),
        ("rename", "Lamp", "--name", "Desk", "--on-device"),
        ("renew", "Desk"),
    ):
        await flow.on_air("devices", *words)
    before = flow.said
    words = ("devices", "share", "Desk", "--no-wait", "--radio", flow.radio, "--json")
    shown = await flow.run(*words)
    # Whoever asked is shown the code; it is neither in the log nor in what is kept.
    flow.said = before + flow.said.removeprefix(before + shown)
    sharing = json.loads(shown)["sharing"]
    code, digits = sharing["code"], sharing["digits"]
    assert code.startswith("MT:")
    await flow.on_air("devices", "stop-sharing", "Desk")
    await flow.on_air("devices", "remove", "Desk")
    await flow.ask_afterwards()
    assert flow.leaks(code.encode(), digits.encode(), device.setup_code.encode()) == []
