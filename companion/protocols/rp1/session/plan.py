"""How to go about a session with the device that INFO describes: the method, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from companion.errors import (
    AlreadyYours,
    ChangePending,
    DowngradeRefused,
    FactoryKeyMissing,
    LockedOut,
    MethodUnavailable,
    NotAuthorised,
    NotOwned,
    VoucherMissing,
)
from companion.model import ShownBy
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.handshake import CommissionerTerms, OwnerAuthority, standing_of
from companion.protocols.rp1.handshake.attestation import Trust
from companion.protocols.rp1.methods import KEY_OWNER, METHOD_NAMES, Method, Mode, Standing, lacks
from companion.protocols.rp1.schedule import resumption_id
from companion.protocols.rp1.setup_code.label_code import Rp1Code
from companion.protocols.rp1.wire.info import Caps, Info
from companion.secret import Secret


class SessionKind(Enum):
    """How the session came about, which decides what may be assumed of the transaction."""

    FRESH = "a full handshake in mode 0, 1 or 3: a new transaction"
    RESUMED = "mode 5: the transaction goes on"
    OWNER = "method 24, mode 1, to finish a transaction whose FINAL was lost"


@dataclass(frozen=True)
class SessionPlan:
    """The terms of a handshake, and what the transaction may assume after it.

    shown_by: how the device showed the secret that the terms have
    """

    kind: SessionKind
    terms: CommissionerTerms
    shown_by: ShownBy = ShownBy.LIGHT

    @property
    def secret_given(self) -> bool:
        """True if the method rests on a secret that came from the user."""
        return self.terms.secret is not None and self.kind is SessionKind.FRESH


@dataclass(frozen=True)
class SessionInputs:
    """What the user brings.

    wanted: a name of `METHOD_NAMES`, or None to let the code and the device decide
    known:  fingerprints of identity keys in the inventory; manufacturers: roots (DER) that the user pinned
    own:    the device's fingerprint, where the inventory says that it is the user's own
    psk:    its id and secret, where one is to be used
    has_voucher: a manufacturer assigned the device to the user
    shown:  16 octets that the device shows for some minutes (section 5); shown_by: how
    """

    code: Rp1Code | None = None
    wanted: str | None = None
    known: frozenset[bytes] = frozenset()
    manufacturers: tuple[bytes, ...] = ()
    psk: tuple[bytes, Secret] | None = None
    own: bytes | None = None
    has_voucher: bool = False
    shown: Secret | None = None
    shown_by: ShownBy = ShownBy.LIGHT

    @property
    def secret(self) -> Secret | None:
        """What method OOB rests on: while a device shows a fresh secret, its label's does not count."""
        if self.shown is not None:
            return self.shown
        return self.code.r if self.code is not None else None

    def trust(self, identity_key: bytes | None = None) -> Trust:
        """By what the device is known: its key from an earlier session, else the code's fingerprint."""
        fp = crypto.fingerprint(identity_key) if identity_key is not None else None
        if fp is None and self.code is not None:
            fp = self.code.fp
        return Trust(fp=fp, known=self.known, roots=self.manufacturers)

    def terms(self, info_value: bytes, method: Method) -> CommissionerTerms:
        """Terms without a secret, pinned to what the code promises."""
        terms = CommissionerTerms(info_value, method, trust=self.trust())
        if self.code is None:
            return terms
        return replace(terms, promised_suites=self.code.suites, promised_methods=self.code.methods)


