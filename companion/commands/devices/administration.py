"""`companion devices status`, `share`, `controllers` and the like: devices in use, over the network."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from companion.administration import AdministrationOperation, Controllers, DeviceStatus, Request
from companion.api import administer, save_token
from companion.commands.arguments.options import add_fabric
from companion.commands.arguments.services import services_for
from companion.commands.devices.kind import wrong_kind
from companion.commands.devices.sharing_code import SharingPrinter
from companion.commands.terminal import interrupts, streams
from companion.commands.terminal.runner import run_on_terminal
from companion.errors import DeviceUnreachable
from companion.events import Event, SharingOpened, StatusReported
from companion.files import unwritable
from companion.outcome import Outcome
from companion.registry import DeviceRecord
from companion.runs.administration import IDENTIFY_SECONDS, SHARE_RANGE, AdministrationHandle
from companion.runs.answers import Answers
from companion.secret import Secret
from companion.services import Services

ACTIONS = {
    "status": AdministrationOperation.STATUS,
    "follow": AdministrationOperation.FOLLOW,
    "controllers": AdministrationOperation.CONTROLLERS,
    "fabrics": AdministrationOperation.CONTROLLERS,
    "remove-controller": AdministrationOperation.REMOVE_CONTROLLER,
    "share": AdministrationOperation.SHARE,
    "stop-sharing": AdministrationOperation.STOP_SHARING,
    "identify": AdministrationOperation.IDENTIFY,
    "switch": AdministrationOperation.SWITCH,
    "renew": AdministrationOperation.RENEW,
    "remove": AdministrationOperation.REMOVE,
}
_SWITCH = {None: None, "on": True, "off": False}


def configure(parser: argparse.ArgumentParser) -> None:
    """Their options."""
    group = parser.add_argument_group("devices on the network")
    group.add_argument(
        "--minutes", type=_minutes, default=15, metavar="N", help="share: how long the code works, 3 to 15"
    )
    group.add_argument("--qr", type=Path, metavar="FILE.png", help="share: write the QR code to this file")
    group.add_argument(
        "--no-wait",
        action="store_true",
        help="share: do not wait for an app to join (implied by --json)",
    )
    group.add_argument(
        "--seconds",
        type=int,
        metavar="S",
        help=f"identify: how long it blinks or beeps ({IDENTIFY_SECONDS}); follow: end after this time",
    )
    group.add_argument(
        "--offline",
        action="store_true",
        help="remove: only from this computer, if the device is not reachable any more",
    )
    add_fabric(
        group,
        "if the device is in several of your fabrics: the one to use; remove: the one to leave",
    )
    group.add_argument(
        "--on-device", action="store_true", help="rename: also on the device, where other apps can read it"
    )


def run(arguments: argparse.Namespace) -> int:
    """Do one operation."""
    operation = ACTIONS[arguments.action]
    if not arguments.device:
        streams.print_error(f"companion: devices {arguments.action} needs a DEVICE")
        return 2
    if operation is AdministrationOperation.REMOVE_CONTROLLER and not arguments.value:
        streams.print_error("companion: devices remove-controller needs the app (see `devices controllers`)")
        return 2
    if operation is AdministrationOperation.SWITCH and arguments.value not in _SWITCH:
        streams.print_error("companion: devices switch takes on or off")
        return 2
    request = Request(
        operation,
        controller=arguments.value or "",
        seconds=_seconds(arguments, operation),
        waits=not (arguments.no_wait or arguments.json),
        on=_SWITCH.get(arguments.value),
        offline=arguments.offline and operation is AdministrationOperation.REMOVE,
        fabric=arguments.fabric,
    )
    return interrupts.run(administer_on_terminal(arguments, request))


async def administer_on_terminal(arguments: argparse.Namespace, request: Request) -> int:
    """One run for a device of the registry; prints what came of it."""
    services = services_for(arguments)
    async with services:
        record = services.open_registry().device(arguments.device)
        if (wrong := wrong_kind(record, services.registry, virtual=services.is_virtual)) is not None:
            streams.print_error(f"companion: {wrong}")
            return 2
        services.open_identity()
        written, changes = _QrFile(arguments.qr), _Changes(request)
        printer = SharingPrinter(sys.stderr if arguments.json or arguments.json_lines else sys.stdout)

        def watched(event: Event) -> None:
            if isinstance(event, SharingOpened):
                written.write(event.sharing.code)
            if not (arguments.json or arguments.json_lines):
                printer.show(event)
                changes.show(event)

        outcome = await run_on_terminal(
            partial(_start, services, record, request, watched),
            Answers(),
            interactive=sys.stdin.isatty(),
            as_json=arguments.json,
            as_lines=arguments.json_lines,
            document=_document,
            called=record.name,
        )
    if written.error is not None:
        raise unwritable(arguments.qr, written.error) from written.error
    if not (arguments.json or arguments.json_lines):
        _print(outcome)
        _print_advice(outcome, shlex.quote(arguments.device))
    return outcome.exit_status


def _start(
    services: Services,
    record: DeviceRecord,
    request: Request,
    watched: Callable[[Event], None],
    *,
    answers: object,
    on_event: Callable[[Event], None],
) -> AdministrationHandle:
    """The run; it asks nothing that somebody could answer."""

    def both(event: Event) -> None:
        on_event(event)
        watched(event)

    return administer(services, record, request, on_event=both)


def _document(outcome: Outcome) -> dict[str, Any]:
    """What `--json` prints: the outcome, and the code that it must not keep."""
    document = outcome.as_json()
    sharing = outcome.administered.sharing if outcome.administered is not None else None
    if sharing is not None and outcome.error is None:
        codes = {"code": sharing.code.reveal_text(), "digits": sharing.digits.reveal_text()}
        document["sharing"] = {**document["sharing"], **codes}
    return document


class _Changes:
    """Of a device that is followed: what changed, when it did."""

    def __init__(self, request: Request) -> None:
        self._follows = request.operation is AdministrationOperation.FOLLOW
        self._last: dict[str, str] = {}

    def show(self, event: Event) -> None:
        if not (self._follows and isinstance(event, StatusReported)):
            return
        lines: dict[str, str] = {}
        for label, value in _lines(event.status):
            lines[label] = f"{lines[label]}, {value}" if label in lines else value
        now = f"{datetime.now():%H:%M:%S}"
        for label in sorted(lines.keys() | self._last.keys(), key=list(lines | self._last).index):
            value = lines.get(label, "none")
            if value != self._last.get(label) and not (self._last and label == "running"):
                streams.print_line(f"{now}  {label + ':':<13} {value}", flush=True)
        self._last = lines


class _QrFile:
    """The file for the QR code. An error is kept: an exception here would end a run half done."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self.error: OSError | None = None

    def write(self, code: Secret) -> None:
        if self._path is None:
            return
        try:
            save_token(code, self._path)
        except OSError as error:
            self.error = error


