"""A device of a cloud: its name there, a certificate from there, and a claim that is fresh at every try."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from companion.clouds import devices
from companion.endpoint import Claim, CloudEndpoint
from companion.errors import (
    CloudClockWrong,
    CloudDenied,
    CloudIdInvalid,
    CloudUnreachable,
    LinkLostError,
    RequestNameUnsupported,
)
from companion.identity import IssuingCa
from companion.identity.ca import serial_of
from companion.model import Check, Proof, Text, Verdict
from companion.protocols import OwnershipOperation
from companion.protocols.rp1.aborts import VerifyFailure
from companion.protocols.rp1.credentials import items
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.methods import Standing
from companion.protocols.rp1.transaction import csr
from companion.secret import Secret
from tests.identity.requests import NAME
from tests.protocols.rp1.support.driver_bench import (
    HOME,
    DriverBench,
    FakeEndpoint,
    ListeningBench,
    with_code,
)
from tests.support.until import until

THEIRS = IssuingCa.create("Cloud CA")
IN = Check("thing", Text("Thing attached"), Text("plant-RP1-0001"), Verdict.PASSED)
PENDING = Check("certificate", Text("Certificate active"), Text("PENDING: no role"), Verdict.FAILED)


@dataclass
class FakeCloud:
    """A cloud that says what it is asked.

    certifies: its own CA issues; lasts: seconds of a claim, None for ever; prefix: of names there
    before, meanwhile: what happens when it is asked for something, and while it certifies
    """

    certifies: bool = False
    has_claim: bool = False
    lasts: float | None = 300.0
    names_requests: bool = False
    says: Callable[[], tuple[Check, ...]] = lambda: (IN,)
    prefix: str = "plant-"
    claims: list[str] = field(default_factory=list)
    requests: list[bytes] = field(default_factory=list)
    asked: list[tuple[str, bytes]] = field(default_factory=list)
    before: Callable[[], None] = lambda: None
    meanwhile: Callable[[], Awaitable[None]] = lambda: asyncio.sleep(0)
    address = "iot.example:8883"
    client_id = None
    profile_name = "plant"
    anchors = THEIRS.anchors

    @property
    def item_kind(self) -> int | str:
        return "aws-fleet" if self.has_claim else 1

    def name_of(self, serial: str) -> str:
        if " " in self.prefix:
            raise CloudIdInvalid(id=self.prefix + serial, rule="letters")
        return self.prefix + serial

    async def certify(self, csr: bytes, name: str) -> tuple[bytes, ...] | None:
        self.before()
        await self.meanwhile()
        self.requests.append(csr)
        return THEIRS.issue(csr, serial="AWS IoT Certificate", name=NAME).chain if self.certifies else None

    async def claim(self, name: str) -> Claim:
        self.before()
        self.claims.append(f"claim {len(self.claims)} of {name}")
        ends = None if self.lasts is None else time.time() + self.lasts
        return Claim(Secret(self.claims[-1] + "." * 2400), ends)

    async def standing(self, name: str, leaf: bytes, *, timeout: float) -> tuple[Check, ...]:
        self.asked.append((name, leaf))
        return self.says()

    async def wait_for(self, name: object, *, timeout: float, fingerprint: str | None = None) -> Proof | None:
        raise AssertionError("a cloud is asked by `standing`")


def bench_for(cloud: FakeCloud, **changes: object) -> DriverBench:
    bench = with_code(**changes)  # type: ignore[arg-type]
    assert isinstance(cloud, CloudEndpoint)
    bench.endpoint = cloud
    return bench


def given(bench: DriverBench) -> tuple[items.LdevidChain, items.CloudEndpoint]:
    """Items 1 and 5 as the device has them."""
    held = bench.device.machine.settings.settings
    chain, cloud = held[ItemType.LDEVID], held[ItemType.CLOUD]
    assert isinstance(chain, items.LdevidChain) and isinstance(cloud, items.CloudEndpoint)
    return chain, cloud


async def test_the_owners_ca_certifies_under_the_name_there() -> None:
    cloud = FakeCloud()
    bench = bench_for(cloud)
    done = await bench.commission()
    chain, item = given(bench)
    assert serial_of(chain.chain[0]) == item.client_id == "plant-RP1-0001"
    assert (item.kind, item.endpoint, item.claim) == (1, "iot.example:8883", None)
    assert bench.device.machine.settings.settings[ItemType.ANCHORS] == items.TrustAnchors(THEIRS.anchors)
    assert cloud.asked == [("plant-RP1-0001", chain.chain[0])] and done.proof is None
    assert bench.reporter.summaries[-1] == "iot.example:8883 has the device, and nothing is missing"


async def test_the_cloud_certifies_the_devices_own_request() -> None:
    cloud = FakeCloud(certifies=True)
    bench = bench_for(cloud)
    await bench.commission()
    chain, item = given(bench)
    assert serial_of(chain.chain[0]) == "AWS IoT Certificate" and item.client_id == "plant-RP1-0001"
    assert len(cloud.requests) == 1


async def test_a_companys_ca_gets_a_request_with_the_name() -> None:
    cloud = FakeCloud(certifies=True, names_requests=True)
    bench = bench_for(cloud)
    await bench.commission()
    (request,) = cloud.requests
    (name,) = x509.load_der_x509_csr(request).subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    assert name.value == given(bench)[1].client_id == "plant-RP1-0001"


async def test_a_device_that_writes_no_name_is_not_sent_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is from before that key of CSR, and ignores it. Nothing was handed over."""
    cloud = FakeCloud(certifies=True, names_requests=True)
    bench = bench_for(cloud)
    made = csr.make
    monkeypatch.setattr(csr, "make", lambda key, serial, binding, name="": made(key, serial, binding))
    with pytest.raises(RequestNameUnsupported) as refused:
        await bench.commission()
    assert "plant-RP1-0001" in refused.value.title_text
    assert not cloud.requests and bench.device.machine.standing is Standing.UNOWNED


