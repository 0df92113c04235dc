"""Transfer tokens that left: which are out, which are not, and what a used one means for its device."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from companion.events import RevocationReason, TokenEnd, TokenEnded, TokenOffered
from companion.model import Possession
from companion.registry.database.rows import clipped
from companion.registry.database.tables import Credential, Device, Token
from companion.registry.records import TokenRecord, TokenState
from companion.registry.store.revocations import revoke_device
from companion.registry.store.summary import summarise_device


def offer(session: Session, run: str, event: TokenOffered, now: datetime) -> None:
    """Write a token down before it leaves; one that is there already is out again.

    Of a device that has no record there is nothing to give away.
    """
    kept = session.get(Token, event.token.id)
    if kept is not None:
        kept.ended = kept.end = None
        return
    if session.get(Device, event.device) is None:
        return
    token = event.token
    session.add(
        Token(
            id=clipped(token.id, 16),
            device_id=event.device,
            run_id=run,
            epoch=token.epoch,
            bearer=token.bearer,
            wipe=token.wipe,
            made=now,
            expires=token.expires,
        )
    )


def cancel(session: Session, token: str, now: datetime) -> None:
    """Its owner wants it ended."""
    session.execute(update(Token).where(Token.id == token, Token.cancelled.is_(None)).values(cancelled=now))


def end(session: Session, run: str, event: TokenEnded, now: datetime) -> None:
    """It leads nowhere any more. With a used one the device is gone, and its certificates count no more."""
    token = session.get(Token, event.token)
    if token is None or token.ended is not None:
        return
    token.ended, token.end = now, event.end.value
    if event.end is not TokenEnd.USED:
        return
    device = session.get(Device, token.device_id)
    assert device is not None
    device.state, device.updated = Possession.OFFERED.value, now
    current = update(Credential).where(Credential.device_id == device.id, Credential.replaced.is_(None))
    session.execute(current.values(replaced=now))
    summarise_device(session, device)
    revoke_device(session, device, run, RevocationReason.TRANSFERRED, now)


def tokens(session: Session, now: datetime, device: str | None = None) -> list[TokenRecord]:
    """All of them, or one device's, the newest first."""
    newest = select(Token).order_by(Token.made.desc(), Token.id)
    wanted = newest if device is None else newest.where(Token.device_id == device)
    return [_record(row, now) for row in session.scalars(wanted)]


def out_by_device(
    session: Session, now: datetime, devices: Sequence[str]
) -> Mapping[str, Sequence[TokenRecord]]:
    """Those of these devices that are out, by the device that they are for, the newest first."""
    found: dict[str, list[TokenRecord]] = {}
    newest = select(Token).where(Token.device_id.in_(devices)).order_by(Token.made.desc(), Token.id)
    for each in (_record(row, now) for row in session.scalars(newest)):
        if each.is_out:
            found.setdefault(each.device, []).append(each)
    return found


def _record(row: Token, now: datetime) -> TokenRecord:
    return TokenRecord(
        row.id, row.device_id, row.epoch, row.bearer, row.wipe, row.made, row.expires, _state(row, now)
    )


def _state(row: Token, now: datetime) -> TokenState:
    if row.end is not None:
        return TokenState(row.end)
    if row.expires <= now:
        return TokenState.EXPIRED
    return TokenState.OPEN if row.cancelled is None else TokenState.CANCELLING
