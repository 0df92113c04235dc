"""A whole run whose owner's keys are on a token: the device is that owner's, and its log is signed there."""

from __future__ import annotations

from pathlib import Path

import pytest

import companion.identity
from companion.identity import open_identity
from companion.identity.hardware.token import OpenToken, find
from companion.identity.identity import move_to_tokens
from companion.outcome import Result
from companion.protocols.rp1.virtual.peripheral import VirtualRp1
from companion.secret import Secret
from tests.identity.hardware.soft_tokens import PIN, SoftTokens, pad
from tests.virtual.stage import on_stage

PASSPHRASE = Secret(b"correct horse battery")


async def test_a_device_is_commissioned_for_an_owner_on_a_token(
    tmp_path: Path, soft_tokens: SoftTokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("companion.identity.locks.system_keyring", lambda: None)
    monkeypatch.setattr("companion.identity.locks.SCRYPT", {"n": 1 << 10, "r": 8, "p": 1})
    monkeypatch.delenv("COMPANION_PASSPHRASE", raising=False)
    owner = open_identity(tmp_path / "keys", ask_passphrase=lambda new: PASSPHRASE)
    move_to_tokens(tmp_path / "keys", owner, [find(soft_tokens.uris[0])], pad(PIN), label="whole run")
    hardware = open_identity(tmp_path / "keys", ask_passphrase=lambda new: PASSPHRASE, ask_pin=pad(PIN))
    monkeypatch.setattr(companion.identity, "open_identity", lambda *words, **options: hardware)
    signed: list[bytes] = []
    sign = OpenToken._sign

    def counted(token: OpenToken, private: object, digest: bytes) -> bytes:
        signed.append(digest)
        return sign(token, private, digest)

    monkeypatch.setattr(OpenToken, "_sign", counted)
    async with on_stage(VirtualRp1(), tmp_path / "data") as stage:
        outcome = await stage.commission()
        assert outcome.result is Result.COMMISSIONED and stage.services.identity is hardware
        assert stage.services.registry.log.head().size == 1
    # The server's certificate, item 6, the device's certificate.
    assert len(signed) >= 3
