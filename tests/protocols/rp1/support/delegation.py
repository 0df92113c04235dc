"""An owner and others who act for the owner, each at a driver's bench with the same device."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from companion.identity import Identity, open_identity
from companion.model import WifiCredentials
from companion.protocols import EntrustedDevice, GrantDocument, GrantOrder
from companion.protocols.rp1.driver import Driver
from companion.secret import Secret
from companion.trust.grants.terms import GrantTerms, Places, Right
from tests.protocols.rp1.support.bench import NOW, PRODUCT
from tests.protocols.rp1.support.driver_bench import DriverBench, FakeMemory, with_code

TODAY = datetime.now(UTC).replace(microsecond=0)
CLOCK = datetime.fromtimestamp(NOW, UTC)
WORK = WifiCredentials(b"Work 5", Secret("battery staple"))
ENDPOINT = "endpoint.example:8883"
SERIAL = Places(False, serials=frozenset({PRODUCT.serial}))


def terms(*rights: Right, depth: int = 0, places: Places = SERIAL, **changes: object) -> GrantTerms:
    every = frozenset(rights) | ({Right.DELEGATE} if depth else frozenset())
    made = GrantTerms(every, places, TODAY + timedelta(days=400), depth=depth)
    return replace(made, until=max(made.until, CLOCK + timedelta(days=14)), **changes)  # type: ignore[arg-type]


class Play:
    """An owner with a device, and others who act for the owner at the same device."""

    def __init__(self, folder: Path, **changes: object) -> None:
        self.folder = folder
        self.owner = with_code(identity=self.identity("owner"), **changes)

    def identity(self, name: str) -> Identity:
        return open_identity(self.folder / name, throwaway=True)

    def delegate(self, name: str = "delegate") -> DriverBench:
        made = DriverBench(device=self.owner.device, identity=self.identity(name), memory=FakeMemory())
        made.code, made.endpoint = self.owner.code, None
        return made

    def give(
        self, giver: DriverBench, to: DriverBench, allowed: GrantTerms, under: str = ""
    ) -> GrantDocument:
        request = Driver().read_request(Driver().request_grant("Line 2", to.identity))
        assert request is not None
        own = EntrustedDevice("Lamp", PRODUCT.serial, PRODUCT.point)
        order = GrantOrder(allowed, () if under else (own,), ENDPOINT, under)
        made = Driver().issue_grant(request, order, giver.identity, giver.memory)
        to.grant = Driver().accept_grant(made.text, to.identity, to.memory).text
        return made
