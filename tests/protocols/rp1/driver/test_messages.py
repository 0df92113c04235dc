"""The sentences and facts that go from the driver to people."""

from __future__ import annotations

from companion import errors
from companion.protocols.rp1.aborts import Abort
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.driver import messages
from companion.protocols.rp1.transaction.plan import Keeping, Plan
from companion.protocols.rp1.wire.operations import Op
from companion.protocols.rp1.wire.results import RequestRefused

NOTHING = Plan(None, Keeping(bytes(65)))


def test_each_phase_of_the_trial_has_its_sentence():
    sentences = {str(messages.verify_phase(phase)) for phase in range(1, 6)}
    assert len(sentences) == 5
    assert str(messages.verify_phase(9)) == "The device is testing its credentials"


def test_an_item_without_known_facts_is_told_by_its_name():
    for kind in (ItemType.THREAD, ItemType.WIFI, ItemType.CLOUD, ItemType.TIME):
        made = messages.credential(kind, NOTHING, (), None)
        assert (made.kind, dict(made.details)) == (kind.name.lower(), {})


def test_an_item_that_makes_no_sense_to_the_device_is_not_told_as_the_devices_nonsense():
    error = messages.refusal(RequestRefused(Op.STAGE, Abort.MALFORMED))
    assert type(error) is errors.CredentialsRejected
    assert "status 4" in error.detail
    assert type(messages.refusal(RequestRefused(Op.STAGE, Abort.NO_SPACE))) is errors.DeviceFull
