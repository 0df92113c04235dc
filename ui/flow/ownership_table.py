"""An ownership operation, from the devices page and back to it: its states and what leads where.

Rules:
- It begins and ends on the devices page (DEVICE), which belongs to no flow.
- What needs a decision first has its form (RESET, CHANGE, GIVE, REVOKE); all else starts at once.
- A run with the device works like a commissioning run. What needs no device (CALLING, MAKING_TOKEN, REVOKING)
  may still ask for the passphrase of the keys, and then goes on in WORKING.
- The device proves its key, so nobody confirms or chooses it. A missing radio is a PROBLEM like any other.
- The end of what is under way is followed from every state, also after a cancel, which may come too late.
"""

from __future__ import annotations

from ui.flow.state import Input, State
from ui.flow.table import Group, Rows, Table

ASKING = Group(
    "asking",
    (State.PASSPHRASE, State.RISK, State.SAME_SERIAL, State.SECRET, State.COMPARE, State.NETWORK),
)
RUNNING = Group("running", (State.WORKING, ASKING, State.RESCANNING))
# What needs no device. It may ask for the passphrase of the keys, and is "unlocked" then.
OFFLINE = Group("offline", (State.CALLING, State.MAKING_TOKEN, State.REVOKING))
UNDER_WAY = Group("under_way", (RUNNING, OFFLINE, State.STOPPING))
ONLINE = Group("online", (RUNNING, State.STOPPING))
UNLOCKED = Group("unlocked", (State.WORKING, State.STOPPING))
FORMS = Group("forms", (State.RESET, State.CHANGE, State.GIVE, State.REVOKE))

OWNERSHIP = Table(
    State.DEVICE,
    Rows(
        State.DEVICE,
        {
            Input.SHOW_RESET: State.RESET,
            Input.SHOW_GIVE: State.GIVE,
            Input.SHOW_REVOKE: State.REVOKE,
            Input.CALL: State.CALLING,
            Input.START: State.WORKING,
        },
    ),
    Rows(FORMS, {Input.BACK: State.DEVICE}),
    Rows(State.RESET, {Input.START: State.WORKING}),
    Rows(State.CHANGE, {Input.START: State.WORKING}),
    Rows(State.GIVE, {Input.MAKE_TOKEN: State.MAKING_TOKEN}),
    Rows(State.REVOKE, {Input.REVOKE: State.REVOKING}),
    Rows(State.TOKEN, {Input.BACK: State.DEVICE}),
    Rows(
        RUNNING,
        {
            Input.STEP: State.WORKING,
            Input.REPEAT: State.WORKING,
            Input.ASKS_PASSPHRASE: State.PASSPHRASE,
            Input.ASKS_RISK: State.RISK,
            Input.ASKS_SERIAL: State.SAME_SERIAL,
            Input.ASKS_SECRET: State.SECRET,
            Input.ASKS_NUMBERS: State.COMPARE,
            Input.ASKS_NETWORK: State.NETWORK,
            Input.CANCEL: State.STOPPING,
        },
    ),
    Rows(OFFLINE, {Input.ASKS_PASSPHRASE: State.PASSPHRASE, Input.CANCEL: State.STOPPING}),
    Rows(ASKING, {Input.ANSWER: State.WORKING}),
    Rows(State.NETWORK, {Input.RESCAN: State.RESCANNING}),
    Rows(ONLINE, {Input.SETTLED: State.DEVICE}),
    Rows(UNDER_WAY, {Input.CANCELLED: State.DEVICE, Input.FAILED: State.PROBLEM}),
    Rows(State.CALLING, {Input.CALLED: State.DEVICE, Input.NETWORKS: State.CHANGE}),
    Rows(State.REVOKING, {Input.CALLED: State.DEVICE}),
    Rows(State.MAKING_TOKEN, {Input.TOKEN_MADE: State.TOKEN}),
    Rows(
        UNLOCKED,
        {Input.CALLED: State.DEVICE, Input.NETWORKS: State.CHANGE, Input.TOKEN_MADE: State.TOKEN},
    ),
    Rows(
        State.PROBLEM,
        {
            Input.BACK: State.DEVICE,
            Input.START: State.WORKING,
            Input.CALL: State.CALLING,
            Input.SHOW_GIVE: State.GIVE,
            Input.SHOW_REVOKE: State.REVOKE,
            Input.MAKE_TOKEN: State.MAKING_TOKEN,
        },
    ),
)
