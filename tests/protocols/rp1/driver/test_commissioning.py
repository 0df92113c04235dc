"""The driver's run as its user lives it where all goes well: what is asked, what is told, what is found."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace

import pytest

from companion.claims import Evidence
from companion.errors import ServiceMissing
from companion.events import (
    ActionNeeded,
    CertificateIssued,
    CredentialDelivered,
    Identified,
    Proven,
    Secured,
    Sending,
)
from companion.identity import DeviceName
from companion.model import Advertisement, DeviceSettings, Ownership, Severity, Step
from companion.protocols import Order
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.driver import Driver
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.setup_code.label_code import Rp1Code
from companion.protocols.rp1.wire.info import SERVICE_UUID
from companion.questions import ChooseNetwork, CompareNumbers
from companion.secret import Secret
from tests.protocols.rp1.support.bench import PRODUCT
from tests.protocols.rp1.support.driver_bench import (
    WIFI,
    ListeningBench,
    label,
    networks,
    with_code,
    without_code,
)

MOST_OPERATIONS = 37


async def test_the_label_is_enough():
    bench = with_code()
    done = await bench.commission()
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
    assert bench.device.machine.standing is Standing.OWNED
    assert bench.reporter.steps == [Step.SECURE, Step.CONFIRM, Step.HAND_OVER, Step.CHECK]
    assert "Authenticated by the setup code" in bench.reporter.summaries
    assert [type(question) for question in bench.reporter.asked] == [ChooseNetwork]


async def test_people_compare_where_there_is_no_label():
    bench = without_code()
    done = await bench.commission()
    assert (done.method, done.handshake.bytes) == ("nc", 301)
    (question,) = [q for q in bench.reporter.asked if isinstance(q, CompareNumbers)]
    assert question.number == bench.device.shown
    (secured,) = [each for each in bench.reporter.told if isinstance(each, Secured)]
    assert secured.handshake == done.handshake
    assert secured.session.evidence == {Evidence.COMPARISON}


async def test_the_device_is_certified_under_its_name_and_waited_for_by_it():
    bench = with_code()
    await bench.commission()
    name = DeviceName.under(bench.identity.owner.public, PRODUCT.fp)
    leaf = bench.device.machine.settings.settings[ItemType.LDEVID].chain[0]
    assert DeviceName.of(leaf) == name
    assert bench.endpoint.waited_for == [name]


@pytest.mark.parametrize("bench", [with_code, without_code], ids=["oob", "nc"])
async def test_seven_items_need_few_operations(bench):
    made = bench()
    assert len((await made.commission()).credentials) == 7
    assert made.dialer.counts.operations <= MOST_OPERATIONS


@pytest.mark.parametrize("mtu", [23, 24, 64, 100, 185, 256, 517])
async def test_every_mtu_will_do(mtu):
    assert (await with_code(device=ListeningBench(mtu=mtu)).commission()).confirmed


async def test_the_hybrid_suite_is_taken_where_the_device_has_it():
    bench = with_code(device=ListeningBench(product=replace(PRODUCT, suites=(1, 2))))
    done = await bench.commission()
    assert done.handshake.bytes == 1258 + 1193 + 108 + 157


async def test_an_order_that_says_all_asks_nothing():
    bench = with_code(order=Order(wifi=WIFI, name="Lamp", room="Hall"))
    assert (await bench.commission()).device.name == "Lamp"
    assert bench.reporter.asked == []


async def test_an_order_that_says_half_starts_the_question():
    bench = with_code(order=Order(wifi=WIFI, room="Hall"))
    await bench.commission()
    (question,) = networks(bench.reporter)
    assert question.previous == DeviceSettings("Sensor", "Hall", WIFI)
    assert question.suggested_name == "Sensor"


async def test_a_device_without_wifi_is_asked_no_network():
    caps = PRODUCT.caps & ~8
    bench = with_code(device=ListeningBench(product=replace(PRODUCT, caps=caps)), order=Order(wifi=WIFI))
    bench.reporter.networks = [DeviceSettings("Meter", "Cellar")]
    done = await bench.commission()
    (question,) = networks(bench.reporter)
    assert not question.needs_wifi
    assert "wifi" not in [credential.kind for credential in done.credentials]


async def test_a_device_without_endpoint_works_offline():
    done = await with_code(endpoint=None).commission()
    assert done.proof is None
    assert [credential.kind for credential in done.credentials] == ["wifi", "owner", "time", "label"]


async def test_a_device_that_is_not_seen_at_its_endpoint_has_no_proof():
    bench = with_code()

    async def unseen(name, *, timeout, fingerprint=None):
        return None

    bench.endpoint.wait_for = unseen
    done = await bench.commission()
    assert done.confirmed and done.proof is None
    assert not [event for event in bench.reporter.told if isinstance(event, Proven)]


async def test_the_story_is_told_as_it_happens():
    bench = with_code()
    await bench.commission()
    kinds = [type(event) for event in bench.reporter.told]
    assert kinds == [Secured, Identified, CertificateIssued, Sending, *[CredentialDelivered] * 7, Proven]


async def test_pressing_here_first_asks_to_press_there():
    bench = without_code(device=ListeningBench(button=None))

    def match(number: str) -> bool:
        asyncio.get_running_loop().call_later(0.01, bench.device.press, Press.SHORT)
        return True

    bench.reporter.match = match
    assert (await bench.commission()).confirmed
    assert any(isinstance(event, ActionNeeded) for event in bench.reporter.told)


@pytest.mark.parametrize("method", ["nc", "oob", "nc+key", "oob+key"])
async def test_the_method_of_the_order_is_taken(method):
    bench = with_code(order=Order(method=method))
    assert (await bench.commission()).method == method


async def test_a_factory_key_is_found_by_its_name():
    psk = Secret(bytes(range(32)))
    bench = with_code(device=ListeningBench(product=replace(PRODUCT, psks=((b"factory", psk),))))
    bench.memory.put_secret(f"psk/{b'factory'.hex()}", psk.reveal())
    bench.order = Order(method="psk", extra={"psk_id": b"factory".hex()})
    assert (await bench.commission()).method == "psk"


async def test_the_proof_is_about_the_new_certificate():
    bench = with_code()
    done = await bench.commission()
    assert bench.endpoint.fingerprints == [done.credentials[0].details["fingerprint"]]
    assert int(done.credentials[0].details["serial_number"], 16) > 0


async def test_whoever_repeats_the_beacon_is_passed_over_for_the_device_itself():
    bench = with_code(repeaters=2)
    done = await bench.commission()
    assert done.confirmed and done.identity_key == PRODUCT.point
    assert bench.dialer.repeaters == 0


async def test_where_only_a_repeater_answers_the_run_says_what_it_lacks():
    bench = with_code(repeaters=1, within_reach=lambda: False)
    with pytest.raises(ServiceMissing):
        await bench.commission()


async def test_the_label_finds_its_device_and_no_other():
    bench = with_code()
    seen = bench.advertisement()
    found = Driver().find(seen, bench.code)
    assert (found.name, found.discriminator, found.ownership) == ("Lamp", 0x5A5, Ownership.UNOWNED)
    assert Driver().find(seen, label(bench.device, fp=bytes(16))) is None
    assert Driver().find(seen, None) == found
    assert Driver().find(replace(seen, service_data={}), None) is None
    assert Driver().find(replace(seen, service_data={SERVICE_UUID: b"short"}), None) is None
    nameless = Driver().find(Advertisement("C0::1", service_data=seen.service_data), None)
    assert nameless.name == f"RP1 device {0x5A5}"
    await bench.commission()
    assert Driver().find(bench.advertisement(), bench.code).ownership is Ownership.OWNED


@pytest.mark.parametrize(
    ("method", "words"),
    [
        (None, ["key in its setup code"]),
        ("nc", ["Number comparison required"]),
        ("nc+key", ["Number comparison required", "prove its own key"]),
        ("psk", ["know the shared key"]),
    ],
)
def test_before_connecting_there_are_expectations_and_nothing_good(method, words):
    bench = with_code()
    seen = Driver().find(bench.advertisement(), bench.code)
    plain = Driver().findings(seen, bench.code, method)
    assert all(finding.expected and finding.severity is Severity.INFO for finding in plain)
    assert len(plain) == len(words)
    assert all(part in str(finding.claim) for part, finding in zip(words, plain, strict=True))
    hybrid = label(bench.device, suites=(1, 2))
    assert isinstance(hybrid.payload, Rp1Code)
    assert "Hybrid" in str(Driver().findings(seen, hybrid, method)[-1].claim)
    assert "comparison" in str(Driver().findings(seen, None)[0].claim)


async def test_no_secret_reaches_a_log_or_the_reporter(caplog):
    caplog.set_level(logging.DEBUG)
    bench = with_code(order=Order(name="Lamp", wifi=replace(WIFI, passphrase=Secret("do not print me"))))
    await bench.commission()
    told = caplog.text + repr(bench.reporter.told) + repr(bench.reporter.asked) + repr(bench.memory.values)
    settings = bench.device.machine.settings.settings
    assert settings[ItemType.WIFI].passphrase == Secret("do not print me")
    for secret in ("do not print me", PRODUCT.r.reveal().hex(), repr(PRODUCT.r.reveal())[2:-1]):
        assert secret not in told
