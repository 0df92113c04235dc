"""A key of a TPM signs for everybody, and never leaves it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from companion.encoding import es256
from companion.errors import TpmForeign, TpmUnavailable
from companion.tpm import certificates, keys
from companion.tpm.connection import opened
from tests.tpm.soft_tpm import SoftTpm, switched_on


def test_it_signs_as_any_other_key(soft_tpm: SoftTpm) -> None:
    key = keys.make(soft_tpm.tcti)
    # Some in 256 signatures have a short half.
    for each in range(20):
        assert es256.verify(es256.point(key), es256.sign(key, bytes([each])), bytes([each]))
    assert es256.point(keys.TpmKey(key.kept, soft_tpm.tcti)) == es256.point(key)


def test_it_can_not_be_taken_out(soft_tpm: SoftTpm) -> None:
    """The TPM itself says so of the key, and refuses to duplicate it."""
    from tpm2_pytss import ESYS_TR, TPM2B_DATA, TPMA_OBJECT, TPMT_SYM_DEF_OBJECT, TSS2_Exception
    from tpm2_pytss.constants import TPM2_ALG
    from tpm2_pytss.tsskey import TSSPrivKey

    key = keys.make(soft_tpm.tcti)
    with pytest.raises(ValueError, match="TPM"):
        key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    with opened(soft_tpm.tcti) as tpm, TSSPrivKey.from_pem(key.kept).load(tpm) as handle:
        said = tpm.read_public(handle)[0].publicArea.objectAttributes
        for needed in (TPMA_OBJECT.FIXEDTPM, TPMA_OBJECT.FIXEDPARENT, TPMA_OBJECT.SENSITIVEDATAORIGIN):
            assert said & needed
        with pytest.raises(TSS2_Exception):
            tpm.duplicate(handle, ESYS_TR.NULL, TPM2B_DATA(), TPMT_SYM_DEF_OBJECT(algorithm=TPM2_ALG.NULL))


def test_what_is_kept_of_it_is_of_no_use_to_another_tpm(soft_tpm: SoftTpm) -> None:
    key = keys.make(soft_tpm.tcti)
    with switched_on() as other, pytest.raises(TpmForeign):
        es256.sign(keys.TpmKey(key.kept, other.tcti), b"message")


@pytest.mark.parametrize("kept", [b"", b"-----BEGIN TSS2 PRIVATE KEY-----\nAAAA\n", b"x" * 2000])
def test_a_file_that_no_tpm_made_is_refused(kept: bytes, soft_tpm: SoftTpm) -> None:
    with pytest.raises(TpmForeign):
        keys.TpmKey(kept, soft_tpm.tcti)


def test_openssl_reads_the_same_file(soft_tpm: SoftTpm, tmp_path: Path) -> None:
    key = keys.make(soft_tpm.tcti)
    (tmp_path / "key.pem").write_bytes(key.kept)
    command = ["openssl", "pkey", "-provider", "tpm2", "-provider", "default", "-in", f"{tmp_path}/key.pem"]
    environment = {**soft_tpm.environment(), "TPM2OPENSSL_TCTI": soft_tpm.tcti}
    done = subprocess.run(
        [*command, "-pubout", "-outform", "DER"], env=environment, capture_output=True, check=True
    )
    assert es256.point(key) in done.stdout


def test_a_certificate_survives_in_it(soft_tpm: SoftTpm) -> None:
    for certificate in (bytes(range(200)) * 5, b"shorter"):
        certificates.keep(certificate, soft_tpm.tcti)
        assert certificates.kept(soft_tpm.tcti) == certificate
    with pytest.raises(ValueError, match="room"):
        certificates.keep(bytes(certificates.MOST + 1), soft_tpm.tcti)


@pytest.mark.parametrize("tcti", ["swtpm:path=/nowhere/tpm", "device:/dev/null", "nonsense"])
def test_no_tpm_is_there(tcti: str, soft_tpm: SoftTpm) -> None:
    with pytest.raises(TpmUnavailable):
        keys.make(tcti)
