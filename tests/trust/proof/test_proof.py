"""The proof of a device holds for whoever has its owner's key; of a changed one is said what is wrong."""

from __future__ import annotations

import ast
import base64
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography import x509

from companion.encoding import cbor
from companion.encoding.shape import fields
from companion.errors import ProofImpossible
from companion.identity import OwnerKey
from companion.identity.public import public_pem
from companion.model import Verdict
from companion.protocols.discovery import receipt_reader
from companion.registry.lookup import by_id
from companion.registry.transparency.witnesses import WitnessRecord
from companion.trust.proof import export
from companion.trust.proof.certificates import BadCertificate, check_chain
from companion.trust.proof.checks import Checked, check_proof
from companion.trust.proof.document import DeviceProof, decode, encode, vouch_for_root
from companion.trust.transparency import merkle
from companion.trust.witness.client import Asking
from companion.trust.witness.local_witness import LocalWitness
from tests.identity import requests
from tests.trust.proof.samples import (
    commission,
    identity_in,
    is_signed,
    open_both,
    passes,
    verify_proof,
    verify_signatures,
)
from tests.trust.transparency import trees


@pytest.fixture(scope="module")
def proof(tmp_path_factory: pytest.TempPathFactory) -> DeviceProof:
    """Of the second of three devices."""
    registry, identity = open_both(tmp_path_factory.mktemp("owner"))
    devices = [commission(registry, identity, f"SN-{number}") for number in range(3)]
    made = export.make_proof(registry, identity, registry.device(by_id(devices[1].id)))
    registry.close()
    return made


def check(content: bytes, owner: bytes | None = None) -> Checked:
    return check_proof(content, receipt_reader, owner=owner)


def wrong(checked: Checked) -> list[str]:
    return [each.name for each in checked.checks if each.verdict is Verdict.FAILED]


def test_a_proof_holds_for_whoever_has_the_owners_key(proof: DeviceProof) -> None:
    checked = check(encode(proof), proof.owner)
    assert checked.holds and {each.verdict for each in checked.checks} == {Verdict.PASSED}
    assert checked.said is not None and checked.said.serial == "SN-1"
    assert checked.head is not None and checked.head.size == 3 and proof.index == 1
    assert decode(encode(proof)) == proof


def test_whose_proof_it_is_has_to_be_compared_or_given(proof: DeviceProof) -> None:
    verdicts = {each.name: each.verdict for each in check(encode(proof)).checks}
    assert verdicts["owner"] is Verdict.NOT_KNOWN and check(encode(proof)).holds
    assert wrong(check(encode(proof), OwnerKey.generate().public)) == ["owner"]


@pytest.mark.beside_the_gate
@pytest.mark.slow
@pytest.mark.parametrize("bit", [0x01, 0x80])
def test_a_wrong_bit_anywhere_is_named_and_the_short_program_refuses_it_too(
    proof: DeviceProof, bit: int
) -> None:
    content = encode(proof)
    names = set()
    # Left to the other one: certificates, what the log itself signed, and what was revoked.
    others = {content.index(each) + at for each in elsewhere(proof) for at in range(len(each))}
    for at in range(len(content)):
        changed = content[:at] + bytes((content[at] ^ bit,)) + content[at + 1 :]
        checked = check(changed)
        assert not checked.holds, at
        names |= set(wrong(checked))
        assert not passes(changed), at
        assert at in others or not is_signed(changed), at
    assert {"form", "receipt", "receipt-owner", "certificate", "head", "entry", "checkpoint"} <= names


def elsewhere(proof: DeviceProof) -> list[bytes]:
    return [*proof.chain, proof.root, proof.log_key, proof.checkpoint.encode(), proof.revocations]


@pytest.mark.parametrize("unused", range(1, 8))
def test_unused_bits_in_a_certificates_signature_are_a_change(proof: DeviceProof, unused: int) -> None:
    """Libraries pass over them where the bits are zero, so the octet that counts them could be another."""
    content, leaf = encode(proof), proof.chain[0]
    signature = x509.load_der_x509_certificate(leaf).signature
    at = content.index(leaf) + len(leaf) - len(signature) - 1
    changed = content[:at] + bytes((unused,)) + content[at + 1 :]
    assert "certificate" in wrong(check(changed)) and not passes(changed)


