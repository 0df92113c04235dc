"""The walls of the architecture: which room may import what, and how long a file may be."""

import ast
import functools
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

# An outside library, and the places that alone may import it.
HOMES = {
    "bleak": ("companion/radio/",),
    "boto3": ("companion/clouds/aws/",),
    "botocore": ("companion/clouds/aws/",),
    "bumble": ("companion/virtual/", "companion/radio/virtual"),
    "cv2": ("companion/scanner/",),
    "zxingcpp": ("companion/scanner/",),
    "pyzbar": ("companion/scanner/",),
    "pypdfium2": ("companion/scanner/",),
    "sqlalchemy": ("companion/registry/",),
    "alembic": ("companion/registry/",),
    "keyring": ("companion/identity/",),
    "PySide6": ("ui/",),
    "zeroconf": ("companion/lan/",),
    "ifaddr": ("companion/lan/",),
    "pytest": ("companion/testing/plugin.py",),
    "smartcard": ("companion/nfc/reader.py",),
    "tpm2_pytss": ("companion/tpm/",),
    "sounddevice": ("companion/sound/microphone.py",),
    "reedsolo": ("companion/sound/frame.py",),
    "smp": ("companion/smp/",),
    "smpclient": ("companion/smp/",),
    "serial": ("companion/protocols/improv/", "companion/station/sources/"),
}
# What makes virtual devices, and so imports Bumble.
LAB = ("companion/virtual/", "companion/radio/virtual", "/virtual/")
# Libraries too heavy for start-up: never imported at the top of a module that start-up reaches.
HEAVY = (
    "boto3",
    "cv2",
    "zxingcpp",
    "pyzbar",
    "pypdfium2",
    "bumble",
    "sqlalchemy",
    "alembic",
    "zeroconf",
    "smartcard",
    "sounddevice",
    "reedsolo",
    "smpclient",
    "PySide6.QtMultimedia",
)

# How many lines a file has at most: one that grows beyond holds a second idea.
MOST_LINES = 400
# How many modules lie loose in a folder at most, if its README does not give a reason in these words.
MOST_MODULES = 12
REASON = "more than a dozen"

# Rooms inside of a package, from the bottom to the top; "" stands for its own modules.
LAYERS = {
    "companion.protocols.rp1": (
        "", "setup_code", "credentials", "wire", "handshake", "session", "ownership", "transaction", "store",
        "driver", "device", "virtual",
    ),
    "companion.registry": ("privacy", "", "database", "transparency", "store", "team", "migrations"),
}  # fmt: skip


@functools.cache
def modules() -> list[Path]:
    return sorted(path for room in ("companion", "ui") for path in (ROOT / room).rglob("*.py"))


def test_no_file_outgrows_its_idea() -> None:
    every = (path for room in ("companion", "ui", "tests") for path in (ROOT / room).rglob("*.py"))
    lines = {path.relative_to(ROOT).as_posix(): len(path.read_bytes().splitlines()) for path in every}
    assert lines and {place: count for place, count in lines.items() if count > MOST_LINES} == {}


def test_a_folder_is_a_table_of_contents_or_says_why_not() -> None:
    """More than `MOST_MODULES` loose modules need a reason in a README, of the folder or of one above it."""
    folders = {path.parent for room in ("companion", "ui", "tests") for path in (ROOT / room).rglob("*.py")}
    crowded = [folder for folder in folders if len(own_modules(folder)) > MOST_MODULES]
    assert crowded and [folder for folder in crowded if not has_reason(folder)] == []


