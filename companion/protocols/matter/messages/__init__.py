"""Messages, sessions and exchanges of Matter."""

from companion.protocols.matter.messages.counters import CounterExhausted
from companion.protocols.matter.messages.exchanges import Exchange, Exchanges
from companion.protocols.matter.messages.failure import BadMessage, Reason
from companion.protocols.matter.messages.header import UNSECURED, Header
from companion.protocols.matter.messages.message import (
    INTERACTION,
    LARGEST_MESSAGE,
    SECURE_CHANNEL,
    Duplicate,
    Message,
    Opcode,
)
from companion.protocols.matter.messages.reliability import Timing
from companion.protocols.matter.messages.router import Arrived, Router
from companion.protocols.matter.messages.session import Ends, SecureSession, Session, UnsecuredSession
from companion.protocols.matter.messages.status import ChannelCode, General, StatusReport

__all__ = [
    "INTERACTION",
    "LARGEST_MESSAGE",
    "SECURE_CHANNEL",
    "UNSECURED",
    "Arrived",
    "BadMessage",
    "ChannelCode",
    "CounterExhausted",
    "Duplicate",
    "Ends",
    "Exchange",
    "Exchanges",
    "General",
    "Header",
    "Message",
    "Opcode",
    "Reason",
    "Router",
    "SecureSession",
    "Session",
    "StatusReport",
    "Timing",
    "UnsecuredSession",
]
