"""`companion fabric`: the Matter fabrics of this owner, which devices join and are controlled in."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from companion.commands.arguments.options import add_json, add_passphrase_file, add_radio
from companion.commands.arguments.services import offline_services
from companion.commands.grant.usage import WrongUsage, confirm
from companion.commands.terminal import numbers, streams
from companion.identity.identity import has_keys
from companion.runs.own_fabrics import OwnFabrics
from companion.trust.grants.actions import grants_of_fabric

if TYPE_CHECKING:
    from companion.model import OwnedFabric
    from companion.registry import DeviceRecord
    from companion.services import Services

DESCRIPTION = """\
Manage your Matter fabrics: each has keys of its own, and a device in one knows nothing of the others.

actions:
  list                 list your fabrics, with the number of devices in each (default)
  devices FABRIC       list the devices in a fabric
  new NAME             create another fabric
  rename FABRIC NAME   change what a fabric is called, here and in the records of its devices
  use FABRIC           make it the default: devices join it unless --fabric names another one
  remove FABRIC        delete its keys. Its devices are lost: list them first, then repeat it with --yes

FABRIC is a name, or the beginning of an id. The first device that needs a fabric creates the first one.
"""
ACTIONS = {"list": 0, "devices": 1, "new": 1, "rename": 2, "use": 1, "remove": 1}
"""How many words each takes."""
_ONLY_READS = ("list", "devices")


def configure(parser: argparse.ArgumentParser) -> None:
    """`fabric [ACTION ...]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    parser.add_argument("action", nargs="?", choices=ACTIONS, default="list", metavar="ACTION")
    parser.add_argument("words", nargs="*", metavar="FABRIC | NAME")
    parser.add_argument("--yes", action="store_true", help="remove: do not ask, its devices may be lost")
    add_radio(parser)
    add_json(parser)
    add_passphrase_file(parser)


def run(arguments: argparse.Namespace) -> int:
    """Do one of them, in the data folder of the radio asked for."""
    action = arguments.action
    if len(arguments.words) != ACTIONS[action]:
        streams.print_error(f"companion: see `companion fabric --help` for the arguments of {action}")
        return 2
    with offline_services(arguments, reads=action in _ONLY_READS) as services:
        if action in _ONLY_READS and not has_keys(services.data_dir, throwaway=services.is_virtual):
            return _without_keys(arguments)
        try:
            _DO[action](OwnFabrics(services.open_identity(), services.registry), services, arguments)
        except WrongUsage as wrong:
            streams.print_error(f"companion: {wrong}")
            return 2
    return 0


def _without_keys(arguments: argparse.Namespace) -> int:
    """Who has no keys has no fabrics, and gets none from looking. Raises FabricMissing."""
    from companion.errors import FabricMissing

    if arguments.words:
        raise FabricMissing(wanted=arguments.words[0])
    _print_list((), as_json=arguments.json)
    return 0


def _list(own: OwnFabrics, services: Services, arguments: argparse.Namespace) -> None:
    if arguments.json:
        streams.print_json({"fabrics": [each.as_json() for each in own.all()]})
        return
    _print_list([(each.fabric, numbers.devices(each.devices)) for each in own.all()], as_json=arguments.json)


def _print_list(listed: Sequence[tuple[OwnedFabric, str]], *, as_json: bool) -> None:
    if as_json:
        streams.print_json({"fabrics": []})
        return
    for fabric, devices in listed:
        default = "  default" if fabric.is_usual else ""
        streams.print_line(f"{fabric.name:<32} {fabric.id}  {devices}{default}")
    if not listed:
        streams.print_line("No fabrics. The first Matter device creates one, or `companion fabric new NAME`.")


def _devices(own: OwnFabrics, services: Services, arguments: argparse.Namespace) -> None:
    devices = own.devices(arguments.words[0])
    if arguments.json:
        streams.print_json({"devices": [_brief(each) for each in devices]})
        return
    _print_devices(devices)
    if not devices:
        streams.print_line("No devices.")


def _new(own: OwnFabrics, services: Services, arguments: argparse.Namespace) -> None:
    _done(own.add(arguments.words[0]), arguments, "✓ Created fabric {name} ({id}).")


def _rename(own: OwnFabrics, services: Services, arguments: argparse.Namespace) -> None:
    _done(own.rename(*arguments.words), arguments, "✓ Fabric {id} is now called {name}.")


def _use(own: OwnFabrics, services: Services, arguments: argparse.Namespace) -> None:
    _done(own.use(arguments.words[0]), arguments, "✓ Matter devices now join {name} by default.")


def _remove(own: OwnFabrics, services: Services, arguments: argparse.Namespace) -> None:
    """Says what is lost before it is: devices, and grants that let others set devices up in it."""
    fabric = own.one(arguments.words[0])
    lost, grants = own.devices(fabric.id), grants_of_fabric(services.registry, fabric.id)
    if not arguments.json:
        _print_losses(fabric, lost, [each.holder_name for each in grants])
    if arguments.json and lost and not arguments.yes:
        names = ", ".join(f"{each.name} ({each.id})" for each in lost)
        raise WrongUsage(f"{names} would be lost: add --yes if they may be")
    confirm(arguments, f"Remove fabric {fabric.name}?")
    removed = own.remove(fabric.id)
    if arguments.json:
        streams.print_json({**removed.as_json(), "lost": [_brief(each) for each in lost]})
        return
    streams.print_line(f"✓ Removed fabric {removed.name}.")


def _print_losses(fabric: OwnedFabric, lost: Sequence[DeviceRecord], holders: Sequence[str]) -> None:
    if lost:
        streams.print_line(f"You lose control of {numbers.devices(len(lost))} in {fabric.name}:")
        _print_devices(lost)
        streams.print_line("To use one again, reset it, or share it from another app that controls it.")
        streams.print_line("To let one leave first, run `companion devices remove DEVICE --fabric FABRIC`.")
    for holder in holders:
        streams.print_line(f"! {holder} can still set up devices in it, which you will not control.")


def _print_devices(devices: Sequence[DeviceRecord]) -> None:
    for each in devices:
        streams.print_line(f"  {each.name:<24} {each.room or '':<16} {each.serial or each.id}".rstrip())


def _brief(device: DeviceRecord) -> dict[str, str | None]:
    return {"id": device.id, "name": device.name, "serial": device.serial}


def _done(fabric: OwnedFabric, arguments: argparse.Namespace, sentence: str) -> None:
    if arguments.json:
        streams.print_json(fabric.as_json())
    else:
        streams.print_line(sentence.format(name=fabric.name, id=fabric.id))


_DO: dict[str, Callable[[OwnFabrics, Services, argparse.Namespace], None]] = {
    "list": _list,
    "devices": _devices,
    "new": _new,
    "rename": _rename,
    "use": _use,
    "remove": _remove,
}