def own_modules(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*.py") if path.name != "__init__.py"]


def has_reason(folder: Path) -> bool:
    for above in (folder, *folder.parents):
        readme = above / "README.md"
        if readme.is_file() and REASON in (text := readme.read_text()):
            return above == folder or f"`{folder.relative_to(above).as_posix()}" in text
        if above == ROOT:
            break
    return False


@functools.cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def imports(path: Path) -> Iterator[str]:
    """Every module that `path` imports, `from a import b` as both a and a.b."""
    for node in ast.walk(parsed(path)):
        yield from of_statement(node)


def of_statement(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield node.module
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_a_room_imports_only_what_it_may() -> None:
    found = [(path.relative_to(ROOT).as_posix(), name) for path in modules() for name in imports(path)]
    assert found
    for place, name in found:
        hold_to_its_room(place, name)


def hold_to_its_room(place: str, name: str) -> None:
    """Fails where a module imports what its room may not."""
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
    if place.startswith("companion/encoding/"):
        assert top != "asyncio", f"the codec {place} imports asyncio"
        assert top != "companion" or name.startswith("companion.encoding"), f"{place} imports {name}"
    protocol = protocol_of(name)
    own = protocol_of(place.removesuffix(".py").replace("/", "."))
    if own is None:
        assert protocol is None, f"{place} looks inside a protocol: {name}"
    else:
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
    program = (
        "import sys, companion.cli, companion.runs.commissioning; "
        f"print([n for n in {HEAVY[:-1]!r} if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_reading_the_declarations_loads_neither_radio_nor_cryptography() -> None:
    heavy = (*HEAVY[:-1], "bleak", "cryptography", "google.protobuf", "serial", "asyncio")
    program = (
        "import sys; from companion.protocols import installed; assert installed().protocols; "
        f"print([n for n in {heavy!r} if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_lab_is_loaded_when_it_is_wanted() -> None:
    """No module outside of it imports it before anybody wants a virtual device."""
    places = {path.relative_to(ROOT).as_posix(): path for path in modules()}
    outside = {
        place: path
        for place, path in places.items()
        if not any(room in f"/{place}" for room in LAB) and place != "companion/virtual/__init__.py"
    }
    assert outside.keys() < places.keys()
    for place, path in outside.items():
        names = (name for node in at_the_top(parsed(path), for_types=False) for name in of_statement(node))
        assert [name for name in names if name.startswith("companion.") and ".virtual" in name] == [], place


@pytest.mark.parametrize(("room", "for_types"), [("", False), ("companion", True), ("ui", True)])
def test_imports_go_in_no_circles(room: str, for_types: bool) -> None:
    """for_types: what is imported for type checkers alone counts too."""
    paths = {name_of(path): path for path in modules()}
    graph = {
        name: imported(path, set(paths), for_types=for_types) - {name}
        for name, path in paths.items()
        if name.startswith(room)
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(f"a circle of imports: {' <- '.join(circle.args[1])}")


@pytest.mark.parametrize("package", LAYERS)
def test_a_room_of_a_package_imports_only_from_below(package: str) -> None:
    names = {name_of(path): path for path in modules()}
    # A package's front says what it offers: it may look anywhere.
    fronts = {package, f"{package}.command_line"}
    for name in names.keys() - fronts:
        for other in imported(names[name], set(names), for_types=True) - fronts:
            if name.startswith(f"{package}.") and other.startswith(f"{package}."):
                assert layer(package, other) <= layer(package, name), f"{name} imports {other}"


def layer(package: str, name: str) -> int:
    """How high in its package a module stands. Raises ValueError for a room that has no place there."""
    room, *inside = name.removeprefix(f"{package}.").split(".")
    is_room = bool(inside) or (ROOT / package.replace(".", "/") / room).is_dir()
    return LAYERS[package].index(room if is_room else "")


def name_of(path: Path) -> str:
    """A module's dotted name."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(path: Path, modules: set[str], *, for_types: bool) -> set[str]:
    """Our modules that a file imports at its top: `from a import b` is a.b where that is a module, else a."""
    found: set[str] = set()
    for node in at_the_top(parsed(path), for_types=for_types):
        names = set(of_statement(node)) & modules
        found |= {name for name in names if not any(other.startswith(f"{name}.") for other in names)}
    return found


def at_the_top(tree: ast.AST, *, for_types: bool) -> Iterator[ast.AST]:
    """The statements that run as soon as a module is imported: nothing inside functions."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING" and not for_types:
            continue
        yield node
        yield from at_the_top(node, for_types=for_types)
