"""`companion proof`: that a device is its owner's, in one file for whoever has the owner's public key."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from companion.commands.arguments.options import add_json, add_passphrase_file, add_radio
from companion.commands.terminal import streams
from companion.errors import StorageError
from companion.files import read_named, replace_named, unwritable
from companion.model import Check, Verdict

if TYPE_CHECKING:
    from companion.trust.proof.checks import Checked
    from companion.trust.proof.document import DeviceProof
    from companion.trust.transparency.note import VerifierKey
    from companion.trust.transparency.split import Evidence

DESCRIPTION = """Prove that a device is yours, and check such a proof.

actions:
  export DEVICE    write one file with the complete chain, from your owner key to the device's receipt in
                   your log, and short programs that check it without Companion
  verify FILE      run every check and print its result; needs no keys, and of your records only which
                   witnesses you know

Exit status of verify: 0 if every check passed, 5 if one failed.
"""
MARKS = {Verdict.PASSED: "✓", Verdict.REMARK: "!", Verdict.FAILED: "✗", Verdict.NOT_KNOWN: "?"}
_FAILED = 5


def configure(parser: argparse.ArgumentParser) -> None:
    """`proof export DEVICE | verify FILE`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    parser.add_argument("action", choices=("export", "verify"), metavar="ACTION")
    parser.add_argument("what", metavar="DEVICE|FILE")
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="export: output file (default: SERIAL.proof in this folder)"
    )
    parser.add_argument(
        "--also-standard",
        action="store_true",
        help="export: also write the log entry with its tlog-proof (C2SP) and COSE receipt (RFC 9942)",
    )
    parser.add_argument(
        "--owner",
        type=Path,
        metavar="PEM",
        help="verify: the owner's public key, from `companion trust key`",
    )
    parser.add_argument(
        "--witness",
        action="append",
        type=_witness,
        default=[],
        metavar="KEY",
        help="verify: require the signature of this witness; KEY as shown by `companion witness key` there. "
        "Those of your own log are known; a key that only the proof names may be anybody's",
    )
    add_radio(parser)
    add_json(parser)
    add_passphrase_file(parser, action="export: ")


def run(arguments: argparse.Namespace) -> int:
    """Export or verify."""
    return _export(arguments) if arguments.action == "export" else _verify(arguments)


def _export(arguments: argparse.Namespace) -> int:
    from companion.commands.arguments.services import offline_services
    from companion.trust.proof import export
    from companion.trust.proof.document import encode

    with offline_services(arguments, reads=True) as services:
        registry = services.registry
        device = registry.device(arguments.what)
        identity = services.open_identity()
        proof = export.make_proof(registry, identity, device)
        target = arguments.out or Path(f"{_file_name(device.serial or device.id)}.proof")
        beside = {target.with_name(name): content for name, content in export.verifiers().items()}
        written = {target: encode(proof), **beside}
        if arguments.also_standard:
            receipt = export.newest_receipt(registry, device)
            for name, content in export.entry_files(registry.log.proof(receipt.run), identity).items():
                written[target.with_name(f"{target.stem}-{name}")] = content
    write_files(written)
    _tell_export(arguments, proof, list(written))
    return 0


def _tell_export(arguments: argparse.Namespace, proof: DeviceProof, written: list[Path]) -> None:
    from companion.trust.proof.checks import fingerprint

    if arguments.json:
        streams.print_json(
            {
                "owner_key": fingerprint(proof.owner),
                "index": proof.index,
                "files": [str(each) for each in written],
            }
        )
        return
    for each in written:
        streams.print_line(f"  {each}")
    streams.print_line(
        f"To check it, others need your owner key, {fingerprint(proof.owner)}: `companion trust key FILE`."
    )


def _verify(arguments: argparse.Namespace) -> int:
    from companion.protocols.discovery import receipt_reader
    from companion.trust.proof.checks import check_proof
    from companion.trust.proof.document import MOST
    from companion.trust.transparency import split

    owner = _owner(arguments.owner) if arguments.owner is not None else None
    content = read_named(MOST, Path(arguments.what))
    if (evidence := split.decode(content)) is not None:
        return _explain(evidence, as_json=arguments.json)
    known = _known_witnesses(arguments) if _names_others(content, arguments.witness) else []
    checked = check_proof(content, receipt_reader, owner=owner, expected=arguments.witness, known=known)
    if arguments.json:
        streams.print_json(_document(checked))
    else:
        for each in checked.checks:
            streams.print_line(f"{MARKS[each.verdict]} {each.claim}. {each.reason}.")
        streams.print_line("The proof is valid." if checked.holds else "The proof is not valid.")
    return 0 if checked.holds else _FAILED


def _names_others(content: bytes, named: list[VerifierKey]) -> bool:
    """True if the proof has witnesses that were not named: then the records may know them."""
    from companion.trust.proof.document import decode

    try:
        witnesses = decode(content).witnesses
    except ValueError:
        return False
    return not set(witnesses) <= {str(each) for each in named}


def _known_witnesses(arguments: argparse.Namespace) -> list[VerifierKey]:
    """Those of the log on this computer, if there is one."""
    from companion.commands.arguments.services import offline_services

    with offline_services(arguments, reads=True) as services:
        return [each.key for each in services.registry.log.witnesses.all()]


def _explain(evidence: Evidence, *, as_json: bool) -> int:
    """What evidence about a log shows. It "holds" if it convicts the log by itself."""
    from companion.trust.transparency.split import check_evidence

    checks, convicts = check_evidence(evidence)
    if as_json:
        streams.print_json({"evidence": True, "convicts": convicts, "checks": _checks(checks)})
        return 0 if convicts else _FAILED
    for each in checks:
        streams.print_line(f"{MARKS[each.verdict]} {each.claim}. {each.reason}.")
    if convicts:
        streams.print_line("This proves that the log was changed: no single history has both heads.")
    else:
        streams.print_line(
            "This alone proves nothing: the log may still show that one head continues the other."
        )
    return 0 if convicts else _FAILED


def _checks(checks: Iterable[Check]) -> list[dict[str, str]]:
    return [
        {
            "name": each.name,
            "verdict": each.verdict.value,
            "claim": str(each.claim),
            "reason": str(each.reason),
        }
        for each in checks
    ]


def _document(checked: Checked) -> dict[str, object]:
    from companion.trust.proof.checks import fingerprint

    said, proof = checked.said, checked.proof
    return {
        "holds": checked.holds,
        "owner_key": None if proof is None else fingerprint(proof.owner),
        "serial": None if said is None else said.serial,
        "checks": _checks(checked.checks),
    }


def _witness(text: str) -> VerifierKey:
    from companion.trust.transparency.note import read_key

    try:
        return read_key(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _owner(file: Path) -> bytes:
    from companion.identity.public import read_public

    try:
        return read_public(read_named(4096, file))
    except ValueError as problem:
        raise StorageError(f"{file.name}: {problem}") from problem


def _file_name(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9.-]+", "-", text).strip(".-")[:100] or "device"


def write_files(written: dict[Path, bytes]) -> None:
    """Each in one step, readable by this user alone. Raises FileUnwritable."""
    for file, content in written.items():
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise unwritable(file, problem) from problem
        replace_named(file, content)
