"""Grants in words: who has which, and what is about to be signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from companion.errors import GrantTooWide
from companion.identity.names import is_site
from companion.plain_text import filled
from companion.trust.grants.actions import narrowed
from companion.trust.grants.record import GrantRecord, GrantState
from companion.trust.grants.terms import (
    Delivery,
    GrantTerms,
    Hours,
    Places,
    Right,
    TermsRequest,
    read_delivery,
)
from companion.trust.grants.words import (
    fabric_revocation,
    fabric_warnings,
    invalid_entry,
    reporting,
    sentence,
    shown,
    summary,
)
from ui.engine.delegation_messages import (
    BroughtHome,
    GrantAsked,
    GrantSigned,
    GrantsListed,
    GrantTaken,
    HolderLost,
)
from ui.pages.delegates.views import Choices, DelegatesView, GrantPageView, GrantRow
from ui.pages.views import NoticeView
from ui.present.texts import advice_of, title_of, translated
from ui.widgets import Tone

if TYPE_CHECKING:
    from companion.errors import CompanionError

MOST_NAMED = 5
"""Entries that a notice has room for."""
WORKING_HOURS = Hours(6 * 60, 18 * 60)


def listed(told: GrantsListed, now: datetime) -> DelegatesView:
    """The card in the settings."""
    if told.know is None:
        note = _("Let others act for you, within limits your devices enforce.")
    else:
        note = _("{know} of {devices} devices have your newest revocations.").format(
            know=told.know, devices=told.of
        )
    return DelegatesView(note, tuple(_row(each, told, now) for each in told.grants))


def _row(record: GrantRecord, told: GrantsListed, now: datetime) -> GrantRow:
    state = record.state(now)
    words, tone, icon = {
        GrantState.IN_FORCE: (_("Valid"), Tone.GOOD, "check"),
        GrantState.NOT_YET: (_("Not yet"), Tone.INFO, "info"),
        GrantState.ENDED: (_("Expired"), Tone.NONE, "ban"),
        GrantState.REVOKED: (_("Revoked"), Tone.WARNING, "ban"),
    }[state]
    who = _("From {name}").format(name=record.owner_name) if record.held else record.holder_name
    alive = state in (GrantState.IN_FORCE, GrantState.NOT_YET)
    return GrantRow(
        record.id,
        who,
        sentence(record.terms, record.holder_name, translated),
        words,
        tone,
        icon,
        can_revoke=alive and not record.held and record.parent is None,
        lost=filled(
            _("Ends every grant of {name} and its CA certificate, and grants that nobody recorded."),
            {"name": record.holder_name},
        ),
        lost_others=_others(record, told.grants, now),
        unreached=fabric_revocation(record.terms.until, translated) if record.id in told.fabrics else "",
    )


def _others(record: GrantRecord, grants: tuple[GrantRecord, ...], now: datetime) -> str:
    """Whose grants end with it, unless they are kept."""
    alive = (GrantState.IN_FORCE, GrantState.NOT_YET)
    names = [
        each.holder_name
        for each in grants
        if not each.held and each.holder != record.holder and each.state(now) in alive
    ]
    if not names:
        return ""
    facts = {"names": ", ".join(sorted(set(names)))}
    return filled(_("The grants of others end, too: {names}."), facts)


def lost(told: HolderLost) -> NoticeView:
    """A holder was cut off."""
    facts: dict[str, str | int | float] = {"count": told.unaware, "names": ", ".join(told.others)}
    sentences = [filled(_("Devices to visit: {count}. Activity, Alerts lists them."), facts)]
    if told.others:
        sentences.append(filled(_("Issue new grants to: {names}."), facts))
    if told.fabrics_until is not None:
        sentences.append(fabric_revocation(told.fabrics_until, translated))
    title = filled(_("{name} may do nothing any more"), {"name": told.name})
    return NoticeView(Tone.GOOD, title, " ".join(sentences), "check")


def home(told: BroughtHome) -> NoticeView:
    """A report or a log was taken in."""
    facts: dict[str, str | int | float] = {
        "count": told.onboarded,
        "late": told.late,
        "uncovered": told.uncovered,
        "older": told.older,
    }
    sentences = [filled(_("Entries that are new here: {count}."), facts)]
    if told.late:
        sentences.append(filled(_("After the grant had ended: {late}."), facts))
    if told.uncovered:
        sentences.append(filled(_("Covered by no grant: {uncovered}."), facts))
    if told.older:
        older = _("Older than your record, or without a signed order: {older}. Your record stays as it is.")
        sentences.append(filled(older, facts))
    if told.invalid:
        facts["invalid"] = len(told.invalid)
        sentences.append(filled(_("Not valid, and nothing of these was recorded: {invalid}."), facts))
        sentences += [invalid_entry(each, translated) for each in told.invalid[:MOST_NAMED]]
    is_well = not (told.late or told.uncovered or told.older or told.invalid)
    tone = Tone.GOOD if is_well else Tone.WARNING
    title = filled(_("{name} reported"), {"name": told.name}) if told.name else _("Report taken in")
    return NoticeView(tone, title, " ".join(sentences), "check" if tone is Tone.GOOD else "warning")


def page(asked: GrantAsked, choices: Choices, now: datetime) -> GrantPageView:
    """The page of a new grant, as far as it is chosen."""
    until = _until(choices, now)
    allowed, wrong = _terms(choices, until, now, _held(asked, choices))
    frame = GrantPageView(
        title=_("What may {name} do for you?").format(name=asked.name),
        lead=_("Your devices reject anything outside these rights and places, even when you are offline."),
        key=_("The holder's key ends in {key}. Ask the holder to confirm this.").format(key=asked.key),
        rights_note=_("{count} of 6 rights").format(count=len(choices.rights) + bool(choices.depth)),
        until=until,
        sentence="",
        wrong=wrong,
        sites=asked.sites,
        until_words=shown(until) if until is not None else "",
        right_words=_right_words(),
        asks_fabrics=bool(asked.fabrics) and not choices.under,
        held=tuple((each.id, _passed_on(each)) for each in asked.held),
        own_fabrics=asked.own_fabrics if choices.fabrics and len(asked.own_fabrics) > 1 else (),
        clouds=tuple(name for name, _ in asked.clouds),
        asks_cloud=_asks_cloud(asked, choices),
    )
    if allowed is None:
        return frame
    said = summary(allowed, asked.name, asked.enforcement, translated)
    return GrantPageView(
        **{
            **vars(frame),
            "sentence": said.sentence,
            "denied": said.denied,
            "limits": said.limits + _connecting(asked, choices),
            "warnings": said.warnings + (fabric_warnings(allowed, translated) if choices.fabrics else ()),
        }
    )


def cloud(asked: GrantAsked, choices: Choices) -> str:
    """By which profile new devices connect, "" for the owner's endpoint or where that is no question."""
    return choices.cloud if _asks_cloud(asked, choices) else ""


