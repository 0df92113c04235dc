"""Azure's own SDK is the device: it registers with what a run handed over. Missing pieces are named."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import hmac
import json
import os
import sys
import urllib.parse
from pathlib import Path
from typing import Any

import pytest

from companion.clouds import claims
from companion.clouds.azure.service import AzureService
from companion.clouds.checks import first_missing
from companion.clouds.profile import CloudProfile
from companion.identity import open_identity
from companion.outcome import Result
from tests.clouds.support.cloud_broker import CloudBroker, cloud_broker, needs_mosquitto
from tests.clouds.support.handed_over import SERIAL, Given, given_to, last_step, roots, said, stage_for
from tests.clouds.support.profiles import sample
from tests.clouds.support.provisioning_responder import Provisioning, answering
from tests.clouds.test_azure import GROUP_KEY, FakeDps, x509_group

SECONDS = 60.0
SDK = Path(sys.prefix) / "peers" / "azure"
pytestmark = [
    *needs_mosquitto,
    pytest.mark.skipif(
        not (SDK / "azure").is_dir(), reason="azure-iot-device is not installed: .ci/setup tests"
    ),
]
PROGRAM = Path(__file__).parent / "support" / "azure_device.py"
NAME = SERIAL.lower()
KEYS = {"enrollmentGroups/plant/attestationmechanism": (200, {"symmetricKey": {"primaryKey": GROUP_KEY}})}


async def register(broker: CloudBroker, wanted: dict[str, Any], folder: Path) -> dict[str, Any]:
    """What became of a device with the SDK."""
    environment = {**os.environ, "PYTHONPATH": str(SDK), "HOME": str(folder)}
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "ignore", str(PROGRAM), stdin=pipe, stdout=pipe, env=environment
    )
    order = {"port": broker.tls, "name": NAME, "id_scope": "0ne00123ABC", "roots": roots(), **wanted}
    try:
        async with asyncio.timeout(SECONDS):
            out, _ = await process.communicate(json.dumps(order).encode())
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    told: dict[str, Any] = json.loads(out.splitlines()[-1])
    return told


def profile_for(kind: str, broker: CloudBroker) -> CloudProfile:
    return sample(kind, endpoint=broker.address, roots=roots())


def seen_by(dps: FakeDps, heard: Provisioning, kind: str) -> AzureService:
    """The service API, which knows what the device API heard."""
    for name, state in heard.registrations.items():
        dps.answers[f"registrations/{name}"] = (200, state)
    return dps.service(kind)


def files_of(given: Given, folder: Path) -> dict[str, str]:
    certificate, key = folder / "device.pem", folder / "device.key"
    certificate.write_text(given.certificates)
    key.write_text(given.key)
    return {"certificate_file": str(certificate), "key_file": str(key)}


@pytest.mark.parametrize("disabled", [False, True])
async def test_a_device_of_a_group_with_our_ca_is_assigned_by_its_certificate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, disabled: bool
) -> None:
    heard, dps = Provisioning(disabled=disabled), FakeDps()
    status = "disabled" if disabled else "enabled"
    dps.answers["enrollmentGroups/plant"] = (200, x509_group(provisioningStatus=status))
    anchors = open_identity(tmp_path / "data", throwaway=True).ca.anchors
    async with cloud_broker(tmp_path / "broker", anchors) as broker, answering(broker.plain, heard):
        profile = profile_for("azure-x509", broker)
        async with stage_for(profile, dps.service("azure-x509"), tmp_path / "data", monkeypatch) as made:
            stage, device = made
            outcome = await stage.commission("oob")
            assert outcome.result is Result.COMMISSIONED, outcome.error
            told = "The group plant is disabled" if disabled else "Azure has not seen the device yet"
            assert last_step(stage) == told
            given = given_to(device)
        assert given.name == NAME and given.claim is not None
        assert claims.scope_claim(given.claim) == claims.ScopeClaim("0ne00123ABC")
        registered = await register(broker, files_of(given, tmp_path), tmp_path)
    found = first_missing(seen_by(dps, heard, "azure-x509").standing(NAME, given.chain[0]))
    if disabled:
        assert registered.get("status") != "assigned" and found is not None
        assert str(found.reason) == "Azure says disabled, error -"
    else:
        assert (registered["status"], registered["device"]) == ("assigned", NAME) and found is None


async def test_a_device_with_a_key_of_its_own_is_assigned_by_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard, dps = Provisioning(), FakeDps(dict(KEYS))
    anchors = open_identity(tmp_path / "data", throwaway=True).ca.anchors
    async with (
        cloud_broker(tmp_path / "broker", anchors, required=False) as broker,
        answering(broker.plain, heard),
    ):
        profile = profile_for("azure-symmetric", broker)
        async with stage_for(profile, dps.service("azure-symmetric"), tmp_path / "data", monkeypatch) as made:
            stage, device = made
            outcome = await stage.commission("oob")
            assert outcome.result is Result.COMMISSIONED, outcome.error
            given = given_to(device)
        assert given.claim is not None
        key = claims.scope_claim(given.claim).key
        assert key is not None
        registered = await register(broker, {"key": base64.b64encode(key.reveal()).decode()}, tmp_path)
    assert (registered["status"], registered["device"]) == ("assigned", NAME)
    assert registered["username"].startswith(f"0ne00123ABC/registrations/{NAME}/api-version=")
    assert _proves_the_groups_key(registered["password"])
    assert first_missing(seen_by(dps, heard, "azure-symmetric").standing(NAME, given.chain[0])) is None


def _proves_the_groups_key(password: str) -> bool:
    """As DPS checks it: from the group's key alone."""
    fields = dict(pair.split("=", 1) for pair in password.removeprefix("SharedAccessSignature ").split("&"))
    key = hmac.new(base64.b64decode(GROUP_KEY), NAME.encode(), hashlib.sha256).digest()
    signed = hmac.new(key, f"{fields['sr']}\n{fields['se']}".encode(), hashlib.sha256).digest()
    return base64.b64decode(urllib.parse.unquote(fields["sig"])) == signed


@pytest.mark.parametrize(
    ("answers", "clock", "words"),
    [
        ({}, None, "N-137 There is no group plant"),
        ({path: (401, {}) for path in KEYS}, -7200.0, "N-139 Set the date and time, then try again."),
        ({path: (403, {}) for path in KEYS}, None, "N-136"),
    ],
)
async def test_without_its_key_a_device_gets_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answers: Any, clock: float | None, words: str
) -> None:
    dps = FakeDps(dict(answers), clock=clock)
    profile = sample("azure-symmetric", roots=roots())
    async with stage_for(profile, dps.service("azure-symmetric"), tmp_path / "data", monkeypatch) as made:
        stage, device = made
        assert said(await stage.commission("oob")).startswith(words) and device.settings.settings == {}
