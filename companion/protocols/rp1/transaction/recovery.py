"""What a transaction goes on after: refusals that the device and we can mend, and networks that fail."""

from __future__ import annotations

from companion.protocols.rp1.aborts import Abort, VerifyFailure
from companion.protocols.rp1.transaction.events import VerifyFailed
from companion.protocols.rp1.wire.operations import Op

MOST = 2
"""Recoveries in one session; whoever needs more does not get on."""

_NETWORK_FAILURES = (
    VerifyFailure.WIFI_AUTH,
    VerifyFailure.WIFI_NOT_FOUND,
    VerifyFailure.DHCP,
    VerifyFailure.THREAD_ATTACH,
)
_RECOVERABLE = (Abort.NOT_AUTHORISED, Abort.CHAIN, Abort.STAGE_HASH, Abort.TX_UNKNOWN)
_RECOVERABLE_OPS = (Op.STAGE, Op.VERIFY, Op.COMMIT, Op.FINAL)


def is_possible(op: Op, status: int) -> bool:
    """True if a request that was refused so can succeed after the device was asked what it has."""
    return op in _RECOVERABLE_OPS and status in _RECOVERABLE


def needs_another_network(failed: VerifyFailed) -> bool:
    """True if the device tried the network that it was given, and could not use it."""
    return failed.detail in _NETWORK_FAILURES
