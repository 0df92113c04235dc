"""The exact rules, in the order in which they are applied."""

from __future__ import annotations

from collections.abc import Callable

from companion.trust.anomalies import device_rules, grant_rules
from companion.trust.anomalies.alarms import Alarm, NotKnown
from companion.trust.anomalies.device_rules import Finding
from companion.trust.anomalies.history import History
from companion.trust.anomalies.records import Ending, Onboarding

ALL: tuple[Callable[[Onboarding, History], Finding], ...] = (
    device_rules.same_key,
    device_rules.same_serial,
    device_rules.same_secret,
    device_rules.same_request,
    device_rules.other_owner,
    device_rules.older_firmware,
    grant_rules.no_grant,
    grant_rules.too_many,
    grant_rules.out_of_bounds,
    grant_rules.not_listed,
    grant_rules.clock_back,
    grant_rules.not_logged,
    grant_rules.held_back,
)
_WITHOUT_DEVICE = (grant_rules.clock_back,)


def check(new: Onboarding, history: History) -> tuple[list[Alarm], list[NotKnown]]:
    """What the rules say of an onboarding, and which of them lack a fact.

    Of a run that gave the device nothing, only the computer's clock is judged.
    """
    finished = new.ending not in (Ending.REFUSED, Ending.FAILED)
    found = [rule(new, history) for rule in (ALL if finished else _WITHOUT_DEVICE)]
    alarms = [each for each in found if isinstance(each, Alarm)]
    return alarms, [each for each in found if isinstance(each, NotKnown)]
