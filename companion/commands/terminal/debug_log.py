"""The log that a command writes with `-v`: fit to be sent to whoever helps, for no secret is in it.

Our own loggers never get a secret (`companion.secret`). The libraries below us see octets, and with some
protocols a passphrase is among them in clear: what they log of payloads is cut here, before it is written, so
that no switch of theirs (`BLEAK_LOGGING`) and no level of a single logger brings it back.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from companion.files import abbreviate_home
from companion.plain_text import plain, plain_lines

LEVELS = (logging.WARNING, logging.INFO, logging.DEBUG)
"""By how often `-v` is given."""

CARRIERS = ("bleak", "bumble", "dbus_fast", "root")
"""Libraries that carry payloads. At DEBUG they log every octet; above that, now and then a damaged packet.

Bumble logs some of it through the root logger instead of its own.
"""

CUT = "<cut>"
# Eight octets or more in hexadecimal, and octets as Python shows them.
_PAYLOAD = re.compile(r"""(?:[0-9A-Fa-f]{2}[ :]?){8,}|\bb(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""")


def carries_payloads(record: logging.LogRecord) -> bool:
    """True for what a library says that sees what is sent."""
    return record.name.partition(".")[0] in CARRIERS


class WithoutPayloads(logging.Formatter):
    """Formats as usual, then cuts what may be payload from what a carrier says, tracebacks included.

    Names from the air stay in their line: a message is one, only a traceback has several. The home folder,
    which is named after the user, is "~".
    """

    def formatMessage(self, record: logging.LogRecord) -> str:
        return plain(super().formatMessage(record))

    def format(self, record: logging.LogRecord) -> str:
        text = abbreviate_home(plain_lines(super().format(record)))
        return _PAYLOAD.sub(CUT, text) if carries_payloads(record) else text


def _worth_telling(record: logging.LogRecord) -> bool:
    """Not every octet; nor that a library went on after an interrupt, which comes again."""
    if record.exc_info and isinstance(record.exc_info[1], KeyboardInterrupt):
        return False
    return record.levelno >= logging.INFO or not carries_payloads(record)


@contextmanager
def debug_log(stream: TextIO, verbosity: int) -> Iterator[None]:
    """While it is open, everything at or above the level of `verbosity` (0, 1, 2 or more) is on `stream`.

    Without `-v` the carriers are silent: what goes wrong below us is told in a run's own words.
    """
    handler = logging.StreamHandler(stream)
    handler.setFormatter(WithoutPayloads("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    handler.addFilter(_worth_telling)
    if not verbosity:
        handler.addFilter(lambda record: not carries_payloads(record))
    level = LEVELS[min(verbosity, len(LEVELS) - 1)]
    handler.setLevel(level)
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(min(level, before))
    try:
        yield
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
