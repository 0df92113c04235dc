"""A TPM as a token behind tpm2-pkcs11: it takes no keys of an owner, and signs with those that it made."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from companion.encoding import es256
from companion.errors import HsmImportRefused, HsmPinWrong
from companion.identity.hardware.token import Token, find, open_token
from companion.identity.hardware.uri import KeyUri
from companion.secret import Secret
from tests.tpm.soft_tpm import forget_loaded, switched_on

LIBRARIES = "/usr/lib/x86_64-linux-gnu"
MODULES = (f"{LIBRARIES}/pkcs11/libtpm2_pkcs11.so", f"{LIBRARIES}/libtpm2_pkcs11.so.1")
PIN, FOR_ITS_OFFICER = "314159", "12345678"


@pytest.fixture
def token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Token]:
    """A TPM of its own, made a token with the tool that is for every token."""
    module = next((Path(each).resolve() for each in MODULES if Path(each).exists()), None)
    if module is None or shutil.which("pkcs11-tool") is None:
        pytest.skip("tpm2-pkcs11 or pkcs11-tool is not installed (Debian: libtpm2-pkcs11-1, opensc)")
    with switched_on() as tpm:
        monkeypatch.setenv("TPM2_PKCS11_STORE", str(tmp_path))
        monkeypatch.setenv("TPM2_PKCS11_TCTI", tpm.tcti)
        monkeypatch.setenv("TSS2_LOG", "all+NONE")
        label = ("--init-token", "--slot-index", "0", "--label", "Vehicle", "--so-pin", FOR_ITS_OFFICER)
        pin = ("--init-pin", "--slot-index", "0", "--login", "--so-pin", FOR_ITS_OFFICER, "--new-pin", PIN)
        kind = ("--key-type", "EC:prime256v1", "--label", "made-there", "--id", "01", "--usage-sign")
        key = ("--keypairgen", "--slot-index", "0", "--login", "--pin", PIN, *kind)
        for words in (label, pin, key):
            subprocess.run(["pkcs11-tool", "--module", module, *words], check=True, capture_output=True)
            forget_loaded(tpm)
        import pkcs11

        # It reads where its tokens are when it is loaded, which another test may have done.
        pkcs11.lib(str(module)).reinitialize()
        yield find(KeyUri(token="Vehicle", module=str(module)))


def test_a_tpm_is_a_token_that_takes_no_keys(token: Token) -> None:
    with pytest.raises(HsmPinWrong):
        open_token(token, Secret("000000"))
    opened = open_token(token, Secret(PIN), writes=True)
    with pytest.raises(HsmImportRefused) as refused:
        opened.store("companion-owner", es256.generate())
    assert "companion hsm seal" in refused.value.advice and not opened.has("companion-owner")
    opened.close()


def test_a_key_that_the_tpm_made_signs_and_never_leaves_it(token: Token) -> None:
    opened = open_token(token, Secret(PIN))
    key = opened.key("made-there")
    assert es256.verify(es256.point(key), es256.sign(key, b"grant"), b"grant")
    with pytest.raises(ValueError, match="only sign"):
        key.private_numbers()
    opened.close()
