"""The pages of ownership operations with realistic contents, for pictures and for tests of the layout."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from companion.identity.hardware.keys import PinRequest
from companion.label.symbol import symbol
from companion.model import WifiCredentials, WifiSecurity
from companion.registry.records import DeviceRecord
from companion.secret import Secret
from ui.engine.ownership_messages import Terms, TokenMade, TokenSaved
from ui.flow.commissioning import CommissioningFlow
from ui.flow.owned_device import Owned
from ui.flow.ownership import OwnershipFlow
from ui.flow.tasks import Task
from ui.pages.network.page import NetworkPage
from ui.pages.ownership.reset import ResetPage
from ui.pages.ownership.revocation import RevocationPage
from ui.pages.ownership.transfer import TransferPage
from ui.pages.questions.passphrase import PassphrasePage
from ui.pages.run.already_yours import AlreadyYoursPage
from ui.present.ownership import forms
from ui.present.run.already_yours import already_yours as view_of_owned

OWNED = Owned("rp1-0b12", "Front door", "Hallway", "lock", "rp1", "Hafen 12")
# As long as a real one.
TOKEN = "RP1T:" + "6BFOXN*TS0BI$ZD4N9:9S6RCVN5+O30K3/XIV0W23NTDE$VK G2EP4J0BGJL" * 8
UNTIL = datetime(2026, 12, 21, 12, 0, tzinfo=UTC)
KNOWN = (WifiCredentials(b"Werkstatt IoT", Secret("correct horse battery"), WifiSecurity.WPA2),)


def flow(task: Task) -> OwnershipFlow:
    return OwnershipFlow(task, OWNED, CommissioningFlow())


def reset() -> QWidget:
    page = ResetPage()
    page.show_view(forms.reset(flow(Task.RESET)))
    return page


def reset_held() -> QWidget:
    """The button half-way."""
    page = reset()
    assert isinstance(page, ResetPage)
    page.hold.setProperty("pretendProgress", 0.55)
    return page


def revoke() -> QWidget:
    page = RevocationPage()
    page.show_view(forms.revoke(flow(Task.REVOKE)))
    return page


def give() -> QWidget:
    page = TransferPage()
    page.show_view(forms.transfer(flow(Task.TRANSFER)))
    return page


def give_to_key() -> QWidget:
    asked = flow(Task.TRANSFER)
    asked.terms = Terms(Path("mara.pub"), 7, keep_data=True)
    page = TransferPage()
    page.show_view(forms.transfer(asked))
    return page


def token() -> QWidget:
    given = flow(Task.TRANSFER)
    given.token = TokenMade(Secret(TOKEN), UNTIL, True, symbol(TOKEN).modules)
    page = TransferPage()
    page.show_token(forms.token(given, given.token))
    return page


def token_saved() -> QWidget:
    given = flow(Task.TRANSFER)
    given.token = TokenMade(Secret(TOKEN), UNTIL, False, symbol(TOKEN).modules)
    given.saved = TokenSaved(Path("Front-door-token.png"), Secret(TOKEN))
    page = TransferPage()
    page.show_token(forms.token(given, given.token))
    return page


def change() -> QWidget:
    page = NetworkPage()
    asked = flow(Task.REPROVISION)
    asked.networks = KNOWN
    page.show_view(forms.reprovision(asked))
    return page


def already_yours() -> QWidget:
    """The code of a device that its user owns was scanned."""
    page = AlreadyYoursPage()
    asked = CommissioningFlow()
    asked.record = DeviceRecord(
        id="rp1-0b12",
        name="Front door",
        protocol="rp1",
        method="oob",
        state="commissioned",
        created=UNTIL,
        updated=UNTIL,
        identity_key=b"key",
        room="Hallway",
        own_name="Lumen Lock",
    )
    page.show_view(view_of_owned(asked))
    return page


TOKENS = ("Safe",)


def pin() -> QWidget:
    page = PassphrasePage()
    page.ask_pin(PinRequest(TOKENS[0], left=2))
    return page
