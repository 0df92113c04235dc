"""A certificate in the TPM's own memory, which survives whatever happens to the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from companion.errors import TpmUnavailable
from companion.tpm.connection import SYSTEM, opened

if TYPE_CHECKING:
    from tpm2_pytss import ESAPI, ESYS_TR

INDEX = 0x0180_1DE1
"""Where the IDevID is: among the indices that the TPM's owner assigns (TCG Registry of Reserved TPM 2.0
Handles, 2.2.2)."""
MOST = 2048
# What every TPM takes at once (TPM2_PT_NV_BUFFER_MAX is 1024 or more on a PC).
_CHUNK = 512


def keep(certificate: bytes, tcti: str = SYSTEM) -> None:
    """Write a certificate (DER) there, in place of an earlier one. Raises TpmUnavailable, ValueError."""
    if not 0 < len(certificate) <= MOST:
        raise ValueError(f"a TPM has no room for a certificate of {len(certificate)} octets")
    with opened(tcti) as tpm:
        from tpm2_pytss import TPM2_ALG, TPM2B_NV_PUBLIC, TPMA_NV, TPMS_NV_PUBLIC

        if (before := _handle(tpm)) is not None:
            tpm.nv_undefine_space(before)
        area = TPMS_NV_PUBLIC(
            nvIndex=INDEX,
            nameAlg=TPM2_ALG.SHA256,
            attributes=TPMA_NV.AUTHWRITE | TPMA_NV.OWNERWRITE | TPMA_NV.AUTHREAD | TPMA_NV.OWNERREAD,
            dataSize=len(certificate),
        )
        handle = tpm.nv_define_space(b"", TPM2B_NV_PUBLIC(nvPublic=area))
        for at in range(0, len(certificate), _CHUNK):
            tpm.nv_write(handle, certificate[at : at + _CHUNK], at)


def kept(tcti: str = SYSTEM) -> bytes | None:
    """The certificate there, None if there is none. Raises TpmUnavailable."""
    with opened(tcti) as tpm:
        if (handle := _handle(tpm)) is None:
            return None
        public, _ = tpm.nv_read_public(handle)
        size: int = public.nvPublic.dataSize
        if size > MOST:
            raise TpmUnavailable("it holds something else where the IDevID belongs", tpm=tcti)
        pieces = (tpm.nv_read(handle, min(_CHUNK, size - at), at) for at in range(0, size, _CHUNK))
        return b"".join(bytes(piece) for piece in pieces)


def _handle(tpm: ESAPI) -> ESYS_TR | None:
    """Of the index, None where it is not defined."""
    from tpm2_pytss import TPM2_CAP

    _, listed = tpm.get_capability(TPM2_CAP.HANDLES, INDEX, 1)
    found = listed.data.handles
    return tpm.tr_from_tpmpublic(INDEX) if len(found) and found[0] == INDEX else None
