"""What is said of RP1's methods is about methods that there are."""

from __future__ import annotations

from companion.claims.run_facts import Evidence
from companion.protocols.rp1 import PROTOCOL
from companion.protocols.rp1.methods import METHOD_NAMES, ONBOARDING_METHODS, Method, has
from companion.protocols.rp1.provisioning_methods import METHODS


def test_each_can_set_a_device_up_and_promises_what_it_proves() -> None:
    for method in METHODS:
        bits, evidence = METHOD_NAMES[method.name], method.session.evidence
        assert bits in ONBOARDING_METHODS
        assert (Evidence.COMPARISON in evidence) is has(bits, Method.NC)
        assert (Evidence.SHARED_KEY in evidence) is has(bits, Method.PSK)
        assert (Evidence.MANUFACTURER in evidence) is has(bits, Method.KEY)
        out_of_band = {
            Evidence.LABEL_KEY,
            Evidence.SHOWN_SECRET,
            Evidence.HEARD_SECRET,
            Evidence.SCREEN_SECRET,
        }
        assert bool(out_of_band & evidence) is has(bits, Method.OOB)


def test_they_are_those_that_are_declared() -> None:
    assert PROTOCOL.methods() == METHODS
