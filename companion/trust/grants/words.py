"""A grant said back: one sentence with what it allows, what it does not, and who refuses the rest.

The sentences are `Text`s, so that the window says them in its user's language; `say` makes a string of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from companion.model import Text
from companion.protocols.delegation import Enforcer, EntryFlaw, InvalidEntry
from companion.trust.grants.terms import Bound, GrantTerms, Places, Right

Say = Callable[[Text], str]

ALLOWED: Mapping[Right, Text] = {
    Right.ONBOARD: Text("set up new devices"),
    Right.NETWORKS: Text("change their network"),
    Right.ROTATE: Text("renew their certificates"),
    Right.READ: Text("query them"),
    Right.RESET: Text("reset them"),
    Right.DELEGATE: Text("pass rights on"),
}
"""What somebody may do with the owner's devices, to be put in a row."""

_SENTENCES = {
    (False, False): Text("{holder} may {rights} – {places} – until {until}."),
    (True, False): Text("{holder} may {rights} – {places} – from {since} until {until}."),
    (False, True): Text("{holder} may {rights} – {places}, {devices} devices at most – until {until}."),
    (True, True): Text(
        "{holder} may {rights} – {places}, {devices} devices at most – from {since} until {until}."
    ),
}
_ONE_DEVICE = {
    False: Text("{holder} may {rights} – {places}, 1 device at most – until {until}."),
    True: Text("{holder} may {rights} – {places}, 1 device at most – from {since} until {until}."),
}
_ENFORCED: Mapping[Enforcer, Text] = {
    Enforcer.DEVICE: Text("Rejected by devices, even offline: {limits}."),
    Enforcer.DEVICE_WITH_CLOCK: Text(
        "Rejected by devices with a clock; a device without one can't check a date and relies on "
        "revocation lists: {limits}."
    ),
    Enforcer.SERVICES: Text("Rejected by the owner's endpoint, as devices can't count it: {limits}."),
    Enforcer.LOG: Text("Not prevented, but shown in the owner's log: {limits}."),
}
_LIMITS: Mapping[Bound, Text] = {
    Bound.RIGHT: Text("other actions"),
    Bound.PLACE: Text("other sites or devices"),
    Bound.UNTIL: Text("after it expires"),
    Bound.SINCE: Text("before it starts"),
    Bound.USES: Text("more than {uses} times with one device"),
    Bound.DEPTH: Text("passing on more than {depth} times"),
    Bound.DEVICES: Text("more than {devices} devices"),
    Bound.HOURS: Text("outside {hours} UTC"),
}
_LIMITS_OF_ONE: Mapping[Bound, Text] = {
    Bound.USES: Text("more than once with one device"),
    Bound.DEPTH: Text("passing on more than once"),
    Bound.DEVICES: Text("more than 1 device"),
}
_NAMED = 5
_FLAWS: Mapping[EntryFlaw, Text] = {
    EntryFlaw.SHAPE: Text("it can't be read"),
    EntryFlaw.RECEIPT: Text("its receipt is not what the device signed"),
    EntryFlaw.OWNER: Text("the device belongs to another owner"),
    EntryFlaw.ITEMS: Text("what came with its receipt is not what the device accepted"),
    EntryFlaw.GRANTS: Text("its grants do not begin with one of yours, or the device accepted others"),
    EntryFlaw.STATEMENT: Text("the delegate's signature or the certificate is not valid"),
}
_SHOWN = "%Y-%m-%d %H:%M UTC"


@dataclass(frozen=True)
class Summary:
    """sentence: what is signed, in words; denied: what it does not allow
    limits: who refuses what is outside; warnings: what its issuer should think of before signing"""

    sentence: str
    denied: tuple[str, ...]
    limits: tuple[str, ...]
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "sentence": self.sentence,
            "not_allowed": list(self.denied),
            "limits": list(self.limits),
            "warnings": list(self.warnings),
        }


