"""The endpoint inside Companion: a small TLS 1.3 server that greets each device of its owner."""

from __future__ import annotations

import asyncio
import collections
import contextlib
import functools
import hashlib
import logging
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from companion.endpoint.admission import Admission, Client
from companion.endpoint.connection import TlsConnection
from companion.endpoint.delegates import DelegateAdmission
from companion.endpoint.device_http import HTTP, HttpAnswer, serve_one
from companion.endpoint.tls import server_context
from companion.errors import StorageError
from companion.identity import DeviceName, Identity, InvalidDeviceName, serial_of
from companion.identity.names import owner_digest
from companion.model import Proof

log = logging.getLogger(__name__)

AT_ONCE, PER_ADDRESS = 128, 16
QUEUE = 128
# A client speaks first in TLS; whoever lost its first packet has sent it again by then (RFC 6298: 1 s).
HELLO_SECONDS = 3.0
HANDSHAKE_SECONDS = 5.0
VISIT_SECONDS = 5.0
REMEMBERED = 1024


@dataclass(frozen=True)
class Visit:
    """A device was here with its certificate.

    name: by which it was let in; serial: what its certificate calls it, for people
    seconds: from the connection to the end of the handshake
    """

    name: DeviceName
    serial: str
    fingerprint: str
    tls: str
    at: datetime
    seconds: float


