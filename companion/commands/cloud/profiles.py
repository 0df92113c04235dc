"""Cloud profiles on a terminal: listed, made, carried in and out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from companion.clouds.company.login import keep
from companion.clouds.kinds import KINDS, KindDeclaration
from companion.clouds.profile import MAX_PROFILE, OPTIONS, PEMS, CloudProfile, made, read
from companion.clouds.store import ProfileStore
from companion.commands.arguments.options import is_virtual
from companion.commands.arguments.services import offline_services
from companion.commands.terminal import streams
from companion.errors import CloudProfileInvalid
from companion.files import check_folder, data_folder, data_path, read_named, unwritable

_STANDARD = "-"


def store(arguments: argparse.Namespace, *, writes: bool = False) -> ProfileStore:
    """The profiles of the data folder, which is made only if something is written.

    Raises RadioSpecError and StorageError leaves.
    """
    virtual = is_virtual(arguments)
    if writes:
        return ProfileStore(data_folder(arguments.data_dir, virtual=virtual))
    folder = data_path(arguments.data_dir, virtual=virtual)
    if folder.exists():
        check_folder(folder)
    return ProfileStore(folder)


def list_all(arguments: argparse.Namespace) -> int:
    """Every profile that can be read."""
    found = store(arguments).profiles()
    if arguments.json:
        streams.print_json({"profiles": [each.document() for each in found]})
        return 0
    for each in found:
        streams.print_line(f"{each.name:<16}  {each.kind:<16}  {each.endpoint}")
    if not found:
        streams.print_line("No cloud profiles. Devices connect to this computer.")
        streams.print_line("Make one with `companion cloud new`, see `companion cloud kinds`.")
    return 0


def list_kinds(arguments: argparse.Namespace) -> int:
    """What there is to choose from."""
    if arguments.json:
        streams.print_json({"kinds": [_kind_document(each) for each in KINDS.values()]})
        return 0
    for each in KINDS.values():
        needs = [f"--{name.replace('_', '-')}" for name in OPTIONS if name in each.required]
        if not each.endpoint:
            needs.insert(0, "--endpoint")
        needs += ["--roots"] if each.needs_roots else []
        streams.print_line(f"{each.kind:<16}  {each.title}")
        streams.print_line(f"{'':<16}  {each.summary}")
        streams.print_line(f"{'':<16}  needs {' '.join(needs)}")
    return 0


def _kind_document(kind: KindDeclaration) -> dict[str, Any]:
    return {
        "kind": str(kind.kind),
        "provider": str(kind.provider),
        "title": str(kind.title),
        "summary": str(kind.summary),
        "proof": str(kind.proof),
        "required": sorted(kind.required),
        "optional": sorted(kind.optional),
        "endpoint": kind.endpoint or None,
        "needs_cloud": kind.needs_cloud,
    }


def show(arguments: argparse.Namespace) -> int:
    """One profile, and what its kind means."""
    found = store(arguments).find(arguments.words[0])
    _print(found, as_json=arguments.json)
    return 0


def new(arguments: argparse.Namespace) -> int:
    """A profile from the options."""
    values = {name: getattr(arguments, name) for name in ("endpoint", "id", *OPTIONS)}
    values |= {"name": arguments.words[0], "kind": arguments.kind or ""}
    values |= {name: _text(file) for name in PEMS if (file := getattr(arguments, name)) is not None}
    return _keep(made(values), arguments)


def take(arguments: argparse.Namespace) -> int:
    """A profile from a file."""
    file = Path(arguments.words[0])
    return _keep(read(_text(file), file.name), arguments)


def export(arguments: argparse.Namespace) -> int:
    """A profile to a file that is not there yet."""
    name, where = arguments.words
    text = store(arguments).find(name).as_text()
    if where == _STANDARD:
        streams.print_piece(text)
        return 0
    file = Path(where)
    try:
        with file.open("x", encoding="utf-8") as written:
            written.write(text)
    except FileExistsError:
        streams.print_error(f"companion: {file.name} already exists: choose another name")
        return 2
    except OSError as error:
        raise unwritable(file, error) from error
    if arguments.json:
        streams.print_json({"file": str(file)})
    else:
        streams.print_line(f"✓ {file} contains the profile {name}. It holds no secrets.")
    return 0


def remove(arguments: argparse.Namespace) -> int:
    """A profile is forgotten here, with its login; what is at the cloud stays."""
    name, profiles = arguments.words[0], store(arguments)
    known = [each for each in profiles.profiles() if each.name == name and each.est]
    profiles.remove(name)
    for profile in known:
        with offline_services(arguments) as services:
            keep(services.open_identity().vault, profile, None)
    return list_all(arguments)


def _keep(profile: CloudProfile, arguments: argparse.Namespace) -> int:
    store(arguments, writes=True).keep(profile)
    _print(profile, as_json=arguments.json)
    return 0


def _print(profile: CloudProfile, *, as_json: bool) -> None:
    if as_json:
        streams.print_json(profile.document())
        return
    declared = profile.declared
    streams.print_line(f"{profile.name}: {declared.title}")
    for name, value in profile.document().items():
        if name not in ("companion", "name", *PEMS):
            streams.print_line(f"  {name.replace('_', ' '):<10} {value}")
    if roots := profile.own_roots():
        streams.print_line(f"  {'roots':<10} {len(roots)} of its own")
    streams.print_line(f"  {declared.summary}")
    streams.print_line(f"  Proof: {declared.proof}.")


def _text(file: Path) -> str:
    try:
        return read_named(MAX_PROFILE, file).decode()
    except UnicodeDecodeError as error:
        raise CloudProfileInvalid(what=file.name, reason="it is not text") from error
