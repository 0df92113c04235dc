"""What the drivers measure with virtual devices is what the cases of the table stand for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from companion import claims
from companion.claims import Delivery, Evidence, RunFacts, SessionFacts
from companion.claims.tracker import conclude, follow
from companion.errors import Cancelled, NetworkMissing
from companion.events import Connected, CredentialDelivered, Event, Secured, Sending, StepFinished
from companion.protocols import Order, OwnedDevice, OwnershipOperation
from companion.protocols.espressif.driver.driver import Driver as EspressifDriver
from companion.protocols.espressif.virtual.options import IDF_4_4, IDF_5_4, IDF_5_5
from companion.protocols.improv.driver import Driver as ImprovDriver
from companion.questions import AcceptRisk, ChooseDevice, ChooseNetwork, EnterSecret, SetupSecret
from companion.secret import Secret
from tests.claims.cases import SESSIONS
from tests.protocols.espressif import test_on_air as espressif
from tests.protocols.improv import test_on_air as improv
from tests.protocols.on_air import Answering, Bench
from tests.protocols.rp1.driver import test_ownership
from tests.protocols.rp1.driver.session import test_factory_keys
from tests.protocols.rp1.handshake import test_attestation
from tests.protocols.rp1.support.bench import IDENTITY, PRODUCT
from tests.protocols.rp1.support.driver_bench import (
    DriverBench,
    FakeReporter,
    ListeningBench,
    with_code,
    without_code,
)
from tests.protocols.rp1.support.run_kills import Killed, killed_at_verify

PSK = bytes(range(32, 48))
CHAIN = (test_attestation.leaf(IDENTITY), test_attestation.INTERMEDIATE)


def followed(reporter: FakeReporter) -> RunFacts:
    """What is known after all that was told."""
    known = RunFacts()
    for event in reporter.told:
        known = follow(known, event)
    return known


def is_case(session: SessionFacts | None, name: str) -> None:
    """The session is the table's, whatever suite there was."""
    expected = SESSIONS[name]
    assert session is not None and expected is not None
    assert replace(session, hybrid=expected.hybrid) == expected


def attested(method: str, *, code: bool = True, **extra: str) -> DriverBench:
    """A device with a manufacturer's chain that the user pinned, and a factory key."""
    product = replace(PRODUCT, chain=CHAIN, serial="l-1", psks=((b"\x0a", Secret(PSK)),))
    made = with_code if code else without_code
    bench = made(device=ListeningBench(product=product), order=Order(method=method, extra=extra))
    bench.memory.put("makers", [test_attestation.ROOT.hex()])
    bench.memory.put_secret("psk/0a", PSK)
    return bench


def known_before() -> DriverBench:
    bench = test_factory_keys.assigned_desk()
    bench.order = Order(method="key", extra={"voucher": test_factory_keys.voucher(bench)})
    return bench


RP1: dict[str, Callable[[], DriverBench]] = {
    "RP1 oob": with_code,
    "RP1 oob+key": lambda: attested("oob+key"),
    "RP1 nc": without_code,
    "RP1 nc+key": lambda: attested("nc+key", code=False),
    "RP1 psk": lambda: attested("psk", psk_id="0a"),
    "RP1 psk+key": lambda: attested("psk+key", code=False, psk_id="0a"),
    "RP1 key, known before": known_before,
}


@pytest.mark.parametrize("name", RP1)
async def test_an_rp1_method_proves_what_its_case_says(name: str) -> None:
    bench = RP1[name]()
    done = await bench.commission()
    known = followed(bench.reporter)
    is_case(known.session, name)
    assert done.method == known.session.method  # type: ignore[union-attr]
    assert (known.delivery, conclude(known, done).owned) == (Delivery.TAKEN, True)


async def test_a_label_proves_nothing_in_a_comparison() -> None:
    bench = with_code(order=Order(method="nc"))
    await bench.commission()
    assert followed(bench.reporter).evidence == {Evidence.COMPARISON}


async def test_an_owners_session_rests_on_the_record_or_the_token() -> None:
    bench = await test_ownership.owned()
    await bench.operate(OwnershipOperation.QUERY, OwnedDevice("Lamp", PRODUCT.point, PRODUCT.serial))
    is_case(followed(bench.reporter).session, "RP1 owner")
    other = test_ownership.stranger(bench)
    await other.operate(OwnershipOperation.ACCEPT, test_ownership.token(bench, other))
    is_case(followed(other.reporter).session, "RP1 owner, by a token")


