"""Files that are kept with rules: whole, new enough and signed by the rule's key, or not kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from companion.errors import CompanionError
from companion.firmware.kept_files import FOLDER as KEPT
from companion.firmware.kept_files import examine, forget, keep
from companion.firmware.rules import Rule
from tests.firmware.files import FOLDER, octets
from tests.firmware.test_suit import SIGNER, envelope, signed

RULE = Rule(model="Lamp 3", at_least="2.1.0")
MCUBOOT = octets("mcuboot_rsa-2048.bin")


def signed_by(name: str) -> Rule:
    return replace(RULE, signer=(FOLDER / f"{name}.pem").read_text())


def test_a_file_is_kept_as_long_as_a_rule_has_it(tmp_path: Path) -> None:
    rule = keep(tmp_path, "lamp.bin", MCUBOOT, signed_by("mcuboot_rsa-2048"))
    assert rule.file is not None and rule.file.name == "lamp.bin"
    path = Path(rule.file.path)
    assert path.parent == tmp_path / KEPT and path.read_bytes() == MCUBOOT
    forget(rule, (RULE, replace(rule, at_least="1.0")))
    assert path.exists()
    forget(RULE, ())
    forget(rule, (RULE,))
    forget(rule, ())
    assert not path.exists()


@pytest.mark.parametrize(
    ("rule", "data", "code", "why"),
    [
        (signed_by("esp_ec"), MCUBOOT, "F-110", "None of the keys"),
        (signed_by("esp_ec"), octets("mcuboot_unsigned.bin"), "F-110", "not signed"),
        (RULE, MCUBOOT.replace(b"z", b"y", 1), "F-110", "changed"),
        (replace(RULE, at_least="3.0"), MCUBOOT, "F-110", "2.1.3+7"),
        (replace(RULE, signer="no key"), MCUBOOT, "F-103", "PEM"),
        (RULE, b"nothing", "F-101", ""),
    ],
)
def test_what_a_rule_would_not_let_run_is_not_kept(
    tmp_path: Path, rule: Rule, data: bytes, code: str, why: str
) -> None:
    with pytest.raises(CompanionError) as refused:
        keep(tmp_path, "lamp.bin", data, rule)
    assert refused.value.code == code and why in refused.value.detail
    assert list(tmp_path.iterdir()) == []


def test_a_manifest_whose_digest_is_not_computed_is_not_kept_as_signed() -> None:
    pem = SIGNER.key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    with pytest.raises(CompanionError) as refused:
        examine(signed([-14, b"x"]), replace(RULE, signer=pem))
    assert refused.value.code == "F-110" and "does not check" in refused.value.detail


def test_a_format_without_a_version_is_held_against_the_rest() -> None:
    assert examine(octets("taylor.suit"), RULE).says("version") is None


def test_a_folder_that_can_not_be_written_is_said(tmp_path: Path) -> None:
    keep(tmp_path, "lamp.bin", MCUBOOT, RULE)
    (kept,) = (tmp_path / KEPT).iterdir()
    kept.unlink()
    kept.mkdir()
    (kept / "something").touch()
    with pytest.raises(CompanionError) as refused:
        keep(tmp_path, "lamp.bin", MCUBOOT, RULE)
    assert refused.value.code.startswith("S-")


def test_a_signature_that_can_not_be_checked_is_nobodys() -> None:
    """COSE_Mac0: whole, and no word on who made it."""
    with pytest.raises(CompanionError) as refused:
        examine(envelope(blocks=(b"\xd1\x80",)), signed_by("draft37"))
    assert refused.value.code == "F-110" and "does not check" in refused.value.detail
