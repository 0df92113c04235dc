"""Exact rules about devices and their labels. Each takes an onboarding with what was before it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from companion.model import Text
from companion.trust.anomalies.alarms import MOST_RUNS, Alarm, NotKnown, Rule, Subject, SubjectKind
from companion.trust.anomalies.history import History
from companion.trust.anomalies.records import Ending, Onboarding

Finding = Alarm | NotKnown | None


def same_key(new: Onboarding, history: History) -> Finding:
    """One identity key under two serial numbers, or at two sites without its owner's word, and no reset in
    between."""
    if new.identity_key is None:
        return NotKnown(Rule.SAME_KEY, "identity_key")
    earlier = _since_reset(history.of_key(new.identity_key))
    for old in _onboarded(earlier):
        if old.serial and new.serial and old.serial != new.serial:
            return _alarm(
                Rule.SAME_KEY,
                new,
                (old,),
                (new.identity_key.hex(), *sorted((old.serial, new.serial))),
                Text(
                    "One identity key was used under two serial numbers, {first} and {second}.",
                    {"first": old.serial, "second": new.serial},
                ),
                Text("A device was copied, or its software was changed."),
            )
    for old in () if _places(new) else _at_its_site(earlier, new):
        if old.site and new.site and old.site != new.site:
            return _alarm(
                Rule.SAME_KEY,
                new,
                (old,),
                (new.identity_key.hex(), *sorted((old.site, new.site))),
                Text(
                    "Device {serial} was onboarded at two sites, {first} and {second}.",
                    {"serial": new.serial or short(new.identity_key), "first": old.site, "second": new.site},
                ),
                Text("It was moved without a reset, or was copied."),
            )
    return None


def same_serial(new: Onboarding, history: History) -> Finding:
    """One serial number with two identity keys, one of them onboarded by a delegate.

    The owner alone is asked during the run, and has answered.
    """
    if new.serial is None or new.identity_key is None:
        return NotKnown(Rule.SAME_SERIAL, "serial" if new.serial is None else "identity_key")
    for old in _onboarded(history.of_serial(new.serial)):
        if old.identity_key not in (None, new.identity_key) and not (old.is_owners and new.is_owners):
            assert old.identity_key is not None
            return _alarm(
                Rule.SAME_SERIAL,
                new,
                (old,),
                (new.serial, *sorted((old.identity_key.hex(), new.identity_key.hex()))),
                Text(
                    "Serial number {serial} was onboarded twice, with two different keys.",
                    {"serial": new.serial},
                ),
                Text("One of the two is a copy, or a label was printed twice."),
            )
    return None


def same_secret(new: Onboarding, history: History) -> Finding:
    """One label's secret (`r` or PSK) for two devices."""
    if new.secret is None:
        return NotKnown(Rule.SAME_SECRET, "secret")
    for old in _onboarded(history.of_secret(new.secret)):
        if _differ(old, new):
            return _alarm(
                Rule.SAME_SECRET,
                new,
                (old,),
                (new.secret, *sorted((_name(old), _name(new)))),
                Text(
                    "The labels of {first} and {second} have the same secret.",
                    {"first": _name(old), "second": _name(new)},
                ),
                Text("Anyone with one label can impersonate the other device."),
            )
    return None


def same_request(new: Onboarding, history: History) -> Finding:
    """One certificate request used twice: a request is made for one transaction."""
    if new.request is None:
        return NotKnown(Rule.SAME_REQUEST, "request")
    earlier = history.of_request(new.request)
    if not earlier:
        return None
    return _alarm(
        Rule.SAME_REQUEST,
        new,
        earlier,
        (new.request,),
        Text(
            "A certificate request of {serial} was used {count} times.",
            {"serial": _name(new), "count": len(earlier) + 1},
        ),
        Text("Someone replayed it. Each request is for a single use."),
    )


