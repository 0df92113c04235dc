"""The virtual device beside a page, as it is at this moment of the run."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from companion.questions import CompareNumbers
from ui import art
from ui.flow.commissioning import CommissioningFlow
from ui.flow.core import Flow
from ui.flow.state import FlowState, Page
from ui.flow.tour import wrong_number
from ui.pages.virtual.dock import DockView
from ui.present.devices import device_art, device_name


def dock(
    flow: Flow, compared: CompareNumbers | None, *, asks: bool, pressed: bool | None, attack: bool
) -> DockView:
    """compared: the question of this run about its number; asks: the device waits for its button.

    pressed: what its button said of that number, None for nothing yet; the number stays as it was then
    attack: it shows another number, as if someone were in between
    """
    is_open = isinstance(flow.question, CompareNumbers)
    number = ""
    if compared is not None and (asks or is_open):
        number = wrong_number(compared.number) if attack else compared.number
    return DockView(
        name=flow.found.name if flow.found is not None else device_name(flow),
        kind=device_art(flow) if flow.found is not None else "sensor",
        scene=_scene(flow, number, asks=asks, pressed=pressed),
        sentence=_sentence(flow, number),
        number=number,
        asks=asks and bool(number),
        seconds=compared.seconds if compared is not None else 0.0,
        network=_network() if flow.running else "",
        passphrase=_passphrase() if flow.running else "",
        can_attack=_in_tour(flow) and (compared is None or (is_open and pressed is None)),
    )


def _in_tour(flow: Flow) -> bool:
    return isinstance(flow, CommissioningFlow) and flow.tour is not None and flow.running


def _network() -> str:
    from companion.virtual.access_points import HAFEN

    return _("“{name}”, a virtual access point").format(name=HAFEN.name)


def _passphrase() -> str:
    from companion.virtual.access_points import HAFEN

    passphrase = HAFEN.passphrase
    assert passphrase is not None
    return _("Password, filled in for you: {password}").format(password=passphrase.reveal_text())


def _scene(flow: Flow, number: str, *, asks: bool, pressed: bool | None) -> art.Scene:
    if number and pressed is not None:
        said = _("Confirmed") if pressed else _("Rejected")
        return art.Scene(number, said, led=art.Led.JOINING if pressed else art.Led.BAD)
    if number:
        return art.Scene(number, _("Same?") if asks else "", led=art.Led.JOINING)
    if flow.page is Page.SUCCESS:
        return art.Scene(caption=_("Online"), led=art.Led.GOOD)
    if flow.page in (Page.PROBLEM, Page.LESSON):
        return art.Scene("", led=art.Led.BAD)
    if flow.running and flow.found is not None:
        return art.Scene("", _("Setting up"), led=art.Led.JOINING)
    return art.Scene("", _("Ready to set up"))


def _sentence(flow: Flow, number: str) -> str:
    if number:
        return _("A real device would be in your hand.")
    if flow.state is FlowState.SUCCESS:
        return _("It has its credentials and is online.")
    return _("Its display and its button appear here.")


def _(words: str) -> str:
    return QCoreApplication.translate("virtual", words)
