"""No test here may touch the key store or the passphrase of whoever runs it."""

import keyring
import keyring.backends.fail
import pytest


@pytest.fixture(autouse=True)
def _own_world(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMPANION_PASSPHRASE", raising=False)
    monkeypatch.setattr(keyring, "get_keyring", keyring.backends.fail.Keyring)
