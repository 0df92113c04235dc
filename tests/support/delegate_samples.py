"""The page of a new grant and the settings with delegates, with contents for pictures and tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from companion.protocols import delegation_drivers
from companion.trust.grants.record import GrantRecord
from companion.trust.grants.terms import GrantTerms, Places, Right
from ui.engine.delegation_messages import GrantAsked, GrantsListed, HeardAt
from ui.pages.delegates.page import GrantPage
from ui.pages.delegates.views import Choices
from ui.pages.settings import SettingsPage
from ui.present import delegates
from ui.present.radios import radios

NOW = datetime(2026, 11, 30, 18, 0, tzinfo=UTC)
KEY = b"\x04" + b"\x4e\x91" * 32
CHOICES = Choices(
    rights=frozenset({Right.ONBOARD, Right.NETWORKS, Right.READ}),
    sites=frozenset({"hall-2"}),
    devices=40,
    hours=True,
)


def asked() -> GrantAsked:
    (driver,) = delegation_drivers().values()
    return GrantAsked(
        "RP1Q:X", "Line 2 station", "4E:91", driver.enforcement, ("hall-2", "hall-3", "workshop")
    )


def grant_page() -> QWidget:
    page = GrantPage()
    page.begin(delegates.page(asked(), Choices(), NOW))
    for right in CHOICES.rights:
        page._rights[right].setChecked(True)
    page._sites["hall-2"].setChecked(True)
    page._devices.box.setValue(40)
    page._hours.setChecked(True)
    page.show_view(delegates.page(asked(), page.choices, NOW))
    return page


def grant_page_empty() -> QWidget:
    page = GrantPage()
    page.begin(delegates.page(asked(), Choices(), NOW))
    return page


def record(name: str, *, held: bool = False, days: int = 14, revoked: bool = False) -> GrantRecord:
    terms = GrantTerms(
        frozenset({Right.ONBOARD, Right.NETWORKS}),
        Places(False, frozenset({"hall-2"})),
        NOW + timedelta(days=days),
        since=None if days > 0 else NOW - timedelta(days=30),
        devices=40,
    )
    return GrantRecord(
        f"id-{name}",
        "rp1",
        held,
        KEY,
        "Hafen Facility",
        KEY,
        name,
        terms,
        "RP1G:X",
        NOW,
        revoked=NOW if revoked else None,
    )


def listed() -> GrantsListed:
    grants = (
        record("Your laptop", held=True),
        record("Line 2 station"),
        record("Bert’s laptop", revoked=True),
        record("Summer team", days=-2),
    )
    sites = (
        HeardAt("", 0, ("Lamp",)),
        HeardAt("hall-2", 7, tuple(f"Sensor L2-{number:02}" for number in range(12))),
        HeardAt("workshop", 0, tuple(f"Press {number}" for number in range(11))),
    )
    return GrantsListed(grants, 7, 31, sites)


def settings_with_delegates() -> QWidget:
    page = SettingsPage()
    page.radios.show_radios(radios((), "os", hears="", error=None, can_change=True))
    page.delegates.show_view(delegates.listed(listed(), NOW))
    QTimer.singleShot(0, page, lambda: page._scroll.ensureWidgetVisible(page.delegates))
    return page
