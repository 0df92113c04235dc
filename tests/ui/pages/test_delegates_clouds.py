"""A new grant leads its holder's devices to a cloud of the owner, and says so before it is signed."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from companion.clouds.store import ProfileStore
from companion.identity import open_identity
from companion.registry import open_registry
from companion.services import Services
from companion.trust.grants.actions import Grants, read_grant
from companion.trust.grants.terms import GrantTerms, Places, Right
from companion.trust.grants.texts import write_text
from tests.clouds.support.profiles import sample
from tests.support.delegate_samples import NOW, asked
from tests.ui.pages.test_delegates import Bench, choose
from ui.engine import delegation
from ui.engine.delegation_messages import GrantAsked, GrantFailed, GrantSigned, ReadRequest, SignGrant
from ui.present import delegates


def test_a_grant_leads_new_devices_to_a_cloud(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = Bench(qtbot)
    bench.presenter.take(replace(asked(), clouds=(("plant", "dps.example:8883"),)))
    assert bench.page._clouds_box.isHidden(), "not before devices may be set up"
    choose(bench.page)
    own, plant = bench.page._clouds.values()
    assert bench.page._clouds_box.isVisible() and own.isChecked()
    assert "by the cloud profile" not in bench.texts(bench.page)
    plant.click()
    assert "New devices connect to dps.example:8883, by the cloud profile plant." in bench.texts(bench.page)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (str(tmp_path / "grant.txt"), ""))
    bench.page.sign.click()
    bench.page._rights[Right.ONBOARD].click()
    bench.page.sign.click()
    assert [each.cloud for each in bench.sent if isinstance(each, SignGrant)] == ["plant", ""]


def test_the_engine_signs_a_grant_that_leads_to_a_cloud(tmp_path: Path) -> None:
    services = Services(("virtual",), data_dir=tmp_path / "here")
    services.open_registry()
    services.open_identity()
    clouds = ProfileStore(services.data_dir)
    plant = sample("azure-x509")
    for each in (plant, sample("aws-registrar", name="registrar")):
        clouds.keep(each)
    other = open_identity(tmp_path / "other", throwaway=True)
    request, file = tmp_path / "request.txt", tmp_path / "grant.txt"
    with closing(open_registry(tmp_path / "other")) as others:
        write_text(Grants(other, others).ask("Line 2"), request)
    told = delegation.obey(ReadRequest(request), services)
    assert isinstance(told, GrantAsked)
    assert told.clouds == ((plant.name, plant.endpoint),), "no delegate works with another kind"
    allowed = GrantTerms(frozenset({Right.ONBOARD}), Places(True), NOW + timedelta(days=9000))
    signed = delegation.obey(SignGrant(told.request, allowed, file, cloud=plant.name), services)
    assert isinstance(signed, GrantSigned)
    written = read_grant(signed.grant.text)
    assert (written.cloud, written.endpoint) == (plant.as_text(), plant.endpoint)
    said = delegates.signed(signed).sentence
    assert f"companion cloud setup {plant.name} --delegate {signed.grant.id}" in said
    gone = delegation.obey(SignGrant(told.request, allowed, file, cloud="nowhere"), services)
    assert isinstance(gone, GrantFailed) and gone.error.code == "N-132"
