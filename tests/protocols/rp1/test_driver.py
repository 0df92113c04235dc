"""The driver's run as its user lives it: what is asked, what is told, how it ends."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

import pytest

from companion import errors
from companion.events import (
    ActionNeeded,
    ChooseNetwork,
    CompareNumbers,
    HandedOver,
    Handover,
    Identified,
    Secured,
    Step,
)
from companion.identity.owner import OwnerKey
from companion.model import Advertisement, Ownership, Severity, WifiCredentials, WifiSecurity
from companion.protocols import Order
from companion.protocols.rp1.aborts import VerifyFailure
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.driver import Driver, handing_over
from companion.protocols.rp1.info import SERVICE_UUID
from companion.protocols.rp1.items import ItemType
from companion.protocols.rp1.methods import Standing
from companion.secret import Secret
from companion.setup_code.rp1 import Rp1Code
from tests.protocols.rp1.bench import IDENTITY, PRODUCT
from tests.protocols.rp1.desk import (
    HOME,
    WIFI,
    Desk,
    FakeIdentity,
    FakeStory,
    ListeningBench,
    desk,
    label,
)

MOST_OPERATIONS = 37


def without_code(**changes) -> Desk:
    return Desk(**changes)


def networks(story: FakeStory) -> list[ChooseNetwork]:
    return [question for question in story.asked if isinstance(question, ChooseNetwork)]


# --- good ends ----------------------------------------------------------------------------------------


async def test_the_label_is_enough():
    table = desk()
    done = await table.commission()
    assert (done.method, done.confirmed) == ("oob", True)
    assert (done.device.name, done.device.serial, done.device.model) == ("Lamp", "RP1-0001", "Sensor")
    assert done.device.id == f"rp1-{PRODUCT.fp.hex()}"
    assert done.identity_key == PRODUCT.point
    assert (done.handshake.messages, done.handshake.bytes) == (4, 436)
    assert [credential.kind for credential in done.credentials] == [
        "ldevid",
        "anchors",
        "wifi",
        "endpoint",
        "owner",
        "time",
        "label",
    ]
    assert done.receipt.signed and done.receipt.final
    assert done.proof.peer_serial == "RP1-0001"
    assert table.device.machine.standing is Standing.OWNED
    assert table.story.steps == [Step.SECURE, Step.CONFIRM, Step.HAND_OVER, Step.CHECK]
    assert "Verified by the code on the label" in table.story.summaries
    assert [type(question) for question in table.story.asked] == [ChooseNetwork]


async def test_people_compare_where_there_is_no_label():
    table = without_code()
    done = await table.commission()
    assert (done.method, done.handshake.bytes) == ("nc", 301)
    (question,) = [q for q in table.story.asked if isinstance(q, CompareNumbers)]
    assert question.number == table.device.shown
    assert Secured("nc", done.handshake) in table.story.told
    assert table.memory.get("comparisons") is None


@pytest.mark.parametrize("table", [desk, without_code], ids=["oob", "nc"])
async def test_seven_items_need_few_operations(table):
    made = table()
    assert len((await made.commission()).credentials) == 7
    assert made.dialer.counts.operations <= MOST_OPERATIONS


@pytest.mark.parametrize("mtu", [23, 24, 64, 100, 185, 256, 517])
async def test_every_mtu_will_do(mtu):
    assert (await desk(device=ListeningBench(mtu=mtu)).commission()).confirmed


async def test_the_hybrid_suite_is_taken_where_the_device_has_it():
    table = desk(device=ListeningBench(product=replace(PRODUCT, suites=(1, 2))))
    done = await table.commission()
    assert done.handshake.bytes == 1258 + 1193 + 108 + 157


async def test_an_order_that_says_all_asks_nothing():
    table = desk(order=Order(wifi=WIFI, name="Lamp", room="Hall"))
    assert (await table.commission()).device.name == "Lamp"
    assert table.story.asked == []


async def test_an_order_that_says_half_starts_the_question():
    table = desk(order=Order(wifi=WIFI, room="Hall"))
    await table.commission()
    (question,) = networks(table.story)
    assert question.previous == Handover("Sensor", "Hall", WIFI)
    assert question.suggested_name == "Sensor"


async def test_a_device_without_wifi_is_asked_no_network():
    caps = PRODUCT.caps & ~8
    table = desk(device=ListeningBench(product=replace(PRODUCT, caps=caps)), order=Order(wifi=WIFI))
    table.story.networks = [Handover("Meter", "Cellar")]
    done = await table.commission()
    (question,) = networks(table.story)
    assert not question.needs_wifi
    assert "wifi" not in [credential.kind for credential in done.credentials]


async def test_a_device_without_endpoint_works_offline():
    done = await desk(endpoint=None).commission()
    assert done.proof is None
    assert [credential.kind for credential in done.credentials] == ["wifi", "owner", "time", "label"]


async def test_the_story_is_told_as_it_happens():
    table = desk()
    await table.commission()
    kinds = [type(event) for event in table.story.told]
    assert kinds == [Secured, Identified] + [HandedOver] * 7


async def test_pressing_here_first_asks_to_press_there():
    table = without_code(device=ListeningBench(button=None))

    def match(number: str) -> bool:
        asyncio.get_running_loop().call_later(0.01, table.device.press, Press.SHORT)
        return True

    table.story.match = match
    assert (await table.commission()).confirmed
    assert any(isinstance(event, ActionNeeded) for event in table.story.told)


@pytest.mark.parametrize("method", ["nc", "oob", "nc+key", "oob+key"])
async def test_the_method_of_the_order_is_taken(method):
    table = desk(order=Order(method=method))
    assert (await table.commission()).method == method


async def test_a_factory_key_is_found_by_its_name():
    psk = Secret(bytes(range(32)))
    table = desk(device=ListeningBench(product=replace(PRODUCT, psks=((b"factory", psk),))))
    table.memory.put_secret(f"psk/{b'factory'.hex()}", psk.reveal())
    table.order = Order(method="psk", extra={"psk_id": b"factory".hex()})
    assert (await table.commission()).method == "psk"


# --- who is it? -----------------------------------------------------------------------------------------


async def test_a_wrong_secret():
    table = desk()
    table.code = label(table.device, r=Secret(PRODUCT.r.reveal()[::-1]))
    with pytest.raises(errors.WrongSetupSecret):
        await table.commission()
    assert table.device.machine.standing is Standing.UNOWNED


async def test_an_impostor_under_the_label():
    table = desk()
    impostor = replace(PRODUCT, identity=OwnerKey.generate()._key)
    table.advertisement, real = Desk.advertisement, table.advertisement()
    table.device = ListeningBench(product=impostor)
    table.advertisement = lambda: real
    with pytest.raises(errors.WrongIdentity):
        await table.commission()
    assert table.device.machine.standing is Standing.UNOWNED


@pytest.mark.parametrize("r", [bytes(16), bytes(range(16)), bytes(range(16, 0, -1))])
async def test_a_uniform_secret_is_refused_before_anything_is_sent(r):
    table = desk()
    table.code = label(table.device, r=Secret(r))
    with pytest.raises(errors.CodeUniformSecret):
        await table.commission()
    assert table.dialer.dialled == 0


async def test_a_secret_that_a_whole_batch_shares():
    table = desk()
    await table.commission()
    twin = ListeningBench(product=replace(PRODUCT, identity=OwnerKey.generate()._key))
    with pytest.raises(errors.CodeUniformSecret):
        await desk(device=twin, memory=table.memory).commission()
    assert twin.machine.standing is Standing.UNOWNED


async def test_the_same_device_again_is_no_batch():
    table = desk()
    await table.commission()
    table.device.press(Press.RESET)
    table.story.networks = [HOME]
    assert (await table.commission()).confirmed


@pytest.mark.parametrize("by_label", [True, False], ids=["by its label", "by its advertisement"])
async def test_a_device_that_is_the_users_own_already(by_label):
    table = desk()
    await table.commission()
    if not by_label:
        table.code = None
    with pytest.raises(errors.AlreadyYours) as refused:
        await table.commission()
    assert f"companion devices reset rp1-{PRODUCT.fp.hex()}" in refused.value.advice_text
    assert refused.value.exit_status == 5


async def test_the_proof_is_about_the_new_certificate():
    table = desk()
    done = await table.commission()
    assert table.endpoint.fingerprints == [done.credentials[0].details["fingerprint"]]
    assert int(done.credentials[0].details["serial_number"], 16) > 0


async def test_a_device_that_belongs_to_someone():
    table = desk()
    await table.commission()
    stranger = desk(device=table.device, identity=FakeIdentity())
    with pytest.raises(errors.NotAuthorised):
        await stranger.commission()


@pytest.mark.parametrize(
    ("promise", "leaf"),
    [({"suites": (1, 2)}, errors.DowngradeRefused), ({"methods": 63}, errors.DowngradeRefused)],
)
async def test_a_device_that_offers_less_than_its_label(promise, leaf):
    table = desk()
    table.code = label(table.device, **promise)
    with pytest.raises(leaf):
        await table.commission()


METHODS = {
    "unknown": ("telepathy", True),
    "owner": ("owner", True),
    "oob without a label": ("oob", False),
    "psk without a key": ("psk", True),
}


@pytest.mark.parametrize(("method", "coded"), METHODS.values(), ids=METHODS.keys())
async def test_a_method_that_can_not_be(method, coded):
    table = desk(order=Order(method=method))
    table.code = table.code if coded else None
    with pytest.raises(errors.MethodUnavailable):
        await table.commission()


async def test_a_device_without_display_needs_its_label():
    table = without_code(device=ListeningBench(product=replace(PRODUCT, methods=30)))
    with pytest.raises(errors.MethodUnavailable):
        await table.commission()
    table.order = Order(method="nc")
    with pytest.raises(errors.MethodUnavailable):
        await table.commission()


async def test_a_locked_device_asks_for_its_button():
    table = without_code()
    for _ in range(10):
        table.device.machine._keeping.lifelong.count_comparison()
    with pytest.raises(errors.LockedOut) as raised:
        await table.commission()
    assert "button" in raised.value.advice_text


# --- comparing ------------------------------------------------------------------------------------------


async def test_they_differ_here():
    table = without_code(device=ListeningBench(button=None))
    table.story.match = lambda number: False
    with pytest.raises(errors.NumbersDiffer):
        await table.commission()
    assert table.device.machine._session is None
    assert table.memory.values == {"comparisons": 1}


async def test_they_differ_on_the_device():
    table = without_code(device=ListeningBench(button=Press.LONG))
    with pytest.raises(errors.NumbersDiffer):
        await table.commission()


async def test_they_differ_on_the_device_while_the_user_thinks():
    table = without_code(device=ListeningBench(button=None))

    async def think() -> bool:
        table.device.press(Press.LONG)
        await asyncio.sleep(60)
        return True

    table.story.match = lambda number: think()
    with pytest.raises(errors.NumbersDiffer):
        await table.commission()


async def test_nobody_presses():
    table = without_code(device=ListeningBench(button=None))

    async def think() -> bool:
        table.device.tick(121)
        await asyncio.sleep(60)
        return True

    table.story.match = lambda number: think()
    with pytest.raises(errors.NumbersDiffer):
        await table.commission()


async def test_three_comparisons_are_all_that_one_action_gets():
    """Each time the link goes while the number is shown: a fourth would be an attacker's."""
    table = without_code(device=ListeningBench(button=None))

    async def lose() -> bool:
        table.dialer.link.lose()
        await asyncio.sleep(60)
        return True

    table.story.match = lambda number: lose()
    with pytest.raises(errors.LinkLostError):
        await table.commission()
    assert sum(isinstance(question, CompareNumbers) for question in table.story.asked) == 3
    assert table.memory.get("comparisons") == 3


