"""Secrets that a TPM gives out again, and no other TPM does (TPM 2.0 Part 1, 27.4: sealed data)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from companion.errors import TpmForeign
from companion.secret import Secret
from companion.tpm.connection import SYSTEM, opened

if TYPE_CHECKING:
    from tpm2_pytss import ESAPI, ESYS_TR

MOST_SECRET = 128
_MOST_SEALED = 2048


def seal(secret: Secret, tcti: str = SYSTEM) -> str:
    """What the TPM makes of a secret of at most 128 octets, in text. Raises TpmUnavailable."""
    with opened(tcti) as tpm, _storage_key(tpm) as parent, _session(tpm, parent) as session:
        from tpm2_pytss import (
            TPM2_ALG,
            TPM2B_PUBLIC,
            TPM2B_SENSITIVE_CREATE,
            TPM2B_SENSITIVE_DATA,
            TPMA_OBJECT,
            TPMS_SENSITIVE_CREATE,
            TPMT_PUBLIC,
        )

        template = TPMT_PUBLIC(
            type=TPM2_ALG.KEYEDHASH,
            nameAlg=TPM2_ALG.SHA256,
            # NODA: its password is empty, so nobody guesses, and a TPM that is locked out still gives it out.
            objectAttributes=TPMA_OBJECT.FIXEDTPM
            | TPMA_OBJECT.FIXEDPARENT
            | TPMA_OBJECT.USERWITHAUTH
            | TPMA_OBJECT.NODA,
        )
        template.parameters.keyedHashDetail.scheme.scheme = TPM2_ALG.NULL
        content = TPMS_SENSITIVE_CREATE(data=TPM2B_SENSITIVE_DATA(secret.reveal()))
        made = tpm.create(
            parent, TPM2B_SENSITIVE_CREATE(content), TPM2B_PUBLIC(publicArea=template), session1=session
        )
        private, public = made[0].marshal(), made[1].marshal()
    return f"{_text(public)}.{_text(private)}"


def unseal(sealed: str, tcti: str = SYSTEM) -> Secret:
    """The secret. Raises TpmForeign where another TPM made it, this one was cleared, or the text is damaged;
    TpmUnavailable."""
    with opened(tcti) as tpm:
        from tpm2_pytss import TPM2B_PRIVATE, TPM2B_PUBLIC, TSS2_Exception

        try:
            if len(sealed) > _MOST_SEALED:
                raise ValueError("it is too long")
            public, private = (base64.b64decode(each, validate=True) for each in sealed.split("."))
            read_public, _ = TPM2B_PUBLIC.unmarshal(public)
            read_private, _ = TPM2B_PRIVATE.unmarshal(private)
        except (ValueError, binascii.Error, TSS2_Exception) as problem:
            raise TpmForeign("this is nothing that a TPM sealed", tpm=tcti) from problem
        with (
            _storage_key(tpm) as parent,
            _session(tpm, parent) as session,
            tpm.load(parent, read_private, read_public) as handle,
        ):
            return Secret(bytes(tpm.unseal(handle, session1=session)))


@contextmanager
def _storage_key(tpm: ESAPI) -> Iterator[ESYS_TR]:
    """The primary key of the storage hierarchy: the same one until the TPM is cleared."""
    with tpm.create_primary(None, "ecc256:aes128cfb")[0] as parent:
        yield parent


@contextmanager
def _session(tpm: ESAPI, parent: ESYS_TR) -> Iterator[ESYS_TR]:
    """In which the secret crosses the wires to the chip encrypted, with a salt that only the TPM reads."""
    from tpm2_pytss import ESYS_TR, TPM2_ALG, TPM2_SE, TPMA_SESSION, TPMT_SYM_DEF

    cipher = TPMT_SYM_DEF.parse("aes128cfb")
    session = tpm.start_auth_session(parent, ESYS_TR.NONE, TPM2_SE.HMAC, cipher, TPM2_ALG.SHA256)
    try:
        tpm.trsess_set_attributes(
            session, TPMA_SESSION.ENCRYPT | TPMA_SESSION.DECRYPT | TPMA_SESSION.CONTINUESESSION
        )
        yield session
    finally:
        tpm.flush_context(session)


def _text(octets: bytes) -> str:
    return base64.b64encode(octets).decode()
