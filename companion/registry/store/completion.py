"""The end of a run: its outcome, and the device, credentials and receipt that came of it."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from companion.events import RevocationReason
from companion.model import Commissioned, DeviceIdentity, Possession
from companion.model import Receipt as Acknowledged
from companion.outcome import Result
from companion.registry.database.rows import clipped
from companion.registry.database.tables import Credential, Device, Receipt, Run
from companion.registry.store.onboardings import note_run
from companion.registry.store.revocations import LDEVID, revoke_device
from companion.registry.store.run_end import RunEnd
from companion.registry.store.summary import summarise_device, summarise_run
from companion.registry.store.tokens import tokens
from companion.registry.transparency.log import enter

LABEL = "label"


def complete(session: Session, run: Run, end: RunEnd, now: datetime, *, waited: bool = False) -> str | None:
    """Write all of it into the session's transaction; returns the device's id, None if there is none.

    now: when it ended; waited: it comes some time later, and if others were with its device meanwhile, it
    changes nothing of what they left

    A run that ends twice (the first time, the answer got lost) keeps one device, credential and receipt.
    """
    run.state = end.result.value
    run.ended = now
    run.protocol = end.protocol
    run.grant_id = end.grant.id if end.grant is not None else None
    done = end.done
    if done is not None:
        run.method = clipped(done.method, 32)
        device = _known(session, end.protocol or "", done)
        if device is None:
            device = Device(id=_free_id(session, done.device), created=now)
            session.add(device)
        elif waited and device.updated > now:
            done = replace(done, superseded=True)
        if not done.superseded:
            _describe(session, device, end, done, run.operator, now)
        run.device_id = device.id
        session.flush()
        is_bare = done.possession in _BARE or end.operation == "reset"
        _hand_over(session, run, device, done, now, is_bare=is_bare)
        if not done.superseded:
            _stop_believing(session, run, device, done, now, is_bare=is_bare)
        summarise_device(session, device)
    run.outcome = {**end.document, "record": run.device_id}
    summarise_run(session, run)
    note_run(session, run, end, now)
    return run.device_id


def _known(session: Session, protocol: str, done: Commissioned) -> Device | None:
    """The device's row from an earlier run. A key that is proved beats a serial that is only said."""
    if done.identity_key is not None:
        return session.scalar(select(Device).where(Device.identity_key == done.identity_key))
    if done.device.serial:
        same = select(Device).where(Device.protocol == protocol, Device.serial == done.device.serial)
        return session.scalar(same.where(Device.identity_key.is_(None)).order_by(Device.created).limit(1))
    return session.scalar(select(Device).where(Device.id == done.device.id, Device.protocol == protocol))


def _free_id(session: Session, device: DeviceIdentity) -> str:
    wanted = clipped(device.id, 64)
    if wanted and session.get(Device, wanted) is None:
        return wanted
    return secrets.token_hex(8)


def _describe(
    session: Session, device: Device, end: RunEnd, done: Commissioned, operator: str, now: datetime
) -> None:
    told = done.device
    device.protocol = end.protocol or ""
    device.name = clipped(told.name, 255)
    device.model = told.model and clipped(told.model, 255)
    device.serial = told.serial and clipped(told.serial, 255)
    device.firmware = told.firmware and clipped(told.firmware, 255)
    device.identity_key = done.identity_key
    device.method = clipped(done.method, 32)
    device.state = _state(session, device, end, done, now)
    device.updated = now
    if end.grant is not None or end.operation is None:
        device.owner_key = end.grant.owner if end.grant is not None and end.grant.held else None
    if end.site:
        device.site = clipped(end.site, 255)
    if end.checks:
        device.checks = [dict(check) for check in end.checks]
    before = (device.given_name, device.room)
    _call(device, end, done)
    if before != (device.given_name, device.room):
        mark_edited(device, operator, now)


def mark_edited(device: Device, operator: str, now: datetime | None = None) -> None:
    """Its owner's words changed: who read them before learns so, and by whom."""
    device.revision = (device.revision or 0) + 1
    device.editor, device.edited = operator, now or datetime.now(UTC)


def _call(device: Device, end: RunEnd, done: Commissioned) -> None:
    """Keep what its owner calls it. What the device itself took counts more than what was said here."""
    label = next((one.details for one in done.credentials if one.kind == LABEL), None)
    if label is not None:
        rename(device, str(label.get("name") or "") or None, str(label.get("room") or ""))
    elif end.called is not None:
        rename(device, end.called.name or None, end.called.room)


