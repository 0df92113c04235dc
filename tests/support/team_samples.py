"""The registry in the settings, on this computer and on a server."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from companion.errors.registry import RegistryUnreachable
from companion.registry.status import RegistryStatus, Role
from companion.registry.team.examination import Found, Tables
from companion.registry.team.password import PasswordPlace
from ui.engine.registry import RegistryChecked
from ui.pages.devices.page import DevicesPage
from ui.pages.settings import SettingsPage
from ui.pages.team.banner import RegistryBanner
from ui.pages.team.card import RegistryView
from ui.present import team

LOCAL = RegistryStatus()
SERVER = "postgresql://ada@db.workshop.example/records?sslmode=verify-full"


def registry_view(status: RegistryStatus) -> RegistryView:
    """The card of the registry, as its presenter fills it."""
    return RegistryView(team.place(status), team.standing(status), team.trouble(status))


def settings_registry() -> QWidget:
    """A server was looked at and is used."""
    from tests.support.run_samples import settings

    page = settings()
    assert isinstance(page, SettingsPage)
    status = RegistryStatus(SERVER, "Ada", Role.OPERATOR, protected=True)
    view = replace(registry_view(status), password=team.password(PasswordPlace.KEY_STORE))
    page.registry.show_state(view, SERVER, "Ada")
    found = Found("15.8", "records", "ada", Tables.CURRENT, Role.OPERATOR, True, 1204, 8731, True)
    page.registry.show_notice(team.checked(RegistryChecked(SERVER, found)))
    QTimer.singleShot(0, page, lambda: page._scroll.ensureWidgetVisible(page.registry.use))
    return page


def devices_without_server() -> QWidget:
    """The list as it was when the server answered last, and what waits for it."""
    from tests.support.record_samples import devices

    page, banner = devices(), RegistryBanner()
    assert isinstance(page, DevicesPage)
    gone = RegistryStatus(SERVER, "Ada", Role.OPERATOR, 3, RegistryUnreachable())
    page.body.insertWidget(0, banner)
    banner.show_trouble(team.brief(gone))
    return page
