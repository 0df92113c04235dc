"""Roots and revocations that a user imports decide what the next run knows."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest

from companion.api import import_trust
from companion.errors import CompanionError, FileMissing, FileUnreadable, TrustUnusable
from companion.events import AttestationChecked
from companion.model import Verdict
from companion.protocols import TrustLists
from companion.protocols.matter.driver.store import trust
from companion.protocols.matter.virtual.factory import manufacturer
from companion.protocols.matter.virtual.factory.options import MatterOptions
from companion.protocols.matter.virtual.peripheral import VirtualMatter
from tests.protocols.matter.driver.bench import LABEL, bench, light


@pytest.mark.parametrize("in_window", [False, True])
async def test_what_was_imported_makes_an_unknown_manufacturer_known(tmp_path: Path, in_window: bool) -> None:
    """The window takes either list by the same button."""
    maker = manufacturer.manufacturer_in(tmp_path / "maker")
    device = VirtualMatter(MatterOptions(product=LABEL, manufacturer=maker))
    async with bench(tmp_path / "data", device) as table:
        made = tmp_path / "maker"
        roots = import_trust(table.services, "matter", made / manufacturer.ROOT_FILE)
        assert roots == TrustLists(roots=1)
        revoked = made / manufacturer.REVOKED_FILE
        if in_window:
            assert import_trust(table.services, "matter", revoked).issuers > 0
        await table.commission(extra={} if in_window else {"matter-revocations": str(revoked)})
        (checked,) = table.heard(AttestationChecked)
        verdicts = {each.name: each.verdict for each in checked.checks}
        assert Verdict.NOT_KNOWN not in (verdicts["root"], verdicts["pai-revocation"])


@pytest.mark.parametrize("content", [b"[1]", b'[{"type": "revocation_set"}]', b"[" + b" " * (1 << 26)])
async def test_a_damaged_or_endless_list_of_revocations_leaves_the_one_before(
    tmp_path: Path, content: bytes
) -> None:
    maker = manufacturer.manufacturer_in(tmp_path / "maker")
    damaged = tmp_path / "revoked.json"
    damaged.write_bytes(content)
    async with bench(tmp_path / "data", light()) as table:
        memory = table.services.registry.memory("matter", table.services.identity.vault)
        memory.put(trust.REVOCATIONS, b64encode(maker.revocation_set()).decode())
        before = memory.get(trust.REVOCATIONS)
        with pytest.raises((TrustUnusable, FileUnreadable)):
            import_trust(table.services, "matter", damaged)
        assert memory.get(trust.REVOCATIONS) == before


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
    async with bench(tmp_path / "data", light()) as table:
        with pytest.raises(error):
            import_trust(table.services, "matter", tmp_path / name)
        outcome = await table.commission(extra={"matter-roots": str(tmp_path / name)})
        assert isinstance(outcome.error, error) and table.is_clean
        assert table.services.identity.vault.get("memory/matter/attestation/roots") is None
