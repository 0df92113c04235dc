"""A company network on the network page: described, proved from this computer, and only then handed over."""

from __future__ import annotations

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from companion.errors import CheckUnavailable, OwnCertificateRejected, RadiusServerSilent
from companion.identity import open_identity
from companion.model import DeviceSettings, WifiCredentials, WifiSecurity
from companion.networks.company import check as checking
from companion.networks.company.document import as_json, as_pem
from companion.networks.company.report import Phase
from companion.networks.company.server_look import SeenServer
from companion.networks.company.ways.eapol_test import EapolTest
from companion.networks.company.ways.network_manager import NetworkManager
from companion.questions import ChooseNetwork
from companion.secret import Secret
from companion.services import open_services
from tests.networks.company.test_supplicant_events import BEGIN, SERVER, SUCCESS
from tests.networks.company.werk import WERK, network
from tests.support.network_samples import report
from tests.support.run_samples import network_view
from ui.engine import network_check as engine
from ui.engine.network_check import (
    CheckNetwork,
    LearnServer,
    NetworkChecked,
    RadiusFolderSaved,
    SaveRadiusFolder,
    ServerSeen,
)
from ui.flow.commissioning import CommissioningFlow
from ui.pages.network.ca_learning import CaLearning
from ui.pages.network.check_card import CheckStage
from ui.pages.network.company_fields import CompanyFields
from ui.pages.network.page import NetworkPage
from ui.pages.network.presenter import NetworkPresenter
from ui.present import network as present
from ui.present import network_check
from ui.widgets import Label

OTHER_NAME = network(server_name="other.example")


class Control:
    """As much of a flow's control as the page needs."""

    flow = None

    def __init__(self) -> None:
        self.performed: list[Any] = []

    def cancel(self) -> None:
        """Nothing runs."""

    def perform(self, commands: tuple[Any, ...]) -> None:
        self.performed += commands


@pytest.fixture
def control() -> Control:
    return Control()


@pytest.fixture
def presenter(qtbot: QtBot, control: Control) -> NetworkPresenter:
    made = NetworkPresenter(control)  # type: ignore[arg-type]  # as much of it as is used
    qtbot.addWidget(made.page)
    show(made.page, network())
    return made


def show(page: NetworkPage, wifi: WifiCredentials) -> None:
    page.show_view(network_view(networks=(), chosen=wifi, seen_by="", can_rescan=False))
    page.show()


def checked(wifi: WifiCredentials, *, passes: bool) -> NetworkChecked:
    problem = None if passes else OwnCertificateRejected(ssid="Werk-IoT")
    return NetworkChecked(wifi, report(None if passes else Phase.OWN_CERTIFICATE, problem))


def test_nothing_is_handed_over_before_the_check(presenter: NetworkPresenter, control: Control) -> None:
    page, gate, given = presenter.page, presenter.page.gate, list[DeviceSettings]()
    page.submitted.connect(given.append)
    page._submit()
    assert given == [] and gate.check_now.isVisible() and not page._go.isVisible()
    gate.check_now.click()
    assert control.performed == [CheckNetwork(network())]
    assert gate.card.stage is CheckStage.RUNNING and not gate.check_now.isEnabled()
    presenter.take(checked(network(), passes=True))
    page._submit()
    assert [each.wifi for each in given] == [network()]


def test_what_failed_is_named_with_the_folder_for_the_administrator(
    presenter: NetworkPresenter, control: Control, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = presenter.page
    presenter.take(checked(network(), passes=False))
    assert not page._go.isVisible() and page.gate.check_now.text() == "Check again"
    folder = tmp_path / "radius"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(folder), ""))
    page.gate.card._save.click()
    assert control.performed == [SaveRadiusFolder(folder)]
    presenter.take(RadiusFolderSaved(folder))
    assert str(folder) in page.gate.card._saved.text()


def test_a_check_is_worth_nothing_for_other_details(presenter: NetworkPresenter) -> None:
    page = presenter.page
    presenter.take(checked(network(), passes=True))
    assert page._go.isEnabled()
    show(page, OTHER_NAME)
    assert page.gate.is_shut and page.gate.card.stage is CheckStage.WAITING
    presenter.take(checked(network(), passes=True))
    assert page.gate.is_shut, "it was of the network before"


