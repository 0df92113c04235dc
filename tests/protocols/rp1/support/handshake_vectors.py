"""The specification's handshake vectors, and both ends of a handshake set up from one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from companion.encoding import es256
from companion.protocols.rp1 import crypto, schedule
from companion.protocols.rp1.handshake import (
    CommissionerDraw,
    CommissionerTerms,
    DeviceDraw,
    DeviceIdentityKey,
    DeviceTerms,
    OwnerAuthority,
)
from companion.protocols.rp1.handshake.attestation import Trust
from companion.protocols.rp1.methods import Method, Standing
from companion.protocols.rp1.wire import info
from companion.secret import Secret

PATH = Path(__file__).parents[3] / "vectors" / "rp1_handshake.json"
VECTORS: list[dict[str, Any]] = json.loads(PATH.read_text())["vectors"]
NAMES = [vector["name"] for vector in VECTORS]


class Vector:
    """One vector, its values as bytes."""

    def __init__(self, vector: dict[str, Any]) -> None:
        self.name: str = vector["name"]
        self.suite: int = vector["suite"]
        self.method = Method(vector["method"])
        self.mode: int = vector["mode"]
        self.given: dict[str, Any] = vector["in"]
        self.expected: dict[str, Any] = vector["out"]
        self.info_value = bytes.fromhex(self.given["INFO"])
        self.identity = self._key("identity_scalar")

    def out(self, name: str) -> bytes:
        return bytes.fromhex(self.expected[name])

    def _key(self, name: str):
        return es256.private_key(bytes.fromhex(self.given[name]))

    @property
    def secret(self) -> bytes | None:
        if "psk" in self.given:
            return bytes.fromhex(self.given["psk"]["key"])
        return bytes.fromhex(self.given["oob"]["r"]) if "oob" in self.given else None

    def commissioner_terms(self) -> CommissionerTerms:
        owner = None
        if self.method & Method.OWNER:
            key = self._key("owner_scalar")
            owner = OwnerAuthority(es256.point(key), lambda message: es256.sign(key, message))
        return CommissionerTerms(
            info_value=self.info_value,
            method=self.method,
            mode=self.mode,
            suites=tuple(self.given["suites_C"]),
            secret=Secret(self.secret) if self.secret is not None else None,
            psk_id=bytes.fromhex(self.given["psk"]["id"]) if "psk" in self.given else None,
            trust=Trust(fp=crypto.fingerprint(es256.point(self.identity))),
            owner=owner,
        )

    def commissioner_draw(self) -> CommissionerDraw:
        seed = self.given.get("kem_seed")
        return CommissionerDraw(
            sid=bytes.fromhex(self.given["sid"]),
            key=self._key("e_C_scalar"),
            nonce=bytes.fromhex(self.given["N_C"]),
            kem=crypto.kem_from_seed(bytes.fromhex(seed)) if seed else None,
        )

    def device_terms(self) -> DeviceTerms:
        draw = DeviceDraw(self._key("e_D_scalar"), bytes.fromhex(self.given["N_D"]))
        return DeviceTerms(
            info=info.decode(self.info_value),
            served=self.info_value,
            standing=Standing.OWNED if self.method & Method.OWNER else Standing.UNOWNED,
            identity=DeviceIdentityKey(
                lambda message: es256.sign(self.identity, message), es256.point(self.identity)
            ),
            secret=lambda m1: self.secret,
            admit=lambda m1: None,
            owner_signer=lambda proof, mode: proof.owner_key,
            draw=lambda digest: draw,
        )

    def mixed(self) -> schedule.Mixed:
        """PRKs from the inputs; in suite 2 the seed opens the ciphertext of M2."""
        kem_secret = schedule.NO_SECRET
        if self.suite == 2:
            kem = self.commissioner_draw().kem
            kem_secret = crypto.decapsulate(kem, self.out("M2")[-crypto.CIPHERTEXT_SIZE :])
        return schedule.mix(
            self.suite,
            self.out("th3"),
            crypto.ecdh(self._key("e_C_scalar"), es256.load_point(self.out("E_D"))),
            kem_secret,
            self.secret or schedule.NO_SECRET,
        )


ALL = [Vector(vector) for vector in VECTORS]
