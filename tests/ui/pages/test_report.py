"""The report that a user copies: enough to help, and nothing of a person, a home or a device."""

from __future__ import annotations

from companion.errors import AlreadyYours, CompanionError, CredentialsUnusable
from companion.events import RunFinished
from companion.model import Step
from tests.ui.support.flows import handed_over, outcome
from ui.engine.events import RadioReady
from ui.present.run.report import report

MARKS = ("anna", "wifi.json", "rp1-0001", "/dev/ttyUSB0")


def test_a_report_holds_what_is_listed_alone() -> None:
    for error in (
        AlreadyYours("/home/anna/wifi.json", device="rp1-0001"),
        CredentialsUnusable("anna.txt: OSError"),
    ):
        flow = handed_over()
        flow.radio = RadioReady("bumble:serial:/dev/ttyUSB0", False)
        flow.take(RunFinished(outcome(error, Step.CHECK)))
        text = report(flow)
        assert error.code in text and "- Radio: bumble\n" in text and "- Detail: none" in text
        assert [mark for mark in MARKS if mark in text] == []


def test_what_nobody_expected_is_told_by_its_type_and_place() -> None:
    flow = handed_over()
    flow.surprises = (CompanionError("BleakError at connect:42"), CompanionError("/home/anna: no such file"))
    text = report(flow)
    assert "- Also: U-900 BleakError at connect:42" in text
    assert "- Also: U-900 none" in text and "anna" not in text