async def test_a_comparison_beyond_the_count_on_disk_is_not_begun():
    table = without_code(device=ListeningBench(button=None))

    async def lose() -> bool:
        table.memory.put("comparisons", 3)
        table.dialer.link.lose()
        await asyncio.sleep(60)
        return True

    table.story.match = lambda number: lose()
    with pytest.raises(errors.TooManyAttempts):
        await table.commission()
    assert sum(isinstance(question, CompareNumbers) for question in table.story.asked) == 1
    assert table.device.machine._opening is None


async def test_a_new_run_is_a_new_action():
    table = without_code()
    table.memory.put("comparisons", 3)
    assert (await table.commission()).confirmed


async def test_the_user_gives_up_while_comparing():
    table = without_code(device=ListeningBench(button=None))
    table.story.match = lambda number: errors.Cancelled()
    with pytest.raises(errors.Cancelled):
        await table.commission()
    assert table.device.machine._session is None


# --- what the device tried ------------------------------------------------------------------------------


async def test_a_wrong_passphrase_is_asked_again_with_the_session_alive():
    table = desk()
    tried = [VerifyFailure.WIFI_AUTH, None]
    table.device.trial = lambda trial: tried.pop(0)
    wrong = replace(HOME, wifi=replace(WIFI, passphrase=Secret("wrong wrong")))
    table.story.networks = [wrong, HOME]
    done = await table.commission()
    first, second = networks(table.story)
    assert first.problem is None
    assert str(second.problem) == "The passphrase for Hafen 12 is wrong"
    assert second.previous == wrong
    assert table.dialer.dialled == 1
    assert done.confirmed


