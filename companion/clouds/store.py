"""The profiles of a data folder: one file each, in `clouds/`."""

from __future__ import annotations

import contextlib
from pathlib import Path

from companion.clouds.profile import MAX_PROFILE, CloudProfile, read
from companion.errors import CloudProfileInvalid, CloudProfileMissing, CompanionError
from companion.files import own_folder, read_own, replace_durably, unreadable, unwritable

FOLDER = "clouds"
USED = "used"


class ProfileStore:
    """The profiles below a data folder. Nothing is made before one is kept."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / FOLDER

    def names(self) -> tuple[str, ...]:
        """The names of the profiles that are here, sorted."""
        if not self._folder.is_dir():
            return ()
        return tuple(sorted(path.stem for path in self._folder.glob("*.json")))

    def profiles(self) -> tuple[CloudProfile, ...]:
        """Those that can be read."""
        found = []
        for name in self.names():
            with contextlib.suppress(CompanionError):
                found.append(self.find(name))
        return tuple(found)

    def find(self, name: str) -> CloudProfile:
        """Raises CloudProfileMissing, CloudProfileInvalid, and StorageError leaves."""
        if name not in self.names():
            raise CloudProfileMissing(wanted=name)
        file = self._file(name)
        try:
            text = read_own(MAX_PROFILE, file).decode()
        except UnicodeDecodeError as error:
            raise CloudProfileInvalid(what=file.name, reason="it is not text") from error
        except OSError as error:
            raise unreadable(file, error) from error
        found = read(text, file.name)
        if found.name != name:
            raise CloudProfileInvalid(what=file.name, reason="it is named after another profile")
        return found

    def keep(self, profile: CloudProfile) -> None:
        """Write it, in place of one of the same name. Raises StorageError leaves."""
        own_folder(self._folder)
        file = self._file(profile.name)
        try:
            replace_durably(file, profile.as_text().encode())
        except OSError as error:
            raise unwritable(file, error) from error

    def used(self) -> str:
        """Where the window sends new devices; "" for this computer, also where that profile is gone."""
        try:
            name = read_own(MAX_PROFILE, self._folder / USED).decode(errors="replace").strip()
        except OSError:
            return ""
        return name if name in self.names() else ""

    def use(self, name: str) -> None:
        """Send new devices there; "": to this computer. Raises CloudProfileMissing, StorageError leaves."""
        if name:
            self.find(name)
        elif not self._folder.is_dir():
            return
        try:
            replace_durably(self._folder / USED, name.encode())
        except OSError as error:
            raise unwritable(self._folder / USED, error) from error

    def remove(self, name: str) -> None:
        """Raises CloudProfileMissing, and StorageError leaves."""
        if name not in self.names():
            raise CloudProfileMissing(wanted=name)
        try:
            self._file(name).unlink()
        except OSError as error:
            raise unwritable(self._file(name), error) from error

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.json"