async def test_a_resumption_in_a_later_run_claims_what_its_first_session_proved() -> None:
    bench = with_code()
    with pytest.raises(Killed):
        await killed_at_verify(bench)
    bench.device.trial = lambda trial: None
    bench.reporter = FakeReporter(networks=[])
    await bench.commission()
    sessions = [event.session for event in bench.reporter.told if isinstance(event, Secured)]
    is_case(sessions[0], "RP1 resumed from an earlier run, by the label")


# --- ESP-IDF ----------------------------------------------------------------------------------------------


@pytest.fixture
def esp(monkeypatch: pytest.MonkeyPatch) -> Bench:
    return Bench(monkeypatch, EspressifDriver(polls=(0.01,) * 20, comeback=3.0))


ESPRESSIF: dict[str, dict[str, Any]] = {
    "ESP-IDF security 2, code": {"firmware": IDF_5_5, "security": 2},
    "ESP-IDF security 2 before patch 1": {"firmware": IDF_5_4, "security": 2},
    "ESP-IDF security 1, code": {"firmware": IDF_4_4, "security": 1},
    "ESP-IDF security 0": {"firmware": IDF_5_5, "security": 0},
}


@pytest.mark.parametrize("name", ESPRESSIF)
async def test_a_scheme_of_esp_idf_is_worth_what_its_case_says(esp: Bench, name: str) -> None:
    options = ESPRESSIF[name]
    yes = {AcceptRisk: lambda question: True}
    outcome = await esp.commission(
        espressif.device(**options), code=espressif.code_of(**options), order=espressif.KNOWN, answers=yes
    )
    assert outcome.error is None
    is_case(outcome.facts.session, name)
    assert outcome.facts.delivery is Delivery.IN_USE
    measured = [finding for finding in outcome.findings if not finding.expected]
    assert tuple(measured) == claims.measured(outcome.facts.session)  # type: ignore[arg-type]


async def test_a_typed_secret_is_not_the_codes(esp: Bench) -> None:
    answers = {
        ChooseDevice: lambda question: question.devices[0],
        EnterSecret: lambda question: SetupSecret(Secret("abcd1234"), "wifiprov"),
    }
    board = espressif.device(firmware=IDF_5_5)
    outcome = await esp.commission(board, code=None, order=espressif.KNOWN, answers=answers)
    is_case(outcome.facts.session, "ESP-IDF security 2, typed")


async def test_a_passphrase_that_is_refused_was_handed_over_all_the_same(esp: Bench) -> None:
    nobody = {ChooseNetwork: lambda question: NetworkMissing()}
    wrong = Order(wifi=espressif.WRONG)
    outcome = await esp.commission(espressif.device(), code=espressif.code_of(), order=wrong, answers=nobody)
    assert outcome.facts.delivery is Delivery.REJECTED
    assert "could not use" in str(claims.delivery(outcome.facts))


async def test_a_refused_risk_leaves_nothing_on_the_device(esp: Bench) -> None:
    no = {AcceptRisk: lambda question: False}
    outcome = await esp.commission(
        espressif.device(security=0), code=espressif.code_of(security=0), order=espressif.KNOWN, answers=no
    )
    assert isinstance(outcome.error, Cancelled)
    assert (outcome.facts.session, outcome.facts.delivery) == (None, Delivery.NOTHING)


# --- Improv -----------------------------------------------------------------------------------------------


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Bench:
    return Bench(monkeypatch, ImprovDriver(improv.QUICK))


async def test_improv_proves_nothing_and_says_so(board: Bench) -> None:
    outcome = await improv.commission(board, improv.device(), improv.KNOWN)
    is_case(outcome.facts.session, "Improv over Bluetooth")
    assert outcome.facts.delivery is Delivery.IN_USE and not outcome.facts.owned
    summaries = [str(event.summary) for event in board.of(StepFinished)]
    assert "Connected without encryption" in summaries and "Secure session established" not in summaries


@pytest.mark.parametrize("moment", [Connected, Sending, CredentialDelivered], ids=lambda one: one.__name__)
async def test_a_cancelled_run_says_whether_the_passphrase_went_out(
    board: Bench, monkeypatch: pytest.MonkeyPatch, moment: type[Event]
) -> None:
    hear = Answering.__call__

    def cancel(watcher: Answering, event: Event) -> None:
        hear(watcher, event)
        if isinstance(event, moment):
            watcher.run.cancel()

    monkeypatch.setattr(Answering, "__call__", cancel)
    outcome = await improv.commission(board, improv.device(), improv.KNOWN)
    assert isinstance(outcome.error, Cancelled)
    said = str(outcome.as_json())
    assert ("No credentials were sent" in said) == (moment is Connected)
    assert (outcome.facts.delivery is Delivery.NOTHING) == (moment is Connected)
