"""The pages that ask something while a run goes on, each with what it shows and what its answer means."""

from __future__ import annotations

from companion.questions import (
    AcceptRisk,
    ChooseDevice,
    CompareNumbers,
    ConfirmDevice,
    EnterSecret,
    ReviewAttestation,
    SerialKnown,
    TryAgain,
)
from ui.engine.commands import Blink
from ui.engine.events import Blinked, PassphraseNeeded
from ui.engine.ownership_messages import ImportTrust, TrustImported
from ui.flow.core import Flow
from ui.pages.control import FlowControl
from ui.pages.presenter import Presenter
from ui.pages.questions.attestation import AttestationPage
from ui.pages.questions.comparison import ComparisonPage
from ui.pages.questions.confirmation import ConfirmationPage
from ui.pages.questions.device_choice import DeviceChoicePage
from ui.pages.questions.obstacle import ObstaclePage
from ui.pages.questions.passphrase import PassphrasePage
from ui.pages.questions.risk import RiskPage
from ui.pages.questions.same_serial import SameSerialPage
from ui.pages.questions.secret import SecretPage
from ui.present import attestation, questions
from ui.present.texts import title_of


class ConfirmationPresenter(Presenter[ConfirmationPage]):
    """Is this the device? It can be made to show itself."""

    def __init__(self, control: FlowControl) -> None:
        super().__init__(ConfirmationPage(), control)
        self._asked: ConfirmDevice | None = None
        page = self.page
        page.connect_wanted.connect(self._connect)
        page.refused.connect(lambda: self.answer(False))
        page.identify_wanted.connect(self._blink)

    def show(self, flow: Flow) -> None:
        match flow.question:
            case ConfirmDevice() as question:
                if question is not self._asked:
                    self._asked = question
                    self.page.forget_fabric()
                self.page.show_device(
                    questions.confirmation(question.device, question.findings, question.fabrics)
                )

    def focus(self) -> None:
        self._focus_primary()

    def take(self, event: object) -> None:
        """How the blinking went, if it is still this device that is asked about."""
        question = self.control.flow.question
        if (
            isinstance(event, Blinked)
            and isinstance(question, ConfirmDevice)
            and question.device == event.device
        ):
            self.page.show_blinked(title_of(event.error) if event.error is not None else "")

    def _connect(self) -> None:
        question = self.question
        fabrics = question.fabrics if isinstance(question, ConfirmDevice) else ()
        self.answer(fabrics[self.page.fabric] if fabrics else True)

    def _blink(self) -> None:
        question = self.question
        still_open = question is self.control.flow.question
        if isinstance(question, ConfirmDevice) and still_open:
            self.page.show_blinking()
            self.control.send(Blink(question.device))


class DeviceChoicePresenter(Presenter[DeviceChoicePage]):
    """Which of several devices is it?"""

    def __init__(self, control: FlowControl) -> None:
        super().__init__(DeviceChoicePage(), control)
        page = self.page
        page.chosen.connect(self._choose)
        page.cancelled.connect(control.cancel)

    def show(self, flow: Flow) -> None:
        match flow.question:
            case ChooseDevice() as question:
                self.page.show_view(questions.device_choice(question))

    def _choose(self, key: object) -> None:
        if isinstance(self.question, ChooseDevice):
            self.answer(questions.among(self.question.devices, key))


class ComparisonPresenter(Presenter[ComparisonPage]):
    """Is the number on the device the same?"""

    def __init__(self, control: FlowControl) -> None:
        super().__init__(ComparisonPage(), control)
        page = self.page
        page.answered.connect(self._compare)
        page.cancelled.connect(control.cancel)

    def show(self, flow: Flow) -> None:
        match flow.question:
            case CompareNumbers() as question:
                beside = self.control.has_dock
                self.page.show_question(questions.comparison(question, flow, beside=beside))

    def _compare(self, matched: bool) -> None:
        if self.flow is not None and self.flow is self.control.flow:
            self.control.compare(self.question, matched)


class RiskPresenter(Presenter[RiskPage]):
    """Go on in spite of a risk?"""

    def __init__(self, control: FlowControl) -> None:
        super().__init__(RiskPage(), control)
        page = self.page
        page.answered.connect(self.answer)
        page.cancelled.connect(control.cancel)

    def show(self, flow: Flow) -> None:
        match flow.question:
            case AcceptRisk() as question:
                self.page.show_view(questions.risk(question, flow))


class AttestationPresenter(Presenter[AttestationPage]):
    """Go on with a device that is not shown to be genuine?"""

    def __init__(self, control: FlowControl) -> None:
        super().__init__(AttestationPage(), control)
        page = self.page
        page.answered.connect(self.answer)
        page.left.connect(control.cancel)
        page.import_wanted.connect(lambda protocol, path: control.send(ImportTrust(protocol, path)))

    def show(self, flow: Flow) -> None:
        match flow.question:
            case ReviewAttestation() as question:
                self.page.show_view(attestation.question(question, flow))

    def take(self, event: object) -> None:
        if isinstance(event, TrustImported):
            self.page.show_imported(attestation.imported(event))


class SameSerialPresenter(Presenter[SameSerialPage]):
    """A replacement, or another device?"""

    def __init__(self, control: FlowControl) -> None:
        super().__init__(SameSerialPage(), control)
        page = self.page
        page.answered.connect(self.answer)
        page.cancelled.connect(control.cancel)

    def show(self, flow: Flow) -> None:
        match flow.question:
            case SerialKnown() as question:
                self.page.show_view(questions.same_serial(question, flow))


class SecretPresenter(Presenter[SecretPage]):
    """What is printed on the device?"""

    def __init__(self, control: FlowControl) -> None:
        super().__init__(SecretPage(), control)
        page = self.page
        page.given.connect(self.answer)
        page.cancelled.connect(control.cancel)

    def show(self, flow: Flow) -> None:
        match flow.question:
            case EnterSecret() as question:
                self.page.show_view(questions.secret(question, flow))


class ObstaclePresenter(Presenter[ObstaclePage]):
    """Is it put right?"""

    def __init__(self, control: FlowControl) -> None:
        super().__init__(ObstaclePage(), control)
        page = self.page
        page.answered.connect(self.answer)

    def show(self, flow: Flow) -> None:
        match flow.question:
            case TryAgain() as question:
                self.page.show_view(questions.obstacle(question, flow))

    def focus(self) -> None:
        self._focus_primary()


class PassphrasePresenter(Presenter[PassphrasePage]):
    """What opens the key file?"""

    def __init__(self, control: FlowControl) -> None:
        super().__init__(PassphrasePage(), control)
        page = self.page
        page.given.connect(self.answer)
        page.left.connect(lambda: self.answer(None))

    def show(self, flow: Flow) -> None:
        match flow.question:
            case PassphraseNeeded() as question:
                if question.pin is not None:
                    self.page.ask_pin(question.pin)
                else:
                    self.page.ask(question.new)
