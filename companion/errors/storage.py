"""S: records and keys."""

from __future__ import annotations

from companion.errors.base import CompanionError


class StorageError(CompanionError):
    code = "S-100"
    title = "Companion could not write its records"
    advice = "Check the free space and the permissions of its data folder."
    exit_status = 8


class KeyStoreUnavailable(StorageError):
    code = "S-101"
    title = "The key store can't be opened"
    advice = "Unlock the system's key store, or set COMPANION_PASSPHRASE to use an encrypted file."


class KeyStorePassphraseWrong(StorageError):
    code = "S-102"
    title = "The passphrase of the key file is wrong"
    advice = "Type it again. Without it, the keys in the file can't be recovered."


class RegistryDamaged(StorageError):
    code = "S-103"
    title = "The registry can't be read"
    advice = "Restore a backup of registry.db, or move the file away to start a new one."


class RegistryBusy(StorageError):
    code = "S-104"
    title = "Another Companion is writing to the registry"
    advice = "Close the other window, then try again."


class RecordMissing(StorageError):
    code = "S-105"
    title = "There is no record “{wanted}”"
    advice = "`companion devices` and `companion runs` list what there is."
    retryable = False


class RecordAmbiguous(StorageError):
    """A word may mean several records. Nothing is done to any of them."""

    code = "S-113"
    title = "“{wanted}” may mean several records"
    advice = "Use the id of the one you mean: {candidates}."
    retryable = False
    exit_status = 2


class KeyStoreDamaged(StorageError):
    """The key file is cut short, changed, or not one of ours. It is never overwritten."""

    code = "S-106"
    title = "The key file can't be read"
    advice = "Restore a backup of it. Companion has left the file as it is."
    retryable = False


class KeyStoreBusy(StorageError):
    code = "S-107"
    title = "Another Companion is using the key file"
    advice = "Wait until it is done or close it, then try again."


class WrittenByNewer(StorageError):
    """A registry or key file of a later version; this one would not understand all of it."""

    code = "S-108"
    title = "These records were written by a newer Companion"
    advice = "Use that version again. This one has left them as they are."
    retryable = False


class LogHeadInvalid(StorageError):
    """A file that should be the signed head of a log, and is not signed by its owner."""

    code = "S-109"
    title = "This is not a head of your log"
    advice = "Choose a head that this owner signed and that was exported from this registry."
    retryable = False


class LogRewritten(StorageError):
    """The log does not begin with what it held when the head was signed."""

    code = "S-110"
    title = "The log of receipts has been changed"
    advice = "Entries are missing or different since this head was signed. Restore a backup of registry.db."
    retryable = False


class IdentityExists(StorageError):
    """A backup would replace an identity, and with it the key that owns devices."""

    code = "S-111"
    title = "There is an identity here already"
    advice = "Restore into an empty data folder, or move {file} away if no device depends on it."
    retryable = False


class TrustUnusable(StorageError):
    """A root certificate, factory key or public key that is none, or that can't serve as one."""

    code = "S-112"
    title = "This file can't be used to trust anybody"
    advice = "Take the file that the maker or owner gave out, as it is. Nothing was changed."
    retryable = False
