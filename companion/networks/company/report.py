"""What a check of a company network found: five phases in their order, and what failed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from companion import errors
from companion.errors import NetworkError
from companion.model import Text
from companion.networks.company.supplicant_events import Ending, Login, ServerCertificate, ServerFlaw


class Phase(StrEnum):
    """In their order."""

    NETWORK = "network"
    SERVER_CERTIFICATE = "server certificate"
    SERVER_NAME = "server name"
    OWN_CERTIFICATE = "our certificate"
    ADDRESS = "address"


class PhaseState(StrEnum):
    """What is known of a phase."""

    PASSED = "passed"
    FAILED = "failed"
    OPEN = "open"
    """Not reached."""
    NOT_CHECKED = "not checked"
    """This way of checking can't."""


@dataclass(frozen=True)
class PhaseResult:
    """One phase. words: what was found, None for nothing; seconds: how long it took, None where not known."""

    phase: Phase
    state: PhaseState
    words: Text | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class CheckReport:
    """A check. problem: what failed, None where everything that was checked works; at: UTC."""

    phases: tuple[PhaseResult, ...]
    problem: NetworkError | None
    server: tuple[ServerCertificate, ...]
    at: datetime

    @property
    def passed(self) -> bool:
        return self.problem is None


_ORDER = tuple(Phase)
_UNKNOWN_CA = (
    "unknown CA",
    "bad certificate",
    "certificate unknown",
    "unsupported certificate",
    "access denied",
)


def problem_of(login: Login, *, ssid: str, radius: str = "") -> tuple[Phase, NetworkError] | None:
    """Which phase a login ended in, and why; None where it worked.

    radius: the server that was asked itself, "" where it was asked over the air
    """
    if login.ending in (Ending.CONNECTED, Ending.ADMITTED):
        return None
    if not login.heard:
        if radius:
            return Phase.NETWORK, errors.RadiusServerSilent(address=radius)
        return Phase.NETWORK, errors.NetworkNotSeen(ssid=ssid)
    if login.flaw is not None:
        return _FLAWS[login.flaw][0], _FLAWS[login.flaw][1](ssid=ssid)
    if login.alert == "certificate revoked":
        return Phase.OWN_CERTIFICATE, errors.OwnCertificateRevoked(ssid=ssid)
    if login.alert == "certificate expired":
        # Ours was made for this check: what has expired is the list that the server looks into.
        return Phase.OWN_CERTIFICATE, errors.OwnListExpired(ssid=ssid)
    if login.alert in _UNKNOWN_CA or (login.server and login.ending is Ending.LOGIN_FAILED):
        return Phase.OWN_CERTIFICATE, errors.OwnCertificateRejected(
            f"alert: {login.alert or 'none'}", ssid=ssid
        )
    return Phase.SERVER_CERTIFICATE, errors.LoginRejected(ssid=ssid)


_FLAWS: dict[ServerFlaw, tuple[Phase, type[NetworkError]]] = {
    ServerFlaw.UNTRUSTED: (Phase.SERVER_CERTIFICATE, errors.ServerCertificateUntrusted),
    ServerFlaw.TIME: (Phase.SERVER_CERTIFICATE, errors.ServerCertificateExpired),
    ServerFlaw.NAME: (Phase.SERVER_NAME, errors.ServerNameDiffers),
}


def phases_of(
    login: Login, failed: Phase | None, *, name: str, has_address: bool | None, times: dict[Phase, float]
) -> tuple[PhaseResult, ...]:
    """The phases of a login that is over.

    failed: the one that it ended in; has_address: None where that can't be checked; times: seconds of each
    """
    results = []
    for phase in _ORDER:
        state = _state(phase, failed, has_address)
        reached = state in (PhaseState.PASSED, PhaseState.FAILED)
        words, seconds = (_words(phase, login, name), times.get(phase)) if reached else (None, None)
        results.append(PhaseResult(phase, state, words, seconds))
    return tuple(results)


def _state(phase: Phase, failed: Phase | None, has_address: bool | None) -> PhaseState:
    if phase is Phase.ADDRESS and has_address is None:
        return PhaseState.NOT_CHECKED
    if failed is None or _ORDER.index(phase) < _ORDER.index(failed):
        return PhaseState.PASSED
    return PhaseState.FAILED if phase is failed else PhaseState.OPEN


def _words(phase: Phase, login: Login, name: str) -> Text | None:
    own = next((each for each in login.server if each.depth == 0), None)
    top = max(login.server, key=lambda each: each.depth, default=None)
    if phase is Phase.SERVER_CERTIFICATE and top is not None:
        return Text(
            "{subject}, SHA-256 {fingerprint}",
            {"subject": _common_name(top), "fingerprint": short(top.fingerprint)},
        )
    if phase is Phase.SERVER_NAME and own is not None:
        names = login.names or (_common_name(own),)
        return Text("{names}", {"names": ", ".join(names) if login.flaw is ServerFlaw.NAME else name})
    return None


def _common_name(certificate: ServerCertificate) -> str:
    """OpenSSL writes a subject as "/C=DE/O=Werk/CN=Werk Root"."""
    return certificate.subject.rpartition("/CN=")[2] or certificate.subject


def short(fingerprint: str) -> str:
    """A fingerprint's first eight octets, in pairs: 5A:91:0C:E4:..."""
    return ":".join(fingerprint[at : at + 2] for at in range(0, 16, 2)).upper()
