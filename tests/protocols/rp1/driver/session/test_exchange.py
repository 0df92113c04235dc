"""What an exchange ends with, in a session of the owner and in one under a grant."""

from __future__ import annotations

import pytest

from companion import errors
from companion.protocols.rp1.aborts import Abort, LocalAbort, PeerAbort
from companion.protocols.rp1.driver.session.exchange import explained
from companion.protocols.rp1.wire.operations import Op
from companion.protocols.rp1.wire.results import RequestRefused

NAMED = {
    Abort.NOT_AUTHORISED: "does not cover this device or this step",
    Abort.GRANT: "revoked, has expired, is used up or is not valid yet",
    Abort.NOT_AUTHENTIC: "another owner",
}


@pytest.mark.parametrize(("code", "words"), NAMED.items())
def test_under_a_grant_the_user_reads_which_bound_the_device_named(code: Abort, words: str) -> None:
    for said in (PeerAbort(code), RequestRefused(Op.STAGE, code)):
        with (
            pytest.raises(errors.GrantStepRefused, match=str(int(code))) as refused,
            explained(by_grant=True),
        ):
            raise said
        assert words in refused.value.advice_text and not refused.value.retryable


def test_a_grant_changes_nothing_about_other_ends() -> None:
    for said in (PeerAbort(Abort.NO_SPACE), RequestRefused(Op.STAGE, Abort.NO_SPACE)):
        with pytest.raises(errors.DeviceFull), explained(by_grant=True):
            raise said
    with pytest.raises(errors.NotAuthorised), explained(by_grant=False):
        raise PeerAbort(Abort.GRANT)
    with pytest.raises(errors.WrongIdentity), explained(by_grant=True):
        raise LocalAbort(Abort.NOT_AUTHENTIC, "its own signature does not hold")


def test_a_device_that_names_nothing_is_said_to_reject_the_grant() -> None:
    assert "Ask its owner" in errors.GrantRefused().advice_text
    assert "Ask its owner" in errors.GrantStepRefused().advice_text
