"""The password of a team's database: in the system's key store, or until this program ends.

It goes to libpq by itself, never in an address. Without one here, libpq finds it in ~/.pgpass, a service file
or PGPASSWORD.
"""

from __future__ import annotations

import logging
import threading
from enum import Enum, auto

from companion.errors import StorageError
from companion.registry.team.address import Address
from companion.secret import Secret

log = logging.getLogger(__name__)


class PasswordPlace(Enum):
    """Where the password of a database is."""

    ELSEWHERE = auto()
    """With libpq, or there is none."""
    KEY_STORE = auto()
    PROGRAM = auto()
    """In this program's memory: it is asked for again at the next start."""


_known: dict[str, tuple[Secret | None, PasswordPlace]] = {}
_lock = threading.Lock()


def find(address: Address) -> Secret | None:
    """The password for a database; None for none. The key store is asked once, as it may ask its user."""
    return _find(address)[0]


def place_of(address: Address) -> PasswordPlace:
    """Where it is. May block as `find`."""
    return _find(address)[1]


def use(address: Address, password: Secret | None) -> None:
    """Until this program ends, None for what the key store says."""
    with _lock:
        if password is None:
            _known.pop(_name(address), None)
        else:
            _known[_name(address)] = (password, PasswordPlace.PROGRAM)


def keep(address: Address, password: Secret | None) -> bool:
    """From now on, None for no password. False where there is no key store: then until this program ends.

    Raises KeyStoreUnavailable.
    """
    from companion.identity.key_store import keep_password

    is_kept = keep_password(_name(address), password)
    use(address, password)
    if is_kept:
        with _lock:
            place = PasswordPlace.ELSEWHERE if password is None else PasswordPlace.KEY_STORE
            _known[_name(address)] = (password, place)
    return is_kept


def _find(address: Address) -> tuple[Secret | None, PasswordPlace]:
    from companion.identity.key_store import kept_password

    name = _name(address)
    with _lock:
        if name not in _known:
            kept = None
            try:
                kept = kept_password(name)
            except StorageError as problem:
                log.warning("the key store did not say the password of the registry: %s", problem.code)
            _known[name] = (kept, PasswordPlace.ELSEWHERE if kept is None else PasswordPlace.KEY_STORE)
        return _known[name]


def _name(address: Address) -> str:
    """What the entry is called in the key store: who logs in, and where."""
    user = address.user
    return f"registry {user}@{address.database}" if user else f"registry {address.database}"
