"""Overhears every secret that a run makes: what is in a `Secret`, and the keys that protocols derive."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import load_der_private_key

from companion.encoding import es256
from companion.protocols.espressif.security import security1, srp
from companion.protocols.matter.case import schedule as case_schedule
from companion.protocols.matter.crypto import derivation, keys, spake2plus
from companion.protocols.rp1 import crypto, schedule
from companion.secret import Secret


class Spy:
    """`heard`: every secret since it began to listen, the app's and the virtual device's alike."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.heard: set[bytes] = set()
        self._patch = patch
        self._listen_to_secrets()
        self._listen_to_espressif()
        self._listen_to_rp1()
        self._listen_to_matter()

    def number(self, value: int) -> int:
        self.heard.add(value.to_bytes((value.bit_length() + 7) // 8, "big"))
        return value

    def octets(self, value: bytes) -> bytes:
        self.heard.add(value)
        return value

    def _listen_to_secrets(self) -> None:
        take = Secret.__init__

        def taken(secret: Secret, content: bytes | str) -> None:
            take(secret, content)
            self._take_apart(self.octets(secret.reveal()))

        self._patch.setattr(Secret, "__init__", taken)

    def _take_apart(self, content: bytes) -> None:
        """The scalar of a private key, which may leak without its wrapping."""
        if content[:1] == b"\x30" and len(content) > 100:
            key: Any = load_der_private_key(content, password=None)
            numbers = key.private_numbers()
            self.number(numbers.d if isinstance(key, rsa.RSAPrivateKey) else numbers.private_value)

    def _listen_to_espressif(self) -> None:
        """Security 1: the agreed key, alone and mixed with the PoP. Security 2: x, S and K."""
        listen, agree, keys = security1.Keystream.__init__, srp.agree, srp.private_keys

        def keystream(stream: Any, shared: bytes, pop: Secret, random: bytes) -> None:
            listen(stream, self.octets(shared), pop, random)

        def cipher(algorithm: Any, mode: Any) -> Any:
            self.octets(algorithm.key)
            return made(algorithm, mode)

        def agreed(*given: Any) -> srp.Agreement:
            self.number(given[-1])
            agreement = agree(*given)
            self.octets(agreement.key[:32])
            self.octets(agreement.key)
            return agreement

        def private_keys(*given: Any) -> Iterator[int]:
            return map(self.number, keys(*given))

        made = security1.Cipher
        self._patch.setattr(security1, "Cipher", cipher)
        self._patch.setattr(security1.Keystream, "__init__", keystream)
        self._patch.setattr(srp, "agree", agreed)
        self._patch.setattr(srp, "private_keys", private_keys)

    def _listen_to_rp1(self) -> None:
        """ECDH, every derived key and IV, the resumption secret, the exports and fresh private keys."""
        generate, expand = es256.generate, schedule.expand

        def generated() -> ec.EllipticCurvePrivateKey:
            key = generate()
            self.number(key.private_numbers().private_value)
            return key

        def expanded(prk: bytes, label: str, context: bytes, size: int) -> bytes:
            return self.octets(expand(self.octets(prk), label, context, size))

        self._patch.setattr(es256, "generate", generated)
        self._patch.setattr(crypto, "ecdh", self._overheard(crypto.ecdh))
        self._patch.setattr(schedule, "expand", expanded)

    def _listen_to_matter(self) -> None:
        """Private keys, ephemeral scalars, and everything that handshakes derive."""
        hold, share = keys.KeyPair.__init__, spake2plus.Share.__init__

        def held(pair: keys.KeyPair, private: ec.EllipticCurvePrivateKey) -> None:
            hold(pair, private)
            self.number(private.private_numbers().private_value)

        def shared(made: spake2plus.Share, *given: Any) -> None:
            share(made, *given)
            self.number(made.scalar)

        self._patch.setattr(keys.KeyPair, "__init__", held)
        self._patch.setattr(spake2plus.Share, "__init__", shared)
        for module in (derivation, spake2plus, case_schedule):
            self._patch.setattr(module, "hkdf", self._overheard(derivation.hkdf))

    def _overheard(self, makes: Callable[..., bytes]) -> Callable[..., bytes]:
        return lambda *given: self.octets(makes(*given))
