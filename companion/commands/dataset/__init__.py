"""`companion dataset`: Thread networks that are kept, made, changed, and carried in and out."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from companion.commands.arguments.options import add_json, add_passphrase_file, add_radio
from companion.commands.arguments.services import offline_services
from companion.commands.dataset import border_routers, fields
from companion.commands.dataset.saved import saved
from companion.commands.dataset.words import print_dataset, print_list
from companion.commands.grant.usage import WrongUsage, confirm
from companion.commands.terminal import streams
from companion.files import MAX_SMALL_FILE, create_named, read_named
from companion.networks.thread import Dataset, read_text
from companion.networks.thread.changes import changed, new_network
from companion.networks.thread.entry import MOST_TEXT, as_text
from companion.runs import saved_datasets

if TYPE_CHECKING:
    from companion.identity import Vault

DESCRIPTION = """\
Manage Thread networks: their active operational datasets, saved with your keys.

actions:
  list            list saved networks (default)
  show WHAT       explain a dataset; WHAT is a saved network, a FILE, or - for standard input
  make            create and save a new network; options left out are random or default values
  edit NETWORK    change a saved network and raise its timestamp. Load the new dataset (`export`) into a
                  border router before devices can find the changed network
  import SOURCE   save the dataset in a FILE, from standard input (-), or from a border router (--from)
  export NETWORK FILE
                  write a saved dataset to a new file, or to standard output (-)
  remove NETWORK  delete a saved network; devices that have joined stay in it
  near            list border routers on this computer's network, and which of their networks are saved

NETWORK is a name, or the beginning of an extended PAN id.
"""
STANDARD = "-"
_Kept = Callable[[], tuple[Dataset, ...]]
ACTIONS = {"list": 0, "show": 1, "make": 0, "edit": 1, "import": 1, "export": 2, "remove": 1, "near": 0}
"""How many words each takes."""


def configure(parser: argparse.ArgumentParser) -> None:
    """`dataset [ACTION ...]`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    parser.add_argument("action", nargs="?", choices=ACTIONS, default="list", metavar="ACTION")
    parser.add_argument("words", nargs="*", metavar="...")
    parser.add_argument(
        "--from",
        dest="router",
        metavar="ROUTER",
        help="import: ask an OpenThread border router, by its network's name or HOST[:PORT]; the answer "
        "is not encrypted",
    )
    parser.add_argument("--reveal", action="store_true", help="also show network key, PSKc and the dataset")
    fields.configure(parser.add_argument_group("make and edit"))
    add_radio(parser)
    parser.add_argument("--yes", action="store_true", help="remove: do not ask for confirmation")
    add_json(parser)
    add_passphrase_file(parser)


def run(arguments: argparse.Namespace) -> int:
    """Do one of them. Nothing of a dataset that can't be used is kept."""
    action = arguments.action
    if not _fits(action, arguments.words, arguments.router):
        streams.print_error(f"companion: see `companion dataset --help` for the arguments of {action}")
        return 2
    if action == "near":
        return border_routers.run(arguments)
    if action == "import" and arguments.router:
        return border_routers.import_from(arguments)
    look = _LOOKS.get(action)
    with offline_services(arguments, reads=look is not None) as services:
        if look is not None:
            look(arguments, partial(saved, services))
            return 0
        return _DO[action](arguments, services.open_identity().vault)


def _fits(action: str, words: list[str], router: str | None) -> bool:
    """A source is a word or a router."""
    if action == "import" and router is not None:
        return not words
    return len(words) == ACTIONS[action] and router is None


def _list(arguments: argparse.Namespace, kept: _Kept) -> None:
    print_list(kept(), as_json=arguments.json)


def _show(arguments: argparse.Namespace, kept: _Kept) -> None:
    print_dataset(_given(arguments.words[0], kept), as_json=arguments.json, reveal=arguments.reveal)


def _make(arguments: argparse.Namespace, vault: Vault) -> int:
    return _keep(new_network(fields.changes(arguments)), arguments, vault)


def _edit(arguments: argparse.Namespace, vault: Vault) -> int:
    before = saved_datasets.find(saved_datasets.recall(vault), arguments.words[0])
    after = changed(before, fields.changes(arguments))
    if after.extended_pan_id != before.extended_pan_id:
        saved_datasets.forget(vault, before)
    return _keep(after, arguments, vault)


def _import(arguments: argparse.Namespace, vault: Vault) -> int:
    dataset = _read(arguments.words[0])
    dataset.check_joinable()
    return _keep(dataset, arguments, vault)


def _export(arguments: argparse.Namespace, vault: Vault) -> int:
    dataset = saved_datasets.find(saved_datasets.recall(vault), arguments.words[0])
    digits = as_text(dataset).reveal_text()
    if arguments.words[1] == STANDARD:
        streams.print_line(digits)
        return 0
    file = Path(arguments.words[1])
    create_named(file, f"{digits}\n".encode())
    if arguments.json:
        streams.print_json({"file": str(file)})
    else:
        streams.print_line(f"✓ {file} contains the dataset of {dataset.name}, with its network key.")
    return 0


def _remove(arguments: argparse.Namespace, vault: Vault) -> int:
    dataset = saved_datasets.find(saved_datasets.recall(vault), arguments.words[0])
    try:
        confirm(
            arguments,
            f"Delete the dataset of {dataset.name or 'this network'}, with its network key? Its devices stay "
            "in it, but none can be added from here.",
        )
    except WrongUsage as problem:
        streams.print_error(f"companion: {problem}")
        return 2
    saved_datasets.forget(vault, dataset)
    print_list(saved_datasets.recall(vault), as_json=arguments.json)
    return 0


def _keep(dataset: Dataset, arguments: argparse.Namespace, vault: Vault) -> int:
    saved_datasets.remember(vault, dataset)
    print_dataset(dataset, as_json=arguments.json, reveal=arguments.reveal)
    return 0


def _given(word: str, kept: _Kept) -> Dataset:
    """A kept network of this name, else what is in a file of this name."""
    if word != STANDARD and not Path(word).exists():
        return saved_datasets.find(kept(), word)
    return _read(word)


def _read(word: str) -> Dataset:
    if word == STANDARD:
        return read_text(sys.stdin.read(MOST_TEXT + 1))
    return read_text(read_named(MAX_SMALL_FILE, Path(word)).decode(errors="replace"))


_LOOKS: dict[str, Callable[[argparse.Namespace, _Kept], None]] = {"list": _list, "show": _show}
_DO: dict[str, Callable[[argparse.Namespace, Vault], int]] = {
    "make": _make,
    "edit": _edit,
    "import": _import,
    "export": _export,
    "remove": _remove,
}
