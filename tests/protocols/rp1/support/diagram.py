"""The commissioner's transition table, as text: `python -m tests.protocols.rp1.support.diagram`."""

from __future__ import annotations

from companion.protocols.rp1.session.states import TRANSITIONS, SessionEvent, SessionState


def diagram() -> str:
    """A block of text: one line a state, with every event that leads on. Each state but OVER may end."""
    lines = []
    for state, events in TRANSITIONS.items():
        ways = [
            f"{event.value} ─► {to.name}" for event, to in events.items() if event is not SessionEvent.END
        ]
        lines.append(f"{state.name:<16}{' · '.join(ways) or '(the end)'}")
    ending = f"{'any of these':<16}{SessionEvent.END.value} ─► {SessionState.OVER.name}"
    return "\n".join([*lines[:-1], ending])


if __name__ == "__main__":
    print(diagram())