async def test_a_wrong_passphrase_where_nobody_can_be_asked():
    table = desk()
    table.device.trial = lambda trial: VerifyFailure.WIFI_AUTH
    table.story.networks = [HOME, errors.NetworkMissing()]
    with pytest.raises(errors.WrongPassphrase):
        await table.commission()
    assert table.device.machine.standing is Standing.UNOWNED
    assert table.memory.secrets == {}
    table.device.trial, table.story.networks = lambda trial: None, [HOME]
    assert (await table.commission()).confirmed


async def test_no_network_where_nobody_can_be_asked():
    table = desk()
    table.story.networks = [errors.NetworkMissing()]
    with pytest.raises(errors.NetworkMissing):
        await table.commission()


UNUSABLE = [
    WifiCredentials(b"", Secret("long enough")),
    WifiCredentials(b"x" * 33, Secret("long enough")),
    WifiCredentials(b"Hafen 12", Secret("short")),
    WifiCredentials(b"Hafen 12", Secret("x" * 65)),
    WifiCredentials(b"Hafen 12", None),
    WifiCredentials(b"Hafen 12", Secret("long enough"), WifiSecurity.WEP),
]


@pytest.mark.parametrize("wifi", UNUSABLE, ids=range(len(UNUSABLE)))
async def test_details_that_can_not_be_right_are_asked_again(wifi):
    table = desk()
    table.story.networks = [replace(HOME, wifi=wifi), HOME]
    await table.commission()
    assert str(networks(table.story)[1].problem) == errors.CredentialsUnusable.title


