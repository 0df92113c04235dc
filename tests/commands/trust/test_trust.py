"""`trust`: whom and what the user trusts, kept where the drivers look for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from companion.identity import open_identity, owner_domain
from companion.identity.public import public_pem, read_public
from companion.registry import open_registry
from companion.trust.proof.checks import fingerprint
from tests.commands.conftest import Run

VIRTUAL = ("--radio", "virtual")


def root(name: str = "Lumen", *, ca: bool = True) -> x509.Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).serial_number(7)
    builder = builder.public_key(key.public_key()).not_valid_before(now).not_valid_after(now + timedelta(9))
    builder = builder.add_extension(x509.BasicConstraints(ca, None), critical=True)
    return builder.sign(key, hashes.SHA256())


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER], ids=["PEM", "DER"])
def test_a_maker_is_trusted_once_and_no_more(run: Run, tmp_path: Path, encoding: Encoding) -> None:
    file = tmp_path / "root"
    file.write_bytes(root().public_bytes(encoding))
    for _ in range(2):
        assert run("trust", "add", str(file), *VIRTUAL).status == 0
    (maker,) = run("trust", *VIRTUAL, "--json").document["makers"]
    assert maker["name"] == "CN=Lumen"
    assert run("trust", "remove", maker["fingerprint"][:8], *VIRTUAL).status == 0
    assert "No trusted manufacturers" in run("trust", *VIRTUAL).out


def test_the_drivers_find_what_was_added(run: Run, tmp_path: Path) -> None:
    made, key = root(), tmp_path / "psk"
    (tmp_path / "root").write_bytes(made.public_bytes(Encoding.PEM))
    key.write_text("00112233445566778899aabbccddeeff\n")
    run("trust", "add", str(tmp_path / "root"), *VIRTUAL)
    assert run("trust", "psk", "AB01", str(key), *VIRTUAL).status == 0
    data = tmp_path / "data"
    identity, registry = open_identity(data, throwaway=True), open_registry(data)
    memory = registry.memory("rp1", identity.vault)
    assert memory.get("makers") == [made.public_bytes(Encoding.DER).hex()]
    assert memory.get_secret("psk/ab01") == bytes.fromhex(key.read_text())
    registry.close()


@pytest.mark.parametrize(
    "words",
    [("add", "no-ca"), ("add", "text"), ("remove", "00"), ("psk", "ab01", "text")],
    ids=" ".join,
)
def test_what_can_not_be_trusted_is_refused(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    (tmp_path / "no-ca").write_bytes(root(ca=False).public_bytes(Encoding.PEM))
    (tmp_path / "text").write_text("00112233 is too short")
    paths = [str(tmp_path / word) if word in ("no-ca", "text") else word for word in words]
    ran = run("trust", *paths, *VIRTUAL, "--json")
    assert (ran.status, ran.document["error"]["code"]) == (8, "S-112")


def test_too_few_words_are_a_usage_error(run: Run) -> None:
    assert run("trust", "add", *VIRTUAL).status == 2


def test_the_owner_key_is_written_as_a_public_key(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "me.pub"
    ran = run("trust", "key", str(file), *VIRTUAL)
    assert ran.status == 0 and "Public owner key, ending in" in ran.out and str(file) in ran.out
    assert f"fingerprint {fingerprint(read_public(file.read_bytes()))}" in ran.out
    identity = open_identity(tmp_path / "data", throwaway=True)
    assert read_public(file.read_bytes()) == identity.owner.public
    assert b"PRIVATE" not in file.read_bytes()


@pytest.mark.parametrize(("action", "room"), [("ca", 4), ("broker", 0)])
def test_services_get_the_ca_and_the_names_to_authorise_by(
    run: Run, tmp_path: Path, action: str, room: int
) -> None:
    """A broker that reads no names gets a root below which there is no room for delegates."""
    file = tmp_path / "ca.pem"
    assert run("trust", action, str(file), *VIRTUAL).status == 0
    identity = open_identity(tmp_path / "data", throwaway=True)
    told, _, pem = file.read_text().partition("\n")
    assert told.endswith(f".{owner_domain(identity.owner.public)}")
    written, own = (
        x509.load_pem_x509_certificate(pem.encode()),
        x509.load_der_x509_certificate(identity.ca.anchors[0]),
    )
    assert (written.subject, written.public_key()) == (own.subject, own.public_key())
    assert written.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length == room


def test_a_key_on_another_curve_is_no_owner_key() -> None:
    other = ec.generate_private_key(ec.SECP384R1()).public_key()
    from cryptography.hazmat.primitives.serialization import PublicFormat

    for content in (b"", other.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)):
        with pytest.raises(ValueError):
            read_public(content)
    point = ec.generate_private_key(ec.SECP256R1()).public_key()
    raw = point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    assert read_public(public_pem(raw)) == raw
