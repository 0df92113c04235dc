"""Subscriptions of one transport: a report when something changed, and one at the latest after a while."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from companion.protocols.matter.interaction.node import Node
from companion.protocols.matter.interaction.reports import Reporting
from companion.protocols.matter.interaction.server import Subscribed
from companion.protocols.matter.messages import INTERACTION, Exchange, Exchanges

MOST = 16
"""At one time; the oldest makes room."""
_MARGIN = 0.8
"""Of the ceiling: the report has to arrive in time."""


@dataclass
class _Subscription:
    exchanges: Exchanges
    subscribed: Subscribed
    due: float
    earliest: float
    versions: dict[tuple[int, int], int]
    sending: Exchange | None = None
    reporting: Reporting | None = field(default=None, repr=False)


class Subscriptions:
    """See above. Those of a session end with it."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._all: list[_Subscription] = []
        self._last = 0

    @property
    def next_deadline(self) -> float:
        idle = (each for each in self._all if each.sending is None)
        changed = _versions(self._node)
        dues = (each.earliest if each.versions != changed else each.due for each in idle)
        return min(dues, default=math.inf)

    def number(self) -> int:
        """Of a new one."""
        self._last += 1
        return self._last

    def add(self, exchanges: Exchanges, subscribed: Subscribed, now: float) -> None:
        """It is established."""
        if not subscribed.request.keep:
            self.forget(exchanges)
        if len(self._all) >= MOST:
            del self._all[0]
        made = _Subscription(exchanges, subscribed, 0.0, 0.0, _versions(self._node))
        self._schedule(made, now)
        self._all.append(made)

    def forget(self, exchanges: Exchanges) -> None:
        """The session is over, or begins anew."""
        self._all = [each for each in self._all if each.exchanges is not exchanges]

    def tick(self, now: float) -> None:
        """Report what is due."""
        versions = _versions(self._node)
        for each in self._all:
            if each.sending is not None:
                continue
            changed = each.versions != versions
            if now >= (each.earliest if changed else each.due):
                self._report(each, versions, now)

    def answered(self, exchanges: Exchanges, exchange: Exchange, now: float) -> bool:
        """A subscriber took a chunk; False where this belongs to no report of ours."""
        for each in self._all:
            if each.exchanges is exchanges and each.sending == exchange:
                assert each.reporting is not None
                if each.reporting.all_sent:
                    exchanges.finish(exchange)
                    each.sending = each.reporting = None
                    self._schedule(each, now)
                else:
                    exchanges.send(exchange, INTERACTION, *each.reporting.next(), now)
                return True
        return False

    def lost(self, exchanges: Exchanges, exchange: Exchange) -> None:
        """Nobody took the report: the subscriber is gone."""
        self._all = [
            each for each in self._all if each.exchanges is not exchanges or each.sending != exchange
        ]

    def _report(self, each: _Subscription, versions: dict[tuple[int, int], int], now: float) -> None:
        each.reporting = each.subscribed.report(self._node, unchanged=each.versions)
        each.versions = versions
        each.sending = each.exchanges.begin()
        each.exchanges.send(each.sending, INTERACTION, *each.reporting.next(), now)

    def _schedule(self, each: _Subscription, now: float) -> None:
        each.earliest = now + each.subscribed.request.floor
        each.due = now + max(each.subscribed.ceiling * _MARGIN, 1.0)


def _versions(node: Node) -> dict[tuple[int, int], int]:
    return {
        (endpoint, number): node.cluster(endpoint, number).version
        for endpoint in node.endpoints
        for number in node.clusters(endpoint)
    }
