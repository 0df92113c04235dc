"""Which protocols there are, whatever metadata is on the path."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from companion.protocols import installed
from companion.protocols.discovery import built_in
from tests.plugin.conftest import PEBBLE

Install = Callable[[Path], None]
OURS = {each.name for each in built_in()}


def distribution(folder: Path, name: str, entry_points: bytes) -> Path:
    """A distribution that says no more than its name and entry points."""
    info = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_bytes(entry_points)
    return folder


def test_ours_are_not_foreign_where_they_are_announced_too(tmp_path: Path, install: Install) -> None:
    announced = (
        b"[companion.protocols]\nrp1 = companion.protocols.rp1:PROTOCOL\ngone = companion.protocols.gone:P"
    )
    install(distribution(tmp_path, "companion-of-last-year", announced))
    assert (set(installed().protocols), installed().foreign, installed().broken) == (OURS, {}, ())


def test_plugins_come_after_ours_and_know_their_distribution(install: Install) -> None:
    install(PEBBLE)
    assert list(installed().protocols)[-1] == "pebble" and set(installed().protocols) == OURS | {"pebble"}
    assert installed().foreign == {"pebble": "companion-pebble"}


def test_metadata_that_can_not_be_read_hides_no_other_plugin(tmp_path: Path, install: Install) -> None:
    install(distribution(tmp_path, "damaged", b"[companion.protocols]\n\xff\xfe = no text"))
    install(PEBBLE)
    assert "pebble" in installed().protocols
    (broken,) = installed().broken
    assert broken.distribution == "damaged" and "Unicode" in broken.reason
