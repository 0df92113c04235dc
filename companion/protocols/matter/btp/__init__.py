"""BTP: Matter's messages over a Bluetooth LE link."""

from companion.protocols.matter.btp.failure import BtpFailure, Reason
from companion.protocols.matter.btp.gatt import Advertisement
from companion.protocols.matter.btp.handshake import Request, Response
from companion.protocols.matter.btp.segment import Segment
from companion.protocols.matter.btp.session import BtpSession

__all__ = ["Advertisement", "BtpFailure", "BtpSession", "Reason", "Request", "Response", "Segment"]
