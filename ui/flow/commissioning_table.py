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

from ui.flow.state import Input, State
from ui.flow.table import Group, Rows, Table

EARLY = Group("early", (State.CHOOSE, State.FOUND, State.PASSPHRASE))
LATE = Group("late", (State.RISK, State.SAME_SERIAL, State.SECRET, State.COMPARE, State.NETWORK))
ASKING = Group("asking", (EARLY, LATE))
AT_WORK = Group("at_work", (State.WORKING, ASKING, State.RESCANNING))
RUNNING = Group("running", (State.SEARCHING, AT_WORK))
STOPPING = Group("stopping", (State.STOPPING_SEARCH, State.STOPPING))
ENDED = Group("ended", (State.DONE, State.PROBLEM, State.MISSING, State.YOURS))

COMMISSIONING = Table(
    State.SCAN,
    Rows(
        State.SCAN,
        {
            Input.BEGIN: State.SEARCHING,
            Input.BACK: State.SCAN,
            Input.SHOW_MISSING: State.MISSING,
            Input.FAILED: State.PROBLEM,
            Input.RADIO_MISSING: State.MISSING,
        },
    ),
    Rows(State.SEARCHING, {Input.PROCEED: State.WORKING, Input.CANCEL: State.STOPPING_SEARCH}),
    Rows(State.WORKING, {Input.CANCEL: State.STOPPING}),
    Rows(
        RUNNING,
        {
            Input.STEP: State.WORKING,
            Input.ASKS_DEVICE: State.CHOOSE,
            Input.ASKS_CONFIRMATION: State.FOUND,
            Input.ASKS_PASSPHRASE: State.PASSPHRASE,
            Input.ASKS_RISK: State.RISK,
            Input.ASKS_SERIAL: State.SAME_SERIAL,
            Input.ASKS_SECRET: State.SECRET,
            Input.ASKS_NUMBERS: State.COMPARE,
            Input.ASKS_NETWORK: State.NETWORK,
            Input.COMMISSIONED: State.DONE,
            Input.ALREADY_YOURS: State.YOURS,
            Input.CANCELLED: State.SCAN,
            Input.FAILED: State.PROBLEM,
            Input.RADIO_MISSING: State.MISSING,
        },
    ),
    Rows(AT_WORK, {Input.REPEAT: State.WORKING}),
    Rows(ASKING, {Input.ANSWER: State.WORKING}),
    Rows(EARLY, {Input.CANCEL: State.STOPPING_SEARCH}),
    Rows(LATE, {Input.CANCEL: State.STOPPING}),
    Rows(State.NETWORK, {Input.RESCAN: State.RESCANNING}),
    Rows(State.RESCANNING, {Input.CANCEL: State.STOPPING}),
    Rows(State.STOPPING_SEARCH, {Input.STEP: State.STOPPING, Input.PROCEED: State.STOPPING}),
    Rows(
        STOPPING,
        {
            Input.BEGIN: State.RESTARTING,
            Input.COMMISSIONED: State.DONE,
            Input.ALREADY_YOURS: State.YOURS,
            Input.CANCELLED: State.SCAN,
            Input.FAILED: State.PROBLEM,
            Input.RADIO_MISSING: State.MISSING,
        },
    ),
    Rows(
        State.RESTARTING,
        {
            Input.BEGIN: State.RESTARTING,
            Input.CANCEL: State.STOPPING_SEARCH,
            Input.ENDED: State.SEARCHING,
        },
    ),
    Rows(ENDED, {Input.BEGIN: State.SEARCHING, Input.BACK: State.SCAN}),
    Rows(State.PROBLEM, {Input.RETRY: State.WORKING}),
    Rows(State.MISSING, {Input.RETRY: State.WORKING}),
)
