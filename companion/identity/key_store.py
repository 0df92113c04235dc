"""Passwords in the system's key store, each under a name that its user can read there."""

from __future__ import annotations

from companion.errors import KeyStoreUnavailable
from companion.identity import locks
from companion.secret import Secret

MOST = 1024
"""Characters of a password: some systems limit what an entry holds."""


def kept_password(name: str) -> Secret | None:
    """What is kept under a name; None for nothing, and where there is no key store.

    Blocks while the system asks its user. Raises KeyStoreUnavailable.
    """
    store = locks.system_keyring()
    if store is None:
        return None
    text = locks.call_with_timeout(lambda: store.get_password(locks.SERVICE, name))
    return None if text is None else Secret(text)


def keep_password(name: str, password: Secret | None) -> bool:
    """Keep it from now on, None for none. False where there is no key store. Raises as `kept_password`."""
    store = locks.system_keyring()
    if store is None:
        return False
    if password is None:
        if locks.call_with_timeout(lambda: store.get_password(locks.SERVICE, name)) is not None:
            locks.call_with_timeout(lambda: store.delete_password(locks.SERVICE, name))
        return True
    text = password.reveal_text()
    if len(text) > MOST:
        raise KeyStoreUnavailable("the password is too long for the system's key store")
    locks.call_with_timeout(lambda: store.set_password(locks.SERVICE, name, text))
    if locks.call_with_timeout(lambda: store.get_password(locks.SERVICE, name)) != text:
        raise KeyStoreUnavailable("the system's key store did not save the password")
    return True
