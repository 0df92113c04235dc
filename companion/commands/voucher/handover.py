"""`companion voucher key|extend`: our keys for FDO, and devices that are handed on."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from companion.commands.arguments.options import is_virtual
from companion.commands.arguments.services import identity_services
from companion.commands.terminal import numbers, streams
from companion.commands.voucher.sources import MAX_KEY, Batch, Source, sources
from companion.errors import CompanionError, OwnershipVoucherInvalid
from companion.errors.voucher import OwnerKeyUnsuitable, OwnershipVoucherBroken, OwnershipVoucherNotOurs
from companion.files import create_named, create_private, data_path, read_named, replace_named, unwritable

if TYPE_CHECKING:
    from companion.vouchers.exchange.store import KeptVouchers
    from companion.vouchers.extension import NextOwner
    from companion.vouchers.private_keys import OwnKeys, SigningKey
    from companion.vouchers.voucher import Voucher

_COLUMNS = ("file", "guid", "device", "written", "error")


def key(arguments: argparse.Namespace) -> int:
    """Write or print a public key, or list them."""
    from companion.identity.identity import has_keys
    from companion.vouchers.private_keys import NAMES, OwnKeys

    if len(arguments.what) > 1 or not set(arguments.what) <= set(NAMES):
        raise ValueError(f"key takes one of {', '.join(NAMES)}")
    if not arguments.what and (arguments.out or arguments.certificate):
        raise ValueError(f"say which key: {', '.join(NAMES)}")
    if not arguments.what:
        virtual = is_virtual(arguments)
        if not has_keys(data_path(arguments.data_dir, virtual=virtual), throwaway=virtual):
            _list_keys((), as_json=arguments.json)
            return 0
    with identity_services(arguments) as services:
        keys = OwnKeys(services.open_identity().vault)
        if not arguments.what:
            _list_keys(keys.kept(), as_json=arguments.json)
            return 0
        made = keys.get(arguments.what[0])
    pem = made.certificate_pem("Owner") if arguments.certificate else made.public_pem()
    if arguments.out is not None:
        create_named(arguments.out, pem)
    if arguments.json:
        streams.print_json({**_key_document(made), "pem": pem.decode()})
    elif arguments.out is not None:
        streams.print_line(f"✓ {arguments.out}: {made.name}, fingerprint {made.fingerprint}")
    else:
        streams.print_piece(pem.decode())
    return 0


def _list_keys(kept: Sequence[SigningKey], *, as_json: bool) -> None:
    if as_json:
        streams.print_json({"keys": [_key_document(each) for each in kept]})
        return
    for each in kept:
        streams.print_line(f"{each.name:<8} {each.fingerprint}")
    if not kept:
        streams.print_line("No keys yet. `companion voucher key p256` makes one.")


def _key_document(made: SigningKey) -> dict[str, str]:
    return {"name": made.name, "fingerprint": made.fingerprint}


def extend(arguments: argparse.Namespace) -> int:
    """Hand devices on: one more entry in each voucher, verified again before it is written."""
    from companion.vouchers.private_keys import OwnKeys

    if arguments.to is None or arguments.out is None:
        raise ValueError("extend needs --to PEM and --out FOLDER")
    to = _next_owner(arguments.to)
    found = sources(arguments)
    batch = Batch(arguments, len(found))
    rows: list[dict[str, Any]] = []
    with identity_services(arguments) as services:
        from companion.vouchers.exchange.store import KeptVouchers

        keys = OwnKeys(services.open_identity().vault)
        extending = _Extending(keys, to, arguments.out, KeptVouchers(services.data_dir))
        for row in extending.rows(found, batch):
            rows.append({name: row.get(name, "") for name in _COLUMNS})
            if not arguments.json and row.get("written"):
                streams.print_line(f"✓ {row['device']}: {row['written']}")
    if arguments.report is not None:
        _write_report(arguments.report, rows)
    if arguments.json:
        streams.print_json({"vouchers": rows, "failed": batch.failed})
    elif len(found) != 1:
        done = numbers.counted(len(found) - batch.failed, "device", "devices")
        streams.print_line(f"{done} handed on, {batch.failed} not.")
    return batch.status


class _Extending:
    def __init__(self, keys: OwnKeys, to: NextOwner, out: Path, kept: KeptVouchers) -> None:
        self._keys = {each.fingerprint: each for each in keys.kept()}
        self._to, self._out, self._kept = to, out, kept

    def rows(self, found: list[Source], batch: Batch) -> Iterator[dict[str, Any]]:
        from companion.vouchers.exchange.store import guid_text

        for each in found:
            known: dict[str, Any] = {}
            try:
                voucher = each.read()
                known = {"guid": guid_text(voucher.guid), "device": voucher.device}
                yield self._extend(each.name, voucher)
            except CompanionError as problem:
                yield {**known, **batch.fail(each.name, problem)}

    def _extend(self, name: str, voucher: Voucher) -> dict[str, Any]:
        """Raises OwnershipVoucherNotOurs, OwnerKeyUnsuitable, OwnershipVoucherBroken, FileUnwritable."""
        from companion.vouchers.exchange.store import guid_text
        from companion.vouchers.extension import KeyUnsuitable, VoucherBroken, extend
        from companion.vouchers.verification import fingerprint
        from companion.vouchers.voucher import as_pem, encode_voucher

        mark = fingerprint(voucher.owner)
        signer = self._keys.get(mark)
        if signer is None:
            raise OwnershipVoucherNotOurs(file=name, mark=mark)
        try:
            extended = extend(voucher, signer, self._to)
        except KeyUnsuitable as problem:
            raise OwnerKeyUnsuitable(file=name, needed=str(problem)) from problem
        except VoucherBroken as problem:
            raise OwnershipVoucherBroken(str(problem), file=name) from problem
        self._kept.is_news(extended)
        file = self._out / f"{guid_text(voucher.guid)}.pem"
        try:
            self._out.mkdir(parents=True, exist_ok=True)
            create_private(file, as_pem(encode_voucher(extended)))
        except OSError as problem:
            raise unwritable(file, problem) from problem
        self._kept.keep(extended)
        return {"file": name, "guid": guid_text(voucher.guid), "device": voucher.device, "written": str(file)}


def _next_owner(path: Path) -> NextOwner:
    from companion.vouchers.extension import read_next_owner

    try:
        return read_next_owner(read_named(MAX_KEY, path))
    except ValueError as problem:
        raise OwnershipVoucherInvalid(str(problem), file=path.name) from problem


def _write_report(path: Path, rows: list[dict[str, Any]]) -> None:
    from companion.reports.cells import rows as cells

    table = cells([_COLUMNS, *([row[name] for name in _COLUMNS] for row in rows)])
    replace_named(path, table.encode())
