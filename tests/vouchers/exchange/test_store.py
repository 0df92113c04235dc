"""Vouchers that are kept: the newest of a device, never another history, and where each is announced."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from companion.errors import CompanionError, FileNotOwn, OwnershipVoucherInvalid
from companion.errors.voucher import OwnershipVoucherBroken, OwnershipVoucherUnknown
from companion.vouchers.exchange.store import Announced, KeptVouchers, guid_text, read_guid
from companion.vouchers.keys import KeyKind
from companion.vouchers.voucher import read_voucher
from tests.vouchers.samples import GUID, Maker, private_key

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


def test_the_newest_is_kept_and_no_other_history(tmp_path: Path) -> None:
    kept = KeptVouchers(tmp_path)
    assert list(kept.guids()) == [] and not (tmp_path / "vouchers").exists()
    with pytest.raises(OwnershipVoucherUnknown):
        kept.get(GUID)
    made = Maker().hand_on(private_key(KeyKind.P256))
    first = read_voucher(made.made())
    second = read_voucher(made.hand_on(private_key(KeyKind.P256)).made())
    assert kept.keep(first) and kept.keep(first) and kept.keep(second)
    assert not kept.keep(first) and kept.get(GUID) == second and list(kept.guids()) == [GUID]
    made.entries.pop()
    made.owners.pop()
    sold_twice = read_voucher(made.hand_on(private_key(KeyKind.P256)).made())
    for other in (sold_twice, read_voucher(Maker().made())):
        with pytest.raises(OwnershipVoucherBroken):
            kept.keep(other)
    (file,) = (tmp_path / "vouchers").iterdir()
    assert file.stat().st_mode & 0o077 == 0
    kept.remove(GUID)
    with pytest.raises(OwnershipVoucherUnknown):
        kept.remove(GUID)


def test_an_announcement_is_kept_with_its_voucher(tmp_path: Path) -> None:
    kept = KeptVouchers(tmp_path)
    kept.keep(read_voucher(Maker().made()))
    assert kept.announced(GUID) is None
    told = Announced("https://rv.example", ("tcp://a:1",), 7200, NOW, NOW + timedelta(hours=2), "PEM")
    kept.note(GUID, told)
    assert kept.announced(GUID) == told
    note = tmp_path / "vouchers" / f"{GUID.hex()}.json"
    for damaged in (
        b"",
        b"[]",
        b"{}",
        b'{"at": "x"}',
        b'{"at": 1e99, "until": 1, "addresses": []}',
        b"[" * 9999,
    ):
        note.write_bytes(damaged)
        with pytest.raises(OwnershipVoucherInvalid):
            kept.announced(GUID)
    note.write_bytes(bytes(20_000))
    with pytest.raises(CompanionError):
        kept.announced(GUID)
    kept.remove(GUID)
    assert not note.exists()


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    kept = KeptVouchers(tmp_path)
    kept.keep(read_voucher(Maker().made()))
    file = tmp_path / "vouchers" / f"{GUID.hex()}.ov"
    file.write_bytes(b"rubbish")
    with pytest.raises(OwnershipVoucherInvalid):
        kept.get(GUID)
    file.unlink()
    (tmp_path / "elsewhere").write_bytes(Maker().made())
    file.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileNotOwn):
        kept.get(GUID)


@pytest.mark.parametrize(
    ("hours", "left", "due"),
    [(1, 30, False), (1, 19, True), (1, -5, True), (168, 1441, False), (168, 1439, True)],
)
def test_what_ends_soon_is_due(hours: int, left: int, due: bool) -> None:
    """Hours asked for, minutes left."""
    until = NOW + timedelta(minutes=left)
    told = Announced("https://rv.example", (), 1, until - timedelta(hours=hours), until)
    assert told.is_due(NOW) is due


def test_a_guid_is_read_as_people_write_it() -> None:
    text = "00010203-0405-0607-0809-0a0b0c0d0e0f"
    assert guid_text(GUID) == text
    assert read_guid(text.upper()) == read_guid(f"urn:uuid:{text}") == read_guid(GUID.hex()) == GUID
    assert read_guid("gateway.pem") is None
