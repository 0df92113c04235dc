"""A laptop with its own adapter, two dongles, and the virtual radio."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from companion.radio.adapters import Adapter, AdapterState
from ui.pages.settings import SettingsPage
from ui.present.radios import RadioView, heard, radios

ADAPTERS = (
    Adapter("hci0", "workshop", "3C:6A:A7:10:22:41", AdapterState.READY, "Intel", "5.2", True),
    Adapter(
        "hci1",
        "USB dongle",
        "00:1A:7D:DA:71:13",
        AdapterState.READY,
        "Realtek Bluetooth Radio",
        "5.1",
        False,
        True,
    ),
    Adapter("hci2", "Old dongle", "00:15:83:0C:BF:EB", AdapterState.BLOCKED, "CSR8510 A10", "", False, True),
)


def views(used: str = "os") -> tuple[RadioView, ...]:
    return radios(ADAPTERS, used, hears=heard(6, -48), error=None, can_change=True)


def settings_radios() -> QWidget:
    from tests.support.run_samples import settings

    page = settings()
    assert isinstance(page, SettingsPage)
    page.radios.show_radios(views())
    QTimer.singleShot(0, page, lambda: page._scroll.ensureWidgetVisible(page.radios))
    return page
