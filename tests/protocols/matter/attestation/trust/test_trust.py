"""Signers, roots and revocation sets: what is imported, and what is refused."""

import base64
import json
from dataclasses import replace
from importlib.resources import files

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import given
from hypothesis import strategies as st

from companion.protocols.matter.attestation.certificates import Kind, parse
from companion.protocols.matter.attestation.issuance import issue
from companion.protocols.matter.attestation.published_keys import published_root
from companion.protocols.matter.attestation.trust import imported_json, revocation, roots, signers
from companion.protocols.matter.attestation.trust.revocation import BadRevocationSet, Standing
from companion.protocols.matter.attestation.trust.roots import Roots, published_test_roots, read_files
from companion.protocols.matter.attestation.trust.signers import BadSigner, known_signers
from tests.protocols.matter.attestation.bench import DAC, MAKER, PAI, ROOT, SECP384, VECTORS, forge


def pem(der: bytes) -> bytes:
    return x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM)


def test_a_file_is_read_as_far_as_its_kind_may_be_long() -> None:
    assert roots.longest("ledger.json") == imported_json.MAX_SIZE
    assert roots.longest("root.pem") == roots.MAX_FILE


def test_the_csa_s_five_keys_and_the_test_key_are_known() -> None:
    known = known_signers()
    assert len(known) == 6
    first = known.find(bytes.fromhex("fe343f959947763b61ee4539131338494fe67d8e"))
    assert first is not None and not first.is_test and "Signing Key 001" in first.name
    assert known.find(bytes(20)) is None


@pytest.mark.parametrize(
    "certificate",
    [pem(ROOT.der), b"nonsense", pem(forge(Kind.PAA, public=SECP384))],
    ids=["a PAA", "nonsense", "another curve"],
)
def test_only_the_csa_makes_signers(certificate: bytes) -> None:
    with pytest.raises(BadSigner):
        known_signers().with_certificate(certificate)


def test_a_signer_that_the_csa_adds_can_be_imported() -> None:
    """Its certificate is one of those that are there; a new one would look the same."""
    folder = files("companion.protocols.matter.attestation") / "data" / "signers"
    assert len(known_signers().with_certificate((folder / "csa-003.pem").read_bytes())) == 6


def test_a_signer_s_key_must_be_of_p256(monkeypatch: pytest.MonkeyPatch) -> None:
    key = ec.generate_private_key(ec.SECP384R1())
    name = x509.Name([])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(parse(ROOT.der, Kind.PAA).starts)
        .not_valid_after(parse(ROOT.der, Kind.PAA).ends)
        .add_extension(x509.SubjectKeyIdentifier(bytes(20)), critical=False)
        .sign(key, hashes.SHA256())
    )
    monkeypatch.setattr(signers, "_root", lambda: made)
    with pytest.raises(BadSigner, match="P-256"):
        signers.Signers(()).with_certificate(made.public_bytes(Encoding.PEM))


def test_the_sdk_s_test_roots_are_known_as_such() -> None:
    assert len(published_test_roots()) == 2
    assert all(roots.is_test(root) for root in published_test_roots())
    assert published_test_roots().official == ()
    for vendor in (None, 0xFFF1):
        holder = published_root(vendor)
        assert parse(holder.der, Kind.PAA).key == holder.key.public


def test_a_root_of_a_test_vendor_is_a_test_root_wherever_it_lies() -> None:
    own = parse(issue(Kind.PAA, vendor=0xFFF4).der, Kind.PAA)
    assert roots.is_test(own)
    assert not roots.is_test(parse(ROOT.der, Kind.PAA))


def test_a_folder_of_pem_and_der_is_read() -> None:
    other = issue(Kind.PAA, vendor=0x1001)
    read = read_files({"a.der": ROOT.der, "b.pem": b"# comment\n" + pem(other.der) + pem(ROOT.der)})
    assert len(read.roots) == 2 and not read.refused
    assert read.roots.find(parse(ROOT.der, Kind.PAA).key_id) is not None
    assert read.roots.find(None) is None


def test_what_is_no_authority_is_refused_by_name() -> None:
    read = read_files(
        {
            "pai.pem": pem(PAI.der),
            "readme.txt": b"hello",
            "long.der": bytes(70_000),
            "bad.pem": b"-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----",
            "bad.json": b"{",
            "good.der": ROOT.der,
        }
    )
    assert dict(read.refused) == {
        "pai.pem": "basic-constraints",
        "readme.txt": "not-a-certificate",
        "long.der": "too long",
        "bad.pem": "not Base64",
        "bad.json": "not JSON",
    }
    assert len(read.roots) == 1


