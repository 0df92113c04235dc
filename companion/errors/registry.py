"""S: a registry that several computers share."""

from __future__ import annotations

from companion.errors.storage import StorageError


class RegistryAddressInvalid(StorageError):
    """What was given as a registry's address is none; the detail says why."""

    code = "S-150"
    title = "Not the address of a registry"
    advice = "Write it like postgresql://name@server/database, or “local” for this computer."
    retryable = False
    exit_status = 2


class RegistryPasswordGiven(StorageError):
    """A password in an address is read by every user of this computer, and kept by the shell."""

    code = "S-151"
    title = "An address can't hold a password"
    advice = (
        "Leave it out, and keep it in the key store: `companion registry password`, or the settings (also "
        "~/.pgpass or PGPASSWORD). If others saw it, change it."
    )
    retryable = False
    exit_status = 2


class RegistryUnreachable(StorageError):
    """The server of the registry is gone or too slow. What runs record waits on this computer."""

    code = "S-152"
    title = "The registry's server doesn't answer"
    advice = "Check the network and the server. Runs are kept on this computer and delivered later."


class RegistryLoginRejected(StorageError):
    code = "S-153"
    title = "The registry's server rejected the login"
    advice = (
        "Check user and database, and the password: `companion registry password`, or the settings (also "
        "~/.pgpass or PGPASSWORD)."
    )
    retryable = False


class RegistryRefused(StorageError):
    """The database lets this role do less."""

    code = "S-154"
    title = "Your role in the registry doesn't allow this"
    advice = "Nothing was changed. Ask the registry's owner for the role that this needs: {role}."
    retryable = False


class RecordChanged(StorageError):
    """An edit of a record that somebody else edited since it was read."""

    code = "S-155"
    title = "“{name}” was changed meanwhile by {operator}"
    advice = "Nothing of yours was written. Look at the record as it is now, then edit it again."
    retryable = False


class RegistryJournalFull(StorageError):
    """More runs wait for the server than this computer keeps."""

    code = "S-156"
    title = "Too many runs wait for the registry's server"
    advice = "Connect this computer to the server, so that they are delivered, then go on."
    retryable = False


class RegistryNotEmpty(StorageError):
    """A move would mix records."""

    code = "S-157"
    title = "There are records in that registry"
    advice = "Nothing was changed. Move into an empty database."
    retryable = False


class RegistryMoved(StorageError):
    """The records of this folder went on to a server; going on here would make two histories of them."""

    code = "S-158"
    title = "These records were moved to a server"
    advice = "Use them there: `companion registry use {place}`."
    retryable = False


class RegistryDriverMissing(StorageError):
    code = "S-159"
    title = "The driver for PostgreSQL is not installed"
    advice = "Install it with `pip install 'companion[team]'`."
    retryable = False


class RegistryAbsent(StorageError):
    """A database without the registry's tables, which this role can't make."""

    code = "S-149"
    title = "No registry in that database yet"
    advice = "Let its owner make it: `companion registry roles --apply`."
    retryable = False
