"""Which record a word means: one rule for every command that takes a DEVICE or a run's ID.

A word that may mean more than one is never decided in favour of one of them: names and serials are said by
devices, and one of them could say another's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from companion.errors import RecordAmbiguous, RecordMissing

# In front of a whole id: this record, whatever others call themselves.
BY_ID = "id:"
_MOST_LISTED = 8


@dataclass(frozen=True)
class Candidate:
    """A record as it can be named. names: a device's name and serial; about: what people know it by."""

    id: str
    names: tuple[str, ...] = ()
    about: str = ""

    def fits(self, word: str) -> bool:
        """True if the word can mean this one: its id or the beginning of it, or a name in any case."""
        wanted = word.casefold()
        return self.id.casefold().startswith(wanted) or wanted in (name.casefold() for name in self.names)


def only_match(word: str, candidates: Sequence[Candidate]) -> str:
    """The id of the only record that `word` can mean.

    Raises RecordMissing if there is none, and RecordAmbiguous, which lists them, if there are several.
    """
    if word.startswith(BY_ID):
        exact = word.removeprefix(BY_ID)
        found = [each for each in candidates if each.id == exact]
    else:
        found = [each for each in candidates if word and each.fits(word)]
    if not found:
        raise RecordMissing(wanted=word)
    if len(found) > 1:
        raise RecordAmbiguous(wanted=word, candidates=_listed(found))
    return found[0].id


def by_id(id: str) -> str:
    """The word that means the record with this id and no other."""
    return BY_ID + id


def _listed(found: Sequence[Candidate]) -> str:
    """ "id:3fa8 (Front door, SN-1), id:77b0 (Lamp, Front door)"."""
    told = [f"{BY_ID}{each.id} ({each.about})" for each in found[:_MOST_LISTED]]
    return ", ".join([*told, "…"] if len(found) > _MOST_LISTED else told)
