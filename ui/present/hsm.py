"""Hardware tokens in words: what they are for, what each one is, and what became of a wish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from companion.errors import Cancelled
from companion.plain_text import filled, plain
from ui.engine.hsm import HsmFailed, SignatureMade, TokensFound
from ui.pages.hsm.views import TokenRow, TokensView
from ui.pages.views import NoticeView
from ui.present.texts import advice_of, title_of
from ui.widgets import Tone

if TYPE_CHECKING:
    from companion.identity.hardware.standing import TokenStanding


def unknown() -> TokensView:
    """Nobody looked yet: drivers of tokens are other people's programs, and load when they are wanted."""
    return TokensView(
        _("A smart card, a YubiKey or an HSM can hold your owner key: it signs there and can't be copied.")
    )


def found(told: TokensFound) -> TokensView:
    """All that the card shows."""
    rows = tuple(_row(each, told) for each in told.tokens)
    rule = ""
    if any(row.can_choose for row in rows):
        rule = _("Choose two tokens: both get the same keys, so one may be lost. One alone needs a backup.")
    return TokensView(_note(told), rows, rule, _moved(told) if told.moved else None)


def signed(told: SignatureMade) -> NoticeView:
    """The test went well."""
    spent = QLocale().toString(told.seconds * 1000, "f", 1)
    sentence = filled(
        _("{token} signed in {count} ms, and the signature is right."),
        {"token": plain(told.token), "count": spent},
    )
    return NoticeView(Tone.GOOD, _("The token signs with your owner key"), sentence, "check")


def failed(told: HsmFailed) -> NoticeView | None:
    """Why nothing came of it; None where the user called it off."""
    if isinstance(told.error, Cancelled):
        return None
    return NoticeView(Tone.DANGER, title_of(told.error), advice_of(told.error), "warning")


def _note(told: TokensFound) -> str:
    if told.on_token:
        return _("Your owner key is on a hardware token.")
    if not told.has_key:
        return _("Your owner key is created with your first device. Then it can move to a token.")
    if not told.tokens:
        return _("Your owner key is in the key file. No token is inserted, or its driver is not installed.")
    return _("Your owner key is in the key file.")


def _row(token: TokenStanding, told: TokensFound) -> TokenRow:
    blocked = token.is_inserted and token.left == 0 and not token.is_locked
    return TokenRow(
        token.uri,
        plain(token.label) or _("Token without a name"),
        _facts(token),
        _("Holds your owner key") if token.holds else "",
        can_choose=token.is_inserted and told.has_key and not told.on_token and token.left > 0,
        can_test=token.is_inserted and token.holds and token.left > 0,
        can_allow=blocked,
    )


def _facts(token: TokenStanding) -> str:
    model = plain(token.model)
    if not token.is_inserted:
        return _("Not inserted")
    if token.is_locked:
        return filled(
            _("{model} · locked. Its PUK unlocks it, in the tool that came with it."), {"model": model}
        )
    if token.left == 0:
        return filled(
            _("{model} · no PIN is sent any more, as the next wrong one could lock it."), {"model": model}
        )
    if token.left == 1:
        return filled(_("{model} · one wrong PIN left before Companion stops"), {"model": model})
    return filled(_("{model} · two wrong PINs left before Companion stops"), {"model": model})


def _moved(told: TokensFound) -> NoticeView:
    names = ", ".join(plain(each.label) for each in told.tokens if each.holds)
    sentence = filled(
        _("They are on {names}, and no longer in the key file. Old copies of that file still hold them."),
        {"names": names},
    )
    return NoticeView(Tone.GOOD, _("Your keys were moved"), sentence, "check")


def _(words: str) -> str:
    return QCoreApplication.translate("hsm", words)
