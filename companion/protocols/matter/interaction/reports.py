"""A server's reports: cut into messages that fit, and sent one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from companion.protocols.matter.interaction.blocks import ATTRIBUTE_REPORT, AttributeReport
from companion.protocols.matter.interaction.messages import (
    MAX_PAYLOAD,
    REPORT_DATA,
    Opcode,
    Outgoing,
    ReportData,
)
from companion.protocols.matter.interaction.pieces import FRAME, groups, pieces


class Reporting:
    """The messages of one report. `next` gives one after the other, each when the one before was taken."""

    def __init__(
        self,
        reports: Iterable[AttributeReport],
        subscription: int | None = None,
        room: int = MAX_PAYLOAD,
    ) -> None:
        """room: octets of a message. The last message of a report without subscription wants no response."""
        self._messages = list(cut(reports, subscription, room))
        self._sent = 0
        self._is_quiet = subscription is None

    @property
    def done(self) -> bool:
        """All was sent, and the last message wants no response."""
        return self._sent == len(self._messages) and self._is_quiet

    @property
    def all_sent(self) -> bool:
        return self._sent == len(self._messages)

    def next(self) -> Outgoing:
        """The next message. Raises IndexError after the last."""
        message = self._messages[self._sent]
        self._sent += 1
        return Opcode.REPORT_DATA, REPORT_DATA.encode(replace(message, quiet=self.done))


def cut(
    reports: Iterable[AttributeReport], subscription: int | None = None, room: int = MAX_PAYLOAD
) -> Iterator[ReportData]:
    """Messages of at most `room` octets. A longer list comes item by item; a longer item stays whole."""
    *others, last = groups(ATTRIBUTE_REPORT, _pieces(reports, room - 2 * FRAME), room)
    yield from (ReportData(subscription, group, more=True) for group in others)
    yield ReportData(subscription, last)


def _pieces(reports: Iterable[AttributeReport], room: int) -> Iterator[AttributeReport]:
    for report in reports:
        if report.data is None:
            yield report
        else:
            yield from (AttributeReport(data=piece) for piece in pieces(report.data, room))
