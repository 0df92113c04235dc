"""A TPM is opened for each use: without a resource manager only one process may have it.

`tpm2_pytss` (the extra `tpm`) is imported on use; it needs the TSS of the system.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from companion.errors import TpmForeign, TpmUnavailable

if TYPE_CHECKING:
    from tpm2_pytss import ESAPI

SYSTEM = "device:/dev/tpmrm0"
"""Linux's own, through the kernel's resource manager."""

# TPM 2.0 Part 2, 6.6.3: what TPM2_Load says of an object that another TPM made, or this one before it was
# cleared. Format one puts the parameter's number beside it.
_INTEGRITY, _FORMAT_ONE, _WITHOUT_NUMBER = 0x9F, 0x80, 0xBF
# The TSS could not even read it (TSS 2.0 Overview, 2.2.3: the layer that marshals).
_LAYER, _MARSHALLING = 0xFF_0000, 9 << 16


@contextmanager
def opened(tcti: str = SYSTEM) -> Iterator[ESAPI]:
    """The TPM behind `tcti` ("device:/dev/tpmrm0", "swtpm:path=SOCKET"). Blocks while another has it.

    Raises TpmUnavailable, also without the extra `tpm`; TpmForeign for an object that this TPM did not make.
    """
    # The TSS writes to standard error what is raised here anyway.
    os.environ.setdefault("TSS2_LOG", "all+NONE")
    try:
        from tpm2_pytss import ESAPI, TSS2_Exception
    except ImportError as problem:
        raise TpmUnavailable("tpm2-pytss is not installed (the extra “tpm”)", tpm=tcti) from problem
    try:
        with ESAPI(tcti) as tpm:
            yield tpm
    except TSS2_Exception as problem:
        of_another = problem.rc & _FORMAT_ONE and problem.rc & _WITHOUT_NUMBER == _INTEGRITY
        if of_another or problem.rc & _LAYER == _MARSHALLING:
            raise TpmForeign(f"TPM2_Load: {problem.rc:#x}", tpm=tcti) from problem
        raise TpmUnavailable(f"the TPM says {problem.rc:#x}", tpm=tcti) from problem
    except RuntimeError as problem:
        raise TpmUnavailable(type(problem).__name__, tpm=tcti) from problem
