"""`companion mesh`: the owner's Bluetooth mesh networks, their nodes, keys, and files for other apps."""

from __future__ import annotations

import argparse
import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.administration import MeshOperation
from companion.commands.arguments.options import add_json, add_passphrase_file, add_radio, seconds
from companion.commands.arguments.services import offline_services, services_for
from companion.commands.terminal import interrupts, streams
from companion.commands.terminal.step_printer import StepPrinter
from companion.errors import Cancelled
from companion.errors.mesh_network import MeshNetworkMissing
from companion.files import create_named, read_named
from companion.identity.identity import has_keys
from companion.model import Text
from companion.protocols import mesh_driver
from companion.runs.mesh import MeshRequest, MeshRun, alone, forget

if TYPE_CHECKING:
    from companion.protocols import Memory, MeshDriver, MeshFacts, MeshNodeFacts
    from companion.registry import Registry

DESCRIPTION = """\
Look after your Bluetooth mesh networks. Nodes are named by their name or address (0002).

actions:
  show [NODE]           list the networks and their nodes, or show one node with its models (default)
  configure NODE        read what the node can do, and give it the network's application key for all of it
                        (--publish ADDRESS: its light tells this address of changes; 0000 ends that)
  switch NODE [on|off]  switch its light; without on or off, toggle it
  refresh               give all nodes new keys. A node that is off is waited for: refresh again
  reset NODE            reset the node and remove it from the network
  remove NODE           forget a node that can't be reset. It has its keys until you refresh them
  export FILE           write the network with all of its keys, for another app such as nRF Mesh
  import FILE           read such a file
"""
ACTIONS = {
    "show": range(2),
    "configure": range(1, 2),
    "switch": range(1, 3),
    "refresh": range(1),
    "reset": range(1, 2),
    "remove": range(1, 2),
    "export": range(1, 2),
    "import": range(1, 2),
}
"""How many words each takes."""
_SWITCH = {None: None, "on": True, "off": False}
_MOST_FILE = 4 << 20
_REFRESH_CUT = Text(
    "Some nodes may have new keys already; the old ones stay valid. Refresh again to go on from there."
)
_ADDRESS = re.compile("[0-9A-Fa-f]{4}")


