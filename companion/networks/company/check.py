"""Prove from this computer that a company network admits our devices, before one of them gets anything.

The login is made with a key and a certificate for this check alone. One of three ways makes it: the RADIUS
server asked itself, a Wi-Fi interface of this computer, or its NetworkManager.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from companion.errors import NetworkError, NoAddress
from companion.identity.ca import PROBE
from companion.networks.company.document import as_pem
from companion.networks.company.report import CheckReport, Phase, phases_of, problem_of
from companion.networks.company.supplicant_configuration import LoginFiles
from companion.networks.company.supplicant_events import Login

if TYPE_CHECKING:
    from companion.identity import IssuingCa
    from companion.model import WifiCredentials


@dataclass
class Watch:
    """What has been said of a login until now, and when each phase was over."""

    login: Login = field(default_factory=Login)
    times: dict[Phase, float] = field(default_factory=dict)
    _since: float = field(default_factory=time.monotonic)

    def take(self, line: str) -> None:
        """Another line of the supplicant."""
        before, self.login = self.login, self.login.after(line)
        if self.login.heard and not before.heard:
            self._over(Phase.NETWORK)
        if self.login.server and not before.server:
            self._over(Phase.SERVER_CERTIFICATE)
        if self.login.ending is not None and before.ending is None and self.login.server:
            self._over(Phase.OWN_CERTIFICATE)

    def _over(self, phase: Phase) -> None:
        now = time.monotonic()
        self.times[phase], self._since = now - self._since, now


class Way(Protocol):
    """One way of logging in. radius: the server that it asks itself, "" over the air."""

    @property
    def radius(self) -> str: ...

    async def log_in(
        self, wifi: WifiCredentials, serial: str, files: LoginFiles, watch: Watch
    ) -> bool | None:
        """Log in once, and log out. True: with an address; False: without; None: that can't be checked.

        Raises CheckUnavailable.
        """


async def check(wifi: WifiCredentials, ca: IssuingCa, way: Way) -> CheckReport:
    """What a device of `ca` would meet in this company network.

    Takes a network with a usable login. Raises CheckUnavailable where this computer lacks what it takes.
    """
    assert wifi.login is not None
    watch = Watch()
    with credentials(ca, wifi.login.anchors) as files:
        has_address = await way.log_in(wifi, PROBE, files, watch)
    login = watch.login
    found: tuple[Phase, NetworkError] | None = problem_of(login, ssid=wifi.name, radius=way.radius)
    if found is None and has_address is False:
        found = Phase.ADDRESS, NoAddress(ssid=wifi.name)
    failed, problem = found if found is not None else (None, None)
    name = wifi.login.server_name
    phases = phases_of(login, failed, name=name, has_address=has_address, times=watch.times)
    return CheckReport(phases, problem, login.server, datetime.now(UTC))


@contextmanager
def credentials(ca: IssuingCa | None, anchors: tuple[bytes, ...] | None) -> Iterator[LoginFiles]:
    """A key and a certificate of `ca` in a private folder that is gone afterwards.

    ca None: of nobody, for a look at the server's certificates; anchors None: believe nobody there
    """
    from cryptography.hazmat.primitives import serialization

    from companion.encoding import es256
    from companion.identity import IssuingCa as AnyCa

    key = es256.generate()
    issued = (ca or AnyCa.create(PROBE)).issue_probe(key.public_key())
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with tempfile.TemporaryDirectory(prefix="companion-") as folder:
        files = LoginFiles(
            Path(folder, "chain.pem"),
            Path(folder, "key.pem"),
            Path(folder, "anchors.pem") if anchors is not None else None,
        )
        files.key.touch(mode=0o600)
        files.key.write_bytes(pem)
        files.chain.write_text("".join(as_pem(der) for der in issued.chain))
        if files.anchors is not None:
            files.anchors.write_text("".join(as_pem(der) for der in anchors or ()))
        yield files
