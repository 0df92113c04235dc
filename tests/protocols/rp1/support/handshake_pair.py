"""Both ends of a handshake, free of radio and flash, for any method and suite."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from companion.encoding import es256
from companion.protocols.rp1 import crypto
from companion.protocols.rp1.aborts import SessionAborted
from companion.protocols.rp1.handshake import (
    Agreed,
    CommissionerHandshake,
    CommissionerTerms,
    DeviceHandshake,
    DeviceIdentityKey,
    DeviceTerms,
    OwnerAuthority,
)
from companion.protocols.rp1.handshake.attestation import Trust
from companion.protocols.rp1.methods import (
    KEY_OWNER,
    NC_KEY,
    OOB_KEY,
    PSK_KEY,
    Method,
    Mode,
    Standing,
)
from companion.protocols.rp1.wire import info
from companion.protocols.rp1.wire.info import Info, InfoState
from companion.secret import Secret

IDENTITY = es256.generate()
POINT = es256.point(IDENTITY)
FP = crypto.fingerprint(POINT)
OWNER = es256.generate()
SECRET = bytes(range(7, 39))
PSK_ID = b"factory-1"

LEGAL = [
    (Method.NC, Mode.ONBOARD),
    (Method.OOB, Mode.ONBOARD),
    (Method.PSK, Mode.ONBOARD),
    (Method.KEY, Mode.ONBOARD),
    (NC_KEY, Mode.ONBOARD),
    (OOB_KEY, Mode.ONBOARD),
    (PSK_KEY, Mode.ONBOARD),
    (Method.PSK, Mode.RESUME),
    (KEY_OWNER, Mode.REPROVISION),
    (KEY_OWNER, Mode.TRANSFER),
    (KEY_OWNER, Mode.ROTATE),
    (KEY_OWNER, Mode.RESET),
]


def owner(key: Any = OWNER) -> OwnerAuthority:
    return OwnerAuthority(es256.point(key), lambda message: es256.sign(key, message))


class Pair:
    """A commissioner and a device that would agree, unless a test changes the terms of one."""

    def __init__(self, method: Method = Method.OOB, mode: Mode = Mode.ONBOARD, suites=(1,), **shown: Any):
        owned = bool(method & Method.OWNER)
        self.info = Info(suites, 31, 2048, InfoState.OWNED if owned else InfoState.UNOWNED, 0xF00, 0xCB)
        self.info = replace(self.info, **shown)
        value = info.encode(self.info)
        secret = SECRET[:16] if method & Method.OOB else SECRET if method & Method.PSK else None
        self.c_terms = CommissionerTerms(
            info_value=value,
            method=method,
            mode=mode,
            secret=Secret(secret) if secret else None,
            psk_id=PSK_ID if method & Method.PSK else None,
            trust=Trust(fp=FP),
            owner=owner() if owned else None,
        )
        self.d_terms = DeviceTerms(
            info=self.info,
            served=value,
            standing=Standing.OWNED if owned else Standing.UNOWNED,
            identity=DeviceIdentityKey(lambda message: es256.sign(IDENTITY, message), POINT),
            secret=lambda m1: secret,
            admit=lambda m1: None,
            owner_signer=lambda proof, mode: es256.point(OWNER),
        )

    def commissioner(self, **changes: Any) -> Pair:
        self.c_terms = replace(self.c_terms, **changes)
        return self

    def device(self, **changes: Any) -> Pair:
        self.d_terms = replace(self.d_terms, **changes)
        return self

    def begin(self) -> Pair:
        """Make both ends; M1 and M2."""
        self.c, self.d = CommissionerHandshake(self.c_terms), DeviceHandshake(self.d_terms)
        self.m1 = self.c.commit()
        self.m2 = self.d.receive_m1(self.m1)
        return self

    def reveal(self) -> Pair:
        """M2 is taken; M3 and M4."""
        self.c.receive_m2(self.m2)
        self.m3 = self.c.open()
        self.m4, self.at_device = self.d.receive_m3(self.m3)
        return self

    def finish(self) -> tuple[Agreed, Agreed]:
        """What both ends agreed on: the commissioner's, the device's."""
        return self.c.receive_m4(self.m4), self.at_device

    def run(self) -> tuple[Agreed, Agreed]:
        return self.begin().reveal().finish()


def code_of(call: Any, *given: Any) -> int:
    """The abort code that `call` ends in."""
    try:
        call(*given)
    except SessionAborted as abort:
        return int(abort.code)
    raise AssertionError("nobody aborted")
