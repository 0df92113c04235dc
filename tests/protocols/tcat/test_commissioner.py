"""A commissioner of PEM blocks: in any order, from a file or a folder, and what is wrong with one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from companion.encoding import es256
from companion.errors import FileMissing
from companion.errors.tcat import CommissionerUnusable
from companion.protocols.tcat import commissioner, proofs
from companion.protocols.tcat.authority import pem
from companion.protocols.tcat.authorization import Authorization
from companion.protocols.tcat.virtual.options import OPEN, TcatOptions
from companion.secret import Secret

OPTIONS = TcatOptions()
TEXT = OPTIONS.commissioner()
BLOCKS = re.findall(rb"-----BEGIN.+?-----END [A-Z ]+-----\n", TEXT.reveal(), re.DOTALL)
KEY = es256.generate()


def made_of(*blocks: bytes) -> Secret:
    return Secret(b"\n".join(blocks))


def test_blocks_in_any_order_and_files_of_a_folder(tmp_path: Path) -> None:
    # OpenSSL writes a key's curve before it.
    curve = b"-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
    read = commissioner.read(made_of(curve, *reversed(BLOCKS)))
    assert read.name == "Commissioner" and read.allowed == Authorization(True, OPEN)
    assert read.anchors == (OPTIONS.authority.certificate,)
    for number, block in enumerate(BLOCKS):
        (tmp_path / f"{number}.pem").write_bytes(block)
    assert commissioner.read(commissioner.read_path(tmp_path)).leaf == read.leaf
    whole = tmp_path / "whole.txt"
    whole.write_bytes(TEXT.reveal())
    assert commissioner.read(commissioner.read_path(whole)).leaf == read.leaf


def test_folders_without_or_with_too_many_files(tmp_path: Path) -> None:
    with pytest.raises(CommissionerUnusable):
        commissioner.read_path(tmp_path)
    for number in range(9):
        (tmp_path / f"{number}.pem").touch()
    with pytest.raises(CommissionerUnusable):
        commissioner.read_path(tmp_path)
    with pytest.raises(FileMissing):
        commissioner.read_path(tmp_path / "nothing.pem")


def _certificate(allowed: Authorization, days: int = 1) -> bytes:
    certificate = OPTIONS.authority.certify("X", KEY.public_key(), allowed, days)
    return certificate.public_bytes(serialization.Encoding.PEM)


OURS = pem(KEY).reveal()
FLAWS = {
    "nothing": ((), "private key"),
    "two keys": ((*BLOCKS, OURS), "private key"),
    "another curve": (
        (
            ec.generate_private_key(ec.SECP384R1()).private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            ),
        ),
        "private key",
    ),
    "no certificate of the key": ((OURS, *BLOCKS[1:]), "belongs to"),
    "a device's": ((OURS, _certificate(Authorization(False, OPEN)), BLOCKS[2]), "commissioner"),
    "no CA": (tuple(BLOCKS[:2]), "CA is missing"),
    "expired": ((OURS, _certificate(Authorization(True, OPEN), 0), BLOCKS[2]), "expired"),
    "damaged": ((BLOCKS[0].replace(b"\n", b"\n!", 3), *BLOCKS[1:]), "damaged"),
    "encrypted": (
        (
            KEY.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.BestAvailableEncryption(b"x"),
            ),
        ),
        "encrypted",
    ),
    "many": ((BLOCKS[0], *[BLOCKS[1]] * 9), "eight"),
}


@pytest.mark.parametrize(("blocks", "words"), FLAWS.values(), ids=FLAWS)
def test_what_is_wrong_is_said(blocks: tuple[bytes, ...], words: str) -> None:
    with pytest.raises(CommissionerUnusable) as wrong:
        commissioner.read(made_of(*blocks))
    assert words in wrong.value.advice_text


def test_a_pskd_is_read_as_it_is_typed_and_its_proof_is_bound_to_the_device() -> None:
    assert proofs.pskd(" j01n me0wn ").reveal() == b"J01NME0WN"
    for wrong in ("", "J01NM", "J01NME0WQ", "J01N-ME0WN", "A" * 33):
        with pytest.raises(ValueError, match="PSKd"):
            proofs.pskd(wrong)
    secret = proofs.pskd("J01NME0WN")
    found = {
        proofs.proof(secret, challenge, key)
        for challenge in (b"12345678", b"87654321")
        for key in (b"a", b"b")
    }
    assert len(found) == 4 and all(len(each) == 32 for each in found)
