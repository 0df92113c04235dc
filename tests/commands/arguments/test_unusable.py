"""Files and numbers that a command can't use: told as that, by name, and never as a fault of ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Run

DEEP = b"[" * 200_000
BINARY = bytes(range(128, 256))


def written(folder: Path, content: bytes) -> str:
    path = folder / "given.txt"
    path.write_bytes(content)
    return str(path)


SAMPLE = "companion/protocols/rp1/virtual/samples/rp1.png"
VIRTUAL = ("--radio", "virtual")
ELSEWHERE = ("--radio", "bumble:tcp-client:127.0.0.1:1")
READING = {
    "picture": ("commission", *VIRTUAL, "--image"),
    "network": ("commission", *VIRTUAL, "--image", SAMPLE, "--wifi-file"),
    "dataset": ("commission", *VIRTUAL, "--image", SAMPLE, "--thread-file"),
    "voucher": ("commission", *VIRTUAL, "--image", SAMPLE, "--voucher"),
    "roots": ("commission", *VIRTUAL, "--image", SAMPLE, "--paa"),
    "passphrase": ("trust", "--passphrase-file"),
    "manufacturer": ("trust", *VIRTUAL, "add"),
    "factory key": ("trust", *VIRTUAL, "psk", "ab01"),
    "token": ("devices", *VIRTUAL, "accept"),
    "new owner": ("devices", "transfer", "lamp", "--token", "token.txt", "--to"),
    "batch": ("label", "--out", "sheet.pdf"),
    "networks": ("virtual", "espressif", *ELSEWHERE, "--wifi-air"),
    "owner": ("virtual", "rp1", *ELSEWHERE, "--voucher-for"),
}


@pytest.mark.parametrize("words", READING.values(), ids=READING.keys())
def test_a_file_that_is_not_there_is_told_as_that_by_every_command(
    run: Run, tmp_path: Path, words: tuple[str, ...]
) -> None:
    file = str(tmp_path / "gone.txt")
    ran = run(*words, file)
    assert (ran.status, ran.err.splitlines()[0]) == (
        2,
        f"✗ {file} does not exist. Check its name and folder. (S-122)",
    )


def test_a_folder_in_the_place_of_a_file_is_there_and_can_not_be_read(run: Run, tmp_path: Path) -> None:
    ran = run("scan", str(tmp_path))
    assert ran.status == 2 and f"✗ Can't read {tmp_path}." in ran.out


def test_a_folder_that_is_not_there_can_not_be_written_to(run: Run, tmp_path: Path) -> None:
    ran = run("trust", *VIRTUAL, "key", str(tmp_path / "gone" / "owner.pub"))
    assert ran.status == 2 and ran.err.startswith("✗ Can't write ") and "(S-124)" in ran.err


def test_a_passphrase_file_that_is_no_text(run: Run, tmp_path: Path) -> None:
    ran = run("trust", "--passphrase-file", written(tmp_path, BINARY), "--json")
    assert (ran.status, ran.document["error"]["code"]) == (8, "S-101")
    assert ran.document["error"]["detail"].startswith("given.txt: ")


def test_a_network_file_of_brackets(run: Run, tmp_path: Path) -> None:
    file = written(tmp_path, DEEP)
    ran = run("commission", "--image", SAMPLE, "--radio", "virtual", "--wifi-file", file, "--json")
    assert (ran.status, ran.document["error"]["code"]) == (6, "N-107")
    assert ran.document["error"]["detail"] == "given.txt: RecursionError"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"A" * 200_000, "field larger than field limit (131072)"),
        (BINARY, "given.txt is not a text file"),
    ],
    ids=["one long field", "binary"],
)
def test_a_batch_that_is_none(run: Run, tmp_path: Path, content: bytes, told: str) -> None:
    ran = run("label", written(tmp_path, content), "--out", str(tmp_path / "sheet.pdf"))
    assert (ran.status, ran.err) == (2, f"companion: {told}\n")


@pytest.mark.parametrize(
    ("option", "content", "told"),
    [
        ("--wifi-air", DEEP, "given.txt is not a list of networks: RecursionError"),
        ("--state", b"", "{file}: File exists"),
    ],
    ids=["air", "state"],
)
def test_a_file_that_a_virtual_device_cannot_use_is_named(
    run: Run, tmp_path: Path, option: str, content: bytes, told: str
) -> None:
    file = written(tmp_path, content)
    kind = "espressif" if option == "--wifi-air" else "rp1"
    ran = run("virtual", kind, *ELSEWHERE, option, file)
    assert (ran.status, ran.err) == (2, f"companion: {told.format(file=file)}\n")


@pytest.mark.parametrize("text", ["nan", "inf", "-1", "0", "1e99"])
def test_a_time_that_never_ends_or_never_begins_is_refused(
    run: Run, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        run("nearby", "--radio", "virtual", "--seconds", text)
    assert ended.value.code == 2
    assert f"invalid seconds value: '{text}'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("commission", "--endpoint", "broker"), "“broker” is not host:port"),
        (("commission", "--endpoint", "h:99999"), "“h:99999” is not host:port"),
        (("devices", "rotate", "x", "--endpoint", "1:2:3"), "“1:2:3” is not host:port"),
        (("virtual", "air", "--port", "99999"), "invalid port value: '99999'"),
        (("virtual", "air", "--port", "-1"), "invalid port value: '-1'"),
    ],
    ids=["no port", "too high", "no brackets", "port too high", "port below none"],
)
def test_an_address_that_is_none_is_a_word_of_the_command_line(
    run: Run, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        run(*words)
    assert ended.value.code == 2
    assert told in capsys.readouterr().err