def summary(terms: GrantTerms, holder: str, enforcement: Mapping[Bound, Enforcer], say: Say = str) -> Summary:
    """The grant of these terms for a holder (a name), said by `say`."""
    return Summary(
        sentence(terms, holder, say),
        tuple(say(each) for each in _denied(terms)),
        tuple(_limits(terms, enforcement, say)),
        tuple(say(each) for each in _warnings(terms)),
    )


def sentence(terms: GrantTerms, holder: str, say: Say = str) -> str:
    """What the holder may do, where and until when."""
    facts: dict[str, str | int | float] = {
        "holder": holder,
        "rights": ", ".join(say(ALLOWED[right]) for right in Right if right in terms.rights),
        "places": places(terms.places, say),
        "until": shown(terms.until),
    }
    if terms.since is not None:
        facts["since"] = shown(terms.since)
    if terms.devices is not None:
        facts["devices"] = terms.devices
    template = _SENTENCES[terms.since is not None, terms.devices is not None]
    if terms.devices == 1:
        template = _ONE_DEVICE[terms.since is not None]
    return say(Text(template.template, facts))


def invalid_entry(entry: InvalidEntry, say: Say = str) -> str:
    """Which entry of a report does not hold, and why. It may say of its device what it likes."""
    facts: dict[str, str | int | float] = {
        "number": entry.number,
        "name": entry.name,
        "serial": entry.serial,
        "why": say(_FLAWS[entry.flaw]),
    }
    if entry.name and entry.serial:
        return say(Text("Entry {number}, {name} ({serial}): {why}.", facts))
    if entry.name or entry.serial:
        return say(Text("Entry {number}, {name}: {why}.", {**facts, "name": entry.name or entry.serial}))
    return say(Text("Entry {number}: {why}.", facts))


def fabric_warnings(terms: GrantTerms, say: Say = str) -> tuple[str, ...]:
    """What to think of before letting somebody issue for a Matter fabric: no device there knows grants."""
    told = (
        Text(
            "Matter devices enforce none of these limits except the end, and that only with a clock. Until "
            "{until}, the holder has the means to add any device to your Matter fabric and to control every "
            "device in it.",
            {"until": shown(terms.until)},
        ),
        Text("The holder's Companion observes the limits. Your log shows reported devices that exceed them."),
        Text("Matter devices can't be told that you revoked the grant."),
    )
    return tuple(say(each) for each in told)


def fabric_revocation(until: datetime, say: Say = str) -> str:
    """What revoking grants that let issue for a Matter fabric does not reach. until: the last one ends."""
    text = Text(
        "Your app rejects devices that the holder sets up from now on. But Matter devices can't be told: "
        "they accept the holder's Matter certificate until {until}, without a clock even longer. The only "
        "way to end that earlier is to reset your Matter devices and set them up in a new fabric.",
        {"until": shown(until)},
    )
    return say(text)


def reporting(endpoint: str, say: Say = str, *, profile: str = "") -> str:
    """Where new devices report: "host:port", or "" for nowhere; profile: of the cloud there, by name."""
    if profile:
        facts = {"endpoint": endpoint, "profile": profile}
        return say(Text("New devices connect to {endpoint}, by the cloud profile {profile}.", facts))
    if not endpoint:
        return say(Text("New devices report to no endpoint."))
    return say(Text("New devices report to the endpoint {endpoint}.", {"endpoint": endpoint}))


def places(where: Places, say: Say = str) -> str:
    """Where a grant counts."""
    if where.everywhere:
        return say(Text("everywhere"))
    told = []
    if where.sites:
        told.append(say(Text("at {sites}", {"sites": ", ".join(sorted(where.sites))})))
    if where.serials:
        if len(where.serials) <= 3:
            told.append(say(Text("with {serials}", {"serials": ", ".join(sorted(where.serials))})))
        else:
            told.append(say(Text("with {count} listed serial numbers", {"count": len(where.serials)})))
    if len(told) == 1:
        return told[0]
    return say(Text("{sites} or {serials}", dict(zip(("sites", "serials"), told, strict=True))))


