"""What the list of grants and the page of a new one show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from companion.model import OwnedFabric
from companion.trust.grants.terms import Right
from ui.widgets import Tone


@dataclass(frozen=True)
class GrantRow:
    """One grant in the list. can_revoke: it was issued here and is in force, or will be; lost: what ends if
    its holder lost the computer; lost_others: who else loses a grant then, "" for nobody
    unreached: what revoking it does not reach, "" for nothing"""

    id: str
    title: str
    sentence: str
    state: str
    tone: Tone
    icon: str
    can_revoke: bool = False
    lost: str = ""
    lost_others: str = ""
    unreached: str = ""


@dataclass(frozen=True)
class DelegatesView:
    """The card in the settings: who has rights, and how far the newest revocation has come."""

    note: str
    rows: tuple[GrantRow, ...] = ()


@dataclass(frozen=True)
class Choices:
    """What its issuer has chosen so far. sites: names; devices 0: any number; days: from now on; until: a day
    as it was typed, in place of days, "" for none; deliveries: as they were typed, "number@day[@site]".
    fabrics: the holder may issue for those that it asks for; under: a held grant that is passed on;
    fabric: id of the one of several that they are for; cloud: name of the profile by which new devices
    connect, "" for the owner's endpoint."""

    rights: frozenset[Right] = frozenset()
    sites: frozenset[str] = frozenset()
    everywhere: bool = False
    serials: tuple[str, ...] = ()
    devices: int = 0
    days: int = 14
    depth: int = 0
    hours: bool = False
    until: str = ""
    deliveries: tuple[str, ...] = ()
    fabrics: bool = False
    under: str = ""
    fabric: str = ""
    cloud: str = ""


@dataclass(frozen=True)
class GrantPageView:
    """The page of a new grant, for what was chosen.

    sentence: what is signed; wrong: why nothing can be signed yet, "" if it can
    asks_fabrics: the holder asks to issue for a fabric; held: id and words of grants that may be passed on
    own_fabrics: of which the grant is for one, () where there is no choice
    clouds: names of profiles by which new devices may connect; asks_cloud: whether that is a question now
    """

    title: str
    lead: str
    key: str
    rights_note: str
    until: datetime | None
    sentence: str
    denied: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    wrong: str = ""
    sites: tuple[str, ...] = ()
    until_words: str = ""
    right_words: tuple[tuple[Right, str], ...] = field(default=())
    asks_fabrics: bool = False
    held: tuple[tuple[str, str], ...] = ()
    own_fabrics: tuple[OwnedFabric, ...] = ()
    clouds: tuple[str, ...] = ()
    asks_cloud: bool = False
