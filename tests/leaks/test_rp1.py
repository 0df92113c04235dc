"""RP1 devices and their owners: setup secrets, factory keys, owner keys, tokens, session and resume keys."""

from __future__ import annotations

import pytest

from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from tests.leaks.flow import Flow

FACTORY_KEY = bytes.fromhex("ffeeddccbbaa99887766554433221100")


def of_the_factory(device: VirtualRp1) -> tuple[bytes, bytes]:
    """The device's private key, and the secret on its label."""
    return device.label.identity.private_numbers().private_value.to_bytes(32, "big"), device.label.r.reveal()


@pytest.mark.parametrize("method", ["oob", "nc"])
@pytest.mark.parametrize(
    ("passphrase", "faults"),
    [(None, ()), ("jade turtle under ice", ()), (None, ("drop-at=12",)), (None, ("wrong-identity",))],
    ids=["joins", "wrong passphrase", "link loss", "impostor"],
)
async def test_a_device_is_set_up(
    flow: Flow, method: str, passphrase: str | None, faults: tuple[str, ...]
) -> None:
    device = await flow.switch_on("rp1", faults=faults)
    words = ("--code", device.setup_code, "--method", method, "--confirm", "yes")
    done = await flow.commission(*words, passphrase=passphrase, status=None)
    assert passphrase is None or done["outcome"] == "failed"
    assert len(flow.spy.heard) > 20
    assert flow.leaks(*of_the_factory(device)) == []


async def set_up(flow: Flow, app: str = "app") -> VirtualRp1:
    device = await flow.switch_on("rp1", state=flow.folder.parent / "device")
    await flow.commission("--code", device.setup_code, app=app)
    assert isinstance(device, VirtualRp1)
    return device


async def test_the_acts_of_an_owner(flow: Flow) -> None:
    device = await set_up(flow)
    await flow.on_air("devices", "rotate", "Lamp")
    wifi = ("--wifi-file", flow.wifi(), "--name", "Desk")
    assert (await flow.on_air("devices", "reprovision", "Lamp", *wifi))["device"]["name"] == "Desk"
    wrong = ("--wifi-file", flow.wifi("jade turtle under ice"))
    await flow.on_air("devices", "reprovision", "Desk", *wrong, status=6)
    await flow.on_air("devices", "query", "Desk")
    await flow.on_air("devices", "reset", "Desk")
    await flow.ask_afterwards()
    assert flow.leaks(*of_the_factory(device)) == []


@pytest.mark.parametrize("form", ["bearer", "key"])
async def test_a_token_is_in_its_file_alone(flow: Flow, form: str) -> None:
    device = await set_up(flow)
    token, public = flow.folder.parent / "token.txt", flow.folder.parent / "buyer.pub"
    await flow.on_air("trust", "key", str(public), app="buyer")
    to = ("--bearer",) if form == "bearer" else ("--to", str(public))
    await flow.on_air("devices", "transfer", "Lamp", *to, "--token", str(token))
    await flow.on_air("devices", "accept", str(token), app="buyer")
    await flow.on_air("devices", "accept", str(token), app="thief", status=5)
    for app in ("app", "buyer"):
        await flow.ask_afterwards(app)
    written = token.read_bytes().strip()
    assert written in flow.spy.heard
    assert flow.leaks(*of_the_factory(device)) == []


async def test_a_factory_key(flow: Flow) -> None:
    (flow.folder.parent / "psk").write_text(FACTORY_KEY.hex())
    own = {"factory-key": ("ab01", str(flow.folder.parent / "psk")), "suites": ("1,2",)}
    device = await flow.switch_on("rp1", own=own)
    await flow.on_air("trust", "psk", "ab01", str(flow.folder.parent / "psk"))
    words = ("--code", device.setup_code, "--method", "psk", "--psk-id", "ab01")
    assert (await flow.commission(*words))["method"] == "psk"
    assert flow.leaks(*of_the_factory(device)) == []


async def test_a_voucher(flow: Flow) -> None:
    """A voucher is signed and no secret; the keys of its maker, its owner and its device are."""
    public, maker = flow.folder.parent / "me.pub", flow.folder.parent / "maker"
    await flow.on_air("trust", "key", str(public))
    own = {"manufacturer": (str(maker),), "voucher-for": (str(public),)}
    device = await flow.switch_on("rp1", own=own)
    await flow.on_air("trust", "add", str(maker / "root.pem"))
    (voucher,) = maker.glob("*.voucher")
    assert (await flow.commission("--method", "key", "--voucher", str(voucher)))["method"] == "key"
    assert flow.leaks(*of_the_factory(device)) == []


async def test_a_run_that_is_interrupted_and_taken_up_again(flow: Flow) -> None:
    """The secret with which a session is resumed."""
    device = await flow.switch_on("rp1", faults=("drop-at-message=9",))
    await flow.commission("--code", device.setup_code, status=None)
    assert flow.leaks(*of_the_factory(device)) == []
