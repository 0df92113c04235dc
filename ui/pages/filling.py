"""Fills the walk's pages: the flow's state, made ready to read, goes into the page that shows it."""

from __future__ import annotations

from typing import Any

from companion.questions import (
    AcceptRisk,
    ChooseDevice,
    ChooseNetwork,
    CompareNumbers,
    ConfirmDevice,
    EnterSecret,
    SerialKnown,
)
from ui.engine.messages import PassphraseNeeded
from ui.flow.core import Flow
from ui.flow.ownership import OwnershipFlow
from ui.flow.state import Page
from ui.present import devices, problems
from ui.sources.camera_state import CameraState


def fill(page: Any, flow: Flow, camera: CameraState, *, can_open: bool) -> None:
    """Show on its page what the flow is about. can_open: the window has a page for the done device."""
    match flow.question:
        case ConfirmDevice() as question:
            page.show_device(devices.found(question.device, question.findings, flow.code))
        case ChooseDevice() as question:
            page.show_view(devices.choose(question))
        case CompareNumbers() as question:
            page.show_question(devices.compare(question, flow))
        case AcceptRisk() as question:
            page.show_view(problems.risk(question, flow))
        case SerialKnown() as question:
            page.show_view(problems.same_serial(question, flow))
        case EnterSecret() as question:
            page.show_view(devices.secret(question, flow))
        case ChooseNetwork() as question:
            page.show_view(devices.network(question, flow))
        case PassphraseNeeded() as question:
            page.ask(question.new)
        case _ if isinstance(flow, OwnershipFlow):
            _fill_of_owner(page, flow)
        case _:
            _fill_ending(page, flow, camera, can_open)


def _fill_ending(page: Any, flow: Flow, camera: CameraState, can_open: bool) -> None:
    if flow.page is Page.DONE and flow.outcome is not None:
        page.show_view(devices.done(flow.outcome, flow, can_open=can_open))
    elif flow.page is Page.PROBLEM:
        page.show_view(problems.problem(flow))
    elif flow.page is Page.MISSING:
        page.show_view(problems.missing(flow, camera))
    elif flow.page is Page.SCAN:
        page.show_notice(problems.cancelled(flow))


def _fill_of_owner(page: Any, flow: OwnershipFlow) -> None:
    from ui.present import ownership

    match flow.page:
        case Page.RESET:
            page.show_view(ownership.reset(flow))
        case Page.REVOKE:
            page.show_view(ownership.revoke(flow))
        case Page.GIVE if flow.token is not None:
            page.show_token(ownership.token(flow, flow.token))
        case Page.GIVE:
            page.show_view(ownership.give(flow))
        case Page.NETWORK:
            page.show_view(ownership.change(flow))
        case Page.PROBLEM:
            page.show_view(ownership.problem(flow))
