"""Delegates' CAs at clouds: where each was registered, so that revoking a grant switches it off there too."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from companion.clouds.providers import open_setup
from companion.clouds.setup import SetupOrder
from companion.clouds.store import FOLDER, ProfileStore
from companion.errors import CloudStillOn, CompanionError
from companion.files import MAX_SMALL_FILE, own_folder, read_own, replace_durably, unreadable, unwritable
from companion.trust.grants.actions import read_grant

if TYPE_CHECKING:
    from companion.trust.grants.record import GrantRecord

DELEGATES = "delegates"
SUFFIX = 8
_ID = re.compile(r"[0-9a-f]{1,64}")


@dataclass(frozen=True)
class SwitchedOff:
    """What became of a delegate's CA at one cloud. error: why it is still on; command: switches it off"""

    profile: str
    error: CompanionError | None = None
    command: str = ""


def delegate_order(grant: str, certificate: bytes) -> SetupOrder:
    """For the CA (DER) of the holder of a grant (its id)."""
    return SetupOrder(certificate, None, suffix=grant[:SUFFIX])


class DelegateCas:
    """Where delegates' CAs were registered, by the ids of their grants: a file for each."""

    def __init__(self, data_dir: Path) -> None:
        self._profiles = ProfileStore(data_dir)
        self._folder = data_dir / FOLDER / DELEGATES

    def note(self, grant: str, profile: str) -> None:
        """The CA of this grant's holder is registered by this profile. Raises StorageError leaves."""
        own_folder(self._folder)
        file = self._file(grant)
        try:
            replace_durably(file, json.dumps(sorted({*self.profiles(grant), profile})).encode())
        except OSError as error:
            raise unwritable(file, error) from error

    def profiles(self, grant: str) -> tuple[str, ...]:
        """By which profiles it was registered. Raises StorageError leaves."""
        file = self._file(grant)
        try:
            names = json.loads(read_own(MAX_SMALL_FILE, file))
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise unreadable(file, error) from error
        except ValueError:
            return ()
        return tuple(str(name) for name in names) if isinstance(names, list) else ()

    def everything(self) -> dict[str, list[str]]:
        """By which profiles each CA was registered, by the ids of the grants. Raises StorageError leaves."""
        found = sorted(self._folder.glob("*.json")) if self._folder.is_dir() else []
        return {file.stem: list(self.profiles(file.stem)) for file in found}

    def switch_off(self, grant: str, certificate: bytes) -> tuple[SwitchedOff, ...]:
        """Switch the CA (DER) off wherever it was registered. What fails says how it is done by hand.

        Blocks for some seconds a cloud. Raises StorageError leaves.
        """
        return tuple(self._switch_off(name, grant, certificate) for name in self.profiles(grant))

    def switch_off_all(self, records: Iterable[GrantRecord]) -> None:
        """The same for the CAs of all these grants' holders. Raises CloudStillOn for one that is still on,
        with the others switched off, and StorageError leaves.
        """
        left: list[SwitchedOff] = []
        for record in records:
            certificate = read_grant(record.text).certificate
            done = self.switch_off(record.id, certificate) if certificate else ()
            left += [each for each in done if each.error is not None]
        for first in left[:1]:
            command = first.command or f"companion cloud show {first.profile}"
            raise CloudStillOn(str(first.error), profile=first.profile, command=command)

    def _switch_off(self, name: str, grant: str, certificate: bytes) -> SwitchedOff:
        command = ""
        try:
            made = open_setup(self._profiles.find(name), delegate_order(grant, certificate))
            if made is not None:
                command = made.off_command()
                made.switch(on=False)
        except CompanionError as error:
            return SwitchedOff(name, error, command)
        return SwitchedOff(name)

    def _file(self, grant: str) -> Path:
        return self._folder / f"{grant if _ID.fullmatch(grant) else 'other'}.json"