def test_the_program_beside_it_needs_no_companion(proof: DeviceProof, tmp_path: Path) -> None:
    write_verifiers(tmp_path)
    (tmp_path / "companion.py").write_text("raise ImportError('it must not be needed')")
    (tmp_path / "a.proof").write_bytes(encode(proof))
    (tmp_path / "owner.pem").write_bytes(public_pem(proof.owner))
    (tmp_path / "other.pem").write_bytes(public_pem(OwnerKey.generate().public))
    said = [run_verifier(tmp_path, "a.proof", pem) for pem in ("owner.pem", "other.pem")]
    assert [each.returncode for each in said] == [0, 1]
    assert "The proof is valid" in said[0].stdout and "The proof is not valid" in said[1].stderr
    (tmp_path / "a.proof").write_bytes(encode(replace(proof, index=0)))
    refused = run_verifier(tmp_path, "a.proof", "owner.pem")
    assert refused.returncode == 1 and "and the log contains the receipt" not in refused.stdout
    assert "the log contains the receipt” failed" in refused.stderr
    entry = proof.entry[:-1] + bytes((proof.entry[-1] ^ 1,))
    (tmp_path / "a.proof").write_bytes(encode(replace(proof, entry=entry)))
    raised = run_verifier(tmp_path, "a.proof")
    assert raised.returncode == 1 and "for this owner, and that it is final” failed" in raised.stderr
    signed = run_verifier(tmp_path, "a.proof", program="verify_signatures.py")
    assert signed.returncode == 1 and "InvalidSignature" in signed.stderr
    assert signed.stdout.splitlines()[-1].endswith("for this owner, and that it is final")
    (tmp_path / "a.proof").write_bytes(encode(proof))
    signed = run_verifier(tmp_path, "a.proof", program="verify_signatures.py")
    assert signed.returncode == 0 and "All of these signatures hold." in signed.stdout
    assert "No such file" in run_verifier(tmp_path, "missing").stderr


@pytest.mark.parametrize(
    ("field", "value"), [(5, ""), (7, {}), (10, {}), (13, b""), (14, {}), (15, ""), (16, "")]
)
def test_an_empty_field_of_another_type_is_a_change(proof: DeviceProof, field: int, value: object) -> None:
    content = cbor.encode({**fields(cbor.decode(encode(proof)), range(1, 17)), field: value})  # type: ignore[dict-item]
    assert wrong(check(content)) == ["form"] and not is_signed(content) and not passes(content)


def test_an_auditor_reads_the_part_for_signatures_in_minutes() -> None:
    program = export.verifiers()["verify_signatures.py"].decode()
    after_docstring = ast.parse(program).body[0].end_lineno
    lines = [line for line in program.splitlines()[after_docstring:] if line.strip()]
    assert len(lines) <= 65 and max(map(len, lines)) <= 110
    assert not {"companion", "verify_proof"} & set(re.findall(r"(?:import|from) (\w+)", program))


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8, 13])
def test_the_program_beside_it_follows_every_path_of_a_tree_and_no_other(size: int) -> None:
    leaves = [merkle.leaf_hash(bytes([number])) for number in range(size)]
    expected = trees.root(leaves)
    for index, leaf in enumerate(leaves):
        path = list(trees.inclusion_path(leaves, index))
        assert verify_signatures.root(leaf, index, size, path) == expected
        with pytest.raises(ValueError):
            verify_signatures.root(leaf, index, size, [*path, expected])
        for other in {-1, *range(size + 1)} - {index}:
            try:
                assert verify_signatures.root(leaf, other, size, path) != expected
            except ValueError:
                continue


def write_verifiers(folder: Path) -> None:
    for name, content in export.verifiers().items():
        (folder / name).write_bytes(content)


