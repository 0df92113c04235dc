"""What every painted control has in common: a hover that fades in, and a focus ring for the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from companion.plain_text import plain
from ui.shell import theme

# PySide cannot derive from two Qt classes: at run time the mixin is a plain class before the button's own.
if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent
    from PySide6.QtWidgets import QAbstractButton as _Base

    from ui.widgets.fade import Fade
else:
    _Base = object


class Interactive(_Base):
    """Mix in before a button class, then call `be_interactive()` in the constructor.

    `hover` runs from 0 to 1 under the pointer; `focus_shown` is True while focus is here and did not come
    from the mouse.
    """

    _fade: Fade | None = None
    _by_mouse = False

    def setText(self, words: str) -> None:
        """What the control says, as plain text. Qt would make a shortcut of the letter after an "&"."""
        super().setText(plain(words).replace("&", "&&"))

    def text(self) -> str:
        """What the control says."""
        return super().text().replace("&&", "&")

    def be_interactive(self) -> None:
        self.setText(super().text())  # the constructor of the base took it as it came
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def hover(self) -> float:
        """0 away from the pointer, 1 under it, between them while it fades."""
        if not self.isEnabled():
            return 0.0
        fading = self._fade.share if self._fade is not None else None
        if fading is not None:
            return fading
        return 1.0 if self.underMouse() or self.property("pretendHover") else 0.0

    @property
    def focus_shown(self) -> bool:
        return (self.hasFocus() and not self._by_mouse) or bool(self.property("pretendFocus"))

    def enterEvent(self, event: QEnterEvent) -> None:
        self._run_fade(comes=True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._run_fade(comes=False)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_mouse = False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Qt presses its default buttons alone, and those in dialogs.
            if not event.isAutoRepeat():
                self.click()
        else:
            super().keyPressEvent(event)
        self.update()

    def _run_fade(self, *, comes: bool) -> None:
        duration = theme.motion("hover")
        if not duration:
            self.update()
            return
        if self._fade is None:
            # Only now: an animation for each control would keep the first paint waiting.
            from ui.widgets.fade import Fade

            self._fade = Fade(self)
        self._fade.run(duration, comes=comes)
