"""The folder for a RADIUS server's administrator, written: root, list of now, settings, steps."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from companion.errors import FileUnwritable
from companion.files import MAX_SMALL_FILE, create_private, read_named, unwritable
from companion.identity import crl
from companion.networks.company.document import as_pem
from companion.networks.company.radius_files import CRL, ServerFiles, radius_files
from companion.secret import Secret

if TYPE_CHECKING:
    from companion.services import Services

SERVER_DAYS = 825


def write(folder: Path, services: Services, server: ServerFiles | None = None) -> tuple[str, ...]:
    """Write it, and give the names of its files. Takes open identity and registry, and a new folder's place.

    Raises FileUnwritable and what the registry raises.
    """
    folder = folder.absolute()
    root = as_pem(services.identity.ca.direct_root).encode()
    try:
        (folder / "freeradius").mkdir(parents=True)
    except OSError as error:
        raise unwritable(folder, error) from error
    listed = _revocation_list(services, folder)
    files = radius_files(str(folder), root, listed, Secret(secrets.token_hex(16)), server)
    _write(folder, files)
    return tuple(sorted(files))


def trial_server(name: str) -> ServerFiles:
    """A certificate for this DNS name, of a CA that is made for it and then forgotten."""
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


def _revocation_list(services: Services, folder: Path) -> bytes:
    """The list of now as PEM. The one that is renewed later is where it always was, or in this folder."""
    before = crl.published(services.data_dir)
    file = None if before is not None else folder / CRL
    made = crl.publish(services.data_dir, services.identity.ca, services.registry, file)
    assert made is not None
    return read_named(MAX_SMALL_FILE, made.file)


def _write(folder: Path, files: Mapping[str, bytes | Secret]) -> None:
    for name, content in files.items():
        file = folder / name
        try:
            if isinstance(content, Secret):
                create_private(file, content.reveal())
            else:
                file.write_bytes(content)
        except FileExistsError as error:
            raise FileUnwritable(type(error).__name__, file=file.name) from error
        except OSError as error:
            raise unwritable(file, error) from error
