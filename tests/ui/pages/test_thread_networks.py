"""Thread networks on the network page: what is offered, what a dataset means, and what is wrong with one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from companion.model import BorderRouter, DeviceSettings, Text, ThreadNetwork
from companion.protocols import recognise
from companion.questions import AskRouter, ChooseNetwork
from companion.secret import Secret
from companion.virtual import thread_network
from tests.networks.thread.samples import ANDROID, DATASET, DEMO
from tests.support.network_samples import HEARD, HOME, OTHER, page
from tests.ui.flow.test_problems import connected
from tests.ui.support.drops import drop
from ui.engine.commands import Answer
from ui.engine.events import RadioReady
from ui.flow.answers import DeviceAnswers, Subject
from ui.flow.commissioning import CommissioningFlow
from ui.pages.network.page import NetworkPage
from ui.pages.network.presenter import NetworkPresenter
from ui.pages.scan.code_sources import CodeSources
from ui.pages.scan.page import ScanPage
from ui.present import network
from ui.present.thread_networks import meshes

SEEN = ThreadNetwork("OpenThreadDemo", bytes.fromhex("1111111122222222"), 0x1234, 16, -51)
UNKNOWN = ThreadNetwork("Harbour", bytes(8), 0x1235, 20, -74)


async def hand_out(router: str) -> Secret:
    return DATASET


def asked(**changes: Any) -> ChooseNetwork:
    return ChooseNetwork(
        **{"needs_wifi": False, "needs_thread": True, "suggested_name": "Lamp", "ask_router": hand_out}
        | changes
    )


@pytest.fixture
def shown(qtbot: QtBot) -> Any:
    def make(**changes: Any) -> NetworkPage:
        made = page(**changes)
        qtbot.addWidget(made)
        return made

    return make


def words(shown: NetworkPage) -> str:
    """All that is read or heard on the page."""
    visible = [each for each in shown.findChildren(QWidget) if each.isVisibleTo(shown)]
    labels = [each.text() for each in visible if isinstance(each, QLabel)]
    return "\n".join(labels + [each.accessibleName() for each in visible])


# --- what is offered --------------------------------------------------------------------------------


def test_what_is_near_comes_first_and_what_needs_a_dataset_says_so() -> None:
    flow = connected()
    routers = (
        BorderRouter("Kitchen", "Harbour", "00" * 8, "OpenThread", ("192.0.2.7",)),
        BorderRouter("Attic", "Workshop", "", "", ()),
        BorderRouter("Hall", "OpenThreadDemo", "1111111122222222", "", ()),
    )
    question = asked(
        meshes=(UNKNOWN, SEEN),
        border_routers=routers,
        datasets=(Secret(bytes.fromhex(ANDROID)), DATASET),
    )
    choices = meshes(question, flow)
    assert [(each.name, each.detail, each.rssi, each.router) for each in choices] == [
        ("OpenThreadDemo", "Near, channel 16", -51, ""),
        ("OpenThread-d9a0", "Channel 19, PAN ID D9A0", None, ""),
        ("Harbour", "Near, channel 20, dataset needed", -74, "Kitchen"),
        ("Workshop", "Border router Attic", None, "Attic"),
    ]
    assert {each.origin for each in choices} == {"From the key store", ""}
    # Routers that nobody can ask are no way to a dataset.
    assert len(meshes(asked(border_routers=routers, ask_router=None), flow)) == 0


def test_a_virtual_device_is_offered_the_virtual_network() -> None:
    flow = connected()
    flow.radio = RadioReady("virtual", True)
    (only,) = meshes(asked(), flow)
    assert only.dataset == thread_network.dataset().secret and "virtual" in only.origin


def test_a_network_that_was_pasted_as_a_code_is_offered_first() -> None:
    flow = CommissioningFlow()
    flow.suggest_mesh(DATASET)
    question = asked(datasets=(Secret(bytes.fromhex(ANDROID)), DATASET))
    first, second = meshes(question, flow)
    assert (first.dataset, first.origin) == (DATASET, "From the code you scanned")
    assert second.origin == "From the key store"
    assert network.network(question, flow).chosen_mesh == DATASET


def test_a_pasted_network_is_kept_for_the_device_or_refused_with_what_is_wrong(qtbot: QtBot) -> None:
    page = ScanPage()
    qtbot.addWidget(page)
    sources = CodeSources(page, lambda command: None)
    given: list[Secret] = []
    sources.mesh_given.connect(given.append)
    for text in (DEMO, DEMO.replace("0300001035", "0300000935")):
        code = recognise(text)
        assert code.ecosystem == "thread-network"
        sources.recognition.show_kind(code)
    assert given == [DATASET]
    said = [each.text() for each in page.findChildren(QLabel)]
    assert any("Thread uses 11 to 26" in each for each in said), said


def test_what_was_given_for_a_device_is_given_again_after_a_loss() -> None:
    flow = connected()
    subject = Subject.of(None, flow.found) if flow.found else None
    assert subject is not None
    given = DeviceAnswers(subject).with_settings(DeviceSettings("Lamp", thread=DATASET), None)
    assert given.answer(subject, asked(), None) == DeviceSettings("Lamp", thread=DATASET)
    without = DeviceAnswers(subject).with_settings(DeviceSettings("Lamp"), None)
    assert without.answer(subject, asked(), None) is None


# --- what is handed over ----------------------------------------------------------------------------


def test_a_kept_network_is_handed_over_with_a_click(qtbot: QtBot, shown: Any) -> None:
    made = shown()
    said = words(made)
    for word in ("From the key store", "OpenThreadDemo", "16", "1234", "1111111122222222"):
        assert word in said
    assert DEMO not in said and "00112233" not in said
    with qtbot.waitSignal(made.submitted) as sent:
        made._submit()
    assert sent.args == [DeviceSettings("Reading lamp", "Hallway", thread=DATASET)]


def test_a_dataset_is_pasted_as_the_console_shows_it(qtbot: QtBot, shown: Any) -> None:
    made = shown(meshes=())
    assert not made._go.isEnabled()
    QGuiApplication.clipboard().setText(f"> dataset active -x\n{ANDROID}\nDone\n")
    field = made._meshes._panel._field
    field.line_edit.paste()
    assert "OpenThread-d9a0" in words(made) and made._go.isEnabled()
    field.set_text(ANDROID[:-2])
    assert "ends in the middle of an entry" in words(made)
    assert not made._go.isEnabled() and "OpenThread-d9a0" not in words(made)
    field.set_text("")
    assert "middle of an entry" not in words(made)


def test_a_dataset_of_another_network_than_the_chosen_one_is_said(qtbot: QtBot, shown: Any) -> None:
    made = shown(meshes=(OTHER, HEARD))
    made.take_dataset(ANDROID)
    assert "This dataset belongs to a different network." in words(made)
    made._meshes._choose(2)
    made.take_dataset(ANDROID)
    assert "not of the network" not in words(made)


def test_a_dropped_dataset_takes_the_place_of_a_kept_one(qtbot: QtBot, shown: Any) -> None:
    made = shown(meshes=(HOME,))
    data = QMimeData()
    data.setText(ANDROID)
    assert drop(made, data=data)
    assert made._meshes.dataset() == Secret(bytes.fromhex(ANDROID))
    assert made._meshes._rows[-1].isChecked()


def test_why_the_last_one_did_not_work_is_said_and_it_is_filled_in(qtbot: QtBot, shown: Any) -> None:
    made = shown(meshes=(), chosen_mesh=DATASET, problem="The device could not join the Thread network")
    assert made._meshes.dataset() == DATASET
    assert "could not join the Thread network" in words(made)
    made = shown(meshes=(), chosen_mesh=Secret(b"damaged"))
    assert made._meshes.dataset() is None
    # It opens the row of its network.
    known = replace(HOME, dataset=None)
    made = shown(meshes=(OTHER, known), chosen_mesh=DATASET)
    assert made._meshes._rows[1].isChecked() and made._meshes.dataset() == DATASET


# --- files and border routers -----------------------------------------------------------------------


class Control:
    """Takes what the page's presenter performs."""

    def __init__(self) -> None:
        self.flow = connected()
        self.performed: list[Any] = []

    def perform(self, commands: Any) -> None:
        self.performed += commands

    def cancel(self) -> None:
        raise NotImplementedError


