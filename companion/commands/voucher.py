"""`companion voucher`: to whom a device of FIDO Device Onboard (FDO) is assigned, and whether that holds."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.commands.arguments.options import add_json
from companion.commands.terminal import numbers, streams
from companion.errors import CompanionError, OwnershipVoucherInvalid, OwnershipVoucherOutdated
from companion.files import read_named
from companion.model import Verdict

if TYPE_CHECKING:
    from companion.vouchers.keys import OwnerKey, PublicKey
    from companion.vouchers.rendezvous import Directive
    from companion.vouchers.voucher import Voucher

DESCRIPTION = """Read and verify ownership vouchers of FIDO Device Onboard (FDO): who made a device, through
whose hands it went, and whose it is.

actions:
  show FILE...      say what a voucher contains
  verify FILE...    run every check and print its result; a folder stands for the files in it

Files are PEM or CBOR. Both actions work offline and need no keys.
Exit status of verify: 0 if every check passed, 5 if one failed.
"""
MARKS = {Verdict.PASSED: "✓", Verdict.REMARK: "!", Verdict.FAILED: "✗", Verdict.NOT_KNOWN: "?"}
MOST_FILES = 100_000
_MAX_KEY = 65_536
_FAILED, _USAGE = 5, 2
_SHOWN = 20


def configure(parser: argparse.ArgumentParser) -> None:
    """`voucher show|verify FILE...`."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.description = DESCRIPTION
    parser.add_argument("action", choices=("show", "verify"), metavar="ACTION")
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument(
        "--manufacturer",
        action="append",
        type=Path,
        default=[],
        metavar="PEM",
        help="verify: public key or certificate of a manufacturer that you expect; may be repeated",
    )
    parser.add_argument(
        "--owner", type=Path, metavar="PEM", help="verify: public key or certificate of who should own it"
    )
    add_json(parser)


def run(arguments: argparse.Namespace) -> int:
    """Show or verify."""
    if arguments.action == "show" and (arguments.manufacturer or arguments.owner):
        streams.print_error("companion: --manufacturer and --owner are for verify")
        return _USAGE
    files = list(_files(arguments.files))
    if len(files) > MOST_FILES:
        streams.print_error(f"companion: at most {MOST_FILES} files at once")
        return _USAGE
    if arguments.action == "show":
        return _show(files, as_json=arguments.json)
    manufacturers = [_key(each) for each in arguments.manufacturer]
    return _verify(
        files, manufacturers, _key(arguments.owner) if arguments.owner else None, as_json=arguments.json
    )


def _files(named: list[Path]) -> Iterator[Path]:
    for path in named:
        if path.is_dir():
            yield from sorted(each for each in path.iterdir() if each.is_file())
        else:
            yield path


def _key(path: Path) -> PublicKey:
    from companion.vouchers.keys import read_public

    try:
        return read_public(read_named(_MAX_KEY, path))
    except ValueError as problem:
        raise OwnershipVoucherInvalid(str(problem), file=path.name) from problem


def _voucher(path: Path) -> Voucher:
    """Raises FileMissing, FileUnreadable, OwnershipVoucherInvalid, OwnershipVoucherOutdated."""
    from companion.vouchers.voucher import MAX_FILE, VoucherOutdated, VoucherUnreadable, read_voucher

    try:
        return read_voucher(read_named(MAX_FILE, path))
    except VoucherOutdated as problem:
        raise OwnershipVoucherOutdated(str(problem), file=path.name) from problem
    except VoucherUnreadable as problem:
        raise OwnershipVoucherInvalid(str(problem), file=path.name) from problem


