"""`companion network radius`: the folder for the administrator of the RADIUS server."""

from __future__ import annotations

import argparse
from pathlib import Path

from companion.commands.arguments.services import offline_services
from companion.commands.network.networks import WrongUsage, fingerprint
from companion.commands.terminal import streams
from companion.networks.company import radius_folder
from companion.networks.company.radius_files import SERVER_CA


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
    server = radius_folder.trial_server(arguments.make_server) if arguments.make_server else None
    with offline_services(arguments) as services:
        root = services.open_identity().ca.direct_root
        files = radius_folder.write(folder, services, server)
    if arguments.json:
        streams.print_json({"folder": str(folder), "files": files, "root": fingerprint(root)})
        return 0
    streams.print_line(f"Written to {folder}: give it to your RADIUS server's administrator (README.txt).")
    streams.print_line(f"Your root's SHA-256: {fingerprint(root)}")
    if server is not None:
        streams.print_line(f"For `companion network make --ca`: {folder / SERVER_CA}")
    streams.print_line("The revocation list expires in 7 days. Renew it with `companion trust crl`.")
    return 0
