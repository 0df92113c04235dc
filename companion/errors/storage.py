"""S: records and keys."""

from __future__ import annotations

from companion.errors.base import CompanionError


class StorageError(CompanionError):
    code = "S-100"
    title = "Couldn't save records"
    advice = "Check the free space and permissions of Companion's data folder."
    exit_status = 8


class KeyStoreUnavailable(StorageError):
    code = "S-101"
    title = "Can't open the key store"
    advice = "Unlock the system's key store, or set COMPANION_PASSPHRASE to use an encrypted file."


class KeyStorePassphraseWrong(StorageError):
    code = "S-102"
    title = "Wrong passphrase for the key file"
    advice = "Enter it again. Without it, the keys in the file can't be recovered."


class PassphraseTooShort(StorageError):
    """A new passphrase that whoever has the file could guess. Files made with shorter ones still open."""

    code = "S-114"
    title = "The passphrase is too short"
    advice = "Use at least {least} characters. Several words are easy to remember."


class RegistryDamaged(StorageError):
    code = "S-103"
    title = "Can't read the registry"
    advice = "Restore a backup of registry.db, or move the file away to start a new one."


class RegistryBusy(StorageError):
    code = "S-104"
    title = "The registry is in use"
    advice = "Another Companion process is writing to it. Close that process, then try again."


class RecordMissing(StorageError):
    code = "S-105"
    title = "No record “{wanted}”"
    advice = "List all records with `companion devices`, `companion runs` and `companion grant`."
    retryable = False


class RecordAmbiguous(StorageError):
    """A word may mean several records. Nothing is done to any of them."""

    code = "S-113"
    title = "“{wanted}” matches several records"
    advice = "Use the id of one of them: {candidates}."
    retryable = False
    exit_status = 2


class FabricMissing(StorageError):
    """The owner has no fabric of this name or id, or the device is in none of them that it means."""

    code = "S-137"
    title = "No fabric “{wanted}”"
    advice = "Nothing was done. `companion fabric` lists yours, `companion devices show` those of a device."
    retryable = False
    exit_status = 2


class FabricNameUnusable(StorageError):
    """Empty, longer than 32 octets, taken by another fabric, or with characters that are never shown."""

    code = "S-138"
    title = "A fabric can't have this name"
    advice = "Nothing was changed. Use a name of 1 to 32 bytes that none of your other fabrics has."
    retryable = False
    exit_status = 2


class KeyStoreDamaged(StorageError):
    """The key file is cut short, changed, or not one of ours. It is never overwritten."""

    code = "S-106"
    title = "Can't read the key file"
    advice = "The file was not changed. Restore a backup of it."
    retryable = False


class KeyStoreBusy(StorageError):
    code = "S-107"
    title = "The key file is in use"
    advice = "Another Companion process is using it. Wait until it has finished or close it, then try again."


class WrittenByNewer(StorageError):
    """A registry or key file of a later version; this one would not understand all of it."""

    code = "S-108"
    title = "Data from a newer Companion version"
    advice = "Nothing was changed. Use that version or a later one."
    retryable = False


class LogHeadInvalid(StorageError):
    """A file that should be the signed head of a log, and is not signed by its owner."""

    code = "S-109"
    title = "Not a valid log head"
    advice = "Choose a log head signed by this owner and exported from this registry."
    retryable = False


class ProofImpossible(StorageError):
    """A device of which nothing can be proved: it signed nothing, or what it signed is not here."""

    code = "S-125"
    title = "This device can't be proved yours"
    advice = "A proof needs a device that signed a receipt (RP1) and belongs to you."
    retryable = False


class WitnessUnreachable(StorageError):
    """A witness of the log that does not answer."""

    code = "S-126"
    title = "The witness does not answer"
    advice = "Check that `companion witness serve` runs there, or exchange files with it."


class WitnessRefused(StorageError):
    """An answer of a witness that signs nothing that was asked."""

    code = "S-127"
    title = "The witness did not sign"
    advice = "Let it watch this log: `companion witness watch KEY`, with the key from `companion log head`."
    retryable = False


class JournalInvalid(StorageError):
    """A file that should bring a delegate's log home, and shows nothing, or nothing new."""

    code = "S-128"
    title = "Not a journal that continues your copy"
    advice = "Ask the delegate for the complete journal: `companion log export FILE` without --since."
    retryable = False


class JournalForked(StorageError):
    """A delegate signed two histories of which neither continues the other."""

    code = "S-129"
    title = "The delegate's log was rewritten"
    advice = "Its grants are revoked. The evidence is kept; `companion proof verify` explains it."
    retryable = False


class StationJournalDamaged(StorageError):
    """A line of a station's journal can't be read, or was sealed under other keys."""

    code = "S-130"
    title = "Can't read the station's journal {file}"
    advice = "It was changed, or belongs to another data folder. Move it away; the station starts a new one."
    retryable = False


