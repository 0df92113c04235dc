"""Runs dialogues against a virtual device core, without a radio."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from companion.protocols.espressif.dialogues.exchange import Exchange, Request
from companion.protocols.espressif.dialogues.version import ask_version
from companion.protocols.espressif.security.choice import CodeSecurity, choose
from companion.protocols.espressif.security.security0 import Security0
from companion.protocols.espressif.security.security1 import Security1
from companion.protocols.espressif.security.security2 import Security2
from companion.protocols.espressif.security.session import SecuritySession
from companion.protocols.espressif.virtual.device import EspressifDevice
from companion.protocols.espressif.virtual.options import EspressifOptions

T = TypeVar("T")


def run(exchange: Exchange[T], carry: Callable[[Request], bytes]) -> T:
    """Drive a dialogue to its end."""
    try:
        request = next(exchange)
        while True:
            request = exchange.send(carry(request))
    except StopIteration as done:
        return done.value


@dataclass
class DeviceSession:
    """A connected device, our session with it, and every request in clear."""

    device: EspressifDevice
    session: SecuritySession | None = None
    requests: list[Request] = field(default_factory=list)

    @classmethod
    def with_device(cls, **options: object) -> "DeviceSession":
        device = EspressifDevice(EspressifOptions(**options))
        device.connected()
        return cls(device)

    def run(self, exchange: Exchange[T]) -> T:
        return run(exchange, self._carry)

    def secure(self, session: SecuritySession | None = None) -> SecuritySession:
        """Establish a session: the given one, or what proto-ver and the device's own secret ask for."""
        options = self.device.options
        self.session = (
            session
            or {
                0: lambda: Security0(),
                1: lambda: Security1(options.pop),
                2: lambda: Security2(options.username, options.pop),
            }[choose(self.run(ask_version()), _code_security(options)).security]()
        )
        self.run(self.session.establish())
        return self.session

    def _carry(self, request: Request) -> bytes:
        self.requests.append(request)
        body = self.session.seal(request.body) if request.sealed else request.body
        self.device.write(request.endpoint, body)
        answer = self.device.read(request.endpoint)
        return self.session.open(answer) if request.sealed else answer


def _code_security(options: EspressifOptions) -> CodeSecurity:
    return (
        CodeSecurity(pop=options.pop, username=options.username if options.security == 2 else "")
        if (options.security)
        else CodeSecurity()
    )
