"""Who let whom do what: cards from the owner to the device, and between them the link that was checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui import icons
from ui.shell import theme
from ui.widgets import accessibility, paint
from ui.widgets.card import Card
from ui.widgets.check_list import CheckState
from ui.widgets.layouts import refill
from ui.widgets.picture import ArtView, IconView
from ui.widgets.scroll import RowScroll
from ui.widgets.text import Label
from ui.widgets.validity_bar import ValidityBar

NODE_WIDTH, NODE_HEIGHT = 184, 218
NODE_LEAST = 144
DISC, ARROW, LINE = 30, 10, 2.4
_LINK_WIDTH = 92


@dataclass(frozen=True)
class ChainNode:
    """picture: an icon, or a kind of device's drawing; mark: a key's fingerprint, short; ends: until when, in
    words; left: share of that time that is left, None for no end; failed: it has ended or does not hold"""

    title: str
    subtitle: str
    mark: str
    ends: str
    icon: str = ""
    art: str = ""
    left: float | None = None
    failed: bool = False


@dataclass(frozen=True)
class ChainLink:
    """What leads from one node to the next. word: how the check came out, for people."""

    state: CheckState
    title: str
    above: str
    below: str
    word: str


class NodeCard(Card):
    """One holder of the chain."""

    def __init__(self, node: ChainNode, parent: QWidget | None = None) -> None:
        super().__init__(padding=12, parent=parent)
        self.setMinimumWidth(NODE_LEAST)
        self.setMaximumWidth(NODE_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(NODE_HEIGHT)
        centre = Qt.AlignmentFlag.AlignHCenter
        picture: QWidget = (
            ArtView(node.art, minimum=72, maximum=72) if node.art else IconView(node.icon, "accent", 40)
        )
        if node.art:
            picture.setFixedSize(72, 72)
        self.body.setSpacing(2)
        self.body.addStretch(1)
        self.body.addWidget(picture, 0, centre)
        self.body.addStretch(1)
        self.body.addWidget(Label(node.title, "section", elide=True, align=centre))
        self.body.addWidget(Label(node.subtitle, "caption", role="textSecondary", elide=True, align=centre))
        self.body.addWidget(Label(node.mark, "mono", role="textSecondary", elide=True, align=centre))
        self.body.addSpacing(8)
        if node.left is not None:
            self.body.addWidget(ValidityBar(node.left, node.ends))
        role = "danger" if node.failed else "text"
        self.body.addWidget(Label(node.ends, "captionStrong", role=role, elide=True, align=centre))
        accessibility.name(self, ", ".join(part for part in (node.title, node.subtitle, node.ends) if part))


class LinkArrow(QWidget):
    """A line with a disc that says how the check came out, its words above and below."""

    def __init__(self, link: ChainLink, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._link = link
        self.setMinimumWidth(_LINK_WIDTH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        centre = Qt.AlignmentFlag.AlignHCenter
        failed = link.state is CheckState.FAILED
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 4, 0)
        column.setSpacing(2)
        column.addStretch(1)
        column.addWidget(
            Label(link.title, "strong", role="danger" if failed else "text", wrap=True, align=centre)
        )
        column.addWidget(Label(link.above, "caption", role="textSecondary", wrap=True, align=centre))
        self._middle = QWidget()
        self._middle.setFixedHeight(DISC + 8)
        column.addWidget(self._middle)
        column.addWidget(Label(link.below, "caption", role="textSecondary", wrap=True, align=centre))
        column.addStretch(1)
        accessibility.name(self, f"{link.title}: {link.word}. {link.above} {link.below}")

    def paintEvent(self, event: QPaintEvent) -> None:
        role, icon = self._link.state.value
        colour = theme.colour(role)
        middle = self._middle.geometry().center().y() + 0.5
        begin, end, centre = 6.0, self.width() - 6.0, self.width() / 2
        with paint.painting(self) as painter:
            pen = QPen(colour, LINE)
            if self._link.state is CheckState.FAILED:
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawLine(QPointF(begin, middle), QPointF(end, middle))
            painter.setPen(QPen(colour, LINE))
            tip, back = (begin, ARROW) if self.isRightToLeft() else (end, -ARROW)
            for side in (-ARROW / 1.6, ARROW / 1.6):
                painter.drawLine(QPointF(tip, middle), QPointF(tip + back, middle + side))
            disc = QRectF(centre - DISC / 2, middle - DISC / 2, DISC, DISC)
            paint.panel(painter, disc, DISC / 2, colour)
            icons.paint(painter, disc.adjusted(7, 7, -7, -7), icon, theme.colour("surface"))


class _Ground(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        with paint.painting(self) as painter:
            radius = float(theme.token("radius", "card"))
            paint.panel(painter, QRectF(self.rect()), radius, theme.colour("artBack"))


class ChainPicture(RowScroll):
    """The chain on its ground; a long one scrolls sideways, by the arrow keys too."""

    def __init__(self, parent: QWidget | None = None) -> None:
        ground = _Ground()
        self._row = QHBoxLayout(ground)
        self._row.setContentsMargins(20, 20, 20, 20)
        self._row.setSpacing(0)
        super().__init__(ground, parent)
        accessibility.name(self, self.tr("From the owner to the device"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_chain(self, nodes: Sequence[ChainNode], links: Sequence[ChainLink]) -> None:
        """Show these; between two nodes stands one link."""
        widgets: list[QWidget | None] = []
        for index, node in enumerate(nodes):
            if index:
                widgets.append(LinkArrow(links[index - 1]))
            widgets.append(NodeCard(node))
        refill(self._row, widgets)