def _print(outcome: Outcome) -> None:
    """What came of it, in words."""
    known = outcome.administered
    if known is None or outcome.error is not None:
        return
    operation = outcome.operation
    if operation == AdministrationOperation.STATUS and known.status is not None:
        for label, value in _lines(known.status):
            streams.print_line(f"  {label + ':':<13} {value}")
    elif operation == AdministrationOperation.REMOVE:
        streams.print_line(_after_removal(known.controllers))
    elif known.controllers is not None and operation != AdministrationOperation.SHARE:
        _print_controllers(known.controllers)


def _print_advice(outcome: Outcome, device: str) -> None:
    """What an operation that failed leaves, and what else can be done. device: as a shell takes it"""
    operation, known = outcome.operation, outcome.administered
    if operation == AdministrationOperation.REMOVE and isinstance(outcome.error, DeviceUnreachable):
        streams.print_line(
            f"If the device no longer exists, run `companion devices remove {device} --offline`: "
            "it removes only the record here."
        )
    elif known is not None and known.sharing is not None and outcome.error is not None:
        if known.sharing_end is not None:
            streams.print_line("Its code no longer works.")
        else:
            streams.print_line(
                f"Its code may work until {known.sharing.until:%Y-%m-%d %H:%M} UTC. "
                f"To stop it, run `companion devices stop-sharing {device}`."
            )


def _print_controllers(controllers: Controllers) -> None:
    for each in controllers.entries:
        whose = "this computer" if each.is_us else each.vendor if each.name else ""
        streams.print_line(f"  {each.key:>3}  {each.title:<28} {whose}".rstrip())
    if controllers.places is not None:
        streams.print_line(f"  {len(controllers.entries)} of {controllers.places} apps")


def _after_removal(others: Controllers | None) -> str:
    """How it can be set up again. others: None if the device did not say who they are."""
    if others is None:
        return "To set it up again, scan its code. If that does not work, reset it as its manual says."
    if not others.entries:
        return "No app controls it now. It can be set up again with its code."
    names = ", ".join(each.title for each in others.entries)
    return f"{names} can still control it. To set it up here again, share it from there, or reset it."


def _lines(status: DeviceStatus) -> list[tuple[str, str]]:
    network, until = status.network, status.certificate_until
    through = network and " ".join(
        part
        for part in (
            {"wifi": "Wi-Fi", "thread": "Thread", "ethernet": "Ethernet"}[network.medium.value],
            network.name or "",
            f"{network.rssi} dBm" if network.rssi is not None else "",
            f"channel {network.channel}" if network.channel is not None else "",
            network.role or "",
            f"{network.rate} Mbit/s" if network.rate is not None else "",
        )
        if part
    )
    told = (
        ("name", status.name),
        ("product", " ".join(part for part in (status.vendor, status.model) if part)),
        ("serial", status.serial),
        ("firmware", status.firmware),
        ("running", None if status.uptime is None else _duration(status.uptime)),
        ("restarts", None if status.starts is None else str(status.starts)),
        ("network", through),
        ("switch", {True: "on", False: "off", None: None}[status.is_on]),
        ("shared", "yes, another app can join" if status.is_shared else None),
        ("certificate", f"valid until {until:%Y-%m-%d}" if until else None),
        *(("fault", str(each)) for each in status.faults),
    )
    return [(label, value) for label, value in told if value]


def _duration(seconds: int) -> str:
    """ "1 d 2 h", "5 min"."""
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3_600)
    if days:
        return f"{days} d {hours} h"
    return f"{hours} h {rest // 60} min" if hours else f"{rest // 60} min"


def _seconds(arguments: argparse.Namespace, operation: AdministrationOperation) -> int:
    if operation is AdministrationOperation.SHARE:
        return int(arguments.minutes) * 60
    if operation is AdministrationOperation.IDENTIFY and arguments.seconds is None:
        return IDENTIFY_SECONDS
    return int(arguments.seconds or 0)


def _minutes(text: str) -> int:
    try:
        minutes = int(text)
    except ValueError:
        minutes = 0
    if minutes * 60 not in SHARE_RANGE:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 3 to 15")
    return minutes
