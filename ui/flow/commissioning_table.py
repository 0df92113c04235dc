"""Commissioning, from the scan page to a device that is set up: its states and what leads where.

Rules:
- A run may ask anything and end at any time; each question has its page, an answer leads back to WORKING.
- Cancelling before a link is up leads back to the scan page at once, later it stays on the run's page. Either
  way the run's own end decides what is shown: a cancel may come too late.
- A code that arrives while a run is being cancelled waits for that run's end (RESTARTING).
- A device that is the user's own is no failure: its page leads to what an owner can do (YOURS).
- A missing radio is this computer's: it has its own page (MISSING), where every other failure is a PROBLEM.
"""

from __future__ import annotations

from ui.flow.state import FlowState, Input
from ui.flow.table import Group, Rows, Table

EARLY = Group("early", (FlowState.DEVICE_CHOICE, FlowState.CONFIRMATION, FlowState.PASSPHRASE))
LATE = Group(
    "late",
    (
        FlowState.RISK,
        FlowState.ATTESTATION,
        FlowState.SAME_SERIAL,
        FlowState.SECRET,
        FlowState.COMPARISON,
        FlowState.NETWORK,
    ),
)
ASKING = Group("asking", (EARLY, LATE))
AT_WORK = Group("at_work", (FlowState.WORKING, ASKING, FlowState.RESCANNING))
RUNNING = Group("running", (FlowState.SEARCHING, AT_WORK))
STOPPING = Group("stopping", (FlowState.STOPPING_SEARCH, FlowState.STOPPING))
ENDED = Group("ended", (FlowState.SUCCESS, FlowState.PROBLEM, FlowState.REQUIREMENTS, FlowState.YOURS))

COMMISSIONING = Table(
    FlowState.SCAN,
    Rows(
        FlowState.SCAN,
        {
            Input.BEGIN: FlowState.SEARCHING,
            Input.BACK: FlowState.SCAN,
            Input.SHOW_REQUIREMENTS: FlowState.REQUIREMENTS,
            Input.FAILED: FlowState.PROBLEM,
            Input.RADIO_MISSING: FlowState.REQUIREMENTS,
        },
    ),
    Rows(FlowState.SEARCHING, {Input.PROCEED: FlowState.WORKING, Input.CANCEL: FlowState.STOPPING_SEARCH}),
    Rows(FlowState.WORKING, {Input.CANCEL: FlowState.STOPPING}),
    Rows(
        RUNNING,
        {
            Input.STEP: FlowState.WORKING,
            Input.ASKS_DEVICE: FlowState.DEVICE_CHOICE,
            Input.ASKS_CONFIRMATION: FlowState.CONFIRMATION,
            Input.ASKS_PASSPHRASE: FlowState.PASSPHRASE,
            Input.ASKS_RISK: FlowState.RISK,
            Input.ASKS_ATTESTATION: FlowState.ATTESTATION,
            Input.ASKS_SERIAL: FlowState.SAME_SERIAL,
            Input.ASKS_SECRET: FlowState.SECRET,
            Input.ASKS_NUMBERS: FlowState.COMPARISON,
            Input.ASKS_NETWORK: FlowState.NETWORK,
            Input.COMMISSIONED: FlowState.SUCCESS,
            Input.ALREADY_YOURS: FlowState.YOURS,
            Input.CANCELLED: FlowState.SCAN,
            Input.FAILED: FlowState.PROBLEM,
            Input.RADIO_MISSING: FlowState.REQUIREMENTS,
        },
    ),
    Rows(AT_WORK, {Input.REPEAT: FlowState.WORKING}),
    Rows(ASKING, {Input.ANSWER: FlowState.WORKING}),
    Rows(EARLY, {Input.CANCEL: FlowState.STOPPING_SEARCH}),
    Rows(LATE, {Input.CANCEL: FlowState.STOPPING}),
    Rows(FlowState.NETWORK, {Input.RESCAN: FlowState.RESCANNING}),
    Rows(FlowState.RESCANNING, {Input.CANCEL: FlowState.STOPPING}),
    Rows(FlowState.STOPPING_SEARCH, {Input.STEP: FlowState.STOPPING, Input.PROCEED: FlowState.STOPPING}),
    Rows(
        STOPPING,
        {
            Input.BEGIN: FlowState.RESTARTING,
            Input.COMMISSIONED: FlowState.SUCCESS,
            Input.ALREADY_YOURS: FlowState.YOURS,
            Input.CANCELLED: FlowState.SCAN,
            Input.FAILED: FlowState.PROBLEM,
            Input.RADIO_MISSING: FlowState.REQUIREMENTS,
        },
    ),
    Rows(
        FlowState.RESTARTING,
        {
            Input.BEGIN: FlowState.RESTARTING,
            Input.CANCEL: FlowState.STOPPING_SEARCH,
            Input.ENDED: FlowState.SEARCHING,
        },
    ),
    Rows(ENDED, {Input.BEGIN: FlowState.SEARCHING, Input.BACK: FlowState.SCAN}),
    Rows(FlowState.PROBLEM, {Input.RETRY: FlowState.WORKING}),
    Rows(FlowState.REQUIREMENTS, {Input.RETRY: FlowState.WORKING}),
)
