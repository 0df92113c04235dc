"""No secret of any flow is in its debug log, its output, its records or its JSON."""

from __future__ import annotations

import base64
import json
import logging
from pathlib import Path

import pytest

from companion.cli import main
from companion.secret import Secret
from companion.setup_code import recognise
from companion.virtual import rp1_factory
from companion.virtual.wifi_air import HAFEN


def spellings(secret: bytes) -> set[str]:
    """How bytes may end up in text: as they are, hexadecimal, base64, Python's repr."""
    shapes = {secret.hex(), secret.hex().upper(), base64.b64encode(secret).decode().rstrip("=")}
    shapes.add(repr(secret)[2:-1])
    if secret.isascii() and secret.decode().isprintable():
        shapes.add(secret.decode())
    return shapes


def sample_secrets() -> list[bytes]:
    assert HAFEN.passphrase is not None
    product = rp1_factory.sample()
    scalar = product.identity.private_numbers().private_value.to_bytes(32, "big")
    return [HAFEN.passphrase.reveal(), product.r.reveal(), scalar, rp1_factory.label(product).encode()]


@pytest.mark.parametrize("method", ["oob", "nc"])
@pytest.mark.parametrize("passphrase", ["right", "wrong"])
def test_an_rp1_run_at_debug_level_shows_no_secret(
    method: str,
    passphrase: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert HAFEN.passphrase is not None
    typed = HAFEN.passphrase.reveal_text() if passphrase == "right" else "jade turtle under ice"
    wifi = tmp_path / "wifi.json"
    wifi.write_text(json.dumps({"ssid": HAFEN.name, "passphrase": typed}))
    data = tmp_path / "data"
    caplog.set_level(logging.DEBUG)
    arguments = ["commission", "--code", rp1_factory.label(rp1_factory.sample()), "--radio", "virtual"]
    arguments += ["--wifi-file", str(wifi), "--method", method, "--confirm", "yes", "-vv"]
    main([*arguments, "--json-lines", "--data-dir", str(data)])
    out, err = capsys.readouterr()
    kept = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file()).decode("latin-1")
    assert "step_started" in out
    for secret in (*sample_secrets(), typed.encode()):
        for shape in spellings(secret):
            assert shape not in caplog.text, "in the log"
            assert shape not in out + err, "in the output"
            assert shape not in kept, "in the data folder"


def test_an_error_report_does_not_quote_a_damaged_code(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = rp1_factory.label(rp1_factory.sample())[:-3] + "???"
    main(["commission", "--code", text, "--radio", "virtual", "--json", "--data-dir", str(tmp_path), "-vv"])
    out, err = capsys.readouterr()
    assert text[10:40] not in out + err


def test_a_secret_does_not_print_format_or_pickle() -> None:
    import copy
    import pickle

    secret = Secret("seven gulls")
    for shown in (str(secret), repr(secret), f"{secret}", f"{secret!r:>40}", "%s" % secret, str([secret])):  # noqa: UP031
        assert "gulls" not in shown
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        copy.deepcopy(secret)


def test_a_recognised_code_does_not_print_its_secrets() -> None:
    code = recognise('{"ver":"v1","name":"PROV_1","pop":"sesame-77","transport":"ble"}')
    assert "sesame-77" not in repr(code)