def configure(parser: argparse.ArgumentParser) -> None:
    """`mesh [ACTION [NODE | FILE [on | off]]]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    parser.add_argument("action", nargs="?", choices=ACTIONS, default="show", metavar="ACTION")
    parser.add_argument("words", nargs="*", metavar="NODE | FILE")
    parser.add_argument("--network", metavar="NAME", help="one of several networks, by its name or id")
    parser.add_argument("--publish", type=_address, metavar="ADDRESS", help="configure: 4 hexadecimal digits")
    parser.add_argument(
        "--replace-keys",
        action="store_true",
        help="import: also where the file has other keys than this computer, which are lost then",
    )
    parser.add_argument(
        "--seconds", type=seconds, default=20.0, metavar="N", help="look N seconds for a node in range"
    )
    add_radio(parser)
    add_json(parser)
    add_passphrase_file(parser)


def _address(text: str) -> int:
    """A short one could be meant as the start of a longer one. Raises argparse.ArgumentTypeError."""
    if not _ADDRESS.fullmatch(text):
        raise argparse.ArgumentTypeError("an address has 4 hexadecimal digits, such as C001")
    return int(text, 16)


def run(arguments: argparse.Namespace) -> int:
    """Do one of them. Exit status 2 for wrong words."""
    words = arguments.words
    if len(words) not in ACTIONS[arguments.action]:
        return _wrong(f"see `companion mesh --help` for the arguments of {arguments.action}")
    if arguments.action == "switch" and (words[1] if len(words) > 1 else None) not in _SWITCH:
        return _wrong("mesh switch takes on or off")
    if arguments.action in set(MeshOperation):
        return interrupts.run(_over_the_air(arguments))
    name, driver = mesh_driver()
    with offline_services(arguments, reads=arguments.action == "show") as services:
        if arguments.action == "show" and not has_keys(services.data_dir, throwaway=services.is_virtual):
            # Who has no keys has no network, and gets none from looking.
            if arguments.words:
                raise MeshNetworkMissing
            return _show((), arguments)
        memory = services.registry.memory(name, services.open_identity().vault)
        return _offline(arguments, driver, services.registry, memory)


def _wrong(words: str) -> int:
    streams.print_error(f"companion: {words}")
    return 2


def _offline(arguments: argparse.Namespace, driver: MeshDriver, registry: Registry, memory: Memory) -> int:
    networks = driver.mesh_networks(memory)
    match arguments.action:
        case "import":
            with alone(memory):
                return _import(arguments, driver, memory)
        case "show" if not arguments.words:
            return _show(networks, arguments)
    network = _network(networks, arguments.network)
    if arguments.action == "export":
        return _export(arguments, driver, memory, network)
    node = _node(network, arguments.words[0])
    if node is None:
        return _unknown(arguments.words[0], network)
    if arguments.action == "remove":
        forget(node, network, registry, memory)
        return _done(arguments, {"removed": node.as_json()}, _removed(network, node))
    return _show_node(node, arguments)


async def _over_the_air(arguments: argparse.Namespace) -> int:
    """One run. Its steps are for people; what came of it is also in the registry."""
    name, driver = mesh_driver()
    async with services_for(arguments) as services:
        registry = services.open_registry()
        identity = services.open_identity()
        network = _network(driver.mesh_networks(registry.memory(name, identity.vault)), arguments.network)
        node = _node(network, arguments.words[0]) if arguments.words else None
        if arguments.words and node is None:
            return _unknown(arguments.words[0], network)
        if node is not None and arguments.publish is not None and _is_own(arguments.publish, node):
            return _wrong(f"--publish {arguments.publish:04X} is an address of {_called(node)} itself")
        wanted = _SWITCH[arguments.words[1]] if len(arguments.words) > 1 else None
        request = MeshRequest(
            MeshOperation(arguments.action), network, node, publish_to=arguments.publish, on=wanted
        )
        printer = StepPrinter(sys.stdout)
        run = MeshRun(
            request,
            radio=await services.open_radio(),
            identity=identity,
            registry=registry,
            on_event=(lambda event: None) if arguments.json else printer.show,
            timeout=arguments.seconds,
        )
        with interrupts.cancelling(run.cancel):
            outcome = await run.run()
    if isinstance(outcome.error, Cancelled) and not arguments.json:
        if request.operation is MeshOperation.REFRESH:
            outcome.error.missing = _REFRESH_CUT
        StepPrinter(sys.stderr).show_error(outcome.error)
        return outcome.exit_status
    if outcome.error is not None:
        raise outcome.error
    document, words = _done_to(request, run.is_on)
    return _done(arguments, {**document, "run": outcome.run}, words)


def _done_to(request: MeshRequest, is_on: bool | None) -> tuple[dict[str, Any], str]:
    """For scripts and for people."""
    node = request.node
    if node is None:
        words = "✓ All nodes use new keys and have confirmed that they forgot the old ones."
        return {"refreshed": True}, words
    address = f"{node.address:04x}"
    if request.operation is MeshOperation.CONFIGURE:
        return {"configured": address}, f"✓ Configured {_called(node)}."
    if request.operation is MeshOperation.SWITCH:
        return {"node": address, "on": is_on}, f"{_called(node)} is {'on' if is_on else 'off'}"
    return {"reset": address}, f"✓ Reset {_called(node)} and removed it from the network."


def _network(networks: tuple[MeshFacts, ...], wanted: str | None) -> MeshFacts:
    """Raises MeshNetworkMissing where none, or not one alone, is meant."""
    if wanted is None:
        found = networks[:1]
    else:
        found = tuple(each for each in networks if each.name == wanted or each.id.startswith(wanted.lower()))
    if len(found) != 1:
        error = MeshNetworkMissing()
        if wanted is not None and networks:
            error.missing = Text(
                "No single network is “{wanted}”. There are: {known}",
                {"wanted": wanted, "known": ", ".join(f"{each.name} ({each.id[:8]})" for each in networks)},
            )
        raise error
    return found[0]


def _node(network: MeshFacts, wanted: str) -> MeshNodeFacts | None:
    found = [each for each in network.nodes if f"{each.address:04x}" == wanted.lower()]
    found = found or [each for each in network.nodes if each.name == wanted]
    return found[0] if len(found) == 1 else None


def _unknown(wanted: str, network: MeshFacts) -> int:
    known = ", ".join(_called(each) for each in network.nodes) or "none"
    return _wrong(f"no node “{wanted}”, or several with this name, in {network.name}; nodes: {known}")


def _removed(network: MeshFacts, node: MeshNodeFacts) -> str:
    """With what is left to do: its keys are those of the nodes that stay."""
    done = f"✓ Removed {_called(node)} here."
    if len(network.nodes) == 1:
        return f"{done} {network.name} has no nodes now."
    return f"{done} It still has the network's keys: change them with `companion mesh refresh`."


def _is_own(address: int, node: MeshNodeFacts) -> bool:
    return address == node.address or any(address == each.address for each in node.elements)


def _called(node: MeshNodeFacts) -> str:
    return f"{node.name} ({node.address:04x})" if node.name else f"{node.address:04x}"


def _nodes(many: int) -> str:
    return "1 node" if many == 1 else f"{many} nodes"


def _import(arguments: argparse.Namespace, driver: MeshDriver, memory: Memory) -> int:
    content = read_named(_MOST_FILE, Path(arguments.words[0]))
    imported = driver.import_mesh(memory, content, replace_keys=arguments.replace_keys)
    document = {"network": imported.network.as_json(), "left_out": imported.left_out}
    _say(arguments, f"✓ Imported {imported.network.name} with {_nodes(len(imported.network.nodes))}.")
    if imported.left_out:
        _say(arguments, f"Left out {_nodes(imported.left_out)}: the file has no device key for them.")
    _say(
        arguments,
        f"This computer sends as {imported.network.address:04x}. Export the network and import that in the "
        "other apps, so that they give this address to nobody else.",
    )
    return _done(arguments, document, "")


def _export(arguments: argparse.Namespace, driver: MeshDriver, memory: Memory, network: MeshFacts) -> int:
    document = driver.export_mesh(memory, network.id, datetime.now(UTC))
    path = Path(arguments.words[0])
    create_named(path, json.dumps(document, ensure_ascii=False, indent=2).encode())
    words = f"✓ {path}: {network.name}. It holds every key: whoever has it controls the network."
    return _done(arguments, {"file": str(path), "network": network.id}, words)


def _show(networks: tuple[MeshFacts, ...], arguments: argparse.Namespace) -> int:
    if arguments.json:
        streams.print_json({"networks": [each.as_json() for each in networks]})
        return 0
    for network in networks:
        refreshing = "  new keys are on their way: `companion mesh refresh`" if network.is_refreshing else ""
        streams.print_line(f"{network.name}  {network.id[:8]}{refreshing}")
        for node in network.nodes:
            state = "configured" if node.is_configured else "not configured"
            streams.print_line(f"  {node.address:04x}  {node.name:<24} {state}")
        if not network.nodes:
            streams.print_line("  No nodes.")
    if not networks:
        streams.print_line(
            "No mesh network. Set a mesh device up, or import a network with `companion mesh import`."
        )
    return 0


def _show_node(node: MeshNodeFacts, arguments: argparse.Namespace) -> int:
    if arguments.json:
        streams.print_json({"node": node.as_json()})
        return 0
    streams.print_line(f"{_called(node)}  {node.uuid}")
    for element in node.elements:
        streams.print_line(f"  {element.address:04x}  {', '.join(element.models) or 'no models'}")
    if not node.elements:
        streams.print_line(f"  Not read yet: `companion mesh configure {node.address:04x}`")
    for address in node.publishes_to:
        streams.print_line(f"  tells {address:04x} of changes")
    return 0


def _say(arguments: argparse.Namespace, words: str) -> None:
    if not arguments.json:
        streams.print_line(words)


def _done(arguments: argparse.Namespace, document: dict[str, Any], words: str) -> int:
    if arguments.json:
        streams.print_json(document)
    elif words:
        streams.print_line(words)
    return 0
