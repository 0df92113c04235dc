"""The TPM of a computer."""

from __future__ import annotations

from companion.errors.storage import StorageError


class TpmUnavailable(StorageError):
    """No TPM, no access to it, no software for it, or it does not do what it was asked for."""

    code = "S-170"
    title = "The TPM {tpm} can't be used"
    advice = (
        "Check that it is switched on in the firmware and that your user is in the group tss. "
        "Companion needs its extra “tpm” for it."
    )


class TpmForeign(StorageError):
    """What a TPM made, and this one did not, or not since it was cleared."""

    code = "S-171"
    title = "This is of another TPM than {tpm}"
    advice = "It was made by the TPM of another computer, or by this one before it was cleared. Use that TPM."
    retryable = False
