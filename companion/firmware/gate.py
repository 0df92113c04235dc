"""May a device get credentials with the firmware that it has? Rules, held against what it said in a run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from companion.claims.run_facts import Channel, RunFacts
from companion.firmware.rules import Rule
from companion.firmware.version import version_of

NONCE_METHOD = "security-2"
"""The sessions in which the nonce that rules are about is there to be seen."""


class Asked(StrEnum):
    """What a rule asks of a device."""

    MODEL = "model"
    VERSION = "version"
    SEQUENCE = "sequence"
    NONCE_FIX = "nonce-fix"


class Answer(StrEnum):
    """What came of it."""

    MET = "met"
    UNMET = "unmet"
    UNTOLD = "untold"


@dataclass(frozen=True)
class Judgement:
    """One thing that one rule asks for."""

    rule: Rule
    asked: Asked
    answer: Answer

    @property
    def stops(self) -> bool:
        """True if the device gets no credentials. A rule on a model that may be another one stops nothing."""
        if self.answer is Answer.UNTOLD:
            return self.rule.stops_untold and (self.asked is not Asked.MODEL or bool(self.rule.protocol))
        return self.answer is Answer.UNMET


def judge(rules: Iterable[Rule], protocol: str | None, facts: RunFacts) -> tuple[Judgement, ...]:
    """What the rules that are for a device, or may be, come to. Only what it did in this run counts."""
    made: list[Judgement] = []
    for rule in rules:
        if rule.protocol not in ("", protocol):
            continue
        said = facts.device.model if facts.device is not None else None
        model = (said or "").casefold().strip()
        if rule.model and not model:
            made.append(Judgement(rule, Asked.MODEL, Answer.UNTOLD))
        elif not rule.model or model == rule.model.casefold().strip():
            made += _requirements(rule, facts)
    return tuple(made)


def _requirements(rule: Rule, facts: RunFacts) -> Iterable[Judgement]:
    if rule.at_least:
        yield Judgement(rule, Asked.VERSION, _version(rule.at_least, facts))
    if rule.sequence is not None:
        yield Judgement(rule, Asked.SEQUENCE, _sequence(rule.sequence, facts.sequence))
    if rule.nonce_fix:
        yield Judgement(rule, Asked.NONCE_FIX, _nonce(facts))


def is_rolled_back(before: str | None, now: str | None) -> bool:
    """True if a device ran a newer version before, as far as the two have an order."""
    return before is not None and now is not None and _is_older(now, before) is True


def _version(least: str, facts: RunFacts) -> Answer:
    told = facts.device.firmware if facts.device is not None else None
    match _is_older(told or "", least):
        case None:
            return Answer.UNTOLD
        case older:
            return Answer.UNMET if older else Answer.MET


def _is_older(text: str, than: str) -> bool | None:
    one, other = version_of(text), version_of(than)
    return None if one is None or other is None else one.is_older_than(other)


def _sequence(least: int, told: int | None) -> Answer:
    if told is None:
        return Answer.UNTOLD
    return Answer.MET if told >= least else Answer.UNMET


def _nonce(facts: RunFacts) -> Answer:
    """Measured: by the length of the nonce that the device chose, not by what it says of itself."""
    session = facts.session
    if session is None or session.method != NONCE_METHOD:
        return Answer.UNTOLD
    return Answer.UNMET if session.channel is Channel.NONCE_REUSED else Answer.MET
