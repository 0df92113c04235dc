"""Messages as datagrams to one address of a node."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.lan import Address, UdpEndpoint

if TYPE_CHECKING:
    from companion.lan import Lan
    from companion.protocols.matter.driver.session.transport import OnEnd, OnMessage


class UdpTransport:
    """A socket that talks to one address. What others send is left out."""

    reliable = True

    def __init__(self, to: Address) -> None:
        """Use `open`."""
        self._to = to
        self._endpoint: UdpEndpoint | None = None
        self._on_message: OnMessage | None = None

    @classmethod
    async def open(cls, lan: Lan, to: Address) -> UdpTransport:
        """Raises OSError where this computer has no socket of that kind."""
        made = cls(to)
        made._endpoint = await lan.listen(made._received, ipv4=":" not in to.host)
        return made

    def start(self, on_message: OnMessage, on_end: OnEnd) -> None:
        self._on_message = on_message

    def send(self, message: bytes) -> None:
        if self._endpoint is not None:
            self._endpoint.send(message, self._to)

    async def drain(self) -> None:
        """Datagrams leave at once."""

    def close(self) -> None:
        self._on_message = None
        if self._endpoint is not None:
            self._endpoint.close()

    def _received(self, data: bytes, sender: Address) -> None:
        if self._on_message is not None and sender.port == self._to.port:
            self._on_message(data)
