"""`companion trust backup FILE` and `restore FILE`: what is in it is told before anything is written."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from companion import backups
from companion.commands.arguments.options import passphrase_in
from companion.commands.terminal import numbers, streams
from companion.errors import BackupPassphraseWrong, IdentityExists, KeyStoreUnavailable
from companion.files import replace_named
from companion.identity import FILES, key_file
from companion.identity.locks import check_new_passphrase
from companion.secret import Secret
from companion.services import Services

_SHOWN_DATE = "%Y-%m-%d %H:%M UTC"


class Mistyped(Exception):
    """The passphrase was typed differently the second time."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """What `backup` and `restore` take besides their file."""
    parser.add_argument("--force", action="store_true", help="backup: overwrite FILE if it exists")
    parser.add_argument(
        "--dry-run", action="store_true", help="restore: compare the backup with what is here, write nothing"
    )
    parser.add_argument(
        "--recovery-sheet",
        type=Path,
        metavar="FILE.pdf",
        help="backup: write a sheet to print, which says how to restore and holds no secret; replaces a file",
    )
    parser.add_argument(
        "--backup-passphrase-file",
        type=Path,
        metavar="F",
        help="backup, restore: file with the passphrase of the backup; default: that of --passphrase-file",
    )


def back_up(services: Services, arguments: argparse.Namespace) -> None:
    """Write a backup. Raises Mistyped, and StorageError leaves."""
    file = Path(arguments.words[0])
    backups.check_target(file, services.data_dir, force=arguments.force)
    passphrase = backup_passphrase(arguments, new=True)
    made = backups.make(services.open_identity(), services.registry, passphrase, services.data_dir)
    _say(arguments, _contents(made.contents))
    made.write(file, services.data_dir, force=arguments.force)
    # Read as a restore would: a disk that lies is better found today.
    backups.read(file, passphrase)
    _say(arguments, [f"Backed up to {file}. Without its passphrase, nobody can restore it."])
    if arguments.recovery_sheet is not None:
        _write_sheet(made.contents, file, arguments.recovery_sheet)
        _say(arguments, [f"Recovery sheet: {arguments.recovery_sheet}. Print it and keep it apart."])
    _document(arguments, file=str(file.absolute()), written=True, **made.contents.as_json())


def _write_sheet(contents: backups.Contents, file: Path, sheet: Path) -> None:
    """Raises FileUnwritable."""
    from companion.backups.sheet import RecoverySheet

    made = RecoverySheet(contents.identity.key, contents.made, file.name)
    replace_named(sheet, made.pdf())


def restore(services: Services, arguments: argparse.Namespace) -> None:
    """Restore a backup, or compare it. Raises IdentityExists, and StorageError leaves."""
    file = Path(arguments.words[0])
    folder = services.data_dir
    is_there = key_file(folder) is not None
    if is_there and not arguments.dry_run:
        raise IdentityExists(file=FILES["owner"])
    passphrase = backup_passphrase(arguments, new=False)
    backup = backups.read(file, passphrase)
    _say(arguments, _contents(backup.contents))
    if arguments.dry_run:
        identity = services.open_identity() if is_there else None
        compared = backups.compare(backup, identity, services.registry)
        _say(arguments, [*_comparison(compared), "Nothing was written."])
        found: dict[str, Any] = compared.as_json()
    else:
        source = services.ask_passphrase
        taken = backups.restore(
            backup,
            folder,
            services.registry,
            passphrase,
            path=file,
            ask_passphrase=source or (lambda _: passphrase),
            ask_pin=services.ask_pin,
        )
        found = {"records_restored": taken}
        _say(arguments, ["Restored." if taken else "Restored, without records of devices and runs."])
    _document(arguments, written=not arguments.dry_run, **backup.contents.as_json(), **found)


def backup_passphrase(arguments: argparse.Namespace, *, new: bool) -> Secret:
    """Of the backup; a new one is typed twice. Raises KeyStoreUnavailable, PassphraseTooShort, Mistyped."""
    file: Path | None = arguments.backup_passphrase_file or arguments.passphrase_file
    if file is not None:
        given = passphrase_in(file)
        return check_new_passphrase(given) if new else given
    if not sys.stdin.isatty():
        raise KeyStoreUnavailable("provide the passphrase of the backup with --backup-passphrase-file")
    if not new:
        given = Secret(streams.ask_hidden(sys.stderr, "Passphrase of the backup: "))
        if not given:
            raise BackupPassphraseWrong("it is empty")
        return given
    given = check_new_passphrase(Secret(streams.ask_hidden(sys.stderr, "New passphrase for the backup: ")))
    if given != Secret(streams.ask_hidden(sys.stderr, "The same passphrase again: ")):
        raise Mistyped("the passphrases differ; nothing was written")
    return given


def _contents(contents: backups.Contents) -> list[str]:
    identity, records = contents.identity, contents.records
    return [
        f"Owner:           {identity.name}, owner key {identity.key}, created {identity.made:%Y-%m-%d}",
        f"Backup made:     {contents.made:{_SHOWN_DATE}}",
        f"Saved networks:  {', '.join(contents.networks) or 'none'}",
        f"Cloud profiles:  {', '.join(contents.clouds) or 'none'}",
        f"Device secrets:  {contents.secrets}",
        f"Devices:         {records.devices if records else 'not in this backup'}",
        f"Runs:            {records.runs if records else 'not in this backup'}",
    ]


def _comparison(found: backups.Comparison) -> list[str]:
    if found.same_owner is None:
        return ["There is no owner key here: this backup can be restored."]
    if not found.same_owner:
        return ["! It belongs to a different owner key than the one here."]
    lines = ["It belongs to the owner key here."]
    if found.missing_devices or found.missing_secrets:
        lines.append(
            f"! On this computer, but not in it: {numbers.devices(found.missing_devices)} and "
            f"{numbers.counted(found.missing_secrets, 'secret', 'secrets')}. "
            "Make a new backup with `companion trust backup FILE`."
        )
    if found.further_devices:
        lines.append(f"Only in it: {numbers.devices(found.further_devices)}.")
    return lines


def _say(arguments: argparse.Namespace, lines: list[str]) -> None:
    for line in lines if not arguments.json else ():
        streams.print_line(line)


def _document(arguments: argparse.Namespace, **content: Any) -> None:
    if arguments.json:
        streams.print_json(content)
