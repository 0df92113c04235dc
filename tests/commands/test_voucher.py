"""`companion voucher` as people use it: one in words, a folder in lines, what is none with its code."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from companion.commands.voucher.servers import KINDS
from companion.vouchers.exchange import client
from companion.vouchers.keys import KeyKind, read_public
from companion.vouchers.upload import ServerKind
from tests.commands.conftest import Run
from tests.vouchers import samples
from tests.vouchers.exchange.test_services import rendezvous, serving
from tests.vouchers.samples import DEVICE, Maker, PrivateKey, pem, private_key


@dataclass
class Public:
    """The public half of a key that is not here."""

    key: ec.EllipticCurvePublicKey

    def public_key(self) -> ec.EllipticCurvePublicKey:
        return self.key


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
    unknown = run("voucher", "verify", str(file))
    assert "The voucher is valid, whoever made it" in unknown.out and "valid." not in unknown.out
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
    first, second, third, fourth, last, whose = told.out.splitlines()
    assert first.startswith(f"✓ a.ov: {DEVICE}, assigned to a P-256 key")
    assert second == "✗ b.ov: Entry 1 of 1 is not signed by the owner before it"
    assert "A-163" in third and "A-164" in fourth and last == "4 vouchers, 3 not valid."
    assert ", made by a P-256 key (" in first and "whoever made them" in whose
    alone = run("voucher", "show", str(tmp_path / "c.txt"))
    assert alone.status == 5 and "A-163" in alone.err
    assert run("voucher", "show", str(tmp_path / "missing")).status == 2


def shown(run: Run, *arguments: str) -> str:
    """What a command that succeeds prints."""
    told = run("voucher", *arguments, "--radio", "virtual")
    assert told.status == 0, told.err
    return told.out


def ours(run: Run, tmp_path: Path, count: int = 1) -> list[Path]:
    """Vouchers of devices that are handed on to our P-256 key."""
    shown(run, "key", "p256", "--out", str(tmp_path / "ours.pem"))
    key = read_public((tmp_path / "ours.pem").read_bytes())
    assert isinstance(key, ec.EllipticCurvePublicKey)
    files = []
    (tmp_path / "in").mkdir()
    for number in range(count):
        made = Maker(guid=bytes([number]) * 16).hand_on(Public(key))
        files.append(tmp_path / "in" / f"{number}.ov")
        files[-1].write_bytes(made.made())
    return files


def test_a_pallet_is_handed_on_but_for_what_is_not_ours(run: Run, tmp_path: Path) -> None:
    first, *_ = ours(run, tmp_path, 3)
    (tmp_path / "in" / "x.ov").write_bytes(Maker().hand_on(private_key(KeyKind.P256)).made())
    customer = public(private_key(KeyKind.P256), tmp_path / "customer.pem")
    out, report = tmp_path / "out", tmp_path / "report.csv"
    told = run("voucher", "extend", str(tmp_path / "in"), "--to", customer, "--out", str(out),
               "--report", str(report), "--radio", "virtual")  # fmt: skip
    assert told.status == 5 and "3 devices handed on, 1 not." in told.out and "(A-165)" in told.out
    written = sorted(out.iterdir())
    assert len(written) == 3 and len(report.read_text().splitlines()) == 5
    good = run("voucher", "verify", str(out), "--owner", customer)
    assert good.status == 0 and "3 vouchers, 0 not valid." in good.out
    other = public(private_key(KeyKind.P256), tmp_path / "b.pem")
    p384 = public(private_key(KeyKind.P384), tmp_path / "c.pem")
    again = run("voucher", "extend", str(first), "--to", other,
                "--out", str(tmp_path / "twice"), "--radio", "virtual")  # fmt: skip
    assert "A-167" in again.err and "handed on differently" in again.err
    assert not (tmp_path / "twice").exists() or not list((tmp_path / "twice").iterdir())
    wrong = run("voucher", "extend", str(first), "--to", p384,
                "--out", str(out), "--radio", "virtual", "--json")  # fmt: skip
    assert wrong.status == 5 and "A-166" in wrong.out


def test_a_private_key_is_never_written_over_nor_repeated(run: Run, tmp_path: Path) -> None:
    (file,) = ours(run, tmp_path)
    private, text = tmp_path / "x.key", tmp_path / "notes.txt"
    form = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    secret = ec.generate_private_key(ec.SECP256R1()).private_bytes(*form)
    private.write_bytes(secret)
    text.write_text("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n")
    virtual = ("--radio", "virtual")
    customer = public(private_key(KeyKind.P256), tmp_path / "customer.pem")
    for words in (
        ("voucher", "key", "p256", "--out", str(private)),
        ("voucher", "extend", str(file), "--to", customer, "--out", str(tmp_path), "--report", str(private)),
        ("runs", "export", "--format", "csv", "--out", str(private)),
        ("devices", "export", "--out", str(private)),
    ):
        ran = run(*words, *virtual)
        assert ran.status == 2 and "(S-124)" in ran.err, words
        assert private.read_bytes() == secret
    for words in (("verify", str(file), "--owner"), ("extend", str(file), "--out", "x", "--to")):
        given = run("voucher", *words, str(private), *virtual)
        assert given.status == 5 and "private key" in given.err + given.out
        assert secret.splitlines()[1].decode() not in given.err + given.out
    for words in (
        ("voucher", "verify", str(file), "--manufacturer"),
        ("firmware", "explain", str(file), "--key"),
    ):
        told = run(*words, str(text), "--json")
        assert "not a public key in PEM" in told.out and "http" not in told.out


def test_a_note_is_of_what_holds_and_an_empty_folder_is_an_error(run: Run, tmp_path: Path) -> None:
    ours(run, tmp_path)
    bad, sheet = tmp_path / "in" / "bad.pem", tmp_path / "note.svg"
    bad.write_bytes(Maker().hand_on(private_key(KeyKind.P256)).made()[:-1] + b"\0")
    alone = run("voucher", "note", str(bad), "--out", str(sheet))
    assert alone.status == 5 and "A-167" in alone.err and not sheet.exists()
    both = run("voucher", "note", str(tmp_path / "in"), "--out", str(sheet))
    assert both.status == 5 and "✓ 1 label in" in both.out and "(A-167)" in both.out
    (tmp_path / "empty").mkdir()
    server = ("--server", "https://owner.example", "--kind", KINDS[0])
    for action, *options in (("show",), ("verify",), ("send", *server)):
        assert "(S-123)" in run("voucher", action, str(tmp_path / "empty"), *options).err


def test_what_is_saved_is_found_by_its_guid_and_printed(run: Run, tmp_path: Path) -> None:
    (file,) = ours(run, tmp_path)
    assert "saved" in shown(run, "keep", str(file))
    guid = "00000000-0000-0000-0000-000000000000"
    assert f"{guid}  {DEVICE}, assigned to a P-256 key" in shown(run, "list")
    assert "1. handed on to a P-256 key" in shown(run, "show", guid)
    assert "Nothing is due." in shown(run, "list", "--due")
    (listed,) = json.loads(shown(run, "list", "--json"))["vouchers"]
    assert listed["announced"] is None and listed["guid"] == "0" * 32
    explained = run("explain", guid, "--radio", "virtual")
    assert explained.status == 0 and "assigned to a P-256 key" in explained.out
    sheet = tmp_path / "note.svg"
    shown(run, "note", guid, "--out", str(sheet))
    assert guid[:19] in sheet.read_text() and DEVICE in sheet.read_text()
    assert run("voucher", "remove", guid, "--radio", "virtual").status == 2
    shown(run, "remove", guid, "--yes")
    missing = run("voucher", "show", guid, "--radio", "virtual")
    assert missing.status == 5 and "A-169" in missing.err


def test_a_device_is_announced_and_again_when_it_is_due(run: Run, tmp_path: Path) -> None:
    (file,) = ours(run, tmp_path)
    with serving(rendezvous) as server:
        told = shown(
            run, "announce", str(file), "--address", "https://owner.example:8043", "--server", server.url
        )
        assert f"announced at {server.url} until" in told
        assert "Nothing is due." in shown(run, "announce", "--renew")
        note = next((tmp_path / "data").rglob("*.json"))
        said = json.loads(note.read_text())
        note.write_text(json.dumps({**said, "at": said["at"] - 3600, "until": said["at"] + 5}))
        assert "announce it again" in shown(run, "list", "--due")
        assert "announced at" in shown(run, "announce", "--renew")
        assert json.loads(note.read_text())["until"] > said["at"] + 3000
    assert len(server.asked) == 4
    stranger = tmp_path / "stranger.ov"
    stranger.write_bytes(Maker().hand_on(private_key(KeyKind.P256)).made())
    other = run("voucher", "announce", str(stranger), "--address", "tcp://a:1", "--radio", "virtual",
                "--server", server.url)  # fmt: skip
    assert other.status == 5 and "A-165" in other.err


def test_uploads_stop_where_nobody_answers(run: Run, tmp_path: Path) -> None:
    ours(run, tmp_path, 2)
    with serving(lambda *_: (200, {}, b"")) as server:
        told = run("voucher", "send", str(tmp_path / "in"), "--server", server.url, "--kind", "go-fdo-server")
        assert told.status == 0 and told.out.count("sent to 127.0.0.1") == 2
    gone = run("voucher", "send", str(tmp_path / "in"), "--server", server.url, "--kind", "fdo-rs", "--json")
    assert (
        gone.status == 6 and gone.document["left"] == 1 and gone.document["vouchers"][0]["error"] == "N-154"
    )


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("show", "needs a file"),
        ("list a", "takes no file"),
        ("show a --to b", "--to is for extend"),
        ("extend a", "needs --to PEM and --out"),
        ("key p512", "one of p256"),
        ("key --out a", "say which key"),
        ("note 00000000-0000-0000-0000-000000000000", "needs --out"),
        ("remove gateway", "is no GUID"),
        ("send a --server http://rv.example --kind fdo-rs", "over https"),
        ("send a --server https://a", "--kind"),
        ("send a --server https://a --kind fdo-rs --user b", "--password-file"),
        ("announce a", "needs --address"),
        ("announce a --address tcp://a:1 --hours 99999", "at most"),
    ],
)
def test_what_is_missing_is_said(run: Run, line: str, why: str) -> None:
    told = run("voucher", *line.split(), "--radio", "virtual")
    assert told.status == 2 and why in told.err


def test_one_that_can_not_be_sent_keeps_nobody_from_the_others(run: Run, tmp_path: Path) -> None:
    """fdo-rs takes 32 KiB; a voucher may name no server for its owner."""
    first, _ = ours(run, tmp_path, 2)
    large = Maker(device="x" * 1000)
    for _ in range(120):
        large.hand_on(private_key(KeyKind.P256))
    first.write_bytes(large.made())
    with serving(lambda *_: (201, {}, b"")) as server:
        told = run("voucher", "send", str(tmp_path / "in"), "--server", server.url, "--kind", "fdo-rs")
    assert told.status == 2 and "✗ 0.ov: fdo-rs takes at most" in told.out and "✓ 1.ov" in told.out


def test_the_kinds_of_servers_are_those_that_are_known() -> None:
    assert tuple(ServerKind) == KINDS


def test_a_delivery_note_is_scanned_as_what_it_names() -> None:
    from companion.label.voucher import VoucherLabel
    from companion.protocols import recognise

    label = VoucherLabel("Gate\x1bway", "00010203-0405-0607-0809-0a0b0c0d0e0f", "Harbour GmbH")
    code = recognise(label.text)
    assert code.ecosystem == "guid" and not code.commissionable
    assert "\x1b" not in label.serial and "".join(label.readable[:2]) == label.guid


def test_wifi_details_that_go_over_http_are_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A server elsewhere: this one is here, and taken for one that is not."""
    wifi = [[[9, cbor2.dumps("Hall")], [10, cbor2.dumps("secret words")]]]
    monkeypatch.setattr(samples, "RENDEZVOUS", wifi)
    monkeypatch.setattr(client, "_is_this_computer", lambda host: False)
    (file,) = ours(run, tmp_path)
    with serving(rendezvous) as server:
        told = run("voucher", "announce", str(file), "--address", "tcp://a:1", "--server", server.url,
                   "--radio", "virtual")  # fmt: skip
    assert told.status == 0 and "holds Wi-Fi details" in told.err and "secret words" not in told.err
    monkeypatch.undo()
    none = run("voucher", "announce", str(file), "--address", "tcp://a:1", "--radio", "virtual")
    assert none.status == 2 and "names no rendezvous server" in none.err
