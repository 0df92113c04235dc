"""Before credentials leave: is the firmware of this device what its user's rules ask for?"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from companion.claims import RunFacts
from companion.claims import firmware as claims
from companion.errors import CompanionError, RecordMissing
from companion.errors.firmware import (
    FirmwareNonceReused,
    FirmwareNotTold,
    FirmwareSequenceTooLow,
    FirmwareTooOld,
)
from companion.events import Connected, Event, Found, Identified, Secured
from companion.files import abbreviate_home
from companion.firmware.gate import Answer, Asked, Judgement, is_rolled_back, judge
from companion.firmware.rules import MEMORY, Rule, RuleBook
from companion.model import Finding, Text
from companion.registry.lookup import by_id

if TYPE_CHECKING:
    from companion.registry import Registry

log = logging.getLogger(__name__)


def open_gate(registry: Registry, protocol: Callable[[], str | None]) -> FirmwareGate:
    """The gate of a run, with the rules of its registry. Raises FirmwareRuleUnusable, StorageError."""

    def before(device: str) -> str | None:
        try:
            return registry.device(by_id(device)).firmware
        except RecordMissing:
            return None
        except CompanionError as error:
            log.warning("whether firmware was newer before is not known: %s", error.code)
            return None

    rules = RuleBook(registry.memory(MEMORY, None)).rules()
    return FirmwareGate(rules, protocol=protocol, before=before)


class FirmwareGate:
    """The rules of one run. A device that breaks one is stopped as soon as it shows that; what a device does
    not say is decided when the run is about to hand over.

    At the other end of each new link there may be another device: only what was said over this one counts.

    protocol: of the device, once that is known; before: the firmware that a device of this id had when it was
    met last
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        *,
        protocol: Callable[[], str | None],
        before: Callable[[str], str | None],
    ) -> None:
        self._rules = tuple(rules)
        self._protocol, self._before = protocol, before
        self._address = ""
        self._identified = self._secured = self._passed = False

    def follow(self, event: Event, facts: RunFacts) -> tuple[Finding, ...]:
        """What an event means for it; findings to be told. Raises a leaf of FirmwareError."""
        match event:
            case Connected():
                self._forget()
            case Found(device):
                if device.address != self._address:
                    self._forget()
                self._address = device.address
            case Identified():
                self._identified = True
                self._stop_unmet(facts)
                return self._rollback(facts)
            case Secured():
                self._secured = True
                self._stop_unmet(facts)
        return ()

    def hand_over(self, facts: RunFacts, *, is_last: bool) -> tuple[Finding, ...]:
        """Credentials are about to leave. is_last: what was not said by now is not said in this run.

        Raises a leaf of FirmwareError.
        """
        if self._passed or not (is_last or self._identified):
            return ()
        known = self._known(facts)
        judged = judge(self._rules, self._protocol(), known)
        for judgement in judged:
            if judgement.stops:
                raise self._refusal(judgement, known)
        self._passed = True
        told = [_finding(judgement, known) for judgement in judged]
        if any(judgement.rule.signer for judgement in judged):
            told.append(claims.signer_unseen())
        return tuple(told)

    def _forget(self) -> None:
        self._identified = self._secured = self._passed = False

    def _stop_unmet(self, facts: RunFacts) -> None:
        """Something new was said: it is held against the rules, now and before anything else leaves."""
        self._passed = False
        known = self._known(facts)
        for judgement in judge(self._rules, self._protocol(), known):
            if judgement.answer is Answer.UNMET:
                raise self._refusal(judgement, known)

    def _known(self, facts: RunFacts) -> RunFacts:
        """What the device at the other end of this link said and showed."""
        known = facts if self._identified else replace(facts, device=None, sequence=None)
        return known if self._secured else replace(known, session=None)

    def _rollback(self, facts: RunFacts) -> tuple[Finding, ...]:
        assert facts.device is not None
        now = facts.device.firmware
        before = self._before(facts.device.id) if now else None
        return (claims.rolled_back(before, now),) if before and now and is_rolled_back(before, now) else ()

    def _refusal(self, judgement: Judgement, facts: RunFacts) -> CompanionError:
        rule = judgement.rule
        if judgement.answer is Answer.UNTOLD:
            return FirmwareNotTold(str(claims.UNTOLD[judgement.asked]), subject=rule.subject)
        error: CompanionError
        match judgement.asked:
            case Asked.VERSION:
                error = FirmwareTooOld(str(claims.its_word(facts)), version=_told(facts), least=rule.at_least)
            case Asked.SEQUENCE:
                error = FirmwareSequenceTooLow(
                    str(claims.its_word(facts)), sequence=facts.sequence or 0, least=rule.sequence or 0
                )
            case _:
                error = FirmwareNonceReused(str(claims.MEASURED))
        if rule.file is not None and Path(rule.file.path).is_file():
            error.missing = _offer(abbreviate_home(rule.file.path))
        return error


def _finding(judgement: Judgement, facts: RunFacts) -> Finding:
    rule, asked = judgement.rule, judgement.asked
    if judgement.answer is Answer.UNTOLD:
        return claims.not_checked(rule.subject, asked)
    if asked is Asked.SEQUENCE:
        return claims.meets(asked, str(facts.sequence), str(rule.sequence), facts)
    return claims.meets(asked, _told(facts), rule.at_least, facts)


def _told(facts: RunFacts) -> str:
    return (facts.device.firmware if facts.device is not None else None) or ""


def _offer(file: str) -> Text:
    return Text(
        "Update the device with the file that your rule keeps: {file}. The device got no credentials.",
        {"file": file},
    )
