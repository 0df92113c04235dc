"""Hardware tokens, and the TPM of a computer."""

from __future__ import annotations

from companion.errors.storage import StorageError


class HsmUnavailable(StorageError):
    """A hardware token that is not inserted, has no driver here, or stopped working."""

    code = "S-160"
    title = "The hardware token {token} can't be used"
    advice = "Insert it, and check with `companion hsm` that it is listed. Then try again."


class HsmPinWrong(StorageError):
    code = "S-161"
    title = "Wrong PIN for the hardware token {token}"
    advice = "Enter it again. Companion stops before the token locks itself."


class HsmLastTry(StorageError):
    """One more wrong PIN may lock the token, so none is sent until its user says so."""

    code = "S-162"
    title = "No more PINs are sent to the hardware token {token}"
    advice = (
        "Another wrong PIN could lock it. Look the PIN up, then run `companion hsm retry` to allow one more."
    )
    retryable = False


class HsmKeyMissing(StorageError):
    """The token is there, and the key of this label is not on it, or is another one."""

    code = "S-163"
    title = "The key “{key}” is not on the hardware token {token}"
    advice = "Insert the token that holds your owner key."


class HsmImportRefused(StorageError):
    """A token that makes keys itself and takes none: the owner's would have no copy there."""

    code = "S-165"
    title = "The hardware token {token} takes no keys from outside"
    advice = (
        "Nothing was changed. Use a token that imports P-256 keys: most smart cards, YubiKeys and HSMs do. "
        "A TPM can open your key file instead: `companion hsm seal`."
    )
    retryable = False


class HsmLocked(StorageError):
    code = "S-164"
    title = "The hardware token {token} is locked"
    advice = (
        "Unlock it with its PUK in the tool that came with it, or insert another token that holds your keys."
    )
    retryable = False


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
