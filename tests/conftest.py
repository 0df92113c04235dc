"""Settings for all tests, and what some of them counted: it is in the summary of every run."""

import gc
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from companion.__main__ import ALLOCATIONS
from companion.identity import locks
from tests.support import postgres
from tests.support.postgres import Cluster, Database

# No test, and no command that one starts, may touch the key store of whoever runs it; nor take for one the
# class that some tests make, which keyring finds like any other.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

# A slow example on a busy machine is not a wrong one, and neither is one that was slow to make.
settings.register_profile("companion", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("companion")

GATE = (
    "tests/encoding/",
    "tests/firmware/",
    "tests/protocols/matter/",
    "tests/protocols/mesh/database/",
    "tests/protocols/mesh/models/",
    "tests/protocols/mesh/network/",
    "tests/protocols/mesh/node/",
    "tests/protocols/mesh/test_",
    "tests/protocols/rp1/",
    "tests/protocols/test_declarations.py",
    "tests/adversary/",
    "tests/commands/test_rp1_methods.py",
    "tests/label/",
    "tests/setup_code/",
    "tests/trust/grants/",
    "tests/trust/proof/",
    "tests/trust/test_journals.py",
    "tests/vouchers/",
)
"""What alone reaches every line and branch of the rooms behind the coverage gate, and alone runs with it:
coverage slows all of Python to half, also what it does not measure.
"""
BESIDE_THE_GATE = (
    "tests/adversary/test_air.py",
    "tests/adversary/test_number.py",
    "tests/protocols/matter/clusters/test_oracle.py",
    "tests/protocols/matter/driver/",
    "tests/protocols/matter/hostile/test_calls.py",
    "tests/protocols/matter/hostile/test_texts.py",
    "tests/protocols/matter/tlv/test_oracle.py",
    "tests/protocols/mesh/test_runs.py",
    "tests/protocols/rp1/driver/test_revocation_kills.py",
    "tests/protocols/rp1/driver/transaction/test_interruptions.py",
    "tests/protocols/rp1/test_faults.py",
    "tests/protocols/rp1/test_gate.py",
    "tests/protocols/rp1/test_models.py",
    "tests/protocols/rp1/test_owner_in_any_order.py",
    "tests/setup_code/test_published_codes.py",
    "tests/trust/grants/test_order.py",
    "tests/trust/grants/test_sites.py",
    "tests/trust/grants/test_terms.py",
    "tests/vouchers/exchange/",
)
"""Of these, what reaches nothing that the others don't. Single tests have the mark `beside_the_gate`."""
_MARK = b"mark.beside_the_gate"


@pytest.fixture(autouse=True)
def nobody_else_waits(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """All tests of a computer share its loopback network: what waits there belongs to others, except where
    a test asks for `loopback_neighbours`.
    """
    # Nobody's own records and name are the suite's.
    for variable in ("COMPANION_REGISTRY", "COMPANION_OPERATOR", "COMPANION_UPDATES"):
        monkeypatch.delenv(variable, raising=False)
    if "loopback_neighbours" not in request.fixturenames:
        monkeypatch.setattr("companion.runs.discovery.nearby.waiting_drivers", lambda lan: ())


@pytest.fixture(scope="session", autouse=True)
def cheap_passphrases() -> Iterator[None]:
    """What a passphrase costs, a third of a second, is tested with the identity and matters nowhere else."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(locks, "SCRYPT", locks.SCRYPT_VIRTUAL)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_readers_of_this_computer() -> Iterator[None]:
    """The suite meets no smart card service but its own. libpcsclite looks for its socket once a process."""
    with (
        tempfile.TemporaryDirectory(prefix="companion-pcsc-") as folder,
        pytest.MonkeyPatch.context() as set_to,
    ):
        set_to.setenv("PCSCLITE_CSOCK_NAME", f"{folder}/pcscd.comm")
        yield


@pytest.fixture
def loopback_neighbours() -> None:
    """Who waits on the loopback network is nearby too, be it another test's."""


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """A PostgreSQL server of this session's own."""
    if postgres.binaries() is None:
        pytest.skip(postgres.NEEDS)
    cluster = Cluster()
    yield cluster
    cluster.close()


@pytest.fixture
def team(postgres_cluster: Cluster) -> Iterator[Database]:
    """An empty database with a registry's tables."""
    postgres_cluster.start()
    database = postgres_cluster.registry()
    yield database
    database.drop()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--gate", choices=("only", "not"), help="the tests of the coverage gate alone, or all others"
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    wanted = config.getoption("gate")
    if wanted is None or not collection_path.is_file():
        return None
    if wanted == "only":
        return None if is_measured(collection_path) else True
    return True if is_measured(collection_path) and _MARK not in collection_path.read_bytes() else None


@cache
def is_measured(path: Path) -> bool:
    """True for the files of the gate's own tests."""
    place = path.relative_to(Path(__file__).parent.parent).as_posix()
    return place.startswith(GATE) and not place.startswith(BESIDE_THE_GATE)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What needs the machine to itself is found by its file: see `.ci/run_tests.py`."""
    files = {item.path for item in items if item.get_closest_marker("alone")}
    if lost := [path for path in files if b"mark.alone" not in path.read_bytes()]:
        raise pytest.UsageError(f"the mark is not in {lost}")
    if (wanted := config.getoption("gate")) is not None:
        marked = {item for item in items if item.get_closest_marker("beside_the_gate")}
        others = [
            item for item in items if (is_measured(item.path) and item not in marked) != (wanted == "only")
        ]
        config.hook.pytest_deselected(items=others)
        left_out = set(others)
        items[:] = [item for item in items if item not in left_out]


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Modules and tests stay to the end: nothing is gained by searching them for garbage again and again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(ALLOCATIONS)
        gc.enable()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The sums of what tests gave to `record_property("tried", (what, how many))`."""
    tried: Counter[str] = Counter()
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "tried":
                what, how_many = value
                tried[what] += how_many
    if tried:
        terminalreporter.section("tried")
        for what, how_many in tried.items():
            terminalreporter.line(f"{how_many} {what}")