def test_a_check_that_passed_is_good_for_the_next_device_for_a_while(
    presenter: NetworkPresenter, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = presenter.page
    presenter.take(checked(network(), passes=True))
    show(page, OTHER_NAME)
    show(page, network())
    assert not page.gate.is_shut
    monkeypatch.setattr("ui.pages.network.presenter.KEPT_SECONDS", 0.0)
    show(page, OTHER_NAME)
    show(page, network())
    assert page.gate.is_shut


def test_where_nothing_can_be_checked_handing_over_takes_a_tick(presenter: NetworkPresenter) -> None:
    page = presenter.page
    presenter.take(NetworkChecked(network(), None, CheckUnavailable("no nmcli", ssid="Werk-IoT")))
    assert page.gate.is_shut and "NetworkManager" in page.gate.card._problem._sentence.text()
    page.gate.card._skip.setChecked(True)
    assert not page.gate.is_shut and page._go.isEnabled()
    show(page, OTHER_NAME)
    assert page.gate.is_shut


def test_other_networks_have_no_check(presenter: NetworkPresenter) -> None:
    show(presenter.page, WifiCredentials(b"Gast", None, WifiSecurity.OPEN))
    assert not presenter.page.gate.card.isVisible() and presenter.page._go.isEnabled()


@pytest.mark.parametrize(
    "content", [as_pem(WERK.anchors[0]).encode(), WERK.anchors[0], "network"], ids=["PEM", "DER", "network"]
)
def test_a_file_fills_the_form(
    presenter: NetworkPresenter, content: bytes | str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, file = presenter.page, tmp_path / "file"
    wanted = network() if content == "network" else None
    file.write_bytes(json.dumps(as_json(network())).encode() if isinstance(content, str) else content)
    page.show_view(network_view(networks=(), chosen=WifiCredentials(b"Werk", None, WifiSecurity.ENTERPRISE)))
    assert page.gate.network is None
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    page.gate.choose_file()
    company = page._networks._panel.company
    assert company._anchors == WERK.anchors
    assert (page.gate.network == wanted) if wanted else not company._server.text()


def test_a_file_that_is_neither_says_so(presenter: NetworkPresenter, tmp_path: Path) -> None:
    for content in (b"nothing", b'{"ssid": "Hafen 12"}', b"{", b"[]"):
        (tmp_path / "file").write_bytes(content)
        presenter.page.gate.file_chosen.emit(tmp_path / "file")
        assert presenter.page._networks._panel.company._print.text() == "This file contains no certificate."
        show(presenter.page, OTHER_NAME)
    presenter.page.gate.file_chosen.emit(tmp_path / "missing")
    assert "missing" in presenter.page._networks._panel.company._print.text()


def test_a_rule_that_can_not_be_one_is_said_at_its_field(presenter: NetworkPresenter) -> None:
    company = presenter.page._networks._panel.company
    company._identity.set_text("{name}")
    assert company.login() is None and presenter.page.gate.network is None
    assert "at most 253" in company._identity._below.text()


def test_a_device_that_can_not_join_one_is_offered_none(presenter: NetworkPresenter) -> None:
    page = presenter.page
    page.show_view(network_view(networks=(), chosen=None, company=False))
    kind = page._networks._panel._kind
    assert not kind._group.button(3).isVisible()


async def test_the_engine_checks_with_the_owners_ca(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def log_in(self: NetworkManager, wifi: Any, serial: str, files: Any, watch: checking.Watch) -> bool:
        for line in (BEGIN + SERVER + SUCCESS).splitlines():
            watch.take(line)
        return True

    monkeypatch.setattr(NetworkManager, "log_in", log_in)
    open_identity(tmp_path, throwaway=True)
    async with open_services(["virtual"], data_dir=tmp_path) as services:
        answered = await engine.obey(CheckNetwork(network()), services)
        assert isinstance(answered, NetworkChecked) and answered.report is not None
        assert network_check.checked(answered.report).stage is CheckStage.PASSED
        folder = tmp_path / "radius"
        assert await engine.obey(SaveRadiusFolder(folder), services) == RadiusFolderSaved(folder)
        assert (folder / "README.txt").exists()
        again = await engine.obey(SaveRadiusFolder(folder), services)
        assert isinstance(again, RadiusFolderSaved) and again.error is not None
        monkeypatch.undo()
        monkeypatch.setenv("PATH", str(tmp_path))
        lacking = await engine.obey(CheckNetwork(network()), services)
        assert isinstance(lacking, NetworkChecked) and lacking.report is None


def test_a_network_of_before_is_offered_to_who_can_join_it() -> None:
    """The device before was in the company's network; this one has no certificate login."""
    flow = CommissioningFlow()
    flow.suggestion = replace(flow.suggestion, wifi=network())
    everybody = present.network(ChooseNetwork(remembered=(network(),)), flow)
    assert everybody.chosen == network() and everybody.company
    assert [each.login for each in everybody.networks] == [network().login]
    without = frozenset(WifiSecurity) - {WifiSecurity.ENTERPRISE}
    others = present.network(ChooseNetwork(remembered=(network(),), joinable=without), flow)
    assert others.chosen is None and not others.company
    assert [each.can_join for each in others.networks] == [False]


# --- a CA that the server itself shows ---------------------------------------------------------------------

SSID = network().ssid
SEEN = SeenServer(
    WERK.anchors[0], "CN=Werk Root", sha256(WERK.anchors[0]).hexdigest(), ("radius.werk.example",)
)


def asking(presenter: NetworkPresenter) -> CaLearning:
    """The form of the network without a CA, its server asked."""
    login = network().login
    assert login is not None
    show(presenter.page, replace(network(), login=replace(login, anchors=())))
    fields = presenter.page.findChild(CompanyFields)
    assert fields.login() is None
    _, ask = fields.offers().actions()
    ask.trigger()
    learning: CaLearning = fields.learning
    for field, text in zip(learning.form.fields, ("radius.example:1813", "shared"), strict=True):
        field.set_text(text)
    learning.form.save.click()
    return learning


def test_a_ca_that_the_server_shows_is_taken_once_a_person_has_compared_it(
    presenter: NetworkPresenter, control: Control
) -> None:
    learning, fields = asking(presenter), presenter.page.findChild(CompanyFields)
    asked = control.performed[-1]
    assert asked == LearnServer(SSID, "radius.example:1813", Secret("shared")) and "shared" not in repr(asked)
    presenter.take(ServerSeen(b"another network", SEEN))
    assert not learning.same.isVisible()
    presenter.take(ServerSeen(SSID, SEEN))
    texts = " ".join(each.text() for each in learning.findChildren(Label) if each.isVisible())
    pairs = [SEEN.fingerprint.upper()[at : at + 2] for at in range(0, 64, 2)]
    assert " ".join(":".join(pairs[at : at + 8]) for at in (0, 8, 16, 24)) in texts
    assert (
        "CN=Werk Root" in texts and "radius.werk.example" in texts and "Anyone can run such a server" in texts
    )
    assert fields.login() is None, "nobody has compared it yet"
    learning.same.click()
    login = fields.login()
    assert login is not None and login.anchors == WERK.anchors and not learning.same.isVisible()


def test_a_server_with_another_ca_is_not_believed(presenter: NetworkPresenter) -> None:
    learning = asking(presenter)
    presenter.take(ServerSeen(SSID, SEEN))
    learning.other.click()
    fields = presenter.page.findChild(CompanyFields)
    assert fields.login() is None and not learning.same.isVisible()
    texts = " ".join(each.text() for each in learning.findChildren(Label) if each.isVisible())
    assert "Another server answers for this network" in texts


def test_why_a_server_can_not_be_asked_is_said(presenter: NetworkPresenter) -> None:
    learning = asking(presenter)
    presenter.take(ServerSeen(SSID, None, RadiusServerSilent(address="radius.example:1813")))
    texts = " ".join(each.text() for each in learning.findChildren(Label) if each.isVisible())
    assert "radius.example:1813" in texts


async def test_the_engine_asks_the_server_by_its_address(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ways: list[EapolTest] = []

    async def look(way: EapolTest, *, ssid: bytes, identity: str) -> SeenServer:
        ways.append(way)
        if len(ways) > 1:
            raise RadiusServerSilent(address=way.radius)
        return SEEN

    monkeypatch.setattr("companion.networks.company.server_look.look", look)
    async with open_services(["virtual"], data_dir=tmp_path) as services:
        found = await engine.obey(LearnServer(SSID, "[2001:db8::1]:1813", Secret("x")), services)
        silent = await engine.obey(LearnServer(SSID, "radius.example", Secret("x")), services)
    assert found == ServerSeen(SSID, SEEN)
    assert isinstance(silent, ServerSeen) and isinstance(silent.error, RadiusServerSilent)
    assert [each.radius for each in ways] == ["[2001:db8::1]:1813", "radius.example:1812"]


def test_whoever_asks_no_server_after_all_has_the_form_back(presenter: NetworkPresenter) -> None:
    show(presenter.page, network())
    fields = presenter.page.findChild(CompanyFields)
    fields.learning.open()
    assert not fields.choose.isVisible() and fields.learning.form.isVisible()
    fields.learning.form.cancel.click()
    assert fields.choose.isVisible() and not fields.learning.isVisible()
