"""The pytest plugin, loaded by its entry point in every project that has Companion installed.

It costs such a project nothing: until a fixture is used, it imports pytest and the standard library alone.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from companion.model import WifiCredentials
    from companion.outcome import Outcome
    from companion.services import Services
    from companion.testing.bench import Bench, VirtualDevice

VIRTUAL = "virtual"
_BENCH: pytest.StashKey[Bench] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--companion-...`, so that one set of tests runs on virtual and on real devices."""
    group = parser.getgroup("companion", "onboarding of devices (Companion)")
    group.addoption(
        "--companion-radio",
        action="append",
        metavar="SPEC",
        help="virtual (default), os, or bumble:TRANSPORT; repeatable",
    )
    group.addoption(
        "--companion-wifi-file",
        type=Path,
        metavar="F",
        help="network that devices get: JSON or a WIFI: code; default: none, and that of virtual devices",
    )
    group.addoption(
        "--companion-data-dir",
        type=Path,
        metavar="DIR",
        help="folder of owner keys and records; default: a fresh one for each test (virtual radios only)",
    )


# --- fixtures ----------------------------------------------------------------------------------------


@pytest.fixture
def companion_radios(pytestconfig: pytest.Config) -> tuple[str, ...]:
    """Radios of `--companion-radio`. Override it to fix them for your tests."""
    return tuple(pytestconfig.getoption("companion_radio") or (VIRTUAL,))


@pytest.fixture
def companion_network(
    pytestconfig: pytest.Config, companion_radios: tuple[str, ...]
) -> WifiCredentials | None:
    """The network that devices get unless an order says otherwise: that of `--companion-wifi-file`."""
    file = pytestconfig.getoption("companion_wifi_file")
    if file is not None:
        from companion.commands.arguments.options import wifi_from_file

        return wifi_from_file(file)
    if companion_radios == (VIRTUAL,):
        from companion.virtual.access_points import HAFEN

        return HAFEN
    return None


@pytest.fixture
def companion_data_dir(
    pytestconfig: pytest.Config, companion_radios: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Where owner keys and records are: fresh for each test, unless `--companion-data-dir` names one."""
    from companion.radio import all_virtual

    folder: Path | None = pytestconfig.getoption("companion_data_dir")
    if folder is None and not all_virtual(companion_radios):
        raise pytest.UsageError(
            "real devices keep their owner: --companion-data-dir names the folder that keeps its keys"
        )
    return folder if folder is not None else tmp_path_factory.mktemp("companion")


@pytest.fixture
def companion_bench(
    request: pytest.FixtureRequest,
    companion_radios: tuple[str, ...],
    companion_data_dir: Path,
    companion_network: WifiCredentials | None,
) -> Generator[Bench, None, None]:
    """Services, virtual devices and runs of this test: `companion.testing.bench.Bench`."""
    from companion.testing.bench import Bench

    bench = Bench(companion_radios, companion_data_dir, companion_network)
    request.node.stash[_BENCH] = bench
    try:
        yield bench
    finally:
        bench.close()


@pytest.fixture
def companion_services(companion_bench: Bench) -> Services:
    """Open services, for the functions of `import companion`."""
    return companion_bench.services


@pytest.fixture
def virtual_device(companion_bench: Bench) -> Callable[..., VirtualDevice]:
    """`virtual_device("rp1", "drop-at-message=12")`: a new device with these faults, on the air.

    On a radio without a virtual air the test is skipped.
    """
    if VIRTUAL not in companion_bench.radios:
        pytest.skip("virtual devices need --companion-radio virtual")
    return companion_bench.virtual_device


@pytest.fixture
def commission(companion_bench: Bench) -> Callable[..., Outcome]:
    """`commission(code)`: a device from its code (text, picture, virtual device) to the run's outcome."""
    return companion_bench.commission


# --- reports -----------------------------------------------------------------------------------------


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """The runs of a test with their times; under a failure also what happened in them."""
    report = yield
    bench = item.stash.get(_BENCH, None)
    if bench is None or report.when == "teardown":
        return report
    from companion.testing import report as attached

    found = attached.outcome_properties(bench.outcomes) if report.when == "call" else []
    if report.failed:
        documents = bench.documents()
        found += attached.document_properties(documents)
        report.sections += attached.sections(documents)
    report.user_properties += found
    item.user_properties += found
    return report
