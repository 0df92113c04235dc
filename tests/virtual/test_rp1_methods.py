"""Every way in, over the virtual radio: factory keys, makers' chains, vouchers, fresh codes, both suites."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from companion import errors
from companion.encoding import es256
from companion.outcome import Outcome, Result
from companion.protocols.rp1.device.product import Product
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.virtual import factory as rp1_factory
from companion.protocols.rp1.virtual import manufacturer as rp1_manufacturer
from companion.protocols.rp1.virtual.options import Rp1Options
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.secret import Secret
from tests.virtual.stage import Stage, on_stage

PSK_ID, PSK = bytes.fromhex("ab01"), Secret(bytes(range(100, 116)))
MAKER = rp1_manufacturer.new()
MOST_OF_A_HYBRID_COMPARISON = 2600
FOREVER = 2_000_000_000


def product(**changes: Any) -> Product:
    return replace(rp1_factory.make(), **changes)


def genuine(made: Product) -> Product:
    """The same device with an IDevID of the maker."""
    return replace(made, chain=MAKER.idevid(made), manufacturers=(MAKER.point,))


@asynccontextmanager
async def stage_of(
    made: Product, folder: Path, *, pinned: bool = False, psk: Secret | None = None
) -> AsyncIterator[Stage]:
    """The device, and an app that pinned the maker or holds a factory key."""
    async with on_stage(VirtualRp1(Rp1Options(product=made)), folder) as stage:
        memory = stage.services.registry.memory("rp1", stage.services.identity.vault)
        if pinned:
            memory.put("makers", [MAKER.root.public_bytes(Encoding.DER).hex()])
        if psk is not None:
            memory.put_secret(f"psk/{PSK_ID.hex()}", psk.reveal())
            stage.extra = {"psk_id": PSK_ID.hex()}
        yield stage


def agreed(outcome: Outcome) -> tuple[str, int]:
    """Method and octets of a run that ended well."""
    assert outcome.result is Result.COMMISSIONED, outcome.error
    assert outcome.commissioned is not None and outcome.commissioned.handshake is not None
    assert outcome.commissioned.handshake.messages == 4
    return outcome.commissioned.method, outcome.commissioned.handshake.bytes


# --- factory keys -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["psk", "psk+key"])
async def test_a_factory_key_lets_in(method: str, tmp_path: Path) -> None:
    made = genuine(product(psks=((PSK_ID, PSK),)))
    async with stage_of(made, tmp_path, pinned=True, psk=PSK) as stage:
        assert agreed(await stage.commission(method))[0] == method


async def test_a_wrong_factory_key_is_named(tmp_path: Path) -> None:
    async with stage_of(product(psks=((PSK_ID, PSK),)), tmp_path, psk=Secret(bytes(16))) as stage:
        outcome = await stage.commission("psk")
        assert type(outcome.error) is errors.WrongFactoryKey
        assert "“ab01”" in outcome.error.title_text and "companion trust psk" in outcome.error.advice_text
        assert (outcome.exit_status, stage.device.standing) == (5, Standing.UNOWNED)


async def test_a_factory_key_that_is_not_here_is_no_reason_to_connect_by_another(tmp_path: Path) -> None:
    async with stage_of(product(psks=((PSK_ID, PSK),)), tmp_path) as stage:
        outcome = await stage.commission("psk")
        assert type(outcome.error) is errors.FactoryKeyMissing


# --- makers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["nc+key", "oob+key", "oob"])
async def test_a_genuine_device_proves_its_maker(method: str, tmp_path: Path) -> None:
    async with stage_of(genuine(product()), tmp_path, pinned=True) as stage:
        assert agreed(await stage.commission(method, with_code=method != "nc+key"))[0] == method


@pytest.mark.parametrize("method", ["nc+key", "oob+key"])
async def test_another_makers_device_is_refused(method: str, tmp_path: Path) -> None:
    made = product()
    other = replace(made, chain=rp1_manufacturer.new().idevid(made))
    async with stage_of(other, tmp_path, pinned=True) as stage:
        outcome = await stage.commission(method, with_code=method != "nc+key")
        assert type(outcome.error) is errors.AttestationFailed
        assert stage.device.standing is Standing.UNOWNED


async def test_a_chain_for_another_serial_is_refused(tmp_path: Path) -> None:
    made = product()
    chain = MAKER.idevid(replace(made, serial="HS-00000000"))
    async with stage_of(replace(made, chain=chain), tmp_path, pinned=True) as stage:
        outcome = await stage.commission("nc+key", with_code=False)
        assert type(outcome.error) is errors.AttestationFailed


async def test_without_a_pinned_maker_a_chain_proves_nothing(tmp_path: Path) -> None:
    async with stage_of(genuine(product()), tmp_path) as stage:
        outcome = await stage.commission("nc+key", with_code=False)
        assert type(outcome.error) is errors.AttestationFailed


async def test_a_raw_key_that_is_in_the_inventory_is_enough(tmp_path: Path) -> None:
    async with stage_of(product(), tmp_path) as stage:
        memory = stage.services.registry.memory("rp1", stage.services.identity.vault)
        made = stage.device.label
        memory.put("keys", {made.fp.hex(): made.point.hex()})
        assert agreed(await stage.commission("nc+key", with_code=False))[0] == "nc+key"


# --- vouchers ---------------------------------------------------------------------------------------------


async def test_a_voucher_assigns_the_device_to_its_buyer(tmp_path: Path) -> None:
    made = genuine(product())
    async with stage_of(made, tmp_path, pinned=True) as stage:
        voucher = MAKER.voucher(made.serial, stage.services.identity.owner.public, FOREVER)
        stage.extra = {"voucher": voucher.hex()}
        assert agreed(await stage.commission("key", with_code=False))[0] == "key"
        assert stage.device.standing is Standing.OWNED


@pytest.mark.parametrize("why", ["another device", "another owner", "expired", "another maker"])
async def test_a_voucher_that_does_not_fit_is_refused(why: str, tmp_path: Path) -> None:
    made = genuine(product())
    async with stage_of(made, tmp_path, pinned=True) as stage:
        owner = stage.services.identity.owner.public
        maker = rp1_manufacturer.new() if why == "another maker" else MAKER
        voucher = maker.voucher(
            "HS-00000000" if why == "another device" else made.serial,
            es256.point(es256.generate()) if why == "another owner" else owner,
            1 if why == "expired" else FOREVER,
        )
        stage.extra = {"voucher": voucher.hex()}
        outcome = await stage.commission("key", with_code=False)
        assert type(outcome.error) is errors.VoucherRefused
        assert stage.device.standing is Standing.UNOWNED


# --- fresh codes ------------------------------------------------------------------------------------------


async def test_a_fresh_code_on_the_display_lets_in_and_the_label_does_not(tmp_path: Path) -> None:
    async with stage_of(product(), tmp_path) as stage:
        shown = stage.device.show_code()
        outcome = await stage.commission()
        assert type(outcome.error) is errors.WrongSetupSecret
        stage.code = shown
        assert agreed(await stage.commission()) == ("oob", 436)


# --- suites -----------------------------------------------------------------------------------------------


async def test_a_hybrid_comparison_stays_small(tmp_path: Path) -> None:
    async with stage_of(product(suites=(1, 2)), tmp_path) as stage:
        method, octets = agreed(await stage.commission("nc"))
        assert (method, octets) == ("nc", 2581)
        assert octets <= MOST_OF_A_HYBRID_COMPARISON


async def test_the_hybrid_suite_goes_with_a_chain(tmp_path: Path) -> None:
    async with stage_of(genuine(product(suites=(1, 2))), tmp_path, pinned=True) as stage:
        method, octets = agreed(await stage.commission("oob+key"))
        assert method == "oob+key" and octets > 2000


async def test_a_device_that_lost_the_suite_of_its_label_is_refused(tmp_path: Path) -> None:
    made = product()
    promised = rp1_factory.label(replace(made, suites=(1, 2)))
    async with stage_of(made, tmp_path) as stage:
        stage.code = promised
        outcome = await stage.commission()
        assert type(outcome.error) is errors.DowngradeRefused
        assert stage.device.standing is Standing.UNOWNED
