"""A kept run is told once more: the same events, as far as they were kept, and the same end."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from companion import events, questions
from companion.claims.run_facts import Channel, Evidence, SessionFacts
from companion.errors import Cancelled, CompanionError, LinkLostError, OutsideGrant, WrongPassphrase
from companion.link_counts import LinkCounts
from companion.model import (
    Advertisement,
    Check,
    Credential,
    DeviceIdentity,
    Finding,
    FoundDevice,
    Handshake,
    Ownership,
    Proof,
    Severity,
    Step,
    Text,
    Verdict,
)
from companion.outcome import Outcome, Result
from companion.registry.privacy.allowed_fields import stored_facts
from companion.registry.privacy.redaction import EVENTS, redacted
from companion.registry.records import EventRecord, RunRecord
from companion.reports.playback import NO_NUMBER, moments
from companion.reports.reader import _run
from tests.reports.samples import BEGAN, EVIL, GOOD, LOST, event

LUMEN = FoundDevice("rp1", Advertisement("AA:BB", rssi=-48), "Lumen", Ownership.UNOWNED, 12)
FINDING = Finding(Text("Weak"), Text("Anyone in {place}.", {"place": "range"}), Severity.WARNING, True)
CHECKS = (Check("chain", Text("A"), Text("B"), Verdict.FAILED),)
IDENTITY = DeviceIdentity("rp1-1", "Lumen", "Lumen Sensor", "SN-7", "2.4")
TOLD: tuple[events.Event, ...] = (
    events.RunStarted("aa72", None),
    events.StepStarted(Step.FIND),
    events.Found(LUMEN),
    events.SecurityFound(FINDING),
    questions.ConfirmDevice(LUMEN, (FINDING,)),
    events.StepFinished(Step.FIND, 0.5, Text("Found {name}", {"name": "Lumen"})),
    events.Connected(247, again=True),
    events.LinkLost(2),
    events.Secured(
        "oob",
        Handshake(4, 436),
        SessionFacts("oob", Channel.SEALED, frozenset({Evidence.LABEL_KEY}), hybrid=True),
    ),
    events.Identified(IDENTITY),
    events.AttestationChecked(CHECKS),
    questions.ReviewAttestation(IDENTITY, CHECKS),
    questions.CompareNumbers(NO_NUMBER, 90.0),
    questions.AcceptRisk(FINDING),
    questions.TryAgain(Text("In the way"), Text("Move it")),
    questions.ChooseNetwork(needs_wifi=False, problem=Text("Wrong"), needs_thread=True),
    events.ActionNeeded(Text("Press the button")),
    events.Progress(Step.HAND_OVER, Text("Sending")),
    events.Sending("wifi"),
    events.Withdrawn(),
    events.CredentialDelivered(Credential("wifi", {"ssid": "Hafen 12"})),
    events.Proven(Proof("broker:8883", "TLSv1.3", "01", 0.4)),
)


def kept(*told: events.Event, of: RunRecord = GOOD) -> RunRecord:
    """A run as the registry hands it out."""
    rows = []
    for number, each in enumerate(told):
        kind, facts = stored_facts(each)
        rows.append(EventRecord(number, BEGAN + timedelta(seconds=number), kind, facts))
    return replace(of, started=BEGAN, events=tuple(rows))


def ended(error: CompanionError | None, result: Result = Result.FAILED) -> Outcome:
    outcome = Outcome(result, "aa72", "rp1", (), LinkCounts(reads=3), error=error, failed_step=Step.CHECK)
    record = kept(events.Counted(outcome.link), of=replace(GOOD, outcome=outcome.as_json()))
    (moment,) = moments(record)
    assert isinstance(moment.event, events.RunFinished)
    return moment.event.outcome


def test_what_was_kept_is_told_again() -> None:
    again = moments(kept(*TOLD))
    assert tuple(moment.event for moment in again) == TOLD
    assert [moment.at for moment in again] == [float(number) for number in range(len(TOLD))]


def test_the_end_is_that_of_the_run() -> None:
    done = ended(None, Result.COMMISSIONED)
    assert done.result is Result.COMMISSIONED and done.commissioned is not None and done.link.reads == 3
    wrong = ended(WrongPassphrase(ssid="Hafen {12}"))
    assert isinstance(wrong.error, WrongPassphrase) and wrong.failed_step is Step.CHECK
    assert wrong.error.title_text == "Wrong password for Hafen {12}"
    said = OutsideGrant("place", owner="Ines", limit="the lab")
    outside = ended(said).error
    assert outside is not None and outside.code == said.code
    assert (outside.title_text, outside.advice_text) == (said.title_text, said.advice_text)
    missing = LinkLostError()
    missing.missing = Text("Hold {it} closer.", {"it": "it"})
    lost = ended(missing).error
    assert lost is not None and lost.advice_text == "Hold it closer."
    assert isinstance(ended(Cancelled()).error, Cancelled)


@pytest.mark.parametrize("run", [GOOD, LOST, EVIL])
def test_a_report_of_somebody_else_is_told_with_its_stand_ins(run: RunRecord) -> None:
    told = moments(_run(redacted(run.as_json())))
    assert len(told) == len(run.events)
    finished = [each.event for each in told if isinstance(each.event, events.RunFinished)]
    assert finished and finished[0].outcome.result.value == run.state
    assert "Lumen" not in repr(told).replace("Lumen Sensor", "")


def test_nonsense_is_left_out() -> None:
    nonsense = (
        event(0, 0, "step_started", step="dance"),
        event(1, 0, "step_finished"),
        event(2, 0, "secured", session={"channel": "smoke"}),
        event(3, 0, "security_found", severity=7),
        event(4, 0, "asked_serial", known="many"),
        event(5, 0, "handed_over", credential="wifi", details=["ssid"]),
        event(6, 0, "no such kind"),
    )
    told = moments(replace(GOOD, events=nonsense, outcome={"outcome": "won"}))
    assert [moment.event for moment in told] == [None] * len(nonsense)


def test_no_event_is_forgotten() -> None:
    """What no page of a run shows stands here."""
    without_a_page = {
        *("in_lab", "captured", "passkey_shown", "dismissed", "certificate_issued", "certificate_revoked"),
        *("token_offered", "token_cancelled", "token_ended", "list_heard", "status_reported", "switched"),
        *("controllers_reported", "controller_joined", "controller_removed"),
        *("sharing_opened", "sharing_ended"),
    }
    told = {stored_facts(each)[0] for each in TOLD}
    ends = {"counted", "run_finished", "asked_secret", "asked_serial", "asked_which_device"}
    assert set(EVENTS) - told - ends == without_a_page
