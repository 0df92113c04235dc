"""When a virtual device lets commissioners in: from the factory, or because a controller of it asked."""

from __future__ import annotations

import math
from dataclasses import dataclass

from companion.protocols.matter.clusters.administrator_commissioning import WindowStatus
from companion.protocols.matter.crypto.spake2plus import Pbkdf, Verifier
from companion.protocols.matter.establishment.parameters import SessionParameters
from companion.protocols.matter.pase.window import CommissioningWindow

PARAMETERS = SessionParameters(
    idle=500, active=300, threshold=4000, data_model=18, interaction_model=12, specification=0x01040000
)


@dataclass(frozen=True)
class Invitation:
    """What makes an open window.

    status: NOT_OPEN for that of the factory, which no administrator opened; discriminator: as advertised;
    admin: index of the fabric that opened it, 0 for none; vendor: of that fabric; until: a time of the clock
    """

    attempts: CommissioningWindow
    discriminator: int
    status: WindowStatus = WindowStatus.NOT_OPEN
    admin: int = 0
    vendor: int = 0
    until: float = math.inf

    @classmethod
    def of_factory(cls, verifier: Verifier, pbkdf: Pbkdf, discriminator: int) -> Invitation:
        """That of the label, for as long as the device belongs to nobody."""
        return cls(CommissioningWindow(verifier, pbkdf, math.inf, PARAMETERS), discriminator)

    @classmethod
    def by(
        cls,
        status: WindowStatus,
        verifier: Verifier,
        pbkdf: Pbkdf,
        discriminator: int,
        *,
        admin: int,
        vendor: int,
        until: float,
    ) -> Invitation:
        """That of an administrator."""
        attempts = CommissioningWindow(verifier, pbkdf, until, PARAMETERS)
        return cls(attempts, discriminator, status, admin, vendor, until)

    @property
    def by_administrator(self) -> bool:
        return self.status is not WindowStatus.NOT_OPEN
