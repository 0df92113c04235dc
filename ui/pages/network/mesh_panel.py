"""What one Thread network needs: its dataset, and what that means in words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from companion.errors import ThreadDatasetUnusable
from companion.networks.thread import Dataset, read, read_text
from companion.networks.thread.document import pan_id
from companion.networks.thread.entry import as_text
from companion.secret import Secret
from ui.present.texts import advice_of, translated
from ui.widgets import Banner, Button, Chip, Inset, Label, Tone
from ui.widgets.secret_field import SecretField


class MeshPanel(Inset):
    """A field for a dataset, or the one that is kept; below it the network's name, channel and ids."""

    changed = Signal()
    submitted = Signal()
    router_wanted = Signal(str)
    file_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=16, parent=parent)
        self._kept: Secret | None = None
        self._identity = b""
        self._router = self._origin_words = ""
        self._help = self.tr(
            "Hexadecimal digits, as the border router's app shows them. Never written to a log."
        )
        self._field = SecretField(self.tr("Dataset"), help_text=self._help)
        self._field.changed.connect(lambda _: self._arrange())
        self._field.submitted.connect(self.submitted)
        self._file = Button(self.tr("Open a file"), icon="file")
        self._file.clicked.connect(self.file_wanted)
        self._ask = Button("", icon="wifi")
        self._ask.clicked.connect(lambda: self.router_wanted.emit(self._router))
        self._buttons = QWidget()
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._file)
        row.addWidget(self._ask)
        row.addStretch(1)
        self._unsafe = Label(
            self.tr(
                "Its answer is neither encrypted nor authenticated. Ask only on a network that you trust."
            ),
            "caption",
            role="textSecondary",
            wrap=True,
        )
        self._origin = Chip("", Tone.GOOD, icon="key")
        self._meaning = Meaning()
        self._remark = Banner(Tone.WARNING)
        for widget in (self._field, self._buttons, self._unsafe, self._origin, self._meaning, self._remark):
            self.body.addWidget(widget)
        self.body.setAlignment(self._origin, Qt.AlignmentFlag.AlignLeading)

    def show_kept(
        self, dataset: Secret | None, origin: str = "", *, router: str = "", identity: bytes = b""
    ) -> None:
        """Show a dataset that is there, or ask for one: of the network `identity`, or of any.

        router: the border router that can be asked for it
        """
        self._kept, self._router, self._identity = dataset, router, identity
        self._field.set_wrong("")
        self._field.set_text("")
        self._field.show_letters(False)
        self._origin_words = origin
        self._origin.show_state(origin, Tone.GOOD, icon="key")
        self._ask.setText(self.tr("Ask {router}").format(router=router))
        self._arrange()

    def fill(self, dataset: Secret) -> None:
        """Put an earlier answer back."""
        try:
            self._field.set_text(as_text(read(dataset)).reveal_text())
        except ThreadDatasetUnusable:
            return

    def take_text(self, text: str) -> None:
        self._field.set_text(" ".join(text.split()))

    def say_wrong(self, sentence: str) -> None:
        self._field.set_wrong(sentence)

    def dataset(self) -> Secret | None:
        """None while no device can join with it."""
        found = self._found()
        return found.secret if isinstance(found, Dataset) else None

    def focus_field(self) -> bool:
        """Put the cursor into the field; False where a dataset is kept."""
        if self._kept is not None:
            return False
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def _found(self) -> Dataset | ThreadDatasetUnusable | None:
        """The dataset, what is wrong with it, or None where there is none yet."""
        text = self._field.text()
        try:
            if self._kept is None and not text.strip():
                return None
            dataset = read(self._kept) if self._kept is not None else read_text(text)
            dataset.check_joinable()
        except ThreadDatasetUnusable as wrong:
            return wrong
        return dataset

    def _arrange(self) -> None:
        found, asks = self._found(), self._kept is None
        # What comes from elsewhere is offered until there is something.
        lacks = asks and not isinstance(found, Dataset)
        self._field.setVisible(asks)
        self._buttons.setVisible(lacks)
        self._ask.setVisible(lacks and bool(self._router))
        self._unsafe.setVisible(lacks and bool(self._router))
        self._origin.setVisible(not asks and bool(self._origin_words))
        self._field.set_wrong(advice_of(found) if isinstance(found, ThreadDatasetUnusable) else "")
        self._meaning.setVisible(isinstance(found, Dataset))
        remarks = ""
        if isinstance(found, Dataset):
            self._meaning.show_dataset(found)
            remarks = self._remarks(found)
        self._remark.setVisible(bool(remarks))
        self._remark.show_notice(Tone.WARNING, "", remarks, icon="warning")
        self.changed.emit()

    def _remarks(self, dataset: Dataset) -> str:
        """What is odd about it, and whether it is of another network than the one that was chosen."""
        sentences = [translated(remark) for remark in dataset.remarks]
        if self._identity and dataset.extended_pan_id != self._identity:
            sentences.insert(0, self.tr("This dataset belongs to a different network."))
        return " ".join(sentences)


def identity_of(dataset: Secret | None) -> bytes | None:
    """The extended PAN id of a dataset; None for what is none, or has none."""
    try:
        return None if dataset is None else read(dataset).extended_pan_id
    except ThreadDatasetUnusable:
        return None


class Meaning(QWidget):
    """What a dataset says of its network, and nothing of its keys."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        names = (self.tr("Network"), self.tr("Channel"), self.tr("PAN ID"), self.tr("Extended PAN ID"))
        self._values = [Label("", "mono" if at > 1 else "body", elide=True) for at in range(len(names))]
        for at, (name, value) in enumerate(zip(names, self._values, strict=True)):
            grid.addWidget(Label(name, "caption", role="textSecondary"), at, 0)
            grid.addWidget(value, at, 1)

    def show_dataset(self, dataset: Dataset) -> None:
        channel = str(dataset.channel.number) if dataset.channel is not None else ""
        extended = (dataset.extended_pan_id or b"").hex().upper()
        texts = (dataset.name or "", channel, pan_id(dataset) or "", extended)
        for label, text in zip(self._values, texts, strict=True):
            label.setText(text)