def test_the_ledger_s_answers_are_read() -> None:
    """As its REST interface gives them: one certificate an answer, or several answers in a list."""
    operational = issue(Kind.PAA, vendor=0x1002)
    answers = [
        {"approvedCertificates": {"certs": [{"pemCert": pem(ROOT.der).decode(), "isRoot": True, "vid": 1}]}},
        {"approvedCertificates": {"certs": [{"pemCert": pem(PAI.der).decode(), "isRoot": False}]}},
        {"certs": [{"pemCert": pem(operational.der).decode(), "certificateType": "OperationalPKI"}]},
        {"pemCert": None},
    ]
    read = read_files({"ledger.JSON": json.dumps(answers).encode()})
    assert [root.vendor for root in read.roots] == [MAKER] and not read.refused


def test_roots_are_joined() -> None:
    mine = Roots([parse(ROOT.der, Kind.PAA)])
    assert len(mine | published_test_roots()) == 3
    assert (mine | mine).official == tuple(mine)


def test_json_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(imported_json.MalformedJson):
        imported_json.loads(b"[" * 200_000)
    monkeypatch.setattr(imported_json, "MAX_SIZE", 3)
    with pytest.raises(imported_json.MalformedJson, match="too long"):
        imported_json.loads(b"[1]\n")


def entry(issuer: bytes = ROOT.der, kind: Kind = Kind.PAA, **changes: object) -> dict[str, object]:
    of = parse(issuer, kind)
    return {
        "type": "revocation_set",
        "issuer_subject_key_id": of.key_id.hex().upper(),
        "issuer_name": base64.b64encode(of.subject).decode(),
        "revoked_serial_numbers": [],
        "crl_signer_cert": base64.b64encode(issuer).decode(),
    } | changes


def revoked(*entries: object) -> revocation.RevocationSet:
    return revocation.parse(json.dumps(list(entries)).encode())


def test_a_revoked_certificate_is_found_by_issuer_and_serial_number() -> None:
    pai, dac = parse(PAI.der, Kind.PAI), parse(DAC.der, Kind.DAC)
    serial = f"{pai.serial:X}"
    listed = entry(revoked_serial_numbers=["00" + serial.zfill(len(serial) + len(serial) % 2)])
    assert revoked(listed).standing(pai) is Standing.REVOKED
    assert revoked(entry()).standing(pai) is Standing.NOT_REVOKED
    assert revoked(listed).standing(dac) is Standing.NOT_COVERED
    assert len(revoked(listed, entry(PAI.der, Kind.PAI))) == 2


def test_a_root_has_no_issuer_in_a_set() -> None:
    root = parse(forge(Kind.PAA, drop=x509.AuthorityKeyIdentifier), Kind.PAA)
    assert revoked(entry()).standing(root) is Standing.NOT_COVERED


def test_two_lists_of_one_issuer_add_up() -> None:
    pai = parse(PAI.der, Kind.PAI)
    assert revoked(entry(revoked_serial_numbers=[f"{pai.serial:040X}"]), entry()).standing(pai) is (
        Standing.REVOKED
    )


def test_the_sdk_s_set_is_read() -> None:
    root = published_root(0xFFF1)
    parsed = revoked(entry(root.der, revoked_serial_numbers=[VECTORS["revoked_under_fff1"]]))
    pai = parse(bytes.fromhex(VECTORS["device"]["pai"]), Kind.PAI)
    assert parsed.standing(pai) is Standing.NOT_REVOKED
    serial = int(VECTORS["revoked_under_fff1"], 16)
    assert parsed.standing(replace(pai, serial=serial)) is Standing.REVOKED


def test_a_delegate_signs_for_its_issuer() -> None:
    delegate = base64.b64encode(PAI.der).decode()
    mine = entry(crl_signer_cert=delegate, crl_signer_delegator=entry()["crl_signer_cert"])
    assert len(revoked(mine)) == 1


@pytest.mark.parametrize(
    "document",
    [
        {},
        ["text"],
        [{"type": "other"}],
        [entry(issuer_name=7)],
        [entry(issuer_name="not Base64!")],
        [entry(issuer_subject_key_id="xyz")],
        [entry(revoked_serial_numbers="AB")],
        [entry(revoked_serial_numbers=[5])],
        [entry(crl_signer_cert=base64.b64encode(b"no certificate").decode())],
        [entry(crl_signer_cert=base64.b64encode(PAI.der).decode())],
        [entry(), {"type": "revocation_set"}],
    ],
)
def test_a_set_with_one_bad_entry_is_refused(document: object) -> None:
    with pytest.raises(BadRevocationSet):
        revocation.parse(json.dumps(document).encode())


@given(st.binary(max_size=50))
def test_any_octets_are_no_set(data: bytes) -> None:
    try:
        assert len(revocation.parse(data)) == 0
    except BadRevocationSet:
        return
