"""Settings for all tests, and what some of them counted: it is in the summary of every run."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# A slow example on a busy machine is not a wrong one, and neither is one that was slow to make.
settings.register_profile("companion", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("companion")


@pytest.fixture(autouse=True)
def nobody_else_waits(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """All tests of a computer share its loopback network: what waits there belongs to others, except where
    a test asks for `loopback_neighbours`.
    """
    if "loopback_neighbours" not in request.fixturenames:
        monkeypatch.setattr("companion.runs.discovery.nearby.waiting_drivers", lambda lan: ())


@pytest.fixture
def loopback_neighbours() -> None:
    """Who waits on the loopback network is nearby too, be it another test's."""


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