def run_verifier(
    folder: Path, *words: str, program: str = "verify_proof.py"
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, program, *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


class OldCertificate:
    """A certificate as `cryptography` 3.4 to 39 knows it, which Debian 12 and Ubuntu 22.04 have."""

    KNOWN = (
        "signature",
        "tbs_certificate_bytes",
        "signature_hash_algorithm",
        "issuer",
        "subject",
        "extensions",
    )

    def __init__(self, der: bytes) -> None:
        self._read = x509.load_der_x509_certificate(der)

    def public_key(self) -> object:
        return self._read.public_key()

    def __getattr__(self, name: str) -> object:
        if name not in self.KNOWN:
            raise AttributeError(name)
        return getattr(self._read, name)


def test_the_program_beside_it_runs_on_the_cryptography_of_older_systems(
    proof: DeviceProof, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = {name: getattr(x509, name) for name in ("BasicConstraints", "SubjectAlternativeName")}
    old = SimpleNamespace(load_der_x509_certificate=OldCertificate, **kept)
    monkeypatch.setattr(verify_proof, "x509", old)
    (tmp_path / "a.proof").write_bytes(encode(proof))
    verify_proof.run(tmp_path / "a.proof", verify_proof.checks)
    assert "The proof is valid" in capsys.readouterr().out
    other = requests.leaf_under(proof.chain[0], requests.device_key())
    (tmp_path / "a.proof").write_bytes(encode(replace(proof, chain=(other, *proof.chain[1:]))))
    with pytest.raises(SystemExit, match="“each certificate is as it was signed, by the CA above it” failed"):
        verify_proof.run(tmp_path / "a.proof", verify_proof.checks)


def test_no_name_in_a_proof_draws_over_a_line_of_the_program(proof: DeviceProof, tmp_path: Path) -> None:
    """Whoever made it could hide the owner's fingerprint, and write another one before it."""
    name, key = "wit\x1b[8m\r\u202eness", b"\x04" + bytes(32)
    witness, line = verify_proof.vkey_of(name, key), base64.b64encode(bytes(76)).decode()
    shown = replace(proof, witnesses=(witness,), checkpoint=f"{proof.checkpoint}— {name} {line}\n")
    write_verifiers(tmp_path)
    (tmp_path / "a.proof").write_bytes(encode(shown))
    said = run_verifier(tmp_path, "a.proof")
    assert (
        said.returncode == 1
        and "“not known: whose key it is that signed it as wit?[8m??ness” failed" in said.stderr
    )


def test_a_witness_that_only_the_proof_names_is_not_known(tmp_path: Path) -> None:
    registry, identity = open_both(tmp_path / "owner")
    device = commission(registry, identity, "SN-1")
    local = LocalWitness(tmp_path / "office" / "local", identity_in(tmp_path / "office").vault)
    asking = Asking(registry.log, identity, tmp_path / "owner")
    local.watch(asking.log_key())
    text, asked = asking.request(WitnessRecord("Office PC", local.key))
    asking.take(asked, local.answer(text).body)
    made = export.make_proof(registry, identity, registry.device(by_id(device.id)))
    registry.close()
    content, key = encode(made), local.key

    def verdict(**named: object) -> Verdict:
        checked = check_proof(content, receipt_reader, **named)  # type: ignore[arg-type]
        return {each.name: each.verdict for each in checked.checks}["witness-1"]

    assert verdict() is Verdict.NOT_KNOWN
    assert verdict(expected=[key]) is verdict(known=[key]) is Verdict.PASSED
    write_verifiers(tmp_path)
    (tmp_path / "a.proof").write_bytes(content)
    unnamed = run_verifier(tmp_path, "a.proof")
    assert unnamed.returncode == 0, unnamed.stderr
    assert f"not known: whose key it is that signed it as {key.name}" in unnamed.stdout
    named = run_verifier(tmp_path, "a.proof", "--witness", str(key))
    assert named.returncode == 0 and f"\n  {key.name} signed it" in named.stdout
    other = str(key).replace("+", "x+", 1)
    missing = run_verifier(tmp_path, "a.proof", "--witness", other)
    assert missing.returncode == 1 and "signed it under the key that you named” failed" in missing.stderr


def test_checking_loads_neither_registry_nor_keys_nor_radio(tmp_path: Path, proof: DeviceProof) -> None:
    (tmp_path / "a.proof").write_bytes(encode(proof))
    program = (
        "import sys; from companion.cli import main\n"
        "main(['proof', 'verify', sys.argv[1]])\n"
        "print([n for n in ('sqlalchemy', 'keyring', 'bleak', 'zeroconf') if n in sys.modules])"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "a.proof")]
    said = subprocess.run(command, capture_output=True, text=True)
    assert said.stdout.splitlines()[-2:] == ["The proof is valid.", "[]"], said.stderr


def test_a_receipt_for_another_owner_or_under_other_grants_is_none(tmp_path: Path) -> None:
    registry, identity = open_both(tmp_path)
    other = commission(registry, identity, "SN-1", owner=OwnerKey.generate().public)
    made = export.make_proof(registry, identity, registry.device(by_id(other.id)))
    assert wrong(check(encode(made))) == ["receipt-owner"]
    under = commission(registry, identity, "SN-2", grants=bytes(32))
    with pytest.raises(ProofImpossible):
        export.make_proof(registry, identity, registry.device(by_id(under.id)))
    registry.close()


def test_the_certificate_of_another_ca_or_device_is_none(proof: DeviceProof, tmp_path: Path) -> None:
    registry, identity = open_both(tmp_path)
    mine = commission(registry, identity, "SN-9")
    foreign = export.make_proof(registry, identity, registry.device(by_id(mine.id)))
    registry.close()
    assert wrong(check(encode(replace(proof, chain=foreign.chain)))) == ["certificate", "certificate-name"]
    assert wrong(check(encode(replace(proof, chain=foreign.chain, root=foreign.root)))) == [
        "certificate",
        "certificate-name",
    ]
    assert wrong(check(encode(replace(proof, chain=())))) == ["certificate"]
    assert check(encode(replace(proof, chain=(), root=b""))).holds


def test_a_leaf_certifies_nobody(tmp_path: Path) -> None:
    registry, identity = open_both(tmp_path)
    registry.close()
    leaf_key = requests.device_key()
    leaf = identity.ca.issue(requests.request(leaf_key), serial="SN", name=requests.NAME)
    below = requests.leaf_under(leaf.chain[0], leaf_key)
    with pytest.raises(BadCertificate, match="may not sign"):
        check_chain((below, *leaf.chain), identity.ca.anchors[0])
    assert vouch_for_root(identity.ca.anchors[0], identity.owner.sign)


@pytest.mark.parametrize("content", [b"", b"\xa0", b"\x9f\xff", bytes(65536), b"\x82" * 5000, b"proof"])
def test_what_is_no_proof_is_said_to_be_none(content: bytes) -> None:
    assert wrong(check(content)) == ["form"]