def onboard(inputs: SessionInputs, info_value: bytes, info: Info) -> SessionPlan:
    """A new device. Raises AlreadyYours and NotAuthorised for one that has an owner, DowngradeRefused for
    one that offers less than its code promises, MethodUnavailable, LockedOut."""
    if standing_of(info.state) is not Standing.UNOWNED:
        if inputs.own is not None:
            raise AlreadyYours(f"INFO shows state {info.state.name}", device=device_id(inputs.own))
        raise NotAuthorised(f"INFO shows state {info.state.name}")
    if inputs.code is not None and lacks(info.methods, inputs.code.methods):
        # Before the wanted method is looked for: that it is missing is not the device's fault.
        raise DowngradeRefused("INFO offers fewer methods than the setup code promises")
    if inputs.shown is not None and inputs.shown_by is ShownBy.SCREEN and not info.caps & Caps.SIGHT:
        raise MethodUnavailable("the device has neither a camera nor a light sensor")
    method = _method(inputs, info)
    if method & Method.NC and info.nc_locked:
        raise LockedOut("INFO shows that numeric comparison is locked")
    terms = inputs.terms(info_value, method)
    if method & Method.OOB:
        terms = replace(terms, secret=inputs.secret)
    if method & Method.PSK and inputs.psk is not None:
        terms = replace(terms, psk_id=inputs.psk[0], secret=inputs.psk[1])
    return SessionPlan(SessionKind.FRESH, terms, inputs.shown_by)


def device_id(fp: bytes) -> str:
    """Companion's name for a device: the fingerprint of its key, for nothing else is its own for life."""
    return f"rp1-{fp.hex()}"


def resume(inputs: SessionInputs, info_value: bytes, rpsk: bytes) -> SessionPlan:
    """Mode 5, with the RPSK (32 octets) of the transaction's first session."""
    terms = inputs.terms(info_value, Method.PSK)
    terms = replace(terms, mode=Mode.RESUME, secret=Secret(rpsk), psk_id=resumption_id(rpsk))
    return SessionPlan(SessionKind.RESUMED, terms)


def begin_as_owner(
    inputs: SessionInputs,
    value: bytes,
    info: Info,
    identity_key: bytes,
    owner: OwnerAuthority,
    mode: Mode,
    kind: SessionKind,
) -> SessionPlan:
    """Method 24 in the mode of an ownership operation, with the device of this key; `value` is INFO's.

    Raises NotOwned, and ChangePending for a device that takes nothing new before FINAL.
    """
    standing = standing_of(info.state)
    if standing is Standing.UNOWNED:
        raise NotOwned(f"INFO shows state {info.state.name}")
    if standing is Standing.PROVISIONAL and kind is not SessionKind.OWNER:
        raise ChangePending(device=device_id(crypto.fingerprint(identity_key)))
    terms = replace(inputs.terms(value, KEY_OWNER), mode=mode, trust=inputs.trust(identity_key), owner=owner)
    return SessionPlan(kind, terms)


def finish_as_owner(
    inputs: SessionInputs, info_value: bytes, identity_key: bytes, owner: OwnerAuthority
) -> SessionPlan:
    """Method 24, mode 1, with a device of this identity key that took our owner key already."""
    terms = replace(
        inputs.terms(info_value, KEY_OWNER),
        mode=Mode.REPROVISION,
        trust=inputs.trust(identity_key),
        owner=owner,
    )
    return SessionPlan(SessionKind.OWNER, terms)


def _method(inputs: SessionInputs, info: Info) -> Method:
    if inputs.wanted is None:
        return _default_method(inputs, info)
    method = METHOD_NAMES.get(inputs.wanted)
    if method is None or method == KEY_OWNER:
        raise MethodUnavailable(f"{inputs.wanted!r} is no method for a new device")
    if method & Method.OOB and inputs.secret is None:
        raise MethodUnavailable("out of band needs the setup code")
    if method & Method.PSK and inputs.psk is None:
        raise FactoryKeyMissing
    if method == Method.KEY and not inputs.has_voucher:
        raise VoucherMissing
    if method & ~info.methods:
        raise MethodUnavailable(f"the device does not offer {inputs.wanted}")
    return method


def _default_method(inputs: SessionInputs, info: Info) -> Method:
    """The code's secret where there is a code: it proves more than two people comparing numbers."""
    if inputs.shown is not None:
        if not info.methods & Method.OOB:
            raise MethodUnavailable("the device takes no secret out of band")
        return Method.OOB
    if inputs.code is not None and inputs.code.methods & Method.OOB:
        return Method.OOB
    if info.methods & Method.NC:
        return Method.NC
    raise MethodUnavailable("without a setup code only numeric comparison is left, which the device lacks")
