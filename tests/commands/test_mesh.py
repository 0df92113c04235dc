"""`companion mesh`: networks in and out of files, and a light that is switched over the virtual air."""

from __future__ import annotations

import asyncio
import json
import stat
from pathlib import Path

import pytest

from companion.cli import main
from companion.files import data_folder, exclusive
from companion.protocols.mesh.provisioning.exchange import ProvisioningData
from companion.protocols.mesh.virtual.options import MeshOptions
from companion.protocols.mesh.virtual.peripheral import VirtualMesh
from companion.secret import Secret
from companion.virtual.air import Air
from tests.commands.conftest import Run
from tests.protocols.mesh.database.samples import NODE, document, file

VIRTUAL = ("--radio", "virtual")


@pytest.fixture
def network(tmp_path: Path) -> str:
    path = tmp_path / "network.json"
    path.write_bytes(file())
    return str(path)


def test_a_network_is_imported_shown_and_exported(run: Run, network: str, tmp_path: Path) -> None:
    imported = run("mesh", "import", network, *VIRTUAL)
    assert imported.status == 0 and "✓ Imported Boathouse with 1 node." in imported.out
    shown = run("mesh", "show", "Lamp", *VIRTUAL).out
    assert "Generic OnOff Server" in shown and "tells c002 of changes" in shown
    out = tmp_path / "out.json"
    exported = run("mesh", "export", str(out), *VIRTUAL, "--network", "Boathouse")
    assert exported.status == 0 and "every key" in exported.out
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    again = json.loads(out.read_text())
    assert again["netKeys"][0]["key"] == "21" * 16 and again["nodes"][0]["UUID"] == NODE["UUID"]
    # What is there is not overwritten, and keys are in nothing but the file.
    assert run("mesh", "export", str(out), *VIRTUAL).status == 2
    assert run("mesh", "remove", "Lamp", *VIRTUAL).status == 0
    told = run("mesh", *VIRTUAL).out
    assert "There are: Boathouse" in run("mesh", "refresh", *VIRTUAL, "--network", "Nope").err
    assert "Boathouse" in told and "No nodes." in told and "2121" not in told


def test_a_file_with_other_keys_is_imported_only_where_that_is_said(
    run: Run, network: str, tmp_path: Path
) -> None:
    other = tmp_path / "other.json"
    other.write_bytes(file(netKeys=[document()["netKeys"][0] | {"key": "22" * 16}]))
    assert run("mesh", "import", network, *VIRTUAL).status == 0
    refused = run("mesh", "import", str(other), *VIRTUAL, "--json")
    assert refused.status == 2 and refused.document["error"]["code"] == "D-140"
    assert refused.document["error"]["detail"] == "network key 0"
    assert run("mesh", "import", str(other), *VIRTUAL, "--replace-keys").status == 0


@pytest.mark.parametrize(
    "words",
    [
        ("show", "a", "b"),
        ("export",),
        ("refresh", "x"),
        ("switch", "Lamp", "dim"),
    ],
)
def test_wrong_words_do_nothing(run: Run, words: tuple[str, ...]) -> None:
    ran = run("mesh", *words, *VIRTUAL)
    assert ran.status == 2 and ran.err


def test_a_script_gets_a_document_also_for_wrong_words(run: Run) -> None:
    for words in (("mesh", "switch"), ("voucher", "key", "p257"), ("dataset", "show")):
        error = run(*words, *VIRTUAL, "--json").document["error"]
        assert error["code"] == "X-101" and error["detail"]


def test_two_commands_are_not_in_the_network_at_once(run: Run, network: str, tmp_path: Path) -> None:
    folder = data_folder(tmp_path / "data", virtual=True)
    with exclusive(folder / "mesh-session.lock", timeout=0):
        ran = run("mesh", "import", network, *VIRTUAL, "--json")
    assert ran.document["error"]["code"] == "S-104" and "Another command" in ran.document["error"]["advice"]


@pytest.mark.parametrize("address", ["lamp", "10000", "C0"])
def test_an_address_has_four_digits(run: Run, address: str) -> None:
    with pytest.raises(SystemExit):
        run("mesh", "configure", "Lamp", "--publish", address)


def test_without_a_network_it_says_what_to_do(run: Run, tmp_path: Path) -> None:
    assert "companion mesh import" in run("mesh").out
    assert run("mesh", "--json").document == {"networks": []}
    assert not (tmp_path / "data" / "keys.sealed").exists()
    assert (
        run("mesh", "export", str(tmp_path / "out"), *VIRTUAL, "--json").document["error"]["code"] == "A-180"
    )
    (tmp_path / "broken").write_text('{"netKeys": 7}')
    broken = run("mesh", "import", str(tmp_path / "broken"), *VIRTUAL, "--json")
    assert broken.status == 2 and broken.document["error"]["code"] == "D-139"
    assert "netKeys in the file is not a list" in broken.document["error"]["advice"]


def test_another_computer_imports_what_this_one_exported(run: Run, network: str, tmp_path: Path) -> None:
    """And gives addresses of its own, also where the network was this computer's alone until then."""
    own = data_folder(tmp_path / "first", virtual=True)
    services = ("--data-dir", str(tmp_path / "first"), *VIRTUAL)
    document_of_it = json.loads(file()) | {"provisioners": []}
    path = tmp_path / "alone.json"
    path.write_text(json.dumps(document_of_it))
    assert run("mesh", "import", str(path), *services).status == 0 and own.exists()
    out = tmp_path / "out.json"
    assert run("mesh", "export", str(out), *services).status == 0
    second = run("mesh", "import", str(out), "--data-dir", str(tmp_path / "second"), *VIRTUAL)
    assert second.status == 0, second.err


async def test_a_light_is_switched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bare = {name: NODE[name] for name in ("UUID", "name", "deviceKey", "unicastAddress")}
    path = tmp_path / "network.json"
    path.write_text(json.dumps(document() | {"nodes": [bare]}))
    async with Air() as air:
        (port,) = air.ports
        lamp = VirtualMesh(MeshOptions(name="Lamp"))
        await lamp.open(f"tcp-client:127.0.0.1:{port}")
        await lamp.join(ProvisioningData(Secret(b"\x21" * 16), 0, 7, 0x0011), Secret(b"\xe5" * 16))
        radio = (
            "--radio",
            f"virtual+bumble:tcp-client:127.0.0.1:{port}",
            "--data-dir",
            str(tmp_path / "data"),
        )
        for words in (("import", str(path)), ("configure", "Lamp"), ("switch", "Lamp", "on")):
            assert await asyncio.to_thread(main, ["mesh", *words, *radio]) == 0
            if words[0] == "import":
                assert await asyncio.to_thread(main, ["mesh", "switch", "Lamp", "on", *radio]) == 6
                assert "Configure it first" in capsys.readouterr().err
        own = ["mesh", "configure", "Lamp", "--publish", "0011", *radio]
        assert await asyncio.to_thread(main, own) == 2
        assert "Lamp (0011) is on" in capsys.readouterr().out
        await lamp.close()
        line = ["mesh", "switch", "Lamp", "--seconds", "0.1", *radio]
        assert await asyncio.to_thread(main, line) == 4
        assert "No node of your network is in range" in capsys.readouterr().err


@pytest.mark.parametrize("words", [("--method", "bogus"), ("--device", "Lamp", "MT:Y.K9042C00KA0648G00")])
def test_what_names_no_method_or_device_is_said_before_anything_is_connected(
    run: Run, words: tuple[str, ...]
) -> None:
    ran = run("commission", *words, *VIRTUAL)
    assert ran.status == 2 and ("available: " in ran.err) == (words[0] == "--method")
