"""Which certificates an owner's operations end, and what a revoked device may still do."""

from __future__ import annotations

import pytest
from cryptography import x509

from companion.registry.store.registry import SqlRegistry
from tests.commands.bench import Bench


async def test_what_a_change_replaces_is_on_the_list_for_brokers(bench: Bench) -> None:
    first = (await bench.commission())["credentials"][0]
    second = (await bench.run("devices", "rotate", "Lamp"))["credentials"][0]
    await bench.run("devices", "reset", "Lamp")
    file = bench.folder / "revoked.pem"
    await bench.run("trust", "crl", str(file))
    listed = {
        f"{each.serial_number:x}": each.extensions.get_extension_for_class(x509.CRLReason).value.reason
        for each in x509.load_pem_x509_crl(file.read_bytes())
    }
    assert listed == {
        first["serial_number"]: x509.ReasonFlags.superseded,
        second["serial_number"]: x509.ReasonFlags.cessation_of_operation,
    }


async def test_an_app_that_dies_before_a_rotation_is_recorded_loses_no_revocation(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its owner goes on with another operation: both certificates of before end with it."""

    class Killed(BaseException):
        pass

    def die(*given: object) -> None:
        raise Killed

    first = (await bench.commission())["credentials"][0]
    with monkeypatch.context() as dying, pytest.raises(Killed):
        dying.setattr(SqlRegistry, "finish_run", die)
        await bench.run("devices", "rotate", "Lamp")
    changed = await bench.run("devices", "reprovision", "Lamp", "--wifi-file", str(bench.wifi))
    third = changed["credentials"][0]
    registry = SqlRegistry.open(bench.folder / "app")
    revoked = {each.fingerprint for each in registry.revocations()}
    registry.close()
    assert len(revoked) == 2 and first["fingerprint"] in revoked and third["fingerprint"] not in revoked


async def test_a_device_that_was_revoked_and_found_again_is_rotated(bench: Bench) -> None:
    await bench.commission()
    await bench.run("devices", "revoke", "Lamp", "--reason", "lost")
    await bench.run("devices", "query", "Lamp")
    assert (await bench.listed())["state"] == "revoked"
    assert (await bench.run("devices", "rotate", "Lamp"))["proof"] is not None
    assert (await bench.listed())["state"] == "commissioned"


@pytest.mark.parametrize("reason", ["stolen", "key-compromise"])
async def test_a_stolen_device_gets_no_certificate_by_the_way(bench: Bench, reason: str) -> None:
    await bench.commission()
    await bench.run("devices", "revoke", "Lamp", "--reason", reason)
    asked = await bench.run("devices", "query", "Lamp")
    assert (asked["outcome"], asked["state"]) == ("done", "revoked")
    refused = await bench.run("devices", "rotate", "Lamp", status=5)
    assert (refused["error"]["code"], (await bench.listed())["state"]) == ("A-127", "revoked")
    assert (await bench.run("devices", "rotate", "Lamp", "--accept-risks"))["state"] == "commissioned"
    assert (await bench.listed())["state"] == "commissioned"


async def test_a_lost_device_that_was_found_gets_a_new_certificate(bench: Bench) -> None:
    await bench.commission()
    await bench.run("devices", "revoke", "Lamp", "--reason", "lost")
    assert (await bench.run("devices", "rotate", "Lamp"))["state"] == "commissioned"
