"""A device whose serial number another one has: who keeps it, and what the user is asked."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace

import pytest

from companion import errors
from companion.encoding import es256
from companion.identity import serial_of
from companion.identity.owner import OwnerKey
from companion.model import Commissioned, DeviceIdentity
from companion.protocols import KnownDevice, Order, OwnershipOperation
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.device.product import Product
from companion.protocols.rp1.driver.transaction import driver as transaction_driver
from companion.protocols.rp1.driver.transaction import serial_choice
from companion.protocols.rp1.handshake.attestation import Trust
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.session.plan import device_id
from companion.protocols.rp1.store.commissioner_store import CommissionerStore
from companion.protocols.rp1.transaction import csr
from companion.protocols.rp1.wire.operations import Op
from companion.questions import SameSerial, SerialKnown
from companion.secret import Secret
from tests.protocols.rp1.support.bench import PRODUCT
from tests.protocols.rp1.support.driver_bench import (
    HOME,
    DriverBench,
    FakeMemory,
    FakeReporter,
    ListeningBench,
    label,
    with_code,
)
from tests.protocols.rp1.support.run_kills import Killed, killed_at_verify

TWIN = replace(PRODUCT, identity=OwnerKey.generate()._key, r=Secret(PRODUCT.r.reveal()[::-1]))
THIRD = replace(PRODUCT, identity=OwnerKey.generate()._key, r=Secret(bytes(range(16))[::2] * 2))


async def owned() -> DriverBench:
    """The user owns PRODUCT, and the registry has it."""
    bench = with_code()
    await bench.commission()
    bench.inventory = (known(PRODUCT),)
    return bench


def known(product: Product) -> KnownDevice:
    return KnownDevice(
        DeviceIdentity(device_id(product.fp), "Lamp", product.model, product.serial), product.point
    )


def put(
    bench: DriverBench, product: Product, answer: SameSerial | errors.CompanionError | None = None
) -> DriverBench:
    """Another device is on the bench, and its label in hand."""
    bench.device = ListeningBench(product=product)
    bench.code = label(bench.device)
    bench.reporter = FakeReporter(networks=[HOME], same_serial=answer)
    return bench


def questions(bench: DriverBench) -> list[SerialKnown]:
    return [each for each in bench.reporter.asked if isinstance(each, SerialKnown)]


def certified(bench: DriverBench) -> tuple[str | None, str | None]:
    """Common name and client id that the device has."""
    given = bench.device.machine.settings.settings
    return serial_of(given[ItemType.LDEVID].chain[0]), given[ItemType.CLOUD].client_id


def own_number(product: Product) -> str:
    return hashlib.sha256(product.serial.encode() + product.fp).hexdigest()


async def test_a_replacement_takes_the_serial_number_and_says_whose_place_it_takes() -> None:
    bench = put(await owned(), TWIN, SameSerial.REPLACEMENT)
    done: Commissioned = await bench.commission()
    (question,) = questions(bench)
    assert question.device.id == device_id(TWIN.fp)
    assert [each.id for each in question.known] == [device_id(PRODUCT.fp)]
    assert done.replaces == (device_id(PRODUCT.fp),)
    assert certified(bench) == (PRODUCT.serial, PRODUCT.serial)
    memories = CommissionerStore(bench.memory)
    assert memories.certified(PRODUCT.fp) is None and memories.certified(TWIN.fp) == PRODUCT.serial
    assert memories.own(b"", PRODUCT.fp) is None, "it is not the user's any more"


async def test_another_device_is_certified_under_a_number_of_its_own() -> None:
    bench = put(await owned(), TWIN, SameSerial.OTHER)
    done = await bench.commission()
    assert done.replaces == () and done.device.serial == PRODUCT.serial
    assert certified(bench) == (own_number(TWIN), own_number(TWIN))
    assert CommissionerStore(bench.memory).certified(PRODUCT.fp) == PRODUCT.serial


@pytest.mark.parametrize("serial", ["rp1-0001", "RP1-0001", "Rp1-0001"])
async def test_it_is_asked_whatever_the_case(serial: str) -> None:
    bench = put(await owned(), replace(TWIN, serial=serial), SameSerial.OTHER)
    await bench.commission()
    assert len(questions(bench)) == 1


async def test_a_serial_that_is_the_number_of_another_device_is_asked_about() -> None:
    """What a device with an odd serial, or a second one of a serial, is certified under can be said too."""
    bench = put(await owned(), TWIN, SameSerial.OTHER)
    await bench.commission()
    bench.inventory = (known(PRODUCT), known(TWIN))
    bench = put(bench, replace(THIRD, serial=own_number(TWIN)), SameSerial.OTHER)
    await bench.commission()
    (question,) = questions(bench)
    assert [each.id for each in question.known] == [device_id(TWIN.fp)]
    assert certified(bench)[0] not in (own_number(TWIN), PRODUCT.serial)


async def test_nobody_is_asked_about_another_serial_or_the_same_device() -> None:
    bench = put(await owned(), replace(TWIN, serial="RP1-0002"))
    await bench.commission()
    assert questions(bench) == [] and certified(bench)[0] == "RP1-0002"
    bench = await owned()
    bench.device.press(Press.RESET)
    bench.reporter = FakeReporter(networks=[HOME])
    await bench.commission()
    assert questions(bench) == [] and certified(bench)[0] == PRODUCT.serial


async def test_where_nobody_answers_nothing_is_certified() -> None:
    bench = put(await owned(), TWIN, errors.SerialInUse())
    with pytest.raises(errors.SerialInUse):
        await bench.commission()
    assert bench.device.machine.standing is Standing.UNOWNED
    assert CommissionerStore(bench.memory).certified(TWIN.fp) is None


async def test_a_device_without_an_endpoint_is_asked_about_too() -> None:
    bench = await owned()
    bench.endpoint = None
    bench = put(bench, TWIN, SameSerial.REPLACEMENT)
    assert (await bench.commission()).replaces == (device_id(PRODUCT.fp),)


async def test_the_answer_outlives_a_kill() -> None:
    bench = put(await owned(), TWIN, SameSerial.REPLACEMENT)
    with pytest.raises(Killed):
        await killed_at_verify(bench)
    bench.device.trial = lambda trial: None
    bench.reporter = FakeReporter(networks=[])
    done = await bench.commission()
    assert questions(bench) == [] and done.replaces == (device_id(PRODUCT.fp),)


@pytest.mark.parametrize("operation", [None, OwnershipOperation.ROTATE])
async def test_what_the_user_says_with_this_run_counts_more_than_what_was_decided(operation) -> None:
    """Set up as another device before; now it takes the other one's place."""
    bench = put(await owned(), TWIN, SameSerial.OTHER)
    await bench.commission()
    bench.inventory = (known(PRODUCT), known(TWIN))
    bench.order = Order(same_serial=SameSerial.REPLACEMENT)
    bench.reporter = FakeReporter(networks=[HOME])
    if operation is None:
        bench.device.press(Press.RESET)
        done = await bench.commission()
    else:
        done = await bench.operate(operation)
    assert questions(bench) == [] and done.replaces == (device_id(PRODUCT.fp),)
    assert certified(bench) == (PRODUCT.serial, PRODUCT.serial)
    assert CommissionerStore(bench.memory).certified(PRODUCT.fp) is None


