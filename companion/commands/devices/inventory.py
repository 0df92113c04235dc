"""`companion devices tag`, `note`, `label`, `export`, `import`: what an owner writes down about devices."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from companion.commands.arguments.services import offline_services
from companion.commands.devices.filters import query
from companion.commands.terminal import streams
from companion.commands.terminal.numbers import devices
from companion.files import replace_named, spare_keys, unwritable
from companion.registry import Registry
from companion.registry.lookup import by_id
from companion.registry.notes import MOST_TAG, MOST_TAGS, tags_in
from companion.reports import inventory

NEEDED = {
    "import": "a FILE",
    "tag": "DEVICE and TAGS",
    "note": "DEVICE and TEXT",
    "label": "DEVICE and --out",
}
MOST_TOLD = 10
"""Rows of a table that are named one by one where something is wrong with them."""


def configure(group: argparse._ArgumentGroup) -> None:
    """Their options."""
    group.add_argument("--remove", action="store_true", help="tag: take the tags off")
    group.add_argument(
        "--format", choices=inventory.KINDS, default="csv", help="export: csv (default) or json"
    )
    group.add_argument(
        "--out", type=Path, metavar="FILE", help="export: write to this file; label: FILE.pdf or FILE.svg"
    )
    group.add_argument("--dry-run", action="store_true", help="import: say what would change, write nothing")


def run(arguments: argparse.Namespace) -> int:
    """Do one of them."""
    action = arguments.action
    if action != "export" and not arguments.device:
        streams.print_error(
            f"companion: devices {action} needs {'a FILE' if action == 'import' else 'a DEVICE'}"
        )
        return 2
    if action in ("tag", "note") and arguments.value is None:
        streams.print_error(f"companion: devices {action} needs {'TAGS' if action == 'tag' else 'a TEXT'}")
        return 2
    if action == "label" and arguments.out is None:
        streams.print_error("companion: devices label needs DEVICE and --out")
        return 2
    reads = action in ("export", "label") or arguments.dry_run
    with offline_services(arguments, reads=reads) as services:
        if action == "export":
            return _export(arguments, services.registry)
        if action == "label":
            return _label(arguments, services.registry)
        if action == "import":
            return _import(arguments, services.registry)
        return _write(arguments, services.registry)


def _write(arguments: argparse.Namespace, registry: Registry) -> int:
    device = registry.device(arguments.device)
    if arguments.action == "note":
        registry.notes.write(device.id, arguments.value)
    else:
        try:
            tags = tags_in([arguments.value])
            add, remove = ((), tags) if arguments.remove else (tags, ())
            registry.notes.tag([device.id], add=add, remove=remove)
        except ValueError as problem:
            streams.print_error(
                f"companion: {problem}: a device has at most {MOST_TAGS} tags, of {MOST_TAG} characters each"
            )
            return 2
    device = registry.device(by_id(device.id))
    if arguments.json:
        streams.print_json(device.as_json())
    else:
        streams.print_line(f"{device.name}  {' '.join(device.tags)}".rstrip())
        if device.note:
            streams.print_line(f"  {device.note}")
    return 0


def _export(arguments: argparse.Namespace, registry: Registry) -> int:
    records = islice(registry.lists.every_device(query(arguments)), arguments.limit)
    pieces = inventory.written(records, "json" if arguments.json else arguments.format)
    if arguments.out is None:
        for piece in pieces:
            streams.print_piece(piece)
        return 0
    _save(arguments.out, pieces)
    streams.print_line(f"{arguments.out}: {inventory.NOT_REDACTED}")
    return 0


def _save(path: Path, pieces: Iterable[str]) -> None:
    spare_keys(path)
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
    except OSError as error:
        raise unwritable(path, error) from error


def _label(arguments: argparse.Namespace, registry: Registry) -> int:
    """A label without a secret: serial number, name, room and model."""
    from companion.label import sheet_pdf, sheet_svg
    from companion.label.device import device_label

    kind = arguments.out.suffix.lower()
    if kind not in (".pdf", ".svg"):
        streams.print_error("companion: --out must end in .pdf or .svg")
        return 2
    label = device_label(registry.device(arguments.device))
    content = sheet_pdf([label]) if kind == ".pdf" else sheet_svg([label])[0].encode()
    replace_named(arguments.out, content)
    streams.print_line(f"{label.serial} in {arguments.out}")
    return 0


def _import(arguments: argparse.Namespace, registry: Registry) -> int:
    found = inventory.read(Path(arguments.device), registry.notes.known())
    changed = 0
    if not arguments.dry_run:
        try:
            changed = registry.notes.take(found.told)
        except ValueError as problem:
            streams.print_error(f"companion: {problem}: a device has at most {MOST_TAGS} tags")
            return 2
    if arguments.json:
        streams.print_json(
            {
                "rows": len(found.told),
                "changed": changed,
                "unknown": list(found.unknown),
                "problems": [{"row": number, "problem": words} for number, words in found.problems],
            }
        )
        return 0
    if arguments.dry_run:
        streams.print_line(f"In the file: {devices(len(found.told))}. Nothing was written.")
    else:
        streams.print_line(f"{devices(changed)} changed, unchanged: {len(found.told) - changed}.")
    if found.unknown:
        named = ", ".join(map(str, found.unknown[:MOST_TOLD]))
        more = " …" if len(found.unknown) > MOST_TOLD else ""
        streams.print_line(f"Rows about no device here: {named}{more}")
    for number, words in found.problems[:MOST_TOLD]:
        streams.print_line(f"Row {number}: {words}")
    return 0
