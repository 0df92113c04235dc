"""The word above the lists of a team's registry: what waits for its server, and why."""

from __future__ import annotations

from ui.pages.views import NoticeView
from ui.widgets import Banner


class RegistryBanner(Banner):
    """Hidden while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self.hide()

    def show_trouble(self, notice: NoticeView | None) -> None:
        """None: all is well."""
        if notice is not None:
            self.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)
        self.setVisible(notice is not None)
