"""Ownership operations on the engine's side."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import CompanionError, TrustUnusable
from companion.files import MAX_SMALL_FILE, read_named
from companion.secret import Secret
from ui.engine.ownership_messages import (
    Administer,
    CancelTokens,
    DeviceRevoked,
    ImportTrust,
    LeaveSharing,
    ListRenewed,
    MakeToken,
    NetworksRecalled,
    RecallNetworks,
    RemoveController,
    RenewList,
    RevokeDevice,
    SaveToken,
    StartOperation,
    StopSharing,
    TokenMade,
    TokenSaved,
    TokensCancelled,
    TokenUnsaved,
    TrustImported,
)

if TYPE_CHECKING:
    from companion.events import Event
    from companion.runs.handle import RunHandle
    from companion.services import Services

DAY = 86_400


def ownership_run(command: StartOperation, services: Services, emit: Callable[[object], None]) -> RunHandle:
    """The run for an ownership operation. Raises RecordMissing, MethodUnavailable, CodeMalformed."""
    from companion.api import operate
    from companion.runs.answers import ByHand

    return operate(
        services,
        command.operation,
        command.device,
        token=command.token,
        order=command.order,
        answers=ByHand(),
        on_event=emit,
    )


def administration_run(command: Administer, services: Services, emit: Callable[[object], None]) -> RunHandle:
    """The run for something done over the network. Raises RecordMissing."""
    from companion.api import administer

    return administer(services, command.device, command.request, on_event=emit)


def wish(command: RemoveController | StopSharing | LeaveSharing, run: object) -> None:
    """Tell it to the run that shares its device; one that is over needs it no more."""
    from companion.runs.administration import AdministrationHandle

    if not isinstance(run, AdministrationHandle):
        return
    if isinstance(command, RemoveController):
        run.remove_controller(command.key)
    elif isinstance(command, LeaveSharing):
        run.leave_sharing()
    else:
        run.stop_sharing()


AtOnce = RecallNetworks | MakeToken | CancelTokens | RevokeDevice | RenewList
"""What needs the owner's keys and no device."""


def done_at_once(command: AtOnce, services: Services) -> Event:
    """Do it, with open identity and registry, and return the event that reports it.

    Raises TrustUnusable, MethodUnavailable, QueryFirst, NothingToRevoke, TokenMissing, TooManyCancelled.
    """
    from companion import api

    match command:
        case RecallNetworks():
            return NetworksRecalled(api.saved_networks(services))
        case MakeToken():
            return _token(command, services)
        case CancelTokens():
            api.cancel_transfer(services, command.device)
            return TokensCancelled()
        case RevokeDevice():
            revoked = api.revoke(services, command.device, command.reason)
            file = revoked.published.file if revoked.published is not None else None
            return DeviceRevoked(len(revoked.certificates), file)
        case _:
            published = services.renew_crl()
            assert published is not None, "only a list that was written can be renewed"
            return ListRenewed(published.file)


def save(command: SaveToken) -> TokenSaved | TokenUnsaved:
    """Write the file whole or not at all."""
    from companion.api import save_token

    try:
        save_token(command.token, command.path)
    except OSError as error:
        return TokenUnsaved(error.strerror or type(error).__name__, command.token)
    return TokenSaved(command.path, command.token)


def import_trust(command: ImportTrust, services: Services) -> TrustImported:
    """Take over a list of who vouches for devices, with open identity and registry."""
    from companion.api import import_trust as imported
    from companion.protocols import TrustLists

    try:
        return TrustImported(imported(services, command.protocol, command.path))
    except CompanionError as error:
        return TrustImported(TrustLists(), error)


def _token(command: MakeToken, services: Services) -> TokenMade:
    from companion.api import issue_token
    from companion.label.symbol import symbol
    from companion.protocols import TransferTerms

    wanted, made = command.terms, list[Secret]()
    terms = TransferTerms(
        to=_public(wanted.key_file) if wanted.key_file is not None else None,
        expires=int(time.time()) + wanted.days * DAY,
        wipe=not wanted.keep_data,
    )
    issue_token(services, command.device, terms, save=made.append)
    return TokenMade(
        token=made[0],
        until=datetime.fromtimestamp(terms.expires, UTC),
        bearer=terms.to is None,
        modules=symbol(made[0].reveal_text()).modules,
    )


def _public(file: Path) -> bytes:
    """The new owner's public key. Raises FileMissing, FileUnreadable, TrustUnusable."""
    from companion.identity.public import read_public

    try:
        return read_public(read_named(MAX_SMALL_FILE, file))
    except ValueError as error:
        raise TrustUnusable(f"{file.name}: {type(error).__name__}") from error
