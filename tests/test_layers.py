"""The walls of the architecture: which room may import what."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# An outside library, and the places that alone may import it.
HOMES = {
    "bleak": ("companion/radio/",),
    "bumble": ("companion/virtual/", "companion/radio/virtual"),
    "cv2": ("companion/scanner/",),
    "zxingcpp": ("companion/scanner/",),
    "pyzbar": ("companion/scanner/",),
    "sqlalchemy": ("companion/registry/",),
    "alembic": ("companion/registry/",),
    "keyring": ("companion/identity/",),
    "PySide6": ("ui/",),
    "serial": ("companion/protocols/improv/",),
}
# Libraries too heavy for start-up: never imported at the top of a module that start-up reaches.
HEAVY = ("cv2", "zxingcpp", "pyzbar", "bumble", "sqlalchemy", "alembic", "PySide6.QtMultimedia")


def modules() -> list[Path]:
    return sorted(path for room in ("companion", "ui") for path in (ROOT / room).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Every module that `path` imports, `from a import b` as both a and a.b."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_what_it_may(path: Path) -> None:
    place = path.relative_to(ROOT).as_posix()
    for name in imports(path):
        top = name.split(".")[0]
        assert top not in HOMES or place.startswith(HOMES[top]), f"{place} imports {name}"
        if place.startswith("companion/"):
            assert top != "ui", f"{place} imports {name}"
        if place.startswith("companion/setup_code/") and top == "companion":
            allowed = (
                "companion.setup_code",
                "companion.model",
                "companion.errors",
                "companion.secret",
                "companion.networks.wifi_rules",
            )
            shared = name in ("companion", "companion.networks")
            assert shared or name.startswith(allowed), f"{place} imports {name}"
        protocol = protocol_of(name)
        if place.startswith("ui/"):
            assert protocol is None, f"{place} looks inside a protocol: {name}"
        own = protocol_of(place.removesuffix(".py").replace("/", "."))
        if own is not None:
            assert protocol in (None, own), f"{place} imports another protocol: {name}"
            if not any(room in place for room in ("driver", "/virtual/")):
                assert top != "asyncio", f"the sans-IO core {place} imports asyncio"
                assert not name.startswith("companion.radio"), f"the sans-IO core {place} imports {name}"


def protocol_of(name: str) -> str | None:
    """The protocol in whose package a dotted name is."""
    parts = name.split(".")
    if parts[:2] != ["companion", "protocols"] or len(parts) < 3:
        return None
    return parts[2] if (ROOT / "companion" / "protocols" / parts[2]).is_dir() else None


def test_start_up_stays_light() -> None:
    """Importing the entry points must not drag in a heavy library."""
    import subprocess
    import sys

    program = (
        "import sys, companion.cli, companion.runs.commissioning; "
        f"print([n for n in {HEAVY[:-1]!r} if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
