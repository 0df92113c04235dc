"""Hardware tokens on the engine's side: found, given the owner's keys, tried out.

They are for real devices: the keys of virtual ones protect nothing. PINs and the passphrase of the key file
are asked on the page for questions, wherever the user is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import CompanionError, HsmKeyMissing
from companion.events import Event
from companion.secret import Secret
from ui.engine.commands import Command

if TYPE_CHECKING:
    from companion.identity.hardware.keys import Place
    from companion.identity.hardware.standing import TokenStanding
    from companion.identity.hardware.uri import KeyUri
    from companion.services import Services


class HsmCommand(Command):
    """Something with hardware tokens: `TokensFound`, or `HsmFailed`."""


@dataclass(frozen=True)
class LookForTokens(HsmCommand):
    """Which are inserted, and do they hold the owner's keys? Asks for the passphrase of the key file."""


@dataclass(frozen=True)
class MoveKeys(HsmCommand):
    """Move the owner's keys to these tokens (URIs). backup, passphrase: what brings them back, where there is
    one token alone."""

    uris: tuple[str, ...]
    backup: Path | None = None
    passphrase: Secret | None = None


@dataclass(frozen=True)
class AllowPin(HsmCommand):
    """One more PIN may be sent to this token (URI), even if it is its last."""

    uri: str


@dataclass(frozen=True)
class TrySignature(HsmCommand):
    """Sign something with the owner key on this token (URI): `SignatureMade`. Asks for the PIN."""

    uri: str


@dataclass(frozen=True)
class TokensFound(Event):
    """has_key: there is an owner key to move; on_token: it is on tokens; moved: it was moved just now"""

    tokens: tuple[TokenStanding, ...]
    has_key: bool
    on_token: bool
    moved: bool = False


@dataclass(frozen=True)
class SignatureMade(Event):
    """token: which one made it; seconds: how long it took"""

    token: str
    seconds: float


@dataclass(frozen=True)
class HsmFailed(Event):
    """Nothing was changed."""

    error: CompanionError


class HsmEngine:
    """Obeys what is wished of tokens.

    real: the services of real devices; open_anew: closes them once what it is given was done
    """

    def __init__(
        self,
        emit: Callable[[object], None],
        real: Callable[[], Services],
        open_anew: Callable[[Callable[[Services], None], Services], Awaitable[None]],
    ) -> None:
        self._emit = emit
        self._real = real
        self._open_anew = open_anew

    async def handle(self, command: HsmCommand) -> None:
        """Emit what comes of it."""
        try:
            if isinstance(command, MoveKeys):
                found: list[Event] = []
                # Told before everything is closed: the passphrase was typed once for it.
                await self._open_anew(lambda services: found.append(_move(command, services)), self._real())
                self._emit(found[0])
            else:
                self._emit(await asyncio.to_thread(_answer, command, self._real()))
        except CompanionError as error:
            self._emit(HsmFailed(error))


def _answer(command: HsmCommand, services: Services) -> Event:
    from companion.identity.hardware.token import find
    from companion.identity.hardware.tries import Tries
    from companion.identity.hardware.uri import KeyUri

    match command:
        case TrySignature(uri):
            return _sign(KeyUri.parse(uri), services)
        case AllowPin(uri):
            Tries(services.data_dir).allow(find(KeyUri.parse(uri)))
    return _found(services)


def _found(services: Services, *, moved: bool = False) -> TokensFound:
    from companion.identity import has_keys
    from companion.identity.hardware.standing import survey

    folder, place = services.data_dir, _place(services)
    return TokensFound(survey(folder, place), has_keys(folder, throwaway=False), place is not None, moved)


def _place(services: Services) -> Place | None:
    from companion.identity.hardware.keys import PLACE, Place
    from companion.identity.identity import place_of_keys

    if services.has_identity:
        kept = services.identity.vault.get(PLACE)
        return None if kept is None else Place.read(kept.reveal())
    return place_of_keys(services.data_dir, services.ask_passphrase)


def _sign(uri: KeyUri, services: Services) -> SignatureMade:
    from companion.identity.hardware.keys import unlock
    from companion.identity.hardware.standing import try_signature
    from companion.identity.owner import OwnerKey

    if services.has_identity and (opened := services.identity.token) is not None and opened.token.uri == uri:
        return SignatureMade(opened.token.label, try_signature(services.identity.owner))
    place = _place(services)
    if place is None:
        raise HsmKeyMissing(token=uri.token, key="")
    keys = unlock(replace(place, uris=(uri,)), services.data_dir, services.ask_pin)
    try:
        return SignatureMade(keys.token.token.label, try_signature(OwnerKey(keys.owner)))
    finally:
        keys.token.close()


def _move(command: MoveKeys, services: Services) -> TokensFound:
    from companion.files import read_named
    from companion.identity.backup import MAX_BACKUP, check_backup
    from companion.identity.hardware.keys import OWNER
    from companion.identity.hardware.token import find
    from companion.identity.hardware.uri import KeyUri
    from companion.identity.identity import move_to_tokens

    tokens = [find(KeyUri.parse(uri)) for uri in command.uris]
    identity = services.open_identity()
    if command.backup is not None and command.passphrase is not None:
        content = read_named(MAX_BACKUP, command.backup)
        check_backup(content, command.passphrase, identity.owner.public)
    elif len(tokens) < 2:
        raise ValueError("one token can be lost: a second one or a backup is needed")
    move_to_tokens(services.data_dir, identity, tokens, services.ask_pin, label=OWNER)
    return _found(services, moved=True)
