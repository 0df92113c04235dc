"""A server's reports: cut into messages that fit, and sent one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from companion.protocols.matter.interaction.blocks import ATTRIBUTE_REPORT, AttributeData, AttributeReport
from companion.protocols.matter.interaction.messages import (
    MAX_PAYLOAD,
    REPORT_DATA,
    Opcode,
    Outgoing,
    ReportData,
)
from companion.protocols.matter.interaction.paths import APPEND
from companion.protocols.matter.tlv import Element, Kind, encode

_FRAME = 32
"""Octets of a report around its entries."""


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
    waiting: list[AttributeReport] = []
    used = 0
    for report in _pieces(reports, room - _FRAME):
        size = _size(report)
        if waiting and used + size > room - _FRAME:
            yield ReportData(subscription, tuple(waiting), more=True)
            waiting, used = [], 0
        waiting.append(report)
        used += size
    yield ReportData(subscription, tuple(waiting))


def _pieces(reports: Iterable[AttributeReport], room: int) -> Iterator[AttributeReport]:
    for report in reports:
        if report.data is None or report.data.data.kind is not Kind.ARRAY or _size(report) <= room:
            yield report
            continue
        whole = report.data
        yield _with(whole, whole.data, None, ())
        for item in whole.data:
            yield _with(whole, item, APPEND, None)


def _with(
    whole: AttributeData, data: Element, index: int | None, members: tuple[Element, ...] | None
) -> AttributeReport:
    value = data if members is None else Element(None, data.kind, members)
    return AttributeReport(data=replace(whole, path=replace(whole.path, index=index), data=value))


def _size(report: AttributeReport) -> int:
    return len(encode(ATTRIBUTE_REPORT.write(None, report)))
