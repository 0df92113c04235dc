"""What programs do with open services: the functions behind `import companion`.

The command line and the window call the same ones. An owned `device` is its record, or its id in the
registry.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from companion.administration import AdministrationOperation, Request
from companion.events import Event, RevocationReason
from companion.model import FoundDevice, SetupCode, WifiCredentials
from companion.outcome import Outcome
from companion.protocols import Order, OwnershipOperation, TransferTerms, TrustLists
from companion.runs.answers import AnswerPolicy, Answers
from companion.runs.base import Run
from companion.runs.handle import RunHandle
from companion.secret import Secret
from companion.services import Services

if TYPE_CHECKING:
    from companion.registry import DeviceRecord, TokenRecord
    from companion.runs.administration import AdministrationHandle
    from companion.runs.offline_operations import RevokedDevice

DAY_SECONDS = 86_400
OnEvent = Callable[[Event], None]


def read_codes(picture: Path) -> list[SetupCode]:
    """The setup codes in a picture, a video, a document or a text file, without damaged ones.

    Raises CodeUnreadable if there is none, CodeMalformed if all are damaged, ImageRefused for another file.
    """
    from companion.scanner import codes_in_file

    return list(codes_in_file(picture).usable())


def nearby(services: Services) -> AsyncGenerator[FoundDevice, None]:
    """Every commissionable device in range and on the network, each again when its name or state changes.

    The scan goes on until the generator is closed (`contextlib.aclosing`). It needs the radio and no keys.
    Iterating raises RadioError leaves.
    """
    from companion.runs.discovery.nearby import nearby as seen

    return seen(services.radio, services.lan)


def commission(
    services: Services,
    code: SetupCode | None = None,
    *,
    found: FoundDevice | None = None,
    order: Order | None = None,
    answers: AnswerPolicy | None = None,
    timeout: float = 30.0,
    on_event: OnEvent | None = None,
) -> RunHandle:
    """A run that takes a device from its setup code to working credentials. It starts when it is awaited.

    found:   the device itself, from `nearby`; without code and device the run asks which one
    answers: who answers its questions; None: `order` does, and what it does not cover ends the run
    timeout: seconds in which the device has to be found
    """
    from companion.runs.commissioning import CommissioningRun

    answers = answers or _answers_of(order or Order())
    wanted = _attended(order or Order(), answers)

    def make(on_event: OnEvent) -> Run:
        return CommissioningRun(
            radio=services.radio,
            code=code,
            order=wanted,
            identity=services.identity,
            registry=services.registry,
            endpoint=services.endpoint,
            on_event=on_event,
            timeout=timeout,
            found=found,
            lan=services.lan,
        )

    return RunHandle(make, answers, on_event=on_event)


# --- what an owner does with a device in range ----------------------------------------------------------


def reprovision(
    services: Services,
    device: DeviceRecord | str,
    order: Order,
    *,
    answers: AnswerPolicy | None = None,
    timeout: float = 30.0,
) -> RunHandle:
    """A run that changes an owned device's network, name, room or endpoint and renews its certificate.

    Raises RecordMissing, MethodUnavailable.
    """
    operation = OwnershipOperation.REPROVISION
    return operate(services, operation, device, order=order, answers=answers, timeout=timeout)


def rotate(services: Services, device: DeviceRecord | str, *, timeout: float = 30.0) -> RunHandle:
    """A run that only renews an owned device's certificate. Raises as `reprovision`."""
    return operate(services, OwnershipOperation.ROTATE, device, timeout=timeout)


def renew(services: Services, device: DeviceRecord | str, *, timeout: float = 30.0) -> RunHandle:
    """A run that renews a device's certificate, over the network or the radio, as its protocol does.

    Raises RecordMissing, and MethodUnavailable for devices that get one only by being set up again.
    """
    from companion.errors import MethodUnavailable
    from companion.protocols import administration, operations

    record = _record(services, device)
    if AdministrationOperation.RENEW in administration(record.protocol):
        return _administer(services, record, AdministrationOperation.RENEW)
    if record.identity_key is None or OwnershipOperation.ROTATE not in operations(record.protocol):
        raise MethodUnavailable(f"{record.protocol} devices get a certificate only when they are set up")
    return rotate(services, record, timeout=timeout)


def query(services: Services, device: DeviceRecord | str, *, timeout: float = 30.0) -> RunHandle:
    """A run that queries an owned device, and completes a pending change.

    Raises as `reprovision`.
    """
    return operate(services, OwnershipOperation.QUERY, device, timeout=timeout)


