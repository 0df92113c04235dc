"""Devices for the pages: nearby, found, to choose, to compare, to name, and done."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from companion import claims
from companion.claims import RunFacts, Strength
from companion.model import (
    Commissioned,
    Credential,
    Finding,
    FoundDevice,
    Network,
    Ownership,
    SetupCode,
    Severity,
    WifiCredentials,
)
from companion.outcome import Outcome
from companion.protocols import installed, title
from companion.questions import ChooseDevice, ChooseNetwork, CompareNumbers, EnterSecret
from ui import art
from ui.flow.core import Flow
from ui.flow.ownership import OwnershipFlow
from ui.i18n import QT_TRANSLATE_NOOP
from ui.pages.network.networks import NetworkChoice
from ui.pages.network.page import NetworkView
from ui.pages.questions.device_choice import DeviceChoiceView
from ui.pages.questions.secret import SecretView
from ui.pages.run.success import Fact, SuccessView, Validity
from ui.pages.views import ComparisonView, ConfirmationView, FindingView, NearbyView, NoticeView
from ui.present.texts import security_name, translated, translated_with
from ui.present.units import dbm, grouped_hex, seconds
from ui.widgets import Level, Tone

ROOMS = (
    QT_TRANSLATE_NOOP("devices", "Hallway"),
    QT_TRANSLATE_NOOP("devices", "Kitchen"),
    QT_TRANSLATE_NOOP("devices", "Office"),
    QT_TRANSLATE_NOOP("devices", "Bedroom"),
)
# A word in a device's own name that says what it looks like; what comes first wins.
LOOKS = (
    ("plug", ("plug", "socket", "outlet")),
    ("bulb", ("bulb", "lamp", "light", "led")),
    ("lock", ("lock", "door")),
    ("button", ("button", "switch", "remote")),
    ("bridge", ("bridge", "hub", "gateway")),
    ("sensor", ("sensor", "thermo", "meter", "lumen")),
    ("board", ("esp", "board", "prov_", "dev")),
)
STRENGTHS = {
    Strength.UNKNOWN: Level.PLAIN,
    Strength.NONE: Level.REMARK,
    Strength.WEAK: Level.REMARK,
    Strength.FAIR: Level.PLAIN,
    Strength.STRONG: Level.GOOD,
}
LEVELS = {Severity.GOOD: Level.GOOD, Severity.INFO: Level.PLAIN, Severity.WARNING: Level.REMARK}


def protocol_name(protocol: str | None) -> str:
    """A protocol's name for people; its own where it is not installed any more."""
    return title(protocol or "")


def art_kind(protocol: str | None, name: str = "") -> str:
    """The drawing for a device, by what its name says, else by what its protocol is mostly used for."""
    lower = name.lower()
    for kind, words in LOOKS:
        if any(word in lower for word in words):
            return kind
    declared = installed().protocols.get(protocol or "")
    return declared.art if declared is not None else "box"


def suggested_rooms() -> tuple[str, ...]:
    """Rooms to offer, in the user's language."""
    return tuple(_(room) for room in ROOMS)


def device_name(flow: Flow) -> str:
    """What to call the device of the run: the user's name for it, its own, or plainly a device."""
    if flow.settings is not None and flow.settings.name:
        return flow.settings.name
    if flow.device is not None:
        return flow.device.name
    return flow.found.name if flow.found else _("your device")


def device_art(flow: Flow) -> str:
    """The drawing for the device of the run."""
    if isinstance(flow, OwnershipFlow):
        return flow.owned.kind
    found = flow.found
    name = found.name if found else (flow.device.name if flow.device else "")
    protocol = found.protocol if found else (flow.code.protocol if flow.code else None)
    return art_kind(protocol, name)


def nearby(found: FoundDevice) -> NearbyView:
    """A device in range; its key is its address, which stays while its signal changes."""
    kind = art_kind(found.protocol, found.name)
    return NearbyView(found.address, found.name, protocol_name(found.protocol), found.rssi, kind)


def choose(question: ChooseDevice) -> DeviceChoiceView:
    """The page for several devices that could be meant."""
    return DeviceChoiceView(
        _("Which one is it?"),
        _("Several devices are ready to set up. The strongest signal is usually the nearest."),
        tuple(nearby(each) for each in question.devices),
    )


def among(devices: Iterable[FoundDevice], key: object) -> FoundDevice | None:
    """The device that was meant by a row's key."""
    return next((each for each in devices if each.address == key), None)


def found(device: FoundDevice, findings: tuple[Finding, ...], code: SetupCode | None) -> ConfirmationView:
    """The found page."""
    verdict, tone = _verdict(findings)
    facts = [(_("Protocol"), protocol_name(device.protocol))]
    facts += [(label, value) for label, value in device.facts.items()]
    return ConfirmationView(
        title=_("Found {name}").format(name=device.name),
        lead=_owned(device.ownership),
        kind=art_kind(device.protocol, device.name),
        scene=art.Scene(caption=_caption(device.ownership), led=art.Led.JOINING),
        rssi=device.rssi,
        signal=dbm(device.rssi) if device.rssi is not None else "",
        distance=_distance(device.rssi),
        facts=tuple(facts[:4]),
        verdict=verdict,
        verdict_tone=tone,
        findings=tuple(_finding(each) for each in findings),
        notice=_notice(device.ownership),
        can_identify=device.can_identify,
    )


