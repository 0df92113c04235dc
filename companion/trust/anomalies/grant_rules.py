"""Exact rules about grants, journals and the log. What the owner did needs no grant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import time, timedelta

from companion.model import Text
from companion.trust.anomalies.alarms import MOST_RUNS, Alarm, NotKnown, Rule, Subject, SubjectKind
from companion.trust.anomalies.device_rules import Finding
from companion.trust.anomalies.history import History
from companion.trust.anomalies.records import Arrival, Ending, GrantTerms, Onboarding

CLOCK_SLACK = timedelta(minutes=2)
"""A clock that is set right goes back by less."""


def no_grant(new: Onboarding, history: History) -> Finding:
    """A receipt without a grant that was in force."""
    if new.is_owners or new.ending is not Ending.ONBOARDED:
        return None
    if new.receipt is None:
        return NotKnown(Rule.NO_GRANT, "receipt")
    if not new.receipt:
        return None
    terms = history.terms(new.grant) if new.grant else None
    if terms is None:
        sentence = Text("Device {serial} was onboarded without a grant from you.", {"serial": _device(new)})
    elif terms.revoked is not None and new.time >= terms.revoked:
        sentence = Text(
            "Device {serial} was onboarded on {day}, after the grant was revoked on {end}.",
            {"serial": _device(new), "day": _day(new), "end": f"{terms.revoked:%Y-%m-%d}"},
        )
    elif not terms.in_force(new.time):
        ended = new.time >= terms.exp
        limit = terms.exp if ended or terms.nbf is None else terms.nbf
        facts = {"serial": _device(new), "day": _day(new), "end": f"{limit:%Y-%m-%d}"}
        sentence = (
            Text("Device {serial} was onboarded on {day}, after the grant expired on {end}.", facts)
            if ended
            else Text("Device {serial} was onboarded on {day}, before the grant starts on {end}.", facts)
        )
    else:
        return None
    detail = Text("Its receipt is kept with the run.")
    return _alarm(Rule.NO_GRANT, new, (new.grant or "none", new.run), sentence, detail)


def too_many(new: Onboarding, history: History) -> Finding:
    """More devices in all than the grant allows, or one device more often."""
    terms = _terms(new, history, Rule.TOO_MANY)
    if not isinstance(terms, GrantTerms) or (terms.devices is None and terms.uses is None):
        return None if isinstance(terms, GrantTerms) else terms
    use = history.use(terms.id, new)
    if terms.devices is not None and use.devices > terms.devices:
        facts: dict[str, str | int | float] = {"count": use.devices, "allowed": terms.devices}
        sentence = Text("{count} devices were onboarded. The grant allows {allowed}.", facts)
        # One alarm for all that is too much: the tenth device too many has no other cause than the first.
        return _alarm(Rule.TOO_MANY, new, (terms.id, "devices"), sentence, _where(new))
    if terms.uses is not None and use.times > terms.uses:
        facts = {"serial": _device(new), "count": use.times, "allowed": terms.uses}
        sentence = Text("Device {serial} was onboarded {count} times. The grant allows {allowed}.", facts)
        return _alarm(Rule.TOO_MANY, new, (terms.id, _device(new)), sentence, _where(new))
    return None


def out_of_bounds(new: Onboarding, history: History) -> Finding:
    """Outside the grant's sites or hours."""
    terms = _terms(new, history, Rule.OUT_OF_BOUNDS)
    if not isinstance(terms, GrantTerms):
        return terms
    if terms.sites and not _listed(new, terms):
        if new.site is None:
            return NotKnown(Rule.OUT_OF_BOUNDS, "site")
        if new.site not in terms.sites:
            sentence = Text(
                "Device {serial} was onboarded at {site}. The grant does not cover this site.",
                {"serial": _device(new), "site": new.site},
            )
            return _alarm(Rule.OUT_OF_BOUNDS, new, (terms.id, "site", new.site), sentence, _where(new))
    if terms.hours is not None and not _within(new, *terms.hours):
        begin, end = terms.hours
        sentence = Text(
            "Device {serial} was onboarded at {time}. The grant allows {begin} to {end}.",
            {
                "serial": _device(new),
                "time": f"{_of_day(new, begin):%H:%M}",
                "begin": f"{begin:%H:%M}",
                "end": f"{end:%H:%M}",
            },
        )
        return _alarm(Rule.OUT_OF_BOUNDS, new, (terms.id, "hours", _day(new)), sentence, _where(new))
    return None


def not_listed(new: Onboarding, history: History) -> Finding:
    """A serial number that is on no list of the grant: neither its own nor that of a delivery."""
    terms = _terms(new, history, Rule.NOT_LISTED)
    if not isinstance(terms, GrantTerms):
        return terms
    lists = [each.serials for each in terms.deliveries if each.serials is not None]
    if terms.serials:
        lists.append(terms.serials)
    # A delivery without a list may have brought any device, and so may a site.
    unlisted = any(each.serials is None for each in terms.deliveries) and not terms.serials
    if not lists or unlisted or (terms.sites and new.site in terms.sites):
        return None
    if new.serial is None:
        return NotKnown(Rule.NOT_LISTED, "serial")
    if any(new.serial.lower() in each for each in lists):
        return None
    sentence = Text("Serial number {serial} is not on the delivery list.", {"serial": new.serial})
    return _alarm(Rule.NOT_LISTED, new, (terms.id, new.serial), sentence, _where(new))


