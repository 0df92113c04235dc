"""`runs proof`: what it writes is enough for somebody who has nothing but the owner's public key."""

from __future__ import annotations

import base64
from pathlib import Path

import cbor2

from companion.encoding import cose
from companion.identity.public import read_public
from companion.trust.transparency.checkpoint import read_checkpoint
from companion.trust.transparency.entries import read_head
from companion.trust.transparency.proofs import cose_receipt_holds, tlog_proof_holds
from tests.commands.bench import SAMPLE, WIFI
from tests.commands.conftest import Run

VIRTUAL = ("--radio", "virtual")


def commissioned(run: Run, tmp_path: Path) -> str:
    """One run, and another after it so that there is a path to prove; returns the first one's id."""
    wifi = tmp_path / "wifi.json"
    wifi.write_text(WIFI)
    words = ("--image", SAMPLE, *VIRTUAL, "--confirm", "yes", "--wifi-file", str(wifi), "--json")
    first, _ = (run("commission", *words).document["run"] for _ in range(2))
    return str(first)


def test_a_run_is_proved_to_whoever_has_the_owners_key(run: Run, tmp_path: Path) -> None:
    first = commissioned(run, tmp_path)
    folder, pem = tmp_path / "proof", tmp_path / "owner.pub"
    told = run("runs", "proof", first, str(folder), *VIRTUAL, "--json").document
    assert run("trust", "key", str(pem), *VIRTUAL).status == 0
    owner = read_public(pem.read_bytes())

    content = {file.name: file.read_bytes() for file in folder.iterdir()}
    assert sorted(str(folder / name) for name in content) == sorted(told["files"])
    head = read_head(content["log-head.cose"], owner)
    vouched = cbor2.loads(cose.verify(owner, content["log-key.cose"], "rp1 log key"))
    assert vouched[1] == head.origin == told["log"]["origin"]
    proof = content["entry.tlog-proof"].decode()
    assert tlog_proof_holds(proof, content["entry.cbor"], head.origin, vouched[2])
    assert cose_receipt_holds(content["entry-receipt.cose"], content["entry.cbor"], owner)
    checkpoint = read_checkpoint(proof.partition("\n\n")[2], head.origin, vouched[2])
    assert checkpoint.agrees_with(head) and (head.size, told["index"]) == (2, 0)
    assert base64.b64decode(content["log.vkey"].split(b"+", 2)[2]) == b"\x01" + vouched[2]


def test_a_proof_needs_a_run_and_a_folder(run: Run, tmp_path: Path) -> None:
    assert run("runs", "proof", "last", *VIRTUAL).status == 2
    assert run("runs", "show", "last", str(tmp_path / "x"), *VIRTUAL).status == 2
    assert run("runs", "proof", "nobody", str(tmp_path / "x"), *VIRTUAL).status == 8
    assert not (tmp_path / "x").exists()


def test_what_was_not_acknowledged_has_no_proof(run: Run, tmp_path: Path) -> None:
    failed = run("commission", "--image", SAMPLE, *VIRTUAL, "--confirm", "yes", "--json").document["run"]
    ran = run("runs", "proof", failed, str(tmp_path / "x"), *VIRTUAL)
    assert ran.status == 8 and not (tmp_path / "x").exists()


def test_which_of_two_owner_keys_was_written_is_said(run: Run, tmp_path: Path) -> None:
    """Owner keys are per kind of radio; who uses both must not take one for the other."""
    virtual, real, secret = tmp_path / "virtual.pem", tmp_path / "real.pem", tmp_path / "passphrase"
    secret.write_text("correct horse battery")
    assert run("trust", "key", str(virtual), *VIRTUAL).err == ""
    told = run("trust", "key", str(real), "--passphrase-file", str(secret))
    assert told.status == 0 and "To export that of virtual devices" in told.err
    assert virtual.read_bytes() != real.read_bytes()
