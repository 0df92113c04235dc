"""What a virtual TCAT device is, and what it may do wrong on purpose."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec

from companion.encoding import es256
from companion.protocols.tcat.authority import Authority, pem
from companion.protocols.tcat.authorization import Authorization, CommandClass, Condition
from companion.secret import Secret

SAMPLE_PSKD = Secret(b"J01NME0WN")
OPEN = {each: Condition.ACCESS for each in CommandClass if each}
"""A device that asks for nothing but the certificate, and a commissioner that may do everything."""
PROVED = {**OPEN, CommandClass.COMMISSIONING: Condition.PSKD}
"""A device that wants the PSKd of its label proved before it is commissioned."""
KNOWN = {**OPEN, CommandClass.DECOMMISSIONING: Condition.PSKC}
"""A device that leaves its network only for whoever knows that network's PSKc."""
_FOREVER_DAYS = 36_500
COMMISSIONER_DAYS = 14


@cache
def test_authority() -> Authority:
    """The manufacturer of all virtual devices of this process."""
    return Authority.found("Companion TCAT test CA")


class TcatFault(Enum):
    """By the names that `--fault` takes."""

    FOREIGN = "foreign-certificate"
    """Its certificate is of another CA than its commissioner's."""
    DISTRUSTS = "rejects-commissioner"
    """It trusts another CA than its commissioner's."""
    NEVER_ATTACHES = "never-attaches"
    """It takes the dataset and is never heard as a part of the network."""
    BUSY = "busy"
    """It answers every command with "busy"."""
    NO_DIAGNOSTICS = "no-diagnostics"
    """It does not tell its role in the network."""
    SILENT = "silent"
    """It answers no command."""


@dataclass(frozen=True)
class TcatOptions:
    """authority: who signs it and its commissioners; conditions: what it asks for; pskd: on its label"""

    name: str = "Thread sensor"
    authority: Authority = field(default_factory=lambda: test_authority())
    conditions: dict[CommandClass, Condition] = field(default_factory=lambda: dict(OPEN))
    pskd: Secret = SAMPLE_PSKD
    device_id: bytes = bytes.fromhex("c0ffee0102030405")
    faults: frozenset[TcatFault] = frozenset()

    def certified(self) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
        """A key and certificate of its own."""
        key = es256.generate()
        signs = Authority.found("Another CA") if TcatFault.FOREIGN in self.faults else self.authority
        allowed = Authorization(is_commissioner=False, conditions=self.conditions)
        return key, signs.certify(self.name, key.public_key(), allowed, _FOREVER_DAYS)

    def commissioner(self, allowed: Authorization | None = None, *, days: int = COMMISSIONER_DAYS) -> Secret:
        """The PEM text of a commissioner that it accepts, by default one that may do everything."""
        key = es256.generate()
        allowed = allowed or Authorization(is_commissioner=True, conditions=OPEN)
        certificate = self.authority.certify("Commissioner", key.public_key(), allowed, days)
        return pem(key, certificate, self.authority.certificate)
