"""The page of a new grant says what is signed; the list takes rights back by holding."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from unittest.mock import ANY

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from companion.encoding import cbor
from companion.errors import GrantInvalid
from companion.identity import open_identity
from companion.protocols import EntryFlaw, InvalidEntry
from companion.registry import open_registry
from companion.services import Services
from companion.trust.grants.actions import Grants, driver_of, read_grant
from companion.trust.grants.terms import Delivery, GrantTerms, Hours, Places, Right, TermsRequest
from companion.trust.grants.texts import write_text
from companion.trust.journals import export_journal
from companion.trust.transparency.journal import encode
from tests.support.administration_samples import FABRICS
from tests.support.delegate_samples import CHOICES, NOW, asked, grant_page, listed, record
from ui.engine import delegation
from ui.engine.delegation_messages import (
    BringHome,
    BroughtHome,
    GrantAsked,
    GrantFailed,
    GrantSigned,
    GrantsListed,
    GrantTaken,
    HolderLost,
    ImportGrant,
    ListGrants,
    LoseHolder,
    ReadRequest,
    RevokeGrant,
    SignGrant,
)
from ui.pages.delegates.card import DelegatesCard
from ui.pages.delegates.page import GrantPage
from ui.pages.delegates.presenter import DelegatesPresenter
from ui.pages.delegates.views import Choices
from ui.present import delegates
from ui.widgets import Button, Label
from ui.widgets.hold_button import HoldButton
from ui.widgets.toggles import Tick


class Bench:
    """Card, page and presenter, and what they asked of the engine."""

    def __init__(self, qtbot: QtBot) -> None:
        self.card, self.page, self.sent = DelegatesCard(), GrantPage(), []
        for widget in (self.card, self.page):
            qtbot.addWidget(widget)
            widget.show()
        self.presenter = DelegatesPresenter(self.card, self.page, self.sent.append)
        self.fronts: list[bool] = []
        self.presenter.page_wanted.connect(self.fronts.append)

    def texts(self, widget: object) -> str:
        return " ".join(each.text() for each in widget.findChildren(Label))  # type: ignore[attr-defined]


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench(qtbot)


def choose(page: GrantPage) -> None:
    for right in CHOICES.rights:
        page._rights[right].setChecked(True)
    page._sites["hall-2"].setChecked(True)


def test_the_sentence_follows_the_controls(bench: Bench) -> None:
    bench.presenter.take(asked())
    assert bench.fronts == [True] and not bench.page.sign.isEnabled()
    assert "Choose at least one right" in bench.texts(bench.page)
    choose(bench.page)
    bench.page._devices.box.setValue(40)
    said = bench.texts(bench.page)
    assert "Line 2 station may set up new devices" in said and "40 devices at most" in said
    assert "No grant can allow that" in said and "as devices can't count it" in said
    assert bench.page.sign.isEnabled()
    bench.page._everywhere.setChecked(True)
    assert not bench.page.sign.isEnabled(), "everywhere and a site contradict each other"


def test_a_grant_is_for_one_of_several_fabrics(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.presenter.take(replace(asked(), fabrics=("matter",), own_fabrics=FABRICS))
    choose(bench.page)
    assert bench.page._own.isHidden(), "not before Matter devices are allowed"
    bench.page._fabrics.click()
    assert not bench.page._own.isHidden() and bench.page._own.button.text() == FABRICS[0].name
    bench.page._own._choose(1)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (str(tmp_path / "grant.txt"), ""))
    bench.page.sign.click()
    bench.page._fabrics.click()
    bench.page.sign.click()
    assert [(each.fabrics, each.fabric) for each in bench.sent if isinstance(each, SignGrant)] == [
        (("matter",), FABRICS[1].id),
        ((), ""),
    ]


def test_what_is_signed_is_what_the_page_says(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.presenter.take(asked())
    choose(bench.page)
    file = tmp_path / "grant.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (str(file), ""))
    bench.page.sign.click()
    (command,) = bench.sent
    assert isinstance(command, SignGrant) and command.path == file
    assert command.terms.rights == CHOICES.rights and command.terms.places.sites == {"hall-2"}
    bench.presenter.take(GrantSigned(record("Line 2 station"), file))
    assert bench.fronts == [True, False] and isinstance(bench.sent[-1], ListGrants)
    assert "grant.txt" in bench.texts(bench.card)


def test_nothing_is_signed_where_no_file_was_chosen(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.presenter.take(asked())
    choose(bench.page)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: ("", ""))
    bench.page.sign.click()
    assert bench.sent == []
    bench.page.cancel.click()
    assert bench.fronts == [True, False]


def test_matter_is_offered_where_it_was_asked_for_and_its_cost_is_said(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.presenter.take(asked())
    assert not bench.page._fabrics_row.isVisible()
    bench.presenter.take(replace(asked(), fabrics=("matter",)))
    choose(bench.page)
    said = bench.texts(bench.page)
    assert bench.page._fabrics_row.isVisible() and "enforce none of these limits" not in said
    bench.page._fabrics.click()
    assert "enforce none of these limits except the end" in bench.texts(bench.page)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: (str(tmp_path / "grant.txt"), ""))
    bench.page.sign.click()
    (command,) = bench.sent
    assert isinstance(command, SignGrant) and command.fabrics == ("matter",)
    for chip in bench.page._rights.values():
        chip.setChecked(False)
    bench.page._rights[Right.READ].setChecked(True)
    assert "needs the right to add devices" in bench.texts(bench.page) and not bench.page.sign.isEnabled()


def test_a_part_of_a_held_grant_is_passed_on(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("/x/grant.txt", ""))
    held = record("Me", held=True)
    rights = frozenset({Right.READ, Right.ONBOARD, Right.DELEGATE})
    until = datetime.now(UTC) + timedelta(days=20)
    held = replace(held, terms=replace(held.terms, rights=rights, depth=1, until=until, since=None))
    told = replace(asked(), held=(held,), fabrics=("matter",))
    bench.presenter.take(told)
    own, passed_on = bench.page._held.values()
    assert own.isChecked() and "Hafen Facility" in passed_on.text()
    passed_on.click()
    assert bench.page.choices.under == held.id and bench.page._fabrics_row.isHidden()
    bench.page._rights[Right.READ].click()
    assert bench.page.sign.isEnabled() and "hall-2" in bench.page._sentence.text(), (
        "places are the held one's"
    )
    bench.page._rights[Right.RESET].click()
    assert not bench.page.sign.isEnabled() and "Exceeds your own grant" in bench.page._wrong.text()
    bench.page._rights[Right.RESET].click()
    bench.page._depth.box.setValue(1)
    assert "Exceeds" in bench.page._wrong.text()
    bench.page._depth.box.setValue(0)
    bench.page.sign.click()
    sent = bench.sent[-1]
    assert isinstance(sent, SignGrant) and (sent.under, sent.fabrics) == (held.id, ())
    assert isinstance(sent.terms, TermsRequest) and sent.terms.rights == frozenset({Right.READ})
    own.click()
    assert "Choose a site" in bench.page._wrong.text()


def test_what_revoking_does_not_reach_is_said_before_it_is_held(bench: Bench) -> None:
    told = listed()
    (alive,) = [each for each in told.grants if each.holder_name == "Line 2 station"]
    bench.card.show_view(delegates.listed(replace(told, fabrics=frozenset({alive.id})), NOW))
    said = [each for each in bench.card.findChildren(Label) if "Matter devices can't be told" in each.text()]
    assert len(said) == 1
    (hold,) = bench.card.findChildren(HoldButton, options=Qt.FindChildOption.FindChildrenRecursively)[:1]
    assert "Matter devices" in hold.accessibleDescription()


def test_enter_signs_nothing(bench: Bench, qtbot: QtBot) -> None:
    bench.presenter.take(asked())
    choose(bench.page)
    qtbot.keyClick(bench.page._site.line_edit, Qt.Key.Key_Return)
    assert bench.sent == []


@pytest.mark.parametrize(
    "choices",
    [
        Choices(),
        Choices(rights=frozenset({Right.READ})),
        Choices(rights=frozenset({Right.READ}), sites=frozenset({"Hall 2"})),
        Choices(rights=frozenset({Right.READ}), serials=("a b",)),
        Choices(rights=frozenset({Right.READ}), serials=tuple(f"s-{n}" for n in range(65))),
        Choices(rights=frozenset({Right.READ}), everywhere=True, serials=("a",)),
        Choices(rights=frozenset({Right.READ}), everywhere=True, until="tomorrow"),
        Choices(rights=frozenset({Right.READ}), everywhere=True, until="2020-01-01"),
        Choices(rights=frozenset({Right.READ}), everywhere=True, deliveries=("40",)),
    ],
)
def test_what_makes_no_grant_says_why(choices: Choices) -> None:
    view = delegates.page(asked(), choices, NOW)
    assert view.wrong and not view.sentence and delegates.terms(asked(), choices, NOW) is None


def test_all_choices_reach_the_terms() -> None:
    allowed = delegates.terms(
        asked(),
        Choices(frozenset({Right.RESET}), everywhere=True, devices=3, days=1, depth=2, hours=True),
        NOW,
    )
    assert allowed == GrantTerms(
        frozenset({Right.RESET, Right.DELEGATE}),
        Places(True),
        NOW + timedelta(days=1),
        depth=2,
        devices=3,
        hours=Hours(360, 1080),
    )


def test_a_day_and_deliveries_may_be_typed(bench: Bench) -> None:
    day = (NOW + timedelta(days=90)).date()
    bench.presenter.take(asked())
    choose(bench.page)
    bench.page._day.line_edit.setText(f"{day}")
    bench.page._deliveries.line_edit.setText(f"40@{day}@hall-2, 3@{day}")
    allowed = delegates.terms(asked(), bench.page.choices, NOW)
    assert allowed is not None and allowed.until == datetime.combine(day, time(), UTC) + timedelta(days=1)
    assert allowed.deliveries == (Delivery(40, day, "hall-2"), Delivery(3, day))


def test_a_grant_is_revoked_by_holding_and_only_where_it_is_ours_and_alive(
    bench: Bench, qtbot: QtBot
) -> None:
    bench.card.show_view(delegates.listed(listed(), NOW))
    hold, _ = bench.card.findChildren(HoldButton)
    assert "Line 2 station" in hold.accessibleName()
    hold.click()
    assert bench.sent == [], "a click is not enough"
    hold.held.emit()
    assert bench.sent == [RevokeGrant("id-Line 2 station")]
    said = bench.texts(bench.card)
    assert "7 of 31 devices have" in said and "From Hafen Facility" in said


def named(card: DelegatesCard, kind: type[Button], words: str) -> Button:
    (found,) = (each for each in card.findChildren(kind) if words in each.accessibleName())
    return found


def test_a_lost_computer_is_cut_off_once_it_is_said_what_that_means(bench: Bench) -> None:
    other = replace(record("Van"), holder=b"another")
    bench.card.show_view(delegates.listed(replace(listed(), grants=(record("Line 2"), other)), NOW))
    opened = named(bench.card, Button, "of Line 2 is lost")
    cut_off = named(bench.card, HoldButton, "cut off Line 2")
    form = cut_off.parentWidget()
    assert form.isHidden()
    opened.click()
    said = bench.texts(bench.card)
    assert not form.isHidden() and "Ends every grant of Line 2" in said and "end, too: Van" in said
    cut_off.held.emit()
    bench.card.findChildren(Tick)[0].setChecked(True)
    cut_off.held.emit()
    assert bench.sent == [LoseHolder("id-Line 2", False), LoseHolder("id-Line 2", True)]
    bench.presenter.take(HolderLost("Line 2", ("Van",), 24))
    assert "Devices to visit: 24" in bench.texts(bench.card) and bench.sent[-1] == ListGrants()


def test_a_report_is_taken_in(bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *given: (str(tmp_path / "f"), ""))
    bench.card.home.click()
    assert bench.sent == [BringHome(tmp_path / "f")]
    bench.presenter.take(BroughtHome("", 1, 0, 0, 1))
    assert "without a signed order: 1." in bench.texts(bench.card)
    wrong = InvalidEntry(3, EntryFlaw.GRANTS, "Lamp", "X-1")
    bench.presenter.take(BroughtHome("", 1, 0, 0, 0, (wrong,)))
    said = bench.texts(bench.card)
    assert "nothing of these was recorded: 1. Entry 3, Lamp (X-1): its grants do not begin with" in said
    bench.presenter.take(BroughtHome("Line 2", 14, 2, 0))
    said = bench.texts(bench.card)
    assert "Line 2 reported" in said and "new here: 14. After the grant had ended: 2." in said


def test_a_failure_is_said_and_leads_back(bench: Bench) -> None:
    bench.presenter.take(asked())
    bench.presenter.take(GrantFailed(GrantInvalid()))
    assert bench.fronts[-1] is False and "Not a valid grant" in bench.texts(bench.card)


def test_files_are_asked_for(bench: Bench, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *given: (str(tmp_path / "f"), ""))
    bench.card.answer.click()
    bench.card.take.click()
    assert bench.sent == [ReadRequest(tmp_path / "f"), ImportGrant(tmp_path / "f")]


def test_the_samples_fill_the_page(qtbot: QtBot) -> None:
    page = grant_page()
    qtbot.addWidget(page)
    assert "Line 2 station may" in " ".join(each.text() for each in page.findChildren(Label))


# --- the engine --------------------------------------------------------------------------------------------


def test_the_engine_answers_signs_imports_and_revokes(tmp_path: Path) -> None:
    services = Services(("virtual",), data_dir=tmp_path / "here")
    services.open_registry()
    shown = delegation.list_grants(services)
    assert shown == GrantsListed((), None, 0) and not services.has_identity, "no key is opened to look"
    services.open_identity()
    other = open_identity(tmp_path / "other", throwaway=True)
    others = open_registry(tmp_path / "other")
    request = tmp_path / "request.png"
    write_text(Grants(other, others).ask("Line 2", fabrics=["matter"]), request)
    told = delegation.obey(ReadRequest(request), services)
    assert isinstance(told, GrantAsked) and (told.name, told.fabrics) == ("Line 2", ("matter",))
    rights = frozenset({Right.READ, Right.ONBOARD, Right.DELEGATE})
    allowed = GrantTerms(rights, Places(True), NOW + timedelta(days=9000), depth=1)
    file = tmp_path / "grant.png"
    signed = delegation.obey(SignGrant(told.request, allowed, file, told.fabrics), services)
    assert isinstance(signed, GrantSigned) and file.exists()
    assert "New devices report to no endpoint." in delegates.signed(signed).sentence
    assert read_grant(signed.grant.text).parts.keys() == {"matter"}
    there = Services(("virtual",), data_dir=tmp_path / "other")
    there.open_registry()
    there.open_identity()
    taken = delegation.obey(ImportGrant(file), there)
    assert isinstance(taken, GrantTaken) and taken.grant.held
    third = open_identity(tmp_path / "third", throwaway=True)
    with closing(open_registry(tmp_path / "third")) as thirds:
        write_text(Grants(third, thirds).ask("Line 3"), request)
    passed = delegation.obey(ReadRequest(request), there)
    assert isinstance(passed, GrantAsked) and [each.id for each in passed.held] == [taken.grant.id]
    part = TermsRequest(frozenset({Right.READ}))
    under = delegation.obey(SignGrant(passed.request, part, file, under=taken.grant.id), there)
    assert isinstance(under, GrantSigned) and under.grant.parent == taken.grant.id
    assert delegation.list_grants(services).fabrics == {signed.grant.id}  # type: ignore[attr-defined]
    refused = delegation.obey(ImportGrant(file), services)
    assert isinstance(refused, GrantFailed) and refused.error.code == "A-152"
    report = tmp_path / "report"
    memory = there.registry.memory("rp1", there.identity.vault)
    report.write_bytes(driver_of("rp1").export_accounts(signed.grant.id, memory))
    assert delegation.obey(BringHome(report), services) == BroughtHome("", 0, 0, 0)
    report.write_bytes(b"RP1 accounts\n" + cbor.encode([1, [b"x"]]))
    wrong = InvalidEntry(1, EntryFlaw.SHAPE, detail=ANY)
    assert delegation.obey(BringHome(report), services) == BroughtHome("", 0, 0, 0, 0, (wrong,))
    journal = tmp_path / "journal"
    made = export_journal(there.registry, there.identity, services.identity.owner.public)
    journal.write_bytes(encode(made))
    assert delegation.obey(BringHome(journal), services) == BroughtHome("Line 2", 0, 0, 0)
    lost = delegation.obey(LoseHolder(signed.grant.id, keep_others=False), services)
    assert lost == HolderLost("Line 2", (), 0, allowed.until)
    assert "Matter devices can't be told" in delegates.lost(lost).sentence
    after = delegation.obey(RevokeGrant(signed.grant.id), services)
    assert isinstance(after, GrantsListed) and after.grants[0].revoked is not None
    for each in (services, there):
        each.close_registry()
    others.close()
