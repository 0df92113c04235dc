"""Tokens behind PKCS#11 modules: which there are, opening one with its PIN, and the keys on it.

`pkcs11` (python-pkcs11, the extra `hsm`) is imported on use. Modules are other people's code: each call has
its errors turned into ours, and nothing that they say is shown.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from companion.encoding import es256
from companion.encoding.hardware_key import HardwareKey
from companion.errors import HsmImportRefused, HsmKeyMissing, HsmLocked, HsmPinWrong, HsmUnavailable
from companion.identity.hardware import modules
from companion.identity.hardware.uri import KeyUri
from companion.secret import Secret

# PKCS#11 2.40, 3.2: the flags of a token that say whether it has a PIN, and how near it is to locking.
_INITIALISED, _FINAL_TRY, _LOCKED = 0x400, 0x20000, 0x40000
_P256 = bytes.fromhex("06082a8648ce3d030107")  # 1.2.840.10045.3.1.7 in DER (RFC 5480, 2.1.1.1)
_MOST_TOKENS = 32


@dataclass(frozen=True)
class Token:
    """A token that is inserted now. label, model and serial are its own words.

    is_last_try: one more wrong PIN locks it; is_locked: one too many was given
    """

    label: str
    model: str
    serial: str
    module: Path
    is_last_try: bool
    is_locked: bool

    @property
    def uri(self) -> KeyUri:
        """By which it is found again."""
        return KeyUri(token=self.label, serial=self.serial, module=str(self.module))


def tokens(module_files: Sequence[Path] | None = None) -> tuple[Token, ...]:
    """All tokens that are inserted and made ready. Blocks. Raises HsmUnavailable without the extra `hsm`.

    A module that can't be loaded, or fails, has no tokens.
    """
    found: dict[tuple[str, str], Token] = {}
    for file in modules.installed() if module_files is None else module_files:
        for token in _tokens_of(file):
            # p11-kit's proxy, or two names of one module, show the same token again.
            found.setdefault((token.label, token.serial), token)
    return tuple(found.values())[:_MOST_TOKENS]


def find(uri: KeyUri) -> Token:
    """The one token of a URI. Raises HsmUnavailable where there is none, or several.

    Where the URI's module is gone, as after an update, all others are looked through.
    """
    # A module that is loaded under two names refuses the second.
    module = Path(uri.module).resolve()
    among = tokens([module] if uri.module and module.is_file() else None)
    fitting = [each for each in among if _fits(each, uri)]
    if len(fitting) != 1:
        raise HsmUnavailable(f"{len(fitting)} of {len(among)} tokens fit", token=uri.token or str(uri))
    return fitting[0]


class OpenToken:
    """A token with its user logged in. `close` logs out. Its keys sign on any thread, one at a time."""

    def __init__(self, token: Token, session: Any) -> None:
        self.token = token
        self._session = session
        self._turn = threading.Lock()

    def key(self, label: str) -> HardwareKey:
        """The P-256 key of this label. Raises HsmKeyMissing, HsmUnavailable."""
        from pkcs11 import Attribute, MultipleObjectsReturned, NoSuchKey, ObjectClass

        with self._calls():
            try:
                private = self._session.get_key(object_class=ObjectClass.PRIVATE_KEY, label=label)
                public = self._session.get_key(object_class=ObjectClass.PUBLIC_KEY, label=label)
                point = bytes(public[Attribute.EC_POINT])
            except (NoSuchKey, MultipleObjectsReturned) as problem:
                raise HsmKeyMissing(type(problem).__name__, token=self.token.label, key=label) from None
        try:
            known = es256.load_point(_raw_point(point))
        except es256.BadPoint as problem:
            raise HsmKeyMissing(str(problem), token=self.token.label, key=label) from None
        return HardwareKey(known, lambda digest: self._sign(private, digest))

    def has(self, label: str) -> bool:
        """Whether anything on it has this label. Raises HsmUnavailable."""
        from pkcs11 import Attribute

        with self._calls():
            return any(True for _ in self._session.get_objects({Attribute.LABEL: label}))

    def store(self, label: str, key: ec.EllipticCurvePrivateKey) -> HardwareKey:
        """Put a key on the token, from which it never comes out again. Raises HsmImportRefused,
        HsmUnavailable."""
        from pkcs11 import Attribute, KeyType, ObjectClass

        common = {Attribute.KEY_TYPE: KeyType.EC, Attribute.TOKEN: True, Attribute.LABEL: label}
        common |= {Attribute.EC_PARAMS: _P256, Attribute.ID: es256.point(key)[1:17]}
        scalar = key.private_numbers().private_value.to_bytes(32, "big")
        private = {
            Attribute.CLASS: ObjectClass.PRIVATE_KEY,
            Attribute.PRIVATE: True,
            Attribute.SENSITIVE: True,
            Attribute.EXTRACTABLE: False,
            Attribute.SIGN: True,
            Attribute.VALUE: scalar,
        }
        public = {
            Attribute.CLASS: ObjectClass.PUBLIC_KEY,
            Attribute.VERIFY: True,
            Attribute.EC_POINT: b"\x04\x41" + es256.point(key),
        }
        with self._calls():
            try:
                self._session.create_object(common | private)
                self._session.create_object(common | public)
            except _refusals() as problem:
                raise HsmImportRefused(type(problem).__name__, token=self.token.label) from None
        return self.key(label)

    def remove(self, label: str) -> None:
        """Take both halves of a key off the token. Raises HsmUnavailable."""
        from pkcs11 import Attribute

        with self._calls():
            for each in list(self._session.get_objects({Attribute.LABEL: label})):
                each.destroy()

    def close(self) -> None:
        """Log out. May be called twice, and where the token is gone."""
        session, self._session = self._session, None
        if session is not None:
            try:
                session.close()
            except Exception:  # it is gone, which is what was wanted
                return

    def _sign(self, private: Any, digest: bytes) -> bytes:
        from pkcs11 import Mechanism

        with self._calls():
            # Tokens hash rarely, and sign digests always: CKM_ECDSA takes one.
            signature = bytes(private.sign(digest, mechanism=Mechanism.ECDSA))
        if len(signature) != es256.SIGNATURE_SIZE:
            raise HsmUnavailable(f"a signature of {len(signature)} octets", token=self.token.label)
        return signature

    @contextmanager
    def _calls(self) -> Iterator[None]:
        """One call at a time; what the module raises becomes HsmUnavailable."""
        from pkcs11.exceptions import PKCS11Error

        with self._turn:
            try:
                yield
            except (PKCS11Error, RuntimeError, AttributeError) as problem:
                # AttributeError: the session is closed. RuntimeError: what has no code of PKCS#11.
                raise HsmUnavailable(type(problem).__name__, token=self.token.label) from None


def open_token(token: Token, pin: Secret, *, writes: bool = False) -> OpenToken:
    """Log in. Raises HsmPinWrong, HsmLocked, HsmUnavailable. One call is one try: see `Tries`."""
    import pkcs11
    from pkcs11 import exceptions

    facts = {"token": token.label}
    try:
        (opened,) = pkcs11.lib(str(token.module)).get_tokens(
            token_label=token.label, token_serial=token.serial.encode("latin-1")
        )
        try:
            session = opened.open(user_pin=pin.reveal_text(), rw=writes)
        except exceptions.UserAlreadyLoggedIn:
            # A process logs in once for all of its sessions (PKCS#11 2.40, 2.6.7).
            session = opened.open(rw=writes)
        return OpenToken(token, session)
    except (exceptions.PinIncorrect, exceptions.PinInvalid, exceptions.PinLenRange) as problem:
        raise HsmPinWrong(type(problem).__name__, **facts) from None
    except exceptions.PinLocked:
        raise HsmLocked(**facts) from None
    except (exceptions.PKCS11Error, RuntimeError, ValueError) as problem:
        raise HsmUnavailable(type(problem).__name__, **facts) from None


def _tokens_of(file: Path) -> Iterator[Token]:
    # That of TPMs has the TSS write to standard error where there is none.
    os.environ.setdefault("TSS2_LOG", "all+NONE")
    try:
        import pkcs11
        from pkcs11.exceptions import PKCS11Error
    except ImportError as problem:
        raise HsmUnavailable("python-pkcs11 is not installed (the extra “hsm”)", token="") from problem
    try:
        found = list(pkcs11.lib(str(file)).get_tokens())
    except (PKCS11Error, RuntimeError, OSError):
        return
    for each in found:
        flags = int(each.flags)
        if not flags & _INITIALISED:
            continue
        yield Token(
            label=each.label,
            model=each.model,
            serial=each.serial.decode("latin-1"),
            module=file,
            is_last_try=bool(flags & _FINAL_TRY),
            is_locked=bool(flags & _LOCKED),
        )


def _refusals() -> tuple[type[Exception], ...]:
    """How tokens say that they take no key from outside (PKCS#11 2.40, 5.7 C_CreateObject)."""
    from pkcs11 import exceptions

    return (
        exceptions.AttributeReadOnly,
        exceptions.AttributeTypeInvalid,
        exceptions.AttributeValueInvalid,
        exceptions.FunctionNotSupported,
        exceptions.TemplateInconsistent,
    )


def _fits(token: Token, uri: KeyUri) -> bool:
    asked = ((uri.token, token.label), (uri.serial, token.serial), (uri.model, token.model))
    return all(not wanted or wanted == has for wanted, has in asked)


def _raw_point(point: bytes) -> bytes:
    """CKA_EC_POINT is the point in an OCTET STRING (PKCS#11 2.40, 2.3.3); some tokens leave that away."""
    return point[2:] if len(point) == es256.POINT_SIZE + 2 and point[:2] == b"\x04\x41" else point