@pytest.fixture
def at_work(qtbot: QtBot) -> tuple[Control, NetworkPresenter]:
    control = Control()
    presenter = NetworkPresenter(control)  # type: ignore[arg-type]  # only what the page needs of it
    qtbot.addWidget(presenter.page)
    return control, presenter


def put(control: Control, presenter: NetworkPresenter, question: ChooseNetwork) -> None:
    control.flow.take(question)
    presenter.fill(control.flow)


def test_a_file_is_read_and_one_that_is_none_is_said(
    at_work: tuple[Control, NetworkPresenter], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    control, presenter = at_work
    put(control, presenter, asked())
    file = tmp_path / "dataset.txt"
    file.write_text(f"{DEMO}\n")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *asked: (str(file), ""))
    presenter.page._meshes.file_wanted.emit()
    assert presenter.page._meshes.dataset() == DATASET
    assert drop(presenter.page, file)
    file.unlink()
    presenter.page.file_chosen.emit(file)
    assert "does not exist" in words(presenter.page)


def test_a_border_router_is_asked_and_what_it_hands_out_is_chosen(
    at_work: tuple[Control, NetworkPresenter],
) -> None:
    control, presenter = at_work
    router = BorderRouter("Kitchen", "Harbour", "00" * 8, "", ("192.0.2.7",))
    first = asked(border_routers=(router,))
    put(control, presenter, first)
    shown = presenter.page
    assert "neither encrypted nor authenticated" in words(shown)
    shown._name.set_text("Mine")
    shown._meshes.router_wanted.emit("Kitchen")
    assert control.performed == [Answer(first, AskRouter("Kitchen"))]
    assert not shown._go.isEnabled()
    silent = asked(border_routers=(router,), problem=Text("No Thread dataset from Kitchen"))
    put(control, presenter, silent)
    assert "No Thread dataset from Kitchen" in words(shown)
    shown._meshes.router_wanted.emit("Kitchen")
    given = DeviceSettings("Lamp", thread=DATASET)
    put(control, presenter, asked(border_routers=(router,), previous=given, datasets=(DATASET,)))
    assert shown._meshes.dataset() == DATASET and shown._go.isEnabled()
    assert "From the border router" in words(shown)
    assert shown._name.text() == "Mine", "what is filled in stays"
    # Nobody to ask: nothing is sent.
    assert control.flow.ask_router(asked(ask_router=None), "Kitchen") == ()
    assert control.flow.ask_router(None, "Kitchen") == ()


def test_the_page_asks_for_a_network() -> None:
    view = network.network(asked(meshes=(SEEN,), datasets=(DATASET,)), connected())
    assert view.needs_thread and not view.needs_wifi and view.seen_by == "Seen by the device"
    assert view.title == "Which network, and what is it called?"