def secret(question: EnterSecret, flow: Flow) -> SecretView:
    """The page for the secret that is printed on the device."""
    return SecretView(
        title=_("What is printed on {name}?").format(name=question.device.name),
        lead=_("Its code does not contain the secret, so enter it once."),
        art=device_art(flow),
        username=question.suggested_username if question.needs_username else None,
        problem=translated(question.problem) if question.problem else "",
    )


def compare(question: CompareNumbers, flow: Flow) -> ComparisonView:
    """The compare page."""
    name = flow.found.name if flow.found else _("your device")
    return ComparisonView(question.number, name, device_art(flow), question.seconds)


def network(question: ChooseNetwork, flow: Flow) -> NetworkView:
    """The network page, with the last answer, or the last device's network and room, filled in."""
    asked = question.previous if question.problem else flow.settings or question.previous
    own = asked.wifi if asked else None
    wifi = own or flow.suggestion.wifi
    known = {each.ssid: each for each in question.remembered}
    choices = tuple(_choice(each, known) for each in _best_of(question.networks))
    if not choices:
        offered = known if wifi is None else {wifi.ssid: wifi} | known
        choices = tuple(_offered(each, known) for each in offered.values())
    return NetworkView(
        title=_("Which network, and what is it called?") if question.needs_wifi else _("What is it called?"),
        lead=_reach(flow),
        networks=choices,
        name=(asked.name if asked else "") or question.suggested_name,
        room=(asked.room if asked else "") or flow.suggestion.room,
        rooms=suggested_rooms(),
        art=device_art(flow),
        seen_by=_("Seen by the device") if question.networks else "",
        can_rescan=question.rescan is not None,
        again=flow.rescanning,
        chosen=wifi or next((known[each.ssid] for each in question.networks if each.ssid in known), None),
        origin="" if own or flow.suggestion.wifi is None else _origin(flow),
        needs_wifi=question.needs_wifi,
        problem=translated(question.problem) if question.problem else "",
        exposed=_is_exposed(flow.known),
    )


def _origin(flow: Flow) -> str:
    """Where the network that is offered comes from."""
    return _("From the code you scanned") if flow.suggestion.scanned else _("From the previous device")


def _reach(flow: Flow) -> str:
    """To whom what is sent now goes, and how, by the session that this run has."""
    name = flow.found.name if flow.found else _("the device")
    return _("For {name}. {claim}").format(name=name, claim=translated(claims.reach(flow.known)))


def _is_exposed(known: RunFacts) -> bool:
    """What is sent over this session is not well protected."""
    measured = claims.measured(known.session) if known.session is not None else ()
    return any(finding.severity is Severity.WARNING for finding in measured)


def done(outcome: Outcome, flow: Flow, *, can_open: bool) -> SuccessView:
    """The done page."""
    commissioned = outcome.commissioned
    assert commissioned is not None
    name = device_name(flow)
    place = " · ".join(
        part
        for part in (flow.settings.room if flow.settings else "", commissioned.device.model or "")
        if part
    )
    numbers = [(seconds(sum(time.seconds for time in outcome.steps)), _("in total"))]
    if commissioned.handshake is not None:
        numbers.append((_("{count} B").format(count=commissioned.handshake.bytes), _("handshake")))
    numbers.append((str(flow.losses), _("retries")))
    return SuccessView(
        title=translated_with(claims.possession(outcome.facts, commissioned.possession), name=name),
        lead=_done_lead(outcome),
        name=name,
        place=place,
        art=device_art(flow),
        numbers=tuple(numbers),
        facts=(*_done_facts(commissioned), _protection(outcome.facts)),
        can_open=can_open,
    )


# --- parts of the found page ---------------------------------------------------------------------------


def _owned(ownership: Ownership) -> str:
    return {
        Ownership.UNOWNED: _("It reports that it has no owner."),
        Ownership.OWNED: _("It reports that it already has an owner."),
        Ownership.BUSY: _("It reports that it is being set up."),
        Ownership.UNKNOWN: _("It reports that it can be set up."),
    }[ownership]


def _caption(ownership: Ownership) -> str:
    """What the drawing shows on the device's display."""
    return _("Ready to set up") if ownership in (Ownership.UNOWNED, Ownership.UNKNOWN) else ""


def _notice(ownership: Ownership) -> NoticeView | None:
    if ownership is Ownership.OWNED:
        sentence = _("If you own it, open it under Devices. Otherwise ask its owner, or reset it first.")
        return NoticeView(Tone.INFO, _("This device is in use"), sentence)
    if ownership is Ownership.BUSY:
        sentence = _("Wait until it has finished, or restart the device.")
        return NoticeView(Tone.WARNING, _("One at a time"), sentence)
    return None


def _distance(rssi: int | None) -> str:
    if rssi is None:
        return ""
    if rssi >= -55:
        return _("Strong signal: probably near")
    return _("Medium signal") if rssi >= -72 else _("Weak signal: far away, or behind a wall")


