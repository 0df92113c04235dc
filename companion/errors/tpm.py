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


class SealBroken(StorageError):
    """The TPM does not give out the key file's key; its passphrase still does."""

    code = "S-172"
    title = "The TPM does not open your key file"
    advice = (
        "It was cleared or switched off, or the file is from another computer. Your passphrase still opens "
        "it: enter it in `companion hsm seal` for this TPM, or in `companion hsm unseal` to do without one."
    )
    retryable = False


class SealUnfit(StorageError):
    """There is no key file with a passphrase that a TPM could save its user from typing."""

    code = "S-173"
    title = "Your key file has no passphrase"
    advice = "A key store opens it, or there is none yet. A TPM is for key files with a passphrase."
    retryable = False
    exit_status = 2