class EmbeddedEndpoint:
    """A TLS server for devices with a certificate under the identity's CA. Lives on the engine's loop.

    At most 128 connections are served at once, of one address at most 16, each for thirteen seconds at
    most, and a silent one for three; see `Admission` for who leaves when there are more. Whoever is no device
    of ours ends at the handshake and leaves no trace but a debug line.
    """

    client_id: str | None = None

    def __init__(
        self,
        address: str,
        listener: socket.socket,
        context: ssl.SSLContext,
        owner: bytes,
        is_revoked: Callable[[str], bool],
        admission: DelegateAdmission,
        over_http: HttpAnswer | None = None,
    ) -> None:
        """Takes a listening, non-blocking socket; `start` makes one. Must run inside the loop.

        owner: whose devices are let in, see `DeviceName.owner`
        """
        self._over_http = over_http
        self.address = address
        self._owner = owner
        self.visits: collections.deque[Visit] = collections.deque(maxlen=REMEMBERED)
        """Who came, oldest first; the last 1024."""
        self._came = 0
        self._listener = listener
        self._context = context
        self._is_revoked = is_revoked
        self._delegates = admission
        self._arrival = asyncio.Event()
        self._admission = Admission(AT_ONCE, PER_ADDRESS)
        self._closing = False
        self._connections: dict[Client, asyncio.Task[None]] = {}
        self._accepting = asyncio.create_task(self._accept(), name="endpoint")
        # Also where the loop ends and nobody closes.
        self._accepting.add_done_callback(lambda _: listener.close())

    @classmethod
    async def start(
        cls,
        identity: Identity,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        is_revoked: Callable[[str], bool] = lambda fingerprint: False,
        is_admitted: Callable[[str], bool] = lambda fingerprint: False,
        over_http: HttpAnswer | None = None,
    ) -> EmbeddedEndpoint:
        """A server that listens on `host` (port 0: any free one). Raises OSError if it can't.

        is_revoked, is_admitted: asked at visits, on the loop, with the hex SHA-256 of the leaf; may raise
        StorageError. The second one about certificates that a delegate made.
        over_http: what devices get that speak HTTP here (ALPN "http/1.1") instead of being greeted; called
        on a thread of its own; may raise StorageError
        """
        hosts = tuple(dict.fromkeys((host, "localhost")))
        context = await asyncio.to_thread(server_context, identity.ca, hosts)
        if over_http is not None:
            context.set_alpn_protocols([HTTP])
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, port), family=family, backlog=QUEUE)
        listener.setblocking(False)
        bound = listener.getsockname()[1]
        address = f"[{host}]:{bound}" if ":" in host else f"{host}:{bound}"
        admission = DelegateAdmission(identity.ca.anchors[0], is_admitted)
        owner = owner_digest(identity.owner.public)
        return cls(address, listener, context, owner, is_revoked, admission, over_http)

    async def wait_for(
        self, name: DeviceName, *, timeout: float, fingerprint: str | None = None
    ) -> Proof | None:
        """See `Endpoint.wait_for`."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                while (visit := self._latest(name, fingerprint)) is None:
                    await self._arrival.wait()
                return Proof(self.address, visit.tls, visit.serial, visit.seconds)
        return None

    async def arrivals(self) -> AsyncIterator[Visit]:
        """Each device that comes from now on, until nobody asks any more."""
        known = self._came
        while True:
            arrival = self._arrival
            new = min(self._came - known, REMEMBERED)
            known = self._came
            for visit in list(self.visits)[len(self.visits) - new :]:
                yield visit
            if known == self._came:
                await arrival.wait()

    async def close(self) -> None:
        """Stop listening and end every connection. May be called twice."""
        self._closing = True
        if self._listener.fileno() >= 0:
            # asyncio would accept who knocks in this moment for a task that is cancelled, and leave it open.
            with contextlib.suppress(NotImplementedError):  # Windows' loop waits in another way
                asyncio.get_running_loop().remove_reader(self._listener)
            # Who was accepted a moment ago must reach the task first, which a cancellation would prevent.
            await asyncio.sleep(0)
        tasks = [self._accepting, *self._connections.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._listener.close()

    def _latest(self, name: DeviceName, fingerprint: str | None) -> Visit | None:
        for visit in reversed(self.visits):
            if visit.name == name and fingerprint in (None, visit.fingerprint):
                return visit
        return None

    async def _accept(self) -> None:
        loop = asyncio.get_running_loop()
        while not self._closing:
            try:
                peer, (address, *_) = await loop.sock_accept(self._listener)
            except OSError as problem:
                # Out of file descriptors, or the caller hung up in the queue: the next one may do better.
                log.debug("endpoint: accept failed, %s", type(problem).__name__)
                await asyncio.sleep(0.1)
                continue
            client = Client(address)
            leaving = self._admission.admit(client)
            if leaving is client:
                peer.close()
                continue
            if leaving is not None:
                self._connections[leaving].cancel()
            task = asyncio.create_task(self._serve(peer, client), name="endpoint connection")
            self._connections[client] = task
            task.add_done_callback(functools.partial(self._done, peer, client))

    def _done(self, peer: socket.socket, client: Client, task: asyncio.Task[None]) -> None:
        """Also for a connection that was cancelled before its first line ran."""
        peer.close()
        del self._connections[client]
        self._admission.leave(client)

    async def _serve(self, peer: socket.socket, client: Client) -> None:
        connection = TlsConnection(peer, self._context)
        began = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(HELLO_SECONDS):
                await connection.hear()
            client.has_spoken = True
            async with asyncio.timeout(HANDSHAKE_SECONDS):
                await connection.handshake()
            visit = self._record(connection, asyncio.get_running_loop().time() - began)
            if visit is None:
                return
            client.is_known = True
            async with asyncio.timeout(VISIT_SECONDS):
                if self._over_http is not None and connection.protocol == HTTP:
                    await serve_one(connection, self._over_http)
                else:
                    await connection.write(f"hello {visit.serial}\n".encode())
                    await connection.read_to_end()
        except (OSError, TimeoutError) as problem:
            log.debug("endpoint: connection ended, %s", type(problem).__name__)
        finally:
            await connection.close()

    def _record(self, connection: TlsConnection, seconds: float) -> Visit | None:
        """Note who came, and wake whoever waits for it. None: its certificate is not believed."""
        certificate = connection.certificate
        fingerprint = hashlib.sha256(certificate).hexdigest()
        try:
            name = DeviceName.of(certificate)
        except InvalidDeviceName as problem:
            log.debug("endpoint: %s", problem)
            return None
        if name.owner != self._owner:
            log.debug("endpoint: a device of another owner")
            return None
        if not self._believes(fingerprint):
            return None
        serial = serial_of(certificate) or ""
        visit = Visit(name, serial, fingerprint, connection.version, datetime.now(UTC), seconds)
        if not self._delegates.admit(certificate, fingerprint):
            # The greeting is what a device tries before it takes the certificate; it counts for nothing here.
            log.debug("endpoint: a delegate's certificate without a receipt")
            return visit
        self.visits.append(visit)
        self._came += 1
        self._arrival.set()
        self._arrival = asyncio.Event()
        return visit

    def _believes(self, fingerprint: str) -> bool:
        """False for a revoked certificate, and while nobody can tell which ones are."""
        try:
            revoked = self._is_revoked(fingerprint)
        except StorageError as problem:
            log.warning("endpoint: nobody is greeted, for revocations can't be read: %s", problem.code)
            return False
        if revoked:
            log.debug("endpoint: a revoked certificate")
        return not revoked
