"""How manufacturers say that their devices are made ready, in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from companion.model import MakerGuide
from companion.plain_text import filled
from ui.pages.views import MakerView
from ui.present.texts import translated


def makers(guides: Sequence[MakerGuide]) -> tuple[MakerView, ...]:
    """One for each device that a code or a run is about."""
    return tuple(map(maker, guides))


def maker(guide: MakerGuide) -> MakerView:
    """What to do, in Companion's words and in the manufacturer's, and where its page is."""
    words = [translated(guide.steps)]
    if guide.instruction:
        said = _("The manufacturer says: {instruction}")
        words.append(filled(said, {"instruction": guide.instruction}))
    if guide.link:
        words.append(_("When the manufacturer's page is done, come back here."))
    title = (
        filled(_("Prepare {product}"), {"product": guide.product})
        if guide.product
        else _("Prepare the device")
    )
    return MakerView(title, " ".join(words), guide.host, guide.link, guide.link_with_code)


def _(words: str) -> str:
    return QCoreApplication.translate("makers", words)