class StationJournalBusy(StorageError):
    """Two stations with one journal would set the same devices up."""

    code = "S-131"
    title = "Another station works with this journal"
    advice = "Stop it first, or give this one a journal of its own with --journal."
    retryable = False


class StationJournalFull(StorageError):
    """A station keeps every code that it has seen."""

    code = "S-132"
    title = "The station's journal is full"
    advice = "Start a new one with --journal."
    retryable = False


class ReportInvalid(StorageError):
    """A file that was opened as a report of runs, and is none."""

    code = "S-133"
    title = "{file} is not a Companion report"
    advice = "Open a report that was exported as JSON. Other formats can't be opened here."
    retryable = False


class ScenarioInvalid(StorageError):
    """A scenario of the lab that can't be done; the detail says where it is wrong."""

    code = "S-134"
    title = "The scenario can’t be used"
    advice = "Correct what the details name. `companion lab list` shows devices and faults."
    retryable = False
    exit_status = 2


class InventoryInvalid(StorageError):
    """A file that was imported as a table of devices, and is none."""

    code = "S-135"
    title = "{file} is not a table of devices"
    advice = "Import a CSV or JSON file with a column id or serial, as `companion devices export` writes it."
    retryable = False


class NothingRecorded(StorageError):
    """A run of which no test can be made: it had no link, or its protocol has no virtual devices."""

    code = "S-136"
    title = "Nothing of this run can be played again"
    advice = "Choose a run that was connected to its device over Bluetooth."
    retryable = False
    exit_status = 2


class LogRewritten(StorageError):
    """The log does not begin with what it held when the head was signed."""

    code = "S-110"
    title = "The receipt log was altered"
    advice = (
        "Entries are missing or differ from when this log head was signed. Restore a backup of registry.db."
    )
    retryable = False


class IdentityExists(StorageError):
    """A backup would replace an identity, and with it the key that owns devices."""

    code = "S-111"
    title = "An identity already exists"
    advice = "Restore into an empty data folder, or move {file} away if no device depends on it."
    retryable = False


class BackupDamaged(KeyStoreDamaged):
    """The file of a backup is cut short, changed, or not one of ours."""

    code = "S-118"
    title = "Can't read the backup"
    advice = "It is incomplete, was changed or is not a backup. Nothing was written. Use another copy."


class BackupPassphraseWrong(KeyStorePassphraseWrong):
    code = "S-119"
    title = "Wrong passphrase for the backup"
    advice = "Enter it again. Without it, what is in the backup can't be recovered."


class BackupExists(StorageError):
    """A file would be overwritten, and with it perhaps the only backup of another owner."""

    code = "S-120"
    title = "{file} already exists"
    advice = "Choose another name, or overwrite it with --force."
    retryable = False


class BackupMisplaced(StorageError):
    """A backup is lost with the folder that it is in, and could overwrite the keys there."""

    code = "S-121"
    title = "A backup can't be in the data folder"
    advice = "Choose another place, best on another disk."
    retryable = False


class FolderShared(StorageError):
    """Whoever can write to the data folder can exchange keys and records."""

    code = "S-115"
    title = "Other users can write to {folder}"
    advice = "Allow only yourself with `chmod go-w {folder}`, or choose another folder with --data-dir."
    retryable = False


class FolderForeign(StorageError):
    code = "S-116"
    title = "{folder} belongs to another user"
    advice = "Choose another folder with --data-dir."
    retryable = False


class FileNotOwn(StorageError):
    """A link, or something else that is no plain file, in the place of a file that Companion writes."""

    code = "S-117"
    title = "{file} is a link or not a plain file"
    advice = "Nothing was written. Remove it, or choose another place."
    retryable = False


class TrustUnusable(StorageError):
    """A root certificate, factory key or public key that is none, or that can't serve as one."""

    code = "S-112"
    title = "Not a valid trust file"
    advice = "Nothing was changed. Use the original file from the manufacturer or owner."
    retryable = False


class FileMissing(StorageError):
    """A file that the user named is not there."""

    code = "S-122"
    title = "{file} does not exist"
    advice = "Check its name and folder."
    retryable = False
    exit_status = 2


class FileUnreadable(StorageError):
    """A file that the user named is there and can't be read; the detail says why."""

    code = "S-123"
    title = "Can't read {file}"
    advice = "Check that it is the right file and that you are allowed to read it."
    retryable = False
    exit_status = 2


class FileUnwritable(StorageError):
    """A file that the user named can't be written; the detail says why."""

    code = "S-124"
    title = "Can't write {file}"
    advice = "Check that its folder exists, has space and lets you write."
    retryable = False
    exit_status = 2


class BackupUnfit(StorageError):
    """It opens, and would not bring back the keys that are about to move; the detail says why."""

    code = "S-166"
    title = "This backup does not bring your keys back"
    advice = "It holds another owner key, or was made after they moved to a token. Make a new backup first."
    retryable = False
    exit_status = 2
