"""The network page: which network the device may get, and what it is called."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from companion import claims
from companion.claims import RunFacts
from companion.model import (
    Network,
    Severity,
    WifiCredentials,
    WifiSecurity,
)
from companion.questions import ChooseNetwork
from ui.engine.events import RadioReady
from ui.flow.core import Flow
from ui.i18n import QT_TRANSLATE_NOOP
from ui.pages.network.networks import NetworkChoice
from ui.pages.network.page import NetworkView
from ui.present import thread_networks
from ui.present.devices import device_art
from ui.present.texts import security_name, translated

ROOMS = (
    QT_TRANSLATE_NOOP("network", "Hallway"),
    QT_TRANSLATE_NOOP("network", "Kitchen"),
    QT_TRANSLATE_NOOP("network", "Office"),
    QT_TRANSLATE_NOOP("network", "Bedroom"),
)


def suggested_rooms() -> tuple[str, ...]:
    """Rooms to offer, in the user's language."""
    return tuple(_(room) for room in ROOMS)


def network(question: ChooseNetwork, flow: Flow) -> NetworkView:
    """The network page, with the last answer, or the last device's network and room, filled in."""
    asked = question.previous if question.problem else flow.settings or question.previous
    own = asked.wifi if asked else None
    preset = _virtual_network(flow) if flow.suggestion.wifi is None else None
    suggested = flow.suggestion.wifi
    if suggested is not None and not _can_join(suggested.security, question):
        suggested = None
    wifi = own or suggested or preset
    joins = question.needs_wifi or question.needs_thread
    known = {each.ssid: each for each in question.remembered}
    choices = tuple(_choice(each, known, question) for each in _best_of(question.networks))
    if not choices:
        offered = known if wifi is None else {wifi.ssid: wifi} | known
        choices = tuple(_offered(each, known, question) for each in offered.values())
    return NetworkView(
        title=_("Which network, and what is it called?") if joins else _("What is it called?"),
        lead=_reach(flow),
        networks=choices,
        name=(asked.name if asked else "") or question.suggested_name,
        room=(asked.room if asked else "") or flow.suggestion.room,
        rooms=suggested_rooms(),
        art=device_art(flow),
        seen_by=_("Seen by the device") if question.networks or question.meshes else "",
        can_rescan=question.rescan is not None,
        again=flow.rescanning,
        chosen=wifi or next((known[each.ssid] for each in question.networks if each.ssid in known), None),
        origin=""
        if own or wifi is None
        else _("A virtual access point, password filled in")
        if preset
        else _origin(flow),
        needs_wifi=question.needs_wifi,
        needs_thread=question.needs_thread,
        meshes=thread_networks.meshes(question, flow) if question.needs_thread else (),
        chosen_mesh=thread_networks.chosen_mesh(question, flow) if question.needs_thread else None,
        problem=translated(question.problem) if question.problem else "",
        company=_can_join(WifiSecurity.ENTERPRISE, question),
        exposed=_is_exposed(flow.known),
    )


def _virtual_network(flow: Flow) -> WifiCredentials | None:
    """What the virtual devices of this computer can join; nobody else knows it."""
    if not (isinstance(flow.radio, RadioReady) and flow.radio.spec == "virtual"):
        return None
    from companion.virtual.access_points import HAFEN

    return HAFEN


def _origin(flow: Flow) -> str:
    """Where the network that is offered comes from."""
    if flow.suggestion.from_tag:
        return _("From the NFC tag: check that it is your network")
    return _("From the code you scanned") if flow.suggestion.scanned else _("From the previous device")


def _reach(flow: Flow) -> str:
    """To whom what is sent now goes, and how, by the session that this run has."""
    name = flow.found.name if flow.found else _("the device")
    return _("For {name}. {claim}").format(name=name, claim=translated(claims.reach(flow.known)))


def _is_exposed(known: RunFacts) -> bool:
    """What is sent over this session is not well protected."""
    measured = claims.measured(known.session) if known.session is not None else ()
    return any(finding.severity is Severity.WARNING for finding in measured)


def _best_of(networks: tuple[Network, ...]) -> list[Network]:
    """One row a name: the strongest access point of each network."""
    best: dict[bytes, Network] = {}
    for each in networks:
        if each.ssid and ((old := best.get(each.ssid)) is None or (each.rssi or -127) > (old.rssi or -127)):
            best[each.ssid] = each
    return list(best.values())


def _choice(seen: Network, known: dict[bytes, WifiCredentials], question: ChooseNetwork) -> NetworkChoice:
    band = "" if seen.channel is None else _("2.4 GHz") if seen.channel <= 14 else _("5 GHz")
    detail = ", ".join(part for part in (band, security_name(seen.security)) if part)
    remembered = known.get(seen.ssid)
    passphrase = remembered.passphrase if remembered else None
    can_join = _can_join(seen.security, question)
    if not can_join:
        detail = _("{protection}: this device can't join it").format(protection=security_name(seen.security))
    login = remembered.login if remembered else None
    return NetworkChoice(seen.ssid, seen.name, seen.security, detail, seen.rssi, passphrase, can_join, login)


def _can_join(security: WifiSecurity, question: ChooseNetwork) -> bool:
    """The device can be given such a network."""
    return question.joinable is None or security in question.joinable


def _offered(
    wifi: WifiCredentials, known: dict[bytes, WifiCredentials], question: ChooseNetwork
) -> NetworkChoice:
    """A network that nobody sees now, but that was given or worked before."""
    remembered = known[wifi.ssid].passphrase if wifi.ssid in known else None
    login = wifi.login or (known[wifi.ssid].login if wifi.ssid in known else None)
    words, can_join = security_name(wifi.security), _can_join(wifi.security, question)
    if not can_join:
        words = _("{protection}: this device can't join it").format(protection=words)
    return NetworkChoice(wifi.ssid, wifi.name, wifi.security, words, None, remembered, can_join, login)


def _(words: str) -> str:
    return QCoreApplication.translate("network", words)
