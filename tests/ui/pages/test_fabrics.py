"""Fabrics in the window: the card of the settings, and the choice where a device is confirmed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from companion.errors import FabricNameUnusable, LinkLostError
from companion.events import RunFinished, RunStarted
from companion.model import OwnedFabric, Step
from companion.questions import ConfirmDevice
from companion.services import Services
from tests.support.administration_samples import FABRICS
from tests.ui.support.flows import CODE, DEVICE, begun, outcome
from ui.engine import fabrics as engine
from ui.engine.bench_messages import StartBench
from ui.engine.commands import Answer, Command
from ui.engine.fabrics import (
    AddFabric,
    FabricFailed,
    FabricsListed,
    ListFabrics,
    OpenFabrics,
    RemoveFabric,
    RenameFabric,
    UseFabric,
)
from ui.flow.state import Page
from ui.pages.bench.setup import BenchSetup
from ui.pages.fabrics.card import FabricCard, FabricPresenter
from ui.pages.questions.confirmation import ConfirmationPage
from ui.present import questions
from ui.widgets import Button, Label
from ui.widgets.field_form import FieldForm
from ui.widgets.hold_button import HoldButton
from ui.widgets.menu import Menu

HOME, OFFICE, CUSTOMER = FABRICS
LISTED = FabricsListed(((HOME, ("Lamp",)), (OFFICE, tuple(f"Lamp {n}" for n in range(20)))))


class Bench:
    def __init__(self, qtbot: QtBot) -> None:
        self.sent: list[Command] = []
        self.card = FabricCard()
        qtbot.addWidget(self.card)
        self.card.show()
        self.presenter = FabricPresenter(self.card, self.sent.append)

    @property
    def texts(self) -> str:
        return " ".join(each.text() for each in self.card.findChildren(Label) if not each.isHidden())

    def button(self, name: str) -> Button:
        QApplication.processEvents()
        (found,) = (
            each
            for each in self.card.findChildren(Button)
            if name in (each.accessibleName(), each.text()) and each.isVisibleTo(self.card)
        )
        return found


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def test_the_card_lists_them_and_says_which_one_devices_join(bench: Bench) -> None:
    bench.presenter.refresh()
    assert bench.sent == [ListFabrics()]
    bench.presenter.take(LISTED)
    assert "Home" in bench.texts and OFFICE.id in bench.texts and "Devices: 20" in bench.texts
    bench.button("Let new devices join Office").click()
    assert bench.sent[-1] == UseFabric(OFFICE.id)


def test_a_new_one_and_a_new_name_are_typed_in_place(bench: Bench) -> None:
    bench.presenter.take(LISTED)
    bench.button("New fabric").click()
    form = next(each for each in bench.card.findChildren(FieldForm) if not each.isHidden())
    assert not form.save.isEnabled()
    QTest.keyClicks(form.fields[0].line_edit, "Shop")
    QTest.keyClick(form.fields[0].line_edit, Qt.Key.Key_Return)
    assert bench.sent == [AddFabric("Shop")] and form.isHidden()
    bench.button("Rename Office").click()
    line = bench.card.focusWidget() or form
    QTest.keyClicks(line, "Werk")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert bench.sent[-1] == RenameFabric(OFFICE.id, "Werk")
    bench.presenter.take(FabricFailed(FabricNameUnusable()))
    assert "can't have this name" in bench.texts


def test_what_is_lost_is_named_before_one_is_removed(bench: Bench) -> None:
    bench.presenter.take(LISTED)
    bench.button("Remove Office").click()
    assert "Lamp 0, Lamp 1" in bench.texts and "12 more" in bench.texts
    hold = bench.button("Hold to remove Office")
    assert isinstance(hold, HoldButton)
    hold.click()
    assert not bench.sent, "a click is not enough"
    hold.held.emit()
    assert bench.sent == [RemoveFabric(OFFICE.id)]


def test_nobody_is_asked_for_a_passphrase_by_looking(bench: Bench) -> None:
    bench.presenter.take(FabricsListed(None))
    bench.button("Show fabrics").click()
    assert bench.sent == [OpenFabrics()]
    bench.presenter.take(FabricsListed(()))
    assert "first Matter device" in bench.texts


def test_the_engine_does_what_the_card_wants(tmp_path: Path) -> None:
    services = Services(["virtual"], data_dir=tmp_path)
    services.open_registry()
    try:
        assert engine.obey(ListFabrics(), services) == FabricsListed(())
        services.open_identity()
        engine.obey(AddFabric("Home"), services)
        listed = engine.obey(AddFabric("Office"), services)
        assert isinstance(listed, FabricsListed) and listed.fabrics is not None
        (home, _), (office, devices) = listed.fabrics
        assert (home.name, home.is_usual, devices) == ("Home", True, ())
        assert isinstance(engine.obey(RenameFabric(office.id, "home"), services), FabricFailed)
        engine.obey(RenameFabric(office.id, "Werk"), services)
        engine.obey(UseFabric(office.id), services)
        left = engine.obey(RemoveFabric(home.id), services)
        assert left == FabricsListed(((OwnedFabric(office.id, "Werk", is_usual=True), ()),))
        assert isinstance(engine.obey(RemoveFabric(home.id), services), FabricFailed)
    finally:
        services.close_registry()


# --- the page that asks whether it is the device -------------------------------------------------------


def test_there_is_a_choice_only_where_there_is_more_than_one(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Menu, "open_below", lambda menu, button: None)
    page = ConfirmationPage()
    qtbot.addWidget(page)
    page.show()
    page.show_device(questions.confirmation(DEVICE, ()))
    assert page._fabric.isHidden()
    fabrics = (replace(HOME, is_usual=False), replace(OFFICE, is_usual=True))
    page.show_device(questions.confirmation(DEVICE, (), fabrics))
    assert page._fabric.isVisible() and page.fabric == 1 and page._fabric.button.text() == "Office"
    page._fabric.button.click()
    menu: Any = page._fabric.menu
    assert [each.text() for each in menu.actions()] == ["Home", "Office"]
    menu.actions()[0].trigger()
    assert page.fabric == 0
    page.show_device(questions.confirmation(DEVICE, (), fabrics))
    assert page.fabric == 0, "what was chosen stays while the page is shown again"
    page.forget_fabric()
    page.show_device(questions.confirmation(DEVICE, (), fabrics))
    assert page.fabric == 1, "the next device is asked about with the usual one"


def test_a_bench_has_its_fabric_fixed_before_it_starts(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Menu, "open_below", lambda menu, button: None)
    setup, started = BenchSetup(), list[StartBench]()
    qtbot.addWidget(setup)
    setup.start_wanted.connect(started.append)
    setup.offer_fabrics((HOME,))
    assert setup.fabric.isHidden()
    setup.start.click()
    setup.offer_fabrics((HOME, OFFICE))
    setup.fabric.button.click()
    menu: Any = setup.fabric.menu
    menu.actions()[1].trigger()
    setup.start.click()
    assert [each.fabric for each in started] == ["", OFFICE.id]


@pytest.mark.parametrize("left", [(HOME, CUSTOMER), ()])
def test_a_retry_goes_to_the_fabric_that_was_chosen_and_to_no_other(left: tuple[OwnedFabric, ...]) -> None:
    ask = ConfirmDevice(DEVICE, fabrics=(HOME, OFFICE))
    flow = begun()
    flow.take(ask)
    assert flow.answer(ask, OFFICE) == (Answer(ask, OFFICE),)
    flow.take(RunFinished(outcome(LinkLostError(), Step.CONNECT)))
    flow.try_again()
    flow.take(RunStarted("run-2", CODE))
    usual = replace(OFFICE, name="Werk", is_usual=True)
    again = ConfirmDevice(DEVICE, fabrics=(replace(HOME, is_usual=False), usual))
    assert flow.take(again) == (Answer(again, usual),), "by its id, whatever it is called now"

    flow.take(RunFinished(outcome(LinkLostError(), Step.CONNECT)))
    flow.try_again()
    flow.take(RunStarted("run-3", CODE))
    gone = ConfirmDevice(DEVICE, fabrics=left)
    assert flow.take(gone) == () and flow.page is Page.CONFIRMATION, "it was removed meanwhile: asked again"


def test_one_that_was_confirmed_without_a_choice_is_asked_about_once_there_is_one() -> None:
    ask = ConfirmDevice(DEVICE)
    flow = begun()
    flow.take(ask)
    flow.answer(ask, True)
    flow.take(RunFinished(outcome(LinkLostError(), Step.CONNECT)))
    flow.try_again()
    flow.take(RunStarted("run-2", CODE))
    assert flow.take(ConfirmDevice(DEVICE, fabrics=(HOME, OFFICE))) == ()
    assert flow.page is Page.CONFIRMATION
