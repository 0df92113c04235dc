"""An ownership operation, from the devices page and back to it: its states and what leads where.

Rules:
- It begins and ends on the devices page (DEVICE), which belongs to no flow.
- What needs a decision first has its form (RESET, CHANGE, GIVE, REVOKE); all else starts at once.
- A run with the device works like a commissioning run. What needs no device (CALLING, MAKING_TOKEN, REVOKING)
  may still ask for the passphrase of the keys, and then goes on in WORKING.
- The device proves its key, so nobody confirms or chooses it. A missing radio is a PROBLEM like any other.
- What is done over the network has no page of its own (CALLING), but sharing has: it opens (SHARING) and is
  over (SHARED) on one page, which also lists who controls the device (LISTING).
- The end of what is under way is followed from every state, also after a cancel, which may come too late.
"""

from __future__ import annotations

from ui.flow.state import FlowState, Input
from ui.flow.table import Group, Rows, Table

ASKING = Group(
    "asking",
    (
        FlowState.PASSPHRASE,
        FlowState.RISK,
        FlowState.SAME_SERIAL,
        FlowState.SECRET,
        FlowState.COMPARISON,
        FlowState.NETWORK,
    ),
)
RUNNING = Group("running", (FlowState.WORKING, ASKING, FlowState.RESCANNING))
# What needs no device. It may ask for the passphrase of the keys, and is "unlocked" then.
OFFLINE = Group("offline", (FlowState.CALLING, FlowState.MAKING_TOKEN, FlowState.REVOKING))
# The page of those who control a device, while the device is asked.
NETWORKED = Group("networked", (FlowState.SHARING, FlowState.LISTING))
UNDER_WAY = Group("under_way", (RUNNING, OFFLINE, NETWORKED, FlowState.STOPPING, FlowState.CLOSING))
ONLINE = Group("online", (RUNNING, FlowState.STOPPING))
UNLOCKED = Group("unlocked", (FlowState.WORKING, FlowState.STOPPING))
FORMS = Group(
    "forms",
    (
        FlowState.RESET,
        FlowState.REPROVISION,
        FlowState.TRANSFER,
        FlowState.REVOCATION,
        FlowState.REMOVAL,
        FlowState.CHECKS,
    ),
)

OWNERSHIP = Table(
    FlowState.DEVICE,
    Rows(
        FlowState.DEVICE,
        {
            Input.SHOW_RESET: FlowState.RESET,
            Input.SHOW_TRANSFER: FlowState.TRANSFER,
            Input.SHOW_REVOCATION: FlowState.REVOCATION,
            Input.SHOW_REMOVAL: FlowState.REMOVAL,
            Input.SHOW_CHECKS: FlowState.CHECKS,
            Input.CALL: FlowState.CALLING,
            Input.START: FlowState.WORKING,
            Input.SHARE: FlowState.SHARING,
            Input.LIST: FlowState.LISTING,
        },
    ),
    Rows(FORMS, {Input.BACK: FlowState.DEVICE}),
    Rows(FlowState.RESET, {Input.START: FlowState.WORKING}),
    Rows(FlowState.REMOVAL, {Input.START: FlowState.WORKING}),
    Rows(FlowState.REPROVISION, {Input.START: FlowState.WORKING}),
    Rows(FlowState.TRANSFER, {Input.MAKE_TOKEN: FlowState.MAKING_TOKEN}),
    Rows(FlowState.REVOCATION, {Input.REVOKE: FlowState.REVOKING}),
    Rows(FlowState.TOKEN, {Input.BACK: FlowState.DEVICE}),
    Rows(
        RUNNING,
        {
            Input.STEP: FlowState.WORKING,
            Input.REPEAT: FlowState.WORKING,
            Input.ASKS_PASSPHRASE: FlowState.PASSPHRASE,
            Input.ASKS_RISK: FlowState.RISK,
            Input.ASKS_SERIAL: FlowState.SAME_SERIAL,
            Input.ASKS_SECRET: FlowState.SECRET,
            Input.ASKS_NUMBERS: FlowState.COMPARISON,
            Input.ASKS_NETWORK: FlowState.NETWORK,
            Input.CANCEL: FlowState.STOPPING,
        },
    ),
    Rows(OFFLINE, {Input.ASKS_PASSPHRASE: FlowState.PASSPHRASE, Input.CANCEL: FlowState.STOPPING}),
    Rows(ASKING, {Input.ANSWER: FlowState.WORKING}),
    Rows(FlowState.NETWORK, {Input.RESCAN: FlowState.RESCANNING}),
    Rows(ONLINE, {Input.SETTLED: FlowState.DEVICE}),
    Rows(NETWORKED, {Input.ASKS_PASSPHRASE: FlowState.PASSPHRASE, Input.CANCEL: FlowState.CLOSING}),
    Rows(NETWORKED, {Input.LISTED: FlowState.SHARED, Input.SETTLED: FlowState.DEVICE}),
    Rows(FlowState.CLOSING, {Input.LISTED: FlowState.DEVICE, Input.SETTLED: FlowState.DEVICE}),
    Rows(
        FlowState.SHARED,
        {
            Input.SHARE: FlowState.SHARING,
            Input.LIST: FlowState.LISTING,
            Input.BACK: FlowState.DEVICE,
        },
    ),
    Rows(UNDER_WAY, {Input.CANCELLED: FlowState.DEVICE, Input.FAILED: FlowState.PROBLEM}),
    Rows(
        FlowState.CALLING,
        {
            Input.CALLED: FlowState.DEVICE,
            Input.SETTLED: FlowState.DEVICE,
            Input.NETWORKS: FlowState.REPROVISION,
        },
    ),
    Rows(FlowState.REVOKING, {Input.CALLED: FlowState.DEVICE}),
    Rows(FlowState.MAKING_TOKEN, {Input.TOKEN_MADE: FlowState.TOKEN}),
    Rows(
        UNLOCKED,
        {
            Input.CALLED: FlowState.DEVICE,
            Input.NETWORKS: FlowState.REPROVISION,
            Input.TOKEN_MADE: FlowState.TOKEN,
            Input.OPENED: FlowState.SHARING,
            Input.LISTED: FlowState.SHARED,
        },
    ),
    Rows(
        FlowState.PROBLEM,
        {
            Input.BACK: FlowState.DEVICE,
            Input.START: FlowState.WORKING,
            Input.CALL: FlowState.CALLING,
            Input.SHOW_TRANSFER: FlowState.TRANSFER,
            Input.SHOW_REVOCATION: FlowState.REVOCATION,
            Input.SHOW_REMOVAL: FlowState.REMOVAL,
            Input.MAKE_TOKEN: FlowState.MAKING_TOKEN,
            Input.SHARE: FlowState.SHARING,
            Input.LIST: FlowState.LISTING,
        },
    ),
)
