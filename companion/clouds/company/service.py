"""A company's certificate server (EST, RFC 7030) as a `CloudService`: it certifies, and knows no devices."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from cryptography import x509

from companion.clouds import checks
from companion.clouds.company import login
from companion.clouds.profile import CloudProfile
from companion.endpoint import Claim
from companion.errors import CloudLoginMissing, CompanionError
from companion.est.client import EstCertificate, EstServer
from companion.model import Check, Text

if TYPE_CHECKING:
    from companion.identity import Vault

SERVER, LOGIN = "server", "login"
_SERVER, _LOGIN = Text("Certificate server answers"), Text("Login kept here")


class CompanyService:
    """See `CloudService`. Each device's request is forwarded as it came (RFC 7030, 3.7: as an RA)."""

    def __init__(self, server: EstServer) -> None:
        self._server = server

    @classmethod
    def open(cls, profile: CloudProfile, vault: Vault) -> CompanyService:
        """With the login that is kept. Raises CloudLoginMissing, and StorageError leaves."""
        known = login.find(vault, profile)
        server = EstServer(profile.est, profile.est_roots or profile.roots, known)
        if known is None:
            raise CloudLoginMissing(server=server.name, profile=profile.name)
        return cls(server)

    def certify(self, csr: bytes, name: str) -> tuple[bytes, ...] | None:
        """The company's chain for the device's key. Raises EstUnreachable, EstRefused, EstPending,
        EstAnswerInvalid."""
        return self._server.enroll(csr)

    def claim(self, name: str) -> Claim:
        """Its kind has none."""
        raise NotImplementedError

    def standing(self, name: str, leaf: bytes) -> tuple[Check, ...]:
        """EST knows certificates, not devices: only the device knows."""
        return ()

    def check(self, anchors: tuple[bytes, ...]) -> tuple[Check, ...]:
        """Whether the server answers. Whether it takes the login, only a device's request tells."""
        return self._answers(), self._login()

    def _answers(self) -> Check:
        try:
            found = self._server.ca_certificates()
        except CompanionError as error:
            return checks.failed(SERVER, _SERVER, error.sentence)
        facts: dict[str, str | int | float] = {"server": self._server.name, "count": len(found)}
        return checks.passed(SERVER, _SERVER, Text("{server}, certificates: {count}", facts))

    def _login(self) -> Check:
        known = self._server.login
        if not isinstance(known, EstCertificate):
            return checks.not_known(LOGIN, _LOGIN, Text("User name and password: tried with the next device"))
        ends = x509.load_der_x509_certificate(known.chain[0]).not_valid_after_utc
        facts = {"day": f"{ends:%Y-%m-%d}"}
        if ends < datetime.now(UTC):
            return checks.failed(LOGIN, _LOGIN, Text("The certificate expired on {day}", facts))
        valid = Text("A certificate, valid until {day}: tried with the next device", facts)
        if known.login is not None:
            valid = Text(
                "User name, password and a certificate, valid until {day}: tried with the next device", facts
            )
        return checks.not_known(LOGIN, _LOGIN, valid)
