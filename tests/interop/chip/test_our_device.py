"""The Matter SDK's own controller finds our light by its discriminator, commissions and switches it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificate

import companion.protocols.matter.attestation as attestation

HERE = Path(__file__).parent
ROOTS = Path(attestation.__file__).parent / "data" / "roots"
CONTROLLER = "COMPANION_CHIP_PYTHON"
SECONDS = 180.0


@pytest.mark.slow
@pytest.mark.skipif(
    CONTROLLER not in os.environ, reason=f"{CONTROLLER} names no Python with CHIP's controller"
)
def test_it_is_commissioned_and_switched(tmp_path: Path) -> None:
    roots, folder = tmp_path / "roots", tmp_path / "told"
    roots.mkdir()
    folder.mkdir()
    for known in ROOTS.glob("*.pem"):
        der = load_pem_x509_certificate(known.read_bytes()).public_bytes(Encoding.DER)
        (roots / f"{known.stem}.der").write_bytes(der)
    stage = ("unshare", "-rn", "sh", str(HERE / "stage.sh"))
    arguments = (sys.executable, os.environ[CONTROLLER], str(roots), str(folder))
    done = subprocess.run(
        (*stage, *arguments), cwd=HERE.parents[2], capture_output=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    said = json.loads((folder / "controller").read_text().splitlines()[-1])
    assert said == {"product": "Harbour light", "on": True}
    assert (folder / "device").read_text().splitlines()[1:] == ["on"]
