"""What is said of Matter's commissioning does not promise more than its own code proves."""

from __future__ import annotations

from companion.claims.attacks import Criterion, Rating
from companion.claims.run_facts import Evidence
from companion.protocols.matter import PROTOCOL
from companion.protocols.matter.provisioning_methods import METHODS


def test_a_device_that_nobody_attests_is_no_longer_kept_apart() -> None:
    (method,) = METHODS
    assert method.session.evidence == {Evidence.CODE_SECRET, Evidence.MANUFACTURER}
    assert method.judgements[Criterion.SPOOFING].rating is Rating.GOOD


def test_they_are_those_that_are_declared() -> None:
    assert PROTOCOL.methods() == METHODS