def raising(error: BaseException) -> Callable[[], tuple[Check, ...]]:
    def says() -> tuple[Check, ...]:
        raise error

    return says


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (lambda: (IN, PENDING), "PENDING: no role"),
        (lambda: (), "The device tested the connection to iot.example:8883"),
        (raising(CloudUnreachable(cloud="AWS")), "AWS can't be reached from this computer"),
        (raising(asyncio.CancelledError()), "The device tested the connection to iot.example:8883"),
    ],
)  # fmt: skip
async def test_the_last_step_says_which_piece_is_missing(
    says: Callable[[], tuple[Check, ...]], words: str
) -> None:
    """And the device is commissioned all the same: it has what it needs."""
    bench = bench_for(FakeCloud(says=says))
    done = await bench.commission()
    assert done.confirmed and bench.reporter.summaries[-1] == words


async def test_a_name_that_is_not_legal_there_ends_the_run_before_the_device_has_a_transaction() -> None:
    bench = bench_for(FakeCloud(prefix="two words "))
    with pytest.raises(CloudIdInvalid):
        await bench.commission()
    assert bench.device.machine.standing is Standing.UNOWNED and bench.memory.of_devices == {}


async def test_a_cloud_that_refuses_ends_the_run_and_the_device_keeps_nothing() -> None:
    def refuse() -> None:
        raise CloudDenied(action="iot:RegisterThing")

    bench = bench_for(FakeCloud(certifies=True, before=refuse))
    with pytest.raises(CloudDenied):
        await bench.commission()
    assert bench.device.machine.standing is Standing.UNOWNED


async def test_a_device_stays_at_its_cloud_until_it_is_sent_elsewhere() -> None:
    bench = bench_for(FakeCloud())
    done = await bench.commission()
    assert devices.profile_of(bench.memory, done.device.id) == "plant"
    bench.endpoint = FakeEndpoint()
    await bench.operate(OwnershipOperation.ROTATE)
    assert devices.profile_of(bench.memory, done.device.id) is None


# --- claims ---------------------------------------------------------------------------------------------


def claim_of(bench: DriverBench) -> str:
    claim = given(bench)[1].claim
    assert claim is not None
    return claim.reveal_text().rstrip(".")


async def test_a_claim_is_fetched_once_and_right_before_it_is_staged() -> None:
    cloud = FakeCloud(has_claim=True)
    asked: list[int] = []
    bench = bench_for(cloud)
    cloud.before = lambda: asked.append(len(bench.reporter.asked))
    await bench.commission()
    assert claim_of(bench) == "claim 0 of plant-RP1-0001" and given(bench)[1].kind == "aws-fleet"
    # The request for a certificate comes before the question for the network, the claim after it.
    assert asked == [0, 1]


async def test_each_network_that_is_tried_gets_a_fresh_claim() -> None:
    trials = [VerifyFailure.WIFI_NOT_FOUND, VerifyFailure.WIFI_NOT_FOUND, None]
    cloud = FakeCloud(has_claim=True)
    device = ListeningBench(trial=lambda trial: trials.pop(0))
    bench = bench_for(cloud, device=device)
    bench.reporter.networks = [HOME, HOME, HOME]
    await bench.commission()
    assert len(cloud.claims) == 3 and claim_of(bench) == cloud.claims[-1]


async def test_a_claim_that_runs_out_while_the_device_tries_it_is_replaced_before_commit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """VERIFY may take 90 s. The new claim alone is no reason for another VERIFY."""
    cloud, tried = FakeCloud(has_claim=True), 0
    real, ahead = time.time, 0.0
    monkeypatch.setattr("companion.protocols.rp1.driver.transaction.cloud.time.time", lambda: real() + ahead)

    def trial(_: object) -> None:
        nonlocal ahead, tried
        ahead, tried = ahead + 200, tried + 1

    bench = bench_for(cloud, device=ListeningBench(trial=trial))
    await bench.commission()
    assert (len(cloud.claims), tried, claim_of(bench)) == (2, 1, cloud.claims[1])


async def test_a_claim_that_lasts_is_not_replaced() -> None:
    cloud = FakeCloud(has_claim=True, lasts=None)
    bench = bench_for(cloud)
    await bench.commission()
    assert len(cloud.claims) == 1


async def test_a_claim_that_has_ended_when_it_comes_is_the_clocks_fault() -> None:
    bench = bench_for(FakeCloud(has_claim=True, lasts=-3600.0))
    with pytest.raises(CloudClockWrong):
        await bench.commission()
    assert bench.device.machine.standing is Standing.UNOWNED


@pytest.mark.parametrize("has_claim", [False, True])
async def test_a_link_lost_while_the_cloud_is_asked_costs_nothing(has_claim: bool) -> None:
    """The session is opened again, and its request with it: nothing of the lost one is handed over."""
    cloud = FakeCloud(certifies=True, has_claim=has_claim)
    bench = bench_for(cloud)
    lost = 0

    def lose() -> None:
        nonlocal lost
        lost += 1
        if lost == 1:
            assert bench.dialer.link is not None
            bench.dialer.link.lose()

    cloud.before, cloud.meanwhile = lose, lambda: until(lambda: bench.dialer.dialled > 1)
    try:
        await bench.commission()
    except LinkLostError:
        pytest.fail("the run gave up")
    assert bench.device.machine.standing is Standing.OWNED
    if has_claim:
        assert claim_of(bench) == cloud.claims[-1]
