"""When the last backup was made: a plain note in the data folder, read without keys.

It says nothing about whether its file still exists: it may be on a disk that lies in a drawer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from companion.errors import StorageError
from companion.files import MAX_SMALL_FILE, read_own, replace_durably
from companion.identity import key_file

NOTE = "last-backup.json"


@dataclass(frozen=True)
class LastBackup:
    """made: UTC. file: where it was written. key: of whom it is, as `BackupSummary.key`."""

    made: datetime
    file: Path
    key: str


def last_backup(folder: Path) -> LastBackup | None:
    """The last backup of the owner in this data folder; None if there was none, or the note can't be read."""
    try:
        note = json.loads(read_own(MAX_SMALL_FILE, folder / NOTE))
        there = key_file(folder)
        if there is None or note["key_file"] != there.mark:
            return None
        made = datetime.fromisoformat(note["made"])
        return LastBackup(made, Path(note["file"]), str(note["key"])) if made.tzinfo else None
    except (OSError, StorageError, ValueError, KeyError, TypeError):
        return None


def keep_note(folder: Path, last: LastBackup) -> None:
    """Keep it, for the owner who is there now. Raises StorageError."""
    there = key_file(folder)
    mark = there.mark if there is not None else None
    note = {"made": last.made.isoformat(), "file": str(last.file), "key": last.key, "key_file": mark}
    try:
        replace_durably(folder / NOTE, json.dumps(note).encode())
    except OSError as error:
        raise StorageError(f"{NOTE}: {error.strerror or type(error).__name__}") from error
