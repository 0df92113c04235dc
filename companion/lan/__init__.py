"""The local network: who announces itself there, and datagrams to it."""

from companion.lan.lan import Lan
from companion.lan.reachability import MissingLink
from companion.lan.service import Address, Service
from companion.lan.udp import UdpEndpoint

__all__ = ["Address", "Lan", "MissingLink", "Service", "UdpEndpoint"]