def _verdict(findings: tuple[Finding, ...]) -> tuple[str, Tone]:
    """The chip beside the findings. Before there is a session nothing is measured: what is expected can be
    too weak to go on unread, and is never strong.
    """
    if any(each.severity is Severity.WARNING for each in findings):
        return _("Weak, read more"), Tone.WARNING
    return translated(claims.STRENGTHS[claims.strength(RunFacts())]) if findings else "", Tone.NONE


def _finding(finding: Finding) -> FindingView:
    return FindingView(LEVELS[finding.severity], translated(finding.claim), translated(finding.sentence))


# --- parts of the network page -------------------------------------------------------------------------


def _best_of(networks: tuple[Network, ...]) -> list[Network]:
    """One row a name: the strongest access point of each network."""
    best: dict[bytes, Network] = {}
    for each in networks:
        if each.ssid and ((old := best.get(each.ssid)) is None or (each.rssi or -127) > (old.rssi or -127)):
            best[each.ssid] = each
    return list(best.values())


def _choice(seen: Network, known: dict[bytes, WifiCredentials]) -> NetworkChoice:
    band = "" if seen.channel is None else _("2.4 GHz") if seen.channel <= 14 else _("5 GHz")
    detail = ", ".join(part for part in (band, security_name(seen.security)) if part)
    remembered = known.get(seen.ssid)
    passphrase = remembered.passphrase if remembered else None
    return NetworkChoice(seen.ssid, seen.name, seen.security, detail, seen.rssi, passphrase)


def _offered(wifi: WifiCredentials, known: dict[bytes, WifiCredentials]) -> NetworkChoice:
    """A network that nobody sees now, but that was given or worked before."""
    remembered = known[wifi.ssid].passphrase if wifi.ssid in known else None
    return NetworkChoice(wifi.ssid, wifi.name, wifi.security, security_name(wifi.security), None, remembered)


# --- parts of the done page ----------------------------------------------------------------------------


def _done_lead(outcome: Outcome) -> str:
    """What is known of its end, and where that is written."""
    kept = [_("It is in your registry.")] if outcome.record else []
    return " ".join([translated(claims.delivery(outcome.facts)), *kept])


def _protection(known: RunFacts) -> Fact:
    """By what the device was known in this run, and how what it got was protected on its way."""
    who, how = claims.identity(known)[0], claims.channel(known)[0]
    level = STRENGTHS[claims.strength(known)]
    icon = "lock" if level is Level.GOOD else "info" if level is Level.PLAIN else "warning"
    return Fact(icon, translated(who.claim), f"{translated(who.sentence)} {translated(how.claim)}.", level)


def _done_facts(commissioned: Commissioned) -> list[Fact]:
    certificate = next((each for each in commissioned.credentials if each.details.get("not_after")), None)
    facts = [] if certificate is None else [_life(certificate)]
    given = ", ".join(_given(each) for each in commissioned.credentials)
    if given:
        facts.append(Fact("transfer", _("Handed over"), f"{_upper(given)}."))
    if commissioned.receipt is not None:
        signed = commissioned.receipt.signed
        facts.append(
            Fact(
                "receipt",
                _("Receipt, signed by the device"),
                _("It records what the device accepted and from whom."),
                excerpt=grouped_hex(hashlib.sha256(signed).digest()),
                copies=base64.b64encode(signed).decode(),
            )
        )
    if commissioned.proof is not None:
        proof = commissioned.proof
        sentence = _("{tls} to {endpoint}, with the certificate it just got.")
        facts.append(
            Fact(
                "shield-check",
                _("Verified at its endpoint"),
                sentence.format(tls=proof.tls.replace("v", " "), endpoint=proof.endpoint),
                Level.GOOD,
                note=seconds(proof.seconds),
            )
        )
    return facts


def _life(certificate: Credential) -> Fact:
    ends = datetime.fromisoformat(certificate.details["not_after"])
    days = max(0, (ends - datetime.now(ends.tzinfo)).days + 1)
    life = Validity(
        begins=_date(datetime.now(ends.tzinfo)),
        ends=_date(ends),
        left=1.0 if days else 0.0,
        spoken=_("{days} days left").format(days=days),
    )
    claim = _("Certificate, valid for {days} days").format(days=days)
    return Fact("certificate", claim, _("Issued by your own CA for this device."), Level.GOOD, life=life)


def _given(credential: Credential) -> str:
    names = {
        "ldevid": _("its certificate"),
        "anchors": _("your trust anchors"),
        "trust_anchors": _("your trust anchors"),
        "wifi": _("network {name}").format(name=credential.details.get("ssid", "")).strip(),
        "endpoint": _("its endpoint"),
        "owner": _("your owner key"),
        "time": _("the time"),
        "time_floor": _("the time"),
        "label": _("its name"),
    }
    return names.get(credential.kind, credential.kind)


def _date(when: datetime) -> str:
    return QLocale().toString(QDate(when.year, when.month, when.day), "d MMM yyyy")


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _(words: str) -> str:
    return QCoreApplication.translate("devices", words)
