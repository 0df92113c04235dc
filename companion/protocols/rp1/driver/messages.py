"""What the driver tells people: sentences, credentials, and errors in their words."""

from __future__ import annotations

import hashlib

from companion.errors import (
    CompanionError,
    CredentialsRejected,
    DeviceEndpointUnknown,
    GrantStepRefused,
    VoucherRefused,
)
from companion.events import CertificateRevoked, RevocationReason
from companion.identity import ldevid
from companion.model import Credential, DeviceSettings, Text, WifiCredentials
from companion.protocols.rp1.aborts import (
    GRANT_BOUNDS,
    Abort,
    PeerAbort,
    VerifyFailure,
    WifiRefusal,
    user_error,
    verify_error,
)
from companion.protocols.rp1.credentials.items import ItemType
from companion.protocols.rp1.transaction.plan import Plan
from companion.protocols.rp1.wire.operations import Op
from companion.protocols.rp1.wire.results import RequestRefused

_PHASES = {
    1: Text("The device is joining the network"),
    2: Text("The device is requesting an IP address"),
    3: Text("The device is resolving its endpoint"),
    4: Text("The device is connecting securely to its endpoint"),
    5: Text("The device is authenticating to its endpoint"),
}


def verify_phase(phase: int) -> Text:
    """The sentence for a PROGRESS."""
    return _PHASES.get(phase, Text("The device is testing its credentials"))


def credential(
    kind: ItemType, plan: Plan, chain: tuple[bytes, ...], settings: DeviceSettings | None
) -> Credential:
    """The public facts of an item that is on the device."""
    if kind is ItemType.LDEVID:
        return ldevid.credential(chain[0])
    if kind is ItemType.ANCHORS and plan.endpoint is not None:
        prints = ", ".join(hashlib.sha256(der).hexdigest() for der in plan.endpoint.anchors)
        return Credential("anchors", {"fingerprint": prints})
    if kind is ItemType.WIFI and settings is not None and settings.wifi is not None:
        return Credential("wifi", {"ssid": settings.wifi.name} | _login_facts(settings.wifi))
    if kind is ItemType.CLOUD and plan.endpoint is not None:
        return Credential("endpoint", {"address": plan.endpoint.address})
    if kind is ItemType.OWNER:
        return Credential("owner", {"key": hashlib.sha256(plan.ownership.owner).hexdigest()})
    if kind is ItemType.TIME and plan.taking is not None:
        return Credential("time", {"floor": str(plan.taking.now)})
    if kind is ItemType.LABEL and settings is not None:
        return Credential("label", {"name": settings.name, "room": settings.room})
    return Credential(kind.name.lower())


def _login_facts(wifi: WifiCredentials) -> dict[str, str]:
    """What the record keeps of a company network."""
    if wifi.login is None:
        return {}
    prints = ", ".join(hashlib.sha256(der).hexdigest() for der in wifi.login.anchors)
    return {"server_name": wifi.login.server_name, "anchors": prints}


def refusal(refused: RequestRefused, *, by_grant: bool = False) -> CompanionError:
    """The leaf for a request that the device refused for good. by_grant: the session rests on one."""
    if by_grant and refused.status in GRANT_BOUNDS:
        return GrantStepRefused(f"RP1 {refused}", bound=GRANT_BOUNDS[refused.status])
    if refused.op == Op.VOUCHER:
        return VoucherRefused(f"RP1 status {refused.status}")
    if (refused.op, refused.status) == (Op.STAGE, Abort.MALFORMED):
        return CredentialsRejected(f"RP1 {refused}")  # an item was wrong to it, not what it sent itself
    return user_error(PeerAbort(refused.status, str(refused), detail=refused.detail), secret_given=False)


def network_problem(
    failure: int | None, plan: Plan, settings: DeviceSettings | None, cause: WifiRefusal | None = None
) -> CompanionError:
    """The leaf for a VERIFY that failed, with the names that the user knows."""
    wifi, endpoint = settings.wifi if settings is not None else None, plan.endpoint
    if endpoint is not None and endpoint.is_kept and failure == VerifyFailure.DNS:
        return DeviceEndpointUnknown(f"RP1 verify detail {failure}")
    return verify_error(
        failure,
        cause,
        company=wifi is not None and wifi.login is not None,
        ssid=wifi.name if wifi is not None else "",
        endpoint=endpoint.address if endpoint is not None else "",
    )


def unconfirmed() -> Text:
    """Why nobody knows how a run ended."""
    return Text("The change was sent, but the device has not been reachable since.")


def revocation(leaf: bytes) -> CertificateRevoked:
    """That the LDevID of a transaction that the device took back counts no more (section 9)."""
    facts = ldevid.credential(leaf).details
    return CertificateRevoked(facts["fingerprint"], facts["serial_number"], RevocationReason.REVERTED)
