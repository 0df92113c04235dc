"""`companion voucher` as people use it: one in words, a folder in lines, what is none with its code."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from companion.vouchers.keys import KeyKind
from tests.commands.conftest import Run
from tests.vouchers.samples import DEVICE, Maker, PrivateKey, pem, private_key


def public(key: PrivateKey, file: Path) -> str:
    file.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return str(file)


def test_a_voucher_is_shown_and_verified_against_maker_and_owner(run: Run, tmp_path: Path) -> None:
    made = Maker().hand_on(private_key(KeyKind.P256))
    file = tmp_path / "gateway.pem"
    file.write_bytes(pem(made.made()))
    shown = run("voucher", "show", str(file))
    assert shown.status == 0 and f"the voucher of {DEVICE}" in shown.out
    assert "1. handed on to a P-256 key" in shown.out and "at rv.example, port 8040 by http" in shown.out
    manufacturer, owner = (
        public(made.manufacturer, tmp_path / "manufacturer"),
        public(made.owners[0], tmp_path / "owner"),
    )
    good = run("voucher", "verify", str(file), "--manufacturer", manufacturer, "--owner", owner)
    assert good.status == 0 and "The voucher is valid." in good.out and "✗" not in good.out
    wrong = run("voucher", "verify", str(file), "--manufacturer", owner, "--json")
    assert wrong.status == 5 and not wrong.document["holds"]
    (told,) = wrong.document["vouchers"]
    assert [each["name"] for each in told["checks"] if each["verdict"] == "failed"] == ["manufacturer"]
    assert run("voucher", "show", str(file), "--manufacturer", manufacturer).status == 2
    assert run("voucher", "verify", str(file), "--manufacturer", str(file)).status == 5


def test_a_folder_is_a_line_for_each_file(run: Run, tmp_path: Path) -> None:
    made = Maker().hand_on(private_key(KeyKind.P256))
    (tmp_path / "a.ov").write_bytes(made.made())
    (tmp_path / "b.ov").write_bytes(made.made()[:-1] + b"\x00")
    (tmp_path / "c.txt").write_bytes(b"a delivery note")
    (tmp_path / "d.ov").write_bytes(b"\x84\x00\x00\x00\x80")
    told = run("voucher", "verify", str(tmp_path))
    assert told.status == 5
    first, second, third, fourth, last = told.out.splitlines()
    assert first.startswith(f"✓ a.ov: {DEVICE}, assigned to a P-256 key")
    assert second == "✗ b.ov: Entry 1 of 1 is not signed by the owner before it"
    assert "A-163" in third and "A-164" in fourth and last == "4 vouchers, 3 not valid."
    alone = run("voucher", "show", str(tmp_path / "c.txt"))
    assert alone.status == 5 and "A-163" in alone.err
    assert run("voucher", "show", str(tmp_path / "missing")).status == 2