def _asks_cloud(asked: GrantAsked, choices: Choices) -> bool:
    """Whether new devices can connect by a profile: not those of a held grant, which says it already."""
    return bool(asked.clouds) and Right.ONBOARD in choices.rights and not choices.under


def _connecting(asked: GrantAsked, choices: Choices) -> tuple[str, ...]:
    """Where new devices connect, if by a cloud profile."""
    chosen = cloud(asked, choices)
    return (reporting(dict(asked.clouds)[chosen], translated, profile=chosen),) if chosen else ()


def terms(asked: GrantAsked, choices: Choices, now: datetime) -> GrantTerms | TermsRequest | None:
    """What is to be signed, of a held grant what is wished for; None where something is missing."""
    held, until = _held(asked, choices), _until(choices, now)
    allowed = _terms(choices, until, now, held)[0]
    return allowed if allowed is None or held is None else _request(allowed, choices)


def _held(asked: GrantAsked, choices: Choices) -> GrantRecord | None:
    """The grant that is passed on, None for one about one's own devices."""
    return next((each for each in asked.held if each.id == choices.under), None)


def _passed_on(record: GrantRecord) -> str:
    facts = {"name": record.owner_name, "date": shown(record.terms.until)}
    return filled(_("Devices of {name}, until {date}"), facts)


def _request(allowed: GrantTerms, choices: Choices) -> TermsRequest:
    """What of a held grant is wished for; places that were not chosen are as that says."""
    places = choices.everywhere or choices.sites or choices.serials
    return TermsRequest(
        rights=allowed.rights,
        places=allowed.places if places else None,
        until=allowed.until,
        depth=allowed.depth,
        devices=allowed.devices,
        hours=allowed.hours,
        deliveries=allowed.deliveries,
    )