def limit(terms: GrantTerms, bound: Bound) -> str:
    """What a bound is set at, for people."""
    said: dict[Bound, str] = {
        Bound.UNTIL: shown(terms.until),
        Bound.SINCE: shown(terms.since) if terms.since is not None else "",
        Bound.HOURS: str(terms.hours or ""),
        Bound.USES: str(terms.max_uses or ""),
        Bound.DEVICES: str(terms.devices or ""),
        Bound.DEPTH: str(terms.depth),
        Bound.PLACE: _names(terms.places),
    }
    return said.get(bound, "")


def _names(where: Places) -> str:
    """The sites and serial numbers themselves, as far as a sentence holds them."""
    names = [*sorted(where.sites), *sorted(where.serials)]
    return ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")


def shown(moment: datetime) -> str:
    """A moment as grants show it."""
    return moment.strftime(_SHOWN)


def _denied(terms: GrantTerms) -> Iterable[Text]:
    """Transfer first: no grant can allow it (its scope is reserved), so everybody may count on that."""
    yield Text("Not allowed: to transfer devices to another owner. No grant can allow that.")
    missing = {
        Right.ONBOARD: Text("Not allowed: to set up new devices."),
        Right.NETWORKS: Text("Not allowed: to change networks."),
        Right.ROTATE: Text("Not allowed: to renew certificates."),
        Right.RESET: Text("Not allowed: to reset devices."),
        Right.DELEGATE: Text("Not allowed: to pass rights on."),
    }
    yield from (words for right, words in missing.items() if right not in terms.rights)
    if Right.ONBOARD in terms.rights:
        yield Text("New devices belong to the owner from the start, never to the holder.")


def _limits(terms: GrantTerms, enforcement: Mapping[Bound, Enforcer], say: Say) -> Iterable[str]:
    there = {
        Bound.RIGHT: True,
        Bound.PLACE: not terms.places.everywhere,
        Bound.DEPTH: bool(terms.depth),
        Bound.UNTIL: True,
        Bound.SINCE: terms.since is not None,
        Bound.USES: terms.max_uses is not None,
        Bound.DEVICES: terms.devices is not None,
        Bound.HOURS: terms.hours is not None,
    }
    facts: dict[str, str | int | float] = {
        "depth": terms.depth,
        "uses": terms.max_uses or 0,
        "devices": terms.devices or 0,
        "hours": str(terms.hours or ""),
    }
    once = {Bound.USES: terms.max_uses, Bound.DEPTH: terms.depth, Bound.DEVICES: terms.devices}
    words = {**_LIMITS, **{bound: _LIMITS_OF_ONE[bound] for bound, most in once.items() if most == 1}}
    for enforcer, template in _ENFORCED.items():
        bounds = [bound for bound, is_there in there.items() if is_there and enforcement[bound] is enforcer]
        if bounds:
            named = ", ".join(say(Text(words[bound].template, facts)) for bound in bounds)
            yield say(Text(template.template, {"limits": named}))


def _warnings(terms: GrantTerms) -> Iterable[Text]:
    if terms.places.everywhere:
        yield Text("It applies to every device of the owner, now and later.")
    if Right.RESET in terms.rights:
        yield Text(
            "A reset erases the device's credentials. Without a reset lock, anyone can then set it up."
        )
    if Right.DELEGATE in terms.rights:
        yield Text("The holder may pass it on to people that the owner doesn't choose.")
    if Right.ONBOARD in terms.rights and terms.devices is None:
        yield Text("The number of new devices is unlimited.")
    if Right.ONBOARD in terms.rights and terms.places.sites and not terms.places.everywhere:
        yield Text("The holder chooses the site of a new device, so any new device can be set up.")