def clock_back(new: Onboarding, history: History) -> Finding:
    """A computer's clock that runs backwards along its journal."""
    if new.computer is None or new.counter is None:
        return NotKnown(Rule.CLOCK_BACK, "computer" if new.computer is None else "counter")
    last = history.last_of_computer(new.computer, new.counter)
    if last is None or new.time >= last.time - CLOCK_SLACK:
        return None
    back = last.time - new.time
    facts: dict[str, str | int | float] = {
        "before": f"{last.time:%Y-%m-%d %H:%M}",
        "now": f"{new.time:%Y-%m-%d %H:%M}",
        "minutes": round(back.total_seconds() / 60),
    }
    sentence = Text("The computer's clock was set back by {minutes} minutes, from {before} to {now}.", facts)
    detail = Text("The times of its earlier runs are uncertain.")
    return _alarm(Rule.CLOCK_BACK, new, (new.computer, str(new.counter)), sentence, detail, (last,))


def not_logged(new: Onboarding, history: History) -> Finding:
    """A receipt that is not in the log where it belongs: the owner's, or the delegate's that came home."""
    if new.ending is not Ending.ONBOARDED or not new.receipt:
        return None
    if new.logged is None:
        return NotKnown(Rule.NOT_LOGGED, "logged")
    if new.logged:
        return None
    sentence = Text("The receipt of {serial} is missing from the log.", {"serial": _device(new)})
    detail = Text("An entry was removed, or two different logs were presented.")
    return _alarm(Rule.NOT_LOGGED, new, (new.run,), sentence, detail)


def held_back(new: Onboarding, history: History) -> Finding:
    """A delegate's report that came home after a newer one, or whose order nobody can tell."""
    if new.is_owners or new.arrival is Arrival.IN_ORDER:
        return None
    if new.arrival is None:
        return NotKnown(Rule.HELD_BACK, "arrival")
    sentence, detail = _ARRIVALS[new.arrival]
    named = replace(sentence, facts={"serial": _device(new)})
    return _alarm(Rule.HELD_BACK, new, (new.arrival.value, new.run), named, detail)


_ARRIVALS = {
    Arrival.HELD_BACK: (
        Text("A report on device {serial} arrived after a newer one."),
        Text("It was sent late, or was held back. Your record keeps what is newer."),
    ),
    Arrival.UNORDERED: (
        Text("Nothing that is signed says which of two reports on device {serial} is newer."),
        Text("Your record keeps what arrived first. Query the device to see what it has."),
    ),
    Arrival.GAP: (
        Text("The report before the one on device {serial} is missing."),
        Text("The delegate counted it and did not send it. Ask for a complete report."),
    ),
    Arrival.TWICE: (
        Text("The delegate signed two different reports in the place of the one on device {serial}."),
        Text("One of them is wrong. Your record keeps what arrived first."),
    ),
}


def _terms(new: Onboarding, history: History, rule: Rule) -> GrantTerms | NotKnown | None:
    """The terms to hold it against; None where none apply, or `no_grant` speaks already."""
    if new.is_owners or new.ending is not Ending.ONBOARDED:
        return None
    if new.grant is None:
        return NotKnown(rule, "grant")
    return history.terms(new.grant)


def _listed(new: Onboarding, terms: GrantTerms) -> bool:
    return terms.serials is not None and (new.serial or "").lower() in terms.serials


def _of_day(new: Onboarding, like: time) -> time:
    """The time of day, in the time zone of another one; without one in the record's."""
    return (new.time.astimezone(like.tzinfo) if like.tzinfo else new.time).time()


def _within(new: Onboarding, begin: time, end: time) -> bool:
    """Whether it happened in an interval, which may span midnight."""
    moment = _of_day(new, begin)
    first, last = begin.replace(tzinfo=None), end.replace(tzinfo=None)
    if first <= last:
        return first <= moment < last
    return moment >= first or moment < last


def _where(new: Onboarding) -> Text:
    if new.site:
        return Text("On {day} at {site}.", {"day": f"{new.time:%Y-%m-%d %H:%M}", "site": new.site})
    return Text("On {day}.", {"day": f"{new.time:%Y-%m-%d %H:%M}"})


def _device(new: Onboarding) -> str:
    return new.serial or (new.identity_key[-4:].hex() if new.identity_key else new.run)


def _day(new: Onboarding) -> str:
    return f"{new.time:%Y-%m-%d}"


def _alarm(
    rule: Rule,
    new: Onboarding,
    cause: Iterable[str],
    sentence: Text,
    detail: Text,
    old: Iterable[Onboarding] = (),
) -> Alarm:
    runs = tuple(dict.fromkeys((*(each.run for each in old), new.run)))
    subject = Subject(SubjectKind.DELEGATE, new.actor)
    return Alarm(rule, "/".join((rule.value, *cause)), subject, sentence, detail, runs[-MOST_RUNS:])
