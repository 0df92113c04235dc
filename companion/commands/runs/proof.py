"""`companion runs proof`: that a run is in the log, in files that others check without Companion."""

from __future__ import annotations

import argparse
from pathlib import Path

from companion.commands.terminal import streams
from companion.files import replace_durably, unwritable
from companion.identity import Identity
from companion.identity.log_key import LogKey
from companion.services import Services
from companion.trust.transparency.checkpoint import sign_checkpoint, verifier_key
from companion.trust.transparency.entries import sign_head
from companion.trust.transparency.proofs import InclusionProof, cose_receipt, tlog_proof, vouch_for_log


def run(arguments: argparse.Namespace, services: Services, run_id: str) -> int:
    """Write the files into the folder that was named, and say what they are."""
    proof = services.registry.log.proof(run_id)
    target = Path(arguments.folder)
    written = files(proof, services.open_identity())
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name, content in written.items():
            replace_durably(target / name, content)
    except OSError as error:
        raise unwritable(target, error) from error
    if arguments.json:
        head = proof.head
        streams.print_json(
            {
                "log": {"origin": head.origin, "size": head.size, "root": head.root.hex()},
                "index": proof.index,
                "files": [str(target / name) for name in written],
            }
        )
    else:
        streams.print_line(f"Entry {proof.index + 1} of {proof.size} in the log {proof.head.origin}.")
        for name in written:
            streams.print_line(f"  {target / name}")
    return 0


def files(proof: InclusionProof, identity: Identity) -> dict[str, bytes]:
    """Name and content of each: the entry, its proof in both forms, the head, and the log's key."""
    key, owner, origin = LogKey.of(identity.vault), identity.owner, proof.head.origin
    checkpoint = sign_checkpoint(proof.head, key.sign, key.public)
    return {
        "entry.cbor": proof.entry,
        "entry.tlog-proof": tlog_proof(proof, checkpoint).encode(),
        "entry-receipt.cose": cose_receipt(proof, owner.sign),
        "log-head.cose": sign_head(proof.head, owner.sign),
        "log.vkey": f"{verifier_key(origin, key.public)}\n".encode(),
        "log-key.cose": vouch_for_log(origin, key.public, owner.sign),
    }
