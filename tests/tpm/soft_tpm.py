"""TPMs of swtpm, behind a socket in a folder of their own: no ports, and no resource manager."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from companion.tpm.connection import opened
from tests.support.until import wait_until


@dataclass
class SoftTpm:
    """A TPM that is switched on."""

    folder: Path
    process: subprocess.Popen[bytes]

    @property
    def tcti(self) -> str:
        return f"swtpm:path={self.folder}/tpm"

    def environment(self) -> dict[str, str]:
        """For tools of the TSS."""
        return {**os.environ, "TPM2TOOLS_TCTI": self.tcti}


@contextmanager
def switched_on() -> Iterator[SoftTpm]:
    """A new TPM. Skips where it can't be had."""
    if shutil.which("swtpm") is None:
        pytest.skip("swtpm is not installed (Debian: swtpm)")
    pytest.importorskip("tpm2_pytss", reason="tpm2-pytss is not installed (the extra “tpm”)")
    # pytest's own folders have longer names than a socket may have.
    with tempfile.TemporaryDirectory(prefix="tpm") as name:
        folder = Path(name)
        control = folder / "tpm.ctrl"
        command = [
            "swtpm", "socket", "--tpm2", "--tpmstate", f"dir={folder}",
            "--server", f"type=unixio,path={folder}/tpm,disconnect", "--ctrl", f"type=unixio,path={control}",
            "--flags", "not-need-init,startup-clear",
        ]  # fmt: skip
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_until(lambda: _answers(f"{folder}/tpm") and control.exists())
            yield SoftTpm(folder, process)
        finally:
            process.kill()
            process.wait()


def _answers(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        return client.connect_ex(path) == 0


@pytest.fixture(scope="session")
def soft_tpm() -> Iterator[SoftTpm]:
    """One for every room of tests; nobody clears it."""
    with switched_on() as tpm:
        yield tpm


def forget_loaded(tpm: SoftTpm) -> None:
    """Flush what processes that ended left loaded, as a resource manager does for them."""
    from tpm2_pytss import TPM2_CAP, TPM2_HC

    with opened(tpm.tcti) as esapi:
        _, listed = esapi.get_capability(TPM2_CAP.HANDLES, TPM2_HC.TRANSIENT_FIRST, 16)
        for handle in list(listed.data.handles):
            esapi.flush_context(esapi.tr_from_tpmpublic(handle))
