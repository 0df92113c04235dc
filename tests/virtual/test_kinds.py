"""The virtual devices that the command line and the default world offer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from companion.protocols import installed, recognise
from companion.protocols.espressif.virtual import builder as espressif_kind
from companion.protocols.espressif.virtual.options import IDF_4_4, EspressifFault, Stack
from companion.protocols.improv.codec import Capability
from companion.protocols.improv.virtual import builder as improv_kind
from companion.protocols.improv.virtual.device import ImprovFault
from companion.protocols.mesh.virtual import builder as mesh_kind
from companion.protocols.mesh.virtual.options import MeshFault
from companion.scanner import read_file
from companion.virtual.devices import DeviceOptions
from companion.virtual.world import devices_of, protocols


def quiet(**options: object) -> DeviceOptions:
    return DeviceOptions(say=lambda text: None, **options)


@pytest.mark.parametrize("name", protocols())
def test_every_kind_that_needs_nothing_lives_in_the_default_world(name: str) -> None:
    declared = installed().protocols[name].virtual
    assert declared is not None
    needs_nothing = declared.prepare is None and not declared.has_display
    assert bool(devices_of(name).samples()) is needs_nothing


def test_the_shipped_label_is_that_of_the_sample_device() -> None:
    shipped = Path(espressif_kind.__file__).parent / "samples/espressif.png"
    assert [read.text for read in read_file(shipped)] == [espressif_kind.SAMPLE.setup_code]


def test_a_device_of_its_own_writes_the_label_that_fits_it(tmp_path: Path) -> None:
    said: list[str] = []
    made = espressif_kind.make(DeviceOptions(label=tmp_path / "label.png", say=said.append))
    assert [read.text for read in read_file(tmp_path / "label.png")] == [made.setup_code]
    assert said == [f"Setup code: {made.setup_code}"]
    other = espressif_kind.make(quiet())
    assert (other.name, other.options.pop) != (made.name, made.options.pop)
    assert recognise(made.setup_code).protocol == "espressif"


def test_a_wrong_secret_is_on_the_label_and_not_in_the_device() -> None:
    said: list[str] = []
    made = espressif_kind.make(DeviceOptions(faults=("wrong-secret",), say=said.append))
    printed = json.loads(said[0].removeprefix("Setup code: "))
    assert printed["pop"] != made.options.pop.reveal_text()


def test_what_an_esp32_is_can_be_asked_for() -> None:
    faults = ("firmware=4.4", "security=1", "stack=bluedroid", "drop-at-scan")
    options = espressif_kind.make(quiet(faults=faults)).options
    assert (options.firmware, options.security, options.stack) == (IDF_4_4, 1, Stack.BLUEDROID)
    assert options.faults == {EspressifFault.DROP_AT_SCAN}


def test_what_a_mesh_device_is_can_be_asked_for() -> None:
    said: list[str] = []
    own = {"oob": ("static",), "no-epa": ()}
    made = mesh_kind.make(DeviceOptions(own=own, faults=("reflects",), say=said.append))
    assert made.options.capabilities.has_static and made.options.faults == {MeshFault.REFLECTS}
    assert made.options.capabilities.algorithms == 1
    assert said == [f"Its label has the static OOB secret {made.options.static.reveal().hex()}."]
    with pytest.raises(ValueError, match="no-complete"):
        mesh_kind.make(quiet(faults=("no such fault",)))
    with pytest.raises(ValueError, match="no setup code"):
        mesh_kind.make(quiet(label=Path("label.png")))


def test_what_an_improv_device_is_can_be_asked_for() -> None:
    options = improv_kind.make(quiet(faults=("authorization", "plain", "no-answer"), button="nobody")).options
    assert options.authorization and options.pressed_after is None
    assert options.capabilities == Capability(0)
    assert options.faults == {ImprovFault.MUTE}


@pytest.mark.parametrize("fault", ["unheard-of", "firmware=3", "security=7", "stack=none"])
def test_an_unknown_wish_is_answered_with_what_there_is(fault: str) -> None:
    with pytest.raises(ValueError, match=r"available: .*vanish"):
        espressif_kind.make(quiet(faults=(fault,)))
    with pytest.raises(ValueError, match=r"available: .*vanish"):
        improv_kind.make(quiet(faults=(fault,)))


def test_an_improv_device_has_no_label(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no setup code"):
        improv_kind.make(quiet(label=tmp_path / "label.png"))


def test_the_networks_around_a_device_come_from_a_file(tmp_path: Path) -> None:
    around = tmp_path / "air.json"
    around.write_text(json.dumps({"networks": [{"ssid": "Lab", "passphrase": "12345678"}]}))
    for made in (espressif_kind, improv_kind):
        options = made.make(quiet(wifi_air=around)).options
        assert [point.ssid for point in options.access_points.points] == [b"Lab"]
