"""What is said about attacks agrees with what is said of the session otherwise."""

from __future__ import annotations

import pytest

from companion.claims import Channel, Evidence, RunFacts, SessionFacts, Strength, strength
from companion.claims.attacks import Criterion, Rating, attacks
from tests.claims.cases import SESSIONS

MEASURED = {name: session for name, session in SESSIONS.items() if session is not None}


@pytest.mark.parametrize("session", MEASURED.values(), ids=MEASURED)
def test_no_attack_is_said_to_fail_on_a_session_that_is_called_weak(session: SessionFacts) -> None:
    found, overall = attacks(session), strength(RunFacts(session=session))
    if overall in (Strength.NONE, Strength.WEAK):
        assert Rating.GOOD not in {judgement.rating for judgement in found.values()}
    else:
        assert found[Criterion.MITM].rating is not Rating.POOR
    assert not any(judgement.measured for judgement in found.values()), "who measured says so"


@pytest.mark.parametrize("evidence", Evidence)
def test_only_what_nobody_else_has_keeps_another_device_out(evidence: Evidence) -> None:
    session = SessionFacts("any", Channel.SEALED, frozenset({evidence}))
    shown = {Evidence.SHOWN_SECRET, Evidence.HEARD_SECRET, Evidence.SCREEN_SECRET}
    shared = shown | {Evidence.CODE_SECRET, Evidence.TYPED_SECRET, Evidence.SHARED_KEY}
    people = {Evidence.COMPARISON, Evidence.RESUMED}
    keeps_out = attacks(session)[Criterion.SPOOFING].rating is Rating.GOOD
    assert keeps_out is (evidence not in shared | people)


@pytest.mark.parametrize("evidence", [Evidence.SHOWN_SECRET, Evidence.HEARD_SECRET, Evidence.SCREEN_SECRET])
def test_a_secret_that_was_shown_does_not_keep_out_who_saw_or_heard_it(evidence: Evidence) -> None:
    shown = SessionFacts("oob", Channel.SEALED, frozenset({evidence}))
    assert attacks(shown)[Criterion.MITM].rating is Rating.FAIR
    with_key = SessionFacts("oob", Channel.SEALED, frozenset({evidence, Evidence.KNOWN_KEY}))
    assert attacks(with_key)[Criterion.MITM].rating is Rating.GOOD


def test_an_encrypted_session_with_nobody_may_end_anywhere() -> None:
    assert attacks(SessionFacts("any", Channel.SEALED))[Criterion.MITM].rating is Rating.POOR
