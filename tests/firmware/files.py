"""Files that other tools made, beside their keys (`vectors/README.md` says how)."""

from pathlib import Path

from companion.firmware import SignerKey
from companion.firmware.keys import read_pem
from companion.model import Check

FOLDER = Path(__file__).parent / "vectors"


def octets(name: str) -> bytes:
    """A file's content; hexadecimal where its name says so."""
    data = (FOLDER / name).read_bytes()
    return bytes.fromhex(data.decode()) if name.endswith(".hex") else data


def key(name: str) -> SignerKey:
    """A public key, by its file's name without the ending."""
    return read_pem((FOLDER / f"{name}.pem").read_bytes())


def verdicts(checks: tuple[Check, ...]) -> dict[str, str]:
    """What came of each."""
    return {check.name: check.verdict.value for check in checks}
