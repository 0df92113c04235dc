"""`companion runs proof`: that a run is in the log, in files that others check without Companion."""

from __future__ import annotations

import argparse
from pathlib import Path

from companion.commands.proof import write_files
from companion.commands.terminal import streams
from companion.services import Services
from companion.trust.proof.export import entry_files


def run(arguments: argparse.Namespace, services: Services, run_id: str) -> int:
    """Write the files into the folder that was named, and say what they are."""
    proof = services.registry.log.proof(run_id)
    target = Path(arguments.other)
    written = {
        target / name: content for name, content in entry_files(proof, services.open_identity()).items()
    }
    write_files(written)
    if arguments.json:
        head = proof.head
        streams.print_json(
            {
                "log": {"origin": head.origin, "size": head.size, "root": head.root.hex()},
                "index": proof.index,
                "files": [str(each) for each in written],
            }
        )
    else:
        streams.print_line(f"Entry {proof.index + 1} of {proof.size} in the log {proof.head.origin}.")
        for each in written:
            streams.print_line(f"  {each}")
    return 0
