"""`companion dataset`: Thread networks made, kept, explained, changed and exchanged."""

from __future__ import annotations

import io
import json
import stat
from pathlib import Path

import pytest

from companion.model import BorderRouter
from companion.networks import border_routers
from companion.secret import Secret
from tests.commands.conftest import Ran, Run
from tests.networks.thread.samples import DATASET, DEMO, PENDING

KEY = "00112233445566778899aabbccddeeff"


@pytest.fixture
def dataset(run: Run) -> Run:
    def command(*words: str, folder: str = "data") -> Ran:
        return run("dataset", *words, "--radio", "virtual", folder=folder)

    return command


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "dataset.txt"
    made.write_text(f"> dataset active -x\n{DEMO}\nDone\n")
    return made


def test_an_imported_network_is_kept_and_explained_without_its_secrets(dataset: Run, file: Path) -> None:
    assert dataset("import", str(file)).status == 0
    shown = dataset("show", "openthreaddemo")
    assert shown.status == 0 and KEY not in shown.out and DEMO not in shown.out
    for words in ("channel            16", "PAN ID             1234", "1111111122222222",
                  "fdad:70bf:e5aa:15dd::/64", "every 672 hours", "commissioning with the PSKc"):  # fmt: skip
        assert words in shown.out
    assert dataset().out == "OpenThreadDemo     channel 16  PAN ID 1234  1111111122222222\n"
    (listed,) = dataset("--json").document["datasets"]
    assert listed["security_policy"]["allowed"][0] == "obtain_network_key"
    assert listed["has_network_key"] and listed["unusable"] is None and KEY not in json.dumps(listed)
    revealed = dataset("show", "11111111", "--reveal", "--json").document
    assert (revealed["network_key"], revealed["dataset"]) == (KEY, DEMO)
    assert KEY in dataset("show", "OpenThreadDemo", "--reveal").out


def test_a_dataset_from_standard_input_is_explained_and_not_kept(
    dataset: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(PENDING + "9901ab"))
    shown = dataset("show", "-").out
    assert "pending timestamp  2" in shown and "delay              46354 ms" in shown
    assert "unknown entries    153" in shown and "! This is a pending dataset" in shown
    assert dataset("list").out.startswith("No saved Thread networks.")


def test_what_no_device_can_use_is_explained_and_not_kept(dataset: Run, tmp_path: Path) -> None:
    part = tmp_path / "part"
    part.write_text("000300000f" + "0c0402a00000" + "0e080000000000010003")
    assert "✗ The dataset has no network key" in dataset("show", str(part)).out
    refused = dataset("import", str(part))
    assert refused.status == 6 and "no network key" in refused.err and "N-115" in refused.err
    part.write_text(DEMO[:-6])
    assert "ends in the middle" in dataset("show", str(part)).err
    assert dataset("show", str(tmp_path / "none")).status == 2
    assert dataset("--json").document == {"datasets": []}


def test_a_new_network_has_what_is_asked_for(dataset: Run, tmp_path: Path) -> None:
    (tmp_path / "key").write_text(KEY)
    (tmp_path / "phrase").write_text("12SECRETPASSWORD34\n")
    made = dataset(
        "make", "--name", "Test Network", "--channel", "20", "--channels", "15,20-22", "--pan-id", "0x1234",
        "--extended-pan-id", "0001020304050607", "--mesh-local-prefix", "fd00:1:2:3::/64", "--rotation", "24",
        "--network-key-file", str(tmp_path / "key"),
        "--commissioner-passphrase-file", str(tmp_path / "phrase"),
        "--forbid", "native-commissioning", "--allow", "non-ccm-routers", "--reveal", "--json",
    ).document  # fmt: skip
    assert made["channels"] == [15, 20, 21, 22] and made["mesh_local_prefix"] == "fd00:1:2:3::/64"
    assert made["pskc"] == "c3f59368445a1b6106be420a706d4cc9" and made["network_key"] == KEY
    assert "native_commissioning" not in made["security_policy"]["allowed"]
    assert made["security_policy"]["rotation_hours"] == 24 and made["active_timestamp"]["seconds"] == 1
    assert "channel mask       15, 20-22" in dataset("show", "Test Network").out