@pytest.mark.parametrize("ordered", SameSerial)
async def test_an_order_about_a_serial_that_no_other_device_has_changes_nothing(ordered) -> None:
    bench = put(await owned(), TWIN, SameSerial.OTHER)
    await bench.commission()
    bench.inventory, bench.order = (known(TWIN),), Order(same_serial=ordered)
    done = await bench.operate(OwnershipOperation.ROTATE)
    assert done.replaces == () and certified(bench)[0] == own_number(TWIN)


async def test_a_serial_in_use_is_decided_before_a_transaction_is_open() -> None:
    """A device that is refused for its serial number never made a key for this commissioner."""
    bench, asked = put(await owned(), TWIN, errors.SerialInUse()), list[Op]()
    answer = bench.device.machine._state.transactions.answer
    bench.device.machine._state.transactions.answer = lambda request, by: (
        asked.append(Op(request.op)) or answer(request, by)
    )
    with pytest.raises(errors.SerialInUse):
        await bench.commission()
    assert asked == [Op.FACTS]


async def test_a_device_that_forgets_the_session_while_the_user_decides_is_met_anew(monkeypatch) -> None:
    bench = put(await owned(), TWIN)
    monkeypatch.setattr(transaction_driver, "KEEP_ALIVE_SECONDS", 0.01)
    met_anew = asyncio.Event()
    opened = transaction_driver.TransactionDriver._open

    async def watched(self):
        made = await opened(self)
        if bench.dialer.dialled == 2:
            met_anew.set()
        return made

    async def decide():
        bench.dialer.hang_up()
        await met_anew.wait()
        return SameSerial.OTHER

    monkeypatch.setattr(transaction_driver.TransactionDriver, "_open", watched)
    bench.reporter.same_serial = decide()
    done = await bench.commission()
    assert done.confirmed and certified(bench)[0] == own_number(TWIN)


