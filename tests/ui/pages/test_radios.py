"""The radios in the settings: which is in use, what is wrong with the others, and choosing one."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from companion.errors import AdapterOff, NoAdapter
from tests.support.radio_samples import ADAPTERS
from ui.engine.commands import Command
from ui.engine.events import Nearby, RadioMissing, RadioReady
from ui.engine.radios import AskRadios, RadiosFound
from ui.pages.computer.radios import RadiosPresenter, RadiosSection


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
        "os": ("In use", False),
        "os:hci1": ("Ready", True),
        "os:hci2": ("Blocked", False),
        "virtual": ("Ready", True),
    }
    chosen: list[str] = []
    section.chosen.connect(chosen.append)
    next(card for card in section.cards if card.view.spec == "os:hci1").use.click()
    assert chosen == ["os:hci1"] and told()["os:hci1"] == ("In use", False), "the card says so at once"
    presenter.show_use("os:hci1", RadioReady("os:hci1", False), (), can_change=True)
    presenter.take(Nearby(()))
    assert told()["os:hci1"] == ("In use", False) and told()["os"] == ("Ready", True)
    presenter.take(RadioMissing("os:hci1", NoAdapter()))
    presenter.take(RadiosFound(ADAPTERS[:1]))
    assert told()["os:hci1"][0] == NoAdapter().title_text, "one that was pulled out is still the one in use"
    presenter.show_use("virtual", None, (), can_change=False)
    assert not any(can_use for _, can_use in told().values()), "a run goes on"
    presenter.show_use("bumble:usb:0", None, (), can_change=True)
    assert list(told()) == ["bumble:usb:0"]
