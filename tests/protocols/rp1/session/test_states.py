"""Every edge of the commissioner's transition table is walked with a whole device, and no other one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from companion.encoding import cbor
from companion.protocols.rp1.aborts import Abort, SessionAborted
from companion.protocols.rp1.device.effects import Press
from companion.protocols.rp1.methods import Method
from companion.protocols.rp1.session.states import (
    COMPARING,
    IDLE,
    SECURE,
    TRANSITIONS,
    SessionEvent,
    SessionState,
)
from companion.protocols.rp1.wire.record import KeyLife, RecordType
from tests.protocols.rp1.session.test_commissioner import Meeting
from tests.protocols.rp1.support.diagram import diagram

README = Path(__file__).parents[4] / "companion" / "protocols" / "rp1" / "README.md"

Step = Callable[[Meeting], object]


def press(meeting: Meeting) -> None:
    meeting.device.press(Press.SHORT)
    meeting.hear()


def fill(meeting: Meeting) -> None:
    """A request whose keys are worn out; what the device says to it stays on its way."""
    if meeting.machine._records is not None:
        meeting.machine._records._life = KeyLife(records=0)
    meeting.machine.request(b"\x80", 1e9)


STEPS: dict[SessionEvent, Step] = {
    SessionEvent.BEGIN: lambda meeting: meeting.machine.begin(0.0),
    SessionEvent.M2: lambda meeting: meeting.hear(),
    SessionEvent.REVEAL: lambda meeting: meeting.machine.reveal(0.0),
    SessionEvent.M4: lambda meeting: meeting.hear(),
    SessionEvent.M4_WITH_NUMBER: lambda meeting: meeting.hear(),
    SessionEvent.CONFIRM: lambda meeting: meeting.machine.confirm(),
    SessionEvent.PEER_CONFIRM: press,
    SessionEvent.ASK_FOR_KEYS: lambda meeting: meeting.say_sealed(RecordType.KEYUPDATE, b"\x01"),
    SessionEvent.REKEY: fill,
    SessionEvent.NEW_KEYS: lambda meeting: meeting.say_sealed(RecordType.KEYUPDATE, b""),
    SessionEvent.END: lambda meeting: meeting.machine.abort(Abort.CANCELLED),
}


def ways() -> Iterator[tuple[tuple[SessionEvent, ...], SessionState]]:
    """The shortest way to every state, and one further along each of its edges."""
    shortest: dict[SessionState, tuple[SessionEvent, ...]] = {SessionState.READY: ()}
    waiting = [SessionState.READY]
    while waiting:
        state = waiting.pop(0)
        for event, to in TRANSITIONS[state].items():
            way = (*shortest[state], event)
            yield way, to
            if to not in shortest:
                shortest[to] = way
                waiting.append(to)


@pytest.mark.parametrize(
    ("way", "to"),
    list(ways()),
    ids=lambda it: it.name if isinstance(it, SessionState) else "-".join(e.name for e in it),
)
def test_every_edge_is_walked(way: tuple[SessionEvent, ...], to: SessionState) -> None:
    meeting = Meeting(Method.NC if SessionEvent.M4_WITH_NUMBER in way else Method.OOB)
    for event in way:
        STEPS[event](meeting)
    assert meeting.machine.state is to
    assert meeting.machine.is_secure == (to in SECURE)
    assert (meeting.machine.deadline is None) == (to is SessionState.OVER)


def test_every_state_and_event_is_used() -> None:
    walked = list(ways())
    assert {state for _, state in walked} | {SessionState.READY} == set(SessionState) == set(TRANSITIONS)
    assert {event for way, _ in walked for event in way} == set(SessionEvent)
    assert len(walked) == sum(map(len, TRANSITIONS.values()))
    assert not COMPARING & SECURE and IDLE < SECURE


@pytest.mark.parametrize(
    "event", [SessionEvent.BEGIN, SessionEvent.REVEAL, SessionEvent.CONFIRM, SessionEvent.REKEY]
)
def test_a_command_out_of_turn_is_an_error_and_changes_nothing(event: SessionEvent) -> None:
    meeting = Meeting()
    meeting.machine.begin(0.0)
    before = meeting.machine.outgoing()
    assert before
    with pytest.raises(RuntimeError):
        STEPS[event](meeting)
    assert meeting.machine.state is SessionState.COMMITTED and meeting.machine.outgoing() == []


@pytest.mark.parametrize(
    ("way", "kind", "plaintext"),
    [
        ((SessionEvent.PEER_CONFIRM,), RecordType.CONFIRM, None),
        ((SessionEvent.CONFIRM, SessionEvent.PEER_CONFIRM), RecordType.CONFIRM, None),
        (
            (SessionEvent.CONFIRM, SessionEvent.PEER_CONFIRM, SessionEvent.ASK_FOR_KEYS),
            RecordType.KEYUPDATE,
            b"\x01",
        ),
        ((SessionEvent.CONFIRM, SessionEvent.PEER_CONFIRM), RecordType.KEYUPDATE, b""),
    ],
)
def test_a_record_out_of_turn_ends_the_session(
    way: tuple[SessionEvent, ...], kind: RecordType, plaintext: bytes | None
) -> None:
    meeting = Meeting()
    meeting.meet()
    for event in way:
        STEPS[event](meeting)
    said = cbor.encode(meeting.machine._handshake.sid) if plaintext is None else plaintext
    with pytest.raises(SessionAborted) as ended:
        meeting.say_sealed(kind, said)
    assert ended.value.code == Abort.ORDER and meeting.machine.state is SessionState.OVER


def test_the_readme_shows_the_table() -> None:
    assert f"```\n{diagram()}\n```" in README.read_text(encoding="utf-8"), (
        "run tests.protocols.rp1.support.diagram"
    )
