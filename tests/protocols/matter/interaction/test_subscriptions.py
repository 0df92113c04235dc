"""Subscriptions: everything at first, then what changes, each bounded."""

import pytest

from companion.protocols.matter.interaction.messages import (
    STATUS_RESPONSE,
    SUBSCRIBE_REQUEST,
    Opcode,
    StatusResponse,
    SubscribeRequest,
)
from companion.protocols.matter.interaction.paths import (
    AttributePath,
    Place,
)
from companion.protocols.matter.interaction.server import MOST_PATHS, ServerExchange
from companion.protocols.matter.interaction.status import (
    Status,
)
from companion.protocols.matter.interaction.subscription import UNKNOWN, Subscribe, Subscription
from companion.protocols.matter.tlv import Kind, boolean
from tests.protocols.matter.interaction.bench import (
    ASKING,
    BOOK,
    ENTRIES,
    LAMP,
    ON,
    Lamp,
    talk,
)

SUBSCRIBING = SubscribeRequest(True, 1, 60, (AttributePath(1, LAMP, ON),))
SUCCESS = (Opcode.STATUS_RESPONSE, STATUS_RESPONSE.encode(StatusResponse(Status.SUCCESS)))


def refusal(status: Status) -> tuple[Opcode, bytes]:
    return Opcode.STATUS_RESPONSE, STATUS_RESPONSE.encode(StatusResponse(status))


def test_a_subscription_gives_all_data_first_and_then_what_changes() -> None:
    lamp = Lamp()
    exchange = ServerExchange(lamp.node, ASKING, subscribe=lambda: 0xBEEF)
    established, messages = talk(Subscribe(SUBSCRIBING), lamp.node, exchange=exchange)
    assert (established.id, established.ceiling, messages) == (0xBEEF, 60, 4)
    assert established.first.values == {Place(1, LAMP, ON): boolean(None, False)}
    subscription = Subscription(established, now=100.0)
    assert not subscription.is_lost(189.0) and subscription.is_lost(190.0)
    lamp.is_on = True
    subscribed = exchange.subscribed
    assert subscribed is not None
    reporting = subscribed.report(lamp.node)
    answer, reading = subscription.receive(*reporting.next(), now=150.0)
    assert answer == SUCCESS and reading is not None and reporting.all_sent and not reporting.done
    assert reading.values == {Place(1, LAMP, ON): boolean(None, True)}
    assert subscription.next_deadline == 240.0


def test_a_long_report_of_a_subscription_comes_in_chunks() -> None:
    lamp = Lamp(100)
    request = SubscribeRequest(True, 1, 60, (AttributePath(0, BOOK, ENTRIES),))
    exchange = ServerExchange(lamp.node, ASKING, subscribe=lambda: 1)
    established, messages = talk(Subscribe(request), lamp.node, exchange=exchange)
    assert messages > 6
    subscribed = exchange.subscribed
    assert subscribed is not None
    subscription = Subscription(established, now=0.0)
    reporting = subscribed.report(lamp.node)
    reading = None
    while reading is None:
        answer, reading = subscription.receive(*reporting.next(), now=1.0)
        assert answer == SUCCESS
    assert reading.values[Place(0, BOOK, ENTRIES)].kind is Kind.ARRAY
    assert len(reading.values[Place(0, BOOK, ENTRIES)].members) == 100


def test_a_report_of_a_subscription_that_we_do_not_have_ends_it() -> None:
    lamp = Lamp()
    exchange = ServerExchange(lamp.node, ASKING, subscribe=lambda: 5)
    established, _ = talk(Subscribe(SUBSCRIBING), lamp.node, exchange=exchange)
    other = ServerExchange(lamp.node, ASKING, subscribe=lambda: 6)
    talk(Subscribe(SUBSCRIBING), lamp.node, exchange=other)
    assert other.subscribed is not None
    subscription = Subscription(established, now=0.0)
    message = other.subscribed.report(lamp.node).next()
    assert subscription.receive(*message, now=1.0) == (UNKNOWN, None)


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (SubscribeRequest(True, 9, 3, (AttributePath(),)), Status.INVALID_ACTION),
        (SubscribeRequest(True, 1, 3), Status.INVALID_ACTION),
        (SubscribeRequest(True, 1, 3, (AttributePath(),) * (MOST_PATHS + 1)), Status.PATHS_EXHAUSTED),
    ],
)
def test_a_subscription_that_asks_too_much_is_refused(request_: SubscribeRequest, status: Status) -> None:
    exchange = ServerExchange(Lamp().node, ASKING, subscribe=lambda: 5)
    payload = SUBSCRIBE_REQUEST.encode(request_)
    assert exchange.receive(Opcode.SUBSCRIBE_REQUEST, payload, now=0.0) == refusal(status)


def test_a_node_without_subscriptions_says_so() -> None:
    exchange = ServerExchange(Lamp().node, ASKING)
    payload = SUBSCRIBE_REQUEST.encode(SUBSCRIBING)
    answer = exchange.receive(Opcode.SUBSCRIBE_REQUEST, payload, now=0.0)
    assert answer == refusal(Status.RESOURCE_EXHAUSTED)
