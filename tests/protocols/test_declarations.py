"""What each protocol declares of itself, held against what it is."""

from __future__ import annotations

import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from companion.protocols import OwnershipDriver, ProtocolDeclaration, demo_label
from companion.protocols.declaration import GROUP
from companion.protocols.discovery import built_in
from companion.protocols.octets import pieces
from companion.scanner import read_file
from ui import art

ROOT = Path(__file__).parent.parent.parent
OURS = tuple(built_in())


def test_the_distribution_announces_what_the_folder_holds() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    announced = project["entry-points"][GROUP]
    assert announced == {each.name: f"companion.protocols.{each.name}:PROTOCOL" for each in OURS}


@pytest.mark.parametrize("declared", OURS, ids=lambda declared: declared.name)
class TestDeclaration:
    def test_its_driver_bears_its_name_and_knows_owners_if_it_says_so(
        self, declared: ProtocolDeclaration
    ) -> None:
        driver = declared.driver()
        assert driver.name == declared.name
        assert isinstance(driver, OwnershipDriver) == bool(declared.operations)

    def test_the_window_draws_its_devices(self, declared: ProtocolDeclaration) -> None:
        assert declared.art in art.KINDS and declared.art != "box"

    def test_what_it_wants_to_be_loaded_early_is_there(self, declared: ProtocolDeclaration) -> None:
        assert declared.warm_up and all(import_module(module) for module in declared.warm_up)

    def test_octets_of_a_characteristic_that_is_not_its_own_are_not_shown(
        self, declared: ProtocolDeclaration
    ) -> None:
        if declared.octets is not None:
            fields = declared.octets()("00002a00-0000-1000-8000-00805f9b34fb", bytes(range(20)), True)
            assert not any(each.octets for each in pieces(bytes(range(20)), fields))

    def test_a_characteristic_that_is_not_its_own_means_nothing_to_its_decoder(
        self, declared: ProtocolDeclaration
    ) -> None:
        if declared.decoder is not None:
            decode = declared.decoder()
            assert decode("00002a00-0000-1000-8000-00805f9b34fb", bytes(range(20)), True) is None

    def test_its_virtual_devices_are_made_by_its_own_module(self, declared: ProtocolDeclaration) -> None:
        assert declared.virtual is not None
        made_by = declared.virtual.load()
        assert made_by is import_module(f"companion.protocols.{declared.name}.virtual.builder")


def test_the_demo_reads_the_label_of_one_of_them(tmp_path: Path) -> None:
    picture = tmp_path / "label.png"
    picture.write_bytes(demo_label().read_bytes())
    (read,) = read_file(picture)
    codes = [recogniser(read.text) for each in OURS for recogniser in each.recognisers]
    assert [code.protocol for code in codes if code is not None] == ["rp1"]
