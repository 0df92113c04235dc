"""The walk's pages with their wishes connected: which signal of a page is which wish of the user."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from ui.flow.state import Page
from ui.pages.network.page import NetworkPage
from ui.pages.questions.choose import ChoosePage
from ui.pages.questions.compare import ComparePage
from ui.pages.questions.found import FoundPage
from ui.pages.questions.passphrase import PassphrasePage
from ui.pages.questions.risk import RiskPage
from ui.pages.questions.secret import SecretPage
from ui.pages.run.done import DonePage
from ui.pages.run.missing import MissingPage
from ui.pages.run.problem import ProblemPage
from ui.pages.run.working import WorkingPage
from ui.widgets import PageFrame

if TYPE_CHECKING:
    from ui.pages.router import Router


def make(which: Page, walk: Router) -> PageFrame:
    """A page of the walk or of an owner's act."""
    for maker in (_question, _ending, _of_owner):
        if (page := maker(which, walk)) is not None:
            return page
    raise KeyError(which)


def _question(which: Page, walk: Router) -> PageFrame | None:
    """The pages that ask something while a run goes on, and the one that shows it."""
    page: PageFrame
    match which:
        case Page.FOUND:
            page = FoundPage()
            page.connect_wanted.connect(lambda: walk.answer(which, True))
            page.refused.connect(lambda: walk.answer(which, False))
            page.identify_wanted.connect(walk.blink)
            return page
        case Page.CHOOSE:
            page = ChoosePage()
            page.chosen.connect(walk.choose)
        case Page.COMPARE:
            page = ComparePage()
            page.answered.connect(lambda answer: walk.answer(which, answer))
        case Page.RISK:
            page = RiskPage()
            page.answered.connect(lambda answer: walk.answer(which, answer))
        case Page.SAME_SERIAL:
            from ui.pages.questions.same_serial import SameSerialPage

            page = SameSerialPage()
            page.answered.connect(lambda answer: walk.answer(which, answer))
        case Page.SECRET:
            page = SecretPage()
            page.given.connect(lambda answer: walk.answer(which, answer))
        case Page.NETWORK:
            page = NetworkPage()
            page.submitted.connect(lambda answer: walk.answer(which, answer))
            page.rescan_wanted.connect(walk.rescan)
        case Page.WORKING:
            page = WorkingPage()
        case _:
            return None
    page.cancelled.connect(walk.cancel)
    return page


def _ending(which: Page, walk: Router) -> PageFrame | None:
    """The pages on which a run is over or can't begin."""
    page: PageFrame
    match which:
        case Page.PASSPHRASE:
            page = PassphrasePage()
            page.given.connect(lambda answer: walk.answer(which, answer))
            page.left.connect(lambda: walk.answer(which, None))
        case Page.DONE:
            page = DonePage()
            page.another_wanted.connect(lambda: walk.use_another_code())
            page.device_wanted.connect(walk.open_device)
            page.copy_wanted.connect(lambda text: QGuiApplication.clipboard().setText(text))
        case Page.PROBLEM:
            page = ProblemPage()
            page.tried_again.connect(walk.try_again)
            page.other_code_wanted.connect(lambda: walk.use_another_code())
            page.left.connect(lambda: walk.start_over(walk.flow.leave()))
            page.report_wanted.connect(lambda: walk.copy_report(page))
        case Page.MISSING:
            page = MissingPage()
            page.checked_again.connect(walk.check_again)
            page.virtual_wanted.connect(walk.go_virtual)
            page.left.connect(walk.cancel)
        case _:
            return None
    return page


def _of_owner(which: Page, walk: Router) -> PageFrame | None:
    """The pages that only an owner's act has."""
    page: PageFrame
    match which:
        case Page.RESET:
            from ui.pages.ownership.reset import ResetPage

            page = ResetPage()
            page.confirmed.connect(lambda: walk.for_act(which, lambda flow: flow.operate()))
        case Page.REVOKE:
            from ui.pages.ownership.revoke import RevokePage

            page = RevokePage()
            page.wanted.connect(lambda reason: walk.for_act(which, lambda flow: flow.revoke(reason)))
        case Page.GIVE:
            from ui.pages.ownership.give import GivePage

            page = GivePage()
            page.wanted.connect(lambda terms: walk.for_act(which, lambda flow: flow.give(terms)))
            page.save_wanted.connect(lambda path: walk.for_act(which, lambda flow: flow.save(path)))
        case _:
            return None
    page.left.connect(walk.cancel)
    return page
