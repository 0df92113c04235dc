"""Why a session ends or a request is refused (section 8), and what each reason means for the user."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from companion import errors
from companion.encoding import cbor, shape
from companion.errors import CompanionError

SID_SIZE = 8
NO_SID = bytes(SID_SIZE)
WAITS = range(1, 7201)
"""Seconds that a device may ask for with LOCKED."""


class Abort(IntEnum):
    """The codes of section 8, shared by aborts and by the statuses of refused requests."""

    VERSION = 1
    NO_COMMON = 2
    BUSY = 3
    MALFORMED = 4
    FRAGMENT = 5
    TIMEOUT = 6
    COMMITMENT = 7
    BAD_POINT = 8
    NOT_AUTHENTIC = 9
    NUMBERS_DIFFER = 10
    CANCELLED = 11
    LOCKED = 12
    NOT_AUTHORISED = 13
    GRANT = 14
    CHAIN = 15
    ORDER = 16
    NO_SPACE = 17
    VERIFY_FAILED = 18
    STAGE_HASH = 19
    TX_UNKNOWN = 20
    INFO_ALTERED = 21
    INTERNAL = 22


class VerifyFailure(IntEnum):
    """The detail of VERIFY_FAILED."""

    WIFI_AUTH = 1
    WIFI_NOT_FOUND = 2
    DHCP = 3
    DNS = 4
    TLS = 5
    CLOUD_AUTH = 6
    THREAD_ATTACH = 7


class WifiRefusal(IntEnum):
    """What more a device may know of WIFI_AUTH; WPA3 does not say that a password is wrong."""

    PASSPHRASE = 1
    SERVER_CERTIFICATE = 2
    SERVER_NAME = 3
    CLIENT_CERTIFICATE = 4
    REJECTED = 5


class SessionAborted(Exception):
    """The session is over. `code` is a number of section 8 (a peer may send one that we do not know)."""

    def __init__(self, code: int, why: str = "", *, detail: int | None = None, sid: bytes = NO_SID) -> None:
        super().__init__(why or f"abort {code}")
        self.code = code
        self.why = why
        self.detail = detail
        self.sid = sid


class LocalAbort(SessionAborted):
    """This side ends the session: the peer broke a rule, or the user said so. The peer is to be told."""


class PeerAbort(SessionAborted):
    """The peer ended the session. Before keys exist this is a hint that anybody may have sent."""


@dataclass(frozen=True)
class AbortMessage:
    """`[0, sid, code (, detail)]`, in clear before keys exist and in a record of type 18 after."""

    sid: bytes
    code: int
    detail: int | None = None


def encode(message: AbortMessage) -> bytes:
    """The abort array."""
    tail = () if message.detail is None else (message.detail,)
    return cbor.encode([0, message.sid, message.code, *tail])


def decode(data: bytes) -> AbortMessage:
    """The abort in `data`. Raises MalformedCbor."""
    zero, sid, code, *detail = shape.array(cbor.decode(data), 3, 4)
    shape.uint(zero, 0)
    # The section gives a detail its meaning for two codes only; of others, whatever it is, nothing hangs.
    known = detail[0] if detail and type(detail[0]) is int else None
    said = shape.uint(code)
    return AbortMessage(shape.octets(sid, SID_SIZE), said, _wait(known) if said == Abort.LOCKED else known)


def _wait(seconds: int | None) -> int | None:
    """How long LOCKED lasts; what no device may ask for counts as absent: it wants a press."""
    return seconds if seconds is not None and seconds in WAITS else None


_USER_ERRORS: dict[int, type[CompanionError]] = {
    Abort.VERSION: errors.VersionUnsupported,
    Abort.NO_COMMON: errors.MethodUnavailable,
    Abort.BUSY: errors.DeviceBusy,
    Abort.MALFORMED: errors.ProtocolViolation,
    Abort.FRAGMENT: errors.ProtocolViolation,
    Abort.TIMEOUT: errors.OperationTimeout,
    Abort.COMMITMENT: errors.AuthenticationError,
    Abort.BAD_POINT: errors.AuthenticationError,
    Abort.NOT_AUTHENTIC: errors.AuthenticationError,
    Abort.NUMBERS_DIFFER: errors.NumbersDiffer,
    Abort.CANCELLED: errors.CancelledOnDevice,
    Abort.NOT_AUTHORISED: errors.NotAuthorised,
    Abort.GRANT: errors.NotAuthorised,
    Abort.CHAIN: errors.CredentialsRejected,
    Abort.ORDER: errors.ProtocolViolation,
    Abort.NO_SPACE: errors.DeviceFull,
    Abort.STAGE_HASH: errors.CredentialsRejected,
    Abort.TX_UNKNOWN: errors.CredentialsRejected,
    Abort.INFO_ALTERED: errors.DowngradeRefused,
    Abort.INTERNAL: errors.DeviceInternal,
}

GRANT_BOUNDS: Mapping[int, str] = {
    Abort.NOT_AUTHENTIC: "signature",
    Abort.NOT_AUTHORISED: "reach",
    Abort.GRANT: "validity",
}
"""What a device that refuses a grant, or a request under it, says of it: all that section 8 lets it name."""

# What this side's own decision to end a session says about the device.
_OWN_ERRORS: dict[int, type[CompanionError]] = {
    Abort.NO_COMMON: errors.DowngradeRefused,
    Abort.NOT_AUTHENTIC: errors.WrongIdentity,
    Abort.CANCELLED: errors.Cancelled,
    Abort.CHAIN: errors.AttestationFailed,
}

_VERIFY_ERRORS: dict[int, type[CompanionError]] = {
    VerifyFailure.WIFI_AUTH: errors.WrongPassphrase,
    VerifyFailure.WIFI_NOT_FOUND: errors.NetworkNotFound,
    VerifyFailure.DHCP: errors.NoAddress,
    VerifyFailure.DNS: errors.NameNotResolved,
    VerifyFailure.TLS: errors.EndpointUnreachable,
    VerifyFailure.CLOUD_AUTH: errors.CertificateRefused,
    VerifyFailure.THREAD_ATTACH: errors.ThreadAttachFailed,
}

_WIFI_ERRORS: Mapping[WifiRefusal, type[CompanionError]] = {
    WifiRefusal.PASSPHRASE: errors.WrongPassphrase,
    WifiRefusal.SERVER_CERTIFICATE: errors.ServerCertificateUntrusted,
    WifiRefusal.SERVER_NAME: errors.ServerNameDiffers,
    WifiRefusal.CLIENT_CERTIFICATE: errors.OwnCertificateRejected,
    WifiRefusal.REJECTED: errors.JoinFailed,
}


def user_error(aborted: SessionAborted, *, secret_given: bool, comparing: bool = False) -> CompanionError:
    """The leaf for the user.

    secret_given: the method rests on a secret from the user (r, PSK): the device's code 9 then means that
                  it does not know this secret
    comparing:    the session was waiting for both presses: a timeout then is the people's, not the radio's
    """
    told = f"RP1 abort {aborted.code}" + (f": {aborted.why}" if aborted.why else "")
    code = aborted.code
    if isinstance(aborted, LocalAbort) and code in _OWN_ERRORS:
        return _OWN_ERRORS[code](told)
    if code == Abort.LOCKED:
        return errors.LockedOut(told, seconds=_wait(aborted.detail))
    if code == Abort.NOT_AUTHENTIC and secret_given:
        return errors.WrongSetupSecret(told)
    if code == Abort.TIMEOUT and comparing:
        return errors.ComparisonTimeout(told)
    if code == Abort.VERIFY_FAILED:
        return verify_error(aborted.detail)
    return _USER_ERRORS.get(code, errors.DeviceError)(told)


def verify_error(
    detail: int | None,
    cause: WifiRefusal | None = None,
    *,
    company: bool = False,
    ssid: str = "",
    endpoint: str = "",
) -> CompanionError:
    """The leaf for a VERIFY that failed with this detail.

    cause: what refines detail 1; company: the network has no password that could be wrong
    """
    leaf = _VERIFY_ERRORS.get(detail or 0, errors.NetworkError)
    told = f"RP1 verify detail {detail}"
    if cause is not None:
        leaf, told = _WIFI_ERRORS[cause], f"{told}, refinement {int(cause)}"
    if company and leaf in (errors.WrongPassphrase, errors.JoinFailed):
        leaf = errors.LoginRejected
    return leaf(told, ssid=ssid, endpoint=endpoint)
