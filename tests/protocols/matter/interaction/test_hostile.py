"""Ends that break the rules: bounded memory and time, and one exception or one status."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.protocols.matter.interaction.assembly import Bounds, Reading
from companion.protocols.matter.interaction.blocks import (
    AttributeData,
    AttributeReport,
    AttributeStatus,
    CommandData,
    CommandReply,
    CommandStatus,
    EventData,
    EventReport,
    EventStatus,
)
from companion.protocols.matter.interaction.client import Invoke, Read, Transaction, Write
from companion.protocols.matter.interaction.messages import (
    INVOKE_RESPONSE,
    REPORT_DATA,
    STATUS_RESPONSE,
    SUBSCRIBE_RESPONSE,
    WRITE_RESPONSE,
    InvokeResponse,
    Opcode,
    ReadRequest,
    ReportData,
    StatusResponse,
    SubscribeRequest,
    SubscribeResponse,
    WriteResponse,
)
from companion.protocols.matter.interaction.paths import APPEND, AttributePath, CommandPath, EventPath, Place
from companion.protocols.matter.interaction.server import ServerExchange
from companion.protocols.matter.interaction.status import (
    DONE,
    InteractionFailed,
    Status,
    StatusBlock,
    UnexpectedMessage,
)
from companion.protocols.matter.interaction.subscription import Established, Subscribe, Subscription
from companion.protocols.matter.tlv import array, boolean, null, text, unsigned
from tests.protocols.matter.interaction.bench import ASKING, LAMP, ON, TOGGLE, Lamp

PATH = AttributePath(1, LAMP, ON)
SUCCESS = STATUS_RESPONSE.encode(StatusResponse(Status.SUCCESS))
BUSY = STATUS_RESPONSE.encode(StatusResponse(Status.BUSY))


def data(path: AttributePath = PATH, value: object = None) -> AttributeReport:
    return AttributeReport(data=AttributeData(path, boolean(None, True) if value is None else value))  # type: ignore[arg-type]


def chunk(*reports: AttributeReport, more: bool = True, subscription: int | None = None) -> bytes:
    return REPORT_DATA.encode(ReportData(subscription, reports, more=more))


def transactions() -> list[Transaction[object]]:
    return [
        Read.of(PATH),
        Write(AttributeData(PATH, boolean(None, True))),
        Invoke(CommandData(CommandPath(1, LAMP, TOGGLE))),
        Subscribe(SubscribeRequest(True, 0, 60, (PATH,))),
    ]  # type: ignore[list-item]


@pytest.mark.parametrize("kind", range(4))
def test_a_refusal_is_told_with_its_status(kind: int) -> None:
    transaction = transactions()[kind]
    transaction.start()
    with pytest.raises(InteractionFailed, match="BUSY"):
        transaction.receive(Opcode.STATUS_RESPONSE, BUSY)
    with pytest.raises(RuntimeError):
        _ = transaction.result


@pytest.mark.parametrize("kind", range(4))
def test_success_is_no_answer(kind: int) -> None:
    with pytest.raises(UnexpectedMessage):
        transactions()[kind].receive(Opcode.STATUS_RESPONSE, SUCCESS)


@pytest.mark.parametrize("kind", range(4))
@pytest.mark.parametrize("opcode", [0, *Opcode, 255])
def test_a_message_that_is_malformed_or_another_s_is_refused(kind: int, opcode: int) -> None:
    with pytest.raises(UnexpectedMessage):
        transactions()[kind].receive(opcode, b"\x15")


@given(st.integers(0, 3), st.sampled_from(Opcode), st.binary(max_size=60))
def test_any_octets_are_refused_by_a_client(kind: int, opcode: int, payload: bytes) -> None:
    with pytest.raises((UnexpectedMessage, InteractionFailed)):
        transactions()[kind].receive(opcode, b"\x16" + payload)


@given(st.lists(st.tuples(st.sampled_from(Opcode), st.binary(max_size=60)), max_size=4))
def test_any_octets_are_answered_by_a_server(messages: list[tuple[int, bytes]]) -> None:
    lamp = Lamp()
    exchange = ServerExchange(lamp.node, ASKING, subscribe=lambda: 1)
    for opcode, payload in messages:
        exchange.receive(opcode, payload, now=0.0)
    assert not lamp.is_on


def test_a_server_expects_a_status_between_chunks_and_nothing_afterwards() -> None:
    lamp = Lamp(100)
    exchange = ServerExchange(lamp.node, ASKING)
    read = Read.of(AttributePath(0, 31, 0)).start()
    exchange.receive(*read, now=0.0)
    refused = exchange.receive(*read, now=0.0)
    assert refused is not None and STATUS_RESPONSE.decode(refused[1]).status == Status.INVALID_ACTION
    assert exchange.done
    assert exchange.receive(Opcode.STATUS_RESPONSE, SUCCESS, now=0.0) == refused


@pytest.mark.parametrize("opcode", [0, Opcode.STATUS_RESPONSE, Opcode.REPORT_DATA, 0x0B])
def test_a_server_takes_requests(opcode: int) -> None:
    answer = ServerExchange(Lamp().node, ASKING).receive(opcode, SUCCESS, now=0.0)
    assert answer is not None and STATUS_RESPONSE.decode(answer[1]).status == Status.INVALID_ACTION


def test_nothing_is_taken_after_the_end() -> None:
    read = Read.of(PATH)
    read.receive(Opcode.REPORT_DATA, chunk(data(), more=False))
    with pytest.raises(UnexpectedMessage):
        read.receive(Opcode.REPORT_DATA, chunk(data(), more=False))


def test_a_report_that_wants_a_response_gets_one() -> None:
    read = Read.of(PATH)
    assert read.receive(Opcode.REPORT_DATA, chunk(data(), more=False)) == (Opcode.STATUS_RESPONSE, SUCCESS)
    assert read.result.values == {PATH.place: boolean(None, True)}


@pytest.mark.parametrize(
    ("bounds", "report"),
    [
        (Bounds(chunks=3), chunk()),
        (Bounds(size=100), chunk(data(), data())),
        (Bounds(entries=5), chunk(data(), data())),
    ],
    ids=["chunks", "octets", "entries"],
)
def test_chunks_without_an_end_are_borne_for_a_while(bounds: Bounds, report: bytes) -> None:
    read = Read(ReadRequest((PATH,)), bounds)
    with pytest.raises(UnexpectedMessage, match="without an end"):
        for _ in range(20):
            read.receive(Opcode.REPORT_DATA, report)


def test_invoke_responses_without_an_end_are_borne_for_a_while() -> None:
    invoke = Invoke(CommandData(CommandPath(1, LAMP, TOGGLE)))
    endless = INVOKE_RESPONSE.encode(InvokeResponse((), more=True))
    with pytest.raises(UnexpectedMessage, match="without an end"):
        for _ in range(1000):
            assert invoke.receive(Opcode.INVOKE_RESPONSE, endless) == (Opcode.STATUS_RESPONSE, SUCCESS)


STATUS = CommandReply(status=CommandStatus(CommandPath(1, LAMP, TOGGLE), DONE))


def test_a_reply_can_come_in_the_second_message() -> None:
    invoke = Invoke(CommandData(CommandPath(1, LAMP, TOGGLE)))
    invoke.receive(Opcode.INVOKE_RESPONSE, INVOKE_RESPONSE.encode(InvokeResponse((), more=True)))
    invoke.receive(Opcode.INVOKE_RESPONSE, INVOKE_RESPONSE.encode(InvokeResponse((STATUS,))))
    assert invoke.result == STATUS


@pytest.mark.parametrize("replies", [(), (STATUS, STATUS)], ids=["none", "two"])
def test_a_command_has_one_reply(replies: tuple[CommandReply, ...]) -> None:
    invoke = Invoke(CommandData(CommandPath(1, LAMP, TOGGLE)))
    with pytest.raises(UnexpectedMessage):
        invoke.receive(Opcode.INVOKE_RESPONSE, INVOKE_RESPONSE.encode(InvokeResponse(replies)))


def test_an_answer_before_the_request_is_refused() -> None:
    write = Write(AttributeData(PATH, boolean(None, True)), timeout=100)
    write.start()
    with pytest.raises(UnexpectedMessage):
        write.receive(Opcode.WRITE_RESPONSE, WRITE_RESPONSE.encode(WriteResponse(())))


@pytest.mark.parametrize(
    "path",
    [AttributePath(1, LAMP), AttributePath(compressed=True, attribute=0), AttributePath(1, LAMP, ON, APPEND)],
    ids=["no attribute", "compressed", "an item without a list"],
)
def test_data_of_no_one_attribute_are_refused(path: AttributePath) -> None:
    with pytest.raises(UnexpectedMessage):
        Read.of(PATH).receive(Opcode.REPORT_DATA, chunk(data(path)))


def test_an_item_by_number_is_refused() -> None:
    whole = data(PATH, array(None, unsigned(None, 1)))
    with pytest.raises(UnexpectedMessage):
        Read.of(PATH).receive(
            Opcode.REPORT_DATA, chunk(whole, data(AttributePath(1, LAMP, ON, 0), unsigned(None, 2)))
        )


def test_what_comes_later_counts() -> None:
    """A list that begins anew, becomes null, and a status that turns into data."""
    place = Place(1, LAMP, ON)
    status = AttributeReport(status=AttributeStatus(PATH, StatusBlock(Status.BUSY)))
    lost = AttributeReport(status=AttributeStatus(AttributePath(1), StatusBlock(Status.BUSY)))
    read = Read.of(PATH)
    items = data(PATH.__class__(1, LAMP, ON, APPEND), unsigned(None, 7))
    read.receive(Opcode.REPORT_DATA, chunk(status, lost, data(PATH, array(None)), items))
    again = data(PATH, array(None, unsigned(None, 1)))
    read.receive(Opcode.REPORT_DATA, chunk(again, items, more=False))
    assert read.result.values == {place: array(None, unsigned(None, 1), unsigned(None, 7))}
    assert not read.result.statuses
    read = Read.of(PATH)
    read.receive(Opcode.REPORT_DATA, chunk(again, data(PATH, null(None)), more=False))
    assert read.result.values == {place: null(None)}


def test_events_are_read_in_order() -> None:
    path = EventPath(0, 0x28, 0)
    first = EventReport(data=EventData(path, 1, 2, epoch=5, data=unsigned(7, 1)))
    missing = EventReport(status=EventStatus(path, StatusBlock(Status.UNSUPPORTED_EVENT)))
    read = Read.of(PATH)
    payload = REPORT_DATA.encode(ReportData(events=(first, missing)))
    read.receive(Opcode.REPORT_DATA, payload)
    assert [event.number for event in read.result.events] == [1]


@pytest.mark.parametrize("made", [AttributeReport, EventReport])
def test_a_report_is_data_or_a_status(made: type) -> None:
    with pytest.raises(ValueError):
        made()
    with pytest.raises(UnexpectedMessage):
        Read.of(PATH).receive(Opcode.REPORT_DATA, bytes.fromhex("15360115181824ff0c18"))


def subscribing() -> Subscribe:
    return Subscribe(SubscribeRequest(True, 10, 60, (PATH,)))


def response(number: int, ceiling: int = 60) -> bytes:
    return SUBSCRIBE_RESPONSE.encode(SubscribeResponse(number, ceiling))


@pytest.mark.parametrize(
    "messages",
    [
        [(Opcode.SUBSCRIBE_RESPONSE, response(1))],
        [(Opcode.REPORT_DATA, chunk(data(), more=False))],
        [(Opcode.REPORT_DATA, chunk(subscription=1)), (Opcode.REPORT_DATA, chunk(subscription=2))],
        [(Opcode.REPORT_DATA, chunk(subscription=1)), (Opcode.SUBSCRIBE_RESPONSE, response(1))],
        [
            (Opcode.REPORT_DATA, chunk(subscription=1, more=False)),
            (Opcode.REPORT_DATA, chunk(subscription=1, more=False)),
        ],
        [(Opcode.REPORT_DATA, chunk(subscription=1, more=False)), (Opcode.SUBSCRIBE_RESPONSE, response(2))],
        [
            (Opcode.REPORT_DATA, chunk(subscription=1, more=False)),
            (Opcode.SUBSCRIBE_RESPONSE, response(1, 9)),
        ],
    ],
    ids=["no data", "no number", "two numbers", "too early", "two reports", "another number", "too often"],
)
def test_a_subscription_that_breaks_the_order_is_refused(messages: list[tuple[int, bytes]]) -> None:
    subscribe = subscribing()
    with pytest.raises(UnexpectedMessage):
        for opcode, payload in messages:
            subscribe.receive(opcode, payload)


def test_a_bad_report_ends_its_exchange_and_not_the_subscription() -> None:
    subscription = Subscription(Established(1, 60, Reading()), now=0.0)
    assert subscription.receive(Opcode.REPORT_DATA, chunk(data(), subscription=1), now=1.0)[1] is None
    with pytest.raises(UnexpectedMessage):
        subscription.receive(Opcode.REPORT_DATA, b"", now=2.0)
    with pytest.raises(UnexpectedMessage):
        subscription.receive(Opcode.READ_REQUEST, b"", now=2.0)
    name = data(AttributePath(1, LAMP, 5), text(None, "x"))
    quiet = REPORT_DATA.encode(ReportData(1, (name,), quiet=True))
    answer, reading = subscription.receive(Opcode.REPORT_DATA, quiet, now=3.0)
    assert answer is None and reading is not None
    assert list(reading.values) == [Place(1, LAMP, 5)], "half a report is forgotten"


def test_statuses_are_told_by_name_and_number() -> None:
    assert str(StatusBlock(0x9C)) == "BUSY (0x9C)"
    assert str(StatusBlock(0x01, 5)) == "FAILURE (0x01), cluster status 5"
    assert str(StatusBlock(0xEE)) == "unknown (0xEE)"
    assert str(InteractionFailed(StatusBlock(0x9C))) == "BUSY (0x9C)"
    assert str(AttributePath(1, None, 0xFFFD)) == "1/*/FFFD"
    assert str(CommandPath(None, 0x30, 4)) == "*/30/4" and str(CommandPath(1, 6, 2)) == "1/6/2"
