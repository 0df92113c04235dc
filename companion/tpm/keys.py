"""P-256 keys that a TPM makes, and that sign in it alone.

What is kept of one is what the TPM gives out: its private half encrypted under a key that never leaves the
TPM. It is a file "TSS2 PRIVATE KEY", which OpenSSL's tpm2 provider reads as well.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric import ec

from companion.encoding.hardware_key import HardwareKey
from companion.errors import TpmForeign
from companion.tpm.connection import SYSTEM, opened

MOST_KEPT = 1024


class TpmKey(HardwareKey):
    """A key in the TPM behind `tcti`. kept: its PEM file, of use to no other TPM."""

    def __init__(self, kept: bytes, tcti: str = SYSTEM) -> None:
        """Opens no TPM. Raises TpmForeign for a file that no TPM made, ValueError for one without a key of
        P-256."""
        self.kept, self.tcti = kept, tcti
        super().__init__(_public(kept, tcti), self._sign_in_tpm)

    def _sign_in_tpm(self, digest: bytes) -> bytes:
        from tpm2_pytss import (
            TPM2_ALG,
            TPM2_RH,
            TPM2_ST,
            TPMS_SCHEME_HASH,
            TPMT_SIG_SCHEME,
            TPMT_TK_HASHCHECK,
            TPMU_SIG_SCHEME,
        )
        from tpm2_pytss.tsskey import TSSPrivKey

        hashed = TPMU_SIG_SCHEME(ecdsa=TPMS_SCHEME_HASH(hashAlg=TPM2_ALG.SHA256))
        scheme = TPMT_SIG_SCHEME(scheme=TPM2_ALG.ECDSA, details=hashed)
        # Of a digest that was made outside: the key is not restricted to what the TPM hashed itself.
        ticket = TPMT_TK_HASHCHECK(tag=TPM2_ST.HASHCHECK, hierarchy=TPM2_RH.NULL)
        with opened(self.tcti) as tpm, TSSPrivKey.from_pem(self.kept).load(tpm) as handle:
            # Kept as a whole: its parts are memory of it.
            signed = tpm.sign(handle, digest, scheme, ticket)
        halves = signed.signature.ecdsa
        return bytes(halves.signatureR).rjust(32, b"\0") + bytes(halves.signatureS).rjust(32, b"\0")


def make(tcti: str = SYSTEM) -> TpmKey:
    """A new key, made by the TPM: it can be neither given in nor taken out. Raises TpmUnavailable."""
    with opened(tcti) as tpm:
        from tpm2_pytss.tsskey import TSSPrivKey

        kept = TSSPrivKey.create_ecc(tpm).to_pem()
    return TpmKey(bytes(kept), tcti)


def _public(kept: bytes, tcti: str) -> ec.EllipticCurvePublicKey:
    """Read from the file, without the TPM."""
    try:
        from tpm2_pytss import TSS2_Exception
        from tpm2_pytss.tsskey import TSSPrivKey
    except ImportError as problem:
        from companion.errors import TpmUnavailable

        raise TpmUnavailable("tpm2-pytss is not installed (the extra “tpm”)", tpm=tcti) from problem
    try:
        if len(kept) > MOST_KEPT:
            raise ValueError("the file is too large")
        read = TSSPrivKey.from_pem(kept)
        unique = read.public.publicArea.unique.ecc
        x, y = (bytes(each).rjust(32, b"\0") for each in (unique.x, unique.y))
        return ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), b"\x04" + x + y)
    except (ValueError, TypeError, RuntimeError, TSS2_Exception) as problem:
        raise TpmForeign("the file holds no key of a TPM", tpm=tcti) from problem
