"""Which tokens are here, which of them hold the owner's keys, and whether they sign."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path

from companion.encoding import es256
from companion.errors import HsmLastTry, HsmLocked, HsmUnavailable
from companion.identity.hardware.keys import Place
from companion.identity.hardware.token import Token, tokens
from companion.identity.hardware.tries import Tries
from companion.identity.owner import OwnerKey

_CHALLENGE = b"companion test signature"


@dataclass(frozen=True)
class TokenStanding:
    """uri: by which it is found; label, model: its own words, "" where it is not inserted

    holds: the owner's keys are on it; left: wrong PINs that may still be given from here
    """

    uri: str
    label: str
    model: str
    is_inserted: bool
    holds: bool
    left: int
    is_locked: bool = False


def survey(folder: Path, place: Place | None) -> tuple[TokenStanding, ...]:
    """Tokens that are inserted, then those of the place that are not. folder: the data folder; place: where
    the owner's keys are, None: on this computer. Blocks. Raises HsmUnavailable without the extra `hsm`,
    StorageError."""
    places = place.uris if place is not None else ()
    tries = Tries(folder)
    found, missing = [], set(places)
    for token in tokens():
        mine = {uri for uri in places if (uri.token, uri.serial) == (token.label, token.serial)}
        missing -= mine
        left = _left(tries, token)
        found.append(
            TokenStanding(
                str(token.uri), token.label, token.model, True, bool(mine), left, is_locked=token.is_locked
            )
        )
    gone = [TokenStanding(str(uri), uri.token, "", False, True, 0) for uri in places if uri in missing]
    return (*found, *gone)


def try_signature(owner: OwnerKey) -> float:
    """Sign something with the owner key, where it is, and check it. Seconds. Raises HsmUnavailable."""
    began = time.monotonic()
    signature = owner.sign(_CHALLENGE)
    seconds = time.monotonic() - began
    if not es256.verify(owner.public, signature, _CHALLENGE):
        raise HsmUnavailable("its signature does not hold", token="")
    return seconds


def _left(tries: Tries, token: Token) -> int:
    try:
        return tries.left(token)
    except (HsmLastTry, HsmLocked):
        return 0