def other_owner(new: Onboarding, history: History) -> Finding:
    """A device that was reset and comes back with the key of another owner."""
    if new.owner_key is None or new.identity_key is None:
        return NotKnown(Rule.OTHER_OWNER, "owner_key" if new.owner_key is None else "identity_key")
    earlier = history.of_key(new.identity_key)
    resets = [place for place, each in enumerate(earlier) if each.ending is Ending.RESET]
    if not resets:
        return None
    before = [each for each in earlier[: resets[-1]] if each.owner_key is not None]
    if not before or before[-1].owner_key == new.owner_key:
        return None
    return _alarm(
        Rule.OTHER_OWNER,
        new,
        (before[-1], earlier[resets[-1]]),
        (new.identity_key.hex(), new.owner_key),
        Text("Device {serial} was reset and now has another owner.", {"serial": _name(new)}),
        Text("It is not known who had it in between."),
    )


def older_firmware(new: Onboarding, history: History) -> Finding:
    """Firmware that is older than the device had before."""
    if new.firmware is None or new.identity_key is None:
        return NotKnown(Rule.OLDER_FIRMWARE, "firmware" if new.firmware is None else "identity_key")
    known = [each for each in history.of_key(new.identity_key) if each.firmware]
    if not known or new.ending in (Ending.REFUSED, Ending.FAILED):
        return None
    last = known[-1]
    mine, its = version(new.firmware), version(last.firmware or "")
    if mine is None or its is None:
        return NotKnown(Rule.OLDER_FIRMWARE, "firmware") if new.firmware != last.firmware else None
    if mine >= its:
        return None
    return _alarm(
        Rule.OLDER_FIRMWARE,
        new,
        (last,),
        (new.identity_key.hex(), last.firmware or "", new.firmware),
        Text(
            "Device {serial} has firmware {now}. Last time it had {before}.",
            {"serial": _name(new), "now": new.firmware, "before": last.firmware or ""},
        ),
        Text("Older firmware may have known defects."),
    )


def version(text: str) -> tuple[int, ...] | None:
    """The numbers of a version such as "v1.4.10"; None for what has no such order."""
    found = re.fullmatch(r"[vV]?(\d{1,9}(?:\.\d{1,9}){0,7})", text.strip(), re.ASCII)
    if found is None:
        return None
    numbers = [int(each) for each in found.group(1).split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def short(key: bytes) -> str:
    """The end of a public key, to tell keys apart by eye."""
    return key[-4:].hex()


def _alarm(
    rule: Rule,
    new: Onboarding,
    old: Iterable[Onboarding],
    cause: Iterable[str],
    sentence: Text,
    detail: Text,
) -> Alarm:
    runs = tuple(dict.fromkeys((*(each.run for each in old), new.run)))
    subject = Subject(SubjectKind.DELEGATE, new.actor)
    return Alarm(rule, "/".join((rule.value, *cause)), subject, sentence, detail, runs[-MOST_RUNS:])


def _since_reset(earlier: Sequence[Onboarding]) -> Sequence[Onboarding]:
    resets = [place for place, each in enumerate(earlier) if each.ending is Ending.RESET]
    return earlier[resets[-1] + 1 :] if resets else earlier


def _places(one: Onboarding) -> bool:
    """Whether its owner worked on a device of before: its site is then what the owner says."""
    return one.is_owners and one.ending is Ending.OTHER and one.site is not None


def _at_its_site(earlier: Sequence[Onboarding], new: Onboarding) -> list[Onboarding]:
    """Onboardings since its owner last said where the device is, and that work; of before it, the owner moved
    the device. What a delegate did before that may come home after it."""
    placed = [place for place, each in enumerate(earlier) if _places(each) and each.time <= new.time]
    if not placed:
        return _onboarded(earlier)
    return [earlier[placed[-1]], *_onboarded(earlier[placed[-1] + 1 :])]


def _onboarded(earlier: Sequence[Onboarding]) -> list[Onboarding]:
    return [each for each in earlier if each.ending is Ending.ONBOARDED]


def _differ(one: Onboarding, other: Onboarding) -> bool:
    """Whether two onboardings are of two devices for certain."""
    if one.identity_key is not None and other.identity_key is not None:
        return one.identity_key != other.identity_key
    return one.serial is not None and other.serial is not None and one.serial != other.serial


def _name(onboarding: Onboarding) -> str:
    if onboarding.serial:
        return onboarding.serial
    return short(onboarding.identity_key) if onboarding.identity_key else onboarding.run
