"""Which page of a run has which presenter. What few runs need is loaded when it is first wanted."""

from __future__ import annotations

from ui.flow.state import Page
from ui.pages.control import FlowControl
from ui.pages.network.presenter import NetworkPresenter
from ui.pages.presenter import Presenter
from ui.pages.questions import presenters as questions
from ui.pages.run import presenters as runs
from ui.widgets import PageFrame

PRESENTERS = {
    Page.CONFIRMATION: questions.ConfirmationPresenter,
    Page.DEVICE_CHOICE: questions.DeviceChoicePresenter,
    Page.COMPARISON: questions.ComparisonPresenter,
    Page.RISK: questions.RiskPresenter,
    Page.ATTESTATION: questions.AttestationPresenter,
    Page.SAME_SERIAL: questions.SameSerialPresenter,
    Page.SECRET: questions.SecretPresenter,
    Page.OBSTACLE: questions.ObstaclePresenter,
    Page.PASSPHRASE: questions.PassphrasePresenter,
    Page.NETWORK: NetworkPresenter,
    Page.PROGRESS: runs.ProgressPresenter,
    Page.SUCCESS: runs.SuccessPresenter,
    Page.PROBLEM: runs.ProblemPresenter,
    Page.REQUIREMENTS: runs.RequirementsPresenter,
    Page.YOURS: runs.AlreadyYoursPresenter,
}


ADMINISTRATION = (Page.SHARE, Page.REMOVAL, Page.CHECKS)


def make_presenter(which: Page, control: FlowControl) -> Presenter[PageFrame]:
    """The presenter of a page, with the page. KeyError for one that is no page of a run."""
    if which in PRESENTERS:
        return PRESENTERS[which](control)
    if which is Page.WAYS:
        from ui.pages.ways.presenter import WaysPresenter

        return WaysPresenter(control)
    from ui.pages.first_start import presenters as first_start
    from ui.pages.ownership import presenters as ownership

    if which in ADMINISTRATION:
        from ui.pages.administration import presenters as administration

        return {
            Page.SHARE: administration.SharePresenter,
            Page.REMOVAL: administration.RemovalPresenter,
            Page.CHECKS: administration.ChecksPresenter,
        }[which](control)
    return {
        Page.WELCOME: first_start.WelcomePresenter,
        Page.RESTORE: first_start.RestorePresenter,
        Page.LESSON: first_start.LessonPresenter,
        Page.REAL_DEVICE: first_start.RealDevicePresenter,
        Page.RESET: ownership.ResetPresenter,
        Page.REVOCATION: ownership.RevocationPresenter,
        Page.TRANSFER: ownership.TransferPresenter,
    }[which](control)