def rename(device: Device, name: str | None, room: str | None) -> None:
    """Change what its owner says of it; None leaves it, "" takes it back."""
    if name is not None:
        device.given_name = clipped(name.strip(), 255) or None
    if room is not None:
        device.room = clipped(room.strip(), 255) or None


_BARE = (Possession.RELEASED, Possession.REMOVED)
"""It has nothing any more of what it was given; nor has one that was reset and kept its owner by a lock."""

_GONE = (Possession.RELEASED, Possession.OFFERED, Possession.REPLACED, Possession.REMOVED)
"""Its owner has nothing to do with it any more, whatever is revoked besides."""


def _state(session: Session, device: Device, end: RunEnd, done: Commissioned, now: datetime) -> str:
    """What the device is from here on. A token that is out is shown from its own row."""
    if end.result is Result.UNCONFIRMED:
        return "unconfirmed"  # its credentials are out there, but nobody saw them work
    if done.possession is Possession.OFFERED and any(one.is_out for one in tokens(session, now, device.id)):
        return device.state
    if done.possession is Possession.REVOKED and device.state in _GONE:
        return device.state
    if done.possession is Possession.COMMISSIONED and device.state == Possession.REVOKED:
        return (Possession.COMMISSIONED if _certificates(done) else Possession.REVOKED).value
    return done.possession.value


def _certificates(done: Commissioned) -> set[str]:
    """Fingerprints of the certificates that the run handed over."""
    return {one.details["fingerprint"] for one in done.credentials if one.kind == LDEVID}


def _stop_believing(
    session: Session, run: Run, device: Device, done: Commissioned, now: datetime, *, is_bare: bool
) -> None:
    """What the device has no more use for is revoked together with the record that says so."""
    if is_bare:
        revoke_device(session, device, run.id, RevocationReason.RESET, now)
    elif done.confirmed and (fresh := _certificates(done)):
        revoke_device(session, device, run.id, RevocationReason.SUPERSEDED, now, keep=fresh)
    for other in done.replaces if done.confirmed else ():
        replaced = session.get(Device, other)
        if replaced is not None and replaced is not device:
            replaced.state, replaced.updated = Possession.REPLACED.value, now
            revoke_device(session, replaced, run.id, RevocationReason.REPLACED, now)


def _hand_over(
    session: Session, run: Run, device: Device, done: Commissioned, now: datetime, *, is_bare: bool
) -> None:
    current = select(Credential).where(Credential.device_id == device.id, Credential.replaced.is_(None))
    for row in () if done.superseded else session.scalars(current.where(Credential.run_id != run.id)):
        if is_bare or _is_replaced(row, done):
            row.replaced = now
    for number, credential in enumerate(done.credentials):
        session.merge(
            Credential(
                run_id=run.id,
                number=number,
                device_id=device.id,
                kind=clipped(credential.kind, 32),
                details=dict(credential.details),
                handed_over=now,
                replaced=now if done.superseded else None,
            )
        )
    if done.receipt is not None:
        _keep_receipt(session, run, device, done.receipt, now)


def _is_replaced(row: Credential, done: Commissioned) -> bool:
    """By one of its kind, and of its fabric where it is of one: a device can be in several."""
    fabric = row.details.get("fabric")
    if fabric is not None and done.fabrics is not None and fabric not in done.fabrics:
        return True
    fresh = {(clipped(each.kind, 32), each.details.get("fabric")) for each in done.credentials}
    return (row.kind, fabric) in fresh


def _keep_receipt(session: Session, run: Run, device: Device, receipt: Acknowledged, now: datetime) -> None:
    """Each receipt is kept once: a run that a kill cut off before its clean-up brings it again by another."""
    same = select(Receipt).where(Receipt.device_id == device.id, Receipt.signed == receipt.signed)
    kept = session.scalar(same.order_by(Receipt.received).limit(1))
    if kept is None or kept.run_id == run.id:
        kept = session.merge(
            Receipt(
                run_id=run.id,
                device_id=device.id,
                signed=receipt.signed,
                final=receipt.final,
                received=now,
            )
        )
    else:
        kept.final = receipt.final if kept.final is None else kept.final
        run.receipt_run = kept.run_id
    if receipt.final is not None:
        enter(session, kept.run_id, receipt.signed, receipt.final, now)