@pytest.mark.parametrize("operation", [OwnershipOperation.ROTATE, OwnershipOperation.REPROVISION])
async def test_ownership_operations_keep_the_number_and_ask_nobody(operation: OwnershipOperation) -> None:
    bench = put(await owned(), TWIN, SameSerial.OTHER)
    await bench.commission()
    bench.inventory = (known(PRODUCT), known(TWIN))
    bench.order = (
        Order(wifi=HOME.wifi, name="Lamp") if operation is OwnershipOperation.REPROVISION else Order()
    )
    bench.reporter = FakeReporter(networks=[])
    assert (await bench.operate(operation)).confirmed
    assert questions(bench) == [] and certified(bench)[0] == own_number(TWIN)


async def test_the_first_device_that_comes_back_is_asked_about_in_its_turn() -> None:
    bench = put(await owned(), TWIN, SameSerial.REPLACEMENT)
    await bench.commission()
    bench.inventory = (known(TWIN),)
    bench = put(bench, PRODUCT, SameSerial.OTHER)
    await bench.commission()
    assert len(questions(bench)) == 1 and certified(bench)[0] == own_number(PRODUCT)


async def test_the_attested_request_is_kept_for_a_remote_ca() -> None:
    bench = await owned()
    kept = CommissionerStore(bench.memory).request(PRODUCT.fp)
    assert kept is not None
    tx, request = kept
    listed = Trust(known=frozenset({PRODUCT.fp}))
    leaf = bench.device.machine.settings.settings[ItemType.LDEVID]
    key = csr.certifiable(tx, request, PRODUCT.serial, PRODUCT.point, listed)
    assert key == es256.point(es256.private_key(bench.device.machine.settings.key)) and leaf.chain
    assert CommissionerStore(bench.memory).request(TWIN.fp) is None


KEYS = [bytes([4]) + number.to_bytes(64) for number in range(500)]


class CountingMemory(FakeMemory):
    """Counts what is read of it."""

    reads = 0

    def get(self, key: str) -> object:
        self.reads += 1
        return super().get(key)


async def test_any_number_of_known_devices_costs_two_reads() -> None:
    """What each of them is certified under is read once for all, and not once a device."""
    memory = CountingMemory()
    names = {crypto.fingerprint(key).hex(): f"LS-{number}" for number, key in enumerate(KEYS)}
    memory.put("certified", names)
    inventory = tuple(
        KnownDevice(DeviceIdentity(f"id-{number}", "Lamp", "LS-2", f"LS-{number}"), key)
        for number, key in enumerate(KEYS)
    )
    memory.reads = 0
    asked: list[SerialKnown] = []

    async def ask(question: SerialKnown) -> SameSerial:
        asked.append(question)
        return SameSerial.OTHER

    device = DeviceIdentity("new", "Lamp", "LS-2", "ls-7")
    await serial_choice.settle(device, bytes(65), CommissionerStore(memory), inventory, ask)
    assert [each.id for each in asked[0].known] == ["id-7"], "the only one of that serial number"
    assert memory.reads <= 2
