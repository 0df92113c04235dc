"""The table that people read is the one that the code makes, and its rules hold in every row."""

import pytest

from companion import claims
from companion.claims import Channel, Delivery, Evidence, RunFacts, SessionFacts, Strength
from companion.claims.tracker import conclude, follow, from_record
from companion.events import CredentialDelivered, RunStarted, Secured, Sending, Withdrawn
from companion.model import Commissioned, Possession, Severity
from companion.registry.privacy.allowed_fields import stored_facts
from tests.claims.cases import DEVICE, SESSIONS, WIFI, Case, cases
from tests.claims.table import FILE, made

CASES = cases()


def test_the_table_is_what_the_code_says() -> None:
    assert FILE.read_text(encoding="utf-8") == made(), "`python -m tests.claims` renews it: read it then"


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.name}: {case.how}")
def test_no_case_claims_more_than_was_measured(case: Case) -> None:
    known, session = case.known, case.session
    good = [said for said in claims.identity(known) if said.severity is Severity.GOOD]
    if session is None or not session.evidence:
        assert good == [], "without evidence nobody is authenticated"
        assert claims.strength(known) is not Strength.STRONG
    if session is None or session.channel is not Channel.SEALED:
        assert not str(claims.reach(known)).startswith("Only"), "only a sealed session has one reader"
    if Evidence.LABEL_KEY not in known.evidence and Evidence.CODE_SECRET not in known.evidence:
        told = [*claims.identity(known), *claims.channel(known)]
        assert not any("setup code" in f"{said.claim} {said.sentence}" for said in told)
        assert "setup code" not in str(claims.reach(known)), "the label proved nothing in this method"
    nothing_sent = not known.sent
    assert ("No credentials were sent" in str(claims.delivery(known))) == nothing_sent
    is_ours = claims.possession(known, Possession.COMMISSIONED).template == "{name} is yours"
    assert not is_ours or known.owned


def test_each_evidence_and_channel_has_its_own_words() -> None:
    everybody = claims.identity(RunFacts(session=SessionFacts("all", Channel.SEALED, frozenset(Evidence))))
    assert len({str(said.claim) for said in everybody}) == len(Evidence)
    sessions = [SessionFacts("one", channel) for channel in Channel]
    told = {str(claims.channel(RunFacts(session=session))[0].claim) for session in sessions}
    assert len(told) == len(Channel)


@pytest.mark.parametrize("name", [name for name, session in SESSIONS.items() if session is not None])
def test_a_kept_session_is_told_as_it_was(name: str) -> None:
    session = SESSIONS[name]
    assert session is not None
    _, facts = stored_facts(Secured(session.method, None, session))
    again = from_record(facts)
    assert claims.identity(again) == claims.identity(RunFacts(session=session))
    assert claims.session(again) == claims.session(RunFacts(session=session))


def test_an_older_record_tells_no_protection() -> None:
    assert (
        str(claims.session(from_record({"method": "security-0", "handshake": None}))) == "Session established"
    )


def test_a_resumption_is_worth_what_its_session_of_the_same_run_was() -> None:
    label, resumed = SESSIONS["RP1 oob"], SESSIONS["RP1 resumed from an earlier run"]
    assert label is not None and resumed is not None
    known = follow(follow(RunFacts(), Secured("oob", None, label)), Secured("psk", None, resumed))
    assert known.evidence == {Evidence.LABEL_KEY}
    assert follow(RunFacts(), Secured("psk", None, resumed)).evidence == {Evidence.RESUMED}


def test_what_was_dropped_is_not_taken_until_it_is_sent_again() -> None:
    known = RunFacts()
    for event in (Sending("wifi"), CredentialDelivered(WIFI), Withdrawn()):
        known = follow(known, event)
    assert (known.delivery, known.taken) == (Delivery.WITHDRAWN, ())
    assert follow(known, Sending("wifi")).delivery is Delivery.SENT
    assert follow(known, RunStarted("run-2", None)) == RunFacts()


def test_what_an_earlier_run_handed_over_is_confirmed_with_its_run() -> None:
    done = Commissioned(DEVICE, "security-2", (WIFI,))
    assert conclude(RunFacts(), done).delivery is Delivery.IN_USE
    assert conclude(RunFacts(), Commissioned(DEVICE, "owner")).delivery is Delivery.NOTHING


@pytest.mark.parametrize(
    ("told", "done", "words"),
    [
        ((), None, "No credentials were sent"),
        ((Sending("reset"),), None, "the device did not confirm it"),
        ((Sending("reset"), Withdrawn()), None, "it was not reset"),
        ((Sending("reset"),), Commissioned(DEVICE, "owner", possession=Possession.RELEASED), "no owner now"),
        (
            (Sending("reset"),),
            Commissioned(DEVICE, "owner", possession=Possession.ENTRUSTED),
            "still belongs",
        ),
    ],
)
def test_a_reset_is_no_credential(told: tuple[Sending, ...], done: Commissioned | None, words: str) -> None:
    known = RunFacts()
    for event in told:
        known = follow(known, event)
    known = conclude(known, done)
    assert words in str(claims.delivery(known))
    if known.keeps_owner:
        assert "still belongs to its owner" in claims.possession(known, Possession.ENTRUSTED).template
