"""`companion firmware explain`: for people, for scripts, and when something does not hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion.protocols import installed
from tests.commands.conftest import Run
from tests.firmware.files import FOLDER, octets

SIGNED, KEY, OTHER = FOLDER / "esp32_rsa.bin", FOLDER / "esp_rsa.pem", FOLDER / "esp_ec.pem"


def test_it_says_for_what_which_version_and_who_signed_it(run: Run) -> None:
    ran = run("firmware", "explain", str(SIGNED), "--key", str(OTHER), "--key", str(KEY))
    lines = ran.out.splitlines()
    assert ran.status == 0 and lines[0] == "ESP-IDF image"
    assert "  Version:             2.1.0" in lines and "✓ Checksum of the image: Correct." in lines
    assert any(line.startswith("✓ Signature: It was made by the key 3b2398e8") for line in lines)


def test_a_script_gets_a_document_and_a_status_when_something_does_not_hold(run: Run, tmp_path: Path) -> None:
    changed = tmp_path / "changed.bin"
    changed.write_bytes(octets("mcuboot_rsa-2048.bin").replace(b"z", b"y", 1))
    ran = run("firmware", "explain", str(changed), "--json")
    assert ran.status == 6 and ran.document["format"] == "mcuboot" and ran.document["sound"] is False
    assert ran.document["checks"][0]["verdict"] == "failed"
    assert {"name": "version", "label": "Version", "value": "2.1.3+7"} in ran.document["facts"]


def test_what_a_file_says_can_t_steer_a_terminal(run: Run, tmp_path: Path) -> None:
    steering = tmp_path / "steering.bin"
    steering.write_bytes(octets("esp32.bin").replace(b"harbour-lamp", b"\x1b[2Jour-lamp"))
    assert "\x1b" not in run("firmware", "explain", str(steering)).out


@pytest.mark.parametrize(
    ("content", "code"), [(b"", "F-101"), (b"MZ", "F-101"), (b"\xe9\x01", "F-102"), (b"\xd8\x6b", "F-102")]
)
def test_other_files_and_damaged_ones_are_told_apart(
    run: Run, tmp_path: Path, content: bytes, code: str
) -> None:
    (tmp_path / "file").write_bytes(content)
    ran = run("firmware", "explain", str(tmp_path / "file"))
    assert ran.status == 6 and code in ran.err


def test_a_key_that_is_none_and_a_file_that_is_not_there_are_named(run: Run, tmp_path: Path) -> None:
    assert "F-103" in run("firmware", "explain", str(SIGNED), "--key", str(SIGNED)).err
    assert "S-122" in run("firmware", "explain", str(tmp_path / "nothing")).err


@pytest.mark.parametrize(("size", "code"), [(0, "F-101"), (4 << 30, "S-123")])
def test_a_file_of_nothing_and_one_of_four_gibibytes_get_a_sentence(
    run: Run, tmp_path: Path, size: int, code: str
) -> None:
    with (tmp_path / "image.bin").open("wb") as sparse:
        sparse.truncate(size)
    ran = run("firmware", "explain", str(tmp_path / "image.bin"))
    assert ran.status != 0 and code in ran.err


# --- rules --------------------------------------------------------------------------------------------


def test_a_rule_is_kept_with_its_file_listed_and_removed(run: Run, tmp_path: Path) -> None:
    here = ("--data-dir", str(tmp_path / "data"))
    assert run("firmware", "rule", *here).out.startswith("No firmware rules")
    asked = ("--model", "Lamp 3", "--manufacturer", "Acme", "--at-least", "2.1.0", "--sequence", "7")
    kept = ("--file", str(SIGNED), "--key", str(KEY), "--untold", "warn")
    added = run("firmware", "rule", "add", *asked, *kept, *here, "--json").document
    assert Path(added["file"]["path"]).read_bytes() == SIGNED.read_bytes()
    run("firmware", "rule", "add", "--protocol", "espressif", "--nonce-fix", *here)
    listed = run("firmware", "rule", "list", *here).out.splitlines()
    assert listed[0] == (
        f"{added['id']}  Acme Lamp 3: at least 2.1.0, sequence number 7 or more, files signed by its key, "
        "offers esp32_rsa.bin, warns where the device does not say it"
    )
    assert listed[1].endswith("every device (espressif): no reused nonce")
    assert len(run("firmware", "rule", "list", *here, "--json").document["rules"]) == 2
    assert run("firmware", "rule", "remove", added["id"][:5], *here).out.startswith("Removed")
    assert not Path(added["file"]["path"]).exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "--model", "Lamp 3"), "F-108"),
        (("add", "--protocol", "smoke", "--at-least", "1.0"), "F-108"),
        (("add", "--model", "Lamp", "--at-least", "1.0", "--key", str(KEY), "--key", str(OTHER)), "F-108"),
        (("add", "--model", "Lamp", "--at-least", "9.0", "--file", str(SIGNED)), "F-110"),
        (("remove", "ff"), "F-109"),
        (("remove",), "usage"),
        (("forget", "ff"), "usage"),
    ],
)
def test_a_rule_that_can_not_be_is_refused(
    run: Run, tmp_path: Path, words: tuple[str, ...], code: str
) -> None:
    assert code in run("firmware", "rule", *words, "--data-dir", str(tmp_path / "data")).err


def test_a_rule_that_no_device_of_its_protocol_can_meet_says_so(run: Run) -> None:
    words = ("firmware", "rule", "add", "--at-least", "2.0", "--protocol")
    page = Path("assets/docs/pages/how-to/firmware.md").read_text()
    words_of = " ".join(page.partition("Devices of")[2].partition("do not, and")[0].split())
    told, untold = words_of.split(" say their version; ")
    for each in installed().protocols.values():
        if each.firmware is None:
            continue
        says = "version" in each.firmware
        assert each.title in (told if says else untold)
        ran = run(*words, each.name, "--radio", "virtual")
        assert ran.status == 0 and ("says its firmware version" in ran.out) is not says
