"""Radios in words: what each is, whether it is in use, what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from companion.plain_text import filled
from ui.i18n import QT_TRANSLATE_NOOP
from ui.present.texts import title_of
from ui.widgets import Tone

if TYPE_CHECKING:
    from companion.errors import CompanionError
    from companion.radio.adapters import Adapter

COMPUTER, VIRTUAL = "os", "virtual"


@dataclass(frozen=True)
class RadioView:
    """A radio as a card shows it. spec: which it is; kind: its drawing; note: what it is made of
    state, tone: a word on it; hears: what it hears, or what is wrong with it; can_use: it could be chosen
    """

    spec: str
    kind: str
    name: str
    note: str
    address: str
    state: str
    tone: Tone
    hears: str
    is_used: bool
    can_use: bool


_TROUBLE = {
    "off": (QT_TRANSLATE_NOOP("radios", "Off"), QT_TRANSLATE_NOOP("radios", "Turn it on in your system.")),
    "blocked": (
        QT_TRANSLATE_NOOP("radios", "Blocked"),
        QT_TRANSLATE_NOOP("radios", "Software blocks it: rfkill unblock bluetooth"),
    ),
    "switched-off": (
        QT_TRANSLATE_NOOP("radios", "Blocked"),
        QT_TRANSLATE_NOOP("radios", "Use this computer's wireless switch or key."),
    ),
    "no-central": (
        QT_TRANSLATE_NOOP("radios", "Can't be used"),
        QT_TRANSLATE_NOOP("radios", "It can't connect to Bluetooth LE devices."),
    ),
}
"""By `AdapterState`."""


def radios(
    adapters: Sequence[Adapter],
    used: str,
    *,
    hears: str,
    error: CompanionError | None,
    can_change: bool,
    name: str = "",
) -> tuple[RadioView, ...]:
    """All that can be used here: the adapters, else this computer as it is, then the virtual one.

    used: the one in use; hears: what it hears; error: why it can't be used; name: of the adapter that was
    chosen, which may be gone
    """
    if used not in (COMPUTER, VIRTUAL) and not used.startswith(f"{COMPUTER}:"):
        return (_given(used, hears, error),)
    only = len(adapters) == 1
    listed = [_adapter(each, used, hears, error, can_change, only) for each in adapters]
    is_missing = adapters and used not in (COMPUTER, VIRTUAL) and not any(each.is_used for each in listed)
    if is_missing:
        listed.insert(0, _missing(used, name))
    elif (not any(each.is_used for each in listed) and used != VIRTUAL) or not listed:
        listed.insert(0, _computer(used, hears, error, can_change))
    return (*listed, _virtual(used, hears, can_change))


def heard(count: int, strongest: int | None) -> str:
    """What a radio hears. strongest: dBm"""
    if not count:
        return _("Hears no device that waits to be set up")
    words = _("1 device waits") if count == 1 else _("{count} devices wait")
    told = words.format(count=QLocale().toString(count))
    if strongest is None:
        return told
    return filled(
        _("{devices}, nearest {signal}"), {"devices": told, "signal": f"{strongest} dBm".replace("-", "−")}
    )


def _adapter(
    adapter: Adapter, used: str, hears: str, error: CompanionError | None, can_change: bool, only: bool
) -> RadioView:
    """only: there is no other, so that the next one in its place may be used, too"""
    from companion.radio.adapters import AdapterState

    # By its address, for the system may number them anew.
    names = (f"{COMPUTER}:{adapter.address.upper()}", f"{COMPUTER}:{adapter.id}")
    spec = COMPUTER if only else names[0] if adapter.address else names[1]
    is_used = used in names or (used == COMPUTER and adapter.is_usual)
    version = filled(_("Bluetooth {version}"), {"version": adapter.version}) if adapter.version else ""
    note = ", ".join(each for each in (adapter.chip, version) if each) or _("Bluetooth adapter")
    kind = "box" if adapter.is_removable else "laptop"
    address = f"{adapter.address}  {adapter.id}".strip()
    if adapter.state is not AdapterState.READY:
        state, sentence = (_(words) for words in _TROUBLE[adapter.state])
        tone = Tone.WARNING if is_used else Tone.NONE
        return RadioView(
            spec, kind, adapter.name, note, address, state, tone, sentence, is_used, can_use=False
        )
    state, tone, sentence = _standing(is_used, hears, error)
    return RadioView(
        spec,
        kind,
        adapter.name,
        note,
        address,
        state,
        tone,
        sentence,
        is_used,
        can_change and not is_used,
    )


def _missing(used: str, name: str) -> RadioView:
    address = used.partition(":")[2]
    return RadioView(
        used,
        "box",
        name or _("Bluetooth adapter"),
        _("The adapter that you chose"),
        address,
        _("Missing"),
        Tone.DANGER,
        _("It is not plugged in. Companion waits for it and uses no other one until you choose one."),
        is_used=True,
        can_use=False,
    )


def _computer(used: str, hears: str, error: CompanionError | None, can_change: bool) -> RadioView:
    is_used = used != VIRTUAL
    state, tone, sentence = _standing(is_used, hears, error)
    note = _("The adapter that the system uses")
    name, spec = _("This computer"), used if is_used else COMPUTER
    return RadioView(
        spec, "laptop", name, note, "", state, tone, sentence, is_used, can_change and not is_used
    )


def _virtual(used: str, hears: str, can_change: bool) -> RadioView:
    is_used = used == VIRTUAL
    state, tone, sentence = _standing(is_used, hears, None)
    note = _("Devices that run on this computer, with separate keys and records")
    return RadioView(
        VIRTUAL, "sensor", _("Virtual"), note, "", state, tone, sentence, is_used, can_change and not is_used
    )


def _given(used: str, hears: str, error: CompanionError | None) -> RadioView:
    state, tone, sentence = _standing(True, hears, error)
    note = filled(_("Started with {radio}"), {"radio": used})
    return RadioView(used, "board", _("Controller"), note, "", state, tone, sentence, True, can_use=False)


def _standing(is_used: bool, hears: str, error: CompanionError | None) -> tuple[str, Tone, str]:
    """The word on a radio, its tone, and its sentence."""
    if not is_used:
        return _("Ready"), Tone.NONE, _("Hears nothing while another one is used")
    if error is not None:
        return (
            title_of(error),
            Tone.DANGER,
            _("“This computer” below lists what is missing, and what fixes it."),
        )
    return _("In use"), Tone.GOOD, hears


def _(words: str) -> str:
    return QCoreApplication.translate("radios", words)
