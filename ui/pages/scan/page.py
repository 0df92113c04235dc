"""The scan page: show the code to the camera, or bring it any other way; all ways at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from companion.secret import Secret
from ui.pages.scan.code_choice import CodeChoice
from ui.pages.scan.doors import Doors, DoorsColumn
from ui.pages.scan.maker import MakerList
from ui.pages.scan.nearby import NearbyList
from ui.pages.scan.picture import PICTURED, Picture
from ui.pages.views import ChannelView, MakerView, NearbyView, NoticeView, ReadView
from ui.present import drops
from ui.shell import theme
from ui.sources.camera_state import CameraState
from ui.sources.drop_target import DropTarget
from ui.sources.file_kind import file_in, goes_elsewhere
from ui.widgets import (
    Banner,
    Button,
    ButtonKind,
    CodeGroups,
    Field,
    Group,
    GroupState,
    Label,
    PageFrame,
    Tone,
)
from ui.widgets.viewfinder import Corners


class ScanPage(PageFrame):
    """Passive: shows what it is told and says what the user wants.

    code_typed: the text of the field as it changes. code_entered: the text, when the user is done with it.
    dropped: the QMimeData of what fell on the page. device_chosen: the key of a device nearby.
    channel_wanted: the key of the channel by which a device shows its secret, see `Doors.channels`;
    channel_left: it is not to be read any more. secret_read: the device has read the secret on the screen.
    code_chosen: which of the codes in view is meant, by its place in `show_choice`.
    """

    code_typed = Signal(str)
    code_entered = Signal(str)
    paste_wanted = Signal()
    screen_wanted = Signal()
    file_wanted = Signal()
    channel_wanted = Signal(str)
    channel_left = Signal()
    secret_read = Signal()
    dropped = Signal(object)
    device_chosen = Signal(object)
    camera_chosen = Signal(str)
    mirror_wanted = Signal(bool)
    code_chosen = Signal(int)
    permission_wanted = Signal()
    camera_settings_wanted = Signal()
    camera_retry_wanted = Signal()
    doctor_wanted = Signal()
    virtual_wanted = Signal()
    finish_wanted = Signal()
    dismissal_wanted = Signal()
    many_wanted = Signal()
    ways_wanted = Signal()
    cancelled = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        DropTarget(self, self._drop_words, self.dropped.emit)
        self._camera = CameraState.OFF
        self._channel: ChannelView | None = None
        self._searching = self._reads_tags = self._shows_secret = False
        self._picture = Picture()
        self.viewfinder = self._picture.viewfinder

        self._progress = Label("", "caption", role="success")
        self._field = Field(self.tr("Type the code"), placeholder=self.tr("As on the label"), style="code")
        self._field.add_to_header(self._progress)
        self._groups = CodeGroups()
        self._groups.hide()
        self._field.add_below_line(self._groups)
        self._unfinished = Banner(Tone.WARNING)
        self._finish = Button(self.tr("Finish it now"), icon="arrow-right")
        self._dismiss = Button(self.tr("Dismiss"), ButtonKind.QUIET)
        self._unfinished.add_action(self._finish)
        self._unfinished.add_action(self._dismiss)
        self._unfinished.hide()
        self._notice = Banner()
        self._notice.hide()
        self._choice = CodeChoice()
        self._choice.hide()
        self.makers = MakerList()
        self._nearby = NearbyList()
        self._doors = Doors()
        self._go = Button(self.tr("Continue"), ButtonKind.PRIMARY, trailing="arrow-right")
        self._cancel = Button(self.tr("Cancel"), ButtonKind.MUTED)
        self._back = Button(self.tr("Back"), ButtonKind.MUTED, icon="arrow-left")
        self._back.hide()
        self._many = Button(self.tr("Many devices"), ButtonKind.QUIET, icon="devices")
        self.ways = Button(self.tr("Compare ways"), ButtonKind.QUIET, icon="shield")
        self.ways.setToolTip(self.tr("Compare the ways to set a device up"))

        self._lay_out()
        self._connect()
        self.set_ready(False)
        self.show_camera(CameraState.OFF)

    # --- what is shown -----------------------------------------------------------------------------

    def show_camera(
        self,
        state: CameraState,
        names: Sequence[str] = (),
        current: str = "",
        *,
        mirrored: bool = False,
    ) -> None:
        """Show the viewfinder or the reason why there is none; `current` is the camera in use."""
        self._camera = state
        self._picture.show_camera(state, names, current, mirrored=mirrored)
        self._show_heading()

    def show_tag_reader(self, is_ready: bool) -> None:
        """A reader waits for NFC tags, or does not any more."""
        self._reads_tags = is_ready
        self._show_heading()

    def show_channel(self, channel: ChannelView | None, icon: str = "light") -> None:
        """Say how far the reading of a secret is that a device shows; None: codes are read again."""
        was, self._channel = self._channel, channel
        self._picture.show_channel(channel, icon)
        if (was is None) != (channel is None):
            self._show_heading()
            self._show_ways_out()

    def show_secret(self, text: str, secret: Secret) -> None:
        """Show a secret to a device that can see. text: of its QR code."""
        screen = self._picture.show_secret(text, secret)
        if not self._shows_secret:
            self._shows_secret = True
            screen.has_read.connect(self.secret_read, Qt.ConnectionType.UniqueConnection)
            self._show_heading()
            self._show_ways_out()

    def show_secret_left(self, seconds: int) -> None:
        """For how long it still counts."""
        if self._picture.secret_screen is not None:
            self._picture.secret_screen.show_left(seconds)

    def hide_secret(self) -> None:
        """Read codes again."""
        self._shows_secret = False
        self._picture.hide_secret()
        self._show_heading()
        self._show_ways_out()

    def show_frame(self, image: QImage) -> None:
        """Show the camera's newest picture."""
        self.viewfinder.show_frame(image)

    def show_sighting(self, corners: Corners | None) -> None:
        """Snap the frame to a code's corners, given as fractions of the picture; None lets go."""
        self.viewfinder.show_code(corners)

    def show_read(self, read: ReadView | None) -> None:
        """Say over the picture what was read."""
        self._picture.show_read(read)

    def show_typed(self, groups: Sequence[Group], sentence: str = "") -> None:
        """Show how far the typed code is; no groups: it is not cut into any."""
        self._groups.set_groups(groups, sentence)
        self._groups.setVisible(bool(groups))
        wrong = any(group.state is GroupState.WRONG for group in groups)
        self._progress.set_role("danger" if wrong else "success")
        self._progress.setText(sentence)

    def show_wrong(self, sentence: str) -> None:
        """Say under the field why the typed code can't be used; "" takes it back."""
        self._field.set_wrong(sentence)

    def show_notice(self, notice: NoticeView | None) -> None:
        """Say what kind of code this is, in place."""
        if notice is not None:
            self._notice.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)
        self._notice.setVisible(notice is not None)
        self._choice.hide()
        self._nearby.show()

    def show_makers(self, makers: Sequence[MakerView]) -> None:
        """Say how what is looked for is made ready; other ways make room. None of them: nothing."""
        if makers or not self.makers.isHidden():
            self._doors.setVisible(not makers)
            self._nearby.setVisible(not makers and not self.is_asking)
        self.makers.show_makers(makers)

    def show_unfinished(self, notice: NoticeView | None) -> None:
        """Say first of all what an earlier run left half done; None: nothing."""
        if notice is not None:
            self._unfinished.show_notice(notice.tone, notice.title, notice.sentence, icon=notice.icon)
        self._unfinished.setVisible(notice is not None)

    @property
    def is_asking(self) -> bool:
        """True while the user is asked which code is meant."""
        return not self._choice.isHidden()

    def show_choice(self, notice: NoticeView, names: Sequence[str]) -> None:
        """Ask which of several codes is meant; each name is a button."""
        self.show_notice(notice)
        self._choice.show_names(names)
        before: QWidget = self._doors.last
        for button in self._choice.buttons:
            QWidget.setTabOrder(before, button)
            before = button
        self._choice.setVisible(bool(names))
        # Who is asked which code is meant has codes at hand: the question gets the room of the list.
        self._nearby.setVisible(not names)

    def show_nearby(self, devices: Sequence[NearbyView], others: int = 0, problem: str = "") -> None:
        """List the devices in range; `others` are in range without being in set-up, `problem` is why
        nobody can look."""
        self._nearby.show_devices(devices, others, problem)
        before: QWidget = self._doors.last
        for row in self._nearby.stops():
            QWidget.setTabOrder(before, row)
            before = row

    def set_text(self, text: str) -> None:
        """Put a code into the field, as a paste does."""
        self._field.set_text(text)

    def text(self) -> str:
        return self._field.text()

    def set_ready(self, ready: bool) -> None:
        """Allow Continue."""
        self._go.setEnabled(ready)

    def set_cancellable(self, can: bool) -> None:
        """Show Cancel; there is nothing to cancel on the first page before a first run."""
        self._searching = can
        self._show_ways_out()

    def set_leavable(self, can: bool) -> None:
        """Show Back, to the page before; usually this one is the first."""
        self._back.setVisible(can)

    def focus_field(self) -> None:
        """The keyboard goes into the field; what was typed is replaced by typing on."""
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.line_edit.selectAll()

    # --- events ------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
            return
        super().keyPressEvent(event)

    def _drop_words(self, data: QMimeData) -> str:
        if goes_elsewhere(data):
            return ""  # the window takes it
        if data.hasUrls():
            return drops.code(is_file=True, is_picture=False) if file_in(data) is not None else ""
        return (
            drops.code(is_file=False, is_picture=data.hasImage()) if data.hasImage() or data.hasText() else ""
        )

    # --- inside ------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        typed = QVBoxLayout()
        typed.setSpacing(8)
        typed.addWidget(self._field)
        side = QVBoxLayout()
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(17)
        side.addLayout(typed)
        side.addWidget(self._doors)
        # What is told comes last: nothing that can be pressed moves under the pointer.
        messages = QVBoxLayout()
        messages.setSpacing(8)
        messages.addWidget(self._nearby, 1)
        messages.addWidget(self.makers)
        messages.addWidget(self._notice)
        messages.addWidget(self._choice)
        # Without the list a notice keeps its height.
        messages.addStretch(0)
        side.addLayout(messages, 1)
        side.addStretch(0)
        holder = DoorsColumn(self._doors)
        holder.setLayout(side)
        columns = QHBoxLayout()
        columns.setSpacing(int(theme.token("layout", "columnGap")))
        main = QVBoxLayout()
        main.setSpacing(12)
        main.addWidget(self._unfinished)
        main.addWidget(self._picture, 1)
        columns.addLayout(main, 1)
        columns.addWidget(holder)
        self.body.addLayout(columns, 1)
        self.add_left(self._cancel)
        self.add_left(self._back)
        self.add_left(self._many)
        self.add_left(self.ways)
        self.add_right(self._go)

    def _connect(self) -> None:
        self._field.changed.connect(self.code_typed)
        self._field.submitted.connect(lambda: self.code_entered.emit(self._field.text()))
        self._go.clicked.connect(lambda: self.code_entered.emit(self._field.text()))
        self._cancel.clicked.connect(self._on_cancel)
        self._back.clicked.connect(self.left)
        self._many.clicked.connect(self.many_wanted)
        self.ways.clicked.connect(self.ways_wanted)
        self._nearby.chosen.connect(self.device_chosen)
        self._finish.clicked.connect(self.finish_wanted)
        self._dismiss.clicked.connect(self.dismissal_wanted)
        self._choice.chosen.connect(self.code_chosen)
        self._doors.paste_wanted.connect(self.paste_wanted)
        self._doors.screen_wanted.connect(self.screen_wanted)
        self._doors.file_wanted.connect(self.file_wanted)
        self._doors.channel_wanted.connect(self.channel_wanted)
        self._picture.picker.chosen.connect(self.camera_chosen)
        self._picture.picker.mirror_wanted.connect(self.mirror_wanted)
        without = self._picture.no_camera
        without.permission_wanted.connect(self.permission_wanted)
        without.settings_wanted.connect(self.camera_settings_wanted)
        without.retry_wanted.connect(self.camera_retry_wanted)
        without.doctor_wanted.connect(self.doctor_wanted)
        without.virtual_wanted.connect(self.virtual_wanted)

    def _on_cancel(self) -> None:
        """The search, or else the reading of a channel."""
        if self._searching or (self._channel is None and not self._shows_secret):
            self.cancelled.emit()
        else:
            self.channel_left.emit()

    def _show_ways_out(self) -> None:
        can = self._searching or self._channel is not None or self._shows_secret
        self._cancel.setVisible(can)
        self._many.setVisible(not can)
        self.ways.setVisible(not can)

    def _show_heading(self) -> None:
        if self._shows_secret:
            heading = self.tr("Show the code to the device")
            lead = self.tr("Press the device's button, then hold its camera here, out of others' view.")
        elif self._channel is not None:
            heading, lead = self._channel.heading, self._channel.lead
        elif self._camera in PICTURED:
            heading = self.tr("Scan your device's code")
            lead = (
                self.tr("Hold the label to the camera or its tag to the NFC reader, or use another way.")
                if self._reads_tags
                else self.tr("Hold the label in front of the camera, or use another way to enter the code.")
            )
        else:
            heading = self.tr("Type or paste the code")
            lead = self._lead_without_camera()
        self.set_title(heading)
        self.set_lead(lead)

    def _lead_without_camera(self) -> str:
        if self._reads_tags:
            return self.tr("Or hold the device's tag to the NFC reader.")
        if self._camera is CameraState.ASK:
            return self.tr("Or scan it with the camera.")
        return self.tr("No usable camera. Enter the code in another way.")
