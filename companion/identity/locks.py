"""Where the key of a sealed file comes from: the OS key store, a passphrase, or (virtual) nowhere safe."""

from __future__ import annotations

import base64
import binascii
import concurrent.futures
import secrets
import threading
import unicodedata
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from companion.errors import (
    KeyStoreDamaged,
    KeyStorePassphraseWrong,
    KeyStoreUnavailable,
    PassphraseTooShort,
)
from companion.identity.sealed_file import KEY_BYTES
from companion.secret import Secret

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

SERVICE = "Companion"
# The system may show a dialogue of its own and wait for its user.
KEYRING_SECONDS = 120.0
# OWASP's first choice for scrypt: 128 MiB, a third of a second.
SCRYPT = {"n": 1 << 17, "r": 8, "p": 1}
# A virtual world's key protects nothing, so it costs nothing either.
SCRYPT_VIRTUAL = {"n": 1 << 10, "r": 8, "p": 1}
VIRTUAL_PASSPHRASE = Secret("virtual devices only")
# What a file may ask for: twice our memory (128 n r bytes) and four times our work. A file is read before
# anything vouches for it, so it must not hold the computer for longer than a user would wait.
_MOST_SCRYPT_MEMORY = 256 << 20
_MOST_SCRYPT_WORK = 4 * (1 << 17) * 8
_LEAST_SCRYPT_N = 1 << 10
_MOST_SALT = 64
# NIST SP 800-63B, 3.1.1.2: the least for a memorised secret; each guess at a file costs what scrypt costs.
LEAST_CHARACTERS = 8


def passphrase_lock(cost: Mapping[str, int] | None = None) -> dict[str, Any]:
    """A new lock for a passphrase: scrypt (RFC 7914) with a random salt."""
    salt = base64.b64encode(secrets.token_bytes(16)).decode()
    return {"kind": "passphrase", **(cost or SCRYPT), "salt": salt}


def passphrase_key(lock: Mapping[str, Any], passphrase: Secret) -> bytes:
    """The 32-byte key behind a passphrase. Raises KeyStoreDamaged for parameters out of bounds."""
    try:
        salt = base64.b64decode(lock["salt"], validate=True)
        n, r, p = lock["n"], lock["r"], lock["p"]
        if not (n >= _LEAST_SCRYPT_N and r > 0 and p > 0 and len(salt) <= _MOST_SALT):
            raise ValueError("scrypt is asked for less than it needs")
        if 128 * n * r > _MOST_SCRYPT_MEMORY or n * r * p > _MOST_SCRYPT_WORK:
            raise ValueError(f"scrypt would take too long: n {n}, r {r}, p {p}")
        kdf = Scrypt(salt=salt, length=KEY_BYTES, n=n, r=r, p=p)
    except (KeyError, TypeError, ValueError) as problem:
        raise KeyStoreDamaged(f"the key file's lock can't be read: {problem}") from problem
    return _derived(kdf, _same_on_every_keyboard(passphrase))


def _derived(kdf: Scrypt, passphrase: bytes) -> bytes:
    """The key, made on a thread of its own: scrypt can't be interrupted, but who waits for it can."""
    made: concurrent.futures.Future[bytes] = concurrent.futures.Future()

    def derive() -> None:
        try:
            made.set_result(kdf.derive(passphrase))
        except BaseException as failure:
            made.set_exception(failure)

    threading.Thread(target=derive, name="scrypt", daemon=True).start()
    return made.result()


def keyring_lock(backend: KeyringBackend) -> tuple[dict[str, Any], bytes]:
    """A new lock whose random key is in the OS key store, and that key.

    The store keeps 32 bytes only: some systems limit what an entry holds. Raises KeyStoreUnavailable.
    """
    entry = f"vault-{secrets.token_hex(8)}"
    key = secrets.token_bytes(KEY_BYTES)
    text = base64.b64encode(key).decode()
    call_with_timeout(lambda: backend.set_password(SERVICE, entry, text))
    if call_with_timeout(lambda: backend.get_password(SERVICE, entry)) != text:
        raise KeyStoreUnavailable("the system's key store did not save the key")
    return {"kind": "keyring", "entry": entry}, key


def keyring_key(lock: Mapping[str, Any], backend: KeyringBackend | None) -> bytes:
    """The key that the OS key store keeps for this lock. Raises KeyStoreUnavailable."""
    if backend is None:
        raise KeyStoreUnavailable("the key file needs the system's key store, and none is running")
    text = call_with_timeout(lambda: backend.get_password(SERVICE, str(lock.get("entry"))))
    try:
        key = base64.b64decode(text or "", validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyStoreUnavailable("the system's key store has no key for this key file")
    return key


def system_keyring() -> KeyringBackend | None:
    """The operating system's key store, or None where there is none that keeps secrets.

    keyring gives its own recommended back ends a priority of 1 or more; the null, failing and plaintext
    ones are below. Its chain of back ends is taken apart, because it may end in one of those.
    """
    import keyring.backends.chainer
    import keyring.core

    chosen = keyring.get_keyring()
    members = chosen.backends if isinstance(chosen, keyring.backends.chainer.ChainerBackend) else [chosen]
    good: list[KeyringBackend] = [member for member in members if keyring.core.recommended(member)]
    return good[0] if good else None


def check_passphrase(passphrase: Secret) -> Secret:
    """The passphrase, unless it is empty. Raises KeyStorePassphraseWrong."""
    if not passphrase.reveal().strip():
        raise KeyStorePassphraseWrong("the passphrase is empty")
    return passphrase


def check_new_passphrase(passphrase: Secret) -> Secret:
    """A passphrase for a new file. Raises KeyStorePassphraseWrong as `checked`, PassphraseTooShort under 8
    characters."""
    try:
        length = len(check_passphrase(passphrase).reveal_text())
    except UnicodeDecodeError:
        length = len(passphrase.reveal())
    if length < LEAST_CHARACTERS:
        raise PassphraseTooShort(least=LEAST_CHARACTERS)
    return passphrase


def _same_on_every_keyboard(passphrase: Secret) -> bytes:
    """One spelling of what was typed: systems differ in how they compose accents."""
    try:
        return unicodedata.normalize("NFC", passphrase.reveal_text()).encode()
    except UnicodeDecodeError:
        return passphrase.reveal()


def call_with_timeout(call: Callable[[], T]) -> T:
    """Run a call into the OS key store with a time limit. Raises KeyStoreUnavailable for any failure."""
    answer: concurrent.futures.Future[T] = concurrent.futures.Future()

    def run() -> None:
        try:
            answer.set_result(call())
        except Exception as problem:
            answer.set_exception(problem)

    # A daemon: a key store that never answers must not keep the program from ending.
    threading.Thread(target=run, name="keyring", daemon=True).start()
    try:
        return answer.result(KEYRING_SECONDS)
    except TimeoutError:
        raise KeyStoreUnavailable("the system's key store does not answer") from None
    except Exception as problem:
        # Back ends raise their own platform's errors; what they say may hold what they were given.
        raise KeyStoreUnavailable(f"the system's key store failed: {type(problem).__name__}") from None
