"""What statistics say, as sentences with their numbers. They name no subject: whoever shows them does."""

from __future__ import annotations

from collections.abc import Sequence

from companion.model import Text
from companion.trust.anomalies.alarms import Rule
from companion.trust.anomalies.baseline import HOURS, Kind
from companion.trust.anomalies.shares import Failures, Mix
from companion.trust.anomalies.stream import Pace, Stream

Facts = dict[str, str | int | float]


def of_pace(rule: Rule, pace: Pace, behind: Sequence[int], stream: Stream) -> Text:
    """behind: the hours of the onboardings behind it."""
    if rule is Rule.SEQUENCE:
        return _sequence(pace, behind, stream)
    place = pace.hour % HOURS
    facts: Facts = {
        "count": pace.count,
        "begin": clock(place),
        "end": clock(place + 1),
        "weeks": max(1, round(stream.baseline.watched / 7)),
    }
    if rule is Rule.RATE:
        facts["usual"] = max(1, round(stream.rates().devices[place]))
        return Text(
            "{count} devices added between {begin} and {end}. Usual for that hour: about {usual}.", facts
        )
    idle = unused(stream.baseline.seen, place)
    if idle is None:
        facts["days"] = stream.baseline.seen[place]
        return Text(
            "{count} devices added between {begin} and {end}. In {weeks} weeks, that happened on "
            "{days} days.",
            facts,
        )
    facts["from"], facts["until"] = clock(idle[0]), clock(idle[1])
    return Text(
        "{count} devices added between {begin} and {end}. In {weeks} weeks, none between {from} and {until}.",
        facts,
    )


def _sequence(pace: Pace, behind: Sequence[int], stream: Stream) -> Text:
    kinds = stream.rates().kinds
    facts: Facts = {
        "count": len(behind),
        "hours": pace.hour - min(behind, default=pace.hour) + 1,
        "used": len(set(behind)),
        "unusual": sum(kinds[hour % HOURS] is not Kind.USUAL for hour in behind),
    }
    if not facts["unusual"]:
        return Text(
            "{count} devices added within {hours} hours, in {used} different hours. Fewer are usual.",
            facts,
        )
    return Text(
        "{count} devices added within {hours} hours, in {used} different hours, {unusual} of which are "
        "unusual.",
        facts,
    )


def of_mix(found: Mix) -> Text:
    facts: Facts = {
        "model": found.model,
        "count": found.count,
        "size": found.size,
        "usual": round(found.expected),
    }
    return Text("{count} of the last {size} devices are of model {model}. Usual: about {usual}.", facts)


def of_refusals(found: Failures) -> tuple[Text, Text]:
    """The sentence, and what may be behind it."""
    facts: Facts = {
        "count": found.count,
        "attempts": found.attempts,
        "usual": max(1, round(100 * found.share)),
    }
    return (
        Text("Authentication failed for {count} of {attempts} devices on one day. Usual: {usual} %.", facts),
        Text("Someone may be guessing secrets, or labels were mixed up."),
    )


def no_delivery() -> Text:
    return Text("No delivery was announced for it.")


def unused(seen: Sequence[int], place: int) -> tuple[int, int] | None:
    """The hours around `place` that were never used, as their begin and end; None if it was used."""
    if seen[place]:
        return None
    begin = end = place
    while end - begin < HOURS - 1 and not seen[(begin - 1) % HOURS]:
        begin -= 1
    while end - begin < HOURS - 1 and not seen[(end + 1) % HOURS]:
        end += 1
    return begin % HOURS, (end + 1) % HOURS


def clock(place: int) -> str:
    """An hour of the day as people write it."""
    return f"{place % HOURS:02d}:00"