def reset(services: Services, device: DeviceRecord | str, *, timeout: float = 30.0) -> RunHandle:
    """A run that resets the device and removes its owner. Raises as `reprovision`."""
    return operate(services, OwnershipOperation.RESET, device, timeout=timeout)


def accept(services: Services, token: Secret, *, timeout: float = 30.0) -> RunHandle:
    """A run that takes over a device with its former owner's transfer token. Raises CodeMalformed."""
    return operate(services, OwnershipOperation.ACCEPT, token=token, timeout=timeout)


def operate(
    services: Services,
    operation: OwnershipOperation,
    device: DeviceRecord | str = "",
    *,
    token: Secret | None = None,
    order: Order | None = None,
    answers: AnswerPolicy | None = None,
    timeout: float = 30.0,
    on_event: OnEvent | None = None,
) -> RunHandle:
    """The run of any ownership operation. Raises RecordMissing, MethodUnavailable, and
    CodeMalformed for what is no transfer token.
    """
    from companion.clouds.devices import endpoint_of
    from companion.runs.ownership import OwnershipRun, owned_device, read_token

    endpoint = services.endpoint
    if token is not None:
        protocol, owned = read_token(token.reveal_text())
    else:
        record = _record(services, device)
        protocol, owned, endpoint = record.protocol, owned_device(record), endpoint_of(services, record)
    answers = answers or _answers_of(order or Order())
    wanted = _attended(order or Order(), answers)

    def make(on_event: OnEvent) -> Run:
        return OwnershipRun(
            operation,
            owned,
            protocol=protocol,
            radio=services.radio,
            order=wanted,
            identity=services.identity,
            registry=services.registry,
            endpoint=endpoint,
            on_event=on_event,
            timeout=timeout,
        )

    return RunHandle(make, answers, on_event=on_event)


# --- what is done with a device over the network --------------------------------------------------------


def import_trust(services: Services, protocol: str, path: Path) -> TrustLists:
    """Hold the devices of a protocol also against those who vouch for them in a file or a folder, or against
    the revocations in a file, from the next run on.

    Raises FileMissing, FileUnreadable, TrustUnusable, and MethodUnavailable for a protocol that has no such
    list.
    """
    from companion.errors import MethodUnavailable
    from companion.protocols import TrustDriver, driver

    made = driver(protocol)
    if not isinstance(made, TrustDriver):
        raise MethodUnavailable(f"{protocol} has no list of those who vouch for its devices")
    return made.import_trust(services.registry.memory(protocol, services.identity.vault), path)


def administer(
    services: Services,
    device: DeviceRecord | str,
    request: Request,
    *,
    on_event: OnEvent | None = None,
) -> AdministrationHandle:
    """A run that does something with a device over the network, without a radio. What came of it is in the
    outcome's `administered`. Raises RecordMissing.
    """
    from companion.runs.administration import AdministrationHandle, AdministrationRun

    record = _record(services, device)

    def make(on_event: OnEvent) -> AdministrationRun:
        return AdministrationRun(
            request,
            record,
            lan=services.lan,
            identity=services.identity,
            registry=services.registry,
            on_event=on_event,
        )

    return AdministrationHandle(make, on_event=on_event)


def status(services: Services, device: DeviceRecord | str) -> AdministrationHandle:
    """A run that asks a device how it is: `outcome.administered.status`. Raises RecordMissing."""
    return _administer(services, device, AdministrationOperation.STATUS)


def controllers(services: Services, device: DeviceRecord | str) -> AdministrationHandle:
    """A run that asks who controls a device: `outcome.administered.controllers`. Raises RecordMissing."""
    return _administer(services, device, AdministrationOperation.CONTROLLERS)


def share(services: Services, device: DeviceRecord | str, *, minutes: int = 15) -> AdministrationHandle:
    """A run that lets another app join a device, until one has or the time is over.

    Its event `SharingOpened` brings the code. A run that is cancelled closes it. minutes: 3 to 15.
    Raises RecordMissing.
    """
    return _administer(services, device, AdministrationOperation.SHARE, seconds=minutes * 60)


def switch(services: Services, device: DeviceRecord | str, on: bool | None = None) -> AdministrationHandle:
    """A run that switches a device; on None: the other way round. Raises RecordMissing."""
    return _administer(services, device, AdministrationOperation.SWITCH, on=on)


