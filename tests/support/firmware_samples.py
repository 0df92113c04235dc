"""The card of firmware with realistic contents, for pictures and for tests of the layout."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from companion.firmware import explain
from companion.firmware.rules import KeptFile, Rule
from tests.firmware.files import key, octets
from ui.engine.firmware import FirmwareExplained, RulesListed
from ui.pages.settings import SettingsPage
from ui.present import firmware
from ui.present.radios import radios

RULES = RulesListed(
    (
        Rule(
            model="Lamp 3",
            manufacturer="Nordlicht",
            at_least="2.1.0",
            file=KeptFile("lamp3-2.1.3.bin", "/kept/lamp3.bin", "ab" * 32),
        ),
        Rule(model="Nordlicht Plug", protocol="matter", sequence=7, stops_untold=False),
        Rule(protocol="espressif", nonce_fix=True),
    )
)
SIGNED = octets("mcuboot_rsa-2048.bin")


def rules() -> QWidget:
    return _settings()


def signed_file() -> QWidget:
    image = explain(SIGNED, (key("mcuboot_rsa-2048"),))
    return _settings(FirmwareExplained(Path("lamp3-2.1.3.bin"), image, with_key=True))


def changed_file() -> QWidget:
    return _settings(FirmwareExplained(Path("lamp3-2.1.3.bin"), explain(SIGNED.replace(b"z", b"y", 1))))


def _settings(told: FirmwareExplained | None = None) -> QWidget:
    page = SettingsPage()
    page.radios.show_radios(radios((), "os", hears="", error=None, can_change=True))
    page.firmware.show_rules(firmware.listed(RULES))
    if told is not None:
        page.firmware.show_file(firmware.explained(told))
    QTimer.singleShot(0, page, lambda: page.bring(page.firmware))
    return page
