"""What devices connect to, in the window: the card of the settings, and where a run then sends its device."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from companion.clouds.endpoint import ProfileEndpoint
from companion.clouds.store import ProfileStore
from companion.services import Services
from tests.clouds.support.profiles import sample
from ui.engine import clouds as engine
from ui.engine.clouds import CloudFailed, CloudsListed, ImportCloud, ListClouds, UseCloud
from ui.engine.commands import Command
from ui.pages.clouds.card import CloudCard, CloudPresenter
from ui.widgets import Button, Label
from ui.widgets.chip import Chip

BROKER, AWS = sample("mqtt", name="hall"), sample("aws-registrar")


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
    failed = engine.obey(ImportCloud(file), services)
    assert isinstance(failed, CloudFailed)
    bench.presenter.take(failed)
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
