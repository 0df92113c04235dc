"""Tokens of SoftHSM, a PKCS#11 token in software, in a folder of their own."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from companion.identity.hardware.keys import PinRequest
from companion.identity.hardware.uri import KeyUri
from companion.secret import Secret

MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
PIN = Secret(b"314159")
WRONG = Secret(b"000000")
LABELS = ("Companion A", "Companion B")


def module() -> Path:
    """SoftHSM's module. Skips where it is not installed."""
    found = next((Path(each).resolve() for each in MODULES if Path(each).exists()), None)
    if found is None:
        pytest.skip("SoftHSM is not installed (Debian: softhsm2)")
    return found


@dataclass(frozen=True)
class SoftTokens:
    """uris: of two tokens with the PIN `PIN`; environment: by which other processes see them"""

    uris: tuple[KeyUri, KeyUri]
    environment: dict[str, str]


@pytest.fixture(scope="session")
def soft_tokens(tmp_path_factory: pytest.TempPathFactory) -> SoftTokens:
    """The same ones for every room of tests: SoftHSM reads where its tokens are when it is loaded."""
    if not _made:
        _made.append(_make(module(), tmp_path_factory.mktemp("softhsm")))
    return _made[0]


_made: list[SoftTokens] = []


def _make(library: Path, folder: Path) -> SoftTokens:
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    environment = {"SOFTHSM2_CONF": str(folder / "softhsm2.conf")}
    for label in LABELS:
        pin = PIN.reveal_text()
        words = ("--init-token", "--free", "--label", label, "--so-pin", "12345678", "--pin", pin)
        command = ["softhsm2-util", *words]
        subprocess.run(command, env={**os.environ, **environment}, check=True, capture_output=True)
    os.environ.update(environment)
    import pkcs11

    pkcs11.lib(str(library)).reinitialize()
    first, second = (KeyUri(token=label, module=str(library)) for label in LABELS)
    return SoftTokens((first, second), environment)


@dataclass
class PinPad:
    """Answers with these PINs in turn, the last one for ever; asked: what it was asked."""

    pins: list[Secret]

    def __post_init__(self) -> None:
        self.asked: list[PinRequest] = []

    def __call__(self, request: PinRequest) -> Secret:
        self.asked.append(request)
        return self.pins.pop(0) if len(self.pins) > 1 else self.pins[0]


def pad(*pins: Secret) -> PinPad:
    return PinPad(list(pins))
