"""Certificates for tests: a right chain, and the same with something changed and signed again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from companion.protocols.matter.certificates.authority import Authority, Validity
from companion.protocols.matter.certificates.certificate import Certificate
from companion.protocols.matter.crypto.keys import KeyPair
from companion.secret import Secret

FABRIC, NODE, NOW = 0x2906C908D115D362, 0xCD5544AA7B13EF14, 800_000_000
VALIDITY = Validity(NOW - 1000, NOW + 1000)


def key(number: int) -> KeyPair:
    return KeyPair.of(Secret(number.to_bytes(32, "big")))


@dataclass(frozen=True)
class Chain:
    """A root, an intermediate and a node's certificate, and who signs each."""

    root: Certificate
    icac: Certificate
    noc: Certificate

    def changed(self, which: str, **fields: Any) -> Chain:
        """One of them with other fields, signed by who signed it before."""
        signer = {"root": key(1), "icac": key(1), "noc": key(2)}[which]
        certificate: Certificate = getattr(self, which)
        return replace(self, **{which: replace(certificate, **fields).signed_by(signer)})


@cache
def right_chain(cats: tuple[int, ...] = ()) -> Chain:
    root = Authority.root(key(1), 1, VALIDITY)
    icac = root.intermediate(key(2).public, 2, VALIDITY, FABRIC)
    noc = Authority(icac, key(2)).node(key(3).public, NODE, FABRIC, VALIDITY, cats)
    return Chain(root.certificate, icac, noc)
