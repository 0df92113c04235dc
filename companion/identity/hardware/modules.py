"""The PKCS#11 modules of this computer: what p11-kit's configuration names, and where others usually lie."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from pathlib import Path

CONFIGURED = (Path("/usr/share/p11-kit/modules"), Path("/etc/pkcs11/modules"))
_LIBRARIES = ("/usr/lib/*/pkcs11", "/usr/lib/pkcs11", "/usr/lib64/pkcs11", "/usr/local/lib/pkcs11")
_USUAL = {
    "Linux": (
        "/usr/lib/*/libykcs11.so.2",
        "/usr/lib/*/opensc-pkcs11.so",
        "/usr/lib/softhsm/libsofthsm2.so",
        "/usr/lib/*/softhsm/libsofthsm2.so",
        "/usr/lib/*/pkcs11/libtpm2_pkcs11.so.1",
        "/usr/lib/*/libtpm2_pkcs11.so.1",
    ),
    "Darwin": (
        "/Library/OpenSC/lib/opensc-pkcs11.so",
        "/usr/local/lib/libykcs11.dylib",
        "/opt/homebrew/lib/libykcs11.dylib",
        "/opt/homebrew/lib/softhsm/libsofthsm2.so",
    ),
    "Windows": (
        "C:/Program Files/OpenSC Project/OpenSC/pkcs11/opensc-pkcs11.dll",
        "C:/Program Files/Yubico/Yubico PIV Tool/bin/libykcs11.dll",
    ),
}
_MODULE = re.compile(r"^module:\s*(\S.*?)\s*$", re.MULTILINE)
MOST_FILE = 65_536
MOST = 32


def installed(configured: tuple[Path, ...] = CONFIGURED, system: str | None = None) -> tuple[Path, ...]:
    """Files of PKCS#11 modules, each once, those that p11-kit is told of first."""
    found: dict[Path, None] = {}
    for path in (*_of_p11_kit(configured), *_usual(system or platform.system())):
        if len(found) < MOST:
            found.setdefault(path.resolve())
    return tuple(found)


def _of_p11_kit(folders: tuple[Path, ...]) -> Iterator[Path]:
    for folder in folders:
        if not folder.is_dir():
            continue
        for file in sorted(folder.glob("*.module"))[:MOST]:
            try:
                text = file.read_bytes()[:MOST_FILE].decode(errors="replace")
            except OSError:
                continue
            for name in _MODULE.findall(text):
                yield from _located(name)


def _located(name: str) -> Iterator[Path]:
    """A relative name lies where the system keeps its modules."""
    candidates = [Path(name)] if name.startswith("/") else [each / name for each in _globbed(*_LIBRARIES)]
    yield from (each for each in candidates if each.is_file())


def _usual(system: str) -> Iterator[Path]:
    yield from (each for each in _globbed(*_USUAL.get(system, ())) if each.is_file())


def _globbed(*patterns: str) -> Iterator[Path]:
    for pattern in patterns:
        path = Path(pattern)
        if path.is_absolute():
            yield from sorted(Path(path.anchor).glob(str(path.relative_to(path.anchor))))
