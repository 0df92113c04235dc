"""A node with a few attributes and commands, and a client and a server that talk."""

from typing import TypeVar

from companion.protocols.matter.interaction.blocks import AttributeData
from companion.protocols.matter.interaction.client import Transaction
from companion.protocols.matter.interaction.messages import MAX_PAYLOAD
from companion.protocols.matter.interaction.node import (
    Access,
    Answer,
    Later,
    Node,
    Response,
    ServedCluster,
)
from companion.protocols.matter.interaction.paths import APPEND
from companion.protocols.matter.interaction.server import ServerExchange
from companion.protocols.matter.interaction.status import DONE, Status, StatusBlock
from companion.protocols.matter.tlv import Element, array, boolean, structure, text, unsigned

R = TypeVar("R")

LAMP, BOOK = 6, 31
ON, NAME, ENTRIES = 0, 5, 0
TOGGLE, ASK, ASKED, SLOW, RISKY = 2, 3, 4, 5, 6
ASKING = Access(session=7, fabric=1, subject=0x1122)


class Lamp:
    """State behind the node. entries: a list that can be long."""

    def __init__(self, entries: int = 0) -> None:
        self.is_on = False
        self.entries = [structure(None, unsigned(1, number), text(2, "x" * 20)) for number in range(entries)]
        self.asked: list[Access] = []
        self.node = Node()
        self.node.serve(
            1,
            ServedCluster(
                LAMP,
                revision=4,
                readers={
                    ON: lambda access: boolean(None, self.is_on),
                    NAME: lambda access: text(None, "lamp"),
                },
                writers={ON: self.write_on},
                commands={TOGGLE: self.toggle, ASK: self.ask, SLOW: self.slow, RISKY: self.toggle},
                responses=(ASKED,),
                timed_commands=frozenset({RISKY}),
                features=2,
            ),
        )
        self.node.serve(
            0,
            ServedCluster(
                BOOK,
                revision=1,
                readers={ENTRIES: lambda access: array(None, *self.entries)},
                writers={ENTRIES: self.write_entries},
                timed_attributes=frozenset({ENTRIES}),
            ),
        )

    def toggle(self, fields: Element | None, access: Access) -> Answer:
        self.is_on = not self.is_on
        return DONE

    def ask(self, fields: Element | None, access: Access) -> Answer:
        self.asked.append(access)
        return Response(ASKED, fields)

    def slow(self, fields: Element | None, access: Access) -> Answer:
        return Later.LATER

    def write_on(self, data: AttributeData, access: Access) -> StatusBlock:
        if not isinstance(data.data.value, bool):
            return StatusBlock(Status.INVALID_DATA_TYPE)
        self.is_on = data.data.value
        return DONE

    def write_entries(self, data: AttributeData, access: Access) -> StatusBlock:
        if data.path.index == APPEND:
            self.entries.append(data.data)
        else:
            self.entries = list(data.data)
        return DONE


def talk(
    transaction: Transaction[R], node: Node, room: int = MAX_PAYLOAD, exchange: ServerExchange | None = None
) -> tuple[R, int]:
    """Result of a transaction with a node, and the number of messages both ways."""
    exchange = exchange or ServerExchange(node, ASKING, room)
    message: tuple[int, bytes] | None = transaction.start()
    count = 0
    while message is not None:
        answer = exchange.receive(*message, now=0.0)
        count += 1
        if answer is None:
            break
        assert len(answer[1]) <= room
        count += 1
        message = transaction.receive(*answer)
    assert exchange.done
    return transaction.result, count
