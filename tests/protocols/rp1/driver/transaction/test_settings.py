"""What the user decides: checked here, tried by the device, asked again, and kept while he thinks."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from companion import errors
from companion.model import DeviceSettings, WifiCredentials, WifiSecurity
from companion.networks.thread import read
from companion.networks.thread.dataset import Entry
from companion.protocols import Order
from companion.protocols.rp1.aborts import VerifyFailure
from companion.protocols.rp1.credentials.items import Enterprise, ItemType, WifiKind
from companion.protocols.rp1.driver.transaction import driver as transaction_driver
from companion.protocols.rp1.driver.transaction.network_prompt import OFFLINE_WIFI
from companion.protocols.rp1.driver.transaction.network_prompt import WIFI as WIFI_SUPPORT
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.wire.info import Caps
from companion.protocols.rp1.wire.operations import VerifyBit
from companion.secret import Secret
from tests.networks.company.werk import SERVER, WERK, network
from tests.networks.thread.samples import ANDROID, DATASET
from tests.protocols.rp1.support.bench import PRODUCT
from tests.protocols.rp1.support.driver_bench import HOME, WIFI, ListeningBench, networks, with_code
from tests.protocols.rp1.support.run_kills import Killed, killed_at_verify


async def test_a_wrong_passphrase_is_asked_again_with_the_session_alive():
    bench = with_code()
    tried = [VerifyFailure.WIFI_AUTH, None]
    bench.device.trial = lambda trial: tried.pop(0)
    wrong = replace(HOME, wifi=replace(WIFI, passphrase=Secret("wrong wrong")))
    bench.reporter.networks = [wrong, HOME]
    done = await bench.commission()
    first, second = networks(bench.reporter)
    assert first.problem is None
    assert str(second.problem) == errors.WrongPassphrase(ssid="Hafen 12").title_text
    assert second.previous == wrong
    assert bench.dialer.dialled == 1
    assert done.confirmed


async def test_the_same_wrong_passphrase_twice_ends_the_run():
    bench = with_code()
    bench.device.trial = lambda trial: VerifyFailure.WIFI_AUTH
    bench.reporter.networks = [HOME, HOME]
    with pytest.raises(errors.WrongPassphrase):
        await bench.commission()
    assert len(networks(bench.reporter)) == 2 and bench.device.machine.standing is Standing.UNOWNED


async def test_a_wrong_passphrase_where_nobody_can_be_asked():
    bench = with_code()
    bench.device.trial = lambda trial: VerifyFailure.WIFI_AUTH
    bench.reporter.networks = [HOME, errors.NetworkMissing()]
    with pytest.raises(errors.WrongPassphrase):
        await bench.commission()
    assert bench.device.machine.standing is Standing.UNOWNED
    assert bench.memory.secrets == {}
    bench.device.trial, bench.reporter.networks = lambda trial: None, [HOME]
    assert (await bench.commission()).confirmed


async def test_no_network_where_nobody_can_be_asked():
    bench = with_code()
    bench.reporter.networks = [errors.NetworkMissing()]
    with pytest.raises(errors.NetworkMissing):
        await bench.commission()


UNUSABLE = [
    WifiCredentials(b"", Secret("long enough")),
    WifiCredentials(b"x" * 33, Secret("long enough")),
    WifiCredentials(b"Hafen 12", Secret("short")),
    WifiCredentials(b"Hafen 12", Secret("x" * 65)),
    WifiCredentials(b"Hafen 12", None),
    WifiCredentials(b"Hafen 12", Secret("12345"), WifiSecurity.WEP),
]


@pytest.mark.parametrize("wifi", UNUSABLE, ids=range(len(UNUSABLE)))
async def test_details_that_can_not_be_right_are_asked_again(wifi):
    bench = with_code()
    bench.reporter.networks = [replace(HOME, wifi=wifi), HOME]
    await bench.commission()
    told = str(networks(bench.reporter)[1].problem)
    beyond = errors.NetworkUnsupported(ssid="Hafen 12").title_text
    assert told == (beyond if wifi is UNUSABLE[-1] else errors.CredentialsUnusable.title)


async def test_an_order_that_can_not_be_right_is_asked_again():
    bench = with_code(order=Order(name="Lamp", wifi=UNUSABLE[2]))
    await bench.commission()
    assert len(networks(bench.reporter)) == 1


async def test_an_open_network_has_no_passphrase():
    bench = with_code()
    open_air = WifiCredentials(b"Guests", None, WifiSecurity.OPEN)
    bench.reporter.networks = [replace(HOME, wifi=open_air)]
    assert (await bench.commission()).confirmed


async def test_a_company_network_is_given_with_the_devices_own_identity():
    bench = with_code()
    given = []
    bench.device.trial = lambda trial: given.append(trial.settings[ItemType.WIFI])
    werk = network()
    werk = replace(werk, login=replace(werk.login, outer="anonymous@werk.example"))
    bench.reporter.networks = [replace(HOME, wifi=werk)]
    assert (await bench.commission()).confirmed
    (item,) = given
    assert item.kind is WifiKind.EAP_TLS and item.passphrase is None
    serial = PRODUCT.serial
    assert item.enterprise == Enterprise(
        f"{serial}@werk.example", SERVER, WERK.anchors, "anonymous@werk.example"
    )


def test_a_device_without_a_certificate_can_not_log_in():
    assert WIFI_SUPPORT.problem(network()) is None
    refused = OFFLINE_WIFI.problem(network())
    assert type(refused) is errors.CompanyNetworkUnsupported and "endpoint" in refused.advice_text


FAILURES = {
    VerifyFailure.DNS: errors.NameNotResolved,
    VerifyFailure.TLS: errors.EndpointUnreachable,
    VerifyFailure.CLOUD_AUTH: errors.CertificateRefused,
}


@pytest.mark.parametrize(("failure", "leaf"), FAILURES.items())
async def test_an_endpoint_that_does_not_work_ends_the_run_clean(failure, leaf):
    bench = with_code()
    bench.device.trial = lambda trial: failure
    with pytest.raises(leaf):
        await bench.commission()
    assert bench.device.machine.standing is Standing.UNOWNED
    assert bench.memory.secrets == {}
    bench.device.trial, bench.reporter.networks = lambda trial: None, [HOME]
    assert (await bench.commission()).confirmed


async def test_the_session_is_kept_alive_while_the_user_thinks(monkeypatch):
    monkeypatch.setattr(transaction_driver, "KEEP_ALIVE_SECONDS", 0.01)
    bench = with_code()

    async def think() -> DeviceSettings:
        for _ in range(5):
            await asyncio.sleep(0.02)
            bench.device.tick(30)
        return HOME

    bench.reporter.networks = [think()]
    assert (await bench.commission()).confirmed
    assert bench.dialer.dialled == 1


async def test_what_the_user_types_while_the_link_goes_is_kept(monkeypatch):
    monkeypatch.setattr(transaction_driver, "KEEP_ALIVE_SECONDS", 0.01)
    bench = with_code()

    async def think() -> DeviceSettings:
        bench.dialer.link.lose()
        await asyncio.sleep(0.1)
        return HOME

    bench.reporter.networks = [think()]
    assert (await bench.commission()).confirmed
    assert bench.dialer.dialled == 2
    assert len(networks(bench.reporter)) == 1


async def test_an_answer_after_a_failed_trial_is_not_asked_for_again(monkeypatch):
    """The link goes while the passphrase is typed again; QUERY then still tells of the old failure."""
    monkeypatch.setattr(transaction_driver, "KEEP_ALIVE_SECONDS", 0.01)
    bench = with_code()
    tried = [VerifyFailure.WIFI_AUTH, None]
    bench.device.trial = lambda trial: tried.pop(0)

    async def think() -> DeviceSettings:
        bench.dialer.link.lose()
        await asyncio.sleep(0.1)
        return HOME

    bench.reporter.networks = [replace(HOME, wifi=replace(WIFI, passphrase=Secret("wrong wrong"))), think()]
    assert (await bench.commission()).confirmed
    assert len(networks(bench.reporter)) == 2


async def test_a_run_that_is_cancelled_leaves_a_clean_device():
    bench = with_code()
    reached = asyncio.Event()

    async def think() -> DeviceSettings:
        reached.set()
        await asyncio.sleep(60)
        return HOME

    bench.reporter.networks = [think()]
    run = asyncio.ensure_future(bench.commission())
    await reached.wait()
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run
    assert bench.device.machine._session is None
    assert bench.memory.secrets == {}


# --- Thread -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("caps", [Caps.THREAD, Caps.THREAD | Caps.WIFI], ids=["alone", "beside Wi-Fi"])
async def test_a_device_that_joins_thread_is_given_its_dataset_and_tries_it(caps):
    bench, tried = with_code(device=joining(caps)), []
    bench.order = Order(thread=DATASET)
    bench.device.trial = lambda trial: tried.append(trial)
    assert (await bench.commission()).confirmed
    held = bench.device.machine.settings.settings
    assert held[ItemType.THREAD].tlvs.reveal() == DATASET.reveal()
    assert tried[-1].bits & VerifyBit.THREAD


async def test_a_device_without_thread_is_given_no_dataset():
    bench = with_code(device=joining(Caps.WIFI))
    bench.order = Order(thread=DATASET)
    await bench.commission()
    assert ItemType.THREAD not in bench.device.machine.settings.settings


async def test_a_device_that_joins_nothing_but_thread_says_what_it_lacks():
    for answer in (errors.NetworkMissing(), DeviceSettings("Lamp")):
        bench = with_code(device=joining(Caps.THREAD))
        bench.reporter.networks = [answer]
        with pytest.raises(errors.ThreadDatasetMissing):
            await bench.commission()
    assert (await with_code(device=joining(Caps.THREAD | Caps.ETHERNET)).commission()).confirmed


async def test_a_device_that_joins_nothing_but_thread_is_asked_about_until_it_attaches():
    bench = with_code(device=joining(Caps.THREAD))
    tried = [VerifyFailure.THREAD_ATTACH, None]
    bench.device.trial = lambda trial: tried.pop(0)
    wrong = read(DATASET).with_entry(Entry.PAN_ID, b"\x12\x35").secret
    part = read(DATASET).with_entry(Entry.NETWORK_KEY, None).secret
    bench.reporter.networks = [DeviceSettings("Lamp", thread=each) for each in (part, wrong, DATASET)]
    assert (await bench.commission()).confirmed
    first, second, third = networks(bench.reporter)
    assert first.needs_thread and not first.needs_wifi and first.problem is None
    assert str(second.problem).startswith("The dataset has no network key")
    assert str(third.problem) == errors.ThreadAttachFailed.title
    assert third.previous is not None and third.previous.thread == wrong
    assert bench.device.machine.settings.settings[ItemType.THREAD].tlvs == DATASET


async def test_a_chosen_thread_network_survives_a_kill_and_another_one_in_the_new_order_counts():
    other = Secret(bytes.fromhex(ANDROID))
    for order, expected in ((Order(), DATASET), (Order(thread=other), other)):
        bench = with_code(device=joining(Caps.THREAD))
        bench.reporter.networks = [DeviceSettings("Lamp", thread=DATASET)]
        with pytest.raises(Killed):
            await killed_at_verify(bench)
        bench.device.trial = lambda trial: None
        bench.order, bench.reporter.asked = order, []
        assert (await bench.commission()).confirmed
        assert networks(bench.reporter) == []
        assert bench.device.machine.settings.settings[ItemType.THREAD].tlvs == expected


async def test_what_a_device_with_wifi_is_not_asked_about_ends_the_run_where_it_fails():
    bench = with_code(device=joining(Caps.THREAD | Caps.WIFI))
    bench.order = Order(thread=DATASET)
    bench.device.trial = lambda trial: VerifyFailure.THREAD_ATTACH
    with pytest.raises(errors.ThreadAttachFailed):
        await bench.commission()
    assert len(networks(bench.reporter)) == 1


@pytest.mark.parametrize("caps", [Caps.THREAD, Caps.THREAD | Caps.WIFI], ids=["alone", "beside Wi-Fi"])
async def test_a_dataset_that_can_not_be_used_is_refused_here(caps):
    bench = with_code(device=joining(caps))
    bench.order = Order(thread=Secret(bytes(255)))
    bench.reporter.networks = [HOME if caps & Caps.WIFI else errors.NetworkMissing()]
    with pytest.raises(errors.ThreadDatasetUnusable):
        await bench.commission()


def joining(networks_it_knows: Caps) -> ListeningBench:
    """A device with these kinds of network and no others."""
    others = PRODUCT.caps & ~(Caps.WIFI | Caps.THREAD | Caps.ETHERNET)
    return ListeningBench(product=replace(PRODUCT, caps=others | networks_it_knows))
