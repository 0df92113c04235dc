"""Rules on firmware in a run: it stops before anything leaves, says why, and says what it could not check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import companion.runs.commissioning
import companion.runs.discovery.nearby
from companion.claims import Channel, Evidence, SessionFacts
from companion.errors.firmware import FirmwareNotTold
from companion.events import Connected, Found, Identified, Secured, Sending
from companion.firmware.rules import KeptFile, Rule, RuleBook
from companion.model import Advertisement, DeviceIdentity, FoundDevice, Severity, Step
from companion.outcome import Outcome
from companion.protocols import Context, Order
from companion.questions import ConfirmDevice
from companion.registry import DeviceRecord
from companion.runs.commissioning import CommissioningRun
from companion.runs.firmware_gate import FirmwareGate
from companion.runs.reporter import RunReporter
from tests.firmware.memory import DictMemory
from tests.support.fakes import (
    CODE,
    COMMISSIONED,
    SENSOR,
    FakeDriver,
    FakeIdentity,
    FakeRadio,
    FakeRegistry,
    Watcher,
)

RULE = Rule(model="LS-2", at_least="2.1.0")
ATTESTED = SessionFacts("oob", Channel.SEALED, frozenset({Evidence.MANUFACTURER}))


@pytest.fixture(autouse=True)
def fake_protocol(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(companion.runs.commissioning, "driver", lambda name: FakeDriver())
    monkeypatch.setattr(companion.runs.discovery.nearby, "drivers", lambda: (FakeDriver(),))
    yield


def device(firmware: str | None, model: str | None = "LS-2") -> DeviceIdentity:
    return DeviceIdentity("d1", "Lumen Sensor", model, None, firmware)


class Registry(FakeRegistry):
    """With rules, and perhaps the device as it was met before."""

    def __init__(self, *rules: Rule, before: str | None = None) -> None:
        super().__init__()
        self.kept = DictMemory()
        self._before = before
        for rule in rules:
            RuleBook(self.kept).add(rule)

    def memory(self, protocol: str, vault: Any) -> Any:
        return self.kept

    def device(self, wanted: str) -> DeviceRecord:
        if self._before is None:
            return super().device(wanted)
        now = datetime.now(UTC)
        return DeviceRecord(
            "d1", "Lumen Sensor", "fake", "oob", "commissioned", now, now, firmware=self._before
        )


async def run(registry: Registry, *told: Any, late: bool = False) -> tuple[Outcome, Watcher]:
    """A device that tells this and then gets Wi-Fi. late: what it tells comes in the step HAND_OVER"""

    async def behaviour(context: Context) -> Any:
        reporter = context.reporter
        if not late:
            reporter.begin(Step.SECURE)
        else:
            reporter.begin(Step.HAND_OVER)
        for event in told:
            reporter.report(event)
        reporter.begin(Step.HAND_OVER)
        reporter.report(Sending("wifi"))
        return COMMISSIONED

    FakeDriver.behaviour = staticmethod(behaviour)
    watcher = Watcher({ConfirmDevice: True})
    watcher.run = CommissioningRun(
        radio=FakeRadio(SENSOR),  # type: ignore[arg-type]  # fakes stand in for the rooms
        code=CODE,
        order=Order(),
        identity=FakeIdentity(),  # type: ignore[arg-type]
        registry=registry,  # type: ignore[arg-type]
        endpoint=None,
        on_event=watcher,
        timeout=5,
    )
    return await watcher.run.run(), watcher


def said(outcome: Outcome) -> list[tuple[str, str]]:
    return [(str(each.claim), str(each.sentence)) for each in outcome.findings]


@pytest.mark.parametrize("late", [False, True], ids=["before", "while handing over"])
async def test_an_old_device_gets_nothing_and_the_kept_file_is_offered(tmp_path: Path, late: bool) -> None:
    (tmp_path / "lamp.bin").write_bytes(b"image")
    file = KeptFile("lamp.bin", str(tmp_path / "lamp.bin"), "aa" * 32)
    rule = Rule(model="LS-2", at_least="2.1.0", file=file)
    outcome, watcher = await run(Registry(rule), Identified(device("2.0.9")), late=late)
    assert outcome.error is not None
    assert (outcome.error.code, outcome.exit_status, outcome.commissioned) == ("F-104", 6, None)
    assert "2.0.9" in outcome.error.title_text and "2.1.0" in outcome.error.title_text
    assert str(tmp_path / "lamp.bin") in outcome.error.advice_text
    assert watcher.of(Sending) == []


async def test_a_file_that_is_gone_is_not_offered() -> None:
    rule = Rule(model="LS-2", sequence=7, file=KeptFile("lamp.bin", "/nowhere/lamp.bin", "aa" * 32))
    outcome, _ = await run(Registry(rule), Identified(device("2.0.9"), 6))
    assert outcome.error is not None and outcome.error.code == "F-105"
    assert "/nowhere" not in outcome.error.advice_text


@pytest.mark.parametrize(
    ("session", "sentence"),
    [
        (None, "nothing protects that"),
        (SessionFacts("improv", Channel.CLEAR), "nothing protects that"),
        (SessionFacts("oob", Channel.SEALED, frozenset({Evidence.CODE_SECRET})), "nobody vouches"),
        (ATTESTED, "vouches for the device, not for this version"),
    ],
)
async def test_who_says_that_it_is_new_enough_is_said(session: SessionFacts | None, sentence: str) -> None:
    secured = () if session is None else (Secured("any", None, session),)
    outcome, _ = await run(Registry(RULE), Identified(device("2.1.0")), *secured)
    assert outcome.error is None
    ((claim, reason),) = [each for each in said(outcome) if "rule" in each[0]]
    assert claim == "Firmware 2.1.0 meets your rule: at least 2.1.0" and sentence in reason


async def test_a_device_that_does_not_say_it_is_stopped_unless_its_user_wants_it_otherwise() -> None:
    outcome, watcher = await run(Registry(RULE), Identified(device(None)))
    assert outcome.error is not None and outcome.error.code == "F-107" and watcher.of(Sending) == []
    assert "version" in outcome.error.detail and "LS-2" in outcome.error.title_text
    lenient = Rule(model="LS-2", at_least="2.1.0", stops_untold=False)
    outcome, _ = await run(Registry(lenient), Identified(device(None)))
    assert outcome.error is None
    (finding,) = [each for each in outcome.findings if "not checked" in str(each.claim)]
    assert finding.severity is Severity.WARNING and "does not say" in str(finding.sentence)


async def test_a_device_without_a_model_or_a_word_is_never_passed_in_silence() -> None:
    """Third-party protocols may identify nothing at all."""
    outcome, _ = await run(Registry(RULE))
    assert outcome.error is None
    assert said(outcome) == [
        ("Your firmware rule for LS-2 was not checked", "The device does not say which model it is.")
    ]
    outcome, watcher = await run(Registry(Rule(protocol="fake", at_least="1.0")))
    assert outcome.error is not None and outcome.error.code == "F-107" and watcher.of(Sending) == []


async def test_a_reused_nonce_stops_a_run_as_soon_as_it_is_measured() -> None:
    rule = Rule(protocol="espressif", nonce_fix=True)
    registry = Registry(rule, Rule(model="LS-2", protocol="fake", at_least="2.0", sequence=3, signer="PEM"))
    session = SessionFacts("security-2", Channel.NONCE_REUSED)
    outcome, _ = await run(registry, Identified(device("2.1.0"), 3), Secured("security-2", None, session))
    assert outcome.error is None, "the rule is another protocol's"
    assert [claim for claim, _ in said(outcome)][-3:] == [
        "Firmware 2.1.0 meets your rule: at least 2.0",
        "Firmware with sequence number 3 meets your rule: at least 3",
        "Who signed its firmware is not known",
    ]


OTHER = FoundDevice("fake", Advertisement("C0:00:00:00:00:02", "Lumen Sensor"), "Lumen Sensor")


@pytest.mark.parametrize(
    "then",
    [
        (Connected(23, again=True),),
        (Connected(23, again=True), Identified(device(None, None))),
        (Found(OTHER), Connected(23, again=True), Identified(device(None))),
        (Identified(device(None)),),
    ],
    ids=["says nothing", "no model", "another one", "takes it back"],
)
async def test_who_is_at_the_other_end_of_a_new_link_has_to_pass_by_itself(then: tuple[Any, ...]) -> None:
    """The first one met the rule, and got its network or lost its link before."""
    rule = Rule(model="LS-2", protocol="fake", at_least="2.1.0")
    met = (Identified(device("2.1.0")), Sending("wifi"))
    outcome, watcher = await run(Registry(rule), *met, *then)
    assert outcome.error is not None and outcome.error.code == "F-107" and len(watcher.of(Sending)) == 1
    assert not any("meets your rule" in claim for claim, _ in said(outcome))


def test_a_nonce_that_was_measured_in_an_earlier_session_says_nothing_of_this_one() -> None:
    reporter = RunReporter(lambda event: None)
    rule = Rule(protocol="espressif", nonce_fix=True)
    reporter.gate = FirmwareGate((rule,), protocol=lambda: "espressif", before=lambda device: None)
    secured = Secured("security-2", None, SessionFacts("security-2", Channel.SEALED))
    for event in (
        Identified(device(None)),
        secured,
        Sending("wifi"),
        Connected(23),
        Identified(device(None)),
    ):
        reporter.report(event)
    with pytest.raises(FirmwareNotTold):
        reporter.report(Sending("wifi"))
    reporter.report(secured)
    reporter.report(Sending("wifi"))


async def test_what_a_rule_came_to_for_a_device_that_was_left_is_no_finding() -> None:
    lenient = Rule(model="LS-2", protocol="fake", at_least="2.1.0", stops_untold=False)
    outcome, _ = await run(Registry(lenient), Identified(device("2.1.0")), Sending("wifi"), Connected(23))
    assert outcome.error is None
    assert not any("meets your rule" in claim for claim, _ in said(outcome))
    assert any("not checked" in claim for claim, _ in said(outcome))


async def test_what_another_device_said_is_not_taken_for_this_ones_word() -> None:
    rule = Rule(model="LS-2", protocol="fake", at_least="2.1.0")
    outcome, watcher = await run(Registry(rule), Identified(device("2.1.0")), Found(OTHER))
    assert outcome.error is not None and outcome.error.code == "F-107" and watcher.of(Sending) == []


async def test_an_older_version_than_before_is_named_without_any_rule() -> None:
    outcome, _ = await run(Registry(before="2.1.0"), Identified(device("2.0.9")))
    assert outcome.error is None
    ((claim, _),) = said(outcome)
    assert claim == "Older firmware than before: 2.0.9, and 2.1.0 before that"
    outcome, _ = await run(Registry(before="2.1.0"), Identified(device("2.1.0")))
    assert said(outcome) == []


async def test_a_rule_that_can_not_be_read_stops_every_run() -> None:
    registry = Registry()
    registry.kept.put("rules", ["?"])
    outcome, watcher = await run(registry, Identified(device("2.1.0")))
    assert outcome.error is not None and outcome.error.code == "F-108" and watcher.of(Sending) == []
