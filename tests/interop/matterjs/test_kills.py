"""The app is killed while it commissions a light by matter.js. `matter-kills` does it at each message."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.matter_kills import killed_at


@pytest.mark.slow
async def test_a_light_that_was_left_whole_is_recorded_by_the_next_run(tmp_path: Path) -> None:
    """Killed between the light's last answer and the record: the light is called, not set up again."""
    await killed_at(tmp_path, moment="record")
