"""The radios in the settings: which is in use, what is wrong with the others, and choosing one."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from companion.errors import AdapterMissing, AdapterOff
from tests.support.radio_samples import ADAPTERS
from ui.engine.commands import Command
from ui.engine.events import Nearby, RadioMissing, RadioReady
from ui.engine.radios import AskRadios, RadiosFound
from ui.pages.computer.radios import RadiosPresenter, RadiosSection
from ui.pages.router import Router
from ui.pages.scan.page import ScanPage
from ui.shell.app import open_settings
from ui.shell.radio_choice import RadioChoice

LAPTOP, DONGLE = "os:3C:6A:A7:10:22:41", "os:00:1A:7D:DA:71:13"


def test_another_adapter_is_chosen(qtbot: QtBot) -> None:
    sent: list[Command] = []
    section = RadiosSection()
    qtbot.addWidget(section)
    section.show()
    presenter = RadiosPresenter(section, sent.append)

    def told() -> dict[str, tuple[str, bool]]:
        return {card.view.spec: (card.view.state, card.view.can_use) for card in section.cards}

    presenter.refresh()
    assert sent == [AskRadios()]
    presenter.show_use("os", RadioMissing("os", AdapterOff()), (), can_change=True)
    assert told()["os"][0] == AdapterOff().title_text, "what is wrong is said, and not that it is in use"
    assert set(told()) == {"os", "virtual"}
    presenter.take(RadiosFound(ADAPTERS))
    presenter.take(RadioReady("os", False))
    assert told() == {
        LAPTOP: ("In use", False),
        DONGLE: ("Ready", True),
        "os:00:15:83:0C:BF:EB": ("Blocked", False),
        "virtual": ("Ready", True),
    }
    chosen: list[tuple[str, str]] = []
    section.chosen.connect(lambda *each: chosen.append(each))
    next(card for card in section.cards if card.view.spec == DONGLE).use.click()
    assert chosen == [(DONGLE, "USB dongle")] and told()[DONGLE] == ("In use", False), (
        "the card says so at once"
    )
    presenter.show_use("os:hci1", RadioReady("os:hci1", False), (), can_change=True)
    assert told()[DONGLE] == ("In use", False), "the command line may name it so"
    presenter.show_use(DONGLE, RadioReady(DONGLE, False), (), can_change=True)
    presenter.take(Nearby(()))
    assert told()[DONGLE] == ("In use", False) and told()[LAPTOP] == ("Ready", True)
    presenter.show_use("virtual", None, (), can_change=False)
    assert not any(can_use for _, can_use in told().values()), "a run goes on"
    presenter.show_use("bumble:usb:0", None, (), can_change=True)
    assert list(told()) == ["bumble:usb:0"]


def test_an_adapter_that_is_gone_stays_the_one_in_use_until_another_is_chosen(qtbot: QtBot) -> None:
    section = RadiosSection()
    qtbot.addWidget(section)
    section.show()
    presenter = RadiosPresenter(section, lambda command: None)
    error = AdapterMissing()
    presenter.show_use(DONGLE, RadioMissing(DONGLE, error), (), can_change=True, name="USB dongle")
    presenter.take(RadiosFound(ADAPTERS[:1]))
    gone, laptop, virtual = section.cards
    assert (gone.view.name, gone.view.state) == ("USB dongle", "Missing") and not gone.view.can_use
    assert gone.view.address == "00:1A:7D:DA:71:13" and "no other one" in gone.view.hears
    assert laptop.view.can_use and virtual.view.can_use
    laptop.use.click()
    assert [card.view.spec for card in section.cards] == ["os", "virtual"], (
        "the only one is not tied to its address: there was nothing to choose from"
    )


def test_an_adapter_is_remembered_and_only_this_computers(qtbot: QtBot, tmp_path: Path) -> None:
    router = Router(ScanPage(), lambda command: None)
    qtbot.addWidget(router)

    def remembered() -> RadioChoice:
        return RadioChoice(open_settings(tmp_path), lambda: router)

    assert remembered().spec == "os"
    remembered().choose(DONGLE, "USB dongle")
    assert (remembered().spec, remembered().name) == (DONGLE, "USB dongle")
    remembered().choose("virtual", "Virtual")
    assert router.control.is_virtual and remembered().spec == DONGLE
    router.control.leave_virtual()
    assert router.control.spec == DONGLE, "the way back leads to the adapter that was chosen"
    open_settings(tmp_path / "another").setValue("radio/adapter", "bumble:usb:0")
    assert RadioChoice(open_settings(tmp_path / "another"), lambda: router).spec == "os"
