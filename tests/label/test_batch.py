"""A batch of labels: a secret for each device, and never one for two."""

from pathlib import Path

import pytest

from companion.commands.label import read_batch
from companion.errors import CodeForeign, CodeMalformed, SecretPredictable, SecretsShared
from companion.label import Label, labels_of, new_labels
from companion.protocols import group_entry, recognise
from companion.protocols.rp1.setup_code import label_code
from companion.protocols.rp1.setup_code import labels as rp1_labels
from companion.protocols.rp1.setup_code.label_code import Rp1Code
from companion.secret import Secret

R = bytes.fromhex("6a09e667bb67ae853c6ef372a54ff53a")
MATTER = "MT:Y.K9042C00KA0648G00"


def rp1_text(r: bytes, fp: int = 1) -> str:
    return label_code.make(Rp1Code(7, bytes([fp]) * 16, Secret(r), (1,), 31))


def device(serial: str, fp: int) -> dict[str, str]:
    """A row of a batch of RP1 devices."""
    return {"serial": serial, "fingerprint": fp.to_bytes(16).hex()}


def test_every_device_gets_its_own_secret() -> None:
    labels = new_labels("rp1", (device(f"SN{number}", number) for number in range(200)))
    assert len({label.code.payload.r for label in labels}) == 200
    assert len({label.code.payload.disc for label in labels}) > 100
    assert all(label.code.findings == () for label in labels)
    assert [label.code.payload.fp for label in labels] == [number.to_bytes(16) for number in range(200)]


def test_every_espressif_device_gets_its_own_proof_of_possession() -> None:
    labels = new_labels(
        "espressif",
        ({"serial": f"SN{number}", "name": f"PROV_{number}", "username": "wifiprov"} for number in range(50)),
    )
    pops = {label.code.payload.pop for label in labels}
    assert len(pops) == 50
    assert min(map(len, pops)) >= 16
    assert all(label.code.payload.username == "wifiprov" and not label.code.findings for label in labels)


def test_a_draw_that_is_no_secret_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    draws = iter([bytes(16), bytes(range(16)), R])
    monkeypatch.setattr(rp1_labels.secrets, "token_bytes", lambda count: next(draws))
    (label,) = new_labels("rp1", [device("SN1", 0)])
    assert label.code.payload.r == Secret(R)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (rp1_text(R, 1), rp1_text(R, 2)),
        (rp1_text(R, 1), rp1_text(R[::-1], 1)),
        (
            '{"name":"A","pop":"k3d9x7q1","transport":"ble"}',
            '{"name":"B","pop":"k3d9x7q1","transport":"ble"}',
        ),
        (
            '{"name":"A","pop":"k3d9x7q1","transport":"ble"}',
            '{"name":"A","pop":"z7w2m5n8","transport":"ble"}',
        ),
        (MATTER, MATTER),
    ],
    ids=["rp1 secret", "rp1 key", "pop", "name", "matter"],
)
def test_a_batch_that_would_share_something_is_refused(first: str, second: str) -> None:
    with pytest.raises(SecretsShared) as raised:
        labels_of(
            [
                ("SN1", first),
                ("SN2", MATTER.replace("Y.", "-2") if first == MATTER else MATTER),
                ("SN3", second),
            ]
        )
    assert "SN1 and SN3" in raised.value.advice_text
    assert "k3d9x7q1" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (rp1_text(bytes(16)), SecretPredictable),
        ('{"name":"A","transport":"ble"}', SecretPredictable),
        ("https://example.com", CodeForeign),
        ("WIFI:T:WPA;S:n;P:12345678;;", CodeForeign),
        ("hello", CodeForeign),
        ("RP1:DAMAGED", CodeMalformed),
    ],
)
def test_what_is_no_setup_code_of_its_own_is_not_printed(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        labels_of([("SN1", text)])


@pytest.mark.parametrize("serial", ["", "x" * 33, "Gerät", "a\nb"])
def test_a_serial_that_can_not_be_printed_is_refused(serial: str) -> None:
    with pytest.raises(ValueError):
        Label(serial, recognise(MATTER))


def test_a_serial_that_appears_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="duplicate serial number SN1"):
        new_labels("rp1", [device("SN1", 0), device("SN1", 1)])


def test_what_is_printed_can_be_typed() -> None:
    label = Label("SN1", recognise(rp1_text(bytes(range(0, 256, 16))[:15] + b"\xff")))
    typed = group_entry(" ".join(label.readable))
    assert typed.complete
    assert recognise(typed.canonical).payload == label.code.payload


def test_the_readable_lines_of_other_kinds() -> None:
    (label,) = labels_of([("SN1", '{"name":"PROV_A","pop":"k3d9x7q1","transport":"ble"}')])
    assert label.readable == ("PROV_A", "k3d9x7q1")
    (label,) = labels_of([("SN1", MATTER)])
    assert label.readable == ("Y.K90 42C00 KA064 8G00",)


def test_labels_keep_their_secrets_out_of_sight() -> None:
    (label,) = labels_of([("SN1", rp1_text(R))])
    assert label.text not in repr(label)


def test_a_batch_of_named_rp1_devices_is_one_of_rp1(tmp_path: Path) -> None:
    batch = tmp_path / "batch.csv"
    batch.write_text(f"serial,name,fingerprint\nSN1,Lamp,{bytes(16).hex()}\n")
    (label,) = read_batch(batch)
    assert label.code.protocol == "rp1"