def _until(choices: Choices, now: datetime) -> datetime | None:
    """None for a day that is none."""
    if choices.until:
        try:
            day = date.fromisoformat(choices.until)
        except ValueError:
            return None
        return datetime.combine(day + timedelta(days=1), time(), UTC)
    return now.replace(second=0, microsecond=0) + timedelta(days=choices.days)


def _deliveries(choices: Choices) -> tuple[Delivery, ...]:
    """Raises ValueError."""
    return tuple(read_delivery(each) for each in choices.deliveries)


def _terms(
    choices: Choices, until: datetime | None, now: datetime, held: GrantRecord | None
) -> tuple[GrantTerms | None, str]:
    """The terms, or what is wrong with the choices. held: of which they are to be a part"""
    if held is None:
        return _own_terms(choices, until, now)
    # Where nothing is chosen it is as the held grant says.
    anywhere = not (choices.everywhere or choices.sites or choices.serials)
    chosen = replace(choices, everywhere=True) if anywhere else choices
    wanted, wrong = _own_terms(replace(chosen, fabrics=False), until, now)
    if wanted is None:
        return None, wrong
    try:
        return narrowed(held, _request(wanted, choices)), ""
    except GrantTooWide as wide:
        return None, f"{title_of(wide)}. {advice_of(wide)}"


def _own_terms(choices: Choices, until: datetime | None, now: datetime) -> tuple[GrantTerms | None, str]:
    """The terms, or what is wrong with the choices."""
    if until is None:
        return None, _("Write the day as year-month-day, such as 2026-12-24.")
    if until <= now:
        return None, _("This day is over. Choose a later one.")
    try:
        deliveries = _deliveries(choices)
    except ValueError:
        return None, _("Write a delivery as number@day or number@day@site, such as 40@2026-12-08@hall-2.")
    if not choices.rights:
        return None, _("Choose at least one right.")
    if choices.fabrics and Right.ONBOARD not in choices.rights:
        return None, _("To set up Matter devices, the grant needs the right to add devices.")
    if not (choices.everywhere or choices.sites or choices.serials):
        return None, _("Choose a site, serial numbers, or everywhere.")
    if choices.everywhere and (choices.sites or choices.serials):
        return None, _("Everywhere includes every site and device. Choose one or the other.")
    if not all(map(is_site, choices.sites)):
        return None, _("A site name has lowercase letters, digits and hyphens.")
    if not all(each.isascii() and each.isprintable() and " " not in each for each in choices.serials):
        return None, _("A serial number has letters, digits, full stops, colons and hyphens.")
    try:
        made = GrantTerms(
            rights=choices.rights | ({Right.DELEGATE} if choices.depth else frozenset()),
            places=Places(choices.everywhere, choices.sites, frozenset(choices.serials)),
            until=until,
            depth=choices.depth,
            devices=choices.devices or None,
            hours=WORKING_HOURS if choices.hours else None,
            deliveries=deliveries,
        )
    except ValueError:
        return None, _("Too many sites and serial numbers for one grant.")
    return made, ""


def _right_words() -> tuple[tuple[Right, str], ...]:
    return (
        (Right.ONBOARD, _("Add devices")),
        (Right.NETWORKS, _("Hand over networks")),
        (Right.READ, _("Read status")),
        (Right.ROTATE, _("Rotate certificates")),
        (Right.RESET, _("Reset")),
    )


def signed(told: GrantSigned) -> NoticeView:
    """A grant was signed and written."""
    words = _("Saved as {file}. Send it to {name}.")
    said = [filled(words, {"file": told.path.name, "name": told.grant.holder_name})]
    if Right.ONBOARD in told.grant.terms.rights:
        said.append(reporting(told.endpoint, translated, profile=told.cloud))
    if told.cloud:
        first = _("First let its CA in: companion cloud setup {profile} --delegate {grant}")
        said.append(filled(first, {"profile": told.cloud, "grant": told.grant.id}))
    return NoticeView(Tone.GOOD, _("Grant signed"), " ".join(said), "check")


def taken(told: GrantTaken) -> NoticeView:
    """A grant was imported."""
    words = sentence(told.grant.terms, told.grant.holder_name, translated)
    return NoticeView(Tone.GOOD, _("You act for {name}").format(name=told.grant.owner_name), words, "check")


def failed(error: CompanionError) -> NoticeView:
    """It could not be done."""
    return NoticeView(Tone.WARNING, title_of(error), advice_of(error), "warning")


def _(words: str) -> str:
    return QCoreApplication.translate("delegates", words)
