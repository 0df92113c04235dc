"""The card of a team's registry: the password goes to the engine as a secret, and out of the field."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from companion.errors.registry import RegistryUnreachable
from companion.registry.status import RegistryStatus, Role
from companion.registry.team.password import PasswordPlace
from companion.secret import Secret
from ui.engine.commands import Command
from ui.engine.registry import (
    CheckRegistry,
    ForgetPassword,
    RegistryChecked,
    RegistryState,
    UseRegistry,
)
from ui.pages.team.card import RegistryCard, RegistryPresenter

ADDRESS = "postgresql://ada@db/records"
SHARED = RegistryStatus(place=ADDRESS, operator="Ada", role=Role.OPERATOR)


def test_a_password_is_tried_kept_and_forgotten(qtbot: QtBot) -> None:
    sent: list[Command] = []
    card = RegistryCard()
    qtbot.addWidget(card)
    presenter = RegistryPresenter(card, sent.append)
    card.show()
    assert card.password.isHidden(), "the registry of this computer has none"
    card.address.set_text(ADDRESS)
    card.operator.set_text("Ada")
    card.password.set_text("gulls")
    card.check.click()
    card.use.click()
    assert sent == [CheckRegistry(ADDRESS, Secret("gulls")), UseRegistry(ADDRESS, "Ada", Secret("gulls"))]
    assert card.password.text() == ""
    presenter.take(RegistryState(SHARED, PasswordPlace.KEY_STORE))
    assert card.forget.isVisible() and not card.use.isEnabled()
    card.password.set_text("new gulls")
    assert card.use.isEnabled(), "the password alone can change"
    card.address.set_text(ADDRESS + "2")
    assert card.forget.isHidden(), "that is another server"
    card.address.set_text(ADDRESS)
    card.forget.click()
    assert sent[2:] == [ForgetPassword()]
    presenter.take(RegistryState(SHARED, PasswordPlace.ELSEWHERE))
    assert card.forget.isHidden()
    presenter.take(RegistryState(SHARED))
    assert card.forget.isHidden()


def test_what_was_found_goes_with_the_address_it_was_about(qtbot: QtBot) -> None:
    card = RegistryCard()
    qtbot.addWidget(card)
    presenter = RegistryPresenter(card, lambda command: None)
    card.show()
    card.address.set_text(ADDRESS)
    card.check.click()
    presenter.take(RegistryChecked(ADDRESS, None, RegistryUnreachable("no answer")))
    assert card._notice.isVisible()
    card.address.set_text("")
    assert not card._notice.isVisible()


def test_the_keyboard_stays_in_the_card_where_nothing_can_be_checked(qtbot: QtBot) -> None:
    card = RegistryCard()
    qtbot.addWidget(card)
    RegistryPresenter(card, lambda command: None)
    with qtbot.waitActive(card):
        card.show()
    card.operator.set_text("Ada")
    card.use.setFocus()
    card.use.click()
    card.use.setEnabled(False)
    assert card.operator.line_edit.hasFocus()
