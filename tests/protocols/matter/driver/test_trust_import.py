"""Roots and revocations that a user imports decide what the next run knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.api import import_roots
from companion.errors import CompanionError, FileMissing, TrustUnusable
from companion.events import AttestationChecked
from companion.model import Verdict
from companion.protocols.matter.virtual.factory import manufacturer
from companion.protocols.matter.virtual.factory.options import MatterOptions
from companion.protocols.matter.virtual.peripheral import VirtualMatter
from tests.protocols.matter.driver.desk import LABEL, desk, light


async def test_what_was_imported_makes_an_unknown_manufacturer_known(tmp_path: Path) -> None:
    maker = manufacturer.manufacturer_in(tmp_path / "maker")
    device = VirtualMatter(MatterOptions(product=LABEL, manufacturer=maker))
    async with desk(tmp_path / "data", device) as table:
        assert import_roots(table.services, "matter", tmp_path / "maker" / manufacturer.ROOT_FILE) == 1
        revoked = {"matter-revocations": str(tmp_path / "maker" / manufacturer.REVOKED_FILE)}
        await table.commission(extra=revoked)
        (checked,) = table.heard(AttestationChecked)
        verdicts = {each.name: each.verdict for each in checked.checks}
        assert Verdict.NOT_KNOWN not in (verdicts["root"], verdicts["pai-revocation"])


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("label.png", TrustUnusable),
        ("list.json", TrustUnusable),
        ("folder", TrustUnusable),
        ("missing.pem", FileMissing),
    ],
)
async def test_a_list_without_a_root_is_refused_before_the_device_gets_anything(
    tmp_path: Path, name: str, error: type[CompanionError]
) -> None:
    if name == "folder":
        (tmp_path / name).mkdir()
        with (tmp_path / name / "huge.pem").open("wb") as huge:
            huge.truncate(1 << 40)  # a hole: to read it whole would take all memory
    elif error is TrustUnusable:
        (tmp_path / name).write_bytes(b"{}")
    async with desk(tmp_path / "data", light()) as table:
        with pytest.raises(error):
            import_roots(table.services, "matter", tmp_path / name)
        outcome = await table.commission(extra={"matter-roots": str(tmp_path / name)})
        assert isinstance(outcome.error, error) and table.is_clean
        assert table.services.identity.vault.get("memory/matter/attestation/roots") is None