def _show(files: list[Path], *, as_json: bool) -> int:
    shown = [(path, _voucher(path)) for path in files]
    if as_json:
        streams.print_json({"vouchers": [_document(path, each) for path, each in shown]})
        return 0
    for path, voucher in shown:
        streams.print_line(f"{path.name}: the voucher of {voucher.device}, GUID {voucher.guid.hex()}")
        streams.print_line(f"  Made by {_named(voucher.manufacturer)}")
        for number, entry in enumerate(voucher.entries[:_SHOWN], 1):
            streams.print_line(f"  {number}. handed on to {_named(entry.owner)}")
        if len(voucher.entries) > _SHOWN:
            streams.print_line(f"  and {len(voucher.entries) - _SHOWN} more (--json lists all)")
        if voucher.entries:
            streams.print_line(f"  Assigned to {_named(voucher.owner)}")
        else:
            streams.print_line("  Not handed on to anybody yet")
        for directive in voucher.rendezvous:
            streams.print_line(f"  Asks for its owner at {_where(directive)}")
        streams.print_line("  Not verified: `companion voucher verify` does that.")
    return 0


def _verify(
    files: list[Path], manufacturers: list[PublicKey], owner: PublicKey | None, *, as_json: bool
) -> int:
    """One voucher in full; of several a line each, so that thousands can be read."""
    from companion.vouchers.verification import check_voucher, holds

    documents: list[dict[str, Any]] = []
    failed = 0
    for path in files:
        try:
            voucher = _voucher(path)
        except CompanionError as problem:
            if len(files) == 1:
                raise
            failed += 1
            documents.append({"file": path.name, "holds": False, "error": problem.code})
            if not as_json:
                streams.print_line(f"✗ {problem.title_text} ({problem.code})")
            continue
        checks = check_voucher(voucher, manufacturers=manufacturers, owner=owner)
        good = holds(checks)
        failed += not good
        told = [
            {
                "name": each.name,
                "claim": str(each.claim),
                "reason": str(each.reason),
                "verdict": each.verdict.value,
            }
            for each in checks
        ]
        documents.append({**_document(path, voucher), "holds": good, "checks": told})
        if as_json:
            continue
        if len(files) == 1:
            for each in checks:
                streams.print_line(f"{MARKS[each.verdict]} {each.claim}. {each.reason}.")
            streams.print_line("The voucher is valid." if good else "The voucher is not valid.")
        else:
            wrong = "; ".join(str(each.reason) for each in checks if each.verdict is Verdict.FAILED)
            said = f"{voucher.device}, assigned to {_named(voucher.owner)}" if good else wrong
            streams.print_line(f"{'✓' if good else '✗'} {path.name}: {said}")
    if as_json:
        streams.print_json({"vouchers": documents, "holds": not failed})
    elif len(files) != 1:
        streams.print_line(f"{numbers.counted(len(files), 'voucher', 'vouchers')}, {failed} not valid.")
    return _FAILED if failed else 0


def _named(key: OwnerKey) -> str:
    from companion.vouchers.verification import fingerprint

    article = "an" if key.name.startswith("RSA") else "a"
    return f"{key.subject or f'{article} {key.name} key'} ({fingerprint(key)})"


def _where(directive: Directive) -> str:
    port = f", port {directive.port}" if directive.port is not None else ""
    protocol = f" by {directive.protocol}" if directive.protocol else ""
    hosts = " or ".join(directive.hosts) or "a server that is not named"
    return f"{hosts}{port}{protocol}{', after joining a Wi-Fi network' if directive.has_wifi else ''}"


def _document(path: Path, voucher: Voucher) -> dict[str, Any]:
    from companion.vouchers.verification import fingerprint

    def key(made: OwnerKey) -> dict[str, str]:
        return {"kind": made.name, "fingerprint": fingerprint(made), "subject": made.subject}

    return {
        "file": path.name,
        "guid": voucher.guid.hex(),
        "device": voucher.device,
        "manufacturer": key(voucher.manufacturer),
        "owners": [key(each.owner) for each in voucher.entries],
        "certificates": len(voucher.certificates),
        "rendezvous": [_where(each) for each in voucher.rendezvous],
    }
