"""A client and a server against each other: what is read, written, invoked and subscribed arrives whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.protocols.matter.interaction import client
from companion.protocols.matter.interaction.blocks import (
    AttributeData,
    CommandData,
    CommandReply,
    VersionFilter,
)
from companion.protocols.matter.interaction.client import Invoke, Read, Write, raise_for, raise_status
from companion.protocols.matter.interaction.messages import (
    INVOKE_REQUEST,
    INVOKE_RESPONSE,
    READ_REQUEST,
    STATUS_RESPONSE,
    TIMED_REQUEST,
    WRITE_REQUEST,
    InvokeRequest,
    Opcode,
    ReadRequest,
    StatusResponse,
    TimedRequest,
    WriteRequest,
    WriteResponse,
)
from companion.protocols.matter.interaction.node import Access, Node, Response, ServedCluster, Verb
from companion.protocols.matter.interaction.paths import (
    APPEND,
    AttributePath,
    ClusterPath,
    CommandPath,
    Place,
)
from companion.protocols.matter.interaction.server import MOST_PATHS, ServerExchange
from companion.protocols.matter.interaction.status import (
    DONE,
    InteractionFailed,
    Status,
    StatusBlock,
    UnexpectedMessage,
)
from companion.protocols.matter.tlv import array, boolean, structure, text, unsigned
from tests.protocols.matter.interaction.bench import (
    ASK,
    ASKED,
    ASKING,
    BOOK,
    ENTRIES,
    LAMP,
    NAME,
    ON,
    RISKY,
    SLOW,
    TOGGLE,
    Lamp,
    talk,
)

SUCCESS = (Opcode.STATUS_RESPONSE, STATUS_RESPONSE.encode(StatusResponse(Status.SUCCESS)))


def refusal(status: Status) -> tuple[Opcode, bytes]:
    return Opcode.STATUS_RESPONSE, STATUS_RESPONSE.encode(StatusResponse(status))


def test_an_attribute_is_read() -> None:
    lamp = Lamp()
    reading, messages = talk(Read.of(AttributePath(1, LAMP, NAME)), lamp.node)
    assert reading.values == {Place(1, LAMP, NAME): text(None, "lamp")}
    assert reading.versions == {(1, LAMP): 1}
    assert messages == 2, "the last report wants no response"


def test_a_wildcard_covers_all_there_is_and_is_silent_about_the_rest() -> None:
    lamp = Lamp()
    reading, _ = talk(Read.of(AttributePath(), AttributePath(9), AttributePath(attribute=77)), lamp.node)
    assert not reading.statuses
    assert reading.values[Place(1, LAMP, 0xFFFD)] == unsigned(None, 4)
    assert reading.values[Place(1, LAMP, 0xFFFC)] == unsigned(None, 2)
    commands = reading.values[Place(1, LAMP, 0xFFF9)]
    assert [one.value for one in commands] == [TOGGLE, ASK, SLOW, RISKY]
    assert [one.value for one in reading.values[Place(1, LAMP, 0xFFF8)]] == [ASKED]
    attributes = reading.values[Place(1, LAMP, 0xFFFB)]
    assert [one.value for one in attributes] == [ON, NAME, 0xFFF8, 0xFFF9, 0xFFFB, 0xFFFC, 0xFFFD]
    assert list(reading.places(LAMP, ON)) == [Place(1, LAMP, ON)]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (AttributePath(5, LAMP, ON), Status.UNSUPPORTED_ENDPOINT),
        (AttributePath(1, 99, ON), Status.UNSUPPORTED_CLUSTER),
        (AttributePath(1, LAMP, 99), Status.UNSUPPORTED_ATTRIBUTE),
    ],
)
def test_what_is_missing_is_said_for_a_path_without_wildcards(path: AttributePath, status: Status) -> None:
    reading, _ = talk(Read.of(path), Lamp().node)
    assert path.place is not None
    assert reading.statuses == {path.place: StatusBlock(status)} and not reading.values


def test_what_is_known_already_is_left_out() -> None:
    lamp = Lamp()
    known = (VersionFilter(ClusterPath(1, LAMP), 1),)
    request = ReadRequest((AttributePath(1, LAMP, ON),), versions=known)
    assert not talk(Read(request), lamp.node)[0].values
    lamp.node.cluster(1, LAMP).touch()
    assert talk(Read(request), lamp.node)[0].values


@pytest.mark.parametrize("entries", [0, 1, 24, 25, 200])
def test_a_list_of_any_length_is_read_whole(entries: int) -> None:
    lamp = Lamp(entries)
    reading, messages = talk(Read.of(AttributePath(0, BOOK, ENTRIES)), lamp.node)
    read = reading.values[Place(0, BOOK, ENTRIES)]
    assert read == array(None, *lamp.entries)
    assert messages == 2 or entries > 24


@pytest.mark.beside_the_gate
@given(room=st.integers(200, 1500), entries=st.integers(0, 120))
def test_chunks_of_any_size_make_the_same_whole(room: int, entries: int) -> None:
    lamp = Lamp(entries)
    reading, _ = talk(Read.of(AttributePath()), lamp.node, room)
    assert reading.values[Place(0, BOOK, ENTRIES)] == array(None, *lamp.entries)
    assert reading.values[Place(1, LAMP, NAME)] == text(None, "lamp")


def test_a_client_that_does_not_take_a_chunk_gets_no_more() -> None:
    lamp = Lamp(100)
    exchange = ServerExchange(lamp.node, ASKING)
    assert exchange.receive(*Read.of(AttributePath(0, BOOK, ENTRIES)).start(), now=0.0) is not None
    assert exchange.receive(*refusal(Status.FAILURE), now=0.0) is None
    assert exchange.done


def test_an_attribute_is_written() -> None:
    lamp = Lamp()
    response, _ = talk(Write(AttributeData(AttributePath(1, LAMP, ON), boolean(None, True))), lamp.node)
    raise_for(response)
    assert lamp.is_on
    assert lamp.node.cluster(1, LAMP).version == 2


def test_a_list_is_written_item_by_item_after_an_announcement() -> None:
    lamp = Lamp(3)
    path = AttributePath(0, BOOK, ENTRIES)
    items = [
        AttributeData(path, array(None)),
        AttributeData(AttributePath(0, BOOK, ENTRIES, APPEND), unsigned(None, 1)),
        AttributeData(AttributePath(0, BOOK, ENTRIES, APPEND), unsigned(None, 2)),
    ]
    response, messages = talk(Write(*items, timeout=1000), lamp.node)
    raise_for(response)
    assert messages == 4
    assert [one.value for one in lamp.entries] == [1, 2]


@pytest.mark.parametrize(
    ("path", "version", "status"),
    [
        (AttributePath(1, LAMP, NAME), None, Status.UNSUPPORTED_WRITE),
        (AttributePath(1, LAMP, 77), None, Status.UNSUPPORTED_ATTRIBUTE),
        (AttributePath(1, 77, 0), None, Status.UNSUPPORTED_CLUSTER),
        (AttributePath(1, LAMP), None, Status.INVALID_ACTION),
        (AttributePath(0, BOOK, ENTRIES), None, Status.NEEDS_TIMED_INTERACTION),
        (AttributePath(1, LAMP, ON), 9, Status.DATA_VERSION_MISMATCH),
        (AttributePath(1, LAMP, ON), 1, Status.INVALID_DATA_TYPE),
    ],
)
def test_a_refused_write_says_why(path: AttributePath, version: int | None, status: Status) -> None:
    lamp = Lamp()
    response, _ = talk(Write(AttributeData(path, text(None, "on"), version)), lamp.node)
    with pytest.raises(InteractionFailed) as caught:
        raise_for(response)
    assert caught.value.block.status == status
    assert lamp.node.cluster(1, LAMP).version == 1


def test_an_answer_that_says_nothing_is_no_success() -> None:
    with pytest.raises(UnexpectedMessage):
        raise_for(WriteResponse(()))


@given(room=st.integers(200, 1180), entries=st.integers(0, 80))
def test_a_list_of_any_length_is_written_whole(room: int, entries: int) -> None:
    lamp, longer = Lamp(), Lamp(entries)
    data = AttributeData(AttributePath(0, BOOK, ENTRIES), array(None, *longer.entries))
    response, messages = talk(Write(data, timeout=1000, room=room), lamp.node, room=1180)
    raise_for(response)
    assert [one.tagged(None) for one in lamp.entries] == longer.entries
    assert messages == 4 or entries > 4


def command(number: int, endpoint: int | None = 1, cluster: int = LAMP) -> CommandData:
    return CommandData(CommandPath(endpoint, cluster, number))


def test_a_command_is_invoked() -> None:
    lamp = Lamp()
    reply, messages = talk(Invoke(command(TOGGLE)), lamp.node)
    raise_status(reply)
    assert lamp.is_on and messages == 2


def test_a_command_gets_its_fields_and_who_asks_and_gives_a_response() -> None:
    lamp = Lamp()
    fields = structure(1, unsigned(0, 42))
    reply, _ = talk(Invoke(CommandData(CommandPath(1, LAMP, ASK), fields)), lamp.node)
    assert client.fields(reply, ASKED) == fields
    assert lamp.asked == [ASKING]
    with pytest.raises(UnexpectedMessage):
        client.fields(reply, ASK)
    with pytest.raises(UnexpectedMessage):
        raise_status(reply)


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (command(77), Status.UNSUPPORTED_COMMAND),
        (command(TOGGLE, endpoint=4), Status.UNSUPPORTED_ENDPOINT),
        (command(TOGGLE, cluster=77), Status.UNSUPPORTED_CLUSTER),
        (command(TOGGLE, endpoint=None), Status.INVALID_ACTION),
        (command(RISKY), Status.NEEDS_TIMED_INTERACTION),
    ],
)
def test_a_refused_command_says_why(data: CommandData, status: Status) -> None:
    reply, _ = talk(Invoke(data), Lamp().node)
    for check in (raise_status, lambda one: client.fields(one, ASKED)):
        with pytest.raises(InteractionFailed) as caught:
            check(reply)
        assert caught.value.block.status == status


def test_a_status_is_no_response() -> None:
    reply, _ = talk(Invoke(command(TOGGLE)), Lamp().node)
    with pytest.raises(UnexpectedMessage):
        client.fields(reply, ASKED)


def test_an_announced_command_is_invoked_in_time_only() -> None:
    lamp = Lamp()
    reply, messages = talk(Invoke(command(RISKY), timeout=500), lamp.node)
    raise_status(reply)
    assert lamp.is_on and messages == 4
    late = Invoke(command(RISKY), timeout=500)
    exchange = ServerExchange(lamp.node, ASKING)
    answer = exchange.receive(*late.start(), now=10.0)
    assert answer == SUCCESS
    request = late.receive(*answer)
    assert request is not None
    assert exchange.receive(*request, now=10.6) == refusal(Status.TIMEOUT)
    assert lamp.is_on


def test_an_announcement_must_be_meant() -> None:
    lamp = Lamp()
    timed = InvokeRequest(False, True, (command(TOGGLE),))
    exchange = ServerExchange(lamp.node, ASKING)
    answer = exchange.receive(Opcode.INVOKE_REQUEST, INVOKE_REQUEST.encode(timed), now=0.0)
    assert answer == refusal(Status.TIMED_REQUEST_MISMATCH)
    write = WriteRequest(False, (AttributeData(AttributePath(1, LAMP, ON), boolean(None, True)),))
    exchange = ServerExchange(lamp.node, ASKING)
    announcement = TIMED_REQUEST.encode(TimedRequest(100))
    assert exchange.receive(Opcode.TIMED_REQUEST, announcement, now=0.0) == SUCCESS
    answer = exchange.receive(Opcode.WRITE_REQUEST, WRITE_REQUEST.encode(write), now=0.0)
    assert answer == refusal(Status.TIMED_REQUEST_MISMATCH)
    assert not lamp.is_on


def test_a_slow_command_is_answered_when_it_is_done() -> None:
    lamp = Lamp()
    invoke = Invoke(command(SLOW))
    exchange = ServerExchange(lamp.node, ASKING)
    assert exchange.receive(*invoke.start(), now=0.0) is None and not exchange.done
    assert exchange.receive(*invoke.start(), now=0.0) == refusal(Status.INVALID_ACTION)
    invoke.receive(*exchange.complete(Response(ASKED)))
    assert client.fields(invoke.result, ASKED) is None
    with pytest.raises(RuntimeError):
        exchange.complete(DONE)


def batched(*commands: CommandData, quiet: bool = False) -> bytes:
    return INVOKE_REQUEST.encode(InvokeRequest(quiet, False, commands))


def test_several_commands_are_told_apart_by_their_references() -> None:
    lamp = Lamp()
    asked = (
        CommandData(CommandPath(1, LAMP, TOGGLE), None, 1),
        CommandData(CommandPath(1, LAMP, ASK), None, 2),
        CommandData(CommandPath(1, LAMP, SLOW), None, 3),
    )
    answer = ServerExchange(lamp.node, ASKING).receive(Opcode.INVOKE_REQUEST, batched(*asked), now=0.0)
    assert answer is not None
    toggled, responded, slow = INVOKE_RESPONSE.decode(answer[1]).replies
    assert toggled.status is not None and toggled.status.reference == 1 and toggled.status.status == DONE
    assert responded.data is not None and responded.data.reference == 2
    assert slow.status is not None and slow.status.status == StatusBlock(Status.BUSY)


@pytest.mark.parametrize(
    "payload",
    [
        batched(),
        batched(command(TOGGLE), command(TOGGLE)),
        batched(*(CommandData(CommandPath(1, LAMP, TOGGLE), None, 1) for _ in range(2))),
    ],
    ids=["none", "without references", "one reference twice"],
)
def test_commands_that_can_not_be_told_apart_are_refused(payload: bytes) -> None:
    lamp = Lamp()
    answer = ServerExchange(lamp.node, ASKING).receive(Opcode.INVOKE_REQUEST, payload, now=0.0)
    assert answer == refusal(Status.INVALID_ACTION) and not lamp.is_on


def test_who_wants_no_answer_gets_none() -> None:
    lamp = Lamp()
    exchange = ServerExchange(lamp.node, ASKING)
    payload = batched(command(TOGGLE), quiet=True)
    assert exchange.receive(Opcode.INVOKE_REQUEST, payload, now=0.0) is None
    assert exchange.done and lamp.is_on
    write = WriteRequest(
        False, (AttributeData(AttributePath(1, LAMP, ON), boolean(None, False)),), quiet=True
    )
    exchange = ServerExchange(lamp.node, ASKING)
    assert exchange.receive(Opcode.WRITE_REQUEST, WRITE_REQUEST.encode(write), now=0.0) is None
    assert exchange.done and not lamp.is_on


def test_a_write_of_several_messages_stays_open() -> None:
    lamp = Lamp()
    one = AttributeData(AttributePath(1, LAMP, ON), boolean(None, True))
    exchange = ServerExchange(lamp.node, ASKING)
    first = WRITE_REQUEST.encode(WriteRequest(False, (one,), more=True))
    assert exchange.receive(Opcode.WRITE_REQUEST, first, now=0.0) is not None
    assert not exchange.done
    last = WRITE_REQUEST.encode(WriteRequest(False, (one,)))
    assert exchange.receive(Opcode.WRITE_REQUEST, last, now=0.0) is not None
    assert exchange.done


def test_a_guard_keeps_others_out() -> None:
    """Named for one attribute or command, left out of wildcards."""
    node = Node(lambda access, verb, endpoint, cluster: access.fabric == 1 and verb is not Verb.WRITE)
    node.serve(1, ServedCluster(LAMP, 1, commands={TOGGLE: lambda fields, access: DONE}))
    mine, foreign = AttributePath(1, LAMP, 0xFFFD), ServerExchange(node, Access(3))
    assert talk(Read.of(mine), node)[0].values
    reading, _ = talk(Read.of(mine, AttributePath()), node, exchange=foreign)
    assert reading.statuses == {Place(1, LAMP, 0xFFFD): StatusBlock(Status.UNSUPPORTED_ACCESS)}
    assert not reading.values
    response, _ = talk(Write(AttributeData(mine, boolean(None, True))), node)
    assert response.statuses[0].status == StatusBlock(Status.UNSUPPORTED_ACCESS)


def test_a_bridge_takes_endpoints_away() -> None:
    lamp = Lamp()
    assert lamp.node.endpoints == (0, 1)
    lamp.node.forget(1)
    assert lamp.node.endpoints == (0,)


def test_a_read_of_too_many_paths_is_refused() -> None:
    payload = READ_REQUEST.encode(ReadRequest((AttributePath(),) * (MOST_PATHS + 1)))
    answer = ServerExchange(Lamp().node, ASKING).receive(Opcode.READ_REQUEST, payload, now=0.0)
    assert answer == refusal(Status.PATHS_EXHAUSTED)


def test_a_reply_is_one_of_both() -> None:
    with pytest.raises(ValueError):
        CommandReply()
