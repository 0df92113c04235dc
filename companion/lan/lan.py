"""This computer's place on the local network: multicast DNS and datagrams.

Everything is opened when it is first needed. A virtual radio has a network of its own on loopback.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from companion.lan.names import infos_of, instance_of, known_service, service_of, type_name
from companion.lan.resolution import Resolution
from companion.lan.service import Service
from companion.lan.udp import Receive, UdpEndpoint

if TYPE_CHECKING:
    from zeroconf import ServiceStateChange, Zeroconf
    from zeroconf.asyncio import AsyncZeroconf

log = logging.getLogger(__name__)

LOOPBACK = ("127.0.0.1", "::1")
RESOLVE_SECONDS = 3.0


class Lan:
    """The network of this computer. Belongs to one event loop; closed with `close`."""

    def __init__(self, interfaces: Sequence[str] | None = None) -> None:
        """interfaces: numeric addresses of this computer; None: all of them."""
        self.interfaces = None if interfaces is None else tuple(interfaces)
        self._zeroconf: AsyncZeroconf | None = None
        self._published: dict[tuple[str, str], Service] = {}

    @classmethod
    def loopback(cls) -> Lan:
        """A network that ends in this computer."""
        return cls(LOOPBACK)

    @property
    def is_loopback(self) -> bool:
        """True if nothing leaves this computer."""
        return self.interfaces == LOOPBACK

    # --- who is there ------------------------------------------------------------------------------

    @asynccontextmanager
    async def browse(self, kind: str) -> AsyncIterator[AsyncIterator[Service]]:
        """Instances of a service ("_matterc._udp") as they appear and change, while the context lasts.

        Raises OSError where multicast DNS can't be used.
        """
        opened = await self._open()

        async def ask(name: str) -> Service | None:
            return await self.resolve(kind, instance_of(name, kind))

        resolving = Resolution(lambda name: known_service(opened.zeroconf, kind, name), ask)
        try:
            async with self._listening(kind, resolving.heard):
                yield resolving.services()
        finally:
            await resolving.close()

    async def hears(self, kind: str, seconds: float) -> bool:
        """True if anybody announces a service of a kind by then."""
        heard = asyncio.Event()
        try:
            async with asyncio.timeout(seconds), self._listening(kind, lambda name: heard.set()):
                await heard.wait()
        except (TimeoutError, OSError):
            return False
        return True

    @asynccontextmanager
    async def _listening(self, kind: str, heard: Callable[[str], None]) -> AsyncIterator[None]:
        """heard: told of each name of the kind."""
        from zeroconf.asyncio import AsyncServiceBrowser

        def changed(
            zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange
        ) -> None:
            if state_change.name != "Removed":
                heard(name)

        opened = await self._open()
        browser = AsyncServiceBrowser(opened.zeroconf, type_name(kind), handlers=[changed])
        try:
            yield
        finally:
            await browser.async_cancel()

    async def resolve(self, kind: str, instance: str, seconds: float = RESOLVE_SECONDS) -> Service | None:
        """Where an instance is; None if nobody answers in time. Raises OSError as `browse`."""
        from zeroconf.asyncio import AsyncServiceInfo

        opened = await self._open()
        info = AsyncServiceInfo(type_name(kind), f"{instance}.{type_name(kind)}")
        if not await info.async_request(opened.zeroconf, seconds * 1000):
            return None
        return service_of(info, kind)

    # --- what is announced --------------------------------------------------------------------------

    async def publish(self, service: Service) -> None:
        """Announce a service of this computer, or what changed about it. Raises OSError as `browse`."""
        opened = await self._open()
        key = (service.kind, service.instance)
        known = self._published.get(key)
        if known is not None and known.subtypes != service.subtypes:
            await self.withdraw(known)
            known = None
        self._published[key] = service
        if known is not None:
            said = [await opened.async_update_service(info) for info in infos_of(service)]
            await asyncio.gather(*said)
            return
        for info in infos_of(service):
            # The names hold random numbers: nobody else has them, so nobody is asked for a second.
            await opened.async_register_service(info, cooperating_responders=True)

    async def withdraw(self, service: Service) -> None:
        """Announce it no more."""
        known = self._published.pop((service.kind, service.instance), None)
        if known is None or self._zeroconf is None:
            return
        said = [await self._zeroconf.async_unregister_service(info) for info in infos_of(known)]
        await asyncio.gather(*said)

    # --- datagrams ---------------------------------------------------------------------------------

    async def listen(self, receive: Receive, *, port: int = 0, ipv4: bool = False) -> UdpEndpoint:
        """A socket for IPv6, or for IPv4. port 0: any free one. Raises OSError."""
        if self.interfaces is None:
            return await UdpEndpoint.open(receive, "0.0.0.0" if ipv4 else "::", port)
        host = next((each for each in self.interfaces if (":" in each) is not ipv4), None)
        if host is None:
            raise OSError("no interface of this kind")
        return await UdpEndpoint.open(receive, host, port)

    # --- open and closed ---------------------------------------------------------------------------

    async def _open(self) -> AsyncZeroconf:
        if self._zeroconf is None:
            from zeroconf import InterfaceChoice, IPVersion
            from zeroconf.asyncio import AsyncZeroconf

            if self.interfaces is None:
                self._zeroconf = AsyncZeroconf(interfaces=InterfaceChoice.All, ip_version=IPVersion.All)
            else:
                # Loopback has no multicast of IPv6 on Linux.
                chosen = [each for each in self.interfaces if ":" not in each]
                self._zeroconf = AsyncZeroconf(interfaces=chosen)
            await self._zeroconf.zeroconf.async_wait_for_start()
        return self._zeroconf

    async def close(self) -> None:
        """Announce nothing any more and let the sockets go. Never raises; may be called again."""
        zeroconf, self._zeroconf = self._zeroconf, None
        self._published.clear()
        if zeroconf is not None:
            try:
                await zeroconf.async_close()
            except Exception as error:
                log.info("closing multicast DNS failed: %s", type(error).__name__)
