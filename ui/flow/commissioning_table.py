"""Commissioning, from the scan page to a device that is set up: its states and what leads where.

Rules:
- A run may ask anything and end at any time; each question has its page, an answer leads back to WORKING.
- Cancelling before a link is up leads back to the scan page at once, later it stays on the run's page. Either
  way the run's own end decides what is shown: a cancel may come too late.
- A code that arrives while a run is being cancelled waits for that run's end (RESTARTING).
- A device that is the user's own is no failure: its page leads to what an owner can do (YOURS).
- The first page (WELCOME) comes before the scan page, and nothing runs there but looking around.
- A wrong number that was shown on request ends in what the answer would have meant (LESSON).
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
        FlowState.OBSTACLE,
    ),
)
ASKING = Group("asking", (EARLY, LATE))
AT_WORK = Group("at_work", (FlowState.WORKING, ASKING, FlowState.RESCANNING))
RUNNING = Group("running", (FlowState.SEARCHING, AT_WORK))
STOPPING = Group("stopping", (FlowState.STOPPING_SEARCH, FlowState.STOPPING))
ENDED = Group(
    "ended",
    (FlowState.SUCCESS, FlowState.PROBLEM, FlowState.LESSON, FlowState.REQUIREMENTS, FlowState.YOURS),
)
READY = Group("ready", (FlowState.SCAN, FlowState.WAYS, FlowState.WELCOME, FlowState.REAL_DEVICE, ENDED))

COMMISSIONING = Table(
    FlowState.SCAN,
    Rows(
        READY,
        {
            Input.BEGIN: FlowState.SEARCHING,
            Input.SHOW_WELCOME: FlowState.WELCOME,
            Input.SHOW_REAL_DEVICE: FlowState.REAL_DEVICE,
        },
    ),
    Rows(
        FlowState.WELCOME,
        {
            Input.BACK: FlowState.SCAN,
            Input.SHOW_RESTORE: FlowState.RESTORE,
            Input.FAILED: FlowState.PROBLEM,
        },
    ),
    Rows(FlowState.RESTORE, {Input.BACK: FlowState.WELCOME}),
    Rows(FlowState.REAL_DEVICE, {Input.BACK: FlowState.SCAN, Input.FAILED: FlowState.PROBLEM}),
    Rows(
        FlowState.SCAN,
        {
            Input.BACK: FlowState.SCAN,
            Input.SHOW_WAYS: FlowState.WAYS,
            Input.SHOW_REQUIREMENTS: FlowState.REQUIREMENTS,
            Input.FAILED: FlowState.PROBLEM,
            Input.RADIO_MISSING: FlowState.REQUIREMENTS,
        },
    ),
    Rows(FlowState.WAYS, {Input.BACK: FlowState.SCAN, Input.FAILED: FlowState.PROBLEM}),
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
            Input.ASKS_AGAIN: FlowState.OBSTACLE,
            Input.COMMISSIONED: FlowState.SUCCESS,
            Input.ALREADY_YOURS: FlowState.YOURS,
            Input.CANCELLED: FlowState.SCAN,
            Input.FAILED: FlowState.PROBLEM,
            Input.RADIO_MISSING: FlowState.REQUIREMENTS,
        },
    ),
    Rows(AT_WORK, {Input.REPEAT: FlowState.WORKING, Input.LEARNED: FlowState.LESSON}),
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
            Input.LEARNED: FlowState.LESSON,
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
    Rows(ENDED, {Input.BACK: FlowState.SCAN}),
    Rows(FlowState.PROBLEM, {Input.RETRY: FlowState.WORKING}),
    Rows(FlowState.LESSON, {Input.RETRY: FlowState.WORKING}),
    Rows(FlowState.REQUIREMENTS, {Input.RETRY: FlowState.WORKING}),
)