async def test_an_order_that_can_not_be_right_is_asked_again():
    table = desk(order=Order(name="Lamp", wifi=UNUSABLE[2]))
    await table.commission()
    assert len(networks(table.story)) == 1


async def test_an_open_network_has_no_passphrase():
    table = desk()
    open_air = WifiCredentials(b"Guests", None, WifiSecurity.OPEN)
    table.story.networks = [replace(HOME, wifi=open_air)]
    assert (await table.commission()).confirmed


FAILURES = {
    VerifyFailure.DNS: errors.NameNotResolved,
    VerifyFailure.TLS: errors.EndpointUnreachable,
    VerifyFailure.CLOUD_AUTH: errors.CertificateRefused,
}


@pytest.mark.parametrize(("failure", "leaf"), FAILURES.items())
async def test_an_endpoint_that_does_not_work_ends_the_run_clean(failure, leaf):
    table = desk()
    table.device.trial = lambda trial: failure
    with pytest.raises(leaf):
        await table.commission()
    assert table.device.machine.standing is Standing.UNOWNED
    assert table.memory.secrets == {}
    table.device.trial, table.story.networks = lambda trial: None, [HOME]
    assert (await table.commission()).confirmed


async def test_a_chain_that_names_another_device():
    from tests.protocols.rp1 import test_attestation as makers

    assert makers.IDENTITY is not IDENTITY
    chain = (makers.leaf(IDENTITY), makers.INTERMEDIATE)
    table = desk(device=ListeningBench(product=replace(PRODUCT, chain=chain)))
    table.memory.put("makers", [makers.ROOT.hex()])
    with pytest.raises(errors.AttestationFailed):
        await table.commission()
    genuine = ListeningBench(product=replace(PRODUCT, chain=chain, serial="L-1"))
    assert (await desk(device=genuine, memory=table.memory).commission()).confirmed


