"""Every widget in every state on one sheet, for the eye."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import art, icons
from ui.shell import theme
from ui.widgets import (
    ArtView,
    Button,
    ButtonKind,
    Chip,
    Field,
    Label,
    RoomChip,
    Segment,
    Stepper,
    Switch,
    Tick,
    Tone,
    paint,
)

SWATCHES = (
    ("window", "text", "text"),
    ("surface", "text", "text"),
    ("sunken", "textSecondary", "textSecondary"),
    ("accentSoft", "onAccentSoft", "onAccentSoft"),
    ("accent", "onAccent", "onAccent"),
    ("successSoft", "success", "success"),
    ("warningSoft", "warning", "warning"),
    ("dangerSoft", "danger", "danger"),
    ("artBack", "text", "text"),
    ("scrim", "viewfinder", "viewfinder"),
)
TYPE = (
    ("display", "Display 30"),
    ("title", "Title 21"),
    ("heading", "Heading 15"),
    ("section", "Section 12.5"),
    ("lead", "Lead 12, one per page"),
    ("strong", "Strong 10.5"),
    ("body", "Body 10.5, for reading"),
    ("caption", "Caption 9"),
    ("mono", "Mono 10  b41f 7c02"),
)


class Gallery(QWidget):
    """The sheet. Hover and focus are pretended, so that a picture can show them."""

    def __init__(self) -> None:
        super().__init__()
        page = QVBoxLayout(self)
        page.setContentsMargins(36, 22, 36, 22)
        page.setSpacing(10)
        page.addWidget(Label(f"Tally, {theme.scheme().value}", "title"))
        swatches = QGridLayout()
        swatches.setSpacing(10)
        for index, (ground, ink, name) in enumerate(SWATCHES):
            swatches.addWidget(_Swatch(ground, ink, name), index // 5, index % 5)
        page.addLayout(swatches)
        page.addSpacing(8)
        columns = QHBoxLayout()
        columns.setSpacing(36)
        columns.addLayout(self._left())
        columns.addLayout(self._right(), 1)
        page.addLayout(columns, 1)

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(Label("Type", "section"))
        column.addSpacing(6)
        for style, words in TYPE:
            column.addWidget(Label(words, style))
        column.addWidget(Label("482-913", "compare", role="accent"))
        column.addSpacing(10)
        column.addWidget(Label("Device art", "section"))
        drawings = QGridLayout()
        drawings.setSpacing(4)
        scene = art.Scene(caption="Ready to set up")
        for index, kind in enumerate(art.KINDS):
            view = ArtView(kind, scene=scene if kind != "laptop" else art.Scene(display=""), minimum=56)
            view.setFixedSize(58, 58)
            drawings.addWidget(view, index // 4, index % 4)
        column.addLayout(drawings)
        column.addStretch(1)
        return column

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(Label("Buttons", "section"))
        column.addLayout(self._buttons())
        column.addSpacing(8)
        column.addWidget(Label("Fields", "section"))
        column.addLayout(self._fields())
        column.addSpacing(8)
        column.addWidget(Label("Chips and choices", "section"))
        column.addLayout(self._chips())
        column.addLayout(self._choices())
        column.addSpacing(8)
        column.addWidget(Label("Icons, 24 grid, 1.75 stroke, round", "section"))
        column.addWidget(_Icons())
        column.addStretch(1)
        return column

    def _buttons(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(8)
        for row, state in enumerate(("Rest", "Hover", "Focus", "Disabled")):
            grid.addWidget(Label(state, "caption", role="textSecondary"), row, 0)
            buttons = (
                Button("Connect", ButtonKind.PRIMARY, trailing="arrow-right"),
                Button("Copy report", icon="copy"),
                Button("Scan again", ButtonKind.QUIET, icon="refresh"),
                Button("Revoke", ButtonKind.DANGER, icon="ban"),
            )
            for place, button in enumerate(buttons):
                button.setProperty("pretendHover", state == "Hover")
                button.setProperty("pretendFocus", state == "Focus")
                button.setEnabled(state != "Disabled")
                grid.addWidget(button, row, place + 1)
        grid.setColumnMinimumWidth(0, 66)
        grid.setColumnStretch(6, 1)
        return grid

    def _fields(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        for text, state in (("Hallway sensor", "Rest"), ("correct horse", "Wrong"), ("Not now", "Disabled")):
            field = Field(state, help_text="What it is for")
            field.set_text(text)
            if state == "Wrong":
                field.set_wrong("Wrong passphrase")
            field.setEnabled(state != "Disabled")
            row.addWidget(field)
        return row

    def _chips(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(Chip("Commissioned", Tone.GOOD))
        row.addWidget(Chip("Expires", Tone.WARNING))
        row.addWidget(Chip("Not answering", Tone.DANGER, icon="cross"))
        row.addWidget(Chip("Virtual", Tone.INFO, icon="lab"))
        row.addWidget(Chip("RP1"))
        tick, switch = Tick("Drop link"), Switch("Virtual sensor")
        tick.setChecked(True)
        switch.setChecked(True)
        row.addWidget(tick)
        row.addWidget(switch)
        row.addStretch(1)
        return row

    def _choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(Segment(("All", "Set up", "Needs attention"), "Filter"))
        hallway = RoomChip("Hallway")
        hallway.setChecked(True)
        row.addWidget(hallway)
        row.addWidget(RoomChip("Kitchen"))
        row.addWidget(Stepper("Runs", 100, 1, 999))
        row.addStretch(1)
        return row


class _Swatch(QWidget):
    def __init__(self, ground: str, ink: str, name: str) -> None:
        super().__init__()
        self._ground, self._ink, self._name = ground, ink, name
        self.setFixedHeight(74)

    def paintEvent(self, event: QPaintEvent) -> None:
        scheme = theme.scheme().value
        pairs = theme.token("contrast")
        ratio = next(p[scheme] for p in pairs if (p["fg"], p["bg"]) == (self._ink, self._ground))
        with paint.painting(self) as painter:
            rect = QRectF(self.rect())
            paint.panel(painter, rect, 10, theme.colour(self._ground), theme.colour("outline"))
            ink = theme.colour(self._ink)
            value = f"{theme.colour(self._ground).name().upper()}   {ratio:.1f} : 1"
            for line, (words, style) in enumerate(
                ((self._ground, "strong"), (self._name, "caption"), (value, "captionTabular"))
            ):
                box = QRectF(14, 9 + 19 * line, rect.width() - 20, 19)
                paint.text(painter, box, words, style, ink)


class _Icons(QWidget):
    COLUMNS = 20

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(600, 34 * -(-len(icons.names()) // self.COLUMNS))

    def paintEvent(self, event: QPaintEvent) -> None:
        step = self.width() / self.COLUMNS
        with paint.painting(self) as painter:
            painter.setPen(Qt.PenStyle.NoPen)
            for index, name in enumerate(icons.names()):
                box = QRectF(0, 0, 24, 24)
                row, column = divmod(index, self.COLUMNS)
                box.moveCenter(QPointF(column * step + 12, 34 * row + 17))
                icons.paint(painter, box, name, theme.colour("text"))
