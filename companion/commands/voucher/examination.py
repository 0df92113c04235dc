"""`companion voucher show|verify`: one after the other, so that thousands take no more memory than one."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from companion.commands.terminal import numbers, streams
from companion.commands.voucher.sources import Batch, Source, read_key, sources
from companion.commands.voucher.words import document, named, where
from companion.errors import CompanionError
from companion.model import Verdict

if TYPE_CHECKING:
    from companion.vouchers.voucher import Voucher

MARKS = {Verdict.PASSED: "✓", Verdict.REMARK: "!", Verdict.FAILED: "✗", Verdict.NOT_KNOWN: "?"}
_FAILED = 5
_SHOWN = 20
_COMPARE = "compare the manufacturer's fingerprint, or give its key with --manufacturer"


def show(arguments: argparse.Namespace) -> int:
    """Say what vouchers contain."""
    found = sources(arguments)
    batch = Batch(arguments, len(found))
    if arguments.json:
        streams.print_json_list({}, "vouchers", _shown(found, batch))
        return batch.status
    for each in found:
        try:
            _print(each.name, each.read())
        except CompanionError as problem:
            batch.fail(each.name, problem)
    streams.print_line("Not verified: `companion voucher verify` does that.")
    return batch.status


def _shown(found: list[Source], batch: Batch) -> Iterator[dict[str, Any]]:
    for each in found:
        try:
            yield document(each.name, each.read())
        except CompanionError as problem:
            yield batch.fail(each.name, problem)


def _print(name: str, voucher: Voucher) -> None:
    streams.print_line(f"{name}: the voucher of {voucher.device}, GUID {voucher.guid.hex()}")
    streams.print_line(f"  Made by {named(voucher.manufacturer)}")
    for number, entry in enumerate(voucher.entries[:_SHOWN], 1):
        streams.print_line(f"  {number}. handed on to {named(entry.owner)}")
    if len(voucher.entries) > _SHOWN:
        streams.print_line(f"  and {len(voucher.entries) - _SHOWN} more (--json lists all)")
    if voucher.entries:
        streams.print_line(f"  Assigned to {named(voucher.owner)}")
    else:
        streams.print_line("  Not handed on to anybody yet")
    for directive in voucher.rendezvous:
        streams.print_line(f"  Asks for its owner at {where(directive)}")


def verify(arguments: argparse.Namespace) -> int:
    """One voucher in full; of several a line each."""
    found = sources(arguments)
    checking = _Checking(arguments, found)
    if arguments.json:
        if len(found) == 1:
            found = [_read(found[0])]  # its error is the document
        documents = checking.documents(found)
        streams.print_json_list({}, "vouchers", documents, lambda: {"holds": not checking.failed})
    else:
        for _ in checking.documents(found):
            pass
        if len(found) != 1:
            counted = numbers.counted(len(found), "voucher", "vouchers")
            streams.print_line(f"{counted}, {checking.failed} not valid.")
            if checking.failed < len(found) and not arguments.manufacturer:
                streams.print_line(f"The others are valid, whoever made them: {_COMPARE}.")
    return _FAILED if checking.failed else 0


def _verdict(voucher: Voucher, is_wrong: bool, is_expected: bool) -> str:
    """All in one sentence: whoever makes a voucher up can sign it, as any manufacturer that nobody named."""
    if is_wrong:
        return "The voucher is not valid."
    if is_expected:
        return "The voucher is valid."
    return f"The voucher is valid, whoever made it: {_COMPARE}. It says {named(voucher.manufacturer)}."


def _read(source: Source) -> Source:
    voucher = source.read()
    return Source(source.name, lambda: voucher)


class _Checking:
    def __init__(self, arguments: argparse.Namespace, found: list[Source]) -> None:
        self._manufacturers = [read_key(each) for each in arguments.manufacturer]
        self._owner = read_key(arguments.owner) if arguments.owner else None
        self._says, self._alone = not arguments.json, len(found) == 1
        self.failed = 0

    def documents(self, found: list[Source]) -> Iterator[dict[str, Any]]:
        for each in found:
            try:
                yield self._check(each.name, each.read())
            except CompanionError as problem:
                if self._alone:
                    raise
                self.failed += 1
                if self._says:
                    streams.print_line(f"✗ {problem.title_text} ({problem.code})")
                yield {"file": each.name, "holds": False, "error": problem.code}

    def _check(self, name: str, voucher: Voucher) -> dict[str, Any]:
        from companion.vouchers.verification import check_voucher, failed

        checks = check_voucher(voucher, manufacturers=self._manufacturers, owner=self._owner)
        wrong = failed(checks)
        self.failed += bool(wrong)
        if self._says and self._alone:
            for each in checks:
                streams.print_line(f"{MARKS[each.verdict]} {each.claim}. {each.reason}.")
            streams.print_line(_verdict(voucher, bool(wrong), bool(self._manufacturers)))
        elif self._says:
            reasons = "; ".join(str(each.reason) for each in wrong)
            said = reasons or f"{voucher.device}, assigned to {named(voucher.owner)}"
            if not wrong and not self._manufacturers:
                said += f", made by {named(voucher.manufacturer)}"
            streams.print_line(f"{'✗' if wrong else '✓'} {name}: {said}")
        told = [
            {
                "name": each.name,
                "claim": str(each.claim),
                "reason": str(each.reason),
                "verdict": each.verdict.value,
            }
            for each in checks
        ]
        return {**document(name, voucher), "holds": not wrong, "checks": told}
