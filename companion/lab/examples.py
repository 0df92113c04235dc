"""A scenario to begin with."""

from __future__ import annotations

from companion.lab.faults import LabFault
from companion.lab.scenario import LabDevice, Scenario

STARTER = Scenario(
    name="First session",
    devices=(
        LabDevice("Lumen Sensor", "rp1", signal=-48, faults={LabFault.LOSSY: 3}),
        LabDevice("Kitchen plug", "espressif", signal=-58),
        LabDevice("Garden board", "improv", signal=-82, faults={LabFault.SLOW: 20}),
        LabDevice("Desk lamp", "matter", signal=-67, faults={LabFault.DROP_LINK: 4}),
    ),
    runs=20,
    at_a_time=4,
    seed=7,
)
"""What the page of the lab begins with, and `companion lab new`."""
