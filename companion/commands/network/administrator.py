"""`companion network radius`: the folder for the administrator of the RADIUS server."""

from __future__ import annotations

import argparse
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from companion.commands.arguments.services import offline_services
from companion.commands.network.networks import WrongUsage, fingerprint
from companion.commands.terminal import streams
from companion.files import MAX_SMALL_FILE, create_private, read_named, unwritable
from companion.identity import crl
from companion.networks.company.document import as_pem
from companion.networks.company.radius_files import CRL, SERVER_CA, ServerFiles, radius_files
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.services import Services

SERVER_DAYS = 825


def configure(group: argparse._ActionsContainer) -> None:
    """`--make-server`."""
    group.add_argument(
        "--make-server",
        metavar="NAME",
        help="also make a CA and a server certificate for this DNS name, for a trial without your company's",
    )


def run(arguments: argparse.Namespace) -> int:
    """Write the folder. Raises WrongUsage where there is something, and what writing raises."""
    folder = Path(arguments.place).absolute()
    if folder.exists():
        raise WrongUsage(f"{folder} already exists: choose another name")
    with offline_services(arguments) as services:
        ca = services.open_identity().ca
        root = ca.direct_root
        _make(folder)
        listed = _revocation_list(services, folder)
        server = _server(arguments.make_server) if arguments.make_server else None
        secret = Secret(secrets.token_hex(16))
        files = radius_files(str(folder), as_pem(root).encode(), listed, secret, server)
    for name, content in files.items():
        _write(folder / name, content)
    if arguments.json:
        streams.print_json({"folder": str(folder), "files": sorted(files), "root": fingerprint(root)})
        return 0
    streams.print_line(f"Written to {folder}: give it to your RADIUS server's administrator (README.txt).")
    streams.print_line(f"Your root's SHA-256: {fingerprint(root)}")
    if server is not None:
        streams.print_line(f"For `companion network make --ca`: {folder / SERVER_CA}")
    streams.print_line("The revocation list expires in 7 days. Renew it with `companion trust crl`.")
    return 0


def _revocation_list(services: Services, folder: Path) -> bytes:
    """The list of now as PEM. The one that is renewed later is where it always was, or in this folder."""
    before = crl.published(services.data_dir)
    file = None if before is not None else folder / CRL
    made = crl.publish(services.data_dir, services.identity.ca, services.registry, file)
    assert made is not None
    return read_named(MAX_SMALL_FILE, made.file)


def _server(name: str) -> ServerFiles:
    """A certificate of a CA that is made for it and then forgotten."""
    from cryptography.hazmat.primitives import serialization

    from companion.encoding import es256
    from companion.identity import IssuingCa

    ca, key = IssuingCa.create(f"RADIUS CA of {name}"[:64]), es256.generate()
    leaf = ca.issue_server(key.public_key(), (name,), days=SERVER_DAYS).chain
    chain = "".join(as_pem(der) for der in (*leaf, *ca.anchors))
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return ServerFiles(chain.encode(), Secret(pem), as_pem(ca.anchors[0]).encode())


def _make(folder: Path) -> None:
    try:
        (folder / "freeradius").mkdir(parents=True)
    except OSError as error:
        raise unwritable(folder, error) from error


def _write(file: Path, content: bytes | Secret) -> None:
    if isinstance(content, Secret):
        create_private(file, content.reveal())
        return
    try:
        file.write_bytes(content)
    except OSError as error:
        raise unwritable(file, error) from error
