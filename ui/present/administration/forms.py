"""What is asked before this computer leaves a device."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from ui.flow.ownership import OwnershipFlow
from ui.pages.ownership.views import HeldView
from ui.pages.views import FindingView
from ui.present.ownership.held_page import held
from ui.widgets import Level


def removal(flow: OwnershipFlow) -> HeldView:
    """The page that asks before a device is no longer controlled from here."""
    if flow.offline:
        return _offline(flow)
    owned = flow.owned
    return held(
        owned,
        _("Remove {name} from here?").format(name=owned.name),
        _("Companion then no longer controls it. Other apps keep their control."),
        FindingView(
            Level.WEAK,
            _("Companion can no longer reset or share it"),
            _("The device erases Companion's certificate, and Companion its key for the device."),
            icon="trash",
        ),
        FindingView(
            Level.REMARK,
            _("If no other app controls it, its code works again"),
            _("Otherwise share it from that app, or reset it as its manual says."),
            icon="key",
        ),
        FindingView(
            Level.PLAIN,
            _("It must be reachable on the network"),
            _("It stays in your list as removed, with its history."),
            icon="network",
        ),
    )


def _offline(flow: OwnershipFlow) -> HeldView:
    """The same where the device can't be told."""
    owned = flow.owned
    return held(
        owned,
        _("Remove {name} only here?").format(name=owned.name),
        _("The device is not reachable, so it is not notified."),
        FindingView(
            Level.WEAK,
            _("Companion can never control it again"),
            _("Companion deletes its key for the device."),
            icon="trash",
        ),
        FindingView(
            Level.REMARK,
            _("The device still knows Companion"),
            _("Its setup code works again after a reset, as its manual says."),
            icon="key",
        ),
        FindingView(
            Level.PLAIN,
            _("Other apps keep their control"),
            _("They can remove Companion from it, or share it with Companion again."),
            icon="home",
        ),
    )


def _(words: str) -> str:
    return QCoreApplication.translate("administration", words)
