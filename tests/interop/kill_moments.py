"""`python -m tests.interop.kill_moments MOMENT ARGUMENTS...`: `companion ARGUMENTS`, killed at that moment.

Moments are counted from 1: each message of Matter before it leaves, over Bluetooth or the network, each one
that arrives, and each record that a run writes when it ends. At the end standard error says "moments N".
MOMENT may also be "record": before the first record.
"""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from companion.cli import main
from companion.protocols.matter.driver.session.ble import BleTransport
from companion.protocols.matter.driver.session.conversations import Conversations
from companion.protocols.matter.driver.session.udp import UdpTransport
from companion.registry.store.registry import SqlRegistry

COUNTED = (
    (BleTransport, "send"),
    (UdpTransport, "send"),
    (Conversations, "_arrived"),
    (SqlRegistry, "finish_run"),
)


class Countdown:
    """Ends this process at one of the moments."""

    def __init__(self, moment: str) -> None:
        self.seen = 0
        self._moment = moment

    def before(self, owner: Any, name: str) -> None:
        """From now on each call of a method is a moment."""
        method = getattr(owner, name)

        def counted(*given: Any, **named: Any) -> Any:
            self.seen += 1
            if self._moment in (str(self.seen), "record" if owner is SqlRegistry else ""):
                os.kill(os.getpid(), signal.SIGKILL)
            return method(*given, **named)

        setattr(owner, name, counted)


if __name__ == "__main__":
    countdown = Countdown(sys.argv.pop(1))
    for owner, name in COUNTED:
        countdown.before(owner, name)
    try:
        sys.exit(main())
    finally:
        print(f"moments {countdown.seen}", file=sys.stderr, flush=True)
