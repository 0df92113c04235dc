"""Checks of clouds, in the words of `companion.model.Check`."""

from __future__ import annotations

from collections.abc import Iterable

from companion.model import Check, Text, Verdict


def passed(name: str, claim: Text, reason: Text) -> Check:
    """It is there and active."""
    return Check(name, claim, reason, Verdict.PASSED)


def failed(name: str, claim: Text, reason: Text) -> Check:
    """It is missing or switched off: `reason` says which, and what to do."""
    return Check(name, claim, reason, Verdict.FAILED)


def not_known(name: str, claim: Text, reason: Text) -> Check:
    """Nobody can tell from here."""
    return Check(name, claim, reason, Verdict.NOT_KNOWN)


def remark(name: str, claim: Text, reason: Text) -> Check:
    """It is there, and there is something to know about it."""
    return Check(name, claim, reason, Verdict.REMARK)


def first_missing(checks: Iterable[Check]) -> Check | None:
    """The piece on which the others wait; None where nothing is missing."""
    return next((each for each in checks if each.verdict is Verdict.FAILED), None)
