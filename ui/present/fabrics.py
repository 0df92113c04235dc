"""The owner's fabrics in words: a row for each in the settings, and what is lost with one."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from companion.model import OwnedFabric
from companion.plain_text import filled
from ui.engine.fabrics import FabricFailed, FabricsListed
from ui.pages.fabrics.card import FabricRow, FabricsView
from ui.pages.views import NoticeView
from ui.present.texts import advice_of, title_of
from ui.widgets import Tone

MOST_NAMED = 8
"""Devices that are named where they are about to be lost; of the others the number is told."""


def listed(told: FabricsListed) -> FabricsView:
    """All that the card shows."""
    if told.fabrics is None:
        return FabricsView(_("They are stored with your keys."), (), is_locked=True)
    if not told.fabrics:
        return FabricsView(_("The first Matter device that you set up creates one."))
    return FabricsView(
        _("A device in one fabric knows nothing of the others. New Matter devices join the default one.")
        if len(told.fabrics) > 1
        else _("New Matter devices join it."),
        tuple(_row(fabric, devices, len(told.fabrics)) for fabric, devices in told.fabrics),
    )


def failed(told: FabricFailed) -> NoticeView:
    """Why nothing came of it."""
    return NoticeView(Tone.DANGER, title_of(told.error), advice_of(told.error), icon="warning")


def _row(fabric: OwnedFabric, devices: tuple[str, ...], count: int) -> FabricRow:
    number = QLocale().toString(len(devices))
    facts = {"count": number, "id": fabric.id}
    return FabricRow(
        fabric.id,
        fabric.name,
        filled(_("Devices: {count} · {id}"), facts),
        is_usual=fabric.is_usual and count > 1,
        can_use=not fabric.is_usual,
        loss=_loss(fabric, devices),
    )


def _loss(fabric: OwnedFabric, devices: tuple[str, ...]) -> str:
    """What it means to remove it, before it is held."""
    if not devices:
        return filled(_("No device is in {name}. Its keys are deleted."), {"name": fabric.name})
    named = ", ".join(devices[:MOST_NAMED])
    facts = {"names": named, "count": QLocale().toString(len(devices) - MOST_NAMED)}
    if len(devices) > MOST_NAMED:
        lost = filled(_("You lose control of {names} and {count} more."), facts)
    else:
        lost = filled(_("You lose control of {names}."), facts)
    return f"{lost} {_('To use them again, reset them, or share them from another app.')}"


def _(words: str) -> str:
    return QCoreApplication.translate("fabrics", words)
