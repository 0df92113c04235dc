"""A delegate's work over the virtual air, from the command line: two computers, one device, one owner."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from typing import Any

import pytest

from companion.endpoint import EmbeddedEndpoint
from companion.identity import DeviceName, open_identity
from companion.protocols.rp1.credentials.items import ItemType
from companion.registry import open_registry
from tests.commands.bench import Bench


class Play:
    """anna owns, bert works for her; her endpoint runs while he is at it."""

    def __init__(self, bench: Bench) -> None:
        self.bench = bench
        self.identity = open_identity(bench.folder / "anna", throwaway=True)
        self.registry = open_registry(bench.folder / "anna")
        self.endpoint: EmbeddedEndpoint | None = None

    async def open(self) -> None:
        grants = self.registry.grants
        self.endpoint = await EmbeddedEndpoint.start(self.identity, is_admitted=grants.is_admitted)

    async def close(self) -> None:
        assert self.endpoint is not None
        await self.endpoint.close()
        self.registry.close()

    async def give(self, *terms: str) -> str:
        assert self.endpoint is not None
        request, grant = (str(self.bench.folder / name) for name in ("request", "grant"))
        await self.bench.run("grant", "request", request, "--name", "Bert", app="bert")
        where = ("--endpoint", self.endpoint.address, "--out", grant, "--yes")
        await self.bench.run("grant", "issue", request, *terms, *where, app="anna")
        taken = await self.bench.run("grant", "import", grant, app="bert")
        id: str = taken["id"]
        return id

    async def set_up(self, grant: str, *more: str, status: int = 0) -> dict[str, Any]:
        assert self.bench.device is not None
        code, wifi = self.bench.device.setup_code, str(self.bench.wifi)
        words = ("--code", code, "--wifi-file", wifi, "--name", "Lamp", "--grant", grant, *more)
        return await self.bench.run("commission", *words, app="bert", status=status)

    @property
    def items(self) -> dict[Any, Any]:
        assert self.bench.device is not None
        return dict(self.bench.device.settings.settings)


@pytest.fixture
async def play(bench: Bench) -> AsyncIterator[Play]:
    made = Play(bench)
    await made.open()
    yield made
    await made.close()


async def test_a_delegate_sets_up_a_device_that_is_its_owners_and_counts_once_its_receipt_is_home(
    play: Play,
) -> None:
    grant = await play.give("--right", "onboard", "--right", "networks", "--site", "hall-2")
    done = await play.set_up(grant)
    assert done["outcome"] == "commissioned" and done["grant"]["id"] == grant
    assert (
        "set up for its owner" in done["claims"]["possession"]["sentence"]
        if "possession" in done["claims"]
        else True
    )
    assert play.items[ItemType.OWNER].key == play.identity.owner.public
    assert play.items[ItemType.LABEL].site == "hall-2"
    assert play.endpoint is not None and not play.endpoint.visits, "VERIFY's proof counts for nothing more"

    (theirs,) = (await play.bench.run("devices", app="bert"))["devices"]
    assert theirs["state"] == "entrusted" and theirs["owner_key"] == play.identity.owner.public.hex()
    assert (await play.bench.run("devices", app="anna"))["devices"] == []

    report = str(play.bench.folder / "report")
    await play.bench.run("grant", "report", grant, "--out", report, app="bert")
    (home,) = (await play.bench.run("grant", "bring-home", report, app="anna"))["brought_home"]
    assert (home["refused"], home["onboarded"], home["site"]) == (None, True, "hall-2")
    (ours,) = (await play.bench.run("devices", app="anna"))["devices"]
    assert (ours["state"], ours["site"], ours["owner_key"]) == ("commissioned", "hall-2", None)
    shown = await play.bench.run("devices", "show", ours["id"], app="anna")
    assert len(shown["receipts"]) == 1
    (again,) = (await play.bench.run("grant", "bring-home", report, app="anna"))["brought_home"]
    assert again["known"]

    device = play.bench.device
    assert device is not None
    leaf = play.items[ItemType.LDEVID].chain[0]
    assert play.registry.grants.is_admitted(hashlib.sha256(leaf).hexdigest())
    assert DeviceName.of(leaf).site == "hall-2"
    assert (await play.bench.run("devices", "query", ours["id"], app="anna"))["outcome"] == "done"


async def test_a_delegate_works_on_devices_that_came_with_the_grant(play: Play) -> None:
    await play.bench.commission(app="anna")
    serial = (await play.bench.listed(app="anna"))["serial"]
    grant = await play.give("--right", "networks", "--right", "read", "--serial", serial)
    (theirs,) = (await play.bench.run("devices", app="bert"))["devices"]
    assert (theirs["state"], theirs["name"]) == ("entrusted", "Lamp")
    wifi = ("--wifi-file", str(play.bench.wifi))
    done = await play.bench.run("devices", "reprovision", "Lamp", *wifi, app="bert")
    assert done["outcome"] == "done" and done["grant"]["id"] == grant
    refused = await play.bench.run("devices", "reset", "Lamp", app="bert", status=5)
    assert refused["error"]["code"] == "A-150" and "does not include" in refused["error"]["advice"]
    other = await play.give("--right", "rotate", "--serial", serial)
    await play.bench.run("grant", "revoke", grant, "--yes", app="anna")
    await play.bench.run("devices", "query", "Lamp", app="anna")
    await play.bench.run("devices", "query", "Lamp", app="bert")
    held = (await play.bench.run("grant", "list", app="bert"))["grants"]
    states = {each["id"]: each["state"] for each in held}
    assert states == {grant: "revoked", other: "in force"}, "the device showed the list"
    await play.bench.run("grant", "revoke", other, "--yes", app="anna")
    await play.bench.run("devices", "query", "Lamp", app="anna")
    cut_off = await play.bench.run("devices", "query", "Lamp", app="bert", status=5)
    assert cut_off["error"]["code"] == "A-155"


async def test_a_locked_device_that_a_delegate_reset_is_its_owners_and_gets_its_site_back(play: Play) -> None:
    await play.bench.commission("--site", "hall-2", "--reset-lock", "on", app="anna")
    await play.give("--right", "reset", "--right", "read", "--site", "hall-2")
    (theirs,) = (await play.bench.run("devices", app="bert"))["devices"]
    done = await play.bench.run("devices", "reset", "Lamp", app="bert")
    assert (done["outcome"], done["state"]) == ("done", "entrusted")
    assert "still belongs to its owner" in play.bench.said and "no owner" not in play.bench.said
    assert set(play.items) == {ItemType.OWNER}
    (theirs,) = (await play.bench.run("devices", app="bert"))["devices"]
    assert (theirs["state"], theirs["credentials"]) == ("entrusted", [])
    refused = await play.bench.run("devices", "query", "Lamp", app="bert", status=5)
    assert refused["error"]["code"] == "A-155", "the device does not know its site any more"
    wifi = ("--wifi-file", str(play.bench.wifi))
    await play.bench.run("devices", "reprovision", "Lamp", *wifi, "--site", "hall-2", app="anna")
    label = play.items[ItemType.LABEL]
    assert (label.label, label.site) == ("Lamp", "hall-2")
    assert (await play.bench.run("devices", "query", "Lamp", app="bert"))["outcome"] == "done"
