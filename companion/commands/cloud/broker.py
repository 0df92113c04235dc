"""`companion cloud broker`: settings of a broker of one's own, with its root, list and certificate."""

from __future__ import annotations

import argparse
from pathlib import Path

from cryptography.hazmat.primitives import serialization

from companion.clouds.brokers import BROKERS, CERTIFICATE, KEY, PORT, REVOKED, ROOT, settings
from companion.clouds.setup import pem
from companion.commands.arguments.options import port
from companion.commands.arguments.services import offline_services
from companion.commands.terminal import streams
from companion.encoding import es256
from companion.files import create_private, unwritable
from companion.identity import IssuingCa, crl
from companion.identity.ca import MAX_DAYS


def configure(parser: argparse.ArgumentParser) -> None:
    """`--host`, `--port`."""
    group = parser.add_argument_group("broker")
    group.add_argument(
        "--host",
        action="append",
        default=[],
        metavar="NAME",
        help="name or address by which devices call it: makes its certificate and key. Repeat for more",
    )
    group.add_argument(
        "--port", type=port, default=PORT, metavar="N", help=f"port for devices (default: {PORT})"
    )


def broker(arguments: argparse.Namespace) -> int:
    """Write everything into a new folder. Raises StorageError leaves."""
    name, where = arguments.words
    kind = BROKERS.get(name)
    if kind is None:
        streams.print_error(f"companion: brokers are {', '.join(BROKERS)}")
        return 2
    folder = Path(where).absolute()
    files = settings(kind, str(folder), arguments.port)
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        streams.print_error(f"companion: {folder.name} already exists: choose another name")
        return 2
    except OSError as error:
        raise unwritable(folder, error) from error
    with offline_services(arguments) as services:
        ca = services.open_identity().ca
        if arguments.host:
            _write_certificate(ca, tuple(arguments.host), folder)
        crl.publish(services.data_dir, ca, services.registry, folder / REVOKED)
    _write(folder, {ROOT: pem(ca.direct_root), **files})
    remark = str(kind.remark) if kind.remark is not None else None
    reload = kind.reload.template.format(file=folder / REVOKED)
    if arguments.json:
        written = sorted(each.name for each in folder.iterdir())
        streams.print_json({"folder": str(folder), "files": written, "reload": reload, "remark": remark})
        return 0
    streams.print_line(f"✓ {folder} contains the settings for {kind.title}.")
    if not arguments.host:
        streams.print_line(f"! It needs {CERTIFICATE} and {KEY} there: your own, or made with --host NAME.")
    if remark:
        streams.print_line(f"! {remark}")
    streams.print_line(f"A new revocation list: {reload}")
    return 0


def _write_certificate(ca: IssuingCa, hosts: tuple[str, ...], folder: Path) -> None:
    """The broker's, from our CA: devices of a profile without roots of its own believe it."""
    key = es256.generate()
    form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    chain = ca.issue_server(key.public_key(), hosts, days=MAX_DAYS).chain
    create_private(folder / KEY, key.private_bytes(*form))
    _write(folder, {CERTIFICATE: "".join(pem(der) for der in chain)})


def _write(folder: Path, files: dict[str, str]) -> None:
    try:
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise unwritable(folder, error) from error
