"""No test here may touch the key store or the passphrase of whoever runs it."""

import keyring
import keyring.backends.fail
import pytest

from companion.identity import locks


@pytest.fixture(autouse=True)
def _own_world(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMPANION_PASSPHRASE", raising=False)
    monkeypatch.setattr(keyring, "get_keyring", keyring.backends.fail.Keyring)
    monkeypatch.setattr(locks, "SCRYPT", {"n": 1 << 15, "r": 8, "p": 1})
