"""What was read: recognised by the engine, said on the page, and taken where a run begins with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from companion.errors import CompanionError, ThreadDatasetUnusable
from companion.model import SetupCode, ShownBy, WifiCredentials
from companion.networks.thread import read
from companion.secret import Secret
from companion.setup_code.ecosystems.non_devices import GUID
from companion.setup_code.ecosystems.thread import ThreadNetworkCode
from ui.engine.commands import Command, Recognise
from ui.engine.events import CodeRead, CodeRefused
from ui.pages.scan.page import ScanPage
from ui.pages.views import NoticeView
from ui.present.scan import distinct_names
from ui.present.texts import advice_of, kind_of, title_of, translated
from ui.widgets import Tone

if TYPE_CHECKING:
    from companion.nfc.bluetooth import TaggedDevice


class Recognition(QObject):
    """Texts and codes of all sources, and what the page says of them.

    code_accepted: a commissionable SetupCode. token_accepted: a transfer token as a Secret.
    voucher_wanted: an ownership voucher shall be shown, the saved one of a
    GUID or that in a file (Path).
    network_given: the WifiCredentials of a `WIFI:` code, to be offered to the device later; mesh_given: a
    Thread network's dataset likewise. secret_shown: a Secret that a device shows instead of a code, and by
    what (ShownBy). offered_taken: the SetupCodes among which the user chose. tag_accepted: a SetupCode of a
    tag, the TaggedDevice whose tag it is, or both; tag_network_given: WifiCredentials of a tag.
    """

    code_accepted = Signal(object)
    token_accepted = Signal(object)
    voucher_wanted = Signal(object)
    network_given = Signal(object)
    mesh_given = Signal(object)
    secret_shown = Signal(object, object)
    offered_taken = Signal(object)
    tag_accepted = Signal(object, object)
    tag_network_given = Signal(object)

    def __init__(
        self, page: ScanPage, send: Callable[[Command], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._page = page
        self.send = send
        self._awaited = 0
        self._answers: list[SetupCode | CompanionError] = []
        self._offered: tuple[SetupCode, ...] = ()
        page.code_chosen.connect(self._take_offered)

    def ask(self, texts: Sequence[str], origin: str) -> None:
        """Texts that belong together, such as those of one picture."""
        self._awaited, self._answers = len(texts), []
        for text in texts:
            self.send(Recognise(Secret(text), origin))

    def take(self, event: CodeRead | CodeRefused) -> None:
        """What the engine says of a text."""
        if isinstance(event, CodeRead):
            self._collect(event.code)
        elif event.origin == "typed":
            self.show_error(event.error)
        else:
            self._collect(event.error)

    def accept(self, code: SetupCode) -> None:
        """Begin with this code."""
        self._page.show_notice(None)
        self.code_accepted.emit(code)

    def take_secret(self, secret: Secret, shown_by: ShownBy = ShownBy.LIGHT) -> None:
        """Begin with the device that shows this secret."""
        self._page.show_notice(None)
        self.secret_shown.emit(secret, shown_by)

    def accept_tag(self, code: SetupCode | None, device: TaggedDevice | None) -> None:
        """Begin with the code of a tag, and with the device that the tag names."""
        self._page.show_notice(None)
        self.tag_accepted.emit(code, device)

    def offer_network(self, network: WifiCredentials, *, alone: bool) -> None:
        """A tag's network is filled in where the device's is chosen: only its user sends it. alone: nothing
        else is on the tag, so what becomes of it is said.
        """
        self.tag_network_given.emit(network)
        if alone:
            self._show_network(network.name)

    def ask_which(self, codes: Sequence[SetupCode], *, on_tag: bool = False) -> None:
        """Offer the codes; the same question is not asked anew while its buttons are there."""
        if self._page.is_asking and {code.text for code in codes} == {code.text for code in self._offered}:
            return
        self._offered = tuple(codes)
        title = self.tr("Several codes in view. Which one?")
        sentence = self.tr("Choose one here, or show only one code.")
        if on_tag:
            title = self.tr("Several codes on the tag. Which one?")
            sentence = self.tr("Choose the one that is on the device's label.")
        self._page.show_choice(NoticeView(Tone.INFO, title, sentence), distinct_names(self._offered))

    def show_kind(self, code: SetupCode) -> None:
        """A code of another kind gets its kind sentence; a network is kept for the device."""
        if isinstance(code.payload, WifiCredentials):
            self.network_given.emit(code.payload)
            self._show_network(code.payload.name)
            return
        if isinstance(code.payload, ThreadNetworkCode):
            self._take_mesh(code.payload.dataset)
            return
        if is_token(code):
            self._offered = (code,)
            sentence = self.tr("It transfers a device to you. Turn the device on, nearby.")
            notice = NoticeView(Tone.INFO, kind_of(code), sentence, "transfer")
            self._page.show_choice(notice, (self.tr("Take over device"),))
            return
        notice = NoticeView(Tone.INFO, kind_of(code), translated(code.verdict))
        if code.ecosystem == GUID:
            self._offered = (code,)
            self._page.show_choice(notice, (self.tr("Find its ownership voucher"),))
            return
        self._page.show_notice(notice)

    def show_error(self, error: CompanionError) -> None:
        """What is wrong, and what to do."""
        notice = NoticeView(Tone.WARNING, title_of(error), advice_of(error), "warning")
        self._page.show_notice(notice)

    def _collect(self, answer: SetupCode | CompanionError) -> None:
        """One text of a picture or a file was looked at; when all were, act on what they are together."""
        self._answers.append(answer)
        if len(self._answers) < self._awaited:
            return
        answers, self._answers, self._awaited = self._answers, [], 0
        codes = [each for each in answers if isinstance(each, SetupCode)]
        ours = list({code.text: code for code in codes if code.commissionable}.values())
        for code in codes:
            if not code.commissionable and (not ours or isinstance(code.payload, WifiCredentials)):
                self.show_kind(code)
        if len(ours) > 1:
            self.ask_which(ours)
        elif ours:
            self.accept(ours[0])
        elif not codes:
            self.show_error(next(each for each in answers if isinstance(each, CompanionError)))

    def _take_offered(self, place: int) -> None:
        self.offered_taken.emit(self._offered)
        code = self._offered[place]
        if is_token(code):
            self._page.show_notice(None)
            self.token_accepted.emit(code.text)
        elif code.ecosystem == GUID:
            self._page.show_notice(None)
            self.voucher_wanted.emit(code.text.reveal_text())
        else:
            self.accept(code)

    def _take_mesh(self, dataset: Secret) -> None:
        """A Thread network is kept for the device, if one could join with it."""
        try:
            network = read(dataset)
            network.check_joinable()
        except ThreadDatasetUnusable as wrong:
            self.show_error(wrong)
            return
        self.mesh_given.emit(dataset)
        self._show_network(network.name or "")

    def _show_network(self, name: str) -> None:
        title = self.tr("Network {name} saved for your device").format(name=name)
        sentence = self.tr("Now show the device's own code. You can then select this network for it.")
        self._page.show_notice(NoticeView(Tone.GOOD, title, sentence))


def is_token(code: SetupCode) -> bool:
    """No setup code, but a token by which a device changes hands."""
    return code.ecosystem.endswith("-transfer")