# --- a user who takes his time ------------------------------------------------------------------------------


async def test_the_session_is_kept_alive_while_the_user_thinks(monkeypatch):
    monkeypatch.setattr(handing_over, "KEEP_ALIVE_SECONDS", 0.01)
    table = desk()

    async def think() -> Handover:
        for _ in range(5):
            await asyncio.sleep(0.02)
            table.device.tick(30)
        return HOME

    table.story.networks = [think()]
    assert (await table.commission()).confirmed
    assert table.dialer.dialled == 1


async def test_what_the_user_types_while_the_link_goes_is_kept(monkeypatch):
    monkeypatch.setattr(handing_over, "KEEP_ALIVE_SECONDS", 0.01)
    table = desk()

    async def think() -> Handover:
        table.dialer.link.lose()
        await asyncio.sleep(0.1)
        return HOME

    table.story.networks = [think()]
    assert (await table.commission()).confirmed
    assert table.dialer.dialled == 2
    assert len(networks(table.story)) == 1


async def test_an_answer_after_a_failed_trial_is_not_asked_for_again(monkeypatch):
    """The link goes while the passphrase is typed again; QUERY then still tells of the old failure."""
    monkeypatch.setattr(handing_over, "KEEP_ALIVE_SECONDS", 0.01)
    table = desk()
    tried = [VerifyFailure.WIFI_AUTH, None]
    table.device.trial = lambda trial: tried.pop(0)

    async def think() -> Handover:
        table.dialer.link.lose()
        await asyncio.sleep(0.1)
        return HOME

    table.story.networks = [replace(HOME, wifi=replace(WIFI, passphrase=Secret("wrong wrong"))), think()]
    assert (await table.commission()).confirmed
    assert len(networks(table.story)) == 2


async def test_a_run_that_is_cancelled_leaves_a_clean_device():
    table = desk()
    reached = asyncio.Event()

    async def think() -> Handover:
        reached.set()
        await asyncio.sleep(60)
        return HOME

    table.story.networks = [think()]
    run = asyncio.ensure_future(table.commission())
    await reached.wait()
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run
    assert table.device.machine._session is None
    assert table.memory.secrets == {}


# --- finding ------------------------------------------------------------------------------------------------


async def test_the_label_finds_its_device_and_no_other():
    table = desk()
    seen = table.advertisement()
    found = Driver().find(seen, table.code)
    assert (found.name, found.discriminator, found.ownership) == ("Lamp", 0x5A5, Ownership.UNOWNED)
    assert Driver().find(seen, label(table.device, fp=bytes(16))) is None
    assert Driver().find(seen, None) == found
    assert Driver().find(replace(seen, service_data={}), None) is None
    assert Driver().find(replace(seen, service_data={SERVICE_UUID: b"short"}), None) is None
    nameless = Driver().find(Advertisement("C0::1", service_data=seen.service_data), None)
    assert nameless.name == f"RP1 device {0x5A5}"
    await table.commission()
    assert Driver().find(table.advertisement(), table.code).ownership is Ownership.OWNED


def test_findings_say_how_well_the_user_is_protected():
    table = desk()
    seen = Driver().find(table.advertisement(), table.code)
    plain = Driver().findings(seen, table.code)
    assert [finding.severity for finding in plain] == [Severity.GOOD, Severity.INFO]
    hybrid = label(table.device, suites=(1, 2))
    assert isinstance(hybrid.payload, Rp1Code)
    assert Driver().findings(seen, hybrid)[1].severity is Severity.GOOD
    assert any("million" in str(finding.sentence) for finding in Driver().findings(seen, None))


# --- secrets ------------------------------------------------------------------------------------------------


async def test_no_secret_reaches_a_log_or_the_story(caplog):
    caplog.set_level(logging.DEBUG)
    table = desk(order=Order(name="Lamp", wifi=replace(WIFI, passphrase=Secret("do not print me"))))
    await table.commission()
    told = caplog.text + repr(table.story.told) + repr(table.story.asked) + repr(table.memory.values)
    settings = table.device.machine.settings.settings
    assert settings[ItemType.WIFI].passphrase == Secret("do not print me")
    for secret in ("do not print me", PRODUCT.r.reveal().hex(), repr(PRODUCT.r.reveal())[2:-1]):
        assert secret not in told