def remove(services: Services, device: DeviceRecord | str) -> AdministrationHandle:
    """A run after which this computer controls the device no more; others still do. Raises RecordMissing."""
    return _administer(services, device, AdministrationOperation.REMOVE)


def _administer(
    services: Services,
    device: DeviceRecord | str,
    operation: AdministrationOperation,
    *,
    seconds: int = 0,
    on: bool | None = None,
) -> AdministrationHandle:
    return administer(services, device, Request(operation, seconds=seconds, on=on))


# --- what an owner does without it ----------------------------------------------------------------------


def devices(services: Services) -> list[DeviceRecord]:
    """Every device in the registry with its credentials, the latest change first."""
    return services.registry.devices()


def transfer(
    services: Services,
    device: DeviceRecord | str,
    *,
    to: bytes | None = None,
    days: int = 30,
    keep_data: bool = False,
) -> Secret:
    """The text of a transfer token, with which `accept` takes the device over.

    to:        the new owner's public key, PEM as `companion trust key` writes it; None: whoever has the token
    days:      how long it can be used
    keep_data: leave network and certificate on the device

    Raises TrustUnusable for another key, QueryFirst, WrongOwnerKey, RecordMissing,
    MethodUnavailable.
    """
    from companion.errors import TrustUnusable
    from companion.identity.public import read_public

    try:
        owner = read_public(to) if to is not None else None
    except ValueError as error:
        raise TrustUnusable(type(error).__name__) from error
    terms = TransferTerms(owner, int(time.time()) + days * DAY_SECONDS, wipe=not keep_data)
    made: list[Secret] = []
    issue_token(services, device, terms, save=made.append)
    return made[0]


def issue_token(
    services: Services,
    device: DeviceRecord | str,
    terms: TransferTerms,
    *,
    save: Callable[[Secret], None],
) -> Outcome:
    """`transfer` with terms of its own: a token that `save` fails to save is cancelled.

    Raises QueryFirst, WrongOwnerKey, RecordMissing, MethodUnavailable, and what `save` raises.
    """
    from companion.runs import offline_operations

    record = _record(services, device)
    return offline_operations.issue_token(
        record, terms, identity=services.identity, registry=services.registry, save=save
    )


def save_token(token: Secret, file: Path) -> None:
    """Write a transfer token to a file of this user alone, whole or not at all: a QR code if it ends in .png,
    else text. Raises OSError.
    """
    from companion.files import replace_durably
    from companion.label import qr_png

    text = token.reveal_text()
    replace_durably(file, qr_png(text) if file.suffix.lower() == ".png" else f"{text}\n".encode())


def cancel_transfer(
    services: Services, device: DeviceRecord | str, token: str | None = None
) -> tuple[TokenRecord, ...]:
    """Cancel a transfer token by its id, or all of the device's. The device accepts them until `query`
    has notified it.

    Raises TokenMissing, TooManyCancelled, RecordMissing.
    """
    from companion.runs.offline_operations import cancel

    record = _record(services, device)
    return cancel(record, token, identity=services.identity, registry=services.registry)


def revoke(
    services: Services,
    device: DeviceRecord | str,
    reason: RevocationReason = RevocationReason.UNSPECIFIED,
) -> RevokedDevice:
    """Revoke the device's certificates: the endpoint rejects them from when this returns. A revocation list
    that was written before is written again, which opens the identity if it is not open.

    Raises NothingToRevoke, RecordMissing.
    """
    from companion.runs import offline_operations

    revoked = offline_operations.revoke(_record(services, device), reason, services.registry)
    return replace(revoked, published=services.renew_crl())


def saved_networks(services: Services) -> tuple[WifiCredentials, ...]:
    """The Wi-Fi networks that worked, the latest first."""
    from companion.runs.saved_networks import recall

    return recall(services.identity.vault)


def _record(services: Services, device: DeviceRecord | str) -> DeviceRecord:
    """The device's record as it is now."""
    from companion.registry.lookup import by_id

    return services.registry.device(by_id(device if isinstance(device, str) else device.id))


def _attended(order: Order, answers: AnswerPolicy) -> Order:
    """The order with whether somebody can be asked: nobody, where all was answered in advance."""
    return replace(order, attended=order.attended and not isinstance(answers, Answers))


def _answers_of(order: Order) -> Answers:
    return Answers(order.wifi, order.name, order.room, same_serial=order.same_serial)
