"""What devices connect to, in the window: the card of the settings, and where a run then sends its device."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from companion.clouds.checks import failed, passed
from companion.clouds.company import login
from companion.clouds.endpoint import ProfileEndpoint
from companion.clouds.store import ProfileStore
from companion.est.client import EstLogin
from companion.model import Text
from companion.secret import Secret
from companion.services import Services
from tests.clouds.support.profiles import sample
from ui.engine import clouds as engine
from ui.engine.clouds import (
    CheckCloud,
    CloudChecked,
    CloudFailed,
    CloudsListed,
    ImportCloud,
    KeepCloudLogin,
    ListClouds,
    MakeCloud,
    UseCloud,
)
from ui.engine.commands import Command
from ui.pages.clouds.card import CloudCard, CloudPresenter
from ui.pages.settings import SettingsPage
from ui.widgets import Button, Label
from ui.widgets.chip import Chip
from ui.widgets.field_form import FieldForm

BROKER, AWS, COMPANY = sample("mqtt", name="hall"), sample("aws-registrar"), sample("est")


@pytest.fixture
def services(tmp_path: Path) -> Services:
    return Services(("virtual",), data_dir=tmp_path)


class Bench:
    def __init__(self, qtbot: QtBot) -> None:
        self.sent: list[Command] = []
        self.card = CloudCard()
        qtbot.addWidget(self.card)
        self.card.show()
        self.presenter = CloudPresenter(self.card, self.sent.append)

    @property
    def texts(self) -> str:
        return " ".join(each.text() for each in self.card.findChildren(Label) if not each.isHidden())

    def button(self, name: str) -> Button:
        return next(each for each in self.card.findChildren(Button) if each.accessibleName() == name)

    @property
    def uses(self) -> list[Button]:
        return [each for each in self.card.findChildren(Button) if each.text() == "Use"]


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def test_each_choice_says_what_it_is_and_what_proves_it(bench: Bench) -> None:
    bench.presenter.refresh()
    bench.presenter.take(CloudsListed((BROKER, AWS), "plant"))
    assert bench.sent == [ListClouds()]
    for words in (
        "This computer",
        "hall: Your own broker",
        "plant: AWS IoT Core, registered from here",
        "Proof: AWS says: certificate active, thing attached.",
        "Azure IoT",
        "Certificates from your company's CA",
        "No profile yet",
    ):
        assert words in bench.texts
    assert len(bench.card.findChildren(Chip)) == 1
    first, second = bench.uses
    assert first.accessibleName() == "Send new devices to This computer"
    first.click()
    second.click()
    assert bench.sent[1:] == [UseCloud(""), UseCloud("hall")]


def test_a_profile_is_imported_from_a_file(
    bench: Bench, services: Services, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "plant.json"
    file.write_text(AWS.as_text())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    bench.card.take_in.click()
    assert bench.sent == [ImportCloud(file)]
    told = engine.obey(ImportCloud(file), services)
    assert told == CloudsListed((AWS,), "")
    file.write_text("{}")
    refused = engine.obey(ImportCloud(file), services)
    assert isinstance(refused, CloudFailed)
    bench.presenter.take(refused)
    assert "This is not a usable cloud profile" in bench.texts


def test_what_is_chosen_is_kept_until_it_is_gone(services: Services) -> None:
    assert engine.obey(UseCloud(""), services) == CloudsListed((), "")
    assert list(services.data_dir.iterdir()) == []
    assert isinstance(engine.obey(UseCloud("hall"), services), CloudFailed)
    store = ProfileStore(services.data_dir)
    store.keep(BROKER)
    assert engine.obey(UseCloud("hall"), services) == CloudsListed((BROKER,), "hall")
    assert engine.obey(ListClouds(), services) == CloudsListed((BROKER,), "hall")
    store.remove("hall")
    assert engine.obey(ListClouds(), services) == CloudsListed((), "")


def test_a_run_sends_its_device_there_and_those_that_take_no_cloud_nowhere_else(services: Services) -> None:
    services.open_identity()
    assert engine.sent(services, "rp1") is services
    store = ProfileStore(services.data_dir)
    store.keep(BROKER)
    store.use("hall")
    assert engine.sent(services, "matter") is services
    for protocol in ("rp1", None):
        endpoint = engine.sent(services, protocol).endpoint
        assert isinstance(endpoint, ProfileEndpoint) and endpoint.address == BROKER.endpoint
        assert endpoint.anchors == services.identity.ca.anchors
    assert services.endpoint is None


def test_a_profile_is_made_from_its_kinds_fields(bench: Bench, services: Services) -> None:
    bench.presenter.refresh()
    bench.presenter.take(CloudsListed((), ""))
    bench.button("Make a profile of Azure IoT").click()
    form = bench.card.form
    assert list(form.fields) == ["name", "id_scope", "group", "service"]
    form._choose(next(each for each in form._kinds if each.key == "mqtt"))
    assert list(form.fields) == ["name", "endpoint"] and not form.save.isEnabled()
    QTest.keyClicks(form.fields["name"].line_edit, "hall")
    QTest.keyClicks(form.fields["endpoint"].line_edit, "broker.example")
    QTest.keyClick(form.fields["endpoint"].line_edit, Qt.Key.Key_Return)
    made = MakeCloud({"kind": "mqtt", "name": "hall", "endpoint": "broker.example"})
    assert bench.sent[-1] == made
    bench.presenter.take(engine.obey(made, services))
    assert "Check endpoint: host:port." in bench.texts
    assert form.isVisible() and form.fields["name"].text() == "hall", "it is corrected, not typed again"
    bench.presenter.take(CloudsListed((), ""))
    assert form.isVisible(), "the list was only read again"
    form.fields["endpoint"].set_text("broker.example:8883")
    form.save.click()
    values = {"kind": "mqtt", "name": "hall", "endpoint": "broker.example:8883"}
    assert bench.sent[-1] == MakeCloud(values)
    told = engine.obey(MakeCloud(values), services)
    assert told == CloudsListed((BROKER,), "")
    bench.presenter.take(told)
    assert form.isHidden()


def test_a_companys_profile_needs_its_roots(
    bench: Bench, services: Services, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "company.pem"
    file.write_text(COMPANY.roots)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    bench.presenter.refresh()
    bench.presenter.take(CloudsListed((), ""))
    bench.button("Make a profile of Certificates from your company's CA").click()
    form = bench.card.form
    for key, text in {"name": "plant", "endpoint": COMPANY.endpoint, "est": COMPANY.est}.items():
        form.fields[key].set_text(text)
    assert not form.save.isEnabled()
    form.roots.click()
    assert form.roots.text() == "company.pem"
    form.save.click()
    made = bench.sent[-1]
    assert isinstance(made, MakeCloud)
    assert engine.obey(made, services) == CloudsListed((COMPANY,), "")


def test_a_companys_login_is_typed_here_and_kept_in_the_key_store(bench: Bench, services: Services) -> None:
    ProfileStore(services.data_dir).keep(COMPANY)
    services.open_identity()
    bench.presenter.take(CloudsListed((COMPANY,), ""))
    missing = engine.obey_with_keys(CheckCloud("plant"), services)
    assert isinstance(missing, CloudFailed)
    bench.presenter.take(missing)
    assert "This computer has no login for ca.example:443" in bench.texts
    bench.button("Sign in to plant: Your company's CA (EST)").click()
    form = next(each for each in bench.card.findChildren(FieldForm) if not each.isHidden())
    QTest.keyClicks(form.fields[0].line_edit, "technician")
    QTest.keyClicks(form.fields[1].line_edit, "seven gulls")
    form.save.click()
    kept = bench.sent[-1]
    assert kept == KeepCloudLogin("plant", "technician", Secret("seven gulls")) and "gulls" not in repr(kept)
    assert form.fields[1].text() == ""
    bench.presenter.take(engine.obey_with_keys(kept, services))
    assert "The login for plant is in your key store" in bench.texts
    known = login.find(services.identity.vault, COMPANY)
    assert isinstance(known, EstLogin) and known.user == "technician"


def test_what_is_missing_at_a_cloud_is_said(bench: Bench) -> None:
    bench.presenter.take(CloudsListed((AWS, BROKER), ""))
    bench.button("Check plant: AWS IoT Core, registered from here").click()
    assert bench.sent == [CheckCloud("plant")] and "Checking plant" in bench.texts
    there = passed("policy", Text("Policy"), Text("sensors"))
    bench.presenter.take(CloudChecked("plant", (there,)))
    assert "plant: nothing missing was found" in bench.texts and "Policy: sensors" in bench.texts
    bench.presenter.take(CloudChecked("plant", (there, failed("ca", Text("CA"), Text("not there")))))
    assert "plant: something is missing" in bench.texts and "CA: not there" in bench.texts
    with pytest.raises(StopIteration):
        bench.button("Check hall: Your own broker")


def test_a_choice_scrolls_the_settings_nowhere_and_leaves_the_keyboard_in_the_card(qtbot: QtBot) -> None:
    """The button that was pressed goes with its row: the keyboard would go on, and the page with it."""
    page = SettingsPage()
    qtbot.addWidget(page)
    page.resize(900, 600)
    presenter = CloudPresenter(page.clouds, lambda command: None)
    presenter.refresh()
    presenter.take(CloudsListed((BROKER,), ""))
    with qtbot.waitActive(page):
        page.show()
    page.bring(page.clouds)
    use = next(each for each in page.clouds.findChildren(Button) if each.text() == "Use")
    use.setFocus(Qt.FocusReason.MouseFocusReason)
    place = page.place
    assert place > 0
    presenter.take(CloudsListed((BROKER,), "hall"))
    QApplication.processEvents()
    assert page.place == place and page.clouds.new.hasFocus()
