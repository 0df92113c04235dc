"""Which adapter of this computer is used, kept between starts; another one is used only once it is chosen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

if TYPE_CHECKING:
    from ui.pages.router import Router

USUAL = "os"


class RadioChoice:
    """The one that was chosen in the settings."""

    def __init__(self, settings: QSettings, router: Callable[[], Router | None]) -> None:
        self._settings = settings
        self._router = router

    @property
    def spec(self) -> str:
        """Its specification, the usual one's if none was chosen."""
        from companion.errors import RadioSpecError
        from companion.radio.spec import RadioKind, RadioSpec

        text = str(self._settings.value("radio/adapter", ""))
        try:
            return text if RadioSpec.parse(text).kind is RadioKind.OS else USUAL
        except RadioSpecError:
            return USUAL  # none, or somebody else wrote it

    @property
    def name(self) -> str:
        """What it was called when it was chosen, for it may be gone."""
        return str(self._settings.value("radio/name", ""))

    def choose(self, spec: str, name: str) -> None:
        """Use this radio from now on; an adapter of this computer at the next start, too."""
        router = self._router()
        if router is not None and router.use_radio(spec) and not router.control.is_virtual:
            self._settings.setValue("radio/adapter", spec)
            self._settings.setValue("radio/name", name)