def test_a_change_raises_the_timestamp_and_replaces_the_old_one(dataset: Run, file: Path) -> None:
    dataset("import", str(file))
    changed = dataset("edit", "OpenThreadDemo", "--channel", "25", "--name", "Hafen 12", "--json").document
    assert (changed["channel"], changed["active_timestamp"]["seconds"]) == (25, 2)
    moved = dataset("edit", "Hafen 12", "--extended-pan-id", "00000000000000aa", "--json").document
    assert moved["active_timestamp"]["seconds"] == 3
    assert dataset().out == "Hafen 12           channel 25  PAN ID 1234  00000000000000aa\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("make", "--channel", "40"), "channel is 40"),
        (("make", "--network-key-file", "{file}"), "does not contain hexadecimal digits"),
        (("edit", "nothing"), "No saved Thread network “nothing”"),
        (("export", "nothing", "-"), "No saved Thread network"),
        (("remove", "nothing"), "No saved Thread network"),
        (("import",), "see `companion dataset --help`"),
        (("import", "{file}", "--from", "Home"), "see `companion dataset --help`"),
        (("list", "more"), "see `companion dataset --help`"),
    ],
)
def test_what_can_not_be_is_said(dataset: Run, file: Path, words: tuple[str, ...], sentence: str) -> None:
    refused = dataset(*(word.format(file=file) for word in words))
    assert refused.status in (2, 6) and sentence in refused.err and refused.out == ""


@pytest.mark.parametrize(
    "option", ["--channels=11-x", "--pan-id=12", "--mesh-local-prefix=fd00::1", "--allow=all"]
)
def test_a_value_of_a_wrong_form_is_usage(dataset: Run, option: str) -> None:
    with pytest.raises(SystemExit) as ended:
        dataset("make", option)
    assert ended.value.code == 2


def test_two_networks_of_one_name_are_told_apart_by_their_ids(dataset: Run) -> None:
    first, second = "1a" * 8, "2b" * 8
    for digits in (first, second):
        assert dataset("make", "--name", "Home", "--extended-pan-id", digits).status == 0
    refused = dataset("show", "Home")
    assert refused.status == 2 and first in refused.err and second in refused.err
    assert second in dataset("show", "2b2b").out


def test_an_exported_network_is_another_computers(dataset: Run, file: Path, tmp_path: Path) -> None:
    dataset("import", str(file))
    out = tmp_path / "out.txt"
    assert "with its network key" in dataset("export", "OpenThreadDemo", str(out)).out
    assert stat.S_IMODE(out.stat().st_mode) == 0o600 and out.read_text() == f"{DEMO}\n"
    assert "already exists" in dataset("export", "OpenThreadDemo", str(out)).err
    assert dataset("export", "OpenThreadDemo", str(tmp_path / "no" / "folder")).status == 2
    assert dataset("export", "OpenThreadDemo", "-").out == f"{DEMO}\n"
    other = tmp_path / "other.txt"
    assert dataset("export", "OpenThreadDemo", str(other), "--json").document == {"file": str(other)}
    assert dataset("import", str(out), folder="other").status == 0
    assert dataset("remove", "OpenThreadDemo").status == 2 and dataset("show", "OpenThreadDemo").status == 0
    assert dataset("remove", "OpenThreadDemo", "--yes").out.startswith("No saved Thread networks.")
    assert "OpenThreadDemo" in dataset(folder="other").out


def test_border_routers_are_listed_and_one_hands_its_network_out(
    dataset: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    routers = [
        BorderRouter("Kitchen", "OpenThreadDemo", "1111111122222222", "OpenThread Router", ("192.0.2.7",)),
        BorderRouter("Hall", "Other", "", "", ()),
    ]

    async def heard(lan: object) -> tuple[BorderRouter, ...]:
        return tuple(routers)

    async def asked(place: object) -> Secret:
        return DATASET

    monkeypatch.setattr("companion.commands.dataset.border_routers.heard", heard)
    monkeypatch.setattr(border_routers, "heard", heard)
    monkeypatch.setattr(border_routers, "_asked", asked)
    assert [each["kept"] for each in dataset("near", "--json").document["border_routers"]] == [False, False]
    assert "PAN ID             1234" in dataset("import", "--from", "openthreaddemo").out
    near = dataset("near").out
    assert "✓ saved  OpenThreadDemo  1111111122222222  OpenThread Router  192.0.2.7" in near
    assert "Other  no extended PAN ID  Hall" in near
    routers.clear()
    assert dataset("near").out.startswith("No Thread border router found")
